"""Writes the odd files that the tests of `kit.files` read."""

from __future__ import annotations

import csv
import io
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl


def text_file(folder: Path, text: str, *, encoding: str = "utf-8", name: str = "file.csv") -> Path:
    """Write text as it stands, in an encoding."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def csv_text(rows: Sequence[Sequence[str]], *, delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL, end: str = "\r\n") -> str:
    """Rows as well-formed delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def workbook(
    folder: Path, sheets: dict[str, Sequence[Sequence[Any]]], *, merged: Sequence[str] = (), name: str = "book.xlsx"
) -> Path:
    """Write a workbook; `merged` are areas of its first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    path = folder / name
    book.save(path)
    return path


def old_workbook(folder: Path, rows: Sequence[Sequence[str | float]], *, name: str = "old.xls") -> Path:
    """Write the smallest xls (BIFF8 in a compound file) that holds the rows."""
    body = _bof(0x0010) + _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                body += _record(0x0204, struct.pack("<HHHHB", r, c, 15, len(value), 1) + text)
            else:
                body += _record(0x0203, struct.pack("<HHHd", r, c, 15, value))
    body += _record(0x000A, b"")
    title = b"Sheet1"
    start = _bof(0x0005)
    bound = struct.pack("<IBBBB", len(start) + 4 + 8 + len(title) + 4, 0, 0, len(title), 0) + title
    stream = start + _record(0x0085, bound) + _record(0x000A, b"") + body
    path = folder / name
    path.write_bytes(compound({"Workbook": stream}))
    return path


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (the container of xls and of locked xlsx) with the given streams."""
    sectors: list[bytes] = []
    fat: list[int] = []
    starts: list[tuple[str, int, int]] = []
    for name, content in streams.items():
        size = max(len(content), 4096)
        padded = content.ljust((size + 511) // 512 * 512, b"\0")
        first = len(sectors)
        starts.append((name, first, size))
        sectors += [padded[i : i + 512] for i in range(0, len(padded), 512)]
        fat += [*range(first + 1, len(sectors)), 0xFFFFFFFE]
    entries = _entry("Root Entry", 5, 0xFFFFFFFE, 0, 1)
    for i, (name, first, size) in enumerate(starts, 1):
        entries += _entry(name, 2, first, size, 0xFFFFFFFF, right=i + 1 if i < len(starts) else 0xFFFFFFFF)
    entries = entries.ljust((len(entries) + 511) // 512 * 512, b"\0")
    directory = len(sectors)
    sectors += [entries[i : i + 512] for i in range(0, len(entries), 512)]
    fat += [*range(directory + 1, len(sectors)), 0xFFFFFFFE]
    table = len(sectors)
    fat.append(0xFFFFFFFD)
    assert len(fat) <= 128
    sectors.append(struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat))))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", table, *[0xFFFFFFFF] * 108)
    return head + b"".join(sectors)


def _entry(name: str, kind: int, first: int, size: int, child: int, *, right: int = 0xFFFFFFFF) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )
