"""Two files of one case that tell of the same records, as two downloads of one vendor do whose months overlap."""

from __future__ import annotations

from kit.case import Case
from kit.trade import load_mappings

SHARED = """
SELECT a.source_file, b.source_file, a.layout, count(*)
FROM declarations a JOIN declarations b
  ON a.layout = b.layout AND a.declaration_id = b.declaration_id AND a.reporter IS NOT DISTINCT FROM b.reporter
  AND a.source_file < b.source_file
WHERE a.layout IN (SELECT unnest(?)) AND a.repeat_of IS NULL AND b.repeat_of IS NULL
  AND a.declaration_id <> a.source_file || ':' || a.source_row
GROUP BY ALL ORDER BY ALL
"""


def overlaps(case: Case) -> list[str]:
    """Say which files of the case hold the same declaration numbers.

    Only layouts are compared whose mapping says that the number is unique among
    the records of a reporter (`[repeats] is_unique`). Nothing is left out by
    it: the rows of both files are in the sums until one of the files is taken out.
    """
    layouts = [mapping.layout for mapping in load_mappings() if mapping.repeats.is_unique]
    if len({source.file for source in case.sources() if source.is_current and source.reader in layouts}) < 2:
        return []
    connection = case.connect()
    try:
        found = connection.execute(SHARED, [layouts]).fetchall()
    finally:
        connection.close()
    return [
        f"{one} and {other} share {count:,} declaration numbers ({layout}): their records may be summed twice"
        for one, other, layout, count in found
    ]
