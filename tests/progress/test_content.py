import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.measurement.key_points import KeyPoint
from rehearse.progress.content import Kind, content_against, content_change, passages
from rehearse.question import Target
from rehearse.transcription.transcript import EngineIdentity, Transcript, Word

ENGINE = EngineIdentity(name="whisper", model="small.en", version="1")

FIRST = (
    "Um, I once disagreed with my manager about the opening hours of our shop. She wanted to close at six. "
    "I asked her for one month to try it, and I counted the customers every evening. We kept the longer hours."
)
SHORTER = "I disagreed with my manager about opening hours. I counted customers for a month, and we kept them longer."
OTHER = "My biggest weakness is that I plan too much, so now I set a timer and begin before the plan is perfect."

WORDS = ("um", "we", "led", "team", "shop", "early", "customers", "manager", "the", "and", "I")
texts = st.lists(st.sampled_from(WORDS), max_size=30)


def said(text: str, language: str = "en") -> Transcript:
    words = tuple(Word(text=word, start_s=i * 0.4, end_s=i * 0.4 + 0.3) for i, word in enumerate(text.split()))
    return Transcript(language=language, words=words, engine=ENGINE)


def point(text: str, made: bool | None) -> KeyPoint:
    return KeyPoint(text=text, said=made, start_s=1.0 if made else None)


def test_a_shorter_answer_with_the_same_content_keeps_most_of_its_words():
    change = content_change(said(SHORTER), said(FIRST))
    assert change.shared_count >= 0.7 * change.later_count and not change.is_recited
    assert set(change.new) <= {"longer"} and {"shop", "evening"} <= set(change.dropped)
    assert not {"um", "Um", "the", "I"} & {*change.new, *change.dropped}


def test_an_answer_to_something_else_shares_nothing():
    change = content_change(said(OTHER), said(FIRST))
    assert change.shared_count == 0 and change.word_for_word_ratio == 0
    assert len(change.dropped) == change.earlier_count and len(change.new) == change.later_count


def test_the_same_answer_again_is_recited_whatever_its_fillers():
    again = FIRST.replace("Um, ", "").replace("every evening", "uh, every evening")
    change = content_change(said(again), said(FIRST))
    assert change.is_recited and change.word_for_word_ratio > 0.9


def test_an_answer_that_was_only_cut_is_not_recited():
    change = content_change(said(FIRST), said(f"{FIRST} {OTHER}"))
    assert change.word_for_word_ratio == 1.0 and not change.is_recited
    assert content_change(said(FIRST), said(FIRST)).is_recited


@pytest.mark.parametrize(("left_out", "is_recited"), [(0, True), (4, True), (8, False), (12, False)])
def test_what_tells_a_cut_is_how_much_was_left_out(left_out, is_recited):
    whole = (FIRST + " " + OTHER).split()[:60]
    assert content_change(said(" ".join(whole[left_out:])), said(" ".join(whole))).is_recited is is_recited


def test_a_shorter_answer_in_other_words_is_no_cut_and_a_longer_one_neither():
    words = [f"word{number}" for number in range(100)]
    other = [f"other{number}" for number in range(13)]
    assert content_change(said(" ".join(words[:75] + other)), said(" ".join(words))).is_recited
    assert content_change(said(" ".join(words)), said(" ".join(words[:80]))).is_recited


def test_a_short_answer_is_never_called_recited():
    assert not content_change(
        said("We finished early and kept the client."), said("We finished early and kept the client.")
    ).is_recited


@pytest.mark.parametrize("language", ["xx", "ja"])
def test_a_language_without_stop_words_is_not_compared(language):
    assert content_change(said("a b c", language), said("a b d", language)) is None


def test_two_languages_are_not_compared():
    assert content_change(said(FIRST), said("Ich war im Laden.", "de")) is None


def test_key_points_made_again_are_counted_of_those_made_before():
    before = [point("the month", True), point("customers", True), point("what came of it", None), point("late", False)]
    now = [point("the month", True), point("customers", False), point("what came of it", None), point("late", True)]
    change = content_change(said(SHORTER), said(FIRST), now, before)
    assert (change.points_kept, change.points_before) == (1, 2)
    assert content_change(said(SHORTER), said(FIRST), None, before).points_before is None


def test_passages_show_what_was_kept_dropped_and_new():
    found = passages(
        said("We closed the old shop and opened a new one in May."), said("We closed the old shop after a long talk.")
    )
    assert [(p.kind, " ".join(word.written for word in p.words)) for p in found] == [
        (Kind.COMMON, "We closed the old shop"),
        (Kind.DROPPED, "after a long talk"),
        (Kind.NEW, "and opened a new one in May"),
    ]


@given(texts, texts)
def test_passages_hold_every_word_of_both_answers_once_and_in_order(later, earlier):
    found = passages(said(" ".join(later)), said(" ".join(earlier)))
    of_later = [word.written for p in found if p.kind is not Kind.DROPPED for word in p.words]
    kept = [word.written for p in found if p.kind is not Kind.NEW for word in p.words]
    assert of_later == later and kept == earlier


@given(texts, texts)
def test_content_is_counted_alike_from_both_sides(later, earlier):
    forth, back = (
        content_change(said(" ".join(later)), said(" ".join(earlier))),
        content_change(said(" ".join(earlier)), said(" ".join(later))),
    )
    assert forth.shared_count == back.shared_count
    assert (forth.new, forth.dropped) == (back.dropped, back.new)
    assert forth.shared_count + len(forth.new) == forth.later_count
    assert 0 <= forth.word_for_word_ratio <= 1


def attempts_saying(make, *given):
    """(seconds, text) pairs as attempts, and the transcripts by their numbers."""
    made = make(*(seconds for seconds, _ in given))
    return made, {attempt.id: said(text) for attempt, (_, text) in zip(made, given, strict=True)}


def test_the_best_before_is_the_nearest_to_the_aim_and_of_several_inside_it_the_shortest(attempts):
    made, words = attempts_saying(attempts, (200, FIRST), (110, FIRST), (90, FIRST), (50, OTHER), (80, SHORTER))
    content = content_against(made[-1], words[made[-1].id], made[:-1], Target(low_s=60, high_s=120), words.get)
    assert content is not None and content.best.id == made[2].id and content.recited is None
    assert content.since_best.shared_count == content.since_best.later_count


def test_what_repeats_the_last_attempt_is_recited_whatever_the_best_one_was(attempts):
    made, words = attempts_saying(attempts, (90, OTHER), (150, FIRST), (100, FIRST))
    content = content_against(made[-1], words[made[-1].id], made[:-1], Target(low_s=60, high_s=120), words.get)
    assert content is not None and content.best.id == made[0].id and content.recited == 1.0


def test_nothing_is_said_against_attempts_heard_otherwise_or_without_words(answer, attempts, engines):
    aim = Target(low_s=60, high_s=120)
    made = attempts(answer(100, engine=engines["draft"]), 90)
    assert content_against(made[1], said(SHORTER), made[:1], aim, {1: said(FIRST)}.get) is None
    alike = attempts(100, 90)
    assert content_against(alike[1], said(SHORTER), alike[:1], aim, {}.get) is None
    assert content_against(alike[1], said(SHORTER), [], aim, {}.get) is None
