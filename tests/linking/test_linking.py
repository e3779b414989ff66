"""The same party across lists: what is linked, on what basis, and what is refused. All parties are invented."""

from __future__ import annotations

import datetime as dt
import json

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.linking import authority_matrix, coalition, find_links, listings, shared_parties, sides
from kit.linking.groups import Pair, group
from kit.linking.numbers import Numbers
from kit.linking.parties import Party, PartyKind, read_parties
from kit.lists.identifiers import is_inn
from kit.model import LIST_TABLES, LinkBasis
from kit.tables import from_rows

INN_A, INN_B, OGRN = "7707083893", "7736050003", "1027700132195"  # right check digits


def entry(
    entity_id, name, *, schema="Organization", territories=("RU",), aliases=(), numbers=(), born=None, authority="", since=None
):
    list_id = entity_id.split(":")[0]
    return {
        "entities": [
            {
                "entity_id": entity_id, "schema": schema, "name": name, "topics": [], "list_id": list_id,
                "countries": list(territories),
                "list_version": "2026-01-01", "is_address_only": False, "is_confidential": False, "source_file": "x",
                "source_row": 1,
                "remarks": f"date of birth: {born}" if born else None,
            }
        ],
        "names": [
            {"entity_id": entity_id, "name": spelled, "kind": kind, "script": "Latin"}
            for spelled, kind in [(name, "name"), *((alias, "alias") for alias in aliases)]
        ],
        "addresses": [],
        "identifiers": [{"entity_id": entity_id, "kind": kind, "value": value} for kind, value in numbers],
        "sanctions": [{"entity_id": entity_id, "authority": authority or list_id.upper(), "listing_date": since}],
    }  # fmt: skip


def tables(*entries) -> dict[str, pa.Table]:
    return {table: from_rows(table, [row for one in entries for row in one[table]]) for table in LIST_TABLES}


def links(*entries):
    return find_links(tables(*entries)).links.to_pylist()


def test_one_tax_number_in_both_entries_is_a_link_by_identifier():
    found = links(entry("a:1", "Zavod Kalibr", numbers=[("inn", INN_A)]), entry("b:1", "Caliber Works", numbers=[("inn", INN_A)]))
    assert [(row["basis"], row["score"]) for row in found] == [("identifier", 1.0)]
    assert INN_A in found[0]["explanation"]


def test_a_number_with_wrong_check_digits_links_only_where_words_agree():
    one = entry("a:1", "Zavod Kalibr", numbers=[("inn", "7707083894")])
    assert links(one, entry("b:1", "Rubin Holding", numbers=[("inn", "7707083894")])) == []
    assert len(links(one, entry("b:1", "Kalibr Plant", numbers=[("inn", "7707083894")]))) == 1


def test_the_same_name_in_two_scripts_and_one_territory_is_a_lead():
    found = links(entry("a:1", "ООО «Радиовектор»"), entry("b:1", "Radiovektor LLC"))
    assert [row["basis"] for row in found] == ["name and territory"]
    assert "a lead" in found[0]["explanation"]
    assert json.loads(found[0]["evidence"])["territories"] == ["RU"]


def test_the_same_name_in_another_territory_is_no_link():
    assert links(entry("a:1", "Radiovektor LLC"), entry("b:1", "Radiovektor LLC", territories=("TR",))) == []
    assert links(entry("a:1", "Radiovektor LLC"), entry("b:1", "Radiovektor LLC", territories=())) == []


def test_hong_kong_and_china_are_one_place_for_a_firm():
    assert (
        len(
            links(
                entry("a:1", "Zhenkai Velox Limited", territories=("HK",)), entry("b:1", "Zhenkai Velox Ltd", territories=("CN",))
            )
        )
        == 1
    )


def test_different_numbers_forbid_a_link_by_name():
    one, other = (
        entry("a:1", "Radiovektor LLC", numbers=[("inn", INN_A)]),
        entry("b:1", "Radiovektor LLC", numbers=[("inn", INN_B)]),
    )
    found = find_links(tables(one, other))
    assert len(found.links) == 0
    assert INN_A in found.refused[0].reason and INN_B in found.refused[0].reason


