"""Who is listed by whom, since when, and where authorities differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pyarrow as pa

from kit.case import Case
from kit.linking.authorities import Side, authority_of, partners_of
from kit.lists.status import first_listing
from kit.model import LinkBasis

SIDES = {"both": "both", "US only": "us_only", "partners only": "partners_only"}
LISTINGS = ("party_id", "name", "schema", "territories", "authority", "since", "not_before", "not_after", "basis", "entity_ids")


def listings(tables: Mapping[str, pa.Table], links: pa.Table, *, on: date | None = None) -> pd.DataFrame:
    """One row for each party and each authority that lists it; linked entries are one party.

    Listings that have ended are left out: the Swiss list, for one, keeps who was de-listed.

    Args:
        tables: ENTITIES and SANCTIONS of the lists that were linked.
        links: LINKS.
        on: Day of looking; today if None. What ended before it does not count.

    Returns:
        `party_id` (the group of links, or the entry); `name` of its first entry; `schema`; `territories` of all its
        entries; `authority`; `since` (the exact day of the first listing, else empty); `not_before`, `not_after` (bounds
        of the first listing, empty where a list gives no date); `basis` (the weakest link that joins the party: "one
        entry", identifier, or a lead); `entity_ids`.
    """
    group_of, basis_of = _groups(links)
    entities = {row["entity_id"]: row for row in tables["entities"].to_pylist() if not row["is_address_only"]}
    members: dict[str, list[str]] = defaultdict(list)
    for entity_id in sorted(entities):
        members[group_of.get(entity_id, entity_id)].append(entity_id)
    day = on if on is not None else datetime.now(UTC).date()
    sanctions: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in tables["sanctions"].to_pylist():
        if row["entity_id"] in entities and (row["end_date"] is None or row["end_date"] >= day):
            sanctions[group_of.get(row["entity_id"], row["entity_id"]), row["authority"]].append(row)
    rows = []
    for (party_id, authority), own in sorted(sanctions.items()):
        held = [entities[entity_id] for entity_id in members[party_id]]
        not_before, not_after = first_listing(own)
        since = not_after if not_before == not_after else None
        territories = tuple(sorted({code for row in held for code in row["countries"] or ()}))
        ids = tuple(sorted({row["entity_id"] for row in own}))
        basis = basis_of.get(party_id, "one entry")
        values = (party_id, held[0]["name"], held[0]["schema"], territories, authority, since, not_before, not_after, basis, ids)
        rows.append(dict(zip(LISTINGS, values, strict=True)))
    return pd.DataFrame(rows, columns=list(LISTINGS))


def listings_of(case: Case) -> pd.DataFrame:
    """`listings` of the current lists of a case and the links that it keeps (`kit.pipeline.link_lists` makes them)."""
    return listings({table: case.read(table) for table in ("entities", "sanctions")}, case.read("links"))


def authority_matrix(listed: pd.DataFrame) -> pd.DataFrame:
    """How many parties two authorities share.

    Args:
        listed: What `listings` returns.

    Returns:
        One row a pair of authorities: `authority`, `other`, `rows` (parties that both list), `of` (parties that the
        first lists), `share`. An authority beside itself has all its parties.
    """
    by_authority = {name: set(found) for name, found in listed.groupby("authority")["party_id"]}
    rows = []
    for one, mine in sorted(by_authority.items(), key=lambda item: -len(item[1])):
        for other, theirs in sorted(by_authority.items(), key=lambda item: -len(item[1])):
            shared = len(mine & theirs)
            rows.append({"authority": one, "other": other, "rows": shared, "of": len(mine), "share": shared / len(mine)})
    return pd.DataFrame(rows, columns=["authority", "other", "rows", "of", "share"])


def shared_parties(listed: pd.DataFrame, *, authorities: Collection[str] = ()) -> pd.DataFrame:
    """Parties that two authorities or more list, one column of dates an authority.

    Args:
        listed: What `listings` returns.
        authorities: Look at these only; by default at all.

    Returns:
        `party_id, name, territories, basis`, one column an authority with its date in words (a day, "between … and …",
        "no date", empty if it does not list the party), `first` (who was surely first, empty if the dates do not
        tell) and `lag_days` (from the first to the last listing; empty unless all are exact days).
    """
    chosen = listed if len(authorities) == 0 else listed[listed["authority"].isin(list(authorities))]
    names = sorted(set(chosen["authority"]))
    rows = []
    for party_id, own in chosen.groupby("party_id", sort=False):
        if len(own) < 2:
            continue
        found = {row["authority"]: row for row in own.to_dict("records")}
        head = {column: own.iloc[0][column] for column in ("name", "territories", "basis")}
        dates = {name: _words(found[name]) if name in found else "" for name in names}
        days = [row["since"] for row in found.values()]
        lag = (max(days) - min(days)).days if all(day is not None for day in days) else None
        rows.append({"party_id": party_id, **head, **dates, "first": _first(found.values()), "lag_days": lag})
    return pd.DataFrame(rows, columns=["party_id", "name", "territories", "basis", *names, "first", "lag_days"])


def sides(listed: pd.DataFrame, *, outside: Collection[str] = ()) -> pd.DataFrame:
    """Which parties the US lists and its partners do not, and the other way round.

    Only lists in the case count: "US only" means that no *loaded* list of a partner names the party, or that no link was found.

    Args:
        listed: What `listings` returns.
        outside: Leave parties out that have one of these territories, such as RU where one list holds no Russian parties.

    Returns:
        One row a party: `party_id, name, territories, side` ("both", "US only", "partners only"), `authorities`. Parties that
        neither lists (Ukraine or the UN alone) are left out.
    """
    rows = []
    for party_id, own in listed.groupby("party_id", sort=False):
        territories = own.iloc[0]["territories"]
        found = {authority_of(name).side for name in own["authority"]}
        if not found.isdisjoint({Side.US, Side.PARTNER}) and set(territories).isdisjoint(outside):
            is_both = {Side.US, Side.PARTNER} <= found
            side = "both" if is_both else ("US only" if Side.US in found else "partners only")
            names = tuple(sorted(set(own["authority"])))
            rows.append(
                {
                    "party_id": party_id,
                    "name": own.iloc[0]["name"],
                    "territories": territories,
                    "side": side,
                    "authorities": names,
                }
            )
    return pd.DataFrame(rows, columns=["party_id", "name", "territories", "side", "authorities"])


def sides_by_territory(compared: pd.DataFrame, *, most: int = 12) -> pd.DataFrame:
    """Count what `sides` returns by territory, the longest first; a party with two territories counts in both.

    Returns:
        `territory` (ISO code), `both`, `us_only`, `partners_only`.
    """
    spread = compared.explode("territories").dropna(subset=["territories"])
    table = spread.groupby(["territories", "side"]).size().unstack(fill_value=0).reindex(columns=list(SIDES), fill_value=0)
    table = table.rename(columns=SIDES).loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    return table.head(most).rename_axis(None, axis=1).rename_axis("territory").reset_index()


def sides_sentence(listed: pd.DataFrame) -> str:
    """Which of the 38 partners the loaded lists speak for: what any difference rests on."""
    names = sorted(set(listed["authority"]))
    count = len(partners_of(names))
    loaded = ", ".join(authority_of(name).name for name in names)
    return (
        f"Loaded: {loaded}. They speak for {count} of the 38 partners of the US in the export-control coalition; of the "
        f"other {38 - count} no list is here, so nothing is said of them. A party without a link may still be listed "
        "under a name that was not recognized."
    )


def _groups(links: pa.Table) -> tuple[dict[str, str], dict[str, str]]:
    """By entry its group, by group its weakest basis."""
    order = [basis.value for basis in LinkBasis]  # the strongest first
    group_of: dict[str, str] = {}
    basis_of: dict[str, str] = {}
    for row in links.to_pylist():
        group_of[row["entity_id_a"]] = group_of[row["entity_id_b"]] = row["group_id"]
        known = basis_of.setdefault(row["group_id"], row["basis"])
        basis_of[row["group_id"]] = max(known, row["basis"], key=order.index)
    return group_of, basis_of


def _words(row: Mapping[Any, Any]) -> str:
    if row["since"] is not None:
        return str(row["since"])
    if row["not_before"] is not None and row["not_after"] is not None:
        return f"between {row['not_before']} and {row['not_after']}"
    return f"by {row['not_after']}" if row["not_after"] is not None else "no date"


def _first(rows: Iterable[Mapping[Any, Any]]) -> str:
    """Who was surely first: listed at the latest before anybody else can have listed; empty if the dates do not tell."""
    held = list(rows)
    for row in held:
        others: list[date | None] = [other["not_before"] for other in held if other is not row]
        latest = row["not_after"]
        if latest is not None and all(day is not None and latest < day for day in others):
            return str(row["authority"])
    return ""
