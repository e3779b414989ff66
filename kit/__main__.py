"""The command line: `python -m kit COMMAND`. `start.py` calls it in the environment that it makes."""

from __future__ import annotations

import argparse
import json
import secrets
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kit import pipeline, rates, serving
from kit.case import Case
from kit.errors import KitError
from kit.lists.freshness import public_lists
from kit.report import write_report
from kit.review import release_list
from kit.trade import read_mapping

CASES = Path("cases")
FILE_OPTIONS = {
    "--list": "lists of parties: a letter's spreadsheet, a public list",
    "--trade": "declarations or bills of lading",
    "--statistics": "official totals",
    "--confidential": "those of the lists whose names must not leave the case",
    "--mapping": "layouts of trade files (TOML), made by the column mapper or by hand; the case keeps them",
    "--corrections": "entries of letters (PDF, DOCX) that were corrected in a spreadsheet: CSV made by 'inspect --entries'",
}


def say(line: str) -> None:
    """One line on the screen, at once."""
    print(line, flush=True)


def parser() -> argparse.ArgumentParser:
    """All commands and what they take."""
    top = argparse.ArgumentParser(prog="kit", description="From a list and a trade file to an explorable picture of flows.")
    commands = top.add_subparsers(dest="command", required=True)
    commands.add_parser("bundled", help="run the investigation on the bundled data and say what it found")
    run = commands.add_parser("run", help="the same job on own files")
    run.add_argument("--case", required=True, help="name of the case; its folder is cases/NAME")
    for name, text in FILE_OPTIONS.items():
        run.add_argument(name, nargs="+", action="extend", type=Path, default=[], metavar="FILE", help=text)
    run.add_argument("--question", default="", help="what you want to know; stands at the top of the report")
    report = commands.add_parser("report", help="write the report of a case again, or a copy that may be published")
    report.add_argument("--case", required=True, help="name of the case")
    report.add_argument("--published", type=Path, metavar="FILE", help="write a copy that names matches only to this file")
    report.add_argument("--show-persons", action="store_true", help="show natural persons by name instead of masking them")
    _add_list_commands(commands)
    inspect = commands.add_parser("inspect", help="say what files are, and what was read of them")
    inspect.add_argument("files", nargs="+", type=Path, metavar="FILE")
    words = "write what a letter (PDF, DOCX) names to this CSV: correct it in a spreadsheet, then give it to 'run --corrections'"
    inspect.add_argument("--json", action="store_true", help="as JSON lines; so also where no screen shows them")
    inspect.add_argument("--entries", type=Path, metavar="FILE", help=words)
    own = commands.add_parser(
        "rates", help="take exchange rates from a file: eurofxref-hist.csv, or currency, month, usd_per_unit"
    )
    own.add_argument("file", type=Path, metavar="FILE")
    for name, text in (("lab", "open JupyterLab at the first notebook"), ("dashboard", "open the explorer without code")):
        command = commands.add_parser(name, help=text)
        command.add_argument("--case", default="public", help="name of the case to open")
        command.add_argument("--port", type=int, default=0, help="port on this machine; 0 takes a free one")
        command.add_argument("--no-browser", action="store_true", help="only print the address")
    return top


