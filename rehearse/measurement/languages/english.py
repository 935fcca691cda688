"""Fillers of English. A table to edit; the words of a `Marker` are explained in `measurement.markers`."""

import re

from rehearse.measurement.markers import FillerList, Marker, SetOff, words

_QUESTIONS = words("how what whatever when where whether which who whom whose why if")
_DETERMINERS = words("a an the this that these those my your his her its our their some any")
_CONJUNCTIONS = words("and but so or because then")
_AUXILIARIES = words(
    "do does did don't doesn't didn't can can't could couldn't will would should may might must to not never"
)
_BE = words("am is are was were be been it's that's i'm he's she's we're they're")

#: 'This kind of work', 'a different kind of answer': a noun phrase, not a hedge.
_KIND_NOT_AFTER = (
    _DETERMINERS
    | _QUESTIONS
    | words("all another bad best better certain different every each first good great main new no one only other")
    | words("particular real right same similar special specific strange two weird what's worst wrong")
)
#: 'That was kind of you', 'a chat kind of thing'.
_KIND_NOT_BEFORE = words("you him her them us thing things stuff person people place role work")

_MARKERS = (
    Marker(phrase="you know what i mean", not_after=words("do did if"), not_since=words("do did if")),
    Marker(
        phrase="you know",
        not_after=_AUXILIARIES
        | _QUESTIONS
        | words("all anyone anything as before everyone everything let once people person someone than that the")
        | words("thing things those until way"),
        not_before=_QUESTIONS
        | _DETERMINERS
        | words("about each everything exactly anything him it me more nothing of someone them us"),
    ),
    Marker(phrase="y'know", not_before=_QUESTIONS),
    Marker(phrase="yknow", not_before=_QUESTIONS),
    Marker(
        phrase="i mean",
        not_after=_AUXILIARIES | _QUESTIONS | words("all as know thing that word"),
        not_before=_DETERMINERS | _BE | words("business by him it them to"),
    ),
    Marker(phrase="sort of", not_after=_KIND_NOT_AFTER, not_before=_KIND_NOT_BEFORE),
    Marker(phrase="kind of", not_after=_KIND_NOT_AFTER, not_before=_KIND_NOT_BEFORE),
    Marker(phrase="sorta", not_after=_KIND_NOT_AFTER, not_before=_KIND_NOT_BEFORE),
    Marker(phrase="kinda", not_after=_KIND_NOT_AFTER, not_before=_KIND_NOT_BEFORE),
    Marker(phrase="basically", not_before=words("correct identical right sound the true")),
    Marker(
        phrase="literally",
        not_after=words("it not quite that them this too very") | words("mean means meant translated translates"),
        not_before=words("mean means translated translates"),
    ),
    Marker(
        phrase="actually",
        set_off=SetOff.EITHER_SIDE,
        not_after=_AUXILIARIES | _QUESTIONS | words("had has have isn't wasn't"),
        carriers=_CONJUNCTIONS | words("well"),
    ),
    Marker(
        phrase="like",
        set_off=SetOff.BOTH_SIDES,
        not_since=words("what what's how how's"),
        carriers=_CONJUNCTIONS | _BE | words("about had just took"),
    ),
    Marker(phrase="so", set_off=SetOff.BOTH_SIDES, opens=True, not_before=words("far long many much that")),
    Marker(
        phrase="well",
        set_off=SetOff.BOTH_SIDES,
        opens=True,
        not_before=words("above aware before being below beyond done into known over past under"),
    ),
    Marker(phrase="okay", set_off=SetOff.BOTH_SIDES, opens=True, not_before=words("is was with")),
    Marker(phrase="ok", set_off=SetOff.BOTH_SIDES, opens=True, not_before=words("is was with")),
    Marker(phrase="right", set_off=SetOff.BOTH_SIDES),
)

#: 'ah', 'oh' and 'mm-hmm' say something and never count.
ENGLISH = FillerList(sounds=re.compile(r"u+h*m+|u+h+|e+r+m*|h+m+|m{2,}"), markers=_MARKERS)
