"""The score of a pair of names from what was measured: a similarity from 0 to 1, not a probability."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kit.matching.features import FEATURES

Floats = npt.NDArray[np.float32]


def score(values: Floats) -> Floats:
    """Score rows of `FEATURES`."""
    at = {name: values[:, place] for place, name in enumerate(FEATURES)}
    z = (
        at["shared"] - 0.9 * at["asked_left"] - 0.9 * at["listed_left"] - 0.15 * at["asked_left_quiet"]
        + 6 * (at["letters_alike"] - 0.8) + 4 * (at["bones_alike"] - 0.8) - 3 * at["number_listed_left"] - 8
    )  # fmt: skip
    out: Floats = (1.0 / (1.0 + np.exp(-z / 4.0))).astype(np.float32)
    return out
