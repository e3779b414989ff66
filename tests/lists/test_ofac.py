import datetime as dt
import shutil

import pytest

from kit import lists
from kit.errors import FormatError
from tests.lists.listing import FIXTURES, named, names_of, rows
from tests.shared_files import shared

FOLDER = FIXTURES / "ofac"
SDN, CONS = (
    ("sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv"),
    ("cons_prim.csv", "cons_add.csv", "cons_alt.csv", "cons_comments.csv"),
)
NOTHING = '-0- ,"CUBA",' + ",".join(["-0- "] * 8)


@pytest.fixture(scope="module")
def sdn():
    return lists.read_list(FOLDER / "sdn.csv")


@pytest.fixture(scope="module")
def cons():
    return lists.read_list(FOLDER / "cons_prim.csv")


@pytest.mark.parametrize("name", [*SDN, *CONS])
def test_every_one_of_the_files_is_recognized(name):
    assert lists.recognize(FOLDER / name) == "ofac"


@pytest.mark.parametrize("name", SDN)
def test_any_of_the_four_files_gives_the_whole_list(sdn, name):
    assert lists.read_list(FOLDER / name).tables == sdn.tables


def test_parties_of_sdn_and_of_the_other_lists_have_their_own_list(sdn, cons):
    assert {e["list_id"] for e in rows(sdn, "entities")} == {"ofac_sdn"}
    assert {e["list_id"] for e in rows(cons, "entities")} == {"ofac_cons"}


def test_null_mark_with_its_blank_is_nothing(sdn):
    assert not any("-0-" in str(value) for table in sdn.tables.values() for row in table.to_pylist() for value in row.values())


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("AEROCARIBBEAN AIRLINES", "Organization"),
        ("CRUZ, Juan M. de la", "Person"),
        ("ARTAVIL", "Vessel"),
        ("EP-GOM", "Airplane"),
    ],
)
def test_type_gives_the_schema(sdn, name, schema):
    assert named(sdn, name)["schema"] == schema


def test_programs_joined_by_brackets_are_rows_of_their_own(sdn):
    party = named(sdn, "BANK SADERAT PLC")
    assert [s["program_id"] for s in rows(sdn, "sanctions", party["entity_id"])] == ["IRAN", "SDGT", "IFSR"]


def test_names_have_their_kinds(sdn):
    assert names_of(sdn, "ofac_sdn:306") == {
        "BANCO NACIONAL DE CUBA": "name",
        "BNC": "weak_alias",
        "NATIONAL BANK OF CUBA": "alias",
    }
    assert names_of(sdn, "ofac_sdn:4642")["IRAN OVERSEAS INVESTMENT BANK PLC"] == "previous_name"


def test_identifier_in_the_remarks_is_read(sdn):
    assert ("registration", "01126618") in {(i["kind"], i["value"]) for i in rows(sdn, "identifiers", "ofac_sdn:4642")}
    assert "imo" in {i["kind"] for i in rows(sdn, "identifiers", named(sdn, "ARTAVIL")["entity_id"])}


def test_address_city_and_country_are_one_address(sdn):
    assert rows(sdn, "addresses", "ofac_sdn:173") == [
        {"entity_id": "ofac_sdn:173", "address": "Ibex House, The Minories, London EC3N 1DY, United Kingdom", "territory": "GB"}
    ]


def test_flag_of_a_vessel_is_among_its_territories(sdn):
    assert "IR" in named(sdn, "ARTAVIL")["countries"]


def test_comments_are_joined_as_they_stand(cons):
    remarks = {e["entity_id"]: e["remarks"] for e in rows(cons, "entities")}
    assert "Listing Date (EO 14024 Directive 2): 24 Feb 2022" in remarks["ofac_cons:17018"]
    assert "Registration Number 1027700070518 (Russia)" in remarks["ofac_cons:17250"]


def test_number_at_the_seam_is_read_whole(cons):
    assert ("ogrn", "1027700070518") in {(i["kind"], i["value"]) for i in rows(cons, "identifiers", "ofac_cons:17250")}


def test_tax_number_in_russia_with_right_check_digits_is_an_inn(cons):
    assert ("inn", "7707083893") in {(i["kind"], i["value"]) for i in rows(cons, "identifiers", "ofac_cons:17018")}


