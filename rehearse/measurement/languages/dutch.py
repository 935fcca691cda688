"""Fillers of Dutch. A table to edit; the words of a `Marker` are explained in `measurement.markers`."""

import re

from rehearse.measurement.markers import FillerList, Marker, SetOff, between_breaks, words

_CLAUSES = words("dat hoe hoeveel of waar waarom waarmee wanneer wat welk welke wie")
_DETERMINERS = words("alle de deze dezelfde die dit dat een elk elke geen het ieder iedere welk welke wat zo'n één")

_MARKERS = (
    # 'Zeg maar niets', 'ik zeg maar wat': say.
    Marker(
        phrase="zeg maar",
        inside=True,
        not_after=words("dan en hij ik je jij of u we wij ze zij"),
        not_before=_CLAUSES | words("gewoon hallo ja nee niets niks tegen"),
    ),
    # 'Een soort van kast' is a kind of thing.
    Marker(phrase="soort van", not_after=_DETERMINERS),
    Marker(phrase="nou ja", set_off=SetOff.EITHER_SIDE),
    *between_breaks("dus", "nou", "oké", "okay", "ok", opens=True),
    *between_breaks("eigenlijk", "gewoon", "kijk", "laten we zeggen", not_ahead=_CLAUSES),
    *between_breaks("weet je", "weet je wel", "weet u", "ik bedoel", not_ahead=_CLAUSES),
    *between_breaks("hè", "toch", "niet", "snap je", "begrijp je", only_with="?", inside=True),
)

#: 'um' is no Dutch word, 'er' is there, 'hè' and 'ah' say something.
DUTCH = FillerList(
    sounds=re.compile(r"e+u*h+m*|u+h*m+|u+h+|ö+h+m*|h+m+|m{2,}"),
    markers=_MARKERS,
    doubled=words("dat die heel ja nee zo"),
)
