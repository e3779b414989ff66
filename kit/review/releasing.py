"""Releasing a confidential list: an act of a person, written to the journal with name, time and reason first."""

from __future__ import annotations

from kit.case import Case, Source
from kit.errors import SelectionError

LEAST_DIGITS = 12  # of a sha256, so that nobody releases a file by chance


def release_list(case: Case, file: str, *, reason: str, reviewer: str) -> Source:
    """Let the names of a confidential list leave the case from here on.

    What was exported before is not changed. Rules of publishing stay: a published copy still names matches only.

    Args:
        case: The case that holds the list.
        file: Name of the list's file, as the case knows it, with all its editions; or the beginning of one file's sha256.
        reason: Why it may be released, such as "the source agreed in writing".
        reviewer: Who decides so.

    Returns:
        The source as it was, confidential.

    Raises:
        SelectionError: If the case has no confidential list of that name, or several from different folders.
        JournalError: Without a reason or a name; nothing is released then.
    """
    closed = [source for source in case.sources() if source.is_confidential]
    found = [source for source in closed if source.file == file]
    if len({source.place for source in found}) > 1:
        raise SelectionError.several_files(file, [source.sha256[:LEAST_DIGITS] for source in found])
    if len(found) == 0 and len(file) >= LEAST_DIGITS:
        found = [source for source in closed if source.sha256.startswith(file.casefold())]
    if len(found) == 0:
        raise SelectionError.unknown("confidential list", file, [source.file for source in closed])
    for source in found:
        case.journal.release(source.sha256, source.file, reason=reason, reviewer=reviewer)
        case.open_up(source)
    return found[-1]
