"""Records of a large XML file, one at a time and safely.

A file with a document type declaration is refused before anything of it is
used: such declarations can blow up in memory or fetch other files, and no list
needs one.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from kit.errors import FileError
from kit.files.kinds import open_plain

CHUNK = 1 << 16
MOST_DEPTH = 64
MOST_TEXT = 8_000_000
ELEMENT = 8  # characters for which an element counts, by its name alone
EXPECTED = "well-formed XML"


@dataclass(frozen=True)
class Record:
    """One element that was asked for, and the line on which it begins."""

    element: ET.Element
    line: int


@dataclass(frozen=True)
class Root:
    """The outermost element: its name without prefix, and its attributes."""

    tag: str
    attributes: Mapping[str, str]


def xml_root(path: Path) -> Root:
    """The outermost element of an XML file; only its beginning is read.

    Raises:
        FileError: If the file is not XML, or has a document type declaration.
    """
    taker = _Taker(path, frozenset())
    for _ in taker.run():
        pass  # with no tags wanted nothing is given; reading ends at the root
    if taker.root is None:
        raise FileError.unreadable(path, "no element at all", EXPECTED, "Download it again.")
    return taker.root


def xml_records(path: Path, tags: Collection[str]) -> Iterator[Record]:
    """Give each element of the named tags with all that is inside, in the order of the file.

    Only one record is held at a time. Prefixes of namespaces are left out.

    Args:
        path: The file; gzip is unpacked on the way.
        tags: Names of the elements that are records; a record inside a record is part of it.

    Raises:
        FileError: While reading, if the XML is cut off or damaged, nests deeper than
            64, holds a record of more than 8 million characters, or declares a document type or entities.
    """
    yield from _Taker(path, frozenset(tags)).run()


@dataclass
class _Taker:
    """Drives the parser chunk by chunk and keeps the records that ended."""

    path: Path
    tags: frozenset[str]
    root: Root | None = None
    depth: int = 0
    text: int = 0
    line: int = 0
    building: ET.TreeBuilder | None = None
    inside: int = 0
    ended: list[Record] = field(default_factory=list)

    def run(self) -> Iterator[Record]:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse
        parser.StartElementHandler = lambda tag, attributes: self._start(parser, tag, attributes)
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        with open_plain(self.path) as file:
            while True:
                chunk = self._read(file)
                try:
                    parser.Parse(chunk, len(chunk) == 0)
                except expat.ExpatError as problem:
                    raise self._fault(f"damaged or cut off XML ({problem})", "Download it again.") from problem
                except (LookupError, ValueError) as problem:  # of the declaration: encoding="..."
                    found = f"XML in an encoding that cannot be read ({str(problem)[:120]})"
                    raise self._fault(found, "Save it as UTF-8, or get it from its publisher.") from problem
                yield from self.ended
                self.ended.clear()
                if len(chunk) == 0 or (len(self.tags) == 0 and self.root is not None):
                    return

    def _read(self, file: BinaryIO) -> bytes:
        try:
            return file.read(CHUNK)
        except (OSError, EOFError) as problem:
            raise self._fault(f"a file that cannot be unpacked ({problem})", "Copy or download it again.") from problem

    def _refuse(self, *_: object) -> int:
        raise self._fault(
            "XML with a document type declaration or entities, which can hide harmful content",
            "Get the list from its publisher; if it is the original, save it without the declaration.",
        )

    def _fault(self, found: str, advice: str) -> FileError:
        return FileError.unreadable(self.path, found, EXPECTED, advice)

    def _start(self, parser: expat.XMLParserType, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self.depth += 1
        if self.root is None:
            self.root = Root(name, attributes)
        if self.depth > MOST_DEPTH:
            raise self._fault(
                f"elements inside each other to a depth of {self.depth}", "This is no list; get it from its publisher."
            )
        if self.building is None and name in self.tags:
            self.building, self.inside, self.text, self.line = ET.TreeBuilder(), self.depth, 0, parser.CurrentLineNumber
        if self.building is not None:
            self._grow(ELEMENT + sum(len(key) + len(value) for key, value in attributes.items()))
            self.building.start(name, attributes)

    def _end(self, tag: str) -> None:
        if self.building is not None:
            self.building.end(tag.rpartition(":")[2])
            if self.depth == self.inside:
                self.ended.append(Record(self.building.close(), self.line))
                self.building = None
        self.depth -= 1

    def _data(self, text: str) -> None:
        if self.building is not None:
            self._grow(len(text))
            self.building.data(text)

    def _grow(self, more: int) -> None:
        """Count what a record takes, its elements too; one that would fill the memory is refused."""
        self.text += more
        if self.text > MOST_TEXT:
            raise self._fault(f"one record of more than {MOST_TEXT:,} characters", "This is no list; get it from its publisher.")
