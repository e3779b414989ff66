"""DOCX: paragraphs and tables in the order of the body, with insertions of tracked changes and without deletions."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from kit.errors import FileError, counted
from kit.files.documents.parts import Document, Line, Page, Table, TableRow, Word
from kit.files.kinds import FileKind
from kit.files.packed import ZIP_DAMAGE

MOST_BYTES = 300_000_000  # unpacked; a letter has some hundred kilobytes
DAMAGE = (*ZIP_DAMAGE, OpcError, KeyError, ValueError, SyntaxError, OSError, AttributeError)
TAB = 140.0  # points given to a tab; only that columns stand apart matters
LETTER, PITCH = 6.0, 14.0
MOST_DEPTH = 40
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:rPr"), qn("w:pPr"), qn("w:drawing"), qn("w:pict")}
_TEXTS = {qn("w:t"): None, qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_word(path: Path) -> Document:
    """Read a DOCX. See `kit.files.documents.read_document`.

    A DOCX has no pages of its own: lines are counted through the body, a row of a table is one line.
    Page headers, page footers and comments are left out.
    """
    body, pictures = _body(path)
    reading = _Reading()
    reading.blocks(body, 0)
    if not any(isinstance(block, Line) or len(block.rows) > 0 for block in reading.found):
        raise _without_text(path, pictures)
    notes = ["the lines of a DOCX are counted through its body; its page headers, footers and comments are not read"]
    if pictures > 0:
        notes.append(f"{counted(pictures, 'picture')} in the document not read; names in pictures are not found")
    if reading.has_changes:
        notes.append("the document has tracked changes: what was inserted is read, what was deleted is not")
    return Document(path.name, FileKind.DOCX, (Page(0, tuple(reading.found)),), tuple(notes))


def _body(path: Path) -> tuple[Any, int]:
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(info.file_size for info in packed.infolist())
            pictures = sum(info.filename.startswith("word/media/") for info in packed.infolist())
        if size > MOST_BYTES:
            raise FileError.unreadable(
                path, f"a document that unpacks to {size:,} bytes", f"{MOST_BYTES:,} at most", "Take large pictures out of it."
            )
        return docx.Document(str(path)).element.body, pictures
    except DAMAGE as problem:
        raise FileError.unreadable(
            path, f"a DOCX that is damaged or cut off ({str(problem)[:120]})", "a whole DOCX",
            "Copy it again, or open it in a word processor and save it anew.",
        ) from problem  # fmt: skip


def _without_text(path: Path, pictures: int) -> FileError:
    if pictures == 0:
        return FileError.unreadable(path, "a DOCX without any text", "text", "Check which file this is.")
    return FileError.unreadable(
        path, "a DOCX of pictures without text, as a scan is", "text",
        "Save it as PDF, run that through a program for text recognition (OCR) on this computer, such as OCRmyPDF, "
        "and bring the searchable PDF. The kit reads no pictures and sends nothing anywhere.",
    )  # fmt: skip


@dataclass
class _Reading:
    """One pass over the body; counts the lines."""

    found: list[Line | Table] = field(default_factory=list)
    number: int = 0
    height: float = 0.0
    has_changes: bool = False

    def blocks(self, parent: Any, depth: int) -> None:
        """Read paragraphs and tables, also inside content controls and insertions."""
        for child in parent:
            if child.tag == qn("w:p"):
                self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._table(child)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")) and depth < MOST_DEPTH:
                self.blocks(child, depth + 1)

    def _paragraph(self, element: Any) -> None:
        self.has_changes = self.has_changes or element.find(f".//{qn('w:ins')}") is not None
        is_item = _is_item(element)
        text = _text(element)
        if text.strip() == "":
            self.height += PITCH  # an empty paragraph parts groups
        for nth, piece in enumerate(text.split("\n")):
            self._line(piece, _indent(element), is_item=is_item and nth == 0)
        for box in element.iter(qn("w:txbxContent")):
            if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
                self.blocks(box, 1)

    def _line(self, text: str, indent: float, *, is_item: bool) -> None:
        if text.strip() == "":
            return
        words, left = [], indent
        for nth, piece in enumerate(text.split("\t")):
            left = max(left + 2 * LETTER, indent + nth * TAB) if nth > 0 else left
            for word in piece.split():
                words.append(Word(word, left, left + LETTER * len(word)))
                left += LETTER * (len(word) + 1) - LETTER / 2
        self.found.append(Line(self._next(), tuple(words), self.height, self.height + PITCH - 4, is_item=is_item))
        self.height += PITCH

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _table(self, element: Any) -> None:
        rows: list[TableRow] = []
        for source in element.iter(qn("w:tr")):
            if next(source.iterancestors(qn("w:tbl"))) is not element:
                continue
            cells, above = _cells(source, rows[-1].cells if len(rows) > 0 else ())
            own = [cell for column, cell in enumerate(cells) if column not in above]
            if any(cell != "" for cell in own):
                spans = len(cells) > 1 and len(list(_own_cells(source))) == 1
                rows.append(TableRow((self._next(),), tuple(cells), frozenset(above), spans=spans))
        if len(rows) > 0:
            self.found.append(Table(tuple(rows)))
            self.height += PITCH * (len(rows) + 1)


def _own_cells(row: Any) -> Iterator[Any]:
    """The cells of a row, also those inside content controls."""
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is row:
            yield cell


def _cells(row: Any, before: tuple[str, ...]) -> tuple[list[str], set[int]]:
    """Texts of a row; a cell merged with the one above repeats it, one over several columns stands in the first."""
    texts: list[str] = []
    above: set[int] = set()
    for cell in _own_cells(row):
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        text = "\n".join(line.strip() for p in cell.iter(qn("w:p")) for line in _text(p).split("\n") if line.strip() != "")
        if merge is not None and merge.get(qn("w:val")) != "restart" and len(texts) < len(before):
            above.add(len(texts))
            text = before[len(texts)]
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        width = int(span.get(qn("w:val")) or 1) if span is not None else 1
        texts += [text.replace("\t", " "), *[""] * min(width - 1, 60)]
    return texts, above


def _text(paragraph: Any) -> str:
    """The text of a paragraph without what was deleted, and without that of text boxes."""
    out: list[str] = []
    _gather(paragraph, out, 0)
    return "".join(out)


def _gather(element: Any, out: list[str], depth: int) -> None:
    for child in element:
        if child.tag in _SKIPPED or depth > MOST_DEPTH:
            continue
        if child.tag in _TEXTS:
            out.append(_TEXTS[child.tag] or child.text or "")
        else:
            _gather(child, out, depth + 1)


def _is_item(paragraph: Any) -> bool:
    """Whether a paragraph is numbered or has a bullet, by itself or by its style."""
    if paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None:
        return True
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style is not None and str(style.get(qn("w:val"))).startswith(("ListBullet", "ListNumber"))


def _indent(paragraph: Any) -> float:
    """How far a paragraph is set in, in points; leading tabs count by their place."""
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    value = (found.get(qn("w:left")) or found.get(qn("w:start")) or "0") if found is not None else "0"
    return int(value) / 20 if value.lstrip("-").isdigit() else 0.0
