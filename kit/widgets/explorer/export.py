"""The rows of a view as CSV for a spreadsheet: persons masked, no cell that runs."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.compute as pc

from kit.case import Case
from kit.errors import ExportError
from kit.flows import Selection, Store
from kit.model import Schema
from kit.review import masks_of, write_csv
from kit.review.masking import Masks
from kit.widgets.explorer.evidence import is_by_address, score_text
from kit.widgets.explorer.standing import left_out_of_lists

MOST_ROWS = 200_000
SIDES = ("consignor", "consignee")
FOUND = ("listed_name", "list", "score", "found_by")
COLUMNS = (
    "record_id",
    "date",
    "date_precision",
    *(f"{side}_{part}" for side in SIDES for part in ("name", "status", *FOUND)),
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
CONFIDENTIAL = "(confidential list)"
LEAST_LETTERS = 3
LIVE = ("match", "candidate")


def view_table(store: Store, selection: Selection, *, show_persons: bool = False) -> pd.DataFrame:
    """The rows of a selection as they may leave the screen: a working copy, marked so in its file name.

    Each side has its status and, if it is a match or candidate, the listed name (the listed address
    where it was found by that), its list and the similarity, which is not a probability. An entry of a
    confidential list is not named.

    Raises:
        ExportError: If the view has more than 200,000 rows.
    """
    return _masked_table(store, selection, masks_of(store.case, show_persons=show_persons))


def _masked_table(store: Store, selection: Selection, masks: Masks) -> pd.DataFrame:
    count = store.count(selection).records
    if count > MOST_ROWS:
        raise ExportError(
            f"The view has {count:,} rows; a CSV of a view takes {MOST_ROWS:,} at most. Narrow the filters, then save again."
        )
    rows = store.page(selection, offset=0, limit=MOST_ROWS)
    known = _candidates(store.case)
    for side in SIDES:
        keys = zip(rows[f"{side}_name"], rows[f"{side}_entity_id"], rows[f"{side}_status"], strict=True)
        shown = [_party(masks, name, status, known.get((name, entity_id))) for name, entity_id, status in keys]
        for number, part in enumerate(("name", *FOUND)):
            rows[f"{side}_{part}"] = pd.Series([cells[number] for cells in shown], index=rows.index, dtype=object)
    rows["goods_description"] = [masks.sentence(text) if isinstance(text, str) else text for text in rows["goods_description"]]
    return rows[list(COLUMNS)]


def _candidates(case: Case) -> dict[tuple[str, str], dict[str, Any]]:
    """Every candidate by name and entity, with the kind of its entity and whether its list is confidential."""
    entities = {
        row["entity_id"]: row for row in case.read("entities").select(["entity_id", "schema", "is_confidential"]).to_pylist()
    }
    closed = {list_id for source in case.sources() if source.is_confidential for list_id in source.list_ids}
    columns = ["record_name", "entity_id", "entity_name", "list_id", "score", "explanation"]
    found = {}
    for row in case.read("candidates").select(columns).to_pylist():
        entity = entities.get(row["entity_id"], {"schema": Schema.LEGAL_ENTITY.value, "is_confidential": True})
        hidden = entity["is_confidential"] or row["list_id"] in closed
        found[row["record_name"], row["entity_id"]] = {**row, "schema": Schema(entity["schema"]), "is_confidential": hidden}
    return found


def _party(masks: Masks, name: Any, status: str, found: dict[str, Any] | None) -> tuple[Any, ...]:
    """One side of a row: its name as it may be shown, then the cells of `FOUND`."""
    if not isinstance(name, str) or found is None or status not in LIVE:
        return (masks.record_name(name) if isinstance(name, str) else name, None, None, None, None)
    by_address = is_by_address(found["explanation"])
    if found["is_confidential"]:
        record, listed = masks.record_name(name), CONFIDENTIAL
    elif by_address:
        record, listed = masks.record_name(name), found["entity_name"]
    else:
        is_match = status == "match"
        record, listed, _ = masks.pair(name, found["entity_name"], found["schema"], is_match=is_match, sentence="")
    list_id = CONFIDENTIAL if found["is_confidential"] else found["list_id"]
    return record, listed, list_id, score_text(found["score"]), "address" if by_address else "name"


def _without_closed(case: Case, text: str) -> str:
    """A sentence without the names, entries and files of confidential lists."""
    closed = [source for source in case.sources() if source.is_confidential]
    if len(closed) == 0:
        return text
    rows = case.read("entities").filter(pc.field("is_confidential"))
    names = case.read("names")
    own = names.filter(pc.is_in(names.column("entity_id"), value_set=rows.column("entity_id"))).column("name").to_pylist()
    hidden = {source.file for source in closed} | {Path(source.file).stem for source in closed} | set(own)
    hidden |= {list_id for source in closed for list_id in source.list_ids}
    for words in sorted((words for words in hidden if len(words) >= LEAST_LETTERS), key=len, reverse=True):
        text = re.sub(re.escape(words), CONFIDENTIAL, text, flags=re.IGNORECASE)
    return text


def about_path(path: Path) -> Path:
    """Where the words on a saved view stand: beside it."""
    return path.with_suffix(".about.txt")


def save_view(store: Store, selection: Selection, sentence: str, *, show_persons: bool = False) -> Path:
    """Write the view into the case's output folder, what it holds into a text file beside it, and return the view's path.

    Args:
        store: Where the rows are.
        selection: Which rows.
        sentence: The selection in words.
        show_persons: Leave the names of persons; the file's name then says WITH_PERSONS.
    """
    masks = masks_of(store.case, show_persons=show_persons)
    rows = _masked_table(store, selection, masks)
    now = datetime.now(UTC)
    mark = "WITH_PERSONS_" if show_persons else ""
    path = write_csv(rows, store.case.output(f"working_copy_{mark}{selection.kind.value}_{now:%Y%m%d-%H%M%S}.csv"))
    lines = [
        f"{path.name}: a working copy, not for publication.",
        f"Saved {now:%Y-%m-%d %H:%M} UTC from the case {store.case.name}.",
        f"Rows: {masks.sentence(_without_closed(store.case, sentence))}",
        "Names of persons are shown." if show_persons else "Names of persons are masked.",
        "A candidate is a similar name, or a listed address, that nobody has judged. A score is a similarity, not a probability.",
        left_out_of_lists(store.case),
    ]
    about_path(path).write_text("\n".join(line for line in lines if line != "") + "\n", encoding="utf-8-sig")
    return path
