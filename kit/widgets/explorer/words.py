"""What stands around the pictures: the head with its search, the sentence, and what to look at first."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kit.charts.words import territory_name
from kit.flows import Selection
from kit.flows.ranking import FORMULA
from kit.model import RecordKind
from kit.names import romanize
from kit.widgets.explorer.evidence import is_by_address, score_text
from kit.widgets.explorer.pictures import KIND_NOTES, KIND_WORDS
from kit.widgets.explorer.state import ExplorerState
from kit.widgets.view import Node, button, tag

MOST_FIRST, MOST_FOUND = 12, 24


def head_tree(state: ExplorerState, question: str, typed: str, found: pd.DataFrame | None) -> list[Node]:
    """Case, question, search over lists and trade, and the kinds of records."""
    box = tag(
        "input",
        type="search",
        key="search",
        on="search",
        live=True,
        name="search",
        id="kit-search",
        value=typed,
        autocomplete="off",
        data_keep="true",
        placeholder="a name, in any script",
        keys={"Escape": {"on": "end_search"}},
    )
    search = tag(
        "div",
        tag("label", "Find a party in lists and records", for_="kit-search"),
        box,
        cls="kit-field kit-search",
        role="search",
    )
    title = tag(
        "div", tag("h2", f"Case: {state.store.case.name}", cls="kit-title"), tag("p", question, cls="kit-question", dir="auto")
    )
    top: list[Node] = [tag("div", title, search, cls="kit-head")]
    if found is not None:
        top.append(_found(found, typed))
    if state.is_empty:
        return top
    tabs = [
        button(
            f"{KIND_WORDS[kind]} ({count:,})",
            "kind",
            kind.value,
            cls="kit-tab",
            key=f"kind-{kind.value}",
            aria_pressed=str(kind is state.selection.kind).lower(),
        )
        for kind, count in state.kinds.items()
    ]
    note = tag("p", KIND_NOTES[state.selection.kind], cls="kit-note")
    return [*top, tag("div", *tabs, cls="kit-tabs", role="group", aria_label="Kind of records"), note]


def _found(found: pd.DataFrame, typed: str) -> Node:
    """What the search found; a name of the records leads to its records, a listed one to its entry."""
    rows = []
    for row in found.head(MOST_FOUND).to_dict("records"):
        is_trade = row["found_in"] == "trade"
        name = str(row["name"])
        latin = romanize(name)
        where = f"{int(row['records']):,} records" if is_trade else f"list {row['list_id']}"
        place = f", {territory_name(row['territory'])}" if isinstance(row["territory"], str) else ""
        text = tag("span", name, dir="auto")
        extra = [tag("small", f" {latin}", cls="kit-latin", dir="auto")] if latin != name else []
        action = ("open_name", name) if is_trade else ("open_entity", row["entity_id"])
        item = tag(
            "button",
            text,
            *extra,
            tag("small", f" {where}{place}", cls="kit-dim"),
            cls="kit-result",
            on=action[0],
            value=action[1],
            type="button",
        )
        rows.append(tag("li", item))
    if len(rows) == 0:
        body: Node = tag(
            "p", f"No name in the lists or records contains “{typed}”. Try fewer letters, or another spelling.", cls="kit-nothing"
        )
    else:
        body = tag("ul", *rows, cls="kit-results", key="results")
    return tag(
        "section", tag("h3", "Found"), body, button("Close", "end_search"), cls="kit-card kit-found", aria_label="Search results"
    )


def steps_of(state: ExplorerState) -> list[tuple[str, int]]:
    """Each filter in words with the records that it left, territories by name."""
    return [(_spoken(words, state.selection), left) for words, left in state.counts().left]


def sentence_of(state: ExplorerState) -> str:
    """The selection in one sentence, with how many records each filter left."""
    first, *rest = steps_of(state)
    return " → ".join([f"{first[1]:,} records", *(f"{words}: {left:,}" for words, left in rest)])


def _spoken(words: str, selection: Selection) -> str:
    for side, codes in (("from", selection.from_territories), ("to", selection.to_territories)):
        if words == f"{side} {', '.join(codes)}":
            return f"{side} {', '.join(territory_name(code) for code in codes)}"
    return words


def status_tree(state: ExplorerState, error: str, saved: str) -> list[Node]:
    """One sentence of what is selected with what each filter left, the clicked mark, errors, and the ways back."""
    first, *rest = steps_of(state)
    path: list[Node] = [tag("span", f"{first[1]:,} records", cls="kit-count")]
    path += [part for words, left in rest for part in (" → ", tag("span", f"{words}: ", tag("strong", f"{left:,}"), dir="auto"))]
    tools = [
        button("Undo", "undo", key="undo", disabled=not state.can_undo),
        button("Start again", "reset", key="reset"),
        button("Save this view as CSV", "export", key="export"),
    ]
    nodes: list[Node] = [tag("p", *path, cls="kit-sentence-of-selection"), tag("p", state.change, cls="kit-change")]
    if state.selection.focus is not None:
        chip = button(f"{state.selection.focus.label} ✕", "let_go", cls="kit-chip", key="let_go", title="Show all rows again")
        nodes.append(tag("p", "Only the rows of ", chip, dir="auto"))
    if error != "":
        nodes.append(tag("p", error, cls="kit-error", role="alert"))
    if saved != "":
        nodes.append(tag("p", saved, cls="kit-saved"))
    persons = tag(
        "div",
        tag("input", type="checkbox", name="show_persons", id="kit-show-persons", key="show_persons"),
        tag("label", "with names of persons", for_="kit-show-persons"),
        cls="kit-check",
    )
    return [tag("div", *nodes, tag("div", *tools, persons, cls="kit-tools"), cls="kit-card kit-status")]


def empty_tree() -> list[Node]:
    """What stands in place of the pictures where a case holds no records."""
    text = (
        "This case holds no trade records yet. Take a list and a trade file into it with the form “Open a file” "
        "(above in the dashboard; OpenFiles in a notebook). What was found then stands here."
    )
    return [tag("div", tag("p", text), cls="kit-card kit-nothing")]


def first_tree(state: ExplorerState, live: pd.DataFrame) -> list[Node]:
    """Candidates in order of what is at stake."""
    if state.selection.kind is RecordKind.FLOWS:
        return []
    title = tag("h3", "Look at these first", cls="kit-card-title")
    if len(live) == 0:
        text = "No party of these records has a candidate on the lists of this case, or each was judged not to be a match."
        return [tag("section", title, tag("p", text, cls="kit-nothing"), cls="kit-card kit-first")]
    items = [_first(row, state) for row in live.head(MOST_FIRST).to_dict("records")]
    rest = len(live) - len(items)
    more = f" {rest:,} more names have a candidate or a match." if rest > 0 else ""
    note = tag("p", f"An order for work, not a verdict. It is {FORMULA}.{more}", cls="kit-note")
    return [
        tag(
            "section",
            title,
            tag("ol", *items, cls="kit-first-list", key="first-list"),
            note,
            cls="kit-card kit-first",
        )
    ]


def _first(row: dict[Any, Any], state: ExplorerState) -> Node:
    name = str(row["record_name"])
    is_match = row["judgement"] == "positive"
    words = "match" if is_match else ("unsure" if row["judgement"] == "unsure" else "candidate")
    latin = romanize(name)
    facts = [f"{int(row['records']):,} record{'s' if row['records'] != 1 else ''} as {row['role']}"]
    if row["value"] > 0:
        facts.append(
            f"value {row['value']:,.0f}"
            + (f", of it high-priority goods {row['priority_value']:,.0f}" if row["priority_value"] > 0 else "")
        )
    elif row["priority_records"] > 0:
        facts.append(f"{int(row['priority_records']):,} of high-priority goods")
    head: list[Node] = [
        tag("span", words, cls=f"kit-sign kit-sign-{'match' if is_match else 'candidate'}"),
        " ",
        tag("span", name, cls="kit-first-name", dir="auto"),
    ]
    if latin != name:
        head.append(tag("small", f" {latin}", cls="kit-latin", dir="auto"))
    if is_by_address(row["explanation"]):
        listed = f"at a listed address: {row['entity_name']}, on {row['list_id']}"
    else:
        listed = f"similar to {row['entity_name']} on {row['list_id']}, {score_text(row['score'])}"
    body = [tag("span", *head), tag("span", listed, cls="kit-dim", dir="auto"), tag("span", "; ".join(facts), cls="kit-dim")]
    return tag(
        "li",
        tag("button", *body, cls="kit-first-item", on="open_name", value=name, type="button", key=f"first-{row['candidate_id']}"),
    )
