"""What a comparison with earlier answers and a verdict rest on, and the keys that only say which answer it is."""

from rehearse.presentation.explanations.explanation import Explanation, Group
from rehearse.progress.comparison import SAME_RATIO, SAME_S
from rehearse.progress.content import CUT_SHARE, LEAST_RUN, LEAST_WORDS_TO_RECITE, RECITED_SHARE
from rehearse.progress.thresholds import (
    FINISHED_SILENCE_S,
    LONG_TAIL_RATIO,
    LONG_TAIL_S,
    LONGER_RATIO_OF_FEW,
    LONGER_RATIO_OF_MANY,
    MANY_ATTEMPTS,
)
from rehearse.question import STRONGLY_OVER
from rehearse.settings import PracticeSettings

_DEFAULT = PracticeSettings()

AGAINST_EARLIER = Group(
    title="Against your earlier answers",
    entries=(
        Explanation(
            key="comparison",
            name="comparison",
            definition="This answer against your earlier attempts at the same question, heard by the same recogniser "
            "in the same language where there are any. The real answer of the interview counts only while it is the "
            "only one. Rounds of a drill, and exams whose time ran out, do not count; a later round of a drill is "
            "compared with the round before it.",
        ),
        Explanation(
            key="comparison.earlier_count",
            name="compared with",
            definition="How many earlier attempts it is compared with; 0 where this is the first.",
        ),
        Explanation(
            key="comparison.median_answer_s",
            name="your usual length",
            definition="The median length of those attempts: half are longer. `null` without any.",
            formula="median of their `answer_s`",
        ),
        Explanation(
            key="comparison.change_s",
            name="change in length",
            definition="This answer minus the usual one; negative is shorter.",
            formula="`answer_s` − `comparison.median_answer_s`",
            threshold=f"It counts as no change where it is under **{SAME_RATIO * 100:.0f} %** of your usual length or "
            f"under **{SAME_S:.0f} s**, whichever is more.",
            source="Own choice: two tellings of one story always differ a little.",
        ),
        Explanation(
            key="comparison.change_ratio",
            name="change, as a share",
            definition="The change over your usual length: -0.25 is a quarter shorter.",
            formula="`comparison.change_s` / `comparison.median_answer_s`",
        ),
        Explanation(
            key="comparison.same_engine",
            name="same recogniser",
            definition="False where only attempts heard by another recogniser were there to compare with: lengths "
            "still compare then, words do not. `null` without earlier attempts.",
        ),
        Explanation(
            key="comparison.same_language",
            name="same language",
            definition="The same for attempts in another language.",
        ),
        Explanation(
            key="comparison.why",
            name="why the length changed",
            definition="The change in three parts that sum to it. `null` where words are not known on both sides, or "
            "other recognisers heard them.",
            formula="An answer's duration is its words times the phonation time of one word, plus its silent pauses; "
            "the change of that product is shared out at the mean of both sides. Your usual answer is the one at the "
            "median of the earlier ones, or the mean of the two around it.",
            source="Bennet (1920).",
            parts={
                "words_s": "from saying more or fewer words",
                "pace_s": "from saying them faster or slower between pauses",
                "pauses_s": "from silent pauses",
            },
        ),
        Explanation(
            key="content",
            name="the same content",
            definition="What became of the content of your best attempt before this one: the nearest to your aim, and "
            "of several inside it the shortest. Only attempts that the same recogniser heard in the same language "
            "count. `null` without one, without words, or in a language without a list of stop words (see "
            "`landing_s`).",
            formula="Words that carry something, each counted once by its stem.",
            threshold=f"**{RECITED_SHARE * 100:.0f} %** of the longer of two answers, word for word in both, is called "
            f"recited, from {LEAST_WORDS_TO_RECITE} words on. One that was only cut, by more than {1 - CUT_SHARE:.0%}, "
            "is not.",
            source="Porter (1980) for the stems; the limit is our own choice.",
            parts={
                "best_attempt": "the number of that attempt",
                "shared_count": "words that both have",
                "earlier_count": "words that carry something in that attempt",
                "later_count": "the same in this one",
                "new": "words that only this one has, as they were first said",
                "dropped": "words that only that one has",
                "points_kept": "key points made in both; `null` where none were looked for",
                "points_before": "key points that were made in that one",
                "word_for_word_ratio": f"how much of this answer stands in runs of {LEAST_RUN} words or more that "
                "that one has too, in the same order, 0 to 1",
                "is_recited": "whether the two are so much alike that it sounds recited, and it was not only cut",
                "recited_ratio": "the same share against the attempt just before this one, where that is recited; else "
                "`null`",
            },
        ),
    ),
)

