"""One way in for trade files: which layout it is, and reading it."""

from __future__ import annotations

import importlib
import pkgutil
import re
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import cast

import pyarrow as pa
import pyarrow.parquet as pq

from kit import trade
from kit.errors import FileError, FormatError, MappingError, listed
from kit.files import FileKind, Sheet, kind_of, read_sheet
from kit.files.kinds import is_gzip, open_plain
from kit.files.long import OneSheet, Parts, Told, read_long, together, untold
from kit.files.reading import readable
from kit.model import ColumnUse
from kit.tables import ReadResult
from kit.trade.cells import Header
from kit.trade.declarations import read_declarations
from kit.trade.headers import REFUSED
from kit.trade.mapping import MappingKind, TradeMapping, load_mappings, read_mapping
from kit.trade.recognizer import propose_mapping
from kit.trade.statistics import read_statistics

HEAD = 1 << 20
LONG = 1 << 26  # bytes; longer text is read in parts
PACKED = 8  # times smaller than its text, about, is a gzip file of a table
PROPOSED = (
    "no known layout fits: the columns were recognized by their words and values; check where each went before relying on it"
)


EXPECTED = "a party (shipper, consignee …) and a code, a description or a value"
MOST_SEEN = 4


def fits(mapping: TradeMapping, columns: Sequence[str], file_name: str) -> bool:
    """Whether a layout's columns are all there, none of the excluded ones, and the file name fits."""
    header = Header(columns, first_word=mapping.first_word)
    if any(header.find([name]) is None for name in mapping.requires):
        return False
    if any(header.find([name]) is not None for name in mapping.absent):
        return False
    return mapping.file_name == "" or re.search(mapping.file_name, file_name) is not None


def choose(sheet: Sheet, mappings: Sequence[TradeMapping] | None = None) -> TradeMapping | None:
    """The layout that fits a sheet: the one that asks for the most columns; None if none fits."""
    return _best(sheet.columns, sheet.source_file, load_mappings() if mappings is None else mappings)


def _best(columns: Sequence[str], file_name: str, mappings: Sequence[TradeMapping]) -> TradeMapping | None:
    fitting = [m for m in mappings if fits(m, columns, file_name)]
    if len(fitting) == 0:
        return None
    return max(fitting, key=lambda m: (len(m.requires) + (m.file_name != ""), len(m.columns), m.layout))


@cache
def readers() -> tuple[ModuleType, ...]:
    """Formats that are more than a matter of column names: modules here with `recognizes` and `read`."""
    names = (found.name for found in pkgutil.iter_modules(trade.__path__))
    modules = (importlib.import_module(f"{trade.__name__}.{name}") for name in sorted(names))
    return tuple(module for module in modules if hasattr(module, "recognizes") and hasattr(module, "read"))


def recognize(path: Path | str) -> str | None:
    """The layout of a trade file among those that the kit knows, or None.

    None does not mean that the file cannot be read: `read_trade` proposes a
    mapping for an unknown layout.

    Raises:
        FileError: If the file is missing.
    """
    path = Path(path)
    if not path.is_file():
        raise FileError.missing(path)
    try:
        special = next((module for module in readers() if module.recognizes(path)), None)
        if special is not None:
            return str(special.READER)
        found = _best(columns_of(path), path.name, load_mappings())
    except FileError:
        return None
    return found.layout if found is not None else None


def columns_of(path: Path) -> tuple[str, ...]:
    """The columns of a table, from the beginning of the file alone where it is long text.

    Raises:
        FileError: If the file is no table.
    """
    kind = kind_of(path)
    if kind is FileKind.PARQUET:
        try:
            return tuple(name.strip() for name in pq.read_schema(path).names)
        except (pa.ArrowException, OSError):
            return read_sheet(path).columns  # tells what is wrong
    if kind is not FileKind.CSV or path.stat().st_size < HEAD:
        return read_sheet(path).columns
    with open_plain(path) as file:
        head = file.read(HEAD)
    end = head.rfind(b"\n") + 1
    end += head.startswith(b"\xff\xfe")  # in UTF-16 a line break has a second byte
    with tempfile.TemporaryDirectory() as folder:
        beginning = Path(folder) / path.name.removesuffix(".gz")
        beginning.write_bytes(head[:end] if end > 1 else head)
        return read_sheet(beginning).columns


