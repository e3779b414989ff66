"""The checks of the catalog hold for real editions: none is taken for a cut or foreign file."""

from __future__ import annotations

import pytest

from kit.sources import form_of, source
from kit.sources.checks import broken, examine
from tests.shared_files import shared

LISTS = ("data", "lists")
WHOLE = {
    "un_sc:xml": "un_consolidated.xml",
    "us_bis_dpl:txt": "bis_dpl.txt",
    "ofac_sdn:csv": "ofac_sdn.csv",
    "ofac_cons:csv": "ofac_cons_prim.csv",
    "ua_war_sanctions:csv": "opensanctions_ua_war_sanctions_targets_simple_2026-03-13.csv",
    "us_csl:csv": "csl_consolidated_sample.csv",
}


@pytest.mark.shared
@pytest.mark.parametrize("wanted", WHOLE)
def test_a_real_edition_passes_its_checks(wanted: str) -> None:
    key, form = wanted.split(":")
    found = examine(shared(*LISTS, WHOLE[wanted]), source(key), form_of(source(key), form))
    assert found.broken == ()
    shrunk = [fault for fault in found.changed if "entries" not in fault]  # the files here are partly samples
    assert shrunk == []
    assert found.count is not None
    assert found.count > 0


@pytest.mark.shared
@pytest.mark.parametrize("name", ["ofac_add.csv", "ofac_alt.csv", "ofac_sdn_comments.csv", "ofac_cons_comments.csv"])
def test_the_files_that_belong_to_it_are_whole(name: str) -> None:
    assert broken(shared(*LISTS, name), form_of(source("ofac_sdn"))) is None
