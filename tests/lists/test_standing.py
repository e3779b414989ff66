"""A party on a day by authority and program, its timeline, and the ownership rules on a day."""

from __future__ import annotations

import datetime as dt

import pytest

from kit.lists import rules_on, standing_on, timeline_of
from kit.model import ListingStatus

FIRM = {"name": "Velox LLC", "is_address_only": False}
EU = {"authority": "EU", "program_id": "Annex IV", "listing_date": dt.date(2023, 2, 25), "citation": "entry 9"}
BIS = {
    "authority": "BIS",
    "program_id": "Entity List",
    "listed_not_before": dt.date(2022, 1, 1),
    "listed_not_after": dt.date(2022, 12, 31),
}


def test_each_program_has_its_own_status_and_citation():
    found = standing_on(FIRM, [EU, BIS], dt.date(2022, 6, 1))
    assert found.status is ListingStatus.DATE_UNKNOWN
    assert {row.authority: row.status for row in found.programs} == {
        "EU": ListingStatus.NOT_YET,
        "BIS": ListingStatus.DATE_UNKNOWN,
    }
    assert "entry 9" in found.sentence


def test_an_entry_that_is_only_an_address_says_so():
    found = standing_on({"name": "Flat 5, Invented House", "is_address_only": True}, [EU], dt.date(2024, 1, 1))
    assert found.is_address_only and "no party is named" in found.sentence


def test_the_timeline_keeps_intervals_and_puts_undated_events_last():
    rows = timeline_of([{"authority": "OFAC"}, EU, BIS])
    assert [row["authority"] for row in rows] == ["BIS", "EU", "OFAC"]
    assert (rows[0]["not_before"], rows[0]["not_after"]) == (dt.date(2022, 1, 1), dt.date(2022, 12, 31))


@pytest.mark.parametrize(
    ("day", "state"),
    [("2025-09-28", "not yet"), ("2025-09-29", "in force"), ("2025-11-09", "in force"), ("2025-11-10", "suspended"),
     ("2026-11-09", "suspended"), ("2026-11-10", "unknown")],
)  # fmt: skip
def test_the_affiliates_rule_stands_as_its_notices_say(day, state):
    found = {rule.period.rule_id: rule for rule in rules_on(dt.date.fromisoformat(day))}["bis_affiliates"]
    assert found.state.value == state
    assert "90 FR 47201" in found.sentence or "volume 90" in found.sentence


def test_the_rule_of_the_treasury_never_paused():
    assert all(rules_on(dt.date(year, 6, 1))[0].state.value == "in force" for year in range(2009, 2027))
