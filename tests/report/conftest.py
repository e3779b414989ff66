"""Cases to report on. Every party is invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kit.case import Case
from kit.model import Judgement
from kit.report import write_report
from tests.factory import candidate, declaration, documented, small_case
from tests.report.reading_html import Reading

HOSTILE = '<img src="https://example.org/x.png" onerror="alert(1)">"\'&</script><script>alert(2)</script>'
PERSON = "ИП Гурьев Олег Олегович"
Write = Callable[..., str]


def make_case(folder: Path) -> Case:
    """A case with a hostile name, a natural person, a hostile link, and a name in Cyrillic."""
    rows = [declaration(n) for n in range(1, 7)]
    rows.append(declaration(7, consignor_name=HOSTILE, goods_description=HOSTILE, value_usd=None))
    rows.append(declaration(8, consignee_name=PERSON))
    rows.append(declaration(9, consignee_name="ООО Радиосвязь"))
    told = [documented(), documented(2, source_url="javascript:alert(3)", source_title="<b>An act</b>")]
    found = [
        candidate("VEROLAN TRADE 1 LTD STI"),
        candidate("Verolan Trade 1"),
        candidate("ООО Радиосвязь", score=0.7),
        candidate(HOSTILE, score=0.6),
    ]
    made = small_case(folder, declarations=rows, documented_flows=told, candidates=found)
    made.note(question="Who sent the chips?", command="run --case small")
    return made


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """That case, for a test that changes it."""
    return make_case(tmp_path)


@pytest.fixture(scope="session")
def standing_case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """That case, never changed."""
    return make_case(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="session")
def report(standing_case: Case) -> Path:
    """The working copy of its report, written once."""
    return write_report(standing_case, standing_case.output("report.html"))


@pytest.fixture(scope="session")
def text(report: Path) -> str:
    """The report as written."""
    return report.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def page(text: str) -> Reading:
    """The report as read."""
    return Reading(text)


@pytest.fixture
def judged_case(case: Case) -> Case:
    """The same after a person judged one candidate to be a match."""
    case.journal.judge(candidate("VEROLAN TRADE 1 LTD STI"), Judgement.POSITIVE, reason="same tax number", reviewer="R. Viewer")
    return case


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Write a report and give its text."""

    def write(case: Case, **options: bool) -> str:
        return write_report(case, tmp_path / "report.html", **options).read_text(encoding="utf-8")

    return write
