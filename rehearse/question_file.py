"""Questions from a file: one a line, or TOML with more said of each; and the sets of questions that come along.

Every set was written for this project.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rehearse.errors import QuestionInvalid
from rehearse.question import QuestionDraft, parse_target
from rehearse.toml_faults import toml_fault

_SETS = Path(__file__).parent / "question_sets"
#: How people begin the lines of a list.
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,3}[.)])\s+(?=\S)")
_KNOWN = ("text", "kind", "target", "points", "tags", "note", "opening", "landing")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """
    name       what it is asked for by; each of its questions has it as a tag, and its kind as another
    title      one line for people
    questions  in an order that makes sense to practise in
    """

    name: str
    title: str
    questions: tuple[QuestionDraft, ...]


def bundled_sets() -> tuple[QuestionSet, ...]:
    """The sets that come along, the most common questions first."""
    sets = [_set(path) for path in sorted(_SETS.glob("*.toml"))]
    return tuple(sorted(sets, key=lambda each: each.name != "common"))


def bundled_set(name: str) -> QuestionSet:
    """Raises QuestionInvalid where there is none of that name."""
    sets = {each.name: each for each in bundled_sets()}
    if name.casefold() not in sets:
        raise QuestionInvalid(f"There is no set of questions called '{name}'.", f"There are: {', '.join(sets)}.")
    return sets[name.casefold()]


def questions_in(file: Path) -> tuple[QuestionDraft, ...]:
    """The questions of a person's own file: TOML where its name ends in .toml, else text with one question a line.

    Raises QuestionInvalid where it cannot be read, holds none, or says something of a question that is not known.
    """
    if file.is_dir():
        # Each system has an error of its own for it.
        raise QuestionInvalid(f"{file} is a folder, and a file is needed.", "Name the file inside it.")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionInvalid(
            f"{file.name} is not plain text.", "Save it as text (UTF-8), with one question a line."
        ) from error
    except FileNotFoundError as error:
        raise QuestionInvalid(f"There is no file {file}.", "Check the name and the folder.") from error
    except OSError as error:
        raise QuestionInvalid(f"{file} cannot be read.", "Are you allowed to open it?") from error
    drafts = _of_toml(text, file.name) if file.suffix.lower() == ".toml" else _of_lines(text)
    if not drafts:
        raise QuestionInvalid(f"{file.name} holds no questions.", "Write one question a line.")
    return drafts


def _of_lines(text: str) -> tuple[QuestionDraft, ...]:
    lines = [line for line in text.splitlines() if line.strip()]
    asked = [line for line in lines if not line.lstrip().startswith("#")] or lines
    return tuple(QuestionDraft(text=_BULLET.sub("", line)).checked() for line in asked)


def _of_toml(text: str, name: str) -> tuple[QuestionDraft, ...]:
    try:
        tables = tomllib.loads(text).get("question", [])
    except tomllib.TOMLDecodeError as error:
        raise QuestionInvalid(f"{name} cannot be used. {toml_fault(error)}", _example()) from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise QuestionInvalid(f"{name} has something other than [[question]] in it.", _example())
    return tuple(_draft(table, f"{name}, question {number}") for number, table in enumerate(tables, start=1))


def _draft(table: dict[str, Any], where: str) -> QuestionDraft:
    if unknown := [key for key in table if key not in _KNOWN]:
        raise QuestionInvalid(
            f"{where}: '{unknown[0]}' is not something a question has.", f"A question has: {', '.join(_KNOWN)}."
        )
    for key in ("text", "kind", "note", "opening", "landing"):
        if not isinstance(table.get(key, ""), str):
            raise QuestionInvalid(f"{where}: {key} must be text in quotes.", _example())
    for key in ("points", "tags"):
        entries = table.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            raise QuestionInvalid(f'{where}: {key} must be a list, such as ["one", "two"].', _example())
    target = table.get("target")
    if target is not None and type(target) not in (str, int):
        raise QuestionInvalid(f"{where}: target must be a length, such as '60-120' or 90.", _example())
    kind = (table["kind"],) if table.get("kind") else ()
    return QuestionDraft(
        text=table.get("text", ""),
        target=None if target is None else parse_target(str(target)),
        points=tuple(table.get("points", ())),
        tags=(*kind, *table.get("tags", ())),
        note=table.get("note", ""),
        opening=table.get("opening", ""),
        landing=table.get("landing", ""),
    ).checked()


def _set(path: Path) -> QuestionSet:
    text = path.read_text(encoding="utf-8")
    drafts = _of_toml(text, path.name)
    return QuestionSet(
        name=path.stem,
        title=tomllib.loads(text)["title"],
        questions=tuple(replace(draft, tags=(path.stem, *draft.tags)).checked() for draft in drafts),
    )


def _example() -> str:
    return 'Write each question like this:\n  [[question]]\n  text = "Why this job?"\n  target = "60-90"'
