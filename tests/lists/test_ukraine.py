"""The register of the NSDC and the portal War & Sanctions, both as JSON of their interfaces."""

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.errors import FileError, FormatError
from kit.lists.readers import ukraine_nsdc, ukraine_war_sanctions
from tests.lists.listing import named, names_of, rows

SUBJECT = {
    "sid": 4711,
    "name": "ТОВ «Слива» (ООО «Слива», Plum LLC)",
    "translit": "TOV Slyva",
    "aliases": ["Verolan; Pear LLC"],
    "citizenships": ["RU", "DN"],
    "bd": "01.02.2003",
    "dd": None,
    "status": "active",
    "identifiers": [
        {"id": "tax:inn", "code": "7707083893 [RU] росія", "iso2": "RU", "note": ""},
        {"id": "reg:new", "code": "R-1", "iso2": None, "note": None},
        {"id": "doc:f_passport", "code": "AB 1"},
        {"id": "moon", "code": "M-1"},
    ],
    "attributes": [
        {"key": "Юридична адреса", "value": "Російська Федерація, м. Москва, вул. Вигадана, 1"},
        {"key": "стара назва", "value": "Груша"},
        {"key": "Примітка", "value": "вигадано"},
    ],
    "actions": [
        {
            "aid": 9,
            "status": "active",
            "endDate": "2030-05-01",
            "decree": {"date": "2022-05-01", "number": "1/2022", "link": "https://example.org/1"},
            "restrictions": [{"restriction": "блокування активів"}, {"restriction": "заборона торгівлі"}],
            "reason": "вигадана",
        }
    ],
}
FIRM = {
    "id": "511",
    "name": "Verolan Works JSC",
    "short": "АТ «Веролан»",
    "reg": "1027700132195",
    "itn": "7707083893",
    "address": "1 Invented Street, Testville, Russia",
    "country": "Russia",
    "reason": "It is invented.",
    "links": ["https://example.org/1"],
    "logo": "",
}
PERSON = {"id": 7, "name_en": "Oleg Plumov", "name_uk": "Олег Плумов", "name_ru": None, "itn": "", "date_bd": "1957", "photo": ""}
SHIP = {
    "id": 3,
    "name": "Verolan",
    "imo": "1790183",
    "mmsi": "123456789",
    "callsign": "VRLN",
    "type": "Tanker",
    "flag": "Gabon",
    "old_data": [{"name": "Plum Star", "flag": "Panama"}],
    "is_shadow": True,
    "owner": {"id": "511", "date": "18.09.2023", "co_id": None},
}
MANAGERS = [
    {"id": 22, "name": "Unknown", "country": None, "imo": ""},
    {"id": 23, "name": "Zarnitsa Ships", "country": "AE", "imo": ""},
]


def written(folder, content, name):
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def register(tmp_path):
    return lists.read_list(written(tmp_path, [SUBJECT], "subjects_legal.json"))


@pytest.fixture
def portal(tmp_path):
    def read(records, name):
        return lists.read_list(written(tmp_path, {"code": 0, "data": records}, name))

    return read


def test_register_is_recognized_by_its_keys(tmp_path):
    assert lists.recognize(written(tmp_path, [SUBJECT], "a.json")) == "ukraine_nsdc"


def test_names_in_brackets_are_aliases(register):
    assert names_of(register, "ua_nsdc_legal:4711") == {
        "ТОВ «Слива» (ООО «Слива», Plum LLC)": "name",
        "ТОВ «Слива»": "alias",
        "ООО «Слива»": "alias",
        "Plum LLC": "alias",
        "TOV Slyva": "alias",
        "Verolan": "alias",
        "Pear LLC": "alias",
        "Груша": "previous_name",
    }


def test_kind_of_subject_is_read_from_the_name_of_the_file(tmp_path, register):
    assert rows(register, "entities")[0]["schema"] == "Organization"
    unknown = lists.read_list(written(tmp_path, [SUBJECT], "a.json"))
    assert rows(unknown, "entities")[0]["schema"] == "LegalEntity"
    assert any("all count as persons" in note for note in unknown.notes)


def test_codes_of_occupied_regions_are_ukraine(register):
    assert rows(register, "entities")[0]["countries"] == ["RU", "UA"]


def test_numbers_have_their_kind_and_an_unknown_one_is_said(register):
    found = {(i["kind"], i["value"]) for i in rows(register, "identifiers")}
    assert found == {("inn", "7707083893"), ("registration", "R-1"), ("passport", "AB 1"), ("other", "M-1")}
    assert any("'moon' (1)" in note for note in register.notes)


def test_address_is_taken_from_the_attributes_and_others_are_remarks(register):
    assert [(a["address"], a["territory"]) for a in rows(register, "addresses")] == [
        ("Російська Федерація, м. Москва, вул. Вигадана, 1", "RU")
    ]
    assert rows(register, "entities")[0]["remarks"] == "born or founded: 01.02.2003; status: active; Примітка: вигадано"


def test_act_has_decree_days_and_restrictions(register):
    sanction = rows(register, "sanctions")[0]
    assert (sanction["listing_date"], sanction["end_date"]) == (dt.date(2022, 5, 1), dt.date(2030, 5, 1))
    assert (sanction["program_id"], sanction["provisions"]) == ("1/2022", "блокування активів; заборона торгівлі")


