"""`add`: questions to practise, typed, from a file, or one of the sets that come along."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from rehearse.cli.questions import TARGET_HELP, TargetType, question_json
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.errors import QuestionInvalid
from rehearse.interview import plain_question
from rehearse.presentation.tables import question_sets
from rehearse.question import Question, QuestionDraft, Target, shortened
from rehearse.question_file import bundled_set, bundled_sets, questions_in
from rehearse.storage.store import Store


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
    _tell_added(session, added, doubled)


def _tell_added(session: Session, added: Sequence[Question], doubled: Sequence[Question]) -> None:
    """What was kept, at least one question, and what was there already; then the next step."""
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
    known: dict[str, Question] = {}
    for question in store.questions(include_archived=True):
        known.setdefault(plain_question(question.text), question)
    new: dict[str, QuestionDraft] = {}
    doubled: dict[int, Question] = {}
    for draft in drafts:
        plain = plain_question(draft.text)
        if plain in known:
            doubled[known[plain].id] = known[plain]
        else:
            new.setdefault(plain, draft)
    return list(new.values()), list(doubled.values())


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
