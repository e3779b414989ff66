"""Every error that the kit raises on purpose.

Each message says what was found, what was expected, and what to do next.
Callers catch `KitError` and show its text in place of a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path


def listed(values: Iterable[object], most: int = 8) -> str:
    """Write values as one quoted, comma-separated phrase, cut after `most`.

    >>> listed(["a", "b"])
    "'a', 'b'"
    >>> listed([])
    'none'
    """
    shown = [repr(str(value)) for value in values]
    if len(shown) == 0:
        return "none"
    rest = len(shown) - most
    return ", ".join(shown[:most]) + (f" and {rest} more" if rest > 0 else "")


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with the words that agree with it; without `many` the plural ends in s.

    >>> counted(1, "row"), counted(1200, "row"), counted(2, "entry has", "entries have")
    ('1 row', '1,200 rows', '2 entries have')
    """
    return f"{number:,} {one if number == 1 else many if many is not None else f'{one}s'}"


class KitError(Exception):
    """The root: everything raised on purpose descends from it."""


class FileError(KitError):
    """A file that cannot be opened or is not what its name says."""

    @classmethod
    def missing(cls, path: Path) -> FileError:
        """No such file."""
        return cls(f"No file at {path}. Expected a list or trade file; check the spelling and the folder.")

    @classmethod
    def empty(cls, path: Path) -> FileError:
        """A file of zero bytes."""
        return cls(f"{path.name} is empty (0 bytes). Expected rows; download or export it again.")

    @classmethod
    def unreadable(cls, path: Path, found: str, expected: str, advice: str) -> FileError:
        """A file whose content cannot be read as what it should be."""
        return cls(f"{path.name}: found {found}; expected {expected}. {advice}")

    @classmethod
    def locked(cls, path: Path) -> FileError:
        """A workbook or document that asks for a password."""
        if path.suffix.lower().startswith(".doc"):
            return cls(
                f"{path.name} is locked by a password. Expected an open document; "
                "open it in a word processor, remove the password, and save it again as DOCX."
            )
        return cls(
            f"{path.name} is locked by a password. Expected an open workbook; "
            "open it in a spreadsheet program, remove the password, and save it again."
        )

    @classmethod
    def too_large(cls, path: Path, sheet: str, extent: str) -> FileError:
        """A sheet whose cells lie too far apart to be laid out in memory."""
        return cls(
            f"{path.name}: {sheet} reaches over {extent}. Expected a table; a stray cell far off is the usual cause: "
            "delete the rows and columns beyond the table, save it again, or export it as CSV."
        )

    @classmethod
    def no_sheet(cls, path: Path, sheet: str, has: Sequence[str]) -> FileError:
        """A workbook without the sheet that was asked for."""
        return cls(f"{path.name} has no sheet {sheet!r}; it has {listed(has)}. Choose one of these.")


class FormatError(KitError):
    """A readable file whose layout no reader knows."""

    @classmethod
    def unknown(cls, path: Path, columns: Sequence[str], expected: str, because: Sequence[str] = ()) -> FormatError:
        """No reader and no mapping fits the columns; `because` says in sentences what else was seen."""
        return cls(
            f"{path.name}: no reader knows the columns {listed(columns)}. Expected {expected}. "
            + "".join(f"{sentence} " for sentence in because)
            + "Give a mapping file (data/mappings/*.toml shows the form) or rename the columns."
        )

    @classmethod
    def lacks(cls, path: Path, reader: str, missing: Iterable[str], columns: Sequence[str]) -> FormatError:
        """A file that begins like a known format and lacks some of its columns."""
        return cls(
            f"{path.name}: read as {reader}, it lacks the columns {listed(sorted(missing))}; found {listed(columns)}. "
            "The file may be cut or its header damaged; download it again."
        )


class TableError(KitError):
    """A table that breaks its column contract; all faults are reported at once."""

    @classmethod
    def faults(cls, table: str, faults: Sequence[str]) -> TableError:
        """One message with every fault of the table."""
        return cls(f"Table {table} breaks its contract: " + "; ".join(faults) + ". See data/README.md for its columns.")


class MappingError(KitError):
    """A mapping file that is incomplete or names unknown columns."""

    @classmethod
    def faults(cls, mapping: str, faults: Sequence[str]) -> MappingError:
        """One message with every fault of the mapping."""
        return cls(f"Mapping {mapping}: " + "; ".join(faults) + ". Correct the mapping file and read again.")


