"""Fetching a list: only whole and plausible editions take the place of an older copy, whatever the server does."""

from __future__ import annotations

import gzip
import multiprocessing
import os
import signal
import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kit.errors import SelectionError, SourceError
from kit.sources import Fetched, Layout, Source, ask, fetch, read_copy, source
from kit.sources.fetching import STAGING
from kit.sources.transport import _leads_home
from tests.sources.serving import QUICK, Board, Handler, a_list, good, server, sheet, status


@pytest.fixture
def board() -> Iterator[Board]:
    with server() as made:
        yield made


def get(entry: Source, folder: Path, **options: object) -> Fetched:
    return fetch(entry, folder, limits=QUICK, **options)  # type: ignore[arg-type]


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def with_older(board: Board, folder: Path, **headers: str) -> tuple[Source, Fetched]:
    """A list of which one good copy was fetched."""
    entry = a_list(board)
    board.tell("/list.csv", good(sheet(10), **headers))
    return entry, get(entry, folder)


def assert_older_stays(entry: Source, folder: Path, older: Fetched) -> None:
    copy = read_copy(folder, entry.forms[0])
    assert copy is not None
    assert copy.path(folder) == older.path
    assert older.path.read_bytes() == sheet(10)
    assert left_over(folder) == []


# -- what goes well ------------------------------------------------------------


def test_a_list_is_fetched_with_its_hash_and_what_the_server_said(board: Board, tmp_path: Path) -> None:
    entry = a_list(board)
    board.tell("/list.csv", good(sheet(10), ETag='"a"', Last_Modified="Mon, 23 Nov 2026 10:00:00 GMT"))
    seen: list[tuple[int, int]] = []
    found = get(entry, tmp_path, progress=lambda done, total: seen.append((done, total)))
    assert found.path.read_bytes() == sheet(10)
    assert (found.is_new, found.count, found.bytes, found.etag) == (True, 10, len(sheet(10)), '"a"')
    assert found.last_modified is not None
    assert found.last_modified.isoformat() == "2026-11-23T10:00:00+00:00"
    assert seen[-1] == (len(sheet(10)), len(sheet(10)))


def test_the_request_names_the_kit_and_nothing_of_the_user(board: Board, tmp_path: Path) -> None:
    with_older(board, tmp_path)
    (asked,) = board.asked
    assert asked["user-agent"].startswith("kit-for-supply-lines/")
    assert set(asked) == {"method", "path", "host", "user-agent", "accept", "accept-encoding"}


def test_an_unchanged_list_is_not_sent_again(board: Board, tmp_path: Path) -> None:
    entry, older = with_older(board, tmp_path, ETag='"a"', Last_Modified="Mon, 23 Nov 2026 10:00:00 GMT")
    board.tell("/list.csv", status(304))
    found = get(entry, tmp_path)
    assert (found.is_new, found.path, found.retrieved) == (False, older.path, older.retrieved)
    assert board.asked[-1]["if-none-match"] == '"a"'
    assert board.asked[-1]["if-modified-since"] == "Mon, 23 Nov 2026 10:00:00 GMT"


def test_the_same_bytes_are_no_new_edition(board: Board, tmp_path: Path) -> None:
    entry, older = with_older(board, tmp_path)
    found = get(entry, tmp_path)
    assert (found.is_new, found.path) == (False, older.path)


def test_a_newer_edition_leaves_the_older_beside(board: Board, tmp_path: Path) -> None:
    entry, older = with_older(board, tmp_path)
    board.tell("/list.csv", good(sheet(11)))
    found = get(entry, tmp_path)
    assert (found.is_new, found.count) == (True, 11)
    assert found.path != older.path
    assert older.path.read_bytes() == sheet(10)


def test_a_copy_that_was_changed_by_hand_is_fetched_anew(board: Board, tmp_path: Path) -> None:
    entry, older = with_older(board, tmp_path, ETag='"a"')
    older.path.write_text("spoiled")
    found = get(entry, tmp_path)
    assert "if-none-match" not in board.asked[-1]
    assert found.path.read_bytes() == sheet(10)
    assert older.path.read_text() == "spoiled"  # what a person did to it stays beside
    assert (get(entry, tmp_path).is_new, get(entry, tmp_path).path) == (False, found.path)


