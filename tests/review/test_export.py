"""CSV for spreadsheets: no cell from a file runs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kit.review import neutralize, write_csv


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert neutralize(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize("value", ["-12.5", "+7", "1,234.5", "OOO Zarnitsa", "A=B", 5, None, -1.5])
def test_numbers_and_plain_names_stay(value: object) -> None:
    assert neutralize(value) == value


def test_file_neutralizes_cells_and_headers_and_keeps_numbers(tmp_path: Path) -> None:
    path = write_csv(pd.DataFrame({"=name": ["@SUM(1)", "Радиосвязь"], "value_usd": [-2.0, None]}), tmp_path / "out.csv")
    assert path.read_text(encoding="utf-8-sig").splitlines() == ["'=name,value_usd", "'@SUM(1),-2.0", "Радиосвязь,"]


def test_repeated_column_names_are_kept(tmp_path: Path) -> None:
    frame = pd.DataFrame([["a", "=b"]], columns=["x", "x"])
    assert write_csv(frame, tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines() == ["x,x", "a,'=b"]


def test_formula_behind_a_semicolon_stays_text_where_semicolons_separate() -> None:
    assert neutralize('chips;=HYPERLINK("x")') == 'chips;\'=HYPERLINK("x")'
    assert neutralize('chips; "@SUM(A1)') == "chips; \"'@SUM(A1)"
    assert neutralize("chips; boards") == "chips; boards"
