"""`questions`, `edit`, `archive`: the questions a person practises, as they are kept."""

from dataclasses import fields, replace
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
        "opening": question.opening,
        "landing": question.landing,
        "attempt_count": attempt_count,
        "archived": question.archived_at is not None,
        "created_at": question.created_at.isoformat(),
    }


@click.command("questions")
@click.option("--all", "everything", is_flag=True, help="Show archived questions too.")
@click.option("--tag", help="Show only questions with this tag.")
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
@click.option("--text", help="The new text of the question.")
@click.option("--target", type=TargetType(), help=TARGET_HELP)
@click.option("--no-target", is_flag=True, help="Aim for the default length again.")
@click.option("--point", "points", multiple=True, help="Replaces all points; may be given several times.")
@click.option("--tag", "tags", multiple=True, help="Replaces all tags; may be given several times.")
@click.option("--note", help="What went wrong last time; '' to clear it.")
@click.option("--open", "opening", help="The first sentence of your answer; '' for none.")
@click.option("--land", "landing", help="The last sentence of your answer; '' for none.")
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
    opening: str | None,
    landing: str | None,
    as_json: bool,
) -> None:
    """Change a question: its words, target, points or note.

    \b
    Example:
      rehearse edit 3 --target 90 --point "what I did" --point "what came of it"
    """
    if no_target and target:
        raise click.UsageError("Choose one of the two: --target or --no-target.")
    with session.store() as store:
        old = store.find_question(question)
        draft = QuestionDraft(
            text=old.text if text is None else text,
            target=None if no_target else target or old.target,
            points=points or old.points,
            tags=tags or old.tags,
            note=old.note if note is None else note,
            opening=old.opening if opening is None else opening,
            landing=old.landing if landing is None else landing,
        ).checked()
        changed = store.change_question(
            replace(old, **{field.name: getattr(draft, field.name) for field in fields(draft)})
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
