"""An interview from a file: TOML that says of it what the debrief asks."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rehearse.debrief import reasons_in
from rehearse.errors import InterviewInvalid
from rehearse.home_folder import with_home
from rehearse.interview import AskedQuestion, Interview, parse_day, parse_rough_length
from rehearse.toml_faults import toml_fault

_TEXTS = ("company", "role", "who", "in_my_control", "not_in_my_control", "notes")
_KNOWN = (*_TEXTS, "on", "went_well", "question")
_KNOWN_OF_QUESTION = ("text", "hard", "why", "what_happened", "roughly", "again", "recording")

_EXAMPLE = """For example:
  company = "Northwind"
  on = "24 Nov"
  [[question]]
  text = "Why us?"
  why = ["rambled"]"""


def interview_in(file: Path, started_at: datetime, today: date) -> Interview:
    """The interview that the file tells of, not kept yet. A recording's file is looked for from this file's folder.

    Raises InterviewInvalid where the file cannot be read, or says something that an interview has not.
    """
    if file.is_dir():
        # Each system has an error of its own for it.
        raise InterviewInvalid(f"{file} is a folder, and a file is needed.", "Name the file inside it.")
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InterviewInvalid(f"{file.name} cannot be used. {toml_fault(error)}", _EXAMPLE) from error
    except FileNotFoundError as error:
        raise InterviewInvalid(f"There is no file {file}.", "Check the name and the folder.") from error
    except OSError as error:
        raise InterviewInvalid(f"{file} cannot be read.", "Is it there, and are you allowed to open it?") from error
    _check_keys(told, _KNOWN, file.name)
    questions = told.get("question", [])
    if not isinstance(questions, list) or not all(isinstance(each, dict) for each in questions):
        raise InterviewInvalid(f"{file.name}: questions are written as [[question]].", _EXAMPLE)
    texts = {name: _text(told, name, file.name) for name in _TEXTS}
    interview = Interview(
        started_at=started_at,
        company=texts["company"],
        role=texts["role"],
        on=_day(told.get("on"), today, file.name),
        who=texts["who"],
        went_well=_list(told, "went_well", file.name),
        asked=tuple(
            _asked(each, f"{file.name}, question {number}", file.parent)
            for number, each in enumerate(questions, start=1)
        ),
        in_my_control=texts["in_my_control"],
        not_in_my_control=texts["not_in_my_control"],
        notes=texts["notes"],
    )
    if sum(asked.again for asked in interview.asked) > 1:
        raise InterviewInvalid(f"{file.name}: only one question is the one to answer again.", "Say again = true once.")
    if interview.is_blank:
        raise InterviewInvalid(f"{file.name} says nothing about an interview.", _EXAMPLE)
    return interview


def _asked(told: dict[str, Any], where: str, folder: Path) -> AskedQuestion:
    _check_keys(told, _KNOWN_OF_QUESTION, where)
    text = _text(told, "text", where)
    if not text:
        raise InterviewInvalid(f"{where} has no text.", _EXAMPLE)
    why, own_words = reasons_in(", ".join(_list(told, "why", where)))
    own_words = _text(told, "what_happened", where) or own_words
    for key in ("hard", "again"):
        if not isinstance(told.get(key, False), bool):
            raise InterviewInvalid(f"{where}: {key} must be true or false.", _EXAMPLE)
    recording = _text(told, "recording", where)
    file = folder / with_home(Path(recording))
    if recording and not _is_there(file):
        raise InterviewInvalid(f"{where}: there is no file {recording}.", f"It is looked for from {folder.resolve()}.")
    roughly = told.get("roughly")
    if roughly is not None and (isinstance(roughly, bool) or not isinstance(roughly, str | int | float)):
        raise InterviewInvalid(f"{where}: roughly must be a length, such as '2:30'.", _EXAMPLE)
    return AskedQuestion(
        text=text,
        hard=told.get("hard", bool(why or own_words)),
        why=why,
        what_happened=own_words,
        roughly_s=None if roughly is None else parse_rough_length(str(roughly)),
        again=told.get("again", False),
        recording=str(file.resolve()) if recording else "",
    )


def _is_there(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:
        # In a closed folder, or with a name that no system takes: whoever opens it says what is wrong.
        return True


def _day(on: Any, today: date, where: str) -> date | None:
    if on is None or on == "":
        return None
    if isinstance(on, datetime):
        on = on.date()
    if not isinstance(on, str | date):
        raise InterviewInvalid(f"{where}: on must be a day, such as 2026-11-24.", _EXAMPLE)
    return parse_day(str(on), today)


def _text(told: dict[str, Any], key: str, where: str) -> str:
    text = told.get(key, "")
    if not isinstance(text, str):
        raise InterviewInvalid(f"{where}: {key} must be text in quotes.", _EXAMPLE)
    return " ".join(text.split())


def _list(told: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    entries = told.get(key, [])
    if isinstance(entries, str):
        entries = [entries]
    if not isinstance(entries, list):
        raise InterviewInvalid(f'{where}: {key} must be a list, such as ["one", "two"].', _EXAMPLE)
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, str):
            raise InterviewInvalid(
                f"{where}: {key} is a list of texts in quotes; number {number} is not one.", _EXAMPLE
            )
    return tuple(tidy for entry in entries if (tidy := " ".join(entry.split())))


def _check_keys(told: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    if unknown := [key for key in told if key not in known]:
        raise InterviewInvalid(f"{where}: '{unknown[0]}' is not known here.", f"There are: {', '.join(known)}.")
