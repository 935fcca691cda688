"""Answers whose words and stretches of speech are given, and one of them measured."""

from hypothesis import strategies as st

from rehearse.measurement.delivery import Level
from rehearse.measurement.measures import measure
from rehearse.transcription.transcript import EngineIdentity, Span, SpeechActivity, Transcript, Word

ENGINE = EngineIdentity(name="whisper", model="base.en", version="1.2.1", options={"beam_size": 5, "language": "en"})


def speech(*bounds_s: tuple[float, float], recording_s: float = 60.0) -> SpeechActivity:
    spans = tuple(Span(start_s=start, end_s=end) for start, end in bounds_s)
    return SpeechActivity(recording_s=recording_s, spans=spans)


def transcript(text: str, start_s: float = 1.0, step_s: float = 0.5, language: str = "en") -> Transcript:
    words = tuple(
        Word(text=piece, start_s=start_s + place * step_s, end_s=start_s + (place + 1) * step_s, probability=0.87654321)
        for place, piece in enumerate(text.split())
    )
    return Transcript(language=language, words=words, engine=ENGINE)


#: 12 s of answer after 1 s: pauses of 0.5 s (a comma), 2.5 s (a sentence) and 1.0 s (inside); one gap of 0.2 s.
SPEECH = speech((1.0, 2.5), (3.0, 5.0), (5.2, 5.5), (8.0, 10.0), (11.0, 13.0), recording_s=15.0)
WORDS = (
    ("So,", 1.0, 1.5), ("um,", 1.5, 2.0), ("I", 2.0, 2.2), ("agreed,", 2.2, 2.5),
    ("you", 3.0, 3.2), ("know,", 3.2, 3.5), ("with", 3.5, 4.0), ("the", 4.0, 4.5), ("the", 4.5, 5.0),
    ("plan.", 5.2, 5.5),
    ("Then", 8.0, 8.5), ("we", 8.5, 9.0), ("[laughter]", 9.0, 9.5), ("shipped", 9.5, 10.0),
    ("it", 11.0, 11.5), ("on", 11.5, 12.0), ("time.", 12.0, 13.0),
)  # fmt: skip
TRANSCRIPT = Transcript(
    language="en", words=tuple(Word(text=text, start_s=start, end_s=end) for text, start, end in WORDS), engine=ENGINE
)
MEASURES = measure(speech=SPEECH, transcript=TRANSCRIPT, level=Level(level_dbfs=-21.2345, clipped=False))


NEED_WORDS = str.split(
    "word_count speech_rate_wpm articulation_rate_wpm mean_length_of_run_words filler_count filled_pause_count "
    "discourse_marker_count fillers_per_min fillers_per_100_words fillers fillers_left_out repetitions "
    "restarts repeated_phrases landing_s new_after_landing_ratio landing ending"
)


@st.composite
def activities(draw: st.DrawFn) -> SpeechActivity:
    """Speech on the 32 ms grid that voice activity is found on."""
    frames = draw(st.lists(st.integers(2, 120), min_size=1, max_size=12).filter(lambda lengths: len(lengths) % 2 == 1))
    edges_s = [0.032 * draw(st.integers(0, 60))]
    for length in frames:
        edges_s.append(edges_s[-1] + 0.032 * length)
    bounds = list(zip(edges_s[::2], edges_s[1::2], strict=True))
    return speech(*bounds, recording_s=edges_s[-1] + 0.032 * draw(st.integers(0, 60)))


SAID = st.lists(
    st.sampled_from(str.split("um uh, so well like, you know okay. the the plan we left. [Music]")), min_size=1
)
