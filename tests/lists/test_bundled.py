"""The reader of the bundled list."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kit.errors import FileError, FormatError
from kit.lists import recognize
from kit.lists.readers import bundled
from kit.model import FileRole

ROW = {
    "entry_id": "el-7", "authority": "BIS", "source_list": "Entity List", "source_number": "", "name": "Velmora Trading Ltd",
    "aliases": "Velmora; ВЕЛМОРА", "countries": "HK; CN", "programs": "", "license_requirement": "All items (See § 746.8(a)(3))",
    "license_policy": "Policy of denial", "citation": "88 FR 100; 89 FR 200", "chosen_by": "bis_russia_rule",
    "chosen_by_words": "All items (See § 746.8(a)(3))", "remark": "", "source_edition": "2026-07-31", "source_file": "csl.csv",
    "line_in_source": "7", "source_url": "https://www.bis.gov/", "license": "public domain",
}  # fmt: skip


def write(folder: Path, *rows: dict[str, str], columns: tuple[str, ...] = bundled.COLUMNS) -> Path:
    path = folder / "us_russia_parties.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, extrasaction="ignore")
        table.writeheader()
        table.writerows(ROW | row for row in rows)
    return path


def first(path: Path, table: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = bundled.read(path).tables[table].to_pylist()
    return rows[0]


def test_it_is_known_by_its_columns(tmp_path: Path) -> None:
    assert bundled.recognizes(write(tmp_path, {}))
    assert not bundled.recognizes(write(tmp_path, {}, columns=bundled.COLUMNS[:-1]))


def test_other_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="bundled list"):
        bundled.read(write(tmp_path, {}, columns=bundled.COLUMNS[:-1]))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"gone\.csv"):
        bundled.read(tmp_path / "gone.csv")


def test_the_kit_finds_its_reader(tmp_path: Path) -> None:
    assert recognize(write(tmp_path, {})) == "bundled"


def test_it_is_a_list_with_its_edition_as_version(tmp_path: Path) -> None:
    result = bundled.read(write(tmp_path, {}))
    assert (result.role, result.version, result.rows_read) == (FileRole.LIST, "2026-07-31", 1)


def test_an_entry_keeps_its_number_territories_and_line(tmp_path: Path) -> None:
    entity = first(write(tmp_path, {}), "entities")
    assert (entity["entity_id"], entity["countries"], entity["source_row"]) == ("us_russia_parties:el-7", ["HK", "CN"], 2)


def test_every_alias_is_a_name_in_its_script(tmp_path: Path) -> None:
    names = bundled.read(write(tmp_path, {})).tables["names"].to_pylist()
    assert [(n["name"], n["kind"], n["script"]) for n in names] == [
        ("Velmora Trading Ltd", "name", "Latin"),
        ("Velmora", "alias", "Latin"),
        ("ВЕЛМОРА", "alias", "Cyrillic"),
    ]


def test_the_first_notice_gives_a_year_and_no_day(tmp_path: Path) -> None:
    sanction = first(write(tmp_path, {}), "sanctions")
    assert sanction["listing_date"] is None
    assert (sanction["listed_not_before"], sanction["listed_not_after"]) == (date(2023, 1, 1), date(2023, 12, 31))


def test_without_a_notice_the_date_is_unknown(tmp_path: Path) -> None:
    sanction = first(write(tmp_path, {"citation": ""}), "sanctions")
    assert (sanction["listing_date"], sanction["listed_not_before"], sanction["listed_not_after"]) == (None, None, None)


def test_the_reason_says_the_rule_and_its_words(tmp_path: Path) -> None:
    reason = first(write(tmp_path, {}), "sanctions")["reason"]
    assert "names a Russia rule" in reason
    assert reason.endswith("All items (See § 746.8(a)(3))")


def test_an_untyped_entry_counts_as_a_person_for_masking(tmp_path: Path) -> None:
    assert first(write(tmp_path, {}), "entities")["schema"] == "LegalEntity"


def test_an_unknown_territory_leaves_the_entry_in(tmp_path: Path) -> None:
    result = bundled.read(write(tmp_path, {"countries": "HK; NOWHERE"}))
    assert result.tables["entities"]["countries"].to_pylist() == [["HK"]]
    assert "NOWHERE" in result.rejects["reason"][0].as_py()


def test_a_confidential_list_says_so(tmp_path: Path) -> None:
    result = bundled.read(write(tmp_path, {}), list_id="mine", is_confidential=True)
    assert result.tables["entities"].select(["list_id", "is_confidential"]).to_pylist() == [
        {"list_id": "mine", "is_confidential": True}
    ]
