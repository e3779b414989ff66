"""Where a table begins: the header row, found by evidence, under titles and logos."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

LOOK = 60  # rows looked at
NUMBER = re.compile(r"[-+(]?[\d\s.,'%]*\d[\d\s.,'%]*\)?")
YEAR = re.compile(r"(19|20)\d\d")
DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*")


@dataclass(frozen=True)
class Row:
    """One row of the beginning of a file: the line where it begins, the last line it takes, its cells."""

    number: int
    end: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> int:
        """Number of cells that hold something."""
        return sum(cell.strip() != "" for cell in self.cells)

    @property
    def extent(self) -> int:
        """Position of the last filled cell."""
        return max((i for i, cell in enumerate(self.cells, 1) if cell.strip() != ""), default=0)


def looks_like_data(cell: str) -> bool:
    """Whether a cell is a number or date such as no header is (a year is one).

    >>> [looks_like_data(cell) for cell in ["1 234,56", "2024", "17.3.2014", "HS code"]]
    [True, False, True, False]
    """
    text = cell.strip()
    if YEAR.fullmatch(text):
        return False
    return NUMBER.fullmatch(text) is not None or DATE.fullmatch(text) is not None


def find_header(rows: Sequence[Row]) -> int:
    """The index of the header among the first rows.

    It is the first row that fills at least half as many cells as the rows
    below it usually do, and that is not all numbers. With nothing to go by it is
    the first row that holds anything.

    >>> rows = [Row(1, 1, ("Report of May", "", "")), Row(2, 2, ("name", "code", "value")), Row(3, 3, ("A", "1", "2"))]
    >>> find_header(rows)
    1
    """
    seen = rows[:LOOK]
    for i, row in enumerate(seen):
        below = [other.filled for other in seen[i + 1 :] if other.filled > 0]
        usual = median(below) if len(below) > 0 else row.filled
        widest = max(below, default=0)
        if row.filled == 0 or row.filled < 0.5 * usual or (row.filled == 1 and usual > 1):
            continue
        if row.filled < 3 and widest >= 3 * row.filled:
            continue
        if (
            all(looks_like_data(cell) for cell in row.cells if cell.strip() != "")
            and row.filled > 1
            and _named_below(seen[i + 1 :])
        ):
            continue
        return i
    return next((i for i, row in enumerate(seen) if row.filled > 0), 0)


def _named_below(rows: Sequence[Row]) -> bool:
    """Whether a row without any number or date follows soon."""
    return any(row.filled > 1 and not any(looks_like_data(cell) for cell in row.cells) for row in rows[:5])


def header_doubt(row: Row) -> str | None:
    """A sentence of doubt if the header holds cells that look like data."""
    suspect = [cell.strip() for cell in row.cells if cell.strip() != "" and looks_like_data(cell)]
    if len(suspect) > 0 and len(suspect) * 2 >= row.filled:
        return f"row {row.number} was taken as the header but looks like data ({suspect[0]!r}); the file may have no header"
    return None


def usual_extent(rows: Sequence[Row]) -> int:
    """How many cells most of the rows reach; the fewer, if two numbers are equally common."""
    counts = Counter(row.extent for row in rows if row.filled > 0)
    return min(counts, key=lambda extent: (-counts[extent], extent)) if len(counts) > 0 else 0
