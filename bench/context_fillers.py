"""How well the program tells fillers from ordinary words, by sentences written for it and labelled by a guideline.

    python bench/context_fillers.py [--part tuning] [--part held_back] [--errors] [--json FILE]

Every marker in `context-fillers.toml` is labelled (docs/filler-guideline.md). Sentences are measured just as an answer
is: spoken at a steady pace, with the pauses that are written in. A marker that is found at its place is a hit. Figures
come with their 95 % interval (Wilson 1927); that of F1 is drawn from the share hits / (hits + false + missed), of
which F1 is a function.
"""

import argparse
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from rehearse.measurement.fillers import filled_pauses, fillers_in
from rehearse.measurement.pauses import Pause
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import Word

SENTENCES = Path(__file__).with_name("context-fillers.toml")
#: What must be labelled wherever it stands.
MARKERS = re.compile(
    r"\b(you know what i mean|you know|y'know|i mean|sort of|sorta|kind of|kinda|basically|actually|literally|like"
    r"|right|so|well|okay|ok)\b(?!-)",
    re.IGNORECASE,
)
_PIECE = re.compile(r"\((\d+(?:\.\d+)?)\)|(\{[^}]*\}|\[[^\]]*\])([^\s({\[]*)|([^\s({\[]+)")
_WORD_S = 0.3


@dataclass(frozen=True)
class Label:
    marker: str
    place: int
    filler: bool


@dataclass(frozen=True)
class Sentence:
    """The words with their times, the pauses between them, and the labels; places are numbers of words."""

    text: str
    words: tuple[Word, ...]
    pauses: tuple[Pause, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Score:
    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, 2 * self.hits + self.false + self.missed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", action="append", choices=["tuning", "held_back"], help="default: both")
    parser.add_argument("--errors", action="store_true", help="print each sentence with what was judged wrongly")
    parser.add_argument("--json", type=Path, help="write the counts to this file")
    options = parser.parse_args()
    results: dict[str, dict[str, dict[str, int]]] = {}
    for part in options.part or ["tuning", "held_back"]:
        asked = sentences(part)
        scores = score(asked)
        show(part, len(asked), scores)
        results[part] = {marker: vars(found) for marker, found in scores.items()}
        for sentence in asked if options.errors else ():
            for what, label in errors(sentence):
                print(f"  {what:6} {label.marker:10} {sentence.text}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))


def sentences(part: str) -> tuple[Sentence, ...]:
    groups = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))[part]
    return tuple(read(line) for group in groups.values() for line in group.splitlines() if line)


def read(line: str) -> Sentence:
    words: list[Word] = []
    pauses: list[Pause] = []
    labels: list[Label] = []
    now_s = 0.0
    for pause, marked, after, plain in _PIECE.findall(line):
        if pause:
            pauses.append(Pause(start_s=now_s, end_s=now_s + float(pause)))
            now_s += float(pause)
            continue
        if marked:
            marker = marked[1:-1].lower()
            labels.append(Label(marker=marker, place=len(words), filler=marked[0] == "{"))
        for piece in (marked[1:-1] + after).split() if marked else [plain]:
            words.append(Word(text=piece, start_s=now_s, end_s=now_s + _WORD_S))
            now_s += _WORD_S
    return Sentence(text=line, words=tuple(words), pauses=tuple(pauses), labels=tuple(labels))


def errors(sentence: Sentence) -> Iterator[tuple[str, Label]]:
    """What was judged wrongly: 'false' a filler that is none, 'missed' one that was not found."""
    found = found_at(sentence)
    true = {label.place: label for label in sentence.labels if label.filler}
    for place, text in found.items():
        if place not in true or true[place].marker != text:
            yield "false", Label(marker=text, place=place, filler=False)
    for place, label in true.items():
        if found.get(place) != label.marker:
            yield "missed", label


def found_at(sentence: Sentence) -> dict[int, str]:
    tokens = tokens_of(sentence.words)
    sounds = filled_pauses(tokens, "en", pauses=sentence.pauses)
    places = {word.start_s: place for place, word in enumerate(sentence.words)}
    fillers = fillers_in(tokens, sounds, "en", sentence.pauses)
    return {places[filler.start_s]: filler.text for filler in fillers if filler.kind == "word"}


def score(asked: tuple[Sentence, ...]) -> dict[str, Score]:
    """By marker, and 'all' of them."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in asked:
        wrong = [(what, label.marker) for what, label in errors(sentence)]
        true = Counter(label.marker for label in sentence.labels if label.filler)
        true.subtract(marker for what, marker in wrong if what == "missed")
        for marker, hits in true.items():
            counts[marker]["hits"] += hits
        for what, marker in wrong:
            counts[marker][what] += 1
    scores = {
        marker: Score(hits=count["hits"], false=count["false"], missed=count["missed"])
        for marker, count in sorted(counts.items())
    }
    totals = [sum(getattr(each, name) for each in scores.values()) for name in ("hits", "false", "missed")]
    return scores | {"all": Score(*totals)}


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share; all of it where there is nothing to go by."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, hits / of
    middle = share + z * z / (2 * of)
    reach = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - reach) / (1 + z * z / of), min(1.0, (middle + reach) / (1 + z * z / of))


def show(part: str, count: int, scores: dict[str, Score]) -> None:
    print(f"\n{part}: {count} sentences\n")
    print("| marker | found | false | missed | precision | recall | F1 |\n|---|---|---|---|---|---|---|")
    for marker, it in scores.items():
        print(f"| {marker} | {it.hits} | {it.false} | {it.missed} | {' | '.join(figures(it))} |")


def figures(it: Score) -> list[str]:
    """Precision, recall and F1, each with its interval."""
    counted = it.hits + it.false + it.missed
    low, high = (2 * share / (1 + share) for share in wilson(it.hits, counted))
    f1 = f"{it.f1:.3f} ({low:.2f}-{high:.2f})" if counted else "-"
    return [_share(it.hits, it.hits + it.false), _share(it.hits, it.hits + it.missed), f1]


def _share(hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return f"{hits / of:.3f} ({low:.2f}-{high:.2f})" if of else "-"


if __name__ == "__main__":
    main()
