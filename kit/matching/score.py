"""The score of a pair of names from what was measured: a similarity from 0 to 1, not a probability.

The score is learned (scripts/train_matcher.py) and stored as plain data in
data/reference/match_model.json: symmetric trees, each a few yes-or-no questions
about the features and a value for every pattern of answers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from kit.errors import MatchingError
from kit.matching.features import FEATURES
from kit.reference import data_path

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """Trees as arrays: questions by tree and level, leaf values by tree."""

    base: float
    features: npt.NDArray[np.int64]
    thresholds: Floats
    leaves: Floats


def score(values: Floats) -> Floats:
    """Score rows of `FEATURES`."""
    model = stored_model()
    columns = np.ascontiguousarray(values.T)
    raw = np.full(len(values), model.base, np.float32)
    for questions, thresholds, leaves in zip(model.features, model.thresholds, model.leaves, strict=True):
        leaf = np.zeros(len(values), np.int64)
        for level, (feature, threshold) in enumerate(zip(questions, thresholds, strict=True)):
            leaf |= (columns[feature] > threshold).astype(np.int64) << level
        raw += leaves[leaf]
    out: Floats = (1.0 / (1.0 + np.exp(-raw))).astype(np.float32)
    thin = _is_thin(columns)
    out[thin] *= THIN
    return out


THIN = 0.90  # the most that a pair may score whose only common word is common or short
COMMON_WORD = 8.5  # nats: one name in 5,000
SHORT_WORD = 4  # letters


def _is_thin(columns: Floats) -> npt.NDArray[np.bool_]:
    """One word met, and that word is common or short: the same name, but nothing else is known."""
    at = FEATURES.index
    one = columns[at("count_met")] <= 1
    common = columns[at("best_word")] < COMMON_WORD
    out: npt.NDArray[np.bool_] = one & (common | (columns[at("best_letters")] <= SHORT_WORD))
    return out


@cache
def stored_model() -> Model:
    """The model that ships with the kit.

    Raises:
        MatchingError: If its features are not those that the code measures.
    """
    data = json.loads(data_path("reference", "match_model.json").read_text(encoding="utf-8"))
    if tuple(data["features"]) != FEATURES:
        raise MatchingError.bad_model("its features are not those of kit/matching/features.py")
    trees = data["trees"]
    return Model(
        float(data["base"]),
        np.array([tree["features"] for tree in trees], np.int64),
        np.array([tree["thresholds"] for tree in trees], np.float32),
        np.array([tree["leaves"] for tree in trees], np.float32),
    )
