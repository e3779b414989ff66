import datetime as dt

import openpyxl
import pytest

from kit import lists
from kit.errors import FileError, FormatError, MappingError
from kit.lists.readers import own_sheet
from tests.lists.listing import named, names_of, rows, write_csv
from tests.shared_files import shared

TURKISH = "Verolan Dış Ticaret Ltd. Şti."


def read(tmp_path, *cells, name="letter.csv", **options):
    return lists.read_list(write_csv(tmp_path / name, list(cells)), **options)


def uses(result):
    return {use.source: use.target for use in result.columns}


def test_csv_with_a_name_column_is_recognized(tmp_path):
    assert lists.recognize(write_csv(tmp_path / "a.csv", [{"Company": "Verolan Ltd"}])) == "own_sheet"


@pytest.mark.parametrize(
    "columns",
    [
        {"HS Code": "854231", "Name": "Verolan Ltd"},
        {"Name": "Verolan Ltd", "Net weight, kg": "5", "Customs value": "7"},
        {"Наименование": "ООО Веролан", "Код ТН ВЭД": "8542319000"},
    ],
)
def test_trade_records_are_no_list(tmp_path, columns):
    assert lists.recognize(write_csv(tmp_path / "a.csv", [columns])) is None


def test_list_without_a_name_column_is_an_error_that_names_the_columns(tmp_path):
    path = write_csv(tmp_path / "a.csv", [{"Horsepower": "5", "Color": "red"}])
    with pytest.raises(FormatError, match=r"'Horsepower', 'Color'"):
        lists.read_list(path)


@pytest.mark.parametrize(
    ("name", "address", "country", "value"),
    [
        ("Name", "Address", "Country", "Turkey"),
        ("Наименование", "Адрес", "Страна", "Турция"),
        ("Назва", "Адреса", "Країна", "Туреччина"),
        ("Firma Adı", "Adres", "Ülke", "Türkiye"),
        ("Razón social", "Dirección", "País", "Turquía"),
        ("公司名称", "地址", "国家", "土耳其"),
    ],
)
def test_headers_in_six_languages_are_understood(tmp_path, name, address, country, value):
    result = read(tmp_path, {name: TURKISH, address: "1 Erik Cad., Testville", country: value})
    assert uses(result) == {name: "name", address: "address", country: "country"}
    assert named(result, TURKISH)["countries"] == ["TR"]


def test_every_column_says_why_it_went_where_it_went(tmp_path):
    result = read(tmp_path, {"Company": "Verolan Ltd", "Seen by": "A. N."})
    assert [use.reason for use in result.columns] == [
        "header 'Company' means: the name of the party",
        "the header says nothing known; kept beside the entity",
    ]


def test_column_whose_values_contradict_its_header_is_a_remark(tmp_path):
    result = read(tmp_path, {"Name": "Verolan Ltd", "Country": "the usual one"})
    assert uses(result)["Country"] == "remarks"
    assert named(result, "Verolan Ltd")["remarks"] == "Country: the usual one"


def test_values_tell_what_a_column_without_a_meaning_is(tmp_path):
    result = read(tmp_path, {"A": "OOO Verolan", "B": "Kazakhstan", "C": "7707083893"})
    assert uses(result) == {"A": "name", "B": "country", "C": "inn"}


def test_mapping_corrects_the_proposal(tmp_path):
    rows_in = {"Name": "contact 1", "Firm in question": "Verolan Ltd"}
    result = read(tmp_path, rows_in, mapping={"Firm in question": "name", "Name": None})
    assert uses(result) == {"Name": None, "Firm in question": "name"}
    assert named(result, "Verolan Ltd")["entity_id"].startswith("letter:")


def test_mapping_with_unknown_column_and_meaning_reports_both(tmp_path):
    with pytest.raises(MappingError, match=r"no column 'Nmae'.*no meaning 'nmae'"):
        read(tmp_path, {"Name": "Verolan Ltd"}, mapping={"Nmae": "name", "Name": "nmae"})


def test_mapping_that_leaves_no_name_is_an_error(tmp_path):
    with pytest.raises(MappingError, match="no column is the name"):
        read(tmp_path, {"Name": "Verolan Ltd"}, mapping={"Name": None})


