"""What is behind the steps and cells of a map, as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from typing import Any

from lvtu.analyses.calendars import zone_of
from lvtu.core.units import moment
from lvtu.core.words import Lang, say
from lvtu.errors import LvtuError
from lvtu.maps import JourneyMap, Map
from lvtu.maps.document import Binding
from lvtu.maps.drawing.numbers import aim, interval, number, told
from lvtu.maps.live import Filled, Value
from lvtu.maps.live.behind import Behind, Moment
from lvtu.service.access import Access, Role
from lvtu.service.analyses.schemas import CustomerOf, CustomersOf
from lvtu.service.cells.evidence import cards
from lvtu.service.cells.schemas import (
    BehindCell,
    BehindGap,
    BehindNext,
    BehindQuote,
    BehindScore,
    BehindStep,
    BehindTile,
    BehindTrend,
)
from lvtu.service.maps.answering import answered
from lvtu.service.maps.found import found, map_of

_NEXT = 3
"""Steps that are told of those where customers go next."""

_NOTHING = "—"

_TITLES = {"day": "%Y-%m-%d", "week": "%Y-%m-%d", "month": "%Y-%m", "quarter": "%Y-%m", "year": "%Y"}
"""How the start of a calendar period is told."""


def behind(access: Access, id: str, step: str | None, lane: str | None, lang: Lang) -> BehindStep:
    """What is behind a step, or the head.

    Raises:
        NotFound: there is no map of that id.
        UnknownName: it has no such step.
    """
    with found(id):
        map_ = map_of(access, id)
        telling = _Telling(access, map_, map_.document.spoken(lang), answered(access, map_), lang)
        return telling.head() if step is None else telling.step(step, lane)


def customers(
    access: Access, id: str, step: str | None, lane: str | None, binding: str | None, after: int, limit: int
) -> CustomersOf:
    """A page of the customers behind a number.

    Raises:
        NotFound: there is no map of that id.
        UnknownName: it has no such step, lane or binding.
    """
    with found(id):
        map_ = map_of(access, id)
        names = access.served.maps.customers(map_, step, lane, binding)
    page, end = names[after : after + limit], min(after + limit, len(names))
    return CustomersOf(
        customers=[CustomerOf(id=name, name=name) for name in page], total=len(names),
        next=end if end < len(names) else None, token="", newer=False,
    )  # fmt: skip


def days(since: int | None, until: int | None, zone: tzinfo) -> str:
    """A period (µs, the end exclusive) as people read it: its first and its last day; one where they are the same."""
    ends = (since, None if until is None else until - 1)
    return " – ".join(dict.fromkeys(f"{moment(one).astimezone(zone):%Y-%m-%d}" for one in ends if one is not None))


@dataclass(frozen=True)
class _Telling:
    """Whoever reads, and what they read of."""

    access: Access
    map: Map
    document: JourneyMap
    filled: Filled
    lang: Lang

    def head(self) -> BehindStep:
        bindings = [one for one in self.document.bindings if one.lane is None]
        return self._whole(
            "", self.document.title.get(self.lang), "", self.document.owner,
            cells=[self._cell(one, "", self.filled.head.get(one.key)) for one in bindings],
        )  # fmt: skip

    def step(self, key: str, lane: str | None) -> BehindStep:
        step, lang, known = self.document.step(key), self.lang, self._known
        stage = self.document.stage(step.stage)
        reached, effort = self.filled.volume.get(key), known.effort.get(key)
        gap = known.gaps.get(key)
        share = ""
        if reached is not None and self.filled.customers:
            share = number(reached.n / self.filled.customers, "share", lang)
        return self._whole(
            key, step.name.get(lang), stage.name.get(lang), step.owner or stage.owner or self.document.owner,
            expectation=step.expectation.get(lang) if step.expectation else None,
            customers=None if self.filled.customers is None else reached.n if reached else 0, share=share,
            cells=sorted(self._cells(key), key=lambda one: one.lane != lane),
            tiles=[self._tile(tile.name, tile.value, tile.trend, tile.spec) for tile in known.tiles.get(key, ())],
            effort="" if effort is None else told(effort, lang),
            gap=None if gap is None else BehindGap(
                expected=f"{gap.expected:.1f}", perceived=f"{gap.perceived:.1f}",
                shown=number(gap.gap.value, "points", lang), interval=interval(gap.gap, lang), n=gap.gap.n,
                behind=gap.behind,
            ),
            next=list(self._next(key)),
            cards=cards(self.access, self.map, key, lang),
            quotes=[
                BehindQuote(text=one.text, event=one.source, who=" · ".join(w for w in (one.speaker, one.date) if w))
                for one in self.filled.quotes.get(key, ())
            ],
        )  # fmt: skip

    @property
    def _zone(self) -> tzinfo:
        return zone_of(self.access.served.workspace.config.zone)

    @cached_property
    def _known(self) -> Behind:
        return self.access.served.maps.behind(self.map)

    def _whole(self, step: str, title: str, stage: str, owner: str | None, **more: Any) -> BehindStep:
        since, until = self.filled.period or (None, None)
        notes = [note.text(self.lang) for note in self.filled.notes]
        told_: dict[str, Any] = {
            "expectation": None, "customers": self.filled.customers, "share": "", "tiles": [], "effort": "",
            "gap": None, "next": [], "quotes": [], "cards": [],
        }  # fmt: skip
        return BehindStep(
            step=step, title=title, stage=stage, owner=owner, period=days(since, until, self._zone),
            since=None if since is None else moment(since).isoformat(),
            until=None if until is None else moment(until).isoformat(), where=self.document.where, notes=notes,
            edits=self.access.role >= Role.editor, opens=not self.access.masked, **(told_ | more),
        )  # fmt: skip

    def _cells(self, step: str) -> Iterator[BehindCell]:
        for lane in self.document.lanes:
            binding = self.document.bound(lane.key, step)
            value = self.filled.values.get(lane.key, {}).get(step)
            if binding is not None and (value is not None or binding.step or binding.key in self.filled.failed):
                yield self._cell(binding, step, value)

    def _cell(self, binding: Binding, step: str, value: Value | None) -> BehindCell:
        failed = self.filled.failed.get(binding.key)
        lane = None if binding.lane is None else self.document.lane(binding.lane)
        label = lane.label.get(self.lang) if lane is not None else binding.key
        title = binding.title.get(self.lang) if binding.title else label
        return BehindCell(
            lane=binding.lane, key=binding.key, title=title, **self._figure(value), change=self._change(value),
            worse=bool(value and value.worse), better=bool(value and value.better), few=bool(value and value.few),
            target="" if value is None else aim(value, self.lang),
            met=value is not None and value.short is not None and value.short <= 0,
            stale=None if value is None or value.stale is None else value.stale.text(self.lang),
            failed=None if failed is None else failed.text(self.lang), own=binding.step is not None,
            trend=self._trend(binding, step) if value is not None else [],
            spec={"analysis": binding.analysis, **binding.spec}, cadence=binding.cadence,
        )  # fmt: skip

    def _figure(self, value: Value | None) -> dict[str, Any]:
        if value is None:
            return {"shown": _NOTHING, "interval": "", "n": 0}
        shown = number(value.value, value.unit, self.lang)
        return {"shown": shown, "interval": interval(value, self.lang), "n": value.n}

    def _change(self, value: Value | None) -> str:
        if value is None or value.before is None:
            return ""
        kind = "worse" if value.worse else "better" if value.better else "same"
        return say(f"maps.behind.{kind}", self.lang, before=number(value.before, value.unit, self.lang))

    def _trend(self, binding: Binding, step: str) -> list[BehindTrend]:
        try:
            moments = self.access.served.maps.trend(self.map, binding.key).get(step, ())
        except LvtuError:  # what has an answer for one period may have none by calendar period
            return []
        return self._told(moments)

    def _told(self, moments: tuple[Moment, ...]) -> list[BehindTrend]:
        return [
            BehindTrend(
                title=f"{moment(one.start).astimezone(self._zone):{_TITLES[self._known.period]}}",
                score=None if one.value is None else BehindScore(
                    value=one.value.value, low=one.value.low, high=one.value.high, **self._figure(one.value)
                ),
            )
            for one in moments
        ]  # fmt: skip

    def _tile(
        self, name: Any, value: Value | None, trend: tuple[Moment, ...], spec: Mapping[str, Any] | None
    ) -> BehindTile:
        return BehindTile(
            name=name, title=say(f"maps.tiles.{name}.title", self.lang), **self._figure(value),
            source=say(f"maps.tiles.{name}.source", self.lang), trend=self._told(trend),
            spec=None if spec is None else dict(spec),
        )  # fmt: skip

    def _next(self, step: str) -> Iterator[BehindNext]:
        ways = {to: value for (of, to), value in self.filled.ways.items() if of == step}
        for to in sorted(ways, key=lambda key: -ways[key].value)[:_NEXT]:
            between = self.filled.between.get((step, to))
            if between is None:  # without times that are exact nobody knows in which order it was
                continue
            yield BehindNext(
                step=to, title=self.document.step(to).name.get(self.lang),
                share=number(ways[to].value, "share", self.lang),
                time=number(between.value, "duration", self.lang),
            )  # fmt: skip
