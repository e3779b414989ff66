from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.matching.features import FEATURES
from kit.matching.score import score, stored_model

RISING = ("share_asked", "share_listed", "shared_both", "clean_alike", "clean_bones", "full_alike")
FALLING = ("asked_left", "listed_left", "number_listed_left")


def test_the_stored_model_fits_the_measures() -> None:
    assert stored_model().features.max() < len(FEATURES)


def test_no_pairs_give_no_scores() -> None:
    assert len(score(np.zeros((0, len(FEATURES)), np.float32))) == 0


@pytest.mark.parametrize(("name", "sign"), [(name, 1) for name in RISING] + [(name, -1) for name in FALLING])
@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_measure_that_speaks_for_a_pair_never_lowers_its_score(name: str, sign: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    rows = dice.choice([0.0, 0.3, 0.6, 0.9, 1.0, 3.0, 9.0, 20.0], size=(40, len(FEATURES))).astype(np.float32)
    more = rows.copy()
    more[:, FEATURES.index(name)] += sign * dice.random(40).astype(np.float32) * 5
    assert (score(more) >= score(rows) - 1e-6).all()
