"""Japan's End User List. Every party is invented; the form is known from reader code, see the reader."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.tables import ReadResult
from tests.files.documents_made import Sheetful, write_pdf

FIXTURE = Path(__file__).parent.parent / "fixtures" / "letters" / "jp_meti_eul.pdf"
HEAD = ["No.", "国名\nCountry or Region", "企業名\nCompany or Organization", "別名\nAlso Known As", "懸念区分\nType of WMD"]


def names(result: ReadResult) -> list[tuple[str, str]]:
    return [(row["name"], row["kind"]) for row in result.tables["names"].to_pylist()]


def test_pdf_is_recognized_before_it_is_taken_for_a_letter() -> None:
    assert lists.recognize(FIXTURE) == "japan_meti"


def test_aliases_are_parted_by_dots_and_names_in_brackets_are_aliases() -> None:
    assert names(lists.read_list(FIXTURE)) == [
        ("Qorvex Example FZE", "name"), ("Qorvex Dubai", "alias"), ("Qorvex Electronics", "alias"),
        ("Example Institute of Plum Physics", "name"), ("示例梅物理研究院", "alias"), ("EIPP", "alias"),
        ("Plum Academy", "alias"),
        ("Zarnik Example Industries", "name"), ("Fig Example Limited", "name"), ("無花果有限公司", "alias"),
    ]  # fmt: skip


def test_types_keep_their_letters_and_say_what_they_mean() -> None:
    reasons = lists.read_list(FIXTURE).tables["sanctions"].column("reason").to_pylist()
    assert reasons == [
        "M (missiles)", "N (nuclear weapons), M (missiles)", "B (biological weapons), C (chemical weapons)",
        "CW (conventional weapons)",
    ]  # fmt: skip


def test_territory_is_read_from_the_english_part_and_the_place_is_kept() -> None:
    entities = lists.read_list(FIXTURE).tables["entities"].to_pylist()
    assert [entity["countries"] for entity in entities] == [["AE"], ["CN"], ["IR"], ["HK"]]
    assert entities[0]["remarks"].startswith("page 1, line ") and entities[0]["source_row"] > 1000


def test_gap_in_the_numbers_is_said() -> None:
    assert any("1 gaps or repeats, the first before No. 5" in note for note in lists.read_list(FIXTURE).notes)


def test_workbook_of_the_same_columns_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append([1, "中国\nChina", "Example Institute", "・EIPP・Plum Academy", "N、M"])
    book.save(tmp_path / "list.xlsx")
    result = lists.read_list(tmp_path / "list.xlsx")
    assert result.reader == "japan_meti"
    assert names(result) == [("Example Institute", "name"), ("EIPP", "alias"), ("Plum Academy", "alias")]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.text(alphabet="AB c,.1-\n", max_size=12), min_size=5, max_size=5).filter(lambda r: "".join(r).strip() != ""),
        min_size=1, max_size=6,
    )
)  # fmt: skip
def test_rows_of_any_table_are_read_or_rejected(tmp_path: Path, rows: list[list[str]]) -> None:
    head = ["No.", "Country or Region", "Company or Organization", "Also Known As", "Type of WMD"]
    table = [head, *([str(n), *row[1:]] for n, row in enumerate(rows, 1))]
    tops = [40 + 60 * n for n in range(len(table) + 1)]
    path = write_pdf(tmp_path / "any.pdf", [Sheetful().grid([30, 60, 170, 300, 430, 560], tops, table)])
    result = lists.read_list(path)
    assert result.reader == "japan_meti"
    assert result.rows_read + len(result.rejects) == len(rows)
