"""Reading whole columns of a sheet: each distinct value once, then back to every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from kit.errors import ValueFormError
from kit.tables import distinct
from kit.trade.mapping import ColumnMap, header_key
from kit.trade.values import Cell, CellReader

NOT_READ = "value not read: "
REMEMBERED = 1 << 18  # distinct cells of one column whose reading is remembered from part to part


@dataclass(frozen=True)
class Fault:
    """Values of one source column that could not be read: 0-based rows, the text in each, and why."""

    column: str
    rows: pa.Array
    raws: pa.Array
    reasons: pa.Array


@dataclass(frozen=True)
class Column:
    """A column as read: values (null where missing or not read), faults, and notes with their row counts.

    `extra` is the precision of each date; a note with count 0 concerns the whole column.
    """

    target: str
    values: pa.ChunkedArray
    used: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: Mapping[str, int] = field(default_factory=dict)
    extra: pa.ChunkedArray | None = None


class Header:
    """Finds source columns by name; case, blanks and underscores do not count."""

    def __init__(self, columns: Sequence[str], *, first_word: bool = False) -> None:
        self.columns = tuple(columns)
        self._first_word = first_word
        self._by_key: dict[str, str] = {}
        for name in columns:
            self._by_key.setdefault(self._key(name), name)

    def _key(self, name: str) -> str:
        return header_key(name, first_word=self._first_word)

    def find(self, spellings: Sequence[str]) -> str | None:
        """The first of several spellings that the file has, as the file spells it."""
        found = (self._by_key.get(self._key(name)) for name in spellings)
        return next((name for name in found if name is not None), None)

    def find_all(self, names: Sequence[str]) -> list[str]:
        """Those of several columns that the file has, as the file spells them."""
        found = (self._by_key.get(self._key(name)) for name in names)
        return [name for name in found if name is not None]


def without_marks(texts: pa.ChunkedArray, marks: frozenset[str]) -> pa.ChunkedArray:
    """Turn marks such as NULL or НЕ УКАЗАН into null; `marks` are case-folded. Longer texts than any mark are not looked at."""
    longest = max((len(form.encode()) for mark in marks for form in (mark, mark.upper())), default=0) + 2
    known = pc.unique(texts.filter(pc.fill_null(pc.less_equal(pc.binary_length(texts), longest), False)))
    if len(known) == 0:
        return texts
    found = known.filter(pc.is_in(pc.utf8_lower(pc.utf8_trim_whitespace(known)), value_set=pa.array(sorted(marks), pa.string())))
    if len(found) == 0:
        return texts
    return pc.if_else(pc.is_in(texts, value_set=found), pa.scalar(None, pa.string()), texts)


def source_text(
    rows: pa.Table, spec: ColumnMap, header: Header, marks: frozenset[str]
) -> tuple[pa.ChunkedArray | None, tuple[str, ...]]:
    """The text that feeds a standard column, and the source columns it came from; None if the file has none of them."""

    def one(name: str) -> pa.ChunkedArray:
        return without_marks(rows.column(name), marks)

    first = header.find(spec.sources)
    parts = header.find_all(spec.join)
    used = [*([first] if first is not None else []), *parts]
    texts = [one(name) for name in used]
    if len(texts) > 1:
        texts = [_joined(texts, spec.separator)]
    for name in header.find_all(spec.fallback):
        if name not in used:
            used.append(name)
            texts.append(one(name))
    if len(texts) == 0:
        return None, ()
    return (texts[0] if len(texts) == 1 else pc.coalesce(*texts)), tuple(used)


def _joined(texts: Sequence[pa.ChunkedArray], separator: str) -> pa.ChunkedArray:
    """The cells of each row that are not empty, with the separator between them; null where all are empty.

    Arrow leaves out a row in which every cell is null, so an empty text stands before each and is cut off again.
    """
    led = pc.binary_join_element_wise(constant("", len(texts[0])), *texts, separator, null_handling="skip")
    whole = pc.utf8_slice_codeunits(led, len(separator))
    return pc.if_else(pc.equal(whole, ""), pa.scalar(None, pa.string()), whole)


Tried = Callable[[str], "Cell | str"]


def trying(read: CellReader) -> Tried:
    """A cell reader that gives the reason in place of an error, and remembers what it has read."""
    return lru_cache(maxsize=REMEMBERED)(lambda value: _try(read, value))


def read_cells(target: str, texts: pa.ChunkedArray, read: Tried, column: str) -> Column:
    """Read a text column by its distinct values.

    Args:
        target: The standard column.
        texts: Source text, null where empty.
        read: Gives a `Cell`, or the reason why there is none (`trying`).
        column: How the source calls the column, for messages.
    """
    raw = distinct(texts)
    cells = [read(value) for value in raw]
    index = pc.index_in(texts, value_set=pa.array(raw, pa.string()))
    values = pc.take(pa.array([c.value if isinstance(c, Cell) else None for c in cells], pa.string()), index)
    faults = faults_of(texts, {raw[i]: cell for i, cell in enumerate(cells) if isinstance(cell, str)}, column)
    noted = {i: cell.note for i, cell in enumerate(cells) if isinstance(cell, Cell) and cell.note is not None}
    return Column(target, values, (), faults, _count_notes(noted, index))


def _try(read: CellReader, value: str) -> Cell | str:
    try:
        return read(value)
    except ValueFormError as problem:
        return str(problem)


def faults_of(texts: pa.ChunkedArray, reasons: Mapping[str, str], column: str) -> tuple[Fault, ...]:
    """The rows in which unreadable values stand.

    Args:
        texts: The column as it was read.
        reasons: Why each distinct value could not be read.
        column: How the source calls the column.
    """
    if len(reasons) == 0:
        return ()
    raws = pa.array(list(reasons), pa.string())
    index = pc.index_in(texts, value_set=raws)
    rows = positions(pc.is_valid(index))
    found = pc.take(index, rows)
    return (Fault(column, rows, pc.take(raws, found), pc.take(pa.array(list(reasons.values()), pa.string()), found)),)


def _count_notes(noted: Mapping[int, str], index: pa.ChunkedArray) -> dict[str, int]:
    if len(noted) == 0:
        return {}
    counts: Counter[str] = Counter()
    for entry in pc.value_counts(index.combine_chunks()).to_pylist():
        note = noted.get(entry["values"]) if entry["values"] is not None else None
        if note is not None:
            counts[note] += entry["counts"]
    return dict(counts)


def positions(mask: pa.ChunkedArray) -> pa.Array:
    """0-based rows in which a mask is true."""
    return pc.indices_nonzero(mask).cast(pa.int64())


def constant(value: str | None, length: int) -> pa.ChunkedArray:
    """A text column of one value."""
    return pa.chunked_array([pa.repeat(pa.scalar(value, pa.string()), length)])


def fault_rejects(faults: Sequence[Fault], source_file: str, numbers: pa.ChunkedArray) -> pa.Table:
    """REJECTS for values that were left empty while their row was kept."""
    parts = []
    for fault in faults:
        rows = pc.take(numbers, fault.rows)
        lead = constant(f"{NOT_READ}column {fault.column!r}: ", len(rows))
        reasons = pc.binary_join_element_wise(lead, _chunked(fault.reasons), "")
        columns = [constant(source_file, len(rows)), rows, reasons, pc.utf8_slice_codeunits(_chunked(fault.raws), 0, 2000)]
        parts.append(pa.Table.from_arrays(columns, names=["source_file", "source_row", "reason", "content"]))
    return pa.concat_tables(parts) if len(parts) > 0 else pa.table({})


def _chunked(array: pa.Array) -> pa.ChunkedArray:
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array], pa.string())


def row_rejects(sheet_rows: pa.Table, mask: pa.ChunkedArray, source_file: str, reason: str) -> pa.Table:
    """REJECTS for whole rows: each with its cells as they stood."""
    rows = sheet_rows.filter(mask)
    names = [name for name in rows.column_names if name != "source_row"]
    texts = [pc.utf8_slice_codeunits(rows.column(name).cast(pa.string()), 0, 200) for name in names]
    content = pc.utf8_slice_codeunits(
        pc.binary_join_element_wise(*texts, " | ", null_handling="replace", null_replacement=""), 0, 2000
    )
    size = len(rows)
    columns = [constant(source_file, size), rows.column("source_row"), constant(reason, size), content]
    return pa.Table.from_arrays(columns, names=["source_file", "source_row", "reason", "content"])
