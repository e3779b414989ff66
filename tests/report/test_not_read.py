"""What was not read: whole rows, and single cells whose rows are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit import tables
from kit.case import Case
from kit.model import FileRole
from kit.report.reading import files_table
from kit.report.shown import open_shown
from kit.tables import ReadResult
from tests.factory import declaration, small_case
from tests.report.conftest import Write
from tests.report.reading_html import Reading

REASONS = ("value not read: no number", "value not read: no date", "row is cut short")


@pytest.fixture
def partly_read(tmp_path: Path) -> Case:
    """A case with one row that was refused and two cells that were left empty."""
    case = small_case(tmp_path, declarations=[], flows=[], documented_flows=[])
    path = tmp_path / "gaps.csv"
    path.write_text("gaps", encoding="utf-8")
    rejects = tables.from_rows("rejects", [tables.reject(path.name, n, reason, "x") for n, reason in enumerate(REASONS, 2)])
    rows = tables.from_rows("declarations", [declaration(n, source_file=path.name) for n in (1, 2)])
    case.add(ReadResult(FileRole.DECLARATIONS, "factory", {"declarations": rows}, rejects, rows_read=3), path)
    return case


def test_rows_and_cells_that_were_not_read_are_told_apart(partly_read: Case, written: Write) -> None:
    text = Reading(written(partly_read)).text
    assert "1 row not read and in none of the figures; 2 cells left empty" in text
    assert "their rows are in the figures" in text


def test_files_table_counts_rows_and_cells_apart(partly_read: Case) -> None:
    grid = files_table(open_shown(partly_read, working_copy=True, show_persons=False))
    row = next(row for row in grid.rows if row[0].text == "gaps.csv")
    found = {column: cell.text for column, cell in zip(grid.columns, row, strict=True)}
    assert (found["Rows refused"], found["Cells left empty"]) == ("1", "2")


def test_file_that_was_read_whole_is_not_spoken_of(text: str) -> None:
    assert "Not everything could be read" not in text


def test_lines_of_a_letter_are_named_by_page_and_line(tmp_path: Path, written: Write) -> None:
    case = small_case(tmp_path, declarations=[], flows=[], documented_flows=[])
    path = tmp_path / "letter.pdf"
    path.write_text("letter", encoding="utf-8")
    rejects = tables.from_rows("rejects", [tables.reject(path.name, 2038, "not taken: a heading", "x")])
    rows = tables.from_rows("declarations", [declaration(1, source_file=path.name)])
    case.add(ReadResult(FileRole.DECLARATIONS, "letter_pdf", {"declarations": rows}, rejects, rows_read=1), path)
    text = Reading(written(case)).text
    assert "page 2, line 38" in text
    assert "2038" not in text
