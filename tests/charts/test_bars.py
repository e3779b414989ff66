from __future__ import annotations

import pandas as pd

from kit.charts import changes, counts, sankey


def test_stages_stand_in_order_whatever_the_order_of_the_rows() -> None:
    rows = [
        {"stage_from": "via_territory", "stage_to": "to_territory", "node_from": "HK", "node_to": "RU"},
        {"stage_from": "consignor", "stage_to": "via_territory", "node_from": "A", "node_to": "HK"},
    ]  # fmt: skip
    fixed = {"status": "none", "value": 1.0, "records": 1, "key_from": None, "key_to": None}
    flags = {"is_others_from": False, "is_others_to": False}
    figure = sankey(pd.DataFrame([{**row, **fixed, **flags} for row in rows]), measure="records", title="t", source="s")
    names = [annotation.text for annotation in figure.layout.annotations]
    assert names == ["<b>Consignor</b>", "<b>By way of</b>", "<b>Sent to</b>"]


def test_change_stands_before_the_ratio_and_nothing_before_is_no_ratio() -> None:
    values = {"before": [2.0, 0.0, 100.0], "after": [9.0, 4.0, 3.0], "change": [7.0, 4.0, -97.0], "ratio": [4.5, None, 0.03]}
    compared = pd.DataFrame({"to_territory": ["KG", "AM", "RU"], **values})
    figure = changes(compared, periods=("2021", "2022"), measure="value_eur", title="t", source="s")
    assert figure.layout.meta["table"]["rows"] == [
        ["Kyrgyzstan", "2", "9", "+7", "4.5"],
        ["Armenia", "0", "4", "+4", "nothing before"],
        ["Russia", "100", "3", "-97", "-97%"],
    ]


def test_markup_in_a_name_is_drawn_as_text() -> None:
    table = pd.DataFrame({"name": ["<b>A</b>"], "n": [1]})
    figure = counts(table, label="name", count="n", unit="names", title="t", source="s")
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;A&lt;/b&gt;",)
