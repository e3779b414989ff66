"""Letters of another alphabet that look the same: found and folded for comparison, never changed for display."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kit.names import one_script

_MIXED = re.compile(r"[A-Za-z\u0400-\u052f]*(?:[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z])[A-Za-z\u0400-\u052f]*")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")


@dataclass(frozen=True)
class Lookalikes:
    """Words that mix Latin and Cyrillic letters: in words, and the text with one alphabet a word where that is possible."""

    found: tuple[str, ...]
    folded: str


def find_lookalikes(text: str) -> Lookalikes | None:
    """Words that mix two alphabets; None if there are none.

    A mixed word may be a slip of a keyboard. It hides a name from a plain search
    either way.

    >>> find_lookalikes("LLC КORVON 2011")
    Lookalikes(found=('КORVON: Cyrillic К (U+041A)',), folded='LLC KORVON 2011')
    >>> find_lookalikes("ООО Радиосвязь") is None
    True
    """
    if text.isascii():
        return None
    words = _MIXED.findall(text)
    if len(words) == 0:
        return None
    return Lookalikes(tuple(f"{word}: {_odd(word)}" for word in dict.fromkeys(words)), one_script(text))


def _odd(word: str) -> str:
    """The letters of the alphabet that is rarer in the word."""
    cyrillic = _CYRILLIC.findall(word)
    latin = [letter for letter in word if letter.isascii()]
    letters, name = (cyrillic, "Cyrillic") if len(cyrillic) <= len(latin) else (latin, "Latin")
    return f"{name} " + ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in dict.fromkeys(letters))
