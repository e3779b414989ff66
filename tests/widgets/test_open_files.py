"""Own files: recognized, shown, corrected, taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kit.case import Case
from kit.model import ColumnUse
from kit.pipeline.opening import FileDesk
from kit.widgets import ColumnMapper, Dashboard, OpenFiles
from tests.widgets.test_explorer import texts

LIST = "No,Party,Seat\n1,Verolan Trade LLC,TR\n2,<b>Qorvex</b> FZE,AE\n"
TRADE = (
    "Date,Shipper,Consignee,HS Code,Description,Value USD,Origin Country\n"
    "2023-02-01,VEROLAN TRADE LLC,OOO ZARNITSA,854231,circuits,1000,TW\n"
    "2023-02-02,HANDEL GMBH,OOO ZARNITSA,847330,parts,200,DE\n"
)


@pytest.fixture
def form(tmp_path: Path) -> OpenFiles:
    return OpenFiles(Case.create(tmp_path / "case"), FileDesk())


def look(form: OpenFiles, path: Path, content: str) -> str:
    path.write_text(content, encoding="utf-8")
    form.form.act("look", None, {"path": f'"{path}"'})
    return texts(form.found.tree)


def test_a_list_is_recognized_and_its_columns_are_shown_with_reasons(form: OpenFiles, tmp_path: Path) -> None:
    shown = look(form, tmp_path / "letter.csv", LIST)
    assert "is a list of parties" in shown
    assert "2 rows, nothing refused" in shown
    assert "Party" in shown and "Seat" in shown


def test_a_trade_file_is_recognized(form: OpenFiles, tmp_path: Path) -> None:
    assert "is trade records" in look(form, tmp_path / "trade.csv", TRADE)


def test_looking_keeps_nothing(form: OpenFiles, tmp_path: Path) -> None:
    look(form, tmp_path / "letter.csv", LIST)
    assert form.case.sources() == ()


def test_a_corrected_column_is_read_again_with_its_new_meaning(form: OpenFiles, tmp_path: Path) -> None:
    look(form, tmp_path / "letter.csv", LIST)
    assert form.mapper is not None
    number = next(i for i, use in enumerate(form.mapper.uses) if use.source == "Seat")
    form.found.act("column", None, {f"column {number}": ""})
    form.found.act("again")
    assert form.looked is not None
    assert {use.source: use.target for use in form.looked.result.columns}["Seat"] is None


def test_a_corrected_trade_column_is_read_again(form: OpenFiles, tmp_path: Path) -> None:
    look(form, tmp_path / "trade.csv", TRADE)
    assert form.mapper is not None
    number = next(i for i, use in enumerate(form.mapper.uses) if use.source == "Description")
    form.found.act("column", None, {f"column {number}": "brand"})
    form.found.act("again")
    assert form.error == ""
    assert form.looked is not None
    assert form.looked.result.tables["declarations"].column("brand").to_pylist() == ["circuits", "parts"]


def test_a_confidential_list_is_kept_as_such(form: OpenFiles, tmp_path: Path) -> None:
    look(form, tmp_path / "letter.csv", LIST)
    form.found.act("confidential", None, {"confidential": True})
    form.found.act("keep", None, {"confidential": True})
    assert [s.is_confidential for s in form.case.sources()] == [True]
    assert form.case.read("entities").column("is_confidential").to_pylist() == [True, True]


def test_list_and_trade_taken_in_give_candidates(form: OpenFiles, tmp_path: Path) -> None:
    for name, content in (("letter.csv", LIST), ("trade.csv", TRADE)):
        look(form, tmp_path / name, content)
        form.found.act("keep")
    assert "VEROLAN TRADE LLC" in form.case.read("candidates").column("record_name").to_pylist()
    assert "is in the case" in texts(form.found.tree)


def test_a_missing_file_is_answered_under_the_form(form: OpenFiles) -> None:
    form.form.act("look", None, {"path": "/no/such/file.csv"})
    assert "No file at" in texts(form.found.tree)


def test_an_empty_file_is_answered_under_the_form(form: OpenFiles, tmp_path: Path) -> None:
    assert "is empty" in look(form, tmp_path / "empty.csv", "")


def test_an_uploaded_file_cannot_leave_the_cases_folder(form: OpenFiles) -> None:
    form._store({"name": "../../evil.csv", "content": LIST.encode()})
    assert (form.case.folder / "uploads" / "evil.csv").exists()


def test_each_cell_of_the_columns_names_its_column_for_narrow_screens() -> None:
    mapper = ColumnMapper([ColumnUse("A", "name", "header")], ["name"], before=[{"A": "x"}], after=[{"name": "x"}])
    cells = [node for node in nodes(mapper.tree()) if node["tag"] == "td"]
    assert [cell["attrs"]["data-label"] for cell in cells] == ["Column of the file", "First value", "Goes to", "Why", "A", "name"]


def test_the_mapper_shows_the_first_rows_before_and_after() -> None:
    mapper = ColumnMapper([ColumnUse("A", "name", "header")], ["name"], before=[{"A": "x"}] * 10, after=[{"name": "x"}] * 10)
    words = [node["children"] for node in nodes(mapper.tree()) if node["tag"] == "summary"]
    assert words == [["The first 10 rows as the file has them"], ["The first 10 rows as they are read"]]


def nodes(tree: Any) -> list[dict[str, Any]]:
    """Every node of a tree that is no text."""
    if isinstance(tree, str):
        return []
    if isinstance(tree, list):
        return [node for part in tree for node in nodes(part)]
    return [tree, *nodes(tree["children"])]


def test_the_mapper_takes_back_a_correction_that_is_the_proposal() -> None:
    mapper = ColumnMapper([ColumnUse("A", "name", "header")], ["name", "alias"])
    mapper.choose("A", "alias")
    mapper.choose("A", "name")
    assert mapper.corrections == {}


def test_the_mapper_refuses_a_meaning_that_does_not_exist() -> None:
    mapper = ColumnMapper([ColumnUse("A", "name", "header")], ["name"])
    mapper.choose("A", "password")
    assert mapper.corrections == {}


def test_the_dashboard_makes_a_case_and_opens_its_form(tmp_path: Path) -> None:
    dashboard = Dashboard(Case.create(tmp_path / "one").folder, desk=FileDesk())
    dashboard.choice.act("make", None, {"new_case": "two"})
    assert dashboard.folder.name == "two"
    assert dashboard.open_files is not None


def test_the_dashboard_refuses_a_name_that_is_a_path(tmp_path: Path) -> None:
    dashboard = Dashboard(Case.create(tmp_path / "one").folder, desk=FileDesk())
    dashboard.choice.act("make", None, {"new_case": "../two"})
    assert dashboard.folder.name == "one"
    assert "Cannot name a case" in texts(dashboard.choice.tree)


def test_the_dashboard_changes_to_a_case_beside_it(tmp_path: Path) -> None:
    Case.create(tmp_path / "two")
    dashboard = Dashboard(Case.create(tmp_path / "one").folder)
    dashboard.choice.act("case", "two")
    assert dashboard.explorer is not None
    assert dashboard.explorer.store.case.name == "two"
