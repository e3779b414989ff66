from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kit.errors import SelectionError
from kit.flows import Focus, Selection, corridors, monthly, narrow, open_store, territory_pairs
from kit.model import PartyStatus
from tests import factory

STAGES = ("consignor", "from_territory", "consignee")


def mixed_case(folder: Path) -> object:
    """Declarations with gaps: no consignee, no value, no date, another territory, a repeat."""
    rows = [factory.declaration(n) for n in range(1, 7)]
    plain = {"departure_country": "DE", "hs_code": "690721"}
    rows += [factory.declaration(n, consignor_name=f"HANDEL {n} GMBH", **plain) for n in range(7, 20)]
    rows += [
        factory.declaration(30, consignee_name=None), factory.declaration(31, value=None, value_usd=None, date=None),
        factory.declaration(32, departure_country=None, destination_country=None), factory.declaration(33, repeat_of="D1"),
        factory.declaration(34, record_level="monthly_total", value_usd=1e9),
    ]  # fmt: skip
    return open_store(factory.small_case(folder, declarations=rows))


@pytest.fixture
def frames(tmp_path: Path) -> dict[str, object]:
    """The same MOVEMENTS as a DuckDB relation and as a pandas frame."""
    store = mixed_case(tmp_path)
    relation = store._connection.table("movements_declarations")  # type: ignore[attr-defined]
    return {"duckdb": relation, "pandas": relation.df(), "store": store}


SELECTIONS = [
    Selection(measure="value_usd"),
    Selection(measure="records", statuses=(PartyStatus.CANDIDATE,)),
    Selection(measure="value_usd", min_score=0.95),
    Selection(measure="net_weight_kg", goods="priority", list_ids=("letter",)),
    Selection(measure="value_usd", hs_prefixes=("6907", "85")),
    Selection(measure="value_usd", from_end="origin", from_territories=("TW",)),
    Selection(measure="value_usd", query="handel 1"),
    Selection(measure="value_usd", focus=Focus(nodes=(("consignee_name", None),))),
    Selection(measure="value_usd", focus=Focus(others=(("consignor_name", ("HANDEL 7 GMBH",)),))),
    Selection(measure="value_usd", focus=Focus(month="2023-03", status=PartyStatus.CANDIDATE)),
]


@pytest.mark.parametrize("selection", SELECTIONS, ids=lambda s: repr(s)[:0] or str(SELECTIONS.index(s)))
def test_pandas_and_duckdb_give_the_same_result(frames: dict[str, object], selection: Selection) -> None:
    def pictures(frame: object) -> list[pd.DataFrame]:
        rows = narrow(frame, selection)
        by = {"measure": selection.measure}
        return [corridors(rows, STAGES, **by, most=5), monthly(rows, **by), territory_pairs(rows, **by)]  # type: ignore[arg-type]

    for one, other in zip(pictures(frames["duckdb"]), pictures(frames["pandas"]), strict=True):
        pd.testing.assert_frame_equal(one, other, check_dtype=False)


def test_every_stage_carries_the_whole_sum(frames: dict[str, object]) -> None:
    links = corridors(narrow(frames["duckdb"], Selection()), STAGES, measure="value_usd", most=3)
    assert links.groupby("stage_from")["value"].sum().tolist() == [21_000.0, 21_000.0]
    assert links.groupby("stage_from")["records"].sum().tolist() == [22, 22]


def test_what_has_no_place_of_its_own_is_gathered_and_counted(frames: dict[str, object]) -> None:
    links = corridors(narrow(frames["duckdb"], Selection()), STAGES, measure="value_usd", most=3)
    assert "11 others" in set(links["node_from"])
    assert bool(links.loc[links["node_from"] == "11 others", "is_others_from"].all())


def test_missing_consignee_is_a_node_of_its_own(frames: dict[str, object]) -> None:
    links = corridors(narrow(frames["duckdb"], Selection()), STAGES, measure="value_usd")
    consignees = links[links["stage_to"] == "consignee"]
    assert consignees.loc[consignees["node_to"] == "(not named)", "value"].tolist() == [1000.0]


def test_candidate_has_its_own_node_before_larger_unlisted_names(frames: dict[str, object]) -> None:
    links = corridors(narrow(frames["duckdb"], Selection()), STAGES, measure="value_usd", most=1)
    assert "VEROLAN TRADE 1 LTD STI" in set(links["node_from"])


def test_candidate_under_the_score_is_no_candidate(frames: dict[str, object]) -> None:
    rows = narrow(frames["pandas"], Selection(min_score=0.95))
    assert set(rows["status"]) == {"none"}


def test_unknown_stage_is_named(frames: dict[str, object]) -> None:
    with pytest.raises(SelectionError, match="port"):
        corridors(narrow(frames["pandas"], Selection()), ("consignor", "port"))


def test_large_buyer_of_a_candidate_does_not_hide_a_small_candidate(tmp_path: Path) -> None:
    rows = [
        factory.declaration(1, consignee_name="BIG BUYER", value_usd=9_000.0), factory.declaration(2, value_usd=9_000.0),
        factory.declaration(3, consignor_name="HANDEL GMBH", consignee_name="VEROLAN IMPORT", value_usd=1.0),
    ]  # fmt: skip
    found = [factory.candidate("VEROLAN TRADE 1 LTD STI"), factory.candidate("VEROLAN IMPORT", role="consignee")]
    store = open_store(factory.small_case(tmp_path, declarations=rows, candidates=found))
    assert store.shown_nodes(Selection(measure="value_usd"), "consignee", most=1) == ("VEROLAN IMPORT",)
