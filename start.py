#!/usr/bin/env python3
"""Set up the kit and start it, with nothing but Python itself.

The first call makes `.venv` from `pyproject.toml`; later calls reuse it, and
redo it after `pyproject.toml` has changed. `python3 start.py help` lists the
commands.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 -- an older Python must get this sentence, not a traceback
    sys.exit(
        "This kit needs Python 3.11 or newer; this is Python %d.%d (%s).\n"  # noqa: UP031 -- readable to old Pythons too
        "What to do: install a newer Python from python.org or your system's packages, then run it by its name,\n"
        "for example:  python3.12 start.py" % (sys.version_info[0], sys.version_info[1], sys.executable)
    )

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
KIT_COMMANDS = ("bundled", "run", "report", "inspect", "release", "rates", "lists", "fetch", "dashboard", "lab")
USAGE = """\
Usage: python3 start.py [COMMAND] [OPTIONS]

  (no command)  set everything up, investigate the bundled data, say what was found, write the report
  lab           JupyterLab at notebooks/00_start_here.ipynb
  dashboard     the flow explorer in a browser, without code
  run           the same investigation on your own files:
                run --case NAME --list FILE... --trade FILE... [--statistics FILE...]
  report        write a case's report again: report --case NAME; with --published FILE a copy that names matches only
  inspect       say what files are and how the kit would read them: inspect FILE...; of a letter also what it names:
                inspect LETTER --entries FILE.csv
  release       let a confidential list leave a case: release --case NAME --list FILE --by WHO --reason WHY
  rates         take exchange rates from a file that you have: rates FILE
  lists         say which public lists a case has, in which edition, and how old: lists --case NAME
  fetch         fetch public lists from their publishers into a case: fetch LIST... --case NAME
  check         format, lint, types, floors, fast tests (for people who change the kit)
  test          all of that, and every test with coverage, notebooks and browser; --fast leaves these out
  setup         set everything up and stop
  help          this page

Everything stays on this computer. The first call fetches Python packages and takes some minutes; after that
only 'fetch' uses a network."""

# What went wrong (a pattern in the output of pip or venv), in words, and what to do about it.
ADVICE = (
    (r"ensurepip is not available|No module named '?(ensurepip|venv)",
     "this Python has no venv module, which makes separate environments.",
     "On Debian or Ubuntu run  sudo apt install python3-venv , elsewhere install Python from python.org; then try again."),
    (r"No space left on device|Errno 28|not enough space on the disk|WinError 112",
     "the disk is full.",
     "Free about 1.5 GB on the disk that holds this folder, then try again."),
    (r"WinError 206|File ?name too long|Windows Long Path",
     "the path of this folder is too long for Windows.",
     "Move the folder close to the top of the drive, for example to C:\\kit, then try again."),
    (r"Permission denied|WinError 5\b|Errno 13|Read-only file system|Errno 30",
     "this folder, or a file in .venv, cannot be written.",
     "Close other programs that use the kit, or move the folder to a place of your own, then try again."),
    (r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerification",
     "the secure connection to the package index was refused: a certificate did not verify.",
     "If your network inspects traffic, tell pip your certificate (pip config set global.cert FILE), then try again."),
    (r"name resolution|getaddrinfo failed|NewConnectionError|ConnectionError|ConnectTimeout|ReadTimeout|Read timed out|"
     r"Network is unreachable|ProxyError|Connection (refused|reset|aborted)|nodename nor servname|RemoteDisconnected",
     "the packages could not be fetched: no network, or it is blocked.",
     "Connect to the internet (only this first set-up needs it; behind a proxy set HTTPS_PROXY), then try again."),
    (r"requires a different Python|Requires-Python|Ignored the following versions that require",
     "a package does not exist for this version of Python.",
     "Install one of Python 3.11 to 3.14, then run it by its name, for example  python3.12 start.py"),
    (r"No matching distribution|Could not find a version|Failed (building|to build)|Microsoft Visual C\+\+|subprocess-exited",
     "a package has no ready-made file for this computer and this version of Python.",
     "Use a 64-bit Python 3.11 to 3.14 from python.org, then try again."),
)  # fmt: skip
UNKNOWN = ("the packages could not be installed.", "Try again; if it fails again, delete the folder .venv and start anew.")


class SetupError(Exception):
    """A set-up step that failed; its text says what happened and what to do."""

    @classmethod
    def from_output(cls, step: str, output: Sequence[str]) -> "SetupError":
        """Explain a failed step from what its program wrote.

        >>> str(SetupError.from_output("Setting up", ["OSError: [Errno 28] No space left on device"])).splitlines()[0]
        'Setting up failed: the disk is full.'
        """
        text = "\n".join(output)
        found = [(what, advice) for pattern, what, advice in ADVICE if re.search(pattern, text, re.IGNORECASE)]
        what, advice = found[0] if len(found) > 0 else UNKNOWN
        last = [line for line in output if line.strip() != ""][-6:]
        said = "\nThe last lines of the program said:\n" + "\n".join(f"  | {line}" for line in last) if len(last) > 0 else ""
        return cls(f"{step} failed: {what}\nWhat to do: {advice}{said}")


def say(line: str = "") -> None:
    """Print a line at once, also into a pipe."""
    print(line, flush=True)


# --- the environment -------------------------------------------------------------------------------------------------


def venv_python(venv: Path = VENV) -> Path:
    """The environment's own Python."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def fingerprint(pyproject: Path) -> str:
    """What the environment is made from: changes with every change of pyproject.toml."""
    return hashlib.sha256(pyproject.read_bytes()).hexdigest()