def test_another_legal_form_is_another_firm():
    assert links(entry("a:1", "Radiovektor LLC"), entry("b:1", "Radiovektor JSC")) == []


def test_persons_need_a_day_of_birth():
    one = entry("a:1", "Ivan Petrovich VELOXOV", schema="Person", born="4.2.1964")
    assert links(one, entry("b:1", "VELOXOV Ivan Petrovich", schema="Person")) == []
    found = links(one, entry("b:1", "VELOXOV Ivan Petrovich", schema="Person", born="1964-02-04"))
    assert [row["basis"] for row in found] == ["name and date of birth"]


def test_a_date_of_birth_that_the_list_calls_uncertain_is_no_day():
    told = {"birthDate: 1964-02-04": 1, "date of birth (circa): 1964-02-04": 0, "date of birth: 1964": 0}
    for remarks, days in told.items():
        one = entry("a:1", "Ivan VELOXOV", schema="Person")
        one["entities"][0]["remarks"] = remarks
        assert len(read_parties(tables(one))[0].births) == days


def test_on_the_first_of_january_two_common_parts_are_not_enough():
    def one(name, born, territories=()):
        return entry("a:1", name, schema="Person", born=born, territories=territories)

    other = entry("b:1", "Oleg Ivan VELOXOV", schema="Person", born="1964-01-01", territories=("TR",))
    assert links(one("Ivan VELOXOV", "1964-01-01"), other) == []
    assert len(links(one("Ivan VELOXOV", "1964-01-01", ("TR",)), other)) == 1
    assert len(links(one("VELOXOV Ivan Oleg", "1964-01-01"), other)) == 1


def test_persons_of_one_day_with_another_family_name_are_two():
    one = entry("a:1", "Ivan Petrovich VELOXOV", schema="Person", born="4.2.1964")
    assert links(one, entry("b:1", "Ivan Petrovich KARDANOV", schema="Person", born="4.2.1964")) == []


def test_ships_are_linked_by_number_and_never_by_name():
    one = entry("a:1", "VELOX STAR", schema="Vessel", numbers=[("imo", "9074729")])
    assert links(one, entry("b:1", "VELOX STAR", schema="Vessel")) == []
    assert len(links(one, entry("b:1", "OTHER NAME", schema="Vessel", numbers=[("imo", "IMO 9074729")]))) == 1


def test_two_entries_of_one_list_are_not_joined_through_a_third_by_name():
    found = find_links(tables(entry("a:1", "Radiovektor LLC"), entry("a:2", "Radiovektor LLC"), entry("b:1", "Radiovektor LLC")))
    groups = {row["group_id"]: {row["entity_id_a"], row["entity_id_b"]} for row in found.links.to_pylist()}
    assert all(not {"a:1", "a:2"} <= members for members in groups.values())


def test_lists_of_two_authorities_in_one_file_are_linked():
    one = entry("us:1", "Radiovektor LLC", authority="BIS")
    assert len(links(one, entry("us:2", "Radiovektor LLC", authority="OFAC"))) == 1


def test_a_group_joins_three_lists_with_one_id():
    entries = [entry(f"{name}:1", "Radiovektor LLC") for name in "abc"]
    assert len({row["group_id"] for row in links(*entries)}) == 1


# ---- groups, property-based ----

PLACES = st.sampled_from(["RU", "TR", "CN", ""])


def made(place: int, source: str, inn: str, territory: str) -> Party:
    numbers = Numbers({"inn": frozenset({inn})} if inn else {}, frozenset())
    where = frozenset({territory}) if territory else frozenset()
    return Party(f"{source}:{place}", source, PartyKind.FIRM, "x", ("x",), where, numbers, frozenset())


CASES = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["", INN_A, INN_B]), PLACES), min_size=2, max_size=9).flatmap(
    lambda rows: st.tuples(
        st.just([made(place, *row) for place, row in enumerate(rows)]),
        st.lists(
            st.tuples(
                st.integers(0, len(rows) - 1), st.integers(0, len(rows) - 1), st.sampled_from(list(LinkBasis)), st.floats(0.9, 1)
            ),
            max_size=20,
        ),
    )
)


