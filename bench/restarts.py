"""How well sentences begun anew and words said again are told from what is doubled on purpose or by grammar.

    python bench/restarts.py [--part tuning] [--part held_back] [--errors] [--json FILE]

The sentences are `restarts.toml`. Each is measured as an answer is, once as Whisper writes it and once as a draft
(lower case, no punctuation). What is found counts where it shares a word with a mark of its kind; a mark that nothing
shares a word with is missed. Intervals are Wilson's (1927), 95 %.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.context_fillers import Score, figures
from rehearse.measurement.fillers import filled_pauses
from rehearse.measurement.repetition import Repetition, repetitions
from rehearse.measurement.restarts import restarts
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import Word

SENTENCES = Path(__file__).with_name("restarts.toml")
KINDS = ("restarts", "repetitions")
_OPENS = {"{": "restarts", "[": "repetitions"}
_WORD_S = 0.3


@dataclass(frozen=True)
class Mark:
    """Words first to last, by their number, of one kind."""

    kind: str
    first: int
    last: int


@dataclass(frozen=True)
class Sentence:
    text: str
    words: tuple[str, ...]
    marks: tuple[Mark, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", action="append", choices=["tuning", "held_back"], help="default: both")
    parser.add_argument("--errors", action="store_true", help="print each sentence with what was judged wrongly")
    parser.add_argument("--json", type=Path, help="write the counts to this file")
    options = parser.parse_args()
    results: dict[str, dict[str, dict[str, int]]] = {}
    for part in options.part or ["tuning", "held_back"]:
        asked = sentences(part)
        print(f"\n{part}: {len(asked)} sentences, {sum(not each.marks for each in asked)} of them without either\n")
        print("| words | kind | found | false | missed | precision | recall | F1 |\n|---|---|---|---|---|---|---|---|")
        for form, draft in (("as Whisper writes", False), ("as a draft", True)):
            for kind, it in score(asked, draft).items():
                print(f"| {form} | {kind} | {it.hits} | {it.false} | {it.missed} | {' | '.join(figures(it))} |")
                results.setdefault(part, {})[f"{kind}, {form}"] = vars(it)
            for sentence in asked if options.errors else ():
                for what, mark in errors(sentence, draft):
                    print(f"    {what:6} {mark.kind:11} {' '.join(sentence.words[mark.first : mark.last + 1])}"
                          f"  in: {sentence.text}")  # fmt: skip
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))


def sentences(part: str) -> tuple[Sentence, ...]:
    groups = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))[part]
    return tuple(read(line) for group in groups.values() for line in group.splitlines() if line)


def read(line: str) -> Sentence:
    words: list[str] = []
    marks: list[Mark] = []
    opened: tuple[str, int] | None = None
    for piece in line.split():
        if piece[0] in _OPENS:
            opened = (_OPENS[piece[0]], len(words))
        closes = re.search(r"[}\]]", piece)
        words.append(re.sub(r"[{}\[\]]", "", piece))
        if closes and opened:
            marks.append(Mark(kind=opened[0], first=opened[1], last=len(words) - 1))
            opened = None
    return Sentence(text=line, words=tuple(words), marks=tuple(marks))


def found_in(sentence: Sentence, draft: bool) -> list[Mark]:
    texts = [re.sub(r"[^\w'-]", "", word).lower() for word in sentence.words] if draft else sentence.words
    tokens = tokens_of(
        Word(text=text, start_s=place * _WORD_S, end_s=(place + 1) * _WORD_S) for place, text in enumerate(texts)
    )
    sounds = filled_pauses(tokens, "en")
    found = {"restarts": restarts(tokens, sounds), "repetitions": repetitions(tokens, sounds)}
    return [_mark(kind, each) for kind, stretches in found.items() for each in stretches]


def _mark(kind: str, each: Repetition) -> Mark:
    return Mark(kind=kind, first=round(each.start_s / _WORD_S), last=round(each.end_s / _WORD_S) - 1)


def errors(sentence: Sentence, draft: bool) -> Iterator[tuple[str, Mark]]:
    """What was judged wrongly: 'false' for one that is none, 'missed' for one that was not found."""
    found = found_in(sentence, draft)
    yield from (("false", mark) for mark in found if not _any_shares(sentence.marks, mark))
    yield from (("missed", mark) for mark in sentence.marks if not _any_shares(found, mark))


def _any_shares(others: tuple[Mark, ...] | list[Mark], mark: Mark) -> bool:
    return any(o.kind == mark.kind and o.first <= mark.last and mark.first <= o.last for o in others)


def score(asked: tuple[Sentence, ...], draft: bool) -> dict[str, Score]:
    scores = {}
    for kind in KINDS:
        wrong = [what for each in asked for what, mark in errors(each, draft) if mark.kind == kind]
        true = sum(mark.kind == kind for each in asked for mark in each.marks)
        missed = wrong.count("missed")
        scores[kind] = Score(hits=true - missed, false=wrong.count("false"), missed=missed)
    return scores


if __name__ == "__main__":
    main()
