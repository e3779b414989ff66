"""Statistics that are already in the columns of FLOWS, as the kit ships them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kit.errors import FileError, FormatError
from kit.files import FileKind, kind_of
from kit.model import FLOWS, ColumnUse, FileRole
from kit.tables import ReadResult, conform, empty
from kit.trade.conversion import in_common_units
from kit.trade.mapping import RATES

READER = "flows"
WHOLE = tuple(column.name for column in FLOWS)
COLUMNS = tuple(name for name in WHOLE if name not in RATES)
"""The columns of FLOWS that a publisher's figures fill; rates are added on reading."""


def recognizes(path: Path) -> bool:
    """Whether a file is Parquet with exactly the columns of FLOWS, with or without those of the rate."""
    if kind_of(path) is not FileKind.PARQUET:
        return False
    try:
        return tuple(pq.read_schema(path).names) in (COLUMNS, WHOLE)
    except (pa.ArrowException, OSError):
        return False


def read(path: Path) -> ReadResult:
    """Read statistics that keep the contract of FLOWS.

    `source_file` and `source_row` name this file and its row; the file and row
    at the publisher stay in the file itself.

    Values in another currency are converted on reading, beside what was published (`kit.trade.conversion`); a table
    that has the columns of the rate keeps what they say.

    Raises:
        FileError: If the file is missing, cut off or damaged.
        FormatError: If its columns are others.
        TableError: If a value breaks the contract.
    """
    if not path.exists():
        raise FileError.missing(path)
    try:
        rows = pq.read_table(path)
    except (pa.ArrowException, OSError) as problem:
        raise FileError.unreadable(
            path, f"damaged Parquet ({str(problem)[:120]})", "a whole Parquet file", "Fetch it again."
        ) from problem
    names = tuple(rows.column_names)
    if names not in (COLUMNS, WHOLE):
        raise FormatError.unknown(path, rows.column_names, "exactly the columns of FLOWS (data/README.md)")
    rows = rows.set_column(names.index("source_file"), "source_file", pa.array([path.name] * len(rows), pa.string()))
    rows = rows.set_column(names.index("source_row"), "source_row", pa.array(range(1, len(rows) + 1), pa.int64()))
    note = (rows.schema.metadata or {}).get(b"source", b"").decode()
    flows = conform("flows", rows)
    flows, said = in_common_units(flows) if names == COLUMNS else (flows, [])
    return ReadResult(
        role=FileRole.STATISTICS,
        reader=READER,
        tables={"flows": flows},
        rejects=empty("rejects"),
        columns=tuple(ColumnUse(name, name, "the kit's own name") for name in names),
        rows_read=len(rows),
        notes=(*((note,) if note != "" else ()), *said),
    )
