"""How the models look on screen."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.presentation.screen import indented, said
from rehearse.transcription.known_models import KNOWN, KnownModel
from rehearse.transcription.models import KEEPS_UP_RTF, InstalledModel, InUse
from rehearse.transcription.whisper_model import WINDOW_S

_NO_FIGURE = "-"
_FIRST_TEST = KNOWN[0].tested_on


def models_table(
    rows: Sequence[tuple[KnownModel | None, InstalledModel | None]], using: InUse | None
) -> RenderableType:
    """One line a model, each as makers or this machine tell of it; the one that listens has a *. Fits 80 columns."""
    table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
    for heading in ("", "Model", "Knows"):
        table.add_column(heading, no_wrap=True)
    for heading in ("Size", "Wrong words", "30 s take"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Licence", no_wrap=True)
    table.add_column("", no_wrap=True)
    marks = _marks()
    for known, model in rows:
        listens = bool(model and using and using.folder == model.folder)
        name = model.name if model else known.name if known else ""
        table.add_row(
            Text("*" if listens else " "),
            said(name[:20], "bold" if model else ""),
            Text(("English" if known.english_only else "many") if known else _NO_FIGURE),
            Text(f"{(model.size_bytes if model else known.download_bytes if known else 0) / 1e6:.0f} MB"),
            Text(f"{known.word_error_percent:.1f} %{marks[known.tested_on]}" if known else f"{_NO_FIGURE}  "),
            Text(_time(model)),
            said(known.licence if known else (model.licence[:12] if model else "") or _NO_FIGURE),
            Text("here" if model else "", "green"),
        )
    notes = [
        f"Wrong words: of 100, in read English, as published ({_FIRST_TEST}).",
        *(f"{mark.strip()}: {test}; not to compare." for test, mark in marks.items() if mark.strip()),
        "No such test says how well 'um' and 'uh' are written down.",
        f"30 s take: seconds of work for 30 s of fast talk on this machine; up to {KEEPS_UP_RTF * WINDOW_S:.0f} s"
        " keeps up with you.",
    ]
    lines = [Text(note, style="dim") for note in notes]
    return indented(table, Text(), Group(*lines), Text())


def _marks() -> dict[str, str]:
    """A sign for each test but the first, all of one width."""
    tests = dict.fromkeys(known.tested_on for known in KNOWN)
    return dict(zip(tests, ("  ", " a", " b", " c"), strict=False))


def _time(model: InstalledModel | None) -> str:
    if model is None or model.real_time_factor is None:
        return _NO_FIGURE
    return f"{model.real_time_factor * WINDOW_S:.1f} s"
