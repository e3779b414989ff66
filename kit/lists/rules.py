"""Ownership rules as dated data: which of them held on a day, with citation, and where that is not known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise

from kit.errors import TableError
from kit.reference import read_reference


class RuleState(StrEnum):
    """What a rule was on a day."""

    NOT_YET = "not yet"
    IN_FORCE = "in force"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"  # the kit's data end before that day


@dataclass(frozen=True)
class RulePeriod:
    """One period of a rule: its state from a day to a day (None: no end is known), what it says, and where that is written."""

    rule_id: str
    authority: str
    title: str
    share: str
    state: RuleState
    first: dt.date
    last: dt.date | None
    what: str
    afterwards: str
    citation: str
    source: str


@dataclass(frozen=True)
class RuleStanding:
    """A rule on a day. `period` is the one that holds, or the last before the day, or the first after it."""

    day: dt.date
    state: RuleState
    period: RulePeriod

    @property
    def sentence(self) -> str:
        """What held on that day, at the strength of what the kit knows."""
        rule = self.period
        head = f"On {self.day}, {rule.title}"
        if self.state is RuleState.NOT_YET:
            return f"{head} did not exist yet; it began on {rule.first}. {rule.citation}."
        if self.state is RuleState.UNKNOWN:
            return f"{head}: state not known. Until {rule.last} it was {rule.state.value}; {rule.afterwards}. {rule.citation}."
        return f"{head} was {self.state.value}: {rule.what}. {rule.citation}."


def rules_on(day: dt.date) -> tuple[RuleStanding, ...]:
    """How each ownership rule stood on a day.

    A rule that held says nothing about a party unless its owners and their
    shares are known: no list and no trade record gives them.

    >>> [(found.period.rule_id, found.state.value) for found in rules_on(dt.date(2025, 10, 1))]
    [('ofac_50', 'in force'), ('bis_affiliates', 'in force')]
    >>> rules_on(dt.date(2026, 11, 24))[1].state.value
    'unknown'
    """
    rules: dict[str, list[RulePeriod]] = {}
    for period in rule_periods():
        rules.setdefault(period.rule_id, []).append(period)
    return tuple(_standing(periods, day) for periods in rules.values())


@cache
def rule_periods() -> tuple[RulePeriod, ...]:
    """Every period of every rule, in order, from `data/reference/ownership_rules.csv`.

    Raises:
        TableError: If the periods of a rule overlap or stand out of order.
    """
    out = [
        RulePeriod(
            row["rule_id"], row["authority"], row["title"], row["share"], RuleState(row["state"]),
            dt.date.fromisoformat(row["from"]), dt.date.fromisoformat(row["until"]) if row["until"] != "" else None,
            row["what"], row["afterwards"], row["citation"], row["source"],
        )
        for row in read_reference("reference", "ownership_rules.csv")
    ]  # fmt: skip
    for one, following in pairwise(out):
        if one.rule_id == following.rule_id and (one.last is None or one.last >= following.first):
            raise TableError.faults("ownership_rules.csv", [f"the periods of {one.rule_id} overlap at {following.first}"])
    return tuple(out)


def _standing(periods: list[RulePeriod], day: dt.date) -> RuleStanding:
    begun = [period for period in periods if period.first <= day]
    if len(begun) == 0:
        return RuleStanding(day, RuleState.NOT_YET, periods[0])
    last = begun[-1]
    is_over = last.last is not None and day > last.last
    return RuleStanding(day, RuleState.UNKNOWN if is_over else last.state, last)
