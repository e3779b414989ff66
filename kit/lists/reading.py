"""The way in: recognize a list file and read it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kit.errors import FileError, FormatError
from kit.files import FileKind, kind_of, read_sheet
from kit.files.xml_records import xml_root
from kit.lists.columns import looks_like_trade
from kit.lists.letters.reading import propose_letter, read_letter
from kit.lists.readers import own_sheet
from kit.lists.registry import reader_for
from kit.tables import ReadResult

EXPECTED = (
    "the US Consolidated Screening List (CSV or JSON), OFAC's classic or advanced files, the Denied Persons List, "
    "the EU's consolidated list (XML or CSV), tables of the EU Official Journal, the UK Sanctions List, "
    "the UN, Swiss, Canadian or Australian list, FollowTheMoney JSON lines, OpenSanctions' targets.simple.csv, "
    "a letter as PDF or DOCX, or a spreadsheet with a column of names"
)


def recognize(path: Path) -> str | None:
    """The name of the reader that knows a list file, or None if none does.

    None does not mean that a file is no list: XML of an unknown list and trade
    files give None as well. A file that cannot be opened gives None, too.
    """
    try:
        reader = reader_for(path)
    except (FileError, FormatError):
        return None
    return reader.NAME if reader is not None else None


def read_list(
    path: Path,
    *,
    list_id: str | None = None,
    list_version: str | None = None,
    mapping: Mapping[str, str | None] | None = None,
    is_confidential: bool = False,
    corrections: Path | None = None,
) -> ReadResult:
    """Read a list file into ENTITIES, NAMES, ADDRESSES, IDENTIFIERS and SANCTIONS.

    Args:
        path: The file; for OFAC's classic files any one of the four.
        list_id: Short name for the list; without it the reader knows its own,
            or the file's name is taken.
        list_version: Edition, if the user knows it; else the date in the file
            name or the beginning of the file's hash.
        mapping: Columns as the user corrected them, source column to
            `name`, `alias`, `address`, … (`propose_columns` shows the form).
            Given, the file is read as an own spreadsheet.
        is_confidential: The list may not leave the case.
        corrections: Of a letter (PDF, DOCX): the file of entries that a person corrected
            (`kit.lists.letters.write_entries` writes it).

    Returns:
        The tables, the rows refused, and where each column went.

    Raises:
        FileError: If the file cannot be read.
        FormatError: If no reader knows its layout; the message names the columns found.
        MappingError: If `mapping` names a column that the file lacks, or no name column.
    """
    if mapping is not None:
        return own_sheet.read(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential, mapping=mapping)
    if corrections is not None:
        proposal = propose_letter(path, corrections=corrections)
        return read_letter(path, proposal, list_id=list_id, list_version=list_version, is_confidential=is_confidential)
    reader = reader_for(path)
    if reader is None:
        raise _unknown(path)
    return reader.read(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential)


def _unknown(path: Path) -> FormatError:
    kind = kind_of(path)
    if kind is FileKind.XML:
        return FormatError(
            f"{path.name}: found XML whose outermost element is {xml_root(path).tag!r}; the kit knows no list that has it. "
            f"Expected {EXPECTED}. Save the list as CSV or XLSX with a column of names and give that."
        )
    sheet = read_sheet(path)
    seen = [f"The kit {note}." for note in sheet.notes if note.startswith("read sheet")]
    if looks_like_trade(sheet.columns):
        seen.append("The headers are those of trade records: give it as a trade file.")
    return FormatError.unknown(path, sheet.columns, EXPECTED, seen)
