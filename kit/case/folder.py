"""The case folder: what was read, the tables made of it, and the journal."""

from __future__ import annotations

import glob
import hashlib
import json
import re
import shutil
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kit import tables
from kit.case.atomic import take_file, write_table, write_text
from kit.case.journal import Journal
from kit.case.namesakes import with_own_ids
from kit.errors import CaseError
from kit.model import TABLES, FileRole
from kit.reference import stamp_of
from kit.stored import StoredTable
from kit.tables import ATTENTION, ReadResult

DERIVED = ("candidates", "parties", "links")  # made by the kit from other tables, one file each; the rest has one file a source
DAY = 24 * 60 * 60  # seconds
READING = (
    "kit/model", "kit/files", "kit/lists", "kit/trade", "kit/dates.py", "kit/numbers.py", "kit/codes",
    "kit/territories.py", "kit/rates.py", "data/mappings", "data/lookups", "data/reference",
)  # fmt: skip
STORED = tuple(name for name in TABLES if name not in ("judgements", "movements"))


@dataclass(frozen=True)
class Source:
    """One file that the case has read, as `case.json` keeps it."""

    file: str
    sha256: str
    bytes: int
    modified_ns: int
    role: str
    reader: str
    version: str
    list_ids: tuple[str, ...]
    is_current: bool
    is_confidential: bool
    rows_read: int
    rows_rejected: int
    table_rows: dict[str, int]
    columns: tuple[dict[str, str | None], ...]
    notes: tuple[str, ...]
    read_at: str
    kit_version: str
    rules: str
    place: str = ""  # a hash of the folder it was read from: tells a newer copy of a file from a namesake

    @property
    def key(self) -> str:
        """Name of its Parquet parts: the start of the file's sha256."""
        return self.sha256[:16]


