"""A list entry on the screen: names, addresses, numbers, who lists it, why and since when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from kit import sources
from kit.charts.words import territory_name
from kit.files.documents import place_in_file
from kit.lists import status_on
from kit.names import romanize
from kit.widgets.explorer.standing import SENTENCES, since
from kit.widgets.view import Node, tag

NAME_KINDS = {"name": "", "alias": "also", "weak_alias": "weak alias", "previous_name": "before"}
SPANS = {"day": 0, "month": 30, "year": 365}
MOST = 12


def entry_nodes(entity: Mapping[str, Any], *, day: date | None, precision: str = "day") -> list[Node]:
    """Everything that the list says about an entity, with its status on the day of a record.

    Args:
        entity: What `Store.entity` returns.
        day: Day of the record, None if no record is open.
        precision: How exactly the record gives its day.
    """
    nodes: list[Node] = []
    if day is not None:
        latest = day + timedelta(days=SPANS.get(precision, 0))
        status = status_on(entity["sanctions"], day, latest=latest)
        nodes.append(
            tag(
                "p", tag("strong", status.value), f": {SENTENCES[status]}", cls=f"kit-standing kit-standing-{status.name.lower()}"
            )
        )
    nodes += [_sanction(entry) for entry in entity["sanctions"]]
    nodes += [_linked(entry) for entry in entity.get("linked", ())]
    facts = [
        ("Names", [_name(n) for n in entity["names"]]),
        (
            "Addresses",
            [_joined(a["address"], territory_name(a["territory"]) if a["territory"] else "") for a in entity["addresses"]],
        ),
        ("Numbers", [f"{i['kind']}: {i['value']}" for i in entity["identifiers"]]),
        ("Kind", [str(entity["schema"])]),
        ("Remarks", [str(entity["remarks"])] if entity.get("remarks") else []),
        ("List", [_edition(entity)]),
        ("In the file", [f"{entity['source_file']}, {place_in_file(entity['source_file'], entity['source_row'])}"]),
    ]
    items = [part for label, values in facts if len(values) > 0 for part in (tag("dt", label), _values(values))]
    if entity.get("is_confidential"):
        nodes.insert(0, tag("p", "Confidential list: its names do not leave this case.", cls="kit-warning"))
    return [*nodes, tag("dl", *items, cls="kit-facts")]


def _edition(entity: Mapping[str, Any]) -> str:
    """List and edition, and how old that edition is today where it gives a day."""
    today = sources.now().date()
    age = sources.edition_age([entity["list_id"]], entity["list_version"], today, today)
    said = f"{entity['list_id']}, edition {entity['list_version']}"
    return "; ".join(part for part in (f"{said}, {age.words}" if age.is_edition else said, age.advice) if part != "")


def _sanction(entry: Mapping[str, Any]) -> Node:
    """Who lists it, under what, why, since when, and where that is written."""
    head = _joined(str(entry["authority"]), str(entry.get("program_id") or ""))
    parts: list[Node] = [tag("strong", head), f", {since(entry)}"]
    lines: list[Node] = [tag("p", *parts)]
    for label, field in (("Why", "reason"), ("Measures", "provisions"), ("Citation", "citation"), ("Source", "source_url")):
        if entry.get(field):
            lines.append(tag("p", tag("span", f"{label}: ", cls="kit-dim"), str(entry[field]), dir="auto"))
    return tag("div", *lines, cls="kit-listing")


def _linked(entry: Mapping[str, Any]) -> Node:
    """An entry of another list that is taken for the same party, on what basis, and why."""
    is_over = entry["end_date"] is not None and entry["end_date"] < sources.now().date()
    head = tag("strong", f"{'Formerly' if is_over else 'Also'} listed by {entry['authority']}")
    lines: list[Node] = [tag("p", head, f" ({entry['list_id']}), {since(entry)}: ", str(entry["name"]), dir="auto")]
    lines.append(tag("p", str(entry["explanation"] or "Linked through a third list: a lead."), cls="kit-dim", dir="auto"))
    return tag("div", *lines, cls="kit-listing kit-linked", key=f"linked-{entry['entity_id']}")


def _name(row: Mapping[str, Any]) -> str:
    latin = romanize(row["name"])
    kind = NAME_KINDS.get(row["kind"], row["kind"])
    return _joined(f"{row['name']} · {latin}" if latin != row["name"] else row["name"], kind)


def _joined(first: str, second: str) -> str:
    return f"{first}, {second}" if second != "" else first


def _values(values: list[str]) -> Node:
    shown: list[Node] = [tag("p", value, dir="auto") for value in values[:MOST]]
    if len(values) > MOST:
        shown.append(tag("p", f"and {len(values) - MOST} more", cls="kit-dim"))
    return tag("dd", *shown)
