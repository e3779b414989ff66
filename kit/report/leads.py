"""The names to look at first, the listed party each resembles, and the records behind it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kit.charts import MEASURE_WORDS, amount_text
from kit.charts.words import territory_name
from kit.flows import Focus, Selection
from kit.lists import status_on
from kit.model import DatePrecision, Judgement, ListingStatus, RecordKind, Schema
from kit.report.cells import Cell, Grid, cell, grid, is_missing, name_cell
from kit.report.shown import Shown

MOST_FIRST, MOST_RECORDS, MOST_NAMES = 20, 8, 6
MOST_SOUGHT = 1000  # of these, a published copy shows the matches
STATUS_WORDS = {ListingStatus.NOT_YET.value: "not yet listed", ListingStatus.DATE_UNKNOWN.value: "unknown whether listed"}
DATE_LENGTH = {DatePrecision.YEAR.value: 4, DatePrecision.MONTH.value: 7}
JUDGEMENT_WORDS = {
    Judgement.POSITIVE.value: "match",
    Judgement.UNSURE.value: "candidate, judged unsure",
    Judgement.NEGATIVE.value: "judged not a match",
}


@dataclass(frozen=True)
class Lead:
    """One name to look at, the listed party it resembles, and the records behind it."""

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


def leads(shown: Shown, selection: Selection) -> list[Lead]:
    """The names with most at stake, best first; only those that this copy may show."""
    rows = shown.store.look_first(selection, most=MOST_FIRST if shown.is_working_copy else MOST_SOUGHT)
    allowed = [row for row in rows.itertuples() if shown.may_show(str(row.record_name), str(row.entity_id))]
    return [_lead(shown, selection, rank, row) for rank, row in enumerate(allowed[:MOST_FIRST], 1)]


def overview(found: Sequence[Lead]) -> Grid:
    """The leads as one table that sorts; each name leads to its own entry below."""
    rows = [
        [
            cell(lead.rank), Cell(lead.name.text, href=f"#{lead.key}", note=lead.name.note), lead.listed, cell(lead.list_id),
            Cell(lead.score, sort=lead.score.split(" ")[0]), cell(lead.count), cell(lead.status),
        ]
        for lead in found
    ]  # fmt: skip
    columns = ["", "Name in the records", "Resembles", "List", "Similarity", "Records", "Judged"]
    return grid("The names to look at first", columns, rows)


def _lead(shown: Shown, selection: Selection, rank: int, row: Any) -> Lead:
    entity = shown.store.entity(row.entity_id)
    schema = Schema(entity["schema"])
    record, listed, sentence = shown.pair(row, schema)
    is_masked = listed != row.entity_name
    more = [n["name"] for n in entity["names"] if n["name"] != row.entity_name][:MOST_NAMES]
    return Lead(
        rank=rank,
        key=f"{selection.kind.value}-{rank}",
        name=name_cell(record),
        listed=name_cell(listed),
        status=JUDGEMENT_WORDS.get(row.judgement, "candidate"),
        judged=_judged(shown, str(row.candidate_id)),
        score=f"{row.score:.2f} ({row.band})",
        sentence=sentence,
        amount=_amount(row, selection),
        listing=tuple(_listing(entity, row)),
        other_names="" if is_masked or not shown.is_working_copy else "; ".join(more),
        list_id=str(row.list_id),
        count=int(row.records),
        list_place=f"{row.list_id}, {entity['source_file']}, row {entity['source_row']}",
        records=_records(shown, selection, row),
    )


def _judged(shown: Shown, candidate_id: str) -> str:
    """Who judged, when and why; a published copy leaves out the reviewer's words."""
    found = shown.judgements.get(candidate_id)
    if found is None or not shown.is_working_copy:
        return ""
    word = JUDGEMENT_WORDS.get(found["judgement"], found["judgement"])
    reason = f": {shown.free_text(found['reason'])}" if not is_missing(found["reason"]) else ""
    return f"Judged {word.removeprefix('candidate, judged ')} by {found['reviewer']} on {found['judged_at'][:10]}{reason}"


def _amount(row: Any, selection: Selection) -> str:
    parts = [f"{amount_text(row.records, 'records')} as {row.role}"]
    if row.value > 0:
        unit = "euros" if selection.measure == "value_eur" else "US dollars"
        parts.append(f"{row.value:,.0f} {unit}, of it {row.priority_value:,.0f} high-priority goods")
    elif row.priority_records > 0:
        parts.append(f"{row.priority_records:,} with high-priority goods")
    if not is_missing(row.first_date):
        form = "%Y-%m-%d" if selection.kind is RecordKind.DECLARATIONS else "%Y-%m"
        days = dict.fromkeys(day.strftime(form) for day in (row.first_date, row.last_date))
        parts.append(f"dated {' to '.join(days)}")
    return "; ".join(parts)


