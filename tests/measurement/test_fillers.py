"""Fillers: every sound in any spelling, and discourse markers only where the context says so."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.measurement.fillers import Filler, filled_pauses, fillers_in
from rehearse.measurement.languages import FILLER_LISTS
from rehearse.measurement.pauses import Pause
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import Word


def found(text: str, language: str = "en", **own: tuple[str, ...]) -> tuple[Filler, ...]:
    """Fillers of a sentence said at one word in half a second; | is a silent pause of half a second."""
    words, pauses = [], []
    for place, piece in enumerate(text.split()):
        if piece == "|":
            pauses.append(Pause(start_s=place * 0.5, end_s=place * 0.5 + 0.5))
        else:
            words.append(Word(text=piece, start_s=place * 0.5, end_s=place * 0.5 + 0.5))
    tokens = tokens_of(words)
    sounds = filled_pauses(tokens, language, own.get("never", ()), pauses)
    return fillers_in(tokens, sounds, language, pauses, **own)


def texts(text: str, language: str = "en", **own: tuple[str, ...]) -> list[str]:
    return [filler.text for filler in found(text, language, **own)]


@pytest.mark.parametrize(
    "spelling",
    str.split("um Um, UMM ummm... uh Uhh uhm er errr err erm Ermm. hm hmm Hmmm? mm mmm [UH] [UM] 'um'"),
)
def test_a_filled_pause_is_found_in_any_spelling(spelling: str) -> None:
    assert [filler.kind for filler in found(f"I think {spelling} we shipped it.")] == ["sound"]


@pytest.mark.parametrize(
    "text",
    [
        "Ah, I see.",
        "Oh no.",
        "Uh-huh, that is right.",
        "Mm-hmm.",
        "a gap of 5 mm in the frame",
        "I would rather err on the side of caution.",
        "to err is human",
        "I worked in the ER for six years.",
        "I hardly know 'er.",
        "my mum and her umbrella",
        "ham and eggs",
    ],
)
def test_what_only_looks_like_a_filled_pause_is_a_word(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Ähm, ich war um acht da, äh, und er auch, hmm.", "de", ["ähm", "äh", "hmm"]),
        ("Aehm, das ist öh schwer.", "de", ["aehm", "öh"]),
        ("Euh, il a eu raison, heu, voilà.", "fr", ["euh", "heu"]),
        ("Um dia, er, uh, ele foi.", "pt", ["uh"]),
        ("Um, you know, so.", "", []),
    ],
)
def test_filled_pauses_belong_to_a_language(text: str, language: str, expected: list[str]) -> None:
    assert [filler.text for filler in found(text, language) if filler.kind == "sound"] == expected


FILLERS_IN = [
    # like
    ("I was, like, really nervous.", ["like"]),
    ("Like, we had no plan at all.", ["like"]),
    ("And like, nobody answered.", ["like"]),
    ("it was like | really hard", ["like"]),
    ("we were | like | stuck", ["like"]),
    ("It was like um a mess.", ["like", "um"]),
    ("So we, um, like, um, started over.", ["so", "um", "like", "um"]),
    # you know, I mean
    ("It was, you know, hard.", ["you know"]),
    ("and you know we shipped it", ["you know"]),
    ("We were late, you know?", ["you know"]),
    ("The usual, you know, the daily calls.", ["you know"]),
    ("It went fine, if you like, you know.", ["you know"]),
    ("It's just the way it is, you know what I mean?", ["you know what i mean"]),
    ("there were y'know some errors", ["y'know"]),
    ("I mean, we tried.", ["i mean"]),
    ("We tried, I mean, everything.", ["i mean"]),
    ("it failed i mean we failed", ["i mean"]),
    # sort of, kind of
    ("It sort of fell apart.", ["sort of"]),
    ("I was kind of surprised.", ["kind of"]),
    ("that was kind of hard", ["kind of"]),
    ("We kinda knew.", ["kinda"]),
    ("and, sort of, it worked", ["sort of"]),
    # basically, literally, actually
    ("Basically, I run the team.", ["basically"]),
    ("so basically we rewrote it", ["so", "basically"]),
    ("we basically started again", ["basically"]),
    ("I was literally shaking.", ["literally"]),
    ("Actually, I left in May.", ["actually"]),
    ("And actually we were early.", ["actually"]),
    ("It was fine, actually.", ["actually"]),
    ("we were | actually | early", ["actually"]),
    # so, well, okay, right
    ("So, in my last job I led a team.", ["so"]),
    ("so i was working in sales", ["so"]),
    ("Um, so I was working in sales.", ["um", "so"]),
    ("Okay, so I led the team.", ["okay", "so"]),
    ("I led it, and, so, we won.", ["so"]),
    ("That was the project, so.", ["so"]),
    ("Well, it depends.", ["well"]),
    ("um well i think so", ["um", "well"]),
    ("It was, well, difficult.", ["well"]),
    ("Okay. I led the team.", ["okay"]),
    ("I called them, okay, and they agreed.", ["okay"]),
    ("We had a deadline, right? And nobody moved.", ["right"]),
    ("we had a deadline | right | and nobody moved", ["right"]),
    # several
    ("So, um, basically, you know, I, like, led it.", ["so", "um", "basically", "you know", "like"]),
]

NO_FILLERS_IN = [
    # like
    "I like my team.",
    "That sounds like a plan.",
    "I would like to add something.",
    "I'd like, if possible, to start in May.",
    "It looks like rain.",
    "Tools like Python and SQL.",
    "I used several tools, like Python and SQL.",
    "i used several tools | like python and sql",
    "What was the team like?",
    "I know what it was like, and I left.",
    "clients like | siemens",
    "Like I said, we shipped it.",
    "It felt like home.",
    "Would you like more detail?",
    # you know, I mean
    "Do you know why it failed?",
    "As you know, the market fell.",
    "I will let you know.",
    "That is all you know about it.",
    "If you know the answer, say so.",
    "You know the feeling.",
    "When you know what you want, you ask.",
    "before you know it the day is over",
    "I see what you mean and you see what I mean.",
    "That is not what I mean.",
    "I mean it.",
    "By lead I mean the whole group.",
    # sort of, kind of
    "I enjoy this kind of work.",
    "What kind of role is it?",
    "It is a sort of dashboard.",
    "A different kind of problem.",
    "the wrong sort of attention",
    "That was kind of you.",
    "We sell all kinds of things.",
    # basically, literally, actually
    "They are basically identical.",
    "He took it literally.",
    "The word literally means by the letter.",
    "Find out what actually happened.",
    "It did not actually work.",
    "I want to actually finish it.",
    "I would actually do it again.",
    # so, well, okay, right
    "I was so busy that I forgot.",
    "It was late, so we stopped.",
    "So far it works.",
    "I checked it so that nobody had to.",
    "I think so.",
    "If so, we stop.",
    "It took ten minutes or so, and we left.",
    "We met the goal. So I asked for more.",
    "It turned out well.",
    "Well over half of them stayed.",
    "I know her well, and she agreed.",
    "I led design as well.",
    "Is that okay with you?",
    "It was okay.",
    "It was the right moment.",
    "Right after college I joined the firm.",
    "You are right.",
    "turn right at the door",
    "The right answer, as I saw it, was no.",
]


def test_the_table_of_sentences_has_at_least_sixty() -> None:
    assert len(FILLERS_IN) + len(NO_FILLERS_IN) >= 60


@pytest.mark.parametrize(("text", "expected"), FILLERS_IN)
def test_a_marker_counts_where_its_context_says_so(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize("text", NO_FILLERS_IN)
def test_an_ordinary_word_is_no_filler(text: str) -> None:
    assert texts(text) == []


def test_a_filler_has_its_words_and_their_times() -> None:
    assert found("It was, You Know, hard.") == (
        Filler(text="you know", start_s=1.0, end_s=2.0, kind="word", source="text"),
    )


def test_sounds_and_words_are_told_apart() -> None:
    assert [(filler.text, filler.kind) for filler in found("Um, well, I agree.")] == [("um", "sound"), ("well", "word")]


def test_words_of_the_persons_own_always_count() -> None:
    assert texts(
        "We did it at the end of the day obviously, like that.", also=("obviously", "At the end of the day")
    ) == [
        "at the end of the day",
        "obviously",
    ]
    assert texts("I like it.", also=("like",)) == ["like"]
    assert texts("Also, ich sage genau das.", "de", also=("genau",)) == ["also", "genau"]


def test_words_that_never_count_do_not() -> None:
    assert texts("So, um, you know, I, like, led it.", never=("like", "You know", "UM")) == ["so"]


def test_never_is_stronger_than_also() -> None:
    assert texts("Obviously.", also=("obviously",), never=("obviously",)) == []


def test_an_entry_without_letters_matches_nothing() -> None:
    assert texts("I did, like, it.", also=("", "..."), never=("?",)) == ["like"]


def test_every_marker_is_written_as_it_is_compared() -> None:
    for known in FILLER_LISTS.values():
        for marker in (*known.markers, *known.unsure_sounds):
            assert marker.phrase == " ".join(token.plain for token in tokens_of([_word(marker.phrase)]))


def _word(text: str) -> Word:
    return Word(text=text, start_s=0.0, end_s=1.0)


SOME_TEXT = st.lists(
    st.sampled_from(str.split("um uh, so well like, like you know i mean kind of right? okay. it was | the plan … —"))
)


@given(SOME_TEXT)
def test_fillers_are_in_order_and_never_overlap(pieces: list[str]) -> None:
    fillers = found(" ".join(pieces))
    for before, after in pairwise(fillers):
        assert before.end_s <= after.start_s


@given(SOME_TEXT, SOME_TEXT)
def test_sounds_of_two_halves_add_up(first: list[str], second: list[str]) -> None:
    def sounds(pieces: list[str]) -> int:
        return sum(filler.kind == "sound" for filler in found(" ".join(pieces)))

    assert sounds(first + second) == sounds(first) + sounds(second)
