"""The rows of a view as CSV for a spreadsheet: persons masked, no cell that runs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from kit.errors import ExportError
from kit.flows import Selection, Store
from kit.review import masks_of, write_csv

MOST_ROWS = 200_000
COLUMNS = (
    "record_id",
    "date",
    "date_precision",
    "consignor_name",
    "consignor_status",
    "consignee_name",
    "consignee_status",
    "from_territory",
    "to_territory",
    "via_territory",
    "origin_country",
    "hs_code",
    "tier",
    "goods_description",
    "value_usd",
    "value_eur",
    "net_weight_kg",
    "source_file",
    "source_row",
)


def view_table(store: Store, selection: Selection, *, show_persons: bool = False) -> pd.DataFrame:
    """The rows of a selection as they may leave the screen: a working copy, marked so in its file name.

    A status says candidate or match; which list entry it is stays in the case.

    Raises:
        ExportError: If the view has more than 200,000 rows.
    """
    count = store.count(selection).records
    if count > MOST_ROWS:
        raise ExportError(
            f"The view has {count:,} rows; a CSV of a view takes {MOST_ROWS:,} at most. Narrow the filters, then save again."
        )
    rows = store.page(selection, offset=0, limit=MOST_ROWS)[list(COLUMNS)].copy()
    masks = masks_of(store.case, show_persons=show_persons)
    for column in ("consignor_name", "consignee_name"):
        rows[column] = [masks.record_name(name) if isinstance(name, str) else name for name in rows[column]]
    rows["goods_description"] = [masks.sentence(text) if isinstance(text, str) else text for text in rows["goods_description"]]
    return rows


def save_view(store: Store, selection: Selection, *, show_persons: bool = False) -> Path:
    """Write the view into the case's output folder and return its path."""
    rows = view_table(store, selection, show_persons=show_persons)
    now = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    return write_csv(rows, store.case.output(f"working_copy_{selection.kind.value}_{now}.csv"))
