"""Small PDF and DOCX files made by the tests: plain PDF syntax with a standard font, and documents of python-docx."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import docx

WIDTH, HEIGHT = 595, 842
AVERAGE = 0.5  # of the font's size: about the width of a letter of Helvetica


@dataclass
class Sheetful:
    """One page: `text` and `rule` put things on it, measured from the top left corner."""

    parts: list[str] = field(default_factory=list)
    rotate: int = 0
    has_picture: bool = False

    def text(self, left: float, top: float, words: str, size: float = 10) -> Sheetful:
        """Write one line."""
        safe = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.parts.append(f"BT /F1 {size} Tf {left} {HEIGHT - top - size} Td ({safe}) Tj ET")
        return self

    def lying(self, left: float, top: float, words: str, size: float = 10) -> Sheetful:
        """Write one line that runs up the page, as a table printed across does."""
        safe = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.parts.append(f"BT /F1 {size} Tf 0 1 -1 0 {left} {HEIGHT - top} Tm ({safe}) Tj ET")
        return self

    def lines(self, left: float, top: float, texts: Sequence[str], step: float = 14) -> Sheetful:
        """Write lines below each other; an empty one leaves its space."""
        for nth, words in enumerate(texts):
            if words != "":
                self.text(left, top + nth * step, words)
        return self

    def grid(self, lefts: Sequence[float], tops: Sequence[float], rows: Sequence[Sequence[str]]) -> Sheetful:
        """Draw a ruled table; lines of a cell are parted by a line break."""
        for x in lefts:
            self.parts.append(f"{x} {HEIGHT - tops[0]} m {x} {HEIGHT - tops[-1]} l S")
        for y in tops:
            self.parts.append(f"{lefts[0]} {HEIGHT - y} m {lefts[-1]} {HEIGHT - y} l S")
        for top, row in zip(tops, rows, strict=False):
            for left, cell in zip(lefts, row, strict=False):
                self.lines(left + 3, top + 3, cell.split("\n"), step=12)
        return self


def write_pdf(path: Path, pages: Sequence[Sheetful], *, encrypted: bool = False) -> Path:
    """Write pages as a PDF; `encrypted` names a security handler whose password nobody knows."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    picture = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1"
    objects.append(b"<< %s >>\nstream\n\x00\nendstream" % picture)
    kids = []
    for page in pages:
        drawn = "\n".join([*page.parts, *(["q 500 0 0 700 40 40 cm /Im1 Do Q"] if page.has_picture else [])])
        body = drawn.encode("cp1252", "replace")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> /XObject << /Im1 4 0 R >> >> >>" % (WIDTH, HEIGHT, page.rotate, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    extra = b""
    if encrypted:
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"00" * 32, b"11" * 32))
        extra = b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (len(objects), b"ab" * 16, b"ab" * 16)
    out = bytearray(b"%PDF-1.4\n")
    at = []
    for number, content in enumerate(objects, 1):
        at.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in at)
    out += b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, start)
    path.write_bytes(bytes(out))
    return path


def write_docx(path: Path, parts: Sequence[str | Sequence[Sequence[str]]]) -> Path:
    """Write paragraphs (texts) and tables (lists of rows) as a DOCX; a text that begins with "* " is an item of a list."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            if part.startswith("* "):
                document.add_paragraph(part[2:], style="List Bullet")
            else:
                document.add_paragraph(part)
            continue
        table = document.add_table(rows=0, cols=len(part[0]))
        for row in part:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    document.save(str(path))
    return path
