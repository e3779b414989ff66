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
MOST_NODES = 14


@dataclass(frozen=True)
class Picture:
    """One figure and its place in the page."""

    element_id: str
    figure: go.Figure


def pictures(shown: Shown, selection: Selection, counts: Counts) -> list[Picture]:
    """The pictures of one kind, those without content left out."""
    notes = footnotes(counts, selection)
    source = source_line(shown, selection.kind)
    kind, measure = selection.kind.value, selection.measure
    live = _live(shown, selection)
    drawn = selection.but(statuses=LIVE) if live > 0 else selection
    links = shown.store.corridors(drawn, most=MOST_NODES)
    flow = charts.sankey(
        shown.corridors(links), measure=measure, title=flow_title(shown, selection, counts, links), source=source,
        footnotes=[*_narrowed_note(shown, counts, live), *notes, *_drawing_notes(selection)],
        party_status=shown.party_status(links),
    )  # fmt: skip
    out = [Picture(f"{kind}-flow", _without_idle_legend(flow, selection))]
    months = shown.store.monthly(selection)
    if len(set(months["month"])) > 1:
        figure = charts.timeline(months, measure=measure, title=_when_title(months, measure), source=source, footnotes=notes)
        out.append(Picture(f"{kind}-time", _without_idle_legend(figure, selection)))
    pairs = shown.store.territory_pairs(selection)
    if pairs["from_territory"].notna().any() and pairs["to_territory"].notna().any():
        figure = charts.territory_map(pairs, measure=measure, title=_where_title(pairs, measure), source=source, footnotes=notes)
        out.append(Picture(f"{kind}-map", _without_idle_legend(figure, selection)))
    return out


def _live(shown: Shown, selection: Selection) -> int:
    """Records that name a match or a candidate; official totals name no party."""
    return 0 if selection.kind is RecordKind.FLOWS else shown.store.count(selection.but(statuses=LIVE)).records


def _narrowed_note(shown: Shown, counts: Counts, live: int) -> list[str]:
    rest = counts.records - live
    if live == 0 or rest == 0:
        return []
    who = "a match or a candidate" if shown.is_working_copy else "a match"
    return [f"Drawn are the {live:,} records that name {who}; {rest:,} others are not."]


def _without_idle_legend(figure: go.Figure, selection: Selection) -> go.Figure:
    """Official totals name no party: a legend of matches and candidates would say nothing there."""
    if selection.kind is RecordKind.FLOWS:
        figure.layout.meta = {**figure.layout.meta, "legend": []}
    return figure


def flow_title(shown: Shown, selection: Selection, counts: Counts, links: pd.DataFrame) -> str:
    """What the Sankey shows, in one sentence."""
    words = KIND_WORDS[selection.kind][1]
    if len(links) == 0:
        return f"No {words} match the filters"
    if selection.kind is RecordKind.FLOWS:
        largest = links.sort_values("value", ascending=False, kind="stable").iloc[0]
        ends = [node_name(largest[f"stage_{end}"], largest[f"node_{end}"]) for end in ("from", "to")]
        said = f"the largest flow goes from {ends[0]} to {ends[1]}: {amount_text(largest['value'], selection.measure)}"
        return f"High-priority goods: {said}" if selection.goods == "priority" else said.capitalize()
    live = _live(shown, selection)
    matches = shown.store.count(selection.but(statuses=(PartyStatus.MATCH,))).records
    if not shown.is_working_copy:
        return f"{matches:,} of {counts.records:,} {words} name a match"
    said = f"{live:,} of {counts.records:,} {words} name a match or a candidate"
    return said + (f", {matches:,} a match" if matches > 0 else "; nobody has judged them a match yet" if live > 0 else "")


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


def footnotes(counts: Counts, selection: Selection) -> list[str]:
    """What a picture cannot show, counted."""
    unit = selection.measure
    found = [
        (counts.without_value if unit != "records" else 0, "records have no value in this unit and are not in the sums"),
        (counts.without_date, "records have no date, or only a year, and are not in the bars by month"),
        (counts.repeats_left_out, "exact repeats were left out of every sum"),
        (counts.aggregates_left_out, "published aggregates (World, EU27) were left out, because they contain their members"),
    ]
    notes = [f"{number:,} {words}." for number, words in found if number > 0]
    if counts.consignee_missing > 0:
        held = f" ({amount_text(counts.consignee_missing_value, unit)})" if unit != "records" else ""
        notes.append(f"{counts.consignee_missing:,} records{held} name no consignee; they stand as “(not named)”.")
    return notes


def _drawing_notes(selection: Selection) -> list[str]:
    by = {
        "departure": "departure country",
        "origin": "country of origin",
        "trading": "country of the contract partner",
        "seat": "seat of the sender, and “sent to” the seat of the receiver: these records name no route",
    }
    notes = [f"“N others” gathers what is not among the {MOST_NODES} largest of a stage; candidates come first."]
    if selection.kind in (RecordKind.DECLARATIONS, RecordKind.MONTHLY_TOTALS):
        notes.append(f"“Sent from” is the {by[selection.from_end]}.")
    if selection.kind is RecordKind.DOCUMENTED:
        notes.append("Every documented flow has the same width: their values are not comparable and are never summed.")
    return notes
