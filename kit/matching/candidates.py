"""Candidates: trade names set beside listed parties, each with score, band, sentence and evidence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from kit.matching.explain import explain
from kit.matching.index import Index
from kit.matching.ranking import Ranked, rank_names
from kit.model import Band
from kit.names import PartyRole, principal
from kit.parties import describe_party
from kit.tables import from_rows

# Measured on the development benchmark (docs/matching.md): false alerts among 1,000 names of ordinary parties.
STRONG = 0.95  # 0.3
MIDDLE = 0.40  # 5
LEAST = 0.15  # 13


def find_candidates(
    index: Index,
    record_names: Sequence[str],
    *,
    roles: Mapping[str, str] | None = None,
    most: int = 5,
    progress: Callable[[int, int], None] | None = None,
    workers: int | None = None,
    least: float = LEAST,
) -> pa.Table:
    """Find the listed parties that each trade name may be.

    A candidate is a lead: a similar name, not the same party. Where a name
    says that one acts for another, both are looked up. A weak alias never makes
    a candidate alone.

    Args:
        index: from `build_index`, as a rule `with_background` of all names of the trade file.
        record_names: names as the trade records spell them; repeats are looked up once.
        roles: by name, the roles in which it stands ("consignor,consignee").
        most: candidates kept for each name.
        progress: called with names done and names in all.
        workers: processes; by default one for small inputs, else one a core.
        least: candidates that score lower are left out.

    Returns:
        CANDIDATES, names in the order given, best candidate first. Names
        without a candidate have no row.
    """
    distinct = list(dict.fromkeys(name for name in record_names if name.strip() != ""))
    asked, owner, said = _asked(distinct)
    ranked = rank_names(index, asked, most=most, progress=progress, workers=workers)
    best = _merged(ranked, owner, least, most, index)
    rows = [
        _row(index, distinct[name], rank, listed, score, asked[place], said[place], roles)
        for name, found in best.items()
        for rank, (score, listed, place) in enumerate(found, 1)
    ]
    return from_rows("candidates", rows)


def band_of(score: float) -> Band:
    """The band of a score.

    >>> band_of(0.99), band_of(0.1)
    (<Band.STRONG: 'strong'>, <Band.WEAK: 'weak'>)
    """
    if score >= STRONG:
        return Band.STRONG
    return Band.MIDDLE if score >= MIDDLE else Band.WEAK


def candidate_id(record_name: str, entity_id: str) -> str:
    """The stable id of a pair: it survives new runs and new list versions."""
    return hashlib.sha256(f"{record_name}\x1f{entity_id}".encode()).hexdigest()[:20]


def _asked(names: Sequence[str]) -> tuple[list[str], list[int], list[str | None]]:
    """What is looked up: each name, or the parties that it names; whose it is; and why it is not the whole name."""
    asked: list[str] = []
    owner: list[int] = []
    said: list[str | None] = []
    for place, name in enumerate(names):
        for part, reason in _parts(name).items():
            asked.append(part)
            owner.append(place)
            said.append(reason if part != name else None)
    return asked, owner, said


def _parts(name: str) -> dict[str, str]:
    """The parties that a name names, each with the reason; a name with an address glued to it also without that address."""
    found = principal(name)
    parts = [name] if found.role in (PartyRole.PARTY, PartyRole.BANK) else [found.principal, found.other]
    out = {part: found.reason for part in parts if part is not None}
    party = describe_party(name)
    if party.address_part != "" and party.name_part not in out:
        out[party.name_part] = f"an address stands behind it: {party.address_reason}"
    return out


def _merged(
    ranked: Ranked, owner: Sequence[int], least: float, most: int, index: Index
) -> dict[int, list[tuple[float, int, int]]]:
    """Best candidates of each name as (score, listed name, what was asked), over all that was asked for it."""
    found: dict[int, dict[int, tuple[float, int, int]]] = {}
    for asked, listed, score in zip(ranked.asked.tolist(), ranked.listed.tolist(), ranked.score.tolist(), strict=True):
        if score < least:
            continue
        party = int(index.listed.entity[listed])
        mine = found.setdefault(owner[asked], {})
        if party not in mine or score > mine[party][0]:
            mine[party] = (round(score, 6), listed, asked)
    return {
        name: [mine[party] for party in sorted(mine, key=lambda party: (-mine[party][0], party))][:most]
        for name, mine in sorted(found.items())
    }


def _row(
    index: Index,
    name: str,
    rank: int,
    listed: int,
    score: float,
    asked: str,
    said: str | None,
    roles: Mapping[str, str] | None,
) -> dict[str, Any]:
    names = index.listed
    party = int(names.entity[listed])
    notes = () if said is None else (f"compared '{asked}' only ({said})",)
    told = explain(asked, names.names[listed], information=index.information, notes=notes)
    return {
        "candidate_id": candidate_id(name, names.entity_ids[party]),
        "record_name": name,
        "role": "" if roles is None else roles.get(name, ""),
        "entity_id": names.entity_ids[party],
        "entity_name": names.names[listed],
        "name_kind": names.kinds[listed],
        "list_id": names.list_ids[party],
        "list_version": names.list_versions[party],
        "rank": rank,
        "score": score,
        "band": band_of(score).value,
        "explanation": told.sentence,
        "evidence": json.dumps(told.evidence, ensure_ascii=False),
    }
