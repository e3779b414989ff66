"""Servers on this machine, a Chromium, and pages that tolerate no request off the machine and no error of ours."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kit.case import Case
from kit.serving import dashboard_command, free_port, lab_command
from tests.widgets.hostile_case import hostile_case

ROOT = Path(__file__).resolve().parents[2]
WAIT = 25_000
# The front ends' own talk about versions of their parts, which no code of ours can change.
TOLERATED = ("shared singleton module", "No satisfying version", "Available versions", "favicon", "non-passive event listener")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Watched:
    """What a page did that it must not do."""

    home: str
    left_the_machine: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def route(self, route: Any) -> None:
        """Let only requests to the own server through."""
        url = route.request.url
        if url.startswith((self.home, "data:", "blob:")):
            route.continue_()
            return
        self.left_the_machine.append(url)
        route.abort()

    def socket(self, url: str) -> None:
        """Keep sockets to elsewhere."""
        if not url.startswith(self.home.replace("http", "ws", 1)):
            self.left_the_machine.append(url)

    def message(self, message: Any) -> None:
        """Keep errors of the console."""
        if message.type == "error" and not any(words in message.text for words in TOLERATED):
            self.errors.append(f"{message.text} {message.location.get('url', '')}")


@dataclass(frozen=True)
class Server:
    """A running server: its address and its token."""

    home: str
    token: str


def _serve(command: list[str], home: str, log: Path) -> Iterator[None]:
    settings = {**os.environ, "JUPYTERLAB_WORKSPACES_DIR": str(log.parent)}  # not what a person had open before
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT, env=settings)
        try:
            _wait_for(home, process, log)
            yield
        finally:
            process.terminate()
            process.wait(15)


def _wait_for(home: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail(f"the server stopped: {log.read_text()[-2000:]}")
        try:
            urllib.request.urlopen(home, timeout=2)  # noqa: S310 -- loopback
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not come up: {log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """One case for all servers, with hostile names."""
    return hostile_case(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="session")
def dashboard(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard over the case."""
    port, token = free_port(), secrets.token_urlsafe(16)
    home = f"http://127.0.0.1:{port}"
    command = dashboard_command(case.folder, port=port, token=token, open_browser=False)
    for _ in _serve(command, home, tmp_path_factory.mktemp("log") / "voila.log"):
        yield Server(home, token)


@pytest.fixture(scope="session")
def lab(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab over a folder with two small notebooks on the same case."""
    port, token, root = free_port(), secrets.token_urlsafe(16), tmp_path_factory.mktemp("lab")
    lines = [
        "from pathlib import Path",
        "from kit.case import Case",
        "from kit.widgets import Explorer",
        f"Explorer(Case.open(Path({str(case.folder)!r})))",
    ]
    cell = {"cell_type": "code", "id": "one", "execution_count": None, "metadata": {}, "outputs": [], "source": "\n".join(lines)}
    kernel = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}
    notebook = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    for name in ("look.ipynb", "second.ipynb"):
        (root / name).write_text(json.dumps(notebook), encoding="utf-8")
    command = lab_command(case.folder, port=port, token=token, open_browser=False, root=root)
    home = f"http://127.0.0.1:{port}"
    for _ in _serve([*command, "--LabApp.expose_app_in_browser=True"], home, tmp_path_factory.mktemp("log") / "lab.log"):
        yield Server(home, token)


def open_page(browser: Any, server: Server, path: str, *, width: int = 1280) -> tuple[Any, Watched]:
    """A page of a server, watched."""
    context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(WAIT)
    watched = Watched(server.home)
    context.route("**/*", watched.route)
    page.on("console", watched.message)
    page.on("websocket", lambda socket: watched.socket(socket.url))
    page.on("pageerror", lambda problem: watched.errors.append(str(problem)))
    page.on("dialog", lambda dialog: watched.errors.append(f"dialog: {dialog.message}"))
    page.goto(f"{server.home}{path}?token={server.token}")
    return page, watched


def run_lab(page: Any) -> None:
    """Run all cells of the open notebook, once its kernel is really idle."""
    page.wait_for_function("window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'")
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")


def wait_until_drawn(page: Any) -> None:
    """Wait for the first pictures: bands, land."""
    page.wait_for_selector(".sankey-node")
    page.wait_for_selector(".layer.land path", state="attached")


ON_TOP = """(mark) => {
  const box = mark.getBoundingClientRect();
  for (let i = 1; i < 24; i++) for (let j = 1; j < 24; j++) {
    const x = box.left + box.width * i / 24, y = box.top + box.height * j / 24;
    if (document.elementFromPoint(x, y) === mark) return [x, y];
  }
  return [box.left + box.width / 2, box.top + box.height / 2];
}"""


def click_mark(page: Any, selector: str, number: int = 0) -> None:
    """Click where a drawn mark is really on top; Sankey marks need the mouse to move first."""
    mark = page.locator(selector).nth(number)
    mark.scroll_into_view_if_needed()
    page.wait_for_timeout(150)
    x, y = mark.evaluate(ON_TOP)
    page.mouse.move(x - 3, y - 2)
    page.mouse.move(x, y)
    page.wait_for_timeout(120)
    page.mouse.down()
    page.mouse.up()
