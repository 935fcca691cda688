"""Languages: their codes, how a person may write them, what a Whisper model knows, and what coaxes out hesitations."""

import difflib
import json
import re
from pathlib import Path
from typing import Any

#: Those that fillers are counted in, and some more that people may type by name; Whisper knows a hundred.
NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian",
    "nl": "Dutch", "pl": "Polish", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish", "cs": "Czech",
    "ro": "Romanian", "hu": "Hungarian", "el": "Greek", "tr": "Turkish", "uk": "Ukrainian", "ru": "Russian",
    "ar": "Arabic", "hi": "Hindi", "zh": "Chinese", "ja": "Japanese", "ko": "Korean",
}  # fmt: skip
#: Every language that some Whisper model knows.
_CODES_OF_WHISPER = """
af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id is it
ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so
sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo yue zh
"""
_OF_WHISPER = frozenset(_CODES_OF_WHISPER.split())
_OWN_NAMES = {
    "deutsch": "de", "français": "fr", "francais": "fr", "español": "es", "espanol": "es", "português": "pt",
    "portugues": "pt", "italiano": "it", "nederlands": "nl",
}  # fmt: skip
_CODES = {name.lower(): code for code, name in NAMES.items()} | _OWN_NAMES

#: Shown to Whisper so that it writes hesitations down as that language spells them. Short: a longer one makes it lose
#: sentences (whisperX #693).
_PROMPTS = {
    "en": "Um, uh, hmm, er, ah.",
    "de": "Äh, ähm, hm, öh.",
    "fr": "Euh, hum, ben, bah.",
    "es": "Eh, em, mmm, este.",
    "pt": "Hum, ahn, é, né.",
    "it": "Ehm, eh, mmm, cioè.",
    "nl": "Eh, ehm, uh, hm.",
}
_NO_PROMPT = "none"

#: English-only models have the tokens of other languages too, and one entry less than this.
_MULTILINGUAL_ENTRIES = 51_865
_LANGUAGE_TOKEN = re.compile(r"<\|([a-z]{2,3})\|>")


def language_code(written: str) -> str:
    """The ISO 639-1 code of a language as a person writes it: 'DE', 'de-AT' and 'German' are 'de'.

    What is neither a name that is known here nor begins like a code is given back as it is, in lower case.
    """
    plain = written.strip().lower()
    code = re.match(r"[a-z]{2,3}(?=[-_.]|$)", plain)
    return _CODES.get(plain, code[0] if code else plain)


def language_name(code: str) -> str:
    """'de (German)', or the code alone where its name is not known here."""
    return f"{code} ({NAMES[code]})" if code in NAMES else code


def no_such_language(code: str) -> tuple[str, str] | None:
    """What is wrong with it and what to write instead, where no recogniser knows a language of that code or name."""
    if code in _OF_WHISPER:
        return None
    meant = difflib.get_close_matches(code, _CODES, n=1)
    some = ", ".join(language_name(each) for each in ("de", "en", "es", "fr", "it", "nl", "pt"))
    close = f"Did you mean {language_name(_CODES[meant[0]])}? " if meant else ""
    return f"No recogniser knows a language '{code}'.", f"{close}Languages go by their short codes: {some} ..."


def filler_prompt(setting: str, language: str) -> str:
    """What Whisper is shown before every chunk: the person's own prompt, '' for the language's, 'none' for none."""
    if setting.strip().lower() == _NO_PROMPT:
        return ""
    return setting or _PROMPTS.get(language, "")


def known_languages(folder: Path) -> frozenset[str] | None:
    """The codes of the languages that the Whisper model in the folder knows; None where its files do not tell."""
    entries = _vocabulary(folder)
    if not entries:
        return None
    if len(entries) < _MULTILINGUAL_ENTRIES:
        return frozenset({"en"})
    found = (_LANGUAGE_TOKEN.fullmatch(entry) for entry in entries if isinstance(entry, str))
    return frozenset(token[1] for token in found if token)


def _vocabulary(folder: Path) -> list[Any]:
    try:
        for file in sorted(folder.glob("vocabulary.*")):
            text = file.read_text(encoding="utf-8")
            entries = json.loads(text) if file.suffix == ".json" else text.split("\n")
            return entries if isinstance(entries, list) else []
    except (OSError, ValueError):
        # A damaged file is found out, and said, when the model is loaded.
        return []
    return []
