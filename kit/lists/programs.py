"""What each source list means: who keeps it, and which topics its entries have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kit.model import Topic
from kit.reference import read_reference

_MARK = re.compile(r"\(([A-Za-z-]+)(?: List)?\)")


@dataclass(frozen=True)
class SourceList:
    """One list of an authority.

    `mark` is the short name that publishers put in brackets ("EL"); `program`
    stands in for a program where the list itself names none.
    """

    mark: str
    list_id: str
    authority: str
    program: str | None
    topics: tuple[str, ...]
    why: str


@cache
def source_lists() -> dict[str, SourceList]:
    """Every known source list by its mark, from `data/lookups/list_topics.csv`."""
    out = {}
    for row in read_reference("lookups", "list_topics.csv"):
        topics = tuple(Topic(topic).value for topic in row["topics"].split(";"))
        program = row["program"] if row["program"] != "" else None
        out[row["mark"]] = SourceList(row["mark"], row["list_id"], row["authority"], program, topics, row["why"])
    return out


def dataset_list_id(datasets: Sequence[str]) -> str:
    """The list_id that the names of OpenSanctions datasets mean; `opensanctions` for several of them, or none.

    >>> dataset_list_id(["Plum Register"]), dataset_list_id(["a", "b"])
    ('os_plum_register', 'opensanctions')
    """
    if len(datasets) != 1:
        return "opensanctions"
    known = source_lists().get(datasets[0])
    return known.list_id if known is not None else "os_" + re.sub(r"[^a-z0-9]+", "_", datasets[0].casefold()).strip("_")


@cache
def source_list(title: str) -> SourceList | None:
    """The source list that a title of the Consolidated Screening List means, or None.

    >>> source_list("Entity List (EL) - Bureau of Industry and Security").list_id
    'us_el'
    >>> source_list("Military End User (MEU) List - Bureau of Industry and Security").topics
    ('export.control', 'mil')
    >>> source_list("Some other list") is None
    True
    """
    for mark in _MARK.findall(title):
        found = source_lists().get(mark.upper())
        if found is not None:
            return found
    return None
