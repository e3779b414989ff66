"""The Denied Persons List of the US Bureau of Industry and Security: one row a name and address.

Text with tabs and quotes, twelve columns. Rows of one name and one order are
one entity. An order that has expired stays in the list: its end date says so.
The list names persons and firms without telling which; both count as persons
for masking.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from kit.dates import parse_date
from kit.errors import FormatError, ValueFormError
from kit.files import read_sheet
from kit.lists.building import ListBuilder, Listing, row_text
from kit.lists.citations import listing_interval
from kit.lists.editions import edition
from kit.lists.heads import header_cells
from kit.lists.naming import alternatives, name_number, read_alias, unique
from kit.lists.programs import SourceList, source_lists
from kit.model import ColumnUse, Schema
from kit.tables import ReadResult

NAME = "bis_dpl"
SOURCE_URL = "https://www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl"
USES: dict[str, tuple[str | None, str]] = {
    "Name": ("name", "as the list spells it, blanks around it left out"),
    "Street_Address": ("address", "with city, state, postal code and country"),
    "City": ("address", "with street, state, postal code and country"),
    "State": ("address", "with street, city, postal code and country"),
    "Country": ("territory", "ISO code of two letters"),
    "Postal_Code": ("address", "with street, city, state and country"),
    "Effective_Date": ("listing_date", "month first"),
    "Expiration_Date": ("end_date", "month first; expired orders stay in the list"),
    "Standard_Order": ("provisions", "whether the denial order is the standard one"),
    "Last_Update": ("remarks", "when the row was last touched"),
    "Action": ("remarks", "what was done to the row last"),
    "FR_Citation": ("citation", "Federal Register notices; their volume gives a year where no date can be read"),
}
STANDARD = {"Y": "denial of export privileges, standard order", "N": "denial of export privileges, order with terms of its own"}
Row = dict[str, str]


def recognizes(path: Path) -> bool:
    """Whether the file has the twelve columns of the Denied Persons List."""
    return set(header_cells(path)) >= set(USES)


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read a Denied Persons List into the list tables.

    A row of the same name, effective date and expiration date continues the
    entity of the row before; the same name under another order is another entity.

    Args:
        path: The file, with tabs or commas.
        list_id: Short name; without it `us_bis_dpl`; the same orders in the Consolidated Screening List are `us_dpl`.
        list_version: Edition; without it the date in the file name or the file's hash.
        is_confidential: The list may not leave the case.

    Returns:
        The tables. A date that cannot be read is kept in the rejects; its row stays.

    Raises:
        FileError: If the file cannot be read.
        FormatError: If it lacks one of the list's columns.
    """
    sheet = read_sheet(path)
    missing = set(USES) - set(sheet.columns)
    if len(missing) > 0:
        raise FormatError.lacks(path, NAME, missing, sheet.columns)
    build = ListBuilder(edition(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential))
    reading = Reading(build, source_lists()["BIS-DPL"])
    for raw in sheet.rows.to_pylist():
        source_row = int(raw.pop("source_row"))
        if reading.row({key: value if value is not None else "" for key, value in raw.items()}, source_row):
            build.rows_read += 1
    build.notes.extend([*sheet.notes, *reading.notes()])
    columns = [ColumnUse(name, *USES.get(name, (None, "unknown to this reader"))) for name in sheet.columns]
    return build.finish(NAME, columns, [sheet.rejects])


@dataclass
class Reading:
    """One pass over the rows."""

    build: ListBuilder
    source: SourceList
    orders: dict[tuple[str, str, str], str] = field(default_factory=dict)
    continued: int = 0

    def row(self, row: Row, source_row: int) -> bool:
        """Read one row, or reject it with its reason; says which."""
        build, name = self.build, " ".join(row["Name"].split())
        if name == "":
            build.reject(source_row, "the row has no name", row_text(row))
            return False
        countries = build.territories.codes([row["Country"]])
        order = (name.casefold(), row["Effective_Date"], row["Expiration_Date"])
        entity_id = self.orders.get(order)
        if entity_id is None:
            entity_id = self._party(name, row, countries, source_row)
            self.orders[order] = entity_id
        else:
            self.continued += 1
            self._day(row, "Last_Update", source_row)
        build.add_countries(entity_id, countries)
        parts = [row[column] for column in ("Street_Address", "City", "State", "Postal_Code")]
        said = [part for part in parts if part != ""]
        if len(said) > 0:
            whole = ", ".join([*said, *([row["Country"]] if row["Country"] != "" else [])])
            build.address(entity_id, whole, countries[0] if len(countries) > 0 else None)
        return True

    def _party(self, name: str, row: Row, countries: list[str], source_row: int) -> str:
        build = self.build
        start, end = self._day(row, "Effective_Date", source_row), self._day(row, "Expiration_Date", source_row)
        updated = self._day(row, "Last_Update", source_row)
        remarks = [row["Action"], f"last update: {updated.isoformat()}" if updated is not None else ""]
        entity_id = build.entity(
            list_id=build.edition.list_id or self.source.list_id,
            number=name_number(name, countries),
            schema=Schema.LEGAL_ENTITY,
            name=name,
            topics=self.source.topics,
            source_row=source_row,
            remarks="; ".join(part for part in remarks if part != "") or None,
        )
        build.name(entity_id, name)
        for alias in map(read_alias, unique(alternatives(name))):
            if alias is not None:
                build.name(entity_id, *alias)
        interval = listing_interval(row["FR_Citation"]) if start is None else None
        listing = Listing(
            authority=self.source.authority,
            program_id=self.source.program,
            provisions=STANDARD.get(row["Standard_Order"].upper()),
            listing_date=start,
            not_before=interval[0] if interval is not None else None,
            not_after=interval[1] if interval is not None else None,
            end_date=end,
            citation=row["FR_Citation"] or None,
            source_url=SOURCE_URL,
        )
        build.sanction(entity_id, listing)
        return entity_id

    def _day(self, row: Row, column: str, source_row: int) -> dt.date | None:
        """A day of a column; one that is none goes to the rejects, the row stays."""
        if row[column] == "":
            return None
        try:
            return parse_date(row[column], day_first=False).day
        except ValueFormError:
            self.build.reject(
                source_row, f"only the value is refused, the row is read: {column} is no date from 1901 to 2100", row[column]
            )
            return None

    def notes(self) -> list[str]:
        """What was joined."""
        return [f"{self.continued:,} rows add an address to an entity of an earlier row (same name, same order)"]
