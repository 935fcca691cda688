"""How long the page of a large library takes to make and to open, and how big it is.

    python bench/report.py [--attempts 500] [--questions 10] [--link-audio]

The attempts are pieces of the demo's rambling answer, 45 to 77 s long, with the words that are in them, measured as
practising would; files of equal sound are links to one file. Prints one line for each figure, then all as JSON. Opening
is timed in Chromium where there is one, from the request to DOMContentLoaded and to the first picture. The bar is 20 s
to make.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from practised_library import BEGAN, add

from rehearse.question import QuestionDraft
from rehearse.storage.store import Store

SOUND = Path(__file__).parents[1] / "fixtures" / "demo" / "1-rambling.flac"
ENDS_S = (76.6, 68.0, 60.0, 52.0, 45.0)
BAR_S = 20.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--attempts", type=int, default=500)
    parser.add_argument("--questions", type=int, default=10)
    parser.add_argument("--link-audio", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rehearse-bench-") as folder:
        home, page = Path(folder) / "home", Path(folder) / "page.html"
        fill(home, options.attempts, options.questions)
        began = time.perf_counter()
        made = subprocess.run(
            [sys.executable, "-m", "rehearse", "report", "--json", "-o", str(page)]
            + (["--link-audio"] if options.link_audio else []),
            env=os.environ | {"REHEARSE_HOME": str(home), "REHEARSE_CONFIG": str(home / "settings.toml")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
        figures = {"attempts": options.attempts, "build_s": round(time.perf_counter() - began, 2)}
        told = json.loads(made.stdout)
        figures |= {"megabytes": round(told["bytes"] / 1e6, 1), "heard_from_it": told["embedded_audio"]}
        figures |= opened(page)
        for name, figure in figures.items():
            print(f"{name:24} {figure}")
        print(f"bar {BAR_S} s to make: {'met' if figures['build_s'] <= BAR_S else 'MISSED'}")
        print(json.dumps(figures))


def fill(home: Path, attempts: int, questions: int) -> None:
    """Each question gets its share of the attempts; only one attempt of each length is measured, the others copy it."""
    with Store.open(home / "rehearse.db", home / "recordings") as store:
        asked = [store.add_question(QuestionDraft(text=f"Question {n} of all?"), BEGAN) for n in range(questions)]
        store._tables.write("PRAGMA synchronous = OFF")
        first = [add(store, asked[0], SOUND, BEGAN, end_s=end_s, suffix=".wav") for end_s in ENDS_S]
        for n in range(len(first), attempts):
            like = store.attempt(first[n % len(first)])
            path = home / "recordings" / f"link-{n}.wav"
            os.link(like.recording.path, path)
            recording = replace(like.recording, path=path)
            at = BEGAN + timedelta(hours=9 * n)
            kept = store.add_attempt(asked[n % questions].id, recording, at)
            store.keep_heard(kept.id, store.transcript(like.id), store.speech(like.id), like.measures, at)


def opened(page: Path) -> dict[str, float]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return {}
    if chromium is None:
        return {}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        tab.goto(page.as_uri(), wait_until="load", timeout=120_000)
        loaded = tab.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        painted = tab.evaluate("(performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime")
        nodes = tab.evaluate("document.getElementsByTagName('*').length")
        browser.close()
    return {
        "dom_content_loaded_s": round(loaded / 1000, 2),
        "first_paint_s": round((painted or 0) / 1000, 2),
        "elements": nodes,
    }


if __name__ == "__main__":
    main()
