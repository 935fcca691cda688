"""The screen after a calibration: what was heard well, what that means for counts, and one thing to do."""

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.measurement.calibration import Calibrated
from rehearse.presentation import calibration_words as told
from rehearse.presentation.cautions import DRAFT_WORDS
from rehearse.presentation.screen import indented, said


def calibration_card(calibrated: Calibrated) -> RenderableType:
    found = calibrated.found
    parts: list[RenderableType] = [
        said(f"Calibration · {told.who_heard(calibrated)}", "bold"),
        Text(),
        Text(told.heard_well(found), style="bold green"),
        Text(told.meaning(found)),
    ]
    if part := told.part_read(found):
        parts.append(Text(part, style="dim"))
    if calibrated.engine.name == "draft":
        parts += [Text(DRAFT_WORDS, "dim"), Text("For better words:  rehearse models pull", "dim")]
    if step := told.next_step(found):
        next_step = Table.grid(padding=(0, 2))
        next_step.add_row(Text("Next", style="bold"), Text(step))
        parts += [Text(), next_step]
    figures = Table.grid(padding=(0, 3))
    for name, figure in (
        ("words", told.words(found)),
        ("um, uh", told.fillers(found)),
        ("level", told.level(found)),
        ("room", told.room(found)),
    ):
        if figure:
            figures.add_row(Text(name, style="dim"), Text(figure))
    return indented(*parts, Text(), figures)
