"""Units of quantity that are weights, and what a value includes: delivery terms and bases.

Both are tables kept by hand (`data/lookups/units.csv`, `value_bases.csv`), each row with its source.
A unit that could mean two things (TON, MT, GR, bare numbers such as 1 or 8) is not in the table: nothing is converted by it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from kit.reference import read_reference

_WORD = re.compile(r"[A-Z]&?[A-Z]{1,2}(?![A-Z])")


@dataclass(frozen=True)
class Basis:
    """What a value includes: a delivery term (EXW … DDP), or a basis of statistics.

    `includes_freight` says whether the main carriage is inside; None where the
    word alone does not tell (customs, statistical, invoice).
    """

    standard: str
    group: str
    includes_freight: bool | None


def kilograms(unit: str) -> float | None:
    """How many kilograms one unit weighs, or None if it is no weight, or not surely one.

    >>> kilograms("KGS"), kilograms("Тонна"), kilograms("166"), kilograms("PIECES")
    (1.0, 1000.0, 1.0, None)
    """
    return _weights().get(_key(unit))


def read_basis(text: str) -> Basis | None:
    """The basis that a text begins with, or None if it names none.

    >>> read_basis("CIF NHAVA SHEVA").includes_freight, read_basis("fob"), read_basis("by agreement")
    (True, Basis(standard='FOB', group='F', includes_freight=False), None)
    """
    whole = text.strip()
    found = _bases().get(whole.upper()) or _bases().get(whole.lower())
    if found is not None:
        return found
    first = _WORD.match(whole.upper())
    return _bases().get(first[0]) if first is not None else None


def _key(unit: str) -> str:
    """A unit for comparison: no case, no accents of Latin letters, no full stops, single blanks."""
    folded = unicodedata.normalize("NFKC", unit).casefold().replace("ı", "i")
    plain = "".join(c for c in unicodedata.normalize("NFKD", folded) if unicodedata.category(c) != "Mn")
    return " ".join(plain.replace(".", " ").split())


@cache
def _weights() -> dict[str, float]:
    return {_key(row["unit"]): float(row["kilograms"]) for row in read_reference("lookups", "units.csv")}


@cache
def _bases() -> dict[str, Basis]:
    freight = {"yes": True, "no": False, "": None}
    rows = read_reference("lookups", "value_bases.csv")
    return {row["basis"]: Basis(row["standard"], row["group"], freight[row["includes_freight"]]) for row in rows}