class ValueFormError(KitError):
    """A single value (date, number, code, territory) that cannot be read."""

    @classmethod
    def unreadable(cls, kind: str, value: object, expected: str) -> ValueFormError:
        """A value that has none of the known forms."""
        return cls(f"Cannot read {value!r} as a {kind}; expected {expected}.")


class CaseError(KitError):
    """A case folder that is missing, damaged, or lacks a table."""

    @classmethod
    def not_a_case(cls, folder: Path) -> CaseError:
        """The folder holds no case.json."""
        return cls(f"{folder} holds no case.json. Expected a case folder; make one with 'python3 start.py run --case NAME …'.")

    @classmethod
    def damaged(cls, path: Path, reason: str) -> CaseError:
        """A file of the case cannot be read."""
        return cls(f"{path.name} in the case is damaged ({reason}). Its sources are safe; run the case again to rebuild it.")

    @classmethod
    def other_version(cls, kit_version: str) -> CaseError:
        """case.json has other entries than this kit writes."""
        return cls(
            f"This case was made by kit {kit_version}, whose case.json has another form. "
            "Keep journal.sqlite, make a new case from the same files, and put the journal into it."
        )

    @classmethod
    def no_table(cls, table: str, has: Sequence[str]) -> CaseError:
        """A step asks for a table that no earlier step wrote."""
        return cls(f"The case has no table {table!r}; it has {listed(has)}. Run the step that makes it first.")


class SourceError(KitError):
    """A public list that could not be fetched, or whose new edition was refused; the older copy stays."""

    @classmethod
    def no_address(cls, key: str, url: str, renew: str) -> SourceError:
        """A list for which the catalog has no address of a file."""
        return cls(
            f"{key} cannot be fetched by the kit: no lasting address of its file is known. {renew} ({url}), "
            "then open it like any file of your own."
        )

    @classmethod
    def unreachable(cls, url: str, why: str, attempts: int) -> SourceError:
        """A server that did not give the file in several attempts."""
        times = "once" if attempts == 1 else f"{attempts} times"
        return cls(
            f"{url} was asked {times} without success; the last time {why}. Expected the file of the list; "
            "try again later, or download it by hand and open it like any file of your own."
        )

    @classmethod
    def answered(cls, url: str, status: int) -> SourceError:
        """A server that answers with an error that will not pass by itself."""
        advice = {
            401: "It asks for a password: download the list by hand.",
            403: "It turns programs or this network away: download the list by hand in a browser.",
            404: "The publisher may have moved the file: look at the address in data/catalog.toml and correct it.",
            410: "The publisher took the file away: look at the address in data/catalog.toml and correct it.",
        }
        return cls(
            f"{url} answered {status}, expected the file. {advice.get(status, 'Try again later, or by hand in a browser.')}"
        )

    @classmethod
    def asks_to_wait(cls, url: str, seconds: float) -> SourceError:
        """A server that asks for a long pause."""
        return cls(f"{url} asks to wait {seconds / 60:,.0f} minutes before the next try. Try again after that.")

    @classmethod
    def too_slow(cls, url: str, seconds: float) -> SourceError:
        """A file that did not arrive in time."""
        return cls(
            f"{url} did not give the whole file within {seconds / 60:,.0f} minutes. Try again later, or download it by hand."
        )

    @classmethod
    def too_much(cls, url: str, most: int) -> SourceError:
        """A file beyond the limit."""
        return cls(
            f"{url} sends more than {most / 1e6:,.0f} MB, which no edition of a list has had. Nothing was kept; "
            "look at the address in a browser."
        )

    @classmethod
    def odd_packing(cls, url: str, packing: str) -> SourceError:
        """A body packed in a way that was not asked for."""
        return cls(f"{url} sends its answer packed as {packing}; expected gzip or none. Download the list by hand.")

    @classmethod
    def unsafe(cls, url: str) -> SourceError:
        """An address that is not https."""
        return cls(f"{url} is no https address, so its answer could be changed on the way. Nothing was fetched from it.")

    @classmethod
    def lost_way(cls, url: str, most: int) -> SourceError:
        """A chain of redirections without end."""
        return cls(
            f"The address led on more than {most} times, lastly to {url}. Expected the file; "
            "open the publisher's page in a browser and download it by hand."
        )

    @classmethod
    def not_written(cls, name: str, why: str) -> SourceError:
        """The file could not be written on this machine."""
        return cls(f"{name} could not be written ({why}). Free space or choose another folder, then try again.")

    @classmethod
    def refused(cls, title: str, file: str, faults: Sequence[str], *, kept: str, can_accept: bool) -> SourceError:
        """A downloaded file that does not look like an edition of the list; `kept` says what stays in use."""
        accept = " If the publisher confirms the change, fetch again with --accept." if can_accept else ""
        return cls(
            f"The new file of {title} was refused: {'; '.join(faults)}. {kept} The refused file lies beside it as {file}; "
            f"look at it, and try again later.{accept}"
        )

    @classmethod
    def damaged_note(cls, name: str, why: str) -> SourceError:
        """The note on the copies of a list cannot be read."""
        return cls(f"{name}, the note on the copies of this list, cannot be read ({why}). Delete it and fetch the list again.")


