"""`import`: a library that was exported as JSON, taken into this one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from rehearse.cli.session import Session, json_option, pass_session, yes_option
from rehearse.cli.steps_bar import steps_bar
from rehearse.interview import Interview
from rehearse.presentation import wording
from rehearse.presentation.debrief_words import name as name_of
from rehearse.storage.document_file import DocumentFile
from rehearse.storage.exporting import sound_folder
from rehearse.storage.importing import Brought, take_in
from rehearse.storage.library_tables import (
    ATTEMPTS,
    CALIBRATIONS,
    INTERVIEWS,
    NEXT_INTERVIEW,
    PREFERENCES,
    QUESTIONS,
    TABLES,
)
from rehearse.storage.matching import Plan, planned

#: So many are named one by one.
_NAMED = 5
_NAMES = {
    QUESTIONS.section: "question",
    ATTEMPTS.section: "attempt",
    PREFERENCES.section: "choice between two",
    CALIBRATIONS.section: "calibration",
    INTERVIEWS.section: "interview",
}


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@yes_option
@json_option
@pass_session
def import_command(session: Session, file: Path, yes: bool, as_json: bool) -> None:
    """Bring in a library that was exported as JSON.

    The whole file is checked first; then all of it comes in, or nothing. What you have here stays as it is: questions
    you have already (by their text) get the attempts that are new, and doing it twice adds nothing. Interviews come
    along unless they were left out, and recordings where the folder FILE-sound lies beside the file.

    An interview that you went on with on the other machine is brought up to date, and so is the note of a question.
    Where you wrote different things on both, what is here stays, and you are told which one that is.

    \b
    Examples:
      rehearse export --format json --with-sound -o library.json     on the other machine
      rehearse import library.json
    """
    size = max(1, file.stat().st_size) if file.is_file() else 1
    with steps_bar(session, "Checking") as on_steps:
        document = DocumentFile.checked(file, lambda read: on_steps(read, size))
    with document, session.store() as store:
        _ask(session, document, planned(store, document, session.today()), yes=yes)
        with steps_bar(session, "Bringing it in") as on_steps:
            brought = take_in(store, document, sound_folder(file), session.today(), on_steps)
        differing = [each for each in store.interviews() if each.id in brought.differing[INTERVIEWS.section]]
    if as_json:
        session.show_json(_told(brought))
    else:
        _tell(session, brought, differing, file)


def _ask(session: Session, document: DocumentFile, plan: Plan, *, yes: bool) -> None:
    """Goes on where the library is empty, where nothing would change, or with the person's yes."""
    new = _counted({table.section: plan.new_count(document, table) for table in TABLES})
    renewed = _renewed({table.section: len(plan.fuller[table.name]) for table in TABLES})
    sounds = bool(plan.wanting) and sound_folder(document.file).is_dir()
    if plan.empty or not (new or renewed or sounds):
        return
    steps = [f"add {wording.listed(new)} to your library"] if new else []
    if renewed:
        steps.append(f"bring {wording.listed(renewed)} up to date")
    asked = ", and ".join(steps) or "add recordings that are not here yet"
    session.confirm(
        f"{asked[0].upper()}{asked[1:]}?",
        yes=yes,
        otherwise=f"To say yes: rehearse import {document.file} --yes",
    )


def _counted(counts: Mapping[str, int]) -> list[str]:
    """'2 questions', '1 attempt': each list that is not empty."""
    told = [wording.count(number, _NAMES[section]) for section in _NAMES if (number := counts.get(section, 0))]
    return [*told, *(["your next interview"] if counts.get(NEXT_INTERVIEW.section) else [])]


def _renewed(counts: Mapping[str, int]) -> list[str]:
    """The same of what is brought up to date: of a question, that is its note."""
    notes = counts[QUESTIONS.section]
    told = [f"the {'note' if notes == 1 else 'notes'} of {wording.count(notes, 'question')}"] if notes else []
    return [*told, *_counted({section: number for section, number in counts.items() if section != QUESTIONS.section})]


