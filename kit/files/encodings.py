"""Which encoding a text file has, decided by evidence over the whole file.

UTF-8 and UTF-16 prove themselves. Among the others the letters decide: Cyrillic
words are runs of letters of known frequency, Chinese is pairs of bytes from the
common rows of its table, Western European text is ASCII with single accented
letters in it.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 1 << 22
SAMPLE = 1 << 18

# Letters of Russian per thousand, with the letters that Ukrainian has and Russian has not.
# Source: National Corpus of the Russian Language, frequencies as usually quoted; Ukrainian ones set low by hand.
CYRILLIC = {
    "о": 110, "е": 85, "а": 80, "и": 74, "н": 67, "т": 63, "с": 55, "р": 47, "в": 45, "л": 44, "к": 35, "м": 32, "д": 30,
    "п": 28, "у": 26, "я": 20, "ы": 19, "ь": 17, "г": 17, "з": 16, "б": 16, "ч": 14, "й": 12, "х": 10, "ж": 9, "ш": 7,
    "ю": 6, "ц": 5, "щ": 4, "э": 3, "ф": 3, "ъ": 1, "ё": 1, "і": 15, "ї": 6, "є": 5, "ґ": 1, "ў": 1,
}  # fmt: skip
CYRILLIC_ENCODINGS = ("cp1251", "cp866", "koi8_r")
CYRILLIC_MARKS = "№«»—–“”„…°"
TURKISH = frozenset(b"\xf0\xfe\xfd\xdd\xde\xd0")  # ğ ş ı İ Ş Ğ in cp1254; ð þ ý Ý Þ Ð in cp1252
UNDEFINED_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")


@dataclass(frozen=True)
class Scan:
    """What one pass over the bytes of a text file found.

    `lines` counts line ends (plus one for a last line without); `damaged`
    counts characters that the encoding does not explain and that show as U+FFFD.
    """

    encoding: str
    note: str | None
    lines: int
    has_quotes: bool
    has_nul: bool
    has_blank_lines: bool
    has_lone_cr: bool
    is_cr_only: bool
    ends_with_sub: bool
    damaged: int


def byte_order(head: bytes) -> str | None:
    """`utf-16-le`, `utf-16-be`, or None: by the mark at the start, else by where the zero bytes stand.

    >>> byte_order("name;Ромашка".encode("utf-16-be"))
    'utf-16-be'
    >>> byte_order(b"plain") is None
    True
    """
    if head.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if head.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    part = head[: min(len(head), 4096) // 2 * 2]
    if len(part) < 4 or b"\0" not in part:
        return None
    evens, odds = part[0::2], part[1::2]
    for name, high, low in (("utf-16-le", odds, evens), ("utf-16-be", evens, odds)):
        narrow = sum(high.count(b) for b in (0, 4))
        if narrow / len(high) > 0.7 and high.count(0) > 0 and low.count(0) / len(low) < 0.05:
            return name
    return None


def scan(file: BinaryIO, encoding: str | None = None) -> Scan:
    """Read all bytes once and decide the encoding, unless `encoding` gives it."""
    counter = _Counter()
    head = b""
    while len(chunk := file.read(CHUNK)) > 0:
        head = chunk if len(head) == 0 else head
        counter.add(chunk)
    counter.finish()
    wide = byte_order(head)
    if encoding is not None:
        return counter.result(encoding, None, 0)
    if wide is not None:
        return counter.result(
            "utf-16" if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else wide, f"decoded as {wide}", 0
        )
    marked = head.startswith(codecs.BOM_UTF8)
    if marked or counter.bad == 0 or counter.wide > 10 * counter.bad:
        note = None if counter.bad == 0 else f"decoded as utf-8; damaged characters ({counter.bad}) show as \ufffd"
        return counter.result("utf-8-sig" if marked else "utf-8", note, counter.bad)
    name = encoding_of_letters(bytes(counter.sample))
    return counter.result(name, f"decoded as {name}", 0)


class _Counter:
    """Counts over chunks of bytes; knows nothing of encodings but UTF-8."""

    def __init__(self) -> None:
        self.lines = self.quotes = self.nul = self.cr = self.crlf = self.blank = 0
        self.bad = self.wide = 0
        self.sample = bytearray()
        self.last = b"\n"
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def add(self, chunk: bytes) -> None:
        seam = self.last[-2:] + chunk
        self.lines += chunk.count(b"\n")
        self.quotes += chunk.count(b'"')
        self.nul += chunk.count(b"\0")
        self.cr += chunk.count(b"\r")
        self.crlf += seam.count(b"\r\n") - self.last[-2:].count(b"\r\n")
        self.blank += seam.count(b"\n\n") + seam.count(b"\n\r\n")
        self.last = chunk[-2:] if len(chunk) > 1 else seam[-2:]
        if chunk.isascii() and self.decoder.getstate()[0] == b"":
            return
        text = self.decoder.decode(chunk)
        bad = text.count("\ufffd") - chunk.count(b"\xef\xbf\xbd")
        self.bad += bad
        self.wide += len(text) - len(text.encode("ascii", "ignore")) - bad
        if len(self.sample) < SAMPLE:
            lines = [line for line in chunk[: 4 * SAMPLE].split(b"\n") if not line.isascii()]
            self.sample += b"\n".join(lines)[:SAMPLE]

    def finish(self) -> None:
        self.bad += self.decoder.decode(b"", final=True).count("\ufffd")

    def result(self, encoding: str, note: str | None, damaged: int) -> Scan:
        return Scan(
            encoding=encoding,
            note=note,
            lines=self.lines + (0 if self.last.endswith(b"\n") else 1),
            has_quotes=self.quotes > 0,
            has_nul=self.nul > 0,
            has_blank_lines=self.blank > 0,
            has_lone_cr=self.cr > self.crlf,
            is_cr_only=self.lines == 0 and self.cr > 0,
            ends_with_sub=b"\x1a" in self.last,
            damaged=damaged,
        )


def encoding_of_letters(sample: bytes) -> str:
    """The encoding that explains the letters best: cp1251, cp866, koi8_r, gb18030, cp1254, cp1252 or latin-1.

    >>> encoding_of_letters("Общество с ограниченной ответственностью".encode("cp1251"))
    'cp1251'
    >>> encoding_of_letters("Société générale; Müller".encode("cp1252"))
    'cp1252'
    """
    scores = {name: cyrillic_score(sample, name) for name in CYRILLIC_ENCODINGS}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > 0.5 and _run_share(sample) > 0.5:
        return best
    if is_chinese(sample):
        return "gb18030"
    high = [byte for byte in sample if byte > 127]
    if sum(byte in TURKISH for byte in high) > 0.2 * len(high):
        return "cp1254"
    return "latin-1" if any(byte in UNDEFINED_1252 for byte in high) else "cp1252"


def is_chinese(sample: bytes) -> bool:
    """Whether the bytes are mostly the common characters of Chinese in GBK, which stand in rows 16 to 55 of its table."""
    text = [char for char in sample.decode("gb18030", "replace") if char > "\x7f"]
    pairs = [char.encode("gb2312", "ignore") for char in text]
    common = sum(len(pair) == 2 and 0xB0 <= pair[0] <= 0xD7 for pair in pairs)
    return len(text) > 0 and common > 0.7 * len(text)


def cyrillic_score(sample: bytes, encoding: str) -> float:
    """How much the bytes look like Russian or Ukrainian under an encoding; about 1 for real text, below 0.5 for other.

    Each letter counts by its frequency; a capital straight after a small
    letter, and any sign that is no letter, counts against.
    """
    text = sample.decode(encoding, "replace")
    high = [i for i, char in enumerate(text) if char > "\x7f" and char not in CYRILLIC_MARKS]
    if len(high) == 0:
        return 0.0
    total = 0.0
    for i in high:
        char = text[i]
        known = CYRILLIC.get(char.lower())
        turned = char.isupper() and i > 0 and text[i - 1].islower() and text[i - 1] > "\x7f"
        total += -50.0 if known is None or turned else float(known)
    return total / len(high) / 50.0


def _run_share(sample: bytes) -> float:
    """Share of bytes above 127 that stand beside another one."""
    flags = [byte > 127 for byte in sample]
    high = sum(flags)
    beside = sum(
        1 for i, flag in enumerate(flags) if flag and ((i > 0 and flags[i - 1]) or (i + 1 < len(flags) and flags[i + 1]))
    )
    return beside / high if high > 0 else 0.0
