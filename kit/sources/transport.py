"""Downloads one file, and stops at whatever a server may do wrong: stalls, cut or endless answers, detours.

Used only when the user asks to fetch. Nothing of the user is sent: the request
names the kit and its version, and what the publisher itself said of the older copy.
"""

from __future__ import annotations

import email.utils
import hashlib
import ipaddress
import os
import time
import urllib.parse
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import urllib3

from kit.errors import SourceError

CHUNK = 65536  # bytes
BUSY = frozenset({408, 429, 500, 502, 503, 504})  # answers after which trying again makes sense (RFC 9110, RFC 6585)
MOVED = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5

Told = Callable[[int, int], None]


def untold(_: int, __: int) -> None:
    """Say nothing of the progress."""


@dataclass(frozen=True)
class Limits:
    """How long to wait for a server, and how much to take from it.

    Attributes:
        connect_seconds: Until a connection stands.
        read_seconds: Longest silence while reading.
        total_seconds: Longest time for one file, with all attempts.
        most_bytes: Largest file, unpacked.
        attempts: How often to ask.
        pause_seconds: Before the second attempt; doubled before each further one.
        most_pause_seconds: Longest pause; a server that asks for more is left alone.
    """

    connect_seconds: float = 15
    read_seconds: float = 60
    total_seconds: float = 1800
    most_bytes: int = 2_000_000_000
    attempts: int = 4
    pause_seconds: float = 1
    most_pause_seconds: float = 120


@dataclass(frozen=True)
class Answer:
    """What a server gave for one address.

    Attributes:
        is_new: False if it said that the older copy is still the newest.
        sha256: Of the file as written, empty if not new.
        bytes: Its size, unpacked.
        etag: The server's mark of this state, None if it gave none.
        last_modified: The server's date of the file as it wrote it, None if it gave none.
    """

    is_new: bool
    sha256: str
    bytes: int
    etag: str | None
    last_modified: str | None


class _AgainError(Exception):
    """An answer after which to try once more; `wait` is what the server asked for, in seconds."""

    def __init__(self, why: str, wait: float = 0) -> None:
        super().__init__(why)
        self.wait = wait


def download(
    url: str,
    path: Path,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    limits: Limits | None = None,
    progress: Told = untold,
) -> Answer:
    """Download a file to `path`, or learn that the older copy is still the newest.

    Args:
        url: An https address; http only on this machine itself.
        path: Where to write; written anew with each attempt, whole only if the function returns.
        etag: What the server said of the older copy, to ask only for a newer one.
        last_modified: Likewise.
        limits: How long to wait and how much to take.
        progress: Told the bytes read and the bytes announced (0 if unknown).

    Raises:
        SourceError: If the server cannot be reached, answers with an error, leads astray, or sends too much or too little.
        OSError: If the file cannot be written.
    """
    limits = limits if limits is not None else Limits()
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {**_headers(), **{name: value for name, value in asked.items() if value is not None}}
    deadline = time.monotonic() + limits.total_seconds
    pause, why = limits.pause_seconds, ""
    for attempt in range(limits.attempts):
        try:
            return _once(url, path, headers, limits, deadline, progress)
        except _AgainError as problem:
            why, wait = str(problem), max(pause, problem.wait)
        except (urllib3.exceptions.HTTPError, ConnectionError, TimeoutError) as problem:
            why, wait = _spoken(problem), pause
        if attempt + 1 < limits.attempts:
            _pause(url, wait, limits, deadline)
            pause *= 2
    raise SourceError.unreachable(url, why, limits.attempts)


def _pause(url: str, wait: float, limits: Limits, deadline: float) -> None:
    """Wait before the next attempt.

    Raises:
        SourceError: If the server asks for too long a pause, or the time for the file is over.
    """
    if wait > limits.most_pause_seconds:
        raise SourceError.asks_to_wait(url, wait)
    if time.monotonic() + wait > deadline:
        raise SourceError.too_slow(url, limits.total_seconds)
    time.sleep(wait)


def head(url: str, *, limits: Limits | None = None) -> Answer | None:
    """What the server says of a file without sending it; None if it does not tell.

    Raises:
        SourceError: If the server cannot be reached.
    """
    limits = limits if limits is not None else Limits()
    try:
        response = _request("HEAD", url, _headers(), limits)
    except urllib3.exceptions.HTTPError as problem:
        raise SourceError.unreachable(url, _spoken(problem), 1) from problem
    response.drain_conn()
    etag, day = response.headers.get("ETag"), response.headers.get("Last-Modified")
    if response.status != 200 or (etag is None and day is None):
        return None
    return Answer(True, "", 0, etag, day)


def _headers() -> dict[str, str]:
    return {"User-Agent": f"kit-for-supply-lines/{version('kit')}", "Accept": "*/*", "Accept-Encoding": "gzip"}


def _request(method: str, url: str, headers: dict[str, str], limits: Limits) -> urllib3.BaseHTTPResponse:
    """Ask, following detours to safe addresses only."""
    timeout = urllib3.Timeout(connect=limits.connect_seconds, read=limits.read_seconds)
    for _ in range(MOST_REDIRECTS + 1):
        _check_safe(url)
        pool = _pool(url)
        response = pool.request(
            method, url, headers=headers, timeout=timeout, retries=False, redirect=False, preload_content=False
        )
        place = response.headers.get("Location")
        if response.status not in MOVED or place is None:
            return response
        response.close()
        before, url = url, urllib.parse.urljoin(url, place)
        if _leads_home(before, url):
            raise SourceError.unsafe(url)
    raise SourceError.lost_way(url, MOST_REDIRECTS)


