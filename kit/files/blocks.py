"""Long delimited text, cut into blocks of whole lines and parsed side by side.

A block whose quotation marks are well-formed and whose lines all have the width of the
header goes to Arrow's CSV reader, for there it must give the same as
`RecordReader`. Any other block goes through `RecordReader` itself, which may
take lines of the next block to finish a record.
"""

from __future__ import annotations

import codecs
import io
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import BinaryIO, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from kit.files.encodings import Scan
from kit.files.records import RecordReader
from kit.files.sheets import ROW, Refusal, clean, to_table, trim, without_empty

SIZE = 1 << 24  # bytes of one block
WORKERS = max(2, min(4, os.cpu_count() or 2))
NEWLINE, RETURN, QUOTE = 10, 13, 34

T = TypeVar("T")


@dataclass(frozen=True)
class Parsed:
    """The rows of one block (cleaned text and `source_row`), what was refused, and the lines that were repaired."""

    rows: pa.Table
    refused: tuple[Refusal, ...] = ()
    repaired: tuple[int, ...] = ()


@dataclass
class _Block:
    """Whole lines as UTF-8; `first` is the number of the first line."""

    data: bytes
    first: int
    taken: int = 0
    lines: int = 0
    future: Future[pa.Table | None] | None = field(default=None, repr=False)


def whole_lines(file: BinaryIO, scan: Scan, skip: int, *, size: int = SIZE) -> Iterator[bytes]:
    """Give the file as blocks of whole lines in UTF-8, without its first `skip` lines.

    Damaged characters become U+FFFD; zero bytes and a control-Z are left out, as `Scan` says.
    """
    drop = scan.has_nul or scan.ends_with_sub
    as_is = scan.encoding in ("utf-8", "utf-8-sig") and scan.damaged == 0
    decode = None if as_is else codecs.getincrementaldecoder(scan.encoding)("replace")
    mark = line_end(scan)
    rest = file.read(3).removeprefix(codecs.BOM_UTF8) if as_is else b""
    last = False
    while not last:
        raw = file.read(size)
        last = len(raw) == 0
        data = raw if decode is None else decode.decode(raw, final=last).encode("utf-8", "replace")
        data = data.replace(b"\0", b"").replace(b"\x1a", b"") if drop else data
        rest += data
        end = len(rest) if last else rest.rfind(mark) + 1
        while skip > 0 and end > 0:
            at = rest.find(mark) + 1 or end
            rest, end, skip = rest[at:], end - at, skip - 1
        if end > 0:
            yield rest[:end]
            rest = rest[end:]


def line_end(scan: Scan) -> bytes:
    """The byte that ends a line."""
    return b"\r" if scan.is_cr_only else b"\n"


def parse_blocks(
    blocks: Iterator[bytes], columns: Sequence[str], delimiter: str, *, first: int, end: bytes = b"\n"
) -> Iterator[Parsed]:
    """Parse blocks in parallel and give them in order.

    Args:
        blocks: As `whole_lines` gives them.
        columns: Names of the columns; a row of another width is refused or repaired.
        delimiter: One character.
        first: Number of the first line.
        end: The byte that ends a line.
    """
    with ThreadPoolExecutor(WORKERS) as pool:

        def start(block: _Block) -> Future[pa.Table | None] | None:
            return pool.submit(parse_plain, block.data, columns, delimiter, block.first) if end == b"\n" else None

        queue = _Queue(blocks, first, end, start)
        while (block := queue.next()) is not None:
            rows = block.future.result() if block.future is not None else None
            yield Parsed(rows) if rows is not None else _carefully(block, queue, columns, delimiter)


