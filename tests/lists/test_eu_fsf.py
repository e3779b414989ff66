import csv
import datetime as dt
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.errors import FileError, FormatError
from kit.lists.readers import eu_fsf
from tests.lists.listing import named, names_of, rows

NS = 'xmlns="http://eu.europa.ec/fpi/fsd/export"'
ENTITY = {"euReferenceNumber": "EU.9001.1", "logicalId": "901", "unitedNationId": "", "designationDetails": ""}
ACT = {
    "regulationType": "amendment",
    "publicationDate": "2022-07-21",
    "entryIntoForceDate": "2022-07-22",
    "numberTitle": "2022/9999 (OJ L1)",
    "programme": "UKR",
    "publicationUrl": "https://eur-lex.europa.eu/eli/reg/2014/269",
}
FIRM = {
    "entity": ENTITY,
    "type": ("enterprise", "E"),
    "remark": "Invented.",
    "regulation": [ACT],
    "nameAlias": [
        {"wholeName": "Verolan Works JSC", "strong": "true", "regulationPublicationDate": "2022-02-25"},
        {"wholeName": "АО «Слива»", "strong": "true"},
        {"wholeName": "Plum", "strong": "false", "remark": "Low quality alias"},
        {"firstName": "", "lastName": "Verolan Trade", "wholeName": "", "strong": "true"},
    ],
    "address": [
        {"street": "7 Invented Street", "city": "Testville", "countryIso2Code": "RU", "countryDescription": "RUSSIAN FEDERATION"},
        {"street": "", "city": "", "countryIso2Code": "BY", "countryDescription": "BELARUS"},
        {"street": "", "city": "", "countryIso2Code": "00", "countryDescription": "UNKNOWN"},
    ],
    "birthdate": [],
    "identification": [
        {"number": "7707083893", "identificationTypeCode": "fiscalcode", "countryIso2Code": "RU"},
        {"number": "1790183", "identificationTypeCode": "imo", "countryIso2Code": "00"},
        {"number": "X1", "identificationTypeCode": "other", "knownFalse": "true"},
    ],
    "citizenship": [],
}
PERSON = {
    "entity": {"euReferenceNumber": "EU.9002.2", "logicalId": "902", "designationDate": "2014-03-17", "unitedNationId": "QDi.9"},
    "type": ("person", "P"),
    "remark": "",
    "regulation": [{**ACT, "programme": "TAQA"}],
    "nameAlias": [{"wholeName": "Oleg Verolan PLUM", "function": "Director", "strong": "true"}],
    "address": [],
    "birthdate": [{"birthdate": "1953-09-22", "city": "Testville", "countryDescription": "UNKNOWN"}],
    "identification": [{"number": "AB123", "identificationTypeCode": "passport", "countryIso2Code": "SY"}],
    "citizenship": [{"countryIso2Code": "SY", "countryDescription": "SYRIAN ARAB REPUBLIC"}],
}
COLUMN_PARTS = {
    "nameAlias": "NameAlias",
    "address": "Address",
    "birthdate": "BirthDate",
    "identification": "Identification",
    "citizenship": "Citizenship",
}


def _tag(name, attributes, inside=""):
    said = " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name} {said}>{inside}</{name}>"


def xml_of(folder, *parties, before="", head=f'{NS} generationDate="2026-08-05T16:47:04.449+02:00"'):
    body = []
    for party in parties:
        parts = [_tag("remark", {}, party["remark"])]
        for act in party["regulation"]:
            inside = f"<publicationUrl>{act['publicationUrl']}</publicationUrl>" if "publicationUrl" in act else ""
            parts.append(_tag("regulation", {k: v for k, v in act.items() if k != "publicationUrl"}, inside))
        parts.append(_tag("subjectType", {"code": party["type"][0], "classificationCode": party["type"][1]}))
        for name in COLUMN_PARTS:
            for part in party[name]:
                own = {k: v for k, v in part.items() if k not in ("remark", "regulationPublicationDate")}
                inside = f"<remark>{part['remark']}</remark>" if "remark" in part else ""
                if "regulationPublicationDate" in part:
                    inside += _tag("regulationSummary", {"publicationDate": part["regulationPublicationDate"]})
                parts.append(_tag(name, own, inside))
        body.append("\n" + _tag("sanctionEntity", party["entity"], "".join(parts)))
    path = folder / "xmlFullSanctionsList_1_1.xml"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>{before}\n<export {head}>{"".join(body)}\n</export>', encoding="utf-8"
    )
    return path


