"""The three pictures of a selection, with titles that say what is seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from kit import charts
from kit.charts.words import territory_name
from kit.flows import Counts, Selection
from kit.model import RecordKind
from kit.widgets.explorer.standing import left_out_of_lists
from kit.widgets.explorer.state import ExplorerState

KIND_WORDS = {
    RecordKind.DECLARATIONS: "Declarations",
    RecordKind.MONTHLY_TOTALS: "Monthly totals of a vendor",
    RecordKind.FLOWS: "Official statistics",
    RecordKind.DOCUMENTED: "Documented flows",
}
KIND_NOTES = {
    RecordKind.DECLARATIONS: "Single customs records.",
    RecordKind.MONTHLY_TOTALS: "Monthly totals of a data vendor: not single declarations, and never added to them.",
    RecordKind.FLOWS: "Totals published by customs or statistics offices; they name no firm.",
    RecordKind.DOCUMENTED: "Movements that a legal act or a published investigation describes. Each counts once, whatever "
    "its size: bands are not weighted and not to be added up.",
}
MOST_LIVE = 2000
ALPHA, FADED = re.compile(r"[\d.]+\)$"), 0.12


@dataclass(frozen=True)
class Pictures:
    """The figures of one selection."""

    flows: go.Figure
    timeline: go.Figure
    territories: go.Figure


def party_status(state: ExplorerState, selection: Selection) -> dict[str, str]:
    """PartyStatus of the names that are a match or a candidate in a selection."""
    live = state.store.look_first(selection, most=MOST_LIVE)
    return {
        name: "match" if judgement == "positive" else "candidate"
        for name, judgement in zip(live["record_name"], live["judgement"], strict=True)
    }


def draw_flows(state: ExplorerState) -> go.Figure:
    """The Sankey of the selection."""
    selection = state.drawn("flows")
    corridors = state.store.corridors(selection, state.now.stages, most=state.now.most)
    names_parties = selection.kind is not RecordKind.FLOWS
    left_out = left_out_of_lists(state.store.case) if names_parties else ""
    notes = notes_of(state.count(selection), selection, state.now.stages)
    figure = charts.sankey(
        corridors,
        measure=selection.measure,
        title=f"{_goods(selection)}{_period(state)}: {_way(state.now.stages)}, {_measure(selection)}",
        source=source_of(state),
        footnotes=[*([left_out] if left_out != "" else []), *notes],
        party_status=party_status(state, selection) if names_parties else None,
    )
    focus = state.selection.focus
    if focus is not None and state.now.focus_from == "flows":
        highlight(figure, focus.label)
    return figure


def highlight(figure: go.Figure, label: str) -> None:
    """Let the bands of a clicked mark stand out, and fade the others."""
    marks = figure.layout.meta["marks"]
    chosen = {number for number, mark in enumerate(marks["0/link"]) if mark["label"] == label}
    nodes = {number for number, mark in enumerate(marks["0/node"]) if mark["label"] == label}
    for trace in figure.data:
        ends = zip(trace.link.source, trace.link.target, strict=True)
        chosen |= {number for number, pair in enumerate(ends) if len(nodes & set(pair)) > 0}
        if len(chosen) > 0:
            trace.link.color = [
                ALPHA.sub("1)" if number in chosen else f"{FADED})", color) for number, color in enumerate(trace.link.color)
            ]


def draw_timeline(state: ExplorerState) -> go.Figure:
    """The bars of the selection."""
    selection = state.drawn("timeline")
    counts = state.count(selection)
    notes = _without_value(counts, selection, "bars")
    if counts.without_date > 0:
        notes.append(f"{counts.without_date:,} of {counts.records:,} records give no month: they stand in no bar.")
    return charts.timeline(
        state.store.monthly(selection),
        measure=selection.measure,
        title=f"{_goods(selection)} by month, {_measure(selection)}",
        source=source_of(state),
        footnotes=notes,
    )


def draw_map(state: ExplorerState) -> go.Figure:
    """The territories of the selection."""
    selection = state.drawn("map")
    return charts.territory_map(
        state.store.territory_pairs(selection),
        measure=selection.measure,
        title=f"Between territories: {_goods(selection)[:1].lower()}{_goods(selection)[1:]}, {_measure(selection)}",
        source=source_of(state),
        footnotes=_without_value(state.count(selection), selection, "arcs"),
    )


def _measure(selection: Selection) -> str:
    return "by number of records" if selection.measure == "records" else f"in {charts.MEASURE_WORDS[selection.measure]}"


def _period(state: ExplorerState) -> str:
    """The months that the records of the selection span, as far as the filters let them."""
    options, selection = state.options(), state.selection
    days = (selection.date_from or options.date_from, selection.date_to or options.date_to)
    return "" if None in days else f", {days[0]:%B %Y} to {days[1]:%B %Y}"


def _goods(selection: Selection) -> str:
    """The goods of a selection in words."""
    if len(selection.hs_prefixes) > 0:
        goods = f"Goods under HS {', '.join(selection.hs_prefixes)}"
    elif len(selection.tiers) > 0:
        goods = f"High-priority goods, tier {', '.join(selection.tiers)}"
    else:
        goods = "High-priority goods" if selection.goods == "priority" else "All goods"
    parts = [goods]
    for word, codes in (("from", selection.from_territories), ("to", selection.to_territories)):
        if len(codes) > 0:
            names = [territory_name(code) for code in codes]
            parts.append(f"{word} {', '.join(names[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''}")
    return " ".join(parts)


def _way(stages: tuple[str, ...]) -> str:
    return " → ".join(charts.STAGE_WORDS[stage].lower() for stage in stages)


def source_of(state: ExplorerState) -> str:
    """The files behind a kind of records, as the case has read them."""
    role = (
        "declarations"
        if state.selection.kind in (RecordKind.DECLARATIONS, RecordKind.MONTHLY_TOTALS)
        else state.selection.kind.value
    )
    files = [s.file for s in state.store.case.sources() if s.is_current and s.table_rows.get(role, 0) > 0]
    named = ", ".join(files[:4]) + (f" and {len(files) - 4} more files" if len(files) > 4 else "")
    return named if named != "" else "this case"


def _without_value(counts: Counts, selection: Selection, marks: str) -> list[str]:
    notes = [counts.conversion] if selection.measure == "value_usd" and counts.converted > 0 else []
    if counts.without_value == 0 or selection.measure == "records":
        return notes
    unit = charts.MEASURE_WORDS[selection.measure]
    return [f"{counts.without_value:,} of {counts.records:,} records state no {unit}: they add nothing to the {marks}.", *notes]


def notes_of(counts: Counts, selection: Selection, stages: Sequence[str]) -> list[str]:
    """What the flow picture of a selection cannot show, each with its number."""
    notes = []
    if selection.kind in (RecordKind.DOCUMENTED, RecordKind.MONTHLY_TOTALS):
        notes.append(KIND_NOTES[selection.kind])
    notes += _without_value(counts, selection, "bands")
    if counts.consignee_missing > 0 and "consignee" in stages:
        amount = (
            f", {charts.amount_text(counts.consignee_missing_value, selection.measure)}" if selection.measure != "records" else ""
        )
        notes.append(f"{counts.consignee_missing:,} records name no consignee{amount}; they are drawn as “(not named)”.")
    if counts.repeats_left_out > 0:
        notes.append(
            f"In the whole case {counts.repeats_left_out:,} rows that repeat or sum up others are left out, whatever the filters."
        )
    if counts.aggregates_left_out > 0:
        notes.append(
            f"In the whole case {counts.aggregates_left_out:,} published sums (World, EU27) are left out, "
            "because their members are there."
        )
    return notes
