"""The UK Sanctions List as XML: one Designation a party, with the same facts as the CSV.

No file was at hand. Elements are known from public readers
(opensanctions/opensanctions, datasets/gb/fcdo_sanctions, and others) and
samples. Both forms give the same entities.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from kit.errors import ValueFormError
from kit.files.xml_records import Record, xml_records
from kit.lists.building import ListBuilder
from kit.lists.editions import edition_said
from kit.lists.programs import source_lists
from kit.lists.readers.uk_sanctions_list import SOURCE_URL
from kit.lists.telling import tidy_lines
from kit.lists.uk_subjects import Reading, Row, Subject, read_day
from kit.lists.xml_lists import has_root, the_root, whole_text
from kit.model import ColumnUse
from kit.tables import ReadResult

NAME = "uk_sanctions_xml"
ROOT, DESIGNATION, MADE = "Designations", "Designation", "DateGenerated"
FACTS = {
    "UniqueID": "unique id",
    "IndividualEntityShip": "designation type",
    "OFSIGroupID": "ofsi group id",
    "UNReferenceNumber": "un reference number",
    "RegimeName": "regime name",
    "SanctionsImposed": "sanctions imposed",
    "UKStatementofReasons": "uk statement of reasons",
    "OtherInformation": "other information",
    "DateDesignated": "date designated",
}
NAME_PARTS = {**{f"Name{i}": f"name {i}" for i in range(1, 7)}, "NameType": "name type", "AliasStrength": "alias strength"}
ADDRESS_PARTS = {
    **{f"AddressLine{i}": f"address line {i}" for i in range(1, 7)},
    "AddressPostalCode": "address postal code",
    "AddressCountry": "address country",
}
VALUES = {
    "NameNonLatinScript": "name non-latin script",
    "Title": "title",
    "DOB": "d.o.b",
    "Nationality": "nationality(/ies)",
    "PassportNumber": "passport number",
    "NationalIdentifierNumber": "national identifier number",
    "Position": "position",
    "TownOfBirth": "town of birth",
    "CountryOfBirth": "country of birth",
    "TypeOfEntity": "type of entity",
    "Subsidiary": "subsidiaries",
    "ParentCompany": "parent company",
    "BusinessRegistrationNumber": "business registration number (s)",
    "IMONumber": "imo number",
    "CurrentOwnerOperator": "current owner/operator (s)",
    "PreviousOwnerOperator": "previous owner/operator (s)",
    "CurrentBelievedFlagOfShip": "current believed flag of ship",
    "PreviousFlag": "previous flags",
    "TypeOfShip": "type of ship",
    "TonnageOfShip": "tonnage of ship",
    "LengthOfShip": "length of ship",
    "YearBuilt": "year built",
    "HullIdentificationNumber": "hull identification number (hin)",
}
USES: tuple[tuple[str, str | None, str], ...] = (
    ("UniqueID", "entity_id", "the list's own number"),
    ("Names/Name", "name", "joined in the order 1 2 3 4 5 6; AliasStrength low is a weak alias"),
    ("NonLatinNames", "name", "aliases in their own script"),
    ("IndividualEntityShip", "schema", "individual, entity or ship"),
    ("Addresses/Address", "address", "joined with the country"),
    ("RegimeName", "program_id", "the regulations"),
    ("SanctionsImposed", "provisions", "taken apart at '|'"),
    ("UKStatementofReasons", "reason", "as the list says"),
    ("DateDesignated", "listing_date", "exact day"),
    ("Nationality, CurrentBelievedFlagOfShip", "countries", "English names"),
    ("Passport, NationalIdentifier, BusinessRegistrationNumber, IMONumber", "identifiers", "labels such as INN are read"),
    ("DOB, Position, OtherInformation, ship details", "remarks", "said beside the entity"),
)


def recognizes(path: Path) -> bool:
    """Whether the file is XML whose outermost element is Designations.

    Raises:
        FileError: If it is XML that cannot be read or has a document type declaration.
    """
    return has_root(path, ROOT)


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read the UK Sanctions List as XML into the list tables.

    Args:
        path: The XML file.
        list_id: Short name; without it `uk_sanctions_list`.
        list_version: Edition; without it the date in the file name, else the day on which the file was made.
        is_confidential: The list may not leave the case.

    Returns:
        The tables; `source_row` is the line on which the designation begins, `rows_read` counts parties.

    Raises:
        FileError: If the XML is damaged, cut off, or declares a document type.
        FormatError: If it is another XML file.
    """
    the_root(path, ROOT, "Give the UK list as its publisher has it.")
    day = _made(path)
    made = edition_said(path, day, list_id=list_id, list_version=list_version, is_confidential=is_confidential)
    build = ListBuilder(made)
    reading = Reading(build, source_lists()["UK-SL"], SOURCE_URL)
    for record in xml_records(path, {DESIGNATION}):
        subject = _subject(record)
        if subject.number == "":
            build.reject(record.line, "the designation has no UniqueID", whole_text(record.element))
        elif reading.subject(subject):
            build.rows_read += 1
    build.notes.extend(reading.notes())
    return build.finish(NAME, [ColumnUse(*use) for use in USES])


def _subject(record: Record) -> Subject:
    """A designation as rows of the CSV: its facts in the first, then one for each name, address and value."""
    element = record.element
    facts = _cells(element, FACTS)
    rows: list[Row] = [facts, *(_cells(node, NAME_PARTS) for node in element.iterfind("Names/Name"))]
    rows += [_cells(node, ADDRESS_PARTS) for node in element.iterfind("Addresses/Address")]
    rows += [{VALUES[node.tag]: text} for node in element.iter() if node.tag in VALUES and (text := _text(node)) != ""]
    return Subject(facts.get("unique id", ""), rows, [record.line] * len(rows))


def _cells(element: Element, names: dict[str, str]) -> dict[str, str]:
    found = ((names[child.tag], _text(child)) for child in element if child.tag in names)
    return {key: text for key, text in found if text != ""}


def _text(element: Element) -> str:
    """The text of an element; its line breaks stay, because numbers stand one a line."""
    return tidy_lines(element.text or "")


def _days(path: Path) -> Iterator[str]:
    for record in xml_records(path, {MADE, DESIGNATION}):
        if record.element.tag == DESIGNATION:
            return
        yield _text(record.element)


def _made(path: Path) -> dt.date | None:
    """The day on which the file was made, if it says so before the first designation."""
    try:
        return next((read_day(text) for text in _days(path)), None)
    except ValueFormError:
        return None
