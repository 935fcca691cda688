"""A real interview as its person remembers it: what went well, what was asked, what was hard. Values only."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from rehearse.errors import InterviewInvalid

LONGEST_ANSWER_S = 3600.0
#: A bare number up to this is minutes, beyond it seconds: nobody speaks for 25 minutes, or for 5 seconds.
_LAST_MINUTES = 20


class Reason(StrEnum):
    """What made a question hard, in the order in which they are offered."""

    RAMBLED = "rambled"
    BLANKED = "blanked"
    NO_VALUE = "could not explain my value"
    WRONG_EXAMPLE = "wrong example"
    CUT_OFF = "cut off"
    NERVES = "nerves"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """One question of an interview.

    hard           the person had difficulty with it
    why            what made it hard; kept, and not shown, where it is hard no more
    what_happened  the same in their own words, '' for none
    roughly_s      about how long they spoke, in seconds; None where they did not say
    again          the one they would like to answer again; at most one of an interview
    recording      a file with the real answer, still to be brought in; '' for none
    question_id    the question it is practised as, None where it is not
    noted          what was written into that question's note, so that it can be rewritten
    """

    text: str
    hard: bool = False
    why: tuple[Reason, ...] = ()
    what_happened: str = ""
    roughly_s: float | None = None
    again: bool = False
    recording: str = ""
    question_id: int | None = None
    noted: str = ""

    @property
    def to_practise(self) -> bool:
        return self.hard or self.again or bool(self.recording)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """One interview; every text may be ''.

    id               0 until it is kept
    went_well        one entry for each prompt, '' where nothing was said to it
    at               where its debrief stands (`rehearse.debrief`); '' where none is open
    acknowledgement  which of the sentences of acknowledgement its person was met with
    finished_at      when its debrief was first brought to an end, None until then
    follow_up        the thank-you mail as it was last written
    sent_on          the day on which the person sent it
    """

    id: int = 0
    company: str = ""
    role: str = ""
    on: date | None = None
    who: str = ""
    went_well: tuple[str, ...] = ()
    asked: tuple[AskedQuestion, ...] = field(default=())
    in_my_control: str = ""
    not_in_my_control: str = ""
    notes: str = ""
    started_at: datetime
    finished_at: datetime | None = None
    at: str = ""
    acknowledgement: int = 0
    follow_up: str = ""
    sent_on: date | None = None

    @property
    def again(self) -> AskedQuestion | None:
        """The one question they would like to answer again."""
        return next((asked for asked in self.asked if asked.again), None)

    @property
    def again_question_id(self) -> int | None:
        return self.again.question_id if self.again else None

    @property
    def is_blank(self) -> bool:
        """True where nothing at all was said of it."""
        said = (self.company, self.role, self.who, self.in_my_control, self.not_in_my_control, self.notes)
        return not (any(said) or self.on or self.asked or any(self.went_well))


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY_FIRST = re.compile(rf"^(?:{'|'.join(f'{day}|{day[:3]}' for day in _DAYS)})\s+(?=.*\d)")
_ISO = ("%Y-%m-%d",)
_DAY_AND_MONTH = ("%d %b", "%d %B", "%b %d", "%B %d")
_WITH_YEAR = (*(f"{form} %Y" for form in _DAY_AND_MONTH), "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y")


def parse_day(text: str, today: date, *, to_come: bool = False) -> date:
    """The day meant by 'today', 'Tuesday', '24 Nov', 'Tuesday, 24 Nov', 'Nov 24th, 2026', '24.11.2026', '2026-11-24'.

    A weekday, or a day without a year, is the latest one up to today; with to_come, the first one from today on.
    Raises InterviewInvalid where it is no day, could be two (3/4/2026), or lies on the other side of today.
    """
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", " ".join(text.casefold().replace(",", " ").split()))
    plain = re.sub(r"\bsept\b", "sep", plain.removeprefix("on "))
    # The date says it already; which weekday it is, the person is told.
    plain = _WEEKDAY_FIRST.sub("", plain)
    days = _days_meant(plain, today, to_come)
    if len(days) > 1:
        raise InterviewInvalid(f"'{text}' could mean two different days.", "Write the month as a word, such as 3 Apr.")
    if not days:
        raise InterviewInvalid(f"'{text}' is not a day.", "For example: today, Tuesday, 24 Nov or 2026-11-24.")
    (day,) = days
    if day < today if to_come else day > today:
        past = "is in the past" if to_come else "is still to come"
        hint = "Is the year right?" if re.search(r"\d{4}", plain) else "Write the year too, such as 24 Nov 2026."
        raise InterviewInvalid(f"{day:%d %b %Y} {past}.", hint)
    return day


def _days_meant(plain: str, today: date, to_come: bool) -> set[date]:
    named = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if plain in named:
        return {today + timedelta(days=named[plain])}
    other_than_today = plain.startswith("next " if to_come else "last ")
    weekday = plain.removeprefix("next " if to_come else "last ")
    for number, name in enumerate(_DAYS):
        if weekday in (name, name[:3]):
            ahead = (number - today.weekday()) % 7 or (7 if to_come and other_than_today else 0)
            back = bool(ahead) or other_than_today
            return {today + timedelta(days=ahead if to_come or not back else ahead - 7)}
    if exact := _read(plain, (*_ISO, *_WITH_YEAR)):
        return exact
    years = (today.year, today.year + 1) if to_come else (today.year, today.year - 1)
    for year in years:
        found = _read(f"{plain.removesuffix('.')} {year}", tuple(f"{form} %Y" for form in _DAY_AND_MONTH))
        if fitting := {day for day in found if (day >= today if to_come else day <= today)}:
            return fitting
    return set()


def _read(text: str, forms: tuple[str, ...]) -> set[date]:
    """Every day that the text is by one of the forms; months by their English names, as no locale is ever set."""
    found = set()
    for form in forms:
        try:
            found.add(datetime.strptime(text, form).date())
        except ValueError:
            continue
    return found


_LENGTH = re.compile(
    r"(?:about|roughly|around|~)?\s*(?:(?P<m>\d{1,2}):(?P<s>[0-5]\d)|(?P<n>\d+(?:[.,]\d+)?)\s*(?P<unit>[a-z]*)\.?)"
)


def parse_rough_length(text: str) -> float:
    """Seconds meant by '3 min', '2:30', '90 s', 'about 4' (minutes) or '90' (seconds).

    Raises InterviewInvalid where it is no length, or over an hour.
    """
    match = _LENGTH.fullmatch(text.casefold().strip())
    seconds = _seconds(match) if match else None
    if seconds is None or not 0 < seconds <= LONGEST_ANSWER_S:
        raise InterviewInvalid(f"'{text}' is not a length.", "For example: 3 min, 2:30 or 90 s. A guess is fine.")
    return seconds


def _seconds(match: re.Match[str]) -> float | None:
    if match["m"] is not None:
        return int(match["m"]) * 60.0 + int(match["s"])
    number = float(match["n"].replace(",", "."))
    if not match["unit"]:
        return number * 60 if number <= _LAST_MINUTES else number
    if match["unit"] in ("m", "min", "mins", "minute", "minutes"):
        return number * 60
    return number if match["unit"] in ("s", "sec", "secs", "second", "seconds") else None


def same_question(one: str, other: str) -> bool:
    """Whether two texts are the same question but for capitals, spacing and the mark at the end."""
    return plain_question(one) == plain_question(other)


def same_interview(one: Interview, other: Interview) -> bool:
    """Whether both tell of the same conversation: the same day, company, role and questions."""

    def told(interview: Interview) -> tuple[object, ...]:
        texts = (" ".join(text.casefold().split()) for text in (interview.company, interview.role))
        return (interview.on, *texts, *(plain_question(asked.text) for asked in interview.asked))

    return told(one) == told(other)


def plain_question(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split()).rstrip(" ?!.")


def note_of(asked: AskedQuestion, interview: Interview) -> str:
    """What its practice question says of last time: 'rambled, nerves, about 3:30 (Northwind, 24 Nov)'; '' for nothing.

    Of a question that was not hard there is nothing to say.
    """
    if not asked.hard:
        return ""
    why = [reason.value for reason in asked.why if reason is not Reason.OTHER]
    parts = [*why, *([asked.what_happened.rstrip(".")] if asked.what_happened else [])]
    if asked.roughly_s is not None:
        minutes, seconds = divmod(round(asked.roughly_s), 60)
        parts.append(f"about {minutes}:{seconds:02}")
    if not parts:
        parts = ["hard"]
    day = f"{interview.on.day} {interview.on:%b}" if interview.on else ""
    where = ", ".join(filter(None, (interview.company, day)))
    return f"{', '.join(parts)} ({where})" if where else ", ".join(parts)


_EARLIER = "; earlier: "


def note_entries(note: str) -> tuple[str, ...]:
    """What a question's note is made of: what each interview wrote into it, and words of the person's own."""
    return tuple(entry for entry in note.split(_EARLIER) if entry)


def rewritten(note: str, was: str, now: str) -> str:
    """The note of a practice question with what an interview said of it, in place of what it said before.

    note  the question's note as it is, with words of the person's own perhaps
    was   what this interview wrote into it before, '' for nothing
    """
    entries = list(note_entries(note))
    if was in entries:
        entries = [now if entry == was else entry for entry in entries]
    elif now:
        entries = [now, *entries]
    return _EARLIER.join(dict.fromkeys(entry for entry in entries if entry))
