"""The panel of one row or one name: the source row, the candidates, the list entries, and judging."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kit.charts.words import territory_name
from kit.flows import Store
from kit.model import RecordKind
from kit.names import romanize
from kit.widgets.explorer.entry import entry_nodes
from kit.widgets.explorer.evidence import address_lines, evidence_list, met_words, name_lines, read_evidence, score_text
from kit.widgets.explorer.party import party_nodes
from kit.widgets.explorer.standing import left_out_of_lists
from kit.widgets.view import Node, button, tag

ROLES = (
    ("consignor", "Consignor"),
    ("intermediary", "Intermediary"),
    ("consignee", "Consignee"),
    ("notify", "Notify party"),
    ("declarant", "Declarant"),
)
JUDGED = {"positive": "match", "negative": "not a match", "unsure": "unsure"}
BANDS = {"strong": "strong", "middle": "middling", "weak": "weak"}
MOST_CANDIDATES = 5


@dataclass
class Opened:
    """What the panel shows: a record, a name, or a list entry; and what was typed or went wrong in it."""

    kind: RecordKind | None = None
    record_id: str = ""
    name: str = ""
    entity_id: str = ""
    reasons: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    saved: str = ""


def detail_tree(store: Store, opened: Opened | None, reviewer: str) -> list[Node]:
    """The whole panel."""
    if opened is None:
        hint = "Choose a row to see where it comes from, who may be listed in it, and to judge that."
        return [
            tag(
                "section",
                tag("h2", "One record"),
                tag("p", hint, cls="kit-nothing"),
                cls="kit-card kit-detail",
                key="detail",
                tabindex="-1",
            )
        ]
    if opened.record_id != "" and opened.kind is not None:
        body = _record(store, opened, reviewer)
    elif opened.entity_id != "":
        entity = store.entity(opened.entity_id)
        body = [tag("h2", str(entity["name"]), dir="auto"), *entry_nodes(entity, day=None)]
    else:
        body = [
            tag("h2", "A party of the records"),
            *_reviewer(reviewer),
            *_saved(opened),
            *_party(store, opened, opened.name, day=None),
        ]
    close = button("Close", "close", cls="kit-button kit-close")
    return [
        tag(
            "section",
            close,
            *body,
            cls="kit-card kit-detail",
            key="detail",
            tabindex="-1",
            aria_label="One record",
            keys={"Escape": {"on": "close"}, "z": {"on": "undo_judgement"}},
        )
    ]


def _record(store: Store, opened: Opened, reviewer: str) -> list[Node]:
    """One record: its parties with their candidates, then the row as its source has it."""
    kind = opened.kind or RecordKind.DECLARATIONS
    row = store.row(kind, opened.record_id)
    day = row.get("date") if isinstance(row.get("date"), date) else _loose_day(row.get("date_from"))
    parties: list[Node] = []
    for role, label in ROLES:
        name = row.get(f"{role}_name")
        if isinstance(name, str):
            parties.append(tag("h3", label))
            parties += _party(store, opened, name, day=day, precision=str(row.get("date_precision", "day")))
        elif role in ("consignor", "consignee") and kind is not RecordKind.FLOWS:
            parties += [tag("h3", label), tag("p", "The record names nobody here.", cls="kit-dim")]
    title = tag("h2", f"Record {opened.record_id}", dir="auto")
    place = tag("p", "From the file ", tag("strong", str(row["source_file"])), f", row {row['source_row']:,}", cls="kit-place")
    judging = _reviewer(reviewer) if kind is not RecordKind.FLOWS else []
    return [title, place, *judging, *_saved(opened), *parties, tag("h3", "The whole row"), _row(row)]


def _loose_day(text: Any) -> date | None:
    """A day of a documented flow if it is written out; months and years settle no status."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _row(row: Mapping[str, Any]) -> Node:
    items: list[Node] = []
    for name, value in row.items():
        text = territory_name(value) + f" ({value})" if name.endswith("_country") and value is not None else str(value)
        items += [tag("dt", name.replace("_", " ")), tag("dd", text, dir="auto")]
    return tag("dl", *items, cls="kit-facts kit-row")


def _reviewer(reviewer: str) -> list[Node]:
    box = tag(
        "input",
        type="text",
        key="reviewer",
        on="reviewer",
        name="reviewer",
        id="kit-reviewer",
        value=reviewer,
        autocomplete="off",
        data_keep="true",
        placeholder="who judges",
    )
    return [
        tag(
            "div",
            tag("label", "Your name", for_="kit-reviewer"),
            box,
            button("Undo my last judgement (z)", "undo_judgement"),
            cls="kit-reviewer",
        )
    ]


def _saved(opened: Opened) -> list[Node]:
    problem = opened.errors.get("", "")
    nodes: list[Node] = [tag("p", opened.saved, cls="kit-saved")] if opened.saved != "" else []
    return [*nodes, *([tag("p", problem, cls="kit-error")] if problem != "" else [])]


