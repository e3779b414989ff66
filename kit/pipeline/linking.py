"""Link the lists of a case, once for each state of its files."""

from __future__ import annotations

import hashlib

import pyarrow as pa

from kit import linking
from kit.case import Case
from kit.model import LIST_TABLES, FileRole
from kit.reference import stamp_of

LINKING = ("kit/linking", "kit/matching", "kit/names", "data/reference", "data/lookups")


def link_lists(case: Case) -> pa.Table:
    """Link the same party across the current lists of a case; keeps and returns LINKS.

    Nothing is computed again while lists, kit and rules stay the same. Lists of one authority have links too
    (OFAC and BIS are two authorities of one file).
    """
    parts = sorted(f"{s.sha256} {s.reader} {s.rules}" for s in case.sources(FileRole.LIST) if s.is_current)
    stamp = hashlib.sha256("\n".join([stamp_of(LINKING), *parts]).encode()).hexdigest()
    if case.manifest.get("links_of") != stamp:
        found = linking.find_links({table: case.read(table) for table in LIST_TABLES})
        refused = len(found.refused)
        case.replace("links", found.links, links_of=stamp, links_said=found.sentence, links_refused=refused)
    return case.read("links")