def test_second_column_of_names_holds_aliases(tmp_path):
    result = read(tmp_path, {"Name": "Verolan Ltd", "Name (Russian)": "ООО «Веролан»"})
    assert names_of(result, named(result, "Verolan Ltd")["entity_id"])["ООО «Веролан»"] == "alias"


def test_aliases_in_one_cell_are_taken_apart(tmp_path):
    result = read(tmp_path, {"Name": "Verolan Ltd", "Also known as": "a.k.a. Verolan Trade; «Веролан»; f.k.a. Plum Ltd"})
    assert names_of(result, named(result, "Verolan Ltd")["entity_id"]) == {
        "Verolan Ltd": "name",
        "Verolan Trade": "alias",
        "«Веролан»": "alias",
        "Plum Ltd": "previous_name",
    }


def test_alias_in_brackets_behind_the_name_stands_beside_it(tmp_path):
    result = read(tmp_path, {"Name": "Verolan Ltd (a.k.a. Plum Ltd)"})
    assert set(names_of(result, rows(result, "entities")[0]["entity_id"])) == {
        "Verolan Ltd (a.k.a. Plum Ltd)",
        "Verolan Ltd",
        "Plum Ltd",
    }


def test_text_that_is_no_name_is_left_out_of_the_aliases_and_said(tmp_path):
    result = read(tmp_path, {"Name": "Verolan Ltd", "Alias": "Text of image; Chinese:; Plum Ltd"})
    assert [n["name"] for n in rows(result, "names")] == ["Verolan Ltd", "Plum Ltd"]
    assert any("'Text of image' (1), 'Chinese:' (1)" in note for note in result.notes)


def test_placeholder_lists_its_address(tmp_path):
    where = "Unit 5, 12/F, Plum Tower, 7 Invented Street, Kowloon, Hong Kong"
    result = read(tmp_path, {"Name": "Address 01", "Address": where, "Country": "Hong Kong"}, {"Name": "Verolan Ltd"})
    listed = rows(result, "entities")[0]
    assert (listed["name"], listed["is_address_only"], listed["schema"]) == (where, True, "Address")
    assert [n["name"] for n in rows(result, "names")] == ["Verolan Ltd"]


def test_party_without_a_type_is_of_unknown_kind(tmp_path):
    assert rows(read(tmp_path, {"Name": "Verolan Ltd"}), "entities")[0]["schema"] == "LegalEntity"


@pytest.mark.parametrize(
    ("word", "schema"), [("Individual", "Person"), ("Юр. лицо", "Organization"), ("Vessel", "Vessel"), ("公司", "Company")]
)
def test_type_in_words_gives_the_schema(tmp_path, word, schema):
    assert rows(read(tmp_path, {"Name": "Verolan", "Type": word}), "entities")[0]["schema"] == schema


def test_row_without_a_name_is_refused_with_its_line(tmp_path):
    result = read(tmp_path, {"Name": "Verolan Ltd", "Address": "1 Plum Road"}, {"Name": "", "Address": "2 Plum Road"})
    assert [(r["source_row"], r["content"]) for r in result.rejects.to_pylist()] == [(3, "2 Plum Road")]
    assert result.rows_read == 1


def test_own_number_is_the_id_if_no_two_rows_share_it(tmp_path):
    result = read(tmp_path, {"ID": "A7", "Name": "Verolan Ltd"}, {"ID": "B2", "Name": "Plum Ltd"})
    assert [e["entity_id"] for e in rows(result, "entities")] == ["letter:A7", "letter:B2"]


def test_number_that_repeats_is_no_id(tmp_path):
    result = read(tmp_path, {"ID": "A7", "Name": "Verolan Ltd"}, {"ID": "A7", "Name": "Plum Ltd"})
    assert uses(result)["ID"] == "remarks"


def test_running_number_is_no_id_so_that_a_new_row_changes_none(tmp_path):
    plum, fig = {"No.": "1", "Name": "Plum Ltd"}, {"No.": "1", "Name": "Fig Ltd"}
    before = named(read(tmp_path, plum, name="one.csv", list_id="x"), "Plum Ltd")["entity_id"]
    after = named(read(tmp_path, fig, {**plum, "No.": "2"}, name="two.csv", list_id="x"), "Plum Ltd")["entity_id"]
    assert before == after


