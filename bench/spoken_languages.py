"""What the synthetic answers in other languages than English say, in which voices of espeak-ng, and with which fillers.

Fillers are written as the voice is to say them: a spelling of the language, or phonemes of espeak-ng in [[ ]]. Real
German 'äh' lies at the vowel of 'können' or the end of 'Lehrer' rather than at that of its spelling (Belz 2020), the
French 'euh' near that of 'peur', the Spanish one on that of 'de' (Candea, Vasilescu & Adda-Decker 2005; Vasilescu et
al. 2007). Drawn-out words are phonemes too: a voice asked to speak slowly stretches a short vowel hardly at all.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """
    voices   those that limits may be set on, and those that they may not
    clauses  likewise; each a sentence in two halves
    held     words that are easily drawn out, each as it is written and as it is said
    fillers  what is said for a filled pause
    hums     what is said with the mouth closed
    """

    voices: dict[str, tuple[str, ...]]
    clauses: dict[str, tuple[tuple[str, str], ...]]
    held: tuple[tuple[str, str], ...]
    fillers: tuple[str, ...]
    hums: tuple[str, ...] = ("[[m:m:]]", "[[hm:]]", "[[m:m:m:]]")


LANGUAGES = {
    "en": Material(
        voices={
            "development": ("en-us", "en-us+f3", "en-us+klatt", "gmw/en-GB-x-rp+m2"),
            "held-out": ("gmw/en+m3", "gmw/en-GB-scotland", "en-us+f4", "en-us+klatt4", "en-us+Andy", "en-us+linda"),
        },
        clauses={
            "development": (
                ("I asked my manager", "for two more weeks"),
                ("we had six people on the team", "and one of them left"),
                ("so I went to her desk", "and said what I thought"),
                ("the numbers did not match", "the forecast at all"),
                ("she listened for a while", "and then she laughed"),
                ("that was the hardest part", "of the whole project"),
                ("nobody had tested", "the backup before"),
                ("in the end we shipped it late", "but it worked"),
            ),
            "held-out": (
                ("my first job", "was in a small hospital"),
                ("we kept the records", "on paper for years"),
                ("then the director wanted", "everything changed at once"),
                ("I thought that was a mistake", "and told him so"),
                ("he asked me", "to prove it with facts"),
                ("so I spent a week", "with the nurses on the night shift"),
                ("most of the risks", "came up after midnight"),
                ("the budget for the year", "was already gone"),
            ),
        },
        held=(
            ("so", "so"),
            ("the", "[[DI2:]]"),
            ("the", "[[D@:]]"),
            ("and", "[[a:nd]]"),
            ("to", "[[tu:]]"),
            ("no", "no"),
            ("more", "more"),
            ("a", "[[@:]]"),
            ("of", "[[V:v]]"),
            ("I", "I"),
        ),
        fillers=("um", "uh"),
    ),
    "de": Material(
        voices={
            "development": ("de", "de+f2", "de+m2", "de+klatt"),
            "held-out": ("de+m3", "de+f4", "de+klatt4", "de+Andy", "de+linda"),
        },
        clauses={
            "development": (
                ("ich habe meine Chefin gefragt", "ob wir mehr Zeit bekommen"),
                ("wir waren sechs Leute im Team", "und einer ist gegangen"),
                ("dann bin ich zu ihr gegangen", "und habe gesagt was ich denke"),
                ("die Zahlen passten nicht", "zu unserer Planung"),
                ("sie hat eine Weile zugehört", "und dann gelacht"),
                ("das war der schwerste Teil", "vom ganzen Projekt"),
                ("niemand hatte die Sicherung", "vorher getestet"),
                ("am Ende kam es spät", "aber es lief gut"),
            ),
            "held-out": (
                ("meine erste Stelle", "war in einem kleinen Krankenhaus"),
                ("wir hatten die Akten", "jahrelang nur auf Papier"),
                ("der Leiter wollte damals", "alles auf einmal ändern"),
                ("ich hielt das für einen Fehler", "und habe es ihm gesagt"),
                ("er bat mich", "es mit Fakten zu belegen"),
                ("also war ich eine Woche lang", "mit der Nachtschicht unterwegs"),
                ("die meisten Probleme", "kamen nach Mitternacht"),
                ("das Budget für das Jahr", "war schon verbraucht"),
            ),
        },
        held=(
            ("und", "[[U:nt]]"),
            ("die", "[[di:]]"),
            ("der", "[[dE:]]"),
            ("so", "[[zo:]]"),
            ("dann", "[[dan:n:]]"),
            ("also", "[[alzo:]]"),
            ("eine", "[[aIn@:]]"),
            ("habe", "[[ha:b@:]]"),
            ("es", "[[E:s]]"),
            ("den", "[[de:n]]"),
        ),
        fillers=("äh", "ähm", "öh", "öhm", "[[@:]]", "[[@:m]]", "[[W:]]", "[[W:m]]"),
    ),
    "fr": Material(
        voices={
            "development": ("fr", "fr+f2", "fr-be+m2", "fr+klatt"),
            "held-out": ("fr+m3", "fr-ch+f4", "fr+klatt4", "fr-be+Andy", "fr+linda"),
        },
        clauses={
            "development": (
                ("j'ai demandé à ma responsable", "deux semaines de plus"),
                ("nous étions six dans l'équipe", "et l'un de nous est parti"),
                ("alors je suis allé la voir", "pour dire ce que je pensais"),
                ("les chiffres ne collaient pas", "avec nos prévisions"),
                ("elle a écouté un moment", "puis elle a souri"),
                ("c'était la partie difficile", "de tout le projet"),
                ("personne n'avait testé", "la sauvegarde avant"),
                ("à la fin nous avons livré tard", "mais ça marchait"),
            ),
            "held-out": (
                ("mon premier poste", "était dans un petit hôpital"),
                ("nous gardions les dossiers", "sur papier depuis des années"),
                ("le directeur voulait", "tout changer d'un coup"),
                ("je pensais que c'était une erreur", "et je lui ai dit"),
                ("il m'a demandé", "de le prouver par des faits"),
                ("j'ai donc passé une semaine", "avec les infirmières de nuit"),
                ("la plupart des problèmes", "arrivaient après minuit"),
                ("le budget de l'année", "était déjà dépensé"),
            ),
        },
        held=(
            ("et", "[[e:]]"),
            ("de", "[[d@:]]"),
            ("le", "[[l@:]]"),
            ("que", "[[k@:]]"),
            ("donc", "[[dO~:]]"),
            ("mais", "[[mE:]]"),
            ("je", "[[Z@:]]"),
            ("les", "[[le:]]"),
            ("ce", "[[s@:]]"),
            ("deux", "[[dY:]]"),
        ),
        fillers=("euh", "heu", "[[W:]]", "[[Y:]]", "[[@:]]", "[[W:m]]"),
    ),
    "es": Material(
        voices={
            "development": ("es", "es+f2", "es-419+m2", "es+klatt"),
            "held-out": ("es+m3", "es-419+f4", "es+klatt4", "es-419+Andy", "es+linda"),
        },
        clauses={
            "development": (
                ("le pedí a mi jefa", "dos semanas más"),
                ("éramos seis en el equipo", "y uno de ellos se fue"),
                ("entonces fui a su mesa", "y dije lo que pensaba"),
                ("los números no cuadraban", "con la previsión"),
                ("ella escuchó un rato", "y luego se rió"),
                ("esa fue la parte difícil", "de todo el proyecto"),
                ("nadie había probado", "la copia antes"),
                ("al final salió tarde", "pero funcionaba bien"),
            ),
            "held-out": (
                ("mi primer trabajo", "fue en un hospital pequeño"),
                ("guardábamos los informes", "en papel durante años"),
                ("el director quería", "cambiar todo de golpe"),
                ("yo pensaba que era un error", "y se lo dije"),
                ("me pidió", "que lo demostrara con datos"),
                ("así que pasé una semana", "con el turno de noche"),
                ("la mayoría de los problemas", "venían después de medianoche"),
                ("el presupuesto del año", "ya estaba gastado"),
            ),
        },
        held=(
            ("y", "[[i:]]"),
            ("de", "[[de:]]"),
            ("que", "[[ke:]]"),
            ("la", "[[la:]]"),
            ("pero", "[[pe**o:]]"),
            ("el", "[[e:l]]"),
            ("me", "[[me:]]"),
            ("se", "[[se:]]"),
            ("entonces", "[[entonTe:s]]"),
            ("no", "[[no:]]"),
        ),
        fillers=("eh", "em", "[[e:]]", "[[e:m]]", "[[@:]]"),
    ),
}
