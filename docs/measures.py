"""Writes the entries of docs/measures.md from the texts of the program: python docs/measures.py

An entry is what stands under a heading that is a key of the JSON. The prose between the entries is written by hand and
left alone. A key without an entry gets one behind the key before it, an entry without a key goes.
"""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from rehearse.presentation.explanations import GROUPS, Explanation, Group

PAGE = Path(__file__).with_suffix(".md")
_HEADING = re.compile(r"^(?=#{2,3} )", re.MULTILINE)
_WIDTH = 120


def rewritten(page: str) -> str:
    """The page with each entry as the program has it."""
    blocks = _HEADING.split(page)
    for group in GROUPS:
        title = f"## {group.title}\n"
        if not any(block.startswith(title) for block in blocks):
            sources = next(place for place, block in enumerate(blocks) if block.startswith("## Sources"))
            blocks.insert(sources, f"{title}\n")
        place = next(place for place, block in enumerate(blocks) if block.startswith(title))
        if group.for_scripts:
            blocks[place] = _list(group)
            continue
        for entry in group.entries:
            there = [number for number, block in enumerate(blocks) if block.startswith(_heading(entry))]
            if there:
                place = there[0]
                blocks[place] = _block(entry)
            else:
                place += 1
                blocks.insert(place, _block(entry))
    known = tuple(_heading(entry) for group in GROUPS for entry in group.entries)
    return "".join(block for block in blocks if not block.startswith("### `") or block.startswith(known))


def _heading(entry: Explanation) -> str:
    return f"### `{entry.key}`\n"


def _block(entry: Explanation) -> str:
    listed = [f"- `{part}`: {definition}" for part, definition in entry.parts.items()]
    worded = (("Formula", entry.formula), ("Threshold", entry.threshold), ("Source", entry.source))
    listed += [f"- {name}: {text}" for name, text in worded if text]
    lists = ["\n".join(listed)] if listed else []
    paragraphs = [entry.definition, *lists, *entry.notes]
    return _heading(entry) + "\n\n".join("\n".join(_wrapped(text)) for text in paragraphs) + "\n\n"


def _list(group: Group) -> str:
    lines = (f"- `{entry.key}`: {entry.definition}" for entry in group.entries)
    return f"## {group.title}\n\n" + "\n".join(line for text in lines for line in _wrapped(text)) + "\n\n"


def _wrapped(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        further = "  " if line.startswith("- ") else ""
        yield from textwrap.wrap(
            line, _WIDTH, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
        )


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"wrote {PAGE.name}")
