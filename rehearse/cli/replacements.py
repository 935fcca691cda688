"""Going on with another microphone in the middle of an answer."""

import time
from threading import Thread

from rehearse.audio.capturing import Capturing
from rehearse.audio.devices import InputDevice, offered
from rehearse.errors import MicrophoneUnavailable

#: A microphone that is plugged in shows up no later than this.
_LOOK_EVERY_S = 2.0
#: One key each, and room on a small screen.
_MOST = 5


class Replacements:
    """The microphones to go on with in place of one that vanished, as they come and go.

    names    theirs, the system's own choice first; empty where there is none, or nobody knows yet
    problem  what speaks against it: why the one chosen last could not be used, '' where nothing is wrong
    """

    def __init__(self, capture: Capturing) -> None:
        self._capture = capture
        self._devices: tuple[InputDevice, ...] = ()
        self._looking: Thread | None = None
        self._looked_at = -_LOOK_EVERY_S
        self.problem = ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(device.name for device in self._devices)

    def look(self, within_s: float = 0.0) -> None:
        """Look for them now and then, which may take a while and is waited for so long."""
        if self._looking is None and time.monotonic() - self._looked_at >= _LOOK_EVERY_S:
            self._looking = Thread(target=self._look, name="devices", daemon=True)
            self._looking.start()
        if self._looking is not None:
            self._looking.join(within_s)
            if not self._looking.is_alive():
                self._looking, self._looked_at = None, time.monotonic()

    def named(self, typed: str) -> InputDevice | None:
        """The one of that number, as the names are counted from 1."""
        number = int(typed) if typed.isdecimal() else 0
        return self._devices[number - 1] if 1 <= number <= len(self._devices) else None

    def take(self, device: InputDevice) -> bool:
        """Go on with that one; False where it could not be used."""
        try:
            self._capture.go_on(device)
        except MicrophoneUnavailable as error:
            self.problem = error.message
            return False
        return True

    def _look(self) -> None:
        try:
            self._devices = offered(self._capture.others())[:_MOST]
        except MicrophoneUnavailable as error:
            self._devices, self.problem = (), error.message
