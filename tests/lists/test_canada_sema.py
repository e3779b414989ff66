import datetime as dt
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.errors import FileError, FormatError
from kit.lists.readers import canada_sema
from tests.lists.listing import named, names_of, rows

SINCE_2026 = {
    "Country": "Country-Pays",
    "LastName": "LastName-NomDeFamille",
    "GivenName": "GivenName-Prenom",
    "EntityOrShip": "EntityOrShip-EntiteOuNavire",
    "TitleOrShip": "TitleOrShipType-TitreOuTypeDeNavire",
    "ShipIMONumber": "ShipIMONumber-NumeroOMIDuNavire",
    "DateOfBirthOrShipBuildDate": "DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire",
    "Aliases": "Aliases-Alias",
    "Schedule": "Schedule-Annexe",
    "Item": "Item-NumeroDarticle",
    "DateOfListing": "DateOfListing-DateDinscription",
}
PERSON = {
    "Country": "Russia / Russie",
    "LastName": "PLUMOV",
    "GivenName": "Oleg Ivanovich",
    "Aliases": "Oleh PLUMOV; Olezh",
    "DateOfBirthOrShipBuildDate": "1953-09-22",
    "Schedule": "1, Part 1",
    "Item": "94",
    "DateOfListing": "2019-03-15",
}
ENTITY = {
    "Country": "Belarus / Bélarus",
    "EntityOrShip": "Verolan Works OJSC (a.k.a. Verolan Group)",
    "Aliases": "Belarusian: ААТ «Слива», Russian: ОАО «Слива»/ Plum Works, Inc., Pear Works",
    "Schedule": "1, Part 2",
    "Item": "1",
    "DateOfListing": "2022",
}
SHIP = {
    "Country": "Russia / Russie",
    "EntityOrShip": "M/V Verolan ",
    "TitleOrShip": "General Cargo | Cargo classique",
    "ShipIMONumber": "1790183",
    "DateOfBirthOrShipBuildDate": "1986",
    "Schedule": "1.1",
    "Item": "2",
    "DateOfListing": "2025-06-13",
}
REGIME = "Justice for Victims of Corrupt Foreign Officials Regulations (JVCFOR) / Règlement (RJVDEC)"


def written(folder, *records, tags=None, before=""):
    said = tags if tags is not None else {tag: tag for tag in SINCE_2026}
    body = "".join(
        "\n<record>" + "".join(f"<{said[tag]}>{escape(text)}</{said[tag]}>" for tag, text in record.items()) + "</record>"
        for record in records
    )
    path = folder / "sema-lmes.xml"
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>{before}\n<data-set>{body}\n</data-set>', encoding="utf-8")
    return path


@pytest.fixture
def result(tmp_path):
    return lists.read_list(written(tmp_path, PERSON, ENTITY, SHIP))


@pytest.mark.parametrize("tags", [None, SINCE_2026], ids=["tags until 2026", "tags since 2026"])
def test_list_is_recognized_and_read_with_either_tags(tmp_path, tags):
    path = written(tmp_path, PERSON, ENTITY, SHIP, tags=tags)
    assert lists.recognize(path) == "canada_sema"
    assert [e["schema"] for e in rows(lists.read_list(path), "entities")] == ["Person", "Organization", "Vessel"]


def test_id_is_made_of_regime_schedule_and_item(result):
    assert [e["entity_id"] for e in rows(result, "entities")] == [
        "ca_sema:russia-1-part-1-94",
        "ca_sema:belarus-1-part-2-1",
        "ca_sema:russia-1.1-2",
    ]


def test_long_regime_is_short_in_the_id_and_whole_as_program(tmp_path):
    result = lists.read_list(
        written(tmp_path, {"Country": REGIME, "LastName": "PLUM", "Item": "1", "DateOfListing": "2017-11-03"})
    )
    assert rows(result, "entities")[0]["entity_id"] == "ca_sema:jvcfor-1"
    assert rows(result, "sanctions")[0]["program_id"].endswith("(JVCFOR)")


def test_regime_is_no_territory_of_the_party(result):
    assert [e["countries"] for e in rows(result, "entities")] == [[], [], []]


