"""A quiet guide to breathe by: in for 4 s, out for 6 s. Pure: a moment in, a picture out.

Six breaths a minute is slow breathing as it is studied (fewer than ten a minute: Zaccaro et al. 2018, 'How
Breath-Control Can Change Your Life', Frontiers in Human Neuroscience 12:353). The longer way out is our own choice.
"""

from rich.console import RenderableType
from rich.text import Text

from rehearse.presentation import wording
from rehearse.presentation.screen import indented

IN_S, OUT_S = 4.0, 6.0
WHOLE_S = 60.0

_WIDEST, _NARROWEST = 40, 4


def fullness(elapsed_s: float) -> float:
    """How full the breath is, 0..1: rising evenly for IN_S, falling for OUT_S, again and again."""
    moment = elapsed_s % (IN_S + OUT_S)
    return moment / IN_S if moment < IN_S else 1.0 - (moment - IN_S) / OUT_S


def guide(elapsed_s: float, *, width: int) -> RenderableType:
    """A bar that grows while one breathes in and shrinks while one breathes out; never wider than width.

    The word says it too, for a screen without much of a picture.
    """
    widest = max(_NARROWEST, min(_WIDEST, width - 6))
    bar = max(1, round(fullness(elapsed_s) * widest))
    inward = elapsed_s % (IN_S + OUT_S) < IN_S
    left = wording.clock(max(0.0, WHOLE_S - elapsed_s))
    return indented(
        Text(),
        Text("Breathe in" if inward else "Breathe out"),
        Text("━" * bar, style="cyan", no_wrap=True),
        Text(),
        Text(f"{left}   any key goes on", style="dim"),
    )
