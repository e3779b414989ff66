"""A view that leaves for a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kit.errors import ExportError
from kit.flows import open_store
from kit.model import RecordKind
from kit.widgets.explorer import export
from kit.widgets.explorer.export import save_view, view_table
from tests.factory import candidate, declaration, entity, small_case
from tests.widgets.hostile_case import hostile_case


def selection(store: object) -> object:
    return store.default(RecordKind.DECLARATIONS).but(statuses=(), goods="all")  # type: ignore[attr-defined]


def test_a_cell_that_a_spreadsheet_would_run_is_neutralized(tmp_path: Path) -> None:
    store = open_store(hostile_case(tmp_path))
    rows = pd.read_csv(save_view(store, selection(store)), encoding="utf-8-sig")
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


def test_the_list_entry_stays_in_the_case(tmp_path: Path) -> None:
    store = open_store(hostile_case(tmp_path))
    assert not any("entity" in column or "list" in column for column in view_table(store, selection(store)).columns)


def test_a_view_that_is_too_long_is_refused_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 10)
    store = open_store(hostile_case(tmp_path))
    with pytest.raises(ExportError, match="Narrow the filters"):
        view_table(store, selection(store))


__all__ = ["entity"]
