"""Numbers as evidence that two entries are one party, or that they are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kit.lists.identifiers import is_inn, is_lei, is_ogrn

TELLING = ("inn", "ogrn", "imo", "lei")  # one party has one: two different ones are two parties
LOOSE = ("registration", "tax", "passport", "other")  # their form depends on who gave them
LEAST_SIGNS, LEAST_DIGITS = 7, 6  # shorter ones repeat between registers
_IMO = re.compile(r"\d{7}")


@dataclass(frozen=True)
class Numbers:
    """The numbers of one entry: telling ones by kind, and all values that may agree with another entry's."""

    telling: Mapping[str, frozenset[str]]
    loose: frozenset[str]

    def contradiction(self, other: Numbers) -> tuple[str, str, str] | None:
        """A kind of which both entries have numbers and none in common, with one number of each; else None."""
        for kind in TELLING:
            mine, theirs = self.of(kind), other.of(kind)
            if len(mine) > 0 and len(theirs) > 0 and len(mine & theirs) == 0 and _is_one_form(mine, theirs):
                return kind, min(mine), min(theirs)
        return None

    def of(self, kind: str) -> frozenset[str]:
        """The telling numbers of a kind."""
        return self.telling.get(kind, frozenset())


def read_numbers(rows: Iterable[tuple[str, str]], *, is_vessel: bool = False) -> Numbers:
    """Sort the identifiers of an entry.

    A number counts as telling only if its own form and check digits are right
    (ISO 17442 for an LEI, the rules of the Russian tax service for INN and OGRN,
    IMO Resolution A.1117(30) for a ship), because lists hold misprints. Under a
    loose label, such as `registration`, a number whose check digits fit an OGRN is one; an
    INN is not guessed, for one in eleven ten-digit numbers has fitting check digits.

    >>> read_numbers([("inn", "7707083893"), ("registration", "1027700132195"), ("inn", "7707083894")]).telling
    {'inn': frozenset({'7707083893'}), 'ogrn': frozenset({'1027700132195'})}
    """
    telling: dict[str, set[str]] = {}
    loose: set[str] = set()
    for kind, value in rows:
        plain = "".join(sign for sign in value.upper() if sign.isalnum())
        found = _telling(kind, plain, is_vessel)
        if found is not None:
            telling.setdefault(found, set()).add(plain[-7:] if found == "imo" else plain)
        is_long = len(plain) >= LEAST_SIGNS and sum(sign.isdigit() for sign in plain) >= LEAST_DIGITS
        if is_long and kind in (*LOOSE, "inn", "ogrn", "lei"):
            loose.add(plain)
    return Numbers({kind: frozenset(values) for kind, values in telling.items()}, frozenset(loose))


def is_ship_number(value: str) -> bool:
    """Whether seven digits are a ship's IMO number: the last digit is the sum of the others times 7 to 2, modulo 10.

    >>> is_ship_number("9074729"), is_ship_number("9074728")
    (True, False)
    """
    return _IMO.fullmatch(value) is not None and sum(
        int(d) * w for d, w in zip(value, range(7, 1, -1), strict=False)
    ) % 10 == int(value[6])


def _telling(kind: str, plain: str, is_vessel: bool) -> str | None:
    if kind == "inn" and is_inn(plain):
        return "inn"
    if kind in ("ogrn", "registration") and is_ogrn(plain):
        return "ogrn"
    if kind in ("lei", "registration", "other") and is_lei(plain):
        return "lei"
    if kind == "imo" and _IMO.fullmatch(plain[-7:]) is not None and (not is_vessel or is_ship_number(plain[-7:])):
        return "imo"
    return None


def _is_one_form(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether numbers of both sides have one length: an INN of a firm (10) says nothing against that of a person (12)."""
    return len({len(value) for value in mine} & {len(value) for value in theirs}) > 0
