"""The EU's consolidated financial sanctions list (Financial Sanctions Files): XML 1.1, CSV 1.1, and the older CSV 1.0.

One element of the XML is one party. The CSV has a row for each name, address,
birth, document or citizenship, and repeats the party in all of them; rows of
one logical number are one party. Columns are read by name, because their
places differ between editions.

When a party was listed is seldom said: `designationDate`, or a remark "Date of
listing", is a day. Else, and where an act cited anywhere in its entry is older, the
earliest act cited is the last possible day. It is never taken for the first
one: a regulation that replaced an older one (as 267/2012 did with 961/2010)
lists parties that had been listed before.

No file was at hand. Elements, attributes and columns are known from public
readers: opensanctions/opensanctions (zavod/shed/fsf.py), moov-io/watchman
(pkg/sources/csl_eu/csl.go, the 118 columns), and published samples.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

from kit.dates import parse_date
from kit.errors import FormatError, ValueFormError
from kit.files import FileKind, Sheet, kind_of, read_sheet
from kit.files.xml_records import xml_records, xml_root
from kit.lists.building import ListBuilder, row_text
from kit.lists.editions import edition_said
from kit.lists.eu_subjects import Part, Reading, Subject
from kit.lists.heads import header_cells
from kit.lists.programs import source_lists
from kit.lists.xml_lists import whole_text
from kit.model import ColumnUse
from kit.reference import read_reference
from kit.tables import ReadResult

NAME = "eu_fsf"
ROOT = "export"
RECORD = "sanctionEntity"
NAMESPACE = "fsd"  # http://eu.europa.ec/fpi/fsd/export
MARKS = frozenset({"Entity_LogicalId", "NameAlias_WholeName"})
OLD_MARKS = frozenset({"Entity_logical_id", "Naal_wholename"})
PARTS = ("NameAlias", "Address", "BirthDate", "Identification", "Citizenship")
ROW = "source_row"
USES: tuple[tuple[str, str | None, str], ...] = (
    ("logicalId", "entity_id", "the list's own number; groups the rows of the CSV"),
    ("euReferenceNumber", "citation", "beside the number and title of the act"),
    ("subjectType", "schema", "person or enterprise, also as P and E"),
    ("nameAlias", "name", "wholeName, else first, middle and last name; strong=false is a weak alias (XML only)"),
    ("address", "address", "street, box, place, postal code, city, region, country; a country alone is a territory"),
    ("citizenship", "countries", "description, else two letters"),
    ("identification", "identifiers", "kinds from data/lookups/eu_fsf_identifications.csv"),
    ("regulation", "program_id", "programme, number and title, address of the act"),
    ("designationDate, publicationDate, entryIntoForceDate", "listing_date", "a day, or the last possible day"),
    ("remark, function, title, birthdate, unitedNationId", "remarks", "said beside the entity"),
    ("contactInfo", None, "contact, not an identifier"),
)


def recognizes(path: Path) -> bool:
    """Whether the file is the EU's XML (export with its namespace or entries) or has the columns of one of its CSV forms.

    Raises:
        FileError: If it is XML that cannot be read or has a document type declaration.
    """
    if kind_of(path) is FileKind.XML:
        return _is_export(path)
    cells = set(header_cells(path))
    return cells >= MARKS or cells >= OLD_MARKS


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read the EU's list into the list tables.

    Args:
        path: The XML or CSV file.
        list_id: Short name; without it `eu_fsf`.
        list_version: Edition; without it the date in the file name, else the day on which the file was made.
        is_confidential: The list may not leave the case.

    Returns:
        The tables. `rows_read` counts parties of the XML, rows of the CSV.

    Raises:
        FileError: If the XML is damaged, cut off, or declares a document type, or the CSV cannot be read.
        FormatError: If it is another file.
    """
    is_xml = kind_of(path) is FileKind.XML
    sheet = None if is_xml else read_sheet(path)
    if sheet is None:
        if not _is_export(path):
            raise FormatError(
                f"{path.name}: the outermost element is {xml_root(path).tag!r} without the EU's entries; expected {ROOT!r} "
                f"with {RECORD!r}. Give the list as its publisher has it."
            )
        day = _day(xml_root(path).attributes.get("generationDate", ""))
    else:
        columns = set(sheet.columns)
        if not (columns >= MARKS or columns >= OLD_MARKS):
            raise FormatError.lacks(path, NAME, MARKS - columns, sheet.columns)
        day = _made(sheet)
    made = edition_said(path, day, list_id=list_id, list_version=list_version, is_confidential=is_confidential)
    build = ListBuilder(made)
    reading = Reading(build, source_lists()["EU-FSF"], has_strength=is_xml)
    for subject in _of_xml(path) if sheet is None else _of_sheet(sheet, build):
        if reading.subject(subject):
            build.rows_read += len(subject.lines)
    build.notes.extend([*(sheet.notes if sheet is not None else ()), *reading.notes()])
    return build.finish(NAME, [ColumnUse(*use) for use in USES], [sheet.rejects] if sheet is not None else [])


