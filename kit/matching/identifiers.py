"""Numbers on both sides of a candidate: the same, different, or none to compare."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from kit.matching.sentences import NO_IDENTIFIER
from kit.names import split_numbers
from kit.tables import from_rows

LEAST_LENGTH = 6  # shorter numbers are house numbers, years, and the like
Listed = tuple[str, str]  # kind and value


def compare_identifiers(candidates: pa.Table, identifiers: pa.Table, record_numbers: Iterable[tuple[str, str]]) -> pa.Table:
    """Say in each candidate's sentence how the numbers of both sides stand to each other.

    A number that both sides share is strong evidence; the score stays a similarity of names. Numbers
    that differ may be of different kinds: they speak against a candidate only where kind and length agree.

    Args:
        candidates: CANDIDATES whose sentences end in "no identifier to compare".
        identifiers: IDENTIFIERS of the lists.
        record_numbers: pairs of a name of the trade records and a number that stands beside it there;
            numbers glued to the name itself are found too.

    Returns:
        CANDIDATES, with `evidence` holding `identifiers` (`record`, `listed`, `relation`) where both sides have some.
    """
    listed: dict[str, list[Listed]] = {}
    for row in identifiers.to_pylist():
        listed.setdefault(row["entity_id"], []).append((row["kind"], row["value"]))
    beside: dict[str, list[str]] = {}
    for name, number in record_numbers:
        beside.setdefault(name, []).append(number)
    rows = candidates.to_pylist()
    return from_rows("candidates", [_said(row, listed.get(row["entity_id"], []), _numbers(row, beside)) for row in rows])


def _numbers(row: Mapping[str, Any], beside: Mapping[str, Sequence[str]]) -> list[str]:
    found = [*beside.get(row["record_name"], ()), *split_numbers(row["record_name"]).numbers]
    return list(dict.fromkeys(number for number in found if len(_plain(number)) >= LEAST_LENGTH))


def _plain(number: str) -> str:
    return "".join(sign for sign in number.upper() if sign.isalnum())


def _said(row: dict[str, Any], listed: Sequence[Listed], numbers: Sequence[str]) -> dict[str, Any]:
    if len(listed) == 0 or len(numbers) == 0:
        return row
    by_value = {_plain(value): (kind, value) for kind, value in listed}
    shared = [by_value[_plain(number)] for number in numbers if _plain(number) in by_value]
    relation, words = ("same", _same(shared)) if len(shared) > 0 else _other(numbers, listed)
    evidence = json.loads(row["evidence"])
    evidence["identifiers"] = {
        "record": list(numbers), "listed": [f"{kind} {value}" for kind, value in listed], "relation": relation,
    }  # fmt: skip
    said = row["explanation"].removesuffix(f"{NO_IDENTIFIER}.") + words + "."
    if not row["explanation"].endswith(f"{NO_IDENTIFIER}."):
        said = f"{row['explanation'].removesuffix('.')}; {words}."
    return {**row, "explanation": said, "evidence": json.dumps(evidence, ensure_ascii=False)}


def _same(shared: Sequence[Listed]) -> str:
    return "the same number stands in both: " + ", ".join(f"{kind} {value}" for kind, value in dict.fromkeys(shared))


def _other(numbers: Sequence[str], listed: Sequence[Listed]) -> tuple[str, str]:
    """No number is shared: that speaks against the pair only where numbers of one length stand on both sides."""
    lengths = {len(_plain(number)) for number in numbers}
    alike = [(kind, value) for kind, value in listed if len(_plain(value)) in lengths]
    there = ", ".join(f"{kind} {value}" for kind, value in (alike or listed)[:3])
    if len(alike) > 0:
        return "different", f"the numbers differ: {', '.join(numbers[:3])} in the trade record, {there} on the list"
    return "not comparable", f"the numbers are of other kinds: {', '.join(numbers[:3])} in the trade record, {there} on the list"
