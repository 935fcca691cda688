"""A short thank-you mail after an interview: made of what was put down of it, and of the person's own sentences.

Pure: values in, text out. What is not known is left out, so that no blank is ever left to fill in; what the person
wrote themselves is never changed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rehearse.interview import Interview

#: A suggestion, no limit: what is read in a minute at a desk. Own choice.
MOST_WORDS = 150
#: Programs that hand a link on cut it off beyond 2,048 signs or less.
LONGEST_LINK = 2000

_ADDRESS = re.compile(r"[^\s<>@,;:()\[\]\"']+@[^\s<>@,;:()\[\]\"']+\.[^\s<>@,;:()\[\]\"']+")
_HEADER = re.compile(r"(to|subject)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_PLACEHOLDERS = re.compile(
    r"\[[^\[\]\n]{1,60}\]|\{[^{}\n]{1,60}\}|<(?=[^\W\d])(?![^<>\s]*@)(?!https?:)[^<>\n]{1,60}>|"
    r"\b[Xx]{3,}\b|\b(?:TODO|TBD|TBC|FIXME)\b|_{3,}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """
    to       addresses as they were written, '' where none is known
    subject  '' for none
    body     paragraphs, one a line, an empty line between them
    """

    to: str = ""
    subject: str = ""
    body: str

    @property
    def text(self) -> str:
        """As it is edited and kept: two lines of the heading, an empty one, the body."""
        return f"To: {self.to}".rstrip() + f"\nSubject: {self.subject}".rstrip() + f"\n\n{self.body}"

    @property
    def word_count(self) -> int:
        """Words of the body."""
        return len(self.body.split())


def mail_of(text: str) -> Mail:
    """The mail that a person left in the editor; a heading without 'To:' or 'Subject:' has none."""
    heading = {"to": "", "subject": ""}
    lines = re.split(r"\r\n|\r|\n", text)
    while lines and (line := _HEADER.fullmatch(lines[0].strip())):
        heading[line[1].lower()] = line[2].strip()
        del lines[0]
    return Mail(to=heading["to"], subject=heading["subject"], body="\n".join(lines).strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """
    question   as it was asked
    sentences  the person's own, as `measurement.own_sentences` gives them; at least one
    """

    question: str
    sentences: tuple[str, ...]


def draft(
    interview: Interview, today: date, *, name: str = "", well: str = "", addition: Addition | None = None
) -> Mail:
    """The mail as far as it can be written from what is known.

    name  whose mail it is, '' to leave it out
    well  one thing that went well, in the person's words, '' for none
    """
    paragraphs = [_greeting(interview.who), _thanks(interview, today)]
    if well:
        paragraphs.append(f"One thing that stayed with me: {_sentence(well)}")
    if addition is not None:
        said = " ".join(addition.sentences)
        about = what_was_said(addition.question)
        paragraphs.append(f"In addition to {about}, after further thought I would like to add this: {said}")
    paragraphs += ["I look forward to hearing from you.", f"Kind regards,\n{name}" if name else "Kind regards"]
    role = f" about the {_role(interview)}" if interview.role else ""
    addresses = _ADDRESS.findall(interview.who)
    return Mail(to=", ".join(addresses), subject=f"Thank you for our conversation{role}", body="\n\n".join(paragraphs))


def fitting(sentences: Sequence[str], other_words: int, *, landed: bool) -> tuple[int, ...]:
    """Places of the sentences in a row that fit into a mail with so many other words; at least one of them.

    landed  they lead up to the landing: then the last ones are taken, else the first
    """
    chosen: list[int] = []
    words = other_words
    places = range(len(sentences))
    for place in reversed(places) if landed else places:
        words += len(sentences[place].split())
        if chosen and words > MOST_WORDS:
            break
        chosen.append(place)
    return tuple(sorted(chosen))


def placeholders(text: str) -> tuple[str, ...]:
    """Blanks left to fill in, each once, in order: '[name]', '{company}', '<role>', 'XXX', 'TODO', '___'."""
    return tuple(dict.fromkeys(_PLACEHOLDERS.findall(text)))


def eml(mail: Mail, at: datetime) -> bytes:
    """A file that mail programs open to be looked through and sent; an address is named only where one is known."""
    # Imported here, so that commands which write no mail start without it.
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    if addresses := [address for address in _ADDRESS.findall(mail.to) if address.isascii() and address.isprintable()]:
        message["To"] = ", ".join(addresses)
    if mail.subject:
        message["Subject"] = _one_line(mail.subject)
    message["Date"] = at
    # Outlook opens a mail with this to write on, others as one that has come.
    message["X-Unsent"] = "1"
    message.set_content(_encodable(mail.body) + "\n", charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def mailto(mail: Mail) -> str | None:
    """The link that opens the person's mail program with the mail in it (RFC 6068); None where it is too long."""
    fields = (("subject", _one_line(mail.subject)), ("body", mail.body.replace("\n", "\r\n")))
    query = "&".join(f"{field}={_quoted(text)}" for field, text in fields if text)
    link = f"mailto:{','.join(_quoted(address, '@') for address in _ADDRESS.findall(mail.to))}?{query}"
    return link if len(link) <= LONGEST_LINK else None


