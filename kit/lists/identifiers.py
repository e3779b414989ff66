"""Numbers that tell parties apart: how lists label them, and what their check digits say."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from kit.lists.places import territory_code
from kit.reference import read_reference

_IN_BRACKETS = re.compile(r"^(.*?)\s*\(([^()]*)\)\s*((?:issued|expires).*)?$")
_ISSUED = re.compile(r"\s*\b(?:issued|expires)\b.*$", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"^alt\.\s+", re.IGNORECASE)
_IMO = re.compile(r"^IMO\s*[:#]?\s*(\d{7})$", re.IGNORECASE)
_RUSSIAN = frozenset({"RU", "UA", "BY"})  # Crimea and the east of Ukraine hold firms with Russian numbers


@dataclass(frozen=True)
class Identifier:
    """One identifier: its kind in IDENTIFIERS, its value, the territory that gave it if the list says so."""

    kind: str
    value: str
    territory: str | None = None


def read_labelled(text: str) -> tuple[str, str] | None:
    """Take "Tax ID No. 7712345 (Russia)" apart into its label's kind and the rest.

    Returns:
        The kind ("" for a label that is no identifier) and what stands behind
        the label; None if the text begins with no known label.

    >>> read_labelled("alt. Passport 17588 (Argentina)")
    ('passport', '17588 (Argentina)')
    >>> read_labelled("Gender Male")
    ('', 'Male')
    >>> read_labelled("Political Leader in Amman") is None
    True
    """
    plain = _ALTERNATIVE.sub("", text.strip())
    found = _label_pattern().match(plain)
    if found is None:
        return None
    return _labels()[found[0].casefold()], plain[found.end() :].strip(" :,")


def label_kind(label: str) -> str | None:
    """The kind of a label that stands alone ("" for no identifier), None if it is unknown.

    >>> label_kind("Registration ID"), label_kind("Website"), label_kind("Mother's name")
    ('registration', '', None)
    """
    return _labels().get(_ALTERNATIVE.sub("", label.strip()).casefold())


def read_identifier(kind: str, text: str, territories: Collection[str] = ()) -> Identifier:
    """Read the value behind a label, and name its kind more closely where the number itself tells.

    A tax number of a party in Russia whose check digits are right is an INN, a
    registration number an OGRN. A number whose check digits are wrong keeps the
    label's kind: lists hold misprints.

    >>> read_identifier("tax", "7707083893 (Russia)")
    Identifier(kind='inn', value='7707083893', territory='RU')
    >>> read_identifier("tax", "7712345 (Russia)").kind
    'tax'
    >>> read_identifier("registration", "7707083893 (Tax ID/INN)", ["RU"]).kind
    'inn'
    >>> read_identifier("passport", "A1 (Iran) expires 05 May 2021")
    Identifier(kind='passport', value='A1', territory='IR')
    """
    value, territory = text.strip(" .;"), None
    bracketed = _IN_BRACKETS.match(value)
    if bracketed is not None:
        code = territory_code(bracketed[2].strip())
        labels = [label_kind(part) for part in bracketed[2].split("/")]
        if code is not None:
            value, territory = bracketed[1].strip(), code
        elif None not in labels:
            value, kind = bracketed[1].strip(), labels[0] or kind
    value = _ISSUED.sub("", value).strip()
    imo = _IMO.match(value)
    if imo is not None:
        return Identifier("imo", imo[1], territory)
    where = {territory} if territory is not None else set(territories)
    return Identifier(closer_kind(kind, value, where), value, territory)


def closer_kind(kind: str, value: str, territories: Collection[str]) -> str:
    """The kind that a number's own form shows, else `kind`.

    >>> closer_kind("registration", "1027700132195", {"RU"})
    'ogrn'
    >>> closer_kind("registration", "1027700132195", {"CO"})
    'registration'
    """
    if kind in ("tax", "registration", "other") and len(_RUSSIAN & set(territories)) > 0:
        if is_inn(value):
            return "inn" if kind == "tax" else kind
        if is_ogrn(value):
            return "ogrn"
    if kind in ("registration", "other") and is_lei(value):
        return "lei"
    return kind


def is_inn(value: str) -> bool:
    """Whether a value is a Russian taxpayer number of 10 or 12 digits with right check digits.

    >>> is_inn("7707083893"), is_inn("7707083894")
    (True, False)
    """
    if not (value.isascii() and value.isdigit()):
        return False
    digits = [int(c) for c in value]
    if len(digits) == 10:
        return _weighted(digits, (2, 4, 10, 3, 5, 9, 4, 6, 8)) == digits[9]
    if len(digits) == 12:
        first = _weighted(digits, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
        second = _weighted(digits, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
        return first == digits[10] and second == digits[11]
    return False


def is_ogrn(value: str) -> bool:
    """Whether a value is a Russian state registration number of 13 or 15 digits with a right check digit.

    >>> is_ogrn("1027700132195"), is_ogrn("1027700132196")
    (True, False)
    """
    if not (value.isascii() and value.isdigit() and len(value) in (13, 15)):
        return False
    return int(value[:-1]) % (len(value) - 2) % 10 == int(value[-1])


def is_lei(value: str) -> bool:
    """Whether a value is a legal entity identifier with right check digits (ISO 17442).

    >>> is_lei("5493001KJTIIGC8Y1R12"), is_lei("5493001KJTIIGC8Y1R13")
    (True, False)
    """
    if not (len(value) == 20 and value.isascii() and value.isalnum() and value[-2:].isdigit()):
        return False
    return int("".join(str(int(c, 36)) for c in value)) % 97 == 1


def _weighted(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(d * w for d, w in zip(digits, weights, strict=False)) % 11 % 10


@cache
def _labels() -> dict[str, str]:
    return {row["label"].casefold(): row["kind"] for row in read_reference("lookups", "identifier_labels.csv")}


@cache
def _label_pattern() -> re.Pattern[str]:
    longest_first = sorted(_labels(), key=len, reverse=True)
    return re.compile("(?:" + "|".join(re.escape(label) for label in longest_first) + r")(?![^\W_])", re.IGNORECASE)
