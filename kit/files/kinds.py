"""What a file is, by its content and never by its name."""

from __future__ import annotations

import gzip
import json
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, cast

from kit.errors import FileError
from kit.files.dbase import is_dbase
from kit.files.encodings import byte_order
from kit.files.packed import COMPOUND, is_locked

HEAD = 65536


class FileKind(StrEnum):
    """Kinds of files told apart by their content; a gzip file counts as what it holds."""

    CSV = "csv"  # any delimited text, also tab or semicolon
    XLSX = "xlsx"  # also xlsm, xlsb, and those locked by a password
    XLS = "xls"
    ODS = "ods"
    PARQUET = "parquet"
    JSON = "json"
    JSONL = "jsonl"
    XML = "xml"
    ZIP = "zip"
    DBF = "dbf"  # dBase
    PDF = "pdf"
    DOCX = "docx"  # also docm
    HTML = "html"
    EMPTY = "empty"
    BINARY = "binary"


WORKBOOKS = (FileKind.XLSX, FileKind.XLS, FileKind.ODS)


def is_gzip(path: Path) -> bool:
    """Whether the file is packed with gzip."""
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def open_plain(path: Path) -> BinaryIO:
    """Open a file for reading bytes, unpacking gzip on the way."""
    return cast("BinaryIO", gzip.open(path, "rb")) if is_gzip(path) else path.open("rb")


def kind_of(path: Path) -> FileKind:
    """Tell what a file is by its first bytes (and, for zip, its table of contents).

    Text that is nothing else counts as CSV, even with one column only.

    Raises:
        FileError: If there is no such file or it cannot be opened.
    """
    if not path.is_file():
        raise FileError.missing(path)
    try:
        if path.stat().st_size == 0:
            return FileKind.EMPTY
        with open_plain(path) as file:
            head = file.read(HEAD)
    except (OSError, EOFError, zlib.error) as problem:
        raise FileError.unreadable(
            path, f"a file that cannot be opened ({problem})", "a readable file", "Close other programs or copy it again."
        ) from problem
    return _by_magic(path, head)


def _by_magic(path: Path, head: bytes) -> FileKind:
    if len(head) == 0:
        return FileKind.EMPTY
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _in_zip(path)
    if head.startswith(COMPOUND):
        return FileKind.XLSX if is_locked(path) else FileKind.XLS
    if head.startswith(b"PAR1"):
        return FileKind.PARQUET
    if head.lstrip()[:5] == b"%PDF-":
        return FileKind.PDF
    if is_dbase(head):
        return FileKind.DBF
    if byte_order(head) is not None:
        return _by_text(head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else str(byte_order(head)), "replace"))
    if head.count(b"\0") > len(head) // 20 or _control_share(head) > 0.03:
        return FileKind.BINARY
    return _by_text(head.decode("utf-8-sig", "replace"))


def _control_share(head: bytes) -> float:
    controls = head.translate(None, bytes(range(32, 256)) + b"\t\r\n\x0b\x0c\x1a\0")
    return len(controls) / len(head)


def _in_zip(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError):
        if path.suffix.lower() in (".docx", ".docm"):
            return FileKind.DOCX
        return FileKind.XLSX if path.suffix.lower() in (".xlsx", ".xlsm", ".xlsb") else FileKind.ZIP
    if any(name.startswith("xl/workbook.") for name in names):
        return FileKind.XLSX
    if "word/document.xml" in names:
        return FileKind.DOCX
    return FileKind.ODS if {"content.xml", "mimetype"} <= names else FileKind.ZIP


def _by_text(text: str) -> FileKind:
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        low = start[:2000].lower()
        return FileKind.HTML if "<!doctype html" in low or "<html" in low or "<table" in low else FileKind.XML
    if start[:1] in ("{", "["):
        return _json_kind(start)
    return FileKind.CSV


def _json_kind(start: str) -> FileKind:
    first, _, rest = start.partition("\n")
    try:
        json.loads(first)
    except (ValueError, RecursionError):  # broken, a number of thousands of digits, or nested without end
        inside = start[1:].lstrip()[:1]
        return FileKind.JSON if inside in ('"', "{", "[", "}", "]") or inside.isdigit() else FileKind.CSV
    return FileKind.JSONL if rest.lstrip()[:1] in ("{", "[") else FileKind.JSON
