"""A name as upper-case ASCII words: the form in which names are compared, never the one shown."""

from __future__ import annotations

import re
from functools import cache

from kit.names.letters import to_latin
from kit.reference import read_reference

MOST_LETTERS = 400
MOST_WORDS = 40
LONGEST_WORD = 40

_WORD = re.compile(r"[A-Z0-9]+")
_DOTTED = re.compile(r"(?<![A-Z0-9])(?:[A-Z]\.){2,}(?:[A-Z](?![A-Z0-9]))?")
_SLASHED = re.compile(r"(?<![A-Z0-9])([A-Z])/([A-Z])(?![A-Z0-9])")
_PARTS = re.compile(r"[A-Z]+|[0-9]+")
_OCR = str.maketrans("0158", "OISB")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def name_words(text: str) -> list[str]:
    """Take a name apart into upper-case ASCII words.

    Other scripts are spelled in Latin letters, dotted abbreviations are joined
    (`L.L.C.` is one word), apostrophes vanish, other marks divide words, digits
    that scanning put for letters are read as letters, numbers stand alone.
    Only the first 400 letters and 40 words are read.

    >>> name_words('ООО "Радиосвязь-2"'), name_words("A.B.C. C0MPANY L.L.C.")
    (['OOO', 'RADIOSVYAZ', '2'], ['ABC', 'COMPANY', 'LLC'])
    """
    text = text[:MOST_LETTERS]
    if not text.isascii():
        text = to_latin(_spell_out_glued_forms(text))
    text = text.upper()
    if "." in text:
        text = _DOTTED.sub(lambda found: found.group().replace(".", "") + " ", text)
    if "/" in text:
        text = _SLASHED.sub(r"\1\2", text)
    if "'" in text:
        text = text.replace("'", "")
    words = _WORD.findall(text)
    if any(not (word.isalpha() or word.isdigit()) for word in words):
        words = [part for word in words for part in _letters_and_digits(word)]
    if len(words) > MOST_WORDS:
        words = words[:MOST_WORDS]
    return [word if len(word) <= LONGEST_WORD else word[:LONGEST_WORD] for word in words]


def _letters_and_digits(word: str) -> list[str]:
    """Read `C0MPANY` as letters, part `SMT2` and `3M` into letters and number."""
    if word.isalpha() or word.isdigit():
        return [word]
    letters = sum(letter.isalpha() for letter in word)
    digits = len(word) - letters
    inside = word[0].isalpha() and word[-1].isalpha()
    if letters >= 2 * digits and (inside or (digits == 1 and word[-1].isalpha() and word[0] in "0158")):
        folded = word.translate(_OCR)
        if folded.isalpha():
            return [folded]
    return _PARTS.findall(word)


@cache
def _glued_forms() -> tuple[tuple[str, str], ...]:
    """Legal forms of scripts without blanks between words, longest first, and the Latin words put in their place."""
    rows = read_reference("reference", "legal_forms.csv")
    found = [(row["form"], row["spelled_out"]) for row in rows if row["spelled_out"] != ""]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def _spell_out_glued_forms(text: str) -> str:
    if _CJK.search(text) is None:
        return text
    for form, latin in _glued_forms():
        if form in text:
            text = text.replace(form, f" {latin} ")
    return text
