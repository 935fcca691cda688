"""The fillers of an attempt checked by the person who said them, one by one: hear it, say whether it is one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rich.live import Live

from rehearse.audio.playback import Player
from rehearse.cli.keys import Keys
from rehearse.cli.session import Session
from rehearse.correcting import correct
from rehearse.errors import PlaybackUnavailable, RecordingUnreadable
from rehearse.hearing import sound_of
from rehearse.measurement.attempt import Attempt
from rehearse.measurement.corrections import Verdict, filler_at, same_event
from rehearse.measurement.fillers import Filler
from rehearse.measurement.measures import Measures
from rehearse.presentation.checking import all_through, change, invitation, put_to_them
from rehearse.presentation.screen import indented
from rehearse.presentation.sound_words import OUTPUT_GONE
from rehearse.storage.store import Store
from rehearse.transcription.transcript import Transcript

#: So much is heard before and after each: a filler without its surroundings cannot be judged.
_AROUND_S = 1.0
_REFRESH_S = 0.05


def unchecked(measures: Measures) -> tuple[Filler, ...]:
    """The sounds that may be fillers and of which nobody has said anything yet, counted or not, in order of time."""
    return tuple(filler for filler in _known(measures) if filler.source == "sound" and filler.confirmed is None)


def offer_to_check(session: Session, attempt: Attempt, transcript: Transcript, store: Store) -> None:
    """One quiet line where something waits to be checked, and the checking where the person wants it; at a terminal."""
    assert attempt.measures is not None, "only measured attempts have fillers"
    waiting = unchecked(attempt.measures)
    if not waiting:
        return
    with Keys() as keys:
        session.show(indented(invitation(len(waiting))))
        if keys.press() == "c":
            check(session, attempt, transcript, store, keys)


def keeper(session: Session, attempt: Attempt, store: Store) -> Callable[[Filler, bool], None]:
    """Keeps what is said of a filler of the attempt while it is heard: True for 'it is one'."""

    def keep(filler: Filler, confirmed: bool) -> None:
        verdict: Verdict = "confirmed" if confirmed else "rejected"
        correct(attempt.id, filler, verdict, fillers=session.settings.fillers, store=store, now=session.now)

    return keep


def check(session: Session, attempt: Attempt, transcript: Transcript, store: Store, keys: Keys) -> None:
    """Put one after another to the person, until all are through or they stop; says how the count changed.

    What they say is kept at each key: whatever ends this loses nothing.
    """
    before = attempt.measures
    assert before is not None, "only measured attempts have fillers"
    player, notice = _player(attempt)
    round_ = _Round(session, attempt, transcript, store, player, notice, list(unchecked(before)))
    try:
        round_.run(keys)
    finally:
        if player is not None:
            player.stop()
    after = store.attempt(attempt.id).measures
    assert after is not None, "its numbers were drawn anew"
    session.note(change(before, after))


def corrected(
    session: Session, attempt: Attempt, confirm: Iterable[float], reject: Iterable[float], store: Store
) -> Attempt:
    """The attempt with the fillers that begin at those moments confirmed and rejected; says how the count changed.

    Raises NotFound where none begins there, or several do; what was said before that one is kept.
    """
    before = attempt.measures
    assert before is not None, "only measured attempts have fillers"
    now = before
    moments: list[tuple[float, Verdict]] = [(moment_s, "confirmed") for moment_s in confirm]
    moments += [(moment_s, "rejected") for moment_s in reject]
    for moment_s, verdict in moments:
        filler, settings = filler_at(_known(now), moment_s), session.settings.fillers
        now = correct(attempt.id, filler, verdict, fillers=settings, store=store, now=session.now)
    session.note(change(before, now))
    return store.attempt(attempt.id)


def _known(measures: Measures) -> list[Filler]:
    known = (*(measures.fillers or ()), *(measures.fillers_left_out or ()))
    return sorted(known, key=lambda filler: filler.start_s)


def _player(attempt: Attempt) -> tuple[Player | None, str]:
    """What plays the attempt, or why nothing can."""
    try:
        return Player(sound_of(attempt)), ""
    except (PlaybackUnavailable, RecordingUnreadable) as error:
        return None, f"{error.message} Judge by the words, or stop."


@dataclass(slots=True)
class _Round:
    """Once through the fillers.

    fillers  those to go through, as they were found; place is the one before the person
    done     what was said so far, the latest last: where, and what had been said of it before
    """

    session: Session
    attempt: Attempt
    transcript: Transcript
    store: Store
    player: Player | None
    notice: str
    fillers: list[Filler]
    place: int = 0
    done: list[tuple[Filler, Verdict | None]] = field(default_factory=list)

    def run(self, keys: Keys) -> None:
        with Live(console=self.session.output, transient=True, auto_refresh=False) as live:
            self._play()
            while True:
                self._show(live)
                key = self._press(keys)
                through = self.place == len(self.fillers)
                if key in ("q", "escape") or (through and key not in ("u", "left")):
                    return
                self._take(key)

    def _take(self, key: str) -> None:
        if key in ("y", "n"):
            filler = self.fillers[self.place]
            self.done.append((filler, self._said(filler)))
            self._say(filler, "confirmed" if key == "y" else "rejected")
            self._go(self.place + 1)
        elif key in ("s", "enter", "right"):
            self._go(self.place + 1)
        elif key == "left":
            self._go(max(0, self.place - 1))
        elif key == "u" and self.done:
            filler, earlier = self.done.pop()
            self._say(filler, earlier)
            self._go(self.fillers.index(filler))
        elif key == "a":
            self._go_through_all()
        elif key == "space":
            self._play()

    def _say(self, filler: Filler, verdict: Verdict | None) -> None:
        settings = self.session.settings.fillers
        correct(self.attempt.id, filler, verdict, fillers=settings, store=self.store, now=self.session.now)

    def _said(self, filler: Filler) -> Verdict | None:
        said = self.store.corrections(self.attempt.id)
        return next((each.verdict for each in said if same_event(each, filler)), None)

    def _go_through_all(self) -> None:
        """From here on those in the text too, and those already checked."""
        here = self.fillers[self.place]
        assert self.attempt.measures is not None
        self.fillers = _known(self.attempt.measures)
        self.place = self.fillers.index(here)

    def _go(self, place: int) -> None:
        self.place = place
        self._play()

    def _play(self) -> None:
        if self.player is None or self.place >= len(self.fillers):
            return
        if self.player.lost:
            self.notice = f"{OUTPUT_GONE} Judge by the words, or stop."
            return
        self.player.seek(max(0.0, self.fillers[self.place].start_s - _AROUND_S))
        self.player.play()

    def _press(self, keys: Keys) -> str:
        """The next key; meanwhile the sound plays on to the end of what belongs to this filler."""
        until_s = self.fillers[self.place].end_s + _AROUND_S if self.place < len(self.fillers) else 0.0
        while self.player is not None and self.player.playing:
            if key := keys.press(within_s=_REFRESH_S):
                return key
            if self.player.position_s >= until_s:
                self.player.pause()
        return keys.press()

    def _show(self, live: Live) -> None:
        if self.place == len(self.fillers):
            live.update(all_through(), refresh=True)
            return
        filler, count = self.fillers[self.place], len(self.fillers)
        picture = put_to_them(filler, self.place + 1, count, self.transcript, self._said(filler), self.notice)
        live.update(picture, refresh=True)
