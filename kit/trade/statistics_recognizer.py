"""Proposing a mapping for statistics in a layout that nobody has mapped: who, with whom, which way, when, what, how much.

The words of the headers stand in `data/lookups/statistics_column_names.csv`, in six languages.
Values confirm or refuse them, as they do for single records.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow.compute as pc

from kit.errors import ValueFormError
from kit.files import Sheet
from kit.model import ColumnUse
from kit.numbers import number_form, parse_number
from kit.reference import read_reference
from kit.trade import values
from kit.trade.headers import NO_WORD, REFUSED, money, plain
from kit.trade.mapping import ColumnMap, KnownBy, MappingKind, TradeMapping

NEEDED = ("partner", "hs_code", "value")
ENOUGH = 0.8  # share of distinct values that must read as what the header says
SAMPLE = 200


@dataclass(frozen=True)
class StatisticsProposal:
    """A mapping for statistics, why each column went where it did, what to look at, and whether it suffices."""

    mapping: TradeMapping
    reasons: tuple[ColumnUse, ...]
    doubts: tuple[str, ...]
    is_enough: bool


def propose_statistics(sheet: Sheet, *, direction: str | None, reporter: str | None) -> StatisticsProposal:
    """Propose where the columns of unknown statistics go.

    Args:
        sheet: As `kit.files.read_sheet` gives it.
        direction: Import or export, if the file's name says it.
        reporter: The territory in the file's name, if there is one.

    Returns:
        A proposal; it is enough if partner, code, value, a period, a direction
        and a reporter are all known, from a column or from the file's name.
    """
    found, refused = _columns_of(sheet)
    columns = {target: ColumnMap(target, (name,), reason=why) for target, (name, why) in found.items()}
    fixed, doubts = _currency(columns)
    _period(columns)
    for target, word in (("flow", direction), ("reporter", reporter)):
        if target not in columns and word is not None:
            fixed[target] = word
            doubts.append(f"the {target} {word} is taken from the file's name")
    missing = [t for t in (*NEEDED, "period", "flow", "reporter") if t not in columns and t not in fixed]
    doubts += [f"nothing says the {target}: statistics cannot be read without it" for target in missing]
    uses = {
        name: ColumnUse(name, column.target, column.reason)
        for column in columns.values()
        for name in (*column.sources, *column.join)
    }
    reasons = tuple(uses.get(name, ColumnUse(name, None, refused.get(name, NO_WORD))) for name in sheet.columns)
    mapping = proposed_mapping(sheet, MappingKind.STATISTICS, tuple(columns.values()), fixed, doubts)
    return StatisticsProposal(mapping, reasons, tuple(doubts), len(missing) == 0)


@cache
def _words() -> tuple[tuple[re.Pattern[str], str, int, str], ...]:
    out = []
    for row in read_reference("lookups", "statistics_column_names.csv"):
        tokens = [re.escape(plain(t)) + (r"\w*" if t.endswith("*") else "") for t in row["words"].split()]
        edge = ("", "") if row["language"] == "zh" else (r"(?<!\w)", r"(?!\w)")
        form = re.compile(edge[0] + r"\s+".join(tokens) + edge[1])
        out.append((form, row["target"], len(row["words"]), f"{row['words']!r} ({row['why']})"))
    return tuple(out)


def _columns_of(sheet: Sheet) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """For each standard column the source column whose header fits it best and whose values confirm it."""
    bids: list[tuple[float, int, str, str, str]] = []
    refused: dict[str, str] = {}
    for position, name in enumerate(sheet.columns):
        text = plain(name)
        for form, target, size, why in _words():
            if form.search(text) is None:
                continue
            share = _share(sheet, name, target)
            if share < ENOUGH:
                refused.setdefault(name, f"{why}, but {REFUSED}")
                continue
            bids.append((size / max(len(text), 1) + share, -position, name, target, why))
    out: dict[str, tuple[str, str]] = {}
    taken: set[str] = set()
    for _, _, name, target, why in sorted(bids, reverse=True):
        if target not in out and name not in taken:
            out[target] = (name, why)
            taken.add(name)
    return out, refused


def _share(sheet: Sheet, name: str, target: str) -> float:
    """The share of a sample of distinct values that reads as a standard column should."""
    sample = [v for v in pc.unique(sheet.rows.column(name).slice(0, 20_000)).to_pylist()[: 2 * SAMPLE] if v is not None][:SAMPLE]
    if len(sample) == 0:
        return 0.0
    decimal = number_form(sample).decimal
    return sum(_reads(text, target, decimal) for text in sample) / len(sample)


def _reads(text: str, target: str, decimal: str | None) -> bool:
    try:
        if target in ("value", "net_weight_kg"):
            return parse_number(text, decimal=decimal) is not None
        if target in ("reporter", "partner"):
            return values.area_code()(text).value is not None
        if target == "hs_code":
            return values.flow_code()(text).value is not None
        if target == "flow":
            return values.direction(text).value is not None
        if target == "month":
            return 1 <= int(text) <= 12 or text == "52"
        period = values.period(text).value
    except (ValueFormError, ValueError):  # a ValueError: a month in words
        return False
    return period is not None and (target != "year" or len(text) == 4)


def _currency(columns: dict[str, ColumnMap]) -> tuple[dict[str, str], list[str]]:
    """Unit and currency of the value, as its header names them."""
    if "value" not in columns:
        return {}, []
    column = columns["value"]
    target, options, doubts = money(plain(column.sources[0]))
    fixed = {"currency": "USD" if target == "value_usd" else str(options.get("currency", ""))}
    if "value_basis" in options:
        fixed["value_basis"] = str(options["value_basis"])
    columns["value"] = ColumnMap("value", column.sources, factor=float(options.get("factor", 1.0)), reason=column.reason)
    return {key: value for key, value in fixed.items() if value != ""}, [f"{column.sources[0]!r}: {doubt}" for doubt in doubts]


def _period(columns: dict[str, ColumnMap]) -> None:
    """Year and month become one period where no column holds both."""
    year, month = columns.pop("year", None), columns.pop("month", None)
    if "period" in columns or year is None:
        return
    if month is None:
        columns["period"] = ColumnMap("period", year.sources, reason=year.reason)
    else:
        columns["period"] = ColumnMap(
            "period", (), join=(year.sources[0], month.sources[0]), separator="-", reason="year and month together"
        )


def proposed_mapping(
    sheet: Sheet, kind: MappingKind, columns: Sequence[ColumnMap], fixed: Mapping[str, str], doubts: Sequence[str]
) -> TradeMapping:
    """A mapping that was proposed for one sheet, of either kind: known by its own columns, its doubts in the notes."""
    sources = [name for column in columns for name in (*column.sources, *column.join)]
    return TradeMapping(
        layout="proposed_" + re.sub(r"\W+", "_", Path(sheet.source_file).stem.casefold()).strip("_"),
        title=f"proposed for {sheet.source_file}",
        kind=kind,
        known_by=KnownBy.PROPOSED,
        source="the recognizer, by header words and values; look it over before relying on it",
        requires=tuple(dict.fromkeys(sources)),
        columns=tuple(columns),
        header_row=sheet.header_row if sheet.header_row > 1 else None,
        fixed=fixed,
        notes=tuple(f"to look at: {doubt}" for doubt in doubts),
    )
