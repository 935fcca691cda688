"""`replay`: hear an attempt again, with its words as they come."""

import time

import click
from rich.live import Live
from rich.text import Text

from rehearse.audio.playback import Player
from rehearse.cli.completion import complete_attempt
from rehearse.cli.keys import Keys
from rehearse.cli.moments import MomentType
from rehearse.cli.session import Session, pass_session
from rehearse.measurement.attempt import Attempt
from rehearse.practice import sound_of
from rehearse.presentation import live_screen
from rehearse.question import Question
from rehearse.transcription.transcript import Transcript

_REFRESH_S = 0.1
_STEP_S = 5.0


@click.command("replay")
@click.argument("attempt", default="last", shell_complete=complete_attempt)
@click.option("--from", "start", type=MomentType(), default=0.0, help="Where to begin, such as 1:05.")
@pass_session
def replay_command(session: Session, attempt: str, start: float) -> None:
    """Hear an attempt again, with the words as they come.

    \b
    Example:
      rehearse replay 5 --from 1:05
    """
    with session.store() as store:
        found = store.find_attempt(attempt)
        question = store.question(found.question_id)
        transcript = store.transcript(found.id)
    replay_attempt(session, question, found, transcript, start)


def replay_attempt(
    session: Session, question: Question, attempt: Attempt, transcript: Transcript | None, start_s: float = 0.0
) -> None:
    """Play the attempt to its end, or until the person stops it."""
    recording = sound_of(attempt)
    with Player(recording) as player:
        player.seek(start_s)
        player.play()
        if session.interactive:
            _follow(
                session,
                f"Attempt {attempt.id} · {question.text}",
                player,
                recording.recording_s,
                attempt,
                transcript,
            )
        else:
            session.note(f"Playing attempt {attempt.id}.")
            while not player.finished:
                time.sleep(_REFRESH_S)
        if player.lost:
            session.note("The loudspeaker or headphones went away. Try again once they are back.")


def _follow(
    session: Session,
    title: str,
    player: Player,
    length_s: float,
    attempt: Attempt,
    transcript: Transcript | None,
) -> None:
    with Keys() as keys, Live(console=session.output, transient=True, auto_refresh=False) as live:
        while not player.finished:
            caption = _caption(attempt, transcript, player.position_s)
            width = session.output.width
            picture = live_screen.replay(
                title, player.position_s, length_s, caption, width=width, paused=not player.playing
            )
            live.update(picture, refresh=True)
            key = keys.press(within_s=_REFRESH_S)
            if key == "space":
                (player.pause if player.playing else player.play)()
            elif key in ("left", "right"):
                player.seek(player.position_s + (_STEP_S if key == "right" else -_STEP_S))
            elif key in ("q", "escape", "enter"):
                return


def _caption(attempt: Attempt, transcript: Transcript | None, position_s: float) -> Text | None:
    if transcript is None or attempt.measures is None:
        return None
    return live_screen.caption(transcript, attempt.measures, position_s)
