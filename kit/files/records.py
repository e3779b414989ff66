"""Lines of delimited text to rows, without losing one.

Rows go through `csv` in strict mode. Where that finds anything odd, one record is
read by itself: a quoted cell may run over lines, a
quotation mark that was not doubled is repaired, and what still does not fit the
header is refused with its line and reason.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice

from kit.files.sheets import Batch, Refusal

BATCH = 20_000
MOST_LINES = 100  # lines that one quoted cell may run over
NO_DELIMITER = "\x1f"
UNFINISHED = "unexpected end of data"


class RecordReader:
    """Reads rows off an iterator of lines.

    Args:
        lines: Decoded lines with their ends.
        delimiter: One character.
        width: Cells a row must have; None takes rows as they come.
        first: Number of the first line.
        beyond: Lines that follow, of which only those are taken that a record begun in `lines` may need.
    """

    def __init__(
        self,
        lines: Iterator[str],
        delimiter: str,
        *,
        width: int | None = None,
        first: int = 1,
        beyond: Iterator[str] = iter(()),  # noqa: B008 - an empty iterator holds no state
    ) -> None:
        self.lines = lines
        self.beyond = beyond
        self.delimiter = delimiter
        self.width = width
        self.number = first  # of the line at `at`
        self.buffer: list[str] = []
        self.at = 0
        sign = re.escape(delimiter)
        self.cell = re.compile(rf'(?:"((?:[^"]|"(?!{sign}|$))*)"(?={sign}|$)|([^{sign}]*))(?:{sign}|$)')

    def batches(self) -> Iterator[Batch]:
        """Yield the rows in batches until the lines end."""
        while len(lines := list(islice(self.lines, BATCH))) > 0:
            self.buffer, self.at = lines, 0
            batch = Batch()
            while self.at < len(self.buffer):
                self._quick(batch)
                if self.at < len(self.buffer):
                    self._record(batch)
            yield batch

    def _quick(self, batch: Batch) -> None:
        """Take rows as long as each is one well-formed line of the right width."""
        if self.width is None:
            return
        rest = map(self.buffer.__getitem__, range(self.at, len(self.buffer)))
        reader = csv.reader(rest, delimiter=self.delimiter, strict=True)
        taken = 0
        try:
            for row in reader:
                if reader.line_num != taken + 1 or len(row) != self.width:
                    break
                batch.rows.append(row)
                taken += 1
        except csv.Error:
            pass
        batch.numbers += range(self.number, self.number + taken)
        self._advance(taken)

    def _advance(self, lines: int) -> None:
        self.at += lines
        self.number += lines

    def _record(self, batch: Batch) -> None:
        """Take one record, on one line or several, and file it."""
        line, number = self.buffer[self.at], self.number
        text = line.rstrip("\r\n")
        if text.strip() in ("", "\x1a"):
            return self._advance(1)
        if '"' not in text:
            self._file(batch, number, text.split(self.delimiter), text)
            return self._advance(1)
        cells, problem = self._strict(text)
        if cells is not None:
            self._file(batch, number, cells, text)
            return self._advance(1)
        if problem == UNFINISHED and self._joined(batch, number, line):
            return None
        self._repair(batch, number, text)
        return self._advance(1)

    def _strict(self, text: str) -> tuple[list[str] | None, str]:
        try:
            rows = list(csv.reader([text], delimiter=self.delimiter, strict=True))
        except csv.Error as problem:
            return None, str(problem)
        return rows[0], ""

    def _joined(self, batch: Batch, number: int, line: str) -> bool:
        """File a record whose quoted cell runs over the following lines; False if the quotes are broken."""
        parts = [line]
        while len(parts) < MOST_LINES and (following := self._peek(len(parts))) is not None:
            parts.append(following)
            if '"' not in following:
                continue
            text = "".join(parts).rstrip("\r\n")
            cells, problem = self._strict(text)
            if cells is not None:
                return self._close(batch, number, parts, cells)
            if problem != UNFINISHED:
                return False
        return False

    def _close(self, batch: Batch, number: int, parts: list[str], cells: list[str]) -> bool:
        """Decide whether lines joined by quotes are one record or rows swallowed by a stray mark."""
        fits = self.width is None or self._fit(cells) is not None
        alone = [self._stands_alone(part) for part in parts[1:]]
        inner = alone[:-1]
        swallowed = len(inner) > 0 and all(inner) and (self.width or 0) >= 4 if fits else any(alone)
        if swallowed:
            return False
        self._file(batch, number, cells, "".join(parts).rstrip("\r\n"))
        self._advance(len(parts))
        return True

    def _stands_alone(self, line: str) -> bool:
        cells, _ = self._strict(line.rstrip("\r\n"))
        return cells is not None and len(cells) == self.width

    def _peek(self, ahead: int) -> str | None:
        """A line further on, fetched if the buffer ends before it."""
        while len(self.buffer) <= self.at + ahead:
            following = next(self.lines, None) or next(self.beyond, None)
            if following is None:
                return None
            self.buffer.append(following)
        return self.buffer[self.at + ahead]

    def _repair(self, batch: Batch, number: int, text: str) -> None:
        """Read a line whose quotation marks are broken, if exactly one reading fits the header."""
        for cells in (self._loose(text), [cell.strip().removeprefix('"') for cell in text.split(self.delimiter)]):
            fitted = self._fit(cells)
            if fitted is not None:
                batch.repaired.append(number)
                batch.rows.append(fitted)
                batch.numbers.append(number)
                return
        reason = f"broken quotation marks: {len(text.split(self.delimiter))} cells, expected {self.width}"
        batch.refused.append(Refusal(number, reason, text))

    def _loose(self, text: str) -> list[str]:
        """Split a line, taking a quotation mark as the end of a cell only before a delimiter."""
        cells = []
        position = 0
        while position <= len(text):
            found = self.cell.match(text, position)
            if found is None:
                return []
            quoted, plain = found.groups()
            cells.append(quoted.replace('""', '"') if quoted is not None else plain.strip().removeprefix('"'))
            if not found.group().endswith(self.delimiter):
                break
            position = found.end()
        return cells

    def _fit(self, cells: list[str]) -> list[str] | None:
        """The cells at the right width, without empty ones behind; None if they do not fit."""
        if self.width is None or len(cells) == self.width:
            return cells
        if len(cells) > self.width and all(cell.strip() == "" for cell in cells[self.width :]):
            return cells[: self.width]
        return None

    def _file(self, batch: Batch, number: int, cells: list[str], content: str) -> None:
        fitted = self._fit(cells)
        if fitted is not None:
            batch.rows.append(fitted)
            batch.numbers.append(number)
            return
        filled = sum(cell.strip() != "" for cell in cells)
        if filled == 0:
            return
        few = "few" if len(cells) < (self.width or 0) else "many"
        batch.refused.append(Refusal(number, f"too {few} cells: found {len(cells)}, expected {self.width}", content))
