import csv
import datetime as dt
import time

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.errors import FormatError
from kit.lists.readers import uk_ofsi, uk_sanctions_list
from tests.lists.listing import FIXTURES, named, names_of, rows

COLUMNS = (FIXTURES / "uk_sanctions_list_header.csv").read_text(encoding="utf-8").strip().split(",")
OFSI_COLUMNS = (FIXTURES / "uk_ofsi_header.csv").read_text(encoding="utf-8").strip().split(",")
PERSON = {
    "Unique ID": "RUS9001",
    "OFSI Group ID": "14901",
    "Name 6": "PLUMOV",
    "Name 1": "Oleg",
    "Name 2": "Ivanovich",
    "Name type": "Primary Name",
    "Name non-latin script": "Олег Иванович ПЛАМОВ",
    "Regime Name": "The Russia (Sanctions) (EU Exit) Regulations 2019",
    "Designation Type": "Individual",
    "Sanctions Imposed": "Asset freeze|Travel Ban",
    "UK Statement of Reasons": "Invented.",
    "Date Designated": "24/02/2022",
    "D.O.B": "dd/mm/1953",
    "Nationality(/ies)": "Russia",
    "Passport number": "AB 123",
}
ALIAS = {**PERSON, "Name 6": "Fox", "Name 1": "", "Name 2": "", "Name type": "ALias", "Alias strength": "Low quality a.k.a"}
SPELLING = {**PERSON, "Name 6": "PLUMOFF", "Name type": "Primary name variation", "D.O.B": "22/09/1953"}
FIRM = {
    "Unique ID": "RUS9002",
    "UN Reference Number": "KPe.901",
    "Name 6": 'VEROLAN WORKS "PLUM" JSC',
    "Name type": "Primary name",
    "Regime Name": PERSON["Regime Name"],
    "Designation Type": "Entity",
    "Sanctions Imposed": "Asset freeze",
    "Address Line 1": "7 Invented Street",
    "Address Line 6": "Testville",
    "Address Postal Code": "101000",
    "Address Country": "Russia",
    "Date Designated": "01/03/2022",
    "Business registration number (s)": "OGRN: 1027700132195\nKPP: 770701001\nINN: 7707083893",
}
SHIP = {
    "Unique ID": "RUS9003",
    "Name 6": "VEROLAN STAR",
    "Name type": "Primary Name",
    "Designation Type": "Ship",
    "Date Designated": "15/05/2023",
    "IMO number": "IMO1790183",
    "Current believed flag of ship": "Gabon",
    "Type of ship": "Crude oil tanker",
}


def written(folder, *records, encoding="utf-8", top=("Report Date: 18-Aug-2026",), columns=COLUMNS, name="UK-Sanctions-List.csv"):
    path = folder / name
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(top)
        writer.writerow(columns)
        writer.writerows([[record.get(column, "") for column in columns] for record in records])
    return path


@pytest.fixture
def result(tmp_path):
    return lists.read_list(written(tmp_path, PERSON, ALIAS, SPELLING, FIRM, SHIP))


def test_list_is_recognized_and_its_edition_is_the_report_date(tmp_path, result):
    assert lists.recognize(written(tmp_path, PERSON)) == "uk_sanctions_list"
    assert (result.version, result.rows_read, len(result.rejects)) == ("2026-08-18", 5, 0)


def test_full_name_puts_name_6_last_and_rows_of_a_number_are_one_party(result):
    person = named(result, "Oleg Ivanovich PLUMOV")
    assert (person["entity_id"], person["schema"]) == ("uk_sanctions_list:RUS9001", "Person")
    assert len(rows(result, "entities")) == 3


def test_low_quality_is_weak_and_a_spelling_is_an_alias(result):
    assert names_of(result, "uk_sanctions_list:RUS9001") == {
        "Oleg Ivanovich PLUMOV": "name",
        "Fox": "weak_alias",
        "Oleg Ivanovich PLUMOFF": "alias",
        "Олег Иванович ПЛАМОВ": "alias",
    }


def test_two_birth_dates_stand_in_the_remarks(result):
    said = named(result, "Oleg Ivanovich PLUMOV")["remarks"]
    assert "date of birth: dd/mm/1953; date of birth: 22/09/1953" in said


def test_listing_has_regime_measures_reason_and_day_once(result):
    (sanction,) = rows(result, "sanctions", "uk_sanctions_list:RUS9001")
    assert (sanction["listing_date"], sanction["provisions"]) == (dt.date(2022, 2, 24), "Asset freeze; Travel Ban")
    assert (sanction["authority"], sanction["reason"], sanction["citation"]) == ("FCDO", "Invented.", "UK reference RUS9001")


def test_registration_numbers_are_read_by_their_labels(result):
    found = {(i["kind"], i["value"]) for i in rows(result, "identifiers", "uk_sanctions_list:RUS9002")}
    assert found == {("ogrn", "1027700132195"), ("kpp", "770701001"), ("inn", "7707083893")}


def test_address_has_its_territory(result):
    address = rows(result, "addresses", "uk_sanctions_list:RUS9002")[0]
    assert (address["address"], address["territory"]) == ("7 Invented Street, Testville, 101000, Russia", "RU")


