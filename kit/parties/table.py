"""PARTIES: every distinct name of the trade records, taken apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow as pa

from kit.names import compare_form
from kit.parties.glued import split_address
from kit.parties.kinds import PartyKind
from kit.parties.numbers import PartyNumber, check_number
from kit.parties.party import Party, describe_party
from kit.tables import empty, from_rows

BLOCK = 50_000  # names whose rows are held as Python objects at one time
LEAST_PRINCIPALS = 3  # an agent of so many different principals acts for others as a trade


@dataclass(frozen=True)
class Standing:
    """How a name stands in the records: roles, where it seems to sit, in how many records, and the numbers beside it."""

    roles: str = ""
    territory: str | None = None
    records: int = 0
    numbers: tuple[str, ...] = ()


class Agent(NamedTuple):
    """Who acts for whom in one row, by their compare forms."""

    row: int
    key: str
    principal: str
    is_unknown: bool


def describe_parties(
    names: Sequence[str],
    standings: Mapping[str, Standing] | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> pa.Table:
    """Take every name apart once.

    Args:
        names: Distinct names as the records spell them.
        standings: How each stands in the records; names without one get none.
        progress: Called with names done and names in all.

    Returns:
        PARTIES, one row a name, in the order given. Whoever acts for three or more
        different principals counts as a forwarder, and the reason says so.
    """
    known = standings if standings is not None else {}
    blocks, agents, done = [empty("parties")], [], 0
    for first in range(0, len(names), BLOCK):
        rows = []
        for place, name in enumerate(names[first : first + BLOCK], first):
            standing = known.get(name, Standing())
            party = describe_party(name, territory=standing.territory)
            rows.append(_row(party, standing))
            if party.agent is not None and party.principal is not None:
                key = compare_form(split_address(party.agent).name)
                agents.append(Agent(place, key, compare_form(party.principal), party.kind is PartyKind.UNKNOWN))
        blocks.append(from_rows("parties", rows))
        done += len(rows)
        if progress is not None:
            progress(done, len(names))
    return _agents_by_trade(pa.concat_tables(blocks).combine_chunks(), agents)


def _agents_by_trade(table: pa.Table, agents: Sequence[Agent]) -> pa.Table:
    """Call those forwarders whose words do not say so, but who stand for several principals."""
    principals: dict[str, set[str]] = {}
    for agent in agents:
        principals.setdefault(agent.key, set()).add(agent.principal)
    told = {a.row: len(principals[a.key]) for a in agents if a.is_unknown and a.key != ""}
    told = {row: count for row, count in told.items() if count >= LEAST_PRINCIPALS}
    if len(told) == 0:
        return table
    kinds, reasons = table.column("kind").to_pylist(), table.column("kind_reason").to_pylist()
    for row, count in told.items():
        kinds[row], reasons[row] = PartyKind.FORWARDER.value, f"acts for {count} different principals in these records"
    for name, values in (("kind", kinds), ("kind_reason", reasons)):
        table = table.set_column(table.column_names.index(name), name, pa.array(values, pa.string()))
    return table


def _row(party: Party, standing: Standing) -> dict[str, Any]:
    numbers = _all_numbers(party, standing)
    return {
        "record_name": party.record_name,
        "roles": standing.roles,
        "territory": standing.territory,
        "records": standing.records,
        "kind": party.kind.value,
        "kind_reason": party.kind_reason if party.kind_reason != "" else None,
        "principal": party.principal,
        "agent": party.agent,
        "phrase": party.phrase,
        "name_part": party.name_part,
        "address_part": party.address_part if party.address_part != "" else None,
        "number_values": [number.value for number, _ in numbers],
        "number_kinds": [number.kind for number, _ in numbers],
        "number_checks": [number.check.value for number, _ in numbers],
        "number_places": [place for _, place in numbers],
        "lookalikes": list(party.lookalikes.found) if party.lookalikes is not None else [],
        "folded": party.lookalikes.folded if party.lookalikes is not None else None,
    }


def _all_numbers(party: Party, standing: Standing) -> list[tuple[PartyNumber, str]]:
    """Numbers out of the name, then those of the record's own columns that are not among them."""
    found = [(number, "name") for number in party.numbers]
    seen = {number.value for number in party.numbers}
    for value in standing.numbers:
        for part in value.replace("/", " ").replace(",", " ").replace(";", " ").split():
            if part not in seen and any(sign.isdigit() for sign in part):
                seen.add(part)
                found.append((check_number(part, territory=standing.territory), "column"))
    return found
