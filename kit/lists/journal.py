"""What tables of the EU Official Journal write in one cell: numbers with labels, addresses, nationalities, measures."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from kit.lists.identifiers import Identifier, closer_kind, is_inn, read_identifier, read_labelled
from kit.lists.naming import unique
from kit.lists.places import address_territory, territory_code
from kit.reference import read_reference

_BEFORE_LABEL = re.compile(r"[\s,]+(?=(?:KPP|OKPO|OGRN|INN)\b)")
_VALIDITY = re.compile(r"[\s,(]*\b(?:valid|issued|date of|expir\w*|in \d{4}\))(?:\W.*)?$", re.IGNORECASE | re.DOTALL)
_BETWEEN = re.compile(r"\s*[;\n]\s*|,\s+(?=[^,()]*\d)|\s+/\s*|/\s+|\s+and\s+")
_IN_BRACKETS = re.compile(r"^(.+?)\s*\(([^()]*)\)$")
_NESTED = re.compile(r"^([^()]+?)\s*\(.*\(([^()]*)\)\s*\)$")
_PASSPORT = re.compile(r"^\D*?\bpassport\b\D*?\b(?:no|number)\b[.:\s]*", re.IGNORECASE)
_PAGE = re.compile(r"\s+\S+\.\S+/\S*$")
_ORIGINAL = re.compile(r"\s*\((?:in original|local)\b.*$", re.IGNORECASE)
_BRACKET = re.compile(r"\([^()]*\)")
_NATIONS = re.compile(r"\s*(?:[,;/]|\band/or\b|\band\b)\s*")
_CELEX = re.compile(r"3(\d{4})R(\d{4})")


@dataclass(frozen=True)
class Act:
    """A regulation: the short name of its list, its name, its official address."""

    list_id: str
    name: str
    url: str


@dataclass(frozen=True)
class Measure:
    """What a measure of an annex means: topics, and what a row of the type Asset is."""

    topics: tuple[str, ...]
    asset: str


def act_of(celex: str) -> Act | None:
    """The regulation that a CELEX number means, or None if it is none.

    >>> act_of("32014R0833").name, act_of("32012R0036").list_id, act_of("x") is None
    ('Regulation (EU) No 833/2014', 'eu_journal_36_2012', True)
    """
    found = _CELEX.fullmatch(celex)
    if found is None:
        return None
    url = f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{celex}"
    known = next((row for row in read_reference("lookups", "eu_acts.csv") if row["celex"] == celex), None)
    if known is not None:
        return Act(known["list_id"], known["act"], url)
    year, number = found[1], int(found[2])
    return Act(f"eu_journal_{number}_{year}", f"Regulation {number}/{year} (CELEX {celex})", url)


@cache
def measure_of(measure: str, celex: str, annex: str) -> Measure | None:
    """What `data/lookups/eu_measures.csv` says: the row of the annex, else the row of the measure, else None.

    >>> measure_of("Export control", "32014R0833", "IV").topics, measure_of("Export control", "32014R0833", "IVa").topics
    (('export.control', 'mil'), ('export.control',))
    """
    rows = {(row["measure"], row["celex"], row["annex"]): row for row in read_reference("lookups", "eu_measures.csv")}
    row = rows.get((measure, celex, annex)) or rows.get((measure, "", ""))
    return Measure(tuple(row["topics"].split(";")), row["asset"]) if row is not None else None


def read_numbers(kind: str, cell: str, territories: Collection[str] = ()) -> list[Identifier]:
    """The numbers of one cell, each with the kind that its label or its own form says.

    Args:
        kind: What the column holds: tax, registration, inn, ogrn, passport, other, …
        cell: The cell; several numbers may be joined by ";", ",", "/" or "and".
        territories: Those of the party: a tax number in Russia may be an INN.

    >>> [(i.kind, i.value) for i in read_numbers("registration", "7707083893 (Tax ID/INN)")]
    [('inn', '7707083893')]
    >>> [(i.kind, i.value) for i in read_numbers("ogrn", "1207700324941, KPP 772901001")]
    [('ogrn', '1207700324941'), ('kpp', '772901001')]
    >>> [i.value for i in read_numbers("passport", "55 0314316, valid from 6.12.2019 until 6.12.2029")]
    ['55 0314316']
    """
    out = []
    for part in _BEFORE_LABEL.sub("; ", cell).split(";"):
        for piece in _BETWEEN.split(_VALIDITY.sub("", part)):
            text = piece.strip(" ,.;-–")
            if any(c.isdigit() for c in text):
                out.append(_number(kind, text, territories))
    return out


def _number(kind: str, text: str, territories: Collection[str]) -> Identifier:
    passport = _PASSPORT.match(text)
    if passport is not None:
        return Identifier("passport", text[passport.end() :])
    bracketed = _IN_BRACKETS.match(text) or _NESTED.match(text)
    said = _number_labels().get(bracketed[2].strip().casefold()) if bracketed is not None else None
    front = _number_pattern().match(text)
    if bracketed is not None and said is not None:
        kind, text = said, bracketed[1]
    elif front is not None and any(c.isdigit() for c in text[front.end() :]):
        kind, text = _number_labels()[front[1].casefold()], text[front.end() :]
    else:
        labelled = read_labelled(text)
        if labelled is not None and any(c.isdigit() for c in labelled[1]):
            kind, text = labelled[0] or kind, labelled[1]
    bare = "".join(text.split())
    text = bare if kind != "passport" and bare.isdigit() else text
    if kind == "tax" and is_inn(text):
        return Identifier("inn", text)
    found = read_identifier(kind, text, territories)
    where = {found.territory} if found.territory is not None else territories
    return Identifier(closer_kind(found.kind, found.value, where), found.value, found.territory)


@cache
def surely_in(address: str) -> str | None:
    """The territory that an address names, or None where it names none or several.

    Its last part counts; else a part that is a territory written out, if all
    such parts agree. Hong Kong beside China is Hong Kong.

    >>> surely_in("Plot 5, Plum Zone, Dubai, United Arab Emirates, P.O. Box 1"), surely_in("Ang Mo Kio, Singapore 534818")
    ('AE', 'SG')
    >>> surely_in("299001, Sevastopol, Geroev Str., 13") is None
    True
    """
    bare = _PAGE.sub("", _ORIGINAL.sub("", address)).strip(" ,.")
    parts = [re.sub(r"[\s\d]+$", "", part.strip(" .")) for part in re.split(r"[,;]", bare)]
    codes = unique([code for code in (territory_code(part) for part in parts if len(part) > 3) if code is not None])
    if len(codes) == 2 and set(codes) == {"HK", "CN"}:
        return "HK"
    return address_territory(bare) or (codes[0] if len(codes) == 1 else None)


def nations(cell: str) -> list[str]:
    """The words for nationalities in a cell, without what stands in brackets.

    >>> nations("Ukrainian, Russian (the Union does not recognise passports issued in Crimea)")
    ['Ukrainian', 'Russian']
    """
    return [part for part in _NATIONS.split(_BRACKET.sub("", cell).strip()) if part != ""]


@cache
def _number_labels() -> dict[str, str]:
    return {row["label"].casefold(): row["kind"] for row in read_reference("lookups", "eu_number_labels.csv")}


@cache
def _number_pattern() -> re.Pattern[str]:
    longest_first = sorted(_number_labels(), key=len, reverse=True)
    return re.compile("(" + "|".join(re.escape(label) for label in longest_first) + r")(?!\w)[\s:.–-]*", re.IGNORECASE)
