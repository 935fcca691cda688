"""Fillers of Spanish. A table to edit; the words of a `Marker` are explained in `measurement.markers`."""

import re

from rehearse.measurement.markers import FillerList, Marker, SetOff, between_breaks, words

_CLAUSES = words("que qué lo cómo cuándo cuánto dónde quién cuál por si")

_MARKERS = (
    # 'Ya sea esto o sea aquello' weighs two things.
    Marker(phrase="o sea", set_off=SetOff.EITHER_SIDE, not_since=words("sea")),
    Marker(phrase="básicamente"),
    *between_breaks("pues", "bueno", "entonces", "ok", "okay", opens=True),
    *between_breaks("este", "esto", not_with="?!"),
    *between_breaks("a ver", "mira", "vamos", "vale", not_with="?!", not_ahead=_CLAUSES),
    *between_breaks("digamos", "en plan", "tipo", "como que", not_ahead=_CLAUSES),
    *between_breaks("sabes", "sabe", "no", "vale", "verdad", "entiendes", "me entiendes", only_with="?", inside=True),
)

#: 'ah' and 'oh' say something; so does '¿eh?', which is left out where it is counted.
SPANISH = FillerList(
    sounds=re.compile(r"e+h+m*|e+m+|e{3,}|u+h+m*|h+m+|m{2,}"),
    markers=_MARKERS,
    doubled=words("mucho muchos muy nada no sí"),
)
