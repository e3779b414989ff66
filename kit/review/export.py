"""Tables on their way into a spreadsheet: a cell from a file must stay text there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_AFTER_SEPARATOR = re.compile(r"([;\t\r\n][\s\"]*)(?=[=+\-@＝＋－＠])")
_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)*\Z")


def neutralize(value: Any) -> Any:
    r"""Put an apostrophe before text that a spreadsheet would take for a formula; all else stays as it is.

    >>> neutralize('=HYPERLINK("x")'), neutralize("-12.5"), neutralize("Verolan")
    ('\'=HYPERLINK("x")', '-12.5', 'Verolan')
    """
    if not isinstance(value, str) or _NUMBER.match(value) is not None:
        return value
    # Where a semicolon separates cells, as in much of Europe, what follows one begins a cell of its own.
    safe = _AFTER_SEPARATOR.sub(r"\1'", value)
    return "'" + safe if value.lstrip(" \u00a0").startswith(_RUNS) else safe


def write_csv(frame: pd.DataFrame, path: Path) -> Path:
    """Write a table as CSV that spreadsheets open as text: UTF-8 with a mark at its start, no cell that runs.

    Names are not masked here: mask the table first (`kit.review.mask_table`) if it leaves the case.

    Args:
        frame: Any table; its index is not written.
        path: The file to write.

    Returns:
        The path written.
    """
    safe = pd.DataFrame({i: frame.iloc[:, i].map(neutralize) for i in range(frame.shape[1])}, index=frame.index)
    safe.columns = pd.Index([neutralize(str(name)) for name in frame.columns])
    safe.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
    return path
