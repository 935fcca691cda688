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
    | words("big funny hard large little nice old small")
    | words("particular real right same similar special specific strange two weird what's worst wrong")
)
#: 'That was kind of you', 'a chat kind of thing'.
_KIND_NOT_BEFORE = words("you him her them us thing things stuff person people place role work")

_PERSONS = words("i you he she it we they there that this who")
#: 'It took like three weeks', 'he was like really angry'.
_NUMBERS = words(
    "two three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty forty fifty sixty eighty"
    " ninety half hundreds thousands dozens"
) | {str(number) for number in range(2, 101)}
_DEGREES = words("super really totally completely extremely incredibly pretty very")
#: 'We like three of them', 'it looks like two of them left', 'people like really good tools'.
_LIKE_NO_LEAD = (
    words("i you he she we they who people customers clients users really also do does did don't doesn't didn't")
    | words("would i'd we'd you'd they'd he'd she'd should could will might to not never")
    | words("look looks looked looking sound sounds sounded feel feels felt seem seems seemed taste smell something")
    | words("things stuff anything nothing just more exactly less much")
)
_SPEAKERS = frozenset(
    (person, be)
    for person in words("i he she we they you everyone everybody people")
    for be in words("was were is are am")
)

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
        not_before=_DETERMINERS | words("is was business by him it them to"),
        not_since=words("by say"),
        goes_on=_BE | _AUXILIARIES | words("had has have took went worked made"),
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
        not_since=words("take takes taken took translate translated"),
    ),
    Marker(
        phrase="actually",
        set_off=SetOff.EITHER_SIDE,
        not_after=_AUXILIARIES | _QUESTIONS | words("had has have isn't wasn't"),
        not_since=_QUESTIONS | words("nobody did didn't never"),
        carriers=_CONJUNCTIONS | _PERSONS | _BE | words("i've we've they've well"),
    ),
    Marker(
        phrase="like",
        set_off=SetOff.BOTH_SIDES,
        not_since=words("what what's how how's"),
        not_behind=_AUXILIARIES | _LIKE_NO_LEAD - words("just more less much really"),
        carriers=(_CONJUNCTIONS | _BE | words("about had just took")) - words("i'm he's she's we're they're"),
        speakers=_SPEAKERS,
        leads=_NUMBERS | _DEGREES,
        no_lead=_LIKE_NO_LEAD,
        between=(
            (words("and but because so"), words("i we they he she nobody everybody there it's that's i'm we're")),
            (words("in for after within took takes cost had got"), words("a an one half")),
        ),
    ),
    # 'So that was the first project': only in the first place, for elsewhere it is never parted from 'that'.
    Marker(
        phrase="so",
        set_off=SetOff.BOTH_SIDES,
        opens=True,
        not_before=words("far long many much"),
        not_behind=words("believe did do even guess hope if not or said say suppose think"),
        leads=words("yeah"),
        no_lead=words("believe guess hope not or said say suppose think"),
        company=words("and but or because yeah yes anyway basically okay ok well right you i'm like"),
    ),
    Marker(
        phrase="well",
        set_off=SetOff.BOTH_SIDES,
        opens=True,
        not_before=words("above aware before being below beyond done into known over past under"),
        not_behind=words(
            "as did do go goes going how knew know pretty quite really so speak very went work worked works"
        ),
    ),
    Marker(
        phrase="okay",
        set_off=SetOff.BOTH_SIDES,
        opens=True,
        not_before=words("is was with"),
        not_since=words("said says like"),
        not_behind=_BE | words("doing feel felt not pretty"),
    ),
    Marker(
        phrase="ok",
        set_off=SetOff.BOTH_SIDES,
        opens=True,
        not_before=words("is was with"),
        not_since=words("said says like"),
        not_behind=_BE | words("doing feel felt not pretty"),
    ),
    Marker(
        phrase="right",
        set_off=SetOff.BOTH_SIDES,
        opens=True,
        not_before=words(
            "across after at away before behind down from here in next now on people person the then there"
        )
        | words("through up when where"),
        not_behind=_BE | words("all just not remember the turn you're"),
    ),
)

#: 'ah', 'oh' and 'mm-hmm' say something and never count.
ENGLISH = FillerList(sounds=re.compile(r"u+h*m+|u+h+|e+r+m*|h+m+|m{2,}"), markers=_MARKERS)
