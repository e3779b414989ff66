import datetime as dt
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists, pipeline
from kit.errors import FileError, FormatError
from kit.lists.readers import un_xml
from tests.lists.listing import named, names_of, rows
from tests.shared_files import shared

PERSON = """
<INDIVIDUAL>
  <DATAID>1</DATAID><FIRST_NAME>OLEG</FIRST_NAME><SECOND_NAME>PLUM</SECOND_NAME><THIRD_NAME>VEROLAN</THIRD_NAME>
  <UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.901</REFERENCE_NUMBER><LISTED_ON>2016-03-02</LISTED_ON>
  <NAME_ORIGINAL_SCRIPT>플럼</NAME_ORIGINAL_SCRIPT><COMMENTS1>Invented.</COMMENTS1>
  <DESIGNATION><VALUE>Director</VALUE></DESIGNATION>
  <NATIONALITY><VALUE>Democratic People's Republic of Korea</VALUE></NATIONALITY>
  <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Oleg Plumb; Olek Plum</ALIAS_NAME></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Fox</ALIAS_NAME></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ADDRESS><COUNTRY>Rwanda</COUNTRY></INDIVIDUAL_ADDRESS>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1971</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>381420754</NUMBER></INDIVIDUAL_DOCUMENT>
</INDIVIDUAL>"""
ENTITY = """
<ENTITY>
  <DATAID>2</DATAID><FIRST_NAME>VEROLAN SHIPPING</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>
  <REFERENCE_NUMBER>KPe.901</REFERENCE_NUMBER><LISTED_ON>2018-03-30</LISTED_ON>
  <COMMENTS1>Company IMO number: 1790183.</COMMENTS1>
  <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Plum Lines</ALIAS_NAME></ENTITY_ALIAS>
  <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Pear Lines (гру́ша)</ALIAS_NAME></ENTITY_ALIAS>
  <ENTITY_ADDRESS><STREET>7 Invented Street</STREET><CITY>Pyongyang</CITY>
    <COUNTRY>Democratic People's Republic of Korea</COUNTRY></ENTITY_ADDRESS>
</ENTITY>"""


def written(folder, individuals=PERSON, entities=ENTITY, head='dateGenerated="2026-02-27T00:00:09.554Z"', before=""):
    path = folder / "consolidated.xml"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>{before}\n<CONSOLIDATED_LIST {head}><INDIVIDUALS>{individuals}</INDIVIDUALS>'
        f"<ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def result(tmp_path):
    return lists.read_list(written(tmp_path))


def test_list_is_recognized_by_its_outermost_element(tmp_path):
    assert lists.recognize(written(tmp_path)) == "un_xml"


def test_edition_is_the_day_that_the_file_says(result):
    assert result.version == "2026-02-27"


def test_parts_of_a_persons_name_are_joined(result):
    person = named(result, "OLEG PLUM VEROLAN")
    assert (person["entity_id"], person["schema"], person["topics"]) == ("un_sc:KPi.901", "Person", ["sanction"])


def test_quality_low_is_a_weak_alias_and_an_empty_alias_is_none(result):
    assert names_of(result, "un_sc:KPi.901") == {
        "OLEG PLUM VEROLAN": "name",
        "플럼": "alias",
        "Oleg Plumb": "alias",
        "Olek Plum": "alias",
        "Fox": "weak_alias",
    }
    assert any(note.startswith("1 alias is empty") for note in result.notes)


def test_name_of_an_entity_stands_in_its_first_name(result):
    entity = named(result, "VEROLAN SHIPPING")
    assert names_of(result, entity["entity_id"])["Plum Lines"] == "previous_name"
    assert {"Pear Lines", "гру́ша"} <= set(names_of(result, entity["entity_id"]))


def test_alias_of_unknown_quality_is_weak_and_said(tmp_path):
    entity = ENTITY.replace("f.k.a.", "rumor")
    result = lists.read_list(written(tmp_path, entities=entity))
    assert names_of(result, "un_sc:KPe.901")["Plum Lines"] == "weak_alias"
    assert any("'rumor'" in note for note in result.notes)


