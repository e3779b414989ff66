"""Labelled pairs for training: names of a public list, part of it listed; firms invented from the rest are the background.

The rest itself is no background: lists name one party, its branches and its
relatives again and again, so that many of its names are right after all.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kit.matching.asked import prepare
from kit.matching.encoding import encode
from kit.matching.features import measure
from kit.matching.index import Index, build_index
from kit.matching.retrieve import retrieve, sift
from kit.names import compare_form
from matcher_training.firms import invented_firms
from matcher_training.noise import perturb, respell

CHUNK = 8_000
RIVAL_WEIGHT = 0.5  # other listed parties near a right one: some are that party under another number
TWIN_EVERY = 6  # of so many listed parties one is listed again under a respelled name, as where several lists are loaded
INVENTED_SHARE = 0.5  # of the positive names drawn from all listed parties, invented ones among them
BACKGROUND_WEIGHT = 4.0  # ordinary parties are far more frequent in trade files than in the training names


@dataclass(frozen=True)
class Party:
    """One party of the source list with all its names."""

    number: int
    names: tuple[str, ...]
    is_person: bool


def read_parties(path: Path) -> list[Party]:
    """Parties of a list as CSV with `name`, `alt_names` (between semicolons) and `type`; vessels and aircraft are left out."""
    rows: list[tuple[list[str], bool]] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["type"] not in ("Vessel", "Aircraft"):
                names = [row["name"], *(row["alt_names"] or "").split(";")]
                rows.append(([name.strip() for name in names if name.strip() != ""], row["type"] == "Individual"))
    return _merged(rows)


def _merged(rows: list[tuple[list[str], bool]]) -> list[Party]:
    """Entries that share a name (in compare form) are one party: lists name the same party again and again."""
    root = list(range(len(rows)))

    def top(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    first: dict[str, int] = {}
    for at, (names, _) in enumerate(rows):
        for name in names:
            key = compare_form(name).replace(" ", "")
            if len(key) > 4:
                root[top(at)] = top(first.setdefault(key, at))
    groups: dict[int, list[int]] = {}
    for at in range(len(rows)):
        groups.setdefault(top(at), []).append(at)
    parties: list[Party] = []
    for members in groups.values():
        spellings = tuple(dict.fromkeys(name for at in members for name in rows[at][0]))
        parties.append(Party(len(parties), spellings, rows[members[0]][1]))
    return parties


def index_of(parties: list[Party]) -> Index:
    """An index of parties, without background."""
    rows = [(str(party.number), name) for party in parties for name in party.names]
    names = pa.table({"entity_id": [r[0] for r in rows], "name": [r[1] for r in rows], "kind": ["name"] * len(rows)})
    entities = pa.table(
        {
            "entity_id": [str(p.number) for p in parties],
            "schema": ["Person" if p.is_person else "Company" for p in parties],
            "list_id": ["train"] * len(parties),
            "list_version": ["1"] * len(parties),
            "is_address_only": [False] * len(parties),
        }
    )
    return build_index(names, entities)


def labelled_pairs(
    parties: list[Party], *, listed: int, invented: int, positives: int, background: int, seed: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_], npt.NDArray[np.float64]]:
    """Features, whether the pair is right, and the weight of each pair, for one list.

    The list holds `listed` parties of the source and `invented` firms of the
    same making as the background: near homonyms of ordinary parties.
    """
    dice = random.Random(seed)
    order = parties[:]
    dice.shuffle(order)
    inside, outside = order[:listed], order[listed:]
    people = [party.names[0] for party in outside if party.is_person]
    others = list(dict.fromkeys(invented_firms(dice, [party.names[0] for party in outside], people, background + invented)))
    dice.shuffle(others)
    real = len(inside)
    inside = inside + [Party(len(parties) + place, (name,), False) for place, name in enumerate(others[:invented])]
    twins = {
        party.number: 2 * len(parties) + len(others) + party.number for party in dice.sample(inside, len(inside) // TWIN_EVERY)
    }
    again = [
        Party(twins[p.number], tuple(respell(dice, name.upper()) for name in p.names[:2]), p.is_person)
        for p in inside
        if p.number in twins
    ]
    index = index_of(inside + again)
    keys: dict[str, set[int]] = {}
    for party in inside:
        for name in party.names:
            keys.setdefault(compare_form(name), set()).update({party.number, twins.get(party.number, party.number)})
    asked: list[tuple[str, set[int]]] = []
    while len(asked) < positives:
        party = dice.choice(inside) if dice.random() < INVENTED_SHARE else inside[dice.randrange(real)]
        name = dice.choice(party.names)
        asked.append((perturb(dice, name), keys[compare_form(name)]))
    fresh = (name for name in others[invented:] if compare_form(name) not in keys)
    asked += [(perturb(dice, name) if dice.random() < 0.5 else name, set()) for name in fresh]
    texts = [name for name, _ in asked]
    index = index.with_background(texts)
    numbers = np.array([int(key) for key in index.listed.entity_ids])
    rows, right, is_background = [], [], []
    for at in range(0, len(asked), CHUNK):
        part = asked[at : at + CHUNK]
        ready = prepare(index, [encode(name, known=index.information.list_counts) for name, _ in part])
        pairs = sift(index, ready, retrieve(index, ready))
        values, _ = measure(index, ready, pairs)
        found = numbers[index.listed.entity[pairs.listed]]
        rows.append(values)
        is_background.append(np.array([len(part[a][1]) == 0 for a in pairs.asked.tolist()], bool))
        right.append(
            np.array([number in part[a][1] for a, number in zip(pairs.asked.tolist(), found.tolist(), strict=True)], bool)
        )
    labels = np.concatenate(right)
    weight = np.where(np.concatenate(is_background), BACKGROUND_WEIGHT, np.where(labels, 1.0, RIVAL_WEIGHT))
    return np.concatenate(rows), labels, weight
