"""What the shell offers after Tab. It never fails or speaks: where the library cannot be read, it offers nothing."""

import click
from click.shell_completion import CompletionItem

from rehearse.errors import RehearseError


def complete_question(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from rehearse.cli.session import Session

    try:
        with Session().store() as store:
            questions = store.questions()
    except RehearseError:
        return []
    return [CompletionItem(str(q.id), help=q.text) for q in questions if str(q.id).startswith(incomplete)]


def complete_attempt(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from rehearse.cli.session import Session

    try:
        with Session().store() as store:
            texts = {q.id: q.text for q in store.questions(include_archived=True)}
            attempts = store.attempt_lines()
    except RehearseError:
        return []
    return [
        CompletionItem(str(a.id), help=texts.get(a.question_id, ""))
        for a in attempts
        if str(a.id).startswith(incomplete)
    ]


def complete_interview(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from rehearse.cli.session import Session

    try:
        with Session().store() as store:
            interviews = store.interviews()
    except RehearseError:
        return []
    return [CompletionItem(str(i.id), help=i.company) for i in interviews if str(i.id).startswith(incomplete)]
