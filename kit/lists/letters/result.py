"""Entries to the tables of a list, through the reader of own spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit.files import Sheet
from kit.files.documents import PAGE
from kit.files.sheets import Refusal, to_rejects, to_table
from kit.lists.building import ListBuilder
from kit.lists.editions import Edition
from kit.lists.letters.entries import Entry, Proposal
from kit.lists.readers.own_sheet import Reading
from kit.model import ColumnUse, Schema
from kit.tables import ReadResult

OWN = ("name", "other names", "address", "territory", "kind", "place")
TARGETS = ("name", "alias", "address", "country", "type", "remarks")


def to_result(proposal: Proposal, edition: Edition, *, list_id: str, reader: str) -> ReadResult:
    """Make the tables of a list from what was taken; everything left aside is in the rejects, by its place.

    An entry without a name is a listed address. `source_row` is the place: page × 1000 + line in a PDF.
    """
    extra = list(dict.fromkeys((header, target) for entry in proposal.taken for header, target, _ in entry.more))
    names = _headers(extra)
    uses = tuple(ColumnUse(name, target, _reason(name)) for name, target in zip(OWN, TARGETS, strict=True))
    uses += tuple(ColumnUse(names[key], key[1], f"column or label {key[0]!r} of the letter") for key in extra)
    rows = [_cells(entry, extra) for entry in proposal.taken]
    table = to_table([use.source for use in uses], rows, [entry.place for entry in proposal.taken])
    refused = to_rejects(proposal.source_file, _refused(proposal))
    sheet = Sheet(proposal.source_file, None, 0, tuple(use.source for use in uses), table, refused)
    reading = Reading(ListBuilder(edition), list_id, uses)
    reading.rows(sheet)
    reading.build.notes.extend([*proposal.notes, *reading.notes()])
    shown = proposal.columns if len(proposal.columns) > 0 else uses
    return reading.build.finish(reader, shown, [sheet.rejects])


def _headers(extra: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """A name for each further column that no other has."""
    taken = set(OWN) | {"source_row"}
    out: dict[tuple[str, str], str] = {}
    for header, target in extra:
        wanted = header or target
        name, n = wanted, 1
        while name in taken:
            n += 1
            name = f"{wanted} ({n})"
        taken.add(name)
        out[header, target] = name
    return out


def _reason(name: str) -> str:
    return "where it stands in the letter" if name == "place" else "as taken from the letter, see its entries"


def _cells(entry: Entry, extra: Sequence[tuple[str, str]]) -> list[str]:
    is_address = entry.name == ""
    kind = Schema.ADDRESS.value if is_address else ""
    more: dict[tuple[str, str], list[str]] = {}
    for header, target, value in entry.more:
        more.setdefault((header, target), []).append(value)
    own = [entry.address if is_address else entry.name, entry.other_names, entry.address, entry.territory, kind, entry.where]
    return [*own, *("; ".join(more.get(key, [])) for key in extra)]


def _refused(proposal: Proposal) -> list[Refusal]:
    """What was left aside, one refusal a piece, and the pages that could not be read."""
    out = [Refusal(place, f"page {place // PAGE}: {reason}", "") for place, reason in proposal.unread]
    out += [Refusal(e.place, f"not taken: {e.why}", f"{e.where}: {e.text}") for e in proposal.entries if not e.is_taken]
    return sorted(out, key=lambda refusal: refusal.number)
