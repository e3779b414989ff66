import datetime as dt
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.errors import FileError, FormatError
from kit.lists.readers import ofac_advanced
from tests.lists.listing import FIXTURES, named, names_of, rows

FILE = FIXTURES / "sdn_advanced.xml"


def changed(folder, *changes):
    text = FILE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "sdn_advanced.xml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def result():
    return lists.read_list(FILE)


def test_file_is_recognized_and_its_edition_is_the_date_of_issue(result):
    assert lists.recognize(FILE) == "ofac_advanced"
    assert (result.version, result.rows_read, len(result.rejects)) == ("2026-09-14", 3, 0)


def test_party_has_the_id_and_name_of_the_classic_files(result):
    person = named(result, "PLUM, Oleg")
    assert (person["entity_id"], person["schema"], person["countries"]) == ("ofac_sdn:901", "Person", ["BY"])


def test_names_have_kinds_and_all_scripts(result):
    assert names_of(result, "ofac_sdn:901") == {
        "PLUM, Oleg": "name",
        "ПЛАМ Олег": "alias",
        "FOX": "weak_alias",
        "PEAR": "previous_name",
    }


def test_party_of_another_list_is_none_of_the_sdn_list(result):
    firm = named(result, "VEROLAN WORKS JSC")
    assert (firm["entity_id"], firm["schema"]) == ("ofac_cons:902", "Organization")
    assert rows(result, "sanctions", "ofac_cons:902")[0]["provisions"] == "Sectoral Sanctions Identifications List"


def test_address_is_put_together_in_its_usual_order(result):
    assert [(a["address"], a["territory"]) for a in rows(result, "addresses")] == [
        ("7 Invented Street, Testville, 101000, Russia", "RU")
    ]


def test_area_alone_is_a_territory_and_no_address(result):
    assert named(result, "VEROLAN WORKS JSC")["countries"] == ["RU", "HK"]


def test_numbers_come_from_documents_and_features(result):
    assert {(i["entity_id"], i["kind"], i["value"]) for i in rows(result, "identifiers")} == {
        ("ofac_sdn:901", "passport", "AB 123"),
        ("ofac_cons:902", "inn", "7707083893"),
        ("ofac_cons:902", "other", "VERORUMM"),
        ("ofac_sdn:903", "imo", "1790183"),
        ("ofac_sdn:903", "other", "77"),
    }
    assert any("'Star Map'" in note for note in result.notes)


def test_each_program_is_a_row_with_its_day_and_legal_basis(result):
    sanctions = rows(result, "sanctions", "ofac_sdn:901")
    assert [s["program_id"] for s in sanctions] == ["RUSSIA-EO14024", "BELARUS-EO14038"]
    assert {(s["listing_date"], s["citation"], s["provisions"]) for s in sanctions} == {
        (dt.date(2024, 3, 5), "Executive Order 14024 (Russia)", "SDN List; Block")
    }


def test_year_alone_is_kept_as_interval_and_an_unknown_basis_is_none(result):
    (sanction,) = rows(result, "sanctions", "ofac_sdn:903")
    assert sanction["listing_date"] is None
    assert (sanction["listed_not_before"], sanction["listed_not_after"]) == (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert rows(result, "sanctions", "ofac_cons:902")[0]["citation"] is None


def test_remarks_hold_features_and_relations_of_both_sides(result):
    assert named(result, "PLUM, Oleg")["remarks"] == "Birthdate: 1962; Place of Birth: Testville; Nationality Country: BY"
    assert "Vessel Type: Crude Oil Tanker; Owned or Controlled By: VEROLAN WORKS JSC" in named(result, "VEROLAN STAR")["remarks"]
    assert "VEROLAN STAR is Owned or Controlled By this party" in named(result, "VEROLAN WORKS JSC")["remarks"]


def test_order_of_the_sections_does_not_matter(tmp_path, result):
    text = FILE.read_text(encoding="utf-8")
    start, end = text.index("  <ReferenceValueSets>"), text.index("</ReferenceValueSets>") + len("</ReferenceValueSets>\n")
    path = changed(tmp_path, (text[start:end], ""), ("</Sanctions>", text[start:end] + "</Sanctions>"))
    for table in ("names", "addresses", "identifiers", "sanctions"):
        assert rows(lists.read_list(path), table) == rows(result, table)


def test_file_without_line_breaks_is_read_the_same(tmp_path, result):
    path = tmp_path / "sdn_advanced.xml"
    path.write_text(" ".join(FILE.read_text(encoding="utf-8").split("\n")), encoding="utf-8")
    found = lists.read_list(path)
    assert (len(found.rejects), rows(found, "identifiers")) == (0, rows(result, "identifiers"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('<Profile ID="901" PartySubTypeID="4">', '<Profile ID="901" PartySubTypeID="77">'), "party type '77' is unknown"),
        (('<DistinctParty FixedRef="901">\n      <Comment />\n      <Profile ID="901"', "<DistinctParty><Profile"), "no number"),
        ((">VEROLAN STAR<", "> <"), "no name"),
    ],
)
def test_party_without_number_name_or_known_type_is_refused(tmp_path, change, reason):
    result = lists.read_list(changed(tmp_path, change))
    assert result.rows_read == 2
    assert any(reason in said for said in result.rejects["reason"].to_pylist())


