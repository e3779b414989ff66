"""Mapping files: strict reading, every fault at once, and writing back."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from kit.errors import FileError, MappingError
from kit.trade import load_mappings, read_mapping, write_mapping
from kit.trade.mapping import ColumnMap, KnownBy, MappingKind, TradeMapping, header_key, mapping_from

SOUND = """
layout = "own"
title = "An own layout"
kind = "declarations"
known_by = "own"
source = "a letter"
[recognize]
columns = ["Sender", "Receiver"]
[columns]
consignor_name = "Sender"
consignee_name = { from = ["Receiver", "Buyer"] }
"""


def faults_of(text: str) -> str:
    with pytest.raises(MappingError) as refusal:
        mapping_from(tomllib.loads(text), name="own.toml")
    return str(refusal.value)


def test_a_sound_mapping_is_read() -> None:
    mapping = mapping_from(tomllib.loads(SOUND), name="own.toml")
    assert mapping.column("consignee_name") == ColumnMap("consignee_name", ("Receiver", "Buyer"))


def test_all_faults_are_told_at_once() -> None:
    text = (
        SOUND.replace('known_by = "own"', 'known_by = "heard"').replace("consignor_name", "sender_name")
        + 'value = { from = "V", factor = -1 }\n'
    )
    message = faults_of(text)
    assert "known_by is 'heard'" in message
    assert "unknown standard column 'sender_name'" in message
    assert "columns.value.factor is -1" in message


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ('layout = "own"', "the key 'layout' is missing"),
        ('source = "a letter"', "the key 'source' is missing"),
        ('columns = ["Sender", "Receiver"]', "recognize.columns must list"),
    ],
)
def test_a_missing_key_is_named(change: str, fault: str) -> None:
    assert fault in faults_of(SOUND.replace(change, ""))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('date = { from = "D", forms = "x" }', "unknown key columns.date.forms"),
        ('date = { reason = "none" }', "names no source column"),
        ('value = { from = "V", decimal = ";" }', "columns.value.decimal"),
        ('hs_code = { from = "H", pattern = "(" }', "columns.hs_code.pattern"),
        ('net_weight_kg = { from = "W", unit_from = "U" }', "unit_from and unit_factors together"),
        ("origin_country = 7", "columns.origin_country must be"),
    ],
)
def test_a_faulty_column_is_named(line: str, fault: str) -> None:
    assert fault in faults_of(SOUND + line)


def test_a_column_is_not_both_mapped_and_fixed() -> None:
    assert "both mapped and fixed" in faults_of(SOUND + '[fixed]\nconsignor_name = "X"\n')


def test_statistics_need_reporter_partner_flow_period_and_code() -> None:
    message = faults_of(
        SOUND.replace("declarations", "statistics").replace("consignor_name", "reporter").replace("consignee_name", "partner")
    )
    assert "statistics need 'period'" in message
    assert "statistics need 'hs_code'" in message


def test_covers_names_two_columns() -> None:
    assert "covers must name two columns" in faults_of(SOUND + '[covers]\nwhole = "Master"\n')


def test_a_file_that_is_no_toml_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("layout = ", encoding="utf-8")
    with pytest.raises(FileError, match=r"broken\.toml"):
        read_mapping(path)


def test_a_missing_mapping_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no_such"):
        read_mapping(tmp_path / "no_such.toml")


@pytest.mark.parametrize("mapping", load_mappings(), ids=lambda m: m.layout)
def test_a_shipped_mapping_survives_writing_and_reading(mapping: TradeMapping, tmp_path: Path) -> None:
    path = tmp_path / f"{mapping.layout}.toml"
    write_mapping(mapping, path)
    assert read_mapping(path) == mapping


@pytest.mark.parametrize("mapping", load_mappings(), ids=lambda m: m.layout)
def test_a_shipped_mapping_says_how_its_columns_are_known(mapping: TradeMapping) -> None:
    assert mapping.known_by in (KnownBy.SEEN, KnownBy.DOCUMENTED, KnownBy.OWN)
    assert len(mapping.source) > 10


def test_layout_names_are_those_of_the_files() -> None:
    folder = Path(__file__).resolve().parents[2] / "data" / "mappings"
    assert sorted(m.layout for m in load_mappings()) == sorted(p.stem for p in folder.glob("*.toml"))


def test_quotes_and_line_breaks_survive(tmp_path: Path) -> None:
    mapping = mapping_from(tomllib.loads(SOUND), name="own.toml")
    odd = replace(mapping, title='say "no"\nand \\ go', null_marks=('"', "\t", "\x01\x7f\x1b"))
    write_mapping(odd, tmp_path / "odd.toml")
    assert read_mapping(tmp_path / "odd.toml") == odd


def test_headers_compare_without_case_blanks_and_underscores() -> None:
    assert header_key("HS CODE") == header_key("hs_code") == header_key("HSCODE")


def test_kinds_have_their_tables() -> None:
    assert {m.table for m in load_mappings() if m.kind is MappingKind.STATISTICS} == {"flows"}
