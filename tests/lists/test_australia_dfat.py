import datetime as dt
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.errors import FormatError
from kit.lists.readers import australia_dfat
from tests.files.making import old_workbook, workbook
from tests.lists.listing import named, names_of, rows, write_csv

COLUMNS = [
    "Reference",
    "Name of Individual or Entity",
    "Type",
    "Name Type",
    "Alias Strength",
    "Date of Birth",
    "Place of Birth",
    "Citizenship",
    "Address",
    "Additional Information",
    "Listing Information",
    "IMO Number",
    "Committees",
    "Control Date",
    "Instrument of Designation",
    "Targeted Financial Sanction",
    "Travel Ban",
    "Arms Embargo",
    "Maritime Restriction",
]
MEASURES = {"Targeted Financial Sanction": "TRUE", "Travel Ban": "TRUE", "Arms Embargo": "FALSE", "Maritime Restriction": ""}
PERSON = {
    "Reference": "8577",
    "Name of Individual or Entity": "Oleg PLUMOV",
    "Type": "Individual",
    "Name Type": "Primary Name",
    "Date of Birth": "5 May 1957",
    "Citizenship": "Iranian, Russian",
    "Committees": "Autonomous (Iran)",
    "Control Date": "2/2/26",
    "Listing Information": "Autonomous Sanctions List 2012",
    "Instrument of Designation": "Amendment Instrument 2026",
    **MEASURES,
}
ALIASES = [
    {**PERSON, "Reference": "8577a", "Name of Individual or Entity": "اولگ", "Name Type": "Original Script"},
    {
        **PERSON,
        "Reference": "8577b",
        "Name of Individual or Entity": "Oleh PLUM",
        "Name Type": "Alias",
        "Alias Strength": "Strong",
    },
    {**PERSON, "Reference": "8577c", "Name of Individual or Entity": "The Plum", "Name Type": "Alias", "Alias Strength": "Weak"},
]
FIRM = {
    "Reference": "12",
    "Name of Individual or Entity": "VEROLAN TRADING",
    "Type": "Entity",
    "Name Type": "Primary Name",
    "Address": "a) 1 Plum Road, Testville, Iran b) 2 Plum Road, Kowloon, Hong Kong_x000D_\nIran",
    "Additional Information": "Ship IMO number: 1790183",
    "Committees": "1718 (DPRK)",
    "Control Date": "20/02/2001",
}
SHIP = {
    "Reference": "13",
    "Name of Individual or Entity": "MV Verolan",
    "Type": "Vessel",
    "Name Type": "Primary Name",
    "IMO Number": "IMO 1790195",
    "Committees": "Autonomous (Russia)",
    "Control Date": "18/06/2025",
}
RECORDS = [PERSON, *ALIASES, FIRM, SHIP]


def written(folder, records):
    return write_csv(folder / "list.csv", records, COLUMNS)


def cells(records):
    return [COLUMNS, *[[record.get(column, "") for column in COLUMNS] for record in records]]


@pytest.fixture
def result(tmp_path):
    return lists.read_list(written(tmp_path, RECORDS))


def test_list_is_recognized_by_its_columns(tmp_path):
    assert lists.recognize(written(tmp_path, RECORDS)) == "australia_dfat"


def test_workbook_with_dates_as_cells_is_read_the_same(tmp_path, result):
    typed = [{**r, "Control Date": dt.date(2001, 2, 20)} if r is FIRM else r for r in RECORDS]
    found = lists.read_list(workbook(tmp_path, {"Consolidated List": cells(typed)}))
    assert found.reader == "australia_dfat"
    assert rows(found, "names") == rows(result, "names")
    assert rows(found, "sanctions", "au_dfat:12")[0]["listing_date"] == dt.date(2001, 2, 20)


def test_old_workbook_of_an_edition_without_strength_and_measures_is_read(tmp_path):
    kept = [c for c in COLUMNS if c not in MEASURES and c not in ("Alias Strength", "Instrument of Designation", "IMO Number")]
    table = [kept, *[[record.get(column, "") or " " for column in kept] for record in RECORDS]]
    found = lists.read_list(old_workbook(tmp_path, table))
    assert (found.reader, len(rows(found, "entities"))) == ("australia_dfat", 3)


def test_every_sheet_with_the_columns_is_read(tmp_path):
    path = workbook(tmp_path, {"Individuals": cells([PERSON]), "Entities": cells([FIRM]), "Notes": [["see the website"]]})
    found = lists.read_list(path)
    assert len(rows(found, "entities")) == 2
    assert any("'Notes'" in note for note in found.notes)


