"""HS codes: reading them, their texts, the priority goods, and their counterparts in other editions.

Codes are text of digits. An HS6 match with the Common High Priority List is a
lead: most goods in 850440 or 852990 are harmless.
"""

from kit.codes.goods import (
    ROUNDED,
    WHOLE_CODE,
    Baseline,
    Edition,
    PriorityCode,
    Relation,
    concordance,
    hs2017_baseline,
    hs_level,
    hs_text,
    priority_codes,
    read_hs_code,
    repair_note,
    tier_of,
    tiers,
)
from kit.codes.links import Carried, carried, counterparts, edition_of

__all__ = [
    "ROUNDED",
    "WHOLE_CODE",
    "Baseline",
    "Carried",
    "Edition",
    "PriorityCode",
    "Relation",
    "carried",
    "concordance",
    "counterparts",
    "edition_of",
    "hs2017_baseline",
    "hs_level",
    "hs_text",
    "priority_codes",
    "read_hs_code",
    "repair_note",
    "tier_of",
    "tiers",
]
