"""Score trade names against the index: in one process for small inputs, in several for big ones, with the same result."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

import numpy as np
import numpy.typing as npt

from kit.errors import MatchingError
from kit.matching.asked import prepare
from kit.matching.encoding import Coded, encode
from kit.matching.features import measure
from kit.matching.index import Index
from kit.matching.retrieve import Pairs, retrieve, sift
from kit.matching.score import score

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

CHUNK = 8_000  # names worked on at once: keeps memory low, changes no result
SMALL = 6_000  # inputs up to here stay in one process


@dataclass(frozen=True)
class Ranked:
    """Best listed name per party for each trade name: `asked[i]` and `listed[i]` with `score[i]`, best first.

    Scores are rounded to six digits; equal scores are ordered by the party's id.
    """

    asked: Ints
    listed: Ints
    score: Floats


def rank_names(
    index: Index,
    names: Sequence[str],
    *,
    most: int = 5,
    workers: int | None = None,
    method: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Ranked:
    """Rank listed parties for each trade name.

    Args:
        index: from `build_index`.
        names: distinct names as the records spell them.
        most: parties kept for each name.
        workers: processes; by default one for small inputs, else one a core.
        method: how processes start: "fork" (the index is shared) or "spawn" (each
            gets a copy); by default what the system offers.
        progress: called with names done and names in all.

    Raises:
        MatchingError: If a worker process dies.
    """
    index.warm()
    chunks = [list(names[at : at + CHUNK]) for at in range(0, len(names), CHUNK)]
    count = workers if workers is not None else (1 if len(names) <= SMALL else _cores())
    if count <= 1 or len(chunks) <= 1:
        found: Iterator[Ranked] = (rank_chunk(index, chunk, most) for chunk in chunks)
    else:
        found = _in_processes(index, chunks, most, min(count, len(chunks)), method)
    return _gathered(found, [len(chunk) for chunk in chunks], progress)


def _gathered(found: Iterator[Ranked], sizes: Sequence[int], progress: Callable[[int, int], None] | None) -> Ranked:
    parts: list[Ranked] = []
    done = 0
    for part, size in zip(found, sizes, strict=True):
        parts.append(Ranked(part.asked + done, part.listed, part.score))
        done += size
        if progress is not None:
            progress(done, sum(sizes))
    if len(parts) == 0:
        return Ranked(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))
    joined = (np.concatenate([getattr(part, name) for part in parts]) for name in ("asked", "listed", "score"))
    return Ranked(*joined)


def rank_chunk(index: Index, names: Sequence[str], most: int) -> Ranked:
    """Rank parties for some names, in this process."""
    known = index.information.list_counts
    memory: dict[str, list[str]] = {}
    coded: list[Coded] = [encode(name, known=known, memory=memory) for name in names]
    asked = prepare(index, coded)
    pairs = sift(index, asked, retrieve(index, asked))
    values, _ = measure(index, asked, pairs)
    return _best_per_party(index, pairs, np.round(score(values), 6), most)


def _best_per_party(index: Index, pairs: Pairs, scores: Floats, most: int) -> Ranked:
    """One name a party, parties by falling score, then by id; a weak alias alone brings no party in."""
    strong = index.listed.is_weak[pairs.listed] == 0
    asked, listed, scores = pairs.asked[strong], pairs.listed[strong], scores[strong]
    party = index.listed.entity[listed]
    order = np.lexsort((listed, -scores, party, asked))
    first = np.ones(len(order), bool)
    first[1:] = (asked[order][1:] != asked[order][:-1]) | (party[order][1:] != party[order][:-1])
    order = order[first]
    order = order[np.lexsort((party[order], -scores[order], asked[order]))]
    place = np.arange(len(order)) - np.searchsorted(asked[order], asked[order], "left")
    order = order[place < most]
    return Ranked(asked[order], listed[order], scores[order].astype(np.float32))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def _in_processes(index: Index, chunks: Sequence[Sequence[str]], most: int, count: int, method: str | None) -> Iterator[Ranked]:
    """Hand chunks to worker processes and give the results back in order."""
    offered = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context(method if method is not None else ("fork" if "fork" in offered else "spawn"))
    ends: list[Connection] = []
    processes: list[BaseProcess] = []
    try:
        for _ in range(count):
            here, there = context.Pipe()
            process = context.Process(target=_serve, args=(index, there, most), daemon=True)  # type: ignore[attr-defined]
            process.start()
            there.close()
            ends.append(here)
            processes.append(process)
        yield from _dealt(ends, chunks)
    finally:
        for end in ends:
            _dismiss(end)
        for process in processes:
            process.join(timeout=5)
            if process.is_alive():
                process.terminate()


def _dismiss(end: Connection) -> None:
    """Tell a worker that nothing more comes (a closed end alone is not seen: forked workers hold copies of it)."""
    with contextlib.suppress(BrokenPipeError, OSError):  # the worker may be gone already
        end.send(None)
    end.close()


def _dealt(ends: Sequence[Connection], chunks: Sequence[Sequence[str]]) -> Iterator[Ranked]:
    waiting: dict[Connection, int] = {}
    results: dict[int, Ranked] = {}
    given = told = 0
    for end in ends[: len(chunks)]:
        end.send(chunks[given])
        waiting[end] = given
        given += 1
    while told < len(chunks):
        for end in [found for found in wait(list(waiting)) if isinstance(found, Connection)]:
            number = waiting.pop(end)
            try:
                results[number] = end.recv()
            except EOFError as problem:
                raise MatchingError.worker_died(number, len(chunks)) from problem
            if given < len(chunks):
                end.send(chunks[given])
                waiting[end] = given
                given += 1
        while told in results:
            yield results.pop(told)
            told += 1


def _serve(index: Index, end: Connection, most: int) -> None:
    """Work on chunks until the other end closes."""
    while True:
        try:
            chunk = end.recv()
        except (EOFError, OSError):
            return
        if chunk is None:
            return
        end.send(rank_chunk(index, chunk, most))
