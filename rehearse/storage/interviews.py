"""The part of the store that keeps real interviews, and makes practice questions of what was hard in them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from rehearse.errors import NotFound
from rehearse.interview import AskedQuestion, Interview, Reason, note_of, rewritten, same_question
from rehearse.question import Question, QuestionDraft
from rehearse.storage import rows
from rehearse.storage.interview_rows import asked_columns, asked_of, interview_columns, interview_of
from rehearse.storage.preferences import PreferenceStore
from rehearse.storage.tables import Cell, Columns

#: The order in which interviews were held.
_DAY_HELD = "coalesce(held_on, substr(started_at, 1, 10))"
_AS_HELD = f"{_DAY_HELD}, started_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """
    added     questions that are new to the library
    extended  those that were there already, and now know of this interview
    """

    interview: Interview
    added: tuple[Question, ...]
    extended: tuple[Question, ...]


class InterviewStore(PreferenceStore):
    """Interviews are in the order in which they were held; one without a day counts by when its debrief began."""

    def keep_interview(self, interview: Interview) -> Interview:
        """Keep it as it is, all of it: as a new one where its number is 0, else in place of what was kept of it.

        Raises NotFound where it has been deleted meanwhile.
        """
        with self._tables.writing():
            return self.interview(self._keep(interview))

    def finish_debrief(self, interview: Interview, at: datetime) -> Finished:
        """Keep the interview with its debrief closed, and each question to practise as a question of the library.

        One that is there already is used again, and brought back where it was put away; its note is extended, its
        tags get the company. What this interview wrote into notes before is rewritten: doing it twice changes nothing.
        """
        added: list[Question] = []
        extended: list[Question] = []
        asked: list[AskedQuestion] = []
        with self._tables.writing():
            for each in interview.asked:
                if each.to_practise or each.question_id is not None:
                    each, question, is_new = self._practised(each, interview, at)
                    if each.to_practise:
                        (added if is_new else extended).append(question)
                asked.append(each)
            finished_at = interview.finished_at or at
            closed = self._keep(replace(interview, asked=tuple(asked), at="", finished_at=finished_at))
            # Read again: a question asked twice was extended after it was added.
            return Finished(
                interview=self.interview(closed),
                added=tuple(self.question(question.id) for question in added),
                extended=tuple(self.question(question.id) for question in extended),
            )

    def interviews(self) -> tuple[Interview, ...]:
        """All of them, earliest first, those whose debrief is still open too."""
        return self._interviews("")

    def interview(self, interview_id: int) -> Interview:
        """Raises NotFound where there is none of that number."""
        for interview in self._interviews("WHERE id = ?", interview_id):
            return interview
        raise NotFound(f"There is no interview {interview_id}.", "See them with: rehearse interviews")

    def find_interview(self, typed: str) -> Interview:
        """The one meant by its number, by 'last', or by a part of its company or role that no other has.

        Raises NotFound where none fits, or several do.
        """
        kept = self.interviews()
        if not kept:
            raise NotFound("There are no interviews yet.", "Begin with: rehearse debrief")
        wanted = " ".join(typed.casefold().split())
        if wanted in ("last", "latest"):
            return kept[-1]
        if wanted.isdecimal() and len(wanted) <= 18:
            return self.interview(int(wanted))
        fitting = [each for each in kept if wanted and wanted in f"{each.company} {each.role}".casefold()]
        if len(fitting) == 1:
            return fitting[0]
        if not fitting:
            raise NotFound(f"No interview fits '{typed}'.", "See them with: rehearse interviews")
        named = ", ".join(f"{each.id} '{each.company}'" for each in fitting[:5])
        raise NotFound(f"'{typed}' fits {len(fitting)} interviews: {named}.", "Name one by its number.")

    def open_debriefs(self) -> tuple[Interview, ...]:
        """The interviews whose debrief was stopped, the one begun last first."""
        return self._interviews("WHERE at <> ''", order="started_at DESC, id DESC")

    def unthanked(self, since: date) -> Interview | None:
        """The interview held last, from that day on, whose debrief is at its end and whose thank-you mail is not sent.

        Not one of which nothing was said that a mail could be written to: no company and nobody met.
        """
        waiting = f"WHERE at = '' AND sent_on IS NULL AND {_DAY_HELD} >= ? AND (company <> '' OR who <> '')"
        for interview in reversed(self._interviews(waiting, since.isoformat())):
            return interview
        return None

    def last_acknowledgement(self) -> int | None:
        """Which sentence the debrief begun last was met with; None where there was none yet."""
        last = "SELECT acknowledgement FROM interview ORDER BY started_at DESC, id DESC LIMIT 1"
        for number in self._tables.read(lambda row: int(row[0]), last):
            return number
        return None

    def hard_questions(self) -> Mapping[int, tuple[Reason, ...]]:
        """Questions of the library that were hard, or are to be answered again, in some interview.

        Each with what made it hard when it last was; () where the person did not say.
        """
        return dict(
            self._tables.read(
                lambda row: (int(row["question_id"]), asked_of(row).why if row["hard"] else ()),
                f"""
                SELECT asked_question.* FROM asked_question JOIN interview ON interview.id = interview_id
                WHERE question_id IS NOT NULL AND (hard OR again) ORDER BY {_AS_HELD}, place
                """,
            )
        )

    def last_interview_day(self) -> date | None:
        """The day of the interview held last; where no day was said, the one on which its debrief began, in UTC.

        One without a day counts once its debrief is finished: of one only begun nobody knows when it was, or whether.
        """
        last = f"SELECT max({_DAY_HELD}) FROM interview WHERE held_on IS NOT NULL OR finished_at IS NOT NULL"
        (day,) = self._tables.read(lambda row: row[0], last)
        return date.fromisoformat(day) if day else None

    def keep_follow_up(self, interview_id: int, text: str, sent_on: date | None) -> Interview:
        """Keep the thank-you mail of an interview, and the day on which it was sent, None where it was not yet."""
        columns: Columns = {"follow_up": rows.text_column(text), "sent_on": sent_on.isoformat() if sent_on else None}
        with self._tables.writing():
            self._tables.update("interview", interview_id, columns)
            return self.interview(interview_id)

    def delete_interview(self, interview_id: int) -> None:
        """Delete the interview for good; the questions practised because of it stay. Raises NotFound without one."""
        with self._tables.writing():
            self.interview(interview_id)
            self._tables.write("DELETE FROM interview WHERE id = ?", interview_id)
        # The write-ahead log still holds the words; this empties it, unless another process is reading just now.
        self._tables.read(tuple, "PRAGMA wal_checkpoint(TRUNCATE)")

    def _practised(
        self, asked: AskedQuestion, interview: Interview, at: datetime
    ) -> tuple[AskedQuestion, Question, bool]:
        """The question of the library for it, its note and tags brought up to date; True where it is new."""
        note = note_of(asked, interview)
        tags = (interview.company,) if interview.company else ()
        kept = self._question_of(asked)
        if kept is None:
            draft = QuestionDraft(text=asked.text, note=note, tags=tags).checked()
            columns = rows.question_columns(draft) | {"created_at": rows.utc_text(at)}
            kept = self.question(self._tables.insert("question", columns))
            return replace(asked, question_id=kept.id, noted=draft.note), kept, True
        known = {tag.casefold() for tag in kept.tags}
        new_tags = [tag for tag in tags if asked.to_practise and tag.casefold() not in known]
        changed = replace(
            kept,
            note=rewritten(kept.note, asked.noted, note),
            tags=(*kept.tags, *new_tags),
        )
        columns = rows.question_columns(changed)
        if asked.to_practise:
            columns["archived_at"] = None
        self._tables.update("question", kept.id, columns)
        return replace(asked, question_id=kept.id, noted=note), self.question(kept.id), False

    def _question_of(self, asked: AskedQuestion) -> Question | None:
        """The one it is practised as already, or one of the same text, those not put away first."""
        questions = sorted(self.questions(include_archived=True), key=lambda each: each.archived_at is not None)
        linked = [each for each in questions if each.id == asked.question_id]
        same = [each for each in questions if same_question(each.text, asked.text)]
        return next(iter((*linked, *same)), None)

    def _keep(self, interview: Interview) -> int:
        columns = interview_columns(interview)
        if interview.id:
            self.interview(interview.id)
            self._tables.update("interview", interview.id, columns)
            self._tables.write("DELETE FROM asked_question WHERE interview_id = ?", interview.id)
        number = interview.id or self._tables.insert("interview", columns)
        for place, asked in enumerate(interview.asked):
            self._tables.insert("asked_question", asked_columns(asked) | {"interview_id": number, "place": place})
        return number

    def _interviews(self, which: str, *cells: Cell, order: str = f"{_AS_HELD}, id") -> tuple[Interview, ...]:
        asked: dict[int, list[AskedQuestion]] = {}
        for number, each in self._tables.read(
            lambda row: (int(row["interview_id"]), asked_of(row)), "SELECT * FROM asked_question ORDER BY place"
        ):
            asked.setdefault(number, []).append(each)
        return self._tables.read(
            lambda row: interview_of(row, asked.get(row["id"], ())),
            f"SELECT * FROM interview {which} ORDER BY {order}",
            *cells,
        )