def _pool(url: str) -> urllib3.PoolManager:
    """A connection through the proxy that the environment names, if any."""
    parts = urllib.parse.urlsplit(url)
    proxy = urllib.request.getproxies().get(parts.scheme)
    host = parts.hostname or ""
    if proxy is None or _is_loopback(host) or urllib.request.proxy_bypass(host):
        return urllib3.PoolManager(num_pools=1)
    return urllib3.ProxyManager(proxy if "://" in proxy else f"http://{proxy}", num_pools=1)


def _check_safe(url: str) -> None:
    """Only https, or http on this machine itself.

    Raises:
        SourceError: For any other address.
    """
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(parts.hostname or "")):
        raise SourceError.unsafe(url)


def _leads_home(before: str, url: str) -> bool:
    """Whether a server elsewhere points to a service on this machine, which it has no business to reach."""
    hosts = (urllib.parse.urlsplit(address).hostname or "" for address in (before, url))
    return [_is_loopback(host) for host in hosts] == [False, True]


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _once(url: str, path: Path, headers: dict[str, str], limits: Limits, deadline: float, progress: Told) -> Answer:
    """One attempt."""
    response = _request("GET", url, headers, limits)
    try:
        etag, day = response.headers.get("ETag"), response.headers.get("Last-Modified")
        if response.status == 304:
            return Answer(False, "", 0, etag, day)
        if response.status in BUSY:
            raise _AgainError(f"it answered {response.status}", _wait(response.headers.get("Retry-After")))
        if response.status != 200:
            raise SourceError.answered(url, response.status)
        digest, size = hashlib.sha256(), 0
        with path.open("wb") as file:
            for part in _parts(response, url, limits, deadline, progress):
                size += len(part)
                if size > limits.most_bytes:
                    raise SourceError.too_much(url, limits.most_bytes)
                digest.update(part)
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        return Answer(True, digest.hexdigest(), size, etag, day)
    finally:
        response.close()


def _parts(response: urllib3.BaseHTTPResponse, url: str, limits: Limits, deadline: float, progress: Told) -> Iterator[bytes]:
    """The body in small parts, unpacked; a packed body can never grow beyond one part at a time."""
    announced = _number(response.headers.get("Content-Length"))
    if announced > limits.most_bytes:
        raise SourceError.too_much(url, limits.most_bytes)
    packing = response.headers.get("Content-Encoding", "identity").lower()
    if packing not in ("identity", "gzip", "x-gzip", ""):
        raise SourceError.odd_packing(url, packing)
    gzip = zlib.decompressobj(wbits=31) if "gzip" in packing else None
    taken = 0
    while len(raw := response.read1(CHUNK, decode_content=False)) > 0:  # what came: a trickle must not hold up the clock
        if time.monotonic() > deadline:
            raise SourceError.too_slow(url, limits.total_seconds)
        taken += len(raw)
        progress(taken, announced)
        if gzip is None:
            yield raw
            continue
        while len(raw) > 0:
            if gzip.eof:  # several packed parts may follow each other (RFC 1952, 2.2), or zeros that fill up
                raw = raw.lstrip(b"\0")
                if len(raw) == 0:
                    break
                gzip = zlib.decompressobj(wbits=31)
            yield _unpacked(gzip, raw, url)
            raw = gzip.unused_data if gzip.eof else gzip.unconsumed_tail
    if 0 < announced != taken or (gzip is not None and not gzip.eof):
        raise _AgainError("the answer was cut off")


def _unpacked(gzip: zlib._Decompress, raw: bytes, url: str) -> bytes:
    try:
        return gzip.decompress(raw, 16 * CHUNK)
    except zlib.error as problem:
        raise SourceError.odd_packing(url, f"damaged gzip ({problem})") from problem


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else 0


def _wait(text: str | None) -> float:
    """Seconds that a Retry-After header asks for: a number or a date (RFC 9110); 0 if it says neither."""
    if text is None:
        return 0
    if text.strip().isascii() and text.strip().isdigit():
        return float(text)
    try:
        day = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return 0
    return max(0.0, (day.replace(tzinfo=day.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _spoken(problem: Exception) -> str:
    """A reason in words for a person."""
    kinds = (
        (urllib3.exceptions.NameResolutionError, "its name was not found: this computer may be offline"),
        (urllib3.exceptions.ProxyError, "the proxy does not answer"),
        (urllib3.exceptions.SSLError, "its certificate did not verify"),
        (urllib3.exceptions.NewConnectionError, "no connection came about: this computer may be offline"),
        (urllib3.exceptions.ConnectTimeoutError, "no connection came about"),
        (urllib3.exceptions.ReadTimeoutError, "it fell silent"),
        (TimeoutError, "it fell silent"),
        (urllib3.exceptions.IncompleteRead, "the answer was cut off"),
        (urllib3.exceptions.ProtocolError, "the connection broke off"),
        (ConnectionError, "the connection broke off"),
    )
    return next((words for kind, words in kinds if isinstance(problem, kind)), type(problem).__name__)
