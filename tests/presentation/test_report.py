"""The page as a browser reads it: its tags and texts, what it may load, and text of people that tries to be markup."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import combinations
from xml.etree import ElementTree

import pytest

from rehearse.measurement.attempt import CutShort, Timed
from rehearse.measurement.fillers import Filler
from rehearse.measurement.landing import Landing
from rehearse.measurement.pauses import Pause
from rehearse.presentation import advice, verdict_words, wording
from rehearse.presentation.report import report
from rehearse.presentation.report_attempt import LEAD_S
from rehearse.presentation.report_values import Answer, Pair, PractisedQuestion, Sound, is_report
from rehearse.progress.comparison import cold_attempts, compare, compared_in_order, held_against
from rehearse.progress.content import content_change, passages
from rehearse.progress.drill import aim_of
from rehearse.progress.verdict import judged
from rehearse.question import Question, Target
from rehearse.transcription.transcript import Transcript, Word

AIM = Target(low_s=60, high_s=120)
MADE_AT = datetime(2026, 11, 20, tzinfo=UTC)
SOUND = Sound(href="data:audio/flac;base64,ZkxhQw==")
HOSTILE = (
    "</script></title><img src=x onerror=alert(1)> \" ' & {{ 7 * 7 }} \u2028\u202e\x1b[31m]]>--><svg/onload=alert(2)>"
)
NEVER_CLOSED = {"meta", "link", "br", "img", "input"}


class Page(HTMLParser):
    """Every tag with its attributes, the text in each kind of tag, and whether tags close in order."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.texts, self._open, self.well_nested = [], [], [], True
        self.feed(html)
        self.close()
        self.well_nested = self.well_nested and not self._open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in NEVER_CLOSED:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        self.well_nested = self.well_nested and bool(self._open) and self._open.pop() == tag

    def handle_data(self, data):
        self.texts.append((self._open[-1] if self._open else "", data))

    def all(self, tag, **wanted):
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [a for t, a in self.tags if t == tag and all(a.get(name) == value for name, value in wanted.items())]

    @property
    def text(self):
        return " ".join(" ".join(data for tag, data in self.texts if tag not in ("script", "style")).split())


def said(*texts, engine):
    words = tuple(Word(text=text, start_s=1 + n, end_s=1.5 + n) for n, text in enumerate(texts))
    return Transcript(language="en", words=words, engine=engine)


def practised(attempts, *, question=None, transcripts=None, sound=SOUND, levels=(-20.0, -40.0) * 50):
    cold = cold_attempts(attempts, UTC)
    answers = []
    for place, attempt in enumerate(attempts):
        now = attempt.measures
        before = attempts[:place]
        comparison = compared_in_order(attempt, before, held_against(attempt, before)) if now else None
        answers.append(
            Answer(
                attempt=attempt,
                transcript=(transcripts or {}).get(attempt.id),
                comparison=comparison,
                verdict=judged(attempt, comparison, aim_of(attempt, AIM)) if comparison else None,
                best_before=None,
                levels_dbfs=levels,
                sound=sound,
                is_cold=attempt.id in cold,
            )
        )
    pairs = [pair(*two) for two in combinations([a for a in answers if a.attempt.measures], 2)]
    question = question or Question(id=3, text="Tell me about a conflict.", created_at=MADE_AT)
    return PractisedQuestion(question=question, target=AIM, answers=answers, pairs=pairs)


def pair(earlier, later):
    words = (later.transcript, earlier.transcript)
    return Pair(
        earlier=earlier,
        later=later,
        comparison=compare(later.attempt.measures, (earlier.attempt,)),
        content=content_change(*words) if all(words) else None,
        passages=passages(*words) if all(words) else (),
    )


def html_of(*asked, **options):
    return report(asked, made_at=MADE_AT, timezone=UTC, **options)


@pytest.fixture
def told(attempts, answer, engines):
    """Three answers with all there is to tell of one, and the page of them."""
    landing = Landing(landing_s=70.0, sentence="we kept the client.", new_words=("so",), repeated_count=9)
    fillers = (
        Filler(text="um", start_s=2.0, end_s=2.5, kind="sound"),
        Filler(text="uh", start_s=40.0, end_s=40.2, kind="sound", source="sound"),
    )
    pauses = (Pause(start_s=30.0, end_s=32.5), Pause(start_s=50.0, end_s=50.5))
    latest = answer(100, landing=landing, fillers=fillers, pauses=pauses)
    given = attempts(180, 150, latest)
    words = {a.id: said("So", "um", "we", "kept", "the", "client.", engine=engines["whisper"]) for a in given}
    asked = practised(given, transcripts=words)
    return asked, html_of(asked)


