"""From a case to one HTML file: no network, no Python needed to read it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from kit.case import Case
from kit.case.atomic import write_text
from kit.charts import captions_of, plotly_bundle, to_html_fragment
from kit.flows import Counts
from kit.matching.candidates import MIDDLE, STRONG
from kit.model import FileRole, Judgement, RecordKind
from kit.report import findings, reading
from kit.report.cells import Grid
from kit.report.leads import Lead, leads, overview
from kit.report.notes import PASSING
from kit.report.pictures import KIND_WORDS, Picture, pictures
from kit.report.shown import Shown, open_shown

ASSETS = Path(__file__).resolve().parent.parent / "assets"
ORDER = (RecordKind.DECLARATIONS, RecordKind.MONTHLY_TOTALS, RecordKind.FLOWS, RecordKind.DOCUMENTED)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
MOST_ATTEMPTS = 3  # a case that changes all the time gets the last of them
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Part:
    """What the report says about one kind of records."""

    key: str
    title: str
    words: str
    counts: Counts
    figures: tuple[Markup, ...]
    headline: str
    leads: tuple[Lead, ...]
    names: int  # all that may be shown, of which the leads are the first
    overview: Grid
    changes: findings.Changes | None
    changes_figure: Markup | None
    documented: Grid | None

    @property
    def drawn(self) -> tuple[Markup, ...]:
        """All figures in the order of the page."""
        return self.figures if self.changes_figure is None else (self.changes_figure, *self.figures)


def write_report(
    case: Case, path: Path, *, working_copy: bool = True, show_persons: bool = False, progress: Progress | None = None
) -> Path:
    """Write the report of a case as one HTML file that needs no network and no Python.

    A working copy shows names that nobody has judged, as candidates, and says on
    every part that it is not for publication. A published copy shows matches only.
    The same case gives the same file; if another program changes the case meanwhile, the report is made once more.

    Args:
        case: A case with candidates.
        path: The HTML file to write; an older one is replaced.
        working_copy: False for a copy that may be published.
        show_persons: True to show natural persons by name; otherwise they are masked.
        progress: Called with a line for each step.

    Returns:
        The path written.

    Raises:
        ExportError: If a published copy would show a name that nobody has judged to be a match,
            or one that is known from a confidential list alone; nothing is written then.
    """
    say = progress if progress is not None else _quiet
    for _ in range(MOST_ATTEMPTS):
        before = _state(case)
        text = _text(open_shown(case, working_copy=working_copy, show_persons=show_persons), say)
        if _state(case) == before:
            break
        say("  the case changed meanwhile: once more")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, text)
    return path


def _state(case: Case) -> tuple[Any, int]:
    """What a report depends on: files, candidates, judgements."""
    return case.manifest, case.journal.last_line()


def _text(shown: Shown, say: Progress) -> str:
    parts = []
    for kind in [kind for kind in ORDER if kind in shown.store.kinds()]:
        say(f"  {KIND_WORDS[kind][1]}: pictures and tables")
        parts.append(_part(shown, kind))
    return _render(shown, parts)


def _quiet(_: str) -> None:
    """Say nothing."""


def _part(shown: Shown, kind: RecordKind) -> Part:
    selection = shown.selection(kind)
    counts = shown.store.count(selection)
    title, words = KIND_WORDS[kind]
    periods = findings.read_periods(shown.case.manifest.get("periods"))
    drawn = pictures(shown, selection, counts)
    found, names = leads(shown, selection) if kind is not RecordKind.FLOWS else ((), 0)
    changes = findings.changes(shown, selection, periods) if kind is RecordKind.FLOWS else None
    return Part(
        key=kind.value,
        title=title,
        words=words,
        counts=counts,
        figures=tuple(_fragment(picture) for picture in drawn),
        headline=captions_of(drawn[0].figure).title,
        leads=found,
        names=names,
        overview=overview(found),
        changes=changes,
        changes_figure=_fragment(changes.picture) if changes is not None else None,
        documented=findings.documented(shown) if kind is RecordKind.DOCUMENTED else None,
    )


def _fragment(picture: Picture) -> Markup:
    """A figure as HTML; kit.charts escapes its texts."""
    return Markup(to_html_fragment(picture.figure, include_library=False, element_id=picture.element_id))  # noqa: S704


@cache
def _asset(*parts: str) -> Markup:
    """A file of the kit's own, which may go into the page as it is."""
    return Markup(ASSETS.joinpath(*parts).read_text(encoding="utf-8"))  # noqa: S704


@cache
def _templates() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(ASSETS / "report")
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _render(shown: Shown, parts: list[Part]) -> str:
    """Fill the template. The page's policy lets run only the scripts that stand here, told by their hash."""
    library = plotly_bundle()
    sort = _asset("report", "table.js")
    scripts = [library, sort, *(script for part in parts for figure in part.drawn for script in _SCRIPT.findall(figure))]
    values = _values(shown, parts)
    text = _templates().get_template("report.html.j2").render(
        **values, sort=sort, style=_asset("figure.css") + "\n" + _asset("report", "report.css")
    )  # fmt: skip
    text = text.lstrip()
    if shown.publication is not None:
        shown.publication.check(text)
    policy = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in dict.fromkeys(scripts)
    )
    return text.replace("<!--policy-->", policy, 1).replace("<!--library-->", f"<script>{library}</script>", 1)


def _values(shown: Shown, parts: list[Part]) -> dict[str, Any]:
    case = shown.case
    sources, judgements = case.sources(), case.journal.judgements().to_pylist()
    files, read, asked = reading.files_table(shown), reading.files(shown), reading.asked(shown)
    times = [s.read_at for s in sources] + [j["judged_at"] for j in judgements]
    counts = _list_counts(case)
    return {
        "is_working_copy": shown.is_working_copy,
        "is_invented": any(reading.is_invented(source) for source in sources),
        "title": case.manifest.get("question") or f"Case {case.name}",
        "asked": asked,
        "files": files,
        "read": read,
        "parts": parts,
        "state_of": max(times)[:16].replace("T", " ") if len(times) > 0 else "",
        "kit_version": sources[-1].kit_version if len(sources) > 0 else "",
        "judged": {j.value: sum(row["judgement"] == j.value for row in judgements) for j in Judgement},
        "lists": counts,
        "closed_files": [s.file for s in case.sources() if s.is_confidential] if shown.is_working_copy else [],
        "list_files": [s.file for s in case.sources(FileRole.LIST) if shown.is_working_copy or not s.is_confidential],
        "masked": shown.masks.count,
        "not_read": reading.not_read(shown).sentence,
        "passing": PASSING,
        "strong": STRONG,
        "middle": MIDDLE,
    }


def _list_counts(case: Case) -> dict[str, int]:
    """Listed parties, how many have no listing date, and names with candidates."""
    connection = case.connect()
    statement = """
    SELECT (SELECT count(*) FROM entities),
           (SELECT count(*) FROM entities e WHERE NOT EXISTS (
                SELECT 1 FROM sanctions s WHERE s.entity_id = e.entity_id AND s.listing_date IS NOT NULL)),
           (SELECT count(DISTINCT record_name) FROM candidates),
           (SELECT count(DISTINCT record_name) FROM candidates WHERE band = 'strong')
    """
    row = connection.execute(statement).fetchall()[0]
    connection.close()
    return dict(zip(("entities", "undated", "names", "strong"), row, strict=True))
