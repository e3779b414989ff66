"""What a picture cannot show, counted of the records that it draws; each picture has only its own notes."""

from __future__ import annotations

from kit.charts import amount_text
from kit.errors import counted
from kit.flows import Counts, Selection
from kit.lists.readers.bundled import LIST_ID
from kit.model import FileRole, RecordKind
from kit.report.shown import Shown

MOST_NODES = 14
PASSING = "The figures of a country with large ports may include goods that only pass through it."
PARTLY_BY_ADDRESS = "Some candidates stand at a listed address: there the address was compared, not the name."
_SENT_FROM = {
    "departure": "departure country",
    "origin": "country of origin",
    "trading": "country of the contract partner",
    "seat": "seat of the sender, and “sent to” the seat of the receiver: these records name no route",
}


def flow_notes(shown: Shown, selection: Selection, everything: Counts, drawn: Counts) -> list[str]:
    """Notes of the Sankey; `drawn` counts the records that it draws, `everything` those of the selection."""
    return [
        *_parties_notes(shown, selection),
        *_narrowed_note(shown, everything.records, drawn.records),
        *_sum_notes(drawn, selection.measure),
        *_consignee_note(drawn, selection.measure),
        *_drawing_notes(selection),
    ]


def time_notes(selection: Selection, counts: Counts) -> list[str]:
    """Notes of the bars by month."""
    words = ("record has no date, or only a year, and is", "records have no date, or only a year, and are")
    dated = [f"{counted(counts.without_date, *words)} not in the bars by month."] if counts.without_date > 0 else []
    return [*_sum_notes(counts, selection.measure), *dated]


def map_notes(selection: Selection, counts: Counts) -> list[str]:
    """Notes of the map; the picture itself counts the pairs without a place."""
    passing = [PASSING] if selection.kind is RecordKind.FLOWS else []
    return [*_sum_notes(counts, selection.measure), *passing]


def bundled_note(shown: Shown) -> list[str]:
    """What the bundled list cannot know: it leaves out parties in Russia and Belarus."""
    held = sorted({list_id for source in shown.case.sources(FileRole.LIST) for list_id in source.list_ids if source.is_current})
    if LIST_ID not in held:
        return []
    which = "The list of this case" if held == [LIST_ID] else f"The list {LIST_ID} of this case"
    return [f"{which} holds no parties in Russia or Belarus: grey does not mean cleared."]


def _parties_notes(shown: Shown, selection: Selection) -> list[str]:
    if selection.kind is RecordKind.FLOWS:
        return [PASSING]
    return [*bundled_note(shown), *([PARTLY_BY_ADDRESS] if shown.is_working_copy and shown.has_address_candidates() else [])]


def _narrowed_note(shown: Shown, records: int, drawn: int) -> list[str]:
    rest = records - drawn
    if rest == 0:
        return []
    who = "a match or a candidate" if shown.is_working_copy else "a match"
    said = "Drawn is the 1 record that names" if drawn == 1 else f"Drawn are the {drawn:,} records that name"
    return [f"{said} {who}; {counted(rest, 'other is', 'others are')} not."]


def _sum_notes(counts: Counts, measure: str) -> list[str]:
    found = [
        (
            counts.without_value if measure != "records" else 0,
            "record has no value in this unit and is not in the sums",
            "records have no value in this unit and are not in the sums",
        ),
        (
            counts.repeats_left_out,
            "record that repeats or sums up another was left out of every sum",
            "records that repeat or sum up others were left out of every sum",
        ),
        (
            counts.aggregates_left_out,
            "published aggregate (World, EU27) was left out, because it contains its members",
            "published aggregates (World, EU27) were left out, because they contain their members",
        ),
    ]
    converted = [counts.conversion] if measure == "value_usd" and counts.converted > 0 else []
    return [*(f"{counted(number, one, many)}." for number, one, many in found if number > 0), *converted]


def _consignee_note(counts: Counts, measure: str) -> list[str]:
    if counts.consignee_missing == 0:
        return []
    held = f" ({amount_text(counts.consignee_missing_value, measure)})" if measure != "records" else ""
    one = counts.consignee_missing == 1
    verbs = "names no consignee; it stands" if one else "name no consignee; they stand"
    return [f"{amount_text(counts.consignee_missing, 'records')}{held} {verbs} as “(not named)”."]


def _drawing_notes(selection: Selection) -> list[str]:
    notes = [f"“N others” gathers what is not among the {MOST_NODES} largest of a stage; candidates come first."]
    if selection.kind in (RecordKind.DECLARATIONS, RecordKind.MONTHLY_TOTALS):
        notes.append(f"“Sent from” is the {_SENT_FROM[selection.from_end]}.")
    if selection.kind is RecordKind.DOCUMENTED:
        notes.append("Every documented flow has the same width: their values are not comparable and are never summed.")
    return notes
