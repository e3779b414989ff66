"""Two editions of one list side by side: added, removed, changed, renumbered."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from kit.errors import SelectionError
from kit.lists.status import first_listing
from kit.model import NameKind
from kit.names import compare_form, name_words
from kit.tables import ReadResult, distinct

COLUMNS = ("change", "list_id", "entity_id_old", "entity_id_new", "name", "field", "old", "new")
FIELDS = (
    "name", "aliases", "territories", "addresses", "identifiers", "program", "provisions", "listing date", "end date", "citation",
)  # fmt: skip
JOINT = " | "


class Change(StrEnum):
    """What became of an entry."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENUMBERED = "renumbered"  # the same content under another number


@dataclass(frozen=True)
class Comparison:
    """What changed between two editions.

    Attributes:
        table: One row an added, removed or renumbered entry, and one a changed field, with the columns of `COLUMNS`.
        counts: Entries (not rows) by change; an entry that is renumbered and changed counts in both.
        same: Entries without any change.
        not_compared: Fields that one of the two files does not have at all.
        notes: What else to know, one sentence each.
    """

    table: pd.DataFrame
    counts: Mapping[Change, int]
    same: int
    not_compared: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The counts in words."""
        said = ", ".join(f"{self.counts[change]:,} {change.value}" for change in Change)
        left = (
            f" Not compared, because one edition does not have it: {', '.join(self.not_compared)}." if self.not_compared else ""
        )
        return f"{said}; {self.same:,} the same.{left}"


@dataclass(frozen=True)
class _Entry:
    entity_id: str
    list_id: str
    name: str
    fields: Mapping[str, frozenset[str]]
    keys: frozenset[str]

    def shown(self, field: str) -> str:
        return JOINT.join(sorted(self.fields[field]))


def compare_versions(old: ReadResult | Mapping[str, pa.Table], new: ReadResult | Mapping[str, pa.Table]) -> Comparison:
    """Set two editions of one list side by side.

    Entries are found again by the list's own number; entries that are left over by an identifier,
    then by the same name and territory, then by any name in common, each only where it points to one entry on
    both sides. So neither a new number nor, where a list has none, a corrected name makes a removal and an addition.
    Letter case, blanks and the order of the words of a name do not count as a change.

    A removed entry is not in the newer file; whether it was delisted, only the authority says.

    Args:
        old: The older edition, as `read_list` or `Case.read_edition` gives it.
        new: The newer edition. Another format of the same list will do; what one format lacks is not compared.

    Raises:
        SelectionError: If the two have no `list_id` in common; give `list_id` when reading the files if they are one list.
    """
    before, after = _tables(old), _tables(new)
    ids = [set(distinct(tables["entities"].column("list_id"))) for tables in (before, after)]
    common = ids[0] & ids[1]
    if len(common) == 0:
        raise SelectionError.different_lists(sorted(ids[0]), sorted(ids[1]))
    lacking = tuple(field for field in FIELDS if _has(before, field) != _has(after, field))
    one, other = _entries(before, common), _entries(after, common)
    pairs = _pairs(one, other)
    fields = [field for field in FIELDS if field not in lacking]
    rows = [row for pair in pairs for row in _changes(*pair, fields)]
    found_old, found_new = {a.entity_id for a, _ in pairs}, {b.entity_id for _, b in pairs}
    rows += [_row(Change.REMOVED, a, None) for key, a in sorted(one.items()) if key not in found_old]
    rows += [_row(Change.ADDED, None, b) for key, b in sorted(other.items()) if key not in found_new]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    touched = {(row["entity_id_old"], row["entity_id_new"]) for row in rows}
    same = sum((a.entity_id, b.entity_id) not in touched for a, b in pairs)
    return Comparison(table, _counts(rows), same, lacking, _notes(ids[0] - common, ids[1] - common))


def as_of(edition: ReadResult | Mapping[str, pa.Table], day: dt.date) -> dict[str, pa.Table]:
    """The entries of an edition that were surely listed by a day: an older state, as far as the dates of the newer tell it.

    What was removed since does not stand in the newer edition and cannot be shown; entries without a date, and those
    whose listing had ended by then, are left out.
    """
    tables = _tables(edition)
    rows = tables["sanctions"].to_pylist()
    lasting = [row for row in rows if row["end_date"] is None or row["end_date"] >= day]
    kept = sorted({row["entity_id"] for row in lasting if (last := first_listing([row])[1]) is not None and last <= day})
    return {
        name: table.filter(pc.is_in(table.column("entity_id"), value_set=pa.array(kept, pa.string())))
        for name, table in tables.items()
    }


def _tables(edition: ReadResult | Mapping[str, pa.Table]) -> Mapping[str, pa.Table]:
    return edition.tables if isinstance(edition, ReadResult) else edition


def _has(tables: Mapping[str, pa.Table], field: str) -> bool:
    """Whether an edition has a field at all: some entry gives it."""
    table, column = _PLACES[field]
    if field == "aliases":
        return NameKind.ALIAS in distinct(tables["names"].column("kind"))
    values = tables[table].column(column)
    return len(values) > 0 and values.null_count < len(values)


_PLACES = {
    "name": ("entities", "name"), "aliases": ("names", "name"), "territories": ("entities", "countries"),
    "addresses": ("addresses", "address"), "identifiers": ("identifiers", "value"), "program": ("sanctions", "program_id"),
    "provisions": ("sanctions", "provisions"), "listing date": ("sanctions", "listing_date"),
    "end date": ("sanctions", "end_date"), "citation": ("sanctions", "citation"),
}  # fmt: skip


def _entries(tables: Mapping[str, pa.Table], list_ids: set[str]) -> dict[str, _Entry]:
    """Every entry with what is compared of it, by `entity_id`."""
    held: dict[str, dict[str, set[str]]] = defaultdict(lambda: {field: set() for field in FIELDS})
    for row in tables["names"].to_pylist():
        if row["kind"] != NameKind.NAME:
            held[row["entity_id"]]["aliases"].add(row["name"])
    for row in tables["addresses"].to_pylist():
        held[row["entity_id"]]["addresses"].add(row["address"])
    for row in tables["identifiers"].to_pylist():
        held[row["entity_id"]]["identifiers"].add(f"{row['kind']} {row['value']}")
    for row in tables["sanctions"].to_pylist():
        for field in ("program", "provisions", "listing date", "end date", "citation"):
            value = row[_PLACES[field][1]]
            if value is not None:
                held[row["entity_id"]][field].add(str(value))
    out = {}
    for row in tables["entities"].to_pylist():
        if row["list_id"] in list_ids:
            own = held[row["entity_id"]]
            own["name"], own["territories"] = {row["name"]}, set(row["countries"] or ())
            fields = {field: frozenset(values) for field, values in own.items()}
            keys = frozenset(compare_form(name) or name for name in {row["name"], *own["aliases"]})
            out[row["entity_id"]] = _Entry(row["entity_id"], row["list_id"], row["name"], fields, keys)
    return out


def _pairs(one: Mapping[str, _Entry], other: Mapping[str, _Entry]) -> list[tuple[_Entry, _Entry]]:
    """The same entry in both editions: by number, then by content, the surest first."""
    pairs = [(one[key], other[key]) for key in sorted(one.keys() & other.keys())]
    for keys_of in (_by_identifier, _by_name_and_place, _by_any_name):
        old_ids, new_ids = {a.entity_id for a, _ in pairs}, {b.entity_id for _, b in pairs}
        left = {key: entry for key, entry in one.items() if key not in old_ids}
        right = {key: entry for key, entry in other.items() if key not in new_ids}
        pairs += _unique_pairs(left, right, keys_of)
    return pairs


def _unique_pairs(
    left: Mapping[str, _Entry], right: Mapping[str, _Entry], keys_of: Callable[[_Entry], set[Hashable]]
) -> list[tuple[_Entry, _Entry]]:
    sides: list[dict[Hashable, list[_Entry]]] = [defaultdict(list), defaultdict(list)]
    for side, entries in zip(sides, (left, right), strict=True):
        for _, entry in sorted(entries.items()):
            for key in keys_of(entry):
                side[key].append(entry)
    taken: set[str] = set()
    out = []
    for key in sorted(sides[0].keys() & sides[1].keys(), key=repr):
        mine, theirs = sides[0][key], sides[1][key]
        if len(mine) == len(theirs) == 1 and taken.isdisjoint({f"o{mine[0].entity_id}", f"n{theirs[0].entity_id}"}):
            taken |= {f"o{mine[0].entity_id}", f"n{theirs[0].entity_id}"}
            out.append((mine[0], theirs[0]))
    return out


def _by_identifier(entry: _Entry) -> set[Hashable]:
    return {(entry.list_id, value) for value in entry.fields["identifiers"]}


def _by_name_and_place(entry: _Entry) -> set[Hashable]:
    places = tuple(sorted(entry.fields["territories"]))
    return {(entry.list_id, compare_form(entry.name) or entry.name, places)}


def _by_any_name(entry: _Entry) -> set[Hashable]:
    return {(entry.list_id, key) for key in entry.keys}


def _changes(a: _Entry, b: _Entry, fields: list[str]) -> list[dict[str, Any]]:
    rows = [_row(Change.RENUMBERED, a, b)] if a.entity_id != b.entity_id else []
    for field in fields:
        plain = _words if field in ("name", "aliases") else _plain
        if plain(a.fields[field]) != plain(b.fields[field]):
            rows.append({**_row(Change.CHANGED, a, b), "field": field, "old": a.shown(field), "new": b.shown(field)})
    return rows


def _plain(values: frozenset[str]) -> frozenset[str]:
    return frozenset(" ".join(value.casefold().split()) for value in values)


def _words(names: frozenset[str]) -> frozenset[str]:
    """Names by their words: "DOE, Jane" and "Jane Doe" are one."""
    return frozenset(" ".join(sorted(name_words(name))) or name for name in names)


def _row(change: Change, a: _Entry | None, b: _Entry | None) -> dict[str, Any]:
    shown = b if b is not None else a
    return {
        "change": change.value, "list_id": shown.list_id if shown is not None else "",
        "entity_id_old": a.entity_id if a is not None else "", "entity_id_new": b.entity_id if b is not None else "",
        "name": shown.name if shown is not None else "", "field": "", "old": "", "new": "",
    }  # fmt: skip


def _counts(rows: list[dict[str, Any]]) -> dict[Change, int]:
    entries = {(row["change"], row["entity_id_old"], row["entity_id_new"]) for row in rows}
    found = Counter(change for change, _, _ in entries)
    return {change: found[change.value] for change in Change}


def _notes(only_old: set[str], only_new: set[str]) -> tuple[str, ...]:
    sides = (("older", only_old), ("newer", only_new))
    return tuple(f"only the {side} file has the lists {', '.join(sorted(ids))}: left out" for side, ids in sides if len(ids) > 0)
