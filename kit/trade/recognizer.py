"""Proposing a mapping for a trade layout that nobody has mapped, with a reason for each column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kit.errors import ValueFormError
from kit.files import Sheet
from kit.model import ColumnUse
from kit.territories import read_territory
from kit.trade.evidence import Evidence, weigh
from kit.trade.headers import NO_WORD, REFUSED, HeaderReading, read_header
from kit.trade.mapping import ColumnMap, MappingKind, TradeMapping
from kit.trade.statistics_recognizer import propose_statistics, proposed_mapping

SHORTEST_NAME = 4  # letters: shorter words in a file name are rarely territories
_KIND_OF = {
    "hs_code": "hs_code",
    "date": "date",
    "quantity": "number",
    "net_weight_kg": "number",
    "value": "number",
    "value_usd": "number",
}
_ROUTE = (
    "origin_country",
    "departure_country",
    "trading_country",
    "destination_country",
    "consignor_country",
    "consignee_country",
)
_NAMES = ("consignor_name", "consignee_name", "notify_name", "declarant_name", "goods_description")
_IMPORT = re.compile(r"import|импорт|ввоз|імпорт|ithalat|importaci|进口", re.IGNORECASE)
_EXPORT = re.compile(r"export|экспорт|вывоз|експорт|ihracat|exportaci|出口", re.IGNORECASE)


@dataclass(frozen=True)
class Proposal:
    """A mapping that the recognizer proposes for one file.

    `reasons` tells for each column of the file where it would go and why, or
    why nowhere. `doubts` are the points that a person should look at before
    relying on it. `is_enough` says whether the file looks like trade records at
    all: a party, and a code, a description or a value.
    """

    mapping: TradeMapping
    reasons: tuple[ColumnUse, ...]
    doubts: tuple[str, ...]
    is_enough: bool


@dataclass(frozen=True)
class _Bid:
    """One column of the file offering to be a standard column."""

    source: str
    position: int
    reading: HeaderReading
    evidence: Evidence
    score: float


def propose_mapping(sheet: Sheet) -> Proposal:
    """Propose where the columns of an unknown layout go, by header words and by values.

    A file that names no party, but a partner, a code, a value, a period and a
    direction, gets a mapping for statistics.

    Header words decide; values confirm or refuse ("Code" with words in it is no
    HS code). A column without a known word is proposed only for codes and dates
    that its values show plainly, and a doubt says so.

    Args:
        sheet: As `kit.files.read_sheet` gives it.

    Returns:
        A Proposal; `mapping.columns` may be empty if nothing is recognized.
    """
    bids, refused = _bids(sheet)
    won: dict[str, list[_Bid]] = {}
    for target in dict.fromkeys(bid.reading.target for bid in bids if bid.reading.target is not None):
        ranked = [bid for bid in bids if bid.reading.target == target]
        won[target] = sorted(ranked, key=lambda bid: (-bid.score, _unusual_basis(sheet, bid), bid.position))
    doubts = [f"{bids_[0].source!r}: {doubt}" for bids_ in won.values() for doubt in bids_[0].reading.doubts]
    doubts += _by_values(sheet, won, refused)
    if "currency" in won and "currency" in _options(won, "value"):
        for bid in won.pop("currency"):
            refused[bid.source] = f"{bid.reading.reason}, but the header of the value names its own currency"
    columns, reasons = _columns(sheet, won, refused)
    fixed, more = _fixed(sheet, won)
    doubts += more
    parties = any(target.endswith("_name") for target in won)
    enough = parties and any(target in won for target in ("hs_code", "goods_description", "value", "value_usd"))
    if not parties:
        totals = propose_statistics(sheet, direction=_named_direction(sheet), reporter=fixed.get("reporter"))
        if totals.is_enough:
            return Proposal(totals.mapping, totals.reasons, totals.doubts, is_enough=True)
    return Proposal(_mapping(sheet, columns, fixed, reasons, doubts), tuple(reasons), tuple(doubts), enough)


def _unusual_basis(sheet: Sheet, bid: _Bid) -> bool:
    """Whether a value stands on the basis that statistics do not use: exports are valued FOB, imports CIF."""
    basis = bid.reading.options.get("value_basis")
    usual = {"import": "CIF", "export": "FOB"}.get(_named_direction(sheet) or "")
    return basis is not None and usual is not None and basis != usual


def _mapping(
    sheet: Sheet, columns: list[ColumnMap], fixed: dict[str, str], reasons: list[ColumnUse], doubts: list[str]
) -> TradeMapping:
    proposed = proposed_mapping(sheet, MappingKind.DECLARATIONS, columns, fixed, doubts)
    return replace(proposed, unused={use.source: use.reason for use in reasons if use.target is None})


def _bids(sheet: Sheet) -> tuple[list[_Bid], dict[str, str]]:
    """Every column that its header and values make a candidate, and why the others are none."""
    bids, refused = [], {}
    for position, source in enumerate(sheet.columns):
        reading = read_header(source)
        if reading.target is None:
            refused[source] = reading.reason
            continue
        evidence = weigh(sheet.rows.column(source))
        kind = _expected(reading.target)
        fits = evidence.fits(kind) if kind is not None else None
        if fits is False:
            refused[source] = f"{reading.reason}, but {REFUSED} ({kind.replace('_', ' ') if kind is not None else ''})"
            continue
        score = reading.strength + (5.0 if fits is True else 0.0) - (6.0 if reading.is_translation else 0.0)
        score -= 20.0 if evidence.count == 0 or (reading.target == "date" and evidence.month > 0.5) else 0.0
        bids.append(_Bid(source, position, reading, evidence, score))
    return bids, refused


def _expected(target: str) -> str | None:
    """How the values of a standard column must look."""
    if target in _ROUTE or target == "reporter":
        return "territory"
    return _KIND_OF.get(target, "words" if target in _NAMES else None)


def _by_values(sheet: Sheet, won: dict[str, list[_Bid]], refused: dict[str, str]) -> list[str]:
    """Find codes and dates in columns whose headers say nothing."""
    doubts = []
    for target, kind in (("hs_code", "hs_code"), ("date", "date")):
        if target in won:
            continue
        for position, source in enumerate(sheet.columns):
            evidence = weigh(sheet.rows.column(source)) if source in refused else Evidence(0)
            if evidence.count < 3 or getattr(evidence, kind) < 0.95 or (kind == "hs_code" and evidence.date >= 0.95):
                continue
            if refused[source] != NO_WORD:
                continue
            reason = f"{evidence.count} different values, nearly all of which read as a {kind.replace('_', ' ')}"
            won[target] = [_Bid(source, position, HeaderReading(target, 0, reason), evidence, 0.0)]
            del refused[source]
            doubts.append(f"{source!r} is taken as {target} by its values alone")
            break
    return doubts


def _columns(sheet: Sheet, won: Mapping[str, list[_Bid]], refused: Mapping[str, str]) -> tuple[list[ColumnMap], list[ColumnUse]]:
    columns, uses = [], {name: ColumnUse(name, None, why) for name, why in refused.items()}
    for target, bids in won.items():
        best, others = bids[0], bids[1:]
        spare = (
            [bid for bid in others if bid.reading.is_translation or bid.evidence.count > 0] if target.endswith("_name") else []
        )
        fallback = tuple(bid.source for bid in spare if bid.reading.is_translation)
        factor = float(best.reading.options.get("factor", 1.0))
        columns.append(ColumnMap(target, (best.source,), fallback=fallback, factor=factor, reason=best.reading.reason))
        uses[best.source] = ColumnUse(best.source, target, best.reading.reason)
        for bid in others:
            in_use = bid.source in fallback
            why = f"{bid.reading.reason}; " + (
                "read where the first is empty" if in_use else f"{best.source!r} fits {target} better"
            )
            uses[bid.source] = ColumnUse(bid.source, target if in_use else None, why)
    return columns, [uses[name] for name in sheet.columns if name in uses]


def _fixed(sheet: Sheet, won: Mapping[str, list[_Bid]]) -> tuple[dict[str, str], list[str]]:
    """Values for the whole file: level, currency, basis, direction and reporter, each with its doubt."""
    fixed: dict[str, str] = {"record_level": "line"}
    doubts: list[str] = []
    if "date" in won and won["date"][0].evidence.month >= 0.95:
        fixed["record_level"] = "monthly_total"
        doubts.append("every date is a month: rows are read as totals by month, never summed with single records")
    for target in ("value", "value_usd"):
        options = _options(won, target)
        if options.get("currency", "") != "":
            fixed["currency"] = str(options["currency"])
        if "value_basis" in options:
            fixed.setdefault("value_basis", str(options["value_basis"]))
    if "direction" not in won:
        doubts += _direction(sheet, won, fixed)
    if "reporter" not in won:
        doubts += _reporter(sheet, fixed)
    return fixed, doubts


def _options(won: Mapping[str, list[_Bid]], target: str) -> dict[str, str | float]:
    return won[target][0].reading.options if target in won else {}


def _direction(sheet: Sheet, won: Mapping[str, list[_Bid]], fixed: dict[str, str]) -> list[str]:
    named = _named_direction(sheet)
    if named is not None:
        fixed["direction"] = named
        return [f"the direction {named} is taken from the file's name"]
    return ["nothing says whether these are imports or exports: the direction stays empty"]


def _named_direction(sheet: Sheet) -> str | None:
    """Import or export, if the file's name says one of them."""
    named = [word for word, form in (("import", _IMPORT), ("export", _EXPORT)) if form.search(sheet.source_file) is not None]
    return named[0] if len(named) == 1 else None


def _reporter(sheet: Sheet, fixed: dict[str, str]) -> list[str]:
    """The territory in the file's name; of two readings the one of more words ("South Sudan") holds."""
    words = re.findall(r"[^\W\d_]+", Path(sheet.source_file).stem)
    runs = [words[start : start + size] for size in (3, 2, 1) for start in range(len(words) - size + 1)]
    for run in runs:
        try:
            found = read_territory(" ".join(run), codes="name") if len("".join(run)) >= SHORTEST_NAME else None
        except ValueFormError:
            continue
        if found is not None:
            fixed["reporter"] = found.iso2
            return [f"the reporter {found.name} is taken from the file's name"]
    return ["nothing says whose customs made these records: the reporter stays empty"]