VERDICT = Group(
    title="Long-winded",
    entries=(
        Explanation(
            key="target_low_s",
            name="your aim, from",
            definition="The shorter end of the length to aim for: the question's own, else that of the settings. Of a "
            "target with one length only, such as 90 s, it is half.",
            threshold=f"By default **{_DEFAULT.target_low_s:.0f} s**.",
        ),
        Explanation(
            key="target_s",
            name="your aim, to",
            definition="The longer end of the length to aim for.",
            threshold=f"By default **{_DEFAULT.target_high_s:.0f} s**.",
            source="Practitioner consensus: recruiters and interview guides name one to two minutes, with two as the "
            "ceiling; no controlled study of answer length was found.",
        ),
        Explanation(
            key="verdict",
            name="verdict",
            definition="What the numbers say about this answer. Nothing else goes into it.",
        ),
        Explanation(
            key="verdict.long_winded",
            name="long-winded",
            definition="`no`, `a bit` or `yes`: against your aim, against your earlier attempts, and against the "
            "answer's own landing. An answer shorter than your aim is never long-winded.",
            threshold="Over your aim is `a bit`, "
            f"over {STRONGLY_OVER} times its upper end `yes` (by default over "
            f"{_DEFAULT.target_high_s * STRONGLY_OVER:.0f} s), judged in whole seconds, as shown. One step worse with "
            f"**{MANY_ATTEMPTS} or more** earlier attempts over **{LONGER_RATIO_OF_MANY}** times their median, with "
            f"fewer over **{LONGER_RATIO_OF_FEW}** times; not inside your aim where those were under it. "
            f"One step worse where at least **{LONG_TAIL_S:.0f} s** and "
            f"**{LONG_TAIL_RATIO * 100:.0f} %** of the answer come after its landing; not from draft words. An exam "
            f"whose time ran out less than **{FINISHED_SILENCE_S:.0f} s** after the last word is `a bit`.",
            source="Practitioner consensus for the aim; the other limits are our own choice: no study gives a figure.",
        ),
        Explanation(
            key="verdict.reasons",
            name="reasons",
            definition="What that rests on, each with its figures in words.",
        ),
        Explanation(
            key="verdict.keep",
            name="keep",
            definition="What went well and is worth keeping, each with a figure that shows it.",
        ),
        Explanation(
            key="verdict.next",
            name="next",
            definition="The one thing to change. The length comes first; then fillers, points, pace, the start, "
            "pauses, ending.",
            source="Own choice.",
        ),
        Explanation(
            key="cold",
            name="cold",
            definition="The **cold** attempt is the first one at a question on a day, by the clock of this machine; "
            "every later one that day is **warm**. Only the cold one resembles the interview, where you get one "
            "attempt. A day that began with a drill, or with an exam whose time ran out, has no cold attempt: in "
            "neither did you choose the length yourself.",
            source="Own choice.",
        ),
    ),
)

WHICH = Group(
    title="Which answer it is",
    for_scripts=True,
    entries=tuple(
        Explanation(key=key, name=key.replace("_", " "), definition=definition)
        for key, definition in {
            "attempt": "The number of the attempt.",
            "question": "The text of the question.",
            "question_id": "The number of the question.",
            "recorded_at": "When the answer was given, UTC, ISO 8601.",
            "baseline": "True for attempt 0, the real answer in the interview.",
            "rating": "How it felt to you: again, hard, good or easy; null where you did not say.",
            "source": "The file it was imported from; '' where it was spoken into the microphone.",
            "device": "The microphone; '' where it was imported.",
            "limit_s": "The limit it was given under, in an exam or a round of a drill, seconds of recording; `null` "
            "for none.",
            "drill_round": "Which round of a drill it was, from 1; `null` outside drills.",
            "ran_out": "True where the time was up before you ended it.",
            "cut_short": "Where only the beginning of its recording could be read: how many seconds of how many; else "
            "`null`. Its length is then not judged, and counts in no trend.",
            "measured": "False where it has not been transcribed and measured yet.",
            "has_sound": "False where its sound was deleted, or did not come with an import.",
            "file": "The file that was measured.",
            "explanations": "With `--explain`: for each key what stands here.",
        }.items()
    ),
)
