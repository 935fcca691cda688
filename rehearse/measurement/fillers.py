"""Fillers in the transcript."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """
    text    the words as said, lower case, without punctuation: 'um', 'you know'
    kind    sound: a filled pause; word: a discourse marker that acts as a filler
    source  text: an engine wrote it; sound: heard in the recording only
    """

    text: str
    start_s: float
    end_s: float
    kind: Literal["sound", "word"]
    source: Literal["text", "sound"] = "text"