def test_entry_and_document_of_no_party_are_kept_as_refused(tmp_path):
    result = lists.read_list(
        changed(tmp_path, ('ProfileID="903" ListID', 'ProfileID="7" ListID'), ('IdentityID="9001"', 'IdentityID="7"'))
    )
    assert result.rejects["content"].to_pylist() == ["7", "AB 123"]
    assert any("1 party has no entry" in note for note in result.notes)


def test_date_that_is_none_is_kept_and_its_entry_is_read(tmp_path):
    result = lists.read_list(changed(tmp_path, ("<Month>3</Month><Day>5</Day>", "<Month>13</Month><Day>5</Day>")))
    assert (result.rows_read, result.rejects["content"].to_pylist()) == (3, ["2024-13-5"])


def test_references_that_are_missing_do_no_harm(tmp_path):
    result = lists.read_list(
        changed(tmp_path, ('<LocPartType ID="1454">CITY</LocPartType>', ""), ('<Country ID="11180"', '<Country ID="1"'))
    )
    assert rows(result, "addresses")[0]["address"] == "7 Invented Street, 101000, Testville"


def test_repeated_number_stays_apart(tmp_path):
    result = lists.read_list(changed(tmp_path, ('<DistinctParty FixedRef="903">', '<DistinctParty FixedRef="901">')))
    assert {e["entity_id"] for e in rows(result, "entities")} == {"ofac_sdn:901", "ofac_cons:902", "ofac_sdn:901-2"}


def test_hostile_xml_is_one_clear_error(tmp_path):
    path = changed(tmp_path, ("<Sanctions ", '<!DOCTYPE a [<!ENTITY a "b">]><Sanctions '))
    with pytest.raises(FileError, match="document type declaration"):
        lists.read_list(path)


def test_cut_off_list_is_an_error_and_not_a_shorter_list(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(FILE.read_bytes()[:-100])
    with pytest.raises(FileError, match="cut off"):
        ofac_advanced.read(path)


def test_other_xml_is_refused_by_its_outermost_element(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<sdnList/>")
    with pytest.raises(FormatError, match="'sdnList'"):
        ofac_advanced.read(path)


TEXTS = st.text(st.characters(codec="utf-8", min_codepoint=32, exclude_categories=["Cs", "Cc"]), max_size=10)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXTS, st.sampled_from(["1", "3", "4", "9", ""]), TEXTS, TEXTS), max_size=4))
def test_any_texts_give_entities_or_rejects(tmp_path, parties):
    made = "".join(
        f"<DistinctParty FixedRef={quoteattr(number)}><Profile ID={quoteattr(number)} PartySubTypeID={quoteattr(kind)}>"
        "<Identity ID='1'>"
        f"<Alias AliasTypeID={quoteattr(text)}><DocumentedName><DocumentedNamePart><NamePartValue>{escape(name)}</NamePartValue>"
        f"</DocumentedNamePart></DocumentedName></Alias></Identity><Feature FeatureTypeID='25'><FeatureVersion>"
        f"<VersionLocation LocationID={quoteattr(text)}/><VersionDetail>{escape(text)}</VersionDetail></FeatureVersion></Feature>"
        f"</Profile></DistinctParty><SanctionsEntry ProfileID={quoteattr(number)} ListID={quoteattr(text)}>"
        "<EntryEvent><Date><Year>"
        f"{escape(text)}</Year></Date></EntryEvent><SanctionsMeasure/></SanctionsEntry>"
        for number, kind, name, text in parties
    )
    result = ofac_advanced.read(changed(tmp_path, ("</Sanctions>", f"{made}</Sanctions>")))
    refused = [r for r in result.rejects.to_pylist() if not r["reason"].startswith("only the value")]
    assert result.rows_read == len(rows(result, "entities"))
    assert result.rows_read + len(refused) == len(parties) + 3
