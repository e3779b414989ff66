"""Checking the content of a mapping file: every fault at once, each in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kit.errors import listed

KINDS = ("declarations", "statistics")
KNOWN_BY = ("seen", "documented", "proposed", "own")
_NEEDED = ("layout", "title", "kind", "known_by", "source", "recognize")
_OPTIONAL = (
    "header_row",
    "sheet",
    "null_marks",
    "notes",
    "fixed",
    "keep",
    "leave_out",
    "covers",
    "repeats",
    "unused",
    "columns",
    "spread",
)
_TOP = (*_NEEDED, *_OPTIONAL)
_RULE = ("columns", "absent", "file_name", "first_word")
_REPEATS = ("key", "revision", "is_unique")
WHOLES = ("master bill", "header total")
_SPREAD = ("column", "pattern", "value_to", "factor", "sets", "header_to")
_STATISTICS_NEED = ("reporter", "partner", "flow", "period", "hs_code")

_Test = Callable[[Any], bool]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != ""


def _is_names(value: Any) -> bool:
    return _is_text(value) or (isinstance(value, list) and len(value) > 0 and all(_is_text(v) for v in value))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0


def _is_pattern(value: Any) -> bool:
    if not _is_text(value):
        return False
    try:
        re.compile(value)
    except re.error:
        return False
    return True


def _is_words(value: Any) -> bool:
    return isinstance(value, Mapping) and len(value) > 0 and all(isinstance(v, str) for v in value.values())


_COLUMN: dict[str, tuple[_Test, str]] = {
    "from": (_is_names, "a column name or a list of spellings"),
    "fallback": (_is_names, "a column name or a list of column names"),
    "join": (_is_names, "a list of column names"),
    "separator": (lambda v: isinstance(v, str), "text"),
    "factor": (_is_number, "a number above 0"),
    "unit_from": (_is_names, "a column name or a list of spellings"),
    "unit_factors": (lambda v: isinstance(v, Mapping) and all(_is_number(n) for n in v.values()), "a table of unit = number"),
    "form": (_is_text, "a date form"),
    "day_first": (lambda v: isinstance(v, bool), "true or false"),
    "decimal": (lambda v: v in (".", ","), "'.' or ','"),
    "codes": (lambda v: v in ("iso2", "iso3", "m49", "comtrade", "name"), "iso2, iso3, m49, comtrade or name"),
    "digits": (lambda v: isinstance(v, int) and 2 <= v <= 14, "a number of digits from 2 to 14"),
    "pattern": (_is_pattern, "a regular expression with one group"),
    "choices": (_is_words, "a table of source word = standard word"),
    "zero_is_missing": (lambda v: isinstance(v, bool), "true or false"),
    "reason": (_is_text, "text"),
}


def column_names(value: Any) -> tuple[str, ...]:
    """One name or a list of names as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value)


def check(content: Mapping[str, Any], targets: Sequence[str]) -> list[str]:
    """Every fault of a mapping's content, in plain words; empty if it is sound.

    Args:
        content: As a TOML parser gives it.
        targets: Standard columns of its kind; empty if the kind is unknown.
    """
    faults = [f"the key {key!r} is missing" for key in _NEEDED if key not in content]
    faults += [f"unknown key {key!r} (known: {', '.join(_TOP)})" for key in content if key not in _TOP]
    faults += [f"{key} must be text" for key in ("layout", "title", "source") if key in content and not _is_text(content[key])]
    faults += _choice(content, "kind", KINDS) + _choice(content, "known_by", KNOWN_BY)
    faults += _check_rule(content.get("recognize", {}))
    if len(targets) > 0:
        faults += _check_targets(content, targets)
    for target, spec in _table(content, "columns").items():
        faults += _check_column(target, spec)
    for number, spec in enumerate(content.get("spread", []), 1):
        faults += _check_spread(number, spec, targets)
    covers = content.get("covers", {})
    if not (covers == {} or (isinstance(covers, Mapping) and set(covers) - {"kind"} == {"whole", "part"} and _is_words(covers))):
        faults.append("covers must name two columns: 'whole' and 'part'")
    elif "kind" in covers:
        faults += _choice(covers, "kind", WHOLES)
    faults += _check_repeats(content.get("repeats", {}))
    for column, values in _table(content, "keep").items():
        if not (isinstance(values, list) and all(isinstance(v, str) for v in values)):
            faults.append(f"keep.{column} must be a list of texts")
    for column, pattern in _table(content, "leave_out").items():
        if not _is_pattern(pattern):
            faults.append(f"leave_out.{column} is {pattern!r}; expected a regular expression")
    return faults


