"""Sentences for a letter: whole, up to the landing, without fillers; nothing in them that was not said."""

import re
from dataclasses import replace

import pytest
from answers import DRAFT, WHISPER, answer
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.measurement.fillers import Filler, filled_pauses
from rehearse.measurement.measures import measure
from rehearse.measurement.own_sentences import LEAST_WORDS, own_sentences
from rehearse.measurement.words import tokens_of
from rehearse.transcription.transcript import Doubt, Transcript, Word


def spoken(text, language="en", engine=WHISPER):
    """Each word half a second after the one before."""
    words = [Word(text=word, start_s=place / 2, end_s=place / 2 + 0.4) for place, word in enumerate(text.split())]
    return Transcript(language=language, words=tuple(words), engine=engine)


def sentences(text, language="en", landing_s=None, **more):
    transcript = replace(spoken(text, language), **more)
    measures = measure(speech=None, transcript=transcript, level=None)
    return own_sentences(transcript, replace(measures, landing_s=landing_s))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Um, we moved the date.", "We moved the date."),
        ("So, um, I asked for ten minutes.", "I asked for ten minutes."),
        ("We lost, uh, two weeks.", "We lost two weeks."),
        ("When I saw it, um, I called the client.", "When I saw it, I called the client."),
        ("We kept the client, um.", "We kept the client."),
        ("We kept the client. Um. They stayed with us.", "We kept the client. They stayed with us."),
        ("It was, you know, a hard week.", "It was a hard week."),
        ("I I told the the team.", "I told the team."),
        ("I, um, I told the team at once.", "I told the team at once."),
        (
            "She changed her mind. I mean, nobody knew it. um then we left.",
            "She changed her mind. Nobody knew it. Then we left.",
        ),
        ("We were, we had a late start.", "We had a late start."),
        ("I wen- I went to the client first.", "I went to the client first."),
        ("We met Dr. Smith at noon.", "We met Dr. Smith at noon."),
        ("We worked in the U.S. team, e.g. on reports.", "We worked in the U.S. team, e.g. on reports."),
        ('I said "um, that\'s fine" to her.', 'I said, "that\'s fine" to her.'),
        ("We used C++ for 5% of it.", "We used C++ for 5% of it."),
        ("It was late ... but we finished it.", "It was late but we finished it."),
        ("We like three of them very very much.", "We like three of them very very much."),
    ],
)
def test_what_is_mended(said, written):
    assert " ".join(sentences(said)) == written


@pytest.mark.parametrize(
    "said",
    [
        "Yeah. Right.",
        "And then we, um, and",
        "We asked them to wait and...",
        "I tried to explain it, so yeah.",
        "Um. Uh, um.",
        "",
    ],
)
def test_what_is_no_whole_sentence_is_left_out(said):
    assert own_sentences(spoken(said), answer(20.0)) == ()
    if tokens_of(spoken(said).words):
        assert sentences(said) == ()


def test_a_recogniser_that_writes_every_sentence_small_is_understood():
    said = "um so we moved the date. i asked dr. Smith about it. we kept the client."
    assert sentences(said) == ("We moved the date.", "I asked dr. Smith about it.", "We kept the client.")
    said = "We moved the date. um and she agreed. and we left. um then they called. uh so we kept them."
    assert sentences(said)[1:3] == ("And she agreed.", "And we left.")
    assert sentences("We asked for 3 p.m. at least. She said no to that.") == (
        "We asked for 3 p.m. at least.",
        "She said no to that.",
    )
    assert sentences('I asked "why not?" at once. She said no to that.')[0] == 'I asked "why not?" at once.'


def test_nothing_after_the_landing_is_taken_and_no_half_of_a_sentence():
    said = "We moved the date. I told the client myself. So we kept them."
    assert sentences(said) == ("We moved the date.", "I told the client myself.", "So we kept them.")
    assert sentences(said, landing_s=4.5) == ("We moved the date.", "I told the client myself.")
    assert sentences(said, landing_s=3.0) == ("We moved the date.",)


def test_a_draft_has_no_sentences():
    assert own_sentences(spoken("we moved the date i told the client", engine=DRAFT), answer(20.0)) == ()
    assert own_sentences(spoken("We moved the date.", engine=DRAFT), answer(20.0)) == ()


def test_words_that_are_not_to_be_trusted_are_not_taken():
    said = "We moved the date. We moved it back again. So we kept them."
    doubts = (Doubt(start_s=2.1, end_s=3.0, why="in circles"),)
    assert sentences(said, doubts=doubts) == ("We moved the date.", "So we kept them.")


def test_a_filler_that_the_person_called_a_word_stays_and_one_they_named_goes():
    transcript = spoken("We basically moved the date um yesterday.")
    measures = answer(20.0, fillers=(Filler(text="basically", start_s=0.5, end_s=0.9, kind="word", confirmed=True),))
    assert own_sentences(transcript, measures) == ("We moved the date um yesterday.",)


def test_a_filler_heard_in_the_sound_alone_takes_no_word_with_it():
    heard = Filler(text="um", start_s=0.5, end_s=0.9, kind="sound", source="sound")
    assert own_sentences(spoken("We um moved it."), answer(20.0, fillers=(heard,))) == ("We um moved it.",)


