"""One attempt on the page: what is said of it, its sound, its words, and why its length changed."""

from datetime import datetime, tzinfo
from html import escape
from itertools import groupby
from typing import Any

from rehearse.measurement.attempt import Attempt
from rehearse.measurement.fillers import Filler
from rehearse.measurement.landmarks import Landmarks, landmarks
from rehearse.measurement.measures import Measures
from rehearse.presentation import advice, attempt_words, compare_screen, trend_words, verdict_words, wording
from rehearse.presentation.charts import why_bars
from rehearse.presentation.report_trends import kind_of
from rehearse.presentation.report_values import Answer
from rehearse.presentation.screen import caution_lines, figure_rows, filler_of, more_figure_rows, overflow_count_of
from rehearse.presentation.wave_picture import wave_picture
from rehearse.presentation.waveform import filler_label
from rehearse.progress.drill import aim_of
from rehearse.question import Target
from rehearse.transcription.transcript import Transcript

#: Sound begins this long before a place that is jumped to, as in `replay`: a filler needs what led to it.
LEAD_S = 0.8
#: Figures that take more words than a narrow column holds: each gets a line of its own.
_LONG_FIGURES = ("melody",)


def attempt(answer: Answer, target: Target, timezone: tzinfo | None, today: datetime) -> dict[str, Any]:
    """Everything that the template shows of an attempt; names that end in `_html` and `svg` hold safe markup."""
    kept = answer.attempt
    name = attempt_words.name(kept)
    kind = {"cold": "first of the day", "warm": "later that day", "real": "in the interview"}[kind_of(answer)]
    when = (wording.day(kept.recorded_at, timezone, today), kind if kept.own_length else "", attempt_words.limits(kept))
    now, aim = kept.measures, aim_of(kept, target)
    shown: dict[str, Any] = {
        "id": kept.id,
        "name": name,
        "title": wording.capitalised(name),
        "when": ", ".join(filter(None, when)),
        "length": wording.clock(now.answer_s) if now else "",
        "place": _place(kept, now.answer_s, aim) if now else "not measured yet",
        "measured": None,
        "player": _player(answer, name),
        "words_html": words_html(answer.transcript, now) if answer.transcript else "",
        "language": answer.transcript.language if answer.transcript else "",
        "times": word_times(answer.transcript) if answer.transcript else "",
    }
    if now is not None and answer.comparison is not None and answer.verdict is not None:
        shown["measured"] = _measured(answer, now, aim)
    return shown


def _place(kept: Attempt, answer_s: float, aim: Target) -> str:
    """'over', 'inside'; of a round of a drill, whose aim is its own limit, 'inside its limit'; 'a part' of one."""
    if kept.cut_short is not None:
        return "a part"
    place = trend_words.against_aim(answer_s, aim)
    return f"{place} its limit" if place == "inside" and kept.timed and kept.timed.drill_round is not None else place


def words_html(transcript: Transcript, now: Measures | None) -> str:
    """A span for every word, fillers marked, with long pauses and the landing written out where they stood."""
    long_pauses = [pause for pause in (now.pauses if now else None) or () if pause.is_long]
    landing_s = now.landing_s if now else None
    parts = []
    grouped = groupby(transcript.words, key=lambda word: (filler_of(word, now) if now else None) or word)
    for filler, words in grouped:
        together = tuple(words)
        if landing_s is not None and together[0].start_s >= landing_s:
            parts.append('<i class="note">(point made)</i>')
            landing_s = None
        while long_pauses and long_pauses[0].start_s <= together[-1].start_s:
            parts.append(f'<i class="note">({wording.tenths(long_pauses.pop(0).duration_s)} pause)</i>')
        opening = '<span class="f">' if isinstance(filler, Filler) else "<span>"
        parts += [f"{opening}{_safe(word.text)}</span>" for word in together]
    return " ".join(parts)


def word_times(transcript: Transcript) -> str:
    """When each word begins, in hundredths of a second."""
    return " ".join(str(round(word.start_s * 100)) for word in transcript.words)


def jumps(marks: Landmarks) -> list[dict[str, Any]]:
    """The places worth hearing again, in order of time: fillers, long pauses, the landing."""
    places = [
        (filler.start_s, "filler", filler_label(filler, {}), f"filler {wording.filler_name(filler.text)}")
        for filler in marks.fillers or ()
    ]
    places += [
        (pause.start_s, "long", f"{wording.tenths(pause.duration_s)} pause", "long pause")
        for pause in marks.long_pauses
    ]
    if marks.landing_s is not None:
        places.append((marks.landing_s, "landing", "point made", "your point was made"))
    return [
        {"at": f"{max(0.0, at_s - LEAD_S):.2f}", "clock": wording.clock(at_s), "kind": kind, "text": text, "told": told}
        for at_s, kind, text, told in sorted(places)
    ]


def _measured(answer: Answer, now: Measures, target: Target) -> dict[str, Any]:
    comparison, verdict, kept = answer.comparison, answer.verdict, answer.attempt
    assert comparison is not None and verdict is not None, "only judged attempts are told of"
    header, *rows = figure_rows(now, comparison, target, [answer.best_before] if answer.best_before else [])
    compared = verdict_words.compared(now, comparison)
    bars = ""
    if comparison.why is not None and not comparison.about_the_same:
        parts = compare_screen.why_parts(comparison.why)
        shorter_is_better = compare_screen.shorter_is_better(comparison, now, target)
        told = f"{compared} {compare_screen.why(comparison.why)}"
        bars = why_bars(f"why-{kept.id}", parts, told, shorter_is_better=shorter_is_better)
    return {
        "long_winded": {"no": "fits", "a bit": "a-bit", "yes": "long"}[verdict.long_winded],
        "headline": verdict_words.headline(now, verdict, comparison, target),
        "compared": compared,
        "cautions": caution_lines(now, answer.transcript, comparison, overflow_count_of(kept)),
        "keep": [advice.keep(keep, now, comparison, target) for keep in verdict.keep[:2]],
        "next": advice.next_step(verdict.next, now, comparison, target),
        "header": header,
        "rows": [row for row in rows if row[0] not in _LONG_FIGURES],
        "more": [
            *((name, f"{told} ({header[2]} {usual})") for name, told, usual, *_ in rows if name in _LONG_FIGURES),
            *more_figure_rows(now),
        ],
        "heard_by": wording.engine_name(now.engine) if now.engine else "",
        "why_svg": bars,
        "why_against": verdict_words.compared_with(comparison),
    }


def _player(answer: Answer, name: str) -> dict[str, Any]:
    kept = answer.attempt
    recording_s = kept.recording.recording_s if kept.recording else kept.measures.recording_s if kept.measures else 0.0
    # Sentences are not among the places shown, so its words are not needed.
    marks = landmarks(recording_s, kept.measures, None)
    picture = ""
    if answer.levels_dbfs:
        picture = wave_picture(f"wave-{kept.id}", f"The sound of {name}", answer.levels_dbfs, marks)
    return {
        "href": answer.sound.href,
        "told": answer.sound.told,
        "svg": picture,
        "length_s": f"{recording_s:.3f}",
        "end": wording.clock(recording_s),
        "jumps": jumps(marks),
    }


def _safe(text: str) -> str:
    return escape(wording.shown(text))
