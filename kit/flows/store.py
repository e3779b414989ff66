"""One case, opened for looking: filters, pictures' tables, and the rows behind them.

DuckDB holds the rows; a screen asks for a page of them. Nothing here changes
the case, and judgements made elsewhere are taken in when they appear.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd

from kit.case import Case
from kit.errors import SelectionError
from kit.flows import lookup, party_facts, ranking
from kit.flows.corridors import corridors, monthly, shown_nodes, territory_pairs
from kit.flows.movements import prepare, refresh_parties
from kit.flows.periods import Period, compare_periods
from kit.flows.selection import AGGREGATES, FROM_ENDS, TO_ENDS, Selection, narrow, steps, with_status
from kit.model import PartyStatus, RecordKind

DEFAULT_STAGES: dict[RecordKind, tuple[str, ...]] = {
    RecordKind.DECLARATIONS: ("consignor", "from_territory", "consignee"),
    RecordKind.MONTHLY_TOTALS: ("consignor", "from_territory", "consignee"),
    RecordKind.FLOWS: ("from_territory", "to_territory"),
    RecordKind.DOCUMENTED: ("consignor", "from_territory", "via_territory", "to_territory", "consignee"),
}
WATCHED = (PartyStatus.MATCH, PartyStatus.CANDIDATE)
CONVERTED = "value_usd IS NOT NULL AND usd_rate_source <> 'as declared'"
UNMIXED = ("hs_level", "direction", "date_precision")
SORTABLE = (
    "date", "hs_code", "tier", "from_territory", "to_territory", "consignor_name", "consignee_name",
    "status", "value_usd", "value_eur", "net_weight_kg", "source_row",
)  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """How many records a selection holds, and what its pictures cannot show.

    `without_date` counts records without a date, or with only a year: they stand in no month.
    `left` lists (filter in words, records left after it), in order, beginning with all.
    """

    records: int
    value: float
    without_value: int
    without_date: int
    consignee_missing: int
    consignee_missing_value: float
    repeats_left_out: int
    aggregates_left_out: int
    left: tuple[tuple[str, int], ...]
    converted: int = 0
    publishers: tuple[str, ...] = ()

    @property
    def conversion(self) -> str:
        """How many of the dollar values were converted, and by whose rates; empty if none was.

        `converted` and `publishers` are of the records that the selection holds, whatever its measure.
        """
        if self.converted == 0:
            return ""
        are = "value was" if self.converted == 1 else "values were"
        by = ", ".join(self.publishers)
        rest = "; the rest are as declared" if self.converted < self.records - self.without_value else ""
        return f"{self.converted:,} {are} converted into US dollars at the official rate of the month ({by}){rest}."

    @property
    def sentence(self) -> str:
        """The selection in one sentence, with how many records each filter left."""
        first, *rest = self.left
        parts = [f"{first[1]:,} record{'' if first[1] == 1 else 's'}"] + [f"{words}: {count:,}" for words, count in rest]
        return " → ".join(parts)


@dataclass(frozen=True)
class Options:
    """What the filters of one kind of records can be set to."""

    date_from: Any
    date_to: Any
    tiers: tuple[str, ...]
    hs_levels: tuple[int, ...]
    from_territories: tuple[str, ...]
    to_territories: tuple[str, ...]
    list_ids: tuple[str, ...]
    measures: tuple[str, ...]


class Store:
    """The case's records in DuckDB. One lock: a kernel's threads may share it."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._lock = threading.RLock()
        self._connection = case.connect()
        self._seen = case.journal.last_line()
        prepare(self._connection)

    # -- what there is -------------------------------------------------------

    def kinds(self) -> dict[RecordKind, int]:
        """The kinds of records in the case with their number, empty ones left out."""
        with self._lock:
            counts = {kind: len(self._connection.table(f"raw_{kind.value}")) for kind in RecordKind}
        return {kind: count for kind, count in counts.items() if count > 0}

    def options(self, kind: RecordKind) -> Options:
        """What each filter can be set to."""
        with self._lock:
            relation = self._movements(kind)
            dates = relation.aggregate("min(date), max(date)").fetchall()[0]
            measures = [m for m in ("value_usd", "value_eur", "net_weight_kg") if self._has(relation, m)]
            return Options(
                date_from=dates[0],
                date_to=dates[1],
                tiers=tuple(self._values(relation, "tier")),
                hs_levels=tuple(self._values(relation, "hs_level")),
                from_territories=tuple(self._values(relation, FROM_ENDS[self._end(relation)])),
                to_territories=tuple(self._values(relation, TO_ENDS[self._end(relation)])),
                list_ids=self._list_ids(relation),
                measures=("records", *measures),
            )

    def default(self, kind: RecordKind) -> Selection:
        """The selection that a screen opens with: priority goods by value, and of declarations those of watched parties."""
        options = self.options(kind)
        value = self._currency(kind, options)
        if kind is RecordKind.DOCUMENTED:
            return Selection(kind=kind)
        if kind is not RecordKind.FLOWS:
            return self._watched(Selection(kind=kind, measure=value, from_end=self._end(self._movements(kind))))
        fine = [level for level in options.hs_levels if level >= 6]
        level = min(fine) if len(fine) > 0 else min(options.hs_levels)
        has_tiers = len(options.tiers) > 0 and level >= 6
        goods = "priority" if has_tiers else "all"
        direction, precision = self._commonest("direction"), self._commonest("date_precision")
        return Selection(kind=kind, measure=value, hs_level=level, goods=goods, direction=direction, date_precision=precision)

    # -- pictures ------------------------------------------------------------

    def corridors(self, selection: Selection, stages: Sequence[str] | None = None, *, most: int = 20) -> pd.DataFrame:
        """Links of a Sankey; see `kit.flows.corridors`."""
        with self._lock:
            rows = self._narrowed(selection)
            return corridors(rows, stages or DEFAULT_STAGES[selection.kind], measure=selection.measure, most=most)

    def shown_nodes(self, selection: Selection, stage: str, *, most: int = 20) -> tuple[str, ...]:
        """The values of a stage that have a node of their own; the rest is in "N others"."""
        with self._lock:
            return shown_nodes(self._narrowed(selection), stage, measure=selection.measure, most=most)

    def monthly(self, selection: Selection) -> pd.DataFrame:
        """Sums by month and status; see `kit.flows.monthly`."""
        with self._lock:
            return monthly(self._narrowed(selection), measure=selection.measure)

    def territory_pairs(self, selection: Selection) -> pd.DataFrame:
        """Sums by pair of territories and status; see `kit.flows.territory_pairs`."""
        with self._lock:
            return territory_pairs(self._narrowed(selection), measure=selection.measure)

    def compare_periods(self, selection: Selection, before: Period, after: Period, *, by: str = "to_territory") -> pd.DataFrame:
        """Two periods side by side; see `kit.flows.compare_periods`."""
        with self._lock:
            return compare_periods(self._narrowed(selection), before, after, by=by, measure=selection.measure)

    def count(self, selection: Selection) -> Counts:
        """What the selection holds, filter by filter, and what is missing in it."""
        with self._lock:
            return self._count(selection)

    # -- rows ----------------------------------------------------------------

    def page(self, selection: Selection, *, offset: int = 0, limit: int = 50, sort: str | None = None) -> pd.DataFrame:
        """One page of the rows of a selection, as a pandas frame.

        Args:
            selection: Which records.
            offset: Rows to pass over.
            limit: Rows to give.
            sort: A column of `SORTABLE`, with a minus in front for descending; default is newest first.

        Raises:
            SelectionError: If rows cannot be sorted by that column.
        """
        column, descending = (sort or "-date").removeprefix("-"), (sort or "-date").startswith("-")
        if column not in SORTABLE:
            raise SelectionError.unknown("sort", column, SORTABLE)
        with self._lock:
            direction = "DESC" if descending else "ASC"
            order = f"{column} {direction} NULLS LAST, source_file, source_row, record_id"
            page: pd.DataFrame = self._narrowed(selection).order(order).limit(limit, offset).df()
        return page.assign(date=page["date"].dt.strftime("%Y-%m-%d"))

    def row(self, kind: RecordKind, record_id: str) -> dict[str, Any]:
        """Everything that the source says in one row, with file and line."""
        with self._lock:
            return lookup.row(self._connection, kind, record_id)

    def candidates_of(self, record_name: str) -> pd.DataFrame:
        """The candidates of one name of the trade records, best first, with their standing judgement."""
        with self._lock:
            return lookup.candidates_of(self._connection, record_name)

    def party(self, record_name: str) -> dict[str, Any]:
        """What was read out of a name: kind, principal, numbers; see `kit.flows.party_facts.party`."""
        with self._lock:
            return party_facts.party(self._connection, record_name)

    def kinds_of(self, names: Sequence[str]) -> dict[str, str]:
        """Kinds of those names whose words tell one (forwarder or carrier, bank, …)."""
        with self._lock:
            return party_facts.kinds(self._connection, names)

    def entity(self, entity_id: str) -> dict[str, Any]:
        """One list entry: names, addresses, identifiers, who lists it, why and since when."""
        with self._lock:
            return lookup.entity(self._connection, entity_id)

    def search(self, text: str, *, most: int = 50) -> pd.DataFrame:
        """Names in lists and trade records that hold the text; see `kit.flows.lookup.search`."""
        with self._lock:
            return lookup.search(self._connection, text, most=most)

    def look_first(self, selection: Selection, *, most: int = 20) -> pd.DataFrame:
        """Candidates in order of what is at stake; see `kit.flows.ranking.look_first`."""
        with self._lock:
            rows = self._narrowed(selection)
            return ranking.look_first(self._connection, rows, measure=selection.measure, most=most)

    # -- judgements made elsewhere ------------------------------------------

    def refresh(self) -> bool:
        """Take in judgements that this or another program wrote; True if there were any."""
        with self._lock:
            last = self.case.journal.last_line()
            if last == self._seen:
                return False
            refresh_parties(self._connection, self.case.journal.judgements())
            self._seen = last
            return True

    # -- inside --------------------------------------------------------------

    def _currency(self, kind: RecordKind, options: Options) -> str:
        """Euros where every value is in euros and dollars are only converted; else dollars."""
        if "value_usd" not in options.measures:
            return "value_eur" if "value_eur" in options.measures else "records"
        others = self._movements(kind).filter("value_usd IS NOT NULL AND value_eur IS NULL").limit(1)
        return "value_usd" if len(others) > 0 else "value_eur"

    def _end(self, relation: duckdb.DuckDBPyRelation) -> str:
        """Departure and destination, or the parties' seats where no record has either."""
        has_route = self._has(relation, "from_territory") or self._has(relation, "to_territory")
        has_seat = self._has(relation, "consignor_country") or self._has(relation, "consignee_country")
        return "seat" if has_seat and not has_route else "departure"

    def _watched(self, everything: Selection) -> Selection:
        """High-priority goods of watched parties; where there are none, the wider choice that holds some records."""
        watched = everything.but(statuses=WATCHED)
        with self._lock:
            for chosen in (watched.but(goods="priority"), watched, everything.but(goods="priority")):
                if len(self._narrowed(chosen)) > 0:
                    return chosen
        return everything

    def _movements(self, kind: RecordKind) -> duckdb.DuckDBPyRelation:
        """The rows that may be summed: published aggregates stand apart from their members."""
        relation = self._connection.table(f"movements_{kind.value}")
        if kind is RecordKind.FLOWS:
            names = duckdb.ConstantExpression
            for column in ("from_territory", "to_territory"):
                inside = duckdb.ColumnExpression(column).isin(*[names(a) for a in AGGREGATES])
                relation = relation.filter(~inside)
        return relation

    def _narrowed(self, selection: Selection) -> Any:
        self._refuse_mixed_levels(selection)
        return narrow(self._movements(selection.kind), selection)

    def _refuse_mixed_levels(self, selection: Selection) -> None:
        """Official totals that contain or mirror each other are never summed: code levels, directions, months and years."""
        if selection.kind is not RecordKind.FLOWS:
            return
        for column in UNMIXED:
            if getattr(selection, column) is None:
                found = self._values(self._movements(selection.kind), column)
                if len(found) > 1:
                    raise SelectionError.unknown(column, None, found)

    def _count(self, selection: Selection) -> Counts:
        self._refuse_mixed_levels(selection)
        rows = nw.from_native(with_status(self._movements(selection.kind), min_score=selection.min_score))
        left = [("all", _length(rows))]
        for words, expression in steps(selection):
            rows = rows.filter(expression)
            left.append((words, _length(rows)))
        narrowed = rows.to_native()
        amount = "1.0" if selection.measure == "records" else selection.measure
        sums = narrowed.aggregate(
            f"count(*), coalesce(sum({amount}), 0), count(*) FILTER ({amount} IS NULL), "
            "count(*) FILTER (date IS NULL OR date_precision = 'year'), "
            f"count(*) FILTER (consignee_name IS NULL), coalesce(sum({amount}) FILTER (consignee_name IS NULL), 0), "
            f"count(*) FILTER ({CONVERTED}), list(DISTINCT split_part(usd_rate_source, ', ', 1)) FILTER ({CONVERTED})"
        ).fetchall()[0]
        has_parties = selection.kind is not RecordKind.FLOWS  # official totals name no party by design
        repeats, aggregates = self._left_out(selection.kind)
        return Counts(
            records=int(sums[0]),
            value=float(sums[1]),
            without_value=int(sums[2]),
            without_date=int(sums[3]),
            consignee_missing=int(sums[4]) if has_parties else 0,
            consignee_missing_value=float(sums[5]) if has_parties else 0.0,
            repeats_left_out=repeats,
            aggregates_left_out=aggregates,
            left=tuple(left),
            converted=int(sums[6]),
            publishers=tuple(sorted(sums[7] or [])),
        )

    def _left_out(self, kind: RecordKind) -> tuple[int, int]:
        """Repeats of declarations or of figures, and published aggregates of flows."""
        if kind is RecordKind.FLOWS:
            read, once = self._number("SELECT count(*) FROM flows"), self._number("SELECT count(*) FROM raw_flows")
            return read - once, once - _length(nw.from_native(self._movements(kind)))
        if kind is RecordKind.DOCUMENTED:
            return 0, 0
        level = "line" if kind is RecordKind.DECLARATIONS else "monthly_total"
        statement = "SELECT count(*) FROM declarations WHERE repeat_of IS NOT NULL AND record_level = ?"
        return self._number(statement, [level]), 0

    def _number(self, statement: str, parameters: list[Any] | None = None) -> int:
        return int(self._connection.execute(statement, parameters or []).fetchall()[0][0])

    def _commonest(self, column: str) -> str | None:
        """The value of most official totals; None if all have the same."""
        counted = self._movements(RecordKind.FLOWS).filter(f"{column} IS NOT NULL").aggregate(f"{column}, count(*) AS n")
        rows = counted.order(f"n DESC, {column}").fetchall()
        return str(rows[0][0]) if len(rows) > 1 else None

    def _has(self, relation: duckdb.DuckDBPyRelation, column: str) -> bool:
        return bool(relation.aggregate(f"count({column})").fetchall()[0][0] > 0)

    def _values(self, relation: duckdb.DuckDBPyRelation, column: str) -> list[Any]:
        rows = relation.filter(f"{column} IS NOT NULL").project(column).distinct().order(column).fetchall()
        return [row[0] for row in rows]

    def _list_ids(self, relation: duckdb.DuckDBPyRelation) -> tuple[str, ...]:
        joined = [*self._values(relation, "consignor_lists"), *self._values(relation, "consignee_lists")]
        return tuple(sorted({part for text in joined for part in text.split("|") if part != ""}))


def _length(rows: Any) -> int:
    counted = rows.select(nw.len().alias("n"))
    collected = counted.collect() if isinstance(counted, nw.LazyFrame) else counted
    return int(collected.item(0, "n"))


def open_store(case: Case) -> Store:
    """Open a case for looking."""
    return Store(case)
