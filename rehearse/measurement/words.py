"""What counts as a word: the tokens of a transcript, without sound tags and loose punctuation.

One rule for every engine, so that counts can be compared: tokens are split at white space and at dashes; a token
without a letter or digit is punctuation; [tags], *sighs* and sung lines between notes are not speech. A hyphenated
word is one word.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rehearse.transcription.transcript import Word

SENTENCE_MARKS = frozenset(".!?。！？")
#: An ellipsis is no clause mark: recognisers write it for the very hesitation that is being looked for.
CLAUSE_MARKS = SENTENCE_MARKS | frozenset(",;:—，、；：")

#: A tag that is never closed must not swallow the answer.
_LONGEST_TAG = 8
_TAG_ENDS = {"[": "]", "*": "*", "♪": "♪", "(": ")"}
#: Round brackets hold speech as well as noises; only these are taken for noises.
_NOISES = re.compile(
    r"\b(applause|breath\w*|chuckl\w+|cough\w*|inaudible|laugh\w*|music|noise|pause|sigh\w*|silence|sniff\w*|throat)\b",
    re.IGNORECASE,
)
#: CrisperWhisper writes the hesitations it hears as [UH] and [UM]: those are said, not tags.
_SPOKEN_TAG = re.compile(r"\[(u[hm])\]", re.IGNORECASE)
#: Recognisers cut 'well-known', '3.5' and 'and/or' in two: the second half belongs to the word before.
_CONTINUES = re.compile(r"[-‐/][^\W_]|[.,:]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word as it is counted.

    written  as the engine wrote it, without the punctuation around it
    before   punctuation directly before it: quotes, an apostrophe
    after    punctuation between it and the next word, loose dashes included as '—', dots in a row as '…'
    """

    written: str
    before: str
    after: str
    start_s: float
    end_s: float

    @property
    def plain(self) -> str:
        """Lower case with straight apostrophes, to compare by: "i'm", 'well-known'."""
        return self.written.lower().replace("’", "'")

    @property
    def ends_sentence(self) -> bool:
        return not SENTENCE_MARKS.isdisjoint(self.after)

    @property
    def ends_clause(self) -> bool:
        return not CLAUSE_MARKS.isdisjoint(self.after)


def tokens_of(words: Iterable[Word]) -> tuple[Token, ...]:
    """The words that were spoken, filled pauses among them, in order."""
    found: list[Token] = []
    for piece in _without_tags([piece for word in words for piece in _pieces(word)]):
        token = _token(piece)
        if not token.written:
            if found:
                found[-1] = replace(found[-1], after=found[-1].after + token.after)
        elif found and not found[-1].after and _CONTINUES.match(piece.text):
            joined = found[-1].written + token.before + token.written
            found[-1] = replace(found[-1], written=joined, after=token.after, end_s=piece.end_s)
        else:
            found.append(token)
    return tuple(found)


def phrase_of(text: str) -> tuple[str, ...]:
    """A word or phrase as a person types it, in the form that tokens are compared by."""
    return tuple(token.plain for token in tokens_of([Word(text=text, start_s=0.0, end_s=0.0)]))


def _pieces(word: Word) -> Iterator[Word]:
    text = unicodedata.normalize("NFC", word.text)
    text = re.sub(r"\.{2,}|…", "… ", text)
    text = re.sub(r"(?:^|\s)[-–](?=\s|$)|-{2,}|—", " — ", text)
    parts = _SPOKEN_TAG.sub(r"\1", text).split()
    step_s = (word.end_s - word.start_s) / max(1, len(parts))
    for number, part in enumerate(parts):
        start_s = word.start_s + number * step_s
        end_s = word.end_s if number == len(parts) - 1 else start_s + step_s
        yield Word(text=part, start_s=start_s, end_s=end_s)


def _without_tags(pieces: list[Word]) -> Iterator[Word]:
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        closing = _TAG_ENDS.get(piece.text[0])
        last = _tag_end(pieces, position, closing) if closing else None
        if last is None:
            yield piece
            position += 1
            continue
        rest = pieces[last].text.rpartition(closing or "")[2]
        if rest:
            yield replace(pieces[last], text=rest)
        position = last + 1


def _tag_end(pieces: list[Word], opening: int, closing: str) -> int | None:
    """Where the tag that seems to open here ends, or None where it is not one."""
    for last in range(opening, min(opening + _LONGEST_TAG, len(pieces))):
        text = pieces[last].text
        if closing in (text[1:] if last == opening else text):
            if closing != ")":
                return last
            return last if any(_NOISES.search(piece.text) for piece in pieces[opening : last + 1]) else None
    return None


def _token(piece: Word) -> Token:
    spoken = [place for place, sign in enumerate(piece.text) if sign.isalnum() or unicodedata.category(sign)[0] == "M"]
    first, end = (spoken[0], spoken[-1] + 1) if spoken else (0, 0)
    return Token(
        written=piece.text[first:end],
        before=piece.text[:first],
        after=piece.text[end:],
        start_s=piece.start_s,
        end_s=piece.end_s,
    )
