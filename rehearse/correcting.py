"""Numbers drawn anew: what a person says of single fillers goes into them, and into the check of the next ones."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

import numpy as np

from rehearse.audio.recording import ANALYSIS_RATE_HZ, Recording, Samples
from rehearse.errors import RecordingUnreadable
from rehearse.hearing import Heard, measure_again, sound_of
from rehearse.measurement.attempt import Attempt
from rehearse.measurement.corrections import Correction, Verdict, same_event
from rehearse.measurement.delivery import Level
from rehearse.measurement.filled_pauses import shape_of
from rehearse.measurement.fillers import Filler
from rehearse.measurement.measures import MEASURES_VERSION, Measures, measure
from rehearse.measurement.own_fillers import MOST_CONFIRMED, OwnFillers
from rehearse.measurement.voice import Voice
from rehearse.settings import FillerSettings
from rehearse.storage.store import Store
from rehearse.transcription.transcript import Hesitation, SpeechActivity, Transcript

#: Of an 'um' whose vowel nobody told from its m, the share that is vowel at least.
_VOWEL_SHARE = 0.5
_VOWELS = frozenset("aeiouäöü")


def remeasure(attempt: Attempt, *, fillers: FillerSettings, store: Store) -> Measures:
    """Draw the numbers of a heard attempt anew from the kept sound, speech, words and corrections."""
    speech, transcript = store.speech(attempt.id), store.transcript(attempt.id)
    measures = _measured_again(attempt, speech, transcript, store.corrections(attempt.id), fillers, store)
    store.keep_measures(attempt.id, measures)
    return measures


def correct(
    attempt_id: int,
    filler: Filler,
    verdict: Verdict | None,
    *,
    fillers: FillerSettings,
    store: Store,
    now: Callable[[], datetime],
) -> Measures:
    """Keep what the person says of one filler of an attempt, and its numbers drawn anew at once; gives those.

    filler   one of the attempt's measures: among `fillers`, written or heard, or `fillers_left_out`
    verdict  confirmed: it is one, and counts whatever the rules say; rejected: it is none, and does not count; None
             takes back what was said of it
    fillers  the person's settings, as for `remeasure`

    It replaces what was said of the same filler before, and costs milliseconds: the sound is not read, unless the
    numbers are of an older version. Raises NotFound where there is no such attempt, or its sound and words were
    deleted and only numbers are left.
    """
    attempt = store.attempt(attempt_id)
    sound_of(attempt)
    speech = store.speech(attempt_id)
    assert attempt.measures is not None and speech is not None, "a filler comes from an attempt that was measured"
    heard = Heard(speech=speech, transcript=store.transcript(attempt_id), measures=attempt.measures)
    said = Correction.of(filler, verdict or "rejected")
    others = [each for each in store.corrections(attempt_id) if not same_event(each, said)]
    corrections = [*others, said] if verdict else others
    measures = weighed(attempt, heard, corrections, fillers, store)
    if verdict:
        store.keep_correction(attempt_id, said, now())
    else:
        store.drop_correction(attempt_id, said)
    store.keep_measures(attempt_id, measures)
    return measures


def weighed(
    attempt: Attempt, heard: Heard, corrections: Sequence[Correction], fillers: FillerSettings, store: Store
) -> Measures:
    """The numbers of a heard attempt for these corrections, from its sound only where what is kept is not enough."""
    points = store.question(attempt.question_id).points
    again = weigh_again(heard, fillers, points, corrections)
    return again or _measured_again(attempt, heard.speech, heard.transcript, corrections, fillers, store)


def weigh_again(
    heard: Heard, fillers: FillerSettings, points: Sequence[str], corrections: Sequence[Correction]
) -> Measures | None:
    """The numbers of a heard answer for other corrections, drawn from what is kept of it without its sound.

    None where that does not hold enough, as in numbers of an older version: then `hearing.measure_again`.
    """
    before, transcript = heard.measures, heard.transcript
    if before.measures_version != MEASURES_VERSION or before.fillers_left_out is None or transcript is None:
        return None
    alone = [filler for filler in (*(before.fillers or ()), *before.fillers_left_out) if filler.source == "sound"]
    # What a person confirmed and this engine does not have is no hit of its own: it comes from the corrections.
    places = {(place.start_s, place.end_s) for place in transcript.hesitations or ()}
    sounds = [filler for filler in alone if (filler.start_s, filler.end_s) in places]
    if any(filler.confirmed is None and filler not in sounds for filler in alone):
        return None
    if alone and before.sound_fillers is not None and transcript.hesitations is None:
        # Found by what the voice holds: once something was said of one, nothing here tells whether it was heard at all.
        return None
    again = measure(
        speech=heard.speech,
        transcript=transcript,
        level=_level_of(before),
        also=fillers.also,
        never=fillers.never,
        points=points,
        sounds_heard=None if before.sound_fillers is None else sounds,
        corrections=corrections,
    )
    # These are of the sound, and no correction is about them.
    return replace(again, stretched_words=before.stretched_words, hums=before.hums)


def own_fillers(store: Store) -> OwnFillers | None:
    """What this person's own fillers sound like, from those they confirmed in recordings that are still kept.

    Drawn anew each time, so that what is deleted leaves no trace. None with too few of them; a recording that cannot be
    read is passed over.
    """
    shapes = []
    for each in store.confirmed_sounds(MOST_CONFIRMED):
        transcript = store.transcript(each.attempt_id)
        place = _place_of(each.correction, (transcript.hesitations if transcript else None) or ())
        if place is None:
            continue
        try:
            shape = shape_of(place, partial(_at_analysis_rate, each.recording))
        except RecordingUnreadable:
            continue
        if shape:
            shapes.append(shape)
    return OwnFillers.of(shapes)


def _measured_again(
    attempt: Attempt,
    speech: SpeechActivity | None,
    transcript: Transcript | None,
    corrections: Sequence[Correction],
    fillers: FillerSettings,
    store: Store,
) -> Measures:
    assert speech is not None and transcript is not None, "only heard attempts can be measured again"
    points = store.question(attempt.question_id).points
    return measure_again(sound_of(attempt), speech, transcript, fillers, points, corrections, own_fillers(store))


def _place_of(correction: Correction, hesitations: Sequence[Hesitation]) -> Hesitation | None:
    """Where the vowel of a confirmed filler is; None where it has none, as 'hm'."""
    for place in hesitations:
        marked = Correction(start_s=place.start_s, end_s=place.end_s, text="", kind="sound", verdict=correction.verdict)
        if same_event(marked, correction):
            return place
    if _VOWELS.isdisjoint(correction.text):
        return None
    share = _VOWEL_SHARE if "m" in correction.text else 1.0
    vowel_end_s = correction.start_s + share * (correction.end_s - correction.start_s)
    return Hesitation(start_s=correction.start_s, vowel_end_s=vowel_end_s, end_s=correction.end_s)


def _at_analysis_rate(recording: Recording, start_s: float, end_s: float) -> Samples:
    """A second or so of the recording at 16 kHz, by its spectrum: what lies above 8 kHz is cut off."""
    part = recording.samples(start_s, end_s)
    if recording.sample_rate_hz == ANALYSIS_RATE_HZ or not len(part):
        return part
    length = round(len(part) * ANALYSIS_RATE_HZ / recording.sample_rate_hz)
    spectrum = np.fft.rfft(part)[: length // 2 + 1]
    spectrum = np.pad(spectrum, (0, length // 2 + 1 - len(spectrum)))
    resampled: Samples = (np.fft.irfft(spectrum, length) * (length / len(part))).astype(np.float32)
    return resampled


def _level_of(measures: Measures) -> Level:
    return Level(
        level_dbfs=measures.level_dbfs,
        clipped=bool(measures.clipped),
        voice=Voice(
            pitch_median_hz=measures.pitch_median_hz,
            pitch_range_semitones=measures.pitch_range_semitones,
            level_spread_db=measures.level_spread_db,
            noise_floor_dbfs=measures.noise_floor_dbfs,
        ),
    )