def test_ship_has_its_number_and_flag(result):
    ship = named(result, "VEROLAN STAR")
    assert (ship["schema"], ship["countries"]) == ("Vessel", ["GA"])
    assert [(i["kind"], i["value"]) for i in rows(result, "identifiers", ship["entity_id"])] == [("imo", "1790183")]


def test_party_without_a_primary_name_takes_its_first_strong_name(tmp_path):
    result = lists.read_list(written(tmp_path, ALIAS, {**SPELLING, "Name type": "Alias", "Alias strength": "Good quality a.k.a"}))
    assert rows(result, "entities")[0]["name"] == "Oleg Ivanovich PLUMOFF"
    assert any("no row with a primary name" in note for note in result.notes)


def test_file_in_cp1252_is_read(tmp_path):
    result = lists.read_list(written(tmp_path, {**FIRM, "Name 6": "VEROLAN “PLÜM”"}, encoding="cp1252"))
    assert rows(result, "entities")[0]["name"] == "VEROLAN “PLÜM”"


def test_stray_quotes_and_other_field_counts_are_kept_or_refused_with_their_line(tmp_path):
    path = written(tmp_path, PERSON)
    with path.open("a", encoding="utf-8") as file:
        file.write(',RUS9004,,,VEROLAN "TWO LTD,,,,,,Primary Name,,,,,,,Entity' + "," * 40 + "\n")
        file.write(",RUS9005,,,SHORT LTD\n")
        file.write(",RUS9006,,,LONG LTD,,,,,,Primary Name,,,,,,,Entity" + "," * 60 + "x\n")
    result = lists.read_list(path)
    assert result.rows_read + len(result.rejects) == 4
    assert {4, 5, 6} & set(result.rejects["source_row"].to_pylist()) >= {5, 6}


def test_row_without_its_last_empty_cells_is_taken_where_the_rest_fits_its_headers(tmp_path):
    path = written(tmp_path, PERSON, SHIP)
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].rstrip(",")
    lines.append(",RUS9007,,,SHIFTED LTD,,,,,Primary Name,,,,,,,Entity,UK,Asset freeze" + "," * 30)
    path.write_text("\n".join(lines), encoding="utf-8")
    result = lists.read_list(path)
    assert (result.rows_read, result.rejects["source_row"].to_pylist()) == (2, [5])
    assert named(result, "Oleg Ivanovich PLUMOV")["source_row"] == 3
    assert any("took 1 row with fewer cells" in note and "(line 3)" in note for note in result.notes)
    assert any(note == "could not read 1 row (line 5)" for note in result.notes)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Unique ID": ""}, "no Unique ID"),
        ({"Designation Type": "Building"}, "'Building' is unknown"),
        ({"Name 6": "", "Name 1": "", "Name 2": "", "Name non-latin script": ""}, "no name in any"),
    ],
)
def test_row_without_number_name_or_known_type_is_refused(tmp_path, change, reason):
    result = lists.read_list(written(tmp_path, {**PERSON, **change}, SHIP))
    assert (result.rows_read, result.rejects["source_row"].to_pylist()) == (1, [3])
    assert reason in result.rejects["reason"].to_pylist()[0]


def test_unreadable_day_is_kept_and_its_party_is_read(tmp_path):
    result = lists.read_list(written(tmp_path, {**SHIP, "Date Designated": "soon"}))
    assert (result.rows_read, result.rejects["content"].to_pylist()) == (1, ["soon"])


def test_name_in_another_script_alone_is_a_name(tmp_path):
    nameless = {**PERSON, "Name 6": "", "Name 1": "", "Name 2": ""}
    assert rows(lists.read_list(written(tmp_path, nameless)), "entities")[0]["name"] == "Олег Иванович ПЛАМОВ"


def test_unknown_name_type_is_said(tmp_path):
    result = lists.read_list(written(tmp_path, PERSON, {**ALIAS, "Name type": "Nickname", "Alias strength": "Fair"}))
    assert names_of(result, "uk_sanctions_list:RUS9001")["Fox"] == "weak_alias"
    assert any("'nickname'" in note and "'fair'" in note for note in result.notes)


def test_workbook_of_the_same_columns_gives_the_same_parties(tmp_path, result):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Report Date: 18-Aug-2026"])
    renamed = ["Individual, Entity, Ship" if column == "Designation Type" else column for column in COLUMNS]
    page.append(renamed)
    for record in (PERSON, ALIAS, SPELLING, FIRM, SHIP):
        day = dt.datetime.strptime(record["Date Designated"], "%d/%m/%Y")  # noqa: DTZ007
        page.append([day if column == "Date Designated" else record.get(column) for column in COLUMNS])
    path = tmp_path / "UK-Sanctions-List.xlsx"
    book.save(path)
    other = lists.read_list(path)
    assert (lists.recognize(path), other.version) == ("uk_sanctions_list", "2026-08-18")
    for table in ("names", "addresses", "identifiers", "sanctions"):
        assert rows(other, table) == rows(result, table), table


