"""Tables too long to be held in memory: read once into parts on disk, and given part by part as often as wanted."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from kit.errors import FileError
from kit.files.blocks import SIZE, WORKERS, Parsed, line_end, parse_blocks, whole_lines
from kit.files.delimited import TextFile, layout_of, repair_notes, row_notes
from kit.files.encodings import Scan, byte_order, scan
from kit.files.kinds import is_gzip, open_plain
from kit.files.sheets import (
    ROW,
    UNNAMED,
    Furniture,
    Refusal,
    Sheet,
    furniture_notes,
    part_furniture,
    to_rejects,
    without_empty,
)

START = 4096  # bytes that show a byte order
LOOKED_AT = 20_000  # rows at least by which a layout is recognized

R = TypeVar("R")
Told = Callable[[int, int], None]


def untold(done: int, total: int) -> None:
    """Progress that nobody wants to hear of."""


class Parts(Protocol):
    """A sheet in one part or many."""

    @property
    def whole(self) -> Sheet:
        """Everything about the sheet; its `rows` are all of them, or the first 20,000 and some."""

    def map(self, work: Callable[[int, Sheet], R], progress: Told = untold) -> Iterator[R]:
        """Work on every part, each with the 0-based number of its first row; the results come in order."""


@dataclass(frozen=True)
class OneSheet:
    """A sheet that is held in memory, as its only part."""

    whole: Sheet

    def map(self, work: Callable[[int, Sheet], R], progress: Told = untold) -> Iterator[R]:
        """Work on the sheet."""
        yield work(0, self.whole)
        progress(1, 1)


@dataclass(frozen=True)
class LongSheet:
    """A sheet in parts on disk.

    Attributes:
        whole: Everything about the sheet; its `rows` are the first 20,000 and some.
        folder: Where the parts lie; they are the caller's to remove.
        counts: Rows of each part.
        sha256: Of the file's bytes.
    """

    whole: Sheet
    folder: Path
    counts: tuple[int, ...]
    sha256: str

    def part(self, number: int) -> Sheet:
        """One part as a sheet of its own."""
        with pa.OSFile(str(_part(self.folder, number)), "rb") as file:
            rows = pa.ipc.open_stream(file, options=pa.ipc.IpcReadOptions(use_threads=False)).read_all()
        return replace(self.whole, rows=rows.select([*self.whole.columns, ROW]))

    def map(self, work: Callable[[int, Sheet], R], progress: Told = untold) -> Iterator[R]:
        """Work on the parts side by side, each with the 0-based number of its first row; the results come in order."""
        if len(self.counts) == 0:
            yield from OneSheet(self.whole).map(work, progress)
            return
        starts = [0, *accumulate(self.counts[:-1])]

        def one(number: int) -> R:
            return work(starts[number], self.part(number))

        with ThreadPoolExecutor(WORKERS) as pool:
            running = [pool.submit(one, n) for n in range(min(WORKERS + 1, len(starts)))]
            for number in range(len(starts)):
                result = running.pop(0).result()
                if number + WORKERS + 1 < len(starts):
                    running.append(pool.submit(one, number + WORKERS + 1))
                progress(number + 1, len(starts))
                yield result


def together(sheet: Parts) -> Sheet:
    """All parts of a sheet as one, in memory."""
    rows = list(sheet.map(lambda _, part: part.rows))
    return replace(sheet.whole, rows=pa.concat_tables(rows))


@dataclass
class _Spool:
    """What is known of the parts written so far."""

    folder: Path
    columns: tuple[str, ...]
    has_header: bool
    counts: list[int] = field(default_factory=list)
    first: pa.Table | None = None
    blank: int = 0
    furniture: Furniture = field(default_factory=Furniture)
    refused: list[Refusal] = field(default_factory=list)
    repaired: list[int] = field(default_factory=list)
    filled: set[str] = field(default_factory=set)

    def add(self, parsed: Parsed) -> None:
        """Tidy the rows of a block and write them."""
        rows, blank = without_empty(parsed.rows)
        furniture = Furniture()
        if self.has_header:
            rows, furniture = part_furniture(rows, is_first=self.first is None or len(self.first) == 0)
        self.blank += blank
        self.furniture += furniture
        self.refused += parsed.refused
        self.repaired += parsed.repaired
        idle = [n for n in self.columns if n not in self.filled and UNNAMED.fullmatch(n) is not None]
        self.filled |= {name for name in idle if pc.any(pc.is_valid(rows.column(name))).as_py() is True}
        if self.first is None or len(self.first) < LOOKED_AT:
            self.first = rows if self.first is None else pa.concat_tables([self.first, rows])
        if len(rows) > 0:
            place = str(_part(self.folder, len(self.counts)))
            with pa.OSFile(place, "wb") as file, pa.ipc.new_stream(file, rows.schema) as out:
                out.write_table(rows)  # not packed: that would take longer than the disk
            self.counts.append(len(rows))


def _part(folder: Path, number: int) -> Path:
    return folder / f"{number:06d}.arrow"


def read_long(path: Path, folder: Path, *, header_row: int | None = None, progress: Told = untold, size: int = SIZE) -> LongSheet:
    """Read a delimited text file with a header into parts in `folder`; the same rows, rejects and notes as `read_sheet`.

    Args:
        path: The file.
        folder: An empty folder for the parts.
        header_row: As for `read_sheet`.
        progress: Told the bytes read so far, and those of the file.
        size: Bytes of one block.

    Raises:
        FileError: If the file cannot be read, or changes meanwhile.
    """
    before = path.stat()
    digest, found = _look_through(path, size)
    text = TextFile(path, scanned=found)
    columns, header, notes = layout_of(text, header_row)
    spool = _Spool(folder, columns, header.number > 0)
    with _Counted(open_plain(path), path, progress, packed=is_gzip(path)) as file:
        blocks = whole_lines(file, text.scan, header.end, size=size)  # type: ignore[arg-type]
        for parsed in parse_blocks(blocks, columns, text.mark, first=header.end + 1, end=line_end(text.scan)):
            spool.add(parsed)
    after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FileError.unreadable(path, "a file that changes while it is read", "a finished file", "Wait, then read it again.")
    return LongSheet(_whole(text, spool, header.number, notes), folder, tuple(spool.counts), digest)


def _whole(text: TextFile, spool: _Spool, header_row: int, notes: Sequence[str]) -> Sheet:
    left = row_notes(
        blank=spool.blank,
        furniture=furniture_notes(spool.furniture),
        is_empty=len(spool.counts) == 0,
        has_header=spool.has_header,
        refused=spool.refused,
    )
    columns = tuple(name for name in spool.columns if UNNAMED.fullmatch(name) is None or name in spool.filled)
    empty = pa.schema([*((name, pa.string()) for name in spool.columns), (ROW, pa.int64())]).empty_table()
    rows = spool.first if spool.first is not None else empty
    return Sheet(
        source_file=text.path.name,
        sheet=None,
        header_row=header_row,
        columns=columns,
        rows=rows.select([*columns, ROW]),
        rejects=to_rejects(text.path.name, spool.refused),
        encoding=text.scan.encoding.removesuffix("-sig"),
        delimiter=text.delimiter,
        notes=(*notes, *repair_notes(spool.repaired), *left),
    )


class _Counted:
    """A file that tells how much of it was read."""

    def __init__(self, file: BinaryIO, path: Path, progress: Told, *, packed: bool) -> None:
        self._file = file
        self._total = path.stat().st_size
        self._progress = progress
        self._done = 0
        self._packed = packed

    def __enter__(self) -> _Counted:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, size: int) -> bytes:
        """The next bytes."""
        data = self._file.read(size)
        self._done += len(data)
        if not self._packed:  # of a packed file nobody knows how much is left
            self._progress(min(self._done, self._total), self._total)
        return data


def _look_through(path: Path, size: int) -> tuple[str, Scan]:
    """The hash of a file, and its encoding; of plain UTF-8 nothing else needs to be known."""
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")("strict")
    with path.open("rb") as file:
        start = file.read(START)
    is_plain, last = not is_gzip(path) and byte_order(start) is None, b""
    with path.open("rb") as file, ThreadPoolExecutor(1) as hashing:
        pending = hashing.submit(digest.update, b"")
        while len(data := file.read(size)) > 0:
            pending.result()
            pending = hashing.submit(digest.update, data)
            is_plain = is_plain and b"\0" not in data and _decodes(decoder, data)
            last = data
        pending.result()
    if is_plain and b"\x1a" not in last[-2:] and b"\n" in last and _ends_whole(decoder):
        return digest.hexdigest(), _plain_scan(is_marked=start.startswith(codecs.BOM_UTF8))
    with open_plain(path) as file:
        return digest.hexdigest(), scan(file)


def _decodes(decoder: codecs.IncrementalDecoder, data: bytes) -> bool:
    if data.isascii() and decoder.getstate()[0] == b"":
        return True
    try:
        decoder.decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _ends_whole(decoder: codecs.IncrementalDecoder) -> bool:
    return decoder.getstate()[0] == b""


def _plain_scan(*, is_marked: bool) -> Scan:
    encoding = "utf-8-sig" if is_marked else "utf-8"
    return Scan(encoding, None, 0, True, False, True, True, False, False, 0)
