"""The index kept in a file: a list need not be made findable again while neither it nor the kit's rules change.

One Arrow table of one row: every array of the index is the value of one column.
It is plain data (no pickle). Before it stands a seal: a hash of what the index
was made from and of every byte that follows. Arrow reads lengths and places
from the file without looking whether they can be right, so a damaged file must
be told before Arrow sees it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import csr_matrix

from kit.case.atomic import write_atomically
from kit.matching.grams import Grams
from kit.matching.index import Index, ListedNames
from kit.matching.information import Information
from kit.matching.spellings import SpellingTable, Variants, texts
from kit.matching.units import NameUnits, Strings

Array = npt.NDArray[Any]

LAYOUT = "3"  # raised when the columns change
SEAL = 64  # bytes: keeps what follows where Arrow wants it
# What is computed once and depends on the list alone: kept too.
_ONCE = ("heads", "lengths", "is_number", "loudness", "sharing", "single_spellings", "legal_spellings", "sorted_words")


def kept_index(path: Path, stamp: str, build: Callable[[], Index]) -> Index:
    """The index from the file if it was made from what `stamp` stands for; else built, and kept there.

    Args:
        path: the file, as a rule in the case folder.
        stamp: a hash of the list tables and of the kit's rules.
        build: makes the index.
    """
    found = open_index(path, stamp)
    if found is not None:
        return found
    index = build()
    save_index(index, path, stamp)
    return index


def save_index(index: Index, path: Path, stamp: str) -> None:
    """Write an index, old file or new one, never half. The background is not kept: it belongs to the trade file."""
    columns = _columns(index)
    table = pa.Table.from_arrays(list(columns.values()), names=list(columns))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    body = sink.getvalue()

    def write(temporary: Path) -> None:
        with temporary.open("wb") as file:
            file.write(_seal(stamp, body))
            file.write(body)

    write_atomically(path, write)


def open_index(path: Path, stamp: str) -> Index | None:
    """The index in a file, None if there is none, if it was made from something else, or if the file is damaged."""
    if not path.is_file():
        return None
    with pa.OSFile(str(path), "rb") as source:
        whole = source.read_buffer()
    if whole.size <= SEAL:
        return None
    body = whole.slice(SEAL)
    if whole.slice(0, SEAL).to_pybytes() != _seal(stamp, body):
        return None
    table = pa.ipc.open_file(body).read_all()
    return _index_of({name: table.column(name).chunk(0).values for name in table.column_names})


def _seal(stamp: str, body: pa.Buffer) -> bytes:
    digest = hashlib.sha256(f"{LAYOUT} {stamp}\n".encode())
    digest.update(body)
    return digest.hexdigest().encode()


def _columns(index: Index) -> dict[str, pa.Array]:
    """Every array of the index as an Arrow array of one list."""
    listed, table, strings, grams = index.listed, index.table, index.strings, index.grams
    out: dict[str, pa.Array] = {}
    for name in ("entity_ids", "list_ids", "list_versions", "names", "kinds", "full"):
        out[name] = _one([str(value) for value in getattr(listed, name)])
    for name in ("is_person", "is_weak", "entity", "classes"):
        out[name] = _one(getattr(listed, name))
    out["words"] = _one([word for words in listed.words for word in words])
    out["word_counts"] = _one(np.array([len(words) for words in listed.words], np.int32))
    for name in ("word", "first", "kind", "start", "size"):
        out[f"unit_{name}"] = _one(getattr(index.units, name))
    out["spellings"], out["skeletons"] = _one(index.spellings), _one(table.skeletons.tolist())
    out["skeleton_lengths"], out["seen"] = _one(table.lengths), _one(table.seen)
    for name in ("hashes", "owners", "places"):
        out[f"variant_{name}"] = _one(getattr(table.variants, name))
    out["counted_words"] = _one(list(index.information.list_counts))
    out["counts"] = _one(np.array(list(index.information.list_counts.values()), np.int64))
    out["list_size"] = _one(np.array([index.information.list_size], np.int64))
    out["is_listed"] = _one(index.is_listed)
    for name in ("glued", "ordered", "bones"):
        out[name] = _one(getattr(strings, name).tolist())
    out["letters"] = _one(strings.letters)
    out["gram_codes"], out["gram_total"] = _one(grams.codes), _one(grams.total)
    out["gram_unseen"] = _one(np.array([grams.unseen]))
    for name in ("data", "indices", "indptr"):
        out[f"gram_{name}"] = _one(getattr(grams.postings, name))
    for name in _ONCE:
        out[f"once_{name}"] = _one(getattr(index, name))
    return out


def _one(values: Array | Sequence[str]) -> pa.Array:
    """An array of one list that holds all values."""
    inner = pa.array(values) if isinstance(values, np.ndarray) else pa.array(values, pa.large_string())
    return pa.LargeListArray.from_arrays(pa.array([0, len(inner)], pa.int64()), inner)


def _index_of(columns: dict[str, pa.Array]) -> Index:
    def numbers(name: str) -> Array:
        out: Array = columns[name].to_numpy(zero_copy_only=False)
        return out

    def words(name: str) -> Array:
        out: Array = columns[name].to_numpy(zero_copy_only=False).astype(object)
        return out

    spellings = words("spellings")
    table = SpellingTable(
        spellings,
        words("skeletons"),
        numbers("skeleton_lengths"),
        Variants(numbers("variant_hashes"), numbers("variant_owners"), numbers("variant_places")),
    )
    counts = dict(zip(words("counted_words").tolist(), numbers("counts").tolist(), strict=True))
    index = Index(
        _listed_of(numbers, words),
        NameUnits(*(numbers(f"unit_{name}") for name in ("word", "first", "kind", "start", "size"))),
        tuple(spellings.tolist()),
        table,
        Information(counts, int(numbers("list_size")[0]), {}, 0),
        numbers("is_listed"),
    )
    count = len(index.listed.names)
    codes = numbers("gram_codes")
    parts = (numbers("gram_data"), numbers("gram_indices"), numbers("gram_indptr"))
    grams = Grams(codes, csr_matrix(parts, shape=(len(codes), count)), numbers("gram_total"), float(numbers("gram_unseen")[0]))
    strings = Strings(words("glued"), words("ordered"), words("bones"), numbers("letters"))
    known = {name: numbers(f"once_{name}") for name in _ONCE} | {"grams": grams, "strings": strings}
    index.__dict__.update(known)  # what `cached_property` would hold after the first use
    table.__dict__["seen"] = numbers("seen")
    return index


def _listed_of(numbers: Callable[[str], Array], words: Callable[[str], Array]) -> ListedNames:
    ends = np.cumsum(numbers("word_counts")).tolist()
    flat = words("words").tolist()
    return ListedNames(
        tuple(words("entity_ids").tolist()),
        tuple(words("list_ids").tolist()),
        tuple(words("list_versions").tolist()),
        numbers("is_person"),
        tuple(words("names").tolist()),
        tuple(words("kinds").tolist()),
        numbers("is_weak"),
        numbers("entity"),
        tuple(tuple(flat[start:end]) for start, end in zip([0, *ends[:-1]], ends, strict=False)),
        numbers("classes"),
        texts(words("full").tolist()),
    )
