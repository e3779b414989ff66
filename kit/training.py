"""How well the kit finds what was planted in the training case.

The training case is invented, and `data/training/truth.csv` says what was
planted where. The score says how the kit does on these difficulties; it says
nothing about any real file.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import pyarrow as pa

from kit.errors import FileError, TableError
from kit.model import Band

TRUTH_COLUMNS = (
    "plant_id", "kind", "difficulty", "record_file", "source_row", "record_name", "role", "list_row", "list_name",
    "list_also_known_as", "list_address", "should_match", "group", "records", "why",
)  # fmt: skip
_LINKS = ("name", "address")  # kinds of planted things that are a link to a list entry
_QUIET = ("decoy", "homonym", "hazard", "address")  # kinds that can be a name of nobody on the list
ROWS = pa.schema(
    [
        pa.field(name, pa.string())
        for name in ("outcome", *TRUTH_COLUMNS[:4], "record_name", "list_name", "raised_name", "band", "why")
    ]
)


class Outcome(StrEnum):
    """What became of one planted thing, or of a name that was raised although nothing was planted."""

    FOUND = "found"
    MISSED = "missed"
    RAISED = "falsely raised"
    SAME_NAME = "same name elsewhere, raised"
    QUIET = "rightly quiet"


@dataclass(frozen=True)
class DifficultyScore:
    """Planted links of one difficulty, and how many of them were found."""

    difficulty: str
    links: int
    found: int


@dataclass(frozen=True)
class TrainingScore:
    """What was found, missed and falsely raised among the planted links.

    A link is a record name, or an address, that belongs to an entry of the
    list. It is `found` if the right entry stands first among its candidates in
    the band strong or middle, else `missed`. `decoys` counts planted names of
    nobody on the list; `decoys_raised` those among them with a strong
    candidate; `falsely_raised` those and every ordinary name with a strong
    candidate. `same_name_raised` are firms of the same name in another
    territory: a name alone cannot tell them apart, so they count by themselves.
    `rows` has one row for each of these, with `outcome` first.
    """

    links: int
    found: int
    missed: int
    decoys: int
    decoys_raised: int
    falsely_raised: int
    same_name: int
    same_name_raised: int
    by_difficulty: tuple[DifficultyScore, ...]
    rows: pa.Table

    @property
    def sentence(self) -> str:
        """The score in words, for the screen."""
        return (
            f"Of {self.links:,} planted links {self.found:,} were found and {self.missed:,} missed; "
            f"falsely raised: {self.decoys_raised:,} of {self.decoys:,} planted look-alikes, and "
            f"{self.falsely_raised - self.decoys_raised:,} ordinary names. Raised too: {self.same_name_raised:,} of "
            f"{self.same_name:,} firms that bear a listed name in another territory, which only a person can tell apart."
        )


@dataclass(frozen=True)
class _Best:
    """The best candidate of a record name."""

    entity_name: str
    band: str


def score_training(candidates: pa.Table, truth_path: Path) -> TrainingScore:
    """Compare candidates with what was planted.

    The score is about names and addresses. Planted repeats, bills, chains,
    dates and codes are in the same file but are not candidates.

    Args:
        candidates: CANDIDATES of the training case's names against its list.
        truth_path: `truth.csv` of the training case.

    Returns:
        Counts, counts by difficulty (hardest first), and one row for each
        planted name and each falsely raised one.

    Raises:
        FileError: If there is no such file.
        TableError: If its columns are not those of a truth table.
    """
    truth = read_truth(truth_path)
    best = _best_candidates(candidates)
    rows = [_judged(row, best.get(row["record_name"])) for row in truth if _is_scored(row)]
    planted = {row["record_name"] for row in truth}
    for name, candidate in best.items():
        if name not in planted and candidate.band == Band.STRONG:
            rows.append(
                _row(
                    Outcome.RAISED,
                    {"kind": "ordinary", "record_name": name, "why": "no party of this name was planted"},
                    candidate,
                )
            )
    return _summed(rows)


def read_truth(path: Path) -> tuple[dict[str, str], ...]:
    """Read a truth table strictly, every cell as text.

    Raises:
        FileError: If there is no such file.
        TableError: If a column is missing or unknown.
    """
    if not path.exists():
        raise FileError.missing(path)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        found = tuple(reader.fieldnames or ())
        faults = [f"missing column {name!r}" for name in TRUTH_COLUMNS if name not in found]
        faults += [f"unknown column {name!r}" for name in found if name not in TRUTH_COLUMNS]
        if len(faults) > 0:
            raise TableError.faults(path.name, faults)
        return tuple(reader)


def _is_scored(row: Mapping[str, str]) -> bool:
    is_link = row["kind"] in _LINKS and row["should_match"] == "yes"
    return is_link or (row["kind"] in _QUIET and row["should_match"] == "no")


def _best_candidates(candidates: pa.Table) -> dict[str, _Best]:
    """The candidate of rank 1 by record name."""
    wanted = candidates.select(["record_name", "entity_name", "band", "rank"]).to_pylist()
    return {row["record_name"]: _Best(row["entity_name"], row["band"]) for row in wanted if row["rank"] == 1}


def _names_of(row: Mapping[str, str]) -> set[str]:
    """Every name, or the address, under which the list has the planted party."""
    names = [row["list_name"], row["list_address"], *row["list_also_known_as"].split(";")]
    return {name.strip().casefold() for name in names if name.strip() != ""}


def _judged(row: Mapping[str, str], best: _Best | None) -> dict[str, Any]:
    if row["should_match"] == "yes":
        is_found = best is not None and best.band != Band.WEAK and best.entity_name.strip().casefold() in _names_of(row)
        return _row(Outcome.FOUND if is_found else Outcome.MISSED, row, best)
    if best is None or best.band != Band.STRONG:
        return _row(Outcome.QUIET, row, best)
    return _row(Outcome.SAME_NAME if row["kind"] == "homonym" else Outcome.RAISED, row, best)


def _row(outcome: Outcome, row: Mapping[str, str], best: _Best | None) -> dict[str, Any]:
    raised = {} if best is None else {"raised_name": best.entity_name, "band": best.band}
    return {**{name: row.get(name) for name in ROWS.names}, **raised, "outcome": outcome.value}


def _summed(rows: Sequence[Mapping[str, Any]]) -> TrainingScore:
    outcomes = [row["outcome"] for row in rows]
    links = [row for row in rows if row["outcome"] in (Outcome.FOUND, Outcome.MISSED)]
    decoys = [row for row in rows if row["kind"] in _QUIET and row["kind"] != "homonym" and row not in links]
    homonyms = [row for row in rows if row["kind"] == "homonym"]
    found = outcomes.count(Outcome.FOUND)
    return TrainingScore(
        links=len(links),
        found=found,
        missed=len(links) - found,
        decoys=len(decoys),
        decoys_raised=sum(row["outcome"] == Outcome.RAISED for row in decoys),
        falsely_raised=outcomes.count(Outcome.RAISED),
        same_name=len(homonyms),
        same_name_raised=outcomes.count(Outcome.SAME_NAME),
        by_difficulty=_by_difficulty(links),
        rows=pa.Table.from_pylist(list(rows), schema=ROWS),
    )


def _by_difficulty(links: Sequence[Mapping[str, Any]]) -> tuple[DifficultyScore, ...]:
    out = []
    for difficulty in sorted({str(row["difficulty"]) for row in links}):
        of_it = [row for row in links if row["difficulty"] == difficulty]
        out.append(DifficultyScore(difficulty, len(of_it), sum(row["outcome"] == Outcome.FOUND for row in of_it)))
    return tuple(sorted(out, key=lambda score: (score.found / score.links, score.difficulty)))
