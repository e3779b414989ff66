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


def encode(text: str, *, known: Container[str] = (), memory: dict[str, list[str]] | None = None) -> Coded:
    """Read a name; a legal word glued to a word that is not in `known` is taken off.

    `memory` keeps the parts of words that were seen before, for one `known`.

    >>> encode("ООО Радиосвязь").words
    ('RADIOSVYAZ',)
    >>> encode("VITELCOMPANY LTD").words
    ('VITEL',)
    """
    words = name_words(text)
    long = [word for word in words if len(word) > _GLUED and word not in known]
    if any(word.isdigit() and len(word) > _LONGEST_NUMBER for word in words if len(word) > _LONGEST_NUMBER):
        words = name_words(split_numbers(text).name)
    if len(long) > 0:
        words = _all_unglued(words, known, {} if memory is None else memory)
    split = split_words(words)
    bits = 0
    for form in split.forms:
        bits |= CLASS_BITS[form.common_class]
    return Coded(split.core, bits, len(text) in CUT_LENGTHS, " ".join(words))


_LONGEST_NUMBER = 7  # digits; a longer number may be a tax number
_GLUED = 5
_LEAST_REST = 3
_SURE = 6  # letters of a form that is taken off whatever the rest is
_LONGEST_FORM = 30


def _all_unglued(words: list[str], known: Container[str], memory: dict[str, list[str]]) -> list[str]:
    out: list[str] = []
    for word in words:
        if len(word) <= _GLUED or word in known:
            out.append(word)
            continue
        parts = memory.get(word)
        if parts is None:
            parts = memory[word] = _unglued(word, known)
        out += parts
    return out


def _unglued(word: str, known: Container[str]) -> list[str]:
    """Part `VITELCOMPANY` into `VITEL` and `COMPANY`, `JOINTSTOCKCOMPANYTREK` into four words; words of the list stay whole.

    A short form (`LTD`, `FZE`) comes off only where the rest is a word of the list.
    """
    if len(word) <= _GLUED or word in known or word in legal_words():
        return [word]
    forms = _detachable()
    if word in forms:
        return list(forms[word])
    for size in range(min(_LONGEST_FORM, len(word) - _LEAST_REST), 1, -1):
        head, tail = word[:size], word[-size:]
        if tail in forms and (size >= _SURE or word[:-size] in known):
            return [*_unglued(word[:-size], known), *forms[tail]]
        if head in forms and (size >= _SURE or word[size:] in known):
            return [*forms[head], *_unglued(word[size:], known)]
    return [word]


@cache
def _detachable() -> dict[str, tuple[str, ...]]:
    """What may be glued to a name: legal forms of one word, and neighbors in longer ones written together, with their words."""
    rows = read_reference("reference", "legal_forms.csv")
    out: dict[str, tuple[str, ...]] = {}
    for row in rows:
        words = tuple(name_words(row["form"])) if row["spelled_out"] == "" else ()
        if len(words) == 1 and len(words[0]) > 2:
            out[words[0]] = words
        for start in range(len(words)):
            for end in range(start + 2, len(words) + 1):
                glued = "".join(words[start:end])
                if _LONG_GLUED <= len(glued) <= _LONGEST_FORM:
                    out.setdefault(glued, words[start:end])
    return out


_LONG_GLUED = 8  # letters of several legal words written together
