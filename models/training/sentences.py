"""What the tiny test model knows: the listed sentences, and the words and signs they are written with."""

import re
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("sentences.txt")

#: Filled pauses that may stand between any two clauses, as written; spoken without the comma.
FILLED_PAUSES = ("um,", "uh,")

#: What the program shows every Whisper model before each chunk unless the settings say otherwise.
PROMPT = "Um, uh, hmm, er, ah."

_SPOKEN = re.compile(r"\[(?P<written>[^=\]]+)=(?P<spoken>[^\]]+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A piece of a sentence that is spoken without a break.

    words   as written, signs included: ('twenty', '2019') would be one word '2019'
    spoken  how each word is said, as many as words; one of them may be several words of speech
    first   whether a sentence begins here
    last    whether one ends here
    """

    words: tuple[str, ...]
    spoken: tuple[str, ...]
    first: bool
    last: bool

    @property
    def speech(self) -> str:
        return " ".join(self.spoken)


def listed_sentences() -> list[tuple[Clause, ...]]:
    """Every sentence of the list, as its clauses in order."""
    lines = [line.strip() for line in LIST.read_text(encoding="utf-8").splitlines()]
    return [_clauses(line) for line in lines if line and not line.startswith("#")]


def filled_pauses() -> list[Clause]:
    return [Clause(words=(text,), spoken=(text.rstrip(","),), first=False, last=False) for text in FILLED_PAUSES]


def _clauses(line: str) -> tuple[Clause, ...]:
    parts = [part.strip() for part in line.split("|")]
    return tuple(_clause(part, first=number == 0, last=number == len(parts) - 1) for number, part in enumerate(parts))


def _clause(text: str, *, first: bool, last: bool) -> Clause:
    kept = {f"\0{number}": match for number, match in enumerate(_SPOKEN.finditer(text))}
    for mark, match in kept.items():
        text = text.replace(match[0], mark, 1)
    words = text.split()
    written = tuple(_put_back(word, kept, "written") for word in words)
    spoken = tuple(re.sub(r"[^\w' ]", "", _put_back(word, kept, "spoken")) for word in words)
    return Clause(words=written, spoken=spoken, first=first, last=last)


def _put_back(word: str, kept: dict[str, re.Match[str]], part: str) -> str:
    for mark, match in kept.items():
        word = word.replace(mark, match[part])
    return word


def all_texts() -> list[str]:
    """Everything that the model can write or be shown."""
    clauses = [*filled_pauses(), *(clause for sentence in listed_sentences() for clause in sentence)]
    return [PROMPT, *(" ".join(clause.words) for clause in clauses)]
