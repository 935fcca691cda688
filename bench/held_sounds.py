"""How well held sounds are told apart: filled pauses without an aligner, hums, and words drawn out.

    [REHEARSE_SPEECH=folder] python bench/held_sounds.py [--set held-out|development] [--language de ...] [--json FILE]

- synthetic answers of `spoken_languages.py` with filled pauses, drawn-out words and hums at known times, breaths and a
  humming machine; the same with a tenth of the words wrong; and as many fluent answers. Word times are as rough as
  Whisper's: a filled pause hides in the word after it, every edge is off by 60 ms or so; then they are cut as the
  program cuts them (`word_times`).
- real speech: the English clips, with words from the aligner made as rough. 'unaligned' is the rule that other
  languages are measured by, with the English vowel; the program itself has the aligner for English.

In English drawn-out words and hums are what the aligner's filled pauses leave. A thing is found where a mark covers
40 % of it or lies half on it. Intervals are exact (Clopper & Pearson 1934), 95 %.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.fillers import WRONG, chunks_of, found_of, part_of
from bench.real_fillers import Clip, misheard, real_clips
from bench.shares import share
from bench.spoken_fillers import Answer, answer_in
from bench.spoken_languages import LANGUAGES
from fixtures.voices import SpeechNotMade
from rehearse.audio.recording import ANALYSIS_RATE_HZ, Recording, Samples
from rehearse.measurement.drawn_out import HeldAmongWords, not_drawn_out
from rehearse.measurement.filled_pauses import F1_HZ, F2_HZ, filled_pauses_in, unwritten
from rehearse.measurement.held_sounds import held_sounds
from rehearse.measurement.languages import filler_list
from rehearse.measurement.markers import HeldVowel
from rehearse.measurement.sound_shapes import loudness
from rehearse.measurement.words import tokens_of
from rehearse.transcription.aligner import LANGUAGE, Aligner
from rehearse.transcription.speech_activity import detect_speech
from rehearse.transcription.transcript import Span, Word
from rehearse.transcription.word_times import believable

ANSWERS_PER_VOICE = 6
OFF_S = 0.06
#: Vowels that the program does not count by: English has the aligner, in Spanish any drawn-out 'de' has the same.
TRIED = {
    "en": HeldVowel(written="uh", first_hz=F1_HZ, second_hz=F2_HZ),
    "es": HeldVowel(written="eh", first_hz=(400.0, 700.0), second_hz=(1500.0, 2200.0)),
}


@dataclass(slots=True)
class Tally:
    found: int = 0
    marked: int = 0
    true: int = 0
    false_in: list[str] = field(default_factory=list)

    def add(self, marks: Sequence[Span], true: Sequence[Span], where: str) -> None:
        self.found += found_of(true, marks)
        self.marked += len(marks)
        self.true += len(true)
        self.false_in += [f"{where} {mark.start_s:.2f}" for mark in marks if not found_of(true, [mark])]


@dataclass(slots=True)
class Group:
    seconds: float = 0.0
    cannot_tell: int = 0
    fillers: Tally = field(default_factory=Tally)
    stretched: Tally = field(default_factory=Tally)
    hums: Tally = field(default_factory=Tally)
    unaligned: Tally = field(default_factory=Tally)


def hear(name: str, language: str, said: Answer, aligner: Aligner, groups: Sequence[Group]) -> None:
    """Marks the answer in each of the groups; in English its filled pauses are those that the aligner finds."""
    seconds = len(said.sound) / ANALYSIS_RATE_HZ

    def read(start_s: float, end_s: float) -> Samples:
        return part_of(said.sound, start_s, end_s)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.wav"
        soundfile.write(path, said.sound, ANALYSIS_RATE_HZ, subtype="PCM_16")
        recording = Recording(path=path, sample_rate_hz=ANALYSIS_RATE_HZ, recording_s=seconds)
        _, speech = detect_speech(recording)
    words = believable(said.words, speech)
    loud_db = loudness([said.sound])
    held = held_sounds(read, seconds, loud_db)
    speech_s = sum(span.duration_s for span in speech.spans)
    tokens = tokens_of(words)
    among = HeldAmongWords(held, tokens, speech_s)
    vowel = filler_list(language).held_vowel or TRIED[language]
    by_words = unwritten(among.filled_pauses(vowel), (), seconds)
    heard = by_words
    if language == LANGUAGE:
        clip = Clip(name=name, sound=said.sound, words=said.words, fillers=())
        places = [aligner.align(*chunk).hesitations for chunk in chunks_of(clip)]
        hits = filled_pauses_in([each for place in places for each in place], read, loud_db)
        heard = unwritten(not_drawn_out(hits, among.stretched(())), (), seconds)
    for group in groups:
        group.seconds += seconds
        group.cannot_tell += not heard.can_tell
        group.fillers.add(spans(heard.fillers), said.fillers, name)
        group.unaligned.add(spans(by_words.fillers), said.fillers, name)
        group.stretched.add(spans(among.stretched(heard.fillers)), said.held, name)
        group.hums.add(spans(among.hums(heard.fillers)), said.hums, name)


def spans(marks: Sequence[object]) -> list[Span]:
    return [Span(start_s=mark.start_s, end_s=mark.end_s) for mark in marks]  # type: ignore[attr-defined]


def roughly(words: Sequence[Word], chance: np.random.Generator) -> tuple[Word, ...]:
    """Every edge off by OFF_S, as a recogniser's are, in order and without overlap."""
    edges = np.array([[word.start_s, word.end_s] for word in words]).reshape(-1)
    edges = np.maximum.accumulate(np.maximum(0.0, edges + chance.normal(0, OFF_S, len(edges))))
    return tuple(
        replace(word, start_s=float(edges[2 * place]), end_s=float(edges[2 * place + 1]))
        for place, word in enumerate(words)
    )


