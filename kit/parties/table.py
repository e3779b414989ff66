"""PARTIES: every distinct name of the trade records, taken apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from kit.names import compare_form
from kit.parties.glued import split_address
from kit.parties.kinds import PartyKind
from kit.parties.numbers import PartyNumber, check_number
from kit.parties.party import Party, describe_party
from kit.tables import from_rows

LEAST_PRINCIPALS = 3  # an agent of so many different principals acts for others as a trade


@dataclass(frozen=True)
class Standing:
    """How a name stands in the records: roles, where it seems to sit, in how many records, and the numbers beside it."""

    roles: str = ""
    territory: str | None = None
    records: int = 0
    numbers: tuple[str, ...] = ()


def describe_parties(names: Sequence[str], standings: Mapping[str, Standing] | None = None) -> pa.Table:
    """Take every name apart once.

    Args:
        names: Distinct names as the records spell them.
        standings: How each stands in the records; names without one get none.

    Returns:
        PARTIES, one row a name, in the order given. Whoever acts for three or more
        different principals counts as a forwarder, and the reason says so.
    """
    known = standings if standings is not None else {}
    stands = [known.get(name, Standing()) for name in names]
    parties = [describe_party(name, territory=standing.territory) for name, standing in zip(names, stands, strict=True)]
    parties = _agents_by_trade(parties)
    return from_rows("parties", [_row(party, standing) for party, standing in zip(parties, stands, strict=True)])


def _agents_by_trade(parties: Sequence[Party]) -> list[Party]:
    """Call those forwarders whose words do not say so, but who stand for several principals."""
    principals: dict[str, set[str]] = {}
    keys = [_agent_key(party) for party in parties]
    for party, key in zip(parties, keys, strict=True):
        if key != "" and party.principal is not None:
            principals.setdefault(key, set()).add(compare_form(party.principal))
    out = []
    for party, key in zip(parties, keys, strict=True):
        count = len(principals.get(key, ()))
        if party.kind is PartyKind.UNKNOWN and count >= LEAST_PRINCIPALS:
            reason = f"acts for {count} different principals in these records"
            party = replace(party, kind=PartyKind.FORWARDER, kind_reason=reason)
        out.append(party)
    return out


def _agent_key(party: Party) -> str:
    return compare_form(split_address(party.agent).name) if party.agent is not None and party.principal is not None else ""


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
