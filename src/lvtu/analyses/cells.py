"""Who is behind which number: for every cell of an answer what its ``customers`` takes, as plain values.

A client that draws an answer keeps the cell with the bar, the band or the number that it draws, and sends it back to be
told who that is. Only cells that are in the answer open.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lvtu.errors import BadInput

Row = Mapping[str, Any]
Cells = dict[str, "Cell"]
"""By the column whose number it is."""


@dataclass(frozen=True)
class Cell:
    """A number that customers are behind.

    Attributes:
        of: the keyword arguments that the answer's ``customers`` takes, as JSON has them.
        customers: how many they are, where that is what the number says: not of sessions, events or money.
    """

    of: dict[str, Any]
    customers: int | None = None

    def item(self) -> dict[str, Any]:
        """What a drawn item carries."""
        return {"cell": self.of} | ({} if self.customers is None else {"customers": self.customers})


def cells_of(result: Any, row: Row) -> Cells:
    """The cells of a row of an answer's table; none where nobody is counted."""
    make = _KINDS.get(result.kind)
    return {} if make is None else make(result, row)


def item(result: Any, row: Row, column: str = "customers") -> dict[str, Any]:
    """What a drawn item carries that shows a column of a row; nothing where nobody is behind it."""
    found = cells_of(result, row).get(column)
    return {} if found is None else found.item()


def behind(result: Any, cell: Mapping[str, Any]) -> list[str]:
    """The customers behind a cell of an answer: names, sorted.

    Raises:
        BadInput: the answer has no such cell.
        Erased: somebody was forgotten since it was counted.
    """
    if _text(cell) not in result.opens:
        raise BadInput("no_such_cell", cell=_text(cell), known=list(result.opens)[:12])
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in cell.items()}
    segments = given.pop("segments", ())
    names: list[str] = result.customers(*segments, **given)
    return names


def by_text(result: Any) -> dict[str, Cell]:
    """The cells of an answer by their text: JSON with sorted keys."""
    return {_text(one.of): one for one in every(result)}


def every(result: Any) -> Iterator[Cell]:
    """All cells of an answer: those of its table, and those of what is drawn beside it."""
    for row in result.table.to_pylist():
        yield from cells_of(result, row).values()
    if result.kind == "funnel":
        yield from _of_whole_funnel(result)
    elif result.kind == "retention":
        for row in result.cohorts.to_pylist():
            yield from cells_of(result, row).values()
    elif result.kind == "themes":
        for rows in (result.themes, result.trend):
            for row in rows.to_pylist():
                yield from cells_of(result, row).values()
    elif result.kind == "graph":
        for name in dict.fromkeys(row[end] for end in ("source", "target") for row in result.table.to_pylist()):
            yield Cell({"place": name})
    elif result.kind == "flow":
        for row in result.table.to_pylist():
            yield from (Cell({"step": row["step"], end: row[end]}) for end in ("source", "target"))


def place_item(name: str | None) -> dict[str, Any]:
    """What a place of a graph carries: whoever was there."""
    return Cell({"place": name}).item()


def node_item(result: Any, position: int, name: str | None) -> dict[str, Any]:
    """What a place of a flow carries: whoever was there, wherever they came from and went.

    Args:
        result: the flow.
        position: of the place, counted from the anchor.
        name: as in the table.
    """
    forward = result.spec.direction == "forward"
    end = "source" if (position == 0) == forward else "target"
    return Cell({"step": max(position, 1), end: name}).item()


def _text(cell: Any) -> str:
    return json.dumps(cell, sort_keys=True, ensure_ascii=False)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _if_customers(result: Any, number: int | None) -> int | None:
    return number if getattr(result.spec, "unit", "customers") == "customers" else None


def _group(result: Any, row: Row) -> dict[str, Any]:
    """The group of a row; its column is named otherwise where the table has one of its name."""
    by = result.spec.by
    return {"group": row[f"by_{by}"] if f"by_{by}" in row else row[by]} if by else {}


def _period(row: Row) -> dict[str, Any]:
    return {"period": _plain(row["period"])} if row.get("period") is not None else {}


def _funnel(result: Any, row: Row) -> Cells:
    of = {"step": row["step"], **_group(result, row), **_period(row)}
    number = row["customers"] if result.spec.entry != "each" else None
    found = {"customers": Cell(of, _if_customers(result, number))}
    return found | ({"lost": Cell(of | {"lost": True})} if row["step"] < len(result.spec.steps) else {})


def _of_whole_funnel(result: Any) -> Iterator[Cell]:
    """The steps of all groups and periods together, and of all periods of a group."""
    rows = result.table.to_pylist()
    wholes: list[dict[str, Any]] = [{}] if result.spec.by or result.spec.trend else []
    wholes += [_group(result, row) for row in rows] if result.spec.by and result.spec.trend else []
    for whole in wholes:
        for step in range(1, len(result.spec.steps) + 1):
            own = [row for row in rows if row["step"] == step and whole.items() <= _group(result, row).items()]
            number = sum(row["customers"] for row in own) if result.spec.entry != "each" else None
            yield Cell({"step": step, **whole}, _if_customers(result, number))
            if step < len(result.spec.steps):
                yield Cell({"step": step, **whole, "lost": True})


