"""Frames of any kind at hand, as pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

if TYPE_CHECKING:
    import pandas as pd


def to_pandas(frame: Any) -> pd.DataFrame:
    """A narwhals frame as pandas; one that was not computed yet, as of a DuckDB relation, is computed now."""
    collected = frame.collect("pandas") if isinstance(frame, nw.LazyFrame) else frame
    out: pd.DataFrame = collected.to_pandas()
    return out