OFSI_PERSON = {
    "Name 6": "PLUMOV",
    "Name 1": "Oleg",
    "Nationality": "(1) Russia. (2) Ukraine",
    "Passport Number": "(1) AB123 (2) CD456",
    "Other Information": "(UK Sanctions List Ref):RUS9001. (UK Statement of Reasons):Invented. (Gender):Male",
    "Group Type": "Individual",
    "Alias Type": "Primary name",
    "Regime": "Russia",
    "Listed On": "24/02/2022",
    "Group ID": "14901",
}
OFSI_ALIAS = {**OFSI_PERSON, "Name 6": "FOXOV", "Alias Type": "FKA"}
OFSI_SHIP = {
    "Name 6": "VEROLAN STAR",
    "Other Information": "(IMO number):1790183",
    "Group Type": "Ship",
    "Alias Type": "Primary name",
    "Country": "Syria",
    "Group ID": "14902",
}


def old_copy(folder, *records):
    return written(folder, *records, top=("Last Updated", "03/11/2025"), columns=OFSI_COLUMNS, name="ConList.csv")


def test_copy_of_the_closed_list_is_read_as_its_edition_with_a_loud_note_first(tmp_path):
    path = old_copy(tmp_path, OFSI_PERSON, OFSI_ALIAS, OFSI_SHIP)
    result = lists.read_list(path)
    assert (lists.recognize(path), result.version, result.rows_read) == ("uk_ofsi", "2025-11-03", 3)
    assert result.notes[1].startswith("ATTENTION: this list is closed. OFSI closed it on 2026-01-28")
    assert "UK Sanctions List" in result.notes[1] and "https://www.gov.uk" in result.notes[1]


def test_closed_list_never_shares_its_id_with_the_new_one(tmp_path):
    assert named(lists.read_list(old_copy(tmp_path, OFSI_SHIP)), "VEROLAN STAR")["entity_id"] == "uk_ofsi:14902"


def test_closed_list_keeps_what_its_other_information_holds(tmp_path):
    result = lists.read_list(old_copy(tmp_path, OFSI_PERSON, OFSI_ALIAS, OFSI_SHIP))
    (sanction,) = rows(result, "sanctions", "uk_ofsi:14901")
    assert (sanction["citation"], sanction["reason"]) == ("UK reference RUS9001", "Invented.")
    assert names_of(result, "uk_ofsi:14901")["Oleg FOXOV"] == "previous_name"
    assert {i["value"] for i in rows(result, "identifiers")} == {"AB123", "CD456", "1790183"}
    assert named(result, "Oleg PLUMOV")["countries"] == ["RU", "UA"]


@pytest.mark.parametrize("reader", [uk_sanctions_list, uk_ofsi])
def test_file_without_the_columns_is_refused_with_their_names(tmp_path, reader):
    path = tmp_path / "a.csv"
    path.write_text("Name 6,Country\nPlum,Russia\n")
    with pytest.raises(FormatError, match="lacks the columns"):
        reader.read(path)


def test_giant_text_is_read_or_refused_with_its_line(tmp_path):
    result = lists.read_list(written(tmp_path, {**FIRM, "UK Statement of Reasons": "x" * 100_000}))
    assert len(rows(result, "sanctions")[0]["reason"]) == 100_000
    result = lists.read_list(written(tmp_path, {**FIRM, "UK Statement of Reasons": "x" * 200_000}, SHIP))
    assert (result.rows_read, result.rejects["source_row"].to_pylist()) == (1, [3, 4, 5])


def test_long_runs_of_blanks_do_not_slow_the_reading(tmp_path):
    blanks = "a" + " " * 60_000 + "b"
    person = {**OFSI_PERSON, "Nationality": blanks, "Other Information": f"(UK Statement of Reasons):{blanks}"}
    start = time.monotonic()
    assert lists.read_list(old_copy(tmp_path, person)).rows_read == 1
    assert time.monotonic() - start < 5


TEXTS = st.text(st.characters(codec="utf-8", min_codepoint=32, exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12)


def _property(reader, columns, top, number):
    def check(tmp_path, records):
        path = written(tmp_path, *({number: "1", **record} for record in records), columns=columns, top=top)
        result = reader.read(path)
        refused = [r for r in result.rejects.to_pylist() if not r["reason"].startswith("only the value")]
        assert result.rows_read + len(refused) == len(records)

    return check


def records_of(columns, kind):
    known = st.sampled_from(["Individual", "Entity", "Ship", ""])
    return st.lists(
        st.builds(lambda row, word: {**row, kind: word}, st.dictionaries(st.sampled_from(columns), TEXTS), known), max_size=5
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records_of(COLUMNS, "Designation Type"))
def test_any_texts_give_rows_read_or_rejects(tmp_path, records):
    _property(uk_sanctions_list, COLUMNS, ("Report Date: 18-Aug-2026",), "Unique ID")(tmp_path, records)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records_of(OFSI_COLUMNS, "Group Type"))
def test_any_texts_in_the_closed_list_give_rows_read_or_rejects(tmp_path, records):
    _property(uk_ofsi, OFSI_COLUMNS, ("Last Updated", "03/11/2025"), "Group ID")(tmp_path, records)
