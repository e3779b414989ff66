"""Lines of a letter: house numbers, bare addresses, dates, rows of tables. Every party is invented."""

from __future__ import annotations

from pathlib import Path

from kit.lists.letters import propose_letter
from tests.files.documents_made import Sheetful, write_docx
from tests.lists.test_letters import letter, told


def test_house_number_at_the_start_of_a_line_begins_no_item(tmp_path: Path) -> None:
    lines = [
        "1. Verolan Trade LLC, Room 5, Plum Centre, 165-",
        "171 Plum Road, Hong Kong",
        "2. Qorvex FZE, Office 4, Pear House,",
    ]
    lines += ["62 Pear Street, Dubai, UAE", "3. Zarnik Ltd, 1 Fig Street, Hong Kong"]
    found = told(letter(tmp_path, Sheetful().lines(60, 100, lines)))
    assert [name for name, _, _ in found] == ["Verolan Trade LLC", "Qorvex FZE", "Zarnik Ltd"]
    assert found[0][1].endswith("171 Plum Road, Hong Kong")
    assert found[1][1] == "Office 4, Pear House, 62 Pear Street, Dubai, UAE"


def test_items_with_bare_numbers_are_items(tmp_path: Path) -> None:
    lines = [
        "1 Verolan Trade LLC, Plum Road 5, Hong Kong",
        "2 Qorvex FZE, Pear Street 6, UAE",
        "3 Zarnik Ltd, Fig Street 7, China",
    ]
    assert len(told(letter(tmp_path, Sheetful().lines(60, 100, lines)))) == 3


def test_addresses_without_marks_and_names_are_one_entry_each(tmp_path: Path) -> None:
    lines = ["Room 901, 9/F, Plum Building, 62 Plum Road, Hong Kong", "Office 77, Pear Street 4, Deira, Dubai, UAE"]
    lines += ["Building 12, No. 300 Fig Avenue,", "Shenzhen, China"]
    found = told(letter(tmp_path, Sheetful().lines(60, 100, lines)))
    assert [(name, territory) for name, _, territory in found] == [("", "Hong Kong"), ("", "UAE"), ("", "China")]


def test_what_is_left_aside_has_neither_name_nor_address(tmp_path: Path) -> None:
    lines = ["Testville, 14 March 2025", "", "Dear colleague,", "", "1. Verolan LLC, Plum Road 5, UAE", "2. Qorvex FZE, UAE"]
    proposal = letter(tmp_path, Sheetful().lines(60, 100, lines))
    aside = [entry for entry in proposal.entries if not entry.is_taken]
    assert {(entry.name, entry.address, entry.territory) for entry in aside} == {("", "", "")}


def test_row_of_a_table_takes_its_territory_from_the_end_of_the_address(tmp_path: Path) -> None:
    rows = [["Company", "Address"], ["Verolan LLC", "Plum Road 5, Testville, Hong Kong"], ["Qorvex FZE", "Pear House 6"]]
    taken = propose_letter(write_docx(tmp_path / "table.docx", [rows])).taken
    assert [entry.territory for entry in taken] == ["Hong Kong", ""]
    assert "territory from the end of the address" in taken[0].why
