"""`add`, `questions`, `edit`, `archive`: the questions a person practises."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from rehearse.cli.completion import complete_question
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.errors import QuestionInvalid
from rehearse.presentation.tables import questions_table
from rehearse.question import Question, QuestionDraft, Target, parse_target


class TargetType(click.ParamType[Target]):
    """A length to aim for, such as 90, 1:30 or 60-120."""

    name = "length"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Target:
        if isinstance(value, Target):
            return value
        try:
            return parse_target(str(value))
        except QuestionInvalid as error:
            self.fail(f"{error.message} {error.hint}", param, ctx)


TARGET_HELP = "The longest you want to speak, such as 90 or 1:30; or a range, such as 60-120."


def question_json(session: Session, question: Question, attempt_count: int = 0) -> dict[str, Any]:
    target = session.target(question)
    return {
        "id": question.id,
        "text": question.text,
        "target_s": target.high_s,
        "target_low_s": target.low_s,
        "target_is_default": question.target is None,
        "points": list(question.points),
        "tags": list(question.tags),
        "note": question.note,
        "attempt_count": attempt_count,
        "archived": question.archived_at is not None,
        "created_at": question.created_at.isoformat(),
    }


@click.command("add")
@click.argument("text", nargs=-1)
@click.option("--target", type=TargetType(), help=TARGET_HELP)
@click.option("--point", "points", multiple=True, help="A point you want to make; may be given several times.")
@click.option("--tag", "tags", multiple=True, help="A word to find it by; may be given several times.")
@click.option("--note", default="", help="What went wrong last time, in your words.")
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A text file with one question a line.",
)
@json_option
@pass_session
def add_command(
    session: Session,
    text: tuple[str, ...],
    target: Target | None,
    points: tuple[str, ...],
    tags: tuple[str, ...],
    note: str,
    file: Path | None,
    as_json: bool,
) -> None:
    """Keep a question to practise.

    \b
    Example:
      rehearse add "Why do you want to leave?" --target 60-90 --note "rambled"
    """
    if bool(text) == (file is not None):
        raise click.UsageError("Say the question, or name a --file of questions.")
    texts = _lines(file) if file else [" ".join(text)]
    drafts = [QuestionDraft(text=t, target=target, points=points, tags=tags, note=note).checked() for t in texts]
    with session.store() as store:
        known = {question.text.casefold(): question for question in store.questions(include_archived=True)}
        doubled = [known[draft.text.casefold()] for draft in drafts if draft.text.casefold() in known]
        if doubled and len(drafts) == len(doubled):
            raise QuestionInvalid(
                f"You have that question already: it is number {doubled[0].id}.",
                f"Practise it: rehearse practice {doubled[0].id}   or change it: rehearse edit {doubled[0].id}",
            )
        new = [draft for draft in drafts if draft.text.casefold() not in known]
        added = [store.add_question(draft, session.now()) for draft in new]
    if as_json:
        rows = [question_json(session, question) for question in added]
        session.show_json(rows if file else rows[0])
        return
    for question in doubled:
        session.note(f"Question {question.id} was there already: {question.text}")
    for question in added:
        session.note(f"Kept as question {question.id}.")
    session.note(f"Answer it aloud:  rehearse practice {added[0].id}")


def _lines(file: Path) -> list[str]:
    try:
        lines = [line for line in file.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except UnicodeDecodeError as error:
        raise QuestionInvalid(
            f"{file.name} is not plain text.", "Save it as text (UTF-8), with one question a line."
        ) from error
    except OSError as error:
        raise QuestionInvalid(f"{file} cannot be read.", "Are you allowed to open it?") from error
    if not lines:
        raise QuestionInvalid(f"{file.name} holds no questions.", "Write one question a line.")
    return [line for line in lines if not line.lstrip().startswith("#")] or lines


@click.command("questions")
@click.option("--all", "everything", is_flag=True, help="Archived ones too.")
@click.option("--tag", help="Only those with this tag.")
@json_option
@pass_session
def questions_command(session: Session, everything: bool, tag: str | None, as_json: bool) -> None:
    """List your questions, and how often you practised each."""
    with session.store() as store:
        questions = store.questions(include_archived=everything)
        counts = store.attempt_counts()
    questions = tuple(q for q in questions if tag is None or tag.casefold() in (t.casefold() for t in q.tags))
    if as_json:
        session.show_json([question_json(session, q, counts.get(q.id, 0)) for q in questions])
    elif questions:
        session.show(questions_table([(q, session.target(q), counts.get(q.id, 0)) for q in questions]))
    else:
        session.note("No questions yet." if tag is None else f"No question has the tag '{tag}'.")
        session.note('Keep the one that went badly:  rehearse add "Why should we hire you?"')


@click.command("edit")
@click.argument("question", shell_complete=complete_question)
@click.option("--text", help="The question in other words.")
@click.option("--target", type=TargetType(), help=TARGET_HELP)
@click.option("--no-target", is_flag=True, help="Aim for the default length again.")
@click.option("--point", "points", multiple=True, help="Replaces all points; may be given several times.")
@click.option("--tag", "tags", multiple=True, help="Replaces all tags; may be given several times.")
@click.option("--note", help="What went wrong last time; '' to clear it.")
@json_option
@pass_session
def edit_command(
    session: Session,
    question: str,
    text: str | None,
    target: Target | None,
    no_target: bool,
    points: tuple[str, ...],
    tags: tuple[str, ...],
    note: str | None,
    as_json: bool,
) -> None:
    """Change a question: its words, target, points or note.

    \b
    Example:
      rehearse edit 3 --target 90 --point "what I did" --point "what came of it"
    """
    if no_target and target:
        raise click.UsageError("--target and --no-target cannot both be meant.")
    with session.store() as store:
        old = store.find_question(question)
        draft = QuestionDraft(
            text=old.text if text is None else text,
            target=None if no_target else target or old.target,
            points=points or old.points,
            tags=tags or old.tags,
            note=old.note if note is None else note,
        ).checked()
        changed = store.change_question(
            replace(old, text=draft.text, target=draft.target, points=draft.points, tags=draft.tags, note=draft.note)
        )
        count = store.attempt_counts().get(old.id, 0)
    if as_json:
        session.show_json(question_json(session, changed, count))
    else:
        session.show(questions_table([(changed, session.target(changed), count)]))


@click.command("archive")
@click.argument("question", shell_complete=complete_question)
@click.option("--restore", is_flag=True, help="Bring an archived question back.")
@json_option
@pass_session
def archive_command(session: Session, question: str, restore: bool, as_json: bool) -> None:
    """Put a question away without losing its attempts.

    \b
    Example:
      rehearse archive 3            rehearse archive 3 --restore
    """
    with session.store() as store:
        found = store.find_question(question)
        if restore:
            store.restore_question(found.id)
        else:
            store.archive_question(found.id, session.now())
        changed = store.question(found.id)
    if as_json:
        session.show_json(question_json(session, changed))
    elif restore:
        session.note(f"Question {found.id} is back on the list.")
    else:
        session.note(f"Question {found.id} is put away. To bring it back:  rehearse archive {found.id} --restore")
