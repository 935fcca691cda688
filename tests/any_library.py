"""Libraries with values of every kind, made up by hypothesis and kept through the store as the program keeps them."""

import random
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from rehearse.audio.recording import Recording
from rehearse.interview import AskedQuestion, Interview, Reason
from rehearse.measurement.calibration import Calibrated, Calibration
from rehearse.measurement.corrections import Correction, Verdict
from rehearse.measurement.measures import Measures
from rehearse.measurement.preference import Preference
from rehearse.next_interview import NextInterview
from rehearse.question import QuestionDraft, Target
from rehearse.storage.store import Store
from rehearse.transcription.transcript import (
    Doubt,
    DoubtReason,
    EngineIdentity,
    EngineName,
    Hesitation,
    Span,
    SpeechActivity,
    Transcript,
    Word,
)

#: All of Unicode, halves of characters, NUL, line ends and what looks like JSON too.
texts = st.text(max_size=12) | st.sampled_from(["", "naïve 😀", "\x00\x1b[31m", '"\\', "\u2028", "\ud800", "[b]x[/b]"])
seconds = st.floats(0, 2000) | st.sampled_from([0.1 + 0.2, 1 / 3, 5e-324, 98.5])
spans = st.tuples(seconds, seconds).map(sorted)
moments = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC))
engines = st.builds(
    EngineIdentity,
    name=st.sampled_from(get_args(EngineName)),
    model=texts,
    version=texts,
    options=st.dictionaries(texts, texts | st.integers(-(10**18), 10**18) | seconds | st.booleans(), max_size=3),
)


@st.composite
def _words(draw: st.DrawFn) -> tuple[Word, ...]:
    probabilities = st.none() | st.floats(0, 1)
    return tuple(
        Word(text=draw(texts), start_s=start_s, end_s=end_s, probability=draw(probabilities))
        for start_s, end_s in draw(st.lists(spans, max_size=4))
    )


transcripts = st.builds(
    Transcript,
    language=st.sampled_from(["en", "de", "pt-BR"]),
    words=_words(),
    engine=engines,
    doubts=st.lists(
        st.builds(Doubt, start_s=seconds, end_s=seconds, why=st.sampled_from(get_args(DoubtReason))), max_size=2
    ).map(tuple),
    hesitations=st.none()
    | st.lists(st.builds(Hesitation, start_s=seconds, vowel_end_s=seconds, end_s=seconds), max_size=2).map(tuple),
)
speeches = st.builds(
    SpeechActivity,
    recording_s=seconds,
    spans=st.lists(spans.map(lambda span: Span(start_s=span[0], end_s=span[1])), max_size=3).map(tuple),
)
corrections = st.builds(
    Correction,
    start_s=seconds,
    end_s=seconds,
    text=texts,
    kind=st.sampled_from(["sound", "word"]),
    verdict=st.sampled_from(get_args(Verdict)),
)
drafts = st.builds(
    QuestionDraft,
    text=texts.filter(str.strip),
    target=st.none() | st.just(Target(low_s=45.5, high_s=90.0)),
    points=st.lists(texts, max_size=2).map(tuple),
    tags=st.lists(texts, max_size=2).map(tuple),
    note=texts,
)
days = st.dates(date(2, 1, 1), date(8999, 12, 31))
asked_questions = st.builds(
    AskedQuestion,
    text=texts,
    hard=st.booleans(),
    why=st.lists(st.sampled_from(Reason), unique=True, max_size=3).map(tuple),
    what_happened=texts,
    roughly_s=st.none() | seconds,
    again=st.booleans(),
    noted=texts,
)
interviews = st.builds(
    Interview,
    company=texts,
    role=texts,
    on=st.none() | days,
    who=texts,
    went_well=st.lists(texts, max_size=4).map(tuple),
    in_my_control=texts,
    not_in_my_control=texts,
    notes=texts,
    started_at=moments,
    finished_at=st.none() | moments,
    at=st.sampled_from(["", "company 0", "why 2"]) | texts,
    acknowledgement=st.integers(0, 9),
    follow_up=texts,
    sent_on=st.none() | days,
)


def _any(kind: Any) -> st.SearchStrategy[Any]:
    """Every value that a field of that type can have."""
    origin = get_origin(kind)
    if kind is EngineIdentity:
        return engines
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.builds(kind, **{each.name: _any(hints[each.name]) for each in fields(kind)})
    if origin is Literal:
        return st.sampled_from(get_args(kind))
    if origin is tuple:
        return st.lists(_any(get_args(kind)[0]), max_size=2).map(tuple)
    if origin in (Union, UnionType):
        return st.one_of(map(_any, get_args(kind)))
    plain = {float: st.floats(-1000, 1000), int: st.integers(0, 1000), bool: st.booleans(), str: texts}
    return st.none() if kind is NoneType else plain[kind]


calibrations = st.builds(Calibrated, made_at=moments, device=texts, engine=engines, found=_any(Calibration))
all_measures = _any(Measures)


