"""Letters: which script a text is in, mixed scripts, and Latin spellings of other scripts."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from anyascii import anyascii

SCRIPTS = (
    "LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "GEORGIAN", "ARMENIAN", "HANGUL",
    "HIRAGANA", "KATAKANA", "THAI", "DEVANAGARI", "TAMIL", "BENGALI", "MYANMAR",
)  # fmt: skip

# Cyrillic letters and the Latin letters of the same shape, upper and lower case.
LOOKALIKES = dict(zip("АВЕЅІЈКМНОРСТУХЗаеѕіјорсухԁԛԝ", "ABESIJKMHOPCTYX3aesijopcyxdqw", strict=True))
_TO_LATIN = str.maketrans(LOOKALIKES)
_TO_CYRILLIC = str.maketrans({latin: cyrillic for cyrillic, latin in LOOKALIKES.items() if latin.isalpha()})

_LOWER = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "і": "i", "ї": "i", "є": "ye", "ґ": "g", "ў": "u", "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u",
    "ү": "u", "һ": "h", "ҳ": "h", "ҷ": "j", "ӣ": "i", "ӯ": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c",
    "џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "s", "’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "ı": "i", "İ": "I",
    "ß": "ss", "№": " NO ", "\u200b": "", "\u200e": "", "\u200f": "", "\ufeff": "", "·": " ", "・": " ",
}  # fmt: skip
_UPPER = {k.upper(): v.capitalize() for k, v in _LOWER.items() if len(k.upper()) == 1 and k.upper() != k}
_CYRILLIC = str.maketrans(_LOWER | _UPPER)

_MIXED_WORD = re.compile(r"[A-Za-z\u0400-\u052f]*(?:[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z])[A-Za-z\u0400-\u052f]*")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_MARKS = re.compile(r"[\u0300-\u036f]")


def script_of(text: str) -> str:
    """The script of most letters: `Latin`, `Cyrillic`, `Han`, `Arabic`, … or `None` without letters.

    Ties go to the script that comes first in the text.

    >>> script_of("ООО Радиосвязь"), script_of("深圳 Ltd 公司科技"), script_of("123")
    ('Cyrillic', 'Han', 'None')
    """
    counts: Counter[str] = Counter()
    for letter in text[:400]:
        if letter.isalpha():
            counts["Latin" if letter.isascii() else _script_of_letter(letter)] += 1
    return counts.most_common(1)[0][0] if len(counts) > 0 else "None"


def _script_of_letter(letter: str) -> str:
    name = unicodedata.name(letter, "")
    if name.startswith("CJK"):
        return "Han"
    first = name.split(" ", 1)[0]
    return first.capitalize() if first in SCRIPTS else "Other"


def one_script(text: str) -> str:
    """Give words that mix Latin and Cyrillic letters of the same shape one script.

    A word whose Cyrillic letters all look Latin becomes Latin; else, if all its
    Latin letters look Cyrillic, it becomes Cyrillic; other words stay.

    >>> one_script("LLC КORVON 2011").isascii()
    True
    """
    return _MIXED_WORD.sub(lambda found: _one_script_word(found.group()), text)


def _one_script_word(word: str) -> str:
    latin = word.translate(_TO_LATIN)
    if latin.isascii():
        return latin
    cyrillic = word.translate(_TO_CYRILLIC)
    return word if any(letter.isascii() for letter in cyrillic) else cyrillic


def romanize(text: str) -> str:
    """A Latin spelling to show beside a name in another script; Latin text comes back unchanged.

    One plain convention for every language of a script, so it may differ from the
    party's own Latin spelling. It is for reading, not for comparing.

    >>> romanize("ООО Радиосвязь"), romanize("深圳"), romanize("Köln")
    ('OOO Radiosvyaz', 'Shen Zhen', 'Köln')
    """
    if script_of(text) in ("Latin", "None") and not _HAN.search(text):
        return text
    return " ".join(to_latin(text).split())


def to_latin(text: str) -> str:
    """Spell any text in ASCII letters: look-alikes first, then Cyrillic by table, Han by syllable, the rest by anyascii.

    >>> to_latin("Şirketi"), to_latin("Дзержинский")
    ('Sirketi', 'Dzerzhinskiy')
    """
    if text.isascii():
        return text
    text = one_script(text).translate(_CYRILLIC)
    if text.isascii():
        return text
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    if text.isascii():
        return text
    text = _HAN.sub(lambda found: f" {anyascii(found.group())} ", text)
    return str(anyascii(text))
