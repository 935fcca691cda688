"""How fast the installed models are on this machine: what decides which of them listens."""

from functools import partial

from rehearse.cli.session import Session
from rehearse.cli.steps_bar import waiting
from rehearse.errors import RehearseError
from rehearse.settings import EngineChoice, Settings
from rehearse.transcription.engines import whisper_threads
from rehearse.transcription.model_folder import TimeWindow
from rehearse.transcription.models import InstalledModel, chosen_name, installed, note_speed
from rehearse.transcription.whisper_model import WINDOW_S, window_time


def time_model(session: Session, model: InstalledModel) -> None:
    """Let the model hear one window, and keep how long that took; raises EngineFailed where it breaks down."""
    threads = whisper_threads(session.settings)
    with waiting(session, f"Timing {model.name}"):
        took = timer(session.settings)(model.folder, threads)
        note_speed(model.folder, took.seconds / WINDOW_S, threads, took.hardware)


def timer(settings: Settings) -> TimeWindow:
    """Times a model as the settings will have it run."""
    return partial(window_time, card=settings.transcription.graphics_card)


def seconds_for_a_window(model: InstalledModel) -> str:
    """What a timed model needs for 30 s of talk, and where it runs: '1.2 s on this machine'."""
    assert model.real_time_factor is not None, "only of a model that was timed"
    where = "the graphics card of this machine" if model.hardware == "cuda" else "this machine"
    return f"{model.real_time_factor * WINDOW_S:.1f} s on {where}"


def time_at_first_use(session: Session, engine: EngineChoice | None) -> None:
    """Time models that were never timed here, before somebody at a terminal practises with one of them.

    Models are timed when they are fetched or brought; these were copied into their place by hand, or came along from
    another machine. Where the person chose the model it is not asked whether it is fast. What breaks down is left for
    whoever hears with it to say.
    """
    settings = session.settings
    draft = (engine or settings.transcription.engine) == "draft"
    if draft or settings.transcription.model or chosen_name(settings.models) or not session.interactive:
        return
    untimed = [
        model
        for model in installed(settings.models, card=settings.transcription.graphics_card)
        if model.real_time_factor is None
    ]
    if not untimed:
        return
    names = ", ".join(model.name for model in untimed)
    session.note(f"Checking once how fast this machine is with {names}, to choose the best one that keeps up.")
    for model in untimed:
        try:
            time_model(session, model)
        except RehearseError as error:
            session.note(error.message)