def fill(store: Store, draw: st.DrawFn) -> None:
    """Questions, attempts with or without words, numbers and sound, deleted ones, preferences, calibrations, interviews
    whose questions are practised or not, deleted ones, the next one."""
    numbers: list[int] = []
    for draft in draw(st.lists(drafts, max_size=3)):
        question = store.add_question(draft, draw(moments))
        for place in range(draw(st.integers(0, 3))):
            numbers.append(_attempt(store, draw, question.id, baseline=place == 1))
        if draw(st.booleans()):
            store.archive_question(question.id, draw(moments))
    for number in numbers:
        if draw(st.integers(0, 5)) == 0:
            store.delete_attempt(number, keep_numbers=draw(st.booleans()))
    left = [attempt.id for attempt in store.attempts()]
    for _ in range(draw(st.integers(0, 2)) if len(left) > 1 else 0):
        one, other = draw(st.permutations(left))[:2]
        preferred = draw(st.sampled_from([one, other, None]))
        store.add_preference(
            Preference(
                attempt_id=one, other_id=other, preferred_id=preferred, blind=draw(st.booleans()), made_at=draw(moments)
            )
        )
    for calibrated in draw(st.lists(calibrations, max_size=2)):
        store.keep_calibration(calibrated)
    for interview in draw(st.lists(interviews, max_size=3)):
        _interview(store, draw, interview)
    if draw(st.booleans()):
        store.keep_next_interview(NextInterview(on=draw(days), company=draw(texts)), draw(moments))


def _interview(store: Store, draw: st.DrawFn, interview: Interview) -> None:
    practised = st.none() | st.sampled_from([each.id for each in store.questions(include_archived=True)] or [None])
    asked = [replace(each, question_id=draw(practised)) for each in draw(st.lists(asked_questions, max_size=3))]
    kept = store.keep_interview(replace(interview, asked=tuple(asked)))
    if draw(st.integers(0, 4)) == 0:
        store.delete_interview(kept.id)


def _attempt(store: Store, draw: st.DrawFn, question_id: int, *, baseline: bool) -> int:
    recording = a_sound(store.recordings, draw(st.binary(min_size=1, max_size=30)), draw(seconds))
    kept = store.add_attempt(
        question_id,
        recording,
        draw(moments),
        baseline=baseline,
        source=draw(texts),
        device=draw(texts),
        whole_s=draw(st.none() | seconds),
    )
    if draw(st.booleans()):
        store.keep_heard(kept.id, draw(transcripts), draw(speeches), draw(all_measures), draw(moments))
        for correction in draw(st.lists(corrections, max_size=2)):
            store.keep_correction(kept.id, correction, draw(moments))
    return kept.id


def a_sound(recordings: Path, content: bytes, recording_s: float = 98.5, *, name: str = "") -> Recording:
    """A recording of these bytes, which nobody decodes."""
    recordings.mkdir(parents=True, exist_ok=True)
    path = recordings / (name or f"20261103T183015Z-{random.getrandbits(48):012x}.wav")
    path.write_bytes(content)
    return Recording(path=path, sample_rate_hz=16_000, recording_s=recording_s, overflow_count=2)


def a_small_library(store: Store, measures: Measures, transcript: Transcript, speech: SpeechActivity) -> None:
    """Two questions, three attempts, a preference, a correction, a calibration; the last attempt has no words yet.

    Two interviews: one with three questions, one of which is practised as the second, and a mail that was sent; one
    whose debrief is open. A day for the next one.
    """
    now = datetime(2026, 11, 3, 18, 30, 15, 250000, tzinfo=UTC)
    first = store.add_question(QuestionDraft(text="Tell me about a conflict.", points=("what I did",)), now)
    second = store.add_question(QuestionDraft(text="Why us?", target=Target(low_s=30, high_s=60)), now)
    for day, question in enumerate((first, first, second)):
        recording = a_sound(store.recordings, b"sound %d" % day, 90.0 + day, name=f"answer-{day}.wav")
        kept = store.add_attempt(question.id, recording, now + timedelta(days=day), baseline=day == 0)
        if question is first:
            store.keep_heard(kept.id, transcript, speech, measures, now)
    said = Correction(start_s=3.0, end_s=3.4, text="um", kind="sound", verdict="rejected")
    store.keep_correction(1, said, now)
    store.add_preference(Preference(attempt_id=1, other_id=2, preferred_id=2, blind=True, made_at=now))
    found = Calibration(
        text_words=100,
        words_read=100,
        words_heard=90,
        word_error_ratio=0.1,
        fillers_spoken=6,
        fillers_heard_text=3,
        fillers_heard_sound=None,
        fillers_heard=3,
        false_fillers=0,
        level_dbfs=-20.5,
        noise_floor_dbfs=None,
        snr_db=None,
        clipped=False,
    )
    store.keep_calibration(Calibrated(made_at=now, device="USB", engine=transcript.engine, found=found))
    asked = (
        AskedQuestion(text="Where are you from?"),
        AskedQuestion(
            text="Why us?",
            hard=True,
            why=(Reason.RAMBLED, Reason.NERVES),
            what_happened="Lost the thread.",
            roughly_s=210.0,
            again=True,
            question_id=second.id,
            noted="rambled, nerves, about 3:30 (Northwind, 2 Nov)",
        ),
        AskedQuestion(text="Any questions?", hard=True, why=(Reason.BLANKED,)),
    )
    held = Interview(
        company="Northwind",
        role="data analyst",
        on=date(2026, 11, 2),
        who="Ms Okafor",
        went_well=("the numbers", "", "<b>calm</b>"),
        asked=asked,
        in_my_control="I spoke too long",
        not_in_my_control="they were late",
        notes="They call on Monday",
        started_at=now,
        finished_at=now + timedelta(minutes=9),
        acknowledgement=2,
    )
    store.keep_follow_up(store.keep_interview(held).id, "Dear Ms Okafor,\nthank you.", date(2026, 11, 3))
    store.keep_interview(Interview(company="Fabrikam", started_at=now + timedelta(days=1), at="who 0"))
    store.keep_next_interview(NextInterview(on=date(2026, 12, 2), company="Contoso"), now)
