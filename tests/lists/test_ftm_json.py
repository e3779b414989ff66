import datetime as dt
import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.errors import FormatError
from kit.lists.readers import ftm_json
from tests.lists.listing import named, names_of, rows, write_csv


def entity(own, schema, *, target=None, **properties):
    made = {"id": own, "caption": own, "schema": schema, "properties": properties, "datasets": ["plum_register"], "referents": []}
    return made if target is None else {**made, "target": target}


FIRM = entity(
    "NK-1",
    "Company",
    name=["Verolan LLC", "ООО «Веролан»"],
    alias=["Verolan"],
    weakAlias=["VRL"],
    previousName=["Plum LLC"],
    jurisdiction=["ru"],
    topics=["sanction", "poi"],
    innCode=["7707083893"],
    addressEntity=["addr-1"],
    address=["2 Invented Street, Bishkek, KG"],
    phone=["+7 1"],
)
SANCTION = entity(
    "s-1",
    "Sanction",
    entity=["NK-1"],
    authority=["Plum Authority"],
    programId=["PLUM-RU"],
    startDate=["2022-03-01"],
    listingDate=["2022-02-25"],
    endDate=["2024-01-31"],
    provisions=["asset freeze"],
    reason=["It is invented."],
    sourceUrl=["https://example.org/1"],
    authorityId=["P-17"],
)
ADDRESS = entity("addr-1", "Address", full=["1 Invented Street, Testville"], country=["ru"])
PERSON = entity("NK-2", "Person", name=["Oleg Plumov"], nationality=["ru"], birthDate=["1957"])
PASSPORT = entity("p-1", "Passport", holder=["NK-1"], number=["AB123456"], country=["ru"])
OWNERSHIP = entity("o-1", "Ownership", owner=["NK-2"], asset=["NK-1"], role=["51 %"])
LINES = [SANCTION, FIRM, ADDRESS, PERSON, PASSPORT, OWNERSHIP]


def written(folder, lines, name="entities.ftm.json"):
    path = folder / name
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines) + "\n")
    return path


@pytest.fixture
def result(tmp_path):
    return lists.read_list(written(tmp_path, LINES))


def test_lines_are_recognized_by_id_schema_and_properties(tmp_path):
    assert lists.recognize(written(tmp_path, LINES)) == "ftm_json"
    assert lists.recognize(written(tmp_path, [{"id": 1, "name": "Verolan"}], "other.json")) is None


def test_single_line_and_packed_file_are_recognized(tmp_path):
    assert lists.recognize(written(tmp_path, [FIRM])) == "ftm_json"
    packed = tmp_path / "entities.ftm.json.gz"
    packed.write_bytes(gzip.compress(written(tmp_path, LINES).read_bytes()))
    assert len(rows(lists.read_list(packed), "entities")) == 1


def test_names_keep_their_kinds(result):
    assert names_of(result, "os_plum_register:NK-1") == {
        "Verolan LLC": "name",
        "ООО «Веролан»": "alias",
        "Verolan": "alias",
        "VRL": "weak_alias",
        "Plum LLC": "previous_name",
    }


def test_sanction_is_joined_though_it_stands_before_its_party(result):
    sanction = rows(result, "sanctions")[0]
    assert (sanction["authority"], sanction["program_id"]) == ("Plum Authority", "PLUM-RU")
    assert (sanction["listing_date"], sanction["end_date"]) == (dt.date(2022, 2, 25), dt.date(2024, 1, 31))
    assert (sanction["reason"], sanction["citation"]) == ("It is invented.", "P-17")


def test_year_alone_is_kept_as_interval(tmp_path):
    bare = entity("s-1", "Sanction", entity=["NK-1"], startDate=["2022"])
    sanction = rows(lists.read_list(written(tmp_path, [FIRM, bare])), "sanctions")[0]
    assert (sanction["listing_date"], sanction["listed_not_after"]) == (None, dt.date(2022, 12, 31))


