"""What the numbers of what was said mean: landing, ending, key points."""

from fractions import Fraction

from rehearse.measurement.key_points import LEAST_SHARE, WHOLE_UP_TO
from rehearse.measurement.landing import LARGEST_SHARE, LEAST_EVIDENCE, LEAST_REPEATED, LEAST_TAIL_S, LEAST_WORDS_BEFORE
from rehearse.presentation.explanations.explanation import IN_WORDS, Explanation, Group

CONTENT = Group(
    title="Where the answer lands",
    entries=(
        Explanation(
            key="landing_s",
            name="landing",
            definition="**Landing**: the moment after which the answer adds next to nothing new, in seconds of the "
            "recording. `null` where it is not plain to see.",
            formula="Words that carry something (stop words and fillers are left out, 'disagreed' and 'disagreement' "
            "count as one) are new when they come up for the first time. The answer is taken as two stretches, each "
            "with its own rate of new words, and cut at the end of a sentence, where that fits best; in a transcript "
            "without punctuation, at a pause.",
            threshold=f"At least **{LEAST_WORDS_BEFORE}** words come before it and at least **{LEAST_TAIL_S:.0f} s** "
            f"after it, with {LEAST_REPEATED} or more words that carry something and are not new; new words are at "
            f"most **{LARGEST_SHARE}** as frequent after it as before, and the log likelihood ratio of a change to "
            f"none is **{LEAST_EVIDENCE}** or more.",
            source="Youmans (1991) for new words over time as the course of what is told, Porter (1980) for the stems, "
            "Hinkley (1970) for the change point; the lists and limits are our own choice.",
            notes=(
                "It is also `null` in any language but English, German and French, of which only English was tried "
                "on many answers; German and French were on four each, with the point found within 4 s in all six "
                "that make it early and none claimed in the two that carry news to the end. On 30 written answers "
                "that nobody had looked at while the rules were made, the median error was 0.0 s (12 of 15 within 4 "
                "s). No landing was claimed in any of the 15 that carry news to the end (`bench/landing.py`; "
                "docs/decisions/0009-landing.md). New words do not measure sense: a new example in old words is "
                "missed. From draft words a landing is shown as 'roughly' and nothing else rests on it.",
            ),
        ),
        Explanation(
            key="new_after_landing_ratio",
            name="new after the landing",
            definition="How much of what follows the landing is new, 0 to 1. `null` without a landing.",
            formula="new words after the landing / all words after it that carry something",
        ),
        Explanation(
            key="landing",
            name="the landing in words",
            definition="The same in words. `null` without a landing.",
            parts={
                "landing_s": "the same moment again",
                "sentence": "the sentence it ends",
                "new_words": "the words said after it for the first time",
                "repeated_count": "how many words that carry something were said after it again",
            },
        ),
        Explanation(
            key="ending",
            name="ending",
            definition="How the answer ends. English only.",
            source="Own choice: the list of last words said when no end comes to mind.",
            parts={
                "kind": "`trailing off` where its last words are said when no end comes to mind ('so, yeah', 'or "
                "something like that') or cannot end a sentence ('and', 'the'), or dots or a filled pause follow; "
                "`finished` where none of this is so and a full stop, ! or ? stands there; `null` where neither can "
                "be told",
                "text": "its last words",
            },
        ),
        Explanation(
            key="key_points",
            name="points",
            definition="The points that you noted for the question, and whether they were heard. A point made in "
            "wholly other words is missed, so 'not heard' is a question and no verdict. `null` without points.",
            threshold="A point counts as said where its words that carry something stand near each other: all of them "
            f"where there are no more than {IN_WORDS[WHOLE_UP_TO]}, else "
            f"**{Fraction(LEAST_SHARE).limit_denominator(9)}** of them; numbers always.",
            source="Own choice.",
            parts={
                "text": "the point as you wrote it",
                "said": "whether it was heard; `null` where it has no word to look for ('what came of it')",
                "start_s": "when its words began",
            },
            notes=(
                "Other forms of a word count, '40' is 'forty', and one misheard letter or two are forgiven in long "
                "words.",
            ),
        ),
    ),
)