def read_trade(
    path: Path | str,
    *,
    mapping: TradeMapping | Path | str | None = None,
    folder: Path | None = None,
    progress: Told = untold,
) -> ReadResult:
    """Read a file of trade records or trade statistics.

    The layout is recognized by its columns. Where no layout fits, the
    recognizer proposes a mapping and the notes of the result say so.

    Args:
        path: CSV (also gzip), XLSX, XLS, ODS or Parquet.
        mapping: A mapping, or the path of a mapping file, to use instead.
        folder: Declarations of long text (64 MB and more) are written there and not held in memory: the tables
            of the result are then `kit.stored.StoredTable`. Without it every table is in memory.
        progress: Told how much is done, and of how much, in bytes of the file; only of long text.

    Returns:
        A ReadResult with `declarations` or `flows`, every refused row or value
        in `rejects`, and in `columns` where each column went.

    Raises:
        FileError: If the file cannot be read at all.
        FormatError: If nothing in it looks like trade.
        MappingError: If the mapping file is faulty or does not fit the file.
    """
    path = Path(path)
    given = read_mapping(mapping) if isinstance(mapping, (str, Path)) else mapping
    special = None
    if given is None and path.is_file():
        special = next((module for module in readers() if module.recognizes(path)), None)
    if special is not None:
        return cast("ReadResult", special.read(path))
    if not is_long(path) or (given is not None and given.sheet is not None):
        asked = {} if given is None else {"sheet": given.sheet, "header_row": given.header_row}
        return _read(path, OneSheet(read_sheet(path, **asked)), given)  # type: ignore[arg-type]
    size = path.stat().st_size

    def half(done: int, total: int) -> None:
        progress((size + size * done // total) // 2, size)

    with readable(path), tempfile.TemporaryDirectory(dir=folder, prefix=".reading_") as parts:
        header_row = None if given is None else given.header_row
        sheet = read_long(path, Path(parts), header_row=header_row, progress=lambda done, _: progress(done // 2, size))
        result = _read(path, sheet, given, folder=folder, progress=half)
    return replace(result, sha256=sheet.sha256)


def is_long(path: Path) -> bool:
    """Whether a file is text too long to be held in memory."""
    return kind_of(path) is FileKind.CSV and path.stat().st_size >= (LONG // PACKED if is_gzip(path) else LONG)


def _read(
    path: Path, sheet: Parts, given: TradeMapping | None, *, folder: Path | None = None, progress: Told = untold
) -> ReadResult:
    """Find the layout of a sheet and apply it."""
    if given is not None:
        _fitting(sheet.whole, given)
        return apply(sheet, given, folder=folder, progress=progress)
    found = choose(sheet.whole)
    if found is not None:
        return apply(sheet, found, folder=folder, progress=progress)
    proposal = propose_mapping(sheet.whole)
    if not proposal.is_enough:
        raise FormatError.unknown(path, sheet.whole.columns, EXPECTED, _seen(sheet.whole, proposal.reasons))
    result = apply(sheet, proposal.mapping, folder=folder, progress=progress)
    return replace(result, columns=_with_reasons(result.columns, proposal.reasons), notes=(PROPOSED, *result.notes))


def _seen(sheet: Sheet, reasons: Sequence[ColumnUse]) -> list[str]:
    """What came near: columns whose header fits and whose values do not, other sheets, and what the file may be instead."""
    near = [use for use in reasons if use.target is None and REFUSED in use.reason]
    found = [f"Column {use.source!r}: {use.reason}." for use in near[:MOST_SEEN]]
    found += [f"The kit {note}." for note in sheet.notes if note.startswith("read sheet")]
    return [*found, "If it is a list of parties, give it as a list."]


def _fitting(sheet: Sheet, mapping: TradeMapping) -> None:
    """Refuse a sheet that lacks the columns by which a mapping is known."""
    header = Header(sheet.columns, first_word=mapping.first_word)
    missing = [name for name in mapping.requires if header.find([name]) is None]
    if len(missing) > 0:
        has = listed(sheet.columns, most=12)
        raise MappingError.faults(
            mapping.layout, [f"{sheet.source_file} has no column {name!r} (it has {has})" for name in missing]
        )


def _with_reasons(uses: Sequence[ColumnUse], reasons: Sequence[ColumnUse]) -> tuple[ColumnUse, ...]:
    """Where each column went, with the recognizer's own reason where it refused one."""
    why = {use.source: use.reason for use in reasons}
    return tuple(replace(use, reason=why.get(use.source, use.reason)) if use.target is None else use for use in uses)


def apply(sheet: Sheet | Parts, mapping: TradeMapping, *, folder: Path | None = None, progress: Told = untold) -> ReadResult:
    """Apply a mapping to a sheet, whole or in parts."""
    if mapping.kind is MappingKind.DECLARATIONS:
        return read_declarations(sheet, mapping, folder=folder, progress=progress)
    return read_statistics(sheet if isinstance(sheet, Sheet) else together(sheet), mapping)
