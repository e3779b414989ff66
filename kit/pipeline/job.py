"""Read, find candidates, write the report: the steps of the main job on one case."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kit import lists, matching, parties, trade
from kit.case import Case, Source
from kit.errors import SelectionError, counted
from kit.files import FileKind, kind_of
from kit.files.long import Told, untold
from kit.lists.freshness import editions_used
from kit.model import FileRole
from kit.pipeline.layouts import is_read_under, layout_for, layout_said
from kit.pipeline.letters import corrections_for, is_read_by
from kit.pipeline.linking import link_lists
from kit.pipeline.overlaps import overlaps
from kit.pipeline.own_lists import apart_said, other_id
from kit.reference import stamp_of
from kit.report import write_report
from kit.tables import ReadResult, loud

MATCHING = (
    "kit/names", "kit/parties", "kit/matching", "kit/model", "kit/addresses.py", "kit/reference.py", "kit/tables.py",
    "data/reference", "data/lookups",
)  # fmt: skip

Progress = Callable[[str], None]

RECORD_NAMES = """
SELECT name, string_agg(DISTINCT role, ', ' ORDER BY role) AS role FROM (
    SELECT consignor_name AS name, 'consignor' AS role FROM declarations
    UNION ALL SELECT consignee_name, 'consignee' FROM declarations
    UNION ALL SELECT notify_name, 'notify' FROM declarations
    UNION ALL SELECT declarant_name, 'declarant' FROM declarations
    UNION ALL SELECT consignor_name, 'consignor' FROM documented_flows
    UNION ALL SELECT intermediary_name, 'intermediary' FROM documented_flows
    UNION ALL SELECT consignee_name, 'consignee' FROM documented_flows
) WHERE name IS NOT NULL GROUP BY name ORDER BY name
"""
RECORD_ADDRESSES = """
SELECT DISTINCT name, address FROM (
    SELECT consignor_name AS name, consignor_address AS address FROM declarations
    UNION ALL SELECT consignee_name, consignee_address FROM declarations
    UNION ALL SELECT notify_name, notify_address FROM declarations
) WHERE name IS NOT NULL AND address IS NOT NULL ORDER BY name, address
"""
RECORD_NUMBERS = """
SELECT DISTINCT name, number FROM (
    SELECT consignor_name AS name, consignor_id AS number FROM declarations
    UNION ALL SELECT consignee_name, consignee_id FROM declarations
    UNION ALL SELECT declarant_name, declarant_id FROM declarations
    UNION ALL SELECT record_name, unnest(number_values) FROM parties
) WHERE name IS NOT NULL AND number IS NOT NULL ORDER BY name, number
"""


@dataclass(frozen=True)
class Request:
    """What to run on: list files, trade files, statistics, and which lists are confidential."""

    lists: Sequence[Path] = ()
    trade: Sequence[Path] = ()
    statistics: Sequence[Path] = ()
    confidential: Sequence[Path] = ()
    mappings: dict[Path, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Summary:
    """What one run did, in numbers, and where its report lies."""

    case: Case
    sources: tuple[Source, ...]
    entities: int
    declarations: int
    monthly_totals: int
    flows: int
    documented: int
    record_names: int
    names_with_candidates: int
    strong_names: int
    repeats: int
    rejected: int
    report: Path

    def lines(self) -> list[str]:
        """The summary for a screen, one fact a line."""
        records = [
            (self.declarations, "declarations"), (self.monthly_totals, "monthly totals by party"),
            (self.flows, "official totals"), (self.documented, "documented flows"),
        ]  # fmt: skip
        held = ", ".join(f"{count:,} {words}" for count, words in records if count > 0)
        held += f" ({self.repeats:,} rows not counted: they repeat or sum up others)" if self.repeats > 0 else ""
        return [
            f"  {self.entities:,} listed parties; {held}; {self.rejected:,} lines in the reject table",
            f"  {self.names_with_candidates:,} of {self.record_names:,} party names have a candidate, "
            f"{self.strong_names:,} a strong one; a candidate is a lead that nobody has judged",
            *(f"  list {said}" for said in editions_used(self.case)),
            *(f"  {said}" for said in overlaps(self.case)),
            f"  report: {self.report}",
        ]


def quiet(_: str) -> None:
    """Say nothing."""


def percents(say: Progress, what: str, *, step: int = 10) -> Told:
    """Progress in bytes as a line each tenth of the file: "  40% of export.csv"."""
    told = 0

    def hear(done: int, total: int) -> None:
        nonlocal told
        now = step * int(100 * done / max(1, total) // step)
        if now > told:
            told = now
            say(f"  {now}% of {what}")

    return hear


def read_any(
    path: Path,
    *,
    mapping: Any = None,
    is_confidential: bool = False,
    folder: Path | None = None,
    progress: Told = untold,
) -> ReadResult:
    """Read a file as what it is: a list, or trade records, or statistics.

    `folder` and `progress` are for long trade files, as `kit.trade.read_trade` says.

    Raises:
        FormatError: If it is none of these; the message names the columns found.
        FileError: If it cannot be read at all.
    """
    is_list = lists.recognize(path) is not None or kind_of(path) is FileKind.XML  # no trade source is XML
    if trade.recognize(path) is None and is_list:
        return lists.read_list(path, mapping=mapping, is_confidential=is_confidential)
    return trade.read_trade(path, mapping=mapping, folder=folder, progress=progress)


def add_file(
    case: Case,
    path: Path,
    *,
    role: FileRole,
    mapping: Any = None,
    is_confidential: bool = False,
    progress: Told = untold,
) -> Source:
    """Read one file into the case; a file that the case knows is not read again.

    Args:
        case: Where it goes.
        path: The file.
        role: What the user says it is.
        mapping: Columns as corrected by the user, or None to recognize them: a layout that the case has learned
            comes first, then those that the kit ships, then the recognizer.
        is_confidential: For a list: its names never leave the case. One that is so stays so until it is released.
        progress: Told how much of a long file is read, and of how much, in bytes.

    Raises:
        KitError: If the file cannot be read as that.
    """
    learned = layout_for(case, path) if mapping is None and role is not FileRole.LIST else None
    corrections = corrections_for(case, path) if mapping is None and role is FileRole.LIST else None
    is_confidential = is_confidential or (role is FileRole.LIST and case.closed(path) is not None)
    known = case.knows(path) if path.exists() and mapping is None else None
    is_read_so = known is not None and is_read_under(known, learned) and is_read_by(known, corrections)
    if known is not None and is_read_so and known.is_confidential == is_confidential:
        return known
    if role is FileRole.LIST:
        result = _read_list(case, path, mapping=mapping, is_confidential=is_confidential, corrections=corrections)
    else:
        columns = learned if learned is not None else mapping
        result = trade.read_trade(path, mapping=columns, folder=case.workplace(), progress=progress)
    if learned is not None:
        result = replace(result, notes=(*result.notes, layout_said(learned)))
    return case.add(result, path, is_confidential=is_confidential)


def _read_list(case: Case, path: Path, *, mapping: Any, is_confidential: bool, corrections: Path | None) -> ReadResult:
    """Read a list, under an id of its own where another file of the case is called alike."""
    result = lists.read_list(path, mapping=mapping, is_confidential=is_confidential, corrections=corrections)
    list_id = other_id(case, path, result)
    if list_id is None:
        return result
    result = lists.read_list(path, list_id=list_id, mapping=mapping, is_confidential=is_confidential, corrections=corrections)
    return replace(result, notes=(*result.notes, apart_said(list_id)))


def read_all(case: Case, request: Request, *, progress: Progress = quiet) -> None:
    """Read every file of the request into the case.

    Raises:
        SelectionError: If a file is called confidential that is not among the lists: nothing is read then.
        KitError: If a file cannot be read.
    """
    confidential = {path.resolve() for path in request.confidential}
    listed = {path.resolve(): path.name for path in request.lists}
    for path in request.confidential:
        if path.resolve() not in listed:
            raise SelectionError.unknown("confidential", path.name, sorted(listed.values()))
    roles = ((FileRole.LIST, request.lists), (FileRole.DECLARATIONS, request.trade), (FileRole.STATISTICS, request.statistics))
    for role, paths in roles:
        for path in paths:
            progress(f"reading {path.name}")
            is_confidential = role is FileRole.LIST and path.resolve() in confidential
            source = add_file(
                case,
                path,
                role=role,
                mapping=request.mappings.get(path),
                is_confidential=is_confidential,
                progress=percents(progress, path.name),
            )
            rejected = f", {counted(source.rows_rejected, 'reject')}" if source.rows_rejected > 0 else ""
            progress(f"  {source.reader}: {counted(source.rows_read, 'row')}{rejected}")
            for note in loud(source.notes):
                progress(f"  {note}")


def find_candidates(case: Case, *, progress: Progress = quiet) -> pa.Table:
    """Set every distinct party name of the case against every listed name; keeps and returns CANDIDATES.

    Nothing is computed again while files, kit and rules stay the same.
    """
    stamp = _stamp(case)
    if case.manifest.get("candidates_of") == stamp:
        return case.read("candidates")
    parties.describe_case(case, progress=progress)
    connection = case.connect()
    records = connection.execute(RECORD_NAMES).fetchall()
    addresses = connection.execute(RECORD_ADDRESSES).fetchall()
    numbers = connection.execute(RECORD_NUMBERS).fetchall()
    connection.close()
    names = [name for name, _ in records]
    index = _listed_index(case).with_background(names)

    def say(done: int, total: int) -> None:
        progress(f"  {done:,} of {total:,} names")

    by_name = matching.find_candidates(index, names, roles=dict(records), progress=say)
    at_door = matching.find_address_candidates(case.read("addresses"), case.read("entities"), addresses)
    merged = matching.merge_candidates([by_name, at_door], roles=dict(records))
    found = matching.compare_identifiers(merged, case.read("identifiers"), numbers)
    found = pa.concat_tables([found, _judged_before(case, found, names)])
    case.replace("candidates", found, candidates_of=stamp, record_names=len(names))
    return found


def _listed_index(case: Case) -> matching.Index:
    """The listed names made findable: kept in the case as long as its lists and the kit's rules stay the same."""

    def build() -> matching.Index:
        return matching.build_index(case.read("names"), case.read("entities"))

    return matching.kept_index(case.workplace() / "index.arrow", _stamp(case, FileRole.LIST), build)


