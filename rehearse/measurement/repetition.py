"""Words said twice in a row."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rehearse.measurement.languages import filler_list
from rehearse.measurement.words import Token

#: The longest stretch of words looked for.
LONGEST_REPEATED = 3

#: Nobody says one word this often in a row; a recogniser that goes in circles may write it by the thousand, and looking
#: from each of them at all the others would take minutes.
_GOING_IN_CIRCLES = 20

#: Said twice on purpose, or because grammar asks for it.
_MEANT = re.compile(
    r"absolutely|again|big|blah|bye|definitely|exactly|far|ha|had|hello|hey|knock|less|little|long|many|more|much|"
    r"never|night|no|now|okay|please|really|right|so|that|there|thanks|too|very|wait|way|well|yeah|yes"
)
_NUMBER = re.compile(r"[\d.,]+|zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|hundred|thousand")
#: 'Whatever they were, they were not ready': the first belongs to the clause that such a word opens.
_OPENS_A_CLAUSE = frozenset({"all", "how", "what", "whatever", "wherever", "who", "whoever"})
_MEANT_PHRASES = frozenset({("thank", "you"), ("of", "course"), ("all", "right")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """
    text  the words repeated, lower case: 'the the' is the repetition of 'the'
    """

    text: str
    start_s: float
    end_s: float


def repetitions(tokens: Sequence[Token], sounds: Collection[int], language: str = "en") -> tuple[Repetition, ...]:
    """Stretches of one to three words said again at once, in order; three times in a row is one repetition.

    tokens    the words spoken; sounds: places of filled pauses among them, which do not part the copies ('the um the')
    language  ISO 639-1 code: 'die die' is a stumble in English and grammar in German

    Copies are not looked for across the end of a sentence, and what is commonly doubled on purpose is left out
    ('very very', 'had had', 'bye bye', numbers).
    Source: Maclay & Osgood (1959), Word 15:19-44, who count repeats among the hesitations.
    """
    words = [token for place, token in enumerate(tokens) if place not in sounds]
    doubled = filler_list(language).doubled
    found: list[Repetition] = []
    position = 0
    while position < len(words):
        length, copies = _repeated_at(words, position, doubled)
        if copies > 1:
            stretch = words[position : position + length * copies]
            text = " ".join(token.plain for token in stretch)
            found.append(Repetition(text=text, start_s=stretch[0].start_s, end_s=stretch[-1].end_s))
            position += length * (copies - 1)
        else:
            run = _run_of_one_word(words, position)
            position += run - LONGEST_REPEATED if run > _GOING_IN_CIRCLES else 1
    return tuple(found)


def _run_of_one_word(words: Sequence[Token], position: int) -> int:
    """How many times the word there stands in a row."""
    end = position + 1
    while end < len(words) and words[end].plain == words[position].plain:
        end += 1
    return end - position


def _repeated_at(words: Sequence[Token], position: int, doubled: Collection[str]) -> tuple[int, int]:
    """How many words are repeated from here on, and how many times they stand there; (1, 1) where none are."""
    for length in range(1, LONGEST_REPEATED + 1):
        phrase = _phrase(words, position, length)
        copies = 1
        # The end of the last copy and the next one together: nothing before them is looked at again.
        while (
            phrase
            and _same_sentence(words, position + length * (copies - 1), length * 2)
            and phrase == _phrase(words, position + length * copies, length)
        ):
            copies += 1
        if copies > 1 and not _meant(words, position, length, position + length * copies, doubled):
            return length, copies
    return 1, 1


def _phrase(words: Sequence[Token], start: int, length: int) -> tuple[str, ...]:
    return tuple(token.plain for token in words[start : start + length])


def _same_sentence(words: Sequence[Token], start: int, length: int) -> bool:
    stretch = words[start : start + length]
    return len(stretch) == length and not any(token.ends_sentence for token in stretch[:-1])


def _meant(words: Sequence[Token], start: int, length: int, following: int, doubled: Collection[str]) -> bool:
    phrase = _phrase(words, start, length)
    if all(_NUMBER.fullmatch(word) for word in phrase) or phrase in _MEANT_PHRASES:
        return True
    if length == 1:
        return _MEANT.fullmatch(phrase[0]) is not None or phrase[0] in doubled
    # 'We did, we did, and ...': who stumbles goes on without a break.
    if words[following - 1].ends_clause or (start and words[start - 1].plain in _OPENS_A_CLAUSE):
        return True
    # 'no no no no' is no repetition of 'no no'; 'again and again and again' is an idiom, no stumble over 'again and'.
    around = _phrase(words, max(0, start - 1), following - max(0, start - 1) + 1)
    idiom = any(
        link in ("and", "by") and before == after
        for before, link, after in zip(around, around[1:], around[2:], strict=False)
    )
    return len(set(phrase)) == 1 or idiom
