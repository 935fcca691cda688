"""What the numbers of fillers, repetitions and restarts mean."""

from rehearse.measurement.drawn_out import CLOSED_HIGH_DB, CLOSED_HZ, HUM_APART_DB, STRETCHED_S, STRETCHED_SD
from rehearse.measurement.filled_pauses import CHANGE_DB, F1_HZ, F2_HZ, LENGTH_S, MOST_PER_MIN, SAME_WITHIN_S
from rehearse.measurement.repetition import LONGEST_REPEATED
from rehearse.measurement.restarts import LEAST_TIMES, LONGEST_GIVEN_UP, LONGEST_PHRASE, SHORTEST_PHRASE
from rehearse.presentation.explanations.explanation import IN_WORDS, Explanation, Group
from rehearse.progress.thresholds import FINE_FILLERS_PER_MIN, FLAGGED_FILLERS_PER_MIN

_START_AND_END = {"start_s": "where it begins", "end_s": "where it ends"}

FILLERS = Group(
    title="Fillers and repetitions",
    entries=(
        Explanation(
            key="filler_count",
            name="fillers",
            definition="All fillers, sounds and words.",
            formula="`filled_pause_count` + `discourse_marker_count`",
        ),
        Explanation(
            key="filled_pause_count",
            name="filled pauses",
            definition="The sounds among them: um, uh, er, hmm. They tell a listener that a delay is coming: a few of "
            "them are not a fault. The count is 'at least': Whisper leaves out many an um.",
            source="Clark & Fox Tree (2002).",
        ),
        Explanation(
            key="discourse_marker_count",
            name="filler words",
            definition="The words among them, your own included. 'You know' is one filler and two words. `null` in a "
            "language that has no list, unless you have one of your own.",
            source="Own choice: the rules in `rehearse/measurement/languages/`.",
        ),
        Explanation(
            key="fillers_per_min",
            name="fillers a minute",
            definition="Fillers a minute of answer duration.",
            formula="60 × `filler_count` / `answer_s`",
            threshold=f"**Up to {FINE_FILLERS_PER_MIN:.0f}** a minute nothing is said, "
            f"**from {FINE_FILLERS_PER_MIN:.0f} to {FLAGGED_FILLERS_PER_MIN:.0f}** it is mentioned, "
            f"**from {FLAGGED_FILLERS_PER_MIN:.0f}** it is flagged.",
            source="Laske & DiGennaro Reed (2024), where speeches with 5 a minute were rated no worse than speeches "
            "with none, and speeches with 12 were, above all when the fillers were sounds.",
        ),
        Explanation(
            key="fillers_per_100_words",
            name="fillers in 100 words",
            definition="Fillers for every 100 words. It does not change with your pace. No limit is set on it.",
            formula="100 × `filler_count` / `word_count`",
            source="The usual unit of research (Bortfeld et al. 2001).",
        ),
        Explanation(
            key="fillers",
            name="each filler",
            definition="Each filler, and where it was said.",
            parts={
                "text": "what was said",
                **_START_AND_END,
                "kind": "`sound` or `word`",
                "source": "`text` where a recogniser wrote it, `sound` where only the sound gives it away: those are "
                "likely, not certain, so listen",
                "confirmed": "`true` where you said that it is one, `null` where you said nothing",
            },
            notes=("See *Filled pauses in the sound* and *What you say of a filler*.",),
        ),
        Explanation(
            key="fillers_left_out",
            name="fillers not counted",
            definition="What was heard and does not count: what you rejected, and, where `sound_fillers` is `cannot "
            "tell`, the sounds that are not believed. `null` without words.",
            parts={
                "text": "what was said",
                **_START_AND_END,
                "kind": "`sound` or `word`",
                "source": "`text` or `sound`",
                "confirmed": "`false` where you rejected it, `null` where you said nothing",
            },
        ),
        Explanation(
            key="sound_fillers",
            name="fillers in the sound",
            definition="`counted` where filled pauses that nobody wrote down were looked for in the sound; they are "
            "among the fillers. `cannot tell` where there seemed to be more of them than the method gets right: then "
            "only the text and what you confirmed are counted. `null` where nobody looked: with the draft recogniser, "
            "without the sound, in a language where it is not known how well it works, or where the program that looks "
            "could not be started.",
            formula="The words are laid along the sound with room for a hesitation between any two; what stands there "
            "counts where it sounds like one: a steady vowel of a mouth at rest.",
            threshold=f"First formant {F1_HZ[0]:.0f} to {F1_HZ[1]:.0f} Hz, second {F2_HZ[0]:.0f} to {F2_HZ[1]:.0f} "
            f"Hz; {LENGTH_S[0]} to {LENGTH_S[1]} s long; its spectrum changes by {CHANGE_DB[0]} to {CHANGE_DB[1]} dB "
            f"in 60 ms. More than **{MOST_PER_MIN:.0f}** a minute are not believed. Within {SAME_WITHIN_S} s of one "
            "in the text it is the same.",
            source="After Goto, Itou & Hayamizu (1999), who took steadiness and pitch; formants and limits are our own "
            "choice.",
        ),
        Explanation(
            key="stretched_words",
            name="drawn-out words",
            definition="Words drawn out ('sooo', 'theee'), a way to hesitate too. **Never counted** as fillers. "
            "Ambiguous ones are left out, and so are those under a filled pause. `null` with the draft recogniser and "
            "where there is no sound.",
            formula="A voiced sound in the word that is loud and steady (see *Filled pauses in the sound*), which the "
            "word must cover, or have no time left without.",
            threshold=f"Held for **{STRETCHED_S} s** or more, and for longer than this voice holds its sounds by "
            f"**{STRETCHED_SD:.0f}** standard deviations of the logarithm, counted from the median (about twice as "
            "long). Who always speaks slowly has a higher line.",
            source="Eklund (2001) for drawn-out words as hesitation; the limits are our own choice.",
            parts={"text": "the word", **_START_AND_END},
        ),
        Explanation(
            key="hums",
            name="'hm' in the sound",
            definition="'Hm' heard in the sound and in no word. **Never counted**; a 'hmm' that a recogniser wrote is "
            "a filled pause like any other. Few are found, see [accuracy](accuracy.md).",
            threshold=f"A held sound with no formant between {CLOSED_HZ[0]:.0f} and {CLOSED_HZ[1]:.0f} Hz, at least "
            f"**{-CLOSED_HIGH_DB:.0f} dB** less above 1 kHz than below, and at least **{HUM_APART_DB:.0f} dB** of "
            "quiet on both sides.",
            source="Own choice.",
            parts=dict(_START_AND_END),
        ),
        Explanation(
            key="repetitions",
            name="repetitions",
            definition=f"One to {IN_WORDS[LONGEST_REPEATED]} words said again at once: 'the the', 'we were "
            "we were'. Fillers between the copies do not matter ('the, um, the'), the end of a sentence parts them, "
            "and three in a row are one repetition. What is doubled on purpose is left out: 'very very', 'no no', "
            "'had had', numbers, 'again and again and again', 'whatever they were, they were', 'we did, we did, and'.",
            source="Maclay & Osgood (1959) for repeats as a kind of hesitation; the exceptions are our own choice.",
            parts={"text": "what was said, with its copies", **_START_AND_END},
            notes=("Recognisers tidy repetitions away too, so this also is 'at least'.",),
        ),
        Explanation(
            key="restarts",
            name="restarts",
            definition="A sentence begun and given up for another: 'we were, we had'. The same *I, we, he, she, they, "
            "it* or *there* comes again, the word before it cannot end anything ('was', 'had', 'to', 'a'), and the "
            "sentence goes on otherwise. What is put in, 'it is, it seems to me, a', is not one. English only.",
            threshold=f"It comes again after one to {IN_WORDS[LONGEST_GIVEN_UP]} words.",
            source="Maclay & Osgood (1959), who count false starts that are retraced; the rule is our own choice.",
            parts={"text": "what was given up and the first two words of what took its place", **_START_AND_END},
        ),
        Explanation(
            key="repeated_phrases",
            name="phrases that come back",
            definition="Phrases that are said more than once anywhere in the answer. At least one of the words must "
            "carry something: 'and then I' is not one. `null` in languages without a list of stop words (see "
            "`landing_s`).",
            threshold=f"**{SHORTEST_PHRASE}** to **{LONGEST_PHRASE}** words, said {IN_WORDS[LEAST_TIMES]} times "
            "or more.",
            source="Own choice; no judgement rests on it.",
            parts={
                "text": "the words",
                "count": "how often they were said",
                "start_s": "where they were said first",
                "again_s": "where they were said last",
            },
        ),
    ),
)
