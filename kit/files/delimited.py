"""Delimited text to sheets."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from kit.errors import FileError, counted
from kit.files.delimiters import find_delimiter, separator_hint
from kit.files.encodings import Scan, byte_order, scan
from kit.files.fast import read_fast
from kit.files.headers import Row, find_header, header_doubt, usual_extent
from kit.files.kinds import open_plain
from kit.files.records import NO_DELIMITER, RecordReader
from kit.files.sheets import (
    Refusal,
    Sheet,
    lines_phrase,
    to_rejects,
    to_table,
    unique_names,
    without_empty,
    without_furniture,
    without_nameless,
)

SAMPLE_LINES = 400
SHIFTED = (
    "the rows hold more cells than the header: if numbers in the file have decimal commas without quotation marks, "
    "the cells behind them stand under wrong headers; export it again with another delimiter"
)
MOST_COLUMNS = 16_384  # as many as a spreadsheet holds


class TextFile:
    """A text file of known encoding: its first lines, its delimiter, and its lines from the start.

    With `most` it is the beginning of the file only, cut behind the last whole line of that many bytes.
    """

    def __init__(
        self,
        path: Path,
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
        width: int | None = None,
        most: int | None = None,
        scanned: Scan | None = None,
    ) -> None:
        self.path = path
        self.head = None if most is None else beginning(path, most)
        if scanned is None:
            with self.open_bytes() as file:
                scanned = scan(file, encoding)
        self.scan: Scan = scanned
        self.notes: list[str] = []
        if self.scan.has_nul and not self.scan.encoding.lower().startswith(("utf-16", "utf_16", "utf16")):
            self.notes.append("left out zero bytes in the text")
        if self.scan.note is not None:
            self.notes.append(self.scan.note)
        with self.open() as lines:
            self.sample = list(islice(self.cleaned(lines), SAMPLE_LINES))
        hint = separator_hint(self.sample[0]) if len(self.sample) > 0 else None
        self.has_hint = hint is not None
        given = delimiter if delimiter is not None else hint
        self.delimiter = given if given is not None else find_delimiter(self.sample, width)

    @property
    def mark(self) -> str:
        """The delimiter, or a sign that no text holds."""
        return self.delimiter if self.delimiter is not None else NO_DELIMITER

    def open_bytes(self) -> BinaryIO:
        """Open the file, or its beginning, as bytes."""
        return open_plain(self.path) if self.head is None else io.BytesIO(self.head)

    def open(self) -> io.TextIOWrapper:
        """Open the file as decoded lines; damaged characters become U+FFFD."""
        newline = "\r" if self.scan.is_cr_only else "\n"
        return io.TextIOWrapper(self.open_bytes(), encoding=self.scan.encoding, errors="replace", newline=newline)

    def cleaned(self, lines: Iterator[str]) -> Iterator[str]:
        """Take zero bytes and a control-Z at the end out of the lines."""
        if not (self.scan.has_nul or self.scan.ends_with_sub):
            return lines
        return (line.replace("\0", "").replace("\x1a", "") for line in lines)

    def first_rows(self) -> list[Row]:
        """The rows of the sample, taken as they come."""
        start = 2 if self.has_hint else 1
        reader = RecordReader(iter(self.sample[start - 1 :]), self.mark, first=start)
        rows: list[Row] = []
        for batch in reader.batches():
            ends = [*[n - 1 for n in batch.numbers[1:]], reader.number - 1][: len(batch.numbers)]
            rows += [Row(n, end, tuple(cells)) for n, end, cells in zip(batch.numbers, ends, batch.rows, strict=True)]
        return [row for row in rows if row.filled > 0]


def beginning(path: Path, most: int) -> bytes:
    """The first bytes of a file, cut behind the last whole line if more follow."""
    with open_plain(path) as file:
        head = file.read(most + 1)
    if len(head) <= most:
        return head
    order = byte_order(head)
    end = head.rfind("\n".encode(order) if order is not None else b"\n")
    step = 1 if order is None else 2
    return head[: most // step * step] if end < 0 else head[: end // step * step + step]


def read_delimited(
    path: Path, *, header_row: int | None, encoding: str | None, delimiter: str | None, most: int | None = None
) -> Sheet:
    """Read a delimited text file with a header; with `most` only its first bytes.

    Raises:
        FileError: If the file holds nothing but blanks, or has no row `header_row`.
    """
    text = TextFile(path, encoding=encoding, delimiter=delimiter, most=most)
    names, header, notes = layout_of(text, header_row)
    return _read_rows(text, names, header, notes)


def layout_of(text: TextFile, header_row: int | None) -> tuple[tuple[str, ...], Row, list[str]]:
    """The columns of a text file, its header, and what was assumed.

    Raises:
        FileError: As `read_delimited`.
    """
    path = text.path
    rows = text.first_rows()
    if len(rows) == 0:
        raise FileError.unreadable(path, "only blank lines", "a header and rows", "Download or export it again.")
    at = _asked_header(path, rows, header_row) if header_row is not None else find_header(rows)
    header = rows[at]
    notes = [*text.notes]
    if header.number > 1 and header_row is None:
        notes.append(f"header found in row {header.number}")
    doubt = header_doubt(header)
    if doubt is not None and header_row is None:
        notes.append(doubt)
    names = list(header.cells)
    if len(names) > MOST_COLUMNS:
        raise FileError.unreadable(
            path, f"a line of {len(names):,} cells", f"{MOST_COLUMNS:,} columns at most", "Check its line ends and delimiter."
        )
    wider = usual_extent(rows[at + 1 :])
    if wider > len(names):
        notes.append(f"named {counted(wider - len(names), 'column')} without a header by position")
        if text.delimiter == ",":
            notes.append(SHIFTED)
        names += [""] * (wider - len(names))
    return unique_names(names), header, notes


def read_plain(path: Path, columns: Sequence[str], *, encoding: str | None, delimiter: str | None) -> Sheet:
    """Read a delimited text file that has no header, under the given column names."""
    text = TextFile(path, encoding=encoding, delimiter=delimiter, width=len(columns))
    return _read_rows(text, tuple(columns), Row(0, 1 if text.has_hint else 0, ()), [*text.notes])


def _asked_header(path: Path, rows: Sequence[Row], header_row: int) -> int:
    for i, row in enumerate(rows):
        if row.number <= header_row <= row.end:
            return i
    raise FileError.unreadable(
        path, f"no text in row {header_row}", f"the header in row {header_row}", "Leave the header row out to have it found."
    )


def _read_rows(text: TextFile, columns: tuple[str, ...], header: Row, notes: list[str]) -> Sheet:
    refused: list[Refusal] = []
    rows = read_fast(text.path, text.scan, text.mark, columns, header.end) if text.head is None else None
    if rows is None:
        rows = _read_carefully(text, columns, header.end, refused, notes)
    rows, blank = without_empty(rows)
    has_header = header.number > 0
    rows, said = without_furniture(rows) if has_header else (rows, [])
    notes += row_notes(blank=blank, furniture=said, is_empty=len(rows) == 0, has_header=has_header, refused=refused)
    rows = without_nameless(rows)
    return Sheet(
        source_file=text.path.name,
        sheet=None,
        header_row=header.number,
        columns=tuple(rows.column_names[:-1]),
        rows=rows,
        rejects=to_rejects(text.path.name, refused),
        encoding=text.scan.encoding.removesuffix("-sig"),
        delimiter=text.delimiter,
        notes=tuple(notes),
    )


def _read_carefully(text: TextFile, columns: Sequence[str], skip: int, refused: list[Refusal], notes: list[str]) -> pa.Table:
    parts = [to_table(columns, [], [])]
    repaired: list[int] = []
    with text.open() as lines:
        body = islice(text.cleaned(lines), skip, None)
        for batch in RecordReader(chain(body), text.mark, width=len(columns), first=skip + 1).batches():
            parts.append(to_table(columns, batch.rows, batch.numbers))
            refused += batch.refused
            repaired += batch.repaired
    notes += repair_notes(repaired)
    return pa.concat_tables(parts)


def repair_notes(repaired: Sequence[int]) -> list[str]:
    """What was repaired, in a sentence."""
    if len(repaired) == 0:
        return []
    return [f"repaired broken quotation marks in {counted(len(repaired), 'row')} ({lines_phrase(repaired)})"]


def row_notes(*, blank: int, furniture: Sequence[str], is_empty: bool, has_header: bool, refused: Sequence[Refusal]) -> list[str]:
    """What was left out of the rows, in sentences."""
    notes = [f"left out {counted(blank, 'row')} without any value"] if blank > 0 else []
    notes += furniture
    if is_empty:
        notes.append("the file has a header but no rows" if has_header else "the file has no rows")
    if len(refused) > 0:
        notes.append(f"could not read {counted(len(refused), 'row')} ({lines_phrase([r.number for r in refused])})")
    return notes
