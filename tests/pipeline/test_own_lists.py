"""Lists of the user's own that are called alike: none is lost without a word. Every party is invented."""

from __future__ import annotations

from pathlib import Path

from kit import pipeline
from kit.case import Case
from kit.model import FileRole
from tests.files.documents_made import Sheetful, write_docx, write_pdf


def add(case: Case, path: Path) -> tuple[str, ...]:
    return pipeline.add_file(case, path, role=FileRole.LIST).list_ids


def names(case: Case) -> set[str]:
    return set(case.read("names").column("name").to_pylist())


def test_two_letters_of_one_name_but_another_kind_both_count(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    pdf = write_pdf(tmp_path / "letter.pdf", [Sheetful().lines(60, 100, ["1. Verolan LLC, UAE", "2. Qorvex FZE, UAE"])])
    word = write_docx(tmp_path / "letter.docx", ["* Zarnik Ltd, Hong Kong", "* Pear Import Co., Ltd., China"])
    assert add(case, pdf) == ("letter",)
    assert add(case, word) == ("letter_docx",)
    assert {"Verolan LLC", "Qorvex FZE", "Zarnik Ltd", "Pear Import Co., Ltd."} <= names(case)
    said = case.sources(FileRole.LIST)[-1].notes
    assert any("ATTENTION" in note and "another list of this name" in note for note in said)


def test_file_of_the_same_name_is_a_newer_state_of_the_list(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    path = tmp_path / "mine.csv"
    path.write_text("name,country\nVerolan LLC,UAE\n", encoding="utf-8")
    assert add(case, path) == ("mine",)
    path.write_text("name,country\nQorvex FZE,UAE\n", encoding="utf-8")
    assert add(case, path) == ("mine",)
    assert names(case) == {"Qorvex FZE"}


def test_list_kept_apart_keeps_its_id_when_it_is_read_again(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    for name, party in (("mine.csv", "Verolan LLC"), ("mine.txt", "Qorvex FZE"), ("mine.txt", "Zarnik Ltd")):
        (tmp_path / name).write_text(f"name,country\n{party},UAE\n", encoding="utf-8")
        last = add(case, tmp_path / name)
    assert last == ("mine_txt",)
    assert names(case) == {"Verolan LLC", "Zarnik Ltd"}


def test_candidates_follow_a_list_whose_file_was_renamed(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    trade = tmp_path / "trade.csv"
    trade.write_text("Consignor,Consignee,Declaration number,Date,HS code\nVEROLAN LLC,A,1,2023-01-02,854231\n", encoding="utf-8")
    pipeline.add_file(case, trade, role=FileRole.DECLARATIONS)
    for name in ("mine.csv", "yours.csv"):
        (tmp_path / name).write_text("name,country\nVerolan LLC,UAE\n", encoding="utf-8")
        (listed,) = add(case, tmp_path / name)
        assert set(pipeline.find_candidates(case).column("list_id").to_pylist()) == {listed}
