"""A selection is a value: which records, and which of their marks.

Filters are narwhals expressions over MOVEMENTS, one step each, so that a
screen can say how many records each step left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import narwhals as nw

from kit.errors import SelectionError
from kit.model import DatePrecision, PartyStatus, RecordKind

ALL_STATUSES = (PartyStatus.MATCH, PartyStatus.CANDIDATE, PartyStatus.NONE)
MEASURES = ("records", "value_usd", "value_eur", "net_weight_kg")
GOODS = ("all", "priority")
# What "sent from" and "sent to" mean: the column of MOVEMENTS on either side. Seats say where parties sit, not the way of goods.
FROM_ENDS = {
    "departure": "from_territory",
    "origin": "origin_country",
    "trading": "trading_country",
    "seat": "consignor_country",
}
TO_ENDS = {"departure": "to_territory", "origin": "to_territory", "trading": "to_territory", "seat": "consignee_country"}
AGGREGATES = ("EU27", "WORLD")


@dataclass(frozen=True)
class Focus:
    """One mark of a picture that was clicked: every named field must hold.

    `nodes` are (column, value) pairs of MOVEMENTS; a value of None asks for
    the records that name nothing there; `others` are (column, shown values)
    pairs and ask for the records outside the values that had their own node.
    """

    nodes: tuple[tuple[str, str | None], ...] = ()
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()
    month: str | None = None  # YYYY-MM
    status: PartyStatus | None = None
    label: str = ""


@dataclass(frozen=True)
class Selection:
    """What the reader asks to see; the empty tuple means no restriction."""

    kind: RecordKind = RecordKind.DECLARATIONS
    date_from: date | None = None
    date_to: date | None = None
    goods: str = "all"
    tiers: tuple[str, ...] = ()
    hs_prefixes: tuple[str, ...] = ()
    hs_level: int | None = None
    direction: str | None = None  # of official totals: exports and imports mirror each other
    date_precision: str | None = None  # of official totals: years contain their months
    from_end: str = "departure"
    from_territories: tuple[str, ...] = ()
    to_territories: tuple[str, ...] = ()
    list_ids: tuple[str, ...] = ()
    statuses: tuple[PartyStatus, ...] = ()
    min_score: float = 0.0
    measure: str = "records"
    query: str = ""
    focus: Focus | None = None

    def __post_init__(self) -> None:
        """Refuse values that no filter knows."""
        checks = (("measure", self.measure, MEASURES), ("goods", self.goods, GOODS), ("from_end", self.from_end, FROM_ENDS))
        for field, value, known in checks:
            if value not in known:
                raise SelectionError.unknown(field, value, known)

    def but(self, **changes: Any) -> Selection:
        """The same selection with some fields changed."""
        return replace(self, **changes)


def with_status(frame: Any, *, min_score: float = 0.0) -> Any:
    """Add `consignor_status`, `consignee_status`, and `status`, the stronger of the two.

    A candidate counts from `min_score` up; a match counts always.
    """
    movements = nw.from_native(frame)
    movements = movements.with_columns(
        _party_status("consignor", min_score).alias("consignor_status"),
        _party_status("consignee", min_score).alias("consignee_status"),
    )
    sides = (nw.col("consignor_status"), nw.col("consignee_status"))
    status = nw.lit(PartyStatus.NONE.value)
    for level in (PartyStatus.CANDIDATE.value, PartyStatus.MATCH.value):
        status = nw.when((sides[0] == level) | (sides[1] == level)).then(nw.lit(level)).otherwise(status)
    return movements.with_columns(status.alias("status")).to_native()


def _party_status(side: str, min_score: float) -> nw.Expr:
    name, score = nw.col(f"{side}_name"), nw.col(f"{side}_score").fill_null(-1.0)
    status = nw.when(score >= min_score).then(nw.lit(PartyStatus.CANDIDATE.value)).otherwise(nw.lit(PartyStatus.NONE.value))
    status = nw.when(nw.col(f"{side}_is_match")).then(nw.lit(PartyStatus.MATCH.value)).otherwise(status)
    return nw.when(name.is_null()).then(nw.lit(PartyStatus.MISSING.value)).otherwise(status)


def steps(selection: Selection) -> Iterator[tuple[str, nw.Expr]]:
    """The filters that the selection sets, each with the words for the screen.

    Yields:
        (words, expression over MOVEMENTS with its status columns)
    """
    if selection.date_from is not None:
        yield f"from {selection.date_from}", nw.col("date") >= nw.lit(selection.date_from)
    if selection.date_to is not None:
        yield f"to {selection.date_to}", nw.col("date") <= nw.lit(selection.date_to)
    if selection.hs_level is not None:
        yield f"codes of {selection.hs_level} digits", nw.col("hs_level") == selection.hs_level
    if selection.direction is not None:
        yield f"told as {selection.direction}", nw.col("direction") == selection.direction
    if selection.date_precision is not None:
        yield f"by {selection.date_precision}", nw.col("date_precision") == selection.date_precision
    if selection.goods == "priority":
        yield "high-priority goods", ~nw.col("tier").is_null()
    if len(selection.tiers) > 0:
        yield f"tier {', '.join(selection.tiers)}", nw.col("tier").is_in(list(selection.tiers))
    if len(selection.hs_prefixes) > 0:
        yield f"HS {', '.join(selection.hs_prefixes)}", _starts_with("hs_code", selection.hs_prefixes)
    if len(selection.from_territories) > 0:
        column = FROM_ENDS[selection.from_end]
        yield f"from {', '.join(selection.from_territories)}", nw.col(column).is_in(list(selection.from_territories))
    if len(selection.to_territories) > 0:
        column = TO_ENDS[selection.from_end]
        yield f"to {', '.join(selection.to_territories)}", nw.col(column).is_in(list(selection.to_territories))
    if len(selection.list_ids) > 0:
        yield f"list {', '.join(selection.list_ids)}", _on_list(selection.list_ids)
    if len(selection.statuses) > 0:
        yield f"{' or '.join(selection.statuses)}", nw.col("status").is_in([s.value for s in selection.statuses])
    if len(selection.query.strip()) > 0:
        yield f"“{selection.query.strip()}”", _contains(selection.query.strip())
    if selection.focus is not None:
        yield selection.focus.label or "the clicked mark", _in_focus(selection.focus, selection.from_end)


def narrow(frame: Any, selection: Selection) -> Any:
    """The movements of a selection, with status columns; same kind of frame in and out."""
    movements = nw.from_native(with_status(frame, min_score=selection.min_score))
    for _, expression in steps(selection):
        movements = movements.filter(expression)
    if selection.from_end != "departure":
        ends = (FROM_ENDS[selection.from_end], TO_ENDS[selection.from_end])
        movements = movements.with_columns(nw.col(ends[0]).alias("from_territory"), nw.col(ends[1]).alias("to_territory"))
    return movements.to_native()


def _any(expressions: list[nw.Expr]) -> nw.Expr:
    """True where at least one holds; an empty cell holds nothing."""
    out = nw.lit(False)
    for expression in expressions:
        out = out | expression.fill_null(False)
    return out


def _starts_with(column: str, prefixes: tuple[str, ...]) -> nw.Expr:
    return _any([nw.col(column).str.starts_with(prefix) for prefix in prefixes])


def _on_list(list_ids: tuple[str, ...]) -> nw.Expr:
    """A list counts only where the party is a match or a candidate, not where the candidate was too weak."""
    live = (PartyStatus.MATCH.value, PartyStatus.CANDIDATE.value)
    found = []
    for side in ("consignor", "consignee"):
        is_live = nw.col(f"{side}_status").is_in(list(live))
        found += [is_live & nw.col(f"{side}_lists").fill_null("").str.contains(f"|{i}|", literal=True) for i in list_ids]
    return _any(found)


def _contains(query: str) -> nw.Expr:
    columns = ("consignor_name", "consignee_name", "goods_description", "hs_code")
    needle = query.lower()
    return _any([nw.col(c).fill_null("").str.to_lowercase().str.contains(needle, literal=True) for c in columns])


def _in_focus(focus: Focus, from_end: str) -> nw.Expr:
    """The records of a mark; `from_end` says what the picture shows as the sending and the receiving side."""
    drawn = {"from_territory": FROM_ENDS[from_end], "to_territory": TO_ENDS[from_end]}
    expression = nw.lit(True)
    for column, value in ((drawn.get(name, name), value) for name, value in focus.nodes):
        expression = expression & (nw.col(column).is_null() if value is None else (nw.col(column) == value).fill_null(False))
    for column, shown in ((drawn.get(name, name), shown) for name, shown in focus.others):
        expression = expression & (~nw.col(column).is_null() & ~nw.col(column).is_in(list(shown)).fill_null(False))
    if focus.month is not None:
        year, month = (int(part) for part in focus.month.split("-"))
        day = nw.col("date")
        has_month = nw.col("date_precision").fill_null("day") != DatePrecision.YEAR.value
        expression = expression & ((day.dt.year() == year) & (day.dt.month() == month) & has_month).fill_null(False)
    if focus.status is not None:
        expression = expression & (nw.col("status") == focus.status.value)
    return expression
