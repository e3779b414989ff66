"""A spoiled list of any format is one clear error, or every row of it is read or refused."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.errors import KitError
from kit.tables import ReadResult
from tests.lists.hostile import FORMATS, Format, spoiled, spoilings
from tests.lists.listing import rows

EXAMPLES = int(os.environ.get("KIT_HOSTILE_EXAMPLES", "25"))  # more by hand: KIT_HOSTILE_EXAMPLES=3000


def agrees(result: ReadResult) -> bool:
    """Whether the tables fit each other: one row an entity, and each other row joins one."""
    ids = [row["entity_id"] for row in rows(result, "entities")]
    joined = {row["entity_id"] for table in ("names", "addresses", "identifiers", "sanctions") for row in rows(result, table)}
    named = {row["entity_id"] for row in rows(result, "names")}
    nameless = [e for e in rows(result, "entities") if e["entity_id"] not in named and not e["is_address_only"]]
    blank = [e for e in rows(result, "names") if e["name"].strip() == ""]
    return len(ids) == len(set(ids)) and joined <= set(ids) and nameless == [] and blank == []


@pytest.mark.parametrize("name", FORMATS)
def test_valid_file_is_recognized_and_read_completely(name, tmp_path):
    made = FORMATS[name]
    path = _put(made, made.content, tmp_path)
    result = made.reader.read(path)
    assert lists.recognize(path) == made.reader.NAME
    assert result.rows_read > 0
    assert agrees(result)


@pytest.mark.parametrize("name", FORMATS)
def test_spoiled_file_is_one_clear_error_or_no_row_is_lost(name, tmp_path):
    made = FORMATS[name]

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(spoilings(made.delimiter != ""), st.booleans())
    def check(ops, is_recognized):
        path = _put(made, spoiled(made, ops), tmp_path)
        try:
            result = lists.read_list(path) if is_recognized else made.reader.read(path)
        except KitError as problem:
            assert len(str(problem)) > 20
            return
        assert agrees(result)
        if made.count is not None and result.reader == made.reader.NAME:
            refused = [r for r in result.rejects.to_pylist() if not r["reason"].startswith("only the value")]
            own = [r for r in refused if r["source_file"] == path.name]
            assert result.rows_read + len(own) == made.count(path)

    check()


def _put(made: Format, content: bytes, folder):
    path = folder / made.name
    path.write_bytes(content)
    for name, other in made.beside.items():
        (folder / name).write_bytes(other)
    return path
