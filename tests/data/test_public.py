"""The bundled real data: which rows were chosen, and that they hold what their source says."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from kit.files import read_sheet
from kit.lists.readers import bundled as listed
from kit.lists.readers import bundled_eu as annex_reader
from kit.reference import DATA, read_reference
from kit.trade import bundled, documented
from tests.shared_files import shared

PUBLIC = DATA / "public"
PARTIES = read_sheet(PUBLIC / "us_russia_parties.csv").rows.to_pylist()
FLOWS = read_sheet(PUBLIC / "documented_flows.csv").rows.to_pylist()
RULE = re.compile(r"746\.8|734\.9\s*\(g\)|supplement no\. 7 to part 746")


# ---- Annex IV of the EU ----

ANNEX = read_sheet(PUBLIC / "eu_annex_iv.csv").rows.to_pylist()


def test_every_entry_of_the_annex_has_its_day_and_its_number() -> None:
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", row["listing_date"]) is not None for row in ANNEX)
    assert len({row["entry_id"] for row in ANNEX}) == len(ANNEX) == 921
    assert all(row["citation"].startswith("Regulation (EU) No 833/2014, Annex IV, entry ") for row in ANNEX)


def test_the_annex_is_read_whole_with_dates_and_numbers() -> None:
    result = annex_reader.read(PUBLIC / "eu_annex_iv.csv")
    assert (result.rows_read, len(result.rejects), result.version) == (921, 0, "2026-04-24")
    assert result.tables["sanctions"].column("listing_date").null_count == 0
    assert len(result.tables["identifiers"]) > 800


# ---- parties on a US list ----


def test_there_are_at_least_700_parties() -> None:
    assert len(PARTIES) >= 700


def test_no_party_has_an_address_in_russia_or_belarus() -> None:
    assert [p["name"] for p in PARTIES if {"RU", "BY"} & set((p["countries"] or "").split("; "))] == []


def test_an_entity_list_entry_rests_on_the_words_of_a_russia_rule() -> None:
    rows = [p for p in PARTIES if p["chosen_by"] == "bis_russia_rule"]
    assert len(rows) > 100
    assert [p["name"] for p in rows if RULE.search(p["chosen_by_words"]) is None] == []
    assert {p["authority"] for p in rows} == {"BIS"}


def test_an_sdn_rests_on_a_russia_program() -> None:
    programs = {row["program"] for row in read_reference("lookups", "russia_programs.csv")}
    rows = [p for p in PARTIES if p["chosen_by"] == "ofac_russia_program"]
    assert len(rows) > 500
    assert all(set(p["chosen_by_words"].split("; ")) <= programs for p in rows)


def test_every_party_has_edition_line_and_official_address() -> None:
    for party in PARTIES:
        assert party["source_edition"] == "2026-07-31"
        assert party["line_in_source"].isdigit()
        assert party["source_url"].startswith(("https://www.bis.gov/", "https://sanctionslist.ofac.treas.gov/"))


def test_no_address_only_entry_became_a_name() -> None:
    assert [p["name"] for p in PARTIES if re.fullmatch(r"Address \d+", p["name"]) is not None] == []


def test_entry_ids_are_unique() -> None:
    assert len({p["entry_id"] for p in PARTIES}) == len(PARTIES)


def test_the_list_is_read_whole() -> None:
    result = listed.read(PUBLIC / "us_russia_parties.csv")
    assert result.rows_read == len(PARTIES)
    assert len(result.rejects) == 0
    assert result.version == "2026-07-31"


@pytest.mark.shared
def test_parties_are_facts_of_the_edition_that_they_name() -> None:
    source = read_sheet(shared("data", "lists", "csl_2026-07-31_compact.csv")).rows.to_pylist()
    by_line = {row["source_row"]: row for row in source}
    for party in PARTIES:
        row = by_line[int(party["line_in_source"])]
        assert (row["name"], row["source"], row["source_list_url"]) == (party["name"], party["source_list"], party["source_url"])


# ---- Eurostat ----


def test_priority_exports_are_eight_digits_of_the_priority_list_only() -> None:
    table = bundled.read(PUBLIC / "eurostat_priority_exports.parquet").tables["flows"]
    priority = {row["hs_code"] for row in read_reference("reference", "priority_goods.csv")}
    assert set(table["hs_level"].to_pylist()) == {8}
    assert {code[:6] for code in table["hs_code"].to_pylist()} <= priority
    assert set(table["flow"].to_pylist()) == {"export"}


def test_no_reporter_is_a_sum_of_others() -> None:
    for name in ("eurostat_priority_exports.parquet", "eurostat_total_exports.parquet"):
        reporters = set(bundled.read(PUBLIC / name).tables["flows"]["reporter"].to_pylist())
        assert "EU27" not in reporters
        assert len(reporters) in (27, 28)


def test_a_cell_stands_once() -> None:
    for name in ("eurostat_priority_exports.parquet", "eurostat_total_exports.parquet"):
        table = bundled.read(PUBLIC / name).tables["flows"]
        cells = table.group_by(["reporter", "partner", "flow", "period", "hs_code"]).aggregate([])
        assert len(cells) == len(table)


def exports_to(partner: str, code: str, year: str) -> int:
    table = bundled.read(PUBLIC / "eurostat_priority_exports.parquet").tables["flows"]
    month = pc.utf8_slice_codeunits(table["period"], 5, 7)
    kept = table.filter(
        pc.and_(
            pc.and_(pc.equal(table["partner"], partner), pc.starts_with(table["hs_code"], code)),
            pc.and_(pc.starts_with(table["period"], year), pc.and_(pc.greater_equal(month, "03"), pc.less_equal(month, "11"))),
        )
    )
    return int(pc.sum(kept["value"]).as_py())


@pytest.mark.parametrize(
    ("partner", "before", "after"), [("AM", 5_111, 1_984_038), ("KG", 30_326, 1_017_532), ("KZ", 348_773, 3_551_408)]
)
def test_exports_of_854239_are_what_the_source_shows(partner: str, before: int, after: int) -> None:
    assert (exports_to(partner, "854239", "2021"), exports_to(partner, "854239", "2022")) == (before, after)


def test_values_are_euro_as_published_and_dollars_are_added_on_reading() -> None:
    path = PUBLIC / "eurostat_priority_exports.parquet"
    assert pq.read_table(path)["value_usd"].null_count == pq.read_metadata(path).num_rows
    table = bundled.read(path).tables["flows"]
    assert set(table["currency"].to_pylist()) == {"EUR"}
    assert table["value_usd"].null_count == table["value"].null_count
    assert {text.split(",")[0] for text in table["usd_rate_source"].to_pylist()} == {"European Central Bank"}


def test_the_parquet_file_itself_says_whose_figures_it_holds() -> None:
    assert b"Eurostat" in (pq.read_schema(PUBLIC / "eurostat_priority_exports.parquet").metadata or {})[b"source"]


# ---- documented flows ----


def named(row: dict[str, str | None]) -> list[str]:
    return [
        name for party in ("consignor", "intermediary", "consignee", "end_user") if (name := row[f"{party}_name"]) is not None
    ]


def test_every_firm_of_an_investigation_is_covered_by_a_list_entry() -> None:
    for row in FLOWS:
        if row["source_kind"] == "investigation_full_text":
            covered = [part.split(" = ")[0] for part in row["covered_by"].split(" | ")]
            assert covered == named(row), row["flow_id"]


def test_legal_acts_and_investigations_are_the_only_sources() -> None:
    counts = Counter(row["source_kind"] for row in FLOWS)
    assert set(counts) == {"eu_legal_act", "investigation_full_text"}
    assert counts["eu_legal_act"] == 53


def test_goods_of_an_investigation_name_no_maker() -> None:
    plain = {"US", "EU", "HS", "CNC", "FPGAs", "Taiwanese"}
    for row in FLOWS:
        if row["source_kind"] == "investigation_full_text":
            words = re.findall(r"\b[A-Z][\w-]*", row["goods"])
            assert set(words) <= plain, row["goods"]


def test_notes_of_an_investigation_name_no_firm_beside_the_covered_ones() -> None:
    plain = {"US", "USD", "California", "Russian", "Kazan", "Perm"}
    for row in FLOWS:
        if row["source_kind"] == "investigation_full_text" and row["note"] is not None:
            words = set(re.findall(r"\b[A-Z][\w-]*", row["note"])) - plain
            assert all(any(word in name for name in named(row)) or word in {"Device", "Consulting"} for word in words), row[
                "note"
            ]


def test_every_documented_flow_has_a_source_with_address() -> None:
    assert [row["flow_id"] for row in FLOWS if not row["source_url"].startswith("https://")] == []


def test_documented_flows_are_read_whole() -> None:
    result = documented.read(PUBLIC / "documented_flows.csv")
    assert (result.rows_read, len(result.rejects)) == (len(FLOWS), 0)


# ---- made again ----


@pytest.mark.shared
def test_public_files_can_be_made_again(tmp_path: Path) -> None:
    shared("data", "lists")
    script = DATA.parent / "scripts" / "make_public.py"
    subprocess.run([sys.executable, str(script), "--out", str(tmp_path)], check=True, capture_output=True)
    for made in sorted(tmp_path.iterdir()):
        kept = PUBLIC / made.name
        if made.suffix == ".parquet":  # the bytes depend on the writer's version, the rows do not
            assert pq.read_table(made).equals(pq.read_table(kept)), made.name
        else:
            assert made.read_bytes() == kept.read_bytes(), made.name
