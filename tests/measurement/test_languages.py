"""Fillers language by language: sentences with the fillers that are in them, and sentences with none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.measurement.fillers import Filler, filled_pauses, fillers_in
from rehearse.measurement.languages import FILLER_LISTS
from rehearse.measurement.pauses import Pause
from rehearse.measurement.repetition import repetitions
from rehearse.measurement.words import Token, tokens_of
from rehearse.transcription.transcript import Word


def passage(text: str) -> tuple[tuple[Token, ...], list[Pause]]:
    """A text said at one word in half a second; | is a silent pause of half a second."""
    words, pauses = [], []
    for place, piece in enumerate(text.split()):
        if piece == "|":
            pauses.append(Pause(start_s=place * 0.5, end_s=place * 0.5 + 0.5))
        else:
            words.append(Word(text=piece, start_s=place * 0.5, end_s=place * 0.5 + 0.5))
    return tokens_of(words), pauses


def found(language: str, text: str) -> tuple[Filler, ...]:
    tokens, pauses = passage(text)
    return fillers_in(tokens, filled_pauses(tokens, language, (), pauses), language, pauses)


#: Language, sentence, the sounds in it, the words in it.
FILLERS_IN = [
    ("de", "Also, ähm, ich war da, äh, Projektleiter.", ["ähm", "äh"], ["also"]),
    ("de", "Öh, hm, das weiß ich nicht mehr.", ["öh", "hm"], []),
    ("de", "Also ich habe das Team geleitet.", [], ["also"]),
    ("de", "ich war | also | nervös", [], ["also"]),
    ("de", "Das war sozusagen mein erstes Projekt.", [], ["sozusagen"]),
    ("de", "Naja, es ging so.", [], ["naja"]),
    ("de", "Na ja, am Ende hat es geklappt.", [], ["na ja"]),
    ("de", "Wir hatten, sagen wir mal, wenig Zeit.", [], ["sagen wir mal"]),
    ("de", "Das ist, weißt du, schwierig.", [], ["weißt du"]),
    ("de", "Wir hatten, ich meine, wir hatten kaum Leute.", [], ["ich meine"]),
    ("de", "Das war, halt, schwierig.", [], ["halt"]),
    ("de", "Ich war drei Jahre dort, genau, und dann kam der Umzug.", [], ["genau"]),
    ("de", "Das ist viel, oder?", [], ["oder"]),
    ("fr", "Euh, j'étais, heu, responsable, hum, du projet.", ["euh", "heu", "hum"], []),
    ("fr", "Ben, je dirigeais une équipe.", [], ["ben"]),
    ("fr", "Bah, on a recommencé.", [], ["bah"]),
    ("fr", "C'était difficile, hein ?", [], ["hein"]),
    ("fr", "C'était compliqué, quoi.", [], ["quoi"]),
    ("fr", "Du coup, on a tout refait.", [], ["du coup"]),
    ("fr", "et du coup on a tout refait", [], ["du coup"]),
    ("fr", "En fait, je suis parti en mai.", [], ["en fait"]),
    ("fr", "Alors je travaillais à Lyon.", [], ["alors"]),
    ("fr", "Mais bon, on l'a fait.", [], ["bon"]),
    ("fr", "Eh bien, on a réussi.", [], ["eh bien"]),
    ("fr", "On était, tu vois, très en retard.", [], ["tu vois"]),
    ("fr", "On était, enfin, presque tous là.", [], ["enfin"]),
    ("fr", "Il était, genre, furieux.", [], ["genre"]),
    ("es", "Eh, yo trabajaba, em, en ventas, mmm, dos años.", ["eh", "em", "mmm"], []),
    ("es", "Yo estaba, este, en otro equipo.", [], ["este"]),
    ("es", "O sea, no teníamos tiempo.", [], ["o sea"]),
    ("es", "Pues yo dirigía el equipo.", [], ["pues"]),
    ("es", "Bueno, depende.", [], ["bueno"]),
    ("es", "A ver, fue complicado.", [], ["a ver"]),
    ("es", "Fue difícil, ¿sabes?", [], ["sabes"]),
    ("es", "Fue difícil ¿no?", [], ["no"]),
    ("es", "Era, digamos, un reto.", [], ["digamos"]),
    ("pt", "Hum, eu trabalhava, ahn, em vendas.", ["hum", "ahn"], []),
    ("pt", "Eu era, é, gerente.", ["é"], []),
    ("pt", "eu era | é | gerente", ["é"], []),
    ("pt", "É... eu era gerente.", ["é"], []),
    ("pt", "Foi difícil, né?", [], ["né"]),
    ("pt", "Então, eu liderava a equipe.", [], ["então"]),
    ("pt", "Eu estava, tipo, perdido.", [], ["tipo"]),
    ("pt", "Era, quer dizer, quase impossível.", [], ["quer dizer"]),
    ("pt", "Bom, depende.", [], ["bom"]),
    ("pt", "A gente tentou, sabe, de tudo.", [], ["sabe"]),
    ("it", "Ehm, lavoravo, uhm, nelle vendite.", ["ehm", "uhm"], []),
    ("it", "Lavoravo, eh, nelle vendite.", ["eh"], []),
    ("it", "Eh... non ricordo.", ["eh"], []),
    ("it", "Era, cioè, un disastro.", [], ["cioè"]),
    ("it", "Allora, guidavo un gruppo.", [], ["allora"]),
    ("it", "Beh, dipende.", [], ["beh"]),
    ("it", "È stato, diciamo, difficile.", [], ["diciamo"]),
    ("it", "È stato, insomma, difficile.", [], ["insomma"]),
    ("it", "Era tardi, no?", [], ["no"]),
    ("nl", "Eh, ik werkte, ehm, in de verkoop, uhm, twee jaar.", ["eh", "ehm", "uhm"], []),
    ("nl", "Het was zeg maar een groot project.", [], ["zeg maar"]),
    ("nl", "Nou, het ging goed.", [], ["nou"]),
    ("nl", "Dus ik leidde het team.", [], ["dus"]),
    ("nl", "Het was, weet je, moeilijk.", [], ["weet je"]),
    ("nl", "Ik was soort van zenuwachtig.", [], ["soort van"]),
    ("nl", "Dat was veel, hè?", [], ["hè"]),
]

NO_FILLERS_IN = [
    ("de", "Um acht Uhr kam er um die Ecke."),
    ("de", "Eh ich es merkte, war es vorbei."),
    ("de", "Mhm."),
    ("de", "Ich war müde, also ging ich."),
    ("de", "Weißt du, was ich meine?"),
    ("de", "Wissen Sie, wie das ist?"),
    ("de", "Ich meine, dass wir früher anfangen müssen."),
    ("de", "Halt! Das geht nicht."),
    ("de", "Das ist halt so."),
    ("de", "Er kam eben herein."),
    ("de", "Ich weiß das genau."),
    ("de", "Genau, so war es."),
    ("de", "Kaffee oder Tee?"),
    ("de", "Es war so, dass niemand kam."),
    ("de", "Irgendwie hat es geklappt."),
    ("de", "Eigentlich wollte ich gehen."),
    ("de", "Das kann ich Ihnen so sagen."),
    ("fr", "Il a eu raison."),
    ("fr", "J'ai vu Ben, il allait bien."),
    ("fr", "Et Ben, il a dit oui."),
    ("fr", "Bah oui, bien sûr."),
    ("fr", "Le bruit du coup de feu a réveillé tout le monde."),
    ("fr", "C'est tout ce qu'il en fait."),
    ("fr", "Un genre de problème."),
    ("fr", "C'est bon, on y va."),
    ("fr", "Quoi ? Je n'ai pas compris."),
    ("fr", "Je ne sais pas quoi faire."),
    ("fr", "Enfin, j'ai trouvé un travail."),
    ("fr", "Il dormait alors que nous travaillions."),
    ("fr", "Vous savez que c'est vrai."),
    ("fr", "Vous voyez ce que je veux dire."),
    ("fr", "Non, merci."),
    ("es", "Este equipo era nuevo."),
    ("es", "Me gusta este."),
    ("es", "¿Eh?"),
    ("es", "Ya sea esto o sea aquello."),
    ("es", "El plan era bueno, pero caro."),
    ("es", "Llegué tarde pues no había tren."),
    ("es", "Voy a ver qué pasa."),
    ("es", "¿Sabes qué pasó?"),
    ("es", "No, gracias."),
    ("es", "Es un tipo de contrato."),
    ("es", "Hasta entonces todo iba bien."),
    ("es", "Vale la pena."),
    ("pt", "Um dia eu era feliz."),
    ("pt", "O problema é que não havia tempo."),
    ("pt", "É, concordo."),
    ("pt", "Isso é importante."),
    ("pt", "Que tipo de trabalho é?"),
    ("pt", "Foi assim que aprendi."),
    ("pt", "O que quer dizer isso?"),
    ("pt", "Ele sabe disso."),
    ("pt", "Foi um bom ano, muito bom mesmo."),
    ("pt", "Desde então moro aqui."),
    ("it", "Eh, sì, certo."),
    ("it", "Eh?"),
    ("it", "Da allora lavoro qui."),
    ("it", "No, grazie."),
    ("it", "Che tipo di lavoro è?"),
    ("it", "Ecco il mio piano."),
    ("it", "Diciamo che è andata bene."),
    ("it", "Sai che cosa vuol dire?"),
    ("it", "Il capo, cioè Marco, ha detto no."),
    ("nl", "Er is een probleem."),
    ("nl", "Zeg maar niets."),
    ("nl", "Ik zeg maar wat."),
    ("nl", "Het is een soort van kast."),
    ("nl", "Weet je wat ik bedoel?"),
    ("nl", "Weet je, wat ik bedoel is dit."),
    ("nl", "Ik weet het niet."),
    ("nl", "Het regende, dus we bleven binnen."),
    ("nl", "Dat is gewoon goed."),
    ("nl", "Toch ging het goed."),
]


@pytest.mark.parametrize(("language", "text", "sounds", "markers"), FILLERS_IN)
def test_a_filler_is_found_in_its_language(language: str, text: str, sounds: list[str], markers: list[str]) -> None:
    fillers = found(language, text)
    assert [filler.text for filler in fillers if filler.kind == "sound"] == sounds
    assert [filler.text for filler in fillers if filler.kind == "word"] == markers


@pytest.mark.parametrize(("language", "text"), NO_FILLERS_IN)
def test_an_ordinary_word_is_none(language: str, text: str) -> None:
    assert [filler.text for filler in found(language, text)] == []


@pytest.mark.parametrize("language", sorted(FILLER_LISTS.keys() - {"en"}))
def test_every_language_has_sentences_of_both_kinds(language: str) -> None:
    assert sum(entry[0] == language for entry in FILLERS_IN) >= 7
    assert sum(entry[0] == language for entry in NO_FILLERS_IN) >= 9


@pytest.mark.parametrize("language", sorted(FILLER_LISTS))
def test_no_sound_is_a_marker_too(language: str) -> None:
    known = FILLER_LISTS[language]
    assert known.markers
    assert not [marker.phrase for marker in known.markers if known.sounds.fullmatch(marker.phrase)]


@pytest.mark.parametrize("language", sorted(FILLER_LISTS))
@given(data=st.data())
def test_fillers_of_any_language_are_in_order_and_never_overlap(language: str, data: st.DataObject) -> None:
    known = FILLER_LISTS[language]
    phrases = [marker.phrase for marker in (*known.markers, *known.unsure_sounds)]
    pieces = data.draw(st.lists(st.sampled_from([*phrases, ",", "?", "…", "|", "hmm", "Haus", "¿no?"]), max_size=20))
    for before, after in pairwise(found(language, " ".join(pieces))):
        assert before.end_s <= after.start_s


@pytest.mark.parametrize(
    ("language", "text", "repeated"),
    [
        ("de", "Die Leute, die die Arbeit machen, waren sehr sehr müde.", []),
        ("de", "Ich ich weiß es nicht.", ["ich ich"]),
        ("fr", "Nous nous sommes vus très très tard.", []),
        ("fr", "C'était le le projet.", ["le le"]),
        ("nl", "Hij zei dat dat niet kon.", []),
        ("it", "Piano piano, via via.", []),
        ("en", "die die", ["die die"]),
        ("fi", "se se", ["se se"]),
    ],
)
def test_what_grammar_doubles_is_no_repetition(language: str, text: str, repeated: list[str]) -> None:
    tokens, _ = passage(text)
    assert [repetition.text for repetition in repetitions(tokens, (), language)] == repeated
