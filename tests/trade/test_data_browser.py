"""Workbooks of the Eurostat Data Browser, invented figures in their form."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kit.trade import read_trade, recognize

MONTHS = ["2022-01", "", "2022-02", ""]
SHEET: list[list[Any]] = [
    ["Data extracted on 16/01/2023 10:00:00 from [ESTAT]"],
    ["Dataset: ", "", "EU trade since 1988 by HS2-4-6 and CN8 [DS-045409]"],
    ["Last updated: ", "", "13/01/2023 23:00"],
    [],
    ["Time frequency [FREQ]", "", "Monthly [M]"],
    ["PRODUCT [PRODUCT]", "", "Processors and controllers [85423190]"],
    ["FLOW [FLOW]", "", "EXPORT [2]"],
    ["INDICATORS [INDICATORS]", "", "VALUE_IN_EUROS [VALUE_IN_EUROS]"],
    ["TIME", "TIME", *MONTHS],
    ["REPORTER (Labels)", "PARTNER (Labels)", "", "", "", ""],
    ["Germany (incl German Democratic Republic 'DD' from 1991)", "Kyrgyz, Republic", 1200, "", ":", ""],
    ["France (incl. Saint Barthélemy 'BL' -> 2012)", "Kazakhstan", 5, "p", 7, ""],
    ["", "Kazakhstan", 9, "", "", ""],
    [],
    ["Special value"],
    [":", "not available"],
]


def workbook(folder: Path, sheets: dict[str, list[list[Any]]], name: str = "1_spreadsheet.xlsx") -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Summary"
    book.active.append(["Contents", "Sheet 1"])
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(folder / name)
    return folder / name


def read(folder: Path, sheets: dict[str, list[list[Any]]]) -> Any:
    return read_trade(workbook(folder, sheets))


def test_each_filled_cell_is_one_flow(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Sheet 1": SHEET})
    found = read_trade(path).tables["flows"].to_pylist()
    assert recognize(path) == "eurostat_data_browser"
    assert [(r["reporter"], r["partner"], r["period"], r["value"], r["source_row"]) for r in found] == [
        ("DE", "KG", "2022-01", 1200.0, 11),
        ("FR", "KZ", "2022-01", 5.0, 12),
        ("FR", "KZ", "2022-02", 7.0, 12),
    ]
    assert {(r["flow"], r["hs_code"], r["hs_level"], r["currency"]) for r in found} == {("export", "85423190", 8, "EUR")}


def test_a_row_without_its_reporter_is_refused(tmp_path: Path) -> None:
    rejects = read(tmp_path, {"Sheet 1": SHEET}).rejects.to_pylist()
    assert [(r["source_row"], "REPORTER" in r["reason"]) for r in rejects] == [(13, True)]


def test_every_sheet_is_read_and_quantities_are_left_out(tmp_path: Path) -> None:
    quantity = [row.copy() for row in SHEET]
    quantity[7] = ["INDICATORS [INDICATORS]", "", "QUANTITY_IN_100KG [QUANTITY_IN_100KG]"]
    result = read(tmp_path, {"Sheet 1": SHEET, "Sheet 2": quantity})
    assert len(result.tables["flows"]) == 3
    assert sum("adds up or repeats" in r["reason"] for r in result.rejects.to_pylist()) == 3


@pytest.mark.parametrize("cut", range(0, 12))
def test_a_sheet_without_its_head_is_no_such_workbook(tmp_path: Path, cut: int) -> None:
    path = workbook(tmp_path, {"Sheet 1": SHEET[12 - cut :]})
    assert (recognize(path) == "eurostat_data_browser") is (cut > 3)