class Case:
    """A folder of tables and a journal; two programs may use it at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = Journal(folder / "journal.sqlite")

    @classmethod
    def create(cls, folder: Path, *, question: str = "") -> Case:
        """Make the folder, or open it if it is a case already."""
        if not (folder / "case.json").exists():
            for part in (folder / "tables", folder / "output"):
                part.mkdir(parents=True, exist_ok=True)
            with Journal(folder / "journal.sqlite").exclusive():
                if not (folder / "case.json").exists():  # another program may have made it meanwhile
                    manifest = {"name": folder.name, "question": question, "sources": []}
                    _write_manifest(folder, manifest)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Case:
        """Open an existing case.

        Raises:
            CaseError: If the folder holds no case.json, or a damaged one.
        """
        if not (folder / "case.json").exists():
            raise CaseError.not_a_case(folder)
        case = cls(folder)
        _ = case.manifest
        return case

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def manifest(self) -> dict[str, Any]:
        """What `case.json` says now."""
        path = self.folder / "case.json"
        try:
            manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            raise CaseError.damaged(path, str(problem)) from problem
        return manifest

    def sources(self, role: FileRole | None = None) -> tuple[Source, ...]:
        """The files read, in the order of reading; with a role, only those."""
        found = [_source(entry) for entry in self.manifest["sources"]]
        return tuple(s for s in found if role is None or s.role == role.value)

    def knows(self, path: Path) -> Source | None:
        """The source that this file already is, told by name, size and time stamp; None if it must be read.

        A file read by other code, mappings or lookups than today's must be read again.
        """
        stat = path.stat()
        for source in self.sources():
            same = (source.file, source.bytes, source.modified_ns) == (path.name, stat.st_size, stat.st_mtime_ns)
            is_settled = source.is_current or len(source.list_ids) > 0  # a restored older state of a file counts again
            if same and is_settled and source.rules == rules():
                return source
        return None

    def add(self, result: ReadResult, path: Path, *, is_confidential: bool = False) -> Source:
        """Keep what a reader made of a file. The same file again changes nothing; a newer list version leaves the older.

        A file that was changed since, at the same place and under the same name, takes the place of its older
        state in the figures: its rows are not summed twice. A list is confidential if either the reader or the caller says so.
        Of two files of one name, the ids that are made of file and row begin with the start of the later file's hash.

        Raises:
            TableError: If a table breaks its contract.
        """
        held, is_confidential = _closed_alike(result.tables, is_confidential)
        source = _describe(result, path, is_confidential)
        others = [s for s in self.sources() if s.is_current and s.file == source.file and s.sha256 != source.sha256]
        has_namesake = any(s.place != source.place for s in others)
        for name, rows in {**held, "rejects": result.rejects}.items():
            part = self.folder / "tables" / name / f"{source.key}.parquet"
            part.parent.mkdir(parents=True, exist_ok=True)
            if has_namesake:
                rows = with_own_ids(name, rows, source.file, source.key, part.parent)
            _keep(part, name, rows)
        with self.journal.exclusive():
            manifest = self.manifest
            kept = [_source(entry) for entry in manifest["sources"] if entry["sha256"] != source.sha256]
            kept, source = _supersede(kept, source)
            manifest["sources"] = [asdict(s) for s in [*kept, source]]
            _write_manifest(self.folder, manifest)
        return source

    def closed(self, path: Path) -> Source | None:
        """The confidential source that this file is, by its content or by name and place: it stays so until released."""
        closed = [source for source in self.sources() if source.is_confidential]
        if len(closed) == 0 or not path.is_file():
            return None
        sha256, place = _sha256(path), _place(path)
        same = (s for s in closed if s.sha256 == sha256 or (s.file == path.name and s.place == place))
        return next(same, None)

    def open_up(self, source: Source) -> None:
        """Mark a source and its entities as no longer confidential; `kit.review.release_list` writes who said so first."""
        part = self.folder / "tables" / "entities" / f"{source.key}.parquet"
        with self.journal.exclusive():
            if part.exists():
                rows = pq.read_table(part)
                at = rows.column_names.index("is_confidential")
                write_table(part, rows.set_column(at, "is_confidential", pa.array([False] * len(rows), pa.bool_())))
            manifest = self.manifest
            for entry in manifest["sources"]:
                entry["is_confidential"] = entry["is_confidential"] and entry["sha256"] != source.sha256
            _write_manifest(self.folder, manifest)

    def note(self, **entries: Any) -> None:
        """Set top-level entries of `case.json`, such as the question or the command."""
        with self.journal.exclusive():
            _write_manifest(self.folder, {**self.manifest, **entries})

    def replace(self, table: str, rows: pa.Table, **entries: Any) -> None:
        """Write a derived table, such as `candidates`, in place of the older one, with what `case.json` says of it."""
        with self.journal.exclusive():
            write_table(self.folder / "tables" / f"{table}.parquet", tables.conform(table, rows))
            if len(entries) > 0:
                _write_manifest(self.folder, {**self.manifest, **entries})

    def parts(self, table: str, sources: tuple[Source, ...] | None = None) -> list[Path]:
        """Parquet files that hold the table now: of current list versions only, and of sources that gave such rows."""
        if table in DERIVED:
            path = self.folder / "tables" / f"{table}.parquet"
            return [path] if path.exists() else []
        known = self.sources() if sources is None else sources
        keys = [s.key for s in known if s.is_current and (table == "rejects" or table in s.table_rows)]
        paths = [self.folder / "tables" / table / f"{key}.parquet" for key in dict.fromkeys(keys)]
        return [path for path in paths if path.exists()]

    def read(self, table: str) -> pa.Table:
        """A whole table; empty if nothing was read for it.

        Raises:
            CaseError: If the table is unknown or a Parquet file is damaged.
        """
        if table == "judgements":
            return self.journal.judgements()
        if table not in STORED:
            raise CaseError.no_table(table, STORED)
        return self._read_parts(table, self.parts(table))

    def _read_parts(self, table: str, paths: list[Path]) -> pa.Table:
        found = []
        for path in paths:
            try:
                found.append(tables.conform(table, pq.read_table(path)))
            except (OSError, pa.ArrowInvalid) as problem:
                raise CaseError.damaged(path, str(problem)) from problem
        return tables.concat(table, found)

    def editions(self, list_id: str) -> tuple[Source, ...]:
        """Every file that the case has read of a list, superseded ones too, the oldest edition first."""
        return tuple(sorted((s for s in self.sources() if list_id in s.list_ids), key=lambda s: (s.version, s.read_at)))

    def read_edition(self, source: Source) -> dict[str, pa.Table]:
        """All tables of one file that the case has read, whether current or superseded.

        Raises:
            CaseError: If a Parquet file is damaged.
        """
        return {
            table: self._read_parts(table, [self.folder / "tables" / table / f"{source.key}.parquet"])
            for table in source.table_rows
        }

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection in memory with one view a table, JUDGEMENTS too; nothing is loaded from a network.

        All views show one state of the case, even if a file is added meanwhile.

        Raises:
            CaseError: If a Parquet file is damaged.
        """
        sources = self.sources()
        connection = duckdb.connect(
            ":memory:", config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        )
        for table in STORED:
            paths = [glob.escape(str(path)) for path in self.parts(table, sources)]
            try:
                relation = (
                    connection.read_parquet(paths, union_by_name=True)
                    if len(paths) > 0
                    else connection.from_arrow(tables.empty(table))
                )
            except duckdb.Error as problem:
                raise CaseError.damaged(self.folder / "tables" / table, str(problem)[:200]) from problem
            relation.create_view(table)
        connection.from_arrow(self.journal.judgements()).create("judgements")
        return connection

    def workplace(self) -> Path:
        """A folder in the case for files that are being made; what a stopped run left there is removed after a day."""
        folder = self.folder / "tables"
        folder.mkdir(parents=True, exist_ok=True)
        for stale in folder.glob(".reading_*"):
            if time.time() - stale.stat().st_mtime > DAY:
                shutil.rmtree(stale, ignore_errors=True)
        for half in folder.glob(".*.tmp"):
            if half.is_file() and time.time() - half.stat().st_mtime > DAY:
                half.unlink(missing_ok=True)
        return folder

    def output(self, name: str) -> Path:
        """A path in the case's output folder."""
        folder = self.folder / "output"
        folder.mkdir(exist_ok=True)
        return folder / name


