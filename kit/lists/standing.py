"""How a party stood on a day, by authority and program, with citation; and its listings in order of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kit.lists.status import row_status, status_on
from kit.model import ListingStatus

_WORDS = {
    ListingStatus.LISTED: "listed", ListingStatus.NOT_YET: "not yet listed", ListingStatus.DELISTED: "no longer listed",
    ListingStatus.DATE_UNKNOWN: "listed at some time, whether on that day is not known",
}  # fmt: skip


@dataclass(frozen=True)
class ProgramStanding:
    """One row of SANCTIONS on a day."""

    authority: str
    program_id: str
    status: ListingStatus
    since: str
    citation: str
    source_url: str

    @property
    def sentence(self) -> str:
        """Who, under what, how it stood, since when, and where that is written."""
        program = f" under {self.program_id}" if self.program_id != "" else ""
        cited = f" ({self.citation})" if self.citation != "" else ""
        return f"{self.authority}{program}: {_WORDS[self.status]}; {self.since}{cited}"


@dataclass(frozen=True)
class Standing:
    """A party on a day: one status over all programs, each program, and whether only its address is listed."""

    name: str
    day: dt.date
    status: ListingStatus
    is_address_only: bool
    programs: tuple[ProgramStanding, ...]

    @property
    def sentence(self) -> str:
        """The status in words; the strongest claim that the dates allow."""
        what = f"The address {self.name}" if self.is_address_only else self.name
        only = " Only the address is listed: no party is named." if self.is_address_only else ""
        rows = "; ".join(program.sentence for program in self.programs)
        return f"{what}, on {self.day}: {_WORDS[self.status]}.{only} {rows}."


def standing_on(
    entity: Mapping[str, Any], sanctions: Iterable[Mapping[str, Any]], day: dt.date, *, latest: dt.date | None = None
) -> Standing:
    """Say how an entity stood to every program that names it.

    Args:
        entity: A row of ENTITIES.
        sanctions: Its rows of SANCTIONS, and those of entries that are linked to it.
        day: The day.
        latest: Last possible day, where only a month or year is known.

    Returns:
        The standing; programs that surely listed it come first.
    """
    rows = list(sanctions)
    found = [_program(row, day, latest if latest is not None else day) for row in rows]
    order = list(_WORDS)
    found.sort(key=lambda program: (order.index(program.status), program.authority, program.program_id))
    return Standing(str(entity["name"]), day, status_on(rows, day, latest=latest), bool(entity["is_address_only"]), tuple(found))


def timeline_of(sanctions: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Listings and delistings of a party in order of time.

    Returns:
        One row an event: `not_before` and `not_after` (equal for an exact day, empty where not known), `event` (listed,
        ended), `authority`, `program_id`, `citation`. Events without any date stand last.

    >>> row = {"authority": "EU", "listing_date": dt.date(2022, 3, 1), "end_date": dt.date(2023, 3, 1)}
    >>> [event["event"] for event in timeline_of([row])]
    ['listed', 'ended']
    """
    events = []
    for row in sanctions:
        head = {"authority": row["authority"], "program_id": row.get("program_id"), "citation": row.get("citation")}
        exact, end = row.get("listing_date"), row.get("end_date")
        span = (exact, exact) if exact is not None else (row.get("listed_not_before"), row.get("listed_not_after"))
        events.append({"not_before": span[0], "not_after": span[1], "event": "listed", **head})
        if end is not None:
            events.append({"not_before": end, "not_after": end, "event": "ended", **head})
    return sorted(events, key=lambda event: (event["not_after"] or event["not_before"] or dt.date.max, event["event"] == "ended"))


def since_words(row: Mapping[str, Any]) -> str:
    """Since when, as exactly as the list says.

    >>> since_words({"listed_not_before": dt.date(2023, 1, 1), "listed_not_after": dt.date(2023, 12, 31)})
    'since a day between 2023-01-01 and 2023-12-31'
    """
    ended = f", until {row['end_date']}" if row.get("end_date") is not None else ""
    if row.get("listing_date") is not None:
        return f"since {row['listing_date']}{ended}"
    first, last = row.get("listed_not_before"), row.get("listed_not_after")
    if first is not None and last is not None:
        return f"since a day between {first} and {last}{ended}"
    if last is not None:
        return f"since {last} or before{ended}"
    return f"since {first} or later{ended}" if first is not None else f"the list gives no date{ended}"


def _program(row: Mapping[str, Any], day: dt.date, latest: dt.date) -> ProgramStanding:
    texts = {name: row.get(name) or "" for name in ("program_id", "citation", "source_url")}
    status = row_status(row, day, latest)
    return ProgramStanding(
        row["authority"], texts["program_id"], status, since_words(row), texts["citation"], texts["source_url"]
    )
