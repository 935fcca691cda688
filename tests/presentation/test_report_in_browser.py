"""The page in a real browser: Chromium without a screen opens it from a file and is watched for what it asks for."""

import shutil
from pathlib import Path

import practised_library
import pytest

from rehearse.cli import run
from rehearse.presentation.wave_picture import COLUMNS

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]
SEEK_S = 0.1


@pytest.fixture(scope="module")
def browser(need, cannot):
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        need("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        cannot("needs the Python package playwright")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The page of twelve attempts with its sound inside, and one with its sound beside it."""
    folder = tmp_path_factory.mktemp("page of answers")
    home = folder / "home"
    practised_library.fill(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REHEARSE_HOME", str(home))
        patch.setenv("REHEARSE_CONFIG", str(folder / "settings.toml"))
        for arguments in (["-o", "whole.html"], ["disagreed", "-o", "linked.html", "--link-audio"]):
            patch.chdir(folder)
            with pytest.raises(SystemExit) as ended:
                run(["report", *arguments, "--json"])
            assert not ended.value.code
    return folder


class Watched:
    """A tab on one of the pages, with everything it said on its console and asked for."""

    def __init__(self, browser, path: Path, **options):
        self.context = browser.new_context(viewport={"width": 1440, "height": 900}, **options)
        self.tab = self.context.new_page()
        self.errors, self.asked_for = [], []
        self.tab.on("console", lambda message: self.errors.append(message.text))
        self.tab.on("pageerror", lambda error: self.errors.append(str(error)))
        self.tab.on("request", lambda request: self.asked_for.append(request.url))
        self.tab.goto(path.as_uri())

    def box(self, attempt):
        return self.tab.locator(f"#attempt-{attempt}")

    def sound(self, attempt):
        return self.box(attempt).locator("audio").evaluate("a => ({at: a.currentTime, paused: a.paused})")

    def played_from(self, attempt, act):
        """Where the sound begins after that act, in seconds: the first place it says while it is playing."""
        audio = self.box(attempt).locator("audio")
        audio.evaluate(
            """a => {
                a.pause();
                // As slow as it goes: on a busy machine the next word would be spoken before anybody comes to look.
                a.playbackRate = a.defaultPlaybackRate = 0.0625;
                a.began = new Promise(done => a.addEventListener('playing', () => {
                    const at = a.currentTime;
                    a.pause();
                    a.playbackRate = a.defaultPlaybackRate = 1;
                    done(at);
                }, {once: true}));
            }"""
        )
        act()
        return audio.evaluate("a => a.began")


@pytest.fixture(scope="module")
def whole(browser, pages):
    watched = Watched(browser, pages / "whole.html")
    yield watched
    watched.context.close()


@pytest.fixture(autouse=True)
def nothing_leaves_the_page(request):
    yield
    if "whole" in request.fixturenames:
        watched = request.getfixturevalue("whole")
        assert watched.errors == []
        assert {url.split(":")[0] for url in watched.asked_for} <= {"file", "data"}
        assert [url for url in watched.asked_for if url.startswith("file")] == watched.asked_for[:1]


def word_times(box):
    return [int(time) / 100 for time in box.locator(".words").get_attribute("data-times").split()]


def test_it_opens_from_a_file_and_asks_for_nothing_else(whole, pages):
    assert whole.tab.title() == "Your answers - rehearse"
    assert whole.asked_for[0] == (pages / "whole.html").as_uri()
    assert whole.tab.locator("details.attempt").count() == 12
    assert whole.tab.locator("details.attempt[open]").count() == 3


@pytest.mark.parametrize("place", [3, 40, 71])
def test_a_click_on_a_word_plays_from_it_and_lights_it(whole, place):
    box = whole.box(8)
    word, starts_s = box.locator(".words span").nth(place), word_times(box)[place]
    assert abs(whole.played_from(8, word.click) - starts_s) < SEEK_S
    lit = box.locator(".words .lit")
    assert lit.count() == 1 and lit.get_attribute("aria-current") == "true"
    assert lit.text_content() == word.text_content()
    here = box.locator(".wave .here").evaluate("e => [getComputedStyle(e).visibility, Number(e.getAttribute('x1'))]")
    length_s = float(box.locator(".player").get_attribute("data-length"))
    assert here == ["visible", pytest.approx(starts_s / length_s * COLUMNS, abs=2)]


def test_the_word_that_is_heard_is_lit_as_it_goes_on(whole):
    box = whole.box(8)
    box.locator(".words span").nth(10).click()
    later = word_times(box)[12]
    whole.tab.wait_for_function("at => document.querySelector('#attempt-8 audio').currentTime > at", arg=later + 0.05)
    box.locator("audio").evaluate("a => a.pause()")
    whole.tab.wait_for_function(
        "() => [...document.querySelectorAll('#attempt-8 .words span')].findIndex(s => s.matches('.lit')) >= 12"
    )


def test_places_to_hear_again_are_jumped_to(whole):
    box = whole.box(1)
    box.evaluate("b => { b.open = true; }")
    buttons = box.locator(".jumps button")
    kinds = {buttons.nth(n).get_attribute("class") for n in range(buttons.count())}
    assert kinds >= {"filler", "long"}
    for kind in sorted(kinds):
        button = box.locator(f".jumps button.{kind}").last
        at_s = float(button.get_attribute("data-at"))
        assert abs(whole.played_from(1, button.click) - at_s) < SEEK_S


def test_the_picture_can_be_clicked_too(whole):
    box = whole.box(8)
    frame = box.locator(".wave").bounding_box()
    half = float(box.locator(".player").get_attribute("data-length")) / 2
    at_s = whole.played_from(8, lambda: box.locator(".wave").click(position={"x": frame["width"] / 2, "y": 20}))
    assert abs(at_s - half) < SEEK_S + half / frame["width"] * 2


def test_only_one_answer_is_heard_at_a_time(whole):
    whole.box(8).locator(".words span").nth(5).click()
    whole.tab.locator('#pairs-1 [data-play="2"]').click()
    whole.tab.wait_for_function("() => !document.querySelector('#attempt-2 audio').paused")
    assert whole.sound(8)["paused"]
    button = whole.tab.locator('#pairs-1 [data-play="2"]')
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    whole.tab.wait_for_function("() => document.querySelector('#attempt-2 audio').paused")
    # The sound stops at once, and tells the button a moment later.
    whole.tab.wait_for_selector('#pairs-1 [data-play="2"][aria-pressed="false"]')


def test_the_words_are_one_stop_of_the_tab_key_and_arrows_move_inside(whole):
    box, tab = whole.box(8), whole.tab
    assert box.locator(".words [tabindex]").count() == 1
    box.locator(".jumps button").last.focus()
    tab.keyboard.press("Tab")
    focused = "[...document.querySelectorAll('#attempt-8 .words span')].indexOf(document.activeElement)"
    first = tab.evaluate(focused)
    assert first >= 0
    tab.keyboard.press("Home")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate(focused) == 2
    tab.keyboard.press("ArrowLeft")
    assert tab.evaluate(focused) == 1
    tab.keyboard.press("ArrowDown")
    below = tab.evaluate(focused)
    assert below > 5
    tab.keyboard.press("ArrowUp")
    assert tab.evaluate(focused) <= 2
    tab.keyboard.press("End")
    assert tab.evaluate(focused) == len(word_times(box)) - 1
    tab.keyboard.press("Home")
    assert abs(whole.played_from(8, lambda: tab.keyboard.press("Enter")) - word_times(box)[0]) < SEEK_S
    tab.keyboard.press("End")
    tab.keyboard.press("Tab")
    assert tab.evaluate(focused) == -1


def test_space_stops_and_goes_on(whole):
    box, tab = whole.box(8), whole.tab
    box.locator(".words span").nth(5).click()
    tab.wait_for_function("() => !document.querySelector('#attempt-8 audio').paused")
    tab.keyboard.press(" ")
    assert whole.sound(8)["paused"]
    tab.keyboard.press(" ")
    assert not whole.sound(8)["paused"]
    tab.keyboard.press(" ")


def test_any_two_attempts_can_be_put_side_by_side(whole):
    chosen, shown = whole.tab.locator("#pairs-1 select"), whole.tab.locator("#pairs-1 .pair")
    assert "than attempt 2" in shown.locator("p").first.text_content()
    chosen.nth(0).select_option("8")
    chosen.nth(1).select_option("1")
    assert "43 s shorter than the real answer" in shown.locator("p").first.text_content()
    assert shown.locator("del").count() and shown.locator("ins").count() and shown.locator("svg.why").count() == 1
    chosen.nth(0).select_option("1")
    assert "the same attempt" in shown.text_content()
    chosen.nth(0).select_option("2")
    chosen.nth(1).select_option("8")
    assert "than attempt 2" in shown.locator("p").first.text_content()


def test_the_skip_link_leads_past_the_heading(browser, pages):
    watched = Watched(browser, pages / "whole.html")
    watched.tab.keyboard.press("Tab")
    assert watched.tab.evaluate("document.activeElement.className") == "skip"
    watched.tab.keyboard.press("Enter")
    assert watched.tab.evaluate("document.activeElement.id") == "answers"
    watched.context.close()


def test_an_address_with_an_attempt_opens_it(browser, pages):
    watched = Watched(browser, pages / "whole.html")
    watched.tab.evaluate("location.hash = '#attempt-4'")
    watched.tab.wait_for_function("() => document.getElementById('attempt-4').open")
    watched.context.close()


def test_nothing_is_wider_than_the_screen(browser, pages):
    watched = Watched(browser, pages / "whole.html")
    watched.tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    for width in (320, 375, 490, 980, 1090, 1440):
        watched.tab.set_viewport_size({"width": width, "height": 800})
        wide = watched.tab.evaluate(
            """() => [...document.querySelectorAll('body *')]
                .filter(e => !e.closest('.skip, .unseen, svg') && e.getBoundingClientRect().right > innerWidth + 1)
                .map(e => e.outerHTML.slice(0, 80))"""
        )
        assert (width, wide) == (width, [])
        assert watched.tab.evaluate("document.documentElement.scrollWidth") == width
    watched.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_for_people_who_see_or_move_otherwise(whole, scheme, cannot):
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        cannot("needs the Python package axe-playwright-python")
    whole.tab.emulate_media(color_scheme=scheme)
    whole.box(8).locator(".words span").nth(5).click()
    whole.box(8).locator("audio").evaluate("a => a.pause()")
    found = Axe().run(whole.tab).response
    serious = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
    assert [(v["id"], [node["html"][:100] for node in v["nodes"]]) for v in serious] == []
    assert len(found["violations"]) == 0, [v["id"] for v in found["violations"]]
    whole.tab.emulate_media(color_scheme=None)


def test_without_its_script_everything_can_still_be_read_and_heard(browser, pages):
    watched = Watched(browser, pages / "whole.html", java_script_enabled=False)
    assert watched.tab.locator("#attempt-8 audio").is_visible()
    assert "disagreed with my manager" in watched.tab.locator("#attempt-8 .words").inner_text()
    assert watched.tab.locator("select").first.is_hidden() and watched.tab.locator("#pairs-1 .held").is_visible()
    watched.context.close()


def test_sound_beside_the_page_is_found(browser, pages):
    watched = Watched(browser, pages / "linked.html")
    box = watched.box(8)
    starts_s = word_times(box)[30]
    assert abs(watched.played_from(8, box.locator(".words span").nth(30).click) - starts_s) < SEEK_S
    assert watched.errors == []
    assert {url.split("/")[-1] for url in watched.asked_for} == {"linked.html", "attempt-8.wav"}
    watched.context.close()


def test_what_would_come_from_elsewhere_is_refused(browser, pages):
    watched = Watched(browser, pages / "whole.html")
    watched.tab.evaluate(
        """() => {
            const picture = document.createElement('img'), script = document.createElement('script');
            picture.src = 'http://192.0.2.1/x.png';
            script.textContent = 'window.ran = 1';
            document.body.append(picture, script);
        }"""
    )
    assert watched.tab.evaluate("window.ran") is None
    assert len(watched.errors) == 2 and all("Content Security Policy" in error for error in watched.errors)
    watched.context.close()