def _write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    write_text(folder / "case.json", json.dumps(manifest, ensure_ascii=False, indent=1))


def _closed_alike(held: Mapping[str, pa.Table | StoredTable], is_confidential: bool) -> tuple[dict[str, Any], bool]:
    """The tables with one mark for the file and each of its entities: a list may be marked after it was looked at."""
    entities = held.get("entities")
    if not isinstance(entities, pa.Table):
        return dict(held), is_confidential
    at = entities.column_names.index("is_confidential")
    is_closed = is_confidential or pc.any(entities.column(at)).as_py() is True
    marked = entities.set_column(at, "is_confidential", pa.array([is_closed] * len(entities), pa.bool_()))
    return {**held, "entities": marked}, is_closed


def _keep(part: Path, name: str, rows: pa.Table | StoredTable) -> None:
    """Write a table as a part of the case; one that is a file already is moved there."""
    if not isinstance(rows, StoredTable):
        write_table(part, tables.conform(name, rows))
        return
    tables.conform(name, rows.schema.empty_table())
    take_file(part, rows.path)
    rows.moved(part)


@cache
def rules() -> str:
    """A stamp of the code and tables that read files, so that a newer kit reads them again."""
    return stamp_of(READING)


def _source(entry: dict[str, Any]) -> Source:
    try:
        tuples = {name: tuple(entry[name]) for name in ("list_ids", "columns", "notes")}
        return Source(**{**entry, **tuples})
    except (KeyError, TypeError) as problem:
        raise CaseError.other_version(str(entry.get("kit_version", "unknown"))) from problem


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _place(path: Path) -> str:
    return hashlib.sha256(str(path.resolve().parent).encode()).hexdigest()[:16]


def _describe(result: ReadResult, path: Path, is_confidential: bool) -> Source:
    stat = path.stat()
    entities = result.tables.get("entities")
    list_ids = tuple(sorted(tables.distinct(entities.column("list_id")))) if entities is not None else ()
    return Source(
        file=path.name, sha256=result.sha256 or _sha256(path), bytes=stat.st_size, modified_ns=stat.st_mtime_ns,
        role=result.role.value, reader=result.reader, version=result.version, list_ids=list_ids,
        is_current=True, is_confidential=is_confidential, rows_read=result.rows_read,
        rows_rejected=len(result.rejects), table_rows={name: len(rows) for name, rows in result.tables.items()},
        columns=tuple(asdict(use) for use in result.columns), notes=result.notes,
        read_at=datetime.now(UTC).isoformat(timespec="seconds"), kit_version=version("kit"), rules=rules(), place=_place(path),
    )  # fmt: skip


def _supersede(kept: list[Source], new: Source) -> tuple[list[Source], Source]:
    """Of two editions of one list only the newer is current, and of two states of one file; the older stays in the case.

    So does one of two files of one edition, such as OFAC's sdn.csv and alt.csv, which are read together.
    """
    out = []
    for old in kept:
        is_same_file = old.is_current and (old.place, old.file) == (new.place, new.file) and old.place != ""
        same_list = old.is_current and len(set(old.list_ids) & set(new.list_ids)) > 0
        if same_list and _is_date(old.version) and _is_date(new.version) and new.version < old.version:
            new = replace(new, is_current=False)
        elif same_list or is_same_file:
            new = replace(new, notes=(*new.notes, *([] if is_same_file else _displaced(old, new))))
            old = replace(old, is_current=False)
        out.append(old)
    return out, new


def _displaced(old: Source, new: Source) -> list[str]:
    """What to say aloud where an older file ceases to count and may not be an edition of the newer one."""
    named = "a confidential list" if old.is_confidential else old.file
    lost = sorted(set(old.list_ids) - set(new.list_ids))
    if len(lost) > 0:
        which = f"{len(lost)} lists" if old.is_confidential else ", ".join(lost)
        return [
            f"{ATTENTION}{named} no longer counts, because this file holds a newer edition of one of its lists; "
            f"what else it holds ({which}) is not in this file and has left the figures. Use a file that holds all of them."
        ]
    if old.place != new.place and not _is_date(old.version) and not _is_date(new.version):
        return [
            f"{ATTENTION}{named}, read before from another folder, no longer counts: by its name it is an older edition of "
            "this list. If it is another list, rename one of the two files and read both again."
        ]
    return []


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None
