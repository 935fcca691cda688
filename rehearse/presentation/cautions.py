"""What a person should know before trusting the words and the counts of an answer, in sentences."""

from collections.abc import Sequence

from rehearse.measurement.languages import FILLER_LISTS
from rehearse.measurement.measures import Measures
from rehearse.presentation import wording
from rehearse.transcription.transcript import Doubt, Transcript

_MOST_PLACES = 3


def doubts_told(transcript: Transcript) -> list[str]:
    """One sentence for each way in which the transcript is not to be trusted, with the places where."""
    circles = [doubt for doubt in transcript.doubts if doubt.why == "in circles"]
    wordless = [doubt for doubt in transcript.doubts if doubt.why == "no words"]
    told = []
    if circles:
        places = _places(circles)
        went = f"{places[:1].upper()}{places[1:]} the recogniser went round in circles"
        told.append(f"{went}; the words there may be wrong.")
    if wordless:
        told.append(f"I heard speech {_places(wordless)} but could make out no words there.")
    return told


def _places(stretches: Sequence[Doubt]) -> str:
    """'between 0:41 and 1:05, at 1:20 and in 2 more places'."""
    places = [
        f"at {wording.clock(stretch.start_s)}"
        if wording.clock(stretch.start_s) == wording.clock(stretch.end_s)
        else f"between {wording.clock(stretch.start_s)} and {wording.clock(stretch.end_s)}"
        for stretch in stretches
    ]
    if len(places) > _MOST_PLACES:
        places[_MOST_PLACES:] = [f"in {wording.count(len(places) - _MOST_PLACES, 'more place')}"]
    return places[0] if len(places) == 1 else f"{', '.join(places[:-1])} and {places[-1]}"


def hidden_pauses(measures: Measures) -> str:
    """What noise does to the pauses; '' where it does nothing to them."""
    if measures.pauses_heard == "cannot tell":
        return "Speech and silence sound alike here, as with other voices around you: pauses are not measured."
    if measures.pauses_heard == "roughly":
        return "Noise hides the soft ends of some words, so short pauses are counted roughly."
    return ""


def uncounted_fillers(measures: Measures) -> str:
    """What of the fillers is not counted in the language spoken; '' where there is a list for it."""
    if measures.filler_count is None:
        return ""
    if measures.sound_fillers == "cannot tell":
        return "Long vowels and 'uh' sound the same here, so only the fillers in the text are counted."
    if measures.discourse_marker_count is None:
        return "Filler words are not counted in this language, only the sounds 'uh' and 'hmm'."
    language = measures.engine.language if measures.engine else None
    if language is None or language in FILLER_LISTS:
        return ""
    return "In this language only the sounds 'uh' and 'hmm' and your own list are counted as fillers."
