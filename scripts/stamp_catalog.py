"""Write the sha256 of every bundled file into data/catalog.toml: `python scripts/stamp_catalog.py`.

Run it after `make_public.py` or `make_training.py` changed a file on purpose.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
_ENTRY = re.compile(r'^file = "(?P<file>[^"]+)"\nsha256 = "(?P<sha256>[^"]*)"$', re.MULTILINE)


def main() -> None:
    """Stamp the catalog; say what changed."""
    path = DATA / "catalog.toml"
    text = path.read_text(encoding="utf-8")

    def stamped(found: re.Match[str]) -> str:
        digest = hashlib.sha256((DATA / found["file"]).read_bytes()).hexdigest()
        if digest != found["sha256"]:
            print(f"{found['file']}: {digest}")
        return f'file = "{found["file"]}"\nsha256 = "{digest}"'

    path.write_text(_ENTRY.sub(stamped, text), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
