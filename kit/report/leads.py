"""The names to look at first, and the listed party that each resembles or stands beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

from kit.charts import amount_text
from kit.files.documents import place_in_file
from kit.flows import Selection
from kit.lists import status_on
from kit.model import Judgement, LinkBasis, ListingStatus, Schema
from kit.report.behind import Behind, behind, roles_of
from kit.report.cells import Cell, Grid, cell, grid, is_missing, name_cell
from kit.report.shown import AT_ADDRESS, Shown

MOST_FIRST, MOST_NAMES = 20, 6
EVERY = 1_000_000  # more names than a case holds
STATUS_WORDS = {ListingStatus.NOT_YET.value: "not yet listed", ListingStatus.DATE_UNKNOWN.value: "unknown whether listed"}
JUDGEMENT_WORDS = {
    Judgement.POSITIVE.value: "match",
    Judgement.UNSURE.value: "candidate, judged unsure",
    Judgement.NEGATIVE.value: "judged not a match",
}


@dataclass(frozen=True)
class Lead:
    """One name to look at, the listed party or address it resembles or stands at, and the records behind it."""

    rank: int
    key: str
    name: Cell
    listed: Cell
    status: str
    judged: str
    score: str
    sentence: str
    amount: str
    listing: tuple[str, ...]
    other_names: str
    list_id: str
    list_place: str
    count: int
    records: Grid
    is_at_address: bool  # the address met; the name was not compared


def leads(shown: Shown, selection: Selection) -> tuple[tuple[Lead, ...], int]:
    """The names with most at stake, best first, and how many names there are in all; only those that this copy may show."""
    rows = shown.store.look_first(selection, most=EVERY)
    allowed = [row for row in rows.itertuples() if shown.may_show(str(row.record_name), str(row.entity_id))]
    return tuple(_lead(shown, selection, rank, row) for rank, row in enumerate(allowed[:MOST_FIRST], 1)), len(allowed)


def overview(found: Sequence[Lead]) -> Grid:
    """The leads as one table that sorts; each name leads to its own entry below."""
    rows = [
        [
            cell(lead.rank), Cell(lead.name.text, href=f"#{lead.key}", note=lead.name.note), _listed(lead), cell(lead.list_id),
            Cell(lead.score, sort=lead.score.split(" ")[0]), cell(lead.count), cell(lead.status),
        ]
        for lead in found
    ]  # fmt: skip
    resembles = "Resembles, or stands at" if any(lead.is_at_address for lead in found) else "Resembles"
    columns = ["", "Name in the records", resembles, "List", "Similarity", "Records", "Judged"]
    return grid("The names to look at first", columns, rows)


def _listed(lead: Lead) -> Cell:
    if not lead.is_at_address:
        return lead.listed
    return Cell(lead.listed.text, note="at a listed address; the name was not compared")


def score_text(score: float) -> str:
    """A score with two decimals, rounded down, so that only 1 shows as 1.

    >>> score_text(0.9999), score_text(0.57), score_text(1.0)
    ('0.99', '0.57', '1.00')
    """
    return str(Decimal(repr(float(score))).quantize(Decimal("0.01"), ROUND_DOWN))


def _lead(shown: Shown, selection: Selection, rank: int, row: Any) -> Lead:
    entity = shown.store.entity(row.entity_id)
    schema = Schema(entity["schema"])
    record, listed, sentence = shown.pair(row, schema)
    is_masked = listed != row.entity_name
    records = behind(shown, selection, row)
    more = [n["name"] for n in entity["names"] if n["name"] != row.entity_name][:MOST_NAMES]
    return Lead(
        rank=rank,
        key=f"{selection.kind.value}-{rank}",
        name=name_cell(record),
        listed=name_cell(listed),
        status=JUDGEMENT_WORDS.get(row.judgement, "candidate"),
        judged=_judged(shown, str(row.candidate_id)),
        score=f"{score_text(row.score)} ({row.band})",
        sentence=sentence,
        amount=_amount(row, selection, records),
        listing=(*_listing(entity, row, records), *_linked(entity)),
        other_names="" if is_masked or not shown.is_working_copy else "; ".join(more),
        list_id=str(row.list_id),
        count=int(row.records),
        list_place=f"{row.list_id}, {entity['source_file']}, {place_in_file(entity['source_file'], entity['source_row'])}",
        records=records.table,
        is_at_address=str(row.explanation).startswith(AT_ADDRESS),
    )


def _linked(entity: dict[str, Any]) -> list[str]:
    """Who else lists the party, by the links between lists; nothing of a confidential list."""
    return [
        f"{_also(entry)} listed by {entry['authority']} ({entry['list_id']}), linked by {entry['basis']}"
        + ("" if entry["basis"] == LinkBasis.IDENTIFIER else ", a lead")
        for entry in entity["linked"]
        if not entry["is_confidential"]
    ]


def _also(entry: dict[str, Any]) -> str:
    """Whether another list names the party still; the Swiss list, for one, keeps who was de-listed."""
    end = entry["end_date"]
    return f"until {end} formerly" if end is not None and end < datetime.now(UTC).date() else "also"


def _judged(shown: Shown, candidate_id: str) -> str:
    """Who judged, when and why; a published copy leaves out the reviewer's words."""
    found = shown.judgements.get(candidate_id)
    if found is None or not shown.is_working_copy:
        return ""
    word = {Judgement.POSITIVE.value: "a match", Judgement.NEGATIVE.value: "not a match"}.get(found["judgement"], "unsure")
    reason = f": {shown.free_text(found['reason'])}" if not is_missing(found["reason"]) else ""
    return f"Judged {word} by {found['reviewer']} on {found['judged_at'][:10]}{reason}"


