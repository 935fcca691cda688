"""Every number of one answer with its value and what it means, for the terminal."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rehearse.presentation.explanations import GROUPS, Explanation, plain
from rehearse.presentation.wording import clock, count, per_minute, shown, tenths

#: Longer lines are hard to read.
_WIDTH = 80
#: Of a list so many are named.
_MOST_NAMED = 6
#: What these mean is plain from the value.
_PLAIN = "again_s count doubts end_s landing_s language model name start_s text version word words"
_PLAIN_PARTS = frozenset(_PLAIN.split())
#: What they hold is listed part by part, or said by the values of other keys.
_WITHOUT_VALUE = frozenset({"comparison", "verdict"})

_UNITS = {"_wpm": "words a minute", "_dbfs": "dB under full scale", "_db": "dB", "_hz": "Hz", "_semitones": "semitones"}


def explained(answer: Mapping[str, Any]) -> RenderableType:
    """The numbers of an answer, as the keys of its JSON have them, group by group; what is unknown is named last."""
    parts: list[RenderableType] = []
    unknown: list[str] = []
    for group in GROUPS:
        entries = [(entry, value) for entry in group.entries if (value := _value(answer, entry.key)) is not _ABSENT]
        unknown += [entry.name for entry, value in entries if value is None]
        known = [(entry, value) for entry, value in entries if value is not None]
        if known and not group.for_scripts:
            parts += [Text(group.title, style="bold underline"), Text()]
            for entry, value in known:
                parts += [*_entry(entry, value), Text()]
    if unknown:
        parts.append(Text(f"Not known for this answer: {', '.join(unknown)}."))
    else:
        del parts[-1:]
    return Constrain(Padding(Group(*parts), (0, 2, 0, 2)), _WIDTH)


def in_words(key: str, value: Any) -> str:
    """The value of a key as a person says it: '1:38 (98.3 s)', '152 words a minute', 'um at 0:12 · like at 0:31'."""
    name = key.rpartition(".")[2]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, int | float):
        return _figure(name, value)
    if isinstance(value, Mapping):
        return _mapping(name, value)
    if name == "pauses":
        longest = sorted(value, key=lambda pause: pause["start_s"] - pause["end_s"])[:_MOST_NAMED]
        return _listed([_item(pause) for pause in value if pause in longest], len(value))
    return _listed([_item(entry) for entry in value[:_MOST_NAMED]], len(value))


_ABSENT = object()


def _value(answer: Mapping[str, Any], key: str) -> Any:
    """What the answer has under the key, dots leading inside; _ABSENT where it has no such key."""
    found: Any = answer
    for name in key.split("."):
        if not isinstance(found, Mapping) or name not in found:
            return _ABSENT
        found = found[name]
    return found


def _entry(entry: Explanation, value: Any) -> list[RenderableType]:
    head = Text(entry.name, style="bold")
    if entry.key not in _WITHOUT_VALUE:
        head.append("   ").append(Text(in_words(entry.key, value), style="not bold"))
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for name, text in _rows(entry):
        table.add_row(Text(name), Text(text))
    body: list[RenderableType] = [Text(_for_people(entry.definition))]
    if table.row_count:
        body.append(table)
    return [head, Padding(Group(*body), (0, 0, 0, 3))]


def _rows(entry: Explanation) -> list[tuple[str, str]]:
    parts = [(part.rpartition(".")[2], text) for part, text in entry.parts.items()]
    rows = [(name.removesuffix("_s").replace("_", " "), text) for name, text in parts if name not in _PLAIN_PARTS]
    rows += [("formula", entry.formula), ("threshold", entry.threshold), ("source", entry.source)]
    return [(name, _for_people(text)) for name, text in rows if text]


def _for_people(text: str) -> str:
    """The text with the names of numbers in place of their keys, without the name that stands above it already."""
    text, led = _LEAD.subn("", text)
    text = _NULL_FIRST.sub("Unknown", re.sub(r"^\w", lambda first: first[0].upper(), text) if led else text)
    return plain(re.sub(r"`([a-z_.0-9]+)`", lambda match: _NAMES.get(match[1], match[1]), text))


_NULL_FIRST = re.compile(r"(?:^|(?<=[.:] ))`null`")
_LEAD = re.compile(r"^\*\*[^*]+\*\*: ")
_NAMES = {entry.key: entry.name for group in GROUPS for entry in group.entries} | {"null": "unknown"}


def _figure(name: str, value: float) -> str:
    if name.endswith("_s"):
        sign = "+" if name == "change_s" and value > 0 else ""
        return f"{clock(value)} ({tenths(value)})" if value >= 60 else sign + tenths(value)
    if name.endswith("_ratio"):
        return f"{value:+.0%}" if name == "change_ratio" else f"{value:.0%}"
    if name == "fillers_per_min":
        return per_minute(value)
    unit = next((unit for end, unit in _UNITS.items() if name.endswith(end)), "")
    figure = f"{value:.0f}" if name.endswith(("_wpm", "_hz")) or isinstance(value, int) else f"{value:.1f}"
    return f"{figure} {unit}".strip()


def _mapping(name: str, value: Mapping[str, Any]) -> str:
    if name == "engine":
        return shown(" ".join(part for part in (value["name"], value.get("model"), value.get("version")) if part))
    if name == "transcript":
        doubtful = count(len(value["doubts"]), "doubtful stretch", "doubtful stretches")
        return f"{count(len(value['words']), 'word')} and sounds in '{shown(value['language'])}', {doubtful}"
    if name == "landing":
        new = count(len(value["new_words"]), "new word")
        return f"'{shown(value['sentence'])}', then {new} and {value['repeated_count']} repeated"
    if name == "ending":
        return f"{value['kind']}: '{shown(value['text'])}'"
    if name == "content":
        of = count(value["earlier_count"], "main word")
        return f"{value['shared_count']} of {of} of attempt {value['best_attempt']}"
    if name == "calibration":
        return f"{value['fillers_heard']} of {value['fillers_spoken']} heard"
    return ", ".join(f"{part.removesuffix('_s')} {seconds:+.1f} s" for part, seconds in value.items())


def _item(entry: Any) -> str:
    """One of a list: where it was said, how long it took, or whether it was."""
    if not isinstance(entry, Mapping):
        return shown(str(entry))
    text = shown(entry["text"]) if "text" in entry else tenths(entry["end_s"] - entry["start_s"])
    if "said" in entry:
        text = f"'{text}'"
        if not entry["said"]:
            return f"{text} {'not heard' if entry['said'] is False else 'cannot be looked for'}"
    often = f", {entry['count']} times" if "count" in entry else ""
    where = f" {entry['where']}" if entry.get("where") else ""
    return f"{text} at {clock(entry['start_s'])}{where}{often}"


def _listed(named: Sequence[str], number: int) -> str:
    more = [f"{number - len(named)} more"] if number > len(named) else []
    return " · ".join([*named, *more]) or "none"
