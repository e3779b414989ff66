"""What was found: which names to look at first, the records behind them, documented flows, and changes between years."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from kit.charts import MEASURE_WORDS
from kit.charts.words import territory_name
from kit.flows import Focus, Selection
from kit.model import Judgement, Schema
from kit.report.cells import Cell, Grid, cell, grid, is_missing, link, name_cell
from kit.report.shown import Shown

SMALL_BASE = 1e6  # a ratio over less than a million says so
MOST_FIRST, MOST_RECORDS, MOST_DOCUMENTED, MOST_NAMES = 20, 8, 300, 6
JUDGEMENT_WORDS = {
    Judgement.POSITIVE.value: "match",
    Judgement.UNSURE.value: "candidate, judged unsure",
    Judgement.NEGATIVE.value: "judged not a match",
}
Period = tuple[date, date]


@dataclass(frozen=True)
class Lead:
    """One name to look at, the listed party it resembles, and the records behind it."""

    rank: int
    name: Cell
    listed: Cell
    status: str
    score: str
    sentence: str
    amount: str
    listing: tuple[str, ...]
    other_names: str
    list_place: str
    records: Grid


def leads(shown: Shown, selection: Selection) -> list[Lead]:
    """The names with most at stake, best first; only those that this copy may show."""
    rows = shown.store.look_first(selection, most=MOST_FIRST if shown.is_working_copy else 1000)
    allowed = [row for row in rows.itertuples() if shown.may_show(str(row.record_name), str(row.entity_id))]
    return [_lead(shown, selection, rank, row) for rank, row in enumerate(allowed[:MOST_FIRST], 1)]


def _lead(shown: Shown, selection: Selection, rank: int, row: Any) -> Lead:
    entity = shown.store.entity(row.entity_id)
    schema = Schema(entity["schema"])
    record, listed, sentence = shown.pair(row, schema)
    is_masked = listed != row.entity_name
    more = [n["name"] for n in entity["names"] if n["name"] != row.entity_name][:MOST_NAMES]
    return Lead(
        rank=rank,
        name=name_cell(record),
        listed=name_cell(listed),
        status=JUDGEMENT_WORDS.get(row.judgement, "candidate"),
        score=f"{row.score:.2f} ({row.band})",
        sentence=sentence,
        amount=_amount(row, selection),
        listing=tuple(_listing(entity, row)),
        other_names="" if is_masked or not shown.is_working_copy else "; ".join(more),
        list_place=f"{row.list_id}, {entity['source_file']}, row {entity['source_row']}",
        records=_records(shown, selection, row),
    )


def _amount(row: Any, selection: Selection) -> str:
    parts = [f"{row.records:,} records as {row.role}"]
    if row.value > 0:
        unit = "euros" if selection.measure == "value_eur" else "US dollars"
        parts.append(f"{row.value:,.0f} {unit}, of it {row.priority_value:,.0f} high-priority goods")
    elif row.priority_records > 0:
        parts.append(f"{row.priority_records:,} with high-priority goods")
    if not is_missing(row.first_date):
        parts.append(f"from {row.first_date:%Y-%m-%d} to {row.last_date:%Y-%m-%d}")
    return "; ".join(parts)


def _listing(entity: dict[str, Any], row: Any) -> list[str]:
    """Who lists the party, why and since when, set against the days of the records."""
    said = []
    for entry in entity["sanctions"]:
        why = " ".join(str(entry[key]) for key in ("program_id", "provisions") if not is_missing(entry[key]))
        cited = f" ({entry['citation']})" if not is_missing(entry["citation"]) else ""
        said.append(f"{entry['authority']}: {why or 'no reason given'}{cited}; {_since(entry['listing_date'], row)}")
    return said if len(said) > 0 else ["The list gives neither a reason nor a date."]


def _since(listed: Any, row: Any) -> str:
    if is_missing(listed):
        return "date of listing unknown"
    when = f"listed since {listed:%Y-%m-%d}"
    if is_missing(row.first_date):
        return when
    day = listed.date() if hasattr(listed, "date") else listed
    first, last = row.first_date.date(), row.last_date.date()
    if last < day:
        return f"{when}, after the last of these records"
    return f"{when}, before the first of these records" if day <= first else f"{when}, in between these records"


def _records(shown: Shown, selection: Selection, row: Any) -> Grid:
    """The records behind a name, largest or newest first, each with its file and line."""
    role = row.role.split(", ")[0]
    focus = Focus(nodes=((f"{role}_name", row.record_name),), label="this name")
    sort = "-date" if selection.measure == "records" else f"-{selection.measure}"
    narrowed = selection.but(focus=focus)
    page = shown.store.page(narrowed, limit=MOST_RECORDS, sort=sort)
    other = "consignee" if role == "consignor" else "consignor"
    value = [] if selection.measure == "records" else [MEASURE_WORDS[selection.measure].capitalize()]
    columns = ["Date", f"The other side ({other})", "From", "To", "Goods", "HS code", *value, "File and row"]
    rows = [_record_row(shown, selection, record, other) for record in page.to_dict("records")]
    held = shown.store.count(narrowed).records
    return grid(f"The records behind this name, as {role}", columns, rows, rows_in_all=held)


def _record_row(shown: Shown, selection: Selection, record: Mapping[Hashable, Any], other: str) -> list[Cell]:
    return [
        cell(record["date"]),
        name_cell(shown.record_name(record[f"{other}_name"])),
        cell(territory_name(record["from_territory"])),
        cell(territory_name(record["to_territory"])),
        cell(shown.free_text(record["goods_description"])),
        hs_cell(record),
        *([] if selection.measure == "records" else [cell(record[selection.measure])]),
        Cell(f"{record['source_file']}, row {record['source_row']}"),
    ]


def hs_cell(record: Mapping[Hashable, Any]) -> Cell:
    """An HS code with the tier of the Common High Priority List below it."""
    if is_missing(record["hs_code"]):
        return cell(None)
    tier = record.get("tier")
    return Cell(str(record["hs_code"]), note="" if is_missing(tier) else f"high priority, tier {tier}")


def documented(shown: Shown) -> Grid:
    """Movements that legal acts and published investigations describe, each with its source."""
    rows = shown.case.read("documented_flows").to_pylist()
    made = [
        [
            Cell(" – ".join(dict.fromkeys(part for part in (row["date_from"], row["date_to"]) if part is not None)) or "–"),
            _seated(shown, row, "consignor"), _seated(shown, row, "intermediary"), _seated(shown, row, "consignee"),
            cell(shown.free_text(row["goods"])), cell(row["hs_code"]),
            Cell(row["source_title"], href=link(row["source_url"]), note=f"{row['source_publisher']}; {row['confidence']}"),
        ]
        for row in rows[:MOST_DOCUMENTED]
    ]  # fmt: skip
    columns = ["When", "From", "By way of", "To", "Goods", "HS code", "Source"]
    return grid("Documented flows, as their sources tell them", columns, made, rows_in_all=len(rows))


def _seated(shown: Shown, row: dict[str, Any], role: str) -> Cell:
    name, seat = row[f"{role}_name"], row[f"{role}_country"]
    if is_missing(name) and is_missing(seat):
        return cell(None)
    found = name_cell(shown.record_name(name))
    place = "" if is_missing(seat) else territory_name(seat)
    return Cell(found.text, note=", ".join(part for part in (found.note, place) if part != ""))


def changes(shown: Shown, selection: Selection, periods: tuple[Period, Period] | None) -> Grid | None:
    """Official totals of two periods side by side, by receiving territory; None if the figures hold no two such periods."""
    found = periods if periods is not None else same_months(shown.store.monthly(selection))
    if found is None or selection.measure == "records":
        return None
    before, after = found
    frame = shown.store.compare_periods(selection, before, after)
    words = [f"{first:%Y-%m} to {last:%Y-%m}" for first, last in (before, after)]
    rows = [
        [Cell(territory_name(row["to_territory"])), *(cell(row[name]) for name in ("before", "after", "change")), _ratio(row)]
        for row in frame.to_dict("records")
    ]
    unit = MEASURE_WORDS[selection.measure]
    return grid(f"The same months of two years, by receiving territory, {unit}", ["Sent to", *words, "Change", "Times"], rows)


def read_periods(written: Any) -> tuple[Period, Period] | None:
    """The two periods as `case.json` keeps them: [[first day, last day], [first day, last day]]; None if it names none."""
    if written is None:
        return None
    (a, b), (c, d) = written
    return (date.fromisoformat(a), date.fromisoformat(b)), (date.fromisoformat(c), date.fromisoformat(d))


def _ratio(row: Mapping[Hashable, Any]) -> Cell:
    if is_missing(row["ratio"]):
        return Cell("nothing before", sort="0", is_number=True)
    note = "from a small base" if row["before"] < SMALL_BASE else ""
    return Cell(f"{row['ratio']:.1f} ×", sort=f"{row['ratio']:.6f}", note=note, is_number=True)


def same_months(months: pd.DataFrame) -> tuple[Period, Period] | None:
    """The longest run of months that both of the last two years of the figures hold."""
    held = sorted(set(months["month"]))
    if len(held) == 0:
        return None
    last = int(held[-1][:4])
    both = [m for m in range(1, 13) if f"{last}-{m:02d}" in held and f"{last - 1}-{m:02d}" in held]
    if len(both) == 0 or both != list(range(both[0], both[-1] + 1)):
        return None
    before, after = ((date(year, both[0], 1), _month_end(year, both[-1])) for year in (last - 1, last))
    return before, after


def _month_end(year: int, month: int) -> date:
    return pd.Period(year=year, month=month, freq="M").end_time.date()