def test_every_tag_closes_in_its_place_and_every_name_is_given_once(told):
    page = Page(told[1])
    assert page.well_nested
    names = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(names) == len(set(names))
    referred = {name for _, a in page.tags for name in a.get("aria-labelledby", "").split()}
    assert referred <= set(names)


def test_every_picture_is_well_formed(told):
    pictures = re.findall(r"<svg xmlns.*?</svg>", told[1], re.DOTALL)
    assert len(pictures) >= 3 + 3 + 3
    for picture in pictures:
        ElementTree.fromstring(picture)


def test_what_is_said_is_what_the_screen_says(told):
    asked, html = told
    shown = Page(html).text
    for each in asked.answers:
        now = each.attempt.measures
        assert verdict_words.headline(now, each.verdict, each.comparison, AIM) in shown
        assert verdict_words.compared(now, each.comparison) in shown
        assert advice.keep(each.verdict.keep[0], now, each.comparison, AIM) in shown
        assert advice.next_step(each.verdict.next, now, each.comparison, AIM) in shown
    assert "Too few to see a trend yet: 3 first attempts" in shown or "Too few to see a trend yet: 3 attempts" in shown


def test_what_to_keep_stands_before_what_to_change(told):
    shown = Page(told[1]).text
    assert 0 < shown.index("Keep") < shown.index("Next")


def test_places_to_hear_again_are_buttons_that_begin_a_little_before(told):
    buttons = [a for a in Page(told[1]).all("button", type="button") if "data-at" in a]
    assert [float(button["data-at"]) for button in buttons] == [round(s - LEAD_S, 2) for s in (2.0, 30.0, 40.0, 70.0)]
    assert [button["class"] for button in buttons] == ["filler", "long", "filler", "landing"]
    assert buttons[1]["aria-label"] == "long pause, at 0:30"
    assert "um 0:02" in Page(told[1]).text and "uh? 0:40" in Page(told[1]).text


def test_words_carry_their_times_and_fillers_are_marked(told):
    html = told[1]
    times = [attributes["data-times"] for attributes in Page(html).all("div", class_="words")]
    assert times == ["100 200 300 400 500 600"] * 3
    assert '<span class="f">um</span>' in html and html.count("<span>client.</span>") == 3


def test_the_parts_of_why_sum_to_the_change(told):
    html = told[1]
    bars = re.findall(r'<svg xmlns="http://www.w3.org/2000/svg" class="why".*?</svg>', html, re.DOTALL)
    assert len(bars) == 2 + 3
    for picture in bars:
        parts = re.findall(r'class="part[^>]*>([^<]+)</text>', picture)
        *seconds, total = (float(part.replace("−", "-").removesuffix(" s")) for part in parts)
        assert sum(seconds) == pytest.approx(total, abs=0.001)
        minutes, seconds_ = re.search(r"(?:(\d+):)?(\d+)(?: s)? (?:shorter|longer)", picture).groups()
        assert abs(total) == pytest.approx(60 * int(minutes or 0) + int(seconds_), abs=0.55)


def test_two_attempts_can_be_chosen_and_the_latest_is_shown_first(told):
    page = Page(told[1])
    assert [a["value"] for a in page.all("option")] == ["1", "2", "3"] * 2
    assert [a["data-pair"] for a in page.all("template")] == ["1-2", "1-3"]
    assert page.all("div", class_="held")[0]["data-pair"] == "2-3"


def test_only_the_newest_attempts_are_open(attempts):
    one, many = practised(attempts(*range(100, 110))), practised(attempts(*range(100, 103)))
    other = replace(many, question=replace(many.question, id=4), pairs=())
    page = Page(html_of(one))
    boxes = [a for t, a in page.tags if t == "details"]
    assert ["open" in box for box in boxes] == [True, True] + [False] * 8
    assert boxes[0]["id"] == "attempt-10"
    numbered = [replace(a, attempt=replace(a.attempt, id=a.attempt.id + 50)) for a in other.answers]
    both = Page(html_of(one, replace(other, answers=numbered)))
    assert ["open" in a for t, a in both.tags if t == "details"] == [True] + [False] * 9 + [True] + [False] * 2
    assert both.all("a", href="#question-3") and both.all("a", href="#question-4")


