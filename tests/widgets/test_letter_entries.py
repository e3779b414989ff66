"""The table in which the entries of a letter are corrected. Every party is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.case import Case
from kit.lists.letters import propose_letter
from kit.pipeline import FileDesk
from kit.widgets import LetterEntries, OpenFiles
from tests.files.documents_made import Sheetful, write_pdf
from tests.lists.test_letters import NUMBERED
from tests.widgets.test_explorer import texts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_pdf(tmp_path / "letter.pdf", [Sheetful().lines(50, 50, NUMBERED)])


@pytest.fixture
def table(path: Path) -> LetterEntries:
    return LetterEntries(propose_letter(path))


def number_of(table: LetterEntries, name: str) -> int:
    return next(n for n, entry in enumerate(table.proposal.entries) if entry.name == name)


def test_every_entry_shows_where_it_stands_and_why_it_was_taken(table: LetterEntries) -> None:
    shown = texts(table.tree())
    assert "page 1, line 4" in shown and "an item of a list" in shown and "part of the letter, no party" in shown


def test_typed_name_is_taken_over_and_can_be_taken_back(table: LetterEntries) -> None:
    number = number_of(table, "Pear Trading")
    table.act("entry-field", None, {f"entry 0 {number} name": "Pear Trading LLC"})
    assert table.proposal.entries[number].name == "Pear Trading LLC"
    table.act("entry-undo", None, {})
    assert table.proposal.entries[number].name == "Pear Trading"


def test_tick_leaves_an_entry_aside(table: LetterEntries) -> None:
    number = number_of(table, "Pear Trading")
    table.act("entry-take", None, {f"entry 0 {number} take": False})
    assert not table.proposal.entries[number].is_taken


def test_join_that_was_drawn_before_another_is_not_heard(table: LetterEntries) -> None:
    number = number_of(table, "Verolan Trade LLC")
    count = len(table.proposal.entries)
    table.act("entry-join", f"0 {number}", {})
    table.act("entry-join", f"0 {number}", {})
    assert len(table.proposal.entries) == count - 1


def test_only_doubts_can_be_shown(table: LetterEntries) -> None:
    table.act("entry-shown", None, {"entry shown": "doubt"})
    assert [table.proposal.entries[n].name for n in table.numbers()] == ["", "Pear Trading"]


def test_mistake_is_answered_in_the_table(table: LetterEntries) -> None:
    table.act("entry-join", f"0 {len(table.proposal.entries) - 1}", {})
    assert "entry" in table.error


def test_corrected_letter_goes_into_the_case_and_is_read_so_again(path: Path, tmp_path: Path) -> None:
    form = OpenFiles(Case.create(tmp_path / "case"), FileDesk())
    form.form.act("look", None, {"path": str(path)})
    assert form.letter is not None
    number = number_of(form.letter, "Pear Trading")
    form.found.act("entry-field", None, {f"entry 0 {number} name": "Pear Trading LLC"})
    form.found.act("keep")
    assert form.error == ""
    assert "Pear Trading LLC" in form.case.read("names").column("name").to_pylist()
    form.form.act("look", None, {"path": str(path)})
    assert form.letter is not None
    assert "Pear Trading LLC" in [entry.name for entry in form.letter.proposal.taken]
    form.found.act("keep")
    assert "Pear Trading LLC" in form.case.read("names").column("name").to_pylist()


def test_text_of_a_letter_is_never_markup(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "odd.pdf", [Sheetful().lines(50, 50, ["1. <b>Verolan</b> LLC, UAE", "2. Qorvex FZE, UAE"])])
    assert "<b>Verolan</b> LLC" in texts(LetterEntries(propose_letter(path)).tree())
