"""`tics`: words of a person's own that may be fillers, proposed from what they have said so far."""

import shlex
from typing import Any

import click

from rehearse.cli.listening import language_option
from rehearse.cli.session import Session, json_option, pass_session
from rehearse.cli.settings_file import count_as_fillers
from rehearse.errors import SettingsInvalid
from rehearse.measurement.tics import LEAST_ATTEMPTS, LEAST_QUESTIONS, Spoken, Tic, enough, tics
from rehearse.measurement.words import phrase_of
from rehearse.presentation import wording

#: More would be a list to wade through.
_MOST_SHOWN = 10


@click.command("tics")
@click.option("--add", "added", multiple=True, metavar="WORD", help="Count this word or phrase as a filler of yours.")
@language_option
@json_option
@pass_session
def tics_command(session: Session, added: tuple[str, ...], as_json: bool) -> None:
    """Find words you say far more often than most people do.

    They are looked for in your attempts so far. You decide whether one counts as a filler of yours.

    \b
    Examples:
      rehearse tics
      rehearse tics --add honestly --add "to be honest"
    """
    if added:
        _add(session, added, as_json)
        return
    language = session.settings.transcription.language
    answers = _answers(session, language)
    reason = _why_none(answers, language)
    found: tuple[Tic, ...] = ()
    if not reason:
        from rehearse.transcription.ordinary_english import ordinary_share

        fillers = session.settings.fillers
        found = tics(answers, ordinary_share(), fillers.also, fillers.never)[:_MOST_SHOWN]
        reason = "" if found else "Nothing stands out: you say no word or phrase far more than most people do."
    if as_json:
        session.show_json(_json(found, answers, language, reason))
    elif reason:
        session.note(reason)
    else:
        _show(session, found, any(answer.transcript.engine.name == "draft" for answer in answers))


def _add(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    fillers, file = session.settings.fillers, session.settings.config_file
    have, never = ({phrase_of(text) for text in texts} for texts in (fillers.also, fillers.never))
    new: dict[tuple[str, ...], str] = {}
    for word in words:
        phrase = phrase_of(word)
        if not phrase:
            raise click.UsageError(f"'{wording.shown(word)}' has no word in it.")
        if phrase in never:
            raise SettingsInvalid(
                f"'{word}' is under 'never' in your settings, and 'never' goes first.",
                f"Take it out there first: [fillers] in {file}",
            )
        if phrase not in have:
            new.setdefault(phrase, " ".join(word.split()))
    if new:
        count_as_fillers(file, list(new.values()))
    if as_json:
        session.show_json({"added": list(new.values()), "also": [*fillers.also, *new.values()]})
    elif new:
        named = ", ".join(f"'{word}'" for word in new.values())
        session.note(f"{named} {'counts' if len(new) == 1 else 'count'} as a filler of yours from now on.")
        session.note("For the answers kept so far:  rehearse remeasure")
        session.note(f"To undo it, take it out of 'also' under [fillers] in {file}")
    else:
        session.note("That counts as a filler of yours already.")


def _answers(session: Session, language: str) -> list[Spoken]:
    """What was said in that language in every attempt that still has its words."""
    with session.store() as store:
        questions = {question.id: question for question in store.questions(include_archived=True)}
        spoken = [(line.question_id, store.transcript(line.id)) for line in store.attempt_lines()]
    return [
        Spoken(
            question_id=number,
            subject=(questions[number].text, *questions[number].points),
            transcript=transcript,
        )
        for number, transcript in spoken
        if transcript is not None and transcript.words and transcript.language == language
    ]


def _why_none(answers: list[Spoken], language: str) -> str:
    if language != "en":
        return "This works for English only. You can name words of your own:  rehearse tics --add WORD"
    if enough(answers):
        return ""
    have = wording.count(len(answers), "attempt")
    questions = wording.count(len({answer.question_id for answer in answers}), "question")
    return (
        f"Too little to tell yet: {have} at {questions} with words in English. With {LEAST_ATTEMPTS} attempts at"
        f" {LEAST_QUESTIONS} questions, a habit shows, whatever you talk about."
    )


def _show(session: Session, found: tuple[Tic, ...], draft: bool) -> None:
    from rich.text import Text

    session.show(Text("You say these far more often than most people do:\n"))
    width = max(len(tic.text) for tic in found)
    for tic in found:
        where = f"in {tic.attempt_count} of {tic.attempts_in_all} attempts, {wording.count(tic.count, 'time')}"
        session.show(Text(f"  {wording.filler_name(tic.text):{width}}  {where}, {_times(tic.times_usual)} the usual"))
    if draft:
        session.note("Some of these words were heard by the rough recogniser: listen before you believe the counts.")
    session.note("A habit is not a fault. To have one counted as a filler:")
    word = wording.filler_name(found[0].text)
    session.note(f"  rehearse tics --add {shlex.quote(word)}")


def _times(times: float) -> str:
    return f"about {round(times)} times" if times < 100 else "more than 100 times"


def _json(found: tuple[Tic, ...], answers: list[Spoken], language: str, reason: str) -> dict[str, Any]:
    rows = [
        {
            "text": tic.text,
            "attempt_count": tic.attempt_count,
            "attempts_in_all": tic.attempts_in_all,
            "count": tic.count,
            "times_usual": round(tic.times_usual, 1),
        }
        for tic in found
    ]
    return {"language": language, "attempts": len(answers), "tics": rows, "reason": reason or None}
