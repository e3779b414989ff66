import csv
import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.errors import FormatError
from kit.lists.readers import eu_journal
from kit.lists.spoken import spoken_names
from kit.model import NameKind
from tests.lists.listing import names_of, rows, write_csv
from tests.shared_files import shared

COLUMNS = next(
    csv.reader(
        [
            "celex,recordId,programKey,annex,measure,startDate,reason,schema,name,alias,weakAlias,previousName,country,nationality,"
            "jurisdiction,birthDate,birthPlace,position,passportNumber,gender,appearance,ethnicity,fatherName,motherName,"
            "incorporationDate,legalForm,sector,registrationNumber,taxNumber,idNumber,innCode,ogrnCode,kppCode,okpoCode,leiCode,"
            "swiftBic,ticker,imoNumber,mmsi,flag,address,phone,email,website,notes"
        ]
    )
)
ROW = {
    "celex": "32014R0833",
    "recordId": "901",
    "programKey": "EU-RUS",
    "annex": "IV",
    "measure": "Export control",
    "startDate": "9 August 2025",
    "schema": "LegalEntity",
    "name": "JSC Verolan",
    "address": "7 Invented Street, Testville, Russian Federation",
}


def written(folder, *changes):
    return write_csv(folder / "journal.csv", [{**ROW, **change} for change in changes], COLUMNS)


def one(tmp_path, **change):
    return lists.read_list(written(tmp_path, change))


def numbers(result):
    return [(i["kind"], i["value"]) for i in rows(result, "identifiers")]


def test_table_is_recognized_by_its_columns(tmp_path):
    assert len(COLUMNS) == 45
    assert lists.recognize(written(tmp_path, {})) == "eu_journal"


def test_missing_column_is_named(tmp_path):
    with pytest.raises(FormatError, match="celex"):
        eu_journal.read(write_csv(tmp_path / "a.csv", [{"name": "X"}]))


@pytest.mark.parametrize(
    ("text", "day"), [("9 August 2025", (2025, 8, 9)), ("17.3.2014", (2014, 3, 17)), ("03.04.2022", (2022, 4, 3))]
)
def test_every_spelling_of_a_date_is_read_day_first(tmp_path, text, day):
    assert rows(one(tmp_path, startDate=text), "sanctions")[0]["listing_date"] == dt.date(*day)


def test_date_of_a_year_only_stays_an_interval(tmp_path):
    sanction = rows(one(tmp_path, startDate="2022"), "sanctions")[0]
    assert (sanction["listing_date"], sanction["listed_not_after"]) == (None, dt.date(2022, 12, 31))


def test_unreadable_date_is_kept_and_its_row_is_read(tmp_path):
    result = one(tmp_path, startDate="31.31.2022")
    assert (result.rows_read, result.rejects["content"].to_pylist()) == (1, ["31.31.2022"])


def test_annex_four_is_export_control_and_military(tmp_path):
    entity = rows(one(tmp_path), "entities")[0]
    assert (entity["entity_id"], entity["topics"]) == ("eu_journal_833_2014:IV-901", ["export.control", "mil"])


@pytest.mark.parametrize(
    ("celex", "annex", "measure", "topics"),
    [
        ("32014R0269", "I.PERSONS", "Asset freeze", ["sanction"]),
        ("32014R0833", "XLII", "Transportation restrictions", ["sanction"]),
        ("32014R0833", "VII", "Export control", ["export.control"]),
        ("32006R0765", "V", "Export control", ["export.control", "mil"]),
    ],
)
def test_annex_and_measure_give_the_topics(tmp_path, celex, annex, measure, topics):
    assert rows(one(tmp_path, celex=celex, annex=annex, measure=measure), "entities")[0]["topics"] == topics


def test_listing_has_program_measure_citation_and_official_address(tmp_path):
    sanction = rows(one(tmp_path, reason="Invented."), "sanctions")[0]
    assert (sanction["program_id"], sanction["provisions"], sanction["reason"]) == (
        "EU-RUS",
        "Export control, Annex IV",
        "Invented.",
    )
    assert sanction["citation"] == "Regulation (EU) No 833/2014, Annex IV, entry 901"
    assert sanction["source_url"] == "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32014R0833"


def test_unknown_measure_and_act_are_refused_with_their_words(tmp_path):
    result = lists.read_list(written(tmp_path, {}, {"measure": "Frown"}, {"celex": "no number"}))
    reasons = result.rejects["reason"].to_pylist()
    assert result.rows_read == 1
    assert "measure 'Frown'" in reasons[0]
    assert "celex 'no number'" in reasons[1]


def test_another_regulation_gets_a_list_of_its_own(tmp_path):
    result = one(tmp_path, celex="32012R0036", measure="Asset freeze", annex="II")
    assert rows(result, "entities")[0]["list_id"] == "eu_journal_36_2012"


