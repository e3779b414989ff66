"""The vendored files are what their README says, and draw the borders of docs/decisions/0005-borders.md."""

import hashlib
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import plotly
import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "kit" / "assets" / "vendor"


def _script(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


borders = _script("patch_borders")


def _world(resolution: str) -> dict[str, Any]:
    world: dict[str, Any] = json.loads((VENDOR / f"world_{resolution}.json").read_text(encoding="utf-8"))
    return world


def _owner(resolution: str, point: tuple[float, float]) -> str:
    geometry, _ = borders.find_polygon(_world(resolution), point)
    return str(geometry["id"])


@pytest.mark.parametrize("resolution", ["50m", "110m"])
@pytest.mark.parametrize("place", [(34.10, 44.95), (33.60, 44.65), (36.40, 45.33), (37.80, 48.00)])
def test_simferopol_sevastopol_kerch_and_donetsk_are_drawn_in_ukraine(resolution: str, place: tuple[float, float]) -> None:
    assert _owner(resolution, place) == "UKR"


def test_krasnodar_and_moscow_are_still_drawn_in_russia() -> None:
    assert {_owner("50m", (38.98, 45.04)), _owner("50m", (37.62, 55.75))} == {"RUS"}


@pytest.mark.parametrize(("code", "point"), [("HKG", (114.17, 22.38)), ("SGP", (103.82, 1.35)), ("XKX", (21.17, 42.66))])
def test_small_places_that_matter_are_on_the_map(code: str, point: tuple[float, float]) -> None:
    assert _owner("50m", point) == code


def test_the_ring_around_ukraine_is_closed_after_the_patch() -> None:
    world = _world("50m")
    arcs = borders.arc_points(world)
    for polygon in borders.polygons(borders.country(world, "UKR")):
        points = borders.ring_points(polygon[0], arcs)
        assert points[0] == points[-1]


def test_a_second_patch_changes_nothing() -> None:
    world = _world("50m")
    assert borders.patch_world(json.loads(json.dumps(world))) == world


@pytest.mark.parametrize("name", ["plotly-kit.min.js", "world_50m.json", "world_110m.json"])
def test_readme_names_size_and_hash_of_each_file(name: str) -> None:
    content = (VENDOR / name).read_bytes()
    readme = (VENDOR / "README.md").read_text(encoding="utf-8")
    line = next(line for line in readme.splitlines() if line.startswith(f"| `{name}`"))
    assert f"`{hashlib.sha256(content).hexdigest()}`" in line
    assert f"{len(content):,}" in line


def test_the_bundle_is_of_the_version_that_the_installed_plotly_carries() -> None:
    own = (VENDOR / "plotly-kit.min.js").read_text(encoding="utf-8")[:200]
    carried = (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text(encoding="utf-8")[:200]
    version = re.compile(r"plotly\.js v?(\d+)\.(\d+)\.")
    assert version.search(own).groups() == version.search(carried).groups()  # type: ignore[union-attr]


def test_the_bundle_knows_no_address_of_plotlys_servers() -> None:
    bundle = (VENDOR / "plotly-kit.min.js").read_text(encoding="utf-8")
    assert "cdn.plot.ly/" not in bundle
    assert "cloud.plotly.com" not in bundle


def test_the_bundle_can_stand_in_a_script_tag() -> None:
    assert "</script" not in (VENDOR / "plotly-kit.min.js").read_text(encoding="utf-8").lower()