def _party(store: Store, opened: Opened, name: str, *, day: date | None, precision: str = "day") -> list[Node]:
    """One name of the records with its candidates."""
    found = store.candidates_of(name).to_dict("records")
    latin = romanize(name)
    head: list[Node] = [tag("p", name, cls="kit-name", dir="auto")]
    if latin != name:
        head.append(tag("p", latin, cls="kit-latin"))
    head += party_nodes(store.party(name))
    records = button("Show all its records", "look_at", name, cls="kit-link")
    if len(found) == 0:
        none = [tag("p", "No candidate on the lists of this case. ", records, cls="kit-dim")]
        left_out = left_out_of_lists(store.case)
        return [*head, *none, *([tag("p", left_out, cls="kit-note")] if left_out != "" else [])]
    cards = [_candidate(store, opened, row, day=day, precision=precision) for row in found[:MOST_CANDIDATES]]
    rest = len(found) - MOST_CANDIDATES
    more: list[Node] = [tag("p", f"{rest} weaker candidates are not shown.", cls="kit-dim")] if rest > 0 else []
    return [*head, tag("p", records), *cards, *more]


def _candidate(store: Store, opened: Opened, row: Mapping[Any, Any], *, day: date | None, precision: str) -> Node:
    """One candidate: the sentence, the words that met, the list entry, and the three answers."""
    candidate_id = str(row["candidate_id"])
    evidence = read_evidence(row["evidence"])
    judged = row["judgement"] if isinstance(row["judgement"], str) else ""
    state = JUDGED.get(judged, "candidate")
    entry = entry_nodes(store.entity(str(row["entity_id"])), day=day, precision=precision)
    head = tag(
        "p",
        tag("span", state, cls=f"kit-sign kit-sign-{'match' if judged == 'positive' else 'candidate'}"),
        f" {_likeness(row, evidence)}",
        cls="kit-dim",
    )
    nodes: list[Node] = [
        head,
        *_compared(row, evidence),
        tag("p", str(row["explanation"]), cls="kit-sentence"),
        *evidence_list(evidence),
    ]
    nodes.append(tag("details", tag("summary", "The list entry"), *entry, key=f"entry-{candidate_id}", open=True))
    nodes += _answers(opened, candidate_id, judged, row)
    keys = {
        key: {"on": "judge", "value": [candidate_id, answer]}
        for key, answer in (("m", "positive"), ("n", "negative"), ("u", "unsure"))
    }
    return tag(
        "div",
        *nodes,
        cls="kit-candidate",
        key=f"card-{candidate_id}",
        tabindex="0",
        keys=keys,
        role="group",
        aria_label=f"Candidate {row['entity_name']}",
    )


def _likeness(row: Mapping[Any, Any], evidence: Mapping[str, Any]) -> str:
    if "address" in evidence:
        return "at a listed address (the name was not compared)"
    return f"similarity {score_text(row['score'])}, {BANDS.get(str(row['band']), str(row['band']))} (not a probability)"


def _compared(row: Mapping[Any, Any], evidence: Mapping[str, Any]) -> list[Node]:
    """Both names, or both addresses, one above the other."""
    if "address" in evidence:
        return address_lines(evidence)
    return [
        tag("p", tag("span", "Record ", cls="kit-dim"), *name_lines(str(row["record_name"]), met_words(evidence, "record"))),
        tag("p", tag("span", "Listed ", cls="kit-dim"), *name_lines(str(row["entity_name"]), met_words(evidence, "listed"))),
    ]


def _answers(opened: Opened, candidate_id: str, judged: str, row: Mapping[Any, Any]) -> list[Node]:
    told: list[Node] = []
    if judged != "":
        reason = f": {row['reason']}" if isinstance(row["reason"], str) and row["reason"] != "" else ""
        when = str(row["judged_at"])[:16].replace("T", " ")
        told.append(tag("p", f"Judged {JUDGED[judged]} by {row['reviewer']}, {when} UTC{reason}", cls="kit-judged", dir="auto"))
    name = f"reason {candidate_id}"
    box = tag(
        "input",
        type="text",
        name=name,
        key=name,
        id=f"kit-{name}",
        value=opened.reasons.get(candidate_id, ""),
        autocomplete="off",
        data_keep="true",
        placeholder="an identifier, an address, a document",
    )
    answers = [
        ("Match (m)", "positive", "kit-button kit-match"),
        ("Not a match (n)", "negative", "kit-button"),
        ("Unsure (u)", "unsure", "kit-button"),
    ]
    buttons = [
        button(text, "judge", [candidate_id, answer], cls=cls, key=f"{answer} {candidate_id}") for text, answer, cls in answers
    ]
    problem = opened.errors.get(candidate_id, "")
    shown: list[Node] = [tag("p", problem, cls="kit-error", role="alert")] if problem != "" else []
    label = tag("label", "What settles it (needed for a match)", for_=f"kit-{name}")
    return [*told, tag("div", label, box, cls="kit-field"), tag("div", *buttons, cls="kit-answers"), *shown]
