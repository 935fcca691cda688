"""From where on a figure is worth a word in a verdict, each with its source; docs/measures.md shows them to people."""

#: Own choice, no study gives a figure: with few earlier attempts the median says little, so more is asked of it.
LONGER_RATIO_OF_MANY = 1.25
LONGER_RATIO_OF_FEW = 1.5
MANY_ATTEMPTS = 3

#: The widest band that can be defended for interview talk; see docs/measures.md.
PACE_WPM = (110.0, 180.0)

#: Laske & DiGennaro Reed (2024): 5 a minute did no harm to a speech, 12 did.
FINE_FILLERS_PER_MIN = 5.0
FLAGGED_FILLERS_PER_MIN = 12.0

#: Fewer fillers than usual by at least this much is worth saying. Own choice.
FEWER_FILLERS_PER_MIN = 2.0

#: A tail without news this long, and this much of the answer, makes an answer long-winded. Own choice.
LONG_TAIL_S = 15.0
LONG_TAIL_RATIO = 0.25

#: One long pause inside a clause happens to everybody. Own choice.
LONG_PAUSES_INSIDE = 2
#: A silence before the answer that an interviewer would break. Own choice: a few seconds to think are welcome.
LATE_START_S = 15.0

#: Who was silent for longer when an exam's time ran out had finished. Own choice.
FINISHED_SILENCE_S = 1.0

#: Too few words to say anything of pace or fillers.
FEW_WORDS = 20
