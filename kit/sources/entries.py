"""Where the bundled files and the public lists come from: title, publisher, licence, edition, size.

`data/catalog.toml` is the only list of sources. A row of any table names its
file; the catalog says who published what that file holds, and on what terms.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from kit.errors import SelectionError, TableError
from kit.reference import data_path

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FILE_NAME = re.compile(r"[A-Za-z0-9_][\w.-]*")
_TEXTS = ("key", "kind", "title", "publisher", "url", "license", "rhythm", "renew")
_KINDS: dict[str, type] = {
    "retrieved": date, "edition": str, "file": str, "sha256": str, "rows": list, "note": str,
    "look_after_days": int, "form": list, "part_of": str,
}  # fmt: skip
_FORM_KINDS: dict[str, type] = {
    "name": str, "layout": str, "reader": str, "files": list, "known": str, "columns": list, "header_line": int,
    "item": str, "fewest": int,
}  # fmt: skip
_FORM_NEEDS = ("name", "layout", "reader", "files", "known")


class SourceKind(StrEnum):
    """What an entry of the catalog is."""

    PUBLIC = "public"  # bundled: facts of public sources
    TRAINING = "training"  # bundled: invented
    LIST = "list"  # a public list that the user downloads
    STATISTICS = "statistics"  # public statistics that the user downloads


class Layout(StrEnum):
    """What a downloaded file must be, as far as it can be told without reading it as a list."""

    CSV = "csv"
    TSV = "tsv"
    XML = "xml"
    JSON = "json"  # one document
    JSONL = "jsonl"  # one document a line
    XLSX = "xlsx"


@dataclass(frozen=True)
class FileAddress:
    """One file of a list: the name that it gets, and the address that it is fetched from."""

    name: str
    url: str


@dataclass(frozen=True)
class Form:
    """One form in which a publisher offers a list: files at lasting addresses, and what must be true of them.

    Attributes:
        name: Short name, such as "csv"; unique within a source.
        layout: What each file must be.
        reader: Name of the reader in `kit.lists` that reads it.
        files: The files; those after the first belong to it.
        known: How the addresses and the layout are known.
        columns: Columns that must be in the header of the first file.
        header_line: Line of the header, 1-based; 0 if the file has none.
        item: What is counted: XML element, or the JSON key of the list of entries; empty for lines.
        fewest: Fewest lines or items of the first file; 0 to use the source's `rows`.
    """

    name: str
    layout: Layout
    reader: str
    files: tuple[FileAddress, ...]
    known: str
    columns: tuple[str, ...] = ()
    header_line: int = 1
    item: str = ""
    fewest: int = 0


@dataclass(frozen=True)
class Source:
    """One source: a bundled file, or a public list or statistic to be downloaded.

    Attributes:
        key: Short name; for a list its `list_id`.
        kind: A SourceKind.
        title: What it is called on the screen.
        publisher: Who publishes it.
        url: Official address, for a person to open; the kit itself opens none.
        license: Terms, as the publisher states them.
        rhythm: How often it changes.
        renew: How to get the next edition.
        retrieved: Day on which the bundled edition was made or fetched.
        edition: The publisher's own date or number of that edition.
        file: Path below `data/`, None if not bundled.
        sha256: Of that file.
        rows: Fewest and most rows that an edition plausibly has. A file outside
            these bounds is probably cut off or something else.
        note: What a user should know.
        look_after_days: After so many days a copy is worth renewing; None where the rhythm is not known in days.
        forms: Ways to fetch it, the best first; empty where a person must open the address.
        part_of: Key of the list whose file holds this one; empty if it has a file of its own.
    """

    key: str
    kind: SourceKind
    title: str
    publisher: str
    url: str
    license: str
    rhythm: str
    renew: str
    retrieved: date | None = None
    edition: str | None = None
    file: str | None = None
    sha256: str | None = None
    rows: tuple[int, int] | None = None
    note: str = ""
    look_after_days: int | None = None
    forms: tuple[Form, ...] = ()
    part_of: str = ""

    @property
    def is_bundled(self) -> bool:
        """Whether the kit ships the file."""
        return self.file is not None


@cache
def catalog() -> tuple[Source, ...]:
    """Every source of the kit's own catalog.

    Raises:
        FileError: If `data/catalog.toml` is missing.
        TableError: With every fault of the catalog at once.

    >>> {source.kind.value for source in catalog() if source.is_bundled} == {"public", "training"}
    True
    """
    return read_catalog(data_path("catalog.toml"))


def source(key: str) -> Source:
    """The source of a key.

    Raises:
        SelectionError: If the catalog has no such key.

    >>> source("us_russia_parties").title
    'Parties on a US list under a Russia program, outside Russia and Belarus'
    """
    found = next((entry for entry in catalog() if entry.key == key), None)
    if found is None:
        raise SelectionError.unknown("source", key, [entry.key for entry in catalog()])
    return found


def source_of_file(name: str) -> Source | None:
    """The source of a bundled file by its name without folder, or None if the kit does not ship it.

    >>> source_of_file("truth.csv").kind.value
    'training'
    """
    return next((entry for entry in catalog() if entry.file is not None and Path(entry.file).name == name), None)


def read_catalog(path: Path) -> tuple[Source, ...]:
    """Read a catalog strictly.

    Raises:
        TableError: If it is no TOML, or with every unknown, missing or unreadable value.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise TableError.faults(path.name, [f"it cannot be read as TOML ({problem})"]) from problem
    entries = content.get("source", [])
    faults = [f"unknown key {key!r}" for key in content if key != "source"]
    if not isinstance(entries, list) or len(entries) == 0:
        raise TableError.faults(path.name, [*faults, "no [[source]] entries"])
    for number, entry in enumerate(entries, 1):
        faults += [f"source {entry.get('key', number)}: {fault}" for fault in _faults(entry)]
    counts = Counter(str(entry.get("key")) for entry in entries)
    faults += [f"the key {key!r} stands {count} times" for key, count in counts.items() if count > 1]
    faults += [
        f"source {entry.get('key')}: part_of is {entry['part_of']!r}, which is no key of the catalog"
        for entry in entries
        if "part_of" in entry and entry["part_of"] not in counts
    ]
    if len(faults) > 0:
        raise TableError.faults(path.name, faults)
    return tuple(_source(entry) for entry in entries)


