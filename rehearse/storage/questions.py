"""The half of the store that keeps questions."""

from datetime import datetime

from rehearse.errors import NotFound
from rehearse.question import Question, QuestionDraft
from rehearse.storage import rows
from rehearse.storage.finding import question_meant
from rehearse.storage.tables import Tables


class QuestionStore:
    """Questions by their numbers. Texts are kept as they are given: `QuestionDraft.checked` tidies them before."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add_question(self, draft: QuestionDraft, created_at: datetime) -> Question:
        with self._tables.writing():
            columns = rows.question_columns(draft) | {"created_at": rows.utc_text(created_at)}
            return self.question(self._tables.insert("question", columns))

    def questions(self, include_archived: bool = False) -> tuple[Question, ...]:
        """In the order they were added; those put away only where asked for."""
        where = "" if include_archived else "WHERE archived_at IS NULL"
        return self._tables.read(rows.question_of, f"SELECT * FROM question {where} ORDER BY id")

    def question(self, question_id: int) -> Question:
        """Raises NotFound where there is none of that number."""
        for question in self._tables.read(rows.question_of, "SELECT * FROM question WHERE id = ?", question_id):
            return question
        raise NotFound(f"There is no question {question_id}.", "See them with: rehearse questions")

    def find_question(self, typed: str, *, include_archived: bool = True) -> Question:
        """The question meant by a number as listed or an unambiguous part of its text; see `question_meant`.

        One put away is meant only where no other fits. Raises NotFound where none fits, or several do.
        """
        return question_meant(typed, self.questions(include_archived))

    def change_question(self, question: Question) -> Question:
        """Keep the text, target, points, tags, note, opening and landing of this value for the question of its number.

        When it was added and whether it is put away stay as they are. Raises NotFound where there is none.
        """
        with self._tables.writing():
            self.question(question.id)
            self._tables.update("question", question.id, rows.question_columns(question))
            return self.question(question.id)

    def archive_question(self, question_id: int, at: datetime) -> Question:
        """Put the question away: its attempts stay. Raises NotFound where there is none of that number."""
        return self._set_archived(question_id, rows.utc_text(at))

    def restore_question(self, question_id: int) -> Question:
        """Take the question up again. Raises NotFound where there is none of that number."""
        return self._set_archived(question_id, None)

    def _set_archived(self, question_id: int, archived_at: str | None) -> Question:
        with self._tables.writing():
            self._tables.update("question", question_id, {"archived_at": archived_at})
            return self.question(question_id)
