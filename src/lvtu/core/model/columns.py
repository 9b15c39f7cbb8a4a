"""A journey model as columns: which touchpoint, stage and behaviour every event shows, worked out at reading.

A rule that asks for the event's name alone is a look-up over the codes of the names; only rules with a channel, a
condition or touchpoints look at rows. So a model may change at any time, and nothing on disk is built anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lvtu.core.expr import evaluate, parse
from lvtu.core.expr.columns import Columns
from lvtu.core.expr.texts import look_up
from lvtu.errors import LvtuError, UnknownName

if TYPE_CHECKING:
    from lvtu.core.metrics import Metric
    from lvtu.core.model.journey import JourneyModel
    from lvtu.core.model.nesting import Node
    from lvtu.core.model.rules import Rule

_ROOM: dict[Any, int] = {np.uint8: 8, np.uint16: 16, np.uint32: 32, np.int64: 62}
"""Types for bits, and how many they hold; int64 at the end, since kernels cannot mix uint64 with their int64."""

ONLINE = ("", "online", "offline")
"""The values of the column ``online``, by code."""


class ModelColumns:
    """The columns of a model: ``touchpoint``, ``stage``, ``behaviour`` and ``online``, as codes by row (0: none).

    * ``touchpoint``: the first touchpoint, in the model's order, one of whose rules the event fits;
    * ``stage``: the first stage whose entry rule the event fits;
    * ``behaviour``: the first behaviour defined by events that it fits (derived ones are flags of customers);
    * ``online``: what its touchpoint says, and where that says nothing, or there is none, what its channel is.

    Args:
        model: gives the model; asked once, and only when a column is needed.
        metric: gives the metric of a name; without it there are none.
        named: gives the models that its stages name as children; without it there are none.
    """

    def __init__(
        self,
        model: Callable[[], JourneyModel],
        metric: Callable[[str], Metric] | None = None,
        named: Callable[[str], JourneyModel] | None = None,
    ) -> None:
        self._model, self._metric, self._named = model, metric, named
        self.used = False

    def tree(self) -> list[Node]:
        """The model with the journeys within its stages.

        Raises:
            BadInput: a stage names a model, and nobody knows models by name here.
        """
        from lvtu.core.model.nesting import tree

        def unknown(name: str) -> JourneyModel:
            raise UnknownName("model", name, [])

        return tree(self.model, self._named or unknown)

    def __getstate__(self) -> dict[str, Any]:
        """What travels: not the way to ask for a model, but what comes of it, the model or why there is none."""
        given: JourneyModel | LvtuError
        try:
            given = self.model if self.used else self._model()
        except LvtuError as error:
            given = error
        return {"used": self.used, "_model": partial(_given, given), "_named": None, "_metric": None}

    @cached_property
    def model(self) -> JourneyModel:
        """The model."""
        found = self._model()
        self.used = True  # not before: where there is no model, the answer was read through none
        return found

    def naming(self) -> JourneyModel | None:
        """The model for the names that it has, not to read events through it; None where there is none."""
        if self.used:
            return self.model
        try:
            return self._model()
        except LvtuError:
            return None

    def metric(self, name: str) -> Metric:
        """The definition of a metric.

        Raises:
            UnknownName: there is no such metric.
        """
        if self._metric is None:
            raise UnknownName("metric", name, ())
        return self._metric(name)

    @cached_property
    def _parts(self) -> dict[str, list[tuple[str, tuple[Rule, ...]]]]:
        """The values of each column in order, with their rules."""
        model = self.model
        return {
            "touchpoint": [(one.id, one.events) for one in model.touchpoints],
            "stage": [(one.key, one.entry) for one in model.stages],
            "behaviour": [(one.key, one.events) for one in model.behaviours if one.events],
        }

    def values(self, name: str) -> Sequence[str]:
        """The text of each code; entry 0 is unused."""
        return ONLINE if name == "online" else ("", *(value for value, _ in self._parts[name]))

    def reads(self, name: str) -> frozenset[str]:
        """The fields and properties that a column is worked out from, besides ``event``."""
        if name == "online":
            return self.reads("touchpoint") | {"channel"}
        rules = [rule for _, rules in self._parts[name] for rule in rules]
        return self.read_by(rules)

    def read_by(self, rules: Iterable[Rule]) -> frozenset[str]:
        """The fields and properties that some rules look at, besides ``event``."""
        rules = list(rules)
        found = frozenset(name for rule in rules for name in rule.reads)
        return found | (self.reads("touchpoint") if any(rule.touchpoints for rule in rules) else frozenset())

    def codes(self, name: str, columns: Columns) -> NDArray[Any]:
        """A column by row."""
        if name == "online":
            return self._online(columns)
        return self._first([rules for _, rules in self._parts[name]], columns)

    def bits(self, parts: Sequence[Sequence[Rule]], columns: Columns) -> NDArray[Any]:
        """Which parts (62 at most) each row fits: bit p (0-based) when it fits a rule of part p."""
        event, names = columns.codes("event")
        kind = next(kind for kind, room in _ROOM.items() if len(parts) <= room)
        table = np.zeros(len(names), kind)
        for place, rule in _numbered(parts, plain=True):
            table[_codes(rule, names)] |= 1 << (place - 1)
        bits = _looked_up(table, event)
        for place, rule in _numbered(parts, plain=False):
            bits |= self._fits(rule, columns).astype(kind) << kind(place - 1)
        return bits

    def _first(self, parts: Sequence[Sequence[Rule]], columns: Columns) -> NDArray[Any]:
        """The number (1-based) of the first part that each row fits; 0 for none."""
        event, names = columns.codes("event")
        kind = np.min_scalar_type(len(parts))
        table = np.zeros(len(names), kind)
        for place, rule in _numbered(parts, plain=True)[::-1]:
            table[_codes(rule, names)] = place
        out = _looked_up(table, event)
        for place, rule in _numbered(parts, plain=False):
            # minus 1, none (0) becomes the largest number there is, behind every part
            better = self._fits(rule, columns) & (out - kind.type(1) > kind.type(place - 1))
            out[better] = place
        return out

    def _fits(self, rule: Rule, columns: Columns) -> NDArray[np.bool_]:
        """The rows that fit one rule."""
        kept = np.ones(columns.rows, bool)
        if rule.events:
            kept &= _among(columns, "event", lambda names: _codes(rule, names))
        if rule.channel:
            kept &= _among(columns, "channel", lambda names: _places(names, rule.channel))
        if rule.touchpoints:
            kept &= _among(columns, "touchpoint", lambda names: _places(names, rule.touchpoints))
        if rule.where:
            kept &= evaluate(parse(rule.where), columns)
        return kept

    def _online(self, columns: Columns) -> NDArray[Any]:
        channel, names = columns.codes("channel")
        known = {one.key: one.online for one in self.model.channels}
        by_channel = np.array([_online_code(known.get(name)) for name in names], np.uint8)
        by_channel[0] = 0
        stated = [0, *(_online_code(one.online) for one in self.model.touchpoints)]
        out = _looked_up(by_channel, channel)
        if any(stated):
            by_touchpoint = _looked_up(np.array(stated, np.uint8), columns.codes("touchpoint")[0])
            out = np.where(by_touchpoint != 0, by_touchpoint, out)
        return out


def _given(found: JourneyModel | LvtuError) -> JourneyModel:
    if isinstance(found, LvtuError):
        raise found
    return found


def _looked_up(table: NDArray[Any], codes: NDArray[Any]) -> NDArray[Any]:
    """``table[codes]`` as a new array; where both are bytes, as bytes (ten times as fast)."""
    if table.dtype == codes.dtype == np.uint8:
        return np.frombuffer(bytearray(codes.tobytes().translate(table.tobytes().ljust(256, b"\0")[:256])), np.uint8)
    return np.take(table, codes)


def _numbered(parts: Sequence[Sequence[Rule]], plain: bool) -> list[tuple[int, Rule]]:
    """The plain rules, or the others, each with the number (1-based) of its part."""
    return [(place, rule) for place, rules in enumerate(parts, 1) for rule in rules if rule.plain == plain]


def _codes(rule: Rule, names: Sequence[str]) -> list[int]:
    wanted = set(rule.names(names[1:]))
    return [code for code, name in enumerate(names) if code and name in wanted]


def _places(names: Sequence[str], wanted: Sequence[str]) -> list[int]:
    return [code for code, name in enumerate(names) if code and name in wanted]


def _among(columns: Columns, name: str, places: Callable[[Sequence[str]], list[int]]) -> NDArray[np.bool_]:
    codes, names = columns.codes(name)
    kept = np.zeros(len(names), bool)
    kept[places(names)] = True
    return look_up(codes, kept)


def _online_code(online: bool | None) -> int:
    return 0 if online is None else ONLINE.index("online" if online else "offline")
