"""The same party across lists: links by number, date of birth, or name and territory, each explained."""

from kit.linking.authorities import Authority, Side, authority_of, coalition, partners_of
from kit.linking.find import Linking, find_links
from kit.linking.groups import Refusal
from kit.linking.overlaps import (
    authority_matrix,
    listings,
    listings_of,
    shared_parties,
    sides,
    sides_by_territory,
    sides_sentence,
)

__all__ = [
    "Authority",
    "Linking",
    "Refusal",
    "Side",
    "authority_matrix",
    "authority_of",
    "coalition",
    "find_links",
    "listings",
    "listings_of",
    "partners_of",
    "shared_parties",
    "sides",
    "sides_by_territory",
    "sides_sentence",
]
