"""A view that leaves for a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kit.errors import ExportError
from kit.flows import open_store
from kit.model import RecordKind
from kit.widgets import Explorer
from kit.widgets.explorer import export
from kit.widgets.explorer.export import save_view, view_table
from tests.factory import candidate, declaration, entity, small_case
from tests.widgets.hostile_case import LISTED, hostile_case
from tests.widgets.test_explorer import texts


def selection(store: object) -> object:
    return store.default(RecordKind.DECLARATIONS).but(statuses=(), goods="all")  # type: ignore[attr-defined]


def test_a_cell_that_a_spreadsheet_would_run_is_neutralized(tmp_path: Path) -> None:
    store = open_store(hostile_case(tmp_path))
    rows = pd.read_csv(save_view(store, selection(store), "all"), encoding="utf-8-sig")
    starts = rows["consignee_name"].dropna().str[0]
    assert not starts.isin(["=", "+", "-", "@"]).any()
    assert (starts == "'").any()


def test_persons_are_masked_unless_the_reader_says_otherwise(tmp_path: Path) -> None:
    name = "ИП Петров Пётр Петрович"
    records = [declaration(1, consignor_name=name)]
    case = small_case(tmp_path, declarations=records, candidates=[candidate(name)])
    store = open_store(case)
    assert "masked" in view_table(store, selection(store))["consignor_name"][0]
    assert view_table(store, selection(store), show_persons=True)["consignor_name"][0] == name


def test_each_side_has_the_listed_name_its_list_and_the_similarity_rounded_down(tmp_path: Path) -> None:
    store = open_store(small_case(tmp_path, candidates=[candidate(LISTED, score=0.9999)]))
    rows = view_table(store, selection(store))
    row = rows[rows["consignor_name"] == LISTED].iloc[0]
    told = [row[f"consignor_{part}"] for part in ("listed_name", "list", "score", "found_by")]
    assert told == ["Verolan Trade 1", "letter", "0.99", "name"]
    assert rows["consignee_listed_name"].isna().all()


def test_an_entry_of_a_confidential_list_is_not_named(tmp_path: Path) -> None:
    case = small_case(tmp_path, entities=[entity(is_confidential=True)], candidates=[candidate(LISTED)])
    told = view_table(open_store(case), selection(open_store(case)))["consignor_listed_name"].dropna()
    assert set(told) == {"(confidential list)"}


def test_a_listed_person_is_masked_on_both_sides(tmp_path: Path) -> None:
    person = entity(schema="Person", name="Petr Ivanov")
    records = [declaration(1, consignor_name="PETR IVANOV")]
    case = small_case(tmp_path, entities=[person], declarations=records, candidates=[candidate("PETR IVANOV")])
    row = view_table(open_store(case), selection(open_store(case))).iloc[0]
    assert "masked" in row["consignor_name"] and "masked" in row["consignor_listed_name"]


def test_the_file_begins_with_the_mark_that_lets_excel_read_cyrillic(tmp_path: Path) -> None:
    store = open_store(hostile_case(tmp_path))
    assert save_view(store, selection(store), "all").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_selection_stands_in_a_text_file_beside_the_view(tmp_path: Path) -> None:
    store = open_store(hostile_case(tmp_path))
    path = save_view(store, selection(store), "400 records → from Hong Kong: 57")
    about = path.with_suffix(".about.txt").read_text(encoding="utf-8-sig")
    assert "Rows: 400 records → from Hong Kong: 57" in about
    assert "400 records" not in path.read_text(encoding="utf-8")


def test_a_file_with_persons_says_so_in_its_name_and_on_the_screen(tmp_path: Path) -> None:
    explorer = Explorer(hostile_case(tmp_path))
    explorer.status.act("export", None, {"show_persons": True})
    assert [path.name for path in (explorer.store.case.folder / "output").glob("working_copy_WITH_PERSONS_*.csv")]
    assert "its name says WITH_PERSONS" in texts(explorer.status.tree)


def test_the_browser_gets_the_file_with_its_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    explorer, sent = Explorer(hostile_case(tmp_path)), []
    monkeypatch.setattr(explorer.status, "download", lambda _, text: sent.append(text))
    explorer.status.act("export", None, {})
    assert [text[0] for text in sent] == ["\ufeff"]


def test_a_view_that_is_too_long_is_refused_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 10)
    store = open_store(hostile_case(tmp_path))
    with pytest.raises(ExportError, match="Narrow the filters"):
        view_table(store, selection(store))
