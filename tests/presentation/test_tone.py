"""How the program speaks, held for every text a person can see; docs/tone.md says why, and what to write instead."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

import rehearse
from rehearse.cli.app import rehearse as program
from rehearse.transcription.ordinary_english import ordinary_share

PACKAGE = Path(rehearse.__file__).parent
README = Path(__file__).parents[2] / "README.md"

#: Nobody at B1 reads longer sentences with ease; what `--explain` and docs/measures.md tell is for those who asked.
MOST_WORDS, MOST_WORDS_EXPLAINED = 30, 45
#: A word is an ordinary one from one in 100,000 words of general English on: about the ten thousand commonest forms.
ORDINARY = 1e-5
#: So many words of a text are ordinary ones at least, and of all texts of a room together. Own choice.
LEAST_OF_A_TEXT, LEAST_OF_A_ROOM = 0.7, 0.95
#: In a room with fewer words one new word would weigh too much.
SMALL_ROOM = 1000

#: Words that this program does not use with its person.
NEVER = re.compile(
    r"\b(?:fail(?:s|ed|ing|ure|ures)?|bad answers?|wrong answers?|your mistakes?|you should have|unfortunately|simply"
    r"|just(?! (?:now|said|before|after|inside|over|under)\b)"
    r"|merely|obviously|of course|perfect(?:ly)?|awesome|amazing|excellent|great job"
    r"|well done|congratulations|oops|sorry|please wait|invalid|illegal|abort(?:ed|ing)?|fatal|forbidden"
    r"|hireab\w+|confidence score)\b",
    re.IGNORECASE,
)

#: Texts that say what the program does not, each with its reason.
ALLOWED = {
    "Tell me about a project that failed.": "what interviewers ask",
    "I was not in charge, but, um, I knew where the payment page had failed before.": "a story to read aloud",
    ". ! ? , ; :": "punctuation is what it is about",
    "a full stop, ! or ? stands there": "punctuation is what it is about",
}

#: What this program is about, and what files and tools are called: less common, and explained where they matter.
_OWN_WORDS = """
aloud archived calibrate calibrated calibration debrief debriefs discard drill drills exam filler fillers interviewer
landing measured misheard pause pauses practise practised prompts recogniser recognisers rehearse semitones tag tags
transcript transcripts um ums uh whisper
config csv ctranslate ctrl db disk eml export exported fetch flac folder folders headphones headset hub ics import json
linux loudspeaker macos markdown mb microphone microphones min mp ogg portaudio python recorder srt stderr stdin stdout
terminal textgrid toml txt unplugged utf vtt wav webm
jan feb mar apr jun jul aug sep oct nov dec northwind
"""
OWN_WORDS = frozenset(_OWN_WORDS.split())

_PLACE = "7"
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
#: Commands, options, paths and keys of JSON are typed or looked up, not read.
_TYPED = re.compile(r"`[^`]*`|rehearse [a-z][\w-]*|--?[a-z][\w-]*|\S*[\w<]/\S*|\b\w+_\w+\b|\b[A-Z]{2,}\b|\[[^]]*\]")


def texts_of_code(path: Path) -> Iterator[str]:
    """Every text of a module that is a sentence, with a 7 for what is put in."""
    room = path.relative_to(PACKAGE).parts[0]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and node.msg is not None:
            aside.add(id(node.msg))
        if isinstance(node, ast.JoinedStr):
            aside |= {id(part) for part in node.values}
    for node in ast.walk(tree):
        text = None
        if id(node) in aside:
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else _PLACE for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        if text is not None and _is_said(text, everywhere=room in ("cli", "presentation")):
            yield text


def _is_said(text: str, *, everywhere: bool) -> bool:
    """Whether it is a sentence: no SQL, pattern or HTML; in the other rooms it ends as one too."""
    if len(_WORD.findall(text)) < 4 or re.search(
        r"[\\<]|\(\?|default-src|\b(?:SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE|ALTER|WHERE|ORDER BY|JOIN|IN)\b", text
    ):
        return False
    return everywhere or re.fullmatch(r"[A-Z7'].*[.?:]\s*", text, re.DOTALL) is not None


def texts_of_help(command: click.Command) -> Iterator[str]:
    yield from re.split(r"\n\s*\n", (command.help or "").partition("\b")[0])
    yield from (parameter.help or "" for parameter in command.params if isinstance(parameter, click.Option))
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from texts_of_help(command.get_command(context, name))


def texts_of_values(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_of_values(each)


def texts_of_page(html: str) -> Iterator[str]:
    html = re.sub(r"<(style|script)>.*?</\1>", "", html, flags=re.DOTALL)
    for text in re.split(r"<[^>]*>", re.sub(r"\{%.*?%\}", "", re.sub(r"\{\{.*?\}\}", _PLACE, html))):
        yield text.strip()


def texts_of_readme(page: str) -> Iterator[str]:
    prose = re.sub(r"```(?s:.*?)```|^ {4}.*$|^#.*$|!?\[([^]]*)\]\([^)]*\)", r"\1", page, flags=re.MULTILINE)
    yield from re.split(r"\n\s*\n|^- ", prose, flags=re.MULTILINE)


CODE = ("explanations", "presentation", "cli", "other rooms")
ROOMS = (*CODE, "help", "page", "sets", "README")
EACH_ROOM = pytest.mark.parametrize("room", ROOMS)

Texts = dict[str, list[str]]


@pytest.fixture(scope="module")
def texts() -> Texts:
    """All texts by their rooms: read by the tests alone, not by every process that only looks what tests there are."""
    rooms: Texts = {room: [] for room in CODE}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        room = "explanations" if "explanations" in parts else parts[0] if parts[0] in rooms else "other rooms"
        rooms[room] += texts_of_code(path)
    rooms["help"] = list(texts_of_help(program))
    pages = sorted((PACKAGE / "presentation" / "templates").glob("*.html"))
    rooms["page"] = [text for page in pages for text in texts_of_page(page.read_text(encoding="utf-8"))]
    tables = sorted([*(PACKAGE / "bundled").glob("*.toml"), *(PACKAGE / "question_sets").glob("*.toml")])
    rooms["sets"] = [text for path in tables for text in texts_of_values(tomllib.loads(path.read_text("utf-8")))]
    rooms["sets"] += (PACKAGE / "bundled" / "read-aloud-en.txt").read_text("utf-8").splitlines()
    rooms["README"] = list(texts_of_readme(README.read_text(encoding="utf-8")))
    assert tuple(rooms) == ROOMS
    return {room: [text for text in texts if len(_WORD.findall(text)) >= 2] for room, texts in rooms.items()}


def unkind(text: str) -> list[str]:
    """What in it is shouted, or never said."""
    for allowed in ALLOWED:
        text = text.replace(allowed, "")
    return [*re.findall(r"\S*!(?!=)", text), *NEVER.findall(text)]


def longest(text: str) -> int:
    """Words of its longest sentence."""
    sentences = re.split(r"(?<=[.?!;])\s+|\n+(?=[-\d ])|\n\n", _TYPED.sub("x", text))
    return max(len(re.findall(r"[A-Za-z][\w'’-]*|\d+", sentence)) for sentence in sentences)


share = cache(ordinary_share)


def words_of(text: str) -> list[str]:
    return [re.sub("['’]s?$", "", word.lower()) for word in _WORD.findall(_TYPED.sub(" ", text))]


def unusual(text: str) -> list[str]:
    return [word for word in words_of(text) if word not in OWN_WORDS and share()([word]) < ORDINARY]


@EACH_ROOM
def test_no_text_shouts_blames_or_praises(texts: Texts, room: str) -> None:
    assert {text: found for text in texts[room] if (found := unkind(text))} == {}


@EACH_ROOM
def test_no_sentence_is_long(texts: Texts, room: str) -> None:
    most = MOST_WORDS_EXPLAINED if room == "explanations" else MOST_WORDS
    assert {text: words for text in texts[room] if (words := longest(text)) > most} == {}


#: The explanations are reference: they name methods of research and figures by their names.
@pytest.mark.parametrize("room", [room for room in ROOMS if room != "explanations"])
def test_the_words_are_ordinary_ones(texts: Texts, room: str) -> None:
    rare = {text: found for text in texts[room] if (found := unusual(text))}
    assert {
        text: found
        for text, found in rare.items()
        if len(words_of(text)) >= 8 and len(found) > (1 - LEAST_OF_A_TEXT) * len(words_of(text))
    } == {}
    words = sum(len(words_of(text)) for text in texts[room])
    assert words < SMALL_ROOM or 1 - sum(map(len, rare.values())) / words >= LEAST_OF_A_ROOM, rare


def test_texts_are_found_where_they_stand(texts: Texts) -> None:
    for room, text in (
        ("presentation", "If it still hurts, that is because it mattered to you."),
        ("cli", "Run it in a terminal, or use a recording you have: 7"),
        ("other rooms", "No microphone was found."),
        ("explanations", "Silences count from 7 ms, and nothing is padded."),
        ("help", "Keep a question to practise, or many at once."),
        ("help", "Delete an interview. Its practice questions and attempts stay."),
        ("page", "There are no words of this attempt."),
        ("sets", "What is your biggest weakness?"),
        ("README", "You come out of an interview knowing two answers went badly"),
    ):
        assert any(text in each for each in texts[room]), (room, text)


@pytest.mark.parametrize(
    "text",
    ["Great job!", "Unfortunately no words were heard.", "Invalid attempt.", "Just add a file.", "Your answer failed."],
)
def test_what_is_not_said_is_caught(text: str) -> None:
    assert unkind(text)


def test_long_sentences_and_rare_words_are_caught() -> None:
    assert longest("We " + "and we " * 15 + "went. Then we came back.") == 32
    assert len(unusual("Terminate the preceding utterance; excessive verbosity impedes comprehension.")) >= 5
    assert unusual("Say your point in the first sentence, then one example.") == []