def _retention(result: Any, row: Row) -> Cells:
    single = row.get("to") is None
    of: dict[str, Any] = {"period": row["period"] if single else [row["period"], row["to"]]}
    if "cohort" in row:
        of["cohort"] = _plain(row["cohort"])
    once = "cohort" in row or result.spec.entry == "first"  # else a customer may be in several cohorts
    rated = None if row["rate"] is None else round(row["rate"] * row["mature"])
    numbers: dict[str, tuple[dict[str, Any], int | None]] = {
        "customers": ({"returned": None}, row["customers"]),
        "mature": ({"returned": None, "mature": True}, row["mature"]),
        "returned": ({"returned": True}, row["returned"]),
        "rate": ({"returned": True, "mature": True}, rated),
    }
    return {name: Cell(of | more, number if once else None) for name, (more, number) in numbers.items()}


def _trend(result: Any, row: Row) -> Cells:
    cell = Cell({**_period(row), **_group(result, row)}, row["customers"])
    return {"customers": cell, "events": Cell(cell.of), "value": Cell(cell.of)} if row["customers"] else {}


def _stages(result: Any, row: Row) -> Cells:
    of = {"stage": row["stage"]}
    found = {"customers": Cell(of, row["customers"])}
    return found | ({} if row["dropped"] is None else {"dropped": Cell(of | {"lost": True}, row["dropped"])})


def _model_change(result: Any, row: Row) -> Cells:
    sides = [side for side in ("before", "after", "gained", "lost") if row[side] is not None]
    return {side: Cell({"stage": row["stage"], "side": side}, row[side]) for side in sides}


def _first_touch(result: Any, row: Row) -> Cells:
    return {"customers": Cell({"touch": row[result.table.column_names[0]]}, row["customers"])}


def _conformance(result: Any, row: Row) -> Cells:
    statuses = ("completed", "late", "out_of_order", "missing", "skipped", "pending")
    return {status: Cell({"step": row["step"], "status": status}, row[status]) for status in statuses}


def _handoffs(result: Any, row: Row) -> Cells:
    statuses = ("kept", "late", "broken", "pending", "untimed")
    found = {status: Cell({"pair": row["pair"], "status": status}) for status in statuses}
    return found | {"customers": Cell({"pair": row["pair"], "status": None}, row["customers"])}


def _sessions(result: Any, row: Row) -> Cells:
    of = {**_group(result, row), **_period(row)}
    found = {"customers": Cell(of, row["customers"]), "sessions": Cell(of), "bounced": Cell(of | {"bounced": True})}
    return found | ({"exits": Cell(of | {"exits": True})} if "exits" in row else {})


def _timing(result: Any, row: Row) -> Cells:
    once, of = result.spec.entry == "first", _group(result, row)
    happened = {"customers": None, "happened": True, "waiting": False}
    return {
        name: Cell({"happened": value, **of}, row[name] if once or name == "customers" else None)
        for name, value in happened.items()
    }


def _lifecycle(result: Any, row: Row) -> Cells:
    return {"customers": Cell({**_period(row), "status": row["status"]}, row["customers"])}


def _stickiness(result: Any, row: Row) -> Cells:
    of = {"number": row[result.table.column_names[0]]}
    return {"customers": Cell(of, row["customers"]), "at_least": Cell(of | {"at_least": True}, row["at_least"])}


def _pair(result: Any, row: Row) -> Cells:
    of = {"source": row["source"], "target": row["target"]}
    return {"customers": Cell(of, row["customers"]), "transitions": Cell(of)}


def _attribution(result: Any, row: Row) -> Cells:
    cell = Cell({"channel": row[result.models.column_names[1]]})
    names = ("conversions", *result.spec.models)
    return {name: cell for name in names if name in row}


def _metric(result: Any, row: Row) -> Cells:
    of = {**_group(result, row), **_period(row)}
    exact = result.metric.kind in ("converted", "lapsed")
    found = {
        name: Cell(of | {"counted": counted}, row[name] if exact else None)
        for name, counted in (("count", True), ("n", False)) if name in row
    }  # fmt: skip
    if "count" in found:
        return found | {"rate": found["count"]}
    counts = "customers" in row and "currency" not in row
    return {
        name: Cell(of, row["customers"] if counts and name == "customers" else None)
        for name in ("customers", "events", "value", "growth") if name in row
    }  # fmt: skip


def _scores(result: Any, row: Row) -> Cells:
    cell = Cell({**_group(result, row), **_period(row)}, row["customers"])
    return {"customers": cell, "value": Cell(cell.of), "n": Cell(cell.of)}


def _segment(result: Any, row: Row) -> Cells:
    return {"customers": Cell({}, row["customers"])}


def _overlap(result: Any, row: Row) -> Cells:
    return {"customers": Cell({"segments": list(row["segments"])}, row["customers"])}


def _rfm(result: Any, row: Row) -> Cells:
    return {"customers": Cell({"segment": row["segment"], "currency": row["currency"]}, row["customers"])}


