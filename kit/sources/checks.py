"""Looks at a downloaded file before it may take the place of the older copy.

Not a reading of the list: only whether the file is what its form says, whole,
with the columns and about as many entries as an edition has.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from kit.errors import counted
from kit.sources.entries import Form, Layout, Source

SHRUNK = 0.8  # of the older copy: lists lose entries one by one, so a fifth less is more likely a cut; a judgement of this kit
MOST_CELL = 10_000_000  # characters; more is a quotation mark that was never closed
HTML_MARKS = (b"<!doctype html", b"<html")
CUT_MARK = "\x1a"  # some files of OFAC end in it, as old systems mark the end of a text


@dataclass(frozen=True)
class Findings:
    """What a look at the first file of a form found.

    Attributes:
        broken: Why it is no whole file of its form; nothing can excuse these.
        changed: Columns or entries that are gone; a person may accept these.
        columns: Its header.
        count: Its lines or items, None where they were not counted.
    """

    broken: tuple[str, ...]
    changed: tuple[str, ...]
    columns: tuple[str, ...]
    count: int | None


class _BrokenError(Exception):
    """A file that is not whole, with the reason in words."""


def examine(
    path: Path, source: Source, form: Form, *, older_count: int | None = None, older_columns: tuple[str, ...] = ()
) -> Findings:
    """Look at the first file of a form.

    Args:
        path: The downloaded file.
        source: Gives the fewest entries of an edition.
        form: Says what the file must be.
        older_count: What was counted in the older copy.
        older_columns: Its header.
    """
    try:
        columns, count = _content(path, form)
    except _BrokenError as problem:
        return Findings((str(problem),), (), (), None)
    changed = [*_lost(columns, form, older_columns), *_shrunk(count, source, form, older_count)]
    return Findings((), tuple(changed), columns, count)


def broken(path: Path, form: Form) -> str | None:
    """Why a file that belongs to the first one is not whole, or None."""
    try:
        _content(path, form)
    except _BrokenError as problem:
        return str(problem)
    return None


def _content(path: Path, form: Form) -> tuple[tuple[str, ...], int | None]:
    """Header and count of a whole file."""
    with path.open("rb") as file:
        start = file.read(2048)
    if len(start.strip()) == 0:
        raise _BrokenError("found an empty file")
    if any(mark in start.lower() for mark in HTML_MARKS):
        raise _BrokenError(f"found a web page, expected {form.layout.value.upper()}")
    if form.layout is Layout.XML:
        return (), _xml_count(path, form.item)
    if form.layout is Layout.XLSX:
        _check_workbook(path)
        return (), None
    if form.layout in (Layout.JSON, Layout.JSONL):
        return (), _json_count(path, form)
    return _table(path, form)


def _lost(columns: tuple[str, ...], form: Form, older: tuple[str, ...]) -> list[str]:
    missing = [name for name in dict.fromkeys((*form.columns, *older)) if name not in columns]
    return [f"it lacks the columns {', '.join(missing)}"] if len(missing) > 0 else []


def _shrunk(count: int | None, source: Source, form: Form, older: int | None) -> list[str]:
    if count is None:
        return []
    fewest = form.fewest if form.fewest > 0 else source.rows[0] if source.rows is not None else 1
    if count < fewest:
        return [f"it holds {counted(count, 'entry', 'entries')}, expected at least {fewest:,}"]
    if older is not None and count < SHRUNK * older:
        return [f"it holds {counted(count, 'entry', 'entries')}, the older copy {older:,}: more than a fifth is gone"]
    return []


def _table(path: Path, form: Form) -> tuple[tuple[str, ...], int]:
    """Header and number of rows of a CSV or tab-separated file."""
    header: tuple[str, ...] = ()
    count, width, last = 0, 0, 0
    for number, cells in _rows(path, _delimiter(path, form)):
        if cells == [CUT_MARK] or len(cells) == 0:
            continue
        if number == form.header_line:
            header = tuple(cell.strip() for cell in cells)
        elif number > form.header_line:
            count, last = count + 1, len(cells)
            width = max(width, last)
    expected = len(header) if len(header) > 0 else width
    if last < expected and not _ends_a_line(path):
        raise _BrokenError(f"its last line is cut off ({last} of {expected} cells)")
    return header, count


def _delimiter(path: Path, form: Form) -> str:
    """What parts the cells: of comma and semicolon (the EU's CSV has the latter) the one that finds more of the columns."""
    if form.layout is Layout.TSV:
        return "\t"
    if form.header_line == 0:
        return ","
    with path.open(encoding=_encoding(path), errors="replace") as file:
        header = [file.readline(MOST_CELL) for _ in range(form.header_line)][-1].rstrip("\r\n")
    return max(",;", key=lambda sign: len({cell.strip(' "') for cell in header.split(sign)} & set(form.columns)))


def _rows(path: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their number; where the last one never closes its quotation mark the file is cut."""
    csv.field_size_limit(max(csv.field_size_limit(), MOST_CELL))
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding=_encoding(path), errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as problem:
                if "end of data" in str(problem) or "field larger" in str(problem):
                    raise _BrokenError("it ends inside quotation marks: it is cut off") from problem
                cells = ["", ""]  # an odd line is for the reader of the list to judge; it counts as a row
            yield number, cells


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
    return "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, io.SEEK_END)
        return file.read(1) in (b"\n", b"\r", b"\x1a", b"\x00")


def _xml_count(path: Path, item: str) -> int:
    """Number of elements of a name (or of one of several names); nothing of the file is obeyed."""
    wanted, count = frozenset(item.split()), 0
    parser = expat.ParserCreate()

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal count
        count += name.rpartition(":")[2] in wanted

    def doctype(*_: object) -> None:
        raise _BrokenError("it declares a document type, which no edition does")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError as problem:
        raise _BrokenError(f"its XML breaks off or is damaged ({problem})") from problem
    except (LookupError, ValueError) as problem:  # of the declaration: encoding="..."
        raise _BrokenError(f"its XML is in an encoding that cannot be read ({str(problem)[:120]})") from problem
    return count


def _json_count(path: Path, form: Form) -> int:
    """Number of entries of a JSON document, or of lines that are documents."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            if form.layout is Layout.JSONL:
                return _json_lines(file)
            content = json.load(file)
    except (ValueError, RecursionError) as problem:
        raise _BrokenError(f"its JSON breaks off or is damaged ({problem})") from problem
    entries = content.get(form.item) if isinstance(content, dict) else content
    if not isinstance(entries, list):
        raise _BrokenError(f"its JSON has no list {form.item!r}")
    return len(entries)


def _json_lines(file: io.TextIOWrapper) -> int:
    count, last = 0, ""
    for line in file:
        if line.strip() != "":
            count, last = count + 1, line
    json.loads(last)
    return count


def _check_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as book:
            damaged = book.testzip() if sum(part.file_size for part in book.infolist()) < 1_000_000_000 else "too large"
            names = book.namelist()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as problem:
        raise _BrokenError(f"it is no whole workbook ({problem})") from problem
    if damaged is not None or "xl/workbook.xml" not in names:
        raise _BrokenError("it is no whole workbook")
