"""The EU list that the kit ships: firms and bodies of Annex IV to Regulation (EU) No 833/2014.

Annex IV (military end users) stands only in the Official Journal, in no consolidated file of the EU. Facts restated
from it (`scripts/public/annex.py`): name, territory of the address, numbers, day of listing.
Layout: made by this kit.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kit.dates import parse_date
from kit.errors import FileError, FormatError, ValueFormError
from kit.files import read_sheet
from kit.lists.building import ListBuilder, Listing, row_text
from kit.lists.editions import edition
from kit.lists.heads import head_rows
from kit.model import ColumnUse, NameKind, Schema, Topic
from kit.tables import ReadResult
from kit.territories import read_territory

NAME = "bundled_eu"
LIST_ID = "eu_annex_iv"
AUTHORITY = "EU"
PROGRAM = "Regulation (EU) No 833/2014, Annex IV"
JOINT = " | "
NUMBERS = ("inn", "ogrn", "registration", "tax")
COLUMNS = (
    "entry_id", "name", "aliases", "countries", "addresses", *NUMBERS, "listing_date", "citation", "source_edition",
    "source_file", "line_in_source", "source_url", "license",
)  # fmt: skip
_USES = {
    "entry_id": ("entity_id", "annex and number of the entry"), "name": ("name", "first name"),
    "aliases": ("name", "aliases, separated by bars"), "countries": ("countries", "territories that the addresses name"),
    "addresses": ("address", "as the act spells them"), "listing_date": ("listing_date", "day from which the entry applies"),
    "citation": ("citation", "the act, the annex, the entry"), "source_edition": ("list_version", "day of its newest entry"),
    "source_url": ("source_url", "the act in EUR-Lex"), **{kind: ("identifiers", kind) for kind in NUMBERS},
}  # fmt: skip


def recognizes(path: Path) -> bool:
    """Whether a file has exactly the columns of the bundled EU list."""
    return head_rows(path, 1) == [list(COLUMNS)]


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read the bundled EU list.

    Raises:
        FileError: If there is no file, or one without rows.
        FormatError: If it lacks a column.
    """
    sheet = read_sheet(path)
    missing = set(COLUMNS) - set(sheet.columns)
    if len(missing) > 0:
        raise FormatError.lacks(path, NAME, missing, sheet.columns)
    rows = [{key: value if value is not None else "" for key, value in row.items()} for row in sheet.rows.to_pylist()]
    if len(rows) == 0:
        raise FileError.empty(path)
    version = list_version if list_version is not None else max(row["source_edition"] for row in rows)
    build = ListBuilder(edition(path, list_id=list_id, list_version=version, is_confidential=is_confidential))
    build.notes.extend([f"the newest entry is of {version}", *sheet.notes])
    for row in rows:
        build.rows_read += _party(build, row, list_id or LIST_ID)
    columns = [ColumnUse(name, *_USES.get(name, (None, "not used"))) for name in sheet.columns]
    return build.finish(NAME, columns, [sheet.rejects])


def _party(build: ListBuilder, row: dict[str, Any], list_id: str) -> int:
    """Read one row, or reject it with its reason; says how many were read."""
    try:
        day = parse_date(row["listing_date"]).day
        countries = [read_territory(code, codes="iso2").iso2 for code in _parts(row["countries"])]
    except ValueFormError as problem:
        build.reject(row["source_row"], str(problem), row_text(row))
        return 0
    if row["name"] == "" or row["entry_id"] == "":
        build.reject(row["source_row"], "the row has no name or no number", row_text(row))
        return 0
    entity_id = build.entity(
        list_id=list_id, number=row["entry_id"], schema=Schema.ORGANIZATION, name=row["name"],
        topics=[Topic.EXPORT_CONTROL.value, Topic.MILITARY.value], source_row=row["source_row"], countries=countries,
    )  # fmt: skip
    build.name(entity_id, row["name"])
    for alias in _parts(row["aliases"]):
        build.name(entity_id, alias, NameKind.ALIAS)
    for address in _parts(row["addresses"]):
        build.address(entity_id, address, countries[0] if len(set(countries)) == 1 else None)
    for kind in NUMBERS:
        for value in _parts(row[kind]):
            build.identifier(entity_id, kind, value)
    listing = Listing(
        authority=AUTHORITY, program_id=PROGRAM, provisions="Export control, Annex IV",
        listing_date=day, citation=row["citation"], source_url=row["source_url"],
    )  # fmt: skip
    build.sanction(entity_id, listing)
    return 1


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(JOINT.strip()) if part.strip() != ""]
