import datetime as dt
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.errors import FileError, FormatError
from kit.lists.readers import swiss_seco
from kit.lists.seco_history import Period, Step, periods
from tests.lists.listing import named, names_of, rows

PROGRAMS = """
<sanctions-program ssid="20" version-date="2026-05-21">
  <program-key lang="ger">Ukraine (DE)</program-key><program-key lang="eng">Ukraine</program-key>
  <program-name lang="eng">Ordinance on measures connected with the situation in Ukraine</program-name>
  <sanctions-set ssid="4387" lang="ger">Artikel 15</sanctions-set>
  <sanctions-set ssid="4387" lang="eng">article 15 -- Freezing of assets</sanctions-set>
  <sanctions-set ssid="4388" lang="eng">article 29 -- Travel ban</sanctions-set>
  <origin>EU</origin>
</sanctions-program>"""
PERSON = """
<target ssid="100" sanctions-set-id="4387"><sanctions-set-id>4388</sanctions-set-id><foreign-identifier>140</foreign-identifier>
  <individual sex="male">
    <identity ssid="101" main="true">
      <name ssid="102" name-type="primary-name" quality="good" lang="eng">
        <name-part order="2" name-part-type="given-name"><value>Oleg</value>
          <spelling-variant lang="eng" script="LATN">Aleh</spelling-variant>
          <spelling-variant lang="rus" script="CYRL">Олег</spelling-variant></name-part>
        <name-part order="1" name-part-type="family-name"><value>Plum</value>
          <spelling-variant lang="rus" script="CYRL">ПЛАМ</spelling-variant></name-part>
        <name-part order="3" name-part-type="title"><value>Dr</value></name-part>
      </name>
      <name ssid="103" name-type="alias" quality="low">
        <name-part order="1" name-part-type="whole-name"><value>Fox</value></name-part></name>
      <name ssid="104" name-type="formerly-known-as" quality="good">
        <name-part order="1" name-part-type="whole-name"><value>Oleg Pear</value></name-part></name>
      <day-month-year day="30" month="8" year="1954" calendar="Gregorian"/>
      <nationality ssid="9"><country iso-code="BY">Belarus</country></nationality>
      <place-of-birth place-id="500"/>
      <address place-id="500" quality="good"><c-o>Plum Club</c-o>
        <address-details>7 Invented Street</address-details><zip-code>220029</zip-code></address>
      <identification-document document-type="passport"><number>AB 123</number>
        <issuer code="RU">Russian Federation</issuer></identification-document>
    </identity>
    <identity ssid="110" main="false"><name name-type="primary-name" quality="good">
      <name-part order="1" name-part-type="whole-name"><value>Ali Verolan</value></name-part></name></identity>
    <justification ssid="111">Invented.</justification>
    <relation ssid="1" target-id="200" relation-type="related-to"/>
    <other-information ssid="112">Position: director.</other-information>
  </individual>
  <modification modification-type="amended" effective-date="2023-01-01"><added><target ssid="100"><individual>
    <identity main="true"><name name-type="primary-name">
    <name-part order="1"><value>Old Name</value></name-part></name></identity>
  </individual></target></added></modification>
  <modification modification-type="listed" enactment-date="2022-03-15" publication-date="2022-03-17" effective-date="2022-03-16"/>
</target>"""
FIRM = """
<target ssid="200"><sanctions-set-id>4387</sanctions-set-id>
  <entity><identity main="true"><name name-type="primary-name">
    <name-part order="1" name-part-type="whole-name"><value>Verolan Works</value></name-part></name>
    <address place-id="501"/></identity>
    <other-information>Registration number: 1027700132195.</other-information>
    <other-information>Tax registration number: 7707083893</other-information>
    <other-information>Type of entity: joint stock company</other-information></entity>
  <modification modification-type="de-listed" effective-date="2016-03-01"/>
  <modification modification-type="listed" effective-date="2011-02-02"/>
</target>"""
SHIP = """
<target ssid="300"><sanctions-set-id>4387</sanctions-set-id>
  <object object-type="vessel"><identity main="true"><name name-type="primary-name">
    <name-part order="1" name-part-type="whole-name"><value>Verolan Star</value></name-part></name></identity>
    <other-information>IMO Number: 1790183</other-information></object>
  <modification modification-type="listed" effective-date="2016-05-18"/>
</target>"""
PLACES = """
<place ssid="500"><location>Minsk</location><area>Minsk Region</area><country iso-code="BY">Belarus</country></place>
<place ssid="501"><country iso-code="RU">Russian Federation</country></place>"""