def test_two_rows_with_one_name_stay_two_entities(tmp_path):
    result = read(tmp_path, {"Name": "Verolan Ltd"}, {"Name": "Verolan Ltd"})
    assert len({e["entity_id"] for e in rows(result, "entities")}) == 2


def test_city_and_postal_code_are_part_of_the_address(tmp_path):
    cells = {"Name": "Verolan Ltd", "Street": "1 Plum Road", "City": "Testville", "Postal Code": "12345", "Country": "Armenia"}
    assert [(a["address"], a["territory"]) for a in rows(read(tmp_path, cells), "addresses")] == [
        ("1 Plum Road, Testville, 12345", "AM")
    ]


def test_territory_is_taken_from_the_address_where_no_column_has_it(tmp_path):
    result = read(tmp_path, {"Name": "Verolan Ltd", "Address": "1 Plum Road, Testville, Russian Federation"})
    assert named(result, "Verolan Ltd")["countries"] == ["RU"]


def test_tax_number_is_an_inn_only_with_right_check_digits_in_russia(tmp_path):
    cells = [
        {"Name": "Verolan Ltd", "INN / tax number": "7707083893", "Country": "Russia"},
        {"Name": "Plum Ltd", "INN / tax number": "7707083894", "Country": "Russia"},
        {"Name": "Fig Ltd", "INN / tax number": "7707083893", "Country": "Turkey"},
    ]
    assert [i["kind"] for i in rows(read(tmp_path, *cells), "identifiers")] == ["inn", "tax", "tax"]


def test_label_inside_a_cell_of_numbers_tells_the_kind(tmp_path):
    cells = {"Name": "Verolan Ltd", "Registration number": "7707083893 (Tax ID/INN); OGRN 1027700132195", "Country": "RU"}
    result = read(tmp_path, cells)
    assert {(i["kind"], i["value"]) for i in rows(result, "identifiers")} == {("inn", "7707083893"), ("ogrn", "1027700132195")}


def test_date_program_reason_and_authority_are_in_the_sanctions(tmp_path):
    cells = {
        "Name": "Verolan",
        "Date": "17.3.2014",
        "Program": "EU-RUS",
        "Reason": "sends parts",
        "Listed by": "EU",
        "End date": "",
    }
    sanction = rows(read(tmp_path, cells), "sanctions")[0]
    assert sanction["listing_date"] == dt.date(2014, 3, 17)
    assert (sanction["program_id"], sanction["reason"], sanction["authority"]) == ("EU-RUS", "sends parts", "EU")


def test_date_of_a_year_is_an_interval(tmp_path):
    sanction = rows(read(tmp_path, {"Name": "Verolan Ltd", "Date added": "2022"}), "sanctions")[0]
    assert (sanction["listing_date"], sanction["listed_not_before"]) == (None, dt.date(2022, 1, 1))
    assert sanction["listed_not_after"] == dt.date(2022, 12, 31)


def test_date_of_birth_is_no_listing_date(tmp_path):
    result = read(tmp_path, {"Name": "Ivan Inventedov", "Date of birth": "1.1.1970", "birthDate": "1970"})
    assert set(uses(result).values()) == {"name", "remarks"}


def test_order_of_day_and_month_is_decided_by_the_column_and_said(tmp_path):
    result = read(tmp_path, {"Name": "Verolan Ltd", "Date": "10/16/2017"}, {"Name": "Plum Ltd", "Date": "06/07/2003"})
    assert rows(result, "sanctions")[1]["listing_date"] == dt.date(2003, 6, 7)
    assert any("month before day" in note for note in result.notes)


def test_date_that_cannot_be_read_leaves_the_party_and_is_said(tmp_path):
    cells = [{"Name": f"Plum {n}", "Date": "2020-01-01"} for n in range(3)]
    result = read(tmp_path, *cells, {"Name": "Verolan Ltd", "Date": "soon"})
    assert (result.rows_read, rows(result, "sanctions")[3]["listing_date"]) == (4, None)
    assert any("'soon'" in note for note in result.notes)


