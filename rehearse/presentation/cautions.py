"""What a person should know before trusting the words and the counts of an answer, in sentences."""

from collections.abc import Sequence

from rehearse.measurement.languages import FILLER_LISTS
from rehearse.measurement.measures import Measures
from rehearse.presentation import wording
from rehearse.transcription.aligner import LANGUAGE as ALIGNER_LANGUAGE
from rehearse.transcription.transcript import Doubt, Transcript

#: Said wherever words of the rough recogniser, or counts that rest on them, are shown.
DRAFT_WORDS = "Draft words, from the rough built-in recogniser: counts are approximate."

_MOST_PLACES = 3
_MOST_NAMED = 4


def doubts_told(transcript: Transcript) -> list[str]:
    """One sentence for each way in which the transcript is not to be trusted, with the places where."""
    circles = [doubt for doubt in transcript.doubts if doubt.why == "in circles"]
    wordless = [doubt for doubt in transcript.doubts if doubt.why == "no words"]
    told = []
    given = transcript.engine.name == "given"
    if circles:
        places = _places(circles)
        went = f"{'your transcript goes' if given else 'the recogniser went'} round in circles"
        told.append(f"{places[:1].upper()}{places[1:]} {went}; the words there may be wrong.")
    if wordless:
        lack = "your transcript has no words for it" if given else "the recogniser could make out no words"
        told.append(f"There is speech {_places(wordless)}, but {lack}.")
    return told


def unheard_fillers(measures: Measures, transcript: Transcript | None) -> str:
    """That the sound of a transcript brought along could not be searched for fillers; '' where it was, or cannot be."""
    if transcript is None or transcript.engine.name != "given" or measures.phonation_s is None:
        return ""
    if transcript.language != ALIGNER_LANGUAGE or transcript.hesitations is not None:
        return ""
    return (
        "Fillers in the sound were not looked for, as the program that finds words in it could not be started. Only"
        " those in your transcript are counted."
    )


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
        confirmed = any(filler.confirmed for filler in measures.fillers or ())
        counted = "the fillers in the text and those you confirmed are" if confirmed else "the fillers in the text are"
        return f"Long vowels and 'uh' sound the same here, so only {counted} counted."
    if measures.discourse_marker_count is None:
        return "Filler words are not counted in this language, only the sounds 'uh' and 'hmm'."
    language = measures.engine.language if measures.engine else None
    if language is None:
        return ""
    if language in FILLER_LISTS:
        only_text = _leaves_out_sounds(measures) and language != "en" and FILLER_LISTS[language].held_vowel is None
        return "Fillers that the recogniser left out are not counted in this language." if only_text else ""
    return "In this language only the sounds 'uh' and 'hmm' and your own list are counted as fillers."


def _leaves_out_sounds(measures: Measures) -> bool:
    return measures.engine is not None and measures.engine.name == "whisper" and measures.sound_fillers is None


def drawn_out(measures: Measures) -> str:
    """'drawn out: "so" at 0:12, "and" at 0:31; "hm" at 0:40 - not counted as fillers'; '' where there is nothing."""
    words = _named([(f'"{wording.shown(word.text)}"', word.start_s) for word in measures.stretched_words or ()])
    hums = _named([('"hm"', hum.start_s) for hum in measures.hums or ()])
    told = "; ".join(part for part in (f"drawn out: {words}" if words else "", hums) if part)
    return f"{told} - not counted as fillers" if told else ""


def _named(found: Sequence[tuple[str, float]]) -> str:
    """Each with its time, the first few of them."""
    named = [f"{what} at {wording.clock(start_s)}" for what, start_s in found[:_MOST_NAMED]]
    more = [f"{len(found) - _MOST_NAMED} more"] if len(found) > _MOST_NAMED else []
    return ", ".join([*named, *more])
