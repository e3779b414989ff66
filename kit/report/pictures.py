"""The pictures of one kind of records: who to whom, when, and between which territories."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from kit import charts
from kit.charts import amount_text
from kit.charts.words import node_name, territory_name
from kit.flows import Counts, Selection
from kit.model import PartyStatus, RecordKind
from kit.report.cells import is_missing
from kit.report.notes import MOST_NODES, flow_notes, map_notes, time_notes
from kit.report.reading import catalogued
from kit.report.shown import Shown

KIND_WORDS: dict[RecordKind, tuple[str, str]] = {
    RecordKind.DECLARATIONS: ("Declarations", "declarations"),
    RecordKind.MONTHLY_TOTALS: ("Monthly totals by party", "monthly totals"),
    RecordKind.FLOWS: ("Official statistics", "official figures"),
    RecordKind.DOCUMENTED: ("Documented flows", "documented flows"),
}
TABLE_OF_KIND: dict[RecordKind, str] = {
    RecordKind.DECLARATIONS: "declarations",
    RecordKind.MONTHLY_TOTALS: "declarations",
    RecordKind.FLOWS: "flows",
    RecordKind.DOCUMENTED: "documented_flows",
}
LIVE = (PartyStatus.MATCH, PartyStatus.CANDIDATE)


@dataclass(frozen=True)
class Picture:
    """One figure and its place in the page."""

    element_id: str
    figure: go.Figure


def pictures(shown: Shown, selection: Selection, counts: Counts) -> list[Picture]:
    """The pictures of one kind, the flows first; those without content left out."""
    source = source_line(shown, selection.kind)
    kind, measure = selection.kind.value, selection.measure
    drawn = selection.but(statuses=LIVE) if _live(shown, selection) > 0 else selection
    links, months = shown.store.corridors(drawn, most=MOST_NODES), shown.store.monthly(selection)
    title = flow_title(shown, selection, counts, links, _span(shown, selection, months))
    flow = charts.sankey(
        shown.corridors(links), measure=measure, title=title, source=source,
        footnotes=flow_notes(shown, selection, counts, shown.store.count(drawn)),
        party_status=shown.party_status(links),
    )  # fmt: skip
    out = [Picture(f"{kind}-flow", without_idle_legend(flow, selection))]
    if len(set(months["month"])) > 1:
        notes, title = time_notes(selection, counts), _when_title(months, measure)
        figure = charts.timeline(months, measure=measure, title=title, source=source, footnotes=notes)
        out.append(Picture(f"{kind}-time", without_idle_legend(figure, selection)))
    pairs = shown.store.territory_pairs(selection)
    if pairs["from_territory"].notna().any() and pairs["to_territory"].notna().any():
        notes, title = map_notes(selection, counts), _where_title(pairs, measure)
        figure = charts.territory_map(pairs, measure=measure, title=title, source=source, footnotes=notes)
        out.append(Picture(f"{kind}-map", without_idle_legend(figure, selection)))
    return out


def _live(shown: Shown, selection: Selection) -> int:
    """Records that name a match or a candidate; official totals name no party."""
    return 0 if selection.kind is RecordKind.FLOWS else shown.store.count(selection.but(statuses=LIVE)).records


def without_idle_legend(figure: go.Figure, selection: Selection) -> go.Figure:
    """Official totals name no party: a legend of matches and candidates would say nothing there."""
    if selection.kind is RecordKind.FLOWS:
        figure.layout.meta = {**figure.layout.meta, "legend": []}
    return figure


def flow_title(shown: Shown, selection: Selection, counts: Counts, links: pd.DataFrame, span: str) -> str:
    """What the Sankey shows, in one sentence; official totals with the period that they cover."""
    words = KIND_WORDS[selection.kind][1]
    if len(links) == 0:
        return f"No {words} match the filters"
    if selection.kind is RecordKind.FLOWS:
        largest = links.sort_values("value", ascending=False, kind="stable").iloc[0]
        ends = [node_name(largest[f"stage_{end}"], largest[f"node_{end}"]) for end in ("from", "to")]
        said = f"the largest flow goes from {ends[0]} to {ends[1]}: {amount_text(largest['value'], selection.measure)}"
        return f"{goods_words(selection)}, {span}: {said}"
    live = _live(shown, selection)
    matches = shown.store.count(selection.but(statuses=(PartyStatus.MATCH,))).records
    if not shown.is_working_copy:
        return f"{matches:,} of {counts.records:,} {words} {_name(matches)} a match"
    said = f"{live:,} of {counts.records:,} {words} {_name(live)} a match or a candidate"
    return said + (f", {matches:,} a match" if matches > 0 else "; nobody has judged them a match yet" if live > 0 else "")


def goods_words(selection: Selection) -> str:
    """The goods of official totals, for the beginning of a title."""
    return "High-priority goods" if selection.goods == "priority" else "All goods"


def _name(records: int) -> str:
    return "names" if records == 1 else "name"


def _span(shown: Shown, selection: Selection, months: pd.DataFrame) -> str:
    """The first and the last month, or year, of the records."""
    held = sorted(set(months["month"]))
    options = shown.store.options(selection.kind)
    if len(held) > 0:
        ends = [pd.Period(month).strftime("%B %Y") for month in (held[0], held[-1])]
    else:
        ends = [f"{day:%Y}" for day in (options.date_from, options.date_to) if not is_missing(day)]
    return " to ".join(dict.fromkeys(ends)) or "without a date"


def _when_title(months: pd.DataFrame, measure: str) -> str:
    sums = months.groupby("month")["value"].sum()
    return f"From {sums.index[0]} to {sums.index[-1]}: most in {sums.idxmax()}, {amount_text(float(sums.max()), measure)}"


def _where_title(pairs: pd.DataFrame, measure: str) -> str:
    sums = pairs.dropna(subset=["from_territory"]).groupby("from_territory")["value"].sum()
    first = str(sums.idxmax())
    return f"{len(sums)} sending territories; most from {territory_name(first)}: {amount_text(float(sums.max()), measure)}"


def source_line(shown: Shown, kind: RecordKind) -> str:
    """The publishers and files behind one kind of records."""
    table = TABLE_OF_KIND[kind]
    files: dict[str, list[str]] = {}
    for source in shown.case.sources():
        if source.is_current and source.table_rows.get(table, 0) > 0:
            known = catalogued(source)
            files.setdefault(known.publisher if known is not None else "your own file", []).append(source.file)
    said = "; ".join(f"{publisher}: {', '.join(names)}" for publisher, names in files.items())
    return f"{said}. Files and their hashes stand below under “What was read”"