def csv_rows(party):
    special = {"euReferenceNumber": "Entity_EU_ReferenceNumber"}
    about = {special.get(key, f"Entity_{key[0].upper()}{key[1:]}"): value for key, value in party["entity"].items()}
    about |= {"fileGenerationDate": "05/08/2026", "Entity_Remark": party["remark"]}
    about |= {"Entity_SubjectType": party["type"][1], "Entity_SubjectType_ClassificationCode": party["type"][0]}
    for key, value in party["regulation"][0].items():
        name = "Type" if key == "regulationType" else key[0].upper() + key[1:]
        about[f"Entity_Regulation_{name}"] = value
    for tag, prefix in COLUMN_PARTS.items():
        for part in party[tag]:
            row = dict(about)
            for key, value in part.items():
                name = key.removeprefix("identificationT") if key.startswith("identificationT") else key
                name = "TypeCode" if key == "identificationTypeCode" else name[0].upper() + name[1:]
                name = "Regulation_PublicationDate" if key == "regulationPublicationDate" else name
                if key != "strong":
                    row[f"{prefix}_{name}"] = value
            yield row


def csv_of(folder, *parties, encoding="utf-8-sig", rename=None):
    found = [row for party in parties for row in csv_rows(party)]
    names = list(dict.fromkeys(name for row in found for name in row))
    path = folder / "20260805-FULL-1_1.csv" if rename is None else folder / rename
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, names, restval="", delimiter=";")
        writer.writeheader()
        writer.writerows(found)
    return path


@pytest.fixture
def result(tmp_path):
    return lists.read_list(xml_of(tmp_path, FIRM, PERSON))


def test_both_forms_are_recognized(tmp_path):
    assert lists.recognize(xml_of(tmp_path, FIRM)) == "eu_fsf"
    assert lists.recognize(csv_of(tmp_path, FIRM)) == "eu_fsf"


def test_edition_is_the_day_on_which_the_file_was_made(tmp_path, result):
    assert result.version == "2026-08-05"
    assert lists.read_list(csv_of(tmp_path, FIRM, rename="list.csv")).version == "2026-08-05"


def test_xml_and_csv_of_the_same_list_give_the_same_entities(tmp_path):
    one, other = lists.read_list(xml_of(tmp_path, FIRM, PERSON)), lists.read_list(csv_of(tmp_path, FIRM, PERSON))
    for table in ("names", "addresses", "identifiers", "sanctions"):
        assert rows(one, table) == rows(other, table), table
    apart = ("source_file", "source_row")
    plain = [[{k: v for k, v in e.items() if k not in apart} for e in rows(found, "entities")] for found in (one, other)]
    assert plain[0] == plain[1]


def test_rows_of_the_csv_are_all_counted(tmp_path):
    path = csv_of(tmp_path, FIRM, PERSON)
    assert lists.read_list(path).rows_read == len(list(csv_rows(FIRM))) + len(list(csv_rows(PERSON)))


def test_name_without_strength_is_weak_only_by_its_remark(result):
    assert names_of(result, "eu_fsf:901") == {
        "Verolan Works JSC": "name",
        "АО «Слива»": "alias",
        "Plum": "weak_alias",
        "Verolan Trade": "alias",
    }


def test_csv_says_that_it_does_not_mark_weak_aliases(tmp_path):
    assert any("does not say which aliases are weak" in note for note in lists.read_list(csv_of(tmp_path, FIRM)).notes)


def test_country_alone_is_a_territory_and_unknown_is_none(result):
    assert named(result, "Verolan Works JSC")["countries"] == ["RU", "BY"]
    assert [(a["address"], a["territory"]) for a in rows(result, "addresses")] == [
        ("7 Invented Street, Testville, RUSSIAN FEDERATION", "RU")
    ]


def test_tax_number_is_read_closely_and_a_false_document_is_left_out(result):
    assert [(i["kind"], i["value"]) for i in rows(result, "identifiers", "eu_fsf:901")] == [
        ("inn", "7707083893"),
        ("imo", "1790183"),
    ]
    assert any("calls false" in note for note in result.notes)


def test_person_has_position_birth_and_un_number(result):
    person = named(result, "Oleg Verolan PLUM")
    assert person["remarks"] == "position: Director; date of birth: 1953-09-22; place of birth: Testville; UN number: QDi.9"
    assert (person["schema"], person["countries"]) == ("Person", ["SY"])


