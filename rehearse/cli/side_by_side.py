"""`replay ATTEMPT --with OTHER`: the same passage of two answers in turn, and which of them is better."""

from dataclasses import dataclass, replace
from random import Random

from rich.live import Live

from rehearse.audio.levels import levels_dbfs
from rehearse.audio.playback import Player
from rehearse.audio.recording import Recording
from rehearse.cli.keys import Keys
from rehearse.cli.session import Session
from rehearse.errors import NeedsTerminal, NotFound, RehearseError
from rehearse.hearing import sound_of
from rehearse.measurement.attempt import Attempt
from rehearse.measurement.preference import Preference
from rehearse.presentation import wording
from rehearse.presentation.side_by_side import Side, SidesView, choice_told, side_by_side
from rehearse.presentation.subtitles import pieces
from rehearse.progress.passages import same_passage
from rehearse.storage.store import Store
from rehearse.transcription.transcript import Span, Transcript

_REFRESH_S = 0.1
_LEVELS_EVERY_S = 0.05
NO_DIFFERENCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One of the two attempts, and the passage of it that is heard."""

    attempt: Attempt
    recording: Recording
    transcript: Transcript | None
    passage: Span


def hear_both(
    session: Session,
    store: Store,
    typed: str,
    other: str,
    *,
    blind: bool,
    speed: float,
    order: Random | None = None,
) -> None:
    """Play the passage of each in turn until the person closes it, and keep which one they prefer.

    blind  hide which is which, and shuffle them, until the choice is made
    order  decides which comes first then

    Raises NeedsTerminal with nobody at the keyboard, NotFound where one is not there or both are the same.
    """
    if not session.interactive or session.output.is_dumb_terminal:
        raise NeedsTerminal(
            "Hearing two answers in turn needs you at a keyboard.",
            "Write parts of them to files instead: rehearse replay 7 --from 0:20 --export answer.wav",
        )
    first, second = (store.find_attempt(name) for name in (typed, other))
    if first.id == second.id:
        raise NotFound(f"Both are attempt {first.id}.", "Name another one to hear it against: rehearse attempts")
    sounds, words = [sound_of(a) for a in (first, second)], [store.transcript(a.id) for a in (first, second)]
    passage = same_passage(
        (sounds[0].recording_s, first.measures, words[0]), (sounds[1].recording_s, second.measures, words[1])
    )
    both = [
        Answered(attempt=first, recording=sounds[0], transcript=words[0], passage=passage.first),
        Answered(attempt=second, recording=sounds[1], transcript=words[1], passage=passage.second),
    ]
    if blind:
        (order or Random()).shuffle(both)
    Both(session, store, (both[0], both[1]), passage.shared_words, blind=blind, speed=speed).go_on()


class Both:
    """Both recordings in one player, one after the other, of which only the two passages are heard."""

    def __init__(
        self,
        session: Session,
        store: Store,
        both: tuple[Answered, Answered],
        shared_words: int,
        *,
        blind: bool,
        speed: float,
    ) -> None:
        self._speed = speed
        self._session = session
        self._store = store
        self._both = both
        self._blind = blind
        #: Where each passage begins and ends in the player.
        joined_s = both[0].recording.recording_s
        first, second = both[0].passage, both[1].passage
        self._spans = ((first.start_s, first.end_s), (joined_s + second.start_s, joined_s + second.end_s))
        self._view = SidesView(
            question=store.question(both[0].attempt.question_id).text,
            sides=(self._side(both[0]), self._side(both[1])),
            places_s=(0.0, 0.0),
            now=0,
            shared_words=shared_words,
            hidden=blind,
        )

    def go_on(self) -> None:
        """Until the person closes it; what they chose stays on the screen of the shell."""
        console = self._session.output
        with Player(*(one.recording for one in self._both)) as player:
            player.hear(self._speed, self._spans)
            player.seek(self._spans[0][0])
            player.play()
            with Keys() as keys, Live(console=console, screen=True, auto_refresh=False) as live:
                key = ""
                while key not in ("q", "escape"):
                    self._look(player)
                    size = console.size
                    live.update(side_by_side(self._view, width=size.width, height=size.height), refresh=True)
                    key = keys.press(within_s=_REFRESH_S)
                    self._press(key, player)
        if told := choice_told(self._view):
            self._session.note(told)

    def _side(self, one: Answered) -> Side:
        attempt, span = one.attempt, one.passage
        name = "the real answer" if attempt.baseline else f"attempt {attempt.id}"
        levels = levels_dbfs(one.recording, _LEVELS_EVERY_S)
        shown = pieces(one.transcript, attempt.measures) if one.transcript and attempt.measures else ()
        return Side(
            name=f"{name}, {wording.day(attempt.recorded_at, None, self._session.now())}",
            start_s=span.start_s,
            length_s=span.duration_s,
            levels_dbfs=levels[round(span.start_s / _LEVELS_EVERY_S) : round(span.end_s / _LEVELS_EVERY_S)],
            pieces=[piece for piece in shown if span.start_s <= piece.start_s < span.end_s],
        )

    def _look(self, player: Player) -> None:
        position_s = player.position_s
        now = 0 if position_s < self._both[0].recording.recording_s else 1
        start_s, end_s = self._spans[now]
        places_s = list(self._view.places_s)
        places_s[now] = min(max(0.0, position_s - start_s), end_s - start_s)
        if now == 1 and self._view.sides[0].length_s - places_s[0] < 2 * _REFRESH_S * self._speed:
            # Its end came between two looks.
            places_s[0] = self._view.sides[0].length_s
        self._view = replace(
            self._view,
            places_s=(places_s[0], places_s[1]),
            now=now,
            playing=player.playing,
            ended=player.ended,
            lost=player.lost,
        )

    def _press(self, key: str, player: Player) -> None:
        if key:
            self._view = replace(self._view, told="")
        try:
            if key in ("tab", "enter"):
                self._from_start(player, 1 - self._view.now)
            elif key == "left":
                self._from_start(player, self._view.now)
            elif key == "space" and player.lost:
                player.reopen()
                player.play()
            elif key == "space":
                (player.pause if player.playing else player.play)()
            elif key in ("a", "b", "=") and self._view.chosen is None:
                self._choose("ab=".index(key))
        except RehearseError as error:
            self._view = replace(self._view, told=wording.shown(error.message))

    def _from_start(self, player: Player, side: int) -> None:
        player.seek(self._spans[side][0])
        player.play()

    def _choose(self, chosen: int) -> None:
        first, second = (one.attempt.id for one in self._both)
        preference = Preference(
            attempt_id=first,
            other_id=second,
            preferred_id=None if chosen == NO_DIFFERENCE else (first, second)[chosen],
            blind=self._blind,
            made_at=self._session.now(),
        )
        self._store.add_preference(preference)
        self._view = replace(self._view, chosen=chosen, hidden=False)