class _Queue:
    """Blocks that are being parsed; lines can be taken off the front one."""

    def __init__(
        self, blocks: Iterator[bytes], first: int, end: bytes, start: Callable[[_Block], Future[pa.Table | None] | None]
    ) -> None:
        self._blocks = blocks
        self._number = first
        self.end = end
        self._start = start
        self._waiting: deque[_Block] = deque()

    def _fill(self, most: int) -> bool:
        """Have at least one block waiting, if any is left, and `most` at best."""
        while len(self._waiting) < most and (data := next(self._blocks, None)) is not None:
            block = _Block(data, self._number)
            self._number += data.count(self.end)
            block.future = self._start(block)
            self._waiting.append(block)
        return len(self._waiting) > 0

    def next(self) -> _Block | None:
        """The next block; None at the end."""
        return self._waiting.popleft() if self._fill(WORKERS + 1) else None

    def lines(self) -> Iterator[str]:
        """Take lines off the blocks that follow, for a record that runs over the end of its block."""
        while self._fill(1):
            block = self._waiting[0]
            end = block.data.find(self.end, block.taken) + 1 or len(block.data)
            line = block.data[block.taken : end]
            block.taken, block.lines = end, block.lines + 1
            if end == len(block.data):
                self._waiting.popleft()
            yield line.decode("utf-8", "replace")

    def cut(self) -> None:
        """Parse the front block again without the lines that were taken."""
        if len(self._waiting) > 0 and self._waiting[0].taken > 0:
            old = self._waiting.popleft()
            block = _Block(old.data[old.taken :], old.first + old.lines)
            block.future = self._start(block)
            self._waiting.appendleft(block)


def _carefully(block: _Block, queue: _Queue, columns: Sequence[str], delimiter: str) -> Parsed:
    lines = io.StringIO(block.data.decode("utf-8", "replace"), newline=queue.end.decode())
    reader = RecordReader(iter(lines), delimiter, width=len(columns), first=block.first, beyond=queue.lines())
    parts, refused, repaired = [to_table(columns, [], [])], [], []
    for batch in reader.batches():
        parts.append(to_table(columns, batch.rows, batch.numbers))
        refused += batch.refused
        repaired += batch.repaired
    queue.cut()
    return Parsed(pa.concat_tables(parts).combine_chunks(), tuple(refused), tuple(repaired))


def parse_plain(data: bytes, columns: Sequence[str], delimiter: str, first: int) -> pa.Table | None:
    """Parse lines that are one row each; None if any of them may be read in two ways.

    The result is what `RecordReader` gives: the test of quotation marks is
    stricter than the parser (a mark only at the ends of a cell, or doubled in
    it; none left open at the end of a line).
    """
    if len(columns) < 2 or not delimiter.isascii():
        return None
    if b'"' in data and not _is_well_quoted(np.frombuffer(data, np.uint8), ord(delimiter)):
        return None
    lines = data.count(b"\n") + (0 if data.endswith(b"\n") else 1)
    try:
        rows = pacsv.read_csv(
            pa.BufferReader(data),
            pacsv.ReadOptions(column_names=list(columns), block_size=len(data) + 1, use_threads=False),
            pacsv.ParseOptions(delimiter=delimiter, ignore_empty_lines=False),
            pacsv.ConvertOptions(column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=True, null_values=[""]),
        )
    except pa.ArrowInvalid:
        return None
    if len(rows) != lines:
        return None
    arrays = [_tidy(rows.column(name)) for name in columns]
    numbers = pa.array(range(first, first + lines), pa.int64())
    cleaned = pa.Table.from_arrays([*arrays, numbers], names=[*columns, ROW])
    if without_empty(cleaned)[1] > 0 and _has_blank_line(data):  # Arrow makes a row of it
        return None
    return cleaned


def _tidy(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """As `clean`, of a column whose empty cells are null already: most need no more than a look."""
    trimmed = trim(column)
    same = pc.sum(pc.binary_length(trimmed)) == pc.sum(pc.binary_length(column))
    return column if same else clean(trimmed)


def _has_blank_line(data: bytes) -> bool:
    return data.startswith((b"\n", b"\r\n")) or b"\n\n" in data or b"\n\r\n" in data


def _is_well_quoted(text: np.ndarray, delimiter: int) -> bool:
    """Whether marks open and close cells, pair by pair, on every line."""
    marks = np.flatnonzero(text == QUOTE)
    if len(marks) % 2 == 1 or np.any(np.searchsorted(marks, np.flatnonzero(text == NEWLINE)) % 2 == 1):
        return False
    before = text[marks[::2] - 1]  # position -1 is the last byte of the block, mended below
    if marks[0] == 0:
        before[0] = NEWLINE
    after = text[np.minimum(marks[1::2] + 1, len(text) - 1)]
    if marks[-1] == len(text) - 1:
        after[-1] = NEWLINE
    opens = (before == delimiter) | (before == NEWLINE) | (before == QUOTE)
    closes = (after == delimiter) | (after == NEWLINE) | (after == QUOTE) | (after == RETURN)
    return bool(opens.all() and closes.all())
