"""Layouts that a case learns from corrected columns."""

from dataclasses import replace
from pathlib import Path

import pytest

from kit import pipeline
from kit.__main__ import main
from kit.case import Case
from kit.errors import MappingError
from kit.model import FileRole
from tests.trade.sheets import write_csv

ROW = {"Party A": "VEROLAN TRADE", "Receiver": "ZARNITSA", "Commodity code": "854231", "Sum USD": "100"}


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case")


def look_corrected(folder: Path) -> pipeline.Look:
    path = write_csv(folder / "cargo.csv", [ROW])
    return pipeline.FileDesk().look(path, columns={"Party A": "consignor_name", "Sum USD": "value_usd"})


def test_corrected_columns_are_kept_as_a_layout(tmp_path: Path, case: Case) -> None:
    look = look_corrected(tmp_path)
    pipeline.FileDesk().keep(case, look)
    (layout,) = pipeline.case_layouts(case)
    assert {column.target: column.sources[0] for column in layout.columns}["consignor_name"] == "Party A"


def test_the_next_file_with_these_columns_is_read_by_the_learned_layout(tmp_path: Path, case: Case) -> None:
    pipeline.FileDesk().keep(case, look_corrected(tmp_path))
    later = write_csv(tmp_path / "later.csv", [ROW | {"Sum USD": "7"}])
    source = pipeline.add_file(case, later, role=FileRole.DECLARATIONS)
    assert source.reader == "proposed_cargo_corrected"
    rows = [row for row in case.read("declarations").to_pylist() if row["source_file"] == "later.csv"]
    assert [(row["consignor_name"], row["value_usd"]) for row in rows] == [("VEROLAN TRADE", 7.0)]


def test_a_file_read_before_is_read_again_under_a_new_layout(tmp_path: Path, case: Case) -> None:
    path = write_csv(tmp_path / "cargo.csv", [ROW])
    before = pipeline.add_file(case, path, role=FileRole.DECLARATIONS)
    pipeline.save_layout(case, pipeline.FileDesk().look(path, columns={"Party A": "consignor_name"}).mapping)  # type: ignore[arg-type]
    after = pipeline.add_file(case, path, role=FileRole.DECLARATIONS)
    assert before.reader != after.reader
    assert pipeline.add_file(case, path, role=FileRole.DECLARATIONS) == after


def test_a_file_with_other_title_lines_is_read_by_the_learned_layout(tmp_path: Path, case: Case) -> None:
    lines = write_csv(tmp_path / "cargo.csv", [ROW, ROW | {"Sum USD": "8"}]).read_text(encoding="utf-8")
    may, june = tmp_path / "may.csv", tmp_path / "june.csv"
    may.write_text(f"Report of May\nprinted later\n\n{lines}", encoding="utf-8")
    june.write_text(f"Report of June\n{lines}", encoding="utf-8")
    desk = pipeline.FileDesk()
    desk.keep(case, desk.look(may, columns={"Party A": "consignor_name", "Sum USD": "value_usd"}))
    assert pipeline.add_file(case, june, role=FileRole.DECLARATIONS).reader == "proposed_may_corrected"
    assert pipeline.add_file(case, may, role=FileRole.DECLARATIONS) == case.sources()[0]


def test_a_file_is_read_again_after_its_layout_was_edited_or_removed(tmp_path: Path, case: Case) -> None:
    path = write_csv(tmp_path / "cargo.csv", [ROW])
    pipeline.FileDesk().keep(case, look_corrected(tmp_path))
    before = pipeline.add_file(case, path, role=FileRole.DECLARATIONS)
    assert pipeline.add_file(case, path, role=FileRole.DECLARATIONS) == before
    (kept,) = (case.folder / "mappings").glob("*.toml")
    kept.write_text(kept.read_text(encoding="utf-8").replace('"Party A"', '"Receiver"'), encoding="utf-8")
    after = pipeline.add_file(case, path, role=FileRole.DECLARATIONS)
    assert after.reader == before.reader
    assert [row["consignor_name"] for row in case.read("declarations").to_pylist()] == ["ZARNITSA"]
    kept.unlink()
    assert pipeline.add_file(case, path, role=FileRole.DECLARATIONS).reader == "proposed_cargo"


def test_names_are_taken_from_the_rows_again_after_columns_were_corrected_twice(tmp_path: Path, case: Case) -> None:
    path = write_csv(tmp_path / "cargo.csv", [ROW])
    desk = pipeline.FileDesk()
    for column, name in (("Party A", "VEROLAN TRADE"), ("Receiver", "ZARNITSA")):
        desk.keep(case, desk.look(path, columns={"Receiver": None, "Party A": None, column: "consignor_name"}))
        pipeline.find_candidates(case)
        assert case.read("parties").column("record_name").to_pylist() == [name]


@pytest.mark.parametrize(("one", "other"), [("импорт", "экспорт"), ("a b", "a-b")])
def test_layouts_of_other_names_never_take_the_place_of_each_other(tmp_path: Path, case: Case, one: str, other: str) -> None:
    mapping = look_corrected(tmp_path).mapping
    assert mapping is not None
    for layout in (one, other, other):
        pipeline.save_layout(case, replace(mapping, layout=layout))
    assert sorted(layout.layout for layout in pipeline.case_layouts(case)) == sorted((one, other))


def test_a_file_of_other_columns_is_read_as_before(tmp_path: Path, case: Case) -> None:
    pipeline.FileDesk().keep(case, look_corrected(tmp_path))
    other = write_csv(tmp_path / "other.csv", [{"Shipper": "A LTD", "Consignee": "B LTD", "HS code": "854231"}])
    assert pipeline.layout_for(case, other) is None


def test_a_damaged_layout_is_told_with_its_faults(tmp_path: Path, case: Case) -> None:
    (case.folder / "mappings").mkdir()
    (case.folder / "mappings" / "mine.toml").write_text('layout = "mine"\n', encoding="utf-8")
    with pytest.raises(MappingError, match="title"):
        pipeline.layout_for(case, write_csv(tmp_path / "cargo.csv", [ROW]))


def test_a_layout_can_be_given_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    giver = Case.create(tmp_path / "giver")
    layout = pipeline.save_layout(giver, look_corrected(tmp_path).mapping)  # type: ignore[arg-type]
    listed = write_csv(tmp_path / "list.csv", [{"Name": "VEROLAN TRADE", "Country": "AE"}])
    command = ["run", "--case", "mine", "--list", str(listed), "--trade", str(tmp_path / "cargo.csv"), "--mapping", str(layout)]
    assert main(command) == 0
    case = Case.open(tmp_path / "cases" / "mine")
    assert case.sources(FileRole.DECLARATIONS)[0].reader == "proposed_cargo_corrected"
    assert "--mapping proposed_cargo_corrected.toml" in case.manifest["command"]
