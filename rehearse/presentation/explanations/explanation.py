"""What one number means: the shape of every entry of docs/measures.md and of `--explain`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_EMPHASIS = re.compile(r"\*\*([^*]+)\*\*|(?<!\\)\*([^*]+)(?<!\\)\*|`([^`]+)`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Texts are the little of Markdown that `plain` takes away again: **figure**, *word*, `key`. '' for none.

    key         of the JSON contract; after a dot, of what that key holds: 'comparison.change_s'
    name        what people call it
    definition  what it is, in a sentence or three
    formula     how it is worked out
    threshold   where the program begins to say something, from the constants that decide it
    source      author and year, or whose choice it is
    parts       what it holds, by key; 'words.start_s' for the start_s of each of its words
    notes       paragraphs that only docs/measures.md has
    """

    key: str
    name: str
    definition: str
    formula: str = ""
    threshold: str = ""
    source: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries that belong together, in the order in which they are shown.

    for_scripts  they only tell which answer this is: nothing that a person needs explained
    """

    title: str
    entries: tuple[Explanation, ...]
    for_scripts: bool = False


#: Small numbers as they are written in a sentence.
IN_WORDS = ("none", "one", "two", "three", "four", "five", "six")


def plain(text: str) -> str:
    """The text without the signs of Markdown."""
    return _EMPHASIS.sub(lambda match: match[1] or match[2] or match[3], text).replace("\\*", "*")
