"""Registers as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from lvtu.core.model.text import said_in
from lvtu.core.words import Lang
from lvtu.maps.document.marked import unmarked
from lvtu.maps.registers.entry import NUMBERS, Entry, EntryKind
from lvtu.maps.registers.moments import KeyMoment

_TEXT, _REAL, _WHOLE, _YES = pa.string(), pa.float64(), pa.int64(), pa.bool_()
_MANY = pa.list_(_TEXT)

_PLACE = {"id": _TEXT, "text": _TEXT, "map": _TEXT, "stage": _TEXT, "step": _TEXT, "lane": _TEXT, "owner": _TEXT}
_OF_KIND: dict[EntryKind, dict[str, pa.DataType]] = {
    "need": {"rung": _TEXT, "persona": _TEXT, "latent": _YES, "hypothesis": _YES},
    "pain": {"status": _TEXT, "persona": _TEXT, "at_risk": _TEXT},
    "gain": {"persona": _TEXT, "worth": _TEXT},
    "opportunity": {"stems_from": _MANY},
    "action": {"stems_from": _MANY, "expected": _TEXT, "metrics": _MANY, "cost": _TEXT, "due": pa.date32()},
}
_MONEY = {"pain": "at_risk", "gain": "worth", "action": "cost"}


def schema(kind: EntryKind) -> pa.Schema:
    """The columns of a register."""
    numbers = {
        f"{name}{end}": type
        for name in NUMBERS[kind]
        for end, type in (("", _REAL), ("_source", _TEXT), ("_n", _WHOLE), ("_low", _REAL), ("_high", _REAL))
    }
    last = {"evidence": _MANY, "assumption": _YES, "leads_to": _MANY, "places": _MANY}
    return pa.schema({**_PLACE, **_OF_KIND[kind], **numbers, **last})


def table(some: Sequence[Entry], kind: EntryKind, lang: Lang) -> pa.Table:
    """A register: a row for each entry.

    Its columns: ``id`` (``MAP/CARD``), ``text``, ``map``, ``stage``, ``step``, ``lane``, ``owner``; of needs ``rung``,
    ``persona``, ``latent``, ``hypothesis``; of pains ``status``, ``persona``, ``at_risk``; of strengths ``persona``,
    ``worth``; of opportunities and actions ``stems_from``, of actions ``expected``, ``metrics``, ``cost``, ``due``;
    each number of its kind (`lvtu.maps.registers.entry.NUMBERS`) with ``…_source``, ``…_n``, ``…_low``, ``…_high``;
    ``evidence`` (kinds), ``assumption``, ``leads_to``, ``places``. Null is not known.

    Args:
        some: the entries, in order.
        kind: of which kind.
        lang: in which language texts are.
    """
    return pa.Table.from_pylist([_row(one, lang) for one in some], schema=schema(kind))


def _row(one: Entry, lang: Lang) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": one.id, "text": unmarked(one.text.get(lang)), "map": one.title.get(lang), "stage": one.stage.get(lang),
        "step": one.step.get(lang), "lane": one.lane.get(lang), "owner": said_in(one.owner, lang), "rung": one.rung,
        "status": one.status, "persona": one.persona, "latent": one.latent, "hypothesis": one.hypothesis,
        "stems_from": list(one.stems_from), "expected": said_in(one.expected, lang),
        "metrics": [title.get(lang) for title in one.metrics.values()], "due": one.due, "evidence": list(one.evidence),
        "assumption": one.assumed, "leads_to": list(one.leads_to), "places": list(one.places),
    }  # fmt: skip
    if one.kind in _MONEY and one.money is not None:
        row[_MONEY[one.kind]] = str(one.money)
    for name, known in one.numbers.items():
        row |= {name: known.value, f"{name}_source": known.source, f"{name}_n": known.n, f"{name}_low": known.low,
                f"{name}_high": known.high}  # fmt: skip
    return {name: row.get(name) for name in schema(one.kind).names}


def moment_table(some: Sequence[KeyMoment], lang: Lang) -> pa.Table:
    """The key moments: a row for each number at one, and one for a moment without any.

    Its columns: ``map``, ``stage``, ``step``, ``moment`` (``service``, ``commercial``), ``owner``, ``lane``, ``value``
    with ``unit``, ``n``, ``low``, ``high``, ``before`` and ``change`` (``worse``, ``better``; null where it may be
    chance), ``target``, ``short`` (by how much it is missed, above zero) and ``state``
    (`lvtu.maps.registers.moments.MomentState`). Null is not known.
    """
    kinds = {
        **dict.fromkeys(("map", "stage", "step", "moment", "owner", "lane"), _TEXT), "value": _REAL, "unit": _TEXT,
        "n": _WHOLE, **dict.fromkeys(("low", "high", "before"), _REAL), "change": _TEXT, "target": _REAL,
        "short": _REAL, "state": _TEXT,
    }  # fmt: skip
    return pa.Table.from_pylist([_moment(one, lang) for one in some], schema=pa.schema(kinds))


def _moment(one: KeyMoment, lang: Lang) -> dict[str, Any]:
    row: dict[str, Any] = {
        "map": one.title.get(lang), "stage": one.stage.get(lang), "step": one.step.get(lang), "moment": one.kind,
        "owner": said_in(one.owner, lang), "lane": said_in(one.lane, lang), "state": one.state,
    }  # fmt: skip
    if one.value is not None:
        value = one.value
        names = ("value", "unit", "n", "low", "high", "before", "target", "short")
        row |= {name: getattr(value, name) for name in names}
        row["change"] = "worse" if value.worse else "better" if value.better else None
    return row
