import datetime as dt

import pytest

from kit import lists
from tests.lists.listing import FIXTURES, named, names_of, rows
from tests.shared_files import shared

FILE = FIXTURES / "os_targets_simple_2026-03-13.csv"


@pytest.fixture(scope="module")
def result():
    return lists.read_list(FILE)


def test_layout_is_recognized():
    assert lists.recognize(FILE) == "opensanctions_simple"


def test_semicolon_inside_quotes_does_not_split_an_alias(result):
    assert names_of(result, "ua_war_sanctions:NK-a1") == {
        "Verolan Pribor JSC": "name",
        "АО Веролан Прибор": "alias",
        'CONCERN "VEROLAN; PRIBOR" JSC': "alias",
    }


def test_semicolon_inside_quotes_does_not_split_an_address(result):
    assert [(a["address"], a["territory"]) for a in rows(result, "addresses")] == [
        ("1, Plum Street, Testville; Russia", None),
        ("2 Pear Lane, Kyrgyzstan", "KG"),
    ]


def test_identifiers_are_told_apart(result):
    kinds = {i["value"]: i["kind"] for i in rows(result, "identifiers")}
    assert kinds["7707083893"] == "inn"
    assert kinds["1027700132195"] == "ogrn"
    assert kinds["9253325"] == "imo"
    assert kinds["A-12"] == "other"


def test_special_codes_are_no_territories_and_are_said(result):
    assert named(result, "Verolan Pribor JSC")["countries"] == ["RU"]
    assert any("'suhh'" in note and "'zz'" in note and "'eu'" in note for note in result.notes)


def test_empty_quoted_cell_is_nothing(result):
    assert rows(result, "sanctions", "ua_war_sanctions:NK-a2")[0]["reason"] is None


def test_text_over_two_lines_is_one_reason(result):
    reasons = {s["reason"] for s in rows(result, "sanctions", "ua_war_sanctions:NK-a1")}
    assert reasons == {"Makes parts, says the list;\nsecond line of the same text."}


def test_each_program_is_a_row_of_sanctions(result):
    programs = [s["program_id"] for s in rows(result, "sanctions", "ua_war_sanctions:NK-a1")]
    assert programs == ["UA-WS-MILIND", "UA-WS-UAVS"]


def test_first_seen_is_an_upper_bound_and_no_listing_date(result):
    sanction = rows(result, "sanctions", "ua_war_sanctions:NK-a2")[0]
    assert (sanction["listing_date"], sanction["listed_not_before"]) == (None, None)
    assert sanction["listed_not_after"] == dt.date(2025, 10, 6)


def test_program_of_the_military_industry_has_the_military_topic(result):
    assert named(result, "Verolan Pribor JSC")["topics"] == ["export.risk", "mil"]
    assert named(result, "PLUM BLOSSOM")["topics"] == ["export.risk"]


def test_row_that_is_no_party_is_refused(result):
    assert [r["reason"].split(";")[0] for r in result.rejects.to_pylist()] == ["schema 'CryptoWallet' is no party"]


def test_edition_without_a_date_in_the_name_is_the_latest_sighting(tmp_path):
    path = tmp_path / "targets.simple.csv"
    path.write_bytes(FILE.read_bytes())
    assert lists.read_list(path).version == "2026-03-13"


@pytest.mark.shared
def test_real_file_loses_no_row():
    result = lists.read_list(shared("data", "lists", "opensanctions_ua_war_sanctions_targets_simple_2026-03-13.csv"))
    schemas = result.tables["entities"].column("schema").to_pylist()
    assert (result.rows_read, len(result.rejects)) == (5_600, 0)
    assert [schemas.count(s) for s in ("Person", "Company", "Vessel", "LegalEntity")] == [1_543, 1_524, 1_340, 1_193]
