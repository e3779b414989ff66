"""Lines of delimited text to rows, without losing one.

Whole batches go through `csv` in strict mode. Where that finds anything odd,
the batch is read again record by record: a quoted cell may run over lines, a
quotation mark that was not doubled is repaired, and what still does not fit the
header is refused with its line and reason.
"""

from __future__ import annotations

import csv
import re
from collections import deque
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
    """

    def __init__(self, lines: Iterator[str], delimiter: str, *, width: int | None = None, first: int = 1) -> None:
        self.lines = lines
        self.delimiter = delimiter
        self.width = width
        self.number = first
        self.waiting: deque[str] = deque()
        quoted = rf'"((?:[^"]|"(?!{re.escape(delimiter)}|$))*)"(?={re.escape(delimiter)}|$)'
        self.cell = re.compile(rf"(?:{quoted}|([^{re.escape(delimiter)}]*))(?:{re.escape(delimiter)}|$)")

    def batches(self) -> Iterator[Batch]:
        """Yield the rows in batches until the lines end."""
        while len(lines := list(islice(self.lines, BATCH))) > 0:
            rows = self._quick(lines)
            if rows is not None:
                yield Batch(rows, list(range(self.number, self.number + len(rows))))
                self.number += len(rows)
                continue
            self.waiting.extend(lines)
            batch = Batch()
            while len(self.waiting) > 0:
                self._record(batch)
            yield batch

    def _quick(self, lines: list[str]) -> list[list[str]] | None:
        """The rows of a batch if every line is one well-formed row of the right width."""
        try:
            rows = list(csv.reader(lines, delimiter=self.delimiter, strict=True))
        except csv.Error:
            return None
        if self.width is None or len(rows) != len(lines) or any(len(row) != self.width for row in rows):
            return None
        return rows

    def _record(self, batch: Batch) -> None:
        """Take one record off the waiting lines and file it."""
        line = self.waiting.popleft()
        number, self.number = self.number, self.number + 1
        text = line.rstrip("\r\n")
        if text.strip() in ("", "\x1a"):
            return
        if '"' not in text:
            self._file(batch, number, text.split(self.delimiter), text)
            return
        cells, problem = self._strict(text)
        if cells is not None:
            self._file(batch, number, cells, text)
            return
        if problem == UNFINISHED and self._joined(batch, number, line):
            return
        self._repair(batch, number, text)

    def _strict(self, text: str) -> tuple[list[str] | None, str]:
        try:
            rows = list(csv.reader([text], delimiter=self.delimiter, strict=True))
        except csv.Error as problem:
            return None, str(problem)
        return rows[0], ""

    def _joined(self, batch: Batch, number: int, line: str) -> bool:
        """File a record whose quoted cell runs over the following lines; False if the quotes are broken."""
        parts = [line]
        while len(parts) < MOST_LINES and (following := self._peek(len(parts) - 1)) is not None:
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
        for _ in parts[1:]:
            self.waiting.popleft()
        self.number += len(parts) - 1
        self._file(batch, number, cells, "".join(parts).rstrip("\r\n"))
        return True

    def _stands_alone(self, line: str) -> bool:
        cells, _ = self._strict(line.rstrip("\r\n"))
        return cells is not None and len(cells) == self.width

    def _peek(self, ahead: int) -> str | None:
        while len(self.waiting) <= ahead:
            following = next(self.lines, None)
            if following is None:
                return None
            self.waiting.append(following)
        return self.waiting[ahead]

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
            cells.append(quoted.replace('""', '"') if quoted is not None else plain)
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
