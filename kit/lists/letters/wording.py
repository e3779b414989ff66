"""What the words of a line say: part of a letter, of an address, a name, a mark before an item."""

from __future__ import annotations

import re
from functools import cache

from kit.dates import parse_date
from kit.errors import ValueFormError
from kit.lists.headers import header_meaning
from kit.lists.places import territory_codes_in
from kit.lists.spoken import is_legal_form
from kit.names import split_legal_form
from kit.reference import read_reference

GENERIC = ("company", "group", "joint_venture")  # legal forms that are words of headers and of prose, too
_MARK = re.compile(
    r"^\s*(?:[\u2022\u2023\u25aa\u25cf\u25cb\u25e6\u00b7\u2219\u2043\u25a0\u25a1\u25ba\u00a7\u2713\u27a2\u2756\uf0b7\uf0a7\u30fb*\u2013\u2014\u00bb-]\s*(?=\S)"
    r"|\(?(?P<number>\d{1,4})(?:[.)\]\u3001](?!\d)\s*|\s+(?=[^\W\d_]))|\(?[a-z\u0430-\u044f]\)\s+|\(?[ivxlc]{2,6}[.)]\s+)"
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_CONTACT = re.compile(r"^\W*(?:\S+@\S+\.\w+|(?:https?://|www\.)\S+|\+?[\d\s()/-]{7,})\W*$")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|p\.|стр\.?|страница|sayfa|seite|página|第)\s*)?\d{1,4}\s*(?:页|頁|/|(?:of|von|из|de|sur)\s)?\s*\d{0,4}\s*(?:页|頁)?\W*$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\s*([^\W\d][^:：]{1,40}?)\s*[:：]\s*(\S.*)$")
LABELS = ("name", "alias", "weak_alias", "previous_name", "address", "country", "city", "region", "postal_code")


def mark_of(text: str) -> str | None:
    """The bullet or number before an item, or None.

    >>> mark_of("12. Verolan Ltd"), mark_of("• Verolan"), mark_of("3M Example"), mark_of("12.5 tons")
    ('12. ', '• ', None, None)
    """
    found = _MARK.match(text)
    return found.group() if found is not None and found.end() < len(text) else None


def number_of(text: str) -> int | None:
    """The number before an item, or None."""
    found = _MARK.match(text)
    return int(found["number"]) if found is not None and found["number"] is not None else None


