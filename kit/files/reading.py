"""One way in for every file: text, workbook, Parquet."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kit.errors import FileError
from kit.files.columnar import read_parquet
from kit.files.dbase import read_dbase
from kit.files.delimited import read_delimited, read_plain
from kit.files.json_sheets import read_json
from kit.files.kinds import WORKBOOKS, FileKind, kind_of, open_plain
from kit.files.sheets import Sheet
from kit.files.workbooks import read_plain_workbook, read_workbook, workbook_sheets

HEAD_BYTES = 1 << 18
HEAD_ROWS = 1000
TABLE = "a table (CSV, XLSX, XLS, ODS, Parquet, JSON or dBase)"
FOUND = {
    FileKind.JSON: ("JSON, which names its columns", "Read it as it is."),
    FileKind.JSONL: ("JSON lines, which name their columns", "Read it as it is."),
    FileKind.DBF: ("a dBase table, which names its columns", "Read it as it is."),
    FileKind.XML: ("XML", "Open it with the reader of its own list, or save it as XLSX from a spreadsheet program."),
    FileKind.PDF: ("a PDF", "A letter or list as PDF is read as a list; ask the sender of trade records for the table."),
    FileKind.DOCX: (
        "a text document (docx)",
        "A letter or list as DOCX is read as a list; ask the sender of trade records for the table.",
    ),
    FileKind.HTML: (
        "a web page (HTML)",
        "The download gave a page instead of the file, or a program saved a page under a spreadsheet's name: "
        "download the file itself, or open the page in a spreadsheet program and save it as XLSX.",
    ),
    FileKind.BINARY: ("bytes that are no text", "Check which program made the file and export it as CSV or XLSX."),
}


def read_sheet(
    path: Path,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    columns: Sequence[str] | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Sheet:
    r"""Read one table of a file as text, with the line of each row.

    Everything that is not given is decided by evidence and said in `notes`. No
    row is lost: one that does not fit the header is in `rejects`, with its line,
    the reason and how it stood.

    Args:
        path: The file; its name does not matter, its content does.
        sheet: Sheet of a workbook; without it the first that holds a table.
        header_row: 1-based line or sheet row of the header.
        columns: Keep these columns only.
        encoding: Of a text file, by Python's name (`cp1251`).
        delimiter: Of a text file.

    Returns:
        A `Sheet`. A file with a header and no rows gives no rows and a note.

    Raises:
        FileError: If the file is missing, empty, damaged, locked, or no table.
        TableError: If one of `columns` is missing.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "list.csv"
    >>> _ = path.write_bytes("Название;Страна\nООО Пример;RU\n".encode("cp1251"))
    >>> sheet = read_sheet(path)
    >>> sheet.encoding, sheet.delimiter, sheet.rows.to_pylist()
    ('cp1251', ';', [{'Название': 'ООО Пример', 'Страна': 'RU', 'source_row': 2}])
    >>> folder.cleanup()
    """
    kind = _kind(path, encoding)
    with readable(path):
        if kind is FileKind.CSV:
            result = read_delimited(path, header_row=header_row, encoding=encoding, delimiter=delimiter)
        elif kind in WORKBOOKS:
            result = read_workbook(path, sheet=sheet, header_row=header_row)
        elif kind is FileKind.PARQUET:
            result = read_parquet(path, columns)
        elif kind in (FileKind.JSON, FileKind.JSONL):
            result = read_json(path)
        elif kind is FileKind.DBF:
            with open_plain(path) as file:
                result = read_dbase(path, file.read(), encoding=encoding)
        else:
            raise no_table(path, kind)
    return result if columns is None else result.select(columns)


def read_head(path: Path, *, sheet: str | None = None) -> Sheet:
    """Read the beginning of a table, to recognize what it is without reading all of it.

    Of a text file the first 256 kB are read, of other files the first 1,000 rows
    are kept. Encoding, delimiter and columns can differ from what
    `read_sheet` finds in the whole file.

    Raises:
        FileError: As `read_sheet`.
    """
    kind = kind_of(path)
    with readable(path):
        if kind is FileKind.CSV:
            return read_delimited(path, header_row=None, encoding=None, delimiter=None, most=HEAD_BYTES)
        if kind is FileKind.PARQUET:
            return read_parquet(path, most=HEAD_ROWS)
    whole = read_sheet(path, sheet=sheet)
    return replace(whole, rows=whole.rows.slice(0, HEAD_ROWS))


def read_headerless(path: Path, columns: Sequence[str], *, encoding: str | None = None, delimiter: str | None = None) -> Sheet:
    """Read a file that has no header, under the column names that its publisher documents.

    Args:
        path: A text file or workbook.
        columns: One name per column. A row with another number of cells is refused.
        encoding: Of a text file; without it decided by evidence.
        delimiter: Of a text file; without it decided by evidence.

    Raises:
        FileError: If the file is missing, empty, damaged or no table.
    """
    kind = _kind(path, encoding)
    with readable(path):
        if kind is FileKind.CSV:
            return read_plain(path, columns, encoding=encoding, delimiter=delimiter)
        if kind in WORKBOOKS:
            return read_plain_workbook(path, columns)
    raise no_table(path, kind)


def sheet_names(path: Path) -> tuple[str, ...]:
    """Names of the sheets of a workbook; none for any other file.

    Raises:
        FileError: If there is no such file or the workbook cannot be opened.
    """
    return workbook_sheets(path) if kind_of(path) in WORKBOOKS else ()


def _kind(path: Path, encoding: str | None) -> FileKind:
    """What the file is; bytes of which the caller knows the encoding are text."""
    kind = kind_of(path)
    return FileKind.CSV if kind is FileKind.BINARY and encoding is not None else kind


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what goes wrong below while reading into a plain error about the file."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as problem:
        raise FileError.unreadable(
            path,
            f"a gzip file that is cut off or damaged ({problem})",
            "a whole file",
            "The download may have stopped; fetch it again.",
        ) from problem
    except LookupError as problem:
        if "unknown encoding" not in str(problem):
            raise
        raise FileError.unreadable(path, str(problem), "an encoding such as utf-8 or cp1251", "Correct its name.") from problem
    except OSError as problem:
        raise FileError.unreadable(
            path, f"a file that cannot be read ({problem})", "a readable file", "Close other programs or copy it again."
        ) from problem


def no_table(path: Path, kind: FileKind) -> FileError:
    """The error for a file that is no table, with what to do about it."""
    if kind is FileKind.EMPTY:
        return FileError.empty(path)
    if kind is FileKind.ZIP:
        return _zipped(path)
    if kind is FileKind.PARQUET:
        return FileError.unreadable(
            path, "a Parquet file, which names its columns", "a file without a header", "Read it as it is."
        )
    if kind is FileKind.BINARY and _is_picture(path):
        return FileError.unreadable(
            path,
            "a picture",
            TABLE,
            "The kit reads no pictures and sends nothing anywhere: run it through a program for text recognition (OCR) on this "
            "computer, such as OCRmyPDF or the scanner's own software, and bring the searchable PDF that it makes.",
        )
    found, advice = FOUND[kind]
    return FileError.unreadable(path, found, TABLE, advice)


def _is_picture(path: Path) -> bool:
    """Whether a file begins as JPEG, PNG, GIF, TIFF, WebP or HEIC do."""
    with path.open("rb") as file:
        head = file.read(12)
    starts = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*")
    return head.startswith(starts) or (head[:4] == b"RIFF" and head[8:] == b"WEBP") or head[4:12] in (b"ftypheic", b"ftypmif1")


def _zipped(path: Path) -> FileError:
    try:
        with zipfile.ZipFile(path) as packed:
            names = [info.filename for info in packed.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, OSError):
        return FileError.unreadable(path, "a damaged zip archive", TABLE, "The download may have stopped; fetch it again.")
    names = [name for name in names if not name.startswith("__MACOSX/")]
    if len(names) == 1:
        return FileError.unreadable(
            path,
            f"a zip archive that holds {names[0]!r}",
            TABLE,
            f"Unpack it (python3 -m zipfile -e {path.name} .) and give {names[0]!r}.",
        )
    shown = ", ".join(repr(name) for name in names[:6])
    return FileError.unreadable(
        path, f"a zip archive of {len(names)} files ({shown})", TABLE, "Unpack it and give the files that matter one by one."
    )
