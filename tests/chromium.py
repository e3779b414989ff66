"""A Chromium page for tests that need a browser; any request off this machine fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NEAR = ("127.0.0.1", "localhost", "::1", "")


def chromium() -> str | None:
    """Path of the browser, as start.py found it (KIT_CHROMIUM), else from PATH; None without one."""
    named = os.environ.get("KIT_CHROMIUM", "")
    return named if named != "" else next((path for name in NAMES if (path := shutil.which(name)) is not None), None)


@contextmanager
def page_of(browser: Any, path: Path, *, width: int = 1200, height: int = 900, scripts: bool = True) -> Iterator[Any]:
    """Open an HTML file in the tests' browser; afterwards there must have been no page error and no request off this machine."""
    far: list[str] = []
    errors: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": height}, java_script_enabled=scripts)
    page.on("request", lambda request: far.append(request.url) if is_far(request.url) else None)
    page.on("pageerror", lambda problem: errors.append(str(problem)))
    page.goto(path.resolve().as_uri())
    yield page
    page.close()
    assert far == []
    assert errors == []


def is_far(address: str) -> bool:
    """Whether an address lies off this machine."""
    parts = urlsplit(address)
    return parts.scheme in ("http", "https", "ws", "wss") and (parts.hostname or "") not in NEAR
