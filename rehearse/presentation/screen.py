"""What a person sees in the terminal once an answer is measured: rich renderables of values, nothing printed here.

Text of people and recognisers enters only through `said`, so that no markup or terminal escape in it is obeyed.
Colour only repeats what a word or a sign already says.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rehearse.measurement.attempt import Attempt
from rehearse.measurement.calibration import Calibrated
from rehearse.measurement.fillers import Filler
from rehearse.measurement.measures import Measures
from rehearse.presentation import advice, attempt_words, content_words, verdict_words, wording
from rehearse.presentation.calibration_words import heard_of_spoken
from rehearse.presentation.cautions import DRAFT_WORDS, doubts_told, hidden_pauses, uncounted_fillers, unheard_fillers
from rehearse.presentation.narrow import ByWidth, figures_narrow
from rehearse.progress.comparison import Comparison
from rehearse.progress.content import Content
from rehearse.progress.thresholds import PACE_WPM
from rehearse.progress.verdict import Verdict
from rehearse.question import Question, Target
from rehearse.transcription.transcript import Transcript, Word

_BARS = "▁▂▃▄▅▆▇█"


def said(text: str, style: str = "") -> Text:
    """Text of a person or a recogniser, shown as it is written."""
    return Text(wording.shown(text), style=style)


def indented(*parts: RenderableType) -> RenderableType:
    return Padding(Group(*parts), (0, 2, 0, 2))


def sparkline(lengths: Sequence[float]) -> str:
    """One bar for each length, the tallest for the longest; '' for none."""
    longest = max(lengths, default=0.0)
    if longest <= 0:
        return ""
    return "".join(_BARS[min(7, int(value / longest * 7.999))] for value in lengths)


def result(
    question: Question,
    attempt: Attempt,
    comparison: Comparison,
    verdict: Verdict,
    target: Target,
    earlier: Sequence[Attempt],
    transcript: Transcript | None,
    content: Content | None = None,
    calibrated: Calibrated | None = None,
) -> RenderableType:
    """The result of one measured attempt: verdict first, then why, what to keep, and the one thing to change.

    content     what became of the content of earlier attempts
    calibrated  what was heard of a text that is known, to stand beside the fillers counted
    """
    now = attempt.measures
    assert now is not None, "only measured attempts have a result"
    long_winded = {"no": "bold green", "a bit": "bold yellow", "yes": "bold red"}[verdict.long_winded]
    parts: list[RenderableType] = [
        said(f"{attempt_words.title(attempt)} · {question.text}", "bold"),
        Text(),
        Text(verdict_words.headline(now, verdict, comparison, target), style=long_winded),
        Text(verdict_words.compared(now, comparison)),
        *(Text(line) for line in (content_words.against_best(content, now, target) if content else ())),
        *_dim(caution_lines(now, transcript, comparison, overflow_count_of(attempt))),
        Text(),
        _keep_and_next(now, comparison, verdict, target),
        Text(),
        figures(now, comparison, target, [a.measures for a in earlier if a.measures], calibrated),
    ]
    if not attempt.cut_short and (history := _history(earlier, now)):
        parts += [Text(), history]
    return indented(*parts)


def overflow_count_of(attempt: Attempt) -> int:
    return attempt.recording.overflow_count if attempt.recording else 0


def _dim(lines: Sequence[str]) -> list[RenderableType]:
    return [Text(line, style="dim") for line in lines]


def caution_lines(
    now: Measures, transcript: Transcript | None, comparison: Comparison, overflow_count: int
) -> list[str]:
    """What a person should know before trusting the figures, one sentence or two to a line."""
    lines = []
    if now.engine is None or now.word_count is None:
        lines.append("Speech was heard, but no words could be made out: only the sound was measured.")
    elif now.engine.name == "draft":
        lines.append(DRAFT_WORDS)
    lines += [told for told in (uncounted_fillers(now), unheard_fillers(now, transcript), hidden_pauses(now)) if told]
    if transcript is not None and now.word_count is not None:
        lines += doubts_told(transcript)
    if comparison.by_other_engine:
        lines.append(verdict_words.other_engine(now, comparison))
    if comparison.in_other_language:
        lines.append(verdict_words.other_language(comparison))
    if overflow_count:
        times = wording.count(overflow_count, "time")
        lines.append(f"The computer was too busy {times} while you spoke: a little of the sound is missing there.")
    if now.clipped:
        lines.append("The microphone was too loud in places: the sound is distorted there.")
    return lines


def measured(now: Measures, transcript: Transcript | None) -> RenderableType:
    """The figures of one answer by themselves, with what has to be said of them."""
    cautions = _dim(caution_lines(now, transcript, Comparison(earlier_count=0), overflow_count=0))
    return Group(*cautions, *([Text()] if cautions else []), figures(now, None, None))


def _keep_and_next(now: Measures, comparison: Comparison, verdict: Verdict, target: Target) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    for number, keep in enumerate(verdict.keep[:2]):
        grid.add_row(Text("" if number else "Keep", style="bold"), Text(advice.keep(keep, now, comparison, target)))
    next_step = advice.next_step(verdict.next, now, comparison, target)
    grid.add_row(Text("Next", style="bold"), Text(next_step))
    return grid


def figures(
    now: Measures,
    comparison: Comparison | None,
    target: Target | None,
    earlier: Sequence[Measures] = (),
    calibrated: Calibrated | None = None,
) -> RenderableType:
    """The figures in rows; with a comparison also the usual ones and the shortest answer so far."""
    header, *rows = figure_rows(now, comparison, target, earlier)
    more = _more_figures(now, calibrated)
    return Group(ByWidth(_figures_table(header, rows, bool(target)), partial(figures_narrow, header, rows)), more)


def _figures_table(header: Sequence[str], rows: Sequence[Sequence[str]], with_header: bool) -> RenderableType:
    table = Table.grid(padding=(0, 3))
    if with_header:
        table.add_row(*(Text(cell, style="dim") for cell in header))
    for name, *cells in rows:
        table.add_row(Text(f"{name:7}", style="dim"), *(Text(cell) for cell in cells))
    return table


def figure_rows(
    now: Measures, comparison: Comparison | None, target: Target | None, earlier: Sequence[Measures] = ()
) -> list[tuple[str, str, str, str, str]]:
    """A heading and a row for each figure: its name, now, usual, shortest and the aim; '' where there is none."""
    against = comparison is not None and comparison.median_answer_s is not None
    best = min([*(m.answer_s for m in earlier), now.answer_s]) if against else None
    rows: list[tuple[str, str, str, str, str]] = [
        (
            "length",
            wording.clock(now.answer_s),
            _known(comparison.median_answer_s if comparison else None, wording.clock),
            _known(best, wording.clock),
            wording.target_band(target) if target else "",
        ),
        (
            "pace",
            wording.pace(now.speech_rate_wpm),
            _known(comparison.usual_wpm if comparison else None, wording.pace),
            "",
            "{:.0f}-{:.0f}".format(*PACE_WPM),
        ),
    ]
    usual_range = comparison.usual_pitch_range_semitones if comparison else None
    if now.pitch_range_semitones is not None and usual_range is not None:
        # By itself it says nothing: only against one's own voice.
        rows.append(("melody", wording.semitones(now.pitch_range_semitones), wording.semitones(usual_range), "", ""))
    before = "before" if comparison and comparison.earlier_count == 1 else "usual"
    header = ("", "now", before if against else "", "shortest" if against else "", "aim" if target else "")
    return [header, *rows]


def _more_figures(now: Measures, calibrated: Calibrated | None) -> RenderableType:
    table = Table.grid(padding=(0, 3))
    table.add_column(no_wrap=True)
    for name, told in more_figure_rows(now):
        table.add_row(Text(name, style="dim"), Text(told))
        if name == "fillers" and calibrated and now.filler_count is not None:
            table.add_row(Text(), Text(heard_of_spoken(calibrated.found), style="dim"))
    return table


def more_figure_rows(now: Measures) -> list[tuple[str, str]]:
    """Figures that are told in words, each with its name."""
    kinds = wording.filler_kinds(now)
    rows = [
        ("fillers", wording.filler_count(now) + (f"   {kinds}" if kinds else "")),
        ("pauses", wording.pause_summary(now)),
    ]
    rows += [
        (name, told) for name, told in (("landing", wording.landing(now)), ("points", wording.points(now))) if told
    ]
    if now.response_latency_s >= 1.5:
        rows.append(("start", f"you began after {wording.tenths(now.response_latency_s)}"))
    return rows


def _known(figure: float | None, worded: Callable[[float], str]) -> str:
    return "" if figure is None else worded(figure)


def _history(earlier: Sequence[Attempt], now: Measures) -> RenderableType | None:
    lengths = [a.measures.answer_s for a in earlier if a.measures and not a.baseline] + [now.answer_s]
    if len(lengths) < 2:
        return None
    recent = lengths[-8:]
    return Text(f"length   {sparkline(recent)}   " + " ".join(wording.clock(value) for value in recent))


def marked_transcript(transcript: Transcript, measures: Measures) -> Text:
    """The transcript with fillers in brackets, and long pauses and the landing written out where they stood."""
    long_pauses = [pause for pause in measures.pauses or () if pause.is_long]
    landing_s = measures.landing_s
    text = Text()
    for filler, words in groupby(transcript.words, key=lambda word: filler_of(word, measures) or word):
        said_together = tuple(words)
        if landing_s is not None and said_together[0].start_s >= landing_s:
            text.append("(point made) ", style="dim")
            landing_s = None
        while long_pauses and long_pauses[0].start_s <= said_together[-1].start_s:
            pause = long_pauses.pop(0)
            text.append(f"({wording.tenths(pause.duration_s)} pause) ", style="dim")
        written = " ".join(wording.shown(word.text) for word in said_together)
        is_filler = isinstance(filler, Filler)
        text.append(f"[{written}]" if is_filler else written, style="yellow" if is_filler else "")
        text.append(" ")
    return text


def filler_of(word: Word, measures: Measures) -> Filler | None:
    """The filler of the measures that the word is, or is part of; one that was not written is no word."""
    middle = (word.start_s + word.end_s) / 2
    written = (filler for filler in measures.fillers or () if filler.source == "text")
    return next((filler for filler in written if filler.start_s <= middle <= filler.end_s), None)
