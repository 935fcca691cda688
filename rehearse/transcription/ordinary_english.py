"""How often ordinary English has a word or a short phrase: what the rough recogniser expects to hear.

Its language model of general US English (CMU Sphinx, BSD licence) comes with the PocketSphinx package, so that no
further list of frequencies has to be shipped.
"""

from collections.abc import Callable, Sequence
from functools import cache
from math import prod


def ordinary_share() -> Callable[[Sequence[str]], float]:
    """A function from one to three words, lower case, to their share of all places in a text, 0 to 1.

    0.0 where one of the words is not in the model: a name, or no English.
    """
    from pocketsphinx import LogMath, NGramModel, get_model_path

    logarithms = LogMath()
    model = NGramModel.readfile(get_model_path("en-us/en-us.lm.bin"))

    @cache
    def chance(*word_then_history: str) -> float:
        return float(logarithms.exp(model.prob(list(word_then_history))))

    def share(phrase: Sequence[str]) -> float:
        # The model wants each word first and what was said before it after it, latest first.
        return prod(chance(*reversed(phrase[: place + 1])) for place in range(len(phrase)))

    return share
