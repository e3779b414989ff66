from __future__ import annotations

import numpy as np
import pyarrow.parquet as pq
import pytest

from kit.matching import build_index, rank_names
from tests.matching.factory import entities, names
from tests.shared_files import shared

FLOOR = 0.88  # recall at 1 % false alerts; the best TF-IDF reaches .60
TOP = 0.93  # share of changed names whose right party stands on top


@pytest.mark.shared
def test_recall_on_the_small_benchmark_stays_above_the_floor() -> None:
    watch = pq.read_table(shared("data", "bench", "watchlist.parquet")).to_pylist()
    asked = pq.read_table(shared("data", "bench", "queries_10k.parquet")).to_pylist()
    truth = pq.read_table(shared("data", "bench", "truth_10k.parquet")).to_pylist()
    first = {str(row["entity"]): row["name"] for row in watch}
    index = build_index(names([(str(r["entity"]), r["name"], "name") for r in watch]), entities(list(first.items())))
    texts = [row["name"] for row in asked]
    ranked = rank_names(index.with_background(texts), texts, most=1)
    right: dict[int, set[int]] = {}
    for row in truth:
        right.setdefault(row["qid"], set()).add(row["entity"])
    score = np.full(len(texts), -1.0)
    hit = np.zeros(len(texts), bool)
    party = [int(key) for key in index.listed.entity_ids]
    for place, listed, value in zip(ranked.asked.tolist(), ranked.listed.tolist(), ranked.score.tolist(), strict=True):
        score[place] = value
        hit[place] = party[index.listed.entity[listed]] in right[asked[place]["qid"]]
    positive = np.array([-1 not in right[row["qid"]] for row in asked])
    threshold = np.sort(score[~positive])[::-1][int(0.01 * (~positive).sum())]
    assert (hit & positive).sum() / positive.sum() >= TOP
    assert (hit & positive & (score > threshold)).sum() / positive.sum() >= FLOOR
