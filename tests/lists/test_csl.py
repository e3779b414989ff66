import csv
import datetime as dt

import openpyxl
import pytest

from kit import lists
from kit.lists.readers import csl
from tests.lists.listing import FIXTURES, named, names_of, rows, write_csv
from tests.shared_files import shared

EXTRACT = FIXTURES / "csl_2026-07-31_extract.csv"
NEW = FIXTURES / "csl_29_columns.csv"
OLD = FIXTURES / "csl_older_layout.csv"
ENTITY_LIST = "Entity List (EL) - Bureau of Industry and Security"
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
SUCCESSORS = "; and any successor, sub-unit, or subsidiary thereof"


@pytest.fixture(scope="module")
def extract():
    return lists.read_list(EXTRACT)


@pytest.fixture(scope="module")
def new():
    return lists.read_list(NEW)


@pytest.fixture(scope="module")
def old():
    return lists.read_list(OLD)


def written(tmp_path, *changes, layout=NEW):
    """A list of invented rows in a real layout."""
    with layout.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    defaults = {"source": ENTITY_LIST, "source_list_url": "https://example.org/list"}
    return lists.read_list(write_csv(tmp_path / "list.csv", [{**defaults, **change} for change in changes], columns))


@pytest.mark.parametrize("path", [EXTRACT, NEW, OLD], ids=["extract", "new", "old"])
def test_every_layout_is_recognized(path):
    assert lists.recognize(path) == "csl"


@pytest.mark.parametrize("path", [EXTRACT, NEW, OLD], ids=["extract", "new", "old"])
def test_every_row_becomes_an_entity_of_its_own_row(path):
    result = lists.read_list(path)
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert sorted(e["source_row"] for e in rows(result, "entities")) == list(range(2, lines + 1))


def test_source_list_gives_list_id_authority_and_topics(new):
    atlas = named(new, "Atlas Sanatgaran")
    assert (atlas["list_id"], atlas["topics"]) == ("us_uvl", ["export.risk"])
    assert rows(new, "sanctions", atlas["entity_id"])[0]["authority"] == "BIS"


def test_military_end_user_has_the_military_topic(new):
    assert named(new, "Academy of Aerospace Solid Propulsion Technology (AASPT)")["topics"] == ["export.control", "mil"]


def test_placeholder_never_becomes_a_name(extract):
    assert not any(name["name"].startswith("Address ") for name in rows(extract, "names"))


def test_placeholder_without_address_is_kept_and_counted(extract):
    listed = [e for e in rows(extract, "entities") if e["is_address_only"]]
    assert [(e["schema"], e["source_row"]) for e in listed] == [("Address", e["source_row"]) for e in listed]
    assert len(listed) == 4
    assert any(note.startswith("4 entries list an address that this file does not hold") for note in extract.notes)


def test_placeholders_of_two_territories_have_two_ids(extract):
    listed = [e["entity_id"] for e in rows(extract, "entities") if e["name"] == "Address 01"]
    assert len(set(listed)) == 2


def test_placeholder_with_address_lists_the_address(tmp_path):
    where = "Flat A, 12/F, Plum Orchard Tower, 7 Invented Street, Kowloon, Hong Kong, China, CN"
    result = written(tmp_path, {"name": "Address 01", "addresses": where})
    entity = rows(result, "entities")[0]
    assert (entity["is_address_only"], entity["schema"], entity["name"]) == (True, "Address", where)
    assert [a["address"] for a in rows(result, "addresses")] == [where]
    assert rows(result, "names") == []


def test_name_with_semicolon_is_not_taken_apart(new):
    party = named(new, "Sinobright Import and Export Company" + SUCCESSORS)
    assert names_of(new, party["entity_id"]) == {
        "Sinobright Import and Export Company" + SUCCESSORS: "name",
        "Sinobright Import and Export Company": "alias",
    }


def test_kind_of_party_behind_a_name_is_left_out_of_its_alias(extract):
    party = named(extract, "Bearings on Lipetsk LLC (Russian entity)" + SUCCESSORS)
    assert names_of(extract, party["entity_id"])["Bearings on Lipetsk LLC"] == "alias"


