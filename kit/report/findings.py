"""What was found apart from names: documented flows, and changes between years."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from kit import charts
from kit.charts import MEASURE_WORDS, amount_text
from kit.charts.words import territory_name
from kit.flows import Selection
from kit.report.cells import Cell, Grid, cell, grid, is_missing, link, name_cell
from kit.report.notes import PASSING
from kit.report.pictures import Picture, goods_words, source_line, without_idle_legend
from kit.report.shown import Shown

SMALL_BASE = 1e6  # a ratio over less than a million says so
MOST_DOCUMENTED, MOST_CHANGES = 300, 3
Period = tuple[date, date]


def documented(shown: Shown) -> Grid:
    """Movements that legal acts and published investigations describe, each with its source."""
    rows = shown.case.read("documented_flows").to_pylist()
    made = [
        [
            Cell(" – ".join(dict.fromkeys(part for part in (row["date_from"], row["date_to"]) if part is not None)) or "–"),
            _seated(shown, row, "consignor"), _seated(shown, row, "intermediary"), _seated(shown, row, "consignee"),
            cell(shown.free_text(row["goods"])), cell(row["hs_code"]),
            Cell(row["source_title"], href=link(row["source_url"]), note=f"{row['source_publisher']}; {row['confidence']}"),
        ]
        for row in rows[:MOST_DOCUMENTED]
    ]  # fmt: skip
    columns = ["When", "From", "By way of", "To", "Goods", "HS code", "Source"]
    return grid("Documented flows, as their sources tell them", columns, made, rows_in_all=len(rows))


def _seated(shown: Shown, row: dict[str, Any], role: str) -> Cell:
    name, seat = row[f"{role}_name"], row[f"{role}_country"]
    if is_missing(name) and is_missing(seat):
        return cell(None)
    found = name_cell(shown.record_name(name))
    place = "" if is_missing(seat) else territory_name(seat)
    return Cell(found.text, note=", ".join(part for part in (found.note, place) if part != ""))


@dataclass(frozen=True)
class Changes:
    """Official totals of two periods side by side: what rose and fell most in words, the picture, and the whole as a table."""

    sentence: str
    picture: Picture
    table: Grid


def changes(shown: Shown, selection: Selection, periods: tuple[Period, Period] | None) -> Changes | None:
    """Official totals of two periods by receiving territory; None if the figures hold no two such periods."""
    found = periods if periods is not None else same_months(shown.store.monthly(selection))
    if found is None or selection.measure == "records":
        return None
    before, after = found
    frame = shown.store.compare_periods(selection, before, after)
    if len(frame) == 0:
        return None
    measure = selection.measure
    table = _changes_table(frame, found, measure)
    return Changes(_sentence(frame, found, measure), _picture(shown, selection, frame, found, table), table)


def _picture(shown: Shown, selection: Selection, frame: pd.DataFrame, periods: tuple[Period, Period], table: Grid) -> Picture:
    """Two bars a territory; the numbers under it are those of the report's own table."""
    before, after = (_period_words(period) for period in periods)
    measure = selection.measure
    most = [_signed(row, measure) for row in (*_rises(frame)[:1], *_falls(frame)[:1])]
    title = f"{goods_words(selection)}, {before} to {after}: {', '.join(most) or 'nothing changed'}"
    figure = charts.changes(
        frame,
        periods=(before, after),
        measure=measure,
        title=title,
        source=source_line(shown, selection.kind),
        footnotes=[PASSING],
    )
    cells = [[cell.text for cell in row] for row in table.rows]
    twin = {**figure.layout.meta["table"], "columns": list(table.columns), "rows": cells}
    figure.layout.meta = {**figure.layout.meta, "table": twin}
    return Picture(f"{selection.kind.value}-changes", without_idle_legend(figure, selection))


def _signed(row: Mapping[Hashable, Any], measure: str) -> str:
    sign = "+" if row["change"] > 0 else "−"
    return f"to {territory_name(row['to_territory'])} {sign}{amount_text(abs(row['change']), measure)}"