def test_topic_is_assumed_and_said_where_the_list_names_none(tmp_path):
    result = read(tmp_path, {"Name": "Verolan Ltd"})
    assert rows(result, "entities")[0]["topics"] == ["export.risk"]
    assert any("got the topic 'export.risk'" in note for note in result.notes)


def test_contact_data_are_not_read(tmp_path):
    result = read(tmp_path, {"Name": "Verolan Ltd", "Phone": "+7 000", "E-mail": "a@example.org"})
    assert (uses(result)["Phone"], rows(result, "entities")[0]["remarks"]) == (None, None)


def test_null_mark_is_nothing(tmp_path):
    result = read(tmp_path, {"Name": "Verolan Ltd", "Alias": "N/A"}, {"Name": "Plum Ltd", "Alias": "Fig Ltd"})
    assert len(rows(result, "names")) == 3


def test_confidential_flag_is_on_every_entity(tmp_path):
    assert rows(read(tmp_path, {"Name": "Verolan Ltd"}, is_confidential=True), "entities")[0]["is_confidential"] is True


def test_workbook_with_lines_above_the_header_is_read(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Enclosure to the letter"], [], ["Company", "Country"], ["Verolan Ltd", "Türkiye"]):
        book.active.append(row)
    book.save(tmp_path / "letter (2024-03-01).xlsx")
    result = lists.read_list(tmp_path / "letter (2024-03-01).xlsx")
    entity = rows(result, "entities")[0]
    assert (entity["entity_id"].split(":")[0], entity["source_row"], result.version) == ("letter", 4, "2024-03-01")


def test_markup_in_a_name_stays_text(tmp_path):
    assert named(read(tmp_path, {"Name": "<b>Verolan</b> Ltd"}), "<b>Verolan</b> Ltd")["countries"] == []


def test_xml_list_is_an_error_that_says_what_to_do(tmp_path):
    (tmp_path / "a.xml").write_text('<?xml version="1.0"?><plum-list/>')
    assert lists.recognize(tmp_path / "a.xml") is None
    with pytest.raises(FormatError, match=r"outermost element is 'plum-list'.* Save the list as CSV"):
        lists.read_list(tmp_path / "a.xml")


def test_empty_file_is_one_clear_error(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"")
    with pytest.raises(FileError, match="is empty"):
        lists.read_list(tmp_path / "a.csv")


def test_missing_file_is_one_clear_error(tmp_path):
    with pytest.raises(FileError, match="No file at"):
        lists.read_list(tmp_path / "a.csv")


def test_header_without_rows_gives_no_entities(tmp_path):
    result = lists.read_list(write_csv(tmp_path / "a.csv", [], ["Name", "Country"]))
    assert (result.rows_read, len(result.tables["entities"])) == (0, 0)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "entities", "refused"),
    [
        ("bis_mieu.csv", 13, 0),
        ("bis_dpl.txt", 546, 0),
        ("eu_journal_32014R0833.csv", 1_718, 28),
        ("eu_journal_32014R0269.csv", 2_802, 0),
        ("eu_journal_32006R0765.csv", 407, 1),
    ],
)
def test_real_lists_lose_no_row_when_read_as_an_own_table(file, entities, refused):
    result = own_sheet.read(shared("data", "lists", file))
    assert (len(result.tables["entities"]), len(result.rejects)) == (entities, refused)


@pytest.mark.shared
def test_real_eu_list_has_dates_territories_and_inn():
    result = own_sheet.read(shared("data", "lists", "eu_journal_32014R0833.csv"))
    sirius = named(result, "JSC Sirius")
    assert sirius["countries"] == ["RU"]
    assert rows(result, "sanctions", sirius["entity_id"])[0]["listing_date"] == dt.date(2014, 9, 12)
    assert ("inn", "7704730655") in {(i["kind"], i["value"]) for i in rows(result, "identifiers", sirius["entity_id"])}


def test_training_letter_is_read_whole():
    from kit.reference import data_path

    result = lists.read_list(data_path("training", "letter_list.xlsx"))
    entities = rows(result, "entities")
    assert (len(entities), len(result.rejects)) == (640, 0)
    assert sum(e["is_address_only"] for e in entities) == 18
