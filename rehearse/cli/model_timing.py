"""How fast the installed models are on this machine: what decides which of them listens."""

from rehearse.cli.session import Session
from rehearse.errors import RehearseError
from rehearse.settings import EngineChoice
from rehearse.transcription.engines import whisper_threads
from rehearse.transcription.models import InstalledModel, chosen_name, installed, note_speed
from rehearse.transcription.whisper import WINDOW_S, window_s


def time_model(session: Session, model: InstalledModel) -> None:
    """Let the model hear one window, and keep how long that took; raises EngineFailed where it breaks down."""
    threads = whisper_threads(session.settings)
    with session.notes.status(f"Timing {model.name}"):
        note_speed(model.folder, window_s(model.folder, threads) / WINDOW_S, threads)


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
    untimed = [model for model in installed(settings.models) if model.real_time_factor is None]
    if not untimed:
        return
    names = ", ".join(model.name for model in untimed)
    session.note(f"Seeing once how fast this machine is with {names}, so that the best one that keeps up listens.")
    for model in untimed:
        try:
            time_model(session, model)
        except RehearseError as error:
            session.note(error.message)
