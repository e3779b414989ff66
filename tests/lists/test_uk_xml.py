from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.errors import FileError, FormatError
from kit.lists.readers import uk_sanctions_xml
from tests.lists import test_uk_lists as of_csv
from tests.lists.listing import named, rows

REGIME = of_csv.PERSON["Regime Name"]
PERSON = f"""
<Designation><LastUpdated>12/01/2026</LastUpdated><DateDesignated>24/02/2022</DateDesignated><UniqueID>RUS9001</UniqueID>
  <OFSIGroupID>14901</OFSIGroupID><Names>
    <Name><Name1>Oleg</Name1><Name2>Ivanovich</Name2><Name6>PLUMOV</Name6><NameType>Primary Name</NameType></Name>
    <Name><Name6>Fox</Name6><NameType>ALias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
    <Name><Name1>Oleg</Name1><Name2>Ivanovich</Name2><Name6>PLUMOFF</Name6><NameType>Primary name variation</NameType></Name>
    <Name><NameType>Alias</NameType></Name></Names>
  <NonLatinNames><NonLatinName><NameNonLatinScript>Олег Иванович ПЛАМОВ</NameNonLatinScript></NonLatinName></NonLatinNames>
  <RegimeName>{REGIME}</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip><DesignationSource>UK</DesignationSource>
  <SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed><UKStatementofReasons>
   Invented.
  </UKStatementofReasons>
  <IndividualDetails><Individual><DOBs><DOB>dd/mm/1953</DOB><DOB>22/09/1953</DOB></DOBs>
    <Nationalities><Nationality>Russia</Nationality></Nationalities>
    <PassportDetails><Passport><PassportNumber>AB 123</PassportNumber></Passport></PassportDetails>
  </Individual></IndividualDetails>
</Designation>"""
FIRM = f"""
<Designation><UniqueID>RUS9002</UniqueID><UNReferenceNumber>KPe.901</UNReferenceNumber><DateDesignated>01/03/2022</DateDesignated>
  <Names><Name><Name6>VEROLAN WORKS "PLUM" JSC</Name6><NameType>Primary name</NameType></Name></Names>
  <RegimeName>{REGIME}</RegimeName>
  <IndividualEntityShip>Entity</IndividualEntityShip><SanctionsImposed>Asset freeze</SanctionsImposed>
  <Addresses><Address><AddressLine1>7 Invented Street</AddressLine1><AddressLine6>Testville</AddressLine6>
    <AddressPostalCode>101000</AddressPostalCode><AddressCountry>Russia</AddressCountry></Address></Addresses>
  <EntityDetails><Entity><BusinessRegistrationNumbers><BusinessRegistrationNumber>OGRN: 1027700132195
KPP: 770701001
INN: 7707083893</BusinessRegistrationNumber></BusinessRegistrationNumbers></Entity></EntityDetails></Designation>"""
SHIP = """
<Designation><UniqueID>RUS9003</UniqueID><DateDesignated>15/05/2023</DateDesignated>
  <Names><Name><Name6>VEROLAN STAR</Name6><NameType>Primary Name</NameType></Name></Names>
  <IndividualEntityShip>Ship</IndividualEntityShip><ShipDetails><Ship><IMONumbers><IMONumber>IMO1790183</IMONumber></IMONumbers>
  <CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Gabon</CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips>
  <TypeOfShipDetails><TypeOfShip>Crude oil tanker</TypeOfShip></TypeOfShipDetails></Ship></ShipDetails></Designation>"""


def written(folder, *designations, before=""):
    path = folder / "UK-Sanctions-List.xml"
    path.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>{before}<Designations><DateGenerated>18/08/2026</DateGenerated>'
        f"{''.join(designations)}\n</Designations>",
        encoding="utf-8",
    )
    return path


def test_list_is_recognized_and_its_edition_is_the_day_on_which_it_was_made(tmp_path):
    path = written(tmp_path, PERSON, FIRM, SHIP)
    result = lists.read_list(path)
    assert (lists.recognize(path), result.version) == ("uk_sanctions_xml", "2026-08-18")
    assert (result.rows_read, len(result.rejects)) == (3, 0)


def test_xml_and_csv_of_the_same_list_give_the_same_entities(tmp_path):
    one = lists.read_list(written(tmp_path, PERSON, FIRM, SHIP))
    records = (of_csv.PERSON, of_csv.ALIAS, of_csv.SPELLING, of_csv.FIRM, of_csv.SHIP)
    other = lists.read_list(of_csv.written(tmp_path, *records))
    for table in ("names", "addresses", "identifiers", "sanctions"):
        assert rows(one, table) == rows(other, table), table
    apart = ("source_file", "source_row")
    plain = [[{k: v for k, v in e.items() if k not in apart} for e in rows(found, "entities")] for found in (one, other)]
    assert plain[0] == plain[1]


def test_designation_points_to_its_line(tmp_path):
    assert named(lists.read_list(written(tmp_path, SHIP)), "VEROLAN STAR")["source_row"] == 2


@pytest.mark.parametrize(
    ("designation", "reason"),
    [
        (SHIP.replace("RUS9003", ""), "no UniqueID"),
        (SHIP.replace("Ship<", "Castle<", 1), "'Castle' is unknown"),
        (SHIP.replace("VEROLAN STAR", ""), "no name"),
    ],
)
def test_designation_without_number_name_or_known_kind_is_refused_once(tmp_path, designation, reason):
    result = lists.read_list(written(tmp_path, designation, FIRM))
    (said,) = result.rejects["reason"].to_pylist()
    assert result.rows_read == 1 and reason in said


def test_hostile_xml_is_one_clear_error(tmp_path):
    with pytest.raises(FileError, match="document type declaration"):
        lists.read_list(written(tmp_path, SHIP, before='<!DOCTYPE a [<!ENTITY a "b">]>'))


def test_cut_off_list_is_an_error_and_not_a_shorter_list(tmp_path):
    path = written(tmp_path, PERSON, SHIP)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(FileError, match="cut off"):
        uk_sanctions_xml.read(path)


def test_other_xml_is_refused_by_its_outermost_element(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<sdnList/>")
    with pytest.raises(FormatError, match="'sdnList'"):
        uk_sanctions_xml.read(path)


TEXTS = st.text(st.characters(codec="utf-8", min_codepoint=32, exclude_categories=["Cs", "Cc"]), max_size=12)
TAGS = ["UniqueID", "DateDesignated", "IndividualEntityShip", "RegimeName", "DOB", "Nationality", "IMONumber", "OtherInformation"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.dictionaries(st.sampled_from(TAGS), TEXTS), TEXTS, st.booleans()), max_size=4))
def test_any_texts_give_entities_or_rejects(tmp_path, parties):
    made = []
    for facts, name, is_ship in parties:
        facts = facts | ({"UniqueID": "X1", "IndividualEntityShip": "Ship"} if is_ship else {})
        inside = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in facts.items())
        made.append(f"<Designation>{inside}<Names><Name><Name6>{escape(name)}</Name6></Name></Names></Designation>")
    result = uk_sanctions_xml.read(written(tmp_path, *made))
    refused = [r for r in result.rejects.to_pylist() if not r["reason"].startswith("only the value")]
    assert result.rows_read == len(rows(result, "entities"))
    assert result.rows_read + len(refused) == len(parties)
