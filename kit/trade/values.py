"""Reading single cells of trade records: territories, codes, directions, currencies, periods.

Each reader takes the text of one cell and gives a `Cell`: its value, or none
with a note that says why the source states none. What cannot be read raises
`ValueFormError`. Columns are read by their distinct values (`kit.trade.cells`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from kit.codes import read_hs_code, repair_note
from kit.dates import parse_date
from kit.errors import ValueFormError
from kit.model import DatePrecision, Direction
from kit.reference import read_reference
from kit.territories import missing_reason, name_key, read_area, read_territory, reading_note

FIRST_DAY = dt.date(1988, 1, 1)  # the Harmonized System began; an earlier day is a filler
FILLER = "Cannot read {raw!r} as a date of trade; expected a day from 1988 to next year. This one is a filler or a slip."
LATEST_YEARS_AHEAD = 1
UNSPECIFIED = "_X"

_PERIOD = re.compile(r"^(\d{4})(?:[-./]?(0[1-9]|1[0-2]|52|[1-9](?=$)))?$")
_MONTH_FIRST = re.compile(r"^(0?[1-9]|1[0-2])[-./](\d{4})$")
_LABELLED = re.compile(r"^\d{4,6}-(.+)$")


@dataclass(frozen=True)
class Cell:
    """What one cell says: a value, or None, and a note for the reader of the report."""

    value: str | None
    note: str | None = None


CellReader = Callable[[str], Cell]


def text(raw: str) -> Cell:
    """Text as it stands."""
    return Cell(raw)


def hs_code(digits: int | None = None) -> CellReader:
    """A reader of HS codes; `digits` is the width of the column, if known."""

    def read(raw: str) -> Cell:
        note = repair_note(raw, digits=digits)
        kind = None if note is None else re.sub(r"^'[^']*' has (\d+) digits: read as 0\d+", r"codes of \1 digits", note)
        kind = None if kind is None else re.sub(r"^'[^']*' has (\d+) digits", r"codes of \1 digits", kind)
        return Cell(read_hs_code(raw, digits=digits), kind)

    return read


def flow_code(digits: int | None = None) -> CellReader:
    """A reader of product codes of statistics, where TOTAL stands for all goods."""
    plain = hs_code(digits)

    def read(raw: str) -> Cell:
        head = raw.strip().upper().split("-")[0].strip()
        return Cell("TOTAL") if head in ("TOTAL", "AG2", "ALL") else plain(raw.split(" - ")[0] if " - " in raw else raw)

    return read


def territory_code(codes: str | None = None) -> CellReader:
    """A reader of a territory: ISO alpha-2, or none where the source states no single one."""

    def read(raw: str) -> Cell:
        try:
            return Cell(read_territory(raw, codes=codes).iso2, reading_note(raw))
        except ValueFormError:
            reason = missing_reason(raw)
            if reason is None:
                raise
            return Cell(None, f"{raw!r} left empty: {reason}")

    return read


def area_code(codes: str | None = None) -> CellReader:
    """A reader of a side of a flow: a territory, a sum (WORLD, EU27), or _X where the source names no single one."""

    def read(raw: str) -> Cell:
        try:
            return Cell(read_area(raw, codes=codes).iso2, reading_note(raw))
        except ValueFormError:
            reason = missing_reason(raw)
            if reason is None:
                raise
            return Cell(UNSPECIFIED, f"{raw!r} counted as an unspecified area (_X): {reason}")

    return read


@cache
def _words(name: str) -> dict[str, str]:
    rows = read_reference("lookups", name)
    value = next(column for column in rows[0] if column not in ("word", "why"))
    return {name_key(row["word"]) or row["word"]: row[value] for row in rows}


def direction(raw: str) -> Cell:
    """Import, export, transit, re-export or re-import in any known spelling or code.

    >>> direction("ЭК").value, direction("2-EXPORT").value
    ('export', 'export')
    """
    found = _words("flow_words.csv").get(name_key(raw))
    if found is None:
        raise ValueFormError.unreadable(
            "direction", raw, "import, export, transit, re-export or re-import (data/lookups/flow_words.csv)"
        )
    return Cell(Direction(found).value)


@cache
def _currency_codes() -> dict[str, str]:
    rows = read_reference("reference", "currencies.csv")
    return {row["currency"]: row["currency"] for row in rows} | {row["number"]: row["currency"] for row in rows}


def currency(raw: str) -> Cell:
    """An ISO 4217 code, its number, or a name in a known spelling.

    >>> currency("доллар США").value, currency("840").value
    ('USD', 'USD')
    """
    found = _currency_codes().get(raw.strip().upper()) or _words("currency_words.csv").get(name_key(raw) or raw.strip())
    if found is None:
        raise ValueFormError.unreadable("currency", raw, "an ISO 4217 code such as 'USD' (data/lookups/currency_words.csv)")
    return Cell(found)


def chosen(choices: Mapping[str, str]) -> CellReader:
    """A reader that turns the source's words into the standard's; an empty choice means none."""
    table = {name_key(word) or word: value for word, value in choices.items()}

    def read(raw: str) -> Cell:
        key = name_key(raw) or raw
        if key not in table:
            raise ValueFormError.unreadable("value", raw, f"one of {', '.join(choices)}")
        return Cell(table[key] if table[key] != "" else None)

    return read


def matched(pattern: str) -> CellReader:
    """A reader that keeps the first group of a regular expression."""
    form = re.compile(pattern)

    def read(raw: str) -> Cell:
        found = form.search(raw)
        if found is None or found[1] is None:
            raise ValueFormError.unreadable("value", raw, f"something of the form {pattern}")
        return Cell(found[1])

    return read


def period(raw: str) -> Cell:
    """A year or month as YYYY or YYYY-MM; the month 52 of statistics means the whole year.

    >>> [period(t).value for t in ("2022", "202207", "2022-7", "202252", "07/2022", "202408-Aug. 2024")]
    ['2022', '2022-07', '2022-07', '2022', '2022-07', '2024-08']
    """
    value = raw.strip()
    found = _PERIOD.match(value)
    if found is not None:
        return Cell(_period(found[1], found[2]))
    turned = _MONTH_FIRST.match(value)
    if turned is not None:
        return Cell(_period(turned[2], turned[1]))
    labelled = _LABELLED.match(value)
    parsed = parse_date(labelled[1] if labelled is not None else value)
    return Cell(str(parsed.day.year) if parsed.precision is DatePrecision.YEAR else f"{parsed.day:%Y-%m}")


def _period(year: str, month: str | None) -> str:
    if not 1962 <= int(year) <= dt.datetime.now(dt.UTC).year + LATEST_YEARS_AHEAD:
        raise ValueFormError.unreadable("period", year, "a year from 1962 to next year")
    return year if month in (None, "52") else f"{year}-{int(month):02d}"


def last_day() -> dt.date:
    """The last day of next year: a later one cannot be a record of trade."""
    return dt.date(dt.datetime.now(dt.UTC).year + LATEST_YEARS_AHEAD, 12, 31)
