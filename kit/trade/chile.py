"""Chilean import declarations (DIN): monthly text of 178 columns, which come without a header.

Names and order of the columns are known from four public reader programs, which take
them from the customs' own dictionary; no file with rows was seen. A file that has the
header is read by its mapping, as any other.
"""

from __future__ import annotations

from pathlib import Path

from kit.errors import KitError
from kit.files import FileKind, kind_of, read_headerless
from kit.files.kinds import open_plain
from kit.reference import read_reference
from kit.tables import ReadResult
from kit.trade.declarations import read_declarations
from kit.trade.mapping import shipped_mapping

READER = "cl_aduana_import"
DELIMITER = b";"


def columns() -> tuple[str, ...]:
    """The 178 column names in the order of the file."""
    return tuple(row["column"] for row in read_reference("lookups", "cl_aduana_import_columns.csv"))


def recognizes(path: Path) -> bool:
    """Whether the first line has the 178 cells of such a row, with the acceptance date where it belongs, and no header."""
    if kind_of(path) is not FileKind.CSV:
        return False
    try:
        with open_plain(path) as file:
            cells = file.readline(1 << 16).rstrip(b"\r\n").split(DELIMITER)
    except (OSError, EOFError, KitError):
        return False
    names = columns()
    cells = cells[:-1] if len(cells) == len(names) + 1 and cells[-1].strip() == b"" else cells
    day = cells[names.index("FECACEP")].strip() if len(cells) == len(names) else b""
    return len(day) == 8 and day.isdigit()


def read(path: Path) -> ReadResult:
    """Read the items into DECLARATIONS."""
    sheet = read_headerless(path, columns(), delimiter=";")
    return read_declarations(sheet, shipped_mapping(READER))
