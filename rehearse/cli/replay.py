"""`replay`: hear an attempt again at any speed, with its words as they come, and jump to what is worth hearing."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
from rich.live import Live

from rehearse.audio.levels import levels_dbfs
from rehearse.audio.playback import Player
from rehearse.audio.recording import Recording
from rehearse.audio.rendering import FASTEST, SLOWEST, without_pauses
from rehearse.cli import transport
from rehearse.cli.checking import keeper
from rehearse.cli.completion import complete_attempt
from rehearse.cli.keys import Keys
from rehearse.cli.moments import MomentType
from rehearse.cli.replay_export import export_attempt
from rehearse.cli.session import Session, json_option, pass_session, yes_option
from rehearse.cli.side_by_side import hear_both
from rehearse.cli.transport import Deck, Now
from rehearse.errors import RehearseError
from rehearse.hearing import sound_of
from rehearse.measurement.attempt import Attempt
from rehearse.measurement.fillers import Filler
from rehearse.measurement.landmarks import Landmarks, landmarks
from rehearse.presentation import attempt_words, wording
from rehearse.presentation.replay_screen import ReplayView, replay
from rehearse.presentation.sound_words import OUTPUT_GONE_TRY_AGAIN
from rehearse.presentation.subtitles import pieces
from rehearse.question import Question
from rehearse.transcription.transcript import Transcript

_REFRESH_S = 0.1
_LEVELS_EVERY_S = 0.05

#: Keeps what the person says of a filler: True for 'it is one'.
OnCorrection = Callable[[Filler, bool], None]


@click.command("replay")
@click.argument("attempt", default="last", shell_complete=complete_attempt)
@click.option("--from", "start", type=MomentType(), default=0.0, help="Where to begin, such as 1:05.")
@click.option(
    "--speed", type=click.FloatRange(SLOWEST, FASTEST), default=1.0, help="Slower or faster, at the same pitch: 0.5-2."
)
@click.option("--skip-pauses", is_flag=True, help="Leave the silent pauses out.")
@click.option(
    "--export",
    "file",
    type=click.Path(path_type=Path),
    help="Save what you would hear as a .wav or .flac file instead.",
)
@click.option(
    "--with",
    "other",
    shell_complete=complete_attempt,
    help="Hear the same passage of another attempt too, one after the other.",
)
@click.option("--blind", is_flag=True, help="With --with: hide which is which until you have chosen the better one.")
@yes_option
@json_option
@pass_session
def replay_command(
    session: Session,
    attempt: str,
    start: float,
    speed: float,
    skip_pauses: bool,
    file: Path | None,
    other: str | None,
    blind: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Hear an attempt again: at any speed, with the words as they come, from filler to filler.

    Keys: space pauses, the arrows go 5 s, f to the next filler, p to the next long pause, l to where your point was
    made; [ and ] change the speed, s skips the pauses, ? shows them all.

    \b
    Examples:
      rehearse replay 5 --from 1:05
      rehearse replay 5 --speed 1.5 --skip-pauses
      rehearse replay 5 --skip-pauses --export answer.flac
      rehearse replay 5 --with 2 --blind
    """
    if other is not None and (file is not None or start or skip_pauses):
        raise click.UsageError("--with goes with --blind and --speed only: the passages are found by their words.")
    if blind and other is None:
        raise click.UsageError("--blind goes with --with: it hides which of two answers is which.")
    if as_json and file is None:
        raise click.UsageError("--json goes with --export: it describes the file that was written.")
    with session.store() as store:
        if other is not None:
            hear_both(session, store, attempt, other, blind=blind, speed=speed)
            return
        found = store.find_attempt(attempt)
        question = store.question(found.question_id)
        transcript = store.transcript(found.id)
        deck = Deck(speed=speed, skipping=skip_pauses)
        if file is not None:
            kept = kept_parts(deck, landmarks(sound_of(found).recording_s, found.measures, transcript))
            export_attempt(session, found, kept, speed, start, file, replacing=yes, as_json=as_json)
            return
        replay_attempt(session, question, found, transcript, start, deck, keeper(session, found, store))