def _judged_before(case: Case, found: pa.Table, names: Sequence[str]) -> pa.Table:
    """Candidates that a person judged and that today's rules no longer find: what was judged never disappears.

    Those whose name or list entry is gone from the case are left to the journal.
    """
    older = case.read("candidates")
    known = case.read("entities").column("entity_id")
    judged = case.journal.judgements().column("candidate_id")
    keep = pc.and_(
        pc.is_in(older.column("candidate_id"), value_set=judged),
        pc.invert(pc.is_in(older.column("candidate_id"), value_set=found.column("candidate_id"))),
    )
    keep = pc.and_(keep, pc.is_in(older.column("entity_id"), value_set=known))
    return older.filter(pc.and_(keep, pc.is_in(older.column("record_name"), value_set=pa.array(names, pa.string()))))


def _stamp(case: Case, role: FileRole | None = None) -> str:
    """A hash of everything that candidates depend on; with a role, of the kit's rules and the files of that role."""
    parts = [
        f"{s.sha256} {s.reader} {s.version} {s.list_ids} {s.is_current} {s.rules} {s.columns} {s.notes}"
        for s in case.sources(role)
    ]
    return hashlib.sha256("\n".join([stamp_of(MATCHING), *sorted(parts)]).encode()).hexdigest()


def run_case(case: Case, request: Request, *, progress: Progress = quiet) -> Summary:
    """Read, find candidates, write the report; the same files give the same result.

    Raises:
        KitError: If a file cannot be read; the case keeps what was read before.
    """
    read_all(case, request, progress=progress)
    progress("finding candidates")
    find_candidates(case, progress=progress)
    link_lists(case)
    progress("writing the report")
    report = write_report(case, case.output("report.html"))
    return summarize(case, report)


def summarize(case: Case, report: Path) -> Summary:
    """Count what the case holds now."""
    connection = case.connect()

    def count(statement: str) -> int:
        return int(connection.execute(statement).fetchall()[0][0])

    summary = Summary(
        case=case,
        sources=case.sources(),
        entities=count("SELECT count(*) FROM entities"),
        declarations=count("SELECT count(*) FROM declarations WHERE repeat_of IS NULL AND record_level = 'line'"),
        monthly_totals=count("SELECT count(*) FROM declarations WHERE repeat_of IS NULL AND record_level = 'monthly_total'"),
        flows=count("SELECT count(*) FROM flows"),
        documented=count("SELECT count(*) FROM documented_flows"),
        record_names=int(case.manifest.get("record_names", 0)),
        names_with_candidates=count("SELECT count(DISTINCT record_name) FROM candidates"),
        strong_names=count("SELECT count(DISTINCT record_name) FROM candidates WHERE band = 'strong'"),
        repeats=count("SELECT count(*) FROM declarations WHERE repeat_of IS NOT NULL"),
        rejected=count("SELECT count(*) FROM rejects"),
        report=report,
    )
    connection.close()
    return summary
