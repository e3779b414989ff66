"""Territories: codes, names in many languages, position, and membership.

A *territory* may be Hong Kong or Crimea, which is why the kit does not say
country. Names, codes and spellings come from `data/reference/territories.csv`
and `territory_aliases.csv`, each row with its source.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kit.errors import ValueFormError
from kit.reference import read_reference

_CODE_BESIDE_NAME = re.compile(r"^\(?([A-Za-z]{2,3})\)?\s*[-–—:/|.,]?\s+(.+)$|^(.+?)\s*[-–—:/|(\[]\s*([A-Za-z]{2,3})[)\]]?$")
# Letters that look the same in both scripts, as name_key leaves them: Latin, then Cyrillic.
_LATIN, _CYRILLIC = "abcehkmoptxy", "авсенкмортху"
_LOOK_ALIKE = frozenset(_CYRILLIC + _LATIN)
_TO_LATIN, _TO_CYRILLIC = str.maketrans(_CYRILLIC, _LATIN), str.maketrans(_LATIN, _CYRILLIC)


class TerritoryKind(StrEnum):
    """What a code of trade statistics stands for."""

    TERRITORY = "territory"
    SUM = "sum"  # WORLD, EU27: never added to its parts
    UNSPECIFIED = "unspecified"  # areas not elsewhere specified, bunkers, free zones


class Codes(StrEnum):
    """Which numbering a column of territories uses."""

    ISO2 = "iso2"
    ISO3 = "iso3"
    M49 = "m49"
    COMTRADE = "comtrade"
    NAME = "name"


@dataclass(frozen=True)
class Territory:
    """One territory, or one sum or unspecified area of trade statistics.

    `iso2` is ISO 3166 alpha-2, XK for Kosovo, or WORLD, EU27, _X … for what is
    no territory. `lon` and `lat` are degrees, None where no position makes sense.
    `transshipment_notice` names the official notices that call it a
    transshipment point: a reason to look, no finding against a firm there.
    """

    iso2: str
    iso3: str
    m49: str
    comtrade_code: str
    name: str
    kind: TerritoryKind
    lon: float | None
    lat: float | None
    is_eu_member: bool
    is_coalition_member: bool
    is_eaeu_member: bool
    transshipment_notice: str
    note: str
    source: str


def name_key(text: str) -> str:
    """The form in which spellings are compared: letters and digits, no case, no marks.

    >>> name_key("Türkiye"), name_key("TÜRKİYE"), name_key("U.S.A.")
    ('turkiye', 'turkiye', 'usa')
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("&", " and ").casefold())
    return "".join(c for c in decomposed if c.isalnum() and unicodedata.category(c) != "Lm")


@cache
def territories() -> tuple[Territory, ...]:
    """Every territory, then the sums and unspecified areas, as the reference table has them."""
    return tuple(_territory(row) for row in read_reference("reference", "territories.csv"))


def territory(iso2: str) -> Territory:
    """The territory of a code as the kit's tables hold it.

    Raises:
        ValueFormError: If no territory has the code.

    >>> territory("HK").name
    'Hong Kong'
    """
    found = _by_code("iso2").get(iso2)
    if found is None:
        raise ValueFormError.unreadable("territory code", iso2, "an ISO 3166 alpha-2 code such as 'HK', or WORLD, EU27")
    return found


def missing_reason(text: str) -> str | None:
    """Why a value stands for no single territory, or None if it is not known to do so.

    >>> missing_reason("00")
    'no territory stated in Russian declarations'
    >>> missing_reason("KZ") is None
    True
    """
    alias = _alias(text)
    if alias is None:
        return None
    found = _by_code("iso2").get(alias[0])
    if found is None:
        return alias[1]
    return None if found.kind is TerritoryKind.TERRITORY else f"{found.name} is no single territory"


def reading_note(text: str) -> str | None:
    """What a person should know about how a spelling was read, or None if it is plain.

    >>> reading_note("Georgia")
    'read as the territory; in an address it may be the US state: look at the city'
    """
    alias = _alias(text)
    return alias[1] if alias is not None and " read as " in f" {alias[1]}" else None


def read_territory(text: str, *, codes: Codes | str | None = None) -> Territory:
    """Read a territory in any known spelling or code.

    Without `codes`, letters are read as ISO alpha-2, alpha-3 or a name in one
    of nine languages. Bare numbers are refused then: 250 is France in one
    numbering and something else in another.

    Args:
        text: As the source spells it: "CN", "КИТАЙ", "China, mainland", "CN - CHINA".
        codes: The numbering of the column, if known. With `m49` or `comtrade`
            leading zeros may be lost.

    Raises:
        ValueFormError: If the value is unknown, means a sum (WORLD), or stands
            for no territory (`missing_reason` tells these apart).

    >>> read_territory("КИТАЙ").iso2, read_territory("490", codes="comtrade").iso2
    ('CN', 'TW')
    """
    found = read_area(text, codes=codes)
    if found.kind is not TerritoryKind.TERRITORY:
        raise ValueFormError.unreadable("territory", text, f"a single territory; this is {found.name} ({found.kind})")
    return found


