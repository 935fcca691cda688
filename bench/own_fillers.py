"""What a person's own confirmed fillers change about the search for the next ones.

    [REHEARSE_SPEECH=folder] python bench/own_fillers.py [--answers 24] [--json FILE]

- synthetic voices: a voice answers again and again; its true hits are confirmed until there are ten
  (`measurement.own_fillers`), and all answers after that are searched with and without them. VOICES are those of the
  held-out set of `bench/fillers.py`, with answers that it does not use, and two more.
- real speech: the one man of `bench/real_fillers.py`. Each recording with fillers is searched knowing those of his
  other recordings; his recordings without any, knowing all of them.

A hit is true where it covers 40 % of a filler or lies half on it. Nothing is left out for being too many: that rule
stands behind this one. Intervals are exact (Clopper & Pearson 1934), 95 %.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.fillers import WRONG, chunks_of, found_of, part_of
from bench.real_fillers import TIMES, Clip, real_clips
from bench.shares import share
from bench.spoken_fillers import VOICES, answer
from fixtures.voices import SpeechNotMade
from rehearse.audio.recording import ANALYSIS_RATE_HZ, Samples
from rehearse.measurement.filled_pauses import filled_pauses_in, vowel_of
from rehearse.measurement.fillers import Filler
from rehearse.measurement.own_fillers import OwnFillers, Shape
from rehearse.measurement.sound_shapes import loudness
from rehearse.transcription.aligner import Aligner
from rehearse.transcription.transcript import Hesitation, Span

MORE_VOICES = ("espeak gmw/en-GB-x-rp+f2", "espeak en-us+m7")
FIRST_SEED = 5000


@dataclass(slots=True)
class Tally:
    found: int = 0
    marked: int = 0


@dataclass(slots=True)
class Group:
    """What was found in one group without the person's own fillers, and with them."""

    seconds: float = 0.0
    true: int = 0
    without: Tally = field(default_factory=Tally)
    known: Tally = field(default_factory=Tally)


class Searched:
    """One clip with the places where a filled pause may stand."""

    def __init__(self, clip: Clip, aligner: Aligner) -> None:
        self.clip = clip
        alignments = [aligner.align(words, part, start_s) for words, part, start_s in chunks_of(clip)]
        self._places = {(p.start_s, p.end_s): p for each in alignments for p in each.hesitations}
        self._loud_db = loudness([clip.sound])

    def _read(self, start_s: float, end_s: float) -> Samples:
        return part_of(self.clip.sound, start_s, end_s)

    def hits(self, own: OwnFillers | None) -> tuple[Filler, ...]:
        return filled_pauses_in(list(self._places.values()), self._read, self._loud_db, own)

    def confirmed(self) -> list[Shape]:
        """What a person who hears every hit would confirm."""
        true = [hit for hit in self.hits(None) if found_of(self.clip.fillers, [_span(hit)])]
        places: list[Hesitation] = [self._places[hit.start_s, hit.end_s] for hit in true]
        return [vowel_of(place, self._read, self._loud_db).shape for place in places]

    def count(self, own: OwnFillers | None, group: Group) -> None:
        group.seconds += len(self.clip.sound) / ANALYSIS_RATE_HZ
        group.true += len(self.clip.fillers)
        for tally, knows in ((group.without, None), (group.known, own)):
            marks = [_span(hit) for hit in self.hits(knows)]
            tally.marked += len(marks)
            tally.found += found_of(self.clip.fillers, marks)


def _span(filler: Filler) -> Span:
    return Span(start_s=filler.start_s, end_s=filler.end_s)


def spoken(voice: str, answers: int, aligner: Aligner) -> Group:
    group, shapes = Group(), list[Shape]()
    for seed in range(FIRST_SEED, FIRST_SEED + answers):
        made = answer("held-out", voice, seed)
        searched = Searched(Clip(name=voice, sound=made.sound, words=made.words, fillers=made.fillers), aligner)
        if own := OwnFillers.of(shapes):
            searched.count(own, group)
        else:
            shapes += searched.confirmed()
    return group


def real(folder: Path, wrong: float, aligner: Aligner) -> Iterator[tuple[str, Group]]:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    his = [clip for clip in manifest if clip["file"].startswith("mfa-")]
    searched = [(kind, Searched(clip, aligner)) for kind, clip in real_clips(folder, his, wrong, aligner)]
    # With words wrong each recording comes several times; its fillers are confirmed once.
    shapes = {each.clip.name: each.confirmed() for _, each in searched if each.clip.name in TIMES}
    groups: dict[str, Group] = {}
    for kind, each in searched:
        others = [shape for name, known in shapes.items() if name != each.clip.name for shape in known]
        each.count(OwnFillers.of(others), groups.setdefault(kind, Group()))
    yield from groups.items()


def show(title: str, groups: Iterable[tuple[str, Group]]) -> dict[str, Group]:
    print(f"\n{title}\n{'':26}{'minutes':>8}  {'precision without':28}{'with':28}{'recall without':28}with", flush=True)
    shown: dict[str, Group] = {}
    for name, group in groups:
        shown[name] = group
        _row(name, group)
    _row("all", _sum(list(shown.values())))
    return shown


def _row(name: str, group: Group) -> None:
    told = [share(each.found, each.marked) for each in (group.without, group.known)]
    told += [share(each.found, group.true) for each in (group.without, group.known)]
    print(f"{name:26}{group.seconds / 60:8.1f}  " + "".join(f"{each:28}" for each in told), flush=True)


def _sum(groups: Sequence[Group]) -> Group:
    whole = Group(seconds=sum(group.seconds for group in groups), true=sum(group.true for group in groups))
    for name in ("without", "known"):
        tallies: list[Tally] = [getattr(group, name) for group in groups]
        total = Tally(found=sum(each.found for each in tallies), marked=sum(each.marked for each in tallies))
        setattr(whole, name, total)
    return whole


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=24)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    aligner, results = Aligner(), dict[str, dict[str, Group]]()
    if folder := os.environ.get("REHEARSE_SPEECH"):
        for wrong, words in ((0.0, "true words"), (WRONG, "a tenth of the words wrong")):
            title = f"one man, {words}"
            results[title] = show(title, real(Path(folder), wrong, aligner))
    else:
        print("real speech: skipped, REHEARSE_SPEECH names no folder")
    try:
        title = "synthetic voices, after ten confirmed"
        voices = (*VOICES["held-out"], *MORE_VOICES)
        results[title] = show(title, ((voice, spoken(voice, options.answers, aligner)) for voice in voices))
    except SpeechNotMade as error:
        print(f"synthetic speech: {error}")
    if options.json:
        options.json.write_text(json.dumps(results, default=asdict, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
