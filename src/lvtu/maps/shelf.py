"""The maps of a workspace, as Python sees them."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from lvtu.core.units import moment
from lvtu.core.words import Lang
from lvtu.core.words import language as spoken
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.changes import Change, changes, undone
from lvtu.maps.changes import applied as with_changes
from lvtu.maps.document import JourneyMap
from lvtu.maps.edits import made

if TYPE_CHECKING:
    from lvtu.core.model import JourneyModel
    from lvtu.core.model.touchpoints import Touchpoint
    from lvtu.maps.autodraw import Drawn
    from lvtu.maps.drawing.sheet import Sheet
    from lvtu.maps.live import Filled
    from lvtu.maps.live.freshness import Stale
    from lvtu.maps.live.ledger import Resting
    from lvtu.maps.live.whole import Live, Living

    class Mapped(Drawn, Living, Protocol):
        """A workspace, as its maps see it."""


Allow = Callable[[str, tuple[Change, ...]], None]
"""Raises an error where an edit is not to be made."""


class Maps:
    """The maps of a workspace.

    Args:
        ws: the workspace.

    Example:
        >>> import lvtu, tempfile
        >>> shop = lvtu.open(tempfile.mkdtemp())
        >>> map = shop.maps.load({
        ...     "title": {"zh": "网购", "en": "Shopping"}, "stages": [{"key": "buy", "name": "Buy"}],
        ...     "steps": [{"key": "pay", "stage": "buy", "name": "Pay"}],
        ... })
        >>> map.edit("split_step", step="pay", parts=[{"key": "scan", "name": "Scan"}, {"key": "ok", "name": "OK"}])
        >>> [step.key for step in shop.maps["Shopping"].document.steps], map.history()[-1]["what"]
        (['scan', 'ok'], 'split_step')
        >>> map.undo()
        >>> [step.key for step in shop.maps["网购"].document.steps]
        ['pay']
    """

    def __init__(self, ws: Mapped) -> None:
        self._ws = ws

    def __getitem__(self, name: str) -> Map:
        """A map by its title, in either language, or by its id.

        Raises:
            UnknownName: there is none.
            BadInput: several are called so.
        """
        maps = self._ws._ledger.maps
        if maps.there(name):
            return Map(self._ws, name)
        found = [one for one in maps.all() if name in one.title.values()]
        if not found:
            raise UnknownName("map", name, [one.title["en"] for one in maps.all()])
        if len(found) > 1:
            raise BadInput("several_maps", name=name, known=[one.id for one in found])
        return Map(self._ws, found[0].id)

    def of(self, id: str, allow: Allow | None = None) -> Map:
        """The map of an id, whether it is there or not: what is asked of it tells.

        Args:
            id: its id.
            allow: see `Map`.
        """
        return Map(self._ws, id, allow)

    def __iter__(self) -> Iterator[Map]:
        return (Map(self._ws, one.id) for one in self._ws._ledger.maps.all())

    def __len__(self) -> int:
        return len(self._ws._ledger.maps.all())

    def __repr__(self) -> str:
        return f"Maps({[one.title['en'] for one in self._ws._ledger.maps.all()]})"

    def load(
        self, value: JourneyMap | dict[str, Any] | str | Path, *, by: str | None = None, allow: Allow | None = None
    ) -> Map:  # fmt: skip
        """Keep a map: a new one, or the next state of one that is there.

        Args:
            value: a `lvtu.maps.JourneyMap`, a dict, JSON or YAML text, or the path of a file of either.
            by: who says so; who runs this if not given.
            allow: see `Map`.

        Raises:
            BadInput: it is no map, or not whole.
        """
        document = JourneyMap.load(value)
        map_ = Map(self._ws, document.id, allow)
        map_._keep(document, "loaded", by)
        return map_

    def autodraw(
        self, title: str | Mapping[str, str] | None = None, model: str | None = None, where: str | None = None,
        since: str | None = None, until: str | None = None, *, by: str | None = None,
    ) -> Map:  # fmt: skip
        """Draw a map from the data, and keep it; see `lvtu.maps.autodraw.autodraw`.

        Args:
            title: what it is called; as the model if not given.
            model: the key of the journey model whose stages it shows; the default one if not given.
            where: whom it is about: a condition in the filter language.
            since, until: when it happened; where neither is given, the last quarter, or the last wave of a survey.
            by: who draws it; who runs this if not given.

        Raises:
            BadInput: the workspace has no journey model, or the condition cannot be read.
        """
        from lvtu.maps.autodraw import autodraw

        document = autodraw(self._ws, title, model, where, since, until, self._ws.config.zone)
        map_ = Map(self._ws, document.id)
        map_._keep(document, "drawn", by)
        return map_


class Map:
    """A map of a workspace. What is done with it is kept at once; nothing that was in it is lost.

    Args:
        ws: the workspace.
        id: the map's.
        allow: is told the name of an edit and what it changes before it is kept, and may refuse it.
    """

    def __init__(self, ws: Mapped, id: str, allow: Allow | None = None) -> None:
        self._ws, self.id, self.allow = ws, id, allow

    @property
    def document(self) -> JourneyMap:
        """The map as it is.

        Raises:
            UnknownName: it has been taken away.
        """
        return JourneyMap.load(self._ws._ledger.maps.read(self.id).document)

    @property
    def step(self) -> int:
        """How often it has been edited.

        Raises:
            UnknownName: it has been taken away.
        """
        return self._ws._ledger.maps.step(self.id)

    def __repr__(self) -> str:
        return f"Map({self.document.title.en!r})"

    def _repr_html_(self) -> str:
        return escape(repr(self))

    def to_json(self) -> str:
        """The map as JSON, with everything that is in it; `Maps.load` reads it."""
        return self.document.to_json()

    @property
    def live(self) -> Live:
        """Everything that the data know of the map: what is behind its numbers, and what they rest on."""
        from lvtu.maps.live.whole import Live

        return Live(self._ws, self.id, self.document, self._library)

    def answers(self) -> Filled:
        """What the data say to the map now: values by lane and step, quotes, who was there (`lvtu.maps.live`)."""
        live = self.live
        return live.fresh(live.counted())

    def evidence(self) -> Resting:
        """What its cards rest on: by kind of evidence, the share that has any, what is assumed."""
        from lvtu.maps.live.ledger import resting

        return resting(self.document)

    def stale(self) -> list[Stale]:
        """The cells that are not to be relied on any more, each with the reason why (`lvtu.maps.live.freshness`)."""
        live = self.live
        return live.stale(live.counted())

    def svg(
        self, type: str = "linear", style: str = "timeline", language: Lang | None = None, *, dark: bool = False,
        headed: bool = True, lanes: Sequence[str] | None = None, folded: Sequence[str] = (),
        answers: Filled | None = None, frame: str | None = None,
    ) -> str:  # fmt: skip
        """The map as a picture, with what the data say now.

        Args:
            type: how the steps are arranged: ``linear`` or ``stage``.
            style: how they are told: ``timeline`` or ``chart``.
            language: ``zh`` or ``en``; that of the environment if not given.
            dark: whether it is for a dark page.
            headed: whether title, scenario and the journey's numbers stand above it.
            lanes: keys of the lanes that it shows; all if not given.
            folded: keys of the lanes that it shows folded.
            answers: what `answers` returned; asked now if not given.
            frame: the key of a frame: the part of the map that it shows (`lvtu.maps.drawing.frames`); all if not given.

        Raises:
            UnknownName: there is no such type, style, lane or frame.
        """
        from lvtu.maps.drawing import drawn
        from lvtu.maps.drawing.showing import showing
        from lvtu.maps.drawing.svg import svg

        lang = language or spoken()
        sheet = self._sheet(lang, dark, answers, frame)
        sheet = replace(sheet, map=showing(sheet.map, lanes, folded), headed=headed and sheet.headed)
        return svg(drawn(sheet, type, style), lang)

    def _sheet(self, lang: Lang, dark: bool = False, answers: Filled | None = None, frame: str | None = None) -> Sheet:
        """Everything that is needed to draw the map, or to write it in another form."""
        from lvtu.maps.drawing.frames import framed
        from lvtu.maps.drawing.sheet import Sheet

        document = self.document
        plan = self._plan(document)
        names = plan.names("touchpoint"), plan.names("channel")
        sheet = Sheet(document, self.answers() if answers is None else answers, lang, dark, *names)
        return sheet if frame is None else framed(sheet, frame)

    def _library(self) -> dict[str, Touchpoint]:
        """The touchpoints that its steps may name, by id."""
        return {one.id: one for one in self._plan(self.document).touchpoints}

    def _plan(self, document: JourneyMap) -> JourneyModel:
        """The journey model of the map; one without anything where it has none."""
        from lvtu.core.model import JourneyModel

        if document.model is None:
            return JourneyModel.model_validate({"key": "map", "title": document.title})
        return self._ws.model(document.model)

    def edit(self, edit: str, *, by: str | None = None, **arguments: Any) -> None:
        """Change the map; see `lvtu.maps.edits` for what can be done.

        Args:
            edit: the name of the edit: ``split_step``, ``put``, …
            by: who does it; who runs this if not given.
            **arguments: the edit's.

        Raises:
            BadInput: it does not fit the map.
        """
        self._keep(made(self.document, {"edit": edit, **arguments}), edit, by)

    def apply(self, some: list[Change], what: str = "changed", *, by: str | None = None) -> None:
        """Make changes that somebody else made.

        Raises:
            BadInput: what they change has been changed otherwise meanwhile.
        """
        self._keep(with_changes(self.document, some), what, by)

    def undo(self, *, by: str | None = None) -> None:
        """Take back one's own last edit that has not been taken back; that is an edit too.

        Args:
            by: whose; who runs this if not given.

        Raises:
            BadInput: there is none, or somebody else has changed the same things since.
        """
        by = by or getpass.getuser()
        steps = [step for step in self._ws._ledger.maps.steps(self.id) if step.by == by]
        back = 0
        for step in reversed(steps):
            if step.what == "undone":
                back += 1
            elif back:
                back -= 1
            elif step.step > 1:
                given = [Change.model_validate(one) for one in step.changes]
                return self.apply(list(undone(given)), "undone", by=by)
        raise BadInput("nothing_to_undo", map=self.document.title.en)

    def history(self, after: int = 0) -> list[dict[str, Any]]:
        """Every edit, the oldest first: ``step``, ``time`` (ISO-8601), ``by``, ``what``, ``changes``.

        Args:
            after: the step behind which they are told.
        """
        return [
            {"step": one.step, "time": moment(one.time).isoformat(), "by": one.by, "what": one.what,
             "changes": [Change.model_validate(change) for change in one.changes]}
            for one in self._ws._ledger.maps.steps(self.id, after)
        ]  # fmt: skip

    @property
    def edited(self) -> tuple[str, str]:
        """When it was edited last (ISO-8601), and by whom.

        Raises:
            UnknownName: it has been taken away.
        """
        time, by = self._ws._ledger.maps.last(self.id)
        return moment(time).isoformat(), by

    def publish(self, name: str, *, by: str | None = None, answers: Filled | None = None) -> int:
        """Keep the map as it is under a name, for good; returns the number of the version.

        Args:
            name: its name.
            by: who keeps it; who runs this if not given.
            answers: what the data say to it: what moves later is told against that; asked now if not given.
        """
        by = by or getpass.getuser()
        number = self._ws._ledger.maps.publish(self.id, name, by)
        self.live.see(by, number, answers)
        return number

    def versions(self) -> list[dict[str, Any]]:
        """The named versions: ``number``, ``name``, ``time`` (ISO-8601), ``by``."""
        kept = self._ws._ledger.maps.versions(self.id)
        return [one._asdict() | {"time": moment(one.time).isoformat()} for one in kept]

    def version(self, number: int) -> JourneyMap:
        """The map as it was when a version was kept.

        Raises:
            UnknownName: there is no such version.
        """
        return JourneyMap.load(self._ws._ledger.maps.version(self.id, number))

    def restore(self, number: int, *, by: str | None = None) -> None:
        """Make the map what it was when a version was kept. What came between stays in the history.

        Raises:
            UnknownName: there is no such version.
        """
        self._keep(self.version(number), "restored", by)

    def diff(self, other: JourneyMap | Map | int) -> tuple[Change, ...]:
        """What is otherwise in another map, or was in a version: from that to this."""
        before = self.version(other) if isinstance(other, int) else other.document if isinstance(other, Map) else other
        return changes(before, self.document)

    def remove(self) -> None:
        """Take the map away, with its history and versions."""
        self._ws._ledger.maps.remove(self.id)

    def _keep(self, document: JourneyMap, what: str, by: str | None) -> None:
        maps = self._ws._ledger.maps
        step, log = 0, cast("tuple[Change, ...]", ())
        if maps.there(self.id):
            kept = maps.read(self.id)
            step, log = kept.step, changes(JourneyMap.load(kept.document), document)
            if not log:
                return
            if self.allow is not None:
                self.allow(what, log)
        told = [one.model_dump(mode="json", exclude_none=True) for one in log]
        maps.write(document.document(), told, what, by or getpass.getuser(), before=step)
