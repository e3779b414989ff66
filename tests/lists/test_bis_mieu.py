import datetime as dt

import pytest

from kit import lists
from kit.errors import FormatError
from kit.lists.readers import bis_mieu
from tests.lists.listing import named, names_of, rows, write_csv
from tests.shared_files import shared

URL = "https://www.federalregister.gov/documents/2021/01/15/2021-00977/expansion-of-certain-end-use-and-end-user-controls"
ROW = {
    "Type": "Organization", "Name": "Artesh Directorate for Intelligence", "Alias": "J2; Directorate of the Army",
    "Country": "IR", "Topics": "export.control", "Program": "US-BIS-MIEU", "Date": "2021-03-16",
    "End date": "", "Source URL": URL,
}  # fmt: skip


def written(folder, *changes):
    return write_csv(folder / "mieu.csv", [{**ROW, **change} for change in changes])


def test_table_is_recognized_by_its_columns_and_program(tmp_path):
    assert lists.recognize(written(tmp_path, {})) == "bis_mieu"
    assert lists.recognize(written(tmp_path, {"Program": "OTHER"})) == "own_sheet"


def test_missing_column_is_named(tmp_path):
    with pytest.raises(FormatError, match="Program"):
        bis_mieu.read(write_csv(tmp_path / "a.csv", [{"Type": "Organization", "Name": "X"}]))


def test_short_form_is_a_weak_alias_and_a_name_in_words_is_not(tmp_path):
    result = lists.read_list(written(tmp_path, {}))
    party = named(result, "Artesh Directorate for Intelligence")
    assert names_of(result, party["entity_id"]) == {
        "Artesh Directorate for Intelligence": "name",
        "J2": "weak_alias",
        "Directorate of the Army": "alias",
    }


def test_listing_has_date_topics_and_notice(tmp_path):
    result = lists.read_list(written(tmp_path, {}))
    entity, sanction = rows(result, "entities")[0], rows(result, "sanctions")[0]
    assert (entity["list_id"], entity["topics"], entity["countries"]) == ("us_bis_mieu", ["export.control", "mil"], ["IR"])
    assert (sanction["listing_date"], sanction["end_date"]) == (dt.date(2021, 3, 16), None)
    assert (sanction["citation"], sanction["source_url"]) == ("Federal Register document 2021-00977", URL)


def test_unknown_type_and_missing_name_are_refused(tmp_path):
    result = lists.read_list(written(tmp_path, {}, {"Type": "Ghost"}, {"Name": ""}))
    assert (result.rows_read, result.rejects["source_row"].to_pylist()) == (1, [3, 4])


def test_unreadable_date_is_kept_and_its_row_is_read(tmp_path):
    result = lists.read_list(written(tmp_path, {"Date": "soon"}))
    assert (result.rows_read, result.rejects["content"].to_pylist()) == (1, ["soon"])


@pytest.mark.shared
def test_real_table_is_read_completely():
    result = lists.read_list(shared("data", "lists", "bis_mieu.csv"))
    assert (result.rows_read, len(rows(result, "entities")), len(result.rejects)) == (13, 13, 0)
