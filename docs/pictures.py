"""Makes the picture in the README from the bundled example: python docs/pictures.py

What it shows is measured at that moment by the real program; nothing is drawn by hand.
"""

import re
from io import StringIO
from pathlib import Path

from rich.console import Console

from rehearse.cli.demo import example_home, example_outcomes
from rehearse.cli.outcome_card import outcome_card
from rehearse.cli.session import Session


def main() -> None:
    with example_home(Session()) as demo, demo.store() as store:
        question, outcomes = example_outcomes(demo, store)
        last = outcomes[-1]
        target = demo.target(question)
        card = outcome_card(question, last, target)
    console = Console(record=True, width=80, file=StringIO(), markup=False, highlight=False, emoji=False)
    console.print(card)
    picture = Path(__file__).parent / "result.svg"
    svg = console.export_svg(title="rehearse practice")
    # rich names a font on a server that the picture would ask for; any monospaced one on the machine will do.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    picture.write_text(svg, encoding="utf-8")
    print(f"made {picture.name}")


if __name__ == "__main__":
    main()