def test_port_is_no_party_and_is_kept_among_the_rejects(tmp_path):
    result = one(tmp_path, schema="Asset", annex="XLVII.A", measure="Transportation restrictions", name="Testport")
    assert (result.rows_read, len(rows(result, "entities"))) == (0, 0)
    assert "an asset is no party: a port, lock, airport or terminal" in result.rejects["reason"][0].as_py()


def test_vessel_is_a_vessel_with_its_imo_number(tmp_path):
    result = one(tmp_path, schema="Vessel", annex="XLII", measure="Transportation restrictions", imoNumber="9179842", address="")
    assert (rows(result, "entities")[0]["schema"], numbers(result)) == ("Vessel", [("imo", "9179842")])


def test_aliases_are_taken_apart_with_curly_quotes_and_cyrillic_kept(tmp_path):
    result = one(tmp_path, alias="АО «Веролан»; JSC “Verolan Plant”", previousName="Plum Works", weakAlias="VRL")
    assert names_of(result, "eu_journal_833_2014:IV-901") == {
        "JSC Verolan": "name",
        "АО «Веролан»": "alias",
        "JSC “Verolan Plant”": "alias",
        "Plum Works": "previous_name",
        "VRL": "weak_alias",
    }


@pytest.mark.parametrize("fragment", ["Text of image", "Chinese:", "Korean:", "Joint Stock Company"])
def test_fragment_of_the_page_is_refused_and_never_a_name(tmp_path, fragment):
    result = one(tmp_path, alias=f"{fragment}; Verolan Works")
    assert list(names_of(result, "eu_journal_833_2014:IV-901")) == ["JSC Verolan", "Verolan Works"]
    assert (result.rows_read, result.rejects["content"].to_pylist()) == (1, [fragment])


def test_first_alias_stands_in_place_of_a_name_that_is_only_a_legal_form(tmp_path):
    result = one(tmp_path, name="Joint Stock Company", alias="‘Verolan’; JSC ‘Verolan’")
    assert list(names_of(result, "eu_journal_833_2014:IV-901")) == ["‘Verolan’", "JSC ‘Verolan’"]
    assert (result.rows_read, result.rejects["content"].to_pylist()) == (1, ["Joint Stock Company"])


def test_row_that_is_only_a_fragment_is_refused(tmp_path):
    assert "fragment" in one(tmp_path, name="Text of image").rejects["reason"][0].as_py()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Oleg PLUM (Russian: Олег ПЛАМ)", ["Oleg PLUM", "Олег ПЛАМ"]),
        ("Олег ПЛАМ Ukrainian: Олег ПЛЯМ", ["Олег ПЛАМ", "Олег ПЛЯМ"]),
        ("ОАО «Веролан» (АО «Веролан»)", ["ОАО «Веролан»", "АО «Веролан»"]),
        ("Verolan Institute (VI)", ["Verolan Institute (VI)"]),
        ("Joint Stock Company Verolan (JSC)", ["Joint Stock Company Verolan (JSC)"]),
        ("Verolan Bank (Kyrgyzstan)", ["Verolan Bank (Kyrgyzstan)"]),
    ],
)
def test_brackets_and_labels_that_name_the_party_once_more_are_taken_apart(text, names):
    assert [name for name, _ in spoken_names(text)] == names


def test_nickname_of_a_person_in_quotes_is_a_weak_alias(tmp_path):
    result = one(tmp_path, schema="Person", annex="I", celex="32014R0269", alias="‘the Plum’ (Russian: ‘Слива’); Oleg PLUM")
    kinds = names_of(result, "eu_journal_269_2014:I-901")
    assert (kinds["‘the Plum’"], kinds["‘Слива’"], kinds["Oleg PLUM"]) == ("weak_alias", "weak_alias", "alias")


def test_earlier_name_in_brackets_is_a_previous_name(tmp_path):
    kinds = names_of(one(tmp_path, name="Verolan Works (formerly known as Plum Works)"), "eu_journal_833_2014:IV-901")
    assert kinds["Verolan Works (formerly known as Plum Works)"] == "name"
    assert (kinds["Verolan Works"], kinds["Plum Works"]) == ("alias", "previous_name")


def test_weak_alias_stays_weak_when_taken_apart():
    assert {kind for _, kind in spoken_names("‘the Plum’ (Russian: ‘Слива’)", NameKind.WEAK_ALIAS)} == {NameKind.WEAK_ALIAS}


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("7 Invented Street, Testville, Russian Federation,", ["RU"]),
        ("Plot 7, Plum Zone, Dubai, United Arab Emirates, P.O. Box 1", ["AE"]),
        ("7 Plum Road, Singapore 534818", ["SG"]),
        ("7 Invented Street, Testville", []),
        ("Room 7, Plum Tower, Kowloon, Hong Kong, China", ["HK"]),
        ("7 Plum Road, Testville, Republic of Serbia; 9 Plum Road, Testville, Kingdom of Thailand", ["RS", "TH"]),
    ],
)
def test_territory_is_taken_from_an_address_that_surely_names_one(tmp_path, address, codes):
    assert rows(one(tmp_path, address=address), "entities")[0]["countries"] == codes


