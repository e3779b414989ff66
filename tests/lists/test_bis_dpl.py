import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.errors import FormatError
from kit.lists.readers import bis_dpl
from tests.lists.listing import named, rows
from tests.shared_files import shared

COLUMNS = list(bis_dpl.USES)
ROW = {
    "Name": " VEROLAN PARTS LTD",
    "Street_Address": "7 INVENTED STREET",
    "City": "TESTVILLE",
    "State": "TX",
    "Country": "US",
    "Postal_Code": "75081",
    "Effective_Date": "03/04/2002",
    "Expiration_Date": "06/29/2012",
    "Standard_Order": "Y",
    "Last_Update": "2006-07-11",
    "Action": "FR NOTICE ADDED",
    "FR_Citation": "67 F.R. 10890 3/11/02",
}


def written(folder, *changes, columns=COLUMNS):
    lines = [columns, *([{**ROW, **change}[name] for name in columns] for change in changes)]
    path = folder / "dpl.txt"
    text = "\n".join("\t".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def test_list_is_recognized_by_its_columns(tmp_path):
    assert lists.recognize(written(tmp_path, {})) == "bis_dpl"
    assert lists.recognize(written(tmp_path, {}, columns=COLUMNS[:-1])) != "bis_dpl"


def test_missing_column_is_named(tmp_path):
    with pytest.raises(FormatError, match="FR_Citation"):
        bis_dpl.read(written(tmp_path, {}, columns=COLUMNS[:-1]))


def test_leading_blank_is_no_part_of_the_name(tmp_path):
    assert rows(lists.read_list(written(tmp_path, {})), "names")[0]["name"] == "VEROLAN PARTS LTD"


def test_second_address_under_one_order_is_the_same_entity(tmp_path):
    result = lists.read_list(written(tmp_path, {}, {"Street_Address": "9 INVENTED STREET", "FR_Citation": "other"}))
    assert (len(rows(result, "entities")), result.rows_read, len(result.rejects)) == (1, 2, 0)
    assert [a["address"] for a in rows(result, "addresses")] == [
        "7 INVENTED STREET, TESTVILLE, TX, 75081, US",
        "9 INVENTED STREET, TESTVILLE, TX, 75081, US",
    ]


def test_same_name_under_another_order_is_another_entity(tmp_path):
    result = lists.read_list(written(tmp_path, {}, {"Effective_Date": "03/05/2009"}))
    ids = [e["entity_id"] for e in rows(result, "entities")]
    assert len(set(ids)) == 2


def test_expired_order_stays_with_its_end_date(tmp_path):
    sanction = rows(lists.read_list(written(tmp_path, {})), "sanctions")[0]
    assert (sanction["listing_date"], sanction["end_date"]) == (dt.date(2002, 3, 4), dt.date(2012, 6, 29))


def test_listing_has_citation_topic_and_authority(tmp_path):
    result = lists.read_list(written(tmp_path, {}))
    sanction, entity = rows(result, "sanctions")[0], rows(result, "entities")[0]
    assert (sanction["authority"], sanction["citation"]) == ("BIS", "67 F.R. 10890 3/11/02")
    assert (entity["list_id"], entity["topics"], entity["schema"]) == ("us_bis_dpl", ["export.control"], "LegalEntity")


def test_absurd_date_is_kept_among_the_rejects_and_its_row_is_read(tmp_path):
    result = lists.read_list(written(tmp_path, {"Last_Update": "3017-08-22"}))
    assert (result.rows_read, [r["content"] for r in result.rejects.to_pylist()]) == (1, ["3017-08-22"])


def test_notice_gives_a_year_where_the_effective_date_cannot_be_read(tmp_path):
    sanction = rows(lists.read_list(written(tmp_path, {"Effective_Date": "13/45/2002"})), "sanctions")[0]
    assert (sanction["listing_date"], sanction["listed_not_before"]) == (None, dt.date(2002, 1, 1))


def test_row_without_a_name_is_refused(tmp_path):
    result = lists.read_list(written(tmp_path, {}, {"Name": " "}))
    assert (result.rows_read, result.rejects["reason"].to_pylist()) == (1, ["the row has no name"])


# Control signs are left out: a file full of them is refused as a whole, as bytes that are no text.
CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS[:9], CELLS)), min_size=1, max_size=4))
def test_any_cells_give_rows_or_rejects(tmp_path, changes):
    result = bis_dpl.read(written(tmp_path, {}, *changes))
    refused = [r for r in result.rejects.to_pylist() if not r["reason"].startswith("only the value")]
    assert result.rows_read + len(refused) == len(changes) + 1


@pytest.mark.shared
def test_real_list_is_read_completely():
    result = lists.read_list(shared("data", "lists", "bis_dpl.txt"))
    assert (result.rows_read, result.rejects.select(["source_row", "content"]).to_pylist()) == (
        546,
        [{"source_row": 326, "content": "3017-08-22"}],
    )
    assert len(named(result, "AARON ROBERT HENDERSON")["entity_id"]) > 0
