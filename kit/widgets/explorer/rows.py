"""One page of rows as cells of the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit import charts
from kit.charts.words import territory_name
from kit.codes import hs_text
from kit.flows import Selection
from kit.model import RecordKind
from kit.names import romanize
from kit.widgets.explorer.state import ExplorerState
from kit.widgets.table import Cell, Page, TableColumn

PARTIES = ("consignor_name", "consignee_name")
LABELS = {
    "date": "Date", "hs_code": "HS code", "goods_description": "Goods", "from_territory": "Sent from", "to_territory": "Sent to",
    "via_territory": "By way of", "consignor_name": "Consignor", "consignee_name": "Consignee", "value_usd": "US dollars",
    "value_eur": "Euros", "net_weight_kg": "Kilograms",
}  # fmt: skip
UNSORTABLE = ("goods_description", "via_territory")
NUMBERS = ("value_usd", "value_eur", "net_weight_kg")


def columns_of(kind: RecordKind, measures: tuple[str, ...]) -> tuple[TableColumn, ...]:
    """The columns that a kind of records fills."""
    names = ["date", "consignor_name", "consignee_name", "from_territory", "to_territory", "hs_code", "goods_description"]
    if kind is RecordKind.FLOWS:
        names = ["date", "from_territory", "to_territory", "hs_code", "goods_description"]
    if kind is RecordKind.DOCUMENTED:
        names.insert(4, "via_territory")
    names += [name for name in NUMBERS if name in measures]
    kinds = {"date": "date", **dict.fromkeys(NUMBERS, "number")}
    return tuple(TableColumn(n, LABELS[n], kinds.get(n, "text"), n not in UNSORTABLE) for n in names)


def filled_measures(state: ExplorerState) -> tuple[str, ...]:
    """The measures that at least one row of the selection states: an empty column takes the place of a full one."""
    filled = []
    for name in state.options().measures:
        if name in NUMBERS:
            first = state.store.page(state.selection, limit=1, sort=f"-{name}")
            if first[name].notna().any():
                filled.append(name)
    return tuple(filled)


def page_of(state: ExplorerState, columns: tuple[TableColumn, ...], *, offset: int, limit: int, sort: str | None) -> Page:
    """One page of the selection's rows."""
    rows = state.store.page(state.selection, offset=offset, limit=limit, sort=sort).to_dict("records")
    names = [row[key] for row in rows for key in PARTIES if isinstance(row[key], str)]
    kinds = state.store.kinds_of(names)
    cells = tuple(tuple(_cell(row, column.key, kinds) for column in columns) for row in rows)
    return Page(tuple(str(row["record_id"]) for row in rows), cells, state.counts().records)


def _cell(row: dict[Any, Any], key: str, kinds: Mapping[str, str]) -> Cell:
    value = row[key]
    if key in PARTIES:
        return _party(row, key, kinds)
    if value is None or value != value:
        return Cell("–")
    if key in NUMBERS:
        return Cell(f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.2f}".rstrip("0").rstrip("."))
    if key == "date":
        return Cell(date_text(str(value), row["date_precision"]))
    if key == "hs_code":
        return Cell(str(value), note=f"tier {row['tier']}" if isinstance(row["tier"], str) else "")
    if key.endswith("_territory"):
        return Cell(territory_name(value))
    if key == "goods_description" and row["consignor_name"] is None and isinstance(row["hs_code"], str):
        words = hs_text(row["hs_code"][:6])
        return Cell(words if words is not None else str(value), note=str(value) if words is not None else "")
    return Cell(str(value))


def _party(row: dict[Any, Any], key: str, kinds: Mapping[str, str]) -> Cell:
    name, status = row[key], row[key.replace("_name", "_status")]
    if not isinstance(name, str):
        return Cell("(not named)")
    latin = romanize(name)
    live = status in ("match", "candidate")
    notes = [part for part in (latin if latin != name else "", kinds.get(name, "")) if part != ""]
    return Cell(name, note="; ".join(notes), sign=status if live else "", words=status if live else "")


def date_text(day: str, precision: Any) -> str:
    """A date as precise as its source gives it.

    >>> date_text("2022-05-01", "month")
    '2022-05'
    """
    return {"year": day[:4], "month": day[:7]}.get(str(precision), day)


def amount(value: float, selection: Selection) -> str:
    """An amount in the measure of a selection."""
    return charts.amount_text(value, selection.measure)