class JournalError(KitError):
    """A judgement that could not be saved; earlier lines are whole."""

    @classmethod
    def not_saved(cls, reason: str) -> JournalError:
        """The journal refused the line."""
        return cls(
            f"The judgement was NOT saved ({reason}). Earlier judgements are whole; "
            "free space or close other programs, then judge again."
        )

    @classmethod
    def needs_reviewer(cls) -> JournalError:
        """A judgement was made without a reviewer's name."""
        return cls("A judgement needs your name, so that others know who decided. Write it above the record, then judge again.")

    @classmethod
    def release_needs_both(cls) -> JournalError:
        """A confidential list was to be released without a name or a reason."""
        return cls(
            "Nothing was released: a release of a confidential list needs your name and a reason, which stay in the journal. "
            "Give both, then release again."
        )

    @classmethod
    def needs_reason(cls) -> JournalError:
        """A match was judged without a reason."""
        return cls(
            "A match needs a reason. Write in a few words what settles it "
            "(an identifier, an address, a document), then judge again."
        )


class MatchingError(KitError):
    """Name matching that could not be finished."""

    @classmethod
    def worker_died(cls, part: int, parts: int) -> MatchingError:
        """A worker process ended before it gave its result."""
        return cls(
            f"Matching stopped: the process working on part {part + 1} of {parts} ended without a result "
            "(as a rule the machine ran out of memory). Close other programs, or match in one process (workers=1)."
        )

    @classmethod
    def bad_model(cls, reason: str) -> MatchingError:
        """The stored model does not fit the code."""
        return cls(f"The stored matching model cannot be used: {reason}. Run scripts/train_matcher.py to make it again.")


class SelectionError(KitError):
    """A filter that names something the records do not have."""

    @classmethod
    def unknown(cls, field: str, value: object, known: Iterable[object]) -> SelectionError:
        """A filter value that is not among the known ones."""
        return cls(f"The choice for {field} was {value!r}; expected one of {listed(known)}. Choose one of these.")

    @classmethod
    def several_files(cls, file: str, stamps: Sequence[str]) -> SelectionError:
        """A file name that several files of the case have, from different folders."""
        return cls(
            f"The case has {len(stamps)} confidential lists called {file}, from different folders; expected one. "
            "Nothing was released: give the beginning of the sha256 of the one that is meant, as case.json has it "
            f"({listed(stamps)})."
        )

    @classmethod
    def different_lists(cls, old: Sequence[str], new: Sequence[str]) -> SelectionError:
        """Two files that are said to be editions of one list and are not."""
        return cls(
            f"The older file holds the lists {listed(old)}, the newer {listed(new)}; expected one list in common. "
            "Compare two editions of one list; if these are, give both the same list_id when reading them."
        )


class ExportError(KitError):
    """An export that would let a masked or confidential name out."""

    @classmethod
    def leak(cls, names: Sequence[str]) -> ExportError:
        """Names in the text of an export that may not leave the case."""
        return cls(
            f"Nothing was written: the export would show {listed(names)}, which nobody has judged to be a match, or which "
            "stand on a confidential list. Look for them in the question and in the names of files; "
            "judge them, or write a working copy."
        )