def _amount(row: Any, selection: Selection, records: Behind) -> str:
    parts = [f"{amount_text(row.records, 'records')} as {' and '.join(roles_of(row))}"]
    if row.value > 0:
        unit = "euros" if selection.measure == "value_eur" else "US dollars"
        parts.append(f"{row.value:,.0f} {unit}, of it {row.priority_value:,.0f} high-priority goods")
    elif row.priority_records > 0:
        parts.append(f"{row.priority_records:,} with high-priority goods")
    if records.dated != "":
        parts.append(f"dated {records.dated}")
    return "; ".join(parts)


def _listing(entity: dict[str, Any], row: Any, records: Behind) -> list[str]:
    """Who lists the party, why and since when, and how it stood on the days of the records."""
    said = []
    for entry in entity["sanctions"]:
        why = ", ".join(str(entry[key]) for key in ("program_id", "reason", "provisions") if not is_missing(entry[key]))
        cited = f" ({entry['citation']})" if not is_missing(entry["citation"]) else ""
        said.append(f"{entry['authority']}: {why or 'no reason given'}{cited}; {_since(entry)}")
    if len(said) == 0:
        return ["The list gives neither a reason nor a date."]
    return [*said, *_status(entity["sanctions"], row, records)]


def _since(entry: Mapping[str, Any]) -> str:
    """Since when, as exactly as the list says it."""
    exact, first, last = (entry[key] for key in ("listing_date", "listed_not_before", "listed_not_after"))
    until = f", until {entry['end_date']:%Y-%m-%d}" if not is_missing(entry["end_date"]) else ""
    if not is_missing(exact):
        return f"listed since {exact:%Y-%m-%d}{until}"
    if is_missing(first) and not is_missing(last):
        return f"listed on or before {last:%Y-%m-%d}{until}"
    if is_missing(first) or is_missing(last):
        return f"date of listing unknown{until}"
    return (
        f"listed in {first:%Y}" if first.year == last.year else f"listed between {first:%Y-%m-%d} and {last:%Y-%m-%d}"
    ) + until


def _status(sanctions: Sequence[Mapping[str, Any]], row: Any, records: Behind) -> list[str]:
    """How the party stood to the list on the day of the first record and at the end of the last."""
    if records.last is None:
        return []
    spans = [(row.first_date.date(), row.first_latest.date()), records.last]
    found = [str(status_on(sanctions, day, latest=latest).value) for day, latest in spans]
    words = [STATUS_WORDS.get(status, status) for status in found]
    dated = "" if row.dated_records == row.records else f" (of the {row.dated_records:,} of {row.records:,} that have a date)"
    if found[0] == found[1]:
        return [f"On the days of these records{dated}: {words[0]}."]
    return [f"On the day of the first record{dated}: {words[0]}; of the last: {words[1]}."]
