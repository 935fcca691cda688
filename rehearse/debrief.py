"""The conversation after an interview, as a pure machine: an interview and one line typed give the interview after it.

All of its state is the interview itself, so that it can be stopped anywhere, kept, and gone on with as if nothing had
been. Every step takes an empty line: it leaves what is there as it is. '-' empties it.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from rehearse.errors import InterviewInvalid
from rehearse.interview import AskedQuestion, Interview, Reason, parse_day, parse_rough_length, same_question

#: As many prompts for what went well as for all that is said freely of what went badly, and one more.
WELL_PROMPTS = 3
#: Typed in place of an answer, it empties what was said before.
EMPTY = "-"


class Step(StrEnum):
    """The steps in their order; those of one question come once for each that was hard."""

    COMPANY = "company"
    ROLE = "role"
    ON = "on"
    WHO = "who"
    ACKNOWLEDGEMENT = "acknowledgement"
    WELL = "well"
    QUESTIONS = "questions"
    HARD = "hard"
    WHY = "why"
    LENGTH = "length"
    RECORDINGS = "recordings"
    IN_CONTROL = "in-control"
    NOT_IN_CONTROL = "not-in-control"
    AGAIN = "again"
    NOTES = "notes"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Place:
    """
    number  which prompt of WELL, or which question of WHY and LENGTH, from 0; 0 elsewhere
    """

    step: Step
    number: int = 0

    def __str__(self) -> str:
        return f"{self.step} {self.number}"


def begun(started_at: datetime, acknowledgement: int) -> Interview:
    """A debrief at its first step; nothing is said yet."""
    first = Place(Step.COMPANY)
    return Interview(started_at=started_at, at=str(first), acknowledgement=acknowledgement)


def reopened(interview: Interview) -> Interview:
    """The interview with its debrief open: where it was stopped, else at the first step."""
    return interview if interview.at else replace(interview, at=str(Place(Step.COMPANY)))


def places(interview: Interview) -> tuple[Place, ...]:
    """Every step of the debrief as it stands. One that is only edited needs no acknowledgement."""
    before = [Step.COMPANY, Step.ROLE, Step.ON, Step.WHO]
    if interview.finished_at is None:
        before.append(Step.ACKNOWLEDGEMENT)
    well = [Place(Step.WELL, number) for number in range(max(WELL_PROMPTS, len(interview.went_well)))]
    found = [*(Place(step) for step in before), *well, Place(Step.QUESTIONS)]
    if interview.asked:
        found.append(Place(Step.HARD))
        hard = [number for number, asked in enumerate(interview.asked) if asked.hard]
        found += [Place(step, number) for number in hard for step in (Step.WHY, Step.LENGTH)]
        if hard:
            found.append(Place(Step.RECORDINGS))
    found += [Place(Step.IN_CONTROL), Place(Step.NOT_IN_CONTROL)]
    if interview.asked:
        found.append(Place(Step.AGAIN))
    return (*found, Place(Step.NOTES), Place(Step.DONE))


def place_of(interview: Interview) -> Place:
    """Where its debrief stands."""
    here = next((place for place in places(interview) if str(place) == interview.at), None)
    # Only a library changed by hand names a place that is not there: the list of questions always is.
    return here or Place(Step.QUESTIONS)


def back(interview: Interview) -> Interview:
    """One step back; at the first it stays."""
    all_places = places(interview)
    number = all_places.index(place_of(interview))
    return replace(interview, at=str(all_places[max(0, number - 1)]))


def said(interview: Interview, line: str, today: date) -> Interview:
    """What the interview is after the line was typed at its place, and where it stands then.

    Raises InterviewInvalid where the line cannot be meant; nothing has changed then.
    """
    place = place_of(interview)
    # The name of a file may hold any spaces.
    line = line.strip() if place.step is Step.RECORDINGS else " ".join(line.split())
    changed = _said_at(place, interview, line, today) if line else interview
    if line and place.step in (Step.QUESTIONS, Step.RECORDINGS):
        # One line each, until an empty one.
        return replace(changed, at=str(place))
    all_places = places(changed)
    following = all_places[min(all_places.index(place) + 1, len(all_places) - 1)]
    return replace(changed, at=str(following))


#: The texts that a step simply keeps.
_TEXTS = {
    Step.COMPANY: "company",
    Step.ROLE: "role",
    Step.WHO: "who",
    Step.IN_CONTROL: "in_my_control",
    Step.NOT_IN_CONTROL: "not_in_my_control",
    Step.NOTES: "notes",
}


def present(interview: Interview, place: Place) -> str:
    """What is there already of a text step, '' where nothing is."""
    if place.step in _TEXTS:
        text: str = getattr(interview, _TEXTS[place.step])
        return text
    if place.step is Step.WELL:
        return interview.went_well[place.number] if place.number < len(interview.went_well) else ""
    if place.step is Step.ON:
        return interview.on.isoformat() if interview.on else ""
    return ""


def _said_at(place: Place, interview: Interview, line: str, today: date) -> Interview:
    text = "" if line == EMPTY else line
    if place.step in _TEXTS:
        changes: dict[str, str] = {_TEXTS[place.step]: text}
        return replace(interview, **changes)  # type: ignore[arg-type]
    match place.step:
        case Step.ON:
            return replace(interview, on=parse_day(text, today) if text else None)
        case Step.WELL:
            well = [*interview.went_well, *[""] * (place.number + 1 - len(interview.went_well))]
            well[place.number] = text
            return replace(interview, went_well=tuple(well))
        case Step.QUESTIONS:
            return replace(interview, asked=_listed(interview.asked, line))
        case Step.HARD:
            hard = numbers_in(line, len(interview.asked))
            return replace(
                interview, asked=tuple(replace(a, hard=number in hard) for number, a in enumerate(interview.asked))
            )
        case Step.AGAIN:
            again = numbers_in(line, len(interview.asked), only_one=True)
            return replace(
                interview, asked=tuple(replace(a, again=number in again) for number, a in enumerate(interview.asked))
            )
        case Step.RECORDINGS:
            return replace(interview, asked=_recorded(interview.asked, line))
        case Step.WHY | Step.LENGTH:
            asked = list(interview.asked)
            asked[place.number] = _of_one(place.step, asked[place.number], text)
            return replace(interview, asked=tuple(asked))
        case _:
            return interview


_Asked: TypeAlias = tuple[AskedQuestion, ...]


def _listed(asked: _Asked, line: str) -> _Asked:
    """The list with one more question; '-' takes the last one off again, '-2' the second."""
    if taken := re.fullmatch(r"-\s*(\d*)", line):
        number = int(taken[1]) if taken[1] else len(asked)
        if not 1 <= number <= len(asked):
            raise InterviewInvalid("There is no such question on the list.", "Go on with the next one you remember.")
        return (*asked[: number - 1], *asked[number:])
    if any(same_question(each.text, line) for each in asked):
        raise InterviewInvalid("That one is on the list already.", "Go on with the next one you remember.")
    return (*asked, AskedQuestion(text=line))


def _recorded(asked: _Asked, line: str) -> _Asked:
    """'2 answer.m4a': the second question's real answer lies in that file; '2 -' takes it off."""
    parts = re.fullmatch(r"(\d{1,4})\s+(.+)", line)
    if line == EMPTY:
        return tuple(replace(each, recording="") for each in asked)
    if parts is None or not 1 <= int(parts[1]) <= len(asked):
        raise InterviewInvalid("That is not the number of a question and a file.", "For example: 2 answer.m4a")
    number, file = int(parts[1]) - 1, parts[2].strip("'\"")
    recorded = replace(asked[number], recording="" if file == EMPTY else file)
    return (*asked[:number], recorded, *asked[number + 1 :])