def test_given_name_stands_before_the_family_name(result):
    assert named(result, "Oleg Ivanovich PLUMOV")["remarks"] == "date of birth: 1953-09-22"


def test_single_word_is_a_weak_alias_of_a_person(result):
    assert names_of(result, "ca_sema:russia-1-part-1-94") == {
        "Oleg Ivanovich PLUMOV": "name",
        "Oleh PLUMOV": "alias",
        "Olezh": "weak_alias",
    }


def test_aliases_are_taken_apart_but_for_their_legal_form(result):
    assert set(names_of(result, "ca_sema:belarus-1-part-2-1")) == {
        "Verolan Works OJSC (a.k.a. Verolan Group)",
        "Verolan Works OJSC",
        "Verolan Group",
        "ААТ «Слива»",
        "ОАО «Слива»",
        "Plum Works, Inc.",
        "Pear Works",
    }


def test_ship_has_its_number_type_and_year(result):
    ship = named(result, "M/V Verolan")
    assert ship["remarks"] == "ship type: General Cargo | Cargo classique; year built: 1986"
    assert [(i["kind"], i["value"]) for i in rows(result, "identifiers", ship["entity_id"])] == [("imo", "1790183")]


def test_listing_has_day_regime_schedule_and_item(result):
    sanction = rows(result, "sanctions", "ca_sema:russia-1-part-1-94")[0]
    assert (sanction["listing_date"], sanction["program_id"]) == (dt.date(2019, 3, 15), "Russia")
    assert sanction["citation"] == "schedule 1, Part 1, item 94"


def test_year_alone_is_kept_as_interval(result):
    sanction = rows(result, "sanctions", "ca_sema:belarus-1-part-2-1")[0]
    assert sanction["listing_date"] is None
    assert (sanction["listed_not_before"], sanction["listed_not_after"]) == (dt.date(2022, 1, 1), dt.date(2022, 12, 31))


def test_record_without_a_name_is_refused_with_its_line(tmp_path):
    result = lists.read_list(written(tmp_path, PERSON, {"Country": "Iran", "Item": "3"}))
    assert (result.rows_read, result.rejects["source_row"].to_pylist()) == (1, [4])


def test_unreadable_day_is_kept_and_its_record_is_read(tmp_path):
    result = lists.read_list(written(tmp_path, {**PERSON, "DateOfListing": "soon"}))
    assert (result.rows_read, result.rejects["content"].to_pylist()) == (1, ["soon"])


def test_unknown_element_is_said(tmp_path):
    path = written(tmp_path, PERSON)
    path.write_text(path.read_text().replace("</record>", "<Remark>x</Remark></record>"))
    assert any("'Remark' (1)" in note for note in lists.read_list(path).notes)


def test_other_data_set_is_not_recognized(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<data-set><record><Price>1</Price></record></data-set>")
    assert lists.recognize(path) is None


def test_other_xml_is_refused_by_its_outermost_element(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<sdnList/>")
    with pytest.raises(FormatError, match="'sdnList'"):
        canada_sema.read(path)


def test_hostile_xml_is_one_clear_error(tmp_path):
    with pytest.raises(FileError, match="document type declaration"):
        lists.read_list(written(tmp_path, PERSON, before='<!DOCTYPE a [<!ENTITY a "b">]>'))


def test_cut_off_list_is_an_error_and_not_a_shorter_list(tmp_path):
    path = written(tmp_path, PERSON, SHIP)
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(FileError, match="cut off"):
        canada_sema.read(path)


TEXTS = st.text(st.characters(codec="utf-8", min_codepoint=32, exclude_categories=["Cs", "Cc"]), max_size=20)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(sorted(SINCE_2026)), TEXTS), max_size=5))
def test_any_texts_give_entities_or_rejects(tmp_path, records):
    result = canada_sema.read(written(tmp_path, *records))
    refused = [r for r in result.rejects.to_pylist() if not r["reason"].startswith("only the value")]
    assert result.rows_read == len(rows(result, "entities"))
    assert result.rows_read + len(refused) == len(records)
