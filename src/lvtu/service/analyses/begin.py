"""What a question may begin with: made of what a workspace has, so that each analysis shows something at once."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.counting import frequencies
from lvtu.analyses.registry import spec_of
from lvtu.core.expr.nodes import spell_name
from lvtu.core.model.behaviours import STANDARD
from lvtu.core.units import DAY
from lvtu.errors import LvtuError
from lvtu.service.analyses.answers import Moment
from lvtu.service.home import Served

_STEPS = 4
_FEW = 3
"""Places, from which on they make a picture of paths."""

_GOALS = ("ordered", "paid")
"""Behaviours that most workspaces are about."""

_ACTIVE = "lifecycle:active"

Begin = dict[str, dict[str, Any]]


def begin(served: Served, moment: Moment) -> Begin:
    """By analysis, a question to begin with; nothing for those that are well asked as they are, or cannot be asked.

    Steps are the most frequent events in the order in which they mostly follow each other; the goal is an order where
    there is one; periods fit how much time there is. All of it is there to be changed.
    """
    found: Begin = moment.known.get(("begin", moment.documents), lambda: _found(served, moment))
    return found


def _found(served: Served, moment: Moment) -> Begin:
    counts: dict[str, int] = moment.known.get("events", moment.snapshot.event_counts)
    if not counts:
        return {}
    steps = _steps(moment, list(counts))
    goal = _goal(served, list(counts)) or steps[-1]
    period = _period(moment)
    paths = {"by": by} if (by := _places(served, moment, len(counts))) != "event" else {}
    apart = {"start": steps[0], "end": goal if goal != steps[0] else steps[-1]}
    questions: Begin = {
        "funnel": {"steps": steps if len(steps) > 1 else [goal, goal]},
        "retention": {"period": period},
        "trend": {"period": period},
        "lifecycle": {"period": period},
        "stickiness": {"period": period},
        "timing": apart,
        "handoffs": {"pairs": [{"source": apart["start"], "target": apart["end"], "within": "7d"}]},
        "drivers": _drivers(moment),
        "response_times": _waits(list(counts)),
        "touchpoint_quality": _quality(served, moment, list(counts)),
        "scorecard": paths,
        "word_of_mouth": _mouth(served, list(counts)),
        "attribution": {"goal": [goal], "model": ["first", "last", "markov"]},
        "channels": {"goal": [goal]},
        "metric": _metric(served, moment),
        "scores": _scores(moment),
        "segment": {"condition": _ACTIVE},
        "overlap": {"segments": [_ACTIVE, f"did {spell_name(goal)}"]},
        "drift": {"segment": _ACTIVE, "period": period},
        "rfm": {"event": goal},
        **dict.fromkeys(("graph", "flow", "step_matrix", "variants", "clusters"), paths),
    }
    if not served.workspace.models():
        questions["conformance"] = {"order": steps}
        questions["first_touch"] = {"by": "event"}
    return {name: spec for name, spec in questions.items() if spec}


def _steps(moment: Moment, names: list[str]) -> list[str]:
    """Where most customers begin, then the most frequent other events, in the order in which they mostly follow."""
    begins = moment.ask(spec_of({"analysis": "first_touch", "by": "event"})).result.table["event"][0].as_py()
    chosen = [name for name in names if name != begins][: _STEPS - 1]
    rows = moment.ask(spec_of({"analysis": "graph"})).result.table.to_pylist()
    after = {(row["source"], row["target"]): row["transitions"] for row in rows}

    def behind(name: str) -> int:
        """How many of the chosen ones it rather follows than leads to."""
        return sum(after.get((other, name), 0) > after.get((name, other), 0) for other in chosen)

    return [begins, *sorted(chosen, key=behind)]


def _goal(served: Served, names: list[str]) -> str | None:
    """The event that shows an order or a payment, by the journey model, or by its usual name."""
    known = served.workspace.model().behaviours if served.workspace.models() else STANDARD
    for key in _GOALS:
        for behaviour in known:
            for rule in behaviour.events if behaviour.key == key else ():
                if found := rule.names(names):
                    return found[0]
    return None


def _drivers(moment: Moment) -> dict[str, Any]:
    """The event by which customers say whether they recommend, else one on the scale that is answered most."""
    counts = moment.view.asked(lambda snapshot, who: frequencies(who, snapshot, "scale"))
    scales = sorted((scale for scale, _ in counts if scale is not None), key=lambda scale: scale != "nps")
    for scale in scales[:1]:
        on = f"scale = '{scale}'"
        first = moment.ask(spec_of({"analysis": "first_touch", "by": "event", "where": on})).result.table
        if first.num_rows:
            return {"outcome": first["event"][0].as_py(), "outcome_where": on}
    return {}


_ANSWERED = {
    "Ticket Created": ("First Response", "Ticket Answered", "Ticket Solved"), "Chat Started": ("Chat Answered",),
    "Call Started": ("Call Answered",), "Complaint Received": ("Company Responded", "Complaint Sent to Company"),
}  # fmt: skip


def _waits(names: list[str]) -> dict[str, Any]:
    """What customers wait for, by the usual names of both ends."""
    for start, answers in _ANSWERED.items():
        for end in answers if start in names else ():
            if end in names:
                return {"start": start, "end": end}
    return {}


_FAILED = ("Payment Failed", "Error Shown", "Complaint Made", "Delivery Failed", "Order Cancelled")
"""Events that show a failure wherever they have these usual names."""

_PROMISED = {"Ticket Created": "1d", "Chat Started": "1m", "Call Started": "1m", "Complaint Received": "15d"}


def _quality(served: Served, moment: Moment, names: list[str]) -> dict[str, Any]:
    """By touchpoint, with the failures and the waits that have their usual names; nothing where nobody scores."""
    scales = moment.view.asked(lambda snapshot, who: frequencies(who, snapshot, "scale"))
    if all(scale is None for scale, _ in scales):
        return {}
    found: dict[str, Any] = {"by": _places(served, moment, len(names))}
    if failed := [name for name in _FAILED if name in names]:
        found["failure"] = _one_of(failed)
    waits = [
        {"start": start, "end": end, "within": _PROMISED[start]}
        for start, answers in _ANSWERED.items() if start in names
        for end in [one for one in answers if one in names][:1]
    ]  # fmt: skip
    return found | ({"standards": waits} if waits else {})


def _mouth(served: Served, names: list[str]) -> dict[str, Any]:
    """By stage, as the journey model has it; without one, referrals by their usual names."""
    if served.workspace.models():
        return {"by": "stage"}
    usual = next(one for one in STANDARD if one.key == "referred")
    referred = [name for rule in usual.events for name in rule.names(names)]
    return {"referral": _one_of(referred)} if referred else {}


def _one_of(names: list[str]) -> str:
    """A condition that is true of events with one of some names."""
    listed = ", ".join(f"'{name}'" for name in names)
    return f"event in ({listed})"


def _period(moment: Moment) -> str:
    """How long the periods are into which the time between the first and the last event falls: some eight to sixty."""
    first, last = moment.snapshot.times
    days = (last - first) / DAY
    return "hour" if days < 2 else "day" if days < 62 else "week" if days < 370 else "month"


def _places(served: Served, moment: Moment, events: int) -> str:
    """What tells places apart well enough to see paths: the model's touchpoints, else events, else channels."""
    if served.workspace.models() and _told_apart(moment, "touchpoint") >= _FEW:
        return "touchpoint"
    return "channel" if events < _FEW <= _told_apart(moment, "channel") else "event"


