"""Fetch public lists when the user asks for it, and take the new editions into the case. Nothing else uses a network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kit import lists, sources
from kit.case import Case, Source
from kit.errors import KitError, SourceError, counted
from kit.lists.freshness import FOLDER, list_folder
from kit.pipeline.job import Progress, quiet
from kit.sources import SourceKind

NON_COMMERCIAL = "CC BY-NC"
STEP = 10  # percent between two lines of progress


@dataclass(frozen=True)
class Renewal:
    """What fetching one list did.

    Attributes:
        fetched: The newest copy.
        added: Its file as the case knows it; None where no case was given.
        sentence: Both in words.
    """

    fetched: sources.Fetched
    added: Source | None
    sentence: str


def fetchable() -> tuple[str, ...]:
    """Lists that `fetch --all` fetches: each of its own authority.

    Collections of others, which come under a licence against commercial use, must be named.
    """
    return tuple(
        entry.key
        for entry in sources.catalog()
        if entry.kind is SourceKind.LIST and len(entry.forms) > 0 and not entry.license.startswith(NON_COMMERCIAL)
    )


def fetch_list(
    wanted: str,
    *,
    case: Case | None = None,
    folder: Path = Path(FOLDER),
    accept_changes: bool = False,
    limits: sources.Limits | None = None,
    progress: Progress = quiet,
) -> Renewal:
    """Fetch one list, and take it into the case if it is not there yet.

    The file comes to `lists/<key>/<day>_<hash>/` in the case's folder, beside the older editions. In the case
    the older edition stays readable and counts no more.

    Args:
        wanted: Key of the catalog, with a form behind a colon if it is not the best one: `us_csl`, `us_csl:json`.
        case: Where it is taken in; None only fetches.
        folder: Where the copies go without a case.
        accept_changes: Take an edition that shrank or lost a column, because the publisher confirmed it.
        limits: How long to wait and how much to take.
        progress: Told a line now and then.

    Raises:
        SelectionError: If the catalog has no such list or form.
        SourceError: If it cannot be fetched or was refused; the case is as it was.
        KitError: If no reader can read the file; the copy is kept, the case is as it was.
    """
    entry, form = _named(wanted)
    place = list_folder(case, entry.key) if case is not None else folder / entry.key
    progress(f"fetching {entry.title}")
    fetched = sources.fetch(entry, place, form=form, accept_changes=accept_changes, limits=limits, progress=_told(progress))
    said = _said(fetched)
    if case is None:
        return Renewal(fetched, None, f"{entry.key}: {said}: {fetched.path}")
    added = _take_in(case, entry, fetched, accept_changes=accept_changes)
    rejected = f", {added.rows_rejected:,} refused" if added.rows_rejected > 0 else ""
    current = "" if added.is_current else "; the case has a newer one, which stays in use"
    sentence = f"{entry.key}: {said}; edition {added.version}: {counted(added.rows_read, 'row')} read{rejected}{current}"
    return Renewal(fetched, added, sentence)


def _said(fetched: sources.Fetched) -> str:
    said = "a new edition" if fetched.is_new else f"no newer edition; the copy of {fetched.retrieved:%Y-%m-%d} is the newest"
    return f"{said}, {counted(fetched.count, 'line or entry', 'lines or entries')}" if fetched.count is not None else said


def ask_list(wanted: str, *, case: Case | None = None, folder: Path = Path(FOLDER)) -> str:
    """Ask the publisher whether there is a newer edition than the copy, in words; nothing is fetched.

    Raises:
        SourceError: If the list has no address or the publisher cannot be reached.
    """
    entry, form = _named(wanted)
    place = list_folder(case, entry.key) if case is not None else folder / entry.key
    if sources.newest_copy(place, entry) is None:
        sources.form_of(entry, form)
        return f"{entry.key}: there is no fetched copy yet"
    words = {True: "there is a newer edition", False: "the copy is the newest edition", None: "the publisher does not tell"}
    return f"{entry.key}: {words[sources.ask(entry, place, form=form)]}"


def fetch_all(
    wanted: Iterable[str], *, case: Case | None, accept_changes: bool = False, progress: Progress = quiet
) -> list[KitError]:
    """Fetch several lists; what goes wrong with one does not stop the others.

    Returns:
        What went wrong, in the order of the lists.
    """
    problems: list[KitError] = []
    for name in wanted:
        try:
            progress(f"  {fetch_list(name, case=case, accept_changes=accept_changes, progress=progress).sentence}")
        except KitError as problem:
            problems.append(problem)
            progress(f"  {name}: not renewed. {problem}")
    return problems


def _named(wanted: str) -> tuple[sources.Source, str | None]:
    key, _, form = wanted.partition(":")
    return sources.source(key), form if form != "" else None


def _take_in(case: Case, entry: sources.Source, fetched: sources.Fetched, *, accept_changes: bool) -> Source:
    """Read the fetched file into the case, unless the case knows it.

    Where the file gives no day of its own, its edition is the publisher's date of the file, else the day of fetching.

    Raises:
        SourceError: If another reader takes it for its own, such as that of spreadsheets, or it holds too little.
    """
    known = case.knows(fetched.path)
    if known is not None:
        return known
    result = lists.read_list(fetched.path)
    if result.reader != fetched.form.reader:
        fault = f"it reads like {result.reader}, expected {fetched.form.reader}: the publisher may have changed the form"
        kept = "The case is as it was."
        raise SourceError.refused(entry.title, fetched.path.name, [fault], kept=kept, can_accept=False)
    if result.version == fetched.sha256[: len(result.version)]:
        moment = fetched.last_modified if fetched.last_modified is not None else fetched.retrieved
        result = lists.read_list(fetched.path, list_version=f"{moment:%Y-%m-%d}")
    if entry.rows is not None and fetched.count is None and result.rows_read < entry.rows[0] and not accept_changes:
        fault = f"it holds {counted(result.rows_read, 'row')}, expected at least {entry.rows[0]:,}"
        kept = "The case is as it was."
        raise SourceError.refused(entry.title, fetched.path.name, [fault], kept=kept, can_accept=True)
    return case.add(result, fetched.path)


def _told(progress: Progress) -> sources.Told:
    """Bytes as a line each tenth of the file, or each 10 MB where its size is not known."""
    told = 0

    def hear(done: int, total: int) -> None:
        nonlocal told
        now = STEP * (100 * done // total // STEP) if total > 0 else done // 10_000_000
        if now > told:
            told = now
            progress(f"  {now}%" if total > 0 else f"  {now * 10} MB")

    return hear
