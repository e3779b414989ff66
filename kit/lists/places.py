"""Territories in lists: of a cell, of the end of an address, and what could not be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from kit.errors import ValueFormError
from kit.reference import read_reference
from kit.territories import read_territory

_SPLIT_AFTER = re.compile(r";\s*and\s+|;\s*", re.IGNORECASE)

_BETWEEN = re.compile(r"[;,/|\n]")


@cache
def territory_code(text: str) -> str | None:
    """The ISO alpha-2 code of a territory in any known spelling, or None.

    >>> territory_code("Hong Kong"), territory_code("REGION: WEST BANK"), territory_code("75081")
    ('HK', 'PS', None)
    """
    if not any(c.isalpha() for c in text):
        return None
    known = _list_spellings().get(text.casefold())
    if known is not None:
        return known if known != "" else None
    try:
        return read_territory(text.removeprefix("The ")).iso2
    except ValueFormError:
        return None


def address_territory(address: str) -> str | None:
    """The territory that an address ends in: its last part between commas.

    None if the last part is no territory, as in US addresses that end in a
    postal code. Two capital letters are read as ISO code, which is what US lists
    put last: "Medellin, CO" is Colombia.

    >>> address_territory("Komitas 26/114, Yerevan, Armenia, AM")
    'AM'
    >>> address_territory("3037 S. 69TH DRIVE, PHOENIX, AZ, 85043") is None
    True
    >>> address_territory("Room 3, Tower 9, Kowloon, Hong Kong.")
    'HK'
    """
    return territory_code(address.rpartition(",")[2].strip(" ."))


def split_addresses(text: str) -> list[str]:
    """Take apart addresses that are joined by "; " or "; and ".

    A piece with neither a comma nor a territory at its end ("Flat 5; 12/F, …")
    is no address and stays with the piece after it.

    >>> split_addresses("1 Plum Road, Testville, China; and 2 Plum Road, Testville, China, CN")
    ['1 Plum Road, Testville, China', '2 Plum Road, Testville, China, CN']
    >>> split_addresses("Flat 5; 12/F, Plum Tower, Kowloon, HK")
    ['Flat 5; 12/F, Plum Tower, Kowloon, HK']
    >>> split_addresses("TR; Shenyang, CN")
    ['TR', 'Shenyang, CN']
    """
    pieces = [piece.strip() for piece in _SPLIT_AFTER.split(text)]
    out: list[str] = []
    held = ""
    for piece in (p for p in pieces if p != ""):
        whole = f"{held}; {piece}" if held != "" else piece
        if "," in piece or territory_code(piece.strip(" .")) is not None:
            out.append(whole)
            held = ""
        else:
            held = whole
    return [*out, held] if held != "" else out


@cache
def territory_codes_in(text: str) -> tuple[str, ...]:
    """The codes of all territories that a cell names, joined by ";", "," or "/"; none if a part names none.

    >>> territory_codes_in("Korea, South"), territory_codes_in("RU; BY"), territory_codes_in("Plum, RU")
    (('KR',), ('RU', 'BY'), ())
    """
    whole = territory_code(text.strip())
    if whole is not None:
        return (whole,)
    codes = [territory_code(part.strip()) for part in _BETWEEN.split(text) if part.strip() != ""]
    return tuple(code for code in codes if code is not None) if None not in codes else ()


@cache
def _list_spellings() -> dict[str, str]:
    """Spellings that only lists use; an empty code means no single territory."""
    return {row["spelling"].casefold(): row["iso2"] for row in read_reference("lookups", "list_territories.csv")}


class TerritoryReader:
    """Reads territories of a list and counts the spellings that mean none."""

    def __init__(self) -> None:
        self.unread: Counter[str] = Counter()

    def codes(self, values: Iterable[str]) -> list[str]:
        """ISO alpha-2 codes of the values, each once, in order of appearance."""
        found: dict[str, None] = {}
        for value in values:
            text = value.strip()
            code = territory_code(text)
            if code is not None:
                found[code] = None
            elif text != "":
                self.unread[text] += 1
        return list(found)

    def notes(self) -> list[str]:
        """One sentence if some spellings could not be read; none otherwise."""
        if len(self.unread) == 0:
            return []
        shown = ", ".join(f"{text!r} ({count})" for text, count in self.unread.most_common(6))
        more = f" and {len(self.unread) - 6} more" if len(self.unread) > 6 else ""
        return [f"territories left empty because their spelling names none: {shown}{more}"]
