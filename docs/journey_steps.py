"""What is typed on the way from a bad interview to the next one, and where the advice of this program is met on it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Typed:
    """
    after  what stands on the screen before it is typed
    line   typed at a prompt, with Enter at its end
    key    or a single key that is waited for
    """

    after: str
    line: str = ""
    key: str = ""


@dataclass(frozen=True)
class Step:
    """One command: the clock when it is typed (UTC), what it is typed for, and what is typed into it then."""

    title: str
    told: str
    at: str
    command: tuple[str, ...]
    typed: tuple[Typed, ...] = ()


STEPS = (
    Step(
        "Out of the interview",
        "Tuesday, twenty to six. The debrief begins; in the middle of the list the telephone rings: Ctrl-C.",
        "2026-11-24T17:40",
        ("debrief",),
        (
            Typed("Which company", "Northwind"),
            Typed("which role", "shop manager"),
            Typed("When was it", "today"),
            Typed("speak to", "Ms Okafor"),
            Typed("disappointing|bad|hard|went", "b"),
            Typed("Breathe in", key="x"),
            Typed("Which answer went well", "the question about weekends"),
            Typed("that helped", ""),
            Typed("nod, smile", "they laughed once"),
            Typed("Which questions do you remember", "Tell me about a time you disagreed with your manager."),
            Typed("2  ", "Why should we hire you?"),
            Typed("3  ", key="\x03"),
        ),
    ),
    Step(
        "Later that evening",
        "`rehearse` alone knows what is still to be done. Enter goes on where it was stopped; q leaves afterwards.",
        "2026-11-24T19:00",
        (),
        (
            Typed("quit", key="\r"),
            Typed("3  ", "What would you change in our shop?"),
            Typed("4  ", ""),
            Typed("Which of them were hard", "1 2"),
            Typed("What made it hard", "1"),
            Typed("how long", "3 min"),
            Typed("What made it hard", "could not explain my value"),
            Typed("how long", ""),
            Typed("recorded", ""),
            Typed("in your control", "too long-winded"),
            Typed("what was not", "they had only twenty minutes"),
            Typed("like to answer again", "1"),
            Typed("Anything else", ""),
            Typed("quit", key="q"),
        ),
    ),
    Step(
        "Think it over",
        "The first hard question, in the person's own words: what it is about, how it begins and where it ends.",
        "2026-11-24T19:10",
        ("prepare", "1"),
        (
            Typed("The situation", "small shop, opening hours"),
            Typed("Your task", ""),
            Typed("do first", "asked for one month"),
            Typed("do then", "wrote down every customer"),
            Typed("came of it", "more than 40 people"),
            Typed("first sentence", "I once disagreed with my manager about the opening hours of our shop."),
            Typed("last sentence", "What I learned is that you should bring something to show."),
        ),
    ),
    Step(
        "How long it may be",
        "Half a minute is enough for this one.",
        "2026-11-24T19:15",
        ("edit", "1", "--target", "20-40"),
    ),
    Step(
        "Say it aloud",
        "Here the answer comes from a file; without `--from` it is spoken into the microphone. Key 2: it felt hard.",
        "2026-11-24T19:20",
        ("practice", "1", "--from", "tuesday.flac"),
        (Typed("explain", key="2"), Typed("explain", key="\r")),
    ),
    Step(
        "Once more",
        "The same evening, with the advice in mind: one change at a time.",
        "2026-11-24T19:30",
        ("practice", "1", "--from", "again.flac"),
        (Typed("explain", key="\r"),),
    ),
    Step(
        "Two days later",
        "Thursday morning: what is due, and why.",
        "2026-11-26T08:10",
        (),
        (Typed("quit", key="q"),),
    ),
    Step(
        "Cold",
        "The first answer of a day is the one that resembles an interview. Key 3: it felt good.",
        "2026-11-26T08:15",
        ("practice", "1", "--from", "thursday.flac"),
        (Typed("explain", key="3"), Typed("explain", key="\r")),
    ),
    Step(
        "A short thank-you mail",
        "The addition is the best attempt, up to its point. In the editor (e) a line is added with a gap "
        "in it; the gap is seen when the mail is to be saved (s), and filled. t: it is sent, by the person.",
        "2026-11-26T08:30",
        ("followup",),
        (
            Typed("Which name", "Robin Vale"),
            Typed("leave", key="e"),
            Typed("leave", key="s"),
            Typed("Go on all the same", "n"),
            Typed("leave", key="e"),
            Typed("leave", key="s"),
            Typed("What should the file be called", "thanks.eml"),
            Typed("leave", key="t"),
            Typed("leave", key="q"),
        ),
    ),
    Step(
        "The next interview",
        "Its day makes the plan closer.",
        "2026-11-26T08:40",
        ("next-interview", "2 Dec", "--company", "Harbour Books"),
    ),
    Step("The days before it", "Every hard question is answered twice before it.", "2026-11-26T08:41", ("plan",)),
    Step(
        "Where this stands",
        "The other hard question comes next.",
        "2026-11-26T08:45",
        (),
        (Typed("quit", key="q"),),
    ),
)

#: What the program is for, sentence by sentence; where a person meets it; and the words there that say so.
ADVICE = (
    (
        "It is disappointing, and it does not say who you are.",
        "debrief, its second page; home",
        "does not say who you are.",
    ),
    ("Breathe.", "debrief, its second page", "One minute of slow breathing first?"),
    (
        "Look at what was in your control: too long-winded? hard to explain what you would add?",
        "debrief, after the questions",
        "Perhaps an answer was long-winded, or it was hard to explain what you would add.",
    ),
    (
        "Spend as much on what went well.",
        "debrief, before the questions: three prompts, and two for the rest",
        "Which answer went well, or which moment?",
    ),
    ("Write down every question you can remember.", "debrief", "Which questions do you remember? One on each line"),
    ("Mark those you had difficulty with.", "debrief", "Which of them were hard for you?"),
    (
        "Think about your answers critically and improve them.",
        "prepare; and Next on the card of each answer",
        "What you want to say",
    ),
    ("Say out loud what you would have said.", "the end of debrief and of prepare, home", "Say it aloud:"),
    (
        "Use one question you would like to answer again in a short thank-you mail.",
        "debrief asks which, followup writes it",
        "after further thought I would like to add",
    ),
    ("Go into the next one.", "next-interview, plan, home", "What to practise until then:"),
)
