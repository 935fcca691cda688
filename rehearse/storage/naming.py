"""What in a question, or in the name of a file with an answer, still tells of an interview: companies, people met,
notes of a debrief. It finds words that look alike; what is meant by them only the person knows.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from rehearse.interview import Reason
from rehearse.storage.document_table import Table
from rehearse.storage.library_tables import ATTEMPTS, QUESTIONS
from rehearse.storage.tables import Tables

#: Shorter ones are words of some language more often than a name.
_SHORTEST = 3
#: Words that stand beside a name, or for one: titles, what people are, and small words.
_BESIDE_NAMES = """
dame doctor dr fr frau herr lady lord madam madame messrs miss mister mlle mme monsieur mr mrs ms mx prof professor
señor señora señorita signor signora sir
administrator analyst architect assistant associate board boss business ceo cfo chief cio colleague colleagues
consultant coo coordinator cpo cto customer data department deputy design designer developer development director
engineer engineering engineers executive finance founder global group head hiring human interviewer interviewers junior
lead leader legal man manager managers managing marketing member members men office officer operations other others
owner panel partner people person president principal product project recruiter recruiters recruiting recruitment
research resources sales scientist senior service software somebody someone staff talent team technical woman women
and das del dem den der des die first for from her his not second the their they three two und van vice von with
forgot forgotten know name names nice nobody remember unknown
"""
_NO_NAMES = frozenset(_BESIDE_NAMES.split())
_BEHIND_COMPANIES = "ag bv co corp corporation gmbh inc kg limited llc llp ltd nv plc pty sa sarl se"
_LEGAL_FORMS = frozenset(_BEHIND_COMPANIES.split())
#: The letters of these are written without spaces between words: there is no whole word to look for.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_REASONS = "|".join(re.escape(reason.value) for reason in Reason)
#: As `note_of` ends a note: '(Northwind, 24 Nov)', '(24 Nov)', or '(Northwind)' after what it writes itself.
_FORM_OF_NOTE = re.compile(
    rf"(?:\(|, )\d{{1,2}} (?:{_MONTHS})\)|(?:^|, |; earlier: )(?:{_REASONS}|hard|about \d+:\d\d) \([^()]+\)"
)
#: Questions with a note that a debrief wrote, as long as its interview is here.
_NOTED = """
    SELECT question.id FROM asked_question JOIN question ON question.id = question_id
    WHERE noted <> '' AND instr(note, noted)
"""


class Naming:
    """Looks through the entries of a document that leaves the interviews out.

    found  the numbers of questions that still seem to tell of one; in the words of answers nobody looks
    """

    def __init__(self, tables: Tables) -> None:
        held = tables.read(tuple, "SELECT company, who FROM interview UNION SELECT company, '' FROM next_interview")
        self._names = Names((company for company, _ in held), (who for _, who in held))
        self._noted = frozenset(tables.read(lambda row: int(row[0]), _NOTED))
        self.found: set[int] = set()

    def look_at(self, table: Table, entry: Mapping[str, Any]) -> None:
        if table is ATTEMPTS and self._names.stand_in([entry["source"]]):
            self.found.add(entry["question_id"])
        if table is QUESTIONS:
            texts = [
                *(entry[name] for name in ("text", "note", "opening", "landing")),
                *entry["tags"],
                *entry["points"],
            ]
            noted = entry["id"] in self._noted or is_of_debrief(entry["note"])
            if noted or self._names.stand_in(texts):
                self.found.add(entry["id"])


class Names:
    """Companies whole, with 'Ltd' and without, and each name of the people met that is no title and not very short."""

    def __init__(self, companies: Iterable[str], people: Iterable[str]) -> None:
        names = {form for company in companies for form in (_plain(company), _as_said(_plain(company)))}
        for who in people:
            names.update(filter(_is_name, _WORD.findall(_plain(who))))
        self._names = sorted(filter(None, names))

    def stand_in(self, texts: Iterable[str]) -> bool:
        """Whether one of them stands in one of the texts as a whole word, in capitals or not."""
        return any(_stands_in(name, plain) for plain in map(_plain, texts) for name in self._names)


def is_of_debrief(note: str) -> bool:
    """Whether the note of a question has the form of one that a debrief wrote, whatever became of its interview."""
    return _FORM_OF_NOTE.search(note) is not None


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.replace("’", "'").split())


def _as_said(company: str) -> str:
    """'northwind' for 'northwind, inc.'; '' where nothing else is in it."""
    words = company.split()
    while words and words[-1].replace(".", "").strip(",") in _LEGAL_FORMS:
        words.pop()
    said = " ".join(words).rstrip(" ,")
    return "" if said in _NO_NAMES or len(said) == 1 else said


def _is_name(word: str) -> bool:
    return word not in _NO_NAMES and (len(word) >= _SHORTEST or (len(word) == 2 and _is_unspaced(word[0])))


def _stands_in(name: str, text: str) -> bool:
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (_joined(text[max(0, start - 1) : start], name[0]) or _joined(name[-1], text[end : end + 1])):
            return True
        start = text.find(name, start + 1)
    return False


def _joined(one: str, other: str) -> bool:
    """Whether two characters side by side are of one word: both letters, or both figures; '' is none."""
    if not one or not other or (_is_unspaced(one) and _is_unspaced(other)):
        return False
    kinds = {unicodedata.category(each)[0].replace("M", "L") for each in (one, other)}
    return kinds in ({"L"}, {"N"})


def _is_unspaced(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_UNSPACED)
