"""The follow-up mail as it is shown to be looked through, and every sentence said around it."""

from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from rehearse.interview import Interview
from rehearse.presentation import wording
from rehearse.presentation.conversation import Page
from rehearse.presentation.days import day
from rehearse.presentation.debrief_words import name
from rehearse.presentation.follow_up import MOST_WORDS, Mail, mail_of, placeholders, what_was_said
from rehearse.presentation.follow_up_material import Material, Missing
from rehearse.presentation.screen import indented, said

NOT_KEPT = "Nothing was kept of this draft. It can be made again at any time."
EMPTY = "The editor was left empty, so nothing was changed."
UNCHANGED = "Nothing was changed."


def editor_opens(name: str, leaving: str) -> str:
    """Before an editor opens that the person did not choose.

    leaving  how to save and leave there, '' where that is not known
    """
    told = (f"{name} opens when you press Enter.", leaving, "For another editor, set EDITOR.")
    return " ".join(sentence for sentence in told if sentence)


WRITTEN_ANEW = "You have changed this mail by hand. Replace it with a new draft?"
NO_CLIPBOARD = "No clipboard could be reached from here. Save it instead (s), or select it with the mouse."
NO_MAIL_PROGRAM = "No mail program could be opened from here. Copy it instead (c), or save it (s)."
OPENED = "Your mail program should open now, with the mail in it. If it does not: copy it (c), or save it (s)."
TOO_LONG_FOR_A_LINK = "It is too long for the mail program: the end would be lost. Copy it (c), or save it as .eml (s)."
CUT_SHORT = "Your last edit was cut short. This is how far you got."


def may_be_written(interview: Interview) -> str:
    """For home: that the mail of a fresh interview can still go out, and how."""
    how = f"rehearse followup {interview.id}"
    if interview.follow_up:
        return f"Your thank-you mail for {wording.shown(name(interview))} is written, not yet sent:  {how}"
    return f"A short thank-you mail for {wording.shown(name(interview))} can still go out:  {how}"


def mail_page(text: str, material: Material, sent_on: date | None) -> RenderableType:
    """The whole mail as it stands, what there is to say about it, and the keys."""
    interview = material.interview
    when = f", {day(interview.on, material.today)}" if interview.on else ""
    parts: list[RenderableType] = [Text(), said(f"Thank-you mail: {name(interview)}{when}", "bold cyan"), Text()]
    parts += [said(line) for line in text.split("\n")]
    parts += [Text(), *(said(line, "dim") for line in remarks(text)), *_dim([sent(sent_on, material.today)])]
    return indented(*parts)


def _dim(lines: Iterable[str]) -> list[RenderableType]:
    return [said(line, "dim") for line in lines if line]


def keys(material: Material, *, sent_on: date | None) -> RenderableType:
    """Two lines of keys; only those that have something to do."""
    change = ["e  edit"]
    if material.sentences:
        change.append("a  choose what to add")
    if material.well:
        change.append("g  what went well")
    change.append("n  new draft")
    go = ["c  copy", "s  save", "m  mail program", *([] if sent_on else ["t  I sent it"]), "Enter  keep", "q  leave"]
    return indented(Text(), Text("   ".join(change), style="dim"), Text("   ".join(go), style="dim"))


def remarks(text: str) -> list[str]:
    """How long it is, and what is left in it to fill in."""
    mail = mail_of(text)
    told = f"{wording.count(mail.word_count, 'word')}."
    if mail.word_count > MOST_WORDS:
        told += f" Up to {MOST_WORDS} are easier to read, but it is your mail."
    blanks = placeholders(text)
    return [told, *([still_in_it(blanks)] if blanks else [])]


def still_in_it(blanks: Sequence[str]) -> str:
    return f"Still to fill in: {', '.join(blanks)}."


def where_from(material: Material, chosen_count: int) -> list[str]:
    """Where the sentences in the draft come from, or why there are none; for a draft only.

    chosen_count  how many of them are in it
    """
    if material.missing is None:
        if not chosen_count:
            return []
        cut = ", up to where your point was made" if material.landed else ""
        told = [f"The addition is yours: from attempt {material.attempt_id}{cut}, without its fillers."]
        of = len(material.sentences)
        if chosen_count < of:
            told.append(f"It holds {chosen_count} of your {of} sentences.")
        told.append(f"Another attempt:  rehearse followup {material.interview.id} --attempt ATTEMPT")
        return told
    practise = f"Say it aloud first, if you like:  rehearse practice {material.question_id}"
    by_hand = "You can write what you would like to add in the editor (e)."
    match material.missing:
        case Missing.NOT_WANTED:
            return []
        case Missing.NO_QUESTION:
            return ["You named no question to answer again, so nothing is added.", by_hand]
        case Missing.NO_ATTEMPT:
            return ["You have not answered that question again yet.", practise if material.question_id else by_hand]
        case Missing.DRAFT:
            heard = f"Attempt {material.attempt_id} was heard by the rough recogniser: it writes no sentences."
        case Missing.NO_SENTENCE:
            heard = f"No whole sentence could be taken from attempt {material.attempt_id}."
    return [heard, by_hand, f"You could begin with:  In addition to {what_was_said(material.question)}, ..."]


def sent(on: date | None, today: date) -> str:
    return f"You sent it on {day(on, today)}." if on else ""


def kept(interview: Interview, today: date) -> tuple[str, ...]:
    """What is said at the end: where it is, and the next step."""
    if interview.sent_on:
        return (f"Kept with {name(interview)}. {sent(interview.sent_on, today)}",)
    return f"Kept with {name(interview)}.", f"When you have sent it:  rehearse followup {interview.id} --sent"


def sent_noted(interview: Interview, today: date) -> str:
    if interview.sent_on is None:
        return f"Noted: the mail about {name(interview)} is not sent yet."
    return f"Noted: sent on {day(interview.sent_on, today)}."


def copied(mail: Mail) -> str:
    subject = f" The subject is:  {mail.subject}" if mail.subject else ""
    return f"Copied.{subject}"


NAME_PAGE = Page(
    section="",
    question="Which name should your mail end with?",
    hint="You are asked once. Press Enter to leave it out; later:  rehearse followup --name NAME",
)


def sentences_page(material: Material, chosen: Sequence[int]) -> Page:
    return Page(
        section="",
        question="Which of your sentences do you want to add?",
        hint="Their numbers, such as: 1 3-4   or none",
        options=material.sentences,
        present=" ".join(str(place + 1) for place in chosen) or "none",
    )


def well_page(material: Material, chosen: str) -> Page:
    number = material.well.index(chosen) + 1 if chosen in material.well else None
    return Page(
        section="",
        question="One thing that went well, to thank them for it?",
        hint="Its number, or none. It goes in as you wrote it.",
        options=material.well,
        present=str(number) if number else "none",
    )


def file_page(proposed: str) -> Page:
    return Page(
        section="",
        question="What should the file be called?",
        hint=f"An .eml opens in a mail program, a .txt is plain text. Enter: {proposed}",
    )
