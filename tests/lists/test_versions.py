"""Two editions of one list side by side. All parties are invented."""

from __future__ import annotations

import datetime as dt

import pytest

from kit.case import Case
from kit.errors import SelectionError
from kit.lists import compare_versions, read_list
from kit.lists.versions import Change
from kit.model import LIST_TABLES
from tests.linking.test_linking import entry, tables


def counts(old, new):
    found = compare_versions(tables(*old), tables(*new))
    return found, {change.value: count for change, count in found.counts.items() if count > 0}


def test_added_and_removed_entries_are_told_apart():
    found, said = counts(
        [entry("a:1", "Velox LLC"), entry("a:2", "Kardan LLC")], [entry("a:1", "Velox LLC"), entry("a:3", "Zenkai LLC")]
    )
    assert (said, found.same) == ({"added": 1, "removed": 1}, 1)


def test_a_changed_field_stands_with_both_values():
    old, new = entry("a:1", "Velox LLC", since=dt.date(2022, 1, 1)), entry("a:1", "Velox LLC", since=dt.date(2022, 2, 1))
    row = counts([old], [new])[0].table.iloc[0]
    assert (row["change"], row["field"], row["old"], row["new"]) == ("changed", "listing date", "2022-01-01", "2022-02-01")


def test_the_same_content_under_another_number_is_renumbered():
    found, said = counts([entry("a:1", "Velox LLC")], [entry("a:99", "Velox LLC")])
    assert said == {"renumbered": 1}
    assert found.same == 0


def test_a_corrected_name_is_found_again_by_its_number_of_the_register():
    numbers = [("inn", "7707083893")]
    _, said = counts([entry("a:x1", "Veloks LLC", numbers=numbers)], [entry("a:x2", "Zenkai LLC", numbers=numbers)])
    assert said == {"changed": 1, "renumbered": 1}


def test_two_namesakes_are_not_taken_for_each_other():
    _, said = counts(
        [entry("a:1", "Velox LLC"), entry("a:2", "Velox LLC")], [entry("a:3", "Velox LLC"), entry("a:4", "Velox LLC")]
    )
    assert said == {"added": 2, "removed": 2}


def test_letter_case_blanks_and_order_of_words_are_no_change():
    assert counts([entry("a:1", "VELOX, Ivan")], [entry("a:1", " Ivan  Velox")])[0].same == 1


def test_what_one_edition_lacks_is_not_compared_and_said():
    found, said = counts([entry("a:1", "Velox LLC")], [entry("a:1", "Velox LLC", numbers=[("inn", "7707083893")])])
    assert said == {} and found.not_compared == ("identifiers",)


def test_different_lists_are_refused():
    with pytest.raises(SelectionError, match="one list in common"):
        compare_versions(tables(entry("a:1", "Velox LLC")), tables(entry("b:1", "Velox LLC")))


def test_counts_add_up_to_the_entries_of_both_sides():
    old = [entry(f"a:{n}", f"Velox {n} LLC") for n in range(5)]
    new = [entry(f"a:{n}", f"Velox {n} LLC") for n in range(2, 9)]
    found = compare_versions(tables(*old), tables(*new))
    assert found.same + found.counts[Change.REMOVED] == 5
    assert found.same + found.counts[Change.ADDED] == 7


def test_a_superseded_edition_of_a_case_can_be_compared(tmp_path):
    case = Case.create(tmp_path / "case")
    for day, rows in (("2026-01-01", "Velox LLC\nKardan LLC\n"), ("2026-02-01", "Velox LLC\nZenkai LLC\n")):
        path = tmp_path / f"mine_{day}.csv"
        path.write_text("name\n" + rows, encoding="utf-8")
        case.add(read_list(path, list_id="mine"), path)
    old, new = case.editions("mine")
    found = compare_versions(case.read_edition(old), case.read_edition(new))
    assert (old.is_current, new.is_current, found.counts[Change.ADDED], found.counts[Change.REMOVED]) == (False, True, 1, 1)
    assert set(LIST_TABLES) <= set(case.read_edition(old))
