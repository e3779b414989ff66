"""The real files that the kit is for; skipped where their folder is absent."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kit.files import FileKind, describe, kind_of, read_dates, read_headerless, read_sheet
from tests.shared_files import shared, shared_files

WORKBOOKS = ("data", "trade", "eximpedia_samples", "xlsx")
LISTS = ("data", "lists")
TRADE = ("data", "trade")
HEADERLESS = {
    "ofac_sdn.csv": 7379,
    "ofac_add.csv": 11696,
    "ofac_alt.csv": 9682,
    "ofac_sdn_comments.csv": 14,
    "ofac_cons_prim.csv": 442,
}


def plain_rows(path: Path) -> list[list[str]]:
    """What Python's own reader makes of a well-formed file."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.shared
@pytest.mark.parametrize("name", shared_files(*WORKBOOKS, pattern="*.xlsx"))
def test_vendor_workbook_is_read_from_its_header_on(name: str) -> None:
    sheet = read_sheet(shared(*WORKBOOKS, name))
    assert sheet.header_row in (1, 6)
    assert len(sheet.rows) > 0
    assert sheet.rows["source_row"][0].as_py() == sheet.header_row + 1
    assert all(not column.startswith("column ") for column in sheet.columns)


@pytest.mark.shared
@pytest.mark.parametrize("name", [*shared_files(*TRADE, pattern="*.csv"), *shared_files(*TRADE, pattern="*.csv.gz")])
def test_trade_file_is_read_as_pythons_reader_reads_it(name: str) -> None:
    path = shared(*TRADE, name)
    header, *rows = plain_rows(path)
    sheet = read_sheet(path)
    assert sheet.columns == tuple(header)
    assert (len(sheet.rows), len(sheet.rejects)) == (len(rows), 0)
    assert list(sheet.rows.slice(len(rows) - 1, 1).to_pylist()[0].values())[:-1] == [cell.strip() or None for cell in rows[-1]]


@pytest.mark.shared
@pytest.mark.parametrize("name", [n for n in shared_files(*LISTS, pattern="*.csv") if not n.startswith("ofac_")])
def test_list_file_loses_no_row(name: str) -> None:
    path = shared(*LISTS, name)
    rows = [row for row in plain_rows(path)[1:] if any(cell.strip() != "" for cell in row)]
    sheet = read_sheet(path)
    assert (len(sheet.rows), len(sheet.rejects)) == (len(rows), 0)


@pytest.mark.shared
@pytest.mark.parametrize(("name", "count"), sorted(HEADERLESS.items()))
def test_list_without_header_is_read_whole(name: str, count: int) -> None:
    path = shared(*LISTS, name)
    width = len(plain_rows(path)[0])
    sheet = read_headerless(path, [f"c{i}" for i in range(width)])
    assert abs(len(sheet.rows) - count) <= 1  # the mark at the end of some of them is counted in their README
    assert len(sheet.rejects) == 0


@pytest.mark.shared
def test_tab_separated_list_is_recognized() -> None:
    told = describe(shared(*LISTS, "bis_dpl.txt"))
    assert (told.delimiter, told.rows, told.rejects) == ("\t", 546, 0)


@pytest.mark.shared
def test_absurd_date_of_a_real_list_is_refused_and_the_others_read() -> None:
    sheet = read_sheet(shared(*LISTS, "bis_dpl.txt"))
    updated = read_dates(sheet.rows["Last_Update"])
    assert list(updated.faults) == ["3017-08-22"]
    assert read_dates(sheet.rows["Effective_Date"]).form.day_first is False


@pytest.mark.shared
def test_two_spellings_of_dates_in_a_real_list_are_read() -> None:
    sheet = read_sheet(shared(*LISTS, "eu_journal_32014R0833.csv"))
    assert read_dates(sheet.rows["startDate"]).faults == {}


@pytest.mark.shared
def test_months_of_a_vendor_are_read_but_for_the_zero_date() -> None:
    sheet = read_sheet(shared(*TRADE, "eximpedia_samples", "eximpedia_monthly_pairs.csv.gz"))
    assert list(read_dates(sheet.rows["period"]).faults) == ["1900-01"]


@pytest.mark.shared
def test_xml_list_is_told_from_tables() -> None:
    assert kind_of(shared(*LISTS, "un_consolidated.xml")) is FileKind.XML


@pytest.mark.shared
def test_parquet_of_a_million_rows_is_read() -> None:
    path = shared(*TRADE, "eurostat_comext_eu27_to_ru_and_6_neighbours_2020-01_2022-11.parquet")
    assert len(read_sheet(path).rows) == pq.read_metadata(path).num_rows
