"""Lines of a screen that is drawn as a whole: each cut to its width and set in from the edge."""

from rich.text import Text


def indented(line: Text, margin: int, width: int) -> Text:
    """The line, cut with an ellipsis where it is wider than width, behind so many spaces."""
    line = line.copy()
    line.truncate(width, overflow="ellipsis")
    return Text(" " * margin, no_wrap=True, overflow="crop").append_text(line)