def is_bare_number(text: str) -> bool:
    """Whether the number before an item stands without a point or bracket.

    >>> is_bare_number("171 Plum Road"), is_bare_number("171. Plum Ltd"), is_bare_number("Plum Ltd")
    (True, False, False)
    """
    found = _MARK.match(text)
    return found is not None and found["number"] is not None and found.group().strip().isdigit()


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but the number of a page.

    >>> [is_page_number(text) for text in ("- 3 -", "Page 2 of 5", "стр. 4", "Suite 4")]
    [True, True, True, False]
    """
    return _PAGE_NUMBER.match(text) is not None


def is_contact(text: str) -> bool:
    """Whether a line is nothing but an e-mail, web address or telephone number."""
    return _CONTACT.match(text) is not None


def label_of(text: str) -> tuple[str, str, str] | None:
    """A line "Address: 1 Plum Road" as (label, meaning, value); None if its label means nothing known.

    >>> label_of("Адрес: ул. Примерная, 1"), label_of("Dear Sir: thank you")
    (('Адрес', 'address', 'ул. Примерная, 1'), None)
    """
    found = _LABEL.match(text)
    word = header_meaning(found[1]) if found is not None else None
    if found is None or word is None or word.target in ("trade", "goods_code", "ordinal", "contact"):
        return None
    return found[1], "name" if word.target == "party" else word.target, found[2].strip()


def has_legal_form(text: str) -> bool:
    """Whether a text holds a legal form such as LLC beside other words.

    >>> has_legal_form("Verolan Trade LLC"), has_legal_form("our company thanks you"), has_legal_form("Ltd.")
    (True, False, False)
    """
    split = split_legal_form(text)
    return any(form.common_class not in GENERIC for form in split.forms) and not is_legal_form(text)


def ends_in_form(text: str) -> bool:
    """Whether a text ends in a legal form.

    >>> ends_in_form("Verolan Trade Co., Ltd."), ends_in_form("LLC Verolan")
    (True, False)
    """
    return has_legal_form(text) and is_legal_form(text.split()[-1])


def looks_like_address(text: str) -> bool:
    """Whether a text has a word of addresses, or a number among several parts.

    >>> looks_like_address("Room 1203, Plum Tower"), looks_like_address("1 Plum, Testville"), looks_like_address("Verolan Trade")
    (True, True, False)
    """
    words = {word.casefold() for word in _WORD.findall(text)}
    inside, whole = _address_words()
    if len(words & whole) > 0 and (any(c.isdigit() for c in text) or "," in text):
        return True
    if any(sign in text for sign in inside) and any(c.isdigit() for c in text):
        return True
    return any(c.isdigit() for c in text) and ("," in text or bool(re.match(r"^\W*\d", text))) and len(words) > 0


def is_prose(text: str) -> bool:
    """Whether a text is a sentence or a usual part of a letter, not a name or address.

    >>> [is_prose(text) for text in ("Dear Ms. Example,", "We ask you to stop shipping to the parties", "Verolan Trade LLC")]
    [True, True, False]
    """
    if letter_part(text) is not None or is_date(text):
        return True
    words = _WORD.findall(text)
    small = sum(word[0].islower() for word in words)
    return len(words) >= 5 and small >= 0.5 * len(words)


def letter_part(text: str) -> str | None:
    """Which usual part of a letter a line begins: salutation, closing, or prose; None if none.

    >>> letter_part("Dear Ms. Example,"), letter_part("Sincerely,"), letter_part("Annex 2"), letter_part("Annex Trading LLC")
    ('salutation', 'closing', 'prose', None)
    """
    low = " ".join(text.split()).casefold()
    for pattern, place, kind in _prose_words():
        if pattern.match(low) is not None and (place != "opens" or not has_legal_form(text)):
            return kind
    return None


def is_date(text: str) -> bool:
    """Whether a line is nothing but a date.

    >>> is_date("March 3, 2024"), is_date("3 марта 2024 г."), is_date("Plum Road 3")
    (True, True, False)
    """
    bare = text.strip(" .,")
    if len(bare) > 30 or not any(c.isdigit() for c in bare):
        return False
    try:
        parse_date(bare.removesuffix("г").strip(" ."))
    except ValueFormError:
        return False
    return True


def is_territory(text: str) -> bool:
    """Whether a text is nothing but territories."""
    return len(text) <= 60 and len(territory_codes_in(text.strip(" .:;()–-"))) > 0


def territory_at_end(text: str) -> str:
    """The territory that an address ends in; empty if it names none there, or is nothing but a territory.

    >>> territory_at_end("1 Plum Road, Testville, China"), territory_at_end("China")
    ('China', '')
    """
    last = re.split(r"[,;，；\n]", text)[-1].strip(" .")
    return last if is_territory(last) and last != text.strip(" .") else ""


@cache
def _address_words() -> tuple[frozenset[str], frozenset[str]]:
    rows = [row for row in read_reference("lookups", "letter_words.csv") if row["kind"] == "address"]
    inside = frozenset(row["words"] for row in rows if row["place"] == "inside")
    return inside, frozenset(row["words"] for row in rows if row["place"] == "word")


@cache
def _prose_words() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Patterns with place and kind: words that only open a line may open a firm's name as well."""
    rows = [row for row in read_reference("lookups", "letter_words.csv") if row["kind"] != "address"]
    return tuple((_pattern(row["words"], row["place"]), row["place"], row["kind"]) for row in rows)


def _pattern(words: str, place: str) -> re.Pattern[str]:
    text = re.escape(words.casefold()).replace(r"\*", r"\w*")
    is_open = words.endswith((":", ".", "*")) or (len(words) < 4 and not words.isascii())
    ends = r"\W*$" if place == "whole" else "" if is_open else r"(?!\w)"
    return re.compile(rf"\W*{text}{ends}")