def read_area(text: str, *, codes: Codes | str | None = None) -> Territory:
    """Read a side of a flow: a territory, or a sum or unspecified area (WORLD, EU27, _X).

    Raises:
        ValueFormError: As for `read_territory`, but sums are kept as such.

    >>> read_area("World").iso2, read_area("European Union - 27 countries (AS OF 2020)").iso2
    ('WORLD', 'EU27')
    """
    value = text.strip()
    found = _read_code(value, Codes(codes)) if codes is not None and codes != Codes.NAME else _read_words(value)
    if found is not None:
        return found
    reason = missing_reason(value)
    if reason is not None:
        raise ValueFormError.unreadable("territory", text, f"a territory; this value means: {reason}")
    raise ValueFormError.unreadable(
        "territory", text, "an ISO code or a name in a known spelling (data/reference/territory_aliases.csv)"
    )


def _read_code(value: str, codes: Codes) -> Territory | None:
    if codes is Codes.ISO2:
        found = _by_code("iso2").get(value.upper())
    elif codes is Codes.ISO3:
        found = _by_code("iso3").get(value.upper())
    elif codes is Codes.M49:
        found = _by_code("m49").get(value.zfill(3))
    else:
        number = value.lstrip("0") or "0"
        found = _by_code("comtrade_code").get(number) or _by_code("m49").get(value.zfill(3)) or _old_comtrade().get(number)
    if found is None and not value.isdigit():
        alias = _alias(value)  # EL, XI, UK in a column of ISO codes
        return _by_code("iso2").get(alias[0]) if alias is not None else None
    return found


def _read_words(value: str) -> Territory | None:
    found = _by_code("iso2").get(value.upper()) or _by_code("iso3").get(value.upper())
    if found is None:
        alias = _alias(value)
        found = _by_code("iso2").get(alias[0]) if alias is not None else None
    return found if found is not None else _read_code_beside_name(value)


def _read_code_beside_name(value: str) -> Territory | None:
    """Read "CN - CHINA" or "CHINA (CN)": accepted only where both say the same."""
    split = _CODE_BESIDE_NAME.match(value)
    if split is None:
        return None
    code, name = (split[1], split[2]) if split[1] is not None else (split[4], split[3])
    by_code = _by_code("iso2").get(code.upper()) or _by_code("iso3").get(code.upper())
    alias = _alias(name)
    return by_code if by_code is not None and alias is not None and alias[0] == by_code.iso2 else None


@cache
def _by_code(field: str) -> dict[str, Territory]:
    return {getattr(t, field): t for t in territories() if getattr(t, field) != ""}


def _alias(text: str) -> tuple[str, str] | None:
    """What a spelling means; Cyrillic letters inside a Latin word, and the reverse, do not hinder."""
    key = name_key(text)
    found = _aliases().get(key)
    if found is None and any(c in _LOOK_ALIKE for c in key):
        found = _aliases().get(key.translate(_TO_LATIN)) or _aliases().get(key.translate(_TO_CYRILLIC))
    return found


@cache
def _old_comtrade() -> dict[str, Territory]:
    return {row["code"]: territory(row["iso2"]) for row in read_reference("lookups", "comtrade_old_codes.csv")}


@cache
def _aliases() -> dict[str, tuple[str, str]]:
    rows = read_reference("reference", "territory_aliases.csv")
    return {name_key(row["alias"]): (row["iso2"], row["why"]) for row in rows}


def _territory(row: dict[str, str]) -> Territory:
    return Territory(
        iso2=row["iso2"],
        iso3=row["iso3"],
        m49=row["m49"],
        comtrade_code=row["comtrade_code"],
        name=row["name"],
        kind=TerritoryKind(row["kind"]),
        lon=float(row["lon"]) if row["lon"] != "" else None,
        lat=float(row["lat"]) if row["lat"] != "" else None,
        is_eu_member=row["eu_member"] == "yes",
        is_coalition_member=row["coalition_member"] == "yes",
        is_eaeu_member=row["eaeu_member"] == "yes",
        transshipment_notice=row["transshipment_notice"],
        note=row["note"],
        source=row["source"],
    )