def test_country_alone_is_a_territory_and_no_address(result):
    assert named(result, "OLEG PLUM VEROLAN")["countries"] == ["KP", "RW"]
    assert rows(result, "addresses", "un_sc:KPi.901") == []


def test_address_has_its_territory(result):
    address = rows(result, "addresses", "un_sc:KPe.901")[0]
    assert address["address"] == "7 Invented Street, Pyongyang, Democratic People's Republic of Korea"
    assert address["territory"] == "KP"


def test_passport_and_imo_number_are_identifiers(result):
    assert {(i["kind"], i["value"]) for i in rows(result, "identifiers")} == {("passport", "381420754"), ("imo", "1790183")}


def test_listing_has_day_regime_and_citation(result):
    sanction = rows(result, "sanctions", "un_sc:KPi.901")[0]
    assert (sanction["listing_date"], sanction["program_id"]) == (dt.date(2016, 3, 2), "DPRK")
    assert (sanction["authority"], sanction["citation"]) == ("UN Security Council", "UN reference number KPi.901")


def test_element_points_to_its_line(result):
    assert [e["source_row"] for e in rows(result, "entities")] == [3, 16]


def test_element_without_a_name_is_refused(tmp_path):
    nameless = "<INDIVIDUAL><DATAID>3</DATAID></INDIVIDUAL>"
    result = lists.read_list(written(tmp_path, individuals=PERSON + nameless))
    assert (result.rows_read, result.rejects["reason"].to_pylist()) == (2, ["the element has no name"])


def test_unreadable_day_is_kept_and_its_element_is_read(tmp_path):
    result = lists.read_list(written(tmp_path, individuals=PERSON.replace("2016-03-02", "soon")))
    assert (result.rows_read, result.rejects["content"].to_pylist()) == (2, ["soon"])


@pytest.mark.parametrize(
    "before",
    ['<!DOCTYPE a [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;&a;">]>', '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'],
    ids=["billion laughs", "external entity"],
)
def test_hostile_xml_is_one_clear_error(tmp_path, before):
    path = written(tmp_path, before=before)
    with pytest.raises(FileError, match="document type declaration"):
        lists.read_list(path)
    assert "document type declaration" in pipeline.inspect(path)["message"]


def test_cut_off_list_is_an_error_and_not_a_shorter_list(tmp_path):
    path = written(tmp_path)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(FileError, match="cut off"):
        lists.read_list(path)


def test_other_xml_is_refused_by_its_outermost_element(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<sdnList/>")
    with pytest.raises(FormatError, match="'sdnList'"):
        un_xml.read(path)


TEXTS = st.text(st.characters(codec="utf-8", min_codepoint=32, exclude_categories=["Cs", "Cc"]), max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), max_size=5))
def test_any_texts_give_entities_or_rejects(tmp_path, parties):
    tags = ("FIRST_NAME", "LISTED_ON", "REFERENCE_NUMBER")
    made = [
        "<ENTITY>" + "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in zip(tags, party[:3], strict=True))
        + f"<ENTITY_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>{escape(party[3])}</ALIAS_NAME></ENTITY_ALIAS></ENTITY>"
        for party in parties
    ]  # fmt: skip
    result = un_xml.read(written(tmp_path, entities="".join(made)))
    refused = [r for r in result.rejects.to_pylist() if not r["reason"].startswith("only the value")]
    assert result.rows_read == len(rows(result, "entities"))
    assert result.rows_read + len(refused) == len(parties) + 1


@pytest.mark.shared
def test_real_list_is_read_completely():
    result = lists.read_list(shared("data", "lists", "un_consolidated.xml"))
    schemas = [e["schema"] for e in rows(result, "entities")]
    assert (schemas.count("Person"), schemas.count("Organization"), len(result.rejects)) == (730, 273, 0)
    assert all(s["listing_date"] is not None for s in rows(result, "sanctions"))
