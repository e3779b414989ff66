"""The US Consolidated Screening List as JSON (consolidated.json): one object an entry, with lists where the CSV joins.

Better than the CSV where addresses, aliases and numbers matter: nothing needs
to be taken apart. Entries, lists and numbers are those of the CSV, so that both
give the same entities.

No file was at hand. Keys are those of the CSV; those of addresses and ids are
known from opensanctions/opensanctions (datasets/us/trade_csl) and samples.
"""

from __future__ import annotations

from pathlib import Path

from kit.lists.building import ListBuilder
from kit.lists.editions import edition
from kit.lists.json_records import Broken, Record, first_record, json_document, objects, record_text, require_keys, texts
from kit.lists.naming import read_alias, unique
from kit.lists.readers.csl import USES, Parts, Reading, Row
from kit.model import ColumnUse
from kit.tables import ReadResult

NAME = "csl_json"
MARKS = frozenset({"source", "name", "alt_names", "source_list_url"})
SCALARS = (
    "source", "entity_number", "type", "name", "title", "federal_register_notice", "start_date", "end_date", "standard_order",
    "license_requirement", "license_policy", "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage",
    "vessel_flag", "vessel_owner", "remarks", "source_list_url",
)  # fmt: skip
JOINED = ("programs", "citizenships", "nationalities", "dates_of_birth", "places_of_birth")
ADDRESS = ("address", "city", "state", "postal_code", "country")
UNUSED = ("id", "_id", "source_information_url", "score")
KNOWN = frozenset({*SCALARS, *JOINED, *UNUSED, "alt_names", "addresses", "ids", "country"})


def recognizes(path: Path) -> bool:
    """Whether the file is JSON whose first record has the keys of the Consolidated Screening List."""
    return set(first_record(path)) >= MARKS


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read the Consolidated Screening List as JSON into the list tables.

    Args:
        path: The JSON file: an object with `results`, or the list of them.
        list_id: Put all entities under this list; without it each source list has its own.
        list_version: Edition; without it the date in the file name or the file's hash.
        is_confidential: The list may not leave the case.

    Returns:
        The tables; `source_row` is the number of the record in the file.

    Raises:
        FileError: If the JSON is broken or cut off.
        FormatError: If its records have other keys.
    """
    require_keys(path, NAME, MARKS)
    build = ListBuilder(edition(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential))
    reading = Reading(build)
    unknown: dict[str, None] = {}
    for number, record in enumerate(json_document(path), 1):
        if isinstance(record, Broken):
            build.reject(number, record.reason, record_text(record))
            continue
        unknown |= dict.fromkeys(key for key in record if key not in KNOWN)
        reading.row(_row(record), number, _parts(record))
    if len(unknown) > 0:
        build.notes.append(f"keys that this reader does not know were left out: {', '.join(map(repr, list(unknown)[:8]))}")
    build.notes.extend(reading.notes())
    columns = [
        ColumnUse(key, *USES.get(key, ("remarks", "said beside the entity")))
        for key in (*SCALARS, *JOINED, "alt_names", "addresses", "ids")
    ]
    return build.finish(NAME, columns)


def _row(record: Record) -> Row:
    """The record as a row of the CSV; what the CSV joins by ";" is joined, lists of their own are left to `Parts`."""
    row = {key: "; ".join(texts(record, key)) for key in (*SCALARS, *JOINED)}
    return {**row, "alt_names": "", "address_countries": ";".join(texts(record, "country"))}


def _parts(record: Record) -> Parts:
    """Addresses, aliases and ids as they stand in their lists."""
    addresses = [", ".join(text for key in ADDRESS for text in texts(part, key)) for part in objects(record, "addresses")]
    aliases = [alias for alias in map(read_alias, texts(record, "alt_names")) if alias is not None]
    ids = []
    for part in objects(record, "ids"):
        label, number, country = ("; ".join(texts(part, key)) for key in ("type", "number", "country"))
        if label != "" and number != "":
            ids.append(", ".join([label, number, *([country] if country != "" else [])]))
    return Parts([*unique([text for text in addresses if text != ""]), *texts(record, "addresses")], aliases, ids)
