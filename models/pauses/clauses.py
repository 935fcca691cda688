"""Texts that the voices say for training: half of them clauses, half put together at random. None is in bench/."""

import numpy as np

_SUBJECTS = (
    "I", "we", "they", "my boss", "our client", "the intern", "the whole shop", "somebody upstairs", "each of us",
    "the auditor", "Ruth", "Derek", "the chief engineer", "half of the staff", "the other office",
)  # fmt: skip
_VERBS = (
    "wrote", "checked", "dropped", "picked up", "looked through", "kept", "talked about", "pushed for", "sorted out",
    "asked about", "cut", "rebuilt", "forgot", "mixed up", "paid for", "explained", "watched", "split", "fetched",
)  # fmt: skip
_OBJECTS = (
    "the budget", "a ticket", "the old scripts", "a long list", "every branch", "the draft", "some boxes", "the truck",
    "a risk", "the third bridge", "both shifts", "the ship", "the path", "a mess", "new desks", "the film", "that gap",
    "the roof", "a song", "the judge", "the view", "a sofa", "the echo", "our shoes", "the kitchen tap", "the maps",
)  # fmt: skip
_ENDS = (
    "", "", "at last", "in March", "for a week", "with a friend", "by noon", "too fast", "on purpose", "before lunch",
    "out of habit", "at the dock", "over the weekend", "without much thought", "in the back office", "as planned",
    "despite the fuss", "twice", "again", "as such", "and left", "or so it felt", "on the sixth", "like a chef",
)  # fmt: skip
_STARTS = ("", "", "", "so", "then", "and", "but", "that is why", "well", "at first", "because", "after that")

_WHOLE = (
    "um", "uh", "er", "hmm", "well", "yes", "no", "so", "okay", "right", "let me think", "how should I put it",
    "you know", "I mean", "sort of", "to be honest", "that is a good question", "what happened next was odd",
    "it was cold and the pipes had frozen", "nobody picked up the phone", "the result was worth it",
    "eight people showed up for three chairs", "if you give me a map I find the way", "this is where it broke",
    "she had kept every single receipt", "which is a lot for one shelf", "the boat left without us",
    "it paid off within a quarter", "my desk stood next to the lift", "he shouted and I stayed quiet",
    "we measured it with a piece of rope", "their truck was stuck in the mud", "I learned to say no",
    "the fault was in the clock", "we threw away half of the code", "it just stopped", "you could smell the paint",
    "the third time it worked", "we called it a draft", "everybody had an opinion on that", "such is life",
    "the youngest of us fixed it", "and that was the end of the discussion", "she thanked us with a cake",
    "half past six", "a fish and chip shop", "the sheriff of that street", "few of us understood the graph",
    "much of that was luck", "he is a tough judge of character", "we have to move up north", "both paths lead south",
)  # fmt: skip

FILLERS = _WHOLE[:4]


def texts(count: int, rng: np.random.Generator) -> list[str]:
    """So many texts of one to some twelve words, hardly ever the same twice."""
    made = []
    for _ in range(count):
        if rng.random() < 0.4:
            made.append(str(rng.choice(_WHOLE)))
        else:
            parts = [rng.choice(words) for words in (_STARTS, _SUBJECTS, _VERBS, _OBJECTS, _ENDS)]
            made.append(" ".join(part for part in parts if part))
    return made
