"""Looking at a file before it counts: wherever it is cut, it is no whole file any more."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.sources import Form, Layout, Source, source
from kit.sources.checks import examine
from tests.sources.serving import Board, a_list

CELL = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=12)
ROWS = st.lists(st.tuples(CELL, CELL, CELL), min_size=3, max_size=8)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def entry(layout: Layout, item: str = "") -> tuple[Source, Form]:
    made = a_list(Board("https://lists.invalid"), layout=layout, item=item)
    return made, replace(made.forms[0], columns=("a", "b", "c") if layout is Layout.CSV else ())


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@quick
@given(rows=ROWS)
def test_a_whole_table_passes_and_its_rows_are_counted(tmp_path: Path, rows: list[tuple[str, str, str]]) -> None:
    path = tmp_path / "list.csv"
    lines = [",".join(quoted(cell) for cell in row) for row in rows]
    path.write_text("\n".join(["a,b,c", *lines, ""]), encoding="utf-8", newline="")
    found = examine(path, *entry(Layout.CSV))
    assert (found.broken, found.changed, found.count) == ((), (), len(rows))


@quick
@given(rows=ROWS, data=st.data())
def test_a_table_cut_anywhere_within_a_line_is_found_out(
    tmp_path: Path, rows: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    lines = [",".join(quoted(cell) for cell in row) for row in rows]
    whole = "\n".join(["a,b,c", *lines, ""]).encode()
    last = len((lines[-1] + "\n").encode())
    cut = data.draw(st.integers(2, last))  # at least the closing quotation mark and the line's end are gone
    path = tmp_path / "list.csv"
    path.write_bytes(whole[:-cut])
    found = examine(path, *entry(Layout.CSV))
    left = whole[:-cut]
    assert len(found.broken) == 0 or not left.endswith(b"\n")
    assert len(found.broken) == 1 or left.endswith((b"\n", b","))  # behind a comma an empty last cell may stand


@quick
@given(cells=st.lists(CELL, min_size=3, max_size=8), share=st.floats(0.01, 0.99))
@pytest.mark.parametrize("layout", [Layout.XML, Layout.JSON])
def test_xml_and_json_cut_anywhere_are_found_out(tmp_path: Path, cells: list[str], share: float, layout: Layout) -> None:
    if layout is Layout.XML:
        whole = ("<all>" + "".join(f"<p n='{number}'/>" for number in range(len(cells))) + "</all>").encode()
    else:
        whole = json.dumps({"results": cells}).encode()
    path = tmp_path / "list"
    path.write_bytes(whole)
    source, form = entry(layout, "p" if layout is Layout.XML else "results")
    assert examine(path, source, form).count == len(cells)
    path.write_bytes(whole[: max(1, int(len(whole) * share))])
    assert len(examine(path, source, form).broken) == 1


@quick
@given(content=st.binary(max_size=300))
@pytest.mark.parametrize("layout", list(Layout))
def test_no_content_is_beyond_the_checks(tmp_path: Path, content: bytes, layout: Layout) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)
    examine(path, *entry(layout, "p"))


def test_a_table_parted_by_semicolons_has_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "eu_fsf.csv"
    lines = [f"05/08/2026;{number};Verolan, Works {number}" for number in range(4)]
    path.write_text("\n".join(["\ufefffileGenerationDate;Entity_LogicalId;NameAlias_WholeName", *lines, ""]), encoding="utf-8")
    made = a_list(Board("https://lists.invalid"))
    form = next(form for form in source("eu_fsf").forms if form.layout is Layout.CSV)
    found = examine(path, made, form)
    assert (found.broken, found.changed, found.count) == ((), (), 4)
    assert found.columns == ("fileGenerationDate", "Entity_LogicalId", "NameAlias_WholeName")


def test_xml_in_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_text('<?xml version="1.0" encoding="GBK"?><a><b/></a>', encoding="ascii")
    assert "encoding" in examine(path, *entry(Layout.XML, "b")).broken[0]
