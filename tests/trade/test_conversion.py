"""Dollars, kilograms and bases beside what the source says; nothing declared is overwritten."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import tables
from kit.rates import usd_rate
from kit.reference import read_reference
from kit.trade.conversion import convert, in_common_units
from kit.trade.units import kilograms, read_basis
from tests.factory import declaration, flow


def converted(*changes: dict[str, Any]) -> tuple[list[dict[str, Any]], list[str]]:
    rows = [declaration(n, **change) for n, change in enumerate(changes, 1)]
    table, notes = in_common_units(tables.from_rows("declarations", rows))
    return table.to_pylist(), notes


def euros(**changes: Any) -> dict[str, Any]:
    return {"value": 100.0, "currency": "EUR", "value_usd": None, "date": dt.date(2022, 3, 9), **changes}


def test_euros_are_converted_at_the_average_of_their_month() -> None:
    ((row,), notes) = converted(euros())
    assert row["value_usd"] == pytest.approx(110.19, abs=0.005)
    assert (row["value"], row["currency"], row["usd_rate_date"]) == (100.0, "EUR", "2022-03")
    assert row["usd_rate_source"] == "European Central Bank, monthly average of 23 days"
    assert notes == ["value_usd: 1 values converted from EUR (1) at the rate of their month: European Central Bank (1)"]


def test_a_date_that_is_only_a_year_takes_the_mean_of_the_year() -> None:
    ((row,), _) = converted(euros(date=dt.date(2021, 1, 1), date_precision="year"))
    assert row["usd_rate_date"] == "2021"
    assert row["usd_rate"] == pytest.approx(usd_rate("EUR", "2021").usd_per_unit)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "change", [{"value": None}, {"currency": None}, {"date": None}, {"currency": "XXX"}, {"currency": "IRR"}]
)
def test_without_value_currency_date_or_rate_there_are_no_dollars(change: dict[str, Any]) -> None:
    ((row,), _) = converted(euros(**change))
    assert (row["value_usd"], row["usd_rate"], row["usd_rate_date"], row["usd_rate_source"]) == (None, None, None, None)


def test_what_could_not_be_converted_is_said() -> None:
    _, notes = converted(euros(currency="IRR"), euros(currency="IRR"), euros(date=None))
    assert "value_usd: 2 values left without dollars, for there is no rate: IRR (2)" in notes
    assert "value_usd: 1 values left without dollars, for they have no date" in notes


def test_the_new_ruble_of_belarus_is_not_used_before_it_existed() -> None:
    rows, _ = converted(euros(currency="BYN", date=dt.date(2016, 3, 1)), euros(currency="BYR", date=dt.date(2016, 9, 1)))
    assert rows[0]["value_usd"] is None
    assert rows[1]["value_usd"] == pytest.approx(100 * usd_rate("BYN", "2016-09").usd_per_unit / 10_000)  # type: ignore[union-attr]


def test_totals_take_the_rate_of_their_period() -> None:
    rows = [flow(1, period="2022-03"), flow(2, period="2021"), flow(3, period="2022-03", currency="USD", value_usd=9.0)]
    table, _ = in_common_units(tables.from_rows("flows", rows))
    assert table.column("usd_rate_date").to_pylist() == ["2022-03", "2021", None]
    assert table.column("usd_rate_source").to_pylist()[2] == "as declared"


def test_an_empty_table_stays_empty() -> None:
    table, notes = in_common_units(tables.empty("declarations"))
    assert (len(table), notes) == (0, [])


money = st.none() | st.floats(0, 1e12)
codes = st.sampled_from([None, "EUR", "USD", "RUB", "BYN", "BYR", "XXX", "KZT"])
days = st.none() | st.dates(dt.date(2010, 1, 1), dt.date(2027, 12, 31))


@given(st.lists(st.tuples(money, codes, money, days), max_size=20))
def test_declared_dollars_are_kept_and_every_converted_value_names_its_rate(rows: list[tuple[Any, ...]]) -> None:
    changes = [{"value": v, "currency": c, "value_usd": u, "date": d} for v, c, u, d in rows]
    before = tables.from_rows("declarations", [declaration(n, **change) for n, change in enumerate(changes, 1)])
    after, tally = convert(before)
    assert after.schema == before.schema
    for old, new in zip(before.to_pylist(), after.to_pylist(), strict=True):
        assert (new["value"], new["currency"]) == (old["value"], old["currency"])
        if old["value_usd"] is not None:
            assert (new["value_usd"], new["usd_rate"], new["usd_rate_source"]) == (old["value_usd"], None, "as declared")
        elif old["currency"] == "USD":
            assert (new["value_usd"], new["usd_rate"]) == (old["value"], None)
        elif new["value_usd"] is not None:
            assert new["value_usd"] == pytest.approx(old["value"] * new["usd_rate"])
            assert new["usd_rate_date"] is not None
            assert new["usd_rate_source"] is not None
    assert tally.done.total() == sum(row["usd_rate"] is not None for row in after.to_pylist())


# -- weights --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "weight"),
    [("KG", 1), ("kgs.", 1), ("Килограмм", 1), ("КГ", 1), ("166", 1), ("KİLOGRAM", 1), ("T", None), ("т", 1000),
     ("TONELADA MÉTRICA", 1000),
     ("lb", 0.45359237), ("100 kg", 100), ("GRM", 0.001), ("PIECES", None), ("796", None), ("TON", None),
     ("MT", None), ("ШТ", None),
     ("8", None), ("", None)],
)  # fmt: skip
def test_units_of_weight_are_known_and_doubtful_ones_are_not(unit: str, weight: float | None) -> None:
    assert kilograms(unit) == weight


def test_a_quantity_in_a_unit_of_weight_fills_a_missing_net_weight() -> None:
    rows, notes = converted(
        {"net_weight_kg": None, "quantity": 3.0, "quantity_unit": "т"},
        {"net_weight_kg": None, "quantity": 3.0, "quantity_unit": "ШТ"},
    )
    assert [row["net_weight_kg"] for row in rows] == [3000.0, None]
    assert (rows[0]["quantity"], rows[0]["quantity_unit"]) == (3.0, "т")
    assert "net_weight_kg: 1 rows filled from the quantity, whose unit is a weight" in notes


def test_a_declared_net_weight_is_kept() -> None:
    ((row,), _) = converted({"net_weight_kg": 2.5, "quantity": 3.0, "quantity_unit": "KG"})
    assert row["net_weight_kg"] == 2.5


# -- bases ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "standard", "freight"),
    [("FOB ZHUHAI,CHINA", "FOB", False), ("cif", "CIF", True), ("C&F", "CFR", True), ("EXW SASSUOLO", "EXW", False),
     ("DAP", "DAP", True),
     ("customs", "customs", None), ("statistical", "statistical", None)],
)  # fmt: skip
def test_a_basis_is_read_from_its_first_word(text: str, standard: str, freight: bool | None) -> None:
    found = read_basis(text)
    assert found is not None
    assert (found.standard, found.includes_freight) == (standard, freight)


@pytest.mark.parametrize("text", ["", "FOBULOUS", "value: invoice; value_usd: statistical", "declared on the bill", "1234"])
def test_other_words_are_no_basis_and_stay_as_they_are(text: str) -> None:
    assert read_basis(text) is None
    ((row,), _) = converted({"value_basis": text})
    assert row["value_basis"] == text


def test_a_value_is_never_moved_from_one_basis_to_another() -> None:
    rows, _ = converted({"value_basis": "CIF MUMBAI", "value": 10.0}, {"value_basis": "FOB", "value": 10.0})
    assert [(row["value"], row["value_basis"]) for row in rows] == [(10.0, "CIF"), (10.0, "FOB")]


@pytest.mark.parametrize("name", ["units.csv", "value_bases.csv", "currency_reforms.csv", "rate_doubts.csv"])
def test_every_row_of_the_tables_says_why_and_names_its_source(name: str) -> None:
    assert all(row["why"].strip() != "" and row["source"].strip() != "" for row in read_reference("lookups", name))


@given(st.text(max_size=12))
def test_any_text_is_a_weight_or_none(text: str) -> None:
    weight = kilograms(text)
    assert weight is None or weight > 0
