"""Names as core words and legal classes, the form in which the matcher reads them."""

from __future__ import annotations

from collections.abc import Container
from functools import cache
from typing import NamedTuple

from kit.names import legal_words, name_words, split_numbers, split_words
from kit.reference import read_reference

CLASSES = (
    "limited", "stock", "corporation", "company", "partnership", "sole_trader",
    "private_firm", "state", "joint_venture", "association", "branch", "group",
)  # fmt: skip
CLASS_BITS = {name: 1 << place for place, name in enumerate(CLASSES)}
# Classes that say nothing about the form when set against another.
VAGUE_BITS = CLASS_BITS["company"] | CLASS_BITS["group"] | CLASS_BITS["branch"]
CUT_LENGTHS = range(33, 37)  # many systems cut names at 35 characters


class Coded(NamedTuple):
    """A name for the matcher: core words, bits of legal classes, whether it may have been cut at 35 characters, all words."""

    words: tuple[str, ...]
    classes: int
    is_cut: bool
    full: str


def encode(text: str, *, known: Container[str] = ()) -> Coded:
    """Read a name; a legal word glued to a word that is not in `known` is taken off.

    >>> encode("ООО Радиосвязь").words
    ('RADIOSVYAZ',)
    >>> encode("VITELCOMPANY LTD").words
    ('VITEL',)
    """
    words = name_words(text)
    if any(len(word) > 7 and word.isdigit() for word in words):
        words = name_words(split_numbers(text).name)
    if any(len(word) > _GLUED and word not in known for word in words):
        words = [part for word in words for part in _unglued(word, known)]
    split = split_words(words)
    bits = 0
    for form in split.forms:
        bits |= CLASS_BITS[form.common_class]
    return Coded(split.core, bits, len(text) in CUT_LENGTHS, " ".join(words))


_GLUED = 5
_LEAST_REST = 3


def _unglued(word: str, known: Container[str]) -> list[str]:
    """Part `VITELCOMPANY` into `VITEL` and `COMPANY`; words of the list stay whole.

    A short form (`LTD`, `FZE`) comes off only where the rest is a word of the list.
    """
    if len(word) <= _GLUED or word in known or word in legal_words():
        return [word]
    for size in range(min(14, len(word) - _LEAST_REST), 1, -1):
        head, tail = word[:size], word[-size:]
        if tail in _detachable() and (size > 5 or word[:-size] in known):
            return [word[:-size], tail]
        if head in _detachable() and (size > 5 or word[size:] in known):
            return [head, word[size:]]
    return [word]


@cache
def _detachable() -> frozenset[str]:
    """Legal forms of one word that may be glued to a name."""
    rows = read_reference("reference", "legal_forms.csv")
    forms = (name_words(row["form"]) for row in rows if row["spelled_out"] == "")
    return frozenset(words[0] for words in forms if len(words) == 1 and len(words[0]) > 2)
