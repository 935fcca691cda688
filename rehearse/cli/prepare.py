"""`prepare`: what the person wants to say to a question, the sentence to open with and the one to land on."""

from dataclasses import dataclass, replace

import click
from rich.text import Text

from rehearse.cli.app import EXIT_INTERRUPTED
from rehearse.cli.completion import complete_question
from rehearse.cli.conversation import Conversation, Wish
from rehearse.cli.questions import question_json
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.debrief import EMPTY
from rehearse.preparation import MOST_POINTS, Kind, kind_of
from rehearse.presentation import preparation_words
from rehearse.presentation.conversation import Page
from rehearse.presentation.live_screen import question_card
from rehearse.presentation.preparation_words import prompts_for
from rehearse.presentation.screen import indented
from rehearse.question import Question, QuestionDraft
from rehearse.storage.store import Store


@click.command("prepare")
@click.argument("question", shell_complete=complete_question)
@click.option(
    "--point",
    "points",
    multiple=True,
    help="A point you want to make; may be given several times. Replaces the points there were.",
)
@click.option("--open", "opening", help="The first sentence of your answer; '' for none.")
@click.option("--land", "landing", help="The last sentence of your answer; '' for none.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    help="Which prompts; without it, the question's tags and words decide.",
)
@json_option
@pass_session
def prepare_command(
    session: Session,
    question: str,
    points: tuple[str, ...],
    opening: str | None,
    landing: str | None,
    kind: str | None,
    as_json: bool,
) -> None:
    """Write down what you want to say: a few points, and your first and last sentence.

    It asks for the parts that an answer to such a question has. The words are yours, and you see them while you
    practise. With --point, --open or --land nothing is asked.

    \b
    Examples:
      rehearse prepare 3
      rehearse prepare 3 --point "what I did" --open "It was about a date."
    """
    with session.store() as store:
        found = store.find_question(question)
        if points or opening is not None or landing is not None:
            found = _kept(
                store,
                replace(
                    found,
                    points=points or found.points,
                    opening=found.opening if opening is None else opening,
                    landing=found.landing if landing is None else landing,
                ),
            )
            stopped = False
        else:
            asked = _Preparation(session, store, found, Kind(kind) if kind else kind_of(found))
            found, stopped = asked.talked_through(found)
        count = store.attempt_counts().get(found.id, 0)
    if as_json:
        session.show_json(question_json(session, found, count))
        return
    if not stopped:
        session.show(indented(Text(), question_card(found, session.target(found)), Text()))
    session.note(preparation_words.stopped(found) if stopped else preparation_words.prepared(found))


def _kept(store: Store, question: Question) -> Question:
    """The question kept with spaces tidied and empty points left out."""
    draft = QuestionDraft(
        text=question.text, points=question.points, opening=question.opening, landing=question.landing
    ).checked()
    return store.change_question(replace(question, points=draft.points, opening=draft.opening, landing=draft.landing))


@dataclass(frozen=True, slots=True)
class _Slots:
    """What is there for each prompt, '' for nothing: the points, then the opening and the landing sentence."""

    points: tuple[str, ...]
    opening: str
    landing: str

    @classmethod
    def of(cls, question: Question, kind: Kind) -> "_Slots":
        count = max(
            len(prompts_for(kind, question.text)), min(MOST_POINTS, len(question.points) + 1), len(question.points)
        )
        points = (*question.points, *[""] * (count - len(question.points)))
        return cls(points, question.opening, question.landing)

    def __len__(self) -> int:
        return len(self.points) + 2

    def __getitem__(self, number: int) -> str:
        return (*self.points, self.opening, self.landing)[number]

    def with_said(self, number: int, line: str) -> "_Slots":
        """An empty line leaves what is there; '-' empties it."""
        entries = [*self.points, self.opening, self.landing]
        if line:
            entries[number] = "" if line == EMPTY else line
        return _Slots(tuple(entries[:-2]), entries[-2], entries[-1])

    def in_question(self, question: Question) -> Question:
        return replace(question, points=self.points, opening=self.opening, landing=self.landing)


class _Preparation:
    """The conversation; what was said is in the library after each line."""

    def __init__(self, session: Session, store: Store, question: Question, kind: Kind) -> None:
        self._session = session
        self._store = store
        self._kind = kind
        at_once = f'Say it at once: rehearse prepare {question.id} --point "..." --open "..."'
        self._talk = Conversation(session, "Preparing an answer", at_once)

    def talked_through(self, question: Question) -> tuple[Question, bool]:
        """The question as it is kept then, and whether the person stopped before the end."""
        slots, number = _Slots.of(question, self._kind), 0
        self._talk.show(Text(), question_card(question, self._session.target(question)))
        self._talk.explain_keys(preparation_words.BEGINNING)
        self._talk.show(Text(preparation_words.kind_told(self._kind, question.text, list(Kind)), style="dim"))
        try:
            while number < len(slots):
                reply = self._talk.ask(self._page(question, slots, number))
                if reply is Wish.STOP:
                    return question, True
                if isinstance(reply, Wish):
                    number = max(0, number - 1)
                    continue
                slots = slots.with_said(number, reply)
                question = _kept(self._store, slots.in_question(question))
                number += 1
        except KeyboardInterrupt:
            self._session.show("")
            self._session.note(preparation_words.stopped(question))
            raise click.exceptions.Exit(EXIT_INTERRUPTED) from None
        return question, False

    def _page(self, question: Question, slots: _Slots, number: int) -> Page:
        if number < len(slots.points):
            return preparation_words.point_page(self._kind, question.text, number, slots[number])
        which = "opening" if number == len(slots.points) else "landing"
        return preparation_words.sentence_page(which, slots[number])
