"""Every real file in scope is told for what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit import pipeline
from tests.shared_files import shared

LISTS = {
    "csl_2026-07-31_compact.csv": ("csl", 25_921), "csl_consolidated_sample.csv": ("csl", 13), "csl_old_sample.csv": ("csl", 115),
    "ofac_sdn.csv": ("ofac", 7_379), "ofac_cons_prim.csv": ("ofac", 442), "bis_mieu.csv": ("bis_mieu", 13),
    "bis_dpl.txt": ("bis_dpl", 546), "eu_journal_32014R0269.csv": ("eu_journal", 2_802),
    "eu_journal_32014R0833.csv": ("eu_journal", 1_718), "eu_journal_32006R0765.csv": ("eu_journal", 407),
    "un_consolidated.xml": ("un_xml", 1_003),
    "opensanctions_ua_war_sanctions_targets_simple_2026-03-13.csv": ("opensanctions_simple", 5_600),
}  # fmt: skip
STATISTICS = {
    "armenia_trade_by_country_monthly_2007_2024.csv.gz": 56_734, "comtrade_monthly_armenia_8703_2017_2023.csv.gz": 10_405,
    "comtrade_legacy_export_sample_848620_903082_903141_2016_2020.csv.gz": 2_863,
    "eurostat_comext_electronics_cn8_monthly_2020-01_2022-11.csv.gz": 47_595,
    "eurostat_comext_total_monthly_2019-01_2024-08.csv": 12_635, "imf_imts_russia_by_partner_2016_2024.csv": 3_331,
}  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize("name", LISTS)
def test_real_list_is_read_completely(name: str) -> None:
    found = pipeline.inspect(shared("data", "lists", name))
    assert (found["role"], found["reader"], found["rows_read"]) == ("list", *LISTS[name])


@pytest.mark.shared
@pytest.mark.parametrize("name", STATISTICS)
def test_real_statistics_are_read(name: str) -> None:
    found = pipeline.inspect(shared("data", "trade", name))
    assert (found["role"], found["rows_read"]) == ("statistics", STATISTICS[name])


@pytest.mark.shared
def test_every_workbook_of_the_vendor_is_read_with_no_manual_step() -> None:
    found = [pipeline.inspect(path) for path in sorted(shared("data", "trade", "eximpedia_samples", "xlsx").glob("*.xlsx"))]
    assert len(found) == 24
    assert {file["role"] for file in found} == {"declarations"}
    assert sum(file["rows_rejected"] for file in found) == 0


def test_xml_of_an_unknown_kind_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "plums.xml"
    path.write_text('<?xml version="1.0"?><Plums><Plum/></Plums>', encoding="utf-8")
    found = pipeline.inspect(path)
    assert found["role"] == "unknown"
    assert "outermost element is 'Plums'; the kit knows no list that has it" in found["message"]