def test_territory_alone_is_no_address(tmp_path):
    result = one(tmp_path, address="Testville, Russian Federation; Russian Federation")
    assert [a["address"] for a in rows(result, "addresses")] == ["Testville, Russian Federation"]


def test_nationality_is_a_territory_without_its_remark(tmp_path):
    result = one(tmp_path, nationality="Ukrainian, Russian (the Union does not recognise passports issued in Crimea)", address="")
    assert rows(result, "entities")[0]["countries"] == ["UA", "RU"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"registrationNumber": "7707083893 (Tax ID/INN)"}, [("inn", "7707083893")]),
        ({"registrationNumber": "7707083894 (Tax ID/INN)"}, [("tax", "7707083894")]),
        ({"registrationNumber": "91440300769188559R (USCC); 0868520 (CR No.)"},
         [("registration", "91440300769188559R"), ("registration", "0868520")]),
        ({"registrationNumber": "1027700132195"}, [("ogrn", "1027700132195")]),
        ({"registrationNumber": "INN: 7707083893 KPP: 504001001 OGRN: 1027700132195"},
         [("inn", "7707083893"), ("kpp", "504001001"), ("ogrn", "1027700132195")]),
        ({"taxNumber": "7707083893 (Russia)"}, [("inn", "7707083893")]),
        ({"ogrnCode": "1 027 700 132 195"}, [("ogrn", "1027700132195")]),
        ({"passportNumber": "MP 3413113 and MP 2387911"}, [("passport", "MP 3413113"), ("passport", "MP 2387911")]),
        ({"idNumber": "3040771A125PB2; Passport: MP3810311."}, [("other", "3040771A125PB2"), ("passport", "MP3810311")]),
        ({"leiCode": "5493001KJTIIGC8Y1R12", "okpoCode": "37406850"}, [("lei", "5493001KJTIIGC8Y1R12"), ("other", "37406850")]),
    ],
)  # fmt: skip
def test_numbers_get_the_kind_of_their_label_or_form(tmp_path, cells, expected):
    assert numbers(one(tmp_path, **cells)) == expected


def test_entry_without_a_number_is_known_by_its_name(tmp_path):
    first = rows(one(tmp_path, recordId=""), "entities")[0]["entity_id"]
    assert first == rows(one(tmp_path, recordId="", address=""), "entities")[0]["entity_id"]


def test_contacts_are_left_out(tmp_path):
    result = one(tmp_path, phone="+ 7 495 0000000", email="a@example.org")
    assert not any("example.org" in str(table.to_pylist()) for table in result.tables.values())


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs", "Cc"]), max_size=14)
FREE = [
    "startDate",
    "alias",
    "name",
    "nationality",
    "registrationNumber",
    "taxNumber",
    "passportNumber",
    "address",
    "annex",
    "schema",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(FREE, CELLS)), min_size=1, max_size=4))
def test_any_cells_give_entities_or_rejects(tmp_path, changes):
    result = eu_journal.read(written(tmp_path, {}, *changes))
    refused = [r for r in result.rejects.to_pylist() if not r["reason"].startswith("only the value")]
    assert result.rows_read == len(rows(result, "entities"))
    assert result.rows_read + len(refused) == len(changes) + 1


@pytest.mark.shared
@pytest.mark.parametrize(
    ("celex", "entities", "assets"), [("32014R0269", 2_802, 0), ("32014R0833", 1_718, 28), ("32006R0765", 407, 1)]
)
def test_real_table_is_read_completely(celex, entities, assets):
    result = lists.read_list(shared("data", "lists", f"eu_journal_{celex}.csv"))
    reasons = result.rejects["reason"].to_pylist()
    assert (result.rows_read, len(rows(result, "entities"))) == (entities, entities)
    assert sum(reason.startswith("an asset is no party") for reason in reasons) == assets
    assert all(reason.startswith(("an asset", "only the value")) for reason in reasons)


@pytest.mark.shared
def test_nearly_every_real_entry_of_annex_four_has_a_territory():
    result = lists.read_list(shared("data", "lists", "eu_journal_32014R0833.csv"))
    found = [e["countries"] for e in rows(result, "entities") if ":IV-" in e["entity_id"]]
    assert (len(found), sum(len(codes) == 0 for codes in found)) == (921, 3)


@pytest.mark.shared
def test_no_fragment_of_a_real_table_is_a_name():
    result = lists.read_list(shared("data", "lists", "eu_journal_32014R0269.csv"))
    names = {row["name"] for row in rows(result, "names")}
    assert not names & {"Text of image", "Chinese:", "Korean:", "Farsi:"}
    assert sum("is a fragment of the page, no alias" in reason for reason in result.rejects["reason"].to_pylist()) == 60
