"""Which listed parties a name in a trade record may be: index, candidates, score, explanation.

A score is a similarity from 0 to 1, not a probability; a candidate is a lead
that a person judges.
"""

from kit.matching.at_address import find_address_candidates
from kit.matching.candidates import band_of, candidate_id, find_candidates
from kit.matching.explain import Explanation, explain
from kit.matching.identifiers import compare_identifiers
from kit.matching.index import Index, build_index
from kit.matching.kept import kept_index
from kit.matching.merging import merge_candidates
from kit.matching.ranking import Ranked, rank_names

__all__ = [
    "Explanation",
    "Index",
    "Ranked",
    "band_of",
    "build_index",
    "candidate_id",
    "compare_identifiers",
    "explain",
    "find_address_candidates",
    "find_candidates",
    "kept_index",
    "merge_candidates",
    "rank_names",
]