def pairs_of(rows) -> list[Pair]:
    best = {}
    for a, b, basis, score in rows:
        if a != b:
            best.setdefault((min(a, b), max(a, b)), Pair(min(a, b), max(a, b), basis, score))
    return list(best.values())


@given(CASES)
@settings(max_examples=150, deadline=None)
def test_no_group_holds_a_contradiction_and_every_pair_is_kept_or_refused(case):
    parties, rows = case
    pairs = pairs_of(rows)
    kept, refused = group(parties, pairs)
    assert len(kept) + len(refused) == len(pairs)
    members: dict[str, set[int]] = {}
    for pair, group_id in kept:
        members.setdefault(group_id, set()).update((pair.a, pair.b))
    assert sum(len(held) for held in members.values()) == len(set().union(*members.values(), set()))
    for held in members.values():
        assert all(parties[a].numbers.contradiction(parties[b].numbers) is None for a in held for b in held)


@given(CASES, st.randoms())
@settings(max_examples=100, deadline=None)
def test_groups_do_not_depend_on_the_order_of_the_pairs(case, random):
    parties, rows = case
    pairs = pairs_of(rows)
    shuffled = random.sample(pairs, len(pairs))
    assert {(p.a, p.b, g) for p, g in group(parties, pairs)[0]} == {(p.a, p.b, g) for p, g in group(parties, shuffled)[0]}


# ---- who lists whom ----


def listed():
    day = dt.date(2023, 2, 1)
    one = tables(
        entry("eu:1", "Radiovektor LLC", authority="EU", since=day),
        entry("us:1", "Radiovektor LLC", authority="BIS", since=dt.date(2022, 2, 1)),
        entry("us:2", "Kalibrator Velox LLC", authority="BIS", territories=("TR",)),
        entry("eu:2", "Zenkai Optronix LLC", authority="EU", territories=("CN",), since=day),
    )
    return listings(one, find_links(one).links)


def test_shared_parties_say_who_was_first_and_how_long_before():
    row = shared_parties(listed()).iloc[0]
    assert (row["first"], row["lag_days"], row["EU"]) == ("BIS", 365, "2023-02-01")


def test_the_matrix_counts_parties_and_not_entries():
    found = {(row["authority"], row["other"]): row["rows"] for row in authority_matrix(listed()).to_dict("records")}
    assert found == {("BIS", "BIS"): 2, ("BIS", "EU"): 1, ("EU", "BIS"): 1, ("EU", "EU"): 2}


def test_sides_tell_the_us_and_its_partners_apart():
    assert sorted(sides(listed())["side"]) == ["US only", "both", "partners only"]
    assert sorted(sides(listed(), outside={"RU"})["side"]) == ["US only", "partners only"]


def test_an_ended_listing_counts_until_its_last_day_and_not_after():
    ended = entry("ch:1", "Radiovektor LLC", authority="SECO", since=dt.date(2011, 2, 2))
    ended["sanctions"][0]["end_date"] = dt.date(2016, 3, 1)
    one = tables(ended, entry("us:1", "Radiovektor LLC", authority="BIS", since=dt.date(2022, 2, 1)))
    linked = find_links(one).links
    assert sorted(listings(one, linked, on=dt.date(2016, 3, 1))["authority"]) == ["BIS", "SECO"]
    assert list(listings(one, linked, on=dt.date(2016, 3, 2))["authority"]) == ["BIS"]
    assert list(sides(listings(one, linked))["side"]) == ["US only"]


def test_a_russian_tax_number_of_a_foreign_organization_is_no_territory():
    foreign, home = "9909000011", INN_A
    assert is_inn(foreign)
    found = read_parties(tables(*(entry(f"a:{n}", "Velox", territories=(), numbers=[("inn", n)]) for n in (foreign, home))))
    assert {party.entity_id: sorted(party.territories) for party in found} == {f"a:{foreign}": [], f"a:{home}": ["RU"]}


def test_the_coalition_has_38_partners_beside_the_us():
    assert len(coalition()) == 39
