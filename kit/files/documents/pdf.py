"""PDF: words with their places, put into lines and ruled tables. Encrypted, broken and scanned files are told apart."""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page as SourcePage
from pdfplumber.utils.exceptions import PdfminerException

from kit.errors import FileError, counted
from kit.files.documents.parts import Document, Page
from kit.files.documents.pdf_page import blocks_of, words_of
from kit.files.kinds import FileKind

# What the library raises on objects that are damaged: its own errors, and plain ones where it trusts the file.
DAMAGE = (
    PdfminerException, PDFException, PSException, zlib.error, struct.error, TypeError, ValueError, LookupError,
    AttributeError, ArithmeticError, AssertionError, RecursionError, NotImplementedError, EOFError,
)  # fmt: skip
LEAST_SHARE = 0.7  # of the letters of a page must be letters that mean something
OCR = (
    "Run it through a program for text recognition (OCR) on this computer, such as OCRmyPDF or the scanner's own software, "
    "with the languages of the letter; bring the searchable PDF that it makes and check its names against the scan. "
    "The kit reads no pictures and sends nothing anywhere."
)
SCAN = "no text layer: the page is a scan or a picture"
GARBLED = "its letters have no meaning outside the file: the fonts lack a table of characters"
BLANK = "blank"


def read_pdf(path: Path, *, most_pages: int | None = None) -> Document:
    """Read a PDF. See `kit.files.documents.read_document`."""
    with _opened(path) as pdf:
        count = len(pdf.pages)
        pages = [_page(page) for page in pdf.pages[:most_pages]]
    _refuse_without_text(path, pages)
    blank = [page for page in pages if page.problem == BLANK]
    kept = tuple(page for page in pages if page.problem != BLANK)
    notes = [f"{counted(count, 'page')} of PDF"]
    unread = [page.number for page in kept if page.problem is not None]
    if len(unread) > 0:
        shown = ", ".join(map(str, unread[:20]))
        notes.append(f"NOT READ: {counted(len(unread), 'page')} of {count} ({shown}), see the rejects. {OCR}")
    if len(blank) > 0:
        notes.append(f"{counted(len(blank), 'blank page')}")
    return Document(path.name, FileKind.PDF, kept, tuple(notes))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The file open, and the library quiet: what it warns of is told in the rejects."""
    log = logging.getLogger("pdfminer")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(path) as pdf:
            _ = pdf.pages
            yield pdf
    except DAMAGE as problem:
        raise _fault(path, problem) from problem
    finally:
        log.setLevel(level)


def _fault(path: Path, problem: BaseException) -> FileError:
    seen: BaseException | None = problem
    inner = problem.args[0] if len(problem.args) > 0 and isinstance(problem.args[0], BaseException) else None
    for cause in (seen, inner, problem.__cause__, problem.__context__):
        if isinstance(cause, PDFPasswordIncorrect | PDFTextExtractionNotAllowed):
            return FileError.unreadable(
                path,
                "a PDF locked by a password",
                "an open PDF",
                "Open it in a PDF program with its password, print or save it as a PDF without one, and give that.",
            )
    said = type(problem).__name__ if str(problem) == "" else str(problem)[:120]
    return FileError.unreadable(
        path, f"a PDF that is damaged or cut off ({said})", "a whole PDF", "Copy or download it again, or ask the sender for it."
    )


def _page(page: Any) -> Page:
    """One page; what is wrong with it stays its own matter."""
    number = int(page.page_number)
    try:
        upright = _turned(page)
        words = words_of(upright)
        if len(words) == 0:
            has_pictures = len(page.images) > 0 or len(page.rects) + len(page.curves) > 0
            return Page(number, problem=SCAN if has_pictures else BLANK)
        if _meaning(word["text"] for word in words) < LEAST_SHARE:
            return Page(number, problem=GARBLED)
        blocks = blocks_of(upright, words, number)
    except DAMAGE as problem:
        said = type(problem).__name__ if str(problem) == "" else str(problem)[:120]
        return Page(number, problem=f"the page is damaged ({said})")
    finally:
        page.close()
    return Page(number, blocks)


def _turned(page: Any) -> Any:
    """The page so that most of its letters stand upright, as a table printed across has them lie."""
    lying = [char for char in page.chars if not char["upright"]]
    if 2 * len(lying) <= len(page.chars):
        return page
    rises = sum(char["matrix"][1] > 0 for char in lying)
    turn = 90 if 2 * rises >= len(lying) else 270
    attrs = {**page.page_obj.attrs, "Rotate": (page.rotation + turn) % 360}
    page.page_obj.attrs = attrs
    page.page_obj.rotate = attrs["Rotate"]
    return SourcePage(page.pdf, page.page_obj, page.page_number)


def _meaning(texts: Iterator[str]) -> float:
    """The share of letters that are known letters: `(cid:12)` and signs of private use are none."""
    good = bad = 0
    for text in texts:
        bad += text.count("(cid:") + sum("\ue000" <= c <= "\uf8ff" or c == "\ufffd" for c in text)
        good += sum(c.isalnum() for c in text) - 5 * text.count("(cid:")
    return max(good, 0) / max(max(good, 0) + bad, 1)


def _refuse_without_text(path: Path, pages: list[Page]) -> None:
    """Refuse a file of which no page can be read.

    Raises:
        FileError: With what to do.
    """
    if any(len(page.blocks) > 0 for page in pages):
        return
    problems = {page.problem for page in pages}
    if problems <= {BLANK}:
        raise FileError.unreadable(
            path, f"a PDF of {counted(len(pages), 'page')} and no text", "text", "Check which file this is."
        )
    found = f"a PDF of which no page can be read ({'; '.join(sorted(str(p) for p in problems - {BLANK}))})"
    raise FileError.unreadable(path, found, "a PDF with a text layer", OCR)
