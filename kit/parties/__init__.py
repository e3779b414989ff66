"""Parties of trade records: who is meant, who stands in for whom, under which number, at which address.

All of it is read out of the record's own words. Kinds are guesses with their
reason; a name is shown as its source spells it.
"""

from kit.parties.glued import AddressSplit, split_address
from kit.parties.kinds import PartyKind
from kit.parties.lookalikes import Lookalikes, find_lookalikes
from kit.parties.numbers import NumberCheck, PartyNumber, check_number, find_numbers
from kit.parties.of_case import describe_case
from kit.parties.party import Party, describe_party
from kit.parties.table import Standing, describe_parties

__all__ = [
    "AddressSplit",
    "Lookalikes",
    "NumberCheck",
    "Party",
    "PartyKind",
    "PartyNumber",
    "Standing",
    "check_number",
    "describe_case",
    "describe_parties",
    "describe_party",
    "find_lookalikes",
    "find_numbers",
    "split_address",
]
