"""The one frozen record of everything measured in an answer. It composes what others calculate."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rehearse.errors import NoSpeechHeard
from rehearse.measurement.content_words import content_stems
from rehearse.measurement.corrections import Correction
from rehearse.measurement.counted_fillers import SoundFillers, count_fillers
from rehearse.measurement.delivery import Level
from rehearse.measurement.drawn_out import Hum, StretchedWord
from rehearse.measurement.ending import Ending, how_it_ends
from rehearse.measurement.fillers import Filler, filled_pauses, fillers_in
from rehearse.measurement.from_sound import FromSound, from_sound
from rehearse.measurement.held_sounds import Held
from rehearse.measurement.key_points import KeyPoint, key_points
from rehearse.measurement.landing import Landing, find_landing
from rehearse.measurement.languages import filler_list
from rehearse.measurement.pauses import (
    PAUSES_HEARD,
    Pause,
    PausesHeard,
    answer_span,
    located,
    silence_in,
    silent_pauses,
)
from rehearse.measurement.rate import (
    articulation_rate,
    fillers_per_100_words,
    fillers_per_min,
    mean_length_of_run,
    speech_rate,
)
from rehearse.measurement.repetition import Repetition, repetitions
from rehearse.measurement.restarts import RepeatedPhrase, repeated_phrases, restarts
from rehearse.measurement.voice import UNHEARD
from rehearse.measurement.words import Token, tokens_of
from rehearse.transcription.transcript import EngineIdentity, Span, SpeechActivity, Transcript

#: Goes up whenever any number could come out differently; `rehearse remeasure` brings old attempts up to date.
MEASURES_VERSION = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Every field is a key of the JSON contract; seconds unless the name says otherwise; see docs/measures.md.

    Fields that need words are None where there are no words to count: without a transcript, or where speech was
    heard but the engine wrote nothing. Fields that need sound are None where only a transcript was given. None is
    never 0.
    """

    recording_s: float
    answer_s: float
    response_latency_s: float
    tail_silence_s: float | None
    phonation_s: float | None
    word_count: int | None
    speech_rate_wpm: float | None
    articulation_rate_wpm: float | None
    silent_pause_count: int | None
    silent_pause_s: float | None
    median_pause_s: float | None
    long_pause_count: int | None
    longest_pause_s: float | None
    mean_length_of_run_words: float | None
    filler_count: int | None
    filled_pause_count: int | None
    discourse_marker_count: int | None
    fillers_per_min: float | None
    fillers_per_100_words: float | None
    fillers: tuple[Filler, ...] | None
    fillers_left_out: tuple[Filler, ...] | None = None
    sound_fillers: SoundFillers | None = None
    stretched_words: tuple[StretchedWord, ...] | None = None
    hums: tuple[Hum, ...] | None = None
    pauses: tuple[Pause, ...] | None
    pauses_heard: PausesHeard | None = None
    repetitions: tuple[Repetition, ...] | None
    restarts: tuple[Repetition, ...] | None = None
    repeated_phrases: tuple[RepeatedPhrase, ...] | None = None
    landing_s: float | None
    new_after_landing_ratio: float | None
    landing: Landing | None = None
    ending: Ending | None = None
    key_points: tuple[KeyPoint, ...] | None = None
    level_dbfs: float | None
    level_spread_db: float | None = None
    noise_floor_dbfs: float | None = None
    pitch_median_hz: float | None = None
    pitch_range_semitones: float | None = None
    clipped: bool | None
    engine: EngineIdentity | None
    measures_version: int

    @property
    def after_landing_s(self) -> float | None:
        """From the landing to the end of the answer, >= 0."""
        if self.landing_s is None:
            return None
        return max(0.0, self.response_latency_s + self.answer_s - self.landing_s)