def _rises(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Rows that rose, the most first."""
    return [row for row in frame.to_dict("records") if row["change"] > 0]


def _falls(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Rows that fell, the most first."""
    return sorted((row for row in frame.to_dict("records") if row["change"] < 0), key=lambda row: float(row["change"]))


def _sentence(frame: pd.DataFrame, periods: tuple[Period, Period], measure: str) -> str:
    """The largest rises and falls, in absolute terms first."""
    when = " to ".join(_period_words(period) for period in periods)
    rose, fell = ([_said(row, measure) for row in rows[:MOST_CHANGES]] for rows in (_rises(frame), _falls(frame)))
    first = f"what was sent rose most {', '.join(rose)}" if len(rose) > 0 else "nothing rose"
    second = f"it fell most {', '.join(fell)}" if len(fell) > 0 else "nothing fell"
    return f"From {when}, {first}; {second}."


def _said(row: Mapping[Hashable, Any], measure: str) -> str:
    ratio = row["ratio"]
    words = "" if is_missing(ratio) else f"{ratio:.1f} times as much" if ratio >= 1 else ratio_text(ratio)
    relative = f" ({words})" if words != "" else ""
    return f"to {territory_name(row['to_territory'])} by {amount_text(abs(row['change']), measure)}{relative}"


def ratio_text(ratio: float) -> str:
    """How much more, as a factor, or how much less, in percent; 100 % only if nothing is left.

    >>> ratio_text(2.31), ratio_text(0.027), ratio_text(0.999), ratio_text(0.0001), ratio_text(0)
    ('2.3 ×', '−97 %', '−0.1 %', '−99.9 %', '−100 %')
    """
    if ratio >= 1:
        return f"{ratio:.1f} ×"
    lost = 100 * (1 - ratio)
    if ratio == 0 or 1 <= lost < 99.5:
        return f"−{lost:.0f} %"
    return f"−{min(lost, 99.9):.1f} %"


def _period_words(period: Period) -> str:
    """`January–November 2021`, `March 2021`, or with two years if it spans them."""
    first, last = period
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    return f"{first:%B}–{last:%B %Y}" if first.year == last.year else f"{first:%B %Y}–{last:%B %Y}"


def _changes_table(frame: pd.DataFrame, periods: tuple[Period, Period], measure: str) -> Grid:
    """Both periods, the change, and the ratio."""
    words = [_period_words(period) for period in periods]
    rows = [
        [Cell(territory_name(row["to_territory"])), cell(row["before"]), cell(row["after"]), _change(row), _ratio(row)]
        for row in frame.to_dict("records")
    ]
    unit = MEASURE_WORDS[measure]
    return grid(f"The same months of two years, by receiving territory, {unit}", ["Sent to", *words, "Change", "Relative"], rows)


def read_periods(written: Any) -> tuple[Period, Period] | None:
    """The two periods as `case.json` keeps them: [[first day, last day], [first day, last day]]; None if it names none."""
    if written is None:
        return None
    (a, b), (c, d) = written
    return (date.fromisoformat(a), date.fromisoformat(b)), (date.fromisoformat(c), date.fromisoformat(d))


def _change(row: Mapping[Hashable, Any]) -> Cell:
    return Cell(f"{row['change']:+,.0f}".replace("-", "−"), sort=f"{row['change']:.6f}", is_number=True)


def _ratio(row: Mapping[Hashable, Any]) -> Cell:
    if is_missing(row["ratio"]):
        return Cell("nothing before", sort="0", is_number=True)
    note = "from a small base" if row["before"] < SMALL_BASE else ""
    return Cell(ratio_text(row["ratio"]), sort=f"{row['ratio']:.6f}", note=note, is_number=True)


def same_months(months: pd.DataFrame) -> tuple[Period, Period] | None:
    """The longest run of months that both of the last two years of the figures hold."""
    held = sorted(set(months["month"]))
    if len(held) == 0:
        return None
    last = int(held[-1][:4])
    both = [m for m in range(1, 13) if f"{last}-{m:02d}" in held and f"{last - 1}-{m:02d}" in held]
    if len(both) == 0 or both != list(range(both[0], both[-1] + 1)):
        return None
    before, after = ((date(year, both[0], 1), _month_end(year, both[-1])) for year in (last - 1, last))
    return before, after


def _month_end(year: int, month: int) -> date:
    return pd.Period(year=year, month=month, freq="M").end_time.date()