def _of_one(step: Step, asked: AskedQuestion, text: str) -> AskedQuestion:
    if step is Step.LENGTH:
        return replace(asked, roughly_s=parse_rough_length(text) if text else None)
    why, own_words = reasons_in(text)
    return replace(asked, why=why, what_happened=own_words)


def reasons_in(text: str) -> tuple[tuple[Reason, ...], str]:
    """The reasons named by their numbers or names ('1 3', 'rambled, nerves'), or OTHER with the person's own words.

    Raises InterviewInvalid for a number that no reason has.
    """
    if not text:
        return (), ""
    if re.fullmatch(r"[\d\s,;.&+-]+", text):
        chosen = numbers_in(text, len(Reason))
        return tuple(reason for number, reason in enumerate(Reason) if number in chosen), ""
    words = [word.strip().casefold() for word in re.split(r"[,;]", text) if word.strip()]
    if all(word in list(Reason) for word in words):
        return tuple(reason for reason in Reason if reason in words), ""
    return (Reason.OTHER,), text


def numbers_in(line: str, count: int, *, only_one: bool = False) -> frozenset[int]:
    """Places, from 0, of the numbers from 1 to count in '1 3', '1,3', '2-4', 'all' or 'none'.

    Raises InterviewInvalid for anything else, and for several where only one is wanted.
    """
    plain = line.casefold().strip()
    if plain in (EMPTY, "none", "no", "0"):
        return frozenset()
    found: set[int] = set(range(count)) if plain == "all" else set()
    parts = re.split(r"[\s,;&+.]+", re.sub(r"\s*-\s*", "-", plain).replace("and", " ").strip())
    for part in parts if plain != "all" else ():
        match = re.fullmatch(r"(\d{1,4})(?:-(\d{1,4}))?", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= count:
            raise InterviewInvalid(f"'{line}' is not one of the numbers.", _among(count, only_one))
        found.update(range(first - 1, last))
    if only_one and len(found) > 1:
        raise InterviewInvalid("One is enough here.", "Type one number, or press Enter to go on.")
    return frozenset(found)


def _among(count: int, only_one: bool) -> str:
    if count == 1:
        return "There is only number 1."
    return f"The numbers go from 1 to {count}" + (". One is enough." if only_one else f", such as: 1 {count}")
