"""One filler after another, put before the person who said it: is it one? Pure: values in, a picture out."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from rehearse.measurement.corrections import Verdict
from rehearse.measurement.fillers import Filler
from rehearse.measurement.measures import Measures
from rehearse.presentation import wording
from rehearse.transcription.transcript import Transcript, Word

_WORDS_AROUND = 10
_KEYS = "y  yes   n  no   space  again   u  undo   s  skip   a  all   q  stop"
_SAID: dict[Verdict, str] = {"confirmed": "You said: yes, a filler.", "rejected": "You said: no, not a filler."}


def invitation(count: int) -> Text:
    sounds = "the sound that may be a filler" if count == 1 else f"the {count} sounds that may be fillers"
    return Text(f"c  check {sounds}      Enter  done", style="dim")


def put_to_them(
    filler: Filler, number: int, count: int, transcript: Transcript, said: Verdict | None, notice: str
) -> RenderableType:
    """The filler between the words around it, and the keys.

    number, count  the first is 1
    said           what the person said of it before
    notice         one sentence that matters now, '' for none
    """
    where = f"{wording.moment(filler.start_s)}   {number} of {count}"
    sure = "" if filler.source == "text" else "   heard in the sound only"
    told = " ".join(sentence for sentence in (_SAID[said] if said else "", notice) if sentence)
    return Padding(
        Group(
            Text("Is it a filler?", style="bold"),
            Text(where + sure, style="dim"),
            Text(),
            around(filler, transcript),
            Text(),
            *([Text(told), Text()] if told else []),
            Text(_KEYS, style="dim"),
        ),
        (1, 2, 0, 2),
    )


def all_through() -> RenderableType:
    keys = Text("Enter  done    u  undo", style="dim")
    return Padding(Group(Text("That was the last one."), Text(), keys), (1, 2, 0, 2))


def around(filler: Filler, transcript: Transcript) -> Text:
    """The filler in brackets with a question mark, and up to ten words before and after it."""
    before = [word for word in transcript.words if _middle_s(word) < filler.start_s]
    # A word that lies on a filler nobody wrote comes after it: engines begin a word where the hesitation began.
    last_s = filler.end_s if filler.source == "text" else filler.start_s
    after = [word for word in transcript.words if _middle_s(word) >= filler.start_s and _middle_s(word) > last_s]
    more = ("... " if len(before) > _WORDS_AROUND else "", " ..." if len(after) > _WORDS_AROUND else "")
    text = Text(more[0] + "".join(f"{wording.shown(word.text)} " for word in before[-_WORDS_AROUND:]))
    text.append(f"[{wording.filler_name(filler.text)}?]", style="reverse")
    return text + Text("".join(f" {wording.shown(word.text)}" for word in after[:_WORDS_AROUND]) + more[1])


def places(measures: Measures) -> str:
    """'um 0:01 0:31 · uh 0:06', each filler by when it begins, and those not counted; '' where there is none."""
    counted, left_out = _by_text(measures.fillers or ()), _by_text(measures.fillers_left_out or ())
    told = [f"Fillers by their time:  {counted}"] if counted else []
    return "\n".join([*told, *([f"Heard and not counted:  {left_out}"] if left_out else [])])


def _by_text(fillers: Sequence[Filler]) -> str:
    times: dict[str, list[str]] = {}
    for filler in fillers:
        times.setdefault(wording.filler_name(filler.text), []).append(wording.moment(filler.start_s))
    most_first = sorted(times.items(), key=lambda each: -len(each[1]))
    return " · ".join(" ".join((text, *there)) for text, there in most_first)


def change(before: Measures, after: Measures) -> str:
    """How the count changed, in one line."""
    now, earlier = wording.filler_count(after), wording.filler_count(before)
    return f"Fillers: {now}, as before." if now == earlier else f"Fillers: {now}; before: {earlier}."


def _middle_s(word: Word) -> float:
    return (word.start_s + word.end_s) / 2
