"""What was heard of a text read aloud, in words: the same on its own screen, beside later counts, and in `doctor`."""

from datetime import datetime, tzinfo

from rehearse.measurement.calibration import Calibrated, Calibration
from rehearse.presentation.wording import count, day, engine_name, shown

#: Own choice: a voice at arm's length from a laptop lies well above the one, speech in a quiet room above the others.
TOO_QUIET_DBFS = -45.0
NOISY_DB, QUIET_ROOM_DB = 15.0, 30.0


def heard_of_spoken(found: Calibration) -> str:
    """'in your calibration 6 of 8 were heard', to stand beside a count of fillers."""
    extra = f", and {found.false_fillers} where there were none" if found.false_fillers else ""
    return f"in your calibration {found.fillers_heard} of {found.fillers_spoken} were heard{extra}"


def heard_well(found: Calibration) -> str:
    """What was heard right, first of all."""
    in_ten = round(10 * found.words_heard / found.words_read)
    if in_ten == 10:
        return "Nearly every word was heard as it is written."
    return f"About {max(1, in_ten)} in 10 words were heard as they are written."


def meaning(found: Calibration) -> str:
    """What this says of later counts of fillers."""
    spoken, heard = found.fillers_spoken, found.fillers_heard
    if heard == spoken:
        sentence = f"All {spoken} ums you read were heard: few will be missing from later counts."
    elif heard == 0:
        sentence = f"None of the {spoken} ums you read was heard: if a later count is none, do not rely on it."
    else:
        low = "a little low" if heard >= spoken / 2 else "far too low"
        were = "was" if heard == 1 else "were"
        sentence = f"Of {spoken} ums you read, {heard} {were} heard: later counts will likely be {low}."
    if found.false_fillers:
        were = "was" if found.false_fillers == 1 else "were"
        sentence += f" {found.false_fillers} {were} heard where the text has none, so listen before you believe one."
    return sentence


def part_read(found: Calibration) -> str:
    """'' where it was the whole text."""
    if found.is_whole:
        return ""
    return f"You read the first {count(found.words_read, 'word')} of {found.text_words}: only these are counted."


def next_step(found: Calibration) -> str:
    """The one thing to do about the sound; '' where it is good."""
    if found.clipped:
        return "Move back a little, or turn the level of the microphone down. Then calibrate again."
    if found.level_dbfs is not None and found.level_dbfs < TOO_QUIET_DBFS:
        return "Come closer to the microphone, or turn its level up. Then calibrate again."
    if found.snr_db is not None and found.snr_db < NOISY_DB:
        return "Look for a quieter room, or come closer to the microphone. Then calibrate again."
    return ""


def level(found: Calibration) -> str:
    """'easy to hear (-23 dB)'; '' where it is not known."""
    if found.level_dbfs is None:
        return ""
    quiet = found.level_dbfs < TOO_QUIET_DBFS
    how = "too loud, the sound is distorted" if found.clipped else "very quiet" if quiet else "easy to hear"
    return f"{how} ({found.level_dbfs:.0f} dB)"


def room(found: Calibration) -> str:
    """'quiet (your voice is 41 dB louder)'; '' where it is not known."""
    if found.snr_db is None:
        return ""
    how = "noisy" if found.snr_db < NOISY_DB else "some noise" if found.snr_db < QUIET_ROOM_DB else "quiet"
    return f"{how} (your voice is {found.snr_db:.0f} dB louder)"


def words(found: Calibration) -> str:
    """'96 of 102 as written (7 in 100 misheard, missed or added)'."""
    return f"{found.words_heard} of {found.words_read} as written ({_errors(found)} misheard, missed or added)"


def _errors(found: Calibration) -> str:
    """Words added count too, so that it is no share of those read."""
    return f"{found.word_error_ratio * 100:.0f} in 100"


def fillers(found: Calibration) -> str:
    """'6 of 8 heard: 4 in the words, 2 in the sound alone'."""
    heard = f"{found.fillers_heard} of {found.fillers_spoken} heard"
    if found.fillers_heard_sound is None or not found.fillers_heard:
        return heard
    return f"{heard}: {found.fillers_heard_text} in the words, {found.fillers_heard_sound} in the sound alone"


def who_heard(calibrated: Calibrated) -> str:
    """'whisper small.en, Blue Yeti'."""
    device = f", {shown(calibrated.device)}" if calibrated.device else ""
    return f"{engine_name(calibrated.engine)}{device}"


def in_short(calibrated: Calibrated, timezone: tzinfo | None, today: datetime) -> str:
    """'3 Nov, whisper small.en, Blue Yeti: 6 of 8 ums heard, 5 in 100 words misheard, missed or added'."""
    found = calibrated.found
    when = day(calibrated.made_at, timezone, today)
    words = f"{_errors(found)} words misheard, missed or added"
    heard = f"{found.fillers_heard} of {found.fillers_spoken} ums heard, {words}"
    return f"{when}, {who_heard(calibrated)}: {heard}"
