"""Which state or union an authority speaks for, and whether that stands in the export-control coalition."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kit.reference import read_reference
from kit.territories import territories

UNION = "EU"  # the acts of the Council bind the 27 member states


class Side(StrEnum):
    """Where an authority stands, as seen from the United States."""

    US = "the US"
    PARTNER = "a partner"
    OTHER = "others"


@dataclass(frozen=True)
class Authority:
    """One authority: its short name in SANCTIONS, its name, its territory.

    The territory is EU for the union and empty for the UN or a list of the user's own.
    """

    authority: str
    name: str
    territory: str
    side: Side


@cache
def coalition() -> tuple[str, ...]:
    """ISO codes of the Global Export Control Coalition: the United States and 38 partners.

    Source: FIN-2023-Alert004, footnote 6, as kept in `data/reference/territories.csv`.

    >>> len(coalition()), "US" in coalition(), "TW" in coalition(), "UA" in coalition()
    (39, True, True, False)
    """
    return tuple(sorted(found.iso2 for found in territories() if found.is_coalition_member))


def authority_of(name: str) -> Authority:
    """What is known of an authority; one that the kit does not know (of a list of the user's own) stands with the others.

    >>> authority_of("EU").side.value, authority_of("GUR").side.value, authority_of("a letter").side.value
    ('a partner', 'others', 'others')
    """
    row = _rows().get(name)
    if row is None:
        return Authority(name, name, "", Side.OTHER)
    where = row["territory"]
    partner = Side.PARTNER if where == UNION or where in coalition() else Side.OTHER
    return Authority(name, row["name"], where, Side.US if where == "US" else partner)


def partners_of(authorities: list[str]) -> tuple[str, ...]:
    """The partner states that these authorities speak for; the union stands for its members.

    >>> len(partners_of(["EU", "OFAC"]))
    27
    """
    found = {authority_of(name).territory for name in authorities if authority_of(name).side is Side.PARTNER}
    members = {place.iso2 for place in territories() if place.is_eu_member} if UNION in found else set()
    return tuple(sorted((found - {UNION}) | members))


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["authority"]: row for row in read_reference("reference", "authorities.csv")}
