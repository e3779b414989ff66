"""Gradient-boosted symmetric trees in numpy: every level of a tree asks one question of all rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
BINS = 64


@dataclass
class Tree:
    """Questions (feature, threshold) by level, and a value for each pattern of answers."""

    features: list[int]
    thresholds: list[float]
    leaves: Floats


def thresholds_of(values: npt.NDArray[np.float32]) -> list[npt.NDArray[np.float32]]:
    """Candidate thresholds of each column: its quantiles, each once."""
    steps = np.linspace(0, 1, BINS + 1)[1:-1]
    return [np.unique(np.quantile(column, steps).astype(np.float32)) for column in values.T]


def fit(
    values: npt.NDArray[np.float32],
    right: npt.NDArray[np.bool_],
    weight: Floats,
    direction: npt.NDArray[np.int8],
    *,
    trees: int,
    depth: int,
    rate: float,
    seed: int,
) -> tuple[float, list[Tree]]:
    """Learn trees for the logistic loss; a feature of direction 1 never lowers, of -1 never raises the score."""
    cuts = thresholds_of(values)
    bins = np.column_stack([np.searchsorted(cut, column, "left") for cut, column in zip(cuts, values.T, strict=True)])
    bins = np.asfortranarray(bins.astype(np.int64))
    share = float((weight * right).sum() / weight.sum())
    base = float(np.log(share / (1 - share)))
    raw = np.full(len(right), base)
    dice = np.random.default_rng(seed)
    out = []
    for number in range(trees):
        chance = 1 / (1 + np.exp(-raw))
        slope, bend = weight * (right - chance), weight * chance * (1 - chance)
        rows, factor = _telling_rows(slope, dice)
        columns = np.flatnonzero(dice.random(values.shape[1]) < 0.7)
        tree, _ = _grow(bins[rows], slope[rows] * factor, bend[rows] * factor, cuts, columns, depth)
        leaf = _leaf_of(values, tree)
        total = np.bincount(leaf, slope, 1 << depth).astype(np.float64)
        mass = np.bincount(leaf, bend, 1 << depth).astype(np.float64)
        step = _monotone(total / (mass + 3.0), mass + 3.0, tree.features, direction)
        # Pooling can overshoot: go along the pooled values only as far as the loss falls.
        reach = float(np.clip((total * step).sum() / max(((mass + 3.0) * step**2).sum(), 1e-9), 0.0, 1.0))
        tree.leaves = rate * reach * step
        raw += tree.leaves[leaf]
        out.append(tree)
        if number % 25 == 0:
            loss = -float((weight * np.where(right, np.log(chance + 1e-12), np.log(1 - chance + 1e-12))).sum() / weight.sum())
            print(f"tree {number}: log loss {loss:.5f}", flush=True)
    return base, out


STEEP = 0.08  # share of rows that are always looked at: those that the trees so far get most wrong
SAMPLED = 0.08  # share of the others


def _telling_rows(slope: Floats, dice: np.random.Generator) -> tuple[npt.NDArray[np.intp], Floats]:
    """Rows that a tree is grown from, and their factors: the steepest, and a sample of the rest that stands for all of it.

    Gradient-based one-side sampling (Ke and others, LightGBM, NIPS 2017).
    """
    size = np.abs(slope)
    least = np.quantile(size, 1 - STEEP)
    steep = size >= least
    chosen = steep | (dice.random(len(slope)) < SAMPLED)
    rows = np.flatnonzero(chosen)
    return rows, np.where(steep[rows], 1.0, 1.0 / SAMPLED)


def _grow(
    bins: npt.NDArray[np.int64],
    slope: Floats,
    bend: Floats,
    cuts: list[npt.NDArray[np.float32]],
    columns: npt.NDArray[np.intp],
    depth: int,
) -> tuple[Tree, npt.NDArray[np.int64]]:
    leaf = np.zeros(len(slope), np.int64)
    tree = Tree([], [], np.zeros(1 << depth))
    for level in range(depth):
        best = (-1.0, 0, 0)
        for feature in columns.tolist():
            count = len(cuts[feature]) + 1
            if count < 2:
                continue
            at = leaf * count + bins[:, feature]
            size = (1 << level) * count
            total = np.bincount(at, slope, size).reshape(-1, count).cumsum(axis=1)
            mass = np.bincount(at, bend, size).reshape(-1, count).cumsum(axis=1)
            low, high = total[:, :-1], total[:, -1:] - total[:, :-1]
            gain = (low**2 / (mass[:, :-1] + 3.0) + high**2 / (mass[:, -1:] - mass[:, :-1] + 3.0)).sum(axis=0)
            place = int(gain.argmax())
            if gain[place] > best[0]:
                best = (float(gain[place]), feature, place)
        _, feature, place = best
        tree.features.append(feature)
        tree.thresholds.append(float(cuts[feature][place]))
        leaf += (bins[:, feature] > place).astype(np.int64) << level
    return tree, leaf


def _leaf_of(values: npt.NDArray[np.float32], tree: Tree) -> npt.NDArray[np.int64]:
    leaf = np.zeros(len(values), np.int64)
    for level, (feature, threshold) in enumerate(zip(tree.features, tree.thresholds, strict=True)):
        leaf += (values[:, feature] > np.float32(threshold)).astype(np.int64) << level
    return leaf


def _monotone(leaves: Floats, mass: Floats, features: list[int], direction: npt.NDArray[np.int8]) -> Floats:
    """Pool leaves that break a direction until none does."""
    out = leaves.copy()
    numbers = np.arange(len(out))
    for _ in range(20):
        changed = False
        for level, feature in enumerate(features):
            sign = int(direction[feature])
            if sign == 0:
                continue
            low = numbers[(numbers >> level) & 1 == 0]
            high = low | (1 << level)
            wrong = sign * out[low] > sign * out[high] + 1e-12
            if wrong.any():
                changed = True
                a, b = low[wrong], high[wrong]
                out[a] = out[b] = (out[a] * mass[a] + out[b] * mass[b]) / (mass[a] + mass[b])
        if not changed:
            break
    return out


def settled(leaves: Floats, features: list[int], direction: npt.NDArray[np.int8]) -> Floats:
    """Take out what pooling left: halfway between the least raised and the least lowered leaves that keep every direction."""
    raised, lowered = leaves.copy(), leaves.copy()
    numbers = np.arange(len(leaves))
    for level, feature in enumerate(features):
        sign = int(direction[feature])
        if sign == 0:
            continue
        without = numbers[(numbers >> level) & 1 == 0]
        above = without | (1 << level)
        small, large = (without, above) if sign > 0 else (above, without)
        raised[large] = np.maximum(raised[small], raised[large])
        lowered[small] = np.minimum(lowered[small], lowered[large])
    return (raised + lowered) / 2
