"""What a person sees of a filler they are asked about: between the words around it, and nothing obeyed."""

import io

import pytest
from rich.console import Console, RenderableType

from rehearse.measurement.fillers import Filler
from rehearse.presentation.checking import around, change, invitation, put_to_them
from rehearse.transcription.transcript import EngineIdentity, Transcript, Word


def transcript(text: str) -> Transcript:
    words = tuple(Word(text=word, start_s=float(place), end_s=place + 0.8) for place, word in enumerate(text.split()))
    return Transcript(language="en", words=words, engine=EngineIdentity(name="whisper", model="m", version="1"))


def filler(start_s: float, end_s: float, text: str = "um", *, written: bool = False) -> Filler:
    return Filler(text=text, start_s=start_s, end_s=end_s, kind="sound", source="text" if written else "sound")


def plain(shown: RenderableType, width: int = 80) -> str:
    out = io.StringIO()
    Console(file=out, width=width, markup=True, emoji=True).print(shown)
    return out.getvalue()


def test_a_sound_stands_between_the_words_it_was_heard_between() -> None:
    assert around(filler(1.85, 1.98), transcript("we did it again")).plain == "we did [um?] it again"


def test_a_word_that_begins_where_the_sound_began_comes_after_it() -> None:
    assert around(filler(2.0, 2.5), transcript("we did it again")).plain == "we did [um?] it again"


def test_a_written_one_takes_the_place_of_its_words() -> None:
    known = filler(1.0, 2.8, "you know", written=True)
    assert around(known, transcript("we you know, did it")).plain == "we [you know?] did it"


def test_of_a_long_answer_the_words_near_it_are_shown() -> None:
    shown = around(filler(20.85, 20.95), transcript(" ".join(f"w{place}" for place in range(40)))).plain
    assert shown.startswith("... w11 ") and "w20 [um?] w21" in shown and shown.endswith(" w30 ...")


def test_an_answer_may_begin_and_end_with_it() -> None:
    assert around(filler(0.0, 0.1), transcript("we did")).plain == "[um?] we did"
    assert around(filler(5.0, 5.1), transcript("we did")).plain == "we did [um?]"


def test_what_a_recogniser_wrote_is_shown_and_not_obeyed() -> None:
    shown = plain(put_to_them(filler(1.85, 1.9), 1, 3, transcript("[red]we[/red] \x1b[2J it"), None, ""))
    assert "[red]we[/red]" in shown and "\x1b" not in shown


@pytest.mark.parametrize("said", [None, "confirmed", "rejected"])
def test_it_fits_a_small_terminal_whatever_was_said(said) -> None:
    notice = "No loudspeaker or headphones were found. Judge by the words, or stop."
    shown = plain(put_to_them(filler(71.2, 71.5), 2, 12, transcript("so we did"), said, notice))
    (keys,) = [line for line in shown.splitlines() if "y  yes" in line]
    assert "q  stop" in keys and "1:11" in shown and "2 of 12" in shown and "heard in the sound only" in shown
    assert ("You said" in shown) is (said is not None)
    assert len(shown.splitlines()) < 14


def test_one_is_not_several() -> None:
    assert "check the sound that may be a filler" in invitation(1).plain
    assert "check the 3 sounds that may be fillers" in invitation(3).plain


def test_the_change_is_told_with_both_counts_or_as_none(answer) -> None:
    many, few = answer(60, fillers_per_min=4.0), answer(60, fillers_per_min=3.0)
    assert change(many, few) == "Fillers: at least 3 (3 a minute); before: at least 4 (4 a minute)."
    assert change(many, many) == "Fillers: at least 4 (4 a minute), as before."
