"""Valid small files of each list format, and ways to spoil them as downloads, mails and spreadsheet programs do."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from kit.files import read_headerless, read_sheet
from kit.files.xml_records import xml_records
from kit.lists.json_records import json_document
from kit.lists.parts import Part
from kit.lists.readers import (
    australia_dfat,
    bis_dpl,
    bis_mieu,
    canada_sema,
    csl,
    csl_json,
    eu_fsf,
    eu_journal,
    ftm_json,
    ofac,
    ofac_advanced,
    opensanctions_simple,
    own_sheet,
    swiss_seco,
    uk_sanctions_list,
    uk_sanctions_xml,
    ukraine_nsdc,
    ukraine_war_sanctions,
    un_xml,
)
from kit.lists.registry import Reader
from kit.lists.tops import list_sheet
from tests.lists import (
    test_australia_dfat,
    test_bis_dpl,
    test_bis_mieu,
    test_canada_sema,
    test_csl_json,
    test_eu_fsf,
    test_eu_journal,
    test_ftm_json,
    test_ofac_advanced,
    test_swiss_seco,
    test_uk_lists,
    test_uk_xml,
    test_ukraine,
    test_un_xml,
)
from tests.lists.listing import FIXTURES

GIANT = "(a giant text)"
BAD = (
    "", " ", "\u00a0", "0000-00-00", "31.02.2024", "99/99/9999", "3017-08-22", "tomorrow", "1,5", "٣", "²",
    '=HYPERLINK("http://x","y")', "=1+1", "@SUM(A1)", "-0-", "NULL", "N/A", "#REF!", "../../etc", "{}", "[1]",
    "Text of image", '"', "'", ";", "; ; ;", ",", "|", "\t", "a\nb", "a\r\nb", "\x1a", "\x07", "\ufeff", "\u202e",
    "1" * 400, "9" * 20, "(" * 60, GIANT, "\N{SHIP}" * 20, "<b>&amp;", "]]>", "IMO", "Tax ID No.",
    "Address 01", "a.k.a.", "X (a.k.a. ", "Latin: Кириллица: ", "DOB circa", "Linked To: ", "alt. ", "EU", "zz",
)  # fmt: skip
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "cp1251", "cp1252", "latin-1", "koi8-r", "utf-8")


@dataclass(frozen=True)
class Format:
    """One list format: its reader, a valid file, the rows that a file holds, and how its text is laid out."""

    reader: Reader
    name: str
    content: bytes
    count: Callable[[Path], int] | None  # None where a row of the file is no row of the list
    delimiter: str = ""
    beside: dict[str, bytes] = field(default_factory=dict)


def table_rows(path: Path) -> int:
    """Rows of a table with a header, read or refused."""
    sheet = read_sheet(path)
    return len(sheet.rows) + len(sheet.rejects)


def _own_rows(path: Path) -> int:
    sheet = list_sheet(path)
    return len(sheet.rows) + len(sheet.rejects)


def _ofac_rows(path: Path) -> int:
    sheet = read_headerless(path, ofac.COLUMNS[Part.PARTIES], delimiter=",")
    return len(sheet.rows) + len(sheet.rejects)


def _records(*tags: str) -> Callable[[Path], int]:
    return lambda path: sum(1 for _ in xml_records(path, tags))


def _table(columns: Sequence[str], rows: Sequence[dict[str, str]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerows([columns, *([row.get(column, "") for column in columns] for row in rows)])
    return out.getvalue().encode()


def _fixture(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def _canada() -> bytes:
    records = (test_canada_sema.PERSON, test_canada_sema.ENTITY, test_canada_sema.SHIP)
    body = "".join("<record>" + "".join(f"<{k}>{v}</{k}>\n" for k, v in record.items()) + "</record>\n" for record in records)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<data-set>{body}</data-set>'.encode()


def _un() -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09">'
    body = f"<INDIVIDUALS>{test_un_xml.PERSON}</INDIVIDUALS><ENTITIES>{test_un_xml.ENTITY}</ENTITIES>"
    return f"{head}{body}</CONSOLIDATED_LIST>".encode()


def _by(write: Callable[..., Path], *args: object, **options: object) -> bytes:
    """What a writer of another test puts into a folder."""
    with tempfile.TemporaryDirectory() as folder:
        return write(Path(folder), *args, **options).read_bytes()


OWN = [
    {
        "Name": "Verolan Trading Ltd",
        "Alias": "VRL; Plum",
        "Country": "Turkey",
        "Address": "12 Quay Road, Istanbul",
        "Listed": "2022-03-01",
    },
    {
        "Name": "Address 01",
        "Alias": "",
        "Country": "China",
        "Address": "Room 3, Tower 9, Kowloon, Hong Kong",
        "Listed": "03.2024",
    },
    {"Name": "ООО «Слива»", "Alias": "ОАО Слива", "Country": "Россия", "Address": "", "Listed": "17.05.2023"},
]
DPL = {**test_bis_dpl.ROW, "Name": "VEROLAN PARTS LTD"}
MIEU = [test_bis_mieu.ROW, {**test_bis_mieu.ROW, "Name": "Plum Directorate", "Date": "2022-01-05"}]
JOURNAL = [
    test_eu_journal.ROW,
    {**test_eu_journal.ROW, "recordId": "902", "name": "Zarnitsa", "alias": "Заря; Fox", "innCode": "7707083893"},
]
FORMATS: dict[str, Format] = {
    "csl": Format(csl, "consolidated.csv", _fixture("csl_29_columns.csv"), table_rows, ","),
    "csl extract": Format(csl, "csl.csv", _fixture("csl_2026-07-31_extract.csv"), table_rows, ","),
    "ofac": Format(
        ofac,
        "sdn.csv",
        _fixture("ofac/sdn.csv"),
        _ofac_rows,
        ",",
        {name: _fixture(f"ofac/{name}") for name in ("add.csv", "alt.csv", "sdn_comments.csv")},
    ),
    "bis_dpl": Format(
        bis_dpl, "dpl.txt", _table(test_bis_dpl.COLUMNS, [DPL, {**DPL, "City": "ELSEWHERE"}], "\t"), table_rows, "\t"
    ),
    "bis_mieu": Format(bis_mieu, "mieu.csv", _table(list(test_bis_mieu.ROW), MIEU), table_rows, ","),
    "eu_journal": Format(eu_journal, "32014R0833.csv", _table(test_eu_journal.COLUMNS, JOURNAL), table_rows, ","),
    "opensanctions_simple": Format(
        opensanctions_simple, "targets.simple.csv", _fixture("os_targets_simple_2026-03-13.csv"), table_rows, ","
    ),
    "own_sheet": Format(own_sheet, "own.csv", _table(list(OWN[0]), OWN), _own_rows, ","),
    "australia_dfat": Format(
        australia_dfat, "list.csv", _table(test_australia_dfat.COLUMNS, test_australia_dfat.RECORDS), table_rows, ","
    ),
    "un_xml": Format(un_xml, "consolidated.xml", _un(), _records("INDIVIDUAL", "ENTITY")),
    "canada_sema": Format(canada_sema, "sema.xml", _canada(), _records("record")),
    "ukraine_nsdc": Format(
        ukraine_nsdc,
        "subjects_legal.json",
        json.dumps([test_ukraine.SUBJECT] * 2, indent=1).encode(),
        lambda path: len(json_document(path)),
    ),
    "ukraine_war_sanctions": Format(
        ukraine_war_sanctions,
        "uav_companies.json",
        json.dumps({"code": 0, "data": [test_ukraine.FIRM, test_ukraine.FIRM]}, indent=1).encode(),
        lambda path: len(json_document(path)),
    ),
    "csl_json": Format(
        csl_json,
        "consolidated.json",
        _by(test_csl_json.written, test_csl_json.ENTITY_LIST, test_csl_json.SDN),
        lambda path: len(json_document(path)),
    ),
    "eu_fsf xml": Format(
        eu_fsf, "xmlFull.xml", _by(test_eu_fsf.xml_of, test_eu_fsf.FIRM, test_eu_fsf.PERSON), _records("sanctionEntity")
    ),
    "eu_fsf csv": Format(
        eu_fsf, "FULL-1_1.csv", _by(test_eu_fsf.csv_of, test_eu_fsf.FIRM, test_eu_fsf.PERSON, encoding="utf-8"), table_rows, ";"
    ),
    "uk_sanctions_list": Format(
        uk_sanctions_list,
        "UK-Sanctions-List.csv",
        _by(test_uk_lists.written, test_uk_lists.PERSON, test_uk_lists.ALIAS, test_uk_lists.FIRM, test_uk_lists.SHIP),
        None,
        ",",
    ),
    "uk_sanctions_xml": Format(
        uk_sanctions_xml,
        "UK-Sanctions-List.xml",
        _by(test_uk_xml.written, test_uk_xml.PERSON, test_uk_xml.FIRM, test_uk_xml.SHIP),
        _records("Designation"),
    ),
    "swiss_seco": Format(
        swiss_seco,
        "consolidated-list.xml",
        _by(test_swiss_seco.written, test_swiss_seco.PERSON, test_swiss_seco.FIRM, test_swiss_seco.SHIP),
        _records("target"),
    ),
    "ofac_advanced": Format(ofac_advanced, "sdn_advanced.xml", test_ofac_advanced.FILE.read_bytes(), None),
    "ftm_json": Format(ftm_json, "entities.ftm.json", _by(test_ftm_json.written, test_ftm_json.LINES), None),
}
Op = tuple[str, float, float, str]
TABLE_OPS = (
    "cell",
    "cell",
    "cell",
    "drop column",
    "double column",
    "drop cell",
    "add cell",
    "swap rows",
    "double row",
    "header",
    "delimiter",
)
BYTE_OPS = ("cut", "insert", "double line", "drop line", "encoding", "line ends", "byte")
CONTROLS = ("\x00", "\x01", "\x1a", '"', "'", "\r", "\n", "\t", ";", ",", "\x0b", "\x85", "\u2028", "<", "&", "\ufeff", "\\", "}")
PLACE = st.floats(0, 0.999)


def spoilings(is_table: bool) -> st.SearchStrategy[list[Op]]:
    """One to four ways to spoil a file, each with two places and a value."""
    bytewise = st.tuples(st.sampled_from(BYTE_OPS), PLACE, PLACE, st.sampled_from([*CONTROLS, *ENCODINGS]))
    cellwise = st.tuples(st.sampled_from(TABLE_OPS), PLACE, PLACE, st.sampled_from(BAD))
    return st.lists(cellwise | bytewise if is_table else valuewise() | valuewise() | bytewise, min_size=1, max_size=4)


def valuewise() -> st.SearchStrategy[Op]:
    """Replace what stands between two marks of XML or JSON."""
    return st.tuples(st.just("value"), PLACE, PLACE, st.sampled_from(BAD))


def spoiled(made: Format, ops: Sequence[Op]) -> bytes:
    """The valid file after all operations."""
    content = made.content
    for op, here, there, short in ops:
        value = "x" * 200_000 if short == GIANT else short
        if op in TABLE_OPS:
            content = _spoil_table(content, made.delimiter, op, here, there, value)
        elif op == "value":
            content = _spoil_value(content, here, there, value)
        else:
            content = _spoil_bytes(content, op, here, value)
    return content


def _spoil_table(content: bytes, delimiter: str, op: str, here: float, there: float, value: str) -> bytes:
    limit = csv.field_size_limit(1 << 24)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8", "replace"), newline=""), delimiter=delimiter))
    csv.field_size_limit(limit)
    if len(rows) == 0:
        return content
    r, width = int(here * len(rows)), max(1, max(map(len, rows)))
    c = int(there * width)
    if op == "cell" and c < len(rows[r]):
        rows[r][c] = value
    elif op == "header" and c < len(rows[0]):
        rows[0][c] = value
    elif op == "drop column":
        rows = [row[:c] + row[c + 1 :] for row in rows]
    elif op == "double column":
        rows = [row[:c] + row[c : c + 1] * 2 + row[c + 1 :] for row in rows]
    elif op == "drop cell":
        rows[r] = rows[r][:c] + rows[r][c + 1 :]
    elif op == "add cell":
        rows[r] = [*rows[r][:c], value, *rows[r][c:]]
    elif op == "swap rows":
        rows[r], rows[int(there * len(rows))] = rows[int(there * len(rows))], rows[r]
    elif op == "double row":
        rows.insert(r, list(rows[r]))
    out = io.StringIO()
    csv.writer(out, delimiter=";" if op == "delimiter" else delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def _spoil_value(content: bytes, here: float, there: float, value: str) -> bytes:
    """Put a value in place of what stands between two tags, or at some place of a JSON document or line."""
    text = content.decode("utf-8", "replace")
    if not text.lstrip().startswith("<"):
        return _spoil_json(text, here, there, value).encode("utf-8", "replace")
    start = text.find(">", int(here * len(text)))
    end = text.find("<", start + 1)
    said = escape(value) if there < 0.8 else value
    return (text[: start + 1] + said + text[end:]).encode("utf-8", "replace") if 0 <= start < end else content


def _spoil_json(text: str, here: float, there: float, value: str) -> str:
    """Replace one value of a document, or of each line that is one, by another kind of value."""
    try:
        tree = json.loads(text)
    except ValueError:
        lines = text.splitlines()
        at = int(here * len(lines))
        is_object = len(lines) > 1 and lines[at].startswith("{") and lines[at].endswith("}")
        return "\n".join([*lines[:at], _spoil_json(lines[at], there, here, value), *lines[at + 1 :]]) if is_object else text
    places: list[tuple[Any, Any]] = []
    waiting = [tree]
    while len(waiting) > 0:
        held = waiting.pop()
        keys = list(held) if isinstance(held, dict) else range(len(held)) if isinstance(held, list) else []
        places += [(held, key) for key in keys]
        waiting += [held[key] for key in keys]
    if len(places) > 0:
        holder, key = places[int(here * len(places))]
        others = (value, value, value, None, 5, 1.5, True, [], {}, [value, None, 7], {"id": value}, [{"name": value}], "\ud800")
        holder[key] = others[int(there * len(others))]
    return json.dumps(tree, indent=1 if "\n" in text.strip() else None)


def _spoil_bytes(content: bytes, op: str, here: float, value: str) -> bytes:
    at = int(here * len(content))
    lines = content.splitlines(keepends=True)
    line = int(here * len(lines))
    if op == "cut":
        return content[:at]
    if op == "insert":
        return content[:at] + value.encode("utf-8", "replace") + content[at:]
    if op == "byte":
        return content[:at] + bytes([(int(here * 10_000)) % 256]) + content[at + 1 :]
    if op == "encoding":
        return content.decode("utf-8", "replace").encode(value if value in ENCODINGS else "utf-8", "replace")
    if op == "line ends":
        return content.replace(b"\n", b"\r\n" if here < 0.5 else b"\r")
    if len(lines) == 0:
        return content
    return b"".join([*lines[:line], *([lines[line]] * (2 if op == "double line" else 0)), *lines[line + 1 :]])
