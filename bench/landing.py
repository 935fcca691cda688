"""How well the landing of an answer is found: written answers with a known end of news, and ones with news to the end.

    python bench/landing.py [--part tuning] [--part held-out] [--json FILE]

The answers are tests/fixtures/landing/*.toml as tests/spoken_answers.py says them. Each is tried as Whisper
writes it, as a draft (lower case, no punctuation), and as a draft with 15 and 30 % of the words wrong. An answer in
which no landing is found where there is one counts as missed and enters the median as the largest error.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from spoken_answers import SpokenAnswer, as_draft, landing_of, spoken_answers

FORMS: dict[str, Callable[[SpokenAnswer], SpokenAnswer]] = {
    "as Whisper writes": lambda answer: answer,
    "draft": as_draft,
    "draft, 15 % wrong": lambda answer: as_draft(answer, 0.15),
    "draft, 30 % wrong": lambda answer: as_draft(answer, 0.30),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", action="append", choices=["tuning", "held-out"], help="default: both")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    figures = {
        part: {name: evaluate(spoken_answers(part), form) for name, form in FORMS.items()}
        for part in options.part or ["tuning", "held-out"]
    }
    print(
        f"{'part':9}  {'words':17}  {'median error':>12}  {'within 4 s':>10}  {'found':>7}  {'no landing claimed':>18}"
    )
    for part, forms in figures.items():
        for name, row in forms.items():
            middle = "missed" if row["median_error_s"] is None else f"{row['median_error_s']:.1f} s"
            found, within = (f"{row[key]}/{row['landed']}" for key in ("found", "within_4_s"))
            silent = f"{row['rightly_silent']}/{row['news_to_the_end']}"
            print(f"{part:9}  {name:17}  {middle:>12}  {within:>10}  {found:>7}  {silent:>18}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def evaluate(answers: list[SpokenAnswer], form: Callable[[SpokenAnswer], SpokenAnswer]) -> dict[str, Any]:
    errors_s: list[float] = []
    silent = 0
    for answer in answers:
        landing = landing_of(form(answer))
        if answer.truth_s is None:
            silent += landing is None
        else:
            errors_s.append(abs(landing.landing_s - answer.truth_s) if landing else float("inf"))
    middle = median(errors_s)
    return {
        "landed": len(errors_s),
        "found": sum(error_s < float("inf") for error_s in errors_s),
        "within_4_s": sum(error_s <= 4.0 for error_s in errors_s),
        "median_error_s": middle if middle < float("inf") else None,
        "errors_s": [round(error_s, 1) if error_s < float("inf") else None for error_s in errors_s],
        "news_to_the_end": len(answers) - len(errors_s),
        "rightly_silent": silent,
    }


if __name__ == "__main__":
    sys.exit(main())
