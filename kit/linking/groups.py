"""Links joined into groups, guarded against errors that pass from link to link.

If A is B and B is C, then A is C. One wrong link would so join many parties.
A group therefore refuses whatever contradicts any of its members.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kit.linking.parties import Party, PartyKind
from kit.model import LinkBasis

STRENGTH = {LinkBasis.IDENTIFIER: 0, LinkBasis.BIRTH: 1, LinkBasis.NAME: 2}


@dataclass(frozen=True)
class Pair:
    """Two entries (by place) that may be one party, on what basis, with what evidence."""

    a: int
    b: int
    basis: LinkBasis
    score: float
    numbers: tuple[tuple[str, str], ...] = ()
    names: tuple[str, str] = ("", "")
    territories: tuple[str, ...] = ()
    birth: str = ""


@dataclass(frozen=True)
class Refusal:
    """A pair that was not linked, and why."""

    entity_id_a: str
    entity_id_b: str
    basis: LinkBasis
    reason: str


def group(parties: Sequence[Party], pairs: Iterable[Pair]) -> tuple[list[tuple[Pair, str]], list[Refusal]]:
    """Join pairs, the strongest first, and refuse those that contradict what is joined.

    Refused are a pair, or the joining of two groups, (1) whose numbers of one
    kind differ, (2) which by names alone would put two entries of one source
    into one group, since the list keeps them apart, (3) which by names alone
    would join entries whose known territories have nothing in common.
    The result does not depend on the order of the pairs.

    Returns:
        The kept pairs, each with the id of its group, and the refusals.
    """
    ordered = sorted(pairs, key=lambda p: (STRENGTH[p.basis], -p.score, parties[p.a].entity_id, parties[p.b].entity_id))
    head = list(range(len(parties)))
    members: dict[int, list[int]] = {}
    kept: list[Pair] = []
    refused: list[Refusal] = []
    for pair in ordered:
        left, right = _head(head, pair.a), _head(head, pair.b)
        mine, theirs = members.get(left, [left]), members.get(right, [right])
        reason = None if left == right else _obstacle(parties, pair, mine, theirs)
        if reason is not None:
            refused.append(Refusal(parties[pair.a].entity_id, parties[pair.b].entity_id, pair.basis, reason))
            continue
        kept.append(pair)
        if left != right:
            head[right] = left
            members[left] = mine + theirs
            members.pop(right, None)
    names = {place: _group_id(parties, held) for place, held in members.items()}
    return [(pair, names[_head(head, pair.a)]) for pair in kept], refused


def _head(head: list[int], place: int) -> int:
    while head[place] != place:
        head[place] = head[head[place]]
        place = head[place]
    return place


def _obstacle(parties: Sequence[Party], pair: Pair, mine: Sequence[int], theirs: Sequence[int]) -> str | None:
    """Why two groups may not become one, or None."""
    for a in mine:
        for b in theirs:
            one, other = parties[a], parties[b]
            differ = one.numbers.contradiction(other.numbers)
            if differ is not None:
                kind, left, right = differ
                return f"{kind.upper()} {left} of {one.entity_id} is not {right} of {other.entity_id}"
            if pair.basis is LinkBasis.IDENTIFIER:
                continue
            if one.source == other.source:
                return f"{one.entity_id} and {other.entity_id} are two entries of {one.source}"
            if one.kind is not PartyKind.PERSON and _elsewhere(one, other):
                return f"{one.entity_id} and {other.entity_id} have no territory in common"
    return None


def _elsewhere(one: Party, other: Party) -> bool:
    known = len(one.territories) > 0 and len(other.territories) > 0
    return known and len(one.shared_territories(other)) == 0


def _group_id(parties: Sequence[Party], held: Sequence[int]) -> str:
    """A hash of the members: the same entries have the same id in every run."""
    ids = "\x1f".join(sorted(parties[place].entity_id for place in held))
    return hashlib.sha256(ids.encode()).hexdigest()[:16]