def _told(brought: Brought) -> dict[str, Any]:
    return {
        "added": brought.added,
        "already_here": brought.here,
        "brought_up_to_date": _numbered(brought.renewed),
        "differing": _numbered(brought.differing),
        "recordings_added": brought.sounds,
        "recordings_missing": [{"attempt": number, "file": name} for number, name in brought.missing],
        "no_longer_baseline": brought.ordinary,
        "same_numbers": brought.same_numbers,
    }


def _numbered(numbers: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """What is compared: notes of questions and interviews, by their numbers here, and whether the next one is meant."""
    return {
        QUESTIONS.section: numbers[QUESTIONS.section],
        INTERVIEWS.section: numbers[INTERVIEWS.section],
        NEXT_INTERVIEW.section: bool(numbers[NEXT_INTERVIEW.section]),
    }


def _tell(session: Session, brought: Brought, differing: Sequence[Interview], file: Path) -> None:
    added, here = brought.added, brought.here
    counts = _counted(added)
    if brought.sounds:
        counts.append(wording.count(brought.sounds, "recording"))
    renewed = _renewed({section: len(numbers) for section, numbers in brought.renewed.items()})
    if counts:
        session.note(f"Added: {', '.join(counts)}.")
    if renewed:
        session.note(f"Brought up to date: {', '.join(renewed)}.")
    if not (counts or renewed):
        session.note("Nothing to add.")
    if there := _counted(here):
        session.note(f"Here already, and left as they are: {', '.join(there)}.")
    _tell_differing(session, differing, next_one=bool(brought.differing[NEXT_INTERVIEW.section]))
    _tell_other_notes(session, brought.other_notes)
    for number in brought.ordinary:
        session.note(f"Attempt {number} is an ordinary one now: its question has another real answer here.")
    if brought.missing:
        _tell_missing(session, brought.missing, sound_folder(file))
    if counts or renewed:
        some = added[INTERVIEWS.section] or brought.renewed[INTERVIEWS.section] or differing
        interviews = "  ·  rehearse interviews" if some else ""
        session.note(f"See them:  rehearse questions  ·  rehearse attempts{interviews}")
    elif differing:
        session.note("See what is here:  rehearse interviews")


def _tell_differing(session: Session, interviews: Sequence[Interview], *, next_one: bool) -> None:
    """Which of them say something else in the file; what is here was kept."""
    alike = Counter(map(name_of, interviews))
    names = [name_of(each) + (f" (interview {each.id})" if alike[name_of(each)] > 1 else "") for each in interviews]
    if len(names) > _NAMED:
        names = [*names[:_NAMED], wording.count(len(names) - _NAMED, "more interview")]
    if next_one:
        names.append("your next interview")
    if not names:
        return
    told = wording.listed(names)
    if not (interviews and interviews[0].company):
        told = told[0].upper() + told[1:]
    differ, were, they = ("differs", "was", "it") if len(names) == 1 else ("differ", "were", "they")
    session.note(f"{told} {differ} here and {were} left as {they} {were}.")


def _tell_other_notes(session: Session, notes: Mapping[int, str]) -> None:
    """Questions whose note says something else in the file: the person sees both, and nothing of either is lost."""
    for number, note in list(notes.items())[:_NAMED]:
        session.note(f"The note of question {number} was left as it is here. In the file it is: {note}")
    if len(notes) > _NAMED:
        more = wording.count(len(notes) - _NAMED, "more note was left as it is", "more notes were left as they are")
        session.note(f"{more} here.")
    if notes:
        session.note(f'To change one:  rehearse edit {next(iter(notes))} --note "..."')


def _tell_missing(session: Session, missing: list[tuple[int, str]], folder: Path) -> None:
    named = ", ".join(f"{number} ({name})" for number, name in missing[:_NAMED])
    more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
    which = f"Attempt{'' if len(missing) == 1 else 's'} {named}{more}"
    session.note(
        f"{which} came without sound: words and numbers are here, but there is nothing to hear or to measure again."
    )
    if folder.is_dir():
        session.note(f"The file is not in {folder}, or is not the one that was exported.")
    else:
        session.note(f"To have the sound too, put the folder {folder.name} beside the file and import it again.")
