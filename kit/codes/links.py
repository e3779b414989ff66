"""Carrying a code from one edition of the Harmonized System to another, in both directions.

Two tables say how. `data/reference/hs_links.csv` holds every link between editions that is not
plain identity, as the correlation tables of the United Nations give them. `hs_concordance.csv` holds the priority
goods and their neighbors, checked one by one; where it says something, it goes before the first. A code that neither
names kept its number and scope.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kit.codes.goods import Edition, Relation
from kit.reference import read_reference

ORDER = (Edition.HS2012, Edition.HS2017, Edition.HS2022)
MOST_NAMED = 5
_VERSION = re.compile(r"(?:HS|CN|H)?\s*-?\s*(\d{4}|[456])")
_COMTRADE = {"4": Edition.HS2012, "5": Edition.HS2017, "6": Edition.HS2022}

Back = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Carried:
    """From which codes of another edition a code can be made up.

    `whole` are codes that lie wholly within it: their sum is the lower bound.
    `partly` are codes of which only a part belongs to it: with them the sum is the upper bound.
    With neither there is no baseline: the code cannot be compared with that edition at all.
    """

    hs_code: str
    edition: Edition
    source: Edition
    whole: tuple[str, ...]
    partly: tuple[str, ...]
    sentence: str

    @property
    def is_exact(self) -> bool:
        """Whether lower and upper bound are the same figure."""
        return len(self.whole) > 0 and len(self.partly) == 0


def edition_of(version: str | None) -> Edition | None:
    """The edition that a table's own word stands for, or None where it names none of the three.

    The Combined Nomenclature of a year follows the edition in force: CN2017 to CN2021 is HS 2017.

    >>> edition_of("HS2022"), edition_of("CN2021"), edition_of("H4"), edition_of("HS1996") is None
    (<Edition.HS2022: 'HS2022'>, <Edition.HS2017: 'HS2017'>, <Edition.HS2012: 'HS2012'>, True)
    """
    found = _VERSION.fullmatch((version or "").strip().upper())
    if found is None:
        return None
    if found[1] in _COMTRADE:
        return _COMTRADE[found[1]]
    year = int(found[1])
    return next((edition for edition in reversed(ORDER) if int(edition.value[2:]) <= year < 2027), None)


def counterparts(code: str, from_: Edition | str, to: Edition | str) -> tuple[str, ...]:
    """Every six-digit code of another edition that shares goods with a code; empty if none is usable.

    >>> counterparts("880730", "HS2022", "HS2017"), counterparts("854140", "HS2017", "HS2022")
    (('880330',), ('854141', '854142', '854143', '854149'))
    """
    place, end = ORDER.index(Edition(from_)), ORDER.index(Edition(to))
    found = frozenset({code[:6]})
    while place != end:
        step = 1 if end > place else -1
        newer = ORDER[max(place, place + step)]
        found = frozenset(target for one in found for target in _across(one, newer, is_forward=step > 0))
        place += step
    return tuple(sorted(found))


@cache
def carried(code: str, from_: Edition | str, to: Edition | str) -> Carried:
    """How a code of the edition `to` is made up of codes of the edition `from_`.

    >>> carried("880730", "HS2017", "HS2022").whole, carried("854149", "HS2017", "HS2022").partly
    (('880330',), ('854140',))
    >>> carried("880621", "HS2017", "HS2022").sentence
    'No baseline for 880621: nothing in HS2017 can be compared with it.'
    """
    source, edition = Edition(from_), Edition(to)
    sources = counterparts(code, edition, source)
    whole = tuple(s for s in sources if counterparts(s, source, edition) == (code,))
    partly = tuple(s for s in sources if s not in whole)
    return Carried(code, edition, source, whole, partly, _sentence(code, source, whole, partly))


def _sentence(code: str, source: Edition, whole: tuple[str, ...], partly: tuple[str, ...]) -> str:
    name = source.value
    if len(whole) + len(partly) == 0:
        return f"No baseline for {code}: nothing in {name} can be compared with it."
    if len(partly) == 0:
        if whole == (code,):
            return f"{code} has the same number and scope in {name}."
        verb = "was" if len(whole) == 1 else "is the sum of"
        return f"{code} {verb} {_named(whole)} in {name}, wholly."
    low = f"at least {_named(whole)}" if len(whole) > 0 else "no lower bound but 0"
    return f"Bounds only for {code}: {low}; at most with all of {_named(partly)} of {name}, of which only a part belongs to it."


def _named(codes: tuple[str, ...]) -> str:
    shown = ", ".join(codes[:MOST_NAMED])
    return shown if len(codes) <= MOST_NAMED else f"{shown} and {len(codes) - MOST_NAMED} more"


def _across(code: str, newer: Edition, *, is_forward: bool) -> frozenset[str]:
    """The codes on the other side of one change of edition; none for a code that its own side does not have."""
    back, forward = _change(newer)
    table, other = (forward, back) if is_forward else (back, forward)
    is_of_other_side_only = code in other and code not in other[code]
    return table.get(code, frozenset() if is_of_other_side_only else frozenset({code}))


@cache
def _change(newer: Edition) -> tuple[Back, Back]:
    """Both directions of one change of edition: newer to older codes, and older to newer ones, identity left out."""
    back = _of_the_united_nations(newer)
    checked = _checked(newer)
    befores = {before for codes in back.values() for before in codes} | {b for b, _ in checked.values() if b != ""}
    back |= {code: frozenset({before} - {""}) for code, (before, _) in checked.items()}
    locked = {before: code for code, (before, is_alone) in checked.items() if is_alone}
    for code, codes in back.items():
        back[code] = frozenset(before for before in codes if locked.get(before, code) == code)
    forward: dict[str, set[str]] = {before: set() for before in befores}
    for code, codes in back.items():
        for before in codes:
            forward.setdefault(before, set()).add(code)
    return back, {before: frozenset(codes) for before, codes in forward.items()}


def _of_the_united_nations(newer: Edition) -> Back:
    rows: Iterable[Mapping[str, str]] = read_reference("reference", "hs_links.csv")
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["edition"] == newer.value:
            found[row["hs_code"]] |= {row["before"]} - {""}
    return {code: frozenset(befores) for code, befores in found.items()}


def _checked(newer: Edition) -> dict[str, tuple[str, bool]]:
    """Codes checked one by one: the predecessor (empty for none), and whether the two are the same goods."""
    rows = read_reference("reference", "hs_concordance.csv")
    alike = (Relation.SAME.value, Relation.RENAMED.value)
    if newer is Edition.HS2022:
        return {row["hs2022"]: (row["hs2017"], row["relation"] in alike) for row in rows}
    return {row["hs2017"]: (row["hs2012"], True) for row in rows if row["relation"] in alike and row["back_to"] == "HS2012"}
