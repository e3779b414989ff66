"""The nouns of the kit and the column contract of each table.

A table is named in capitals. `data/README.md` says the same in prose, with
units, and a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Schema(StrEnum):
    """What kind of party an entity is (FollowTheMoney names)."""

    PERSON = "Person"
    COMPANY = "Company"
    ORGANIZATION = "Organization"
    LEGAL_ENTITY = "LegalEntity"  # a party of unknown kind: counts as a person for masking
    VESSEL = "Vessel"
    AIRPLANE = "Airplane"
    ADDRESS = "Address"  # the address itself is what is listed


class NameKind(StrEnum):
    """Kinds of names; weak ones never match alone."""

    NAME = "name"
    ALIAS = "alias"
    WEAK_ALIAS = "weak_alias"
    PREVIOUS_NAME = "previous_name"


class Topic(StrEnum):
    """Kinds of risk, a closed list."""

    SANCTION = "sanction"
    EXPORT_CONTROL = "export.control"
    EXPORT_CONTROL_LINKED = "export.control.linked"
    EXPORT_RISK = "export.risk"
    MILITARY = "mil"


class Judgement(StrEnum):
    """What a person decided about a candidate."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"


class PartyStatus(StrEnum):
    """How a name in a trade record stands to the lists."""

    MATCH = "match"  # judged positive by a person
    CANDIDATE = "candidate"  # a lead that nobody has judged, or judged unsure
    NONE = "none"  # no candidate, or every candidate judged negative
    MISSING = "missing"  # the record names nobody


class Band(StrEnum):
    """Score bands of candidates."""

    STRONG = "strong"
    MIDDLE = "middle"
    WEAK = "weak"


class RecordLevel(StrEnum):
    """What one row of DECLARATIONS is; the two are never summed together."""

    LINE = "line"
    MONTHLY_TOTAL = "monthly_total"


class Direction(StrEnum):
    """Side of the border on which the record or flow was made."""

    EXPORT = "export"
    IMPORT = "import"
    TRANSIT = "transit"
    REEXPORT = "re-export"
    REIMPORT = "re-import"


class DatePrecision(StrEnum):
    """How much of a date the source gives."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class ListingStatus(StrEnum):
    """How an entity stood to a list on a given day."""

    LISTED = "listed"
    NOT_YET = "not yet"
    DELISTED = "delisted"
    DATE_UNKNOWN = "date unknown"


class FileRole(StrEnum):
    """What a file is to the kit."""

    LIST = "list"
    DECLARATIONS = "declarations"
    STATISTICS = "statistics"
    UNKNOWN = "unknown"


class RecordKind(StrEnum):
    """The kinds of trade records; they are never mixed in one sum."""

    DECLARATIONS = "declarations"
    MONTHLY_TOTALS = "monthly_totals"
    FLOWS = "flows"
    DOCUMENTED = "documented_flows"


@dataclass(frozen=True)
class Column:
    """One column: its name, its kind, whether it may be empty, and its meaning.

    `kind` is one of text, date, int, float, bool, texts (a list of text).
    A required column has a value in every row.
    """

    name: str
    kind: str
    meaning: str
    required: bool = False


@dataclass(frozen=True)
class ColumnUse:
    """Where one column of a source file went, and why (target None: not used)."""

    source: str
    target: str | None
    reason: str


def _columns(text: str) -> tuple[Column, ...]:
    """Read a contract written one column a line: `name kind[!] [meaning]`.

    `!` marks a required column. Without a meaning the name says it all.
    """
    out = []
    for line in text.strip().splitlines():
        name, kind, *meaning = line.strip().split(None, 2)
        out.append(Column(name, kind.rstrip("!"), meaning[0] if len(meaning) > 0 else name.replace("_", " "), kind.endswith("!")))
    return tuple(out)


ENTITIES = _columns("""
    entity_id text! list_id, a colon, and the list's own number or a hash of name and territory
    schema text! a Schema
    name text! the first name as the list spells it; for an address-only entry the address
    topics texts! Topics
    countries texts ISO 3166 alpha-2 codes of addresses or nationality
    list_id text! short name of the list, as in data/catalog.toml or as the user gave it
    list_version text! edition of the list: its date if known, else the first 12 digits of its sha256
    is_address_only bool! the listed thing is the address
    is_confidential bool! the list may not leave the case
    remarks text what else the list says
    source_file text! file name
    source_row int! 1-based line or sheet row in that file
""")

NAMES = _columns("""
    entity_id text! joins ENTITIES
    name text! as the list spells it
    kind text! a NameKind
    script text! Latin, Cyrillic, Han, … the script of most letters
""")

ADDRESSES = _columns("""
    entity_id text! joins ENTITIES
    address text! as the list spells it
    territory text ISO 3166 alpha-2
""")

IDENTIFIERS = _columns("""
    entity_id text! joins ENTITIES
    kind text! inn, ogrn, kpp, imo, lei, registration, tax, passport, other
    value text! as the list spells it, blanks trimmed
""")

SANCTIONS = _columns("""
    entity_id text! joins ENTITIES
    authority text! who lists, in the authority's own short name
    program_id text program or regulation
    provisions text license requirement and policy, or measures
    reason text why, as the list says
    listing_date date exact day, empty if the list does not give it
    listed_not_before date lower bound where only an interval is known
    listed_not_after date upper bound where only an interval is known
    end_date date day of delisting or expiry
    citation text Federal Register notice, legal act
    source_url text official address of the list
