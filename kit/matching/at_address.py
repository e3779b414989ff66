"""Listed addresses in trade records: entries that are only an address, and whoever stands at that door."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from kit.addresses import AddressForm, address_similarity, compare_form
from kit.matching.candidates import band_of, candidate_id
from kit.matching.explain import SETTLE
from kit.tables import from_rows

LEAST_ADDRESS = 0.5


def find_address_candidates(
    addresses: pa.Table,
    entities: pa.Table,
    record_addresses: Iterable[tuple[str, str]],
    *,
    only_address_entries: bool = True,
    most: int = 5,
    least: float = LEAST_ADDRESS,
) -> pa.Table:
    """Find records that stand at a listed address.

    Everybody at the door is a lead, no more: buildings of shell firms hold
    thousands of unrelated companies, so unit and floor are compared too.

    Args:
        addresses: ADDRESSES of the lists.
        entities: ENTITIES of the same lists.
        record_addresses: pairs of a party's name and its address as the trade record gives them.
        only_address_entries: compare with entries that are nothing but an address; else with every listed address.
        most: candidates kept for each name and address.
        least: candidates that score lower are left out.

    Returns:
        CANDIDATES: `record_name` is the party's name, `entity_name` the listed
        address, the explanation says to which part the addresses agree.
    """
    listed = _listed(addresses, entities, only_address_entries)
    by_word: dict[str, list[int]] = {}
    for place, (_, _, form) in enumerate(listed):
        for word in sorted(form.words | form.boxes):
            by_word.setdefault(word, []).append(place)
    forms: dict[str, AddressForm] = {}
    rows: list[dict[str, Any]] = []
    for name, address in dict.fromkeys(record_addresses):
        form = forms.setdefault(address, compare_form(address))
        near = sorted({place for word in form.words | form.boxes for place in by_word.get(word, ())})
        scored = [(address_similarity(form, listed[place][2]), place) for place in near]
        scored = [found for found in scored if found[0].score >= least]
        scored.sort(key=lambda found: (-found[0].score, listed[found[1]][0]["entity_id"], found[1]))
        parties: dict[str, None] = {}
        for likeness, place in scored:
            entity, shown, _ = listed[place]
            if entity["entity_id"] in parties or len(parties) >= most:
                continue
            parties[entity["entity_id"]] = None
            rows.append(_row(name, address, entity, shown, likeness.score, likeness.reason, len(parties)))
    return from_rows("candidates", rows)


def _listed(addresses: pa.Table, entities: pa.Table, only_address_entries: bool) -> list[tuple[dict[str, Any], str, AddressForm]]:
    kept = ["entity_id", "name", "list_id", "list_version", "is_address_only"]
    by_id = {row["entity_id"]: row for row in entities.select(kept).to_pylist()}
    pairs = list(zip(addresses.column("entity_id").to_pylist(), addresses.column("address").to_pylist(), strict=True))
    pairs += [(row["entity_id"], row["name"]) for row in by_id.values() if row["is_address_only"]]
    return [
        (by_id[entity], address, compare_form(address))
        for entity, address in sorted(set(pairs))
        if entity in by_id and (by_id[entity]["is_address_only"] or not only_address_entries)
    ]


def _row(name: str, address: str, entity: dict[str, Any], listed: str, score: float, reason: str, rank: int) -> dict[str, Any]:
    evidence = {
        "tokens": [],
        "record_only": [],
        "listed_only": [],
        "set_apart": {"legal_form": [], "place": [], "number": []},
        "address": {"record": address, "listed": listed, "reason": reason},
        "settle": SETTLE,
    }
    return {
        "candidate_id": candidate_id(name, entity["entity_id"]),
        "record_name": name,
        "role": "",
        "entity_id": entity["entity_id"],
        "entity_name": listed,
        "name_kind": "name",
        "list_id": entity["list_id"],
        "list_version": entity["list_version"],
        "rank": rank,
        "score": score,
        "band": band_of(score).value,
        "explanation": f"At a listed address: {reason}; the name itself was not compared.",
        "evidence": json.dumps(evidence, ensure_ascii=False),
    }
