"""Whether the microphone that is being recorded works, told from what it delivers and from what it does not. Pure.

A device that vanishes raises no error: its blocks stop. One that is muted, or forbidden to this program, goes on and
delivers nothing but zeros. A room in which somebody thinks is neither: its noise is far above the last bit.
"""

from enum import Enum

import numpy as np
import numpy.typing as npt

#: Seconds of dead sound, or without any, after which the person is told.
TOLD_AFTER_S = 1.5
#: Seconds without a block after which a device counts as gone. The first may come late, as headsets over Bluetooth
#: change mode first: such a device is opened once more after RETRIED_AFTER_S, and gone so much later.
GONE_AFTER_S = 1.5
RETRIED_AFTER_S = 2.0
GONE_AFTER_RETRY_S = 3.0
#: One that starts with dead sound is opened once more too, a little later, as that interrupts it.
SILENT_RETRIED_AFTER_S = 2.5

#: From the lowest to the highest sample of dead sound, in steps of 16 bits: up to three to both sides is the hum of an
#: input that never was alive. Where there was sound before, only zeros and the last bit count.
_NEVER_ALIVE_STEPS, _DEAD_STEPS = 6, 2
#: Some headsets cut the sound off wherever nobody speaks. Nobody mutes and unmutes so quickly, and more than once.
_CUT_PAUSE_S = (0.1, TOLD_AFTER_S)
_CUT_PAUSES = 2
_TOLD_AFTER_WITH_CUT_PAUSES_S = 10.0


class Fault(Enum):
    """What is wrong with the sound at this moment."""

    NOT_STARTED = "it was opened, and nothing comes yet"
    SILENT = "there has been no sound since it began"
    FELL_SILENT = "there was sound, and now there is none"
    GONE = "nothing comes any more"


class SoundWatch:
    """Follows one device from the moment it is opened. One thread tells it things; any thread may ask.

    fault         what is wrong now, None while all is well
    dead_s        seconds of dead sound since the last live one, or since the beginning
    waited_s      seconds without a block until now
    retry_is_due  it should be opened once more: nothing came from it yet
    """

    def __init__(self) -> None:
        self.dead_s = self.waited_s = 0.0
        self._came = self._alive = self._retried = False
        self._cut_pauses = 0

    def waited(self, seconds: float) -> None:
        """No block came for so long, since the last one or since this was last told."""
        self.waited_s += seconds

    def heard(self, samples: npt.NDArray[np.int16], rate_hz: int) -> None:
        """One block came: mono samples of shape (n,), n >= 0."""
        self._came, self.waited_s = True, 0.0
        if not len(samples):
            return
        steps = int(samples.max()) - int(samples.min())
        if steps <= (_DEAD_STEPS if self._alive else _NEVER_ALIVE_STEPS):
            self.dead_s += len(samples) / rate_hz
            return
        if self._alive and _CUT_PAUSE_S[0] <= self.dead_s < _CUT_PAUSE_S[1]:
            self._cut_pauses += 1
        self._alive, self.dead_s = True, 0.0

    def retried(self) -> None:
        """It was opened once more."""
        self._retried, self.waited_s = True, 0.0

    @property
    def retry_is_due(self) -> bool:
        if self._retried or self._alive:
            return False
        return self.dead_s >= SILENT_RETRIED_AFTER_S if self._came else self.waited_s >= RETRIED_AFTER_S

    @property
    def fault(self) -> Fault | None:
        if self._came or self._retried:
            gone_after_s = GONE_AFTER_S if self._came else GONE_AFTER_RETRY_S
        else:
            gone_after_s = RETRIED_AFTER_S + GONE_AFTER_RETRY_S
        if self.waited_s > gone_after_s:
            return Fault.GONE
        if not self._came:
            return Fault.NOT_STARTED if self._retried or self.waited_s >= TOLD_AFTER_S else None
        cut = self._cut_pauses >= _CUT_PAUSES
        if self.dead_s >= (_TOLD_AFTER_WITH_CUT_PAUSES_S if cut else TOLD_AFTER_S):
            return Fault.FELL_SILENT if self._alive else Fault.SILENT
        return None