def stamped_extras(stamp: Path, pyproject: Path) -> frozenset[str] | None:
    """The extras that a finished environment holds; None if it must be (re)done."""
    try:
        written = json.loads(stamp.read_text(encoding="utf-8"))
        if written["pyproject"] != fingerprint(pyproject):
            return None
        return frozenset(written["extras"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_stamp(stamp: Path, pyproject: Path, extras: frozenset[str]) -> None:
    """Remember what the environment was made from."""
    stamp.write_text(json.dumps({"pyproject": fingerprint(pyproject), "extras": sorted(extras)}), encoding="utf-8")


def runs(python: Path) -> bool:
    """Whether this Python starts and has pip; false after its base was removed or the folder was moved."""
    try:
        return subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def lines_of(command: Sequence[str], *, cwd: Path = ROOT) -> Iterator[str]:
    """Run a program and give its lines as they come; the last item is `exit N`.

    Raises:
        SetupError: If the program does not start.
    """
    try:
        process = subprocess.Popen(
            list(command),
            cwd=cwd,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as problem:
        raise SetupError.from_output("Starting " + Path(command[0]).name, [str(problem)]) from problem
    with process:
        if process.stdout is not None:
            for line in process.stdout:
                yield line.rstrip()
    yield f"exit {process.returncode}"


@dataclass
class Progress:
    """One line that shows that pip works: rewritten on a screen, repeated now and then in a log."""

    started: float
    packages: int = 0
    last: float = 0.0

    def see(self, line: str) -> None:
        """Take in one line of pip and show where it stands."""
        name = re.match(r"Collecting ([\w.-]+)", line)
        if name is not None:
            self.packages += 1
            self.show(f"{self.packages} packages found, now {name.group(1)}")
        elif line.startswith("Installing collected packages"):
            self.show("unpacking them (the longest step)", always=True)

    def show(self, words: str, *, always: bool = False) -> None:
        """Show the line if the last one is old enough."""
        now = time.monotonic()
        is_screen = sys.stdout.isatty()
        if always or now - self.last > (0.1 if is_screen else 10):
            self.last = now
            text = f"      {now - self.started:4.0f} s  {words}"
            print(f"\r{text:<78.78}" if is_screen else text, end="" if is_screen else "\n", flush=True)


def make_venv(venv: Path) -> None:
    """Make an empty environment.

    Raises:
        SetupError: If this Python cannot.
    """
    if venv.exists():
        shutil.rmtree(venv)
    *output, ended = lines_of([sys.executable, "-m", "venv", str(venv)])
    if ended != "exit 0":
        raise SetupError.from_output("Making the environment", output)


def install(venv: Path, extras: frozenset[str]) -> None:
    """Let pip install the project and what it needs; pip's own settings hold.

    Raises:
        SetupError: If pip fails, with its reason.
    """
    wanted = ".[" + ",".join(sorted(extras)) + "]" if len(extras) > 0 else "."
    command = [str(venv_python(venv)), "-m", "pip", "install", "--no-input", "--progress-bar", "off", "-e", wanted]
    progress = Progress(time.monotonic())
    tail: deque[str] = deque(maxlen=200)
    for line in lines_of(command):
        tail.append(line)
        progress.see(line)
    if sys.stdout.isatty():
        say()
    if tail.pop() != "exit 0":
        raise SetupError.from_output("Installing the packages", list(tail))


def ensure(extras: frozenset[str], *, venv: Path = VENV, pyproject: Path = ROOT / "pyproject.toml") -> None:
    """Make or renew the environment if it does not hold what is asked.

    Raises:
        SetupError: If that fails.
    """
    stamp = venv / "kit-setup.json"
    has = stamped_extras(stamp, pyproject)
    if has is not None and extras <= has and venv_python(venv).exists():
        return
    started = time.monotonic()
    if not runs(venv_python(venv)):
        say("[1/2] Making an environment of its own in .venv")
        make_venv(venv)
    say("[2/2] Fetching and installing packages (the first time some minutes and about 1 GB of disk)")
    wanted = extras | (has if has is not None else frozenset())
    stamp.unlink(missing_ok=True)
    install(venv, wanted)
    write_stamp(stamp, pyproject, wanted)
    say(f"      ready after {time.monotonic() - started:.0f} s")


# --- running ---------------------------------------------------------------------------------------------------------


def run(command: Sequence[str], *, cwd: Path | None = None, settings: dict[str, str] | None = None) -> int:
    """Run a program to its end, leaving Ctrl-C to it, and give its exit code."""
    # PYTHONUTF8: names of parties in any script print and are written the same on every system.
    process = subprocess.Popen(list(command), cwd=cwd, env={**os.environ, "PYTHONUTF8": "1", **(settings or {})})
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def kit(arguments: Sequence[str]) -> int:
    """Run a command of the kit, in the folder from which start.py was called."""
    return run([str(venv_python()), "-m", "kit", *arguments])


def find_chromium() -> str | None:
    """Path of a Chromium or Chrome on this computer, None if there is none; KIT_CHROMIUM names one by hand."""
    places = [
        os.environ.get("KIT_CHROMIUM", ""),
        *(
            shutil.which(name) or ""
            for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
        ),
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        *(
            str(Path(os.environ[base], "Google", "Chrome", "Application", "chrome.exe"))
            for base in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
            if base in os.environ
        ),
    ]
    return next((place for place in places if place != "" and Path(place).is_file()), None)


def ensure_chromium() -> str | None:
    """Find Chromium; on Debian as root install it first if it is missing."""
    found = find_chromium()
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if found is not None or not is_root or shutil.which("apt-get") is None:
        return found
    say("Installing Chromium by apt-get for the browser tests")
    settings = {"DEBIAN_FRONTEND": "noninteractive"}
    quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    run([*quiet, "update"], settings=settings)
    run([*quiet, "install", "-y", "--no-install-recommends", "chromium"], settings=settings)
    return find_chromium()


def check_steps() -> list[tuple[str, list[str]]]:
    """The checks of code and floors, by name: what to run."""
    python = str(venv_python())
    floors = str(venv_python().with_name("lint-imports" + (".exe" if os.name == "nt" else "")))
    return [
        ("format", [python, "-m", "ruff", "format", "--check", "."]),
        ("lint", [python, "-m", "ruff", "check", "."]),
        ("types", [python, "-m", "mypy"]),
        ("floors", [floors]),
    ]


def test_step(chromium: str | None, *, fast: bool) -> tuple[str, list[str]]:
    """The tests: all but the huge files, or only the fast ones."""
    left_out = ["slow", *(["browser", "notebook"] if fast else ["browser"] if chromium is None else [])]
    command = [str(venv_python()), "-m", "pytest", "-m", " and ".join(f"not {mark}" for mark in left_out)]
    return "tests", command if fast else [*command, "--cov=kit", "--cov-report=term:skip-covered"]


def run_steps(steps: Sequence[tuple[str, list[str]]], settings: dict[str, str]) -> int:
    """Run every step, also after one failed, and sum up."""
    done = []
    for name, command in steps:
        say(f"\n== {name}")
        started = time.monotonic()
        code = run(command, cwd=ROOT, settings=settings)
        done.append((name, code, time.monotonic() - started))
    failed = [name for name, code, _ in done if code != 0]
    say("\n" + "  ".join(f"{name}: {'ok' if code == 0 else 'FAILED'} ({seconds:.0f} s)" for name, code, seconds in done))
    say(
        "All passed."
        if len(failed) == 0
        else f"Failed: {', '.join(failed)}. Read the first failure above; the rest may follow from it."
    )
    return 0 if len(failed) == 0 else 1


def test(options: Sequence[str], *, fast: bool) -> int:
    """Checks and tests."""
    unknown = [option for option in options if option != "--fast"]
    if len(unknown) > 0:
        say(f"Unknown option {unknown[0]!r}; 'test' knows --fast only.")
        return 2
    fast = fast or "--fast" in options
    ensure(frozenset({"test"}))
    chromium = None if fast else ensure_chromium()
    if chromium is None and not fast:
        say("Browser tests are skipped: no Chromium or Chrome was found. Install one, or name it in KIT_CHROMIUM.")
    settings = {} if chromium is None else {"KIT_CHROMIUM": chromium}
    return run_steps([*check_steps(), test_step(chromium, fast=fast)], settings)


def main(arguments: Sequence[str]) -> int:
    """Do what the command asks and give an exit code."""
    command, *options = arguments if len(arguments) > 0 else ["bundled"]
    if command in ("help", "-h", "--help"):
        say(USAGE)
        return 0
    if command in ("test", "check"):
        return test(options, fast=command == "check")
    if command != "setup" and command not in KIT_COMMANDS:
        say(f"Unknown command {command!r}.\n\n{USAGE}")
        return 2
    ensure(frozenset())
    return 0 if command == "setup" else kit([command, *options])


def guarded(arguments: Sequence[str]) -> int:
    """`main`, with a sentence in place of a traceback where the set-up fails."""
    try:
        return main(arguments)
    except SetupError as problem:
        say(f"\n{problem}")
        return 1
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 -- for the last flush at exit
        return 1
    except OSError as problem:
        say(f"\n{SetupError.from_output('Setting up', [str(problem)])}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. Run the same command again to go on.")
        return 130


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console that lacks a letter shows a question mark
    sys.exit(guarded(sys.argv[1:]))