def _is_export(path: Path) -> bool:
    """Whether XML is this list: others may call their outermost element export, too."""
    root = xml_root(path)
    if root.tag != ROOT:
        return False
    if any(NAMESPACE in value for key, value in root.attributes.items() if key.startswith("xmlns")):
        return True
    return next(iter(xml_records(path, {RECORD})), None) is not None


def _of_xml(path: Path) -> Iterator[Subject]:
    """One subject an element."""
    for record in xml_records(path, {RECORD}):
        element, about = record.element, _attributes(record.element)
        kinds = [kind for node in element.iterfind("subjectType") for kind in (node.get("code"), node.get("classificationCode"))]
        yield Subject(
            number=about.get("logicalid", ""),
            lines=[record.line],
            types={kind: None for kind in kinds if kind},
            about=about,
            remarks=dict.fromkeys(_texts(element, "remark")),
            regulations=[_part(node) for node in element.iterfind("regulation")],
            names=[_part(node) for node in element.iterfind("nameAlias")],
            addresses=[_part(node) for node in element.iterfind("address")],
            births=[_part(node) for node in element.iterfind("birthdate")],
            documents=[_part(node) for node in element.iterfind("identification")],
            citizenships=[_part(node) for node in element.iterfind("citizenship")],
        )


def _attributes(element: Element) -> dict[str, str]:
    return {key.casefold(): " ".join(value.split()) for key, value in element.attrib.items()}


def _texts(element: Element, tag: str) -> list[str]:
    found = (whole_text(node) for node in element.iterfind(tag))
    return [text for text in found if text != ""]


def _part(element: Element) -> Part:
    """Attributes, the remark, the address of the act, and the dates of the act that a part cites."""
    part = _attributes(element)
    for key, tag in (("remark", "remark"), ("publicationurl", "publicationUrl")):
        texts = _texts(element, tag)
        if len(texts) > 0:
            part[key] = "; ".join(texts)
    for node in element.iterfind("regulationSummary"):
        part |= {f"regulation{key}": value for key, value in _attributes(node).items()}
    return part


def _of_sheet(sheet: Sheet, build: ListBuilder) -> list[Subject]:
    """The subjects of a CSV, in the order in which they first appear; a row without a number is refused."""
    places = [(name, *_place(name)) for name in sheet.columns]
    subjects: dict[str, Subject] = {}
    for raw in sheet.rows.to_pylist():
        line = int(raw.pop(ROW))
        parts: dict[str, dict[str, str]] = {}
        for name, part, key in places:
            value = raw[name]
            if value is not None and part != "":
                parts.setdefault(part, {}).setdefault(key, " ".join(value.split()))
        about = parts.get("Entity", {})
        number = about.get("logicalid", "")
        if number == "":
            build.reject(line, "the row has no number of the party (Entity_LogicalId)", row_text(raw))
            continue
        subject = subjects.setdefault(number, Subject(number, []))
        subject.lines.append(line)
        _take(subject, about, parts)
    return list(subjects.values())


def _take(subject: Subject, about: dict[str, str], parts: dict[str, dict[str, str]]) -> None:
    """Add what one row says; what an earlier row said already is not added again."""
    for key in ("subjecttype", "subjecttypeclassificationcode"):
        if about.get(key, "") != "":
            subject.types[about[key]] = None
    if about.get("remark", "") != "":
        subject.remarks[about["remark"]] = None
    for key, value in about.items():
        subject.about.setdefault(key, value)
    into = (subject.names, subject.addresses, subject.births, subject.documents, subject.citizenships)
    for name, held in (("Regulation", subject.regulations), *zip(PARTS, into, strict=True)):
        part = parts.get(name, {})
        if len(part) > 0 and part not in held:
            held.append(part)


@cache
def _place(column: str) -> tuple[str, str]:
    """Part and key of a column; empty for one that belongs to no part.

    >>> _place("NameAlias_WholeName"), _place("Entity_Regulation_PublicationDate"), _place("Naal_lastname")
    (('NameAlias', 'wholename'), ('Regulation', 'publicationdate'), ('NameAlias', 'lastname'))
    """
    known = {row["column"]: (row["part"], row["attribute"]) for row in read_reference("lookups", "eu_fsf_columns.csv")}
    bare = column.partition(" (")[0]
    if bare in known:
        return known[bare]
    head, _, rest = bare.partition("_")
    key = rest.replace("_", "").casefold()
    if head == "Entity" and rest.startswith("Regulation_"):
        return "Regulation", "regulationtype" if rest == "Regulation_Type" else key.removeprefix("regulation")
    if head == "Entity" or head in PARTS:
        return head, key
    return ("Entity", "filegenerationdate") if bare == "fileGenerationDate" else ("", "")


def _made(sheet: Sheet) -> dt.date | None:
    """The day on which a CSV was made, from its first row."""
    for name in ("fileGenerationDate", "Date_file"):
        if name in sheet.columns and len(sheet.rows) > 0:
            return _day(sheet.rows.column(name)[0].as_py() or "")
    return None


def _day(text: str) -> dt.date | None:
    """A day as the file writes it: 2026-08-05T16:47:04, or 05/08/2026 with the day first."""
    try:
        return parse_date(text[:10], form="%Y-%m-%d").day if "-" in text[:5] else parse_date(text, day_first=True).day
    except ValueFormError:
        return None
