"""The part of the store that keeps the day of the next interview.

It is no row of the interviews that were held: those are put down, listed and followed up, and 'the last one' is one
that was. Once it has been held, its debrief makes one of it.
"""

from datetime import date, datetime

from rehearse.next_interview import NextInterview
from rehearse.storage import rows
from rehearse.storage.attempts import AttemptStore
from rehearse.storage.tables import Columns


class NextInterviewStore(AttemptStore):
    """One at the most."""

    def next_interview(self) -> NextInterview | None:
        """The one that was said to come, even where its day has gone by since."""
        for interview in self._tables.read(
            lambda row: NextInterview(on=date.fromisoformat(row["held_on"]), company=row["company"]),
            "SELECT * FROM next_interview",
        ):
            return interview
        return None

    def keep_next_interview(self, interview: NextInterview, made_at: datetime) -> None:
        """Keep it in place of the one before."""
        columns: Columns = {
            "id": 1,
            "held_on": interview.on.isoformat(),
            "company": rows.text_column(interview.company),
            "made_at": rows.utc_text(made_at),
        }
        with self._tables.writing():
            self._tables.replace("next_interview", columns)

    def clear_next_interview(self) -> None:
        with self._tables.writing():
            self._tables.write("DELETE FROM next_interview")
