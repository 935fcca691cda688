"""The system's clipboard, by pyperclip."""


def copied(text: str) -> bool:
    """Whether the text is on the clipboard now; False where there is none to be reached, as over a plain connection.

    It is read back, since a clipboard program that cannot reach the screen fails without a word.
    """
    import pyperclip

    try:
        pyperclip.copy(text)
        back = pyperclip.paste()
    except (pyperclip.PyperclipException, OSError, UnicodeError):
        return False
    return isinstance(back, str) and back.splitlines() == text.splitlines()
