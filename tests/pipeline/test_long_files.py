"""Long files on their way into a case: progress, screens, and files that overlap."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit import pipeline
from kit.case import Case
from kit.model import FileRole
from kit.pipeline.job import percents
from kit.pipeline.overlaps import overlaps
from kit.stored import StoredTable
from kit.trade import reader
from tests.trade.sheets import STANDARD, write_csv

RECORD = {
    "ND": "10702070/010122/0000001", "G32": "1", "G022": "VEROLAN", "G082": "ЗАРНИЦА", "G33": "8542319000", "G42": "5",
    "G072": "01.01.2022",
}  # fmt: skip


@pytest.fixture
def long_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LONG", 1000)


def records(folder: Path, name: str = "records.csv") -> Path:
    return write_csv(folder / name, [STANDARD | {"declaration_id": f"D{n}"} for n in range(200)])


@pytest.mark.usefixtures("long_is_short")
def test_a_long_file_is_told_by_tenths(tmp_path: Path) -> None:
    said: list[str] = []
    request = pipeline.Request(trade=[records(tmp_path)])
    pipeline.read_all(Case.create(tmp_path / "case"), request, progress=said.append)
    assert "  100% of records.csv" in said
    assert "  standard: 200 rows" in said


def test_percents_rise_by_steps_and_are_told_once() -> None:
    said: list[str] = []
    hear = percents(said.append, "a.csv", step=25)
    for done in (0, 10, 26, 26, 49, 51, 100):
        hear(done, 100)
    assert said == ["  25% of a.csv", "  50% of a.csv", "  100% of a.csv"]


@pytest.mark.usefixtures("long_is_short")
def test_a_long_file_is_looked_at_and_kept(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    heard: list[int] = []
    desk = pipeline.FileDesk()
    look = desk.look(records(tmp_path), case=case, progress=lambda done, _: heard.append(done))
    assert isinstance(look.result.tables["declarations"], StoredTable)
    assert len(look.before) == len(look.after) == 10
    assert len(heard) > 1
    desk.keep(case, look)
    assert len(case.read("declarations")) == 200
    assert len(look.result.tables["declarations"]) == 200  # it reads the case's own file now


@pytest.mark.usefixtures("long_is_short")
def test_a_long_file_leaves_nothing_behind_but_its_tables(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    pipeline.add_file(case, records(tmp_path), role=FileRole.DECLARATIONS)
    assert list((case.folder / "tables").glob(".*")) == []


@pytest.mark.usefixtures("long_is_short")
def test_inspect_says_the_same_of_a_long_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = records(tmp_path)
    in_parts = pipeline.inspect(path)
    monkeypatch.setattr(reader, "LONG", 1 << 26)
    assert in_parts == pipeline.inspect(path)


def test_two_files_with_the_same_numbers_are_told(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    for name, numbers in (("may.csv", (1, 2, 3)), ("june.csv", (3, 4))):
        rows = [RECORD | {"G32": str(n)} for n in numbers]
        pipeline.add_file(case, write_csv(tmp_path / name, rows, delimiter=";"), role=FileRole.DECLARATIONS)
    said = overlaps(case)
    assert said == ["june.csv and may.csv share 1 declaration numbers (ru_declarations_codes): their records may be summed twice"]


def test_files_without_unique_numbers_are_not_compared(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    for name in ("a.csv", "b.csv"):
        pipeline.add_file(
            case, write_csv(tmp_path / name, [STANDARD | {"declaration_id": "D1", "value": name}]), role=FileRole.DECLARATIONS
        )
    assert overlaps(case) == []
