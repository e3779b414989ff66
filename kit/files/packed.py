"""The containers of workbooks, looked at before anything in them is read.

The reader of workbooks lays a sheet out as one full rectangle, so one stray cell
in the last row and column of a sheet would take all memory there is.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO, BinaryIO

from kit.errors import FileError

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR = 512
# What a damaged zip archive raises: NotImplementedError for an unknown packing method, RuntimeError for one that is locked.
ZIP_DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)
MOST_CELLS = 100_000_000  # in the rectangle of a sheet: about 3 GB while it is read
MOST_BYTES = 1 << 33  # of one sheet, unpacked
CHUNK = 1 << 22
TWO_LETTERS = 26 + 26 * 26  # columns up to ZZ
# A row's own number, or a cell in a column past ZZ or a row past 99,999.
FAR = re.compile(rb' r="([A-Z]{3,7}\d+|[A-Z]+\d{6,9}|\d+)"')
COLUMN = re.compile(rb' r="([A-Z]{1,7})\d')
DIMENSION = re.compile(rb'<(?:\w+:)?dimension\b[^>]*?\bref="[A-Z]+\d+:([A-Z]+)(\d+)"')


def is_locked(path: Path) -> bool:
    """Whether the file is a workbook of the newer kind that a password locks."""
    mark = "EncryptedPackage".encode("utf-16-le")
    with path.open("rb") as file:
        if file.read(8) != COMPOUND:
            return False
        file.seek(0)
        return mark in file.read(CHUNK) or mark in _tail(file, 1 << 20)


def is_word(path: Path) -> bool:
    """Whether a compound file names the part that only Word documents have (.doc); a workbook may have one inside, too."""
    mark = "WordDocument".encode("utf-16-le")
    with path.open("rb") as file:
        if file.read(8) != COMPOUND:
            return False
        file.seek(0)
        return mark in file.read(CHUNK) or mark in _tail(file, 1 << 20)


def _tail(file: BinaryIO, length: int) -> bytes:
    file.seek(0, 2)
    file.seek(max(0, file.tell() - length))
    return file.read()


def outer_fault(path: Path) -> str | None:
    """What is plainly wrong with the container of a workbook, or None."""
    with path.open("rb") as file:
        compound = file.read(8) == COMPOUND
        size = file.seek(0, 2)
    if compound and (size % SECTOR != 0 or size < 3 * SECTOR):
        return "the file ends in the middle of a block"
    return None


def check_extent(path: Path) -> None:
    """Refuse a workbook in which a cell lies so far off that the sheet would not fit into memory.

    Raises:
        FileError: Naming the sheet and how far it reaches.
    """
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as packed:
            for info in packed.infolist():
                if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", info.filename):
                    continue
                if info.file_size > MOST_BYTES:
                    raise FileError.too_large(path, info.filename, f"{info.file_size:,} bytes")
                with packed.open(info) as sheet:
                    rows, columns = _extent(sheet)
                if rows * columns > MOST_CELLS:
                    raise FileError.too_large(path, info.filename, f"{rows:,} rows and {columns:,} columns")
    except ZIP_DAMAGE as problem:
        raise FileError.unreadable(
            path, f"a damaged workbook ({problem})", "a whole workbook", "The download may have stopped; fetch it again."
        ) from problem


def _extent(sheet: IO[bytes]) -> tuple[int, int]:
    """Last row and last column of a sheet, as it states them; where it does not, as its cells say."""
    rest = sheet.read(CHUNK)
    stated = DIMENSION.search(rest)
    if stated is not None and int(stated.group(2)) * _column(stated.group(1)) <= MOST_CELLS:
        return int(stated.group(2)), _column(stated.group(1))
    rows, far, columns = 0, 0, set[bytes]()
    while len(rest) > 0:
        for place in FAR.findall(rest):
            letters = place.rstrip(b"0123456789")
            rows = max(rows, int(place[len(letters) :]))
            far = max(far, _column(letters) if len(letters) > 2 else 0)
        if rows * TWO_LETTERS > MOST_CELLS:
            columns |= set(COLUMN.findall(rest))
        chunk = sheet.read(CHUNK)
        rest = rest[-200:] + chunk if len(chunk) > 0 else b""
    if rows * TWO_LETTERS <= MOST_CELLS:
        return rows, max(far, TWO_LETTERS)
    return rows, max([far, 1, *(_column(letters) for letters in columns)])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
