"""Files as they arrive: CSV, spreadsheets, Parquet; what cannot be read is kept with its line and reason.

`read_sheet` turns a file into a `Sheet`: every cell as text, one column a
header, the line of each row, and a table of the rows that were refused.
`read_head` reads the beginning only.
`kind_of` tells what a file is by its content, `describe` sums up what reading
it would assume, `fingerprint` says which edition it is. `columns` parses whole
columns by their distinct values.
"""

from kit.files.columns import DateColumn, NumberColumn, parse_column, read_dates, read_numbers
from kit.files.describing import FileDescription, describe
from kit.files.kinds import FileKind, kind_of
from kit.files.prints import Fingerprint, fingerprint, sha256
from kit.files.reading import read_head, read_headerless, read_sheet, sheet_names
from kit.files.sheets import Sheet

__all__ = [
    "DateColumn",
    "FileDescription",
    "FileKind",
    "Fingerprint",
    "NumberColumn",
    "Sheet",
    "describe",
    "fingerprint",
    "kind_of",
    "parse_column",
    "read_dates",
    "read_head",
    "read_headerless",
    "read_numbers",
    "read_sheet",
    "sha256",
    "sheet_names",
]