def synthetic(language: str, kind: str, *, fluent: bool = False, wrong: float = 0.0) -> Iterator[tuple[str, Answer]]:
    """Each voice with its answers; a share of the words left out, replaced or added."""
    vocabulary = [word for clause in LANGUAGES[language].clauses[kind] for half in clause for word in half.split()]
    for number, voice in enumerate(LANGUAGES[language].voices[kind]):
        for again in range(ANSWERS_PER_VOICE):
            seed = 100 * number + again
            said = answer_in(language, kind, voice, seed, fluent=fluent)
            chance = np.random.default_rng(seed)
            words = [
                part
                for word in roughly(said.words, chance)
                for part in parts_of(word, misheard(word.text, vocabulary, wrong, chance))
            ]
            yield voice, replace(said, words=tuple(words))


def parts_of(word: Word, texts: Sequence[str]) -> Iterator[Word]:
    """What was heard for a word, each with its share of the word's time."""
    for place, text in enumerate(texts):
        share_s = (word.end_s - word.start_s) / len(texts)
        start_s = word.start_s + place * share_s
        yield Word(text=text, start_s=start_s, end_s=start_s + share_s)


def real(folder: Path, aligner: Aligner) -> Iterator[tuple[str, str, Answer]]:
    """The clips with word times as a recogniser gives them: a word begins where the one before it ended."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for number, (group, clip) in enumerate(real_clips(folder, manifest, 0.0, aligner)):
        aligned = [word for chunk in chunks_of(clip) for word in aligner.align(*chunk).words]
        words: list[Word] = []
        for word in aligned:
            before_s = words[-1].end_s if words else 0.0
            words.append(replace(word, start_s=before_s if word.start_s - before_s < 1.5 else word.start_s))
        rough = roughly(words, np.random.default_rng(number))
        yield group, clip.name, Answer(sound=clip.sound, words=rough, fillers=clip.fillers, held=())


def show(title: str, groups: dict[str, Group], *, aligned: bool) -> None:
    print(f"\n{title}\n{'':38}{'minutes':>8}  {'precision':28}{'recall':28}{'false/min':>10}")
    for name, group in groups.items():
        for what in ("fillers", *(["unaligned"] if aligned else []), "stretched", "hums"):
            tally: Tally = getattr(group, what)
            print(
                f"{name:28}{what:10}{group.seconds / 60:8.1f}  {share(tally.found, tally.marked):28}"
                f"{share(tally.found, tally.true):28}{len(tally.false_in) / group.seconds * 60:10.2f}"
            )
        if group.cannot_tell:
            print(f"{'':28}too many to be believed: {group.cannot_tell} answers")


def of_language(language: str, kind: str, aligner: Aligner) -> dict[str, Group]:
    groups = {"all": Group(), "a tenth of the words wrong": Group(), "fluent": Group()}
    for voice, said in synthetic(language, kind):
        hear(voice, language, said, aligner, (groups["all"], groups.setdefault(voice, Group())))
    for voice, said in synthetic(language, kind, wrong=WRONG):
        hear(voice, language, said, aligner, (groups["a tenth of the words wrong"],))
    for voice, said in synthetic(language, kind, fluent=True):
        hear(voice, language, said, aligner, (groups["fluent"],))
    return groups


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", dest="kind", choices=("held-out", "development"), default="held-out")
    parser.add_argument("--language", nargs="*", choices=tuple(LANGUAGES), default=list(LANGUAGES))
    parser.add_argument("--json", type=Path, metavar="FILE", help="with where each false mark is")
    options = parser.parse_args()
    results: dict[str, dict[str, Group]] = {}
    aligner = Aligner()
    if speech := os.environ.get("REHEARSE_SPEECH"):
        results["real"] = {}
        for name, clip, said in real(Path(speech), aligner):
            hear(clip, LANGUAGE, said, aligner, (results["real"].setdefault(name, Group()),))
        show("real speech", results["real"], aligned=True)
    else:
        print("real speech: skipped, REHEARSE_SPEECH names no folder")
    for language in options.language:
        try:
            results[language] = of_language(language, options.kind, aligner)
            show(f"{language}, {options.kind}", results[language], aligned=language == LANGUAGE)
        except SpeechNotMade as error:
            print(f"{language}: {error}")
    if options.json:
        options.json.write_text(json.dumps(results, default=asdict, indent=1))


if __name__ == "__main__":
    main()
