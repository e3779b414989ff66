"""Properties: what was written is read back, and every line is somewhere."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kit.files import Sheet, read_sheet
from kit.files.encodings import scan
from kit.files.fast import read_fast
from tests.files.making import csv_text, text_file

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251")
DELIMITERS = (",", ";", "\t", "|")
ANY = "abcXYZ019 .,;|\t\"'\n-()№Ромашка«»"
WORDS = st.sampled_from(
    ["Ромашка", "ООО Лютик", "Завод", 'АО "Бета"', "Алматы", "Москва, ул. Мира", "Elektronik", "line one\nline two"]
)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def expected(rows: list[list[str]]) -> list[list[str | None]]:
    cleaned = [[cell.strip() or None for cell in row] for row in rows]
    return [row for row in cleaned if any(cell is not None for cell in row)]


@contextmanager
def written(text: str, encoding: str = "utf-8") -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield text_file(Path(folder), text, encoding=encoding)


def reading(text: str, written_as: str = "utf-8", **options: Any) -> Sheet:
    with written(text, written_as) as path:
        return read_sheet(path, **options)


@st.composite
def tables(draw: st.DrawFn, cell: st.SearchStrategy[str]) -> list[list[str]]:
    width = draw(st.integers(2, 6))
    return draw(st.lists(st.lists(cell, min_size=width, max_size=width), max_size=15))


@UNHURRIED
@given(
    tables(st.text(ANY, max_size=12)), st.sampled_from(DELIMITERS), st.sampled_from(ENCODINGS), st.sampled_from(["\n", "\r\n"])
)
def test_any_table_is_read_back_when_its_form_is_given(rows: list[list[str]], delimiter: str, encoding: str, end: str) -> None:
    assume(not any("\n" in cell and delimiter in cell for row in rows for cell in row))  # such a cell may look like rows
    width = len(rows[0]) if len(rows) > 0 else 2
    header = [f"h{i}" for i in range(width)]
    text = csv_text([header, *rows], delimiter=delimiter, end=end)
    sheet = reading(text, encoding, encoding=encoding, delimiter=delimiter, header_row=1)
    assert [list(row.values())[:-1] for row in sheet.rows.to_pylist()] == expected(rows)
    assert len(sheet.rejects) == 0


@UNHURRIED
@given(
    tables(WORDS),
    st.sampled_from(DELIMITERS),
    st.sampled_from(ENCODINGS),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_any_table_of_words_is_read_back_by_evidence(rows: list[list[str]], delimiter: str, encoding: str, quoting: int) -> None:
    assume(len(rows) > 0)
    header = ["Отправитель", "Получатель", "Товар", "Страна", "Город", "Адрес"][: len(rows[0])]
    sheet = reading(csv_text([header, *rows], delimiter=delimiter, quoting=quoting), encoding)
    assert sheet.columns == tuple(header)
    assert [list(row.values())[:-1] for row in sheet.rows.to_pylist()] == expected(rows)


@UNHURRIED
@given(st.lists(st.text('ab,;"\n ', max_size=20), max_size=30))
def test_every_line_of_any_text_is_in_a_row_or_a_reject(scraps: list[str]) -> None:
    lines = [f"w{i}w{scrap}" for i, scrap in enumerate(line for scrap in scraps for line in scrap.split("\n"))]
    sheet = reading("h1,h2,h3\nx,y,z\nx,y,z\n" + "\n".join(lines) + "\n", delimiter=",", header_row=1)
    held = "\n".join(str(value) for row in [*sheet.rows.to_pylist(), *sheet.rejects.to_pylist()] for value in row.values())
    assert all(f"w{i}w" in held for i in range(len(lines)))


@UNHURRIED
@given(st.lists(st.text("ab,; ", min_size=1, max_size=20), max_size=30))
def test_rows_and_rejects_add_up_to_the_lines(lines: list[str]) -> None:
    sheet = reading("h1,h2,h3\n" + "".join(f"{line}\n" for line in lines), delimiter=",", header_row=1)
    filled = [i for i, line in enumerate(lines, 2) if line.replace(",", "").strip() != ""]
    assert sorted([*sheet.rows["source_row"].to_pylist(), *sheet.rejects["source_row"].to_pylist()]) == filled


@UNHURRIED
@given(tables(st.text("abc019 .;Ромашка«»", max_size=12)), st.sampled_from(["utf-8", "utf-8-sig", "cp1251"]))
def test_fast_reading_gives_the_same_or_stands_back(rows: list[list[str]], encoding: str) -> None:
    width = len(rows[0]) if len(rows) > 0 else 2
    with written(csv_text([[f"h{i}" for i in range(width)], *rows]), encoding) as path:
        careful = read_sheet(path, encoding=encoding, delimiter=",", header_row=1)
        with path.open("rb") as file:
            found = scan(file, encoding)
        fast = read_fast(path, found, ",", careful.columns, 1, small=0)
    if fast is not None:
        kept = [row for row in fast.to_pylist() if any(value is not None for name, value in row.items() if name != "source_row")]
        assert kept == careful.rows.to_pylist()
