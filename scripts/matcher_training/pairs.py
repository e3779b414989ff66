"""Labelled pairs for training: names of a public list, half of it listed, the other half and invented firms as background."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from matcher_training.noise import FORMS, perturb

from kit.matching.encoding import encode
from kit.matching.features import measure
from kit.matching.index import Index, build_index
from kit.matching.retrieve import prepare, retrieve, sift
from kit.names import compare_form
from kit.reference import read_reference

CHUNK = 8_000
BACKGROUND_WEIGHT = 4.0  # ordinary parties are far more frequent in trade files than in the training names


@dataclass(frozen=True)
class Party:
    """One party of the source list with all its names."""

    number: int
    names: tuple[str, ...]
    is_person: bool


def read_parties(path: Path) -> list[Party]:
    """Parties of a list as CSV with `name`, `alt_names` (between semicolons) and `type`; vessels and aircraft are left out."""
    out = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["type"] in ("Vessel", "Aircraft"):
                continue
            names = [row["name"], *(row["alt_names"] or "").split(";")]
            kept = tuple(dict.fromkeys(name.strip() for name in names if name.strip() != ""))
            out.append(Party(len(out), kept, row["type"] == "Individual"))
    return out


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


def invented_firms(dice: random.Random, parties: list[Party], count: int) -> list[str]:
    """Names put together of words that real names hold, of common words, and of Chinese syllables."""
    words = [word for party in parties for name in party.names for word in encode(name).words if len(word) > 1]
    common = [row["word"] for row in read_reference("reference", "common_words.csv")]
    firsts = [encode(p.names[0]).words for p in parties if p.is_person]
    places = [row["place"] for row in read_reference("reference", "place_words.csv") if row["territory"] in ("CN", "TR", "RU", "IN", "AE")]
    syllables = sorted({word for word in words if 2 <= len(word) <= 5 and word[-1] in "AEIOUNG"})
    goods = sorted({w for row in read_reference("reference", "hs_texts.csv") for w in encode(row["text"]).words if len(w) > 3})
    heads = [word[: dice.randint(3, 6)] for word in words if len(word) > 6]
    tails = [word[-dice.randint(3, 6) :] for word in words if len(word) > 6]
    out = []
    while len(out) < count:
        kind = dice.random()
        if kind < 0.12:
            letters = "".join(dice.choices("ABCDEFGHIKLMNOPRSTUVXZ", k=dice.randint(2, 4)))
            parts = [letters, *dice.choices(common[:300], k=dice.choice([0, 0, 1]))]
        elif kind < 0.20:
            parts = [dice.choice(goods), *dice.choices(common[:300], k=dice.choice([0, 0, 1]))]
        elif kind < 0.32:
            parts = [dice.choice(heads) + dice.choice(tails), *dice.choices(common[:300], k=dice.choice([0, 0, 1]))]
        elif kind < 0.42:
            base = list(encode(dice.choice(dice.choice(parties).names)).words[:6])
            base[dice.randrange(len(base))] = dice.choice(words)
            parts = base
        elif kind < 0.62:
            brand = "".join(dice.choices(syllables, k=dice.randint(2, 3))) if dice.random() < 0.5 else " ".join(dice.choices(syllables, k=2))
            parts = [dice.choice(places), brand, *dice.choices(common[:400], k=dice.randint(1, 2))]
        elif kind < 0.85:
            parts = [*dice.choices(words, k=dice.randint(1, 3)), *dice.choices(common, k=dice.randint(0, 2))]
        elif kind < 0.93 and len(firsts) > 1:
            parts = [dice.choice(dice.choice(firsts)) for _ in range(dice.randint(2, 3))]
        else:
            parts = [*dice.choices(common, k=dice.randint(1, 3)), *dice.choices(words, k=1)]
        name = " ".join(parts)
        out.append(f"{dice.choice(FORMS)} {name}" if dice.random() < 0.3 else f"{name} {dice.choice(FORMS)}" if dice.random() < 0.7 else name)
    return out


def labelled_pairs(
    parties: list[Party], *, listed: int, positives: int, background: int, seed: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_], npt.NDArray[np.float64]]:
    """Features, whether the pair is right, and the weight of each pair, for one list of `listed` parties."""
    dice = random.Random(seed)
    order = parties[:]
    dice.shuffle(order)
    inside, outside = order[:listed], order[listed:]
    index = index_of(inside)
    keys: dict[str, set[int]] = {}
    for party in inside:
        for name in party.names:
            keys.setdefault(compare_form(name), set()).add(party.number)
    asked: list[tuple[str, set[int]]] = []
    while len(asked) < positives:
        name = dice.choice(dice.choice(inside).names)
        asked.append((perturb(dice, name), keys[compare_form(name)]))
    others = [dice.choice(party.names) for party in dice.choices(outside, k=background // 3)] if len(outside) > 0 else []
    others += invented_firms(dice, parties, background - len(others))
    for name in others:
        if compare_form(name) not in keys:
            asked.append((perturb(dice, name) if dice.random() < 0.5 else name, set()))
    texts = [name for name, _ in asked]
    index = index.with_background(texts)
    numbers = np.array([int(key) for key in index.listed.entity_ids])
    rows, right, is_background = [], [], []
    for at in range(0, len(asked), CHUNK):
        part = asked[at : at + CHUNK]
        ready = prepare(index, [encode(name, known=index.information.list_counts) for name, _ in part])
        pairs = sift(index, ready, retrieve(index, ready))
        values, _ = measure(index, ready, pairs)
        party = numbers[index.listed.entity[pairs.listed]]
        rows.append(values)
        is_background.append(np.array([len(part[a][1]) == 0 for a in pairs.asked.tolist()], bool))
        right.append(np.array([number in part[a][1] for a, number in zip(pairs.asked.tolist(), party.tolist(), strict=True)], bool))
    labels = np.concatenate(right)
    return np.concatenate(rows), labels, np.where(np.concatenate(is_background), BACKGROUND_WEIGHT, 1.0)