def test_address_entity_and_passport_are_joined(result):
    assert [(a["address"], a["territory"]) for a in rows(result, "addresses")] == [
        ("2 Invented Street, Bishkek, KG", "KG"),
        ("1 Invented Street, Testville", "RU"),
    ]
    assert {(i["kind"], i["value"]) for i in rows(result, "identifiers")} == {("inn", "7707083893"), ("passport", "AB123456")}


def test_relation_is_said_at_its_listed_end(result):
    assert named(result, "Verolan LLC")["remarks"] == "topics: poi; owned by Oleg Plumov (51 %)"


def test_party_that_is_not_listed_itself_is_left_out_and_said(result):
    assert [e["name"] for e in rows(result, "entities")] == ["Verolan LLC"]
    assert any(note.startswith("1 party is not listed itself") for note in result.notes)
    assert any("Ownership 1" in note for note in result.notes)


def test_party_marked_as_target_or_under_a_sanction_is_listed(tmp_path):
    lines = [entity("a", "Company", target=True, name=["Zarnitsa"]), PERSON, entity("s", "Sanction", entity=["NK-2"])]
    result = lists.read_list(written(tmp_path, lines))
    assert {e["name"]: e["topics"] for e in rows(result, "entities")} == {
        "Zarnitsa": ["export.risk"],
        "Oleg Plumov": ["sanction"],
    }
    assert any("a topic that the file does not name" in note for note in result.notes)


def test_target_with_other_topics_is_left_out_and_its_topics_are_said(tmp_path):
    politician = entity("a", "Person", target=True, name=["Zarnitsa"], topics=["role.pep"])
    result = lists.read_list(written(tmp_path, [FIRM, politician]))
    assert [e["name"] for e in rows(result, "entities")] == ["Verolan LLC"]
    assert any("role.pep 1" in note for note in result.notes)


def test_sanction_of_a_party_with_another_topic_is_no_sanction_by_assumption(tmp_path):
    barred = entity("a", "Company", name=["Zarnitsa"], topics=["debarment"])
    result = lists.read_list(written(tmp_path, [barred, entity("s", "Sanction", entity=["a"])]))
    assert rows(result, "entities")[0]["topics"] == ["export.risk"]


def test_file_that_marks_nobody_is_taken_whole(tmp_path):
    result = lists.read_list(written(tmp_path, [PERSON, entity("c", "Company", name=["Zarnitsa"])]))
    assert len(rows(result, "entities")) == 2
    assert any("marks no party as listed" in note for note in result.notes)


def test_topics_of_a_known_program_hold(tmp_path):
    lines = [
        entity("a", "Company", target=True, name=["Zarnitsa"]),
        entity("s", "Sanction", entity=["a"], programId=["UA-WS-MILIND"]),
    ]
    assert rows(lists.read_list(written(tmp_path, lines)), "entities")[0]["topics"] == ["export.risk", "mil"]


def test_party_without_a_sanction_has_its_first_seen_as_bound(tmp_path):
    result = lists.read_list(
        written(tmp_path, [{**FIRM, "first_seen": "2023-05-01T00:00:00", "last_seen": "2026-01-02T03:04:05"}])
    )
    assert rows(result, "sanctions")[0]["listed_not_after"] == dt.date(2023, 5, 1)
    assert result.version == "2026-01-02"