def _add_list_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands on lists: fetch, look, release."""
    fetch = commands.add_parser("fetch", help="fetch public lists from their publishers; the only command that uses a network")
    fetch.add_argument("lists", nargs="*", metavar="LIST", help="keys as 'lists' shows them; us_csl:json names a form")
    fetch.add_argument("--case", help="take the new editions into this case; without it the files go to the folder 'lists'")
    fetch.add_argument("--all", action="store_true", help="every list that has an address, but for collections of others")
    fetch.add_argument("--check", action="store_true", help="only ask whether there is a newer edition")
    fetch.add_argument("--accept", action="store_true", help="take an edition that shrank or lost a column")
    listing = commands.add_parser("lists", help="say which public lists a case has, in which edition, and how old")
    listing.add_argument("--case", default="public", help="name of the case")
    release = commands.add_parser("release", help="let a confidential list leave a case; the journal keeps who, when and why")
    release.add_argument("--case", required=True, help="name of the case")
    release.add_argument("--list", required=True, metavar="NAME", help="name of the list's file")
    release.add_argument("--by", required=True, metavar="NAME", help="who decides so")
    release.add_argument("--reason", required=True, metavar="WORDS", help="why it may be released")


def run(options: argparse.Namespace) -> None:
    """The job on own files."""
    if len(options.list) == 0 or len(options.trade) + len(options.statistics) == 0:
        raise SystemExit("Give at least one --list FILE and one --trade FILE (or --statistics FILE).")
    case = Case.create(CASES / options.case, question=options.question)
    case.note(command=command_of(options))
    for path in options.mapping:
        pipeline.save_layout(case, read_mapping(path))
    for path in options.corrections:
        pipeline.take_corrections(case, path, options.list)
    request = pipeline.Request(options.list, options.trade, options.statistics, options.confidential)
    for line in pipeline.run_case(case, request, progress=say).lines():
        say(line)


def command_of(options: argparse.Namespace) -> str:
    """The command as the report repeats it: names of files, no paths of this machine."""
    parts = ["run", "--case", options.case]
    for name in FILE_OPTIONS:
        files = getattr(options, name.removeprefix("--"))
        parts += [name, *(path.name for path in files)] if len(files) > 0 else []
    return " ".join(parts)


def report(options: argparse.Namespace) -> None:
    """The report of a case: a working copy in its folder, or a published copy elsewhere."""
    case = Case.open(CASES / options.case)
    is_working_copy = options.published is None
    path = case.output("report.html") if is_working_copy else options.published
    written = write_report(case, path, working_copy=is_working_copy, show_persons=options.show_persons, progress=say)
    say(f"  {'working copy' if is_working_copy else 'published copy'}: {written}")


def fetch(options: argparse.Namespace) -> int:
    """Fetch lists, or ask whether there are newer ones."""
    wanted = [*options.lists, *(pipeline.fetchable() if options.all else ())]
    if len(wanted) == 0:
        raise SystemExit("Name the lists to fetch (see 'lists'), or give --all.")
    case = Case.create(CASES / options.case) if options.case is not None else None
    if options.check:
        for name in wanted:
            say(f"  {pipeline.ask_list(name, case=case)}")
        return 0
    problems = pipeline.fetch_all(wanted, case=case, accept_changes=options.accept, progress=say)
    if case is not None and len(problems) < len(wanted):
        say("finding candidates")
        say(f"  {len(pipeline.find_candidates(case, progress=say)):,} candidates; write the report again with 'report'")
    return 1 if len(problems) > 0 else 0


def show_lists(options: argparse.Namespace) -> None:
    """Every public list: in the case or not, how old, where from."""
    for standing in public_lists(Case.open(CASES / options.case)):
        say(f"{standing.source.key:22s} {standing.source.title}")
        say(f"{'':22s} {standing.says}")
        say(f"{'':22s} {standing.renewal}  ({standing.source.url})")


def serve(options: argparse.Namespace) -> int:
    """JupyterLab or the dashboard, until the user stops it."""
    make = serving.lab_command if options.command == "lab" else serving.dashboard_command
    port, token = options.port or serving.free_port(), secrets.token_urlsafe(24)  # the servers print a token masked
    command = make(CASES / options.case, port=port, token=token, open_browser=not options.no_browser)
    path = "lab/tree/notebooks/00_start_here.ipynb" if options.command == "lab" else ""
    say(f"open in a browser of this computer:  http://{serving.HOST}:{port}/{path}?token={token}")
    say("stop it here with Control-C; what the server prints below is about this computer only")
    return subprocess.run(command, check=False).returncode


def inspect(options: argparse.Namespace) -> None:
    """What files are; with `--entries` what one letter names, as CSV."""
    if options.entries is not None and len(options.files) != 1:
        raise SystemExit("Give one letter with --entries FILE.")
    for path in options.files:
        found = pipeline.inspect(path)
        as_json = options.json or not sys.stdout.isatty()
        for line in [json.dumps(found, ensure_ascii=False, default=str)] if as_json else pipeline.words_of(found):
            say(line)
    if options.entries is not None:
        taken = pipeline.write_letter_entries(options.files[0], options.entries)
        say(f"{taken:,} entries taken for parties; all lines are in {options.entries}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; an error of the kit is one clear paragraph, not a traceback."""
    options = parser().parse_args(arguments)
    try:
        if options.command == "bundled":
            for line in pipeline.run_bundled(CASES, progress=say):
                say(line)
        elif options.command == "run":
            run(options)
        elif options.command == "report":
            report(options)
        elif options.command == "fetch":
            return fetch(options)
        elif options.command == "lists":
            show_lists(options)
        elif options.command == "release":
            source = release_list(Case.open(CASES / options.case), options.list, reason=options.reason, reviewer=options.by)
            say(f"  {source.file} is released; the journal of the case keeps who, when and why")
        elif options.command == "inspect":
            inspect(options)
        elif options.command == "rates":
            say(f"{rates.take_in(options.file):,} rates taken in; files are converted with them when they are read next")
        else:
            return serve(options)
    except KitError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
