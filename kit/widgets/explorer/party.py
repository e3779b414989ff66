"""What the kit read out of a party's name, on the screen: each fact with its reason, under the name as the source spells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.widgets.view import Node, tag

CHECKS = {
    "valid": "check digits right",
    "wrong check digit": "check digits wrong: a slip, or no such number",
    "wrong form": "the label and the length do not fit",
    "no check": "cannot be checked",
}


def party_nodes(facts: Mapping[str, Any]) -> list[Node]:
    """The facts of one name; nothing where the name is no more than a name.

    Args:
        facts: What `Store.party` returns.
    """
    lines = [(label, values) for label, values in _lines(facts) if len(values) > 0]
    if len(lines) == 0:
        return []
    items = [part for label, values in lines for part in (tag("dt", label), _values(values))]
    return [tag("dl", *items, cls="kit-facts kit-party")]


def _values(values: list[str]) -> Node:
    return tag("dd", *(tag("p", value, dir="auto") for value in values))


def _lines(facts: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    kind = facts.get("kind", "unknown")
    reason = f", guessed from {facts['kind_reason']}" if "kind_reason" in facts else ""
    name = facts.get("name_part")
    is_plain = name is None or name == facts.get("record_name") or name in (facts.get("principal"), facts.get("agent"))
    return [
        ("Seems to be", [] if kind == "unknown" else [f"{kind}{reason}"]),
        ("Meant is", [facts["principal"]] if "principal" in facts else []),
        ("Acting for it", [facts["agent"]] if "agent" in facts and "principal" in facts else []),
        ("By the words", [facts["phrase"]] if "phrase" in facts else []),
        ("Name alone", [] if is_plain else [str(name)]),
        ("Address in it", [facts["address_part"]] if "address_part" in facts else []),
        ("Numbers", _numbers(facts)),
        ("Two alphabets", list(facts.get("lookalikes", []))),
    ]


def _numbers(facts: Mapping[str, Any]) -> list[str]:
    values, kinds = facts.get("number_values", []), facts.get("number_kinds", [])
    checks, places = facts.get("number_checks", []), facts.get("number_places", [])
    told = zip(values, kinds, checks, places, strict=True)
    return [f"{value}: {kind.replace('_', ' ')}, {CHECKS[check]} (from the {place})" for value, kind, check, place in told]