def test_rows_of_a_number_are_names_of_one_party(result):
    assert [e["entity_id"] for e in rows(result, "entities")] == ["au_dfat:8577", "au_dfat:12", "au_dfat:13"]
    assert names_of(result, "au_dfat:8577") == {
        "Oleg PLUMOV": "name",
        "اولگ": "alias",
        "Oleh PLUM": "alias",
        "The Plum": "weak_alias",
    }
    assert result.rows_read == 6


def test_repeated_bare_number_is_one_party(tmp_path):
    found = lists.read_list(written(tmp_path, [PERSON, {**ALIASES[1], "Reference": "8577"}]))
    assert len(rows(found, "entities")) == 1


def test_number_that_comes_again_with_a_primary_name_is_another_party(tmp_path):
    other = {**PERSON, "Name of Individual or Entity": "Petr PEAR"}
    found = lists.read_list(written(tmp_path, [PERSON, FIRM, other, {**ALIASES[1], "Name of Individual or Entity": "P. PEAR"}]))
    assert names_of(found, "au_dfat:8577-2") == {"Petr PEAR": "name", "P. PEAR": "alias"}
    assert any("comes again" in note for note in found.notes)


def test_alias_further_down_belongs_to_its_number(tmp_path):
    found = lists.read_list(written(tmp_path, [PERSON, FIRM, ALIASES[1]]))
    assert names_of(found, "au_dfat:8577")["Oleh PLUM"] == "alias"


def test_unknown_kind_of_name_is_weak_and_said(tmp_path):
    found = lists.read_list(written(tmp_path, [PERSON, {**ALIASES[1], "Name Type": "rumor"}]))
    assert names_of(found, "au_dfat:8577")["Oleh PLUM"] == "weak_alias"
    assert any("'rumor' (1)" in note for note in found.notes)


def test_addresses_of_a_cell_are_taken_apart_and_a_territory_alone_is_none(result):
    assert [(a["address"], a["territory"]) for a in rows(result, "addresses", "au_dfat:12")] == [
        ("1 Plum Road, Testville, Iran", "IR"),
        ("2 Plum Road, Kowloon, Hong Kong", "HK"),
    ]
    assert named(result, "VEROLAN TRADING")["countries"] == ["IR", "HK"]


def test_citizenships_are_territories(result):
    assert named(result, "Oleg PLUMOV")["countries"] == ["IR", "RU"]


def test_numbers_of_ships_are_identifiers(result):
    assert {(i["entity_id"], i["value"]) for i in rows(result, "identifiers")} == {
        ("au_dfat:12", "1790183"),
        ("au_dfat:13", "1790195"),
    }


def test_listing_has_day_committee_act_and_measures(result):
    sanction = rows(result, "sanctions", "au_dfat:8577")[0]
    assert (sanction["listing_date"], sanction["program_id"]) == (dt.date(2026, 2, 2), "Autonomous (Iran)")
    assert (sanction["citation"], sanction["provisions"]) == (
        "Amendment Instrument 2026",
        "targeted financial sanction; travel ban",
    )


def test_day_stands_before_the_month_where_nothing_shows_it(tmp_path):
    found = lists.read_list(written(tmp_path, [{**FIRM, "Control Date": "3/4/2022"}]))
    assert rows(found, "sanctions")[0]["listing_date"] == dt.date(2022, 4, 3)
    assert any("as Australia writes dates" in note for note in found.notes)


@pytest.mark.parametrize(("change", "reason"), [({"Reference": "n/a"}, "is no number"), ({COLUMNS[1]: ""}, "no name")])
def test_row_without_number_or_name_is_refused(tmp_path, change, reason):
    found = lists.read_list(written(tmp_path, [PERSON, {**FIRM, **change}]))
    assert (found.rows_read, found.rejects["source_row"].to_pylist()) == (1, [3])
    assert reason in found.rejects["reason"][0].as_py()


def test_file_without_the_columns_is_refused(tmp_path):
    with pytest.raises(FormatError, match="committees"):
        australia_dfat.read(write_csv(tmp_path / "a.csv", [{"Reference": "1", "Name of Individual or Entity": "Plum"}]))


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
NUMBERS = st.sampled_from(["1", "1a", "2", "2b", "", "x", "007"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NUMBERS, TEXTS, TEXTS, TEXTS), max_size=8))
def test_any_rows_give_names_or_rejects(tmp_path, parties):
    records = [
        {"Reference": number, COLUMNS[1]: name, "Name Type": kind, "Control Date": day, "Committees": "x"}
        for number, name, kind, day in parties
    ]
    found = australia_dfat.read(written(tmp_path, records))
    assert found.rows_read + len(found.rejects) == len(records)


def test_a_long_run_of_blanks_does_not_slow_the_reading():
    before = time.monotonic()
    assert australia_dfat._pieces(f"7 Invented Street{' ' * 100_000}Testville") == ["7 Invented Street Testville"]
    assert time.monotonic() - before < 2
