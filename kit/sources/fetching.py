"""Fetches one list when the user asks for it, and keeps the older copy until the newer one has passed its checks."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import count
from pathlib import Path

from kit.durable import sync_folder
from kit.errors import SelectionError, SourceError
from kit.sources import checks
from kit.sources.copies import Copy, KeptFile, age_in_words, now, read_copy, write_copy
from kit.sources.entries import Form, Source
from kit.sources.transport import Limits, Told, download, head, untold

DAY = 24 * 60 * 60  # seconds
STAGING = ".fetching_"


@dataclass(frozen=True)
class Fetched:
    """What fetching gave: the newest copy, and whether it is another one than before.

    Attributes:
        path: The first file; those that belong to it lie beside it.
        sha256: Of the first file.
        bytes: Of all files together.
        etag: The server's mark of the first file, None if it gave none.
        last_modified: The server's date of the first file, None if it gave none or an unreadable one.
        retrieved: When this copy was fetched (UTC); not now, if it is the older copy.
        is_new: False if the publisher still offers the older copy.
        form: The form that was fetched.
        count: Lines or items counted, None where they are not counted.
    """

    path: Path
    sha256: str
    bytes: int
    etag: str | None
    last_modified: datetime | None
    retrieved: datetime
    is_new: bool
    form: Form
    count: int | None


def form_of(source: Source, name: str | None = None) -> Form:
    """The form of a name, or the best one.

    Raises:
        SourceError: If the list has no address of a file.
        SelectionError: If it has no such form.
    """
    if len(source.forms) == 0:
        renew = source.renew if source.part_of == "" else f"It is a part of {source.part_of}: fetch that"
        raise SourceError.no_address(source.key, source.url, renew.rstrip("."))
    found = [form for form in source.forms if name is None or form.name == name]
    if len(found) == 0:
        raise SelectionError.unknown("form", name, [form.name for form in source.forms])
    return found[0]


def fetch(
    source: Source,
    folder: Path,
    *,
    form: str | None = None,
    accept_changes: bool = False,
    limits: Limits | None = None,
    progress: Told = untold,
) -> Fetched:
    """Fetch the newest edition of a list into a folder, if there is a newer one.

    The file is checked before it counts: a web page, a cut-off file, a lost
    column or a list that shrank is refused and kept beside as `.refused`; the
    older copy stays in use. Older editions stay where they are.

    Args:
        source: The list, from the catalog.
        folder: Folder of this list; made if it is missing.
        form: Name of a form, None for the best one.
        accept_changes: Take the file although columns or entries are gone.
        limits: How long to wait and how much to take.
        progress: Told the bytes read and announced of the file that is being fetched.

    Raises:
        SourceError: If the list has no address, cannot be fetched, or was refused; the message says how old the copy is.
    """
    chosen = form_of(source, form)
    older: Copy | None = None
    staging: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        older = _whole(folder, read_copy(folder, chosen), chosen)
        staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
        files = _download_all(chosen, staging, folder, older, limits, progress)
        if older is not None and [file.sha256 for file in files] == [file.sha256 for file in older.files]:
            same = replace(older, files=tuple(files), checked=now())
            write_copy(folder, same)
            return _fetched(same, folder, chosen, is_new=False)
        found = _examined(source, chosen, staging, folder, older, accept_changes)
        return _take(source, chosen, staging, folder, files, found)
    except OSError as problem:
        raise SourceError.not_written(source.key, f"{problem}. {_stays(older)}") from problem
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)


def ask(source: Source, folder: Path, *, form: str | None = None, limits: Limits | None = None) -> bool | None:
    """Ask the publisher whether there is a newer edition than the copy, without fetching it.

    Returns:
        True if there is, or if there is no copy; False if not; None if the server does not tell.

    Raises:
        SourceError: If the list has no address or the server cannot be reached.
    """
    chosen = form_of(source, form)
    older = _whole(folder, read_copy(folder, chosen), chosen)
    if older is None:
        return True
    told = False
    for kept, file in zip(older.files, chosen.files, strict=True):
        try:
            answer = head(file.url, limits=limits)
        except SourceError as problem:
            raise SourceError(f"{problem} {_stays(older)}") from problem
        if answer is None:
            return None
        pairs = [(kept.etag, answer.etag), (kept.last_modified, answer.last_modified)]
        known = [(before, today) for before, today in pairs if before is not None and today is not None]
        if len(known) == 0:
            return None
        told = told or any(before != today for before, today in known[:1])
    return told


def _download_all(
    form: Form, staging: Path, folder: Path, older: Copy | None, limits: Limits | None, progress: Told
) -> list[KeptFile]:
    """All files of a form into one folder; of what did not change the older file is taken.

    Raises:
        SourceError: If one of them cannot be fetched; the message says what stays in use.
    """
    files = []
    for number, file in enumerate(form.files):
        before = older.files[number] if older is not None and older.files[number].url == file.url else None
        etag, day = (before.etag, before.last_modified) if before is not None else (None, None)
        path = staging / file.name
        try:
            answer = download(file.url, path, etag=etag, last_modified=day, limits=limits, progress=progress)
            if not answer.is_new and before is None:
                raise SourceError.answered(file.url, 304)
        except SourceError as problem:
            raise SourceError(f"{problem} {_stays(older)}") from problem
        if not answer.is_new and before is not None and older is not None:
            shutil.copy2(folder / older.place / file.name, path)
            files.append(before)
        else:
            files.append(KeptFile(file.name, file.url, answer.sha256, answer.bytes, answer.etag, answer.last_modified))
    return files


def _examined(
    source: Source, form: Form, staging: Path, folder: Path, older: Copy | None, accept_changes: bool
) -> checks.Findings:
    """Look at every file; what is refused is kept beside with its reason.

    Raises:
        SourceError: If a file is refused.
    """
    first = staging / form.files[0].name
    found = checks.examine(
        first,
        source,
        form,
        older_count=older.count if older is not None else None,
        older_columns=older.columns if older is not None else (),
    )
    bad, faults = first, [*found.broken, *(() if accept_changes else found.changed)]
    for file in form.files[1:]:
        fault = checks.broken(staging / file.name, form) if len(faults) == 0 else None
        if fault is not None:
            bad, faults = staging / file.name, [fault]
    if len(faults) == 0:
        return found
    refused = folder / f"{bad.name}.refused"
    bad.replace(refused)
    problem = SourceError.refused(
        source.title, refused.name, faults, kept=_stays(older), can_accept=len(found.changed) > 0 and len(found.broken) == 0
    )
    (folder / f"{refused.name}.txt").write_text(f"{now().isoformat()}\n{problem}\n", encoding="utf-8")
    raise problem


def _take(source: Source, form: Form, staging: Path, folder: Path, files: list[KeptFile], found: checks.Findings) -> Fetched:
    """Give the checked files a lasting place and write the note: the last step, and the one that counts."""
    moment = now()
    digest = hashlib.sha256("".join(file.sha256 for file in files).encode()).hexdigest() if len(files) > 1 else files[0].sha256
    sync_folder(staging)
    staging.chmod(0o755)
    place = _placed(staging, folder, f"{moment:%Y-%m-%d}_{digest[:8]}", files)
    sync_folder(folder)
    copy = Copy(source.key, form.name, place, tuple(files), moment, moment, found.count, found.columns)
    write_copy(folder, copy)
    return _fetched(copy, folder, form, is_new=True)


def _placed(staging: Path, folder: Path, wanted: str, files: list[KeptFile]) -> str:
    """Move the files to a folder of that name; to another one where somebody changed the files that lie in it.

    Raises:
        OSError: If they cannot be moved.
    """
    for number in count(1):
        place = wanted if number == 1 else f"{wanted}_{number}"
        try:
            staging.rename(folder / place)
        except OSError:
            if not (folder / place).is_dir():
                raise
            if not _are_whole(folder / place, files):
                continue  # else another program was quicker with the same files
        return place
    raise AssertionError  # pragma: no cover - there is always a next number


def _are_whole(folder: Path, files: Sequence[KeptFile]) -> bool:
    """Whether the files are there and unchanged."""
    for file in files:
        if not (folder / file.name).is_file():
            return False
        with (folder / file.name).open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != file.sha256:
                return False
    return True


def _fetched(copy: Copy, folder: Path, form: Form, *, is_new: bool) -> Fetched:
    first = copy.files[0]
    return Fetched(
        path=copy.path(folder), sha256=first.sha256, bytes=sum(file.bytes for file in copy.files), etag=first.etag,
        last_modified=_day(first.last_modified), retrieved=copy.retrieved, is_new=is_new, form=form, count=copy.count,
    )  # fmt: skip


def _day(text: str | None) -> datetime | None:
    """The moment that a Last-Modified header names."""
    if text is None:
        return None
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC)


def _whole(folder: Path, copy: Copy | None, form: Form) -> Copy | None:
    """The copy if its files are there and unchanged; else it must be fetched anew."""
    if copy is None or [file.name for file in copy.files] != [file.name for file in form.files]:
        return None
    return copy if _are_whole(folder / copy.place, copy.files) else None


def _stays(older: Copy | None) -> str:
    if older is None:
        return "There is no older copy."
    return f"The copy fetched {age_in_words(older.retrieved, now())} ({older.retrieved:%Y-%m-%d}) stays in use."


def _sweep(folder: Path) -> None:
    """Remove what a fetch that was stopped left behind, after a day."""
    for stale in folder.glob(f"{STAGING}*"):
        try:
            age = time.time() - stale.stat().st_mtime
        except FileNotFoundError:  # the program that made it has just finished
            continue
        if age > DAY:
            shutil.rmtree(stale, ignore_errors=True)
