"""The record of measures as JSON: rounded under the keys of the contract for scripts, exact for the library."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from rehearse.errors import StorageFailed
from rehearse.measurement.exact_json import from_json, to_json
from rehearse.measurement.measures import Measures
from rehearse.transcription.transcript import EngineIdentity, Transcript

#: Decimal places by the end of a key's name: what the number can carry, and no more.
_PLACES = {
    "_s": 3, "_wpm": 1, "_per_min": 2, "_per_100_words": 2, "_run_words": 2, "_ratio": 3, "_dbfs": 1, "_db": 1,
    "_hz": 1, "_semitones": 1, "probability": 3,
}  # fmt: skip


def answer_json(measures: Measures, transcript: Transcript | None) -> dict[str, Any]:
    """The keys of a measured answer in the order of the contract, numbers rounded; unknown is None, never 0."""
    answer: dict[str, Any] = {}
    for field in fields(measures):
        if field.name == "measures_version":
            answer["transcript"] = _transcript_json(transcript)
        answer[field.name] = _shown(getattr(measures, field.name), field.name)
    return answer


def measures_to_json(measures: Measures) -> dict[str, Any]:
    """Everything, unrounded, in plain dicts, lists, numbers and texts; `measures_from_json` gives the same back."""
    stored: dict[str, Any] = to_json(measures)
    return stored


def measures_from_json(stored: Mapping[str, Any]) -> Measures:
    """The measures that `measures_to_json` wrote; keys of another version are passed over or None.

    Raises StorageFailed where something in it cannot be meant.
    """
    try:
        return from_json(stored, Measures)
    except ValueError as error:
        raise StorageFailed(
            "The numbers kept with an answer are damaged.", "Work them out again with: rehearse remeasure"
        ) from error


def figure_json(name: str, figure: float | None) -> float | None:
    """One figure as `answer_json` writes it under that key: rounded, None where it is not known."""
    rounded: float | None = _shown(figure, name)
    return rounded


def _shown(value: Any, name: str) -> Any:
    if isinstance(value, EngineIdentity):
        return {"name": value.name, "model": value.model, "version": value.version}
    if is_dataclass(value):
        return {field.name: _shown(getattr(value, field.name), field.name) for field in fields(value)}
    if isinstance(value, tuple):
        return [_shown(entry, "") for entry in value]
    if isinstance(value, float):
        return next((round(value, places) for end, places in _PLACES.items() if name.endswith(end)), value)
    return value


def _transcript_json(transcript: Transcript | None) -> dict[str, Any] | None:
    if transcript is None:
        return None
    words = [
        {"word": word.text} | {key: _shown(getattr(word, key), key) for key in ("start_s", "end_s", "probability")}
        for word in transcript.words
    ]
    doubts = [_shown(doubt, "") for doubt in transcript.doubts]
    return {"language": transcript.language, "text": transcript.text, "words": words, "doubts": doubts}
