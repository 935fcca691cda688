"""Fillers of French. A table to edit; the words of a `Marker` are explained in `measurement.markers`."""

import re

from rehearse.measurement.markers import FillerList, HeldVowel, Marker, SetOff, between_breaks, words

_CLAUSES = words(
    "que qu'il qu'elle qu'on qu'ils qu'elles ce combien comment où pourquoi quand quel quelle quels quelles qui quoi si"
)
_PRONOUNS = words("il elle on ils elles je tu nous vous qui j' n' qu'il qu'elle qu'on qu'ils qu'elles ça cela y s'")
_AND = words("alors donc et mais")

_MARKERS = (
    Marker(phrase="eh bien"),
    Marker(phrase="eh ben"),
    Marker(phrase="hein", set_off=SetOff.EITHER_SIDE),
    Marker(phrase="bah", set_off=SetOff.EITHER_SIDE, not_before=words("non oui si")),
    # 'Du coup' without a break is part of a sentence: 'le bruit du coup de feu'.
    Marker(
        phrase="du coup",
        set_off=SetOff.EITHER_SIDE,
        not_after=words("beauté bruit effet force"),
        not_before=words("d'état de"),
        carriers=_AND,
    ),
    # 'En fait' is also 'makes of it': 'ce qu'il en fait'.
    Marker(phrase="en fait", set_off=SetOff.EITHER_SIDE, not_after=_PRONOUNS, carriers=_AND),
    *between_breaks("alors", "donc", "ok", "okay", opens=True),
    # 'Et Ben' is somebody.
    *between_breaks("ben"),
    *between_breaks("bon", "voilà", "genre", carriers=_AND),
    *between_breaks("enfin", inside=True),
    *between_breaks("quoi", not_with="?!", inside=True),
    *between_breaks("en gros", "disons", "on va dire", "comment dire", "je veux dire", not_ahead=_CLAUSES),
    *between_breaks("tu vois", "vous voyez", "tu sais", "vous savez", not_ahead=_CLAUSES),
    *between_breaks("n'est-ce pas", "non", "d'accord", only_with="?", inside=True),
)

#: 'eu' is had, 'ah' and 'oh' say something.
FRENCH = FillerList(
    sounds=re.compile(r"e+u+h+m*|h+e+u+|u+h+m*|h+u+m+|h+m+|m{2,}"),
    markers=_MARKERS,
    doubled=words("bien non nous oui si très vous"),
    held_vowel=HeldVowel(written="euh", first_hz=(400.0, 800.0), second_hz=(1200.0, 1750.0)),
)
