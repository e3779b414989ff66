"""The records behind a name, in every role in which it stands, each with its file and line."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from kit.charts import MEASURE_WORDS
from kit.charts.words import territory_name
from kit.flows import Focus, Selection
from kit.model import DatePrecision, RecordKind
from kit.report.cells import Cell, Grid, cell, grid, is_missing, name_cell
from kit.report.shown import Shown

MOST_RECORDS = 8
DATE_LENGTH = {DatePrecision.YEAR.value: 4, DatePrecision.MONTH.value: 7}
OTHER = {"consignor": "consignee", "consignee": "consignor"}


@dataclass(frozen=True)
class Behind:
    """The records of one name: a table, when they are dated, and the days between which the last of them may have ended."""

    table: Grid
    dated: str
    last: tuple[date, date] | None


def roles_of(row: Any) -> list[str]:
    """The roles of a name, the consignor first."""
    return sorted(row.role.split(", "), reverse=True)


def behind(shown: Shown, selection: Selection, row: Any) -> Behind:
    """The records behind a name of `look_first`."""
    found = _records(shown, selection, row)
    spans = [shown.spans[key] for key in found["record_id"] if key in shown.spans and selection.kind is RecordKind.DOCUMENTED]
    return Behind(_table(shown, selection, row, found.head(MOST_RECORDS)), _dated(selection, row, spans), _last(row, spans))


def _records(shown: Shown, selection: Selection, row: Any) -> pd.DataFrame:
    """The records of every role together, largest or newest first; a record of a firm with itself stands once, as consignor."""
    column = "date" if selection.measure == "records" else selection.measure
    most = int(row.records) if selection.kind is RecordKind.DOCUMENTED else MOST_RECORDS  # their spans are read as a whole
    pages = []
    for role in roles_of(row):
        narrowed = selection.but(focus=Focus(nodes=((f"{role}_name", row.record_name),), label="this name"))
        pages.append(shown.store.page(narrowed, limit=most, sort=f"-{column}").assign(role=role))
    found = pd.concat([page for page in pages if len(page) > 0]).drop_duplicates("record_id")
    return found.sort_values([column, "source_file", "source_row"], ascending=[False, True, True], kind="stable")


def _dated(selection: Selection, row: Any, spans: list[tuple[str, str]]) -> str:
    """From when to when; empty if no record has a date."""
    if is_missing(row.first_date):
        return ""
    if len(spans) > 0:
        ends = [min(start for start, _ in spans), max((end for _, end in spans), key=_late)]
    else:
        form = "%Y-%m-%d" if selection.kind is RecordKind.DECLARATIONS else "%Y-%m"
        ends = [day.strftime(form) for day in (row.first_date, row.last_date)]
    return " to ".join(dict.fromkeys(ends))


def _last(row: Any, spans: list[tuple[str, str]]) -> tuple[date, date] | None:
    if is_missing(row.first_date):
        return None
    if len(spans) == 0:
        return row.last_date.date(), row.last_latest.date()
    period = pd.Period(max((end for _, end in spans), key=_late))
    return period.start_time.date(), period.end_time.date()


def _late(end: str) -> str:
    """A year ends after each of its months."""
    return f"{end}-99-99"[:10]


def _table(shown: Shown, selection: Selection, row: Any, found: pd.DataFrame) -> Grid:
    roles = roles_of(row)
    side = f"The other side ({OTHER[roles[0]]})" if len(roles) == 1 else "The other side"
    role = [] if len(roles) == 1 else ["This name as"]
    value = [] if selection.measure == "records" else [_headed(MEASURE_WORDS[selection.measure])]
    columns = ["Date", *role, side, "From", "To", "Goods", "HS code", *value, "File and row"]
    rows = [_row(shown, selection, record, has_role=len(roles) > 1) for record in found.to_dict("records")]
    return grid(f"The records behind this name, as {' and '.join(roles)}", columns, rows, rows_in_all=int(row.records))


def _headed(words: str) -> str:
    return words[:1].upper() + words[1:]


def _row(shown: Shown, selection: Selection, record: Mapping[Hashable, Any], *, has_role: bool) -> list[Cell]:
    role = str(record["role"])
    return [
        cell(_date_text(shown, selection, record)),
        *([Cell(role)] if has_role else []),
        name_cell(shown.record_name(record[f"{OTHER[role]}_name"])),
        cell(territory_name(record["from_territory"])),
        cell(territory_name(record["to_territory"])),
        cell(shown.free_text(record["goods_description"])),
        hs_cell(record),
        *([] if selection.measure == "records" else [cell(record[selection.measure])]),
        Cell(f"{record['source_file']}, row {record['source_row']}"),
    ]


def _date_text(shown: Shown, selection: Selection, record: Mapping[Hashable, Any]) -> str | None:
    """A date, or a span of time, as precise as its source gives it."""
    span = shown.spans.get(str(record["record_id"])) if selection.kind is RecordKind.DOCUMENTED else None
    if span is not None:
        return " to ".join(dict.fromkeys(span))
    if is_missing(record["date"]):
        return None
    return str(record["date"])[: DATE_LENGTH.get(str(record["date_precision"]), 10)]


def hs_cell(record: Mapping[Hashable, Any]) -> Cell:
    """An HS code with the tier of the Common High Priority List below it."""
    if is_missing(record["hs_code"]):
        return cell(None)
    tier = record.get("tier")
    return Cell(str(record["hs_code"]), note="" if is_missing(tier) else f"high priority, tier {tier}")
