"""Why two names may be one party: the aligned words of both, side by side."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any

from kit.names import compare_form, romanize, script_of
from kit.widgets.view import Node, tag

RELATIONS = {
    "same": "same", "spelling": "other spelling", "romanized": "other script", "initial": "initial", "glued": "written together",
    "cut": "cut off",
}  # fmt: skip
SET_APART = {"legal_form": "legal form", "place": "place", "number": "number"}
BY_ADDRESS = "At a listed address"
SETTLE_ADDRESS = "who occupied the unit on that date; a shared service address is common"
WORD = re.compile(r"\w+", re.UNICODE)


def read_evidence(text: Any) -> dict[str, Any]:
    """The evidence of a candidate; empty if there is none or it cannot be read."""
    if not isinstance(text, str):
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def score_text(score: float) -> str:
    """A similarity with two decimals, rounded down: 1.00 is shown for 1 only.

    >>> score_text(0.998), score_text(0.29), score_text(1.0)
    ('0.99', '0.29', '1.00')
    """
    return str(Decimal(repr(float(score))).quantize(Decimal("0.01"), rounding=ROUND_DOWN))


def is_by_address(explanation: Any) -> bool:
    """Whether a candidate was found by its address; its name was then not compared."""
    return str(explanation).startswith(BY_ADDRESS)


def address_lines(evidence: Mapping[str, Any]) -> list[Node]:
    """The address of the record and the listed one."""
    found = evidence.get("address") or {}
    sides = (("Address in the record ", "record"), ("Listed address ", "listed"))
    return [tag("p", tag("span", label, cls="kit-dim"), str(found.get(side, "–")), dir="auto") for label, side in sides]


def name_lines(name: str, met: set[str]) -> list[Node]:
    """A name with its aligned words marked, and its romanized form beside other scripts."""
    lines: list[Node] = [tag("span", *_marked(name, met), cls="kit-name", dir="auto")]
    latin = romanize(name)
    if latin != name:
        lines.append(tag("span", f"{latin}", tag("small", f" ({script_of(name)}, romanized)"), cls="kit-latin", dir="auto"))
    return lines


def _marked(name: str, met: set[str]) -> list[Node]:
    """Text and marks: every word whose compare-form is among the aligned ones is marked."""
    out: list[Node] = []
    at = 0
    for word in WORD.finditer(name):
        forms = {word[0].lower(), compare_form(word[0]), compare_form(romanize(word[0]))}
        if len(forms & met) > 0:
            out += [name[at : word.start()], tag("mark", word[0])]
            at = word.end()
    out.append(name[at:])
    return [part for part in out if part != ""]


def met_words(evidence: Mapping[str, Any], side: str) -> set[str]:
    """The aligned words of one side, in every form that a name may be compared in."""
    words = {str(token.get(side, "")) for token in evidence.get("tokens", [])}
    parts = {part for word in words for part in word.split()} | words
    return {form for word in parts if word != "" for form in (word.lower(), compare_form(word), compare_form(romanize(word)))}


def evidence_list(evidence: Mapping[str, Any]) -> list[Node]:
    """The pairs of words that met, what was set apart, and what would settle it."""
    pairs = [
        tag("li", tag("mark", str(t.get("record", ""))), " = ", tag("mark", str(t.get("listed", ""))),
            tag("small", f" {RELATIONS.get(str(t.get('relation', '')), str(t.get('relation', '')))}"))
        for t in evidence.get("tokens", [])
    ]  # fmt: skip
    nodes: list[Node] = [tag("ul", *pairs, cls="kit-tokens")] if len(pairs) > 0 else []
    facts = [_only("Only in the record", evidence.get("record_only")), _only("Only in the list", evidence.get("listed_only"))]
    for kind, words in SET_APART.items():
        sides = (evidence.get("set_apart") or {}).get(kind)
        if isinstance(sides, list) and len(sides) == 2 and any(len(side or []) > 0 for side in sides):
            facts.append((f"Set apart ({words})", " | ".join(_listed(side) for side in sides)))
    facts.append(("What would settle it", SETTLE_ADDRESS if "address" in evidence else str(evidence.get("settle", ""))))
    told = [fact for fact in facts if fact is not None and fact[1] != ""]
    items = [part for label, text in told for part in (tag("dt", label), tag("dd", text, dir="auto"))]
    return [*nodes, tag("dl", *items, cls="kit-facts")] if len(items) > 0 else nodes


def _listed(side: Any) -> str:
    """One side of what was set apart: text, or a list of words."""
    text = side if isinstance(side, str) else ", ".join(map(str, side or []))
    return text if text != "" else "–"


def _only(label: str, words: Any) -> tuple[str, str] | None:
    return (label, ", ".join(map(str, words))) if isinstance(words, list) and len(words) > 0 else None
