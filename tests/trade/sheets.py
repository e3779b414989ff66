"""Invented trade files, written where a test wants them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kit.tables import ReadResult
from kit.trade import read_trade

STANDARD = {
    "date": "2023-05-04",
    "consignor_name": "VEROLAN TRADE LTD STI",
    "consignee_name": "ООО ЗАРНИЦА",
    "hs_code": "8542319000",
    "value": "1200.50",
    "currency": "USD",
}


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """Write rows with the keys of the first as header."""
    with path.open("w", encoding=encoding, newline="") as file:
        out = csv.DictWriter(file, list(rows[0]), delimiter=delimiter, lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
    return path


def read_standard(folder: Path, *changes: Mapping[str, Any]) -> ReadResult:
    """Read a file in the kit's own columns, one row for each set of changes."""
    keys = {key: "" for change in changes for key in change}
    rows = [{**keys, **STANDARD, **change} for change in changes]
    return read_trade(write_csv(folder / "records.csv", rows))


def rows_of(result: ReadResult) -> list[dict[str, Any]]:
    """The rows of the first table of a result."""
    table = next(iter(result.tables.values()))
    return list(table.to_pylist())
