"""`add`, `questions`, `edit`, `archive`: the questions a person practises."""

import random
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import click

from rehearse.cli.completion import complete_question
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.errors import QuestionInvalid
from rehearse.interview import plain_question
from rehearse.presentation.tables import question_sets, questions_table
from rehearse.question import Question, QuestionDraft, Target, parse_target, shortened
from rehearse.question_file import bundled_set, bundled_sets, questions_in
from rehearse.storage.store import Store


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


@click.command("add")
@click.argument("text", nargs=-1)
@click.option("--target", type=TargetType(), help=TARGET_HELP)
@click.option("--point", "points", multiple=True, help="A point you want to make; may be given several times.")
@click.option("--tag", "tags", multiple=True, help="A word to find it by; may be given several times.")
@click.option("--note", default="", help="What went wrong last time, in your words.")
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path),
    help="A file with one question a line; or TOML, see the README.",
)
@click.option("--set", "set_name", metavar="NAME", help="One of the sets of questions that come along; see --sets.")
@click.option("--sets", is_flag=True, help="List those sets.")
@click.option("--shuffle", is_flag=True, help="Keep the questions of a file or set in a random order.")
@click.option("--anyway", is_flag=True, help="Keep it even where you have the same question already.")
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
    set_name: str | None,
    sets: bool,
    shuffle: bool,
    anyway: bool,
    as_json: bool,
) -> None:
    """Keep a question to practise, or many at once.

    \b
    Examples:
      rehearse add "Why do you want to leave?" --target 60-90 --note "rambled"
      rehearse add --set behavioural
    """
    if sets:
        _list_sets(session, as_json)
        return
    drafts = [
        replace(
            draft,
            target=target or draft.target,
            points=(*draft.points, *points),
            tags=(*draft.tags, *tags),
            note=note or draft.note,
        ).checked()
        for draft in _drafts(file, set_name, text)
    ]
    if shuffle:
        random.shuffle(drafts)
    with session.store() as store:
        new, doubled = (drafts, []) if anyway else _told_apart(store, drafts)
        if doubled and not new:
            raise _all_there(doubled)
        added = [store.add_question(draft, session.now()) for draft in new]
    if as_json:
        rows = [question_json(session, question) for question in added]
        session.show_json(rows[0] if text else rows)
        return
    for question in doubled:
        session.note(f"Question {question.id} was there already: {shortened(question.text)}")
    if len(added) == 1:
        session.note(f"Kept as question {added[0].id}.")
        session.note(f"Answer it aloud:  rehearse practice {added[0].id}")
        return
    session.note(f"Kept as questions {added[0].id} to {added[-1].id}. To see them:  rehearse questions")
    session.note(f"Answer the first aloud:  rehearse practice {added[0].id}")


def _told_apart(store: Store, drafts: list[QuestionDraft]) -> tuple[list[QuestionDraft], list[Question]]:
    """Those that are new, and the questions there are already that the others are the same as, as in a debrief."""
    known = {plain_question(question.text): question for question in store.questions(include_archived=True)}
    new = {plain_question(draft.text): draft for draft in reversed(drafts) if plain_question(draft.text) not in known}
    doubled = [known[plain] for draft in drafts if (plain := plain_question(draft.text)) in known]
    return [draft for draft in drafts if draft in new.values()], doubled


def _all_there(doubled: list[Question]) -> QuestionInvalid:
    all_of_them = f"all {len(doubled)} of these questions already: the first" if len(doubled) > 1 else ""
    first = doubled[0].id
    return QuestionInvalid(
        f"You have {all_of_them or 'that question already: it'} is number {first}.",
        f"Practise it: rehearse practice {first}   or change it: rehearse edit {first}\nTo keep both, add --anyway.",
    )


def _drafts(file: Path | None, set_name: str | None, texts: tuple[str, ...]) -> tuple[QuestionDraft, ...]:
    if (bool(texts), file is not None, set_name is not None).count(True) != 1:
        raise click.UsageError("Write the question, or name a --file of questions, or a --set of them.")
    if file is not None:
        return questions_in(file)
    return bundled_set(set_name).questions if set_name else (QuestionDraft(text=" ".join(texts)),)


def _list_sets(session: Session, as_json: bool) -> None:
    sets = bundled_sets()
    if as_json:
        rows = [{"name": s.name, "title": s.title, "questions": [q.text for q in s.questions]} for s in sets]
        session.show_json(rows)
        return
    session.show(question_sets(sets))
    session.note("To have one:  rehearse add --set " + sets[0].name)


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
