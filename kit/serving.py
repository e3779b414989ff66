"""Serve the screens on this machine only: JupyterLab, and the dashboard without code.

Both listen on the loopback address, ask for a token, and load nothing from a
network: a content security policy forbids it to the page.
"""

from __future__ import annotations

import importlib
import os
import secrets
import socket
import sys
import warnings
from pathlib import Path

from kit.errors import CaseError

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "kit" / "assets"
DASHBOARD, FIRST_NOTEBOOK = ROOT / "notebooks" / "dashboard.ipynb", "notebooks/00_start_here.ipynb"
HOST = "127.0.0.1"
POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: ws://127.0.0.1:* ws://localhost:*; "
    "form-action 'self'; base-uri 'self'; frame-ancestors 'self'"
)
TORNADO = f"{{'headers': {{'Content-Security-Policy': \"{POLICY}\"}}}}"
SLOW_EXTENSIONS = ["jupyterlab-plotly", "jupyterlab_pygments"]  # five megabytes that the dashboard does not use
APPLICATIONS = {"dashboard": ("voila.app", "Voila"), "lab": ("jupyterlab.labapp", "LabApp")}


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _is_root() -> bool:
    """Whether the user is root, as in a container: JupyterLab must be told that this is meant."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def dashboard_command(case: Path, *, port: int = 0, token: str | None = None, open_browser: bool = True) -> list[str]:
    """The command that serves the explorer of a case without code; it prints the address with its token.

    Args:
        case: The case's folder; it must exist.
        port: A port of this machine; 0 takes a free one.
        token: What the address must carry; a new random one if None.
        open_browser: Open the reader's browser at the address.

    Raises:
        CaseError: If the folder holds no case.
    """
    if not (case / "case.json").exists():
        raise CaseError.not_a_case(case)
    options = [
        str(DASHBOARD),
        f"--Voila.ip={HOST}",
        "--Voila.log_level=ERROR",
        f"--port={port or free_port()}",
        f"--token={token or secrets.token_urlsafe(24)}",
        "--template=kit",
        "--strip_sources=True",
        "--show_tracebacks=False",
        "--preheat_kernel=True",
        "--pool_size=1",
        f"--VoilaConfiguration.extension_denylist={SLOW_EXTENSIONS}",
        f"--Voila.tornado_settings={TORNADO}",
        *([] if open_browser else ["--no-browser"]),
    ]
    return [sys.executable, "-m", "kit.serving", "dashboard", str(case.resolve()), *options]


def lab_command(
    case: Path, *, port: int = 0, token: str | None = None, open_browser: bool = True, root: Path = ROOT
) -> list[str]:
    """The command that serves JupyterLab at the first notebook, without its prompt for news from a network.

    Args:
        case: The case that notebooks open by default; it need not exist yet.
        port: A port of this machine; 0 takes a free one.
        token: What the address must carry; a new random one if None.
        open_browser: Open the reader's browser at the address.
        root: The folder that the file browser shows.
    """
    options = [
        f"--ServerApp.ip={HOST}",
        "--ServerApp.log_level=ERROR",
        f"--ServerApp.port={port or free_port()}",
        f"--IdentityProvider.token={token or secrets.token_urlsafe(24)}",
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/lab/tree/{FIRST_NOTEBOOK}",
        f"--ServerApp.tornado_settings={TORNADO}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=",
        "--LabApp.extension_manager=readonly",
        *([] if open_browser else ["--no-browser"]),
        *(["--allow-root"] if _is_root() else []),
    ]
    return [sys.executable, "-m", "kit.serving", "lab", str(case.resolve()), *options]


def environment(case: Path) -> dict[str, str]:
    """What the servers and their kernels find in the environment: the case, and where our template and settings lie."""
    paths = {"JUPYTER_PATH": ASSETS / "share" / "jupyter", "JUPYTER_CONFIG_PATH": ASSETS / "config"}
    own = {name: os.pathsep.join([str(path), *filter(None, [os.environ.get(name)])]) for name, path in paths.items()}
    return {"KIT_CASE": str(case), "JUPYTER_NO_CONFIG_MIGRATION": "1", **own}


def main(arguments: list[str]) -> None:
    """Run one of the two servers in this process, until the user stops it."""
    command, case, *options = arguments
    os.environ.update(environment(Path(case)))
    warnings.simplefilter("ignore", DeprecationWarning)  # about the form of options: nothing that a reader could act on
    module, name = APPLICATIONS[command]
    application = getattr(importlib.import_module(module), name)
    application.launch_instance(options)


if __name__ == "__main__":
    main(sys.argv[1:])
