"""Links between entries of different lists that are one party, each with its basis and one sentence."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from kit import matching
from kit.errors import counted
from kit.linking.groups import Pair, Refusal, group
from kit.linking.pairs import by_birth, by_form, by_likeness, by_number
from kit.linking.parties import Party, read_parties
from kit.model import LinkBasis
from kit.tables import from_rows
from kit.territories import territory

SETTLE = "a number, an address or an owner in common would settle it"


@dataclass(frozen=True)
class Linking:
    """LINKS, and what was refused and why."""

    links: pa.Table
    refused: tuple[Refusal, ...]

    @property
    def sentence(self) -> str:
        """How many links there are, on which basis."""
        counts = Counter(self.links.column("basis").to_pylist())
        parts = [f"{counts[basis.value]:,} by {_WORDS[basis]}" for basis in LinkBasis]
        groups = len(set(self.links.column("group_id").to_pylist()))
        links, parties = counted(len(self.links), "link joins", "links join"), counted(groups, "party", "parties")
        refused = counted(
            len(self.refused),
            "pair was refused because something contradicts it",
            "pairs were refused because something contradicts them",
        )
        return f"{links} {parties} across lists: {', '.join(parts)}; {refused}. A link by name is a lead."


_WORDS = {
    LinkBasis.IDENTIFIER: "identifier", LinkBasis.BIRTH: "name and date of birth", LinkBasis.NAME: "name and territory",
}  # fmt: skip


def find_links(tables: Mapping[str, pa.Table]) -> Linking:
    """Link the same party across lists.

    Numbers come first: an INN, OGRN, IMO number or LEI in both entries, or a
    registration number with a territory or a word of the name in common. Then
    persons by an exact date of birth and the name, then firms by name and
    territory. Numbers of one kind that differ forbid a link. Vessels and
    aircraft are linked by numbers only: names of ships repeat and change.

    A link by identifier says that both entries carry one number; a branch may carry
    that of its firm. A link by name is a lead that nobody has judged.
    No link does not mean that only one list names the party.

    Args:
        tables: ENTITIES, NAMES, ADDRESSES, IDENTIFIERS, SANCTIONS of the lists, of any number of editions and authorities.

    Returns:
        LINKS, one row a pair of entries of two sources (a list and its
        authority), and the refused pairs.
    """
    parties = read_parties(tables)
    found: dict[tuple[int, int], Pair] = {}
    index = matching.build_index(tables["names"], tables["entities"])
    sources = (
        by_number(parties),
        by_birth(parties),
        by_form(parties, index.information.of),
        by_likeness(parties, index) if len({party.source for party in parties}) > 1 else (),
    )
    for source in sources:
        for pair in source:
            found.setdefault((pair.a, pair.b), pair)  # the strongest basis comes first
    kept, refused = group(parties, found.values())
    rows = [_row(parties, pair, group_id) for pair, group_id in kept]
    return Linking(from_rows("links", sorted(rows, key=lambda row: (row["entity_id_a"], row["entity_id_b"]))), tuple(refused))


def _row(parties: Sequence[Party], pair: Pair, group_id: str) -> dict[str, object]:
    one, other = parties[pair.a], parties[pair.b]
    evidence = {
        "numbers": [{"kind": kind, "value": value} for kind, value in pair.numbers],
        "names": list(pair.names), "territories": list(pair.territories), "birth": pair.birth,
    }  # fmt: skip
    return {
        "entity_id_a": one.entity_id, "entity_id_b": other.entity_id, "basis": pair.basis.value, "score": pair.score,
        "explanation": _sentence(one, other, pair), "evidence": json.dumps(evidence, ensure_ascii=False), "group_id": group_id,
    }  # fmt: skip


def _sentence(one: Party, other: Party, pair: Pair) -> str:
    """Why the two are taken for one party, at the strength of the evidence."""
    names = f"“{pair.names[0]}” and “{pair.names[1]}”"
    if pair.basis is LinkBasis.IDENTIFIER:
        kind, value = pair.numbers[0]
        label = "the number" if kind == "number" else f"{kind.upper()}"
        return f"Linked by identifier: {label} {value} stands in both entries, {names}."
    if pair.basis is LinkBasis.BIRTH:
        return f"Linked by name and date of birth: {names}, both born on {pair.birth}; a lead, no number to compare."
    where = ", ".join(territory(code).name for code in pair.territories)
    how = "agree word by word" if pair.score == 1.0 else f"are alike ({pair.score:.2f}, a similarity)"
    known = len(one.numbers.loose) > 0 and len(other.numbers.loose) > 0
    numbers = "their numbers are of different kinds" if known else "no number to compare"
    return f"Linked by name and territory: {names} {how}, both in {where}; {numbers}; a lead: {SETTLE}."
