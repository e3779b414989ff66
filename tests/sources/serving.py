"""A server on this machine that answers as told, also wrongly; every list in it is invented."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kit.sources import Form, Layout, Limits, Source, SourceKind
from kit.sources.entries import FileAddress

Answering = Callable[["Handler"], None]
QUICK = Limits(connect_seconds=2, read_seconds=0.5, total_seconds=10, most_bytes=2_000_000, attempts=3, pause_seconds=0.01)


@dataclass
class Board:
    """What the server answers at each path, and what it was asked."""

    base: str
    answers: dict[str, list[Answering]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def tell(self, path: str, *answers: Answering) -> None:
        """Answer so, one after the other; the last one stays."""
        self.answers[path] = list(answers)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    board: Board

    def do_GET(self) -> None:
        self.board.asked.append({"method": self.command, "path": self.path, **{k.lower(): v for k, v in self.headers.items()}})
        answers = self.board.answers[self.path]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        with contextlib.suppress(ConnectionError):
            answer(self)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_CONNECT(self) -> None:
        """What a proxy is asked."""
        self.board.asked.append({"method": self.command, "path": self.path})
        self.give(502)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def give(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", headers.pop("Content_Length", str(len(body))))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


def good(body: bytes, **headers: str) -> Answering:
    return lambda handler: handler.give(200, body, **headers)


def status(code: int, **headers: str) -> Answering:
    return lambda handler: handler.give(code, b"no", **headers)


@contextlib.contextmanager
def server() -> Iterator[Board]:
    """A server until the block ends."""
    handler = type("Own", (Handler,), {})
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    httpd.daemon_threads = True
    board = Board(f"http://127.0.0.1:{httpd.server_address[1]}")
    handler.board = board  # type: ignore[attr-defined]
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield board
    finally:
        httpd.shutdown()
        httpd.server_close()


def a_list(board: Board, *, layout: Layout = Layout.CSV, names: tuple[str, ...] = ("list.csv",), **options: Any) -> Source:
    """A list of the catalog whose files lie on the server."""
    files = tuple(FileAddress(name, f"{board.base}/{name}") for name in names)
    columns = ("name", "country") if layout is Layout.CSV and options.get("header_line", 1) > 0 else ()
    form = Form("file", layout, "own_sheet", files, "invented", columns=columns)
    return Source(
        key="invented", kind=SourceKind.LIST, title="An invented list", publisher="Nobody", url="https://example.org/list",
        license="none", rhythm="weekly", renew="Open the address", rows=(3, 1000), look_after_days=7,
        forms=(replace(form, **options),),
    )  # fmt: skip


def sheet(count: int, *, columns: str = "name,country,remark") -> bytes:
    """A CSV of so many invented parties."""
    width = columns.count(",") + 1
    rows = [",".join([f"Verolan {number} LLC", *["KG"] * (width - 1)]) for number in range(count)]
    return "\r\n".join([columns, *rows, ""]).encode()
