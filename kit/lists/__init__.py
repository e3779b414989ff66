"""Lists of parties: readers that turn a file into ENTITIES, NAMES, ADDRESSES, IDENTIFIERS, SANCTIONS.

`recognize` says which reader knows a file, `read_list` reads it. Adding a format
is adding one module to `kit/lists/readers`. `status_on` says how a party stood
to its lists on the day of a record.
"""

from kit.lists.columns import propose_columns
from kit.lists.reading import read_list, recognize
from kit.lists.rules import rules_on
from kit.lists.standing import standing_on, timeline_of
from kit.lists.status import status_on, statuses_on
from kit.lists.versions import as_of, compare_versions

__all__ = [
    "as_of",
    "compare_versions",
    "propose_columns",
    "read_list",
    "recognize",
    "rules_on",
    "standing_on",
    "status_on",
    "statuses_on",
    "timeline_of",
]
