"""One self-contained page of all that was practised: values in, HTML text out. It loads nothing from anywhere.

Everything a person or a recogniser wrote passes the template's escaping, and before it the same signs for control
characters as on the screen. The page has one style sheet and one script, both inside it and known to the browser by
their hashes; whatever else would run in it is refused by its policy.
"""

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from rehearse.presentation import wording
from rehearse.presentation.report_attempt import attempt
from rehearse.presentation.report_pairs import option, pair
from rehearse.presentation.report_trends import charts, glance, kinds, left_out, sentence
from rehearse.presentation.report_values import MARK, Answer, PractisedQuestion

if TYPE_CHECKING:
    from jinja2 import Environment


def report(
    asked: Sequence[PractisedQuestion], *, made_at: datetime, timezone: tzinfo | None, sound_beside: bool = False
) -> str:
    """The page as HTML.

    asked         at least one question, in the order they are to stand in
    sound_beside  whether the recordings are files beside the page, and not inside it
    """
    environment = _environment()
    style, script = (_source(environment, name) for name in ("report.css", "report.js"))
    answers = [answer for each in asked for answer in each.answers]
    return environment.get_template("report.html").render(
        mark=MARK,
        policy=_policy(style, script, sound_beside),
        style=style,
        script=script,
        title="Your answers" if len(asked) > 1 else asked[0].question.text,
        made=f"{wording.day(made_at, timezone)} {made_at.astimezone(timezone).year}",
        attempts=wording.count(len(answers), "attempt"),
        questions=wording.count(len(asked), "question"),
        heard=sum(bool(answer.sound.href) for answer in answers),
        sound_beside=sound_beside,
        glances=[glance(each, timezone, made_at) for each in asked] if len(asked) > 1 else [],
        # Of many questions one answer each is enough to begin with.
        asked=[_question(each, 2 if len(asked) == 1 else 1, timezone, made_at) for each in asked],
    )


def _question(asked: PractisedQuestion, open_count: int, timezone: tzinfo | None, today: datetime) -> dict[str, Any]:
    newest_first = asked.answers[::-1]
    chosen, drawn = _chosen(asked), charts(asked, timezone, today)
    measured = [answer for answer in asked.answers if answer.attempt.measures]
    return {
        "id": asked.question.id,
        "text": asked.question.text,
        "aim": wording.target_band(asked.target),
        "note": asked.question.note,
        "points": asked.question.points,
        "trend": sentence(asked, timezone),
        "charts": drawn,
        "has_trend": any(chart["has_trend"] for chart in drawn),
        "kinds": kinds(asked),
        "against_the_clock": left_out(asked),
        "attempts": [attempt(answer, asked.target, timezone, today) for answer in newest_first],
        "open_count": open_count,
        "pairs": [pair(held, asked.target, timezone, today) for held in asked.pairs],
        "options": [option(answer, timezone, today) for answer in chosen],
        "left_out": len(measured) - len(chosen),
    }


def _chosen(asked: PractisedQuestion) -> list[Answer]:
    numbers = {answer.attempt.id for held in asked.pairs for answer in (held.earlier, held.later)}
    return [answer for answer in asked.answers if answer.attempt.id in numbers]


def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("rehearse.presentation"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )


def _visible(value: Any) -> Any:
    """Text that is still to be escaped, with its control characters made visible; markup made here as it is."""
    return wording.shown(value) if type(value) is str else value


def _source(environment: "Environment", name: str) -> str:
    assert environment.loader is not None, "it was made with one"
    # A browser reads the ends of lines as they are on any system before it takes the hash.
    return environment.loader.get_source(environment, name)[0].replace("\r\n", "\n")


def _policy(style: str, script: str, sound_beside: bool) -> str:
    """Nothing is loaded and nothing runs but what is in the page; sound may lie in it, or beside it."""
    sound = "'self' file:" if sound_beside else "data:"
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; media-src {sound};"
        " base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
