"""The paged table asks for pages and never holds the rows."""

from __future__ import annotations

from kit.widgets import Cell, Page, PagedTable, TableColumn

COLUMNS = (TableColumn("name", "Name", sortable=True), TableColumn("n", "Number", "number"))


class Rows:
    """A thousand rows that note what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int, str | None, str]] = []

    def page(self, offset: int, limit: int, sort: str | None, text: str) -> Page:
        self.asked.append((offset, limit, sort, text))
        total = 3 if text != "" else 1000
        numbers = range(offset, min(offset + limit, total))
        return Page(tuple(f"r{n}" for n in numbers), tuple((Cell(f"<b>{n}</b>"), Cell(str(n))) for n in numbers), total)


def table(rows: Rows, **options: object) -> PagedTable:
    made = PagedTable(COLUMNS, rows.page, title="t", limit=10, **options)  # type: ignore[arg-type]
    made.refresh()
    return made


def test_only_one_page_is_sent() -> None:
    made = table(Rows())
    assert (len(made.page["ids"]), made.page["total"]) == (10, 1000)


def test_the_next_page_is_asked_for_by_its_first_row() -> None:
    rows = Rows()
    made = table(rows)
    made._receive(made, {"action": "page", "value": 20}, None)
    assert rows.asked[-1] == (20, 10, None, "")
    assert made.page["ids"][0] == "r20"


def test_sorting_goes_up_then_down_then_back_to_the_source() -> None:
    rows = Rows()
    made = table(rows)
    for expected in ("name", "-name", None):
        made._receive(made, {"action": "sort", "value": "name"}, None)
        assert rows.asked[-1][2] == expected


def test_a_column_that_cannot_be_sorted_is_left_alone() -> None:
    rows = Rows()
    made = table(rows)
    asked = len(rows.asked)
    made._receive(made, {"action": "sort", "value": "n"}, None)
    assert len(rows.asked) == asked


def test_a_filter_that_leaves_fewer_pages_shows_the_last_of_them() -> None:
    rows = Rows()
    made = table(rows)
    made.turn_to(990)
    made.filter_by("x")
    assert (made.page["offset"], made.page["total"]) == (0, 3)


def test_a_row_opened_reaches_python() -> None:
    opened: list[str] = []
    made = table(Rows(), on_open=opened.append)
    made._receive(made, {"action": "open", "value": "r3"}, None)
    assert opened == ["r3"]
    assert made.selected == "r3"


def test_markup_in_a_cell_is_sent_as_text() -> None:
    assert table(Rows()).page["cells"][0][0]["text"] == "<b>0</b>"
