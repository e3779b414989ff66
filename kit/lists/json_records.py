"""Records of JSON files: one object a line, or a document that holds one list of objects."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from kit.errors import FileError, FormatError
from kit.files import FileKind, kind_of
from kit.files.kinds import open_plain

MOST_LINE = 1 << 26  # bytes of one line
MOST_DOCUMENT = 1 << 29  # bytes of one document, which is read as a whole
HEAD = 1 << 20
ENVELOPE = re.compile(r'\s*(?:\{[^\[\]{}]*"(?:data|results)"\s*:\s*)?\[\s*(?=\{)')
SURROGATE = re.compile("[\ud800-\udfff]")
ADVICE = "The download may have stopped; fetch it again."
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Broken:
    """A line or an item that is no record: why, and how it stood."""

    reason: str
    content: str


def is_json(path: Path) -> bool:
    """Whether a file is JSON of either kind."""
    return kind_of(path) in (FileKind.JSON, FileKind.JSONL)


def first_record(path: Path) -> Record:
    """The first object of a file of lines, or of a document's list; empty if there is none. Only the beginning is read.

    Raises:
        FileError: If there is no such file or it cannot be opened.
    """
    if not is_json(path):
        return {}
    with _opened(path) as file:
        head = file.read(HEAD).decode("utf-8-sig", "replace")
    envelope = ENVELOPE.match(head)
    start = envelope.end() if envelope is not None else len(head) - len(head.lstrip())
    try:
        value, _ = json.JSONDecoder().raw_decode(head, start)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def require_keys(path: Path, reader: str, keys: Collection[str]) -> None:
    """Refuse a file whose first record lacks keys of a format.

    Raises:
        FileError: If there is no such file or it cannot be opened.
        FormatError: If keys are missing; the message names them.
    """
    found = first_record(path)
    missing = set(keys) - set(found)
    if len(missing) > 0:
        raise FormatError.lacks(path, reader, missing, sorted(found))


def json_lines(path: Path) -> Iterator[tuple[int, Record | Broken]]:
    """Each line of a file as an object, with its 1-based number; a line that is none is given as `Broken`.

    One line is held at a time. Empty lines are passed over.

    Raises:
        FileError: If the file cannot be unpacked.
    """
    number = 0
    with _opened(path) as file:
        while len(line := _line(path, file)) > 0:
            number += 1
            bare = line.removeprefix(b"\xef\xbb\xbf").strip()
            if len(line) > MOST_LINE:
                yield number, Broken(f"a line of more than {MOST_LINE:,} bytes", _shown(line))
                while len(line) > 0 and not line.endswith(b"\n"):
                    line = _line(path, file)
            elif bare != b"":
                yield number, _object(bare)


def json_document(path: Path) -> list[Record | Broken]:
    """The objects of a document: a list, an object whose `data` or `results` is one, or one object a line.

    Raises:
        FileError: If the document is broken, too large to be read as a whole, or holds no list.
    """
    if kind_of(path) is FileKind.JSONL:
        return [record for _, record in json_lines(path)]
    try:
        with _opened(path) as file:
            text = file.read(MOST_DOCUMENT + 1)  # unpacked: a small file may hold gigabytes
        if len(text) > MOST_DOCUMENT:
            raise FileError.unreadable(path, "JSON of more than 500 MB", "a smaller document", "Ask for JSON lines.")
        content = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise FileError.unreadable(path, f"broken JSON ({str(problem)[:120]})", "a whole JSON document", ADVICE) from problem
    except (OSError, EOFError) as problem:
        raise FileError.unreadable(path, f"a file that cannot be unpacked ({problem})", "a JSON document", ADVICE) from problem
    held = content.get("data", content.get("results")) if isinstance(content, dict) else content
    if not isinstance(held, list):
        found = f"JSON that is {type(content).__name__} without a list"
        raise FileError.unreadable(path, found, "a list of objects", "Save the answer of the source as it is.")
    return [item if isinstance(item, dict) else Broken("not an object", _dumped(item)) for item in held]


def texts(record: Record, key: str) -> list[str]:
    """What a key holds, as texts: a list's values or the only one; objects and nulls are left out.

    >>> texts({"name": ["Plum", " ", 5], "code": 7}, "name"), texts({"code": 7}, "code"), texts({}, "code")
    (['Plum', '5'], ['7'], [])
    """
    held = record.get(key)
    return [text for text in (text_of(value) for value in (held if isinstance(held, list) else [held])) if text != ""]


def text_of(value: object) -> str:
    """A single value as text, blanks made single; empty for nulls, lists and objects."""
    if isinstance(value, str):
        return " ".join(SURROGATE.sub("\ufffd", value).split())
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    try:
        return str(value)
    except ValueError:  # a whole number of thousands of digits
        return ""


def objects(record: Record, key: str) -> list[Record]:
    """The objects that a key holds: those of a list, or the only one."""
    held = record.get(key)
    return [value for value in (held if isinstance(held, list) else [held]) if isinstance(value, dict)]


def coded(record: Record, key: str) -> list[str]:
    """Territories of a key, as texts or as objects with a code or a name.

    >>> coded({"flag": ["RU", {"name": "Росія", "iso2": "RU"}]}, "flag")
    ['RU', 'RU']
    """
    found = [[*texts(item, "iso2"), *texts(item, "code"), *texts(item, "name")][:1] for item in objects(record, key)]
    return [*texts(record, key), *(text for said in found for text in said)]


def record_text(record: Record | Broken) -> str:
    """A record as it stood, for the reject table."""
    return record.content if isinstance(record, Broken) else _dumped(record)


def _opened(path: Path) -> BinaryIO:
    try:
        return open_plain(path)
    except OSError as problem:
        raise FileError.unreadable(path, f"a file that cannot be opened ({problem})", "a JSON file", ADVICE) from problem


def _line(path: Path, file: BinaryIO) -> bytes:
    try:
        return file.readline(MOST_LINE + 1)
    except (OSError, EOFError) as problem:
        raise FileError.unreadable(path, f"a file that cannot be unpacked ({problem})", "JSON lines", ADVICE) from problem


def _object(line: bytes) -> Record | Broken:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as problem:
        return Broken(f"broken JSON in this line ({str(problem)[:80]})", _shown(line))
    return value if isinstance(value, dict) else Broken("not an object", _shown(line))


def _shown(line: bytes) -> str:
    return line[:500].decode("utf-8", "replace")


def _dumped(value: object) -> str:
    try:
        return SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False)[:500])
    except (ValueError, RecursionError):
        return "(an object that cannot be written)"
