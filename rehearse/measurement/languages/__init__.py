"""What can be a filler, language by language: one table each, to edit. Which of them count is decided in `fillers`.

Own choice throughout: no published list separates the filler from the ordinary word by rules of this kind. Precision
comes first. What is a word too counts only where the words, commas and silences around it leave no other reading.
"""

import re

from rehearse.measurement.languages.dutch import DUTCH
from rehearse.measurement.languages.english import ENGLISH
from rehearse.measurement.languages.french import FRENCH
from rehearse.measurement.languages.german import GERMAN
from rehearse.measurement.languages.italian import ITALIAN
from rehearse.measurement.languages.portuguese import PORTUGUESE
from rehearse.measurement.languages.spanish import SPANISH
from rehearse.measurement.markers import FillerList

#: By ISO 639-1 code.
FILLER_LISTS = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "pt": PORTUGUESE,
    "it": ITALIAN,
    "nl": DUTCH,
}

#: Any other language: the sounds that are a word in none of those that are written with these letters.
ANY_LANGUAGE = FillerList(sounds=re.compile(r"u+h+m*|h+m{2,}"))


def filler_list(language: str) -> FillerList:
    """The list of the language with that ISO 639-1 code, or what little can be told in any language."""
    return FILLER_LISTS.get(language, ANY_LANGUAGE)