def written(folder, *targets, before="", attributes='list-type="whole-list" date="2026-08-27"', places=PLACES):
    path = folder / "consolidated-list.xml"
    body = PROGRAMS + "".join(targets) + places
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>{before}\n<swiss-sanctions-list {attributes}>{body}\n</swiss-sanctions-list>',
        encoding="utf-8",
    )
    return path


@pytest.fixture
def result(tmp_path):
    return lists.read_list(written(tmp_path, PERSON, FIRM, SHIP))


def test_list_is_recognized_and_its_edition_is_its_date(tmp_path, result):
    assert lists.recognize(written(tmp_path, PERSON)) == "swiss_seco"
    assert (result.version, result.rows_read, len(result.rejects)) == ("2026-08-27", 3, 0)


def test_parts_of_a_name_are_joined_in_their_order_without_the_title(result):
    assert named(result, "Plum Oleg")["entity_id"] == "ch_seco:100"


def test_spellings_are_whole_aliases_that_do_not_mix_scripts(result):
    assert names_of(result, "ch_seco:100") == {
        "Plum Oleg": "name",
        "Plum Aleh": "alias",
        "ПЛАМ Олег": "alias",
        "Fox": "weak_alias",
        "Oleg Pear": "previous_name",
        "Ali Verolan": "alias",
    }


def test_names_of_earlier_states_are_passed_over(result):
    assert "Old Name" not in {row["name"] for row in rows(result, "names")}
    assert len(rows(result, "entities")) == 3


def test_address_takes_what_it_lacks_from_its_place(result):
    (address,) = rows(result, "addresses", "ch_seco:100")
    assert address["address"] == "Plum Club, 7 Invented Street, 220029, Minsk, Minsk Region, Belarus"
    assert address["territory"] == "BY"


def test_country_alone_is_a_territory_and_no_address(result):
    assert named(result, "Verolan Works")["countries"] == ["RU"]
    assert rows(result, "addresses", "ch_seco:200") == []


def test_numbers_are_read_from_documents_and_other_information(result):
    found = {(i["entity_id"], i["kind"], i["value"]) for i in rows(result, "identifiers")}
    assert found == {
        ("ch_seco:100", "passport", "AB 123"),
        ("ch_seco:200", "ogrn", "1027700132195"),
        ("ch_seco:200", "inn", "7707083893"),
        ("ch_seco:300", "imo", "1790183"),
    }


def test_remarks_hold_birth_relation_and_other_information(result):
    said = named(result, "Plum Oleg")["remarks"]
    assert "date of birth: 1954-08-30; place of birth: Minsk, Minsk Region, Belarus" in said
    assert "relation: related-to ch_seco:200" in said and "Position: director." in said


@pytest.mark.parametrize(
    ("said", "label"),
    [('calendar="Gregorian" quality="low"', " (quality low)"), ('calendar="Islamic" quality="good"', " (islamic calendar)")],
)
def test_a_date_of_birth_that_is_no_day_says_so(tmp_path, said, label):
    person = PERSON.replace('calendar="Gregorian"', said)
    result = lists.read_list(written(tmp_path, person))
    assert f"date of birth{label}: 1954-08-30" in named(result, "Plum Oleg")["remarks"]


def test_each_set_of_sanctions_is_a_row_with_program_and_article(result):
    sanctions = rows(result, "sanctions", "ch_seco:100")
    assert {s["provisions"] for s in sanctions} == {"article 15 -- Freezing of assets", "article 29 -- Travel ban"}
    assert {(s["program_id"], s["reason"], s["listing_date"]) for s in sanctions} == {
        ("Ukraine", "Invented.", dt.date(2022, 3, 16))
    }
    assert sanctions[0]["citation"] == "foreign identifier 140"


def test_delisted_target_keeps_its_end_date_and_is_said(result):
    (sanction,) = rows(result, "sanctions", "ch_seco:200")
    assert (sanction["listing_date"], sanction["end_date"]) == (dt.date(2011, 2, 2), dt.date(2016, 3, 1))
    assert any(note.startswith("1 target was de-listed") for note in result.notes)


def test_target_listed_again_has_a_row_for_each_time():
    days = [dt.date(2020, 1, 1), dt.date(2016, 1, 1), dt.date(2011, 1, 1)]
    steps = [Step(kind, day) for kind, day in zip(("listed", "de-listed", "listed"), days, strict=True)]
    assert periods(steps) == [Period(days[2], None, days[1]), Period(days[0])]


