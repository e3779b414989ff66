"""Open own files from a notebook or the dashboard: look at what was recognized, correct it, take it into the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import ipywidgets as widgets

from kit.case import Case, Source
from kit.errors import FileError, counted
from kit.files.documents import place_in_file
from kit.lists.letters import Proposal
from kit.model import FileRole
from kit.tables import ReadResult, loud
from kit.widgets.column_mapper import ColumnMapper
from kit.widgets.letter_entries import LetterEntries
from kit.widgets.view import Node, View, button, guarded, tag

ROLE_WORDS = {
    FileRole.LIST: "a list of parties",
    FileRole.DECLARATIONS: "trade records",
    FileRole.STATISTICS: "official statistics",
    FileRole.UNKNOWN: "not recognized",
}
MOST_REJECTS, MOST_REASONS = 8, 6


class Look(Protocol):
    """What a desk says of a file; see `kit.pipeline.opening.Look`."""

    path: Path
    result: ReadResult
    targets: tuple[str, ...]
    before: tuple[Mapping[str, Any], ...]
    after: tuple[Mapping[str, Any], ...]
    letter: Proposal | None


class Desk(Protocol):
    """Who reads files; see `kit.pipeline.opening.FileDesk`."""

    def look(
        self,
        path: Path,
        *,
        columns: Mapping[str, str | None] | None = None,
        is_confidential: bool = False,
        case: Case | None = None,
        progress: Callable[[int, int], None] = ...,
    ) -> Any:
        """Read a file without keeping it; a letter as the case knows it corrected. `progress` is told bytes done, and all."""

    def keep(self, case: Case, look: Any, *, is_confidential: bool = False, letter: Proposal | None = None) -> Source:
        """Take it into the case."""

    def finish(self, case: Case) -> int:
        """Find candidates anew."""


class OpenFiles:
    """A form for own files. What is looked at is in `looked`, what is taken in goes to the case.

    Args:
        case: Where files are taken in; uploaded ones are stored in its folder `uploads`.
        desk: Who reads them.
        on_done: Called after a file was taken in and candidates were found.
    """

    def __init__(self, case: Case, desk: Desk, *, on_done: Callable[[], None] | None = None) -> None:
        self.case, self._desk, self._on_done = case, desk, on_done
        self.looked: Look | None = None
        self.mapper: ColumnMapper | None = None
        self.letter: LetterEntries | None = None
        self.is_confidential = False
        self.path_text, self.error, self.saved = "", "", ""
        self._heard = 0
        self.form = View(on_action=self.act)
        self.upload = widgets.FileUpload(
            description="Choose a file", multiple=False, tooltip="The file is copied into the case's folder"
        )
        self.upload.observe(self._uploaded, names="value")
        self.found = View(on_action=self.act)
        self.panel = widgets.Box([self.form, self.upload, self.found])
        self.panel.add_class("kit-open-files")
        self.draw()

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.panel._repr_mimebundle_(**options)

    # -- what the reader does --------------------------------------------------

    def act(self, action: str, value: Any, fields: Mapping[str, Any]) -> None:
        """Do one action of the form; what goes wrong is shown under it."""
        self.error = self.saved = ""
        self.path_text = str(fields.get("path", self.path_text))
        self.is_confidential = bool(fields.get("confidential", self.is_confidential))
        steps: dict[str, Callable[[], None]] = {
            "look": lambda: self.look(_path(self.path_text)),
            "again": self.look_again,
            "confidential": self.look_again,
            "keep": self.keep,
            "leave": self.leave,
        }
        if self.letter is not None and self.letter.act(action, value, fields):
            self.draw()
            return
        if action == "column" and self.mapper is not None:
            self._choose(fields)
        elif action in steps:
            guarded(self._show_error, steps[action])
        self.draw()

    def _choose(self, fields: Mapping[str, Any]) -> None:
        for number, use in enumerate(self.mapper.uses if self.mapper is not None else ()):
            if f"column {number}" in fields and self.mapper is not None:
                self.mapper.choose(use.source, str(fields[f"column {number}"]))

    def look(self, path: Path) -> None:
        """Read a file without keeping it."""
        self.leave()
        look = self._desk.look(path, is_confidential=self.is_confidential, case=self.case, progress=self._hear)
        self.letter = LetterEntries(look.letter) if look.letter is not None else None
        self._take(look, {})

    def look_again(self) -> None:
        """Read the file again with the corrected columns."""
        if self.looked is not None and self.mapper is not None:
            corrections = dict(self.mapper.corrections)
            look = self._desk.look(
                self.looked.path,
                columns=corrections,
                is_confidential=self.is_confidential,
                case=self.case,
                progress=self._hear,
            )
            self._take(look, corrections)

    def _hear(self, done: int, total: int) -> None:
        """Show how far a long file is read, at every twentieth of it."""
        twentieth = 20 * done // max(1, total)
        if twentieth > self._heard or done >= total:
            self._heard = 0 if done >= total else twentieth
            self.found.draw([tag("p", f"Reading: {100 * done // max(1, total)} % of the file", cls="kit-saved", role="status")])

    def _take(self, look: Look, corrections: Mapping[str, str | None]) -> None:
        self.looked = look
        self.mapper = ColumnMapper(look.result.columns, look.targets, before=look.before, after=look.after)
        self.mapper.corrections.update(corrections)

    def keep(self) -> None:
        """Take the looked-at file into the case and find candidates."""
        if self.looked is None:
            return
        letter = self.letter.proposal if self.letter is not None and self.letter.is_changed else None
        source = self._desk.keep(self.case, self.looked, is_confidential=self.is_confidential, letter=letter)
        count = self._desk.finish(self.case)
        self.saved = (
            f"{source.file} is in the case: {counted(source.rows_read, 'row')}. The case has {counted(count, 'candidate')} now."
        )
        if getattr(self.looked, "mapping", None) is not None:
            self.saved += " Your columns are kept as a layout: the next file with these columns is read by it."
        self.saved = " ".join([self.saved, *loud(source.notes)])
        self.leave()
        if self._on_done is not None:
            self._on_done()

    def leave(self) -> None:
        """Forget the looked-at file."""
        self.looked = self.mapper = self.letter = None

    def _uploaded(self, change: Mapping[str, Any]) -> None:
        files: Sequence[Mapping[str, Any]] = change["new"]
        if len(files) > 0:
            guarded(self._show_error, partial(self._store, files[0]))
            self.draw()

    def _store(self, file: Mapping[str, Any]) -> None:
        folder = self.case.folder / "uploads"
        folder.mkdir(exist_ok=True)
        path = folder / Path(str(file["name"])).name
        path.write_bytes(bytes(file["content"]))
        self.error = self.saved = ""
        self.path_text = str(path)
        self.look(path)

    def _show_error(self, text: str) -> None:
        self.error = text

    # -- drawing -------------------------------------------------------------

    def draw(self) -> None:
        """Draw the form anew from its state."""
        box = tag(
            "input",
            type="text",
            key="path",
            name="path",
            id="kit-path",
            value=self.path_text,
            autocomplete="off",
            data_keep="true",
            placeholder="folder and name of a CSV, XLSX, PDF, DOCX, Parquet or XML file",
        )
        row = tag("div", tag("label", "Path of a file on this machine", for_="kit-path"), box, cls="kit-field")
        words = "The file stays on this machine. For a large file give its path; a small one can be chosen here:"
        self.form.draw(
            [
                tag("h3", "Open a file"),
                row,
                tag("p", button("Look at this file", "look", key="look")),
                tag("p", words, cls="kit-note"),
            ]
        )
        self.found.draw([*self._messages(), *(self._look_tree() if self.looked is not None else [])])

    def _messages(self) -> list[Node]:
        nodes: list[Node] = [tag("p", self.saved, cls="kit-saved", role="status")] if self.saved != "" else []
        return [*nodes, *([tag("p", self.error, cls="kit-error", role="alert")] if self.error != "" else [])]

    def _look_tree(self) -> list[Node]:
        if self.looked is None or self.mapper is None:
            return []
        result = self.looked.result
        refused = (
            f", {counted(len(result.rejects), 'row or value', 'rows or values')} refused"
            if len(result.rejects) > 0
            else ", nothing refused"
        )
        rejected = refused if self.looked.letter is None else ""  # of a letter the entries say what is left aside
        head = tag(
            "p",
            tag("strong", self.looked.path.name),
            f" is {ROLE_WORDS[result.role]}, read as {result.reader}: {counted(result.rows_read, 'row')}{rejected}.",
            dir="auto",
        )
        notes = [tag("li", note, dir="auto") for note in result.notes[:MOST_REJECTS]]
        buttons = [button("Read again with these columns", "again", key="again")] if len(self.mapper.corrections) > 0 else []
        buttons += [button("Take this file into the case", "keep", key="keep"), button("Leave it", "leave", key="leave")]
        return [
            head,
            *([tag("ul", *notes, cls="kit-footnotes")] if len(notes) > 0 else []),
            *self._confidential(result),
            *self._rejects(result),
            *(self.mapper.tree() if self.letter is None else self.letter.tree()),
            tag("div", *buttons, cls="kit-tools"),
        ]

    def _confidential(self, result: ReadResult) -> list[Node]:
        """Only a list can be confidential."""
        if result.role is not FileRole.LIST:
            return []
        box = tag(
            "input",
            type="checkbox",
            name="confidential",
            id="kit-confidential",
            key="confidential",
            on="confidential",
            checked=self.is_confidential,
        )
        return [
            tag(
                "div",
                box,
                tag("label", "Confidential: the names of this list must not leave the case", for_="kit-confidential"),
                cls="kit-check",
            )
        ]

    def _rejects(self, result: ReadResult) -> list[Node]:
        if len(result.rejects) == 0 or (self.looked is not None and self.looked.letter is not None):
            return []
        rows = result.rejects.slice(0, MOST_REJECTS).to_pylist()
        items = [
            tag("li", f"{place_in_file(row['source_file'], row['source_row'])}: {row['reason']}", dir="auto") for row in rows
        ]
        rest = len(result.rejects) - len(rows)
        more = [tag("li", f"and {rest:,} more; all are kept in the case's table of rejects")] if rest > 0 else []
        return [
            tag(
                "details",
                tag("summary", f"{len(result.rejects):,} refused, with reasons"),
                tag("ul", *items, *more, cls="kit-footnotes"),
                key="rejects",
            )
        ]


def _path(text: str) -> Path:
    """The path that was typed; quotes around it, as file managers copy them, are taken away.

    Raises:
        FileError: If nothing was typed or there is no such file.
    """
    path = Path(text.strip().strip("\"'")).expanduser()
    if text.strip() == "" or not path.is_file():
        raise FileError.missing(path)
    return path