def replay_attempt(
    session: Session,
    question: Question,
    attempt: Attempt,
    transcript: Transcript | None,
    start_s: float = 0.0,
    deck: Deck | None = None,
    on_correction: OnCorrection | None = None,
) -> None:
    """Play the attempt until the person closes it; where nobody is at the keyboard, to its end.

    deck           speed and skipping to begin with
    on_correction  keeps what the person says of a filler with y and n; None where that is not to be asked
    """
    recording = sound_of(attempt)
    marks = landmarks(recording.recording_s, attempt.measures, transcript)
    deck = replace(deck or Deck(), judged=_judged(attempt))
    # Not the name of its own file, which is another one as soon as the answer is packed.
    otherwise = f"To save it as a file for another player:  rehearse replay {attempt.id} --export answer.wav"
    with Player(recording, otherwise=otherwise) as player:
        player.hear(deck.speed, kept_parts(deck, marks))
        player.seek(start_s)
        player.play()
        if session.interactive and not session.output.is_dumb_terminal:
            _Hearing(session, question, attempt, transcript, player, recording, marks, on_correction).go_on(deck)
        else:
            session.note(f"Playing attempt {attempt.id}.")
            while not player.finished:
                time.sleep(_REFRESH_S)
            if player.lost:
                session.note(OUTPUT_GONE_TRY_AGAIN)


def _judged(attempt: Attempt) -> dict[Filler, bool]:
    """What the person has said of its fillers before."""
    fillers = (attempt.measures.fillers if attempt.measures else None) or ()
    return {filler: filler.confirmed for filler in fillers if filler.confirmed is not None}


def kept_parts(deck: Deck, marks: Landmarks) -> tuple[tuple[float, float], ...] | None:
    """What is heard of the recording: all of it (None), or all but its pauses."""
    if not deck.skipping or not marks.speech:
        return None
    return without_pauses(marks.length_s, [(span.start_s, span.end_s) for span in marks.speech])


class _Hearing:
    """The screen, the keys and the player, brought together."""

    def __init__(
        self,
        session: Session,
        question: Question,
        attempt: Attempt,
        transcript: Transcript | None,
        player: Player,
        recording: Recording,
        marks: Landmarks,
        on_correction: OnCorrection | None,
    ) -> None:
        self._console = session.output
        self._player = player
        self._marks = marks
        self._on_correction = on_correction
        self._view = ReplayView(
            name=attempt_words.title(attempt),
            question=question.text,
            position_s=0.0,
            marks=marks,
            levels_dbfs=levels_dbfs(recording, _LEVELS_EVERY_S),
            pieces=pieces(transcript, attempt.measures) if transcript and attempt.measures else (),
            judging=on_correction is not None,
        )

    def go_on(self, deck: Deck) -> None:
        """Until the person closes it."""
        with Keys() as keys, Live(console=self._console, screen=True, auto_refresh=False) as live:
            shown = None
            while True:
                seen = (self._seen(deck), self._console.size)
                if seen != shown:
                    view, size = shown = seen
                    live.update(replay(view, width=size.width, height=size.height), refresh=True)
                key = keys.press(within_s=_REFRESH_S, capitals=True)
                if not key:
                    continue
                deck, action = transport.press(
                    key, deck, self._now(), self._marks, judging=self._on_correction is not None
                )
                if isinstance(action, transport.Close):
                    return
                deck = self._act(action, deck)

    def _now(self) -> Now:
        player = self._player
        return Now(position_s=player.position_s, playing=player.playing, ended=player.ended, lost=player.lost)

    def _seen(self, deck: Deck) -> ReplayView:
        now = self._now()
        return replace(
            self._view,
            position_s=now.position_s,
            playing=now.playing,
            ended=now.ended,
            lost=now.lost,
            speed=deck.speed,
            skipping=deck.skipping,
            told=deck.told,
            helping=deck.helping,
            judged=deck.judged,
            meant=transport.filler_meant(deck, now.position_s, self._marks),
        )

    def _act(self, action: transport.Action | None, deck: Deck) -> Deck:
        player = self._player
        try:
            match action:
                case transport.Seek(to_s):
                    player.seek(to_s)
                case transport.Play():
                    player.play()
                case transport.Pause():
                    player.pause()
                case transport.Hear():
                    player.hear(deck.speed, kept_parts(deck, self._marks))
                case transport.Reopen():
                    player.reopen()
                    player.play()
                case transport.Judge(filler, confirmed) if self._on_correction is not None:
                    self._on_correction(filler, confirmed)
        except RehearseError as error:
            judged = {f: said for f, said in deck.judged.items() if not _failed(action, f)}
            return replace(deck, judged=judged, told=wording.shown(error.message))
        return deck


def _failed(action: transport.Action | None, filler: Filler) -> bool:
    return isinstance(action, transport.Judge) and action.filler == filler