def _check_repeats(repeats: Any) -> list[str]:
    if not isinstance(repeats, Mapping):
        return ["repeats must be a table with the key 'key'"]
    faults = [f"unknown key repeats.{key}" for key in repeats if key not in _REPEATS]
    if len(repeats) > 0 and not _is_names(repeats.get("key")):
        faults.append("repeats.key must name the column, or list the columns, that tell one record from another")
    if "revision" in repeats and not _is_text(repeats["revision"]):
        faults.append("repeats.revision must be a column name")
    if not isinstance(repeats.get("is_unique", False), bool):
        faults.append("repeats.is_unique must be true or false")
    return faults


def _table(content: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = content.get(key, {})
    return found if isinstance(found, Mapping) else {}


def _choice(content: Mapping[str, Any], key: str, known: Sequence[str]) -> list[str]:
    if key not in content or content[key] in known:
        return []
    return [f"{key} is {content[key]!r}; expected one of {listed(known)}"]


def _check_rule(rule: Any) -> list[str]:
    if not isinstance(rule, Mapping):
        return ["recognize must be a table with the key 'columns'"]
    faults = [f"unknown key recognize.{key}" for key in rule if key not in _RULE]
    if not (isinstance(rule.get("columns"), list) and _is_names(rule["columns"])):
        faults.append("recognize.columns must list the columns by which the layout is known")
    if "file_name" in rule and not _is_pattern(rule["file_name"]):
        faults.append("recognize.file_name is no regular expression")
    return faults


def _check_targets(content: Mapping[str, Any], targets: Sequence[str]) -> list[str]:
    mapped, fixed = _table(content, "columns"), _table(content, "fixed")
    faults = [f"unknown standard column {name!r}" for name in (*mapped, *fixed) if name not in targets]
    faults += [f"{name!r} is both mapped and fixed" for name in mapped if name in fixed]
    if content.get("kind") == "statistics":
        spread = {name for spec in content.get("spread", []) for name in (*spec.get("sets", {}), spec.get("header_to", ""))}
        missing = [name for name in _STATISTICS_NEED if name not in mapped and name not in fixed and name not in spread]
        faults += [f"statistics need {name!r} as a column, a fixed value, or in spread" for name in missing]
    elif len(mapped) == 0:
        faults.append("no column is mapped")
    return faults


def _check_column(target: str, spec: Any) -> list[str]:
    if _is_names(spec):
        return []
    if not isinstance(spec, Mapping):
        return [f"columns.{target} must be a column name, a list of spellings, or a table"]
    faults = [f"unknown key columns.{target}.{key}" for key in spec if key not in _COLUMN]
    for key, (test, expected) in _COLUMN.items():
        if key in spec and not test(spec[key]):
            faults.append(f"columns.{target}.{key} is {spec[key]!r}; expected {expected}")
    if "from" not in spec and "join" not in spec:
        faults.append(f"columns.{target} names no source column (key 'from' or 'join')")
    if ("unit_from" in spec) != ("unit_factors" in spec):
        faults.append(f"columns.{target} needs unit_from and unit_factors together")
    return faults


def _check_spread(number: int, spec: Any, targets: Sequence[str]) -> list[str]:
    if not isinstance(spec, Mapping):
        return [f"spread {number} must be a table"]
    faults = [f"unknown key in spread {number}: {key}" for key in spec if key not in _SPREAD]
    if ("column" in spec) == ("pattern" in spec):
        faults.append(f"spread {number} needs either 'column' or 'pattern'")
    if "pattern" in spec and not _is_pattern(spec["pattern"]):
        faults.append(f"spread {number}: {spec['pattern']!r} is no regular expression")
    named = [*spec.get("sets", {}), spec.get("header_to", ""), spec.get("value_to", "value")]
    faults += [f"spread {number}: unknown standard column {name!r}" for name in named if name not in ("", *targets)]
    return faults
