"""What the numbers of the recording mean, and what stands beside them of who heard it."""

from rehearse.measurement.delivery import CLIPPED_FROM, CLIPPED_SAMPLES, CLIPPED_TIMES
from rehearse.measurement.voice import (
    APART_FROM_SPEECH_S,
    HIGHEST_HZ,
    HOP_S,
    HOPS_IN_WINDOW,
    LEAST_SILENCE_S,
    LEAST_VOICED_S,
    LOWEST_HZ,
)
from rehearse.presentation.explanations.explanation import Explanation, Group
from rehearse.transcription.doubts import CIRCLES_COMPRESSION_RATIO, LEAST_WORDLESS_S
from rehearse.transcription.word_times import MOST_FOR_SYLLABLE_S, MOST_OF_ALL_S, MOST_S

RECORDING = Group(
    title="The recording",
    entries=(
        Explanation(
            key="level_dbfs",
            name="level",
            definition="**Level**: how loud the speech is in the recording, in dB under full scale. 0 is the most a "
            "file can hold; a full-scale sine has -3.0. It depends on the microphone and its setting, so it only "
            "shows 'too quiet' and says nothing about your voice. `null` without sound.",
            formula="10 log10 of the mean square of the samples in which somebody speaks",
        ),
        Explanation(
            key="level_spread_db",
            name="spread of the level",
            definition="How much the level varies, in dB. No limit is set on it: compare it with your own earlier "
            "attempts, recorded alike.",
            formula="standard deviation of the level of voiced sound, of frames of "
            f"{HOP_S * HOPS_IN_WINDOW * 1000:.0f} ms every {HOP_S * 1000:.0f} ms",
            threshold=f"`null` with less than **{LEAST_VOICED_S} s** of voiced sound.",
        ),
        Explanation(
            key="noise_floor_dbfs",
            name="noise floor",
            definition="The noise around your voice, in dB under full scale. `null` where it is digital silence.",
            formula=f"median level where nobody speaks, {APART_FROM_SPEECH_S} s and more away from speech",
            threshold=f"`null` with less than **{LEAST_SILENCE_S} s** of that.",
        ),
        Explanation(
            key="pitch_median_hz",
            name="pitch",
            definition="The middle of your pitch, in Hz: half of the voiced sound is higher. It says whose voice it "
            "is, not how good.",
            formula="From the autocorrelation of each frame over that of its window; the first peak nearly as high as "
            "the highest counts, and values an octave off from those around them are put back.",
            threshold=f"Looked for between **{LOWEST_HZ:.0f}** and **{HIGHEST_HZ:.0f}** Hz; `null` with less than "
            f"{LEAST_VOICED_S} s of voiced sound.",
            source="Boersma (1993); the choice among the peaks is our own.",
        ),
        Explanation(
            key="pitch_range_semitones",
            name="melody",
            definition="How much your pitch moves, in semitones, so that high and low voices compare. No limit is set: "
            "languages, dialects and people differ. `null` as above.",
            formula="from the 10th to the 90th percentile of the pitch",
            source="Own choice.",
            notes=(
                "It is shown as 'melody' beside the median of your own earlier attempts, and not at all where there "
                "are none.",
            ),
        ),
        Explanation(
            key="clipped",
            name="distorted",
            definition="True where the tops of the voice were cut off, as the microphone was too loud. `null` without "
            "sound.",
            threshold=f"At least **{CLIPPED_SAMPLES}** samples in a row at {CLIPPED_FROM} of full scale or more, at "
            f"least **{CLIPPED_TIMES}** times during the speech.",
            source="Own choice.",
            notes=(
                "One knock on the table or a file made as loud as possible touches full scale a few times, while a "
                "clipped voice does so in every cycle, a hundred times a second and more.",
            ),
        ),
    ),
)

_CALIBRATION = Explanation(
    key="calibration",
    name="calibration",
    definition="What the same recogniser heard of a text that you read with the same microphone, to stand beside the "
    "fillers counted; no count is corrected by it. `null` where there is none.",
    parts={
        "fillers_heard": "how many of its um and uh were heard",
        "fillers_spoken": "how many there were in what you read",
        "word_error_ratio": "words replaced, left out or added for each word read",
        "device": "the microphone",
        "made_at": "when, UTC, ISO 8601",
    },
    source="Levenshtein (1966) and Wagner & Fischer (1974) for the word error.",
)

HEARD_BY = Group(
    title="What it was measured with",
    entries=(
        Explanation(
            key="engine",
            name="heard by",
            definition="Who heard the words. `null` without a transcript.",
            parts={
                "name": "`whisper`, `draft` or `given`",
                "model": "which model, '' where that is not known",
                "version": "of the library",
            },
            notes=("See *Who heard the words*.",),
        ),
        Explanation(
            key="transcript",
            name="transcript",
            definition="The words, and where they are not to be trusted. `null` where there are none.",
            formula="The times of the words are the recogniser's. A word that lasts longer than anybody says it is put "
            "where the search for filled pauses found it, if it did. Then it is cut to the end of the last stretch of "
            "speech in it that can hold the word.",
            threshold=f"A word lasts {MOST_S} s and {MOST_FOR_SYLLABLE_S} s for each syllable at most, never more than "
            f"{MOST_OF_ALL_S} s. Text goes in circles where it compresses by more than {CIRCLES_COMPRESSION_RATIO}; "
            f"speech without words is named from {LEAST_WORDLESS_S:.0f} s on.",
            source="Radford et al. (2022) for the text that goes in circles; the other limits are our own choice.",
            parts={
                "language": "its ISO 639-1 code",
                "text": "all of it",
                "words": "each word",
                "words.word": "as the recogniser wrote it",
                "words.start_s": "where it begins",
                "words.end_s": "where it ends",
                "words.probability": "the recogniser's own, 0 to 1, or `null`: no measure of how clearly you spoke",
                "doubts": "stretches where the words are not to be trusted",
                "doubts.start_s": "where such a stretch begins",
                "doubts.end_s": "where it ends",
                "doubts.why": "`in circles` where the text repeats itself, and did so again when it was heard a second "
                "time with repeats held back; `no words` where somebody speaks and the recogniser wrote nothing that "
                "was kept. Where that is so of the whole answer, every number that rests on words is `null`",
            },
            notes=(
                "Word times are a recogniser's guess. Whisper lets a word begin where a hesitation or silence that it "
                "left out began, so its words are cut. Nothing on this page but the places of fillers and repetitions "
                "rests on them.",
            ),
        ),
        Explanation(
            key="overflow_count",
            name="sound missing",
            definition="How often the computer was too busy while you spoke, so that a little of the sound is missing.",
        ),
        Explanation(
            key="measures_version",
            name="version of the measures",
            definition="Goes up whenever any number on this page could come out differently. `rehearse remeasure` "
            "brings old attempts up to date from what was kept of them.",
        ),
        _CALIBRATION,
    ),
)