def test_nested_targets_give_the_same(tmp_path, result):
    inner = {**OWNERSHIP, "properties": {"owner": [PERSON], "role": ["51 %"]}}
    bare = {key: value for key, value in SANCTION["properties"].items() if key != "entity"}
    holding = {
        **FIRM["properties"],
        "addressEntity": [ADDRESS],
        "sanctions": [{**SANCTION, "properties": bare}],
        "passport": [{**PASSPORT, "properties": {"number": ["AB123456"]}}],
        "ownershipAsset": [inner],
    }
    nested = lists.read_list(written(tmp_path, [{**FIRM, "properties": holding}], "targets.nested.json"))
    for table in ("names", "addresses", "identifiers", "sanctions"):
        assert rows(nested, table) == rows(result, table)
    assert named(nested, "Verolan LLC")["remarks"] == named(result, "Verolan LLC")["remarks"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "broken JSON"),
        ("[1]", "not an object"),
        ('{"id": "x", "schema": "Company"}', "no properties"),
        ('{"schema": "Company", "properties": {}}', "no id"),
        (json.dumps(FIRM), "earlier line"),
        (json.dumps(entity("b", "Company", topics=["sanction"])), "no name"),
        ("[" * 3000, "broken JSON"),
        ('{"id": ' + "9" * 5000 + "}", "broken JSON"),
    ],
)
def test_line_that_is_no_entity_is_refused_with_its_number(tmp_path, line, reason):
    result = lists.read_list(written(tmp_path, [FIRM, line]))
    assert (result.rows_read, result.rejects["source_row"].to_pylist()) == (1, [2])
    assert reason in result.rejects["reason"][0].as_py()


def test_half_a_letter_pair_is_read_as_unknown_letter(tmp_path):
    path = written(
        tmp_path, ['{"id": "a", "schema": "Company", "properties": {"name": ["Plum \\ud800"], "topics": ["sanction"]}}']
    )
    assert rows(lists.read_list(path), "entities")[0]["name"] == "Plum \ufffd"


def test_sanction_of_a_party_that_is_missing_is_said(tmp_path):
    result = lists.read_list(written(tmp_path, [FIRM, entity("s", "Sanction", entity=["gone"])]))
    assert any("1 sanction names a party that the file does not hold" in note for note in result.notes)


def test_other_file_is_refused(tmp_path):
    with pytest.raises(FormatError, match="no entity"):
        ftm_json.read(write_csv(tmp_path / "a.csv", [{"id": "1"}]))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda v: st.lists(v, max_size=2), max_leaves=3
)
KEYS = st.sampled_from([*ftm_json.USES, "entity", "owner", "asset", "holder", "number", "full", "startDate"])
ENTITIES = st.fixed_dictionaries(
    {
        "id": st.sampled_from("abc"),
        "schema": st.sampled_from(["Company", "Sanction", "Address", "Ownership", "Passport", "Note"]),
    },
    optional={"properties": st.dictionaries(KEYS, VALUES, max_size=4), "target": VALUES, "datasets": VALUES, "caption": VALUES},
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ENTITIES, max_size=6))
def test_any_values_give_parties_rejects_or_a_count(tmp_path, entities):
    result = ftm_json.read(written(tmp_path, [FIRM, *entities]))
    assert result.rows_read == len(rows(result, "entities"))
    assert result.rows_read + len(result.rejects) <= len(entities) + 1
    parties = [e for e in entities if e["schema"] == "Company" or "properties" not in e]
    left_out = [int(note.split()[0]) for note in result.notes if "not listed itself" in note or "not listed themselves" in note]
    assert result.rows_read + len(result.rejects) + sum(left_out) == len(parties) + 1


@pytest.mark.parametrize(
    ("said", "last"), [(["2016"], dt.date(2016, 12, 31)), (["2019-01-01", "2024-01-31"], dt.date(2024, 1, 31))]
)
def test_a_sanction_that_ended_is_never_in_force_for_ever(tmp_path, said, last):
    ended = {
        **SANCTION,
        "properties": {**SANCTION["properties"], "startDate": ["2011-02-02"], "listingDate": [], "endDate": said},
    }
    result = lists.read_list(written(tmp_path, [ended, FIRM]))
    sanctions = rows(result, "sanctions")
    assert [row["end_date"] for row in sanctions] == [last]
    assert lists.status_on(sanctions, last + dt.timedelta(days=1)).value == "delisted"
    assert lists.status_on(sanctions, dt.date(2015, 6, 1)).value == "listed"
