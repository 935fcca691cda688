"""Every number that the program shows, explained once: for `--explain` and for docs/measures.md.

A new key of an answer gets an `Explanation` in one of the groups; then `python docs/measures.py` writes its entry.
"""

from collections.abc import Iterator

from rehearse.presentation.explanations.content import CONTENT
from rehearse.presentation.explanations.explanation import Explanation, Group, plain
from rehearse.presentation.explanations.fillers import FILLERS
from rehearse.presentation.explanations.judgement import AGAINST_EARLIER, VERDICT, WHICH
from rehearse.presentation.explanations.recording import HEARD_BY, RECORDING
from rehearse.presentation.explanations.time_and_words import PAUSES, TIME, WORDS

__all__ = ["GROUPS", "Explanation", "Group", "explanations", "explanations_json", "plain"]

#: In the order in which they are shown.
GROUPS: tuple[Group, ...] = (
    TIME, WORDS, PAUSES, FILLERS, CONTENT, RECORDING, HEARD_BY, AGAINST_EARLIER, VERDICT, WHICH,
)  # fmt: skip


def explanations() -> Iterator[Explanation]:
    """All of them, those of the parts of a key with a dot in their own key."""
    for group in GROUPS:
        for entry in group.entries:
            yield entry
            for part, definition in entry.parts.items():
                yield Explanation(key=f"{entry.key}.{part}", name=part, definition=definition)


def explanations_json(answer: dict[str, object]) -> dict[str, dict[str, str | None]]:
    """For each key of an answer in JSON, and each part of it, its texts; what an entry does not have is None."""
    return {
        entry.key: {
            name: plain(getattr(entry, name)) or None for name in ("definition", "formula", "threshold", "source")
        }
        for entry in explanations()
        if entry.key.partition(".")[0] in answer
    }
