"""One answer measured as a whole: exact numbers, what stays unknown, and what must always hold."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measured_answers import (
    ENGINE,
    MEASURES,
    NEED_WORDS,
    SAID,
    SPEECH,
    TRANSCRIPT,
    activities,
    speech,
    transcript,
)
from spoken_answers import speak

from rehearse.errors import NoSpeechHeard
from rehearse.measurement.corrections import Correction
from rehearse.measurement.delivery import Level
from rehearse.measurement.drawn_out import Hum, StretchedWord
from rehearse.measurement.fillers import Filler
from rehearse.measurement.held_sounds import Held, HeldSound
from rehearse.measurement.measures import MEASURES_VERSION, Measures, measure
from rehearse.measurement.measures_json import answer_json, measures_from_json, measures_to_json
from rehearse.measurement.voice import Voice
from rehearse.transcription.transcript import Span, SpeechActivity, Transcript

POINT = """I asked the finance director for a second warehouse in Hamburg. He refused twice, because the rent was eleven
thousand euros. So I counted every pallet that waited in the rain for three weeks, and the insurance had paid nothing.
Then he signed the contract within an hour."""
AGAIN = """So, yeah, I asked the director for the warehouse, and he refused because of rent. And then I did count
pallets. Pallets in the rain, I counted, and then he signed it. That is how I got that warehouse from him."""


def test_durations_are_counted_from_the_first_speech_to_the_last() -> None:
    assert MEASURES.recording_s == 15.0
    assert MEASURES.answer_s == 12.0
    assert MEASURES.response_latency_s == 1.0
    assert MEASURES.tail_silence_s == 2.0
    assert MEASURES.phonation_s == 8.0


def test_pauses_have_their_number_length_and_place() -> None:
    assert MEASURES.silent_pause_count == 3
    assert MEASURES.silent_pause_s == 4.0
    assert MEASURES.median_pause_s == 1.0
    assert MEASURES.longest_pause_s == 2.5
    assert MEASURES.long_pause_count == 1
    assert MEASURES.pauses is not None
    assert [(pause.start_s, pause.end_s, pause.where) for pause in MEASURES.pauses] == [
        (2.5, 3.0, "boundary"),
        (5.5, 8.0, "boundary"),
        (10.0, 11.0, "inside"),
    ]


def test_words_leave_out_filled_pauses_and_tags_and_keep_discourse_markers() -> None:
    assert MEASURES.word_count == 15
    assert MEASURES.speech_rate_wpm == 75.0
    assert MEASURES.articulation_rate_wpm == 112.5
    assert MEASURES.mean_length_of_run_words == 3.75


def test_fillers_are_counted_together_and_apart() -> None:
    assert MEASURES.fillers is not None
    assert [filler.text for filler in MEASURES.fillers] == ["so", "um", "you know"]
    assert (MEASURES.filler_count, MEASURES.filled_pause_count, MEASURES.discourse_marker_count) == (3, 1, 2)
    assert MEASURES.fillers_per_min == 15.0
    assert MEASURES.fillers_per_100_words == 20.0


def test_repetitions_level_and_engine_are_in_the_record() -> None:
    assert MEASURES.repetitions is not None
    assert [repetition.text for repetition in MEASURES.repetitions] == ["the the"]
    assert (MEASURES.level_dbfs, MEASURES.clipped) == (-21.2345, False)
    assert MEASURES.engine == ENGINE
    assert MEASURES.measures_version == MEASURES_VERSION


def test_what_is_not_known_of_a_language_is_not_counted_as_none() -> None:
    finnish = transcript("Uhm, no niin, minä olin, hmm, siellä.", language="fi")
    measures = measure(speech=SPEECH, transcript=finnish, level=None)
    assert (measures.filled_pause_count, measures.discourse_marker_count, measures.filler_count) == (2, None, 2)
    assert measures.word_count == 5
    own = measure(speech=SPEECH, transcript=finnish, level=None, also=("no niin",))
    assert (own.filled_pause_count, own.discourse_marker_count, own.filler_count) == (2, 1, 3)


def test_a_sound_spelled_like_a_word_is_none_of_the_words() -> None:
    portuguese = measure(speech=SPEECH, transcript=transcript("Eu era, é, gerente.", language="pt"), level=None)
    assert (portuguese.word_count, portuguese.filled_pause_count) == (3, 1)


def test_a_landing_is_in_the_record_with_the_rest_of_what_was_said() -> None:
    answer = speak(f"{POINT} || {AGAIN} So, yeah.", wpm=150)
    words = Transcript(language="en", words=answer.words, engine=ENGINE)
    measures = measure(speech=answer.speech, transcript=words, level=None, points=("pallets in the rain", "my thesis"))
    assert measures.landing is not None and measures.ending is not None and measures.key_points is not None
    assert measures.landing_s == measures.landing.landing_s == pytest.approx(answer.truth_s)
    assert measures.new_after_landing_ratio == 0.0
    assert measures.after_landing_s == pytest.approx(answer.words[-1].end_s - (answer.truth_s or 0.0))
    assert measures.ending.text == "so yeah"
    assert [point.said for point in measures.key_points] == [True, False]
    assert measures.repeated_phrases is not None
    assert "in the rain" in [phrase.text for phrase in measures.repeated_phrases]
    assert measures.restarts == ()
    assert measures_from_json(json.loads(json.dumps(measures_to_json(measures)))) == measures


def test_an_answer_without_a_landing_has_nothing_after_it() -> None:
    assert (MEASURES.landing, MEASURES.landing_s, MEASURES.after_landing_s) == (None, None, None)


def test_the_voice_is_in_the_record() -> None:
    voice = Voice(pitch_median_hz=110.0, pitch_range_semitones=6.0, level_spread_db=4.0, noise_floor_dbfs=-62.0)
    measures = measure(speech=SPEECH, transcript=None, level=Level(level_dbfs=-20.0, clipped=False, voice=voice))
    assert (measures.pitch_median_hz, measures.pitch_range_semitones) == (110.0, 6.0)
    assert (measures.level_spread_db, measures.noise_floor_dbfs) == (4.0, -62.0)


def test_the_persons_own_words_are_heeded() -> None:
    own = measure(speech=SPEECH, transcript=TRANSCRIPT, level=None, also=("plan",), never=("you know",))
    assert own.fillers is not None
    assert [filler.text for filler in own.fillers] == ["so", "um", "plan"]


def test_a_word_that_never_counts_as_a_filled_pause_is_a_word() -> None:
    assert measure(speech=SPEECH, transcript=TRANSCRIPT, level=None, never=("um",)).word_count == 16


NEED_SOUND = str.split(
    "tail_silence_s phonation_s articulation_rate_wpm silent_pause_count silent_pause_s median_pause_s "
    "long_pause_count longest_pause_s mean_length_of_run_words pauses level_dbfs clipped"
)


@pytest.mark.parametrize("words", [None, transcript(""), transcript("[Music] ...")])
def test_without_words_everything_about_words_is_unknown_and_the_rest_is_there(words: Transcript | None) -> None:
    measures = measure(speech=SPEECH, transcript=words, level=None)
    assert [getattr(measures, name) for name in NEED_WORDS] == [None] * len(NEED_WORDS)
    assert (measures.answer_s, measures.silent_pause_count, measures.phonation_s) == (12.0, 3, 8.0)
    assert measures.engine == (words.engine if words else None)


def test_without_sound_everything_about_pauses_and_level_is_unknown() -> None:
    measures = measure(speech=None, transcript=TRANSCRIPT, level=None)
    assert [getattr(measures, name) for name in NEED_SOUND] == [None] * len(NEED_SOUND)
    assert (measures.recording_s, measures.answer_s, measures.response_latency_s) == (13.0, 12.0, 1.0)
    assert (measures.word_count, measures.speech_rate_wpm, measures.filler_count) == (15, 75.0, 3)


def test_a_sound_tag_is_no_part_of_an_answer_known_by_its_words_alone() -> None:
    alone = measure(speech=None, transcript=transcript("[Music] We left. [Applause]"), level=None)
    assert (alone.response_latency_s, alone.answer_s, alone.recording_s) == (1.5, 1.0, 3.0)


def test_nothing_but_filled_pauses_are_fillers_and_no_words() -> None:
    measures = measure(speech=SPEECH, transcript=transcript("Um, uh."), level=None)
    assert (measures.word_count, measures.speech_rate_wpm, measures.fillers_per_100_words) == (None, None, None)
    assert (measures.filler_count, measures.fillers_per_min) == (2, 10.0)


def test_an_answer_without_a_pause_has_none_and_no_median() -> None:
    measures = measure(speech=speech((1.0, 9.0)), transcript=None, level=None)
    assert (measures.silent_pause_count, measures.silent_pause_s, measures.long_pause_count) == (0, 0.0, 0)
    assert (measures.median_pause_s, measures.longest_pause_s) == (None, None)


@pytest.mark.parametrize(
    ("activity", "words"), [(speech(), TRANSCRIPT), (None, transcript("[Music]")), (None, None), (speech(), None)]
)
def test_without_speech_there_is_nothing_to_measure(activity: SpeechActivity | None, words: Transcript | None) -> None:
    with pytest.raises(NoSpeechHeard):
        measure(speech=activity, transcript=words, level=None)


@given(activities())
def test_phonation_and_silent_pauses_make_up_the_answer(activity: SpeechActivity) -> None:
    measures = measure(speech=activity, transcript=None, level=None)
    assert measures.phonation_s is not None and measures.silent_pause_s is not None
    assert measures.phonation_s + measures.silent_pause_s == pytest.approx(measures.answer_s)
    assert measures.phonation_s > 0
    whole = measures.response_latency_s + measures.answer_s + (measures.tail_silence_s or 0.0)
    assert whole == pytest.approx(measures.recording_s)


@given(activities(), st.floats(0.25, 10.0))
def test_one_more_pause_lowers_the_speech_rate_and_leaves_the_articulation_rate_alone(
    activity: SpeechActivity, pause_s: float
) -> None:
    *earlier, last = activity.spans
    middle_s = (last.start_s + last.end_s) / 2
    split = (
        Span(start_s=last.start_s, end_s=middle_s),
        Span(start_s=middle_s + pause_s, end_s=last.end_s + pause_s),
    )
    paused = replace(activity, spans=(*earlier, *split), recording_s=activity.recording_s + pause_s)
    words = transcript("We left the plan alone.", start_s=activity.spans[0].start_s, step_s=0.01)
    before = measure(speech=activity, transcript=words, level=None)
    after = measure(speech=paused, transcript=words, level=None)
    assert before.speech_rate_wpm is not None and after.speech_rate_wpm is not None
    assert after.speech_rate_wpm < before.speech_rate_wpm
    assert after.articulation_rate_wpm == pytest.approx(before.articulation_rate_wpm)


@given(activities(), SAID)
def test_counts_agree_with_the_lists_they_count(activity: SpeechActivity, said: list[str]) -> None:
    measures = measure(speech=activity, transcript=transcript(" ".join(said)), level=None)
    if measures.fillers is None:
        assert measures.filler_count is None
        return
    assert measures.filler_count == len(measures.fillers)
    assert (measures.filled_pause_count or 0) + (measures.discourse_marker_count or 0) == measures.filler_count
    assert measures.silent_pause_count == len(measures.pauses or ())
    assert (measures.long_pause_count or 0) <= measures.silent_pause_count


@given(SAID, SAID)
def test_words_of_two_halves_add_up(first: list[str], second: list[str]) -> None:
    def count(said: list[str]) -> int:
        return measure(speech=SPEECH, transcript=transcript(" ".join(said)), level=None).word_count or 0

    assert count(first + second) == count(first) + count(second)


def sound(start_s: float, end_s: float) -> Filler:
    return Filler(text="uh", start_s=start_s, end_s=end_s, kind="sound", source="sound")


def test_filled_pauses_of_the_sound_are_counted_with_those_of_the_text_and_none_twice() -> None:
    known = measure(speech=SPEECH, transcript=TRANSCRIPT, level=None, sounds_heard=(sound(1.6, 1.9), sound(10.1, 10.5)))
    assert known.sound_fillers == "counted"
    assert MEASURES.fillers is not None and MEASURES.sound_fillers is None
    assert known.fillers == (*MEASURES.fillers, sound(10.1, 10.5))
    assert known.filled_pause_count == (MEASURES.filled_pause_count or 0) + 1
    assert known.filler_count == (MEASURES.filler_count or 0) + 1
    assert (known.word_count, known.discourse_marker_count) == (MEASURES.word_count, MEASURES.discourse_marker_count)


def test_a_sound_that_is_no_filler_for_this_person_is_none_in_the_sound_either() -> None:
    known = measure(speech=SPEECH, transcript=TRANSCRIPT, level=None, never=("Uh",), sounds_heard=(sound(10.1, 10.5),))
    assert known.filler_count == MEASURES.filler_count


def test_fillers_stand_in_the_order_of_time_whoever_heard_them() -> None:
    known = measure(speech=SPEECH, transcript=TRANSCRIPT, level=None, sounds_heard=(sound(0.9, 1.1),))
    assert known.fillers is not None
    assert [filler.start_s for filler in known.fillers] == sorted(filler.start_s for filler in known.fillers)


def test_too_many_filled_pauses_in_the_sound_leave_the_count_of_the_text() -> None:
    many = tuple(sound(5.0 + 0.4 * place, 5.2 + 0.4 * place) for place in range(9))
    known = measure(speech=SPEECH, transcript=TRANSCRIPT, level=None, sounds_heard=many)
    left_alone = replace(MEASURES, level_dbfs=None, clipped=None, sound_fillers="cannot tell")
    assert known == replace(left_alone, fillers_left_out=many)


def corrected(*corrections: Correction, sounds: tuple[Filler, ...] = ()) -> Measures:
    return measure(
        speech=SPEECH, transcript=TRANSCRIPT, level=None, sounds_heard=sounds or None, corrections=corrections
    )


def test_a_written_um_that_a_person_rejected_is_a_word_and_changes_nothing_beside_it() -> None:
    assert MEASURES.fillers is not None
    um = next(filler for filler in MEASURES.fillers if filler.text == "um")
    known = corrected(Correction.of(um, "rejected"))
    assert known.word_count == (MEASURES.word_count or 0) + 1
    assert known.fillers == tuple(filler for filler in MEASURES.fillers if filler != um)
    assert known.fillers_left_out == (replace(um, confirmed=False),)
    assert known.filled_pause_count == (MEASURES.filled_pause_count or 0) - 1
    assert known.fillers_per_min == pytest.approx(((MEASURES.filler_count or 0) - 1) / 12 * 60)


def test_a_written_marker_that_a_person_rejected_was_a_word_all_along() -> None:
    assert MEASURES.fillers is not None
    marker = next(filler for filler in MEASURES.fillers if filler.text == "you know")
    known = corrected(Correction.of(marker, "rejected"))
    assert known.discourse_marker_count == (MEASURES.discourse_marker_count or 0) - 1
    assert known.word_count == MEASURES.word_count


def test_a_rejected_um_does_not_come_back_by_its_sound() -> None:
    known = corrected(
        Correction(start_s=1.5, end_s=2.0, text="um", kind="sound", verdict="rejected"), sounds=(sound(1.6, 1.9),)
    )
    assert "um" not in [filler.text for filler in known.fillers or ()]
    assert "uh" not in [filler.text for filler in known.fillers or ()]


def test_what_a_person_confirmed_counts_where_the_method_cannot_tell_and_the_rest_does_not() -> None:
    many = tuple(sound(5.0 + 0.4 * place, 5.2 + 0.4 * place) for place in range(9))
    known = corrected(*(Correction.of(many[place], "confirmed") for place in (2, 5)), sounds=many)
    assert known.sound_fillers == "cannot tell"
    assert known.filler_count == (MEASURES.filler_count or 0) + 2
    assert len(known.fillers_left_out or ()) == 7


def test_rejecting_some_does_not_make_the_others_believable_until_all_are_heard() -> None:
    many = tuple(sound(5.0 + 0.4 * place, 5.2 + 0.4 * place) for place in range(9))
    some = corrected(*(Correction.of(each, "rejected") for each in many[:5]), sounds=many)
    assert (some.sound_fillers, some.filler_count) == ("cannot tell", MEASURES.filler_count)
    everything = corrected(*(Correction.of(each, "rejected") for each in many), sounds=many)
    assert (everything.sound_fillers, everything.filler_count) == ("counted", MEASURES.filler_count)


def test_the_settings_are_stronger_than_a_single_word_on_it() -> None:
    confirmed = Correction(start_s=10.1, end_s=10.5, text="uh", kind="sound", verdict="confirmed")
    known = measure(speech=SPEECH, transcript=TRANSCRIPT, level=None, never=("uh",), corrections=(confirmed,))
    assert known.filler_count == MEASURES.filler_count


def test_drawn_out_words_and_hums_are_told_and_never_counted() -> None:
    vowel = HeldSound(
        start_s=8.6, end_s=9.0, change_db=1.0, first_hz=600.0, second_hz=1300.0, high_db=-4.0, apart_db=20.0
    )
    closed = replace(vowel, start_s=10.2, end_s=10.6, first_hz=250.0, high_db=-15.0)
    held = Held(sounds=(vowel, closed), lengths_s=(0.08, 0.1) * 6)
    known = measure(speech=SPEECH, transcript=TRANSCRIPT, level=None, held=held)
    assert known.stretched_words == (StretchedWord(text="we", start_s=8.6, end_s=9.0),)
    assert known.hums == (Hum(start_s=10.2, end_s=10.6),)
    assert replace(known, stretched_words=None, hums=None) == replace(MEASURES, level_dbfs=None, clipped=None)
    shown = answer_json(known, None)
    assert shown["stretched_words"] == [{"text": "we", "start_s": 8.6, "end_s": 9.0}]
    assert shown["hums"] == [{"start_s": 10.2, "end_s": 10.6}]
    assert measures_from_json(measures_to_json(known)) == known


def test_where_other_voices_fill_the_silences_pauses_are_unknown_and_not_none() -> None:
    clear = speech((1.0, 5.0), (6.0, 9.0), recording_s=10.0)
    told = {
        silences: measure(speech=replace(clear, silences=silences), transcript=None, level=None)
        for silences in ("clear", "rough", "hidden")
    }
    assert told["clear"].pauses_heard == "clearly"
    assert (told["rough"].pauses_heard, told["rough"].silent_pause_count) == ("roughly", 1)
    hidden = told["hidden"]
    assert hidden.pauses_heard == "cannot tell"
    assert (hidden.pauses, hidden.silent_pause_count, hidden.silent_pause_s, hidden.phonation_s) == (None,) * 4
    assert hidden.answer_s == told["clear"].answer_s
