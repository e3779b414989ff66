"""What stands in place of a picture that shows nothing."""

from __future__ import annotations

import pandas as pd

from kit.charts import territory_map
from kit.widgets.chart import NOTHING, UNDRAWN, view_of

COLUMNS = ["from_territory", "to_territory", "status", "value", "records"]


def shown(*rows: tuple[str | None, str | None, str, float, int]) -> str:
    figure = territory_map(pd.DataFrame(list(rows), columns=COLUMNS), measure="value_usd", title="t", source="s")
    return str(view_of(figure)["nothing"])


def test_records_without_a_place_are_not_called_no_match() -> None:
    assert shown((None, "RU", "none", 7.0, 1)) == UNDRAWN


def test_no_records_ask_for_other_filters() -> None:
    assert shown() == NOTHING
