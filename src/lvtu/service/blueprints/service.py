"""A map as a service blueprint, as people read it."""

from __future__ import annotations

import csv
import io
from typing import Any

from lvtu.core.sheets import no_formula
from lvtu.core.units import spell
from lvtu.core.words import Lang, say, spoken
from lvtu.errors import UnknownName
from lvtu.maps import Map
from lvtu.maps.blueprint import RULES, Finding
from lvtu.maps.document import Waiver
from lvtu.maps.drawing.numbers import interval, number
from lvtu.maps.live import Filled, Value
from lvtu.service.access import Access, Role
from lvtu.service.blueprints.schemas import (
    BlueprintDependency,
    BlueprintFinding,
    BlueprintFindings,
    BlueprintHandoff,
    BlueprintInteraction,
    BlueprintLists,
    BlueprintPart,
    BlueprintRule,
    BlueprintUnowned,
    BlueprintWaiver,
)
from lvtu.service.problems import NotFound


def blueprint(access: Access, id: str, lang: Lang, *, dark: bool, headed: bool) -> str:
    """A map as a blueprint, as SVG."""
    map_, answers = _found(access, id)
    return map_.blueprint(lang, dark=dark, headed=headed, answers=answers)


def findings(access: Access, id: str, lang: Lang) -> BlueprintFindings:
    """What the checks find, waived or not."""
    map_, answers = _found(access, id)
    waived = {one.key: one for one in map_.document.waivers}
    rules = [
        BlueprintRule(
            rule=name, title=say(f"maps.rules.{name}.title", lang), about=say(f"maps.rules.{name}.about", lang),
            severity=severity, waiver=_waiver(waived.get(name)),
        )
        for name, (severity, _) in RULES.items()
    ]  # fmt: skip
    found = [_told(one, lang) for one in map_.findings(waived=True, answers=answers)]
    return BlueprintFindings(findings=found, rules=rules, edits=access.role >= Role.editor)


def _told(one: Finding, lang: Lang) -> BlueprintFinding:
    return BlueprintFinding(
        id=one.id, rule=one.rule, severity=one.severity, said=one.text(lang), advice=one.advice(lang),
        parts=[BlueprintPart(kind=kind, key=key) for kind, key in one.parts], waiver=_waiver(one.waiver),
    )  # fmt: skip


def _waiver(waiver: Waiver | None) -> BlueprintWaiver | None:
    if waiver is None:
        return None
    return BlueprintWaiver(reason=waiver.reason, by=waiver.by, on=waiver.on.isoformat() if waiver.on else None)


def lists(access: Access, id: str, lang: Lang) -> BlueprintLists:
    """Hand-offs between departments, interactions, and what nobody answers for."""
    map_, answers = _found(access, id)
    rows = map_.handoffs(answers, lang).to_pylist()
    return BlueprintLists(
        departments=sorted({row[end] for row in rows for end in ("source", "target")}),
        handoffs=[_handoff(row, lang) for row in rows],
        dependencies=[_dependency(row, lang) for row in map_.dependencies(lang, answers).to_pylist()],
        interactions=[BlueprintInteraction(**row) for row in map_.interactions(lang).to_pylist()],
        unowned=[BlueprintUnowned(**row) for row in map_.unowned(lang).to_pylist()],
    )


def _handoff(row: dict[str, Any], lang: Lang) -> BlueprintHandoff:
    times = dict.fromkeys(row[name] for name in ("shortest", "longest") if row[name] is not None)
    return BlueprintHandoff(
        **{name: row[name] for name in ("source", "target", "links", "hand_offs", "without_sla")},
        sla=" … ".join(spoken(spell(time), lang) for time in times), **_in_time(row, lang),
    )  # fmt: skip


def _in_time(row: dict[str, Any], lang: Lang) -> dict[str, Any]:
    share = None if row["share"] is None else Value(row["share"], "share", row["mature"], row["low"], row["high"])
    return {
        "share": None if share is None else number(share.value, "share", lang),
        "interval": "" if share is None else interval(share, lang),
        "n": row["mature"], "late": row["late"], "broken": row["broken"],
    }  # fmt: skip


_ENDS = ("step", "what", "touchpoints", "owner", "link", "next_step", "next", "next_touchpoints", "next_owner")


def _dependency(row: dict[str, Any], lang: Lang) -> BlueprintDependency:
    sla = "" if row["sla"] is None else spoken(spell(row["sla"]), lang)
    return BlueprintDependency(**{name: row[name] for name in _ENDS}, sla=sla, **_in_time(row, lang))


def table(access: Access, id: str, name: str, lang: Lang) -> bytes:
    """A list as CSV."""
    map_, answers = _found(access, id)
    counted = {
        "handoffs": lambda: map_.handoffs(answers, lang),
        "dependencies": lambda: map_.dependencies(lang, answers),
    }
    found = counted[name]() if name in counted else getattr(map_, name)(lang)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([say(f"maps.columns.{column}", lang) for column in found.column_names])
    for row in found.to_pylist():
        writer.writerow([_cell(column, value, lang) for column, value in row.items()])
    return out.getvalue().encode()


def _cell(column: str, value: Any, lang: Lang) -> Any:
    if value is not None and column in ("direction", "kind"):
        return say(f"maps.{'directions' if column == 'direction' else 'blocks'}.{value}", lang)
    return no_formula(value) if isinstance(value, str) else value


def _found(access: Access, id: str) -> tuple[Map, Filled]:
    """A map and what the data say to it.

    Raises:
        NotFound: there is none of that id.
    """
    map_ = access.served.workspace.maps.of(id)
    try:
        return map_, access.served.maps.answers(map_)
    except UnknownName as error:
        if error.code != "unknown_map":
            raise
        raise NotFound("map", id, []) from None
