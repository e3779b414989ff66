"""Reading HS codes, their texts, the priority goods, and what these were called before 2022."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kit.errors import ValueFormError
from kit.reference import read_reference

ROUNDED = re.compile(r"\d([.,]?\d+)?[eE]\+?\d+")
"""A code that a spreadsheet turned into a number with an exponent: its last digits are lost."""
WHOLE_CODE = (
    "the whole code; a spreadsheet has rounded this one: format the column as a whole number in the workbook and export it again"
)
_SEPARATED = re.compile(r"[.\s\-\u00a0/]")
_WAS_FLOAT = re.compile(r"^(\d+)\.0$")
_LENGTHS = (2, 4, 6, 8, 10)
_LONGER = (11, 12, 13, 14)  # national additions behind ten digits
_CHAPTERS = frozenset(f"{n:02d}" for n in range(1, 98) if n != 77) | {"98", "99"}


class Edition(StrEnum):
    """Editions of the Harmonized System that the concordance knows."""

    HS2012 = "HS2012"
    HS2017 = "HS2017"
    HS2022 = "HS2022"


class Relation(StrEnum):
    """How a code of HS 2017 stands to a code of HS 2022."""

    SAME = "same"  # same number, same scope
    RENAMED = "renamed"  # another number, same scope
    PART_OF = "part_of"  # the older code was wider: an upper bound only
    NONE = "none"  # no usable predecessor
    UNKNOWN = "unknown"  # not in the table: not checked


@dataclass(frozen=True)
class PriorityCode:
    """One of the 50 codes of the Common High Priority List (HS 2022, six digits).

    `date_added` is empty where no source gives the day.
    """

    hs_code: str
    tier: str
    text: str
    hs_version: str
    date_added: str
    note: str
    source: str


@dataclass(frozen=True)
class Baseline:
    """What a series before 2022 can be compared with.

    `hs2017` is None where there is no usable predecessor. `exists_in_hs2017` says
    whether the number itself existed: where it did not, a series that starts in
    2022 shows a new code and no new trade. `is_comparable` is true only where
    number or scope carry over one to one.
    """

    hs2022: str
    hs2017: str | None
    relation: Relation
    exists_in_hs2017: bool | None
    is_comparable: bool
    sentence: str


def read_hs_code(text: str, *, digits: int | None = None) -> str:
    """Read an HS, CN or national tariff code as digits.

    Dots, blanks and a trailing star (a shortened code in Russian records) are
    taken away. A lost leading zero is put back where the digit count shows it
    and the heading with it exists: see `repair_note`. Codes of more than ten digits are cut to ten.

    Args:
        text: As the source spells it.
        digits: How many digits every code of the column has, if known: then a
            code of one digit less lost its leading zero, whatever the count.

    Raises:
        ValueFormError: If there is text in it, a digit count that no edition
            has, or a chapter that does not exist.

    >>> read_hs_code("8542.31"), read_hs_code("85423190 00"), read_hs_code("804400000")
    ('854231', '8542319000', '0804400000')
    """
    bare = _digits(text)
    if bare.isascii() and bare.isdigit():
        whole = "0" + bare if _lost_zero(bare, digits) else bare
        if whole[:2] in _CHAPTERS and len(whole) in _LENGTHS + _LONGER:
            return whole[:10]
    if ROUNDED.fullmatch(bare) is not None:
        raise ValueFormError.unreadable("HS code", text, WHOLE_CODE)
    raise ValueFormError.unreadable("HS code", text, "2, 4, 6, 8 or 10 digits of an existing chapter, such as '854231'")


def repair_note(text: str, *, digits: int | None = None) -> str | None:
    """What was assumed in reading a code, or None if it was plain.

    >>> repair_note("804400000")
    "'804400000' has 9 digits: read as 0804400000, the leading zero was lost"
    >>> repair_note("854231") is None
    True
    """
    bare = _digits(text)
    if _lost_zero(bare, digits):
        return f"{text.strip()!r} has {len(bare)} digits: read as 0{bare}, the leading zero was lost"
    if len(bare) in _LONGER:
        return f"{text.strip()!r} has {len(bare)} digits: the first ten were kept"
    return "a star marks the code as shortened by the source" if text.strip().endswith("*") else None


def _digits(text: str) -> str:
    """The code without signs; of one that a star marks as shortened, whole pairs of digits."""
    bare = _SEPARATED.sub("", _WAS_FLOAT.sub(r"\1", text.strip().rstrip("*")))
    return bare[: len(bare) // 2 * 2] if text.strip().endswith("*") else bare


def _lost_zero(bare: str, digits: int | None = None) -> bool:
    """Whether the digit count says that one leading zero is missing, and the heading with it exists (chapters 01 to 09 only)."""
    expected = len(bare) == digits - 1 if digits is not None else len(bare) in (5, 7, 9)
    return expected and bare.isascii() and bare.isdigit() and "0" + bare[:3] in _texts()


def hs_level(code: str) -> int:
    """The number of digits of a code; 0 for TOTAL.

    >>> hs_level("854231"), hs_level("TOTAL")
    (6, 0)
    """
    return 0 if code == "TOTAL" else len(code)


@cache
def priority_codes() -> tuple[PriorityCode, ...]:
    """The 50 codes of the Common High Priority List, in the order of their tiers."""
    return tuple(PriorityCode(**row) for row in read_reference("reference", "priority_goods.csv"))


@cache
def tiers() -> dict[str, str]:
    """What each tier means, in the order of the list.

    >>> list(tiers())
    ['1', '2', '3.A', '3.B', '4.A', '4.B']
    """
    return {row["tier"]: row["meaning"] for row in read_reference("reference", "priority_tiers.csv")}


@cache
def _tier_by_code() -> dict[str, str]:
    return {code.hs_code: code.tier for code in priority_codes()}


def tier_of(hs_code: str) -> str | None:
    """The tier of the Common High Priority List on which a code of six digits or more stands.

    None says that it is not on the list, or that the code is too short to tell.
    The list is HS 2022: for older records use the predecessors of `hs2017_baseline`.

    >>> tier_of("8542319000"), tier_of("854151"), tier_of("8542") is None
    ('1', '3.A', True)
    """
    return _tier_by_code().get(hs_code[:6]) if len(hs_code) >= 6 else None


@cache
def _texts() -> dict[str, str]:
    return {row["hs_code"]: row["text"] for row in read_reference("reference", "hs_texts.csv")}


def hs_text(code: str) -> str | None:
    """The HS 2022 text of a code, or of the nearest level above it that has one.

    Subheadings are held for chapters 84, 85, 88 and 90 only; elsewhere the text
    is that of the heading. None where not even the chapter is known.

    A text that ends in "…" is cut.

    >>> hs_text("854232")
    'Electronic integrated circuits; memories'
    """
    found = [_texts()[code[:n]] for n in (6, 4, 2) if len(code) >= n and code[:n] in _texts()]
    return found[0] if len(found) > 0 else None


@cache
def _concordance() -> dict[str, dict[str, str]]:
    return {row["hs2022"]: row for row in read_reference("reference", "hs_concordance.csv")}


def concordance(code: str, from_: Edition | str, to: Edition | str) -> tuple[str, ...]:
    """The codes of another edition that a six-digit code corresponds to.

    Only the 50 priority codes and 35 neighbours are known; recommended
    predecessors are used, not the artefacts of the conversion tables. Backwards
    there is at most one code; forwards there may be several. Empty means
    no usable counterpart or not in the table (`hs2017_baseline` tells which).

    >>> concordance("880730", "HS2022", "HS2017"), concordance("854150", "HS2017", "HS2022")
    (('880330',), ('854151', '854159'))
    """
    source, target = Edition(from_), Edition(to)
    if source is target:
        return (code,)
    columns = {Edition.HS2022: "hs2022", Edition.HS2017: "hs2017", Edition.HS2012: "hs2012"}
    rows = _concordance().values()
    found = {row[columns[target]] for row in rows if row[columns[source]] == code}
    return tuple(sorted(found - {""}))


def hs2017_baseline(code: str) -> Baseline:
    """What a 2022 code may be compared with before 2022.

    Six priority codes do not exist in HS 2017 (854800, 852589, 854149, 854151,
    854159, 880730): their number begins in 2022, so growth "from nothing" is an
    artefact. The answer names the older code and says whether it is the same
    goods, or a wider code that gives an upper bound only, or nothing usable.

    >>> hs2017_baseline("880730").hs2017, hs2017_baseline("854149").is_comparable
    ('880330', False)
    """
    hs6 = code[:6]
    row = _concordance().get(hs6)
    if row is None:
        sentence = f"{hs6} is not in the concordance of priority goods: whether its scope changed in 2022 was not checked."
        return Baseline(hs6, None, Relation.UNKNOWN, None, False, sentence)
    relation = Relation(row["relation"])
    before = row["hs2017"] if row["hs2017"] != "" else None
    comparable = relation in (Relation.SAME, Relation.RENAMED)
    return Baseline(hs6, before, relation, relation is Relation.SAME, comparable, _sentence(row, relation))


def _sentence(row: dict[str, str], relation: Relation) -> str:
    code, before, note = row["hs2022"], row["hs2017"], row["note"]
    said = {
        Relation.SAME: f"{code} has the same number and scope since 2012.",
        Relation.RENAMED: f"{code} is new in HS 2022; before it was {before}, one to one. Compare with {before}.",
        Relation.PART_OF: f"No baseline for {code} alone: it is new in HS 2022 and before was only a part of {before}, "
        f"which gives an upper bound.",
        Relation.NONE: f"No baseline for {code}: it is new in HS 2022 and has no usable predecessor.",
        Relation.UNKNOWN: "",
    }[relation]
    return f"{said} ({note})" if note != "" and relation is not Relation.SAME else said
