"""Corrections of a letter: they are data, keep the text as it stands, and are applied again. Every party is invented."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.errors import MappingError, SelectionError
from kit.files import sha256
from kit.lists.letters import (
    Proposal,
    edit_entry,
    file_of,
    merge_entries,
    propose_entries,
    propose_letter,
    split_entry,
    take_entry,
    write_entries,
)
from kit.lists.letters.kept import apply_entries
from tests.files.documents_made import Sheetful, write_pdf
from tests.lists.test_letters import NUMBERED, documents


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    return write_pdf(tmp_path / "letter.pdf", [Sheetful().lines(50, 50, NUMBERED)])


def number_of(proposal: Proposal, name: str) -> int:
    return next(n for n, entry in enumerate(proposal.entries) if name in (entry.name, entry.text))


def again(letter: Path, proposal: Proposal) -> Proposal:
    """The letter read anew with these corrections."""
    path = write_entries(proposal, sha256(letter), letter.parent / "entries.csv")
    return propose_letter(letter, corrections=path)


def test_edited_name_is_applied_again_and_the_text_stays(letter: Path) -> None:
    proposal = propose_letter(letter)
    number = number_of(proposal, "Pear Trading")
    read = again(letter, edit_entry(proposal, number, name="Pear Trading LLC", territory="TR"))
    assert (read.entries[number].name, read.entries[number].territory) == ("Pear Trading LLC", "TR")
    assert read.entries[number].text == "4. Pear Trading"
    assert read.entries[number].is_edited


def test_entry_left_aside_is_a_reject_with_that_reason(letter: Path) -> None:
    proposal = propose_letter(letter)
    changed = take_entry(proposal, number_of(proposal, "Pear Trading"), is_taken=False)
    path = write_entries(changed, sha256(letter), letter.parent / "entries.csv")
    result = lists.read_list(letter, corrections=path)
    assert result.rows_read == 3
    assert "not taken: left aside by a person" in result.rejects.column("reason").to_pylist()
    assert any("corrected by a person: 1 of" in note for note in result.notes)


def test_line_that_was_left_aside_can_be_taken(letter: Path) -> None:
    proposal = propose_letter(letter)
    number = number_of(proposal, "Dear Sir or Madam:")
    assert take_entry(proposal, number, is_taken=True).entries[number].name != ""


def test_two_entries_are_put_together_with_both_texts(letter: Path) -> None:
    proposal = propose_letter(letter)
    number = number_of(proposal, "Verolan Trade LLC")
    joined = merge_entries(proposal, number)
    assert joined.entries[number].name == "Verolan Trade LLC Qorvex FZE"
    assert joined.entries[number].places == (1004, 1005)
    assert again(letter, joined).entries == joined.entries


def test_last_entry_has_none_to_be_put_together_with(letter: Path) -> None:
    proposal = propose_letter(letter)
    with pytest.raises(SelectionError):
        merge_entries(proposal, len(proposal.entries) - 1)


def test_entry_of_several_lines_is_parted_where_asked(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "two.pdf", [Sheetful().lines(50, 50, ["Verolan Trade LLC", "Plum Road 1, UAE"])])
    proposal = propose_letter(path)
    parted = split_entry(proposal, 0)
    assert [entry.text for entry in parted.entries] == ["Verolan Trade LLC", "Plum Road 1, UAE"]
    assert [entry.where for entry in parted.entries] == ["page 1, line 1", "page 1, line 2"]
    assert again(path, parted).entries == parted.entries


def test_line_that_names_two_parties_is_doubled(letter: Path) -> None:
    proposal = propose_letter(letter)
    number = number_of(proposal, "Qorvex FZE")
    changed = edit_entry(split_entry(proposal, number), number + 1, name="Fig Limited")
    names = [entry.name for entry in again(letter, changed).taken]
    assert "Qorvex FZE" in names and "Fig Limited" in names


def test_corrections_of_another_letter_are_refused(letter: Path, tmp_path: Path) -> None:
    path = write_entries(propose_letter(letter), "0" * 64, tmp_path / "entries.csv")
    with pytest.raises(MappingError, match="another letter"):
        propose_letter(letter, corrections=path)


def rewritten(path: Path, change: Callable[[dict[str, str]], None]) -> Path:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        change(row)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_all_faults_of_a_file_of_corrections_are_named(letter: Path, tmp_path: Path) -> None:
    path = write_entries(propose_letter(letter), sha256(letter), tmp_path / "entries.csv")

    def spoil(row: dict[str, str]) -> None:
        row["take"] = "perhaps" if row["name"] == "Pear Trading" else row["take"]
        row["places"] = "9999" if row["name"] == "Qorvex FZE" else row["places"]

    with pytest.raises(MappingError) as problem:
        propose_letter(letter, corrections=rewritten(path, spoil))
    assert "perhaps" in str(problem.value) and "9999" in str(problem.value)


def test_corrections_saved_by_a_spreadsheet_program_are_read(letter: Path, tmp_path: Path) -> None:
    path = write_entries(propose_letter(letter), sha256(letter), tmp_path / "entries.csv")
    book = openpyxl.Workbook()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            book.active.append(
                [cell.replace("Pear Trading", "Pear Trading Group") if cell == "Pear Trading" else cell for cell in row]
            )
    book.save(tmp_path / "entries.xlsx")
    assert file_of(tmp_path / "entries.xlsx") == sha256(letter)
    names = [entry.name for entry in propose_letter(letter, corrections=tmp_path / "entries.xlsx").taken]
    assert "Pear Trading Group" in names and len(names) == 4


def test_row_that_was_deleted_counts_as_left_aside(letter: Path, tmp_path: Path) -> None:
    path = write_entries(propose_letter(letter), sha256(letter), tmp_path / "entries.csv")
    lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "Pear" not in line), encoding="utf-8-sig")
    read = propose_letter(letter, corrections=path)
    assert [entry.why for entry in read.entries if "Pear" in entry.text] == ["left out of the corrections"]


def test_row_that_cannot_be_read_is_a_fault_and_not_left_aside(letter: Path, tmp_path: Path) -> None:
    path = write_entries(propose_letter(letter), sha256(letter), tmp_path / "entries.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(row[:-1] if "Pear Trading" in row else row for row in rows)
    with pytest.raises(MappingError, match="too few cells"):
        propose_letter(letter, corrections=path)


def test_cell_that_a_spreadsheet_would_run_is_guarded_and_comes_back(letter: Path) -> None:
    proposal = propose_letter(letter)
    number = number_of(proposal, "Pear Trading")
    changed = edit_entry(proposal, number, name="=HYPERLINK(1) LLC")
    path = write_entries(changed, sha256(letter), letter.parent / "entries.csv")
    assert ",=HYPERLINK" not in path.read_text(encoding="utf-8-sig")
    assert again(letter, changed).entries[number].name == "=HYPERLINK(1) LLC"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents(), data=st.data())
def test_any_corrections_lose_no_line_and_come_back(tmp_path: Path, document: object, data: st.DataObject) -> None:
    proposal = first = propose_entries(document)  # type: ignore[arg-type]
    for _ in range(data.draw(st.integers(0, 4))):
        if len(proposal.entries) == 0:
            return
        number = data.draw(st.integers(0, len(proposal.entries) - 1))
        step = data.draw(st.sampled_from(["edit", "take", "merge", "split"]))
        if step == "edit":
            proposal = edit_entry(proposal, number, name=data.draw(st.text(alphabet="ab =-'\"", min_size=1, max_size=9)))
        elif step == "take":
            proposal = take_entry(proposal, number, is_taken=data.draw(st.booleans()))
        elif step == "merge" and number + 1 < len(proposal.entries):
            proposal = merge_entries(proposal, number)
        elif step == "split":
            proposal = edit_entry(split_entry(proposal, number), number + 1, name="Fig Limited")
    assert {p for e in proposal.entries for p in e.places} == {p for e in first.entries for p in e.places}
    path = write_entries(proposal, "a" * 64, tmp_path / "entries.csv")
    read = apply_entries(first, path, "a" * 64)
    wanted = sorted((e.places, e.is_taken, " ".join(e.name.split()), e.address) for e in proposal.entries)
    assert sorted((e.places, e.is_taken, e.name, e.address) for e in read.entries) == wanted