def test_weak_alias_in_the_comments_is_found(cons):
    assert names_of(cons, "ofac_cons:17018")["SBERBANK MUMBAI"] == "weak_alias"


def test_listing_date_belongs_to_its_own_program_only(cons):
    dates = {s["program_id"]: s["listing_date"] for s in rows(cons, "sanctions", "ofac_cons:17018")}
    assert dates == {"UKRAINE-EO13662": None, "RUSSIA-EO14024": dt.date(2022, 2, 24)}


def test_comment_about_a_party_that_is_not_there_is_refused(sdn):
    refused = sdn.rejects.to_pylist()
    assert [(r["source_file"], r["source_row"]) for r in refused] == [("sdn_comments.csv", 1)]
    assert "'27307' is not in the file of parties" in refused[0]["reason"]


def test_control_z_at_the_end_is_no_row(cons):
    assert (len(cons.tables["entities"]), len(cons.rejects)) == (4, 0)


def test_missing_sibling_is_said(tmp_path):
    shutil.copy(FOLDER / "sdn.csv", tmp_path)
    notes = lists.read_list(tmp_path / "sdn.csv").notes
    assert "not beside it, so left out: addresses (add.csv), aliases (alt.csv), comments (sdn_comments.csv)" in notes


def test_aliases_without_the_parties_are_an_error_that_names_the_file(tmp_path):
    shutil.copy(FOLDER / "alt.csv", tmp_path / "ofac_alt.csv")
    with pytest.raises(FormatError, match=r"Expected ofac_sdn\.csv in the same folder"):
        lists.read_list(tmp_path / "ofac_alt.csv")


def test_siblings_share_the_date_in_their_names(tmp_path):
    for name in SDN:
        shutil.copy(FOLDER / name, tmp_path / name.replace(".csv", "_2018-12-20.csv"))
    result = lists.read_list(tmp_path / "add_2018-12-20.csv")
    assert (result.version, len(result.tables["entities"])) == ("2018-12-20", 8)


def test_parties_under_another_name_are_read_alone(tmp_path):
    shutil.copy(FOLDER / "sdn.csv", tmp_path / "treasury.csv")
    assert len(lists.read_list(tmp_path / "treasury.csv").tables["entities"]) == 8


def test_number_that_stands_twice_is_refused(tmp_path):
    (tmp_path / "sdn.csv").write_text(f'1,"VEROLAN",{NOTHING}\n1,"VEROLAN TWO",{NOTHING}\n')
    result = lists.read_list(tmp_path / "sdn.csv")
    assert "stands in an earlier row" in result.rejects.to_pylist()[0]["reason"]


def test_unknown_type_is_refused(tmp_path):
    (tmp_path / "sdn.csv").write_text(f'1,"VEROLAN",{NOTHING}\n2,"VEROLAN TWO","robot"{NOTHING[4:]}\n')
    assert "'robot'" in lists.read_list(tmp_path / "sdn.csv").rejects.to_pylist()[0]["reason"]


def test_inner_quote_stays_in_a_weak_alias(tmp_path):
    remarks = "\"a.k.a. 'ABU-'UMAR'.\""
    (tmp_path / "sdn.csv").write_text(f'1,"VEROLAN",{NOTHING.rpartition(",")[0]},{remarks}\n')
    assert names_of(lists.read_list(tmp_path / "sdn.csv"), "ofac_sdn:1")["ABU-'UMAR"] == "weak_alias"


@pytest.fixture(scope="module")
def real_sdn():
    return lists.read_list(shared("data", "lists", "ofac_sdn.csv"))


@pytest.mark.shared
def test_real_sdn_has_every_party_and_loses_no_row(real_sdn):
    parties = [e["source_row"] for e in rows(real_sdn, "entities")]
    assert (real_sdn.rows_read, parties) == (7_379, list(range(1, 7_380)))


@pytest.mark.shared
def test_real_rows_that_are_refused_are_comments_of_a_later_edition(real_sdn):
    assert {r["source_file"] for r in real_sdn.rejects.to_pylist()} == {"ofac_sdn_comments.csv"}


@pytest.mark.shared
def test_real_consolidated_files_are_read_whole():
    result = lists.read_list(shared("data", "lists", "ofac_cons_add.csv"))
    assert (result.rows_read, len(result.rejects)) == (442, 0)
    assert "RUSAG" in {n["name"] for n in rows(result, "names") if n["kind"] == "weak_alias"}
