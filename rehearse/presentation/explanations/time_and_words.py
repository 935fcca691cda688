"""What the numbers of length, pace and pauses mean."""

from rehearse.measurement.pauses import LONG_PAUSE_S, SILENT_PAUSE_S
from rehearse.presentation.explanations.explanation import Explanation, Group
from rehearse.progress.thresholds import LATE_START_S, LONG_PAUSES_INSIDE, PACE_WPM
from rehearse.transcription.speech_edges import LEAST_SILENCE, ROUGH_DB, VOICES_BEHIND
from rehearse.transcription.speech_times import MIN_SILENCE_S

TIME = Group(
    title="The answer and its time",
    entries=(
        Explanation(
            key="recording_s",
            name="recording",
            definition="Length of the recording, from the first sample to the last. Where only a transcript was "
            "given, the length of the recording is not known; this is then the end of the transcript's last word. "
            "Where the microphone went away and the answer went on with another one, the time in between is not in the "
            "recording and counts nowhere.",
        ),
        Explanation(
            key="answer_s",
            name="answer duration",
            definition="**Answer duration**: from the first speech to the last speech, pauses included. Not from "
            "button to button: the seconds in which you found the key do not make an answer longer.",
            formula="end of the last speech − start of the first. Where only a transcript was given: from the start of "
            "its first word to the end of its last.",
            threshold=f"Silences count from {MIN_SILENCE_S * 1000:.0f} ms, and nothing is padded.",
            source="Own choice, in line with fluency research, which leaves out silence around the speech.",
            notes=(
                "A voice activity detector (Silero) says where there is speech at all; every 5 ms that is weighed "
                "against the level above the noise around it, or, in noise, against what speech and noise look like in "
                "this very recording (a ratio of likelihoods, Sohn, Kim & Sung 1999, of Gaussian mixtures). A small "
                "network that was trained on made-up answers has its say too: in quiet sound it takes out silences in "
                "which breaths or keys were taken for speech, in noise each of the two counts for half. "
                "In quiet sound each end is good to about 0.04 s, in noise to 0.1 s or so "
                "(`bench/pauses.py`). Recognisers can be off by more at the edges of silence.",
            ),
        ),
        Explanation(
            key="response_latency_s",
            name="response latency",
            definition="Silence in the recording before the first speech. Not a pause, and not part of the answer.",
            threshold=f"From **{LATE_START_S:.0f} s** it is the one thing to change, where nothing weighs more. Own "
            "choice.",
        ),
        Explanation(
            key="tail_silence_s",
            name="silence after",
            definition="Silence in the recording after the last speech. Not a pause either. `null` where only a "
            "transcript was given.",
        ),
        Explanation(
            key="phonation_s",
            name="phonation time",
            definition="**Phonation time**: the answer without its silent pauses. Filled pauses (um, uh) are sound and "
            f"stay in it, and so do silences under {SILENT_PAUSE_S} s.",
            formula="`answer_s` − `silent_pause_s`",
            source="De Jong & Wempe (2009).",
        ),
    ),
)

WORDS = Group(
    title="Words and pace",
    entries=(
        Explanation(
            key="word_count",
            name="words",
            definition="Words said. Filled pauses are not words; discourse markers (like, you know) are. A word is "
            "what stands between spaces. `null` where there is no transcript or no word in it.",
            source="Own choice. How exact the count is depends on the recogniser.",
            notes=(
                "What else counts as a word, and what does not:",
                "- a hyphenated word is one word ('well-known'), and so is a number ('3.5', '80%');\n"
                "- punctuation and dashes alone are not words; 'well—we' is two words;\n"
                "- sound tags are not words: [laughter], [BLANK_AUDIO], \\*sighs\\*, lines between ♪, and round "
                "brackets round a noise ('(laughs)'). [UH] and [UM], as CrisperWhisper writes them, are filled "
                "pauses;\n"
                "- a word broken off ('w- we') counts as it is written.",
                "See *Who heard the words*.",
            ),
        ),
        Explanation(
            key="speech_rate_wpm",
            name="speech rate",
            definition="**Speech rate**: words a minute over the whole answer, pauses included.",
            formula="60 × `word_count` / `answer_s`",
            threshold=f"Between **{PACE_WPM[0]:.0f} and {PACE_WPM[1]:.0f}** nothing is said about it.",
            source="De Jong & Wempe (2009) for the measure, who count syllables; words are the everyday stand-in. The "
            "band is our own choice, wider than the 130-160 that is often advised, which flags ordinary talk.",
            notes=(
                "Rate changes with the length of an answer, with age, dialect and first language (Yuan, Liberman & "
                "Cieri 2006; Jacewicz et al. 2010), so your own usual rate tells more than any band.",
            ),
        ),
        Explanation(
            key="articulation_rate_wpm",
            name="articulation rate",
            definition="**Articulation rate**: words a minute of phonation time, silent pauses left out. It tells fast "
            "talk from few pauses: one more pause lowers the speech rate and leaves this one alone.",
            formula="60 × `word_count` / `phonation_s`",
            source="De Jong & Wempe (2009), who count syllables.",
        ),
        Explanation(
            key="mean_length_of_run_words",
            name="mean length of run",
            definition="**Mean length of run**: words between two silent pauses, on average.",
            formula="`word_count` / (`silent_pause_count` + 1)",
            source=f"Kormos & Dénes (2004), who count syllables between pauses of {SILENT_PAUSE_S} s and more.",
        ),
    ),
)

