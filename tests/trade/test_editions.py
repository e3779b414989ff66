"""Codes and totals carried between HS 2012, 2017 and 2022: bounds where a link is wide, missing where none exists."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit import tables
from kit.codes import carried, counterparts, edition_of, priority_codes
from kit.errors import TableError
from kit.reference import DATA, read_reference
from kit.trade.editions import baselines, carry
from tests.factory import flow
from tests.shared_files import shared, shared_folder

NEW_CODES = ("854800", "852589", "854149", "854151", "854159", "880730")


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    out: pd.DataFrame = tables.from_rows("flows", [flow(n, **row) for n, row in enumerate(rows, 1)]).to_pandas()
    return out


def old(code: str, value: float | None = 100.0, period: str = "2021-05") -> dict[str, Any]:
    return {"hs_code": code, "hs_level": 6, "hs_version": "HS2017", "value": value, "period": period}


def bounds(found: pd.DataFrame) -> dict[str, tuple[float, float]]:
    return {row["hs_code"]: (row["value_low"], row["value_high"]) for row in found.to_dict("records")}


# -- links ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "whole", "partly"),
    [
        ("880730", ("880330",), ()),
        ("854800", ("854890",), ()),
        ("852589", (), ("852580",)),
        ("854149", (), ("854140",)),
        ("854151", (), ("854150",)),
        ("854159", (), ("854150",)),
    ],
)
def test_the_six_new_priority_codes_have_one_predecessor_each(code: str, whole: tuple[str, ...], partly: tuple[str, ...]) -> None:
    found = carried(code, "HS2017", "HS2022")
    assert (found.whole, found.partly) == (whole, partly)
    assert found.is_exact is (len(whole) > 0)


def test_every_other_priority_code_keeps_number_and_scope_since_2012() -> None:
    for code in (c.hs_code for c in priority_codes()):
        if code not in NEW_CODES:
            for older in ("HS2017", "HS2012"):
                assert (carried(code, older, "HS2022").whole, carried(code, older, "HS2022").partly) == ((code,), ()), code


def test_drones_have_no_baseline() -> None:
    found = carried("880621", "HS2017", "HS2022")
    assert (found.whole, found.partly) == ((), ())
    assert found.sentence.startswith("No baseline for 880621")


def test_a_new_number_does_not_exist_in_the_older_edition() -> None:
    assert counterparts("880330", "HS2017", "HS2022") == ("880730",)
    assert "880330" not in counterparts("880330", "HS2017", "HS2022")


def test_telephones_of_2017_were_split_and_their_parts_are_whole_backwards() -> None:
    assert set(counterparts("851712", "HS2017", "HS2022")) >= {"851713", "851714"}
    assert counterparts("851713", "HS2022", "HS2017") == ("851712",)


def test_a_code_that_no_table_names_is_carried_as_it_is() -> None:
    assert counterparts("080440", "HS2012", "HS2022") == ("080440",)


def test_links_of_legal_notes_are_not_used() -> None:
    assert counterparts("852990", "HS2022", "HS2017") == ("852990",)
    assert counterparts("854921", "HS2022", "HS2017") == ()


codes_known = sorted({row["hs_code"] for row in read_reference("reference", "hs_links.csv")})


@given(
    st.sampled_from(codes_known), st.sampled_from(["HS2012", "HS2017", "HS2022"]), st.sampled_from(["HS2012", "HS2017", "HS2022"])
)
def test_links_hold_in_both_directions(code: str, a: str, b: str) -> None:
    for other in counterparts(code, a, b):
        assert code in counterparts(other, b, a)
    found = carried(code, a, b)
    assert set(found.whole).isdisjoint(found.partly)


@pytest.mark.parametrize(
    ("word", "edition"),
    [
        ("HS2022", "HS2022"),
        ("CN2022", "HS2022"),
        ("CN2021", "HS2017"),
        ("H5", "HS2017"),
        ("HS 2012", "HS2012"),
        ("CN2016", "HS2012"),
    ],
)
def test_words_of_tables_name_editions(word: str, edition: str) -> None:
    assert edition_of(word) == edition


@pytest.mark.parametrize("word", ["", None, "HS1996", "SITC", "S4", "CN1999"])
def test_other_words_name_none(word: str | None) -> None:
    assert edition_of(word) is None


# -- totals ---------------------------------------------------------------------


def test_a_renamed_code_is_carried_whole() -> None:
    found = carry(frame(old("880330")), to="HS2022")
    assert bounds(found) == {"880730": (100.0, 100.0)}
    assert found["basis"].tolist() == ["880730 was 880330 in HS2017, wholly."]


def test_a_split_code_gives_bounds_for_each_part() -> None:
    found = bounds(carry(frame(old("854140")), to="HS2022"))
    assert found == dict.fromkeys(("854141", "854142", "854143", "854149"), (0.0, 100.0))


def test_parts_are_added_up_backwards() -> None:
    rows = [{**old(code, 10.0, "2022-05"), "hs_version": "HS2022"} for code in ("854141", "854142", "854143", "854149")]
    assert bounds(carry(frame(*rows), to="HS2017")) == {"854140": (40.0, 40.0)}


def test_a_code_without_counterpart_is_kept_without_a_figure() -> None:
    found = carry(frame({**old("880621", 7.0, "2022-05"), "hs_version": "HS2022"}), to="HS2017")
    assert found["hs_code"].tolist() == ["880621"]
    assert found["value_high"].isna().all()
    assert "cannot be carried" in found["basis"][0]


def test_a_missing_figure_stays_missing() -> None:
    assert carry(frame(old("880330", None)), to="HS2022")["value_high"].isna().all()


def test_eight_digits_are_summed_to_six_before_they_are_carried() -> None:
    rows = [{**old("88033000", 1.0), "hs_level": 8}, {**old("88033090", 2.0), "hs_level": 8}]
    assert bounds(carry(frame(*rows))) == {"880730": (3.0, 3.0)}


def test_mixed_levels_are_refused() -> None:
    with pytest.raises(TableError, match="6, 8 digits"):
        carry(frame(old("880330"), {**old("88033000"), "hs_level": 8}))


def test_an_unknown_edition_is_refused_and_can_be_given() -> None:
    rows = frame({**old("880330"), "hs_version": None})
    with pytest.raises(TableError, match="names no edition"):
        carry(rows)
    assert bounds(carry(rows, edition="HS2017")) == {"880730": (100.0, 100.0)}


def test_the_combined_nomenclature_is_in_the_edition_of_its_year() -> None:
    rows = [{**old("88033000", 1.0, "2021-12"), "hs_level": 8}, {**old("88073000", 2.0, "2022-01"), "hs_level": 8}]
    found = carry(frame(*({**row, "hs_version": "CN"} for row in rows)))
    assert found[["period", "hs_code", "value_low", "value_high"]].values.tolist() == [
        ["2021-12", "880730", 1.0, 1.0],
        ["2022-01", "880730", 2.0, 2.0],
    ]
    with pytest.raises(TableError, match="CN1999"):
        carry(frame({**old("880330", 1.0, "1999-01"), "hs_version": "CN"}))


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(codes_known), st.floats(0, 1e9)), min_size=1, max_size=12))
def test_the_lower_bound_is_never_above_the_upper_and_duckdb_agrees(rows: list[tuple[str, float]]) -> None:
    table = frame(*(old(code, value) for code, value in rows))
    found = carry(table)
    assert (found["value_low"].fillna(0) <= found["value_high"].fillna(0) + 1e-6).all()
    other = carry(duckdb.from_df(table))
    assert found["hs_code"].tolist() == other["hs_code"].tolist()
    assert found["value_high"].fillna(-1).tolist() == pytest.approx(other["value_high"].fillna(-1).tolist())


# -- the bundled Eurostat figures -----------------------------------------------


def bundled() -> Any:
    return duckdb.read_parquet(str(DATA / "public" / "eurostat_priority_exports.parquet"))


def test_aircraft_parts_begin_in_2022_and_have_no_baseline_in_the_bundled_figures() -> None:
    found = baselines(bundled()).set_index("hs_code")
    row = found.loc["880730"]
    assert (row["begins"], row["before"], row["held"], row["is_comparable"]) == ("2022-01", "880330", "", False)
    assert "These records hold no 880330: no baseline here." in row["sentence"]
    assert found.loc["854239", "is_comparable"]
    assert not found.loc["854151", "is_comparable"]


def test_the_sum_of_the_bundled_figures_is_kept_where_codes_are_the_same() -> None:
    found = carry(bundled())
    plain = found[found["value_low"] == found["value_high"]]["value_high"].sum()
    assert plain == pytest.approx(bundled().aggregate("sum(value)").fetchall()[0][0])


@pytest.mark.shared
def test_the_committed_links_are_what_the_script_makes(tmp_path: Path) -> None:
    shared("data", "reference", "hs6_concordance_2007_2012_2017_2022.csv.gz")
    script = DATA.parent / "scripts" / "make_hs_links.py"
    environment = {**os.environ, "KIT_SHARED": str(shared_folder())}
    done = subprocess.run([sys.executable, str(script), str(tmp_path)], capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "hs_links.csv").read_bytes() == (DATA / "reference" / "hs_links.csv").read_bytes()


@pytest.mark.shared
def test_aircraft_parts_are_carried_over_the_change_of_edition_without_a_break() -> None:
    path = shared("data", "trade", "eurostat_comext_eu27_to_ru_and_6_neighbours_2020-01_2022-11.parquet")
    rows = duckdb.read_parquet(str(path)).filter("level = 'hs8' AND code[1:6] IN ('880330', '880730') AND partner = 'RU'")
    flows = rows.project(
        "reporter, partner, flow, period, 'EUR' AS currency, code AS hs_code, 8 AS hs_level, "
        "CASE WHEN period < '2022' THEN 'CN2021' ELSE 'CN2022' END AS hs_version, value_eur AS value"
    )
    found = carry(flows)
    assert set(found["hs_code"]) == {"880730"}
    assert (found["value_low"] == found["value_high"]).all()
    before = found[found["period"] < "2022"]["value_low"].sum()
    assert before == rows.filter("code[1:6] = '880330'").aggregate("sum(value_eur)").fetchall()[0][0] > 0
    assert baselines(flows)["is_comparable"].all()
