"""Eurostat exports in the columns of FLOWS: figures as published, nothing added up."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv
import pyarrow.parquet as pq

from kit.tables import conform
from kit.trade import bundled

PRIORITY_SOURCE = "eurostat_comext_eu27_to_ru_and_6_neighbours_2020-01_2022-11.parquet"
TOTAL_SOURCE = "eurostat_comext_total_monthly_2019-01_2024-08.csv"
_NOTE = {
    "source": "Eurostat, international trade in goods (Comext, DS-045409); reuse authorized with attribution",
    "currency": "EUR, as published; no conversion",
}


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string())


def _in_contract(rows: pa.Table, source: str, code: pa.Array | pa.ChunkedArray, level: int) -> pa.Table:
    count = len(rows)
    constant = {"currency": "EUR", "value_basis": "statistical", "source_file": source}
    year = pc.utf8_slice_codeunits(_text(rows["period"]), 0, 4)
    columns = {
        "reporter": _text(rows["reporter"]),
        "partner": _text(rows["partner"]),
        "flow": _text(rows["flow"]),
        "period": _text(rows["period"]),
        "hs_code": code,
        "hs_level": pa.array([level] * count, pa.int64()),
        "hs_version": pc.binary_join_element_wise("CN", year, ""),
        "value": rows["value_eur"].cast(pa.float64()),
        "source_row": rows["source_row"],
        **{name: pa.array([value] * count, pa.string()) for name, value in constant.items()},
    }
    return conform("flows", pa.table(columns)).select(bundled.COLUMNS)  # as published: rates are added on reading


def _numbered(rows: pa.Table, first: int) -> pa.Table:
    return rows.append_column("source_row", pa.array(range(first, first + len(rows)), pa.int64()))


def priority_exports(trade: Path, reference: Path) -> pa.Table:
    """Monthly exports of goods whose HS6 is on the priority list, at eight digits only."""
    with (reference / "chpl.csv").open(encoding="utf-8", newline="") as file:
        codes = pa.array([row["hs6"] for row in csv.DictReader(file)], pa.string())
    rows = _numbered(pq.read_table(trade / PRIORITY_SOURCE), 1)
    code = _text(rows["code"])
    is_kept = pc.and_(
        pc.and_(pc.equal(_text(rows["flow"]), "export"), pc.equal(_text(rows["level"]), "hs8")),
        pc.is_in(pc.utf8_slice_codeunits(code, 0, 6), value_set=codes),
    )
    kept = rows.filter(is_kept)
    return _in_contract(kept, PRIORITY_SOURCE, _text(kept["code"]), 8)


def total_exports(trade: Path) -> pa.Table:
    """Monthly total exports by member state; the EU27 rows are the sum of the others and are left out."""
    rows = _numbered(pv.read_csv(trade / TOTAL_SOURCE), 2)
    kept = rows.filter(pc.and_(pc.equal(rows["flow"], "export"), pc.not_equal(rows["reporter"], "EU27")))
    return _in_contract(kept, TOTAL_SOURCE, pa.array(["TOTAL"] * len(kept), pa.string()), 0)


def write(path: Path, rows: pa.Table) -> None:
    """Write FLOWS as Parquet with the source in the file's own notes."""
    schema = rows.schema.with_metadata({key.encode(): value.encode() for key, value in _NOTE.items()})
    pq.write_table(rows.cast(schema), path, compression="zstd", compression_level=19, use_dictionary=True)
