"""Addresses glued to names: where the name ends."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kit.names import WordKind, name_words, split_words, word_kind
from kit.parties.words import MARKS, address_firsts, address_pattern, glued_pattern, legal_pattern, street_pattern

MOST_LETTERS = 2000
_BREAK = re.compile(r"(?:&#1[03];|[\r\n])+")
_SLASH_N = re.compile(r"/N(?=[A-Z0-9 ])")
_POSTCODE = re.compile(r"(?<=\s)(?:[A-Z]{1,2}-)?\d{5,6}(?=[\s,]+[^\W\d_])")
_NUMBER = re.compile(r"(?<!\w)\d+[A-Z]?(?!\w)")
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"\w+")
_LEAST_LETTERS = 3
_LONG = 60  # letters: a longer name may hold an address of words only, glued to its legal form


class AddressSplit(NamedTuple):
    """A name and the address that stood behind it in the same cell; `reason` says what gave it away."""

    name: str
    address: str
    reason: str


def split_address(text: str) -> AddressSplit:
    """Part a name from an address that is glued to it, also where the cell was cut.

    What tells an address: a line break, a word such as VIA or PLOT NO, a post
    code, a street word with a number, or nothing but places behind a legal form.
    The cut lies behind the last legal form before it, if there is one. A name is
    never left empty. A firm that is named for a street may be cut.

    >>> split_address("BESTILE S L 12110 PARTIDA TORRETA")[:2]
    ('BESTILE S L', '12110 PARTIDA TORRETA')
    >>> split_address("ROMASHKA TRADE LLC").address
    ''
    """
    short = text[:MOST_LETTERS]
    start, reason = _start(short)
    if start < 0:
        return AddressSplit(text, "", "")
    name = short[:start].strip()
    return AddressSplit(name, _BREAK.sub("\n", text[start:]).strip(), reason)


def _start(text: str) -> tuple[int, str]:
    """Where the address begins, and why; -1 if there is none."""
    broken = _BREAK.search(text)
    if broken is None and text.count("/N") > 1:
        broken = _SLASH_N.search(text)
    if broken is not None and _is_name(text[: broken.start()]):
        inner, reason = _inner(text[: broken.start()])
        return (inner, reason) if inner >= 0 else (broken.start(), "a line break")
    return _inner(text)


def _inner(text: str) -> tuple[int, str]:
    if len(text) < _LONG and _DIGIT.search(text) is None and address_firsts().isdisjoint(_TOKEN.findall(text.upper())):
        return _places(text)
    glued = glued_pattern().search(text)
    if glued is not None and _is_name(text[: glued.start()]):
        return glued.end(), f"glued to the legal form '{glued.group()}'"
    found = [hit for hit in (_first(address_pattern(), text), _first(_POSTCODE, text), _street(text)) if hit is not None]
    if len(found) == 0:
        return _places(text)
    start, end = min(found)
    word = text[start:end].strip(MARKS)
    return _behind_legal_form(text, start), f"'{word}' begins an address"


def _first(pattern: re.Pattern[str], text: str) -> tuple[int, int] | None:
    """The first place where the pattern stands behind a name."""
    for hit in pattern.finditer(text):
        if _is_name(text[: hit.start()]):
            return hit.start(), hit.end()
    return None


def _street(text: str) -> tuple[int, int] | None:
    """A street word with a number near it: the address begins at the number before, if there is one."""
    hit = street_pattern().search(text)
    if hit is None:
        return None
    before = _NUMBER.search(text[: hit.start()])
    if before is not None and _is_name(text[: before.start()]):
        return before.start(), hit.end()
    legal = list(legal_pattern().finditer(text[: hit.start()]))
    if len(legal) > 0 and _NUMBER.search(text[hit.end() :]) is not None and _is_name(text[: legal[-1].start()]):
        return legal[-1].end(), hit.end()
    return None


def _behind_legal_form(text: str, start: int) -> int:
    """The end of the last legal form before the address, if a name stands before it; else the address itself."""
    for hit in reversed(list(legal_pattern().finditer(text[:start]))):
        if _is_name(text[: hit.start()]):
            return hit.end()
    return start


def _places(text: str) -> tuple[int, str]:
    """Nothing but places behind a legal form: `CO LIMITED KITAY`."""
    last = text.rsplit(None, 1)[-1:] if len(text) < MOST_LETTERS else []
    if len(last) == 0 or not _is_place(last[0]):
        return -1, ""
    for hit in reversed(list(legal_pattern().finditer(text))):
        rest = text[hit.end() :].split()
        if len(rest) > 0 and all(_is_place(word) for word in rest) and _is_name(text[: hit.start()]):
            return hit.end(), "nothing but places behind the legal form"
    return -1, ""


@lru_cache(maxsize=50_000)
def _is_place(word: str) -> bool:
    words = name_words(word)
    return len(words) > 0 and all(word_kind(part) is WordKind.PLACE for part in words)


def _is_name(text: str) -> bool:
    """Whether something that may be a name stands here besides legal forms: a word of letters."""
    if sum(sign.isalpha() for sign in text[:60]) < _LEAST_LETTERS:
        return False
    split = split_words(name_words(text))
    forms = {word for form in split.forms for word in form.words.split()}
    return any(len(word) > 1 and word.isalpha() and word not in forms for word in split.core)
