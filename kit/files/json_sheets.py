"""Tables that come as JSON: a list of objects, a list of rows, or one object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from kit.errors import FileError
from kit.files.kinds import FileKind, kind_of, open_plain
from kit.files.sheets import ROW, Refusal, Sheet, clean, plain_number, to_rejects, unique_names

MOST_BYTES = 1 << 30  # of one JSON document, which is read as a whole: it takes several times that in memory
JOINED = "; "
SURROGATE = re.compile("[\ud800-\udfff]")
ADVICE = "Take the list of records out of it, or ask for CSV."
EXPECTED = "a list of records: [{…}, {…}], an object that holds one list of them, or one object a line"


def read_json(path: Path) -> Sheet:
    """Read records of a JSON file as a table of text.

    An object inside a record becomes columns with a dot (`buyer.name`), a list
    of texts one cell joined by "; ", a list of objects one such cell for each
    key (`hs_codes[].code`). A list of lists is a table whose first row is the
    header. The row number is the number of the record, or of the line where
    each line is a record.

    Raises:
        FileError: If the file is no JSON, too large to be read as one document, or holds no list of records.
    """
    found = json_lines(path) if kind_of(path) is FileKind.JSONL else enumerate(_records(path, load_json(path)), 1)
    cells: list[dict[str, str]] = []
    numbers: list[int] = []
    refused: list[Refusal] = []
    names: dict[str, None] = {}
    for number, record in found:
        if isinstance(record, Refusal):
            refused.append(record)
            continue
        if not isinstance(record, Mapping):
            refused.append(
                Refusal(
                    number,
                    "not an object: a record has named values",
                    whole_letters(json.dumps(record, ensure_ascii=False)[:500]),
                )
            )
            continue
        flat = dict(_flat(record))
        names |= dict.fromkeys(flat)
        cells.append(flat)
        numbers.append(number)
    return _sheet(path, list(names), cells, numbers, refused)


def _sheet(path: Path, names: list[str], cells: list[dict[str, str]], numbers: list[int], refused: list[Refusal]) -> Sheet:
    columns = unique_names(names)
    arrays = [clean(pa.array([row.get(name) for row in cells], pa.string())) for name in names]
    rows = pa.Table.from_arrays([*arrays, pa.array(numbers, pa.int64())], names=[*columns, ROW])
    notes = ("read as JSON: the row number is the number of the record",)
    return Sheet(path.name, None, 0, columns, rows, to_rejects(path.name, refused), "utf-8", None, notes)


def load_json(path: Path) -> Any:
    """The content of one JSON document.

    Raises:
        FileError: If it is broken, or too large to be read as one document.
    """
    if path.stat().st_size > MOST_BYTES:
        raise FileError.unreadable(
            path, f"one JSON document of {path.stat().st_size:,} bytes", "at most 1 GB", "Ask for CSV or JSON lines."
        )
    with open_plain(path) as file:
        text = file.read()
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as problem:
        advice = "The download may have stopped; fetch it again."
        raise FileError.unreadable(path, f"broken JSON ({str(problem)[:120]})", "a whole JSON document", advice) from problem


def json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """One record a line with its 1-based number; a line that is no JSON gives a `Refusal`."""
    with open_plain(path) as file:
        for number, line in enumerate(file, 1):
            if line.strip() == b"":
                continue
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as problem:
                reason = f"broken JSON in this line ({str(problem)[:80]})"
                yield number, Refusal(number, reason, line.decode("utf-8", "replace")[:500])


def _records(path: Path, content: Any) -> Sequence[Any]:
    """The list of records in a document."""
    if isinstance(content, Mapping):
        lists = [value for value in content.values() if isinstance(value, list) and any(isinstance(v, Mapping) for v in value)]
        if len(lists) == 1:
            return list(lists[0])
        raise FileError.unreadable(
            path, f"a JSON object with the keys {', '.join(map(repr, list(content)[:8]))}", EXPECTED, ADVICE
        )
    if not isinstance(content, list) or len(content) == 0:
        raise FileError.unreadable(path, f"JSON that is {type(content).__name__}", EXPECTED, ADVICE)
    if all(isinstance(row, list) for row in content):
        return _rows(path, content)
    return content


def _rows(path: Path, content: list[list[Any]]) -> list[Any]:
    """Records of a list of lists, whose first one is the header; a row of another width stays a list, and is refused."""
    header = unique_names([whole_letters(str(name)) for name in content[0]])
    if len(content[0]) == 0:
        raise FileError.unreadable(path, "a list of lists whose first one is empty", EXPECTED, ADVICE)
    return [dict(zip(header, row, strict=True)) if len(row) == len(header) else row for row in content[1:]]


def _flat(record: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The values of a record under dotted names, as text; what is empty is left out."""
    for key, value in record.items():
        name = whole_letters(f"{prefix}{key}")
        if isinstance(value, Mapping):
            yield from _flat(value, f"{name}.")
        elif isinstance(value, list):
            yield from _joined(name, value)
        elif value is not None:
            yield name, _text(value)


def _joined(name: str, values: Sequence[Any]) -> Iterator[tuple[str, str]]:
    plain = [_text(value) for value in values if value is not None and not isinstance(value, (Mapping, list))]
    if len(plain) > 0:
        yield name, JOINED.join(plain)
    found: dict[str, list[str]] = {}
    for value in values:
        if isinstance(value, Mapping):
            for inner, text in _flat(value, f"{name}[]."):
                found.setdefault(inner, []).append(text)
        elif isinstance(value, list):
            found.setdefault(f"{name}[]", []).append(whole_letters(json.dumps(value, ensure_ascii=False)))
    for inner, texts in found.items():
        yield inner, JOINED.join(texts)


def whole_letters(text: str) -> str:
    r"""The text with a mark in place of half a letter, which JSON can hold and no file can.

    >>> whole_letters("Plum \ud800")
    'Plum \ufffd'
    """
    return text if text.isascii() else SURROGATE.sub("\ufffd", text)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    is_plain = isinstance(value, float) and value == value and abs(value) < 1e300
    return plain_number(float(value)) if is_plain else whole_letters(str(value))
