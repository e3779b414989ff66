"""What the values of a column look like: codes, days, territories, numbers, or words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc

from kit.codes import ROUNDED, read_hs_code
from kit.dates import DateForm, date_form
from kit.errors import ValueFormError
from kit.model import DatePrecision
from kit.numbers import EITHER, is_null, number_form, parse_number
from kit.territories import missing_reason, read_territory

SAMPLE = 300


@dataclass(frozen=True)
class Evidence:
    """Shares of a sample of distinct values that can be read in each way (0 to 1), and how many there were."""

    count: int
    hs_code: float = 0.0
    date: float = 0.0
    month: float = 0.0
    territory: float = 0.0
    number: float = 0.0
    words: float = 0.0

    def fits(self, kind: str) -> bool | None:
        """Whether most values can be read as a kind; None if the column is empty."""
        if self.count == 0:
            return None
        if kind == "words":
            return self.words >= 0.5
        return bool(getattr(self, kind) >= 0.6)


def weigh(column: pa.ChunkedArray) -> Evidence:
    """Look at up to 300 distinct values of a column."""
    values = [v for v in islice(pc.unique(column.slice(0, 20_000)).to_pylist(), 4 * SAMPLE) if v is not None and not is_null(v)][
        :SAMPLE
    ]
    if len(values) == 0:
        return Evidence(0)
    dates, numbers = date_form(values), number_form(values)
    precisions = [_precision(value, dates) for value in values]
    return Evidence(
        count=len(values),
        hs_code=_share(values, lambda v: ROUNDED.fullmatch(v) is not None or (len(read_hs_code(v)) >= 4 and v[:1].isdigit())),
        date=sum(p is not None for p in precisions) / len(values),
        month=sum(p is DatePrecision.MONTH for p in precisions) / len(values),
        territory=_share(values, lambda v: missing_reason(v) is not None or read_territory(v) is not None),
        number=_share(values, lambda v: EITHER.fullmatch(v) is not None or parse_number(v, decimal=numbers.decimal) is not None),
        words=sum(sum(c.isalpha() for c in value) >= 3 for value in values) / len(values),
    )


def _share(values: list[str], reads: Callable[[str], bool]) -> float:
    return sum(_readable(value, reads) for value in values) / len(values)


def _readable(value: str, reads: Callable[[str], bool]) -> bool:
    try:
        return reads(value)
    except ValueFormError:
        return False


def _precision(value: str, form: DateForm) -> DatePrecision | None:
    try:
        return form.read(value).precision
    except ValueFormError:
        return (
            DatePrecision.DAY if form.day_first is None and value.count("/") == 2 and value.replace("/", "").isdigit() else None
        )
