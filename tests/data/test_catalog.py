"""Bundled files are what the catalog says: hash, number of rows, and nothing beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.files import read_sheet, sha256
from kit.lists.letters import propose_letter
from kit.reference import DATA, read_reference
from kit.sources import Source, catalog, source
from kit.trade import bundled

BUNDLED = [entry for entry in catalog() if entry.is_bundled]


@pytest.mark.parametrize("entry", BUNDLED, ids=lambda entry: entry.key)
def test_hash_of_a_bundled_file_holds(entry: Source) -> None:
    assert sha256(DATA / str(entry.file)) == entry.sha256, "run python scripts/stamp_catalog.py if the change is wanted"


def rows_of(path: Path) -> int:
    """Rows of a bundled file; of a letter the entries taken."""
    if path.suffix == ".pdf":
        return len(propose_letter(path).taken)
    return bundled.read(path).rows_read if path.suffix == ".parquet" else len(read_sheet(path).rows)


@pytest.mark.parametrize("entry", BUNDLED, ids=lambda entry: entry.key)
def test_rows_of_a_bundled_file_are_within_bounds(entry: Source) -> None:
    path = DATA / str(entry.file)
    count = rows_of(path)
    assert entry.rows is not None
    assert entry.rows[0] <= count <= entry.rows[1]


def test_every_file_in_public_and_training_is_in_the_catalog() -> None:
    here = {f"{folder}/{path.name}" for folder in ("public", "training") for path in (DATA / folder).iterdir()}
    assert here == {entry.file for entry in BUNDLED}


def test_every_bundled_file_is_in_the_readme() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    for entry in BUNDLED:
        name = str(entry.file).split("/")[1]
        count = rows_of(DATA / str(entry.file))
        assert f"| `{name}` | {count:,} |" in text, name


def test_licence_note_names_every_public_file() -> None:
    text = (DATA.parent / "DATA_LICENSE.md").read_text(encoding="utf-8")
    assert [e.key for e in BUNDLED if e.kind.value == "public" and f"data/{e.file}" not in text] == []


def test_nothing_non_commercial_is_bundled() -> None:
    assert [entry.key for entry in BUNDLED if "NC" in entry.license] == []
    assert "CC BY-NC" in source("ua_war_sanctions").license


def test_every_list_that_a_reader_names_is_in_the_catalog() -> None:
    known = {entry.key for entry in catalog()}
    assert sorted({row["list_id"] for row in read_reference("lookups", "list_topics.csv")} - known) == []