def test_subject_without_acts_has_an_unknown_date(tmp_path):
    bare = {key: value for key, value in SUBJECT.items() if key != "actions"}
    result = lists.read_list(written(tmp_path, [bare], "a.json"))
    assert rows(result, "sanctions")[0]["listing_date"] is None
    assert any("has no date" in note for note in result.notes)


@pytest.mark.parametrize("bad", [5, {**SUBJECT, "name": ""}, {**SUBJECT, "sid": None}, SUBJECT])
def test_record_without_number_or_name_or_repeated_is_refused(tmp_path, bad):
    result = lists.read_list(written(tmp_path, [SUBJECT, bad], "a.json"))
    assert (result.rows_read, result.rejects["source_row"].to_pylist()) == (1, [2])


@pytest.mark.parametrize("record", [FIRM, PERSON, SHIP, MANAGERS[1]], ids=["firm", "person", "ship", "manager"])
def test_portal_is_recognized_by_the_keys_of_its_kinds(tmp_path, record):
    assert lists.recognize(written(tmp_path, {"code": 0, "data": [record]}, "a.json")) == "ukraine_war_sanctions"
    assert lists.recognize(written(tmp_path, [record], "b.json")) == "ukraine_war_sanctions"


def test_firm_has_numbers_address_reason_and_the_program_of_its_section(portal):
    result = portal([FIRM], "uav_companies.json")
    firm = named(result, "Verolan Works JSC")
    assert (firm["entity_id"], firm["topics"]) == ("ua_war_sanctions_uav_entity:entity-511", ["export.risk", "mil"])
    assert names_of(result, firm["entity_id"])["АТ «Веролан»"] == "alias"
    assert {(i["kind"], i["value"]) for i in rows(result, "identifiers")} == {("inn", "7707083893"), ("ogrn", "1027700132195")}
    assert rows(result, "addresses")[0]["territory"] == "RU"
    sanction = rows(result, "sanctions")[0]
    assert (sanction["program_id"], sanction["reason"]) == ("UA-WS-UAVS", "It is invented.")


def test_section_that_the_name_does_not_hold_is_said(portal):
    result = portal([FIRM], "answer.json")
    assert rows(result, "sanctions")[0]["program_id"] is None
    assert any("no section" in note for note in result.notes)


def test_person_has_names_in_each_language(portal):
    result = portal([PERSON], "sport_persons.json")
    assert names_of(result, "ua_war_sanctions_sport_person:person-7") == {"Oleg Plumov": "name", "Олег Плумов": "alias"}
    assert rows(result, "entities")[0]["remarks"] == "date bd: 1957"


def test_ship_has_number_previous_names_and_its_parties_as_remarks(portal):
    result = portal([SHIP], "transport_ships.json")
    ship = named(result, "Verolan")
    assert (ship["schema"], ship["countries"]) == ("Vessel", ["GA"])
    assert names_of(result, ship["entity_id"])["Plum Star"] == "previous_name"
    assert "owner: entity-511 since 18.09.2023; previous flag: Panama; shadow fleet" in ship["remarks"]


def test_answers_of_one_portal_are_lists_of_their_own_so_that_none_supersedes_another(portal, tmp_path):
    ids = {e["list_id"] for e in rows(portal([SHIP], "transport_ships.json"), "entities")}
    ids |= {e["list_id"] for e in rows(portal([FIRM], "transport_companies.json"), "entities")}
    ids |= {e["list_id"] for e in rows(portal([FIRM], "answer.json"), "entities")}
    ids |= {e["list_id"] for e in rows(lists.read_list(written(tmp_path, [SUBJECT], "individuals.json")), "entities")}
    ids |= {e["list_id"] for e in rows(lists.read_list(written(tmp_path, [SUBJECT], "legal.json")), "entities")}
    assert len(ids) == 5


def test_placeholder_of_a_manager_is_no_name(portal):
    result = portal(MANAGERS, "transport_management.json")
    assert [e["name"] for e in rows(result, "entities")] == ["Zarnitsa Ships"]
    assert "Unknown" in result.rejects["reason"][0].as_py()


@pytest.mark.parametrize("text", ['[{"sid": 1', '{"data": 5}', "[" * 3000])
def test_broken_document_is_one_clear_error(tmp_path, text):
    path = tmp_path / "a.json"
    path.write_text(text)
    assert lists.recognize(path) is None
    with pytest.raises((FileError, FormatError)):
        ukraine_nsdc.read(path)
    with pytest.raises((FileError, FormatError)):
        ukraine_war_sanctions.read(path)


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6)
VALUES = st.recursive(PLAIN, lambda v: st.lists(v, max_size=2) | st.dictionaries(st.sampled_from(["id", "key"]), v, max_size=2))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(sorted(SUBJECT)), VALUES) | PLAIN, max_size=4))
def test_any_values_of_the_register_give_entities_or_rejects(tmp_path, records):
    result = ukraine_nsdc.read(written(tmp_path, [SUBJECT, *records], "a.json"))
    assert result.rows_read == len(rows(result, "entities"))
    assert result.rows_read + len(result.rejects) == len(records) + 1


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(sorted({*SHIP, *FIRM})), VALUES) | PLAIN, max_size=4))
def test_any_values_of_the_portal_give_entities_or_rejects(tmp_path, records):
    result = ukraine_war_sanctions.read(written(tmp_path, [FIRM, *records], "a.json"))
    assert result.rows_read == len(rows(result, "entities"))
    assert result.rows_read + len(result.rejects) == len(records) + 1