def test_another_language():
    said = "Äh, ich habe das Team gefragt. Die, die bleiben wollten, blieben."
    assert sentences("Wir haben lange gewartet und….", "de") == ()
    assert sentences(said, "de") == ("Ich habe das Team gefragt.", "Die, die bleiben wollten, blieben.")


WORDS = st.sampled_from(
    [
        "we",
        "asked",
        "the",
        "client",
        "team",
        "moved",
        "date",
        "I",
        "they",
        "was",
        "Monday",
        "and",
        "for",
        "ten",
        "minutes",
        "Berlin",
    ]
)
FILLERS = ["um", "uh", "Um,", "uhm", "erm,", "er...", "um.", "[UM]", "uh —"]
#: Said once or twice, with a mark or none behind it.
PIECES = st.tuples(
    st.one_of(WORDS, st.sampled_from(FILLERS)),
    st.integers(1, 2),
    st.sampled_from([*[""] * 9, ",", ",", ".", ".", "?", "...", "-"]),
)


@settings(max_examples=200)
@given(st.lists(PIECES, min_size=30, max_size=60), st.one_of(st.none(), st.floats(5, 30)))
def test_of_any_answer_only_whole_sentences_without_fillers_up_to_the_landing_are_taken(pieces, landing_s):
    """Each word carries its place (`asked7`), so that it is known when it was said; the fillers carry none."""
    said = []
    for word, times, mark in pieces:
        name = word if word in FILLERS else f"{word}{len(said)}"
        said += [*[name] * (times - 1), name + mark]
    transcript = spoken(" ".join(said))
    if not tokens_of(transcript.words):
        return
    measures = replace(measure(speech=None, transcript=transcript, level=None), landing_s=landing_s)
    taken = own_sentences(transcript, measures)
    place = -1
    at = {token.plain: token.start_s for token in tokens_of(transcript.words)}
    for sentence in taken:
        words = tokens_of([Word(text=word, start_s=0, end_s=0) for word in sentence.split()])
        assert not filled_pauses(words, "en")
        assert not {word.plain for word in words} & {filler.text for filler in measures.fillers}
        for word in words:
            assert landing_s is None or at[word.plain] < landing_s
            number = int(re.search(r"\d+$", word.plain)[0])
            assert number > place, "in the order in which it was said, and nothing twice"
            place = number
        assert len(words) >= LEAST_WORDS and sentence[-1] in ".?" and not sentence[0].islower()
        assert not re.search(r"  | [.,?]|[,?-]{2}|,[.?]|…|\[|^[,.?]|[.?](?=\S)", sentence)


@given(st.text(alphabet="abU m.,?!\"“”()[]{}<>*_…—-'\x1b\n", max_size=80))
def test_whatever_a_recogniser_writes_no_sign_of_its_own_gets_into_a_letter(text):
    transcript = spoken(text)
    for sentence in own_sentences(transcript, answer(20.0)):
        assert sentence.isprintable() and not set("[]{}<>*_…") & set(sentence.replace(" ", "")) - set(text)
        assert sentence.count('"') % 2 == 0 and sentence.count("(") + sentence.count(")") in (0, 2, 4, 6, 8)
        assert sentence[-1] in ".?!\"”)'"


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from([False, False, True]), st.sampled_from(["", "", ",", "."])),
        min_size=15,
    ),
    st.one_of(st.none(), st.floats(5, 60)),
)
def test_whatever_counts_as_a_filler_is_not_taken(stretches, landing_s):
    """Stretches of one to three words, some of which are fillers, whatever their words are."""
    said, fillers = [], []
    for length, is_filler, mark in stretches:
        words = [f"{'filler' if is_filler else 'word'}{len(said) + number}" for number in range(length)]
        if is_filler:
            start_s = len(said) / 2
            end_s = start_s + (length - 1) / 2 + 0.4
            fillers.append(Filler(text=" ".join(words), start_s=start_s, end_s=end_s, kind="word"))
        said += [*words[:-1], words[-1] + mark]
    measures = replace(answer(20.0, fillers=tuple(fillers)), landing_s=landing_s)
    taken = own_sentences(spoken(" ".join(said)), measures)
    text = " ".join(taken)
    assert "filler" not in text.lower()
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    assert numbers == sorted(numbers) and all(landing_s is None or number / 2 < landing_s for number in numbers)
    if landing_s is None and numbers:
        # Whole: between the first and the last word of a sentence nothing is missing but fillers.
        for sentence in taken:
            places = [int(number) for number in re.findall(r"\d+", sentence)]
            between = set(range(places[0], places[-1] + 1)) - set(places)
            assert all(said[place].startswith("filler") for place in between)


def test_a_sentence_that_breaks_off_in_a_word_is_left_out() -> None:
    transcript = spoken("We kept the longer hours. We asked every one of the custo-? She changed her mind then.")
    taken = own_sentences(transcript, answer(20.0))
    assert taken == ("We kept the longer hours.", "She changed her mind then.")