def test_designation_date_is_the_listing_date(result):
    sanction = rows(result, "sanctions", "eu_fsf:902")[0]
    assert (sanction["listing_date"], sanction["program_id"]) == (dt.date(2014, 3, 17), "TAQA")
    assert sanction["citation"] == "2022/9999 (OJ L1), EU reference EU.9002.2"


def test_date_of_listing_in_a_remark_is_the_listing_date(tmp_path):
    result = lists.read_list(xml_of(tmp_path, {**FIRM, "remark": "Date of listing: 25.2.2022"}))
    assert rows(result, "sanctions")[0]["listing_date"] == dt.date(2022, 2, 25)


def test_amending_act_gives_only_the_last_possible_day(result):
    sanction = rows(result, "sanctions", "eu_fsf:901")[0]
    assert (sanction["listing_date"], sanction["listed_not_after"]) == (None, dt.date(2022, 2, 25))
    assert any("on or before the earliest act cited" in note for note in result.notes)


def test_a_regulation_may_have_replaced_an_older_one_and_gives_only_the_last_possible_day(tmp_path):
    act = {**ACT, "regulationType": "regulation", "publicationDate": "2012-03-24", "entryIntoForceDate": "2012-03-24"}
    result = lists.read_list(xml_of(tmp_path, {**FIRM, "regulation": [act]}))
    sanction = rows(result, "sanctions")[0]
    assert (sanction["listing_date"], sanction["listed_not_after"]) == (None, dt.date(2012, 3, 24))
    assert lists.status_on([sanction], dt.date(2011, 6, 1)).value == "date unknown"


def test_an_act_older_than_the_designation_date_forbids_an_exact_day(tmp_path):
    act = {**ACT, "publicationDate": "2012-03-24", "entryIntoForceDate": "2012-03-24"}
    result = lists.read_list(xml_of(tmp_path, {**PERSON, "regulation": [act]}))
    sanction = rows(result, "sanctions")[0]
    assert (sanction["listing_date"], sanction["listed_not_after"]) == (None, dt.date(2012, 3, 24))


@pytest.mark.parametrize("read", [lambda *given: xml_of(*given), lambda *given: csv_of(*given)])
@pytest.mark.parametrize(("said", "label"), [({"circa": "true"}, "(circa)"), ({"calendarType": "ISLAMIC"}, "(islamic calendar)")])
def test_a_date_of_birth_that_is_no_day_says_so(tmp_path, read, said, label):
    birth = {"birthdate": "1953-09-22", "circa": "false", "calendarType": "GREGORIAN", **said}
    result = lists.read_list(read(tmp_path, {**PERSON, "birthdate": [birth]}))
    assert f"date of birth {label}: 1953-09-22" in rows(result, "entities")[0]["remarks"]


def test_unreadable_date_is_kept_and_its_party_is_read(tmp_path):
    result = lists.read_list(xml_of(tmp_path, {**PERSON, "entity": {**PERSON["entity"], "designationDate": "soon"}}))
    assert (result.rows_read, result.rejects["content"].to_pylist()) == (1, ["soon"])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": ("asset", "X")}, "subject type"),
        ({"nameAlias": []}, "has no name"),
        ({"nameAlias": [{"wholeName": " "}]}, "has no name"),
        ({"entity": {}}, "has no number"),
        ({"type": ("person", "E")}, "subject type"),
    ],
)
def test_party_without_name_number_or_known_type_is_refused(tmp_path, change, reason):
    result = lists.read_list(xml_of(tmp_path, {**FIRM, **change}, PERSON))
    assert result.rows_read == 1
    assert reason in result.rejects["reason"].to_pylist()[0]


def test_unknown_document_type_is_kept_and_said(tmp_path):
    document = {"number": "77", "identificationTypeCode": "starsign"}
    result = lists.read_list(xml_of(tmp_path, {**FIRM, "identification": [document]}))
    assert [(i["kind"], i["value"]) for i in rows(result, "identifiers")] == [("other", "77")]
    assert any("'starsign'" in note for note in result.notes)


def test_repeated_number_in_the_xml_stays_apart(tmp_path):
    assert len(rows(lists.read_list(xml_of(tmp_path, FIRM, FIRM)), "entities")) == 2


def test_row_of_the_csv_without_a_number_is_refused(tmp_path):
    path = csv_of(tmp_path, FIRM, {**PERSON, "entity": {}})
    result = lists.read_list(path)
    assert set(result.rejects["reason"].to_pylist()) == {"the row has no number of the party (Entity_LogicalId)"}
    assert result.rows_read + len(result.rejects) == len(list(csv_rows(FIRM))) + len(list(csv_rows(PERSON)))


