"""Unit values: the range is of the file itself, and both engines say the same."""

from __future__ import annotations

import math
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit import tables
from kit.trade.unit_values import outside_range, reference_ranges, sentence, unit_values
from tests.factory import declaration


def frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    out: pd.DataFrame = tables.from_rows("declarations", rows).to_pandas()
    return out


def usual(count: int = 24) -> list[dict[str, Any]]:
    """Rows at 100 to 123 dollars a kilogram."""
    return [declaration(n, value_usd=(100.0 + n) * 2, net_weight_kg=2.0) for n in range(count)]


def test_a_price_ten_times_the_usual_is_above_the_range() -> None:
    found = outside_range(frame([*usual(), declaration(99, value_usd=2200.0, net_weight_kg=2.0)]))
    assert found["declaration_id"].tolist() == ["D99"]
    assert found["place"].tolist() == ["above"]
    assert "1,100 US dollars per kg of 854231: above what is usual" in found["sentence"][0]


def test_the_range_reaches_at_least_twice_the_median_to_both_sides() -> None:
    same = [declaration(n, value_usd=200.0, net_weight_kg=2.0) for n in range(25)]
    ranges = reference_ranges(frame(same))
    assert ranges[["range_low_usd", "range_median_usd", "range_high_usd"]].round(6).values.tolist() == [[50.0, 100.0, 200.0]]


def test_a_group_of_few_rows_has_no_range() -> None:
    found = unit_values(frame(usual(5)))
    assert set(found["place"]) == {"no range"}
    assert len(outside_range(frame(usual(5)))) == 0
    assert "too few rows" in sentence({str(k): v for k, v in found.iloc[0].to_dict().items()})


def test_repeats_monthly_totals_and_rows_without_dollars_are_left_out() -> None:
    out = [
        declaration(1, repeat_of="D0"),
        declaration(2, record_level="monthly_total"),
        declaration(3, value_usd=None),
        declaration(4, net_weight_kg=0.0),
        declaration(5, hs_code="8542", hs_level=4),
    ]
    assert len(unit_values(frame(out))) == 0


def test_a_row_with_weight_and_pieces_has_a_value_for_each() -> None:
    found = unit_values(frame([declaration(1, value_usd=100.0, net_weight_kg=4.0, quantity=10.0, quantity_unit=" pcs")]))
    assert dict(zip(found["per"], found["unit_value_usd"], strict=True)) == {"kg": 25.0, "PCS": 10.0}


@pytest.mark.parametrize("unit", ["кг", "Kg.", "Tonelada Métrica", " KGS. "])
def test_a_quantity_in_kilograms_gives_no_second_value(unit: str) -> None:
    found = unit_values(frame([declaration(1, value_usd=100.0, net_weight_kg=4.0, quantity=4.0, quantity_unit=unit)]))
    assert found["per"].tolist() == ["kg"]


def test_codes_are_grouped_at_the_level_asked_for() -> None:
    rows = frame([declaration(1, hs_code="8542319000", hs_level=10), declaration(2, hs_code="854239")])
    assert sorted(unit_values(rows, level=4)["hs_group"]) == ["8542", "8542"]


prices = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=60)


@settings(deadline=None, max_examples=40)
@given(prices)
def test_pandas_and_duckdb_agree(values: list[float]) -> None:
    rows = frame([declaration(n, value_usd=value, net_weight_kg=1.0) for n, value in enumerate(values)])
    in_pandas = unit_values(rows, least=5).sort_values("declaration_id", ignore_index=True)
    in_duckdb = unit_values(duckdb.from_df(rows), least=5).df().sort_values("declaration_id", ignore_index=True)
    assert in_pandas["place"].tolist() == in_duckdb["place"].tolist()
    for name in ("unit_value_usd", "range_low_usd", "range_high_usd", "times_median"):
        assert in_pandas[name].tolist() == pytest.approx(in_duckdb[name].tolist())


@settings(deadline=None, max_examples=40)
@given(prices)
def test_the_median_is_always_within_the_range(values: list[float]) -> None:
    rows = frame([declaration(n, value_usd=value, net_weight_kg=1.0) for n, value in enumerate(values)])
    for row in reference_ranges(rows, least=1).to_dict("records"):
        assert row["range_low_usd"] <= row["range_median_usd"] <= row["range_high_usd"]
        assert math.isfinite(row["range_high_usd"])