def _listing(entity: dict[str, Any], row: Any) -> list[str]:
    """Who lists the party, why and since when, and how it stood on the days of the records."""
    said = []
    for entry in entity["sanctions"]:
        why = ", ".join(str(entry[key]) for key in ("program_id", "reason", "provisions") if not is_missing(entry[key]))
        cited = f" ({entry['citation']})" if not is_missing(entry["citation"]) else ""
        said.append(f"{entry['authority']}: {why or 'no reason given'}{cited}; {_since(entry)}")
    if len(said) == 0:
        return ["The list gives neither a reason nor a date."]
    return [*said, *_status(entity["sanctions"], row)]


def _since(entry: Mapping[str, Any]) -> str:
    """Since when, as exactly as the list says it."""
    exact, first, last = (entry[key] for key in ("listing_date", "listed_not_before", "listed_not_after"))
    until = f", until {entry['end_date']:%Y-%m-%d}" if not is_missing(entry["end_date"]) else ""
    if not is_missing(exact):
        return f"listed since {exact:%Y-%m-%d}{until}"
    if is_missing(first) or is_missing(last):
        return f"date of listing unknown{until}"
    return (
        f"listed in {first:%Y}" if first.year == last.year else f"listed between {first:%Y-%m-%d} and {last:%Y-%m-%d}"
    ) + until


def _status(sanctions: Sequence[Mapping[str, Any]], row: Any) -> list[str]:
    """How the party stood to the list on the day of the first and of the last record."""
    if is_missing(row.first_date):
        return []
    spans = [(row.first_date.date(), row.first_latest.date()), (row.last_date.date(), row.last_latest.date())]
    found = [str(status_on(sanctions, day, latest=latest).value) for day, latest in spans]
    words = [STATUS_WORDS.get(status, status) for status in found]
    dated = "" if row.dated_records == row.records else f" (of the {row.dated_records:,} of {row.records:,} that have a date)"
    if found[0] == found[1]:
        return [f"On the days of these records{dated}: {words[0]}."]
    return [f"On the day of the first record{dated}: {words[0]}; of the last: {words[1]}."]


def _records(shown: Shown, selection: Selection, row: Any) -> Grid:
    """The records behind a name, largest or newest first, each with its file and line."""
    role = row.role.split(", ")[0]
    focus = Focus(nodes=((f"{role}_name", row.record_name),), label="this name")
    sort = "-date" if selection.measure == "records" else f"-{selection.measure}"
    narrowed = selection.but(focus=focus)
    page = shown.store.page(narrowed, limit=MOST_RECORDS, sort=sort)
    other = "consignee" if role == "consignor" else "consignor"
    value = [] if selection.measure == "records" else [_headed(MEASURE_WORDS[selection.measure])]
    columns = ["Date", f"The other side ({other})", "From", "To", "Goods", "HS code", *value, "File and row"]
    rows = [_record_row(shown, selection, record, other) for record in page.to_dict("records")]
    held = int(row.records) if role == row.role else shown.store.count(narrowed).records
    return grid(f"The records behind this name, as {role}", columns, rows, rows_in_all=held)


def _headed(words: str) -> str:
    return words[:1].upper() + words[1:]


def _record_row(shown: Shown, selection: Selection, record: Mapping[Hashable, Any], other: str) -> list[Cell]:
    return [
        cell(_date_text(record)),
        name_cell(shown.record_name(record[f"{other}_name"])),
        cell(territory_name(record["from_territory"])),
        cell(territory_name(record["to_territory"])),
        cell(shown.free_text(record["goods_description"])),
        hs_cell(record),
        *([] if selection.measure == "records" else [cell(record[selection.measure])]),
        Cell(f"{record['source_file']}, row {record['source_row']}"),
    ]


def _date_text(record: Mapping[Hashable, Any]) -> str | None:
    """A date as precise as its source gives it."""
    if is_missing(record["date"]):
        return None
    return str(record["date"])[: DATE_LENGTH.get(str(record["date_precision"]), 10)]


def hs_cell(record: Mapping[Hashable, Any]) -> Cell:
    """An HS code with the tier of the Common High Priority List below it."""
    if is_missing(record["hs_code"]):
        return cell(None)
    tier = record.get("tier")
    return Cell(str(record["hs_code"]), note="" if is_missing(tier) else f"high priority, tier {tier}")