def test_older_csv_is_read_by_its_own_columns(tmp_path):
    path = tmp_path / "20220913-FULL-1_0.csv"
    path.write_text(
        "\ufeffDate_file;Entity_logical_id;Subject_type;Leba_numtitle;Leba_publication_date;Leba_url;Programme;Entity_remark;"
        "Naal_lastname;Naal_firstname;Naal_wholename;Entity_logical_id;Addr_street;Addr_city;Addr_country;EU_ref_num\n"
        "13/09/2022;13;P;1210/2003 (OJ L169);2003-07-08;http://x;IRQ;;PLUM;Oleg;Oleg PLUM;;;;;EU.1.2\n"
        "13/09/2022;13;P;1210/2003 (OJ L169);2003-07-08;http://x;IRQ;;;;;13;7 Invented Street;Testville;IRQ;EU.1.2\n",
        encoding="utf-8",
    )
    result = lists.read_list(path)
    assert (lists.recognize(path), result.version, result.rows_read) == ("eu_fsf", "2022-09-13", 2)
    assert named(result, "Oleg PLUM")["countries"] == ["IQ"]
    assert rows(result, "addresses")[0]["territory"] == "IQ"


def test_hostile_xml_is_one_clear_error(tmp_path):
    with pytest.raises(FileError, match="document type declaration"):
        lists.read_list(xml_of(tmp_path, FIRM, before='<!DOCTYPE a [<!ENTITY a "b">]>'))


def test_cut_off_list_is_an_error_and_not_a_shorter_list(tmp_path):
    path = xml_of(tmp_path, FIRM, PERSON)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(FileError, match="cut off"):
        eu_fsf.read(path)


def test_other_export_is_not_taken_for_the_list(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<export><record/></export>")
    assert lists.recognize(path) is None
    with pytest.raises(FormatError, match="'export'"):
        eu_fsf.read(path)


def test_csv_without_its_columns_is_refused_with_their_names(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Entity_LogicalId;Name\n1;Plum\n")
    with pytest.raises(FormatError, match="NameAlias_WholeName"):
        eu_fsf.read(path)


def test_giant_text_is_read(tmp_path):
    result = lists.read_list(xml_of(tmp_path, {**FIRM, "remark": "x" * 300_000}))
    assert len(named(result, "Verolan Works JSC")["remarks"]) == 300_000


TEXTS = st.text(st.characters(codec="utf-8", min_codepoint=32, exclude_categories=["Cs", "Cc"]), max_size=14)
PIECES = st.lists(st.dictionaries(st.sampled_from(["wholeName", "lastName", "strong", "remark"]), TEXTS), max_size=3)
ANY = st.tuples(TEXTS, st.sampled_from(["P", "E", "person", "", "Q"]), PIECES, TEXTS, TEXTS)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ANY, max_size=4))
def test_any_texts_give_entities_or_rejects(tmp_path, parties):
    made = [
        {
            **FIRM,
            "entity": {"logicalId": number, "designationDate": date},
            "type": (kind, kind),
            "nameAlias": [{k: v.replace("<", "").replace("&", "") if k == "remark" else v for k, v in n.items()} for n in names],
            "address": [{"city": text, "countryDescription": text}],
            "identification": [{"number": text, "identificationTypeCode": text, "countryIso2Code": text}],
        }
        for number, kind, names, text, date in parties
    ]
    result = eu_fsf.read(xml_of(tmp_path, *made))
    refused = [r for r in result.rejects.to_pylist() if not r["reason"].startswith("only the value")]
    assert result.rows_read == len(rows(result, "entities"))
    assert result.rows_read + len(refused) == len(parties)


CELLS = st.text(st.characters(codec="utf-8", min_codepoint=32, exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=10)
COLUMNS = ["Entity_LogicalId", "Entity_SubjectType", "NameAlias_WholeName", "Address_City", "Identification_Number"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(*[CELLS] * len(COLUMNS)), min_size=1, max_size=6))
def test_any_cells_give_rows_read_or_rejects(tmp_path, cells):
    path = tmp_path / "full.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        writer.writerows([(a, "E", *rest) for a, _, *rest in cells])
    result = eu_fsf.read(path)
    refused = [r for r in result.rejects.to_pylist() if not r["reason"].startswith("only the value")]
    assert result.rows_read + len(refused) == len(cells)
