"""The words of an answer that carry news, by their stems: 'disagreed' and 'disagreement' are one, 'the' is none."""

import functools
import re
from collections.abc import Callable, Collection, Sequence

from rehearse.measurement.stop_words import STOP_WORDS
from rehearse.measurement.words import Token

#: Snowball's names of the languages that recognisers know by their ISO 639-1 codes.
_STEMMERS = {
    "ca": "catalan", "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip

#: "we'll", "didn't", "manager's": the word is what stands before.
_ENDINGS = re.compile(r"(?:n't|'(?:s|ll|ve|re|d|m))$")
#: "l'entreprise", "qu'il": the word is what stands behind.
_ELISIONS = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu)'")


def stem_of(word: str, language: str) -> str:
    """What the forms of a word have in common; of a language that no stemmer knows, the word itself.

    word      lower case with straight apostrophes, as `Token.plain` gives it
    language  ISO 639-1 code

    Source: Porter (1980), Program 14:130-137, and his Snowball algorithms for the other languages.
    """
    if language == "en":
        word = _ENDINGS.sub("", word)
    elif language == "fr":
        word = _ELISIONS.sub("", word)
    stemmer = _stemmer(language)
    return stemmer(word) if stemmer else word


def content_stems(tokens: Sequence[Token], sounds: Collection[int], language: str) -> tuple[str | None, ...] | None:
    """For each word its stem, or None where it carries no news; None as a whole for a language without stop words.

    sounds  places of filled pauses among the tokens
    """
    if language not in STOP_WORDS:
        return None
    stop_words = STOP_WORDS[language] | _stop_stems(language)
    stems = [stem_of(token.plain, language) for token in tokens]
    return tuple(
        None
        if place in sounds or not stems[place] or not stop_words.isdisjoint((token.plain, stems[place]))
        else stems[place]
        for place, token in enumerate(tokens)
    )


@functools.cache
def _stop_stems(language: str) -> frozenset[str]:
    return frozenset(stem_of(word, language) for word in STOP_WORDS[language])


@functools.cache
def _stemmer(language: str) -> Callable[[str], str] | None:
    import snowballstemmer

    name = _STEMMERS.get(language)
    return functools.cache(snowballstemmer.stemmer(name).stemWord) if name else None