def test_alias_in_the_name_stands_beside_the_whole_name(extract):
    party = named(extract, "Cho Yan Nathan; a.k.a Nathan Man Man")
    assert names_of(extract, party["entity_id"]) == {
        "Cho Yan Nathan; a.k.a Nathan Man Man": "name",
        "Cho Yan Nathan": "alias",
        "Nathan Man Man": "alias",
    }


def test_leading_blank_of_a_name_is_trimmed(tmp_path):
    assert rows(written(tmp_path, {"name": " VEROLAN TRADE"}), "entities")[0]["name"] == "VEROLAN TRADE"


def test_addresses_joined_by_and_are_taken_apart(new):
    party = named(new, "China Electronics Technology Group Corporation 13th Research Institute (CETC 13)")
    addresses = [(a["address"], a["territory"]) for a in rows(new, "addresses", party["entity_id"])]
    assert addresses == [
        ("113 Hezuo Road, Shijiazhuang, Hebei, China", "CN"),
        ("21 Changsheng Street, Shijiazhuang, Hebei, China", "CN"),
        ("21 Changsheng Road, Shijiazhuang, Hebei, China, Shijiazhuang, Hebei Province, CN", "CN"),
    ]


def test_and_before_the_last_alias_is_no_part_of_it(new):
    party = named(new, "China Electronics Technology Group Corporation 13th Research Institute (CETC 13)")
    assert names_of(new, party["entity_id"])["CETC Research Institute 13"] == "alias"


def test_previous_name_is_told_from_an_alias(extract):
    party = named(extract, "Center for Innovation and Technology Cooperation")
    assert names_of(extract, party["entity_id"])["Office of Scientific and Industrial Studies (OSIS)"] == "previous_name"


def test_name_in_quotes_is_a_weak_alias(extract):
    party = named(extract, "GHAILANI, Ahmed Khalfan")
    assert names_of(extract, party["entity_id"])["FOOPIE"] == "weak_alias"


def test_country_alone_is_a_territory_and_no_address(tmp_path):
    result = written(tmp_path, {"name": "VEROLAN TRADE", "addresses": "TR"})
    assert rows(result, "entities")[0]["countries"] == ["TR"]
    assert rows(result, "addresses") == []


def test_empty_type_is_a_party_of_unknown_kind(new):
    assert named(new, "Atlas Sanatgaran")["schema"] == "LegalEntity"


@pytest.mark.parametrize(("name", "schema"), [("RIM, Ryong Nam", "Person"), ("SME BANK", "Organization")])
def test_type_gives_the_schema(new, name, schema):
    assert named(new, name)["schema"] == schema


def test_vessel_is_a_vessel_with_its_imo_number(old):
    vessel = named(old, "7-28")
    numbers = [(i["kind"], i["value"]) for i in rows(old, "identifiers", vessel["entity_id"])]
    assert (vessel["schema"], numbers) == ("Vessel", [("imo", "8898831")])


def test_names_of_persons_stay_in_either_order(new):
    assert "Person" == named(new, "RIM, Ryong Nam")["schema"] == named(new, "Mohammed ABU JHEISHEH")["schema"]


def test_start_date_is_the_listing_date(new):
    party = named(new, "Academy of Aerospace Solid Propulsion Technology (AASPT)")
    sanction = rows(new, "sanctions", party["entity_id"])[0]
    assert (sanction["listing_date"], sanction["listed_not_before"]) == (dt.date(2020, 12, 23), None)


def test_volume_of_the_first_notice_gives_a_year_and_no_day(extract):
    party = next(e for e in rows(extract, "entities") if e["name"].startswith("Zorsecurity"))
    sanction = rows(extract, "sanctions", party["entity_id"])[0]
    assert sanction["citation"] == "82 FR 722"
    assert sanction["listing_date"] is None
    assert (sanction["listed_not_before"], sanction["listed_not_after"]) == (dt.date(2017, 1, 1), dt.date(2017, 12, 31))


