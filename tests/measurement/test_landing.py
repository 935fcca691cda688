"""Where an answer lands: the bars on sixty written answers, and when nothing may be said."""

import tomllib
from statistics import median

import pytest
from spoken_answers import FOLDER, SpokenAnswer, as_draft, landing_of, speak, spoken_answers

from rehearse.measurement.fillers import filled_pauses
from rehearse.measurement.landing import Landing, find_landing
from rehearse.measurement.pauses import Pause
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import Word

POINT = """I asked the finance director for a second warehouse in Hamburg. He refused twice, because the rent was eleven
thousand euros. So I counted every pallet that waited in the rain for three weeks, and the insurance had paid nothing.
Then he signed the contract within an hour."""
AGAIN = """So, yeah, I asked the director for the warehouse, and he refused because of the rent. And then I counted the
pallets. I counted the pallets in the rain and then he signed it. That is how I got the warehouse from the director."""


def errors_s(answers: list[SpokenAnswer]) -> list[float]:
    """How far each landing is from the truth; infinite where none was found."""
    truths = [(answer.truth_s, landing_of(answer)) for answer in answers]
    return [abs(found.landing_s - truth) if found else float("inf") for truth, found in truths if truth is not None]


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("part", ["tuning", "held-out"])
def test_landings_are_within_four_seconds_in_the_middle_and_none_is_made_up(part: str, draft: bool) -> None:
    answers = [as_draft(answer) if draft else answer for answer in spoken_answers(part)]
    errors = errors_s(answers)
    newsy = [answer for answer in answers if answer.truth_s is None]
    assert (len(errors), len(newsy)) == (15, 15)
    assert median(errors) <= 4.0
    assert sum(landing_of(answer) is None for answer in newsy) >= 14


def test_the_landing_names_its_sentence_and_what_came_after() -> None:
    answer = speak(f"{POINT} || {AGAIN}", wpm=150)
    landing = landing_of(answer)
    assert landing is not None
    assert landing.landing_s == answer.truth_s
    assert landing.sentence == "Then he signed the contract within an hour"
    assert landing.new_words == ()
    assert landing.repeated_count == 12
    assert landing.new_ratio == 0.0


def test_new_words_after_the_landing_are_told_apart_from_repeated_ones() -> None:
    landing = landing_of(speak(f"{POINT} || {AGAIN} He was a cyclist.", wpm=150))
    assert landing is not None
    assert landing.new_words == ("cyclist",)
    assert landing.new_ratio == pytest.approx(1 / (1 + landing.repeated_count))


def test_nothing_is_said_of_an_ending_in_light_words_that_may_be_the_lesson() -> None:
    lesson = """Nobody knew what to do, and what I learned is that you should bring something to show. That is how it
    was, and I am still glad of it, and I would do it like that again, and so should you."""
    assert landing_of(speak(f"{POINT} {lesson}", wpm=150)) is None


@pytest.mark.parametrize("text", ["", "Um.", "We left.", AGAIN, f"{POINT} So that was that.", POINT])
def test_nothing_is_said_of_a_short_answer_or_of_one_closing_sentence(text: str) -> None:
    if text:
        assert landing_of(speak(text, wpm=150)) is None
    else:
        assert find_landing((), (), "en", None) is None


def test_a_language_without_stop_words_has_no_landing() -> None:
    answer = speak(f"{POINT} || {AGAIN}", wpm=150)
    assert find_landing(tokens_of(answer.words), (), "xx", answer.pauses) is None


GERMAN = """Ich habe den Finanzleiter um ein zweites Lager in Hamburg gebeten. Er lehnte zweimal ab, wegen der Miete von
elftausend Euro. Also zählte ich drei Wochen lang jede Palette, die im Regen wartete, und die Versicherung zahlte keinen
Cent. Dann unterschrieb er den Vertrag binnen einer Stunde. || Also, ja, ich habe den Finanzleiter um das Lager gebeten,
und er lehnte ab, wegen der Miete. Und dann habe ich die Paletten gezählt. Ich habe die Paletten im Regen gezählt und
dann hat er den Vertrag unterschrieben. So habe ich das Lager in Hamburg von ihm bekommen."""
FRENCH = """J'ai demandé au directeur financier un deuxième entrepôt à Lyon. Il refusa deux fois, parce que le loyer
coûtait onze mille euros. Alors j'ai compté pendant trois semaines chaque palette qui attendait sous la pluie, et
l'assurance payait zéro. Puis il signa le contrat. || Donc voilà, j'ai demandé l'entrepôt au directeur, et il a refusé à
cause du loyer. Et puis j'ai compté les palettes. J'ai compté les palettes sous la pluie et il a signé. C'est comme ça
que le directeur m'a donné l'entrepôt."""


@pytest.mark.parametrize(("language", "text", "last"), [("de", GERMAN, "Stunde"), ("fr", FRENCH, "contrat")])
def test_german_and_french_answers_land_too(language: str, text: str, last: str) -> None:
    answer = speak(text, wpm=140)
    landing = find_landing(tokens_of(answer.words), (), language, answer.pauses)
    assert landing is not None
    assert landing.sentence.split()[-1] == last


OTHER_LANGUAGES = tomllib.loads((FOLDER / "other-languages.toml").read_text(encoding="utf-8"))["answer"]


@pytest.mark.parametrize("place", range(len(OTHER_LANGUAGES)))
def test_in_german_and_french_the_point_is_found_and_news_to_the_end_has_none(place: int) -> None:
    written = OTHER_LANGUAGES[place]
    language = written["language"]
    answer = speak(written["text"], written["wpm"], seed=place)
    tokens = tokens_of(answer.words)
    landing = find_landing(tokens, filled_pauses(tokens, language), language, answer.pauses)
    if answer.truth_s is None:
        assert landing is None
    else:
        assert landing is not None and landing.landing_s == pytest.approx(answer.truth_s, abs=4.0)


def words_in_a_row(text: str) -> tuple[Word, ...]:
    return tuple(Word(text=piece, start_s=n * 0.4, end_s=n * 0.4 + 0.4) for n, piece in enumerate(text.split()))


def found_in_a_row(text: str, pauses: list[Pause] | None) -> Landing | None:
    return find_landing(tokens_of(words_in_a_row(text)), (), "en", pauses)


def test_without_punctuation_the_pauses_of_the_sound_end_the_sentences() -> None:
    plain = f"{POINT} {AGAIN}".replace(".", "").replace(",", "").lower()
    point_s = len(POINT.split()) * 0.4
    landing = found_in_a_row(plain, [Pause(start_s=point_s - 0.3, end_s=point_s + 0.2), Pause(start_s=2.0, end_s=2.5)])
    assert landing is not None
    assert landing.landing_s == point_s - 0.3
    assert landing.sentence.endswith("within an hour")


def test_without_any_sign_of_where_sentences_end_the_last_new_word_is_taken() -> None:
    plain = f"{POINT} {AGAIN}".replace(".", "").replace(",", "").lower()
    landing = found_in_a_row(plain, None)
    assert landing is not None
    assert landing.sentence.endswith("within an hour")


def test_the_sound_says_when_the_last_word_ended_not_the_recogniser() -> None:
    point_s = len(POINT.split()) * 0.4
    landing = found_in_a_row(f"{POINT} {AGAIN}", [Pause(start_s=point_s - 0.35, end_s=point_s + 0.1)])
    assert landing is not None
    assert landing.landing_s == point_s - 0.35
