"""Fillers of Portuguese. A table to edit; the words of a `Marker` are explained in `measurement.markers`."""

import re

from rehearse.measurement.markers import FillerList, Marker, SetOff, between_breaks, words

_CLAUSES = words("que o como quando quanto onde quem qual por se")

#: 'É' is the verb, and as the first word of a sentence it agrees; drawn out ('é...') or between commas it hesitates.
_UNSURE_SOUNDS = (
    *between_breaks("é", "eh", "hã", inside=True, not_with="?!"),
    *between_breaks("é", "eh", "hã", only_with="…"),
)

_MARKERS = (
    Marker(phrase="né", set_off=SetOff.EITHER_SIDE),
    Marker(phrase="tipo assim", set_off=SetOff.EITHER_SIDE),
    Marker(phrase="basicamente"),
    *between_breaks("então", "ok", "okay", opens=True),
    *between_breaks("bom", "bem", "olha", not_ahead=_CLAUSES),
    *between_breaks("tipo", "quer dizer", "digamos", "digamos assim", not_ahead=_CLAUSES),
    *between_breaks("assim", "pronto", "ou seja", inside=True, not_ahead=_CLAUSES),
    *between_breaks("sabe", "sabes", "percebe", "percebes", inside=True, not_ahead=_CLAUSES),
    *between_breaks("não é", "não", "tá", "certo", "entende", "entendeu", "entendes", only_with="?", inside=True),
)

#: 'um' is a, 'em' is in, 'ah' and 'oh' say something.
PORTUGUESE = FillerList(
    sounds=re.compile(r"a+h+[mn]+|e+h+m+|é+h+m*|é{2,}|ã+h*[mn]*|h+u+m+|u+h+m*|h+m+|m{2,}"),
    unsure_sounds=_UNSURE_SOUNDS,
    markers=_MARKERS,
    doubled=words("muito muitos não nada se sim"),
)
