"""Numbers to words, once for screen and page: plain, kind, and never more exact than what was measured."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, tzinfo

from rehearse.measurement.measures import Measures
from rehearse.question import Target
from rehearse.transcription.transcript import EngineIdentity, EngineName

_PRONOUN = re.compile(r"\bi(?=(?: (?:mean|guess|think|suppose|believe|feel|know|would|don't))\b|'(?:m|d|ll|ve)\b)")


def shown(text: str) -> str:
    """Text of people and recognisers made safe to show: control characters become visible signs, never obeyed."""
    # Of what is printable nothing is ever changed, and nearly all text is.
    return text if text.isprintable() else "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    # Cc is the other control range; Cf holds marks that reverse or hide text, Zl and Zp break lines; Cs cannot be
    # written out at all. The two joiners of Cf are part of ordinary words and emoji.
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in "\u200c\u200d":
        return f"<U+{code:04X}>"
    return character


def clock(seconds: float) -> str:
    """'1:42', '0:07', '1:02:30'."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def moment(seconds: float) -> str:
    """Where something begins, as a player's clock shows it then: '0:59' up to 59.99 s."""
    return clock(int(seconds))


def length(seconds: float) -> str:
    """A stretch of time as it is said: '22 s', '1:05'; tenths below ten seconds where they matter."""
    return f"{round(seconds)} s" if round(seconds) < 60 else clock(seconds)


def time_left(seconds: float | None) -> str:
    """'about 3 min left', 'about 1 h 20 min left'; '' where nobody can tell yet."""
    if seconds is None:
        return ""
    if seconds < 60:
        return "less than a minute left"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"about {hours} h {minutes} min left" if hours else f"about {minutes} min left"


def tenths(seconds: float) -> str:
    return f"{seconds:.1f} s"


def speed(times: float) -> str:
    """'1x', '1.25x'."""
    return f"{times:g}x"


def semitones(pitch_range: float) -> str:
    return count(pitch_range, "semitone")


def target_band(target: Target) -> str:
    return f"{clock(target.low_s)}-{clock(target.high_s)}"


def count(number: float, one: str, many: str | None = None) -> str:
    """'1 word', '41 words'."""
    return f"{round(number)} {one if round(number) == 1 else many or one + 's'}"


def day(moment: datetime, timezone: tzinfo | None, today: datetime | None = None) -> str:
    """'3 Nov'; with the year where it is not this one."""
    local = moment.astimezone(timezone)
    same_year = today is None or today.astimezone(timezone).year == local.year
    return f"{local.day} {local:%b}" + ("" if same_year else f" {local.year}")


def listed(names: Sequence[str], last: str = "and") -> str:
    """'1', '1 and 2', '1, 2 and 5'; at least one name."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def capitalised(text: str) -> str:
    """The text as a sentence begins; nothing else of it changes."""
    return text[:1].upper() + text[1:]


def engine_name(engine: EngineIdentity | None) -> str:
    return "not written down yet" if engine is None else recogniser(engine.name, engine.model)


def recogniser(name: EngineName | None, model: str | None) -> str:
    """'whisper small.en', 'draft', 'your transcript'; 'the sound alone' where nobody heard words."""
    return {"whisper": f"whisper {model}", "draft": "draft", "given": "your transcript", None: "the sound alone"}[name]


def pace(words_per_minute: float | None) -> str:
    return "-" if words_per_minute is None else f"{round(words_per_minute)} wpm"


def per_minute(rate: float | None) -> str:
    return "-" if rate is None else f"{rate:.0f}" if rate >= 1 or rate == 0 else "<1"


def filler_count(measures: Measures) -> str:
    """'at least 4 (2 a minute)' by Whisper, which drops some; 'roughly 4' by the draft engine."""
    if measures.filler_count is None or measures.fillers_per_min is None:
        return "not counted"
    engine = measures.engine.name if measures.engine else "given"
    about = {"whisper": "at least ", "draft": "roughly ", "given": ""}[engine]
    if measures.filler_count == 0:
        return {"whisper": "none heard", "draft": "none heard", "given": "none"}[engine]
    return f"{about}{measures.filler_count} ({per_minute(measures.fillers_per_min)} a minute)"


def filler_name(text: str) -> str:
    """A filler as people write it: 'I mean' of 'i mean', as it is counted and kept; made safe to show.

    Only before words that tell that it is English: in other languages 'i' is an ordinary word.
    """
    return _PRONOUN.sub("I", shown(text))


def filler_kinds(measures: Measures) -> str:
    """'um 2 · like 1', the most frequent first; 'likely, listen: 0:12 uh' where only the sound gives one away."""
    counts = Counter(filler.text for filler in measures.fillers or ())
    kinds = " · ".join(f"{filler_name(text)} {number}" for text, number in counts.most_common(6))
    sounds = [filler for filler in measures.fillers or () if filler.source == "sound" and filler.confirmed is None]
    if not sounds:
        return kinds
    places = ", ".join(f"{filler_name(filler.text)} at {moment(filler.start_s)}" for filler in sounds[:4])
    more = f" and {len(sounds) - 4} more" if len(sounds) > 4 else ""
    return f"{kinds}   (from the sound alone; likely, listen: {places}{more})"


def pause_summary(measures: Measures) -> str:
    """'11, longest 1.4 s'."""
    if measures.silent_pause_count is None:
        return "not measured (too noisy)" if measures.pauses_heard == "cannot tell" else "not measured (no sound)"
    if measures.longest_pause_s is None:
        return "none"
    roughly = "roughly " if measures.pauses_heard == "roughly" else ""
    return f"{roughly}{measures.silent_pause_count}, longest {tenths(measures.longest_pause_s)}"


def landing(now: Measures) -> str:
    """'1:22, then 38 s with 3 new words and 14 repeated'; '' where no landing is known."""
    if now.landing is None or now.after_landing_s is None:
        return ""
    new = count(len(now.landing.new_words), "new word")
    roughly = "roughly " if now.engine is not None and now.engine.name == "draft" else ""
    after = f"{length(now.after_landing_s)} with {new} and {now.landing.repeated_count} repeated"
    return f"{roughly}{clock(now.landing.landing_s)}, then {after}"


def points(now: Measures) -> str:
    """'2 of 3 heard, the first at 0:04', and how many hold no word to listen for; '' where none holds any."""
    known = [point for point in now.key_points or () if point.said is not None]
    vague = len(now.key_points or ()) - len(known)
    if not known:
        return ""
    starts_s = [point.start_s for point in known if point.start_s is not None]
    told = f"{len(starts_s)} of {len(known)} heard"
    first = f", the first at {clock(min(starts_s))}" if starts_s else ""
    return told + first + (f"; {vague} without a word to listen for" if vague else "")