def test_a_packed_answer_is_unpacked(board: Board, tmp_path: Path) -> None:
    board.tell("/list.csv", good(gzip.compress(sheet(10)), Content_Encoding="gzip"))
    assert get(a_list(board), tmp_path).path.read_bytes() == sheet(10)


def test_an_answer_packed_in_several_parts_is_unpacked_whole(board: Board, tmp_path: Path) -> None:
    body = gzip.compress(sheet(10)[:40]) + gzip.compress(sheet(10)[40:]) + bytes(8)
    board.tell("/list.csv", good(body, Content_Encoding="gzip"))
    assert get(a_list(board), tmp_path).path.read_bytes() == sheet(10)


def test_a_packed_answer_whose_second_part_is_cut_is_no_list(board: Board, tmp_path: Path) -> None:
    body = gzip.compress(sheet(10)[:40]) + gzip.compress(sheet(10)[40:])[:-6]
    board.tell("/list.csv", good(body, Content_Encoding="gzip"))
    with pytest.raises(SourceError, match="cut off"):
        get(a_list(board), tmp_path)


def test_an_answer_in_chunks_is_put_together(board: Board, tmp_path: Path) -> None:
    def chunked(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for part in (sheet(10)[:20], sheet(10)[20:], b""):
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))

    board.tell("/list.csv", chunked)
    assert get(a_list(board), tmp_path).path.read_bytes() == sheet(10)


def test_a_redirection_is_followed(board: Board, tmp_path: Path) -> None:
    board.tell("/list.csv", status(302, Location="/there.csv"))
    board.tell("/there.csv", good(sheet(10)))
    assert get(a_list(board), tmp_path).count == 10


def test_files_that_belong_together_are_one_edition(board: Board, tmp_path: Path) -> None:
    entry = a_list(board, names=("list.csv", "more.csv"), header_line=0)
    board.tell("/list.csv", good(sheet(10), ETag='"a"'))
    board.tell("/more.csv", good(b"1,x\r\n2,y\r\n", ETag='"b"'))
    older = get(entry, tmp_path)
    board.tell("/list.csv", status(304))
    board.tell("/more.csv", good(b"1,x\r\n2,y\r\n3,z\r\n", ETag='"c"'))
    found = get(entry, tmp_path)
    assert found.is_new
    assert found.path.parent != older.path.parent
    assert found.path.read_bytes() == sheet(10)
    assert (found.path.parent / "more.csv").read_bytes().endswith(b"z\r\n")


# -- a server that is busy or breaks off ------------------------------------------


def test_a_server_error_that_passes_is_asked_again(board: Board, tmp_path: Path) -> None:
    board.tell("/list.csv", status(500), status(503), good(sheet(10)))
    assert get(a_list(board), tmp_path).count == 10
    assert len(board.asked) == 3


def test_a_busy_server_is_given_the_pause_it_asks_for(board: Board, tmp_path: Path) -> None:
    board.tell("/list.csv", status(429, Retry_After="1"), good(sheet(10)))
    started = time.monotonic()
    assert get(a_list(board), tmp_path).count == 10
    assert time.monotonic() - started >= 1


def test_a_server_that_asks_for_an_hour_is_left_alone(board: Board, tmp_path: Path) -> None:
    board.tell("/list.csv", status(429, Retry_After="3600"))
    with pytest.raises(SourceError, match="asks to wait 60 minutes"):
        get(a_list(board), tmp_path)
    assert len(board.asked) == 1


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_an_answer_that_will_not_pass_is_told_at_once(board: Board, tmp_path: Path, code: int) -> None:
    entry, older = with_older(board, tmp_path)
    board.tell("/list.csv", status(code))
    with pytest.raises(SourceError, match=f"answered {code}.*The copy fetched today .* stays in use"):
        get(entry, tmp_path)
    assert len(board.asked) == 2
    assert_older_stays(entry, tmp_path, older)


def cut(handler: Handler) -> None:
    handler.give(200, sheet(10)[:60], Content_Length=str(len(sheet(10))))
    handler.close_connection = True


def stall(handler: Handler) -> None:
    handler.give(200, sheet(10)[:60], Content_Length=str(len(sheet(10))))
    time.sleep(1)