PAUSES = Group(
    title="Pauses",
    entries=(
        Explanation(
            key="pauses_heard",
            name="how well pauses are heard",
            definition="How far the pauses are to be trusted: `clearly`, `roughly` or `cannot tell`. `roughly` where "
            "the noise hides soft ends of words, so that a pause near the limit may be counted wrongly. `cannot tell` "
            "where speech and silence sound alike, as with other voices around you: then everything in this part, "
            "`phonation_s` and `articulation_rate_wpm` are `null`. Where the answer begins and ends is uncertain then, "
            "too. `null` without sound.",
            threshold=f"`roughly` where clear speech stands less than **{ROUGH_DB:.0f} dB** over the level that parts "
            "speech from the noise. `cannot tell` where Silero's own probability stays high although the sound is "
            f"faint (log odds of **{VOICES_BEHIND}** or more) and is low in less than "
            f"**{LEAST_SILENCE * 100:.0f} %** of the recording.",
            source="Own choice. How often it is right: [accuracy](accuracy.md).",
        ),
        Explanation(
            key="silent_pause_count",
            name="silent pauses",
            definition="**Silent pauses**: silences inside the answer.",
            threshold=f"They count from **{SILENT_PAUSE_S} s**.",
            source="De Jong & Bosker (2013): studies have drawn that line anywhere from 0.1 to 1 s. This one is widely "
            "used.",
            notes=(
                "One study found 0.2 s best for monologue and 0.35 s for how fluent dialogue sounds (Gao, Sun & Li "
                f"2025). {SILENT_PAUSE_S} s lies between.",
            ),
        ),
        Explanation(
            key="silent_pause_s",
            name="pausing",
            definition="All silent pauses together. `phonation_s` + `silent_pause_s` = `answer_s`.",
            formula="sum of the lengths of all silent pauses",
        ),
        Explanation(
            key="median_pause_s",
            name="median pause",
            definition="The median silent pause: half are longer. `null` where there was no pause.",
            source="Campione & Véronis (2002): lengths of pauses are far from normally distributed, so not the mean.",
        ),
        Explanation(
            key="long_pause_count",
            name="long pauses",
            definition="**Long pauses** among them. A neutral word: good speakers pause that long on purpose.",
            threshold=f"Silent pauses of at least **{LONG_PAUSE_S} s**.",
            source="Own choice, near what other practice tools use.",
        ),
        Explanation(
            key="longest_pause_s",
            name="longest pause",
            definition="The longest silent pause. `null` where there was none.",
        ),
        Explanation(
            key="pauses",
            name="each pause",
            definition="Each silent pause, and where it lies. Only long pauses inside a clause are ever mentioned as "
            "something to work on.",
            threshold=f"They are mentioned from **{LONG_PAUSES_INSIDE}** in an answer. Own choice.",
            source="Kahng (2018): pauses inside a clause are the ones that listeners hear as less fluent. De Jong "
            "(2016): those at boundaries are mostly planning.",
            parts={
                "start_s": "where it begins",
                "end_s": "where it ends",
                "where": "`boundary` where the word before it ends in . ! ? , ; : or a dash, `inside` where it does "
                "not, `null` where there are no words, or they do not tell",
            },
            notes=(
                "In an English transcript without any punctuation, such as a draft, the words around the pause tell: "
                "after 'the', 'of', 'was' and the like it lies inside, before 'and', 'so', 'we' and the like at a "
                "boundary, else nobody knows. Of 555 pauses at boundaries in the written answers held out for the "
                "landing, 19 (3 %) were taken for ones inside; of 136 inside 62 were found.",
                "A comma beside a filled pause ('we had, um, ...') is written because of the um and is no boundary; "
                "neither are dots ('we had a ...'), which recognisers write for the hesitation itself. Own choices. "
                "How well a recogniser sets its commas limits all of this.",
            ),
        ),
    ),
)
