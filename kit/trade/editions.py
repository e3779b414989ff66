"""Official totals carried from one edition of the Harmonized System to another, with bounds.

Where a code was split or merged, the published figures allow only a range:
`value_low` counts the codes that lie wholly within the code asked for, `value_high` all codes of which
a part belongs to it. Where nothing can be compared, the figure is missing, never zero.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from kit.codes import Carried, Edition, carried, counterparts, edition_of
from kit.errors import TableError
from kit.frames import to_pandas

KEYS = ["reporter", "partner", "flow", "period", "currency"]
YEARLY = "CN"  # as the readers of Eurostat's layouts name the edition
REPORTED = "as reported: the record is in {edition}"


def carry(flows: Any, *, to: Edition | str = Edition.HS2022, measure: str = "value", edition: str | None = None) -> pd.DataFrame:
    """Carry totals to the six-digit codes of one edition.

    Args:
        flows: FLOWS of one level of codes, six digits or finer, as a pandas frame or a DuckDB relation. A row of
            the Combined Nomenclature ("CN") is in the edition that was in force in its year.
        to: The edition to carry to.
        measure: value (in `currency`), value_usd or net_weight_kg.
        edition: The edition of rows whose `hs_version` is empty, such as HS2017.

    Returns:
        One row a reporter, partner, flow, period, currency and code of `to`:

        - `hs_code`, `hs_version`: the code and edition carried to.
        - `value_low`, `value_high`: bounds of the measure; equal where the code carries over whole. Missing
          where there is no counterpart: then `hs_code` and `hs_version` are those of the record.
        - `codes`: the codes of the records that it is made of; `basis`: how, in one sentence.

    Raises:
        TableError: If levels are mixed, or the edition of a row is not known.
    """
    target = Edition(to)
    sums = _sums(flows, measure, edition)
    pairs = sums[["source", "hs6"]].drop_duplicates()
    links = [
        {"source": source, "hs6": code, "target": found, "is_whole": len(targets) == 1}
        for source, code in pairs.itertuples(index=False)
        for targets in [counterparts(code, source, target)]
        for found in (targets if len(targets) > 0 else (None,))
    ]
    joined = sums.merge(pd.DataFrame(links, columns=["source", "hs6", "target", "is_whole"]), on=["source", "hs6"])
    lost = joined["target"].isna()
    made = _bounds(joined[~lost], target)
    return pd.concat([made, _without_counterpart(joined[lost], target)], ignore_index=True).sort_values(
        [*KEYS, "hs_code"], ignore_index=True
    )


def baselines(flows: Any, *, to: Edition | str = Edition.HS2022, edition: str | None = None) -> pd.DataFrame:
    """For each code that the records have in one edition: what of the older records it may be compared with.

    A series that begins with an edition may show a new number and no new trade: read `sentence` before any growth.

    Args:
        flows: As for `carry`.
        to: The newer edition.
        edition: The edition of rows whose `hs_version` is empty.

    Returns:
        One row a code and older edition: `hs_code`, `begins` (its first period in `to`), `edition_before`, `before` (codes of
        the older edition that belong to it), `held` (those of them that the records hold), `is_comparable` (all
        wholly within it, and held), `sentence`.
    """
    target = Edition(to)
    sums = _sums(flows, "value", edition)
    older = sums[sums["source"] != target.value]
    held = {source: set(rows["hs6"]) for source, rows in older.groupby("source")}
    sources = sorted(str(source) for source in held)
    rows = []
    for code, found in sums[sums["source"] == target.value].groupby("hs6"):
        for source in sources:
            rows.append(_baseline(carried(str(code), source, target), str(found["period"].min()), held[source]))
    columns = ["hs_code", "begins", "edition_before", "before", "held", "is_comparable", "sentence"]
    return pd.DataFrame(rows, columns=columns)


def _baseline(found: Carried, begins: str, held: set[str]) -> dict[str, Any]:
    before = (*found.whole, *found.partly)
    here = [code for code in before if code in held]
    said = found.sentence
    if len(before) > 0 and len(here) < len(before):
        missing = ", ".join(code for code in before if code not in held)
        said += f" These records hold no {missing}: no baseline here."
    return {
        "hs_code": found.hs_code,
        "begins": begins,
        "edition_before": found.source.value,
        "before": ", ".join(before),
        "held": ", ".join(here),
        "is_comparable": found.is_exact and len(here) == len(before),
        "sentence": said,
    }


def _sums(flows: Any, measure: str, edition: str | None) -> pd.DataFrame:
    """One row a key, edition and six-digit code, as pandas."""
    records = nw.from_native(flows)
    _refuse_mixed_levels(records)
    short = records.with_columns(nw.col("hs_code").str.slice(0, 6).alias("hs6"), nw.col(measure).cast(nw.Float64).alias("amount"))
    grouped = short.group_by(*KEYS, "hs_version", "hs6", drop_null_keys=False).agg(
        nw.col("amount").sum(), nw.col("amount").count().alias("figures")
    )
    out = to_pandas(grouped)
    out["amount"] = out["amount"].where(out["figures"] > 0)
    words = [_word(version, period, edition) for version, period in zip(out["hs_version"], out["period"], strict=True)]
    known = {word: edition_of(word) for word in set(words)}
    unknown = sorted(str(word) for word, found in known.items() if found is None)
    if len(unknown) > 0:
        raise TableError.faults(
            "flows",
            [f"hs_version {version!r} names no edition; expected HS2012, HS2017, HS2022 or CN2021" for version in unknown],
        )
    return out.assign(source=[known[word].value for word in words])  # type: ignore[union-attr]


def _word(version: object, period: str, edition: str | None) -> str | None:
    """What names the edition of a row. The Combined Nomenclature is a new one each year, and follows the HS in force."""
    if not isinstance(version, str):
        return edition
    return f"{YEARLY}{period[:4]}" if version.strip().upper() == YEARLY else version


def _refuse_mixed_levels(records: Any) -> None:
    seen = sorted(int(level) for level in to_pandas(records.select("hs_level").unique())["hs_level"])
    if len(seen) > 1 or (len(seen) == 1 and seen[0] < 6):
        raise TableError.faults(
            "flows", [f"it has codes of {', '.join(map(str, seen))} digits; expected one level, six digits or more"]
        )


def _bounds(joined: pd.DataFrame, target: Edition) -> pd.DataFrame:
    """Lower and upper bound of each code of the target edition."""
    whole = joined["amount"].where(joined["is_whole"].astype(bool), 0.0).where(joined["amount"].notna())
    groups = joined.assign(low=whole).groupby([*KEYS, "source", "target"], dropna=False, sort=True)
    out = groups.agg(
        value_low=("low", lambda amounts: amounts.sum(min_count=1)),
        value_high=("amount", lambda amounts: amounts.sum(min_count=1)),
        codes=("hs6", lambda codes: ", ".join(sorted(set(codes)))),
    ).reset_index()
    pairs = zip(out["target"], out["source"], strict=True)
    out["basis"] = [_basis(code, Edition(source), target) for code, source in pairs]
    out = out.rename(columns={"target": "hs_code"}).assign(hs_version=target.value)
    return out[[*KEYS, "hs_code", "hs_version", "value_low", "value_high", "codes", "basis"]]


def _basis(code: str, source: Edition, target: Edition) -> str:
    return REPORTED.format(edition=target.value) if source is target else carried(code, source, target).sentence


def _without_counterpart(lost: pd.DataFrame, target: Edition) -> pd.DataFrame:
    """Rows of codes that have no counterpart: kept, without bounds."""
    said = [f"No counterpart of {code} in {target.value}: it cannot be carried." for code in lost["hs6"]]
    return pd.DataFrame(
        {
            **{key: lost[key] for key in KEYS},
            "hs_code": lost["hs6"],
            "hs_version": lost["source"],
            "value_low": float("nan"),
            "value_high": float("nan"),
            "codes": lost["hs6"],
            "basis": said,
        }
    )
