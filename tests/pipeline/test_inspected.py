"""What `inspect` says on a screen. Every party is invented."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kit import pipeline
from kit.__main__ import main
from tests.files.documents_made import Sheetful, write_pdf


def test_letter_is_told_by_its_parties_and_what_to_do_next(tmp_path: Path) -> None:
    lines = ["Dear colleague,", "", "1. Verolan LLC, Plum Road 5, Hong Kong", "2. Qorvex FZE, UAE"]
    path = write_pdf(tmp_path / "letter.pdf", [Sheetful().lines(60, 100, lines)])
    said = "\n".join(pipeline.words_of(pipeline.inspect(path)))
    assert "2 taken for parties" in said
    assert "page 1, line 2: Verolan LLC | Plum Road 5, Hong Kong | Hong Kong" in said
    assert "once, at page 1, line 1: not taken" in said
    assert "--entries entries.csv" in said


def test_sheet_is_told_by_its_columns_and_refused_rows(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("Company,Country\nVerolan LLC,UAE\n,UAE\n", encoding="utf-8")
    said = "\n".join(pipeline.words_of(pipeline.inspect(path)))
    assert "column 'Company': name" in said
    assert "1 row or value refused" in said
    assert "at row 3" in said


def test_file_that_is_not_read_says_why(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    assert "is empty" in "\n".join(pipeline.words_of(pipeline.inspect(path)))


def test_a_screen_gets_words_and_a_program_gets_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("Company,Country\nVerolan LLC,UAE\n", encoding="utf-8")
    assert main(["inspect", str(path)]) == 0
    assert capsys.readouterr().out.startswith("{")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert main(["inspect", str(path)]) == 0
    assert capsys.readouterr().out.startswith("mine.csv\n")
    assert main(["inspect", "--json", str(path)]) == 0
    assert capsys.readouterr().out.startswith("{")
