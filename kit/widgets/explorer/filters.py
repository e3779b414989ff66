"""The form of filters: what it offers, and what a change of it means."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from kit import codes
from kit.charts import MEASURE_WORDS, STAGE_WORDS
from kit.charts.words import shorten, territory_name
from kit.errors import SelectionError
from kit.flows import ALL_STATUSES
from kit.flows.store import Options
from kit.model import PartyStatus, RecordKind
from kit.widgets.explorer.evidence import score_text
from kit.widgets.explorer.state import MOST_CHOICES, STAGE_CHOICES, ExplorerState
from kit.widgets.view import Node, button, tag

STATUS_LABELS = {PartyStatus.MATCH: "match", PartyStatus.CANDIDATE: "candidate", PartyStatus.NONE: "neither"}
END_LABELS = {
    "departure": "sent from (departure)",
    "origin": "made in (origin)",
    "trading": "contract partner's seat",
    "seat": "seats of both parties, no route",
}
HS_PREFIX = re.compile(r"\d{2,10}")


def filter_form(state: ExplorerState) -> list[Node]:
    """The whole form, with what is set."""
    options = state.options()
    fields = [
        _measure(state, options),
        _dates(state, options),
        _goods(state, options),
        _territories(state, options, "from"),
        _territories(state, options, "to"),
        _parties(state, options),
        _picture(state),
    ]
    body = [field for field in fields if field is not None]
    summary = tag("summary", tag("h2", "Filters", cls="kit-filters-title"))
    return [
        tag(
            "details",
            summary,
            tag("div", *body, cls="kit-filters-body"),
            key="filters",
            open=True,
            data_narrow_closed="true",
            cls="kit-filters",
        )
    ]


def _choice(name: str, label: str, values: dict[str, str], chosen: str) -> dict[str, Any]:
    """One labelled select."""
    options = [tag("option", text, value=value, selected=value == chosen) for value, text in values.items()]
    select = tag("select", *options, key=name, on=name, name=name, id=f"kit-{name}", value=chosen)
    return tag("div", tag("label", label, for_=f"kit-{name}"), select, cls="kit-field")


def _check(name: str, value: str, label: str, *, is_on: bool) -> dict[str, Any]:
    """One labelled check box that sends its own value."""
    box = tag("input", type="checkbox", checked=is_on, key=f"{name}-{value}", on=name, id=f"kit-{name}-{value}", data_value=value)
    box["value"] = value
    return tag("div", box, tag("label", label, for_=f"kit-{name}-{value}"), cls="kit-check")


def _group(title: str, *children: Node) -> dict[str, Any]:
    return tag("fieldset", tag("legend", title), *children, cls="kit-group")


def _measure(state: ExplorerState, options: Options) -> Node | None:
    if len(options.measures) < 2:
        return None
    words = {name: "number of records" if name == "records" else MEASURE_WORDS[name] for name in options.measures}
    return _choice("measure", "Measured in", words, state.selection.measure)


def _dates(state: ExplorerState, options: Options) -> Node | None:
    if options.date_from is None:
        return None
    ends = []
    for name, label, default in (("date_from", "From", options.date_from), ("date_to", "To", options.date_to)):
        chosen = getattr(state.selection, name) or default
        box = tag(
            "input",
            type="date",
            key=name,
            on=name,
            id=f"kit-{name}",
            name=name,
            min=str(options.date_from),
            max=str(options.date_to),
            value=str(chosen),
        )
        ends.append(tag("div", tag("label", label, for_=f"kit-{name}"), box, cls="kit-field"))
    return _group("Dates", tag("div", *ends, cls="kit-pair"))


def _goods(state: ExplorerState, options: Options) -> Node | None:
    selection, children = state.selection, list[Node]()
    if len(options.tiers) > 0:
        choices = {"all": "all goods", "priority": "Common High Priority List"}
        children.append(_choice("goods", "Goods", choices, selection.goods))
        names = codes.tiers()
        children += [
            _check("tiers", t, f"Tier {t}: {shorten(names.get(t, ''), 48)}", is_on=t in selection.tiers) for t in options.tiers
        ]
    if len(options.hs_levels) > 1 and selection.kind is RecordKind.FLOWS:
        levels = {str(level): "total of all goods" if level == 0 else f"{level} digits" for level in options.hs_levels}
        children.append(_choice("hs_level", "Level of HS codes (never mixed)", levels, str(selection.hs_level)))
    box = tag(
        "input",
        type="text",
        key="hs",
        on="hs",
        id="kit-hs",
        name="hs",
        placeholder="8542, 847330",
        data_keep="true",
        value=", ".join(selection.hs_prefixes),
        autocomplete="off",
    )
    children.append(tag("div", tag("label", "HS codes that begin with", for_="kit-hs"), box, cls="kit-field"))
    return _group("Goods", *children)


def _territories(state: ExplorerState, options: Options, side: str) -> Node | None:
    name, known = f"{side}_territories", getattr(options, f"{side}_territories")
    if len(known) < 2:
        return None
    chosen = getattr(state.selection, name)
    children: list[Node] = []
    if side == "from" and state.selection.kind in (RecordKind.DECLARATIONS, RecordKind.MONTHLY_TOTALS):
        children.append(_choice("from_end", "“From” means", END_LABELS, state.selection.from_end))
    rest = sorted((c for c in known if c not in chosen), key=territory_name)
    values = {"": "all" if len(chosen) == 0 else "add another…", **{code: territory_name(code) for code in rest}}
    children.append(_choice(f"add_{side}", "Territory", values, ""))
    chips = [button(f"{territory_name(code)} ✕", f"drop_{side}", code, cls="kit-chip", title="Take this away") for code in chosen]
    return _group("Sent from" if side == "from" else "Sent to", *children, tag("div", *chips, cls="kit-chips"))


def _parties(state: ExplorerState, options: Options) -> Node | None:
    if state.selection.kind is RecordKind.FLOWS:
        return None
    chosen = state.selection.statuses or ALL_STATUSES
    children: list[Node] = [_check("statuses", s.value, STATUS_LABELS[s], is_on=s in chosen) for s in ALL_STATUSES]
    if len(options.list_ids) > 1:
        children.append(
            _choice(
                "lists", "On list", {"": "any list", **{i: i for i in options.list_ids}}, "".join(state.selection.list_ids[:1])
            )
        )
    slider = tag(
        "input",
        type="range",
        min="0",
        max="1",
        step="0.05",
        value=f"{state.selection.min_score:.2f}",
        key="min_score",
        on="min_score",
        id="kit-min_score",
        name="min_score",
    )
    label = tag("label", f"Candidates from a similarity of {score_text(state.selection.min_score)}", for_="kit-min_score")
    return _group("Parties on lists", *children, tag("div", label, slider, cls="kit-field"))


def _picture(state: ExplorerState) -> Node:
    ways = {"|".join(s): " → ".join(STAGE_WORDS[x].lower() for x in s) for s in STAGE_CHOICES[state.selection.kind]}
    most = {str(n): f"{n} names" for n in MOST_CHOICES}
    return _group(
        "Flow picture",
        _choice("stages", "Runs through", ways, "|".join(state.now.stages)),
        _choice("most", "Names a stage, the rest gathered", most, str(state.now.most)),
    )


def apply(state: ExplorerState, action: str, value: Any) -> bool:
    """Take a change of the form into the state; False if the action is none of the form's.

    Raises:
        SelectionError: If what was typed is no date or HS code.
    """
    selection = state.selection
    if action in ("goods", "measure", "from_end"):
        state.filter(**{action: str(value)})
    elif action in ("date_from", "date_to"):
        state.filter(**{action: _day(action, str(value))})
    elif action in ("tiers", "statuses"):
        state.filter(**{action: _toggled(state, action, str(value))})
    elif action == "hs":
        state.filter(hs_prefixes=_prefixes(str(value)))
    elif action == "hs_level":
        state.filter(hs_level=int(value))
    elif action == "lists":
        state.filter(list_ids=(str(value),) if value else ())
    elif action == "min_score":
        state.filter(min_score=float(value))
    elif action in ("add_from", "add_to") and value:
        side = f"{action[4:]}_territories"
        state.filter(**{side: (*getattr(selection, side), str(value))})
    elif action in ("drop_from", "drop_to"):
        side = f"{action[5:]}_territories"
        state.filter(**{side: tuple(code for code in getattr(selection, side) if code != value)})
    elif action == "stages":
        state.show_stages(tuple(str(value).split("|")))
    elif action == "most":
        state.show_most(int(value))
    else:
        return False
    return True


def _toggled(state: ExplorerState, field: str, value: str) -> tuple[Any, ...]:
    if field == "tiers":
        chosen = set(state.selection.tiers) ^ {value}
        return tuple(sorted(chosen))
    statuses = set(state.selection.statuses or ALL_STATUSES) ^ {PartyStatus(value)}
    return () if len(statuses) in (0, len(ALL_STATUSES)) else tuple(s for s in ALL_STATUSES if s in statuses)


def _day(field: str, text: str) -> date | None:
    if text.strip() == "":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise SelectionError.unknown(field, text, ["a day such as 2023-02-28"]) from problem


def _prefixes(text: str) -> tuple[str, ...]:
    parts = tuple(part for part in re.split(r"[,;\s]+", text.replace(".", "")) if part != "")
    for part in parts:
        if HS_PREFIX.fullmatch(part) is None:
            raise SelectionError.unknown("HS code", part, ["two to ten digits, such as 8542"])
    return parts