def _told_apart(moment: Moment, column: str) -> int:
    """How many values of a column there are; none where most events have none."""
    counts = moment.view.asked(lambda snapshot, who: frequencies(who, snapshot, column))
    everything, missing = sum(number for _, number in counts), sum(number for value, number in counts if value is None)
    return 0 if 2 * missing > everything else sum(value is not None for value, _ in counts)


def _scores(moment: Moment) -> dict[str, Any]:
    """A measure that the answers can give, the usual ones first."""
    for measure in ("nps", "csat", "ces", "stars"):
        try:
            moment.ask(spec_of({"analysis": "scores", "metric": measure}))
        except LvtuError:  # no answers are on a scale of its own, or they are on several
            continue
        return {} if measure == "nps" else {"metric": measure}
    scales = moment.view.asked(lambda snapshot, who: frequencies(who, snapshot, "scale"))
    first = next((scale for scale, _ in scales if scale is not None), None)
    return {} if first is None else {"metric": "mean", "scale": first}


def _metric(served: Served, moment: Moment) -> dict[str, Any]:
    """The first metric of the catalogue that the events can answer."""
    for metric in served.workspace.metrics():
        try:
            asked = moment.ask(spec_of({"analysis": "metric", "name": metric.key}))
        except LvtuError:  # it needs what is not here, a journey model say
            continue
        if asked.result.table.num_rows:
            return {"name": metric.key}
    return {}
