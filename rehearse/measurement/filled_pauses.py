"""Which of the places where a filled pause may stand hold one: the sound of each is checked. Pure numpy.

'Uh' is the vowel of a mouth at rest, held: its first two formants lie in a narrow range whoever speaks, and it hardly
changes, though a voice is never as steady as a machine. What the aligner marks and the sound does not bear out (a
breath, a laugh, a stretched word, a hum) is no filler. Precision goes first: a missed 'um' costs little.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rehearse.measurement.fillers import Filler
from rehearse.measurement.own_fillers import OwnFillers, Shape
from rehearse.measurement.sound_shapes import (
    HOP,
    HOP_S,
    WINDOW,
    Curve,
    Reader,
    change_of,
    formants,
    frames_of,
    levels_of,
    shapes_of,
    voicing_of,
)
from rehearse.transcription.transcript import Hesitation

# The limits start from a study of real speech (Goto, Itou & Hayamizu, Eurospeech 1999, for the idea: small changes of
# the spectrum), set on the development voices of bench/fillers.py and judged on others.
F1_HZ = (400.0, 950.0)
F2_HZ = (1000.0, 1750.0)
LENGTH_S = (0.15, 2.5)
LEAST_VOWEL_S = 0.12
LEAST_VOWEL_SHARE = 0.2
#: An m of this length after it, in an 'um' of this length, makes up for a shorter vowel.
LEAST_NASAL_S, LEAST_UM_S, LEAST_VOWEL_OF_UM_S = 0.1, 0.3, 0.06
#: dB between mean-free spectra 60 ms apart: a voice is never steadier than the first, a word seldom than the second.
CHANGE_DB = (0.25, 2.6)
LEAST_VOICING = 0.3
#: Against the loud parts of the recording; what is short must be loud, or it may be any weak syllable.
DEEPEST_DB, DEEPEST_SHORT_DB, SHORT_S = -26.0, -10.0, 0.25
#: Speech that is slow, or in a second language, stretches its vowels: then the method cannot tell.
MOST_PER_MIN = 8.0
#: An engine and the sound mean one filler where they are no further apart than this.
SAME_WITHIN_S = 0.3

#: Times are sums of hundredths; a rounding error decides nothing.
_EXACT_S = 1e-6
_CORE_DB = 12.0
_AROUND_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """
    fillers   filled pauses that only the sound gives away, in order, source 'sound'; empty where it cannot tell
    can_tell  whether they may be counted: False where there were more of them than this method gets right
    too_many  those that are then not believed, in order
    """

    fillers: tuple[Filler, ...]
    can_tell: bool
    too_many: tuple[Filler, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vowel:
    """What the loud part of a hesitation's vowel sounds like.

    level_db     loudest 10 ms against loud_db
    resting_s    how long its formants are those of a mouth at rest
    share        of the loud part that is so, 0..1
    change_db    median change of its spectrum over 60 ms
    voicing      median, 0..1
    shape        its mean spectrum, for `OwnFillers`; () where there is no sound
    """

    level_db: float
    resting_s: float
    share: float
    change_db: float
    voicing: float
    shape: Shape = ()


def filled_pauses_in(
    hesitations: Sequence[Hesitation], read: Reader, loud_db: float, own: OwnFillers | None = None
) -> tuple[Filler, ...]:
    """The hesitations whose sound is that of a filled pause, in order; source 'sound'.

    read     gives the sound of this recording
    loud_db  of this recording, from `loudness`
    own      the fillers that this person confirmed, once they are enough; see `OwnFillers.judge`
    """
    vowels = [vowel_of(each, read, loud_db) for each in hesitations]
    passing = list(map(is_filled_pause, hesitations, vowels))
    if own is not None:
        passing = own.judge([vowel.shape for vowel in vowels], passing, list(map(_is_held_vowel, hesitations, vowels)))
    return tuple(
        Filler(
            text="um" if each.end_s > each.vowel_end_s else "uh",
            start_s=each.start_s,
            end_s=each.end_s,
            kind="sound",
            source="sound",
        )
        for each, passes in zip(hesitations, passing, strict=True)
        if passes
    )


def unwritten(sounds: Sequence[Filler], written: Sequence[Filler], answer_s: float) -> Heard:
    """Those of the filled pauses that no engine has written, if the method can tell here.

    sounds    as `filled_pauses_in` gives them
    written   fillers of the transcript: its filled pauses within SAME_WITHIN_S are the same event
    answer_s  length of the answer; more than MOST_PER_MIN over it, or in a minute, are too many to be believed
    """
    alone = tuple(sound for sound in sounds if not _is_written(sound, written))
    can_tell = len(alone) <= MOST_PER_MIN * max(1.0, answer_s / 60)
    return Heard(fillers=alone if can_tell else (), can_tell=can_tell, too_many=() if can_tell else alone)


def is_filled_pause(hesitation: Hesitation, vowel: Vowel) -> bool:
    length_s = hesitation.end_s - hesitation.start_s
    is_um = hesitation.end_s - hesitation.vowel_end_s >= LEAST_NASAL_S - _EXACT_S and length_s >= LEAST_UM_S - _EXACT_S
    return (
        _is_held_vowel(hesitation, vowel)
        and vowel.resting_s >= (LEAST_VOWEL_OF_UM_S if is_um else LEAST_VOWEL_S) - _EXACT_S
        and vowel.share >= LEAST_VOWEL_SHARE
    )


def _is_held_vowel(hesitation: Hesitation, vowel: Vowel) -> bool:
    """All that is asked of a filled pause but its formants."""
    length_s = hesitation.end_s - hesitation.start_s
    return (
        LENGTH_S[0] - _EXACT_S <= length_s <= LENGTH_S[1]
        and vowel.level_db >= (DEEPEST_SHORT_DB if length_s < SHORT_S - _EXACT_S else DEEPEST_DB)
        and CHANGE_DB[0] <= vowel.change_db <= CHANGE_DB[1]
        and vowel.voicing >= LEAST_VOICING
    )


def vowel_of(hesitation: Hesitation, read: Reader, loud_db: float) -> Vowel:
    """Measures the vowel of a hesitation; loud_db as `loudness` gives it."""
    sound, vowel, frames = _vowel_in(hesitation, read)
    if not len(frames):
        return Vowel(level_db=-np.inf, resting_s=0.0, share=0.0, change_db=np.inf, voicing=0.0)
    level_db = levels_of(frames) - loud_db
    core = level_db > level_db.max() - _CORE_DB
    f1, f2 = (curve[vowel] for curve in formants(sound))
    shapes = shapes_of(frames)
    resting = (f1 > F1_HZ[0]) & (f1 < F1_HZ[1]) & (f2 > F2_HZ[0]) & (f2 < F2_HZ[1])
    return Vowel(
        level_db=float(level_db.max()),
        resting_s=float((resting & core).sum()) * HOP_S,
        share=float(resting[core].mean()),
        change_db=change_of(shapes, core),
        voicing=float(np.median(voicing_of(sound)[vowel][core])),
        shape=tuple(shapes[core].mean(axis=0).tolist()),
    )


def shape_of(hesitation: Hesitation, read: Reader) -> Shape:
    """The shape of its vowel alone, which takes a tenth of the time."""
    _, _, frames = _vowel_in(hesitation, read)
    if not len(frames):
        return ()
    level_db = levels_of(frames)
    return tuple(shapes_of(frames)[level_db > level_db.max() - _CORE_DB].mean(axis=0).tolist())


def _vowel_in(hesitation: Hesitation, read: Reader) -> tuple[Curve, slice, Curve]:
    """The sound around a hesitation's vowel, the place of the vowel in it in steps of 10 ms, and its frames."""
    first = max(0, round((hesitation.start_s - _AROUND_S) / HOP_S))
    sound = read(first * HOP_S, hesitation.vowel_end_s + _AROUND_S).astype(np.float64)
    begin = round(hesitation.start_s / HOP_S) - first
    vowel = slice(begin, max(begin + 3, round(hesitation.vowel_end_s / HOP_S) - first))
    return sound, vowel, frames_of(sound, WINDOW, HOP)[vowel]


def _is_written(sound: Filler, written: Sequence[Filler]) -> bool:
    return any(
        filler.kind == "sound"
        and sound.start_s <= filler.end_s + SAME_WITHIN_S
        and sound.end_s >= filler.start_s - SAME_WITHIN_S
        for filler in written
    )
