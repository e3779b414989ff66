"""The case: a folder, and the only place where work is kept.

`case.json` says what was read, `tables/` holds Parquet that can be rebuilt,
`journal.sqlite` holds the judgements, which cannot.
"""

from kit.case.folder import Case, Source
from kit.case.journal import Journal

__all__ = ["Case", "Journal", "Source"]