_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def _quoted(text: str, also: str = "") -> str:
    return "".join(
        chr(byte) if byte in _UNRESERVED or chr(byte) in also else f"%{byte:02X}" for byte in _encodable(text).encode()
    )


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _one_line(text: str) -> str:
    return " ".join(_encodable(text).split())


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text[-1:] in ".!?" else f"{text}."


_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,3}")


def _greeting(who: str) -> str:
    """'Hello Ms Okafor and Tom,'; 'Hello,' where what was noted does not read like names."""
    noted = re.sub(r"\([^)]*\)|<[^>]*>", " ", _ADDRESS.sub(" ", who))
    people = [" ".join(part.split()) for part in re.split(r"[,;/&+]|\band\b", noted)]
    people = [re.split(r" (?:from|of|at) | [-–—] ", person)[0] for person in people if person]
    if not people or not all(_NAME.fullmatch(person) and person[0].isupper() for person in people):
        return "Hello,"
    names = f"{', '.join(people[:-1])} and {people[-1]}" if len(people) > 1 else people[0]
    return f"Hello {names},"


def _role(interview: Interview) -> str:
    role = re.sub(r"^(?:the|an?) ", "", " ".join(interview.role.split()), flags=re.IGNORECASE)
    return role if re.search(r"\b(?:role|position|job|post)$", role, re.IGNORECASE) else f"{role} role"


def _thanks(interview: Interview, today: date) -> str:
    on = ""
    if interview.on == today:
        on = " today"
    elif interview.on is not None:
        year = "" if interview.on.year == today.year else f" {interview.on.year}"
        on = f" on {interview.on.day} {interview.on:%B}{year}"
    company = " ".join(interview.company.split())
    role = f" about the {_role(interview)}" if interview.role else " about the role" if company else ""
    return f"Thank you for taking the time to talk with me{on}{role}{f' at {company}' if company else ''}."


_ASKS_ABOUT = re.compile(
    r"(?:please |can you |could you )?(?:tell (?:me|us)|talk) (?:a bit |a little |something |more )?about (.+?)[.?]?",
    re.IGNORECASE,
)
_OTHER_SIDE = {
    "your": "my", "yours": "mine", "yourself": "myself", "you": "I", "you're": "I'm", "you've": "I've", "you'd": "I'd",
}  # fmt: skip


def what_was_said(question: str) -> str:
    """'what I said about a time I disagreed with my manager'; a question that asks in another way is quoted."""
    question = " ".join(question.replace("’", "'").split())
    asked = _ASKS_ABOUT.fullmatch(question)
    if asked is None or re.search(
        r"[.?!\"]|\b(?:are|were) you\b|\byou (?:are|were)\b|\b(?:me|us|I|my|our)\b", asked[1]
    ):
        return f'what I said to your question "{question}"'
    topic = re.sub(r"\b(?:for|of|with|to|about|from|by|on|at|behind|than) you\b", _of_me, asked[1], flags=re.IGNORECASE)
    topic = re.sub(r"\byou$", "me", topic)
    return "what I said about " + re.sub(
        r"\byou(?:r|rs|rself|'re|'ve|'d)?\b", lambda found: _OTHER_SIDE[found[0].lower()], topic, flags=re.IGNORECASE
    )


def _of_me(found: re.Match[str]) -> str:
    return found[0][: -len("you")] + "me"
