"""Headers that merged cells spread over several rows.

A header merged downward (`No.` over two rows) makes the rows it covers one
header. A header merged to the right (`Sender` over `name` and `address`) goes in
front of the headers below it: `Sender: name`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kit.files.headers import Row, looks_like_data

MOST_HEADER_ROWS = 4


@dataclass(frozen=True)
class Merge:
    """One merged area: sheet rows from 1, columns from 0, both ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int

    @classmethod
    def of(cls, area: Any) -> Merge:
        """From calamine's ((row, column), (row, column)), counted from 0."""
        (top, left), (bottom, right) = area
        return cls(top + 1, bottom + 1, left, right)

    @property
    def is_wide(self) -> bool:
        """Whether it covers two columns or more."""
        return self.last_column > self.first_column


@dataclass(frozen=True)
class HeaderBlock:
    """The header of a table: index of its last row, and one name per column."""

    last: int
    names: tuple[str, ...]


def header_block(rows: Sequence[Row], at: int, merges: Sequence[Merge]) -> HeaderBlock:
    """Join the header found at index `at` with the rows that merged cells tie to it."""
    by_number = {row.number: i for i, row in enumerate(rows)}
    number = rows[at].number
    tied = [m for m in merges if m.first_row <= number <= m.last_row and m.last_row - m.first_row < MOST_HEADER_ROWS]
    first = min([number, *[m.first_row for m in tied if m.last_row > m.first_row]])
    last = max([number, *[m.last_row for m in tied]])
    width = len(rows[at].cells)
    wide = [m for m in merges if m.is_wide and m.last_column - m.first_column + 1 < width]
    if last == number and _has_groups(number, wide) and _all_named(rows, by_number.get(number + 1)):
        last = number + 1
    if _has_groups(first - 1, wide):
        first -= 1
    block = [rows[by_number[n]] for n in range(first, last + 1) if n in by_number]
    names = [_name(block, column, [m for m in wide if first <= m.first_row <= last]) for column in range(width)]
    return HeaderBlock(by_number.get(last, at), tuple(names))


def _has_groups(number: int, wide: Sequence[Merge]) -> bool:
    """Whether a row holds headers merged over some, but not all, columns."""
    return any(m.first_row == number and m.last_row == number for m in wide)


def _all_named(rows: Sequence[Row], at: int | None) -> bool:
    """Whether the row below could be the lower half of a header: several cells, none a number or date."""
    if at is None:
        return False
    filled = [cell for cell in rows[at].cells if cell.strip() != ""]
    return len(filled) > 1 and not any(looks_like_data(cell) for cell in filled) and len(set(filled)) < len(filled) + 1


def _name(block: Sequence[Row], column: int, wide: Sequence[Merge]) -> str:
    parts = []
    for row in block:
        over = next(
            (m.first_column for m in wide if m.first_row == row.number and m.first_column <= column <= m.last_column), column
        )
        cell = row.cells[over].strip() if over < len(row.cells) else ""
        if cell != "" and cell not in parts:
            parts.append(cell)
    return ": ".join(parts)
