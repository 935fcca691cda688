"""Fillers of Italian. A table to edit; the words of a `Marker` are explained in `measurement.markers`."""

import re

from rehearse.measurement.markers import FillerList, Marker, SetOff, between_breaks, words

_CLAUSES = words("che chi come cosa cos'è dove quando quanto perché quale quali se")

#: 'Eh, sì' and 'eh?' say something; inside a sentence or drawn out ('eh...') it hesitates.
_UNSURE_SOUNDS = (
    *between_breaks("eh", inside=True, not_with="?!", not_ahead=words("già no sì")),
    *between_breaks("eh", only_with="…"),
)

_MARKERS = (
    Marker(phrase="beh", set_off=SetOff.EITHER_SIDE),
    *between_breaks("allora", "quindi", "ok", "okay", opens=True),
    *between_breaks("cioè", "insomma", "diciamo", "ecco", "tipo", "praticamente", "in pratica", not_ahead=_CLAUSES),
    *between_breaks("voglio dire", "come dire", "sai", not_ahead=_CLAUSES),
    *between_breaks("no", "vero", "giusto", "capito", "capisci", only_with="?", inside=True),
)

#: 'ah', 'oh' and 'mh' say something.
ITALIAN = FillerList(
    sounds=re.compile(r"e+h+m+|e+h{2,}|e{3,}h*|u+h+m*|h+m+|m{2,}"),
    unsure_sounds=_UNSURE_SOUNDS,
    markers=_MARKERS,
    doubled=words("così lì man molto no piano sì via"),
)
