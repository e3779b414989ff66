"""Two files of one name in one case, such as the export.csv of two folders: ids made of file and row are told apart.

FLOWS have no ids: there the name of the file itself gets the mark, by which overlapping downloads are told from parts of one.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kit.stored import PACKING, StoredTable

MADE = {"declarations": ("declaration_id", "repeat_of"), "dropped": ("declaration_id", "kept_id"), "flows": ("source_file",)}


def with_own_ids(name: str, rows: pa.Table | StoredTable, file: str, key: str, place: Path) -> pa.Table | StoredTable:
    """A table whose ids of the form `file:row` begin with the start of the file's hash; ids that the source states stay.

    Args:
        name: Of the table; only DECLARATIONS, DROPPED and FLOWS are changed.
        rows: The table.
        file: Name of the file from which it was read.
        key: The start of the file's sha256.
        place: A folder for the new file of a `StoredTable`.
    """
    if name not in MADE:
        return rows
    if not isinstance(rows, StoredTable):
        return _changed(name, rows, file, key)
    target = place / f".{key}.{name}.apart.tmp"
    with pq.ParquetFile(rows.path) as old, pq.ParquetWriter(target, old.schema_arrow, compression=PACKING) as new:
        for number in range(old.num_row_groups):
            new.write_table(_changed(name, old.read_row_group(number), file, key))
    return StoredTable(target)


def _changed(name: str, rows: pa.Table, file: str, key: str) -> pa.Table:
    for column in MADE[name]:
        ids = rows.column(column)
        is_made = pc.equal(ids, file) if column == "source_file" else pc.starts_with(ids, f"{file}:")
        own = pc.binary_join_element_wise(pa.scalar(key[:8]), ids, "/")
        rows = rows.set_column(rows.column_names.index(column), rows.schema.field(column), pc.if_else(is_made, own, ids))
    return rows
