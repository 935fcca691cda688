"""Fillers of German. A table to edit; the words of a `Marker` are explained in `measurement.markers`."""

import re

from rehearse.measurement.markers import FillerList, HeldVowel, Marker, SetOff, between_breaks, words

#: German sets a comma before every clause: 'Weißt du, was ich meine?' is a question, no filler.
_CLAUSES = words(
    "ab dass daß die der das den dem ob was wann warum wer wen wem weshalb wie wieso wieviel wo wohin woher womit"
    " wofür welche welcher welches"
)

_MARKERS = (
    Marker(phrase="sozusagen"),
    Marker(phrase="quasi", set_off=SetOff.EITHER_SIDE),
    Marker(phrase="na ja", set_off=SetOff.EITHER_SIDE),
    Marker(phrase="naja", set_off=SetOff.EITHER_SIDE),
    Marker(phrase="tja", set_off=SetOff.EITHER_SIDE),
    Marker(phrase="sagen wir mal", set_off=SetOff.EITHER_SIDE),
    Marker(phrase="ich sag mal", set_off=SetOff.EITHER_SIDE, not_ahead=_CLAUSES),
    Marker(phrase="ich sage mal", set_off=SetOff.EITHER_SIDE, not_ahead=_CLAUSES),
    *between_breaks("also", "okay", "ok", opens=True),
    *between_breaks("so", not_ahead=_CLAUSES),
    *between_breaks("weißt du", "weisst du", "wissen sie", "ich meine", not_ahead=_CLAUSES),
    *between_breaks("eigentlich", "im grunde", "im grunde genommen", "im prinzip", "irgendwie", "sagen wir"),
    *between_breaks("halt", "eben", not_with="!", inside=True),
    *between_breaks("genau", inside=True, not_ahead=_CLAUSES),
    *between_breaks("oder", "ne", "nicht wahr", "gell", "richtig", only_with="?", inside=True),
)

#: 'um' is a word ('um acht'), 'er' is he, 'eh' is anyway, 'mhm' is yes.
GERMAN = FillerList(
    sounds=re.compile(r"(?:[äö]|ae|oe)+h+m*|[äö]+m+|e+h+m+|u+h+m*|h+m+|m{2,}"),
    markers=_MARKERS,
    doubled=words("das dem den der die doch ganz immer ja lang lange na nein sehr sie viel viele weit"),
    held_vowel=HeldVowel(written="äh", first_hz=(400.0, 850.0), second_hz=(1150.0, 2050.0)),
)
