"""The list that the kit ships: parties on a US list under a Russia program, outside Russia and Belarus.

It is the public counterpart of a letter that was never published. An entry
says that a US list names the party under a Russia program, and by which rule
it was chosen. It does not say that the party supplied anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from kit.errors import FileError, FormatError, ValueFormError
from kit.files import read_sheet
from kit.lists.citations import listing_interval
from kit.lists.heads import head_rows
from kit.model import LIST_TABLES, ColumnUse, FileRole, NameKind, Schema, Topic
from kit.names import script_of
from kit.tables import ReadResult, concat, from_rows, reject
from kit.territories import read_territory

NAME = "bundled"
LIST_ID = "us_russia_parties"
COLUMNS = (
    "entry_id", "authority", "source_list", "source_number", "name", "aliases", "countries", "programs", "license_requirement",
    "license_policy", "citation", "chosen_by", "chosen_by_words", "remark", "source_edition", "source_file", "line_in_source",
    "source_url", "license",
)  # fmt: skip
_RULES = {
    "bis_russia_rule": "its license names a Russia rule (15 CFR 746.8, 734.9(g), or supplement 7 to part 746)",
    "ofac_russia_program": "an entity under a Russia program",
}
_TOPICS = {"BIS": [Topic.EXPORT_CONTROL.value], "OFAC": [Topic.SANCTION.value]}
_USES = {
    "entry_id": ("entity_id", "number of the list, or the line in the source where the list has no number"),
    "name": ("name", "first name"), "aliases": ("name", "aliases, separated by semicolons"),
    "countries": ("countries", "territories of the addresses"), "programs": ("program_id", "programs of the list"),
    "license_requirement": ("provisions", "license requirement and policy"), "license_policy": ("provisions", "license policy"),
    "citation": ("citation", "Federal Register notices"), "chosen_by": ("reason", "the rule that chose the entry"),
    "chosen_by_words": ("reason", "the words of the list that the rule rests on"), "authority": ("authority", "who lists"),
    "remark": ("remarks", "remark"), "source_edition": ("list_version", "edition of the source list"),
    "source_url": ("source_url", "official address of the list"),
}  # fmt: skip


def recognizes(path: Path) -> bool:
    """Whether a file has exactly the columns of the bundled list."""
    return head_rows(path, 1) == [list(COLUMNS)]


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read the bundled list.

    The source gives no listing dates. The volume of the first Federal Register
    notice gives a year, kept as an interval; where there is no notice the date
    stays unknown.

    Raises:
        FileError: If the file is missing or damaged.
        FormatError: If its columns are others.
    """
    if not path.exists():
        raise FileError.missing(path)
    sheet = read_sheet(path, delimiter=",")
    if sheet.columns != COLUMNS:
        raise FormatError.unknown(path, sheet.columns, "the columns of the bundled list")
    rows = [{name: "" if value is None else value for name, value in row.items()} for row in sheet.rows.to_pylist()]
    version = list_version if list_version is not None else max((row["source_edition"] for row in rows), default="no rows")
    made = {
        "list_id": LIST_ID if list_id is None else list_id,
        "list_version": version,
        "is_confidential": is_confidential,
        "source_file": path.name,
    }
    tables, faults = _tables(rows, made)
    return ReadResult(
        role=FileRole.LIST,
        reader=NAME,
        tables=tables,
        rejects=concat("rejects", [sheet.rejects, from_rows("rejects", faults)]),
        columns=tuple(ColumnUse(name, *_USES.get(name, (None, "source of the row; kept in the file"))) for name in COLUMNS),
        rows_read=len(rows),
        version=version,
        notes=sheet.notes,
    )


def _tables(rows: list[dict[str, Any]], made: Mapping[str, Any]) -> tuple[dict[str, pa.Table], list[dict[str, Any]]]:
    """The five tables of a list, and rejects for territories that cannot be read."""
    parts: dict[str, list[dict[str, Any]]] = {name: [] for name in LIST_TABLES}
    rejects: list[dict[str, Any]] = []
    for row in rows:
        faults, countries = _territories(row, str(made["source_file"]))
        rejects += faults
        entity_id = f"{made['list_id']}:{row['entry_id']}"
        parts["entities"].append({"entity_id": entity_id, **made, **_entity(row, countries)})
        parts["names"] += _names(entity_id, row)
        parts["sanctions"].append({"entity_id": entity_id, **_sanction(row)})
    return {name: from_rows(name, part) for name, part in parts.items()}, rejects


def _territories(row: Mapping[str, Any], source_file: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Territories that can be read, and a reject for each that cannot; the entry itself stays."""
    faults, countries = [], []
    for spelled in _parts(row["countries"]):
        try:
            countries.append(read_territory(spelled).iso2)
        except ValueFormError as problem:
            faults.append(reject(source_file, row["source_row"], f"territory left out: {problem}", row["name"]))
    return faults, countries


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip() != ""]


def _or_none(text: str) -> str | None:
    return None if text == "" else text


def _entity(row: Mapping[str, Any], countries: list[str]) -> dict[str, Any]:
    schema = Schema.LEGAL_ENTITY if row["authority"] == "BIS" else Schema.ORGANIZATION
    return {
        "schema": schema.value, "name": row["name"], "topics": _TOPICS[row["authority"]], "countries": countries,
        "is_address_only": False, "remarks": _or_none(row["remark"]), "source_row": row["source_row"],
    }  # fmt: skip


def _names(entity_id: str, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    spelled = [(row["name"], NameKind.NAME), *((alias, NameKind.ALIAS) for alias in _parts(row["aliases"]))]
    return [{"entity_id": entity_id, "name": name, "kind": kind.value, "script": script_of(name)} for name, kind in spelled]


def _sanction(row: Mapping[str, Any]) -> dict[str, Any]:
    provisions = [text for text in (row["license_requirement"], row["license_policy"]) if text != ""]
    interval = listing_interval(row["citation"])
    dates = {} if interval is None else {"listed_not_before": interval[0], "listed_not_after": interval[1]}
    return {
        "authority": row["authority"], "program_id": "Entity List" if row["programs"] == "" else row["programs"],
        "provisions": _or_none(" | ".join(provisions)),
        "reason": f"{_RULES[row['chosen_by']]}: {row['chosen_by_words']}", "citation": _or_none(row["citation"]),
        "source_url": row["source_url"], **dates,
    }  # fmt: skip
