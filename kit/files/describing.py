"""What a file is and what reading it would assume."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kit.files.kinds import WORKBOOKS, FileKind, kind_of
from kit.files.reading import read_sheet, sheet_names


@dataclass(frozen=True)
class FileDescription:
    """What reading a file gave; fields that do not apply are None or empty.

    `rows` and `rejects` count rows of the table that `read_sheet` reads by itself.
    """

    source_file: str
    kind: FileKind
    encoding: str | None = None
    delimiter: str | None = None
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    header_row: int | None = None
    columns: tuple[str, ...] = ()
    rows: int | None = None
    rejects: int | None = None
    notes: tuple[str, ...] = ()


def describe(path: Path) -> FileDescription:
    """Say what a file is, and how `read_sheet` reads it.

    A file that is no table (JSON, XML, PDF, zip, …) gives its kind alone.

    Raises:
        FileError: If there is no such file, or it should be a table and cannot be read.
    """
    kind = kind_of(path)
    if kind not in (FileKind.CSV, FileKind.PARQUET, *WORKBOOKS):
        return FileDescription(path.name, kind)
    sheet = read_sheet(path)
    return FileDescription(
        source_file=path.name,
        kind=kind,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        sheets=sheet_names(path),
        sheet=sheet.sheet,
        header_row=sheet.header_row,
        columns=sheet.columns,
        rows=len(sheet.rows),
        rejects=len(sheet.rejects),
        notes=sheet.notes,
    )