def test_volume_after_the_edition_is_a_misprint(tmp_path):
    row = {"source": ENTITY_LIST, "name": "VEROLAN TRADE", "federal_register_notice": "98 FR 1234"}
    with EXTRACT.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    result = lists.read_list(write_csv(tmp_path / "csl_2026-07-31.csv", [row], columns))
    assert rows(result, "sanctions")[0]["listed_not_before"] is None


def test_unreadable_start_date_is_counted_and_leaves_the_date_unknown(tmp_path):
    result = written(tmp_path, {"name": "VEROLAN TRADE", "start_date": "3017-08-22"})
    assert rows(result, "sanctions")[0]["listing_date"] is None
    assert any("1 dates could not be read" in note for note in result.notes)


def test_license_requirement_and_policy_are_the_provisions(extract):
    listed = next(e for e in rows(extract, "entities") if e["name"] == "Address 01" and e["countries"] == ["TR"])
    assert rows(extract, "sanctions", listed["entity_id"])[0]["provisions"] == (
        "License requirement: For items on the CCL and EAR99 items listed in supplement no. 7 to part 746 of the EAR. "
        "License policy: Presumption of denial."
    )


def test_each_program_is_a_row_of_sanctions(tmp_path):
    result = written(
        tmp_path, {"source": SDN, "entity_number": "1", "type": "Entity", "name": "VEROLAN", "programs": "NPWMD; IFSR"}
    )
    assert [s["program_id"] for s in rows(result, "sanctions")] == ["NPWMD", "IFSR"]


def test_identifiers_are_read_in_both_orders(new, old):
    assert ("ogrn", "1027739108649") in {(i["kind"], i["value"]) for i in rows(new, "identifiers")}
    assert ("inn", "5030056754") in {(i["kind"], i["value"]) for i in rows(old, "identifiers")}


def test_contact_data_and_remarks_are_no_identifiers(new):
    assert not any("@" in i["value"] or "Directive" in i["value"] for i in rows(new, "identifiers"))


def test_rows_with_one_number_of_one_list_are_one_entity(tmp_path):
    first = {"source": SDN, "entity_number": "1", "type": "Entity", "name": "VEROLAN", "addresses": "1 Plum Road, Testville, TR"}
    second = {**first, "name": "VEROLAN TRADE", "addresses": "2 Plum Road, Testville, AE"}
    result = written(tmp_path, first, second)
    assert [(e["entity_id"], e["countries"]) for e in rows(result, "entities")] == [("us_sdn:1", ["TR", "AE"])]
    assert len(rows(result, "names")) == len(rows(result, "addresses")) == 2
    assert any(note.startswith("1 rows continue") for note in result.notes)


def test_same_name_without_a_number_stays_two_entities(extract):
    listed = [e for e in rows(extract, "entities") if "204th Research Institute" in e["name"]]
    assert len({e["entity_id"] for e in listed}) == len(listed) == 5


def test_ids_are_the_same_across_layouts(extract, new, old):
    for name in ("Atlas Sanatgaran", "China Electronics Technology Group Corporation 13th Research Institute (CETC 13)"):
        assert named(new, name)["entity_id"] in {e["entity_id"] for e in rows(extract, "entities") if e["name"] == name}
    assert named(old, "BANK OF KUNLUN CO LTD")["entity_id"] == named(extract, "BANK OF KUNLUN CO LTD")["entity_id"]


def test_unknown_source_list_is_refused_with_its_name(tmp_path):
    result = written(tmp_path, {"name": "VEROLAN", "source": "Brand New List (BNL)"}, {"name": "VEROLAN TWO"})
    refused = result.rejects.to_pylist()
    assert (refused[0]["source_row"], "'Brand New List (BNL)'" in refused[0]["reason"]) == (2, True)
    assert result.rows_read == 1


def test_row_without_a_name_is_refused(tmp_path):
    assert written(tmp_path, {"name": ""}).rejects.to_pylist()[0]["reason"] == "the row has no name"


def test_unknown_type_is_refused(tmp_path):
    assert "'Robot'" in written(tmp_path, {"name": "VEROLAN", "type": "Robot"}).rejects.to_pylist()[0]["reason"]


def test_confidential_flag_is_on_every_entity():
    result = lists.read_list(EXTRACT, is_confidential=True)
    assert {e["is_confidential"] for e in rows(result, "entities")} == {True}


