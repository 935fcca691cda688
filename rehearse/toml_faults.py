"""What is wrong with a file of TOML, in words for whoever wrote it: those of the library are for programmers."""

import re
import tomllib


def toml_fault(error: tomllib.TOMLDecodeError | UnicodeDecodeError) -> str:
    """Such as 'Line 3 is not written as TOML.'"""
    if isinstance(error, UnicodeDecodeError):
        return "It is not plain text (UTF-8)."
    told = str(error)
    if told.startswith(("Unterminated", "Unclosed")):
        return "A quote or a bracket in it is opened and not closed."
    line = re.search(r"at line (\d+)", told)
    where = f"Line {line[1]}" if line else "Its last line"
    if told.startswith(("Cannot", "Duplicate")):
        return f"{where} says something for the second time."
    return f"{where} is not written as TOML."
