"""How a written word is said: numbers spelt out, signs left out, and sounds for words that no dictionary has.

Only good enough to find the word in the sound, where it is known to be; nobody hears it spoken.
"""

import re
import unicodedata
from collections.abc import Callable

#: English spelling to phones of the CMU dictionary; at each place of a word the first that fits is taken.
_SPELLINGS = (
    ("^kn", "N"), ("^wr", "R"), ("^ps", "S"), ("^y", "Y"), ("mb$", "M"), ("le$", "AH L"), ("ue$", "UW"),
    ("(?<=[^s])es$", "Z"), ("(?<=[^td])ed$", "D"), ("(?<=[aeiouy][^aeiouy])e$", ""),
    ("(?<=[aeiouy][^aeiouy][^aeiouy])e$", ""), ("a$", "AH"), ("i$", "IY"), ("o$", "OW"),
    ("a(?=[bcdfgklmnprstvz]e$)", "EY"), ("i(?=[bcdfgklmnprstvz]e$)", "AY"), ("o(?=[bcdfgklmnprstvz]e$)", "OW"),
    ("u(?=[bcdfgklmnprstvz]e$)", "UW"), ("[ts]ion", "SH AH N"), ("[ct]ious", "SH AH S"), ("ture$", "CH ER"),
    ("[ao]ugh", "AO"), ("eigh", "EY"), ("igh", "AY"), ("tch", "CH"), ("sch", "S K"), ("dge", "JH"), ("sh", "SH"),
    ("ch", "CH"), ("th", "TH"), ("ph", "F"), ("wh", "W"), ("ck", "K"), ("qu", "K W"), ("ng", "NG"), ("gh", "G"),
    ("a[iy]", "EY"), ("e[aeiy]", "IY"), ("ie", "IY"), ("o[ae]", "OW"), ("o[iy]", "OY"), ("oo", "UW"), ("ou", "AW"),
    ("ow", "OW"), ("a[uw]", "AO"), ("e[uw]", "Y UW"), ("[eiu]r", "ER"), ("ar", "AA R"), ("or", "AO R"),
    ("c(?=[eiy])", "S"), ("g(?=[eiy])", "JH"), ("a", "AE"), ("b", "B"), ("c", "K"), ("d", "D"), ("e", "EH"), ("f", "F"),
    ("g", "G"), ("h", "HH"), ("i", "IH"), ("j", "JH"), ("k", "K"), ("l", "L"), ("m", "M"), ("n", "N"), ("o", "AA"),
    ("p", "P"), ("q", "K"), ("r", "R"), ("s", "S"), ("t", "T"), ("u", "AH"), ("v", "V"), ("w", "W"), ("x", "K S"),
    ("y", "IY"), ("z", "Z"),
)  # fmt: skip
_SPELLING = re.compile("|".join(f"({letters})" for letters, _ in _SPELLINGS))
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])(?=\1)")

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"), (100, "hundred"))
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_SIGNS = {"%": "percent", "&": "and", "+": "plus", "=": "equals", "@": "at"}
_MONEY = {"$": "dollars", "€": "euros", "£": "pounds"}
_NUMBER = re.compile(r"[$€£]?\d[\d,]*(?:[.:]\d+)*(?:st|nd|rd|th)?")
_PARTS = re.compile(rf"{_NUMBER.pattern}|[^\W\d_]+(?:'[^\W\d_]+)*|[%&+=@]")


def spoken(text: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The words that are said for one written word, lower case: '2019' gives twenty nineteen; a mere sign gives none.

    known  whether the dictionary has that word; what it lacks is read letter by letter where it looks like initials
    """
    words: list[str] = []
    for part in _PARTS.findall(unicodedata.normalize("NFC", text).replace("’", "'")):
        if _NUMBER.fullmatch(part):
            words.extend(_number(part))
        elif part in _SIGNS:
            words.append(_SIGNS[part])
        else:
            words.extend(_word(part, known))
    return tuple(words)


def sounds_of(word: str) -> str:
    """Phones of the CMU dictionary for a word in lower case, by its spelling: 'iroha' gives 'IH R AA HH AH'."""
    letters = re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode())
    found = _SPELLING.finditer(_DOUBLED.sub("", letters))
    phones = (_SPELLINGS[match.lastindex - 1][1] for match in found if match.lastindex)
    return " ".join(filter(None, phones)) or "AH"


def _word(part: str, known: Callable[[str], bool]) -> list[str]:
    word = part.lower()
    if known(word):
        return [word]
    stem = word.removesuffix("'s")
    if (part.isupper() and len(part) <= 5) or not re.search(r"[aeiouyà-ÿ]", stem):
        return [f"{letter}." for letter in stem if known(f"{letter}.")]
    for ending in ("'s", "s", "ed", "ing", "ly"):
        # The ending's own sound is short: what matters is where the word begins and ends.
        if word.endswith(ending) and len(word) > len(ending) + 2 and known(word.removesuffix(ending)):
            return [word]
    for cut in range(len(word) - 3, 2, -1):
        if known(word[:cut]) and known(word[cut:]):
            return [word[:cut], word[cut:]]
    return [word]


def _number(part: str) -> list[str]:
    money = [_MONEY[part[0]]] if part[0] in _MONEY else []
    digits = part.lstrip("".join(_MONEY)).replace(",", "")
    ordinal = not digits[-1].isdigit()
    digits = digits[:-2] if ordinal else digits
    whole, _, rest = digits.partition(".")
    if ":" in digits:
        hours, _, minutes = digits.partition(":")
        return _cardinal(int(hours)) + ([] if int(minutes[:2]) == 0 else _cardinal(int(minutes[:2])))
    words = _year(int(whole)) if len(whole) == 4 and not money and not rest and "," not in part else _long(whole)
    if rest:
        words += ["point", *(_ONES[int(digit)] for digit in rest if digit.isdigit())]
    if ordinal:
        last = words[-1]
        words[-1] = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return words + money


def _long(digits: str) -> list[str]:
    """A telephone number or the like is said digit by digit."""
    if len(digits) > 12 or (digits[0] == "0" and len(digits) > 1):
        return [_ONES[int(digit)] for digit in digits]
    return _cardinal(int(digits))


def _year(number: int) -> list[str]:
    century, rest = divmod(number, 100)
    if not 11 <= century <= 20 or (century == 20 and rest < 10) or century == 10:
        return _cardinal(number)
    if rest == 0:
        return [*_cardinal(century), "hundred"]
    return [*_cardinal(century), *(["oh"] if rest < 10 else []), *_cardinal(rest)]


def _cardinal(number: int) -> list[str]:
    if number < 20:
        return [_ONES[number]]
    if number < 100:
        tens, ones = divmod(number, 10)
        return [_TENS[tens], *([_ONES[ones]] if ones else [])]
    for size, name in _SCALES:
        if number >= size:
            count, rest = divmod(number, size)
            return [*_cardinal(count), name, *(_cardinal(rest) if rest else [])]
    raise AssertionError("every number of a hundred and more has a scale")