def test_given_list_id_holds_all_source_lists():
    result = lists.read_list(EXTRACT, list_id="csl")
    ids = [e["entity_id"] for e in rows(result, "entities")]
    assert {e["list_id"] for e in rows(result, "entities")} == {"csl"}
    assert len(set(ids)) == len(ids)


def test_edition_is_the_date_in_the_file_name(extract, new):
    assert extract.version == "2026-07-31"
    assert len(new.version) == 12


def test_every_column_says_where_it_went(new):
    assert len(new.columns) == 29
    assert {use.source: use.target for use in new.columns}["federal_register_notice"] == "citation"


@pytest.fixture(scope="module")
def real():
    return lists.read_list(shared("data", "lists", "csl_2026-07-31_compact.csv"))


@pytest.mark.shared
@pytest.mark.parametrize(
    ("list_id", "count"), [("us_sdn", 19_181), ("us_el", 3_420), ("us_dpl", 1_596), ("us_meu", 70), ("us_uvl", 222)]
)
def test_real_list_has_the_published_counts(real, list_id, count):
    assert real.tables["entities"].column("list_id").to_pylist().count(list_id) == count


@pytest.mark.shared
def test_real_list_loses_no_row(real):
    assert (len(real.tables["entities"]), len(real.rejects), real.rows_read) == (25_921, 0, 25_921)


@pytest.mark.shared
def test_real_list_has_nineteen_addresses_and_no_name_of_them(real):
    assert sum(real.tables["entities"].column("is_address_only").to_pylist()) == 19
    assert not any(csl.is_address_placeholder(name) for name in real.tables["names"].column("name").to_pylist())


@pytest.mark.shared
def test_real_ids_are_unique(real):
    ids = real.tables["entities"].column("entity_id").to_pylist()
    assert len(set(ids)) == len(ids)


@pytest.mark.shared
@pytest.mark.parametrize(("name", "count"), [("csl_consolidated_sample.csv", 13), ("csl_old_sample.csv", 115)])
def test_real_samples_are_read_whole(name, count):
    result = lists.read_list(shared("data", "lists", name))
    assert (len(result.tables["entities"]), len(result.rejects)) == (count, 0)


def test_list_saved_again_with_semicolons_is_known(tmp_path):
    with EXTRACT.open(encoding="utf-8", newline="") as file:
        cells = list(csv.reader(file))
    with (tmp_path / "list.csv").open("w", encoding="utf-16", newline="") as file:
        csv.writer(file, delimiter=";").writerows(cells)
    assert lists.recognize(tmp_path / "list.csv") == "csl"
    assert lists.read_list(tmp_path / "list.csv").rows_read == len(cells) - 1


def test_list_saved_again_as_workbook_is_known(tmp_path):
    book = openpyxl.Workbook()
    with EXTRACT.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    assert lists.recognize(tmp_path / "list.xlsx") == "csl"
    assert lists.read_list(tmp_path / "list.xlsx").rows_read == 22


@pytest.mark.parametrize(
    ("name", "aliases"),
    [
        ("Plum Enterprise [aka Pear Technology, aka Fig Trade] (Hong Kong Entity), and its sub-units and successors", 2),
        ("KOW EXAMPLE -AKA- ERIC EXAMPLE", 1),
        ("Plum Holding Limited (f.k.a. Pear Products Ltd.)", 1),
    ],
)
def test_other_names_inside_the_name_are_found(tmp_path, name, aliases):
    result = written(tmp_path, {"name": name})
    kinds = names_of(result, rows(result, "entities")[0]["entity_id"])
    assert kinds[name] == "name"
    assert sum(kind != "name" for kind in kinds.values()) >= aliases + 1


def test_row_of_too_few_cells_is_refused_and_no_traceback(tmp_path):
    row = 'VEROLAN,"a\nb"'
    (tmp_path / "a.csv").write_text(
        "source,entity_number,type,name,alt_names,federal_register_notice,source_list_url\n" + row, encoding="utf-8"
    )
    result = lists.read_list(tmp_path / "a.csv")
    assert (result.rows_read, len(result.rejects)) == (0, 1)
