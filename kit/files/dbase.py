"""Tables in dBase files (.dbf), in which several customs publish their records.

The form is that of dBase III and its followers (Foxpro): a header of 32 bytes, 32 bytes
for each column, then records of one width. A record begins with a mark, `*` if it was
deleted. The byte 29 of the header names the code page. Source of the form: the published
description of the dBase file format (Library of Congress, fdd000325).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from kit.errors import FileError, counted
from kit.files.sheets import ROW, Refusal, Sheet, clean, to_rejects, unique_names

VERSIONS = (0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8E, 0xCB, 0xF5, 0xFB)
CODE_PAGES = {
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252", 0x64: "cp852", 0x65: "cp866", 0x66: "cp865", 0x7D: "cp1255",
    0x26: "cp866", 0x6B: "cp857", 0xC8: "cp1250", 0xC9: "cp1251", 0xCA: "cp1254", 0xCB: "cp1253", 0x4D: "cp936", 0x7A: "cp936",
}  # fmt: skip
GUESSED = "latin-1"  # the code page of the files that name none, as those of Peru's customs
END = 0x1A
DELETED = 0x2A
FAR_RECORD = 1 << 16


@dataclass(frozen=True)
class _Column:
    name: str
    kind: str
    start: int
    width: int


def is_dbase(head: bytes) -> bool:
    """Whether a file begins like a dBase table: a known version, a month and a day, and sizes that make sense."""
    if len(head) < 65 or head[0] not in VERSIONS or not (1 <= head[2] <= 12 and 1 <= head[3] <= 31):
        return False
    _, header, record = struct.unpack("<IHH", head[4:12])
    return header >= 65 and 2 <= record < FAR_RECORD and chr(head[43]) in "CNDFLMBIYTG@O+"


def read_dbase(path: Path, content: bytes, *, encoding: str | None = None) -> Sheet:
    """Read a dBase table as text; `source_row` is the number of the record.

    Args:
        path: The file, for its name.
        content: Its bytes, unpacked.
        encoding: By Python's name, where the file names the wrong code page or none.

    Deleted records are left out and counted in the notes. A file that ends
    inside a record has it in the rejects.

    Raises:
        FileError: If the header does not hold together.
    """
    count, header, width = struct.unpack("<IHH", content[4:12])
    columns = _columns(path, content, header, width)
    named = CODE_PAGES.get(content[29])
    form = encoding or named or GUESSED
    notes = [f"decoded as {form}" + ("" if encoding or named else ": the file names no code page, check the accents")]
    body = memoryview(content)[header:]
    whole = min(count, len(body) // width)
    alive = [n for n in range(whole) if body[n * width] not in (DELETED, END)]
    gone = sum(body[n * width] == DELETED for n in range(whole))
    if gone > 0:
        notes.append(f"left out {counted(gone, 'record')} that the file marks as deleted")
    arrays = [_cells(body, alive, width, column, form) for column in columns]
    names = unique_names([column.name for column in columns])
    rows = pa.Table.from_arrays([*arrays, pa.array([n + 1 for n in alive], pa.int64())], names=[*names, ROW])
    rejects = to_rejects(path.name, _cut_off(body, count, whole, width, form))
    return Sheet(path.name, None, 0, names, rows, rejects, form, None, tuple(notes))


def _columns(path: Path, content: bytes, header: int, width: int) -> list[_Column]:
    out: list[_Column] = []
    position, start = 32, 1
    while position + 32 <= header and content[position : position + 1] != b"\r":
        raw = content[position : position + 32]
        name = raw[:11].split(b"\0")[0].decode("latin-1").strip()
        size = raw[16] + (raw[17] << 8 if raw[11:12] == b"C" else 0)
        out.append(_Column(name, raw[11:12].decode("latin-1"), start, size))
        position, start = position + 32, start + size
    if len(out) == 0 or start != width:
        found = f"a dBase header whose columns take {start} bytes of records of {width}"
        raise FileError.unreadable(path, found, "a whole dBase file", "The download may have stopped; fetch it again.")
    return out


def _cells(body: memoryview, alive: list[int], width: int, column: _Column, form: str) -> pa.Array:
    start, end = column.start, column.start + column.width
    raw = [bytes(body[n * width + start : n * width + end]).replace(b"\0", b" ").decode(form, "replace") for n in alive]
    if column.kind == "D":
        raw = [
            f"{text[:4]}-{text[4:6]}-{text[6:8]}" if text.strip().isdigit() and len(text.strip()) == 8 else text for text in raw
        ]
    return clean(pa.array(raw, pa.string()))


def _cut_off(body: memoryview, count: int, whole: int, width: int, form: str) -> list[Refusal]:
    """What is missing at the end of the file."""
    if whole >= count:
        return []
    rest = bytes(body[whole * width :]).rstrip(b"\x1a").decode(form, "replace")
    return [Refusal(whole + 1, f"the file ends here; its header promises {count:,} records", rest[:500])]
