"""The closed lists of words that tables hold: kinds of parties, names, records, statuses."""

from __future__ import annotations

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


class LinkBasis(StrEnum):
    """On what two entries of different lists are taken for one party."""

    IDENTIFIER = "identifier"  # a number stands in both
    BIRTH = "name and date of birth"  # a lead
    NAME = "name and territory"  # a lead


class FileRole(StrEnum):
    """What a file is to the kit."""

    LIST = "list"
    DECLARATIONS = "declarations"
    STATISTICS = "statistics"
    UNKNOWN = "unknown"


class DropKind(StrEnum):
    """Why a row of DECLARATIONS is left out of sums."""

    REPEAT = "repeat"  # every cell is that of an earlier row
    REVISION = "revision"  # a newer state of the same record counts
    MASTER_BILL = "master bill"  # its goods stand on house bills
    HEADER_TOTAL = "header total"  # a total beside its lines


class RecordKind(StrEnum):
    """The kinds of trade records; they are never mixed in one sum."""

    DECLARATIONS = "declarations"
    MONTHLY_TOTALS = "monthly_totals"
    FLOWS = "flows"
    DOCUMENTED = "documented_flows"
