from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from kit import pipeline, tables
from kit.case import Case
from kit.errors import SelectionError
from kit.flows import CHECKS, Quality
from kit.model import FileRole
from kit.parties import describe_case
from kit.tables import ReadResult
from tests import factory


def case_of(folder: Path, rows: list[dict[str, Any]], rejects: list[dict[str, Any]] | None = None) -> Case:
    case = Case.create(folder / "case")
    path = folder / "imports.csv"
    path.write_text(repr(rows), encoding="utf-8")
    refused = tables.from_rows("rejects", rejects or [])
    found = {"declarations": tables.from_rows("declarations", rows)}
    case.add(ReadResult(FileRole.DECLARATIONS, "factory", found, refused, rows_read=len(rows)), path)
    return case


def rows_of(quality: Quality, check: str) -> int:
    counted = quality.checks().set_index("check")["rows"]
    return int(counted[check])


@pytest.mark.parametrize(
    ("check", "changes"),
    [
        ("no consignor", {"consignor_name": None}),
        ("no consignee", {"consignee_name": None}),
        ("no HS code", {"hs_code": None}),
        ("no value", {"value": None, "value_usd": None}),
        ("no US dollars", {"value_usd": None}),
        ("no net weight", {"net_weight_kg": None}),
        ("no route", {"destination_country": None}),
        ("no date", {"date": None}),
        ("date out of range", {"date": dt.date(1900, 1, 1)}),
        ("date out of range", {"date": dt.date(2999, 1, 1)}),
    ],
)
def test_each_gap_is_counted_and_followed_to_its_row(tmp_path: Path, check: str, changes: dict[str, Any]) -> None:
    quality = Quality(case_of(tmp_path, [factory.declaration(1), factory.declaration(2, **changes), factory.declaration(3)]))
    assert rows_of(quality, check) == 1
    assert quality.rows(check)["source_row"].tolist() == [3]


def test_dates_can_be_given(tmp_path: Path) -> None:
    quality = Quality(
        case_of(tmp_path, [factory.declaration(n) for n in (1, 2, 3)]), dates=(dt.date(2023, 2, 1), dt.date(2023, 2, 28))
    )
    assert rows_of(quality, "date out of range") == 2


def test_rows_left_out_of_sums_do_not_count_as_gaps(tmp_path: Path) -> None:
    rows = [factory.declaration(1), factory.declaration(2, repeat_of="D1", consignee_name=None)]
    quality = Quality(case_of(tmp_path, rows))
    assert rows_of(quality, "no consignee") == 0
    assert quality.files()[["counted", "left_out"]].values.tolist() == [[1, 1]]
    assert quality.left_out()[["kind", "rows"]].values.tolist() == [["repeat", 1]]


def test_rejects_are_grouped_by_reason_without_their_values(tmp_path: Path) -> None:
    refused = [
        {"source_file": "imports.csv", "source_row": n, "reason": f"'{n}.13.2023' is no date", "content": None} for n in (7, 8)
    ]
    quality = Quality(case_of(tmp_path, [factory.declaration(1)], refused))
    assert quality.rejects().values.tolist() == [["imports.csv", "… is no date", 2]]
    assert quality.files()["rejected"].tolist() == [2]


def test_sums_by_file_and_by_month_agree_with_the_whole(tmp_path: Path) -> None:
    rows = [
        factory.declaration(n, consignee_name=None if n % 3 == 0 else "OOO A", source_file=f"f{n % 2}.csv") for n in range(1, 13)
    ]
    quality = Quality(case_of(tmp_path, rows))
    whole = quality.checks().set_index("check")["rows"].to_dict()
    assert quality.by_file().groupby("check")["rows"].sum().to_dict() == whole
    assert quality.by_month().groupby("check")["rows"].sum().to_dict() == whole


def test_no_declarations_give_no_rows(tmp_path: Path) -> None:
    quality = Quality(Case.create(tmp_path / "empty"))
    assert quality.checks()["rows"].sum() == 0
    assert len(quality.by_month()) == 0


def test_unknown_check_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SelectionError, match="no consignee"):
        Quality(Case.create(tmp_path / "empty")).rows("no sense")


def test_parties_are_described_once_and_counted_by_kind(tmp_path: Path) -> None:
    names = ("DEMO LOGISTICS LLC", "OOO A INN 7707083893", "TO ORDER", "LLC КORVON")
    case = case_of(tmp_path, [factory.declaration(n, consignee_name=name) for n, name in enumerate(names, 1)])
    described = describe_case(case)
    assert described.equals(describe_case(case))
    assert len(described) == 5
    quality = Quality(case)
    assert quality.kinds_of_parties().set_index("kind")["names"].to_dict() == {
        "unknown": 3, "forwarder or carrier": 1, "to order": 1,
    }  # fmt: skip
    assert quality.numbers_of_parties().values.tolist() == [["inn", 1, 1, 0, 0]]
    facts = quality.facts_of_parties().set_index("fact")["names"]
    assert facts[facts > 0].to_dict() == {
        "seems a forwarder or carrier": 1, "to order, nobody named": 1, "a number in the name": 1, "two alphabets in one word": 1,
    }  # fmt: skip


def test_counts_of_the_training_case_are_those_of_its_tables(tmp_path: Path) -> None:
    case = pipeline.open_bundled("training", tmp_path)
    declarations: pa.Table = case.read("declarations")
    counted = declarations.filter(pc.is_null(declarations["repeat_of"]))
    quality = Quality(case)
    found = quality.checks().set_index("check")
    assert found["of"].unique().tolist() == [len(counted)]
    assert found["rows"]["no consignee"] == counted["consignee_name"].null_count == 540
    assert found["rows"]["no HS code"] == counted["hs_code"].null_count
    files = quality.files()
    assert files["counted"].sum() == len(counted)
    assert files["left_out"].sum() == len(declarations) - len(counted) == len(case.read("dropped"))
    assert quality.kinds_of_parties()["names"].sum() == len(case.read("parties"))
    assert set(found.index) == set(CHECKS)