def measure(
    *,
    speech: SpeechActivity | None,
    transcript: Transcript | None,
    level: Level | None,
    also: Sequence[str] = (),
    never: Sequence[str] = (),
    points: Sequence[str] = (),
    sounds_heard: Sequence[Filler] | None = None,
    held: Held | None = None,
    corrections: Sequence[Correction] = (),
) -> Measures:
    """Everything that can be said of one answer from what is known of it; at least one of the first two is needed.

    speech        where in the recording somebody speaks, from the sound; None where only a transcript was given.
                  The answer's bounds then come from its words, and everything about pauses stays unknown: gaps
                  between a recogniser's words are no pauses
    transcript    the words, or None where there are none yet
    level         from `delivery.measure_level`, or None without sound
    also          words or phrases of the person's own that always count as filler words
    never         words or phrases that never do; stronger than `also`
    points        what the person meant to say; without any, nothing is said of key points
    sounds_heard  filled pauses found in the sound, from `filled_pauses.filled_pauses_in`; None where nobody looked
    held          what the voice holds, from `held_sounds.held_sounds`; None where nobody looked
    corrections   what a person said of single fillers; a written sound that they rejected is a word

    Raises NoSpeechHeard where there is not one stretch of speech, or, without sound, not one word.
    """
    tokens = tokens_of(transcript.words) if transcript else ()
    heard = speech if speech is not None else speech_from_words(transcript, tokens)
    answer = answer_span(heard)
    pauses = silent_pauses(speech) if speech is not None and speech.silences != "hidden" else None
    silence = silence_in(pauses)
    phonation_s = answer.duration_s - silence.sum_s if silence.sum_s is not None else None

    language = transcript.language if transcript else ""
    written_sounds = filled_pauses(tokens, language, never, pauses or ())
    written = fillers_in(tokens, written_sounds, language, pauses or (), also, never)
    of_sound = FromSound()
    if transcript is not None and tokens:
        of_sound = from_sound(transcript, tokens, written, aligned=sounds_heard, held=held, phonation_s=phonation_s)
    found = count_fillers(
        tokens,
        written_sounds,
        written,
        answer.duration_s,
        never=never,
        heard=of_sound.sounds,
        corrections=corrections,
    )
    sounds, fillers = found.sounds, found.fillers
    word_count = len(tokens) - len(sounds) or None
    filler_count = len(fillers) if fillers is not None else None
    landing = find_landing(tokens, sounds, language, pauses)
    voice = level.voice if level else UNHEARD
    # Of a language without a list nothing is known of its markers; the person's own words are counted all the same.
    counts_markers = bool(filler_list(language).markers or also)

    return Measures(
        recording_s=heard.recording_s,
        answer_s=answer.duration_s,
        response_latency_s=answer.start_s,
        tail_silence_s=max(0.0, heard.recording_s - answer.end_s) if speech is not None else None,
        phonation_s=phonation_s,
        word_count=word_count,
        speech_rate_wpm=speech_rate(word_count, answer.duration_s),
        articulation_rate_wpm=articulation_rate(word_count, phonation_s),
        silent_pause_count=silence.count,
        silent_pause_s=silence.sum_s,
        median_pause_s=silence.median_s,
        long_pause_count=silence.long_count,
        longest_pause_s=silence.longest_s,
        mean_length_of_run_words=mean_length_of_run(word_count, silence.count),
        filler_count=filler_count,
        filled_pause_count=_count(fillers, "sound"),
        discourse_marker_count=_count(fillers, "word") if counts_markers else None,
        fillers_per_min=fillers_per_min(filler_count, answer.duration_s),
        fillers_per_100_words=fillers_per_100_words(filler_count, word_count),
        fillers=fillers,
        fillers_left_out=found.left_out,
        sound_fillers=found.sound_fillers,
        stretched_words=of_sound.stretched_words,
        hums=of_sound.hums,
        pauses=located(pauses, tokens, sounds, language) if pauses is not None else None,
        pauses_heard=PAUSES_HEARD[speech.silences] if speech is not None else None,
        repetitions=repetitions(tokens, sounds, language) if tokens else None,
        restarts=restarts(tokens, sounds) if tokens and language == "en" else None,
        repeated_phrases=_phrases(tokens, sounds, language),
        landing_s=landing.landing_s if landing else None,
        new_after_landing_ratio=landing.new_ratio if landing else None,
        landing=landing,
        ending=how_it_ends(tokens, sounds, language),
        key_points=key_points(points, tokens, sounds, language) if points and word_count else None,
        level_dbfs=level.level_dbfs if level else None,
        level_spread_db=voice.level_spread_db,
        noise_floor_dbfs=voice.noise_floor_dbfs,
        pitch_median_hz=voice.pitch_median_hz,
        pitch_range_semitones=voice.pitch_range_semitones,
        clipped=level.clipped if level else None,
        engine=transcript.engine if transcript else None,
        measures_version=MEASURES_VERSION,
    )


def speech_from_words(transcript: Transcript | None, tokens: Sequence[Token]) -> SpeechActivity:
    """One stretch of speech from the first word to the last, for a transcript without its sound.

    The length of the recording is unknown: recording_s is the end of the transcript.
    Raises NoSpeechHeard where there is not one word; tags such as [Music] are none.
    """
    if transcript is None or not tokens:
        raise NoSpeechHeard("There are no words in this transcript.", "Was it made from the right recording?")
    last_s = max(token.end_s for token in tokens)
    span = Span(start_s=min(token.start_s for token in tokens), end_s=last_s)
    return SpeechActivity(recording_s=max(word.end_s for word in transcript.words), spans=(span,))


def _phrases(tokens: Sequence[Token], sounds: Collection[int], language: str) -> tuple[RepeatedPhrase, ...] | None:
    stems = content_stems(tokens, sounds, language)
    return repeated_phrases(tokens, sounds, stems) if tokens and stems is not None else None


def _count(fillers: tuple[Filler, ...] | None, kind: str) -> int | None:
    return None if fillers is None else sum(filler.kind == kind for filler in fillers)