def test_nothing_but_the_page_itself_may_be_loaded_or_run(told):
    html = told[1]
    page = Page(html)
    policy = page.all("meta", http_equiv="Content-Security-Policy")[0]["content"]
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy
    for tag, name in (("script", "script-src"), ("style", "style-src")):
        (source,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy
    # A style or an on... attribute would be refused by the policy; a link would leave the page.
    assert not [a for _, a in page.tags if "style" in a or any(name.startswith("on") for name in a)]
    linked = {a.get(name, "") for _, a in page.tags for name in ("href", "src", "srcset", "action")}
    assert all(link == "" or link.startswith(("#", "data:")) for link in linked)
    assert "media-src data:;" in policy
    assert set(re.findall(r"https?://[^\"' ]+", html)) == {"http://www.w3.org/2000/svg"}


def test_sound_beside_the_page_may_be_loaded_from_there(attempts):
    asked = practised(attempts(100), sound=Sound(href="my%20page-audio/attempt-1.wav"))
    page = Page(html_of(asked, sound_beside=True))
    assert page.all("audio")[0]["src"] == "my%20page-audio/attempt-1.wav"
    assert "media-src 'self' file:;" in page.all("meta", http_equiv="Content-Security-Policy")[0]["content"]


def test_text_of_people_and_recognisers_is_shown_and_never_obeyed(attempts, answer, engines):
    filler = Filler(text=HOSTILE, start_s=2.0, end_s=2.5, kind="word")
    landing = Landing(landing_s=60.0, sentence=HOSTILE, new_words=(), repeated_count=9)
    engine = replace(engines["whisper"], model=HOSTILE)
    given = attempts(
        answer(150, fillers=(filler,) * 14, fillers_per_min=14, landing=landing, engine=engine),
        answer(100, engine=engine),
    )
    question = Question(id=3, text=HOSTILE, created_at=MADE_AT, points=(HOSTILE,), note=HOSTILE, tags=(HOSTILE,))
    words = {a.id: said(HOSTILE, "and", HOSTILE, str(a.id), engine=engine) for a in given}
    asked = practised(given, question=question, transcripts=words, sound=Sound(told=HOSTILE))
    html = html_of(asked, replace(asked, question=replace(question, id=4), answers=asked.answers[:1], pairs=()))
    page = Page(html)
    assert len(page.all("script")) == 1 and not page.all("img") and not page.all("iframe")
    assert not [name for _, a in page.tags for name in a if name.startswith("on")]
    assert wording.shown("<img src=x onerror=alert(1)> \" ' & {{ 7 * 7 }}") in page.text
    assert not set("\x1b\u2028\u202e") & set(html)
    assert "alert" not in "".join(data for tag, data in page.texts if tag in ("script", "style"))


def test_an_answer_without_sound_says_so_and_how_to_hear_it(attempts, engines):
    given = attempts(100)
    words = {1: said("We", "kept", "it.", engine=engines["whisper"])}
    deleted = Sound(told="The sound of this attempt was deleted; its numbers were kept.")
    html = html_of(practised(given, transcripts=words, sound=deleted, levels=()))
    page = Page(html)
    assert not page.all("audio") and "was deleted" in page.text and "We kept it." in page.text
    # Without sound there is nothing to click on: the words are text.
    assert not [a for _, a in page.tags if "data-times" in a or "data-at" in a]


def test_an_answer_that_was_not_measured_says_how_to_have_it_measured(attempts):
    (unmeasured,) = attempts(100)
    html = html_of(practised([replace(unmeasured, measures=None)]))
    assert "rehearse transcribe 1" in Page(html).text and Page(html).well_nested


def test_words_of_another_recogniser_are_not_laid_side_by_side(attempts, answer, engines):
    given = attempts(answer(150, engine=engines["draft"]), answer(100))
    shown = Page(html_of(practised(given))).text
    assert "Different recognisers heard them" in shown and "Draft words" in shown


def test_the_trend_of_a_question_is_told_with_what_it_rests_on(attempts):
    shown = Page(html_of(practised(attempts(200, 180, 165, 150, 135)))).text
    assert "Improving: about 15 s shorter each time (5 first attempts of a day)." in shown
    assert "where it is going" in shown


def test_many_answers_are_drawn_as_far_as_they_can_be_told_apart(attempts):
    html = html_of(replace(practised(attempts(*([100.0, 140.0] * 40))), pairs=()))
    assert "The latest 60 answers of 80" in html
    chart = re.search(r'id="q3-answer-s-title".*?</svg>', html, re.DOTALL)[0]
    assert chart.count("<circle") == 60


def test_a_page_of_ours_is_known_by_its_beginning(told):
    assert is_report(told[1][:500]) and not is_report("<!doctype html>\n<html><head><title>mine</title>")


def timed(attempts, *lengths, rounds):
    """Attempts of these lengths, those at the given places with their Timed."""
    return [replace(each, timed=rounds.get(place)) for place, each in enumerate(attempts(*lengths))]


def test_rounds_and_exams_are_told_and_are_no_part_of_the_trend(attempts):
    rounds = {
        1: Timed(limit_s=240, drill_round=1),
        2: Timed(limit_s=180, drill_round=2),
        5: Timed(limit_s=120, ran_out=True),
        6: Timed(limit_s=150),
    }
    asked = practised(timed(attempts, 150, 200, 170, 140, 130, 119, 120, rounds=rounds))
    page = Page(html_of(asked, replace(asked, question=replace(asked.question, id=4))))
    assert "5 Nov, drill 1, limit 4:00" in page.text and "6 Nov, drill 2, limit 3:00" in page.text
    assert "9 Nov, exam, limit 2:00" in page.text
    # In time: the length is their own, and the first of that day.
    assert "10 Nov, first of the day, exam, limit 2:30" in page.text
    assert "Attempt 2, 5 Nov, 3:20, drill 1, limit 4:00" in page.text, "in the list to choose from"
    assert "3 answers are left out: from drills, or ended too early." in page.text
    titles = [data for tag, data in page.texts if tag == "desc" and "2:30" in data]
    assert titles and not any("3:20" in each or "1:59" in each for each in titles)
    assert "4 answers; attempt 1" in " ".join(titles)


def test_a_question_only_drilled_says_so_and_has_no_chart(attempts):
    asked = practised(timed(attempts, 200, rounds={0: Timed(limit_s=240, drill_round=1)}))
    page = Page(html_of(asked, replace(asked, question=replace(asked.question, id=4))))
    assert "Only drills, and answers that ended too early, so far." in page.text and not page.all("svg", class_="chart")
    assert "1 answer is left out: from drills, or ended too early." in page.text


def test_an_answer_cut_short_is_told_and_neither_judged_nor_drawn(attempts):
    whole, part, later = attempts(100, 20, 90)
    page = Page(html_of(practised([whole, replace(part, cut_short=CutShort(read_s=22, whole_s=95)), later])))
    assert "5 Nov, cut short: 0:22 of 1:35" in page.text and ("span", "a part") in page.texts
    assert "1 answer is left out: from drills, or ended too early." in page.text
    assert "1:20 shorter" not in page.text and "1:10 longer" not in page.text


def test_what_was_hard_is_said_of_the_interview_not_of_the_last_attempt(attempts):
    question = Question(id=3, text="Tell me about a conflict.", created_at=MADE_AT, note="rambled")
    page = Page(html_of(practised(attempts(100, 90), question=question)))
    assert "In the interview: rambled" in page.text and "Last time" not in page.text


def test_shorter_is_drawn_as_a_gain_only_down_to_the_aim(attempts):
    def colours(*lengths):
        return set(re.findall(r'<rect class="(less|more|plain)', html_of(practised(attempts(*lengths)))))

    assert "less" in colours(150, 100) and "plain" not in colours(150, 100)
    assert colours(90, 40) == {"plain"} == colours(40, 90)


def test_a_round_is_told_against_its_own_limit(attempts):
    asked = practised(timed(attempts, 170, rounds={0: Timed(limit_s=180, drill_round=2)}))
    page = Page(html_of(asked))
    assert ("span", "inside its limit") in page.texts and ("span", "over") not in page.texts
