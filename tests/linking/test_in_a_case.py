"""Links kept in a case, shown beside a list entry, and made again only when a list changes. All parties are invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kit.case import Case
from kit.flows import open_store
from kit.linking import listings_of
from kit.lists import as_of, read_list
from kit.pipeline import link_lists
from kit.report.leads import _linked
from kit.tables import from_rows
from kit.widgets.explorer.entry import entry_nodes
from tests.linking.test_linking import entry, tables


def with_list(case: Case, folder: Path, list_id: str, *, is_confidential: bool = False) -> None:
    path = folder / f"{list_id}_2026-01-01.csv"
    path.write_text(f"name,country\nRadiovektor Velox LLC,Türkiye\nKardan {list_id} LLC,China\n", encoding="utf-8")
    case.add(read_list(path, list_id=list_id, is_confidential=is_confidential), path, is_confidential=is_confidential)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = Case.create(tmp_path / "case")
    with_list(case, tmp_path, "one")
    with_list(case, tmp_path, "other", is_confidential=True)
    return case


def test_links_are_kept_and_not_made_twice(case: Case) -> None:
    assert len(link_lists(case)) == 1
    part = case.folder / "tables" / "links.parquet"
    made = part.stat().st_mtime_ns
    assert len(link_lists(case)) == 1
    assert part.stat().st_mtime_ns == made


def test_an_entry_says_who_else_lists_the_party(case: Case) -> None:
    links = link_lists(case)
    found = open_store(case).entity(links.column("entity_id_a")[0].as_py())
    assert [row["list_id"] for row in found["linked"]] == ["other"]
    assert "Also listed by" in str(entry_nodes(found, day=None))


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ([{"listing_date": dt.date(2022, 3, 1)}], "Also listed by SECO (other), listed 2022-03-01"),
        ([{"listing_date": dt.date(2022, 3, 1)}, {}], "Also listed by SECO (other), listed by 2022-03-01"),
        (
            [{"listing_date": dt.date(2011, 2, 2), "end_date": dt.date(2016, 3, 1)}],
            "Formerly listed by SECO (other), listed 2011-02-02, ended 2016-03-01",
        ),
        (
            [{"listing_date": dt.date(2011, 2, 2), "end_date": dt.date(2016, 3, 1)}, {"listing_date": dt.date(2020, 1, 1)}],
            "Also listed by SECO (other), listed 2011-02-02",
        ),
    ],
)
def test_another_list_is_told_no_more_exactly_than_its_rows_and_not_after_its_end(
    tmp_path: Path, dates: list[dict[str, dt.date]], said: str
) -> None:
    case = Case.create(tmp_path / "case")
    with_list(case, tmp_path, "one")
    path = tmp_path / "other_2026-01-01.csv"
    path.write_text("name,country\nRadiovektor Velox LLC,Türkiye\n", encoding="utf-8")
    read = read_list(path, list_id="other")
    entity_id = read.tables["entities"].column("entity_id")[0].as_py()
    rows = from_rows("sanctions", [{"entity_id": entity_id, "authority": "SECO", **row} for row in dates])
    case.add(replace(read, tables={**read.tables, "sanctions": rows}), path)
    link = link_lists(case).to_pylist()[0]
    found = open_store(case).entity(link["entity_id_a"])
    assert said in "".join(texts_of(entry_nodes(found, day=None)))
    assert _linked(found)[0].startswith("until 2016-03-01 formerly" if said.startswith("Formerly") else "also listed by SECO")


def texts_of(nodes: Any) -> Iterator[str]:
    """All texts of a tree of nodes, in order."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            yield from texts_of(node["children"])


def test_a_report_says_nothing_of_a_confidential_list(case: Case) -> None:
    links = link_lists(case).to_pylist()
    store = open_store(case)
    ids = [links[0]["entity_id_a"], links[0]["entity_id_b"]]
    assert sorted(len(_linked(store.entity(entity_id))) for entity_id in ids) == [0, 1]


def test_a_linked_party_of_a_case_is_one_party(case: Case) -> None:
    link_lists(case)
    assert len(set(listings_of(case)["party_id"])) == 3


def test_as_of_keeps_what_was_surely_listed_by_that_day() -> None:
    both = tables(
        entry("a:1", "Velox LLC", since=dt.date(2022, 1, 1)),
        entry("a:2", "Kardan LLC"),
        entry("a:3", "Zenkai", since=dt.date(2024, 1, 1)),
    )
    assert as_of(both, dt.date(2023, 1, 1))["entities"].column("entity_id").to_pylist() == ["a:1"]


def test_as_of_leaves_out_whose_listing_had_ended() -> None:
    ended = entry("a:1", "Velox LLC", since=dt.date(2011, 2, 2))
    ended["sanctions"][0]["end_date"] = dt.date(2016, 2, 29)
    both = tables(ended, entry("a:2", "Kardan LLC", since=dt.date(2012, 1, 1)))
    assert as_of(both, dt.date(2016, 2, 29))["entities"].column("entity_id").to_pylist() == ["a:1", "a:2"]
    assert as_of(both, dt.date(2016, 3, 1))["entities"].column("entity_id").to_pylist() == ["a:2"]
