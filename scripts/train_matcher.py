"""Learn the matcher's score again and store it as plain data.

    python scripts/train_matcher.py LIST.csv

LIST.csv is a public list with the columns `name, alt_names, type` (the compact
form of the US Consolidated Screening List). Half of its parties are listed, the
others and invented firms are the background; names are changed as trade records
change them (matcher_training/noise.py); the words of invented firms are counted on
the same list (matcher_training/shapes.py). Writes data/reference/match_model.json.
The same list and seed give the same file.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from matcher_training.pairs import labelled_pairs, read_parties
from matcher_training.trees import Tree, fit, settled

from kit.matching.features import FEATURES

OUT = Path(__file__).resolve().parent.parent / "data" / "reference" / "match_model.json"
# A feature that only ever speaks for (1) or against (-1) a pair.
DIRECTIONS = {
    "share_asked": 1,
    "share_listed": 1,
    "shared_both": 1,
    "asked_left": -1,
    "listed_left": -1,
    "clean_alike": 1,
    "clean_bones": 1,
    "full_alike": 1,
    "number_listed_left": -1,
    "runs_shared": 1,
    "exact_nats": 1,
    "lead_shared": 1,
    "lead_alike": 1,
}
# Lists and files of several sizes: (listed parties, invented ones listed with them, positive names, background names).
SIZES = ((13_000, 1_500, 40_000, 150_000), (6_000, 500, 20_000, 70_000), (700, 30, 5_000, 25_000))


def main() -> None:
    """Train on the list named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--trees", type=int, default=320)
    parser.add_argument("--depth", type=int, default=6)
    parser.add_argument("--rate", type=float, default=0.12)
    parser.add_argument("--out", type=Path, default=OUT, help="where the model goes")
    parser.add_argument("--cache", type=Path, help="keep the measured pairs here (npz)")
    asked = parser.parse_args()
    parties = read_parties(asked.list)
    if asked.cache is not None and asked.cache.exists():
        stored = np.load(asked.cache)
        values, right, weight = stored["values"], stored["right"], stored["weight"]
    else:
        parts = [
            labelled_pairs(
                parties,
                listed=min(size, len(parties) * 2 // 3),
                invented=made,
                positives=yes,
                background=no,
                seed=asked.seed + step,
            )
            for step, (size, made, yes, no) in enumerate(SIZES)
        ]
        values, right, weight = (np.concatenate([part[k] for part in parts]) for k in range(3))
        if asked.cache is not None:
            np.savez(asked.cache, values=values, right=right, weight=weight)
    print(f"{len(right)} pairs, {int(right.sum())} right")
    direction = np.array([DIRECTIONS.get(name, 0) for name in FEATURES], np.int8)
    base, trees = fit(values, right, weight, direction, trees=asked.trees, depth=asked.depth, rate=asked.rate, seed=asked.seed)
    asked.out.write_text(
        json.dumps(as_data(base, trees, direction, asked.list.name, asked.seed, len(right)), indent=None) + "\n", encoding="utf-8"
    )
    print(f"wrote {asked.out.name}: {asked.out.stat().st_size // 1024} kB")


def as_data(
    base: float, trees: list[Tree], direction: npt.NDArray[np.int8], source: str, seed: int, pairs: int
) -> dict[str, object]:
    """The model as JSON: features by name, trees as questions and leaf values."""
    return {
        "what": "symmetric boosted trees: leaf number = sum over levels of (feature > threshold) << level",
        "source": source,
        "seed": seed,
        "pairs": pairs,
        "features": list(FEATURES),
        "base": round(base, 6),
        "trees": [
            {
                "features": tree.features,
                "thresholds": [float(np.float32(t)) for t in tree.thresholds],
                "leaves": [round(v, 5) for v in settled(np.round(tree.leaves, 5), tree.features, direction).tolist()],
            }
            for tree in trees
        ],
    }


if __name__ == "__main__":
    main()
