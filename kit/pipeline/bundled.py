"""The two bundled cases: the public record, which is real, and the training case, which is invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kit import territories, training
from kit.case import Case
from kit.errors import SelectionError
from kit.flows import open_store
from kit.model import RecordKind
from kit.pipeline.job import Progress, Request, find_candidates, quiet, read_all, run_case
from kit.pipeline.linking import link_lists
from kit.reference import data_path

FILES: dict[str, dict[str, tuple[str, ...]]] = {
    "public": {
        "lists": ("us_russia_parties.csv", "eu_annex_iv.csv"),
        "statistics": ("eurostat_priority_exports.parquet", "documented_flows.csv"),
    },
    "training": {
        "lists": ("letter_list.xlsx",),
        "trade": ("ru_customs_declarations.csv", "vendor_export.xlsx", "bills_of_lading.csv"),
    },
}
QUESTIONS = {
    "public": "Which parties on a US list under a Russia program, or in Annex IV of the EU, stand in documented supply lines, "
    "and through which territories did high-priority goods move?",
    "training": "Which parties of the letter stand in these declarations, and what did they send? (Everything here is invented.)",
}
# Equal months of two years: the sanctions of spring 2022 lie between them, and the bundled figures end in 2022-11.
BEFORE = (date(2021, 3, 1), date(2021, 11, 30))
AFTER = (date(2022, 3, 1), date(2022, 11, 30))


def bundled_request(name: str) -> Request:
    """The files of a bundled case.

    Raises:
        SelectionError: If there is no bundled case of that name.
    """
    if name not in FILES:
        raise SelectionError.unknown("case", name, FILES)
    paths = {role: [data_path(name, file) for file in files] for role, files in FILES[name].items()}
    return Request(**paths)  # type: ignore[arg-type]


def open_bundled(name: str, root: Path, *, progress: Progress = quiet) -> Case:
    """Open a bundled case, reading its files and finding candidates only if that was not done before."""
    case = Case.create(root / name, question=QUESTIONS[name])
    read_all(case, bundled_request(name), progress=progress)
    find_candidates(case, progress=progress)
    link_lists(case)
    return case


def run_bundled(root: Path, *, progress: Progress = quiet) -> Iterator[str]:
    """Run both bundled cases and say what they found, line by line, the real one first."""
    for name, title in (("public", "The public record (real)"), ("training", "The training case (invented)")):
        yield f"\n{title}"
        case = Case.create(root / name, question=QUESTIONS[name])
        if name == "public":
            case.note(periods=[[day.isoformat() for day in period] for period in (BEFORE, AFTER)])
        summary = run_case(case, bundled_request(name), progress=progress)
        yield from summary.lines()
        yield from _public_findings(case) if name == "public" else _training_score(case)


def _public_findings(case: Case) -> Iterator[str]:
    """What the real flows show, as differences of equal months."""
    store = open_store(case)
    changes = store.compare_periods(store.default(RecordKind.FLOWS), BEFORE, AFTER)
    yield "  EU exports of high-priority goods, March to November, EUR million (Eurostat; a rise is a reason to look closer):"
    for row in changes.to_dict("records"):
        name = territories.territory(str(row["to_territory"])).name
        earlier, later, change = (row[part] / 1e6 for part in ("before", "after", "change"))
        yield f"    to {name:20s} 2021 {earlier:9,.1f}   2022 {later:9,.1f}   change {change:+9,.1f}"
    first = store.look_first(store.default(RecordKind.DOCUMENTED), most=5)
    yield f"  Documented flows whose parties resemble a listed one; the first {len(first)}:"
    for lead in first.to_dict("records"):
        yield f"    {lead['record_name']} ({lead['role']}): {lead['explanation']}"


def _training_score(case: Case) -> Iterator[str]:
    """How many of the planted links the kit found."""
    score = training.score_training(case.read("candidates"), data_path("training", "truth.csv"))
    yield f"  {score.sentence}"