def _faults(entry: Mapping[str, Any]) -> list[str]:
    faults = [
        f"{name} is missing or no text" for name in _TEXTS if not isinstance(entry.get(name), str) or entry[name].strip() == ""
    ]
    faults += [f"unknown key {name!r}" for name in entry if name not in (*_TEXTS, *_KINDS)]
    faults += [
        f"{name} is {entry[name]!r}" for name, kind in _KINDS.items() if name in entry and not isinstance(entry[name], kind)
    ]
    if len(faults) > 0:
        return faults
    known = [kind.value for kind in SourceKind]
    if entry["kind"] not in known:
        faults.append(f"kind is {entry['kind']!r}, expected one of {', '.join(known)}")
    if not entry["url"].startswith("https://"):
        faults.append(f"url is {entry['url']!r}, expected an https address")
    if "sha256" in entry and _SHA256.fullmatch(entry["sha256"]) is None:
        faults.append(f"sha256 is {entry['sha256']!r}, expected 64 hexadecimal digits")
    if "rows" in entry and not _is_range(entry["rows"]):
        faults.append(f"rows is {entry['rows']!r}, expected [fewest, most]")
    if entry["kind"] in (SourceKind.PUBLIC, SourceKind.TRAINING):
        faults += [f"a bundled file needs {name}" for name in ("file", "sha256", "rows", "retrieved") if name not in entry]
    for form in entry.get("form", []):
        faults += [f"form {form.get('name', '?')}: {fault}" for fault in _form_faults(form)]
    return faults


def _form_faults(form: Mapping[str, Any]) -> list[str]:
    faults = [f"unknown key {name!r}" for name in form if name not in _FORM_KINDS]
    faults += [f"{name} is missing" for name in _FORM_NEEDS if name not in form]
    faults += [f"{name} is {form[name]!r}" for name, kind in _FORM_KINDS.items() if name in form and type(form[name]) is not kind]
    if len(faults) > 0:
        return faults
    layouts = [layout.value for layout in Layout]
    if form["layout"] not in layouts:
        faults.append(f"layout is {form['layout']!r}, expected one of {', '.join(layouts)}")
    if len(form["files"]) == 0:
        faults.append("files is empty")
    for file in form["files"]:
        if set(file) != {"name", "url"} or not str(file["url"]).startswith("https://"):
            faults.append(f"file {file!r} needs a name and an https address")
        elif _FILE_NAME.fullmatch(str(file["name"])) is None:
            faults.append(f"the file name {file['name']!r} is not plain")
    return faults


def _is_range(value: list[Any]) -> bool:
    return len(value) == 2 and all(type(number) is int for number in value) and 0 < value[0] <= value[1]


def _source(entry: Mapping[str, Any]) -> Source:
    values = dict(entry)
    if "rows" in values:
        values["rows"] = (values["rows"][0], values["rows"][1])
    values["forms"] = tuple(_form(form) for form in values.pop("form", []))
    return Source(**{**values, "kind": SourceKind(values["kind"])})


def _form(values: Mapping[str, Any]) -> Form:
    return Form(
        **{
            **values,
            "layout": Layout(values["layout"]),
            "files": tuple(FileAddress(file["name"], file["url"]) for file in values["files"]),
            "columns": tuple(values.get("columns", ())),
        }
    )
