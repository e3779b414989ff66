"""Military-intelligence end users of 15 CFR 744.22, as a table of nine columns.

The rule names them in its text; there is no official file. The aliases of this
table are short forms such as "J2" that stand for many things, so those of one
word in capitals are weak: they never match alone.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from kit.dates import parse_date
from kit.errors import FormatError, ValueFormError
from kit.files import read_sheet
from kit.lists.building import ListBuilder, Listing, row_text
from kit.lists.columns import schema_of
from kit.lists.editions import edition
from kit.lists.heads import header_cells
from kit.lists.naming import name_number, split_aliases, unique
from kit.lists.programs import source_lists
from kit.model import ColumnUse, NameKind, Schema
from kit.tables import ReadResult

NAME = "bis_mieu"
PROGRAM = "US-BIS-MIEU"
USES: dict[str, tuple[str | None, str]] = {
    "Type": ("schema", "kind of party"),
    "Name": ("name", "as the table spells it"),
    "Alias": ("name", "joined by ';'; one word in capitals is a weak alias"),
    "Country": ("countries", "ISO code of two letters"),
    "Topics": ("topics", "with the topic mil: the rule names military-intelligence end users"),
    "Program": ("program_id", "marks the table"),
    "Date": ("listing_date", "exact day"),
    "End date": ("end_date", "exact day"),
    "Source URL": ("source_url", "notice in the Federal Register"),
}
_SHORT = re.compile(r"[A-Z0-9][A-Z0-9./-]{0,7}")
_NOTICE = re.compile(r"/documents/\d{4}/\d\d/\d\d/(\d{4}-\d+)/")
Row = dict[str, str]


def recognizes(path: Path) -> bool:
    """Whether the file has the nine columns; a first row of the program tells it from other tables."""
    if not set(header_cells(path)) >= set(USES):
        return False
    sheet = read_sheet(path)  # which may find its header in another row
    return "Program" in sheet.columns and set(sheet.rows.column("Program").to_pylist()) == {PROGRAM}


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read the table of military-intelligence end users into the list tables.

    Args:
        path: The file.
        list_id: Short name; without it `us_bis_mieu`.
        list_version: Edition; without it the date in the file name or the file's hash.
        is_confidential: The list may not leave the case.

    Raises:
        FileError: If the file cannot be read.
        FormatError: If it lacks one of the columns.
    """
    sheet = read_sheet(path)
    missing = set(USES) - set(sheet.columns)
    if len(missing) > 0:
        raise FormatError.lacks(path, NAME, missing, sheet.columns)
    build = ListBuilder(edition(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential))
    for raw in sheet.rows.to_pylist():
        source_row = int(raw.pop("source_row"))
        row = {key: value if value is not None else "" for key, value in raw.items()}
        schema = schema_of(row["Type"])
        if row["Name"] == "" or schema is None:
            reason = "the row has no name" if row["Name"] == "" else f"type {row['Type']!r} is unknown"
            build.reject(source_row, reason, row_text(row))
            continue
        _party(build, row, schema, source_row)
        build.rows_read += 1
    build.notes.extend(sheet.notes)
    columns = [ColumnUse(name, *USES.get(name, (None, "unknown to this reader"))) for name in sheet.columns]
    return build.finish(NAME, columns, [sheet.rejects])


def _party(build: ListBuilder, row: Row, schema: Schema, source_row: int) -> None:
    source = source_lists()["MIEU"]
    countries = build.territories.codes(row["Country"].split(";"))
    entity_id = build.entity(
        list_id=build.edition.list_id or source.list_id,
        number=name_number(row["Name"], countries),
        schema=schema,
        name=row["Name"],
        topics=unique(source.topics),
        source_row=source_row,
        countries=countries,
    )
    build.name(entity_id, row["Name"])
    for alias, kind in split_aliases(row["Alias"]):
        build.name(entity_id, alias, NameKind.WEAK_ALIAS if _SHORT.fullmatch(alias) is not None else kind)
    notice = _NOTICE.search(row["Source URL"])
    listing = Listing(
        authority=source.authority,
        program_id=source.program,
        provisions="license requirement for all items subject to the EAR (military-intelligence end user)",
        listing_date=_day(build, row, "Date", source_row),
        end_date=_day(build, row, "End date", source_row),
        citation=f"Federal Register document {notice[1]}" if notice is not None else None,
        source_url=row["Source URL"] or None,
    )
    build.sanction(entity_id, listing)


def _day(build: ListBuilder, row: Row, column: str, source_row: int) -> dt.date | None:
    if row[column] == "":
        return None
    try:
        return parse_date(row[column], form="%Y-%m-%d").day
    except ValueFormError:
        build.reject(source_row, f"only the value is refused, the row is read: {column} is no day as 2021-03-16", row[column])
        return None
