"""The table of text that reading a file gives, and how it is put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from kit.errors import TableError
from kit.tables import from_rows, reject

UNNAMED = re.compile(r"column \d+")
ROW = "source_row"
# Marks of direction, joiners and byte order that copying out of documents leaves around a text; and blanks beside them.
UNSEEN = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff \t\u00a0"
REPEATED = re.compile(r" \(\d+\)$")  # what `unique_names` adds


@dataclass(frozen=True)
class Sheet:
    """One table of a file, as text.

    Attributes:
        source_file: Name of the file, without its folder.
        sheet: Name of the sheet of a workbook, else None.
        header_row: 1-based line or sheet row of the header; 0 if the file has none.
        columns: Headers as the file spells them, trimmed; a repeated one gets " (2)".
        rows: One text column per header, and `source_row` (int64): the 1-based
            line or sheet row where the row begins. Cells are trimmed; an empty cell is null.
        rejects: REJECTS, one row for each row of the file that could not be read.
        encoding: Of a text file, else None.
        delimiter: Of a text file, else None (also if it has a single column).
        notes: What was assumed or left out, one sentence each.
    """

    source_file: str
    sheet: str | None
    header_row: int
    columns: tuple[str, ...]
    rows: pa.Table
    rejects: pa.Table
    encoding: str | None = None
    delimiter: str | None = None
    notes: tuple[str, ...] = ()

    def select(self, columns: Sequence[str]) -> Sheet:
        """Keep only some columns.

        Raises:
            TableError: If the sheet lacks one of them; all are named.
        """
        missing = [name for name in columns if name not in self.columns]
        if len(missing) > 0:
            has = ", ".join(repr(name) for name in self.columns)
            raise TableError.faults(self.source_file, [f"missing column {name!r}; the file has {has}" for name in missing])
        return replace(self, columns=tuple(columns), rows=self.rows.select([*columns, ROW]))


@dataclass(frozen=True)
class Refusal:
    """A row that could not be read: where it begins, why, and how it stood."""

    number: int
    reason: str
    content: str


@dataclass
class Batch:
    """Rows of equal width with the line where each begins, and what was refused among them."""

    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    repaired: list[int] = field(default_factory=list)


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    r"""Trim headers, name the nameless, and number the repeated ones.

    >>> unique_names(["Name", " Name", "", "Street\nand no."])
    ('Name', 'Name (2)', 'column 3', 'Street and no.')
    """
    taken = {ROW}
    used: dict[str, int] = {}
    out = []
    for position, raw in enumerate(names, 1):
        name = " ".join(raw.split()) or f"column {position}"
        unique, n = name, used.get(name, 1)
        while unique in taken:
            n += 1
            unique = f"{name} ({n})"
        used[name] = n
        taken.add(unique)
        out.append(unique)
    return tuple(out)


def plain_number(value: float) -> str:
    """A number as text: no `.0`, no exponent, 15 digits at most, as spreadsheets show them.

    >>> [plain_number(v) for v in (8703.0, 0.1 + 0.2, 1e-7, 1e20)]
    ['8703', '0.3', '0.0000001', '100000000000000000000']
    """
    if value.is_integer():
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")


def trim(column: pa.Array) -> pa.Array:
    """Take the blanks and unseen marks around the cells of a text column away."""
    return pc.utf8_trim(pc.utf8_trim_whitespace(column), UNSEEN)


def clean(column: pa.Array) -> pa.Array:
    """Trim the blanks and unseen marks around the cells of a text column and turn empty cells into null."""
    trimmed = trim(column)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def to_table(columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> pa.Table:
    """Turn rows of equal width into a table of cleaned text."""
    cells = list(zip(*rows, strict=True)) if len(rows) > 0 else [()] * len(columns)
    arrays = [clean(pa.array(cell, pa.string())) for cell in cells]
    return pa.Table.from_arrays([*arrays, pa.array(numbers, pa.int64())], names=[*columns, ROW])


def without_empty(rows: pa.Table) -> tuple[pa.Table, int]:
    """Leave out rows in which every cell is empty; say how many."""
    if rows.num_columns == 1 or len(rows) == 0:
        return rows, 0
    sparse = None
    for name in rows.column_names[:-1]:
        empty = pc.is_null(rows.column(name))
        sparse = empty if sparse is None else pc.and_(sparse, empty)
        if pc.any(sparse).as_py() is not True:
            return rows, 0
    kept = rows.filter(pc.invert(sparse))
    return kept, len(rows) - len(kept)


def without_furniture(rows: pa.Table) -> tuple[pa.Table, list[str]]:
    """Leave out rows that repeat the header, as pages do, and a first row that numbers the columns; say which."""
    rows, furniture = part_furniture(rows, is_first=True)
    return rows, furniture_notes(furniture)


@dataclass(frozen=True)
class Furniture:
    """Lines that belong to the look of a table: one that numbers the columns, and those that repeat the header."""

    numbering: tuple[int, ...] = ()
    headers: tuple[int, ...] = ()

    def __add__(self, other: Furniture) -> Furniture:
        return Furniture(self.numbering + other.numbering, self.headers + other.headers)


def furniture_notes(furniture: Furniture) -> list[str]:
    """What was left out of a table, in sentences."""
    notes = [f"left out row {number}, which numbers the columns" for number in furniture.numbering]
    again = furniture.headers
    return [*notes, f"left out what repeats the header: {lines_phrase(again)}"] if len(again) > 0 else notes


def part_furniture(rows: pa.Table, *, is_first: bool) -> tuple[pa.Table, Furniture]:
    """Leave furniture out of a part of a table; only the first part can hold a row that numbers the columns."""
    names = rows.column_names[:-1]
    numbering: tuple[int, ...] = ()
    if len(names) < 2 or len(rows) == 0:
        return rows, Furniture()
    if is_first and _numbers_columns(rows):
        numbering = (rows.column(ROW)[0].as_py(),)
        rows = rows.slice(1)
    same = pa.chunked_array([pa.repeat(pa.scalar(True), len(rows))])
    for name in names:
        bare = REPEATED.sub("", name)
        spelled = pa.array([name, bare]) if bare in names else pa.array([name])
        empty = pc.is_null(rows.column(name)) if UNNAMED.fullmatch(name) is not None else False
        same = pc.and_(same, pc.or_(pc.is_in(rows.column(name), value_set=spelled), empty))
        if pc.any(same).as_py() is not True:
            return rows, Furniture(numbering)
    again = tuple(rows.column(ROW).filter(same).to_pylist())
    return rows.filter(pc.invert(same)), Furniture(numbering, again)


def _numbers_columns(rows: pa.Table) -> bool:
    """Whether the first row is 1, 2, 3 … over columns that hold words further down."""
    first, *below = [list(row.values())[:-1] for row in rows.slice(0, 5).to_pylist()]
    words = [any(row[i] is not None and any(c.isalpha() for c in row[i]) for row in below) for i in range(len(first))]
    return len(first) > 2 and first == [str(i) for i in range(1, len(first) + 1)] and 2 * sum(words) >= len(first)


def without_nameless(rows: pa.Table) -> pa.Table:
    """Leave out columns that have neither a header nor a value."""
    idle = [name for name in rows.column_names if UNNAMED.fullmatch(name) and rows.column(name).null_count == len(rows)]
    return rows.drop_columns(idle)


def to_rejects(source_file: str, refused: Sequence[Refusal]) -> pa.Table:
    """Turn refusals into REJECTS."""
    return from_rows("rejects", [reject(source_file, r.number, r.reason, r.content) for r in refused])


def lines_phrase(numbers: Sequence[int]) -> str:
    """Name a few line numbers in prose.

    >>> lines_phrase([3, 9])
    'lines 3, 9'
    >>> lines_phrase([4])
    'line 4'
    """
    shown = ", ".join(str(n) for n in numbers[:5])
    more = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
    return f"line{'s' if len(numbers) > 1 else ''} {shown}{more}"
