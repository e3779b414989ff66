"""Tables that are written to disk while they are made, and answer like tables afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kit import tables

PACKING = "zstd"
BOUNDED = ("date", "hs_code", "repeat_of", "source_row", "kind")  # their least and largest values are kept for filters
ROWS = 120_000  # of one group; DuckDB reads groups side by side


class StoredTable:
    """A conformed table in a Parquet file of its own, for what is too long to be held in memory.

    It answers the questions that a table answers (`len`, `column`, `slice`, `to_pylist`), reading only what is asked.
    A case takes the file itself. The file goes away with the last of its tables unless a case took it.
    """

    def __init__(self, path: Path, owner: object = None) -> None:
        self.path = path
        self._owner = owner
        self._rows = int(pq.read_metadata(path).num_rows)

    def __len__(self) -> int:
        return self._rows

    @property
    def num_rows(self) -> int:
        """How many rows it has."""
        return self._rows

    @property
    def schema(self) -> pa.Schema:
        """Its columns and their types."""
        return pq.read_schema(self.path)

    @property
    def column_names(self) -> list[str]:
        """Its columns."""
        return list(self.schema.names)

    def read(self, columns: Sequence[str] | None = None) -> pa.Table:
        """The table, or some columns of it, in memory."""
        return pq.read_table(self.path, columns=None if columns is None else list(columns))

    def column(self, name: str) -> pa.ChunkedArray:
        """One column."""
        return self.read([name]).column(name)

    def slice(self, offset: int = 0, length: int | None = None) -> pa.Table:
        """Some rows; only as much is read as they need."""
        wanted = self._rows if length is None else offset + length
        taken: list[pa.RecordBatch] = []
        with pq.ParquetFile(self.path) as file:
            for batch in file.iter_batches(batch_size=10_000):
                taken.append(batch)
                if sum(map(len, taken)) >= wanted:
                    break
        return pa.Table.from_batches(taken, self.schema).slice(offset, length)

    def moved(self, path: Path) -> None:
        """Remember that its file was moved."""
        self.path, self._owner = path, None

    def to_pylist(self) -> list[dict[str, Any]]:
        """Every row as a dictionary."""
        found: list[dict[str, Any]] = self.read().to_pylist()
        return found

    def to_pandas(self) -> Any:
        """The table as a pandas frame."""
        return self.read().to_pandas()


def _repeats(column: pa.ChunkedArray) -> bool:
    """Whether values come again so often that a dictionary of them is worth its place."""
    return pa.types.is_nested(column.type) or 2 * int(pc.count_distinct(column).as_py()) < max(1, len(column))


class Store:
    """Takes conformed tables in portions: into memory, or into Parquet files in a folder.

    `kinds` counts the rows of each value of a column `kind`, such as DROPPED has.
    """

    def __init__(self, folder: Path | None, names: Sequence[str]) -> None:
        self.kinds: dict[str, int] = {}
        self._parts: dict[str, list[pa.Table]] = {name: [] for name in names}
        self._place = None if folder is None else tempfile.TemporaryDirectory(dir=folder, prefix=".reading_")
        self._writers: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        for writer in self._writers.values():
            writer.close()

    def _path(self, name: str) -> Path:
        return Path(self._place.name if self._place is not None else "") / f"{name}.parquet"

    def add(self, name: str, rows: pa.Table) -> None:
        """Take a portion of a table."""
        if "kind" in rows.column_names:
            for entry in pc.value_counts(rows.column("kind")).to_pylist():
                self.kinds[entry["values"]] = self.kinds.get(entry["values"], 0) + entry["counts"]
        if self._place is None:
            self._parts[name].append(rows)
            return
        if name not in self._writers:
            schema = tables.arrow_schema(name)
            coded = [column for column in schema.names if _repeats(rows.column(column))]
            known = [column for column in BOUNDED if column in schema.names]
            self._writers[name] = pq.ParquetWriter(
                self._path(name), schema, compression=PACKING, write_statistics=known, use_dictionary=coded
            )
        self._writers[name].write_table(rows, row_group_size=ROWS)

    def tables(self) -> Mapping[str, Any]:
        """The whole tables, after all portions were taken: Arrow tables, or `StoredTable` where a folder was given."""
        if self._place is None:
            return {name: tables.concat(name, parts) for name, parts in self._parts.items()}
        return {name: StoredTable(self._path(name), self._place) for name in self._writers}
