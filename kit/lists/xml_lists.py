"""What readers of XML lists share: the outermost element by which a list is known, the pass over its elements, their texts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Protocol
from xml.etree.ElementTree import Element

from kit.errors import FormatError
from kit.files import FileKind, kind_of
from kit.files.xml_records import Record, Root, xml_records, xml_root
from kit.lists.building import ListBuilder


class Reading(Protocol):
    """One pass over a list: where it puts what it reads, and what it has to say in the end."""

    build: ListBuilder

    def notes(self) -> list[str]:
        """What was assumed or unknown, one sentence each."""


def has_root(path: Path, tag: str) -> bool:
    """Whether the file is XML whose outermost element has this name.

    Raises:
        FileError: If it is XML that cannot be read or has a document type declaration.
    """
    return kind_of(path) is FileKind.XML and xml_root(path).tag == tag


def the_root(path: Path, tag: str, advice: str = "Give the list as its publisher has it.") -> Root:
    """The outermost element, which must have this name.

    Raises:
        FileError: If the XML is damaged or declares a document type.
        FormatError: If it is another XML file.
    """
    root = xml_root(path)
    if root.tag != tag:
        raise FormatError(f"{path.name}: the outermost element is {root.tag!r}; expected {tag!r}. {advice}")
    return root


def read_elements(path: Path, tags: Collection[str], reading: Reading, take: Callable[[Record], bool]) -> None:
    """Give each element of these names to `take`, count those that it reads, and add the notes of the pass.

    Raises:
        FileError: If the XML is damaged, cut off, or declares a document type.
    """
    for record in xml_records(path, tags):
        reading.build.rows_read += take(record)
    reading.build.notes.extend(reading.notes())


def own_text(element: Element | None) -> str:
    """The text of an element before its first child, blanks and line breaks made single; empty without an element."""
    return " ".join((element.text or "").split()) if element is not None else ""


def child_text(element: Element, tag: str) -> str:
    """The text of the first child of that name, blanks and line breaks made single; empty without one."""
    return own_text(element.find(tag))


def whole_text(element: Element) -> str:
    """All text inside an element, blanks and line breaks made single; so it stands in the reject table."""
    return " ".join("".join(element.itertext()).split())
