from __future__ import annotations

import pandas as pd

from kit.charts import describe, matrix, parts, table_of

GAPS = pd.DataFrame(
    [("no consignee", "2023-01", 5, 10, 0.5), ("no consignee", "2023-02", 0, 10, 0.0), ("no HS code", "2023-02", 1, 400, 0.0025)],
    columns=["check", "month", "rows", "of", "share"],
)


def test_matrix_keeps_the_order_of_the_table_and_writes_shares() -> None:
    figure = matrix(GAPS, row="check", column="month", title="t", source="s")
    assert figure.layout.yaxis.ticktext == ("no consignee", "no HS code")
    assert list(figure.data[0].text) == ["50%", "", "", "<1%"]


def test_matrix_has_words_and_a_table_behind_it() -> None:
    figure = matrix(GAPS, row="check", column="month", title="t", source="s")
    assert "The greatest is 50%, no consignee, 2023-01." in describe(figure)
    assert table_of(figure)["rows"][0] == ["no consignee", "2023-01", "5", "10", "50%"]


def test_matrix_of_nothing_is_drawn() -> None:
    assert "0 rows" in describe(matrix(GAPS.iloc[:0], row="check", column="month", title="t", source="s"))


def test_parts_are_told_by_hatching_as_well_as_by_color() -> None:
    table = pd.DataFrame({"file": ["<b>a.csv</b>"], "counted": [9], "left_out": [1], "rejected": [2]})
    names = {"counted": "counted", "left_out": "left out", "rejected": "with a reject"}
    figure = parts(table, label="file", names=names, unit="rows", title="t", source="s")
    assert [bar.marker.pattern.shape for bar in figure.data] == ["", "", "/"]
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;a.csv&lt;/b&gt;",)
    assert table_of(figure)["rows"] == [["<b>a.csv</b>", "9", "1", "2"]]
