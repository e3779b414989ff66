import datetime as dt
import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.errors import FileError, FormatError
from kit.lists import json_records
from kit.lists.readers import csl_json
from tests.lists.listing import named, names_of, rows, write_csv

ENTITY_LIST = {
    "id": "a1",
    "source": "Entity List (EL) - Bureau of Industry and Security",
    "entity_number": None,
    "type": None,
    "programs": [],
    "name": "Verolan Works; and any successor, sub-unit, or subsidiary thereof",
    "title": None,
    "addresses": [
        {"address": "7 Invented Street; Floor 2", "city": "Testville", "state": None, "postal_code": "101000", "country": "RU"},
        {"address": None, "city": None, "state": None, "postal_code": None, "country": "HK"},
    ],
    "federal_register_notice": "87 FR 12226",
    "start_date": "2022-03-02",
    "end_date": None,
    "license_requirement": "For all items",
    "license_policy": "Presumption of denial",
    "alt_names": ["Plum; Pear Works", "VW"],
    "source_list_url": "https://example.org/el",
    "source_information_url": "https://example.org",
    "country": None,
}
SDN = {
    "id": "a2",
    "source": "Specially Designated Nationals (SDN) - Treasury Department",
    "entity_number": 901,
    "type": "Individual",
    "programs": ["RUSSIA-EO14024", "BELARUS-EO14038"],
    "name": "PLUM, Oleg",
    "title": "Director",
    "addresses": [],
    "federal_register_notice": None,
    "start_date": None,
    "end_date": None,
    "alt_names": [],
    "nationalities": ["BY"],
    "citizenships": ["RU"],
    "dates_of_birth": ["1962-01-01"],
    "places_of_birth": ["Testville"],
    "ids": [
        {"type": "Passport", "number": "AB 123, new", "country": "BY"},
        {"type": "Gender", "number": "Male", "country": None},
    ],
    "source_list_url": "https://example.org/sdn",
    "source_information_url": "https://example.org",
}


def written(folder, *records, wrap=True):
    path = folder / "consolidated.json"
    path.write_text(json.dumps({"results": list(records)} if wrap else list(records), ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def result(tmp_path):
    return lists.read_list(written(tmp_path, ENTITY_LIST, SDN))


@pytest.mark.parametrize("wrap", [True, False])
def test_list_is_recognized_with_and_without_its_envelope(tmp_path, wrap):
    path = written(tmp_path, ENTITY_LIST, SDN, wrap=wrap)
    assert (lists.recognize(path), lists.read_list(path).rows_read) == ("csl_json", 2)


def test_lists_are_not_taken_apart_again(result):
    firm = rows(result, "entities")[0]
    assert [(a["address"], a["territory"]) for a in rows(result, "addresses", firm["entity_id"])] == [
        ("7 Invented Street; Floor 2, Testville, 101000, RU", "RU")
    ]
    assert firm["countries"] == ["RU", "HK"]
    assert names_of(result, firm["entity_id"])["Plum; Pear Works"] == "alias"


def test_person_has_number_programs_and_territories(result):
    person = named(result, "PLUM, Oleg")
    assert (person["entity_id"], person["schema"], person["countries"]) == ("us_sdn:901", "Person", ["BY", "RU"])
    assert [s["program_id"] for s in rows(result, "sanctions", "us_sdn:901")] == ["RUSSIA-EO14024", "BELARUS-EO14038"]
    assert [(i["kind"], i["value"]) for i in rows(result, "identifiers")] == [("passport", "AB 123, new")]


def test_listing_has_day_and_provisions(result):
    sanction = rows(result, "sanctions")[0]
    assert (sanction["listing_date"], sanction["citation"]) == (dt.date(2022, 3, 2), "87 FR 12226")
    assert sanction["provisions"] == "License requirement: For all items. License policy: Presumption of denial."


def test_csv_of_the_same_entry_gives_the_same_entity(tmp_path):
    plain = {
        **ENTITY_LIST,
        "addresses": [{"address": "7 Invented Street", "city": "Testville", "country": "RU"}],
        "alt_names": ["VW"],
    }
    row = {key: value or "" for key, value in plain.items() if isinstance(value, str) or value is None}
    row |= {"addresses": "7 Invented Street, Testville, RU", "alt_names": "VW", "programs": "", "ids": ""}
    one = lists.read_list(written(tmp_path, plain))
    other = lists.read_list(write_csv(tmp_path / "consolidated.csv", [row]))
    for table in ("names", "addresses", "identifiers", "sanctions"):
        assert rows(one, table) == rows(other, table), table


def test_record_that_is_none_or_has_no_known_list_is_refused(tmp_path):
    result = lists.read_list(
        written(tmp_path, SDN, "text", {**SDN, "source": "Other"}, {**SDN, "type": "Planet"}, {**SDN, "name": " "})
    )
    assert (result.rows_read, result.rejects["source_row"].to_pylist()) == (1, [2, 3, 4, 5])


def test_unknown_key_is_said(tmp_path):
    assert any("'mood'" in note for note in lists.read_list(written(tmp_path, {**SDN, "mood": "good"})).notes)


def test_repeated_number_continues_its_entity(tmp_path):
    result = lists.read_list(written(tmp_path, SDN, {**SDN, "name": "PLUM, Olek"}))
    assert (len(rows(result, "entities")), result.rows_read) == (1, 2)


def test_cut_off_list_is_an_error_and_not_a_shorter_list(tmp_path):
    path = written(tmp_path, ENTITY_LIST, SDN)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(FileError, match="broken JSON"):
        lists.read_list(path)


def test_other_json_is_refused_by_its_keys(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"name": "Plum"}]')
    with pytest.raises(FormatError, match="source_list_url"):
        csl_json.read(path)


def test_giant_text_is_read(tmp_path):
    result = lists.read_list(written(tmp_path, {**SDN, "remarks": "x" * 300_000}))
    assert len(named(result, "PLUM, Oleg")["remarks"]) > 300_000


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["address", "city", "country", "type", "number"]), inner)
    ),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(sorted(csl_json.KNOWN)), VALUES), max_size=5))
def test_any_values_give_entities_or_rejects(tmp_path, records):
    result = csl_json.read(written(tmp_path, SDN, *({**SDN, **record} for record in records)))
    assert result.rows_read + len(result.rejects) == len(records) + 1


def test_packed_document_that_unpacks_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(json_records, "MOST_DOCUMENT", 10_000)
    path = tmp_path / "consolidated.json.gz"
    path.write_bytes(gzip.compress(json.dumps({"results": [ENTITY_LIST] * 50}).encode()))
    assert path.stat().st_size < 10_000
    with pytest.raises(FileError, match="more than 500 MB"):
        lists.read_list(path)
