"""What one report shows of names: masks for persons, and in a published copy matches only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kit.case import Case
from kit.flows import NOT_NAMED, Selection, Store, open_store
from kit.model import Judgement, PartyStatus, RecordKind, Schema
from kit.report.cells import is_missing
from kit.review import NOT_SHOWN, Masks, Publication, masks_of, publication_of

ABOVE_EVERY_SCORE = 2.0
AT_ADDRESS = "At a listed address"  # so begins the sentence of a candidate by address; its name was not compared
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
PARTY_STAGES = ("consignor", "consignee")


@dataclass(frozen=True)
class Shown:
    """One case, opened for one report."""

    case: Case
    store: Store
    masks: Masks
    publication: Publication | None  # None for a working copy
    judgements: Mapping[str, Mapping[str, Any]]  # by candidate_id
    spans: Mapping[str, tuple[str, str]]  # by flow_id: start and end of a documented flow, as precise as its source

    @property
    def is_working_copy(self) -> bool:
        """Whether unjudged names may be shown as candidates."""
        return self.publication is None

    def selection(self, kind: RecordKind) -> Selection:
        """What the pictures of a kind are drawn of; a published copy counts no candidate as one."""
        default = self.store.default(kind)
        if kind is not RecordKind.FLOWS:
            default = default.but(statuses=(), goods="all")
        return default if self.is_working_copy else default.but(min_score=ABOVE_EVERY_SCORE)

    def record_name(self, name: Any) -> str:
        """A name of the trade records; `(not named)` if the record has none."""
        if is_missing(name):
            return NOT_NAMED
        if self.publication is not None and self.publication.record_name(str(name)) == NOT_SHOWN:
            return NOT_SHOWN
        return self.masks.record_name(str(name))

    def may_show(self, record_name: str, entity_id: str) -> bool:
        """Whether a candidate may be shown at all."""
        public = self.publication
        return public is None or (record_name in public.record_names and entity_id in public.entity_ids)

    def pair(self, row: Any, schema: Schema) -> tuple[str, str, str]:
        """Record name, listed name and sentence of one candidate."""
        is_match = row.judgement == Judgement.POSITIVE.value
        return self.masks.pair(row.record_name, row.entity_name, schema, is_match=is_match, sentence=row.explanation)

    def has_address_candidates(self) -> bool:
        """Whether some candidates were found by their address alone."""
        return any(text.startswith(AT_ADDRESS) for text in self.case.read("candidates").column("explanation").to_pylist())

    def free_text(self, text: Any) -> str:
        """Words of a source, such as goods: they may name parties, so a published copy leaves them out."""
        if is_missing(text):
            return ""
        return self.masks.sentence(str(text)) if self.is_working_copy else ""

    def corridors(self, links: pd.DataFrame) -> pd.DataFrame:
        """The links of a Sankey with names as they may be shown; links that become one are summed, in the order of the stages."""
        if len(links) == 0:
            return links
        out = links.copy()
        for end in ("from", "to"):
            is_party = out[f"stage_{end}"].isin(PARTY_STAGES) & out[f"key_{end}"].notna()
            shown = out.loc[is_party, f"key_{end}"].map(self.record_name)
            out.loc[is_party, f"node_{end}"] = shown
            out.loc[is_party, f"key_{end}"] = shown
            hidden = is_party & (out[f"node_{end}"] == NOT_SHOWN)
            if not self.is_working_copy:  # the others, too, are parties that are not shown
                hidden |= out[f"stage_{end}"].isin(PARTY_STAGES) & out[f"is_others_{end}"]
            out.loc[hidden, f"node_{end}"] = NOT_SHOWN
            out.loc[hidden, f"is_others_{end}"] = True
            out[f"key_{end}"] = out[f"key_{end}"].astype(object).mask(hidden, None)
        keys = [column for column in out.columns if column not in ("value", "records")]
        summed = out.groupby(keys, dropna=False, as_index=False, sort=False)[["value", "records"]].sum()
        return summed[list(links.columns)]

    def party_status(self, links: pd.DataFrame) -> dict[str, str]:
        """PartyStatus by name as shown, for the parties among the links that are a match or a candidate."""
        rows = self.case.read("candidates").to_pandas()[["candidate_id", "record_name"]]
        rows["judgement"] = [self.judgements.get(candidate, {}).get("judgement") for candidate in rows["candidate_id"]]
        rows = rows[rows["judgement"] != Judgement.NEGATIVE.value]
        matches = set(rows.loc[rows["judgement"] == Judgement.POSITIVE.value, "record_name"])
        live = set(rows["record_name"])
        drawn = dict.fromkeys(key for end in ("from", "to") for key in links.get(f"key_{end}", ()) if isinstance(key, str))
        return {
            self.record_name(name): PartyStatus.MATCH.value if name in matches else PartyStatus.CANDIDATE.value
            for name in drawn
            if name in live
        }


def open_shown(case: Case, *, working_copy: bool, show_persons: bool) -> Shown:
    """Open a case for one report."""
    publication = None if working_copy else publication_of(case)
    judgements = {row["candidate_id"]: row for row in case.journal.judgements().to_pylist()}
    return Shown(case, open_store(case), masks_of(case, show_persons=show_persons), publication, judgements, _spans(case))


def _spans(case: Case) -> dict[str, tuple[str, str]]:
    """Start and end of the documented flows that have a start; without an end, the start stands for both."""
    out = {}
    for row in case.read("documented_flows").select(["flow_id", "date_from", "date_to"]).to_pylist():
        ends = [str(row[name]) for name in ("date_from", "date_to") if not is_missing(row[name])]
        if not is_missing(row["date_from"]) and all(_DATE.fullmatch(end) is not None for end in ends):
            out[str(row["flow_id"])] = (ends[0], ends[-1])
    return out