def _drift(result: Any, row: Row) -> Cells:
    return {name: Cell({**_period(row), "change": name}, row[name]) for name in ("inside", "entered", "exited")}


def _flow(result: Any, row: Row) -> Cells:
    of = {name: row[name] for name in ("step", "source", "target")}
    return {"customers": Cell(of, _if_customers(result, row["customers"]))}


def _drivers(result: Any, row: Row) -> Cells:
    return {"n": Cell({"driver": row["driver"], "scale": row["scale"]}, row["n"])}


def _linked(result: Any, row: Row) -> Cells:
    of = {name: row[name] for name in ("driver", "scale", "band")}
    return {
        "customers": Cell(of, row["customers"]), "yes": Cell(of | {"yes": True}, row["yes"]),
        "rate": Cell(of | {"yes": True}, row["yes"]),
    }  # fmt: skip


def _themes(result: Any, row: Row) -> Cells:
    of: dict[str, Any] = {"theme": row["theme"]} if row["theme"] is not None else {}
    column = result.groups.column_names[1]
    of |= {"group": row[column]} if result.spec.by and column in row else {}
    return {name: Cell(of | _period(row), row["customers"]) for name in ("customers", "comments", "share")}


def _response_times(result: Any, row: Row) -> Cells:
    of = {**_group(result, row), **_period(row)}
    fates = {name: Cell({**of, "fate": name}) for name in ("met", "missed", "open", "untimed")}
    return {"customers": Cell(of, row["customers"]), "starts": Cell(of), **fates}


def _touchpoint_quality(result: Any, row: Row) -> Cells:
    of = {**_group(result, row), **_period(row)}
    parts = [name.removesuffix("_n") for name in row if name.endswith("_n") and row[name]]
    found = {f"{part}_n": Cell({**of, "part": part}) for part in parts}
    whole = Cell(of, row["customers"])
    return found | ({"customers": whole, "quality": Cell(of)} if row["customers"] else {})


def _scorecard(result: Any, row: Row) -> Cells:
    of = {**_group(result, row), "attribute": row["attribute"]}
    found = {name: Cell({**of, "source": name}) for name in ("answers", "texts") if row[name]}
    return found | {"customers": Cell(of, row["customers"]), "n": Cell(of), "score": Cell(of)}


def _word_of_mouth(result: Any, row: Row) -> Cells:
    of = _group(result, row)
    found = {"answers": Cell(of), "mentions": Cell(of)} if row["answers"] + row["mentions"] else {}
    for name in ("converted", "lost", "open", "referrers"):
        if row[name]:
            found[name] = Cell({**of, "who": name}, row[name])
    found |= {
        name: Cell({**of, "who": name}) for name in ("promoters", "detractors", "positive", "negative") if row[name]
    }
    return found | ({"conversion": found["converted"]} if "converted" in found else {})


def _servqual(result: Any, row: Row) -> Cells:
    return {"n": Cell({**_group(result, row), "dimension": row["dimension"]}, row["n"])}


def _kano(result: Any, row: Row) -> Cells:
    of = {"feature": row["feature"], **_group(result, row)}
    kinds = {name: Cell({**of, "category": name}, row[name]) for name in result.marks if name in row}
    return {"n": Cell(of, row["n"]), **kinds}


def _maxdiff(result: Any, row: Row) -> Cells:
    of = {"option": row["option"], "question": row["question"], **_group(result, row)}
    return {"n": Cell(of, row["n"]), **{end: Cell({**of, "chose": end}) for end in ("best", "worst") if row[end]}}


def _keyed(*names: str) -> Callable[[Any, Row], Cells]:
    """Cells of rows whose customers are named by some of their columns."""

    def made(result: Any, row: Row) -> Cells:
        return {"customers": Cell({name: row[name] for name in names}, _if_customers(result, row["customers"]))}

    return made


_KINDS: dict[str, Callable[[Any, Row], Cells]] = {
    "drivers": _drivers, "linked": _linked, "themes": _themes, "servqual": _servqual, "kano": _kano,
    "response_times": _response_times, "touchpoint_quality": _touchpoint_quality,
    "word_of_mouth": _word_of_mouth, "maxdiff": _maxdiff, "scorecard": _scorecard,
    "funnel": _funnel, "retention": _retention, "trend": _trend, "stages": _stages, "model_change": _model_change,
    "first_touch": _first_touch, "conformance": _conformance, "handoffs": _handoffs, "sessions": _sessions,
    "timing": _timing, "lifecycle": _lifecycle, "stickiness": _stickiness, "graph": _pair, "channels": _pair,
    "attribution": _attribution, "metric": _metric, "scores": _scores, "segment": _segment,
    "overlap": _overlap, "rfm": _rfm, "drift": _drift, "flow": _flow, "stages_now": _keyed("stage"),
    "rollup": _keyed("path"), "behaviours": _keyed("behaviour"),
    "variants": _keyed("variant"), "clusters": _keyed("cluster"),
    "step_matrix": _keyed("step", "place"),
}  # fmt: skip