def reset(handler: Handler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def cut_gzip(handler: Handler) -> None:
    handler.give(200, gzip.compress(os.urandom(4000))[:-2000], Content_Encoding="gzip")


@pytest.mark.parametrize(
    ("answer", "why"), [(cut, "cut off|broke off"), (stall, "fell silent"), (reset, "broke off"), (cut_gzip, "cut off")]
)
def test_a_connection_that_breaks_leaves_the_older_copy(board: Board, tmp_path: Path, answer: object, why: str) -> None:
    entry, older = with_older(board, tmp_path)
    board.tell("/list.csv", answer)  # type: ignore[arg-type]
    with pytest.raises(SourceError, match=f"asked 3 times without success; the last time .*({why})"):
        get(entry, tmp_path)
    assert_older_stays(entry, tmp_path, older)


def test_a_connection_that_breaks_once_is_tried_again(board: Board, tmp_path: Path) -> None:
    board.tell("/list.csv", cut, good(sheet(10)))
    assert get(a_list(board), tmp_path).count == 10


def test_nobody_there_says_how_old_the_copy_is(board: Board, tmp_path: Path) -> None:
    entry, _ = with_older(board, tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    form = entry.forms[0]
    file = replace(form.files[0], url=f"http://127.0.0.1:{port}/list.csv")
    with pytest.raises(SourceError, match=r"may be offline.*The copy fetched today \(\d{4}-\d\d-\d\d\) stays in use"):
        get(replace(entry, forms=(replace(form, files=(file,)),)), tmp_path)


def test_the_proxy_of_the_environment_is_asked(board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", board.base)
    monkeypatch.setenv("no_proxy", "")
    entry = a_list(board)
    file = replace(entry.forms[0].files[0], url="https://lists.invalid/list.csv")
    with pytest.raises(SourceError, match="the proxy does not answer"):
        get(replace(entry, forms=(replace(entry.forms[0], files=(file,)),)), tmp_path)
    assert board.asked[0] == {"method": "CONNECT", "path": "lists.invalid:443"}


def test_a_trickle_is_stopped_by_the_clock(board: Board, tmp_path: Path) -> None:
    def trickle(handler: Handler) -> None:
        handler.give(200, b"n", Content_Length="1000")
        for _ in range(40):
            time.sleep(0.05)
            handler.wfile.write(b"a")

    board.tell("/list.csv", trickle)
    with pytest.raises(SourceError, match="did not give the whole file within"):
        fetch(a_list(board), tmp_path, limits=replace(QUICK, total_seconds=0.4))


# -- a server that sends too much or leads astray --------------------------------------


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    for _ in range(100):
        handler.wfile.write(b"a,b\n" * 10_000)


def bomb(handler: Handler) -> None:
    handler.give(200, gzip.compress(b"a" * 50_000_000), Content_Encoding="gzip")


@pytest.mark.parametrize("answer", [endless, bomb, good(b"", Content_Length="9000000000")])
def test_a_body_beyond_the_limit_is_stopped(board: Board, tmp_path: Path, answer: object) -> None:
    entry, older = with_older(board, tmp_path)
    board.tell("/list.csv", answer)  # type: ignore[arg-type]
    with pytest.raises(SourceError, match="sends more than 2 MB"):
        get(entry, tmp_path)
    assert_older_stays(entry, tmp_path, older)


def test_redirections_in_a_circle_end(board: Board, tmp_path: Path) -> None:
    board.tell("/list.csv", status(302, Location="/list.csv"))
    with pytest.raises(SourceError, match="led on more than 5 times"):
        get(a_list(board), tmp_path)


@pytest.mark.parametrize("place", ["http://example.org/list.csv", "ftp://example.org/list.csv", "file:///etc/hostname"])
def test_a_redirection_away_from_https_is_not_followed(board: Board, tmp_path: Path, place: str) -> None:
    board.tell("/list.csv", status(302, Location=place))
    with pytest.raises(SourceError, match="is no https address"):
        get(a_list(board), tmp_path)


def test_a_server_elsewhere_may_not_lead_to_this_machine() -> None:
    assert _leads_home("https://lists.invalid/a", "http://127.0.0.1:631/printers")
    assert _leads_home("https://lists.invalid/a", "https://localhost/a")
    assert not _leads_home("http://127.0.0.1/a", "http://127.0.0.1/b")


def test_an_unknown_packing_is_refused(board: Board, tmp_path: Path) -> None:
    board.tell("/list.csv", good(sheet(10), Content_Encoding="br"))
    with pytest.raises(SourceError, match="packed as br"):
        get(a_list(board), tmp_path)


# -- an answer that is no edition of the list -------------------------------------------

WRONG = {
    "a web page": (b"<!DOCTYPE html><html><body>Sign in</body></html>", "found a web page, expected CSV"),
    "nothing": (b" \n", "found an empty file"),
    "a cut last line": (sheet(10)[:-6], r"its last line is cut off \(2 of 3 cells\)"),
    "an open quotation mark": (sheet(9) + b'"Verolan, "', None),
    "a list that shrank": (sheet(7), "holds 7 entries, the older copy 10: more than a fifth is gone"),
    "too few entries": (sheet(2), "holds 2 entries, expected at least 3"),
    "a lost column": (sheet(10, columns="name,country"), "lacks the columns remark"),
    "a lost named column": (sheet(10, columns="name,remark,place"), "lacks the columns country"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_file_is_refused_and_kept_beside_with_its_reason(board: Board, tmp_path: Path, what: str) -> None:
    entry, older = with_older(board, tmp_path)
    body, why = WRONG[what]
    board.tell("/list.csv", good(body))
    with pytest.raises(SourceError, match=why or "inside quotation marks|last line is cut") as caught:
        get(entry, tmp_path)
    assert "The copy fetched today" in str(caught.value)
    assert (tmp_path / "list.csv.refused").read_bytes() == body
    assert str(caught.value) in (tmp_path / "list.csv.refused.txt").read_text(encoding="utf-8")
    assert_older_stays(entry, tmp_path, older)


def test_a_change_that_the_publisher_confirmed_can_be_accepted(board: Board, tmp_path: Path) -> None:
    entry, _ = with_older(board, tmp_path)
    board.tell("/list.csv", good(sheet(5)))
    with pytest.raises(SourceError, match="fetch again with --accept"):
        get(entry, tmp_path)
    assert get(entry, tmp_path, accept_changes=True).count == 5


def test_a_web_page_cannot_be_accepted(board: Board, tmp_path: Path) -> None:
    board.tell("/list.csv", good(b"<html>"))
    with pytest.raises(SourceError, match="web page"):
        get(a_list(board), tmp_path, accept_changes=True)


XML = b'<?xml version="1.0"?><all xmlns:x="urn:x">' + b"<x:party/>" * 5 + b"</all>"


@pytest.mark.parametrize(
    ("layout", "item", "body", "why"),
    [
        (Layout.XML, "party", XML[:-3], "XML breaks off"),
        (Layout.XML, "party", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "declares a document type"),
        (Layout.XML, "party", XML.replace(b"<x:party/>", b"<x:part/>"), "holds 0 entries"),
        (Layout.JSON, "results", b'{"results": [1, 2, 3', "JSON breaks off"),
        (Layout.JSON, "results", b'{"other": [1, 2, 3]}', "no list 'results'"),
        (Layout.JSONL, "", b'{"a": 1}\n{"a": 2}\n{"a"', "JSON breaks off"),
        (Layout.XLSX, "", b"PK\x03\x04 cut", "no whole workbook"),
    ],
)
def test_other_forms_are_looked_at_too(board: Board, tmp_path: Path, layout: Layout, item: str, body: bytes, why: str) -> None:
    board.tell("/list", good(body))
    with pytest.raises(SourceError, match=why):
        get(a_list(board, layout=layout, names=("list",), item=item), tmp_path)


@pytest.mark.parametrize(
    ("layout", "item", "body"),
    [
        (Layout.XML, "party", XML),
        (Layout.JSON, "results", b'{"results": [1, 2, 3, 4, 5]}'),
        (Layout.JSONL, "", b"{}\n" * 5),
    ],
)
def test_entries_of_other_forms_are_counted(board: Board, tmp_path: Path, layout: Layout, item: str, body: bytes) -> None:
    board.tell("/list", good(body))
    assert get(a_list(board, layout=layout, names=("list",), item=item), tmp_path).count == 5


def test_the_second_file_of_an_edition_must_be_whole_too(board: Board, tmp_path: Path) -> None:
    board.tell("/list.csv", good(sheet(10)))
    board.tell("/more.csv", good(b"<html>"))
    with pytest.raises(SourceError, match=r"web page.*more\.csv\.refused"):
        get(a_list(board, names=("list.csv", "more.csv"), header_line=0), tmp_path)


# -- asking, notes, several programs ----------------------------------------------------


def test_asking_tells_whether_there_is_a_newer_edition_without_fetching(board: Board, tmp_path: Path) -> None:
    entry, older = with_older(board, tmp_path, ETag='"a"')
    assert ask(entry, tmp_path, limits=QUICK) is False
    board.tell("/list.csv", good(sheet(11), ETag='"b"'))
    assert ask(entry, tmp_path, limits=QUICK) is True
    board.tell("/list.csv", good(sheet(11)))
    assert ask(entry, tmp_path, limits=QUICK) is None
    assert {asked["method"] for asked in board.asked[1:]} == {"HEAD"}
    assert_older_stays(entry, tmp_path, older)


def test_a_damaged_note_says_what_to_do(board: Board, tmp_path: Path) -> None:
    entry, _ = with_older(board, tmp_path)
    (tmp_path / "file.json").write_text('{"half')
    with pytest.raises(SourceError, match="Delete it and fetch the list again"):
        get(entry, tmp_path)


def test_a_folder_that_cannot_be_made_is_told(board: Board, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(SourceError, match="could not be written"):
        get(a_list(board), tmp_path / "taken" / "lists")


def test_a_full_disk_leaves_the_older_copy(board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry, older = with_older(board, tmp_path)
    board.tell("/list.csv", good(sheet(11)))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kit.sources.transport.os.fsync", full)
    with pytest.raises(SourceError, match=r"No space left on device.*stays in use"):
        get(entry, tmp_path)
    assert_older_stays(entry, tmp_path, older)


def test_a_list_without_an_address_says_where_to_go(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no lasting address.*https://www\.meti\.go\.jp"):
        get(source("jp_meti_eul"), tmp_path)
    with pytest.raises(SourceError, match="part of us_csl: fetch that"):
        get(source("us_el"), tmp_path)


def test_an_unknown_form_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SelectionError, match="'csv', 'json'"):
        get(source("us_csl"), tmp_path, form="pdf")


def _in_another_program(entry: Source, folder: Path) -> None:
    fetch(entry, folder, limits=QUICK)


def test_two_programs_may_fetch_at_once(board: Board, tmp_path: Path) -> None:
    def slow(handler: Handler) -> None:
        time.sleep(0.2)
        handler.give(200, sheet(10))

    entry = a_list(board)
    board.tell("/list.csv", slow)
    spawn = multiprocessing.get_context("spawn")
    others = [spawn.Process(target=_in_another_program, args=(entry, tmp_path)) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join(30)
    assert [other.exitcode for other in others] == [0, 0]
    assert get(entry, tmp_path).is_new is False
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1
    assert left_over(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="kills by a signal")
def test_a_kill_in_the_middle_leaves_the_older_copy(board: Board, tmp_path: Path) -> None:
    entry, older = with_older(board, tmp_path)
    begun = multiprocessing.get_context("spawn").Event()

    def half(handler: Handler) -> None:
        handler.give(200, sheet(11)[:60], Content_Length=str(len(sheet(11))))
        begun.set()
        time.sleep(3)

    board.tell("/list.csv", half)
    patient = replace(QUICK, read_seconds=10)
    other = multiprocessing.get_context("spawn").Process(target=fetch, args=(entry, tmp_path), kwargs={"limits": patient})
    other.start()
    assert begun.wait(30)
    time.sleep(0.1)
    assert other.pid is not None
    os.kill(other.pid, signal.SIGKILL)
    other.join(10)
    copy = read_copy(tmp_path, entry.forms[0])
    assert copy is not None
    assert copy.path(tmp_path) == older.path
    assert older.path.read_bytes() == sheet(10)
    board.tell("/list.csv", good(sheet(11)))
    assert get(entry, tmp_path).count == 11


def test_what_a_stopped_program_left_is_removed_after_a_day(board: Board, tmp_path: Path) -> None:
    stale = tmp_path / f"{STAGING}old"
    stale.mkdir()
    os.utime(stale, (time.time() - 100_000,) * 2)
    with_older(board, tmp_path)
    assert left_over(tmp_path) == []
