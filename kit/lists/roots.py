"""The outermost element by which an XML list is known."""

from __future__ import annotations

from pathlib import Path

from kit.errors import FormatError
from kit.files import FileKind, kind_of
from kit.files.xml_records import Root, xml_root


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