def test_date_goes_before_the_order_of_the_file():
    later, earlier = dt.date(2025, 6, 20), dt.date(2025, 6, 3)
    assert periods([Step("amended", earlier), Step("de-listed", later)]) == [Period(None, earlier, later)]


def test_amendment_alone_gives_the_last_possible_day():
    assert periods([Step("amended", dt.date(2015, 1, 1))]) == [Period(None, dt.date(2015, 1, 1))]


def test_partial_file_is_said(tmp_path):
    result = lists.read_list(written(tmp_path, SHIP, attributes='list-type="delta" date="2026-08-27"'))
    assert any("'delta'" in note for note in result.notes)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("<target><entity/></target>", "no number"),
        ('<target ssid="1"/>', "neither individual"),
        ('<target ssid="1"><entity><identity/></entity></target>', "no name"),
        ('<target ssid="1"><object object-type="castle"/></target>', "'castle' is unknown"),
    ],
)
def test_target_without_number_kind_or_name_is_refused(tmp_path, target, reason):
    result = lists.read_list(written(tmp_path, target, SHIP))
    assert result.rows_read == 1
    assert reason in result.rejects["reason"].to_pylist()[0]


def test_unreadable_date_is_kept_and_its_target_is_read(tmp_path):
    result = lists.read_list(written(tmp_path, SHIP.replace("2016-05-18", "soon")))
    assert (result.rows_read, result.rejects["content"].to_pylist()) == (1, ["soon"])


def test_unknown_set_place_and_word_do_no_harm_and_are_said(tmp_path):
    odd = FIRM.replace("4387", "9").replace("501", "9").replace("primary-name", "pet-name")
    result = lists.read_list(written(tmp_path, odd))
    assert result.rows_read == 1
    assert any("'sanctions set 9'" in note and "'pet-name'" in note for note in result.notes)


def test_repeated_number_stays_apart(tmp_path):
    result = lists.read_list(written(tmp_path, SHIP, SHIP))
    assert [e["entity_id"] for e in rows(result, "entities")] == ["ch_seco:300", "ch_seco:300-2"]


def test_hostile_xml_is_one_clear_error(tmp_path):
    with pytest.raises(FileError, match="document type declaration"):
        lists.read_list(written(tmp_path, SHIP, before='<!DOCTYPE a [<!ENTITY a "b">]>'))


def test_cut_off_list_is_an_error_and_not_a_shorter_list(tmp_path):
    path = written(tmp_path, PERSON, SHIP)
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(FileError, match="cut off"):
        swiss_seco.read(path)


def test_other_xml_is_refused_by_its_outermost_element(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<sdnList/>")
    with pytest.raises(FormatError, match="'sdnList'"):
        swiss_seco.read(path)


TEXTS = st.text(st.characters(codec="utf-8", min_codepoint=32, exclude_categories=["Cs", "Cc"]), max_size=12)
PARTS = st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), max_size=3)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXTS, st.sampled_from(["individual", "entity", "object", "thing"]), PARTS, TEXTS), max_size=4))
def test_any_texts_give_entities_or_rejects(tmp_path, targets):
    made = []
    for number, kind, parts, text in targets:
        inside = "".join(
            f"<name-part order={quoteattr(order)} name-part-type={quoteattr(word)}><value>{escape(value)}</value>"
            f"<spelling-variant lang={quoteattr(word)} script={quoteattr(order)}>{escape(spelling)}</spelling-variant>"
            "</name-part>"
            for order, word, value, spelling in parts
        )
        made.append(
            f"<target ssid={quoteattr(number)}><{kind}><identity>"
            f"<name name-type={quoteattr(text)} quality={quoteattr(text)}>{inside}</name>"
            f"<address place-id={quoteattr(text)}><country>{escape(text)}</country></address></identity>"
            f"<other-information>{escape(text)}</other-information></{kind}>"
            f"<modification modification-type={quoteattr(text)} effective-date={quoteattr(text)}/></target>"
        )
    result = swiss_seco.read(written(tmp_path, *made))
    refused = [r for r in result.rejects.to_pylist() if not r["reason"].startswith("only the value")]
    assert result.rows_read == len(rows(result, "entities"))
    assert result.rows_read + len(refused) == len(targets)
