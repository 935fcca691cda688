"""A recording drawn for the page as SVG text: how loud it was, and what stood where.

It is stretched to any width, so that it holds no words: signs keep their shape, and the page says what they mean.
"""

from collections.abc import Sequence
from html import escape

from rehearse.measurement.landmarks import Landmarks
from rehearse.presentation import wording
from rehearse.presentation.waveform import heights, is_silent

#: Across, in units of the picture; the script of the page moves the place that is heard along them.
COLUMNS = 200
#: Down: the wave around its middle line, and below it the lane of the fillers.
_WAVE, _LANE, _TALL = 100, 112, 120


def wave_picture(key: str, title: str, levels_dbfs: Sequence[float], marks: Landmarks) -> str:
    """Speech as bars, pauses as gaps, long ones as brackets, fillers as dots below, the landing as a flag.

    key  tells its parts from those of other pictures on the page: letters, digits and '-'
    """
    middle = _WAVE / 2
    tall = heights(levels_dbfs, COLUMNS, _WAVE // 2 - 2)
    bars = "".join(
        f"M{column + 0.5} {middle - max(1, height):g}V{middle + max(1, height):g}"
        for column, height in enumerate(tall)
        if not is_silent(column, COLUMNS, marks)
    )
    title_id, described = f"{key}-title", f"{key}-desc"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="wave" viewBox="0 0 {COLUMNS} {_TALL}"'
        f' preserveAspectRatio="none" role="img" aria-labelledby="{title_id} {described}">'
        f'<title id="{title_id}">{_safe(title)}</title>'
        f'<desc id="{described}">{_safe(described_in_words(marks))}</desc>'
        f'<rect class="heard" x="0" y="0" width="0" height="{_WAVE}"/>'
        f'<path class="middle" d="M0 {middle:g}H{COLUMNS}"/><path class="bars" d="{bars or "M0 0"}"/>'
        f"{''.join(_marks(marks, middle))}"
        f'<line class="here" x1="0" x2="0" y1="0" y2="{_TALL}"/></svg>'
    )


def described_in_words(marks: Landmarks) -> str:
    """'1:38 long; 2 long pauses, at 0:12 and 0:40; 4 fillers; the point was made by 1:17.'"""
    told = [f"{wording.clock(marks.length_s)} long"]
    if marks.long_pauses:
        places = ", ".join(wording.clock(pause.start_s) for pause in marks.long_pauses)
        told.append(f"{wording.count(len(marks.long_pauses), 'long pause')}, at {places}")
    if marks.fillers is not None:
        told.append(wording.count(len(marks.fillers), "filler"))
    if marks.landing_s is not None:
        told.append(f"the point was made by {wording.clock(marks.landing_s)}")
    return "; ".join(told) + "."


def _marks(marks: Landmarks, middle: float) -> list[str]:
    length_s = marks.length_s or 1.0

    def x(place_s: float) -> str:
        return f"{min(max(place_s / length_s, 0.0), 1.0) * COLUMNS:.2f}"

    drawn = [
        f'<path class="long" d="M{x(pause.start_s)} {middle:g}H{x(pause.end_s)}'
        f"M{x(pause.start_s)} {middle - 12:g}v24M{x(pause.end_s)} {middle - 12:g}v24"
        '"/>'
        for pause in marks.long_pauses
    ]
    for filler in marks.fillers or ():
        # A line without length with round ends is a dot, however the picture is stretched.
        drawn.append(f'<path class="filler" d="M{x(filler.start_s)} {_LANE}h0"/>')
        if filler.source == "sound":
            drawn.append(f'<path class="unsure" d="M{x(filler.start_s)} {_LANE}h0"/>')
    if marks.landing_s is not None:
        drawn.append(f'<path class="landing" d="M{x(marks.landing_s)} 0V{_WAVE}"/>')
        drawn.append(f'<path class="flag" d="M{x(marks.landing_s)} 5h0"/>')
    return drawn


def _safe(text: str) -> str:
    return escape(wording.shown(text))
