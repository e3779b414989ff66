"""`python -m kit report`."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.__main__ import command_of, main, parser
from kit.case import Case


@pytest.fixture
def at_home(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with `cases/small`, as the working folder."""
    (tmp_path / "cases").mkdir()
    case.folder.rename(tmp_path / "cases" / "small")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_working_copy_goes_to_the_case(at_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--case", "small"]) == 0
    assert "Working copy" in (at_home / "cases" / "small" / "output" / "report.html").read_text(encoding="utf-8")
    assert "working copy: " in capsys.readouterr().out


def test_published_copy_goes_where_it_is_asked_to(at_home: Path) -> None:
    assert main(["report", "--case", "small", "--published", "out.html"]) == 0
    assert "Published copy" in (at_home / "out.html").read_text(encoding="utf-8")


def test_refused_export_is_one_sentence(at_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Case.open(at_home / "cases" / "small").note(question="Who is OOO Zarnitsa Pribor?")
    assert main(["report", "--case", "small", "--published", "out.html"]) == 1
    assert "Nothing was written" in capsys.readouterr().err
    assert not (at_home / "out.html").exists()


def test_unknown_case_is_said_without_a_traceback(at_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--case", "nowhere"]) == 1
    assert "holds no case.json" in capsys.readouterr().err


def test_command_in_the_report_names_files_without_their_folders() -> None:
    options = parser().parse_args(["run", "--case", "small", "--list", "/secret/letter.xlsx", "--trade", "a.csv", "b.csv"])
    assert command_of(options) == "run --case small --list letter.xlsx --trade a.csv b.csv"