""")

PARTY_ROLES = ("consignor", "consignee", "notify", "declarant")

DECLARATIONS = _columns("""
    declaration_id text! the source's number and line, or source file and row
    reporter text ISO 3166 alpha-2 of the customs that made the record
    direction text a Direction
    record_level text! line or monthly_total
    date date day of the record; first day of the month or year where date_precision says so
    date_precision text day, month, year
    consignor_name text sender as the record spells it
    consignor_address text
    consignor_id text tax or registration number
    consignor_country text ISO 3166 alpha-2 of the sender's address
    consignee_name text receiver as the record spells it
    consignee_address text
    consignee_id text
    consignee_country text
    notify_name text notify party
    notify_address text
    declarant_name text who declared
    declarant_id text
    hs_code text digits only, as text, 2 to 10 of them
    hs_level int number of digits of hs_code
    hs_version text HS2017, HS2022 … if known
    goods_description text
    brand text trade mark as declared
    maker text manufacturer as declared
    quantity float
    quantity_unit text
    net_weight_kg float kilograms
    value float in currency
    currency text ISO 4217
    value_usd float US dollars, empty without a value or rate of the source
    value_basis text FOB, CIF, invoice, statistical, customs
    origin_country text ISO 3166 alpha-2: made in
    departure_country text sent from
    trading_country text seat of the contract partner
    destination_country text going to
    transport_mode text
    repeat_of text declaration_id of the row that this one repeats exactly; such rows are kept and never summed
    layout text! mapping that read the row
    source_file text! file name
    source_row int! 1-based line or sheet row
""")

FLOWS = _columns("""
    reporter text! ISO 3166 alpha-2, or EU27, of the customs that published
    partner text! ISO 3166 alpha-2, or WORLD
    flow text! a Direction
    period text! YYYY or YYYY-MM
    hs_code text! digits as text, or TOTAL
    hs_level int! 0 for TOTAL, else 2, 4, 6, 8
    hs_version text HS2017, HS2022, CN …
    value float in currency
    currency text ISO 4217
    value_usd float empty without a rate of the source
    value_basis text FOB, CIF, statistical
    net_weight_kg float
    source_file text! file name
    source_row int!
""")

DOCUMENTED_FLOWS = _columns("""
    flow_id text!
    date_from text as precise as the text
    date_to text
    consignor_name text
    consignor_country text
    intermediary_name text
    intermediary_country text
    consignee_name text
    consignee_country text
    end_user_name text
    goods text own words
    hs_code text
    hs_basis text stated or inferred
    maker_country text
    value_usd float as stated; never summed
    quantity text
    transport_route text ISO codes joined by >
    source_title text!
    source_publisher text!
    source_url text!
    source_date text
    confidence text! stated or implied
    note text
    source_kind text! eu_legal_act or investigation_full_text
    source_file text!
    source_row int!
""")

CANDIDATES = _columns("""
    candidate_id text! hash of record_name and entity_id
    record_name text! as the trade record spells it
    role text! roles in which the name stands, comma-separated
    entity_id text! joins ENTITIES
    entity_name text! the listed name that met it
    name_kind text! a NameKind
    list_id text!
    list_version text!
    rank int! 1 is the best candidate of this record name
    score float! similarity from 0 to 1, not a probability
    band text! a Band
    explanation text! one sentence
    evidence text! JSON: aligned tokens and what was set apart
""")

JUDGEMENTS = _columns("""
    candidate_id text! joins CANDIDATES
    record_name text!
    entity_id text!
    entity_name text!
    judgement text! a Judgement
    reason text
    evidence text JSON as it was shown
    reviewer text!
    judged_at text! UTC, ISO 8601
    list_version text!
""")

REJECTS = _columns("""
    source_file text! file name
    source_row int! 1-based line or sheet row, 0 if the whole file
    reason text! what was found and what was expected
    content text the row as it stood
""")

MOVEMENTS = _columns("""
    record_id text! declaration_id, flow_id, or source file and row
    direction text side of the border on which the record was made; flows of two directions mirror each other
    date date day, or first day of month or year
    date_precision text
    hs_code text
    hs_level int
    tier text tier of the Common High Priority List, empty if not on it
    from_territory text departure_country of a declaration, the sending side of a flow, the sender's seat in a documented flow
    to_territory text destination_country, the receiving side, the receiver's seat
    origin_country text
    trading_country text
    via_territory text seat of a named intermediary (documented flows)
    consignor_name text
    consignor_country text seat of the sender
    consignor_entity_id text the match, else the best candidate that nobody rejected
    consignor_is_match bool! judged positive by a person
    consignor_score float of that candidate
    consignor_lists text list_ids of its candidates, each between bars: |us_el|letter|
    consignee_name text
    consignee_country text seat of the receiver
    consignee_entity_id text
    consignee_is_match bool!
    consignee_score float
    consignee_lists text
    goods_description text
    value_usd float
    value_eur float
    net_weight_kg float
    source_file text!
    source_row int!
""")

TABLES: dict[str, tuple[Column, ...]] = {
    "entities": ENTITIES,
    "names": NAMES,
    "addresses": ADDRESSES,
    "identifiers": IDENTIFIERS,
    "sanctions": SANCTIONS,
    "declarations": DECLARATIONS,
    "flows": FLOWS,
    "documented_flows": DOCUMENTED_FLOWS,
    "candidates": CANDIDATES,
    "judgements": JUDGEMENTS,
    "rejects": REJECTS,
    "movements": MOVEMENTS,
}

LIST_TABLES = ("entities", "names", "addresses", "identifiers", "sanctions")
