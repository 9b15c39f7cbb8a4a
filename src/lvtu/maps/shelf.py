"""The maps of a workspace, as Python sees them."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from lvtu.catalog.ids import uuid7
from lvtu.core.units import moment
from lvtu.core.words import LANGS, Lang, say
from lvtu.core.words import language as spoken
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.changes import Change, changes, undone
from lvtu.maps.changes import applied as with_changes
from lvtu.maps.document import JourneyMap
from lvtu.maps.edits import made
from lvtu.maps.exports import Exports
from lvtu.maps.images import type_of
from lvtu.maps.nesting import refuse_cycle
from lvtu.maps.undoing import stacks

if TYPE_CHECKING:
    import pyarrow as pa

    from lvtu.core.model import JourneyModel
    from lvtu.core.model.touchpoints import Touchpoint
    from lvtu.core.segments import Segment
    from lvtu.maps.autodraw import Drawn
    from lvtu.maps.blueprint import Finding, Reading
    from lvtu.maps.exchange.incoming import Report
    from lvtu.maps.history import Difference, Told
    from lvtu.maps.live import Filled
    from lvtu.maps.live.freshness import Stale
    from lvtu.maps.live.ledger import Resting
    from lvtu.maps.live.whole import Live, Living
    from lvtu.maps.personas import Personas
    from lvtu.maps.templates import Template
    from lvtu.maps.touchpoints import Modelled, Touchpoints
    from lvtu.store.journeys.snapshot import Snapshot

    class Mapped(Drawn, Living, Modelled, Protocol):
        """A workspace, as its maps see it."""

        @property
        def personas(self) -> Personas:
            """Its personas."""
            ...

        def segments(self) -> list[Segment]:
            """Its named segments."""
            ...

        def snapshot(self) -> Snapshot:
            """The newest snapshot."""
            ...


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

    def titles(self) -> dict[str, dict[str, str]]:
        """What people call each map, in both languages, by its id."""
        return self._ws._ledger.maps.titles()

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
            model: the key of the journey model whose stages it shows; the default one if not given. ``behaviour``, and
                where there is no model at all: its stages and steps are found in what customers did.
            where: whom it is about: a condition in the filter language.
            since, until: when it happened; where neither is given, the last quarter, or the last wave of a survey.
            by: who draws it; who runs this if not given.

        Raises:
            BadInput: there is no such model, nobody did anything, or the condition cannot be read.
        """
        from lvtu.maps.autodraw import autodraw

        document = autodraw(self._ws, title, model, where, since, until, self._ws.config.zone)
        map_ = Map(self._ws, document.id)
        map_._keep(document, "drawn", by)
        return map_

    def imported(
        self, file: str | Path, *, name: str | None = None, language: Lang | None = None, by: str | None = None
    ) -> tuple[Map, Report]:
        """Keep the map that a file of another program holds; see `lvtu.maps.exchange.incoming.incoming`.

        Args:
            file: its path: a workbook, CSV, a journey diagram of Mermaid, JSON or YAML.
            name: what the file is called, where its path does not say.
            language: of the names that are made here; that of the environment if not given.
            by: who says so; who runs this if not given.

        Returns:
            The map, and what became of everything in the file.

        Raises:
            BadInput: it holds no map, or cannot be read.
        """
        from lvtu.maps.exchange.incoming import incoming

        found = incoming(file, name=name, language=language)
        map_ = Map(self._ws, found.map.id)
        map_._keep(found.map, "imported", by)
        return map_, found.report

    @property
    def touchpoints(self) -> Touchpoints:
        """The touchpoint library: what maps' steps can name, and where it is used (`lvtu.maps.touchpoints`)."""
        from lvtu.maps.touchpoints import Touchpoints

        return Touchpoints(self._ws, [one.document for one in self])

    def templates(self) -> list[Template]:
        """What a map can be begun from: the maps tagged ``template``, then those that come with the package."""
        from lvtu.maps.templates import packaged
        from lvtu.maps.templates.reading import TAG, of_map

        own = [document for document in (one.document for one in self) if TAG in document.tags]
        return [*(of_map(document) for document in own), *packaged()]

    def from_template(
        self, key: str, title: str | Mapping[str, str] | None = None, language: Lang | None = None, *,
        by: str | None = None,
    ) -> Map:  # fmt: skip
        """Begin a map from a template, and keep it.

        Args:
            key: the template's; of a map that is tagged ``template``, its id.
            title: what the map is called; as the template if not given.
            language: of departments and systems, which a map names in one language; the environment's if not given.
            by: who begins it; who runs this if not given.

        Raises:
            UnknownName: there is no such template.
        """
        known = {one.key: one for one in self.templates()}
        if key not in known:
            raise UnknownName("map_template", key, list(known))
        document = known[key].map(title, language or spoken())
        map_ = Map(self._ws, document.id)
        map_._keep(document, "from_template", by)
        return map_


class Map(Exports):
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

    def answers(self, who: str | None = None, compare: str | None = None) -> Filled:
        """What the data say to the map now: values by lane and step, quotes, who was there (`lvtu.maps.live`).

        Args:
            who: from whose perspective: ``persona:KEY``, ``customer:IDENTIFIER``, the name of a segment, or a condition
                in the filter language; everybody's if not given.
            compare: whose answers are set beside theirs, likewise; ``everybody``: everybody's.

        Raises:
            UnknownName: there is no such persona, segment or customer.
            BadInput: nobody has said which customers the persona stands for.
            BadExpression: the condition cannot be read.
        """
        from lvtu.maps.live.whom import EVERYBODY, whom

        live = self.live
        whose, other = (None if one in (None, EVERYBODY) else whom(one, self._ws) for one in (who, compare))
        if compare is not None:
            return live.compared(whose, other)
        return live.fresh(live.counted()) if whose is None else live.counted(whose)

    def evidence(self) -> Resting:
        """What its cards rest on: by kind of evidence, the share that has any, what is assumed."""
        from lvtu.maps.live.ledger import resting

        return resting(self.document)

    def stale(self) -> list[Stale]:
        """The cells that are not to be relied on any more, each with the reason why (`lvtu.maps.live.freshness`)."""
        live = self.live
        return live.stale(live.counted())

    def _library(self) -> dict[str, Touchpoint]:
        """The touchpoints that its steps may name, by id."""
        return {one.id: one for one in self._plan(self.document).touchpoints}

    def reading(self, answers: Filled | None = None) -> Reading:
        """The map read as a service blueprint, with what the data say now or said in `answers`."""
        from lvtu.maps.blueprint import Reading

        document = self.document
        plan = self._plan(document)
        library = {one.id: one for one in plan.touchpoints}
        return Reading(document, self.answers() if answers is None else answers, library, plan.names("channel"))

    def findings(self, *, waived: bool = False, answers: Filled | None = None) -> tuple[Finding, ...]:
        """What is wrong with the map as a service blueprint, the gravest first (`lvtu.maps.blueprint.findings`).

        Args:
            waived: whether those are told too that somebody accepted.
            answers: as for `svg`.
        """
        from lvtu.maps.blueprint import findings

        return tuple(one for one in findings(self.reading(answers)) if waived or one.waiver is None)

    def handoffs(self, answers: Filled | None = None) -> pa.Table:
        """Which department hands over to which, and whether in time (`lvtu.maps.blueprint.tables.handoffs`)."""
        from lvtu.maps.blueprint.tables import handoffs

        return handoffs(self.reading(answers))

    def interactions(self, language: Lang | None = None) -> pa.Table:
        """Where customer and company meet (`lvtu.maps.blueprint.tables.interactions`)."""
        from lvtu.maps.blueprint.tables import interactions
        from lvtu.maps.live import Filled

        return interactions(self.reading(Filled()), language or spoken())

    def unowned(self, language: Lang | None = None) -> pa.Table:
        """What nobody answers for (`lvtu.maps.blueprint.tables.unowned`)."""
        from lvtu.maps.blueprint.tables import unowned
        from lvtu.maps.live import Filled

        return unowned(self.reading(Filled()), language or spoken())

    def _plan(self, document: JourneyMap) -> JourneyModel:
        """The journey model of the map, with the touchpoints of the others behind its own."""
        from lvtu.core.model import JourneyModel
        from lvtu.maps.touchpoints import known

        plan = JourneyModel.model_validate({"key": "map", "title": document.title})
        if document.model is not None:
            plan = self._ws.model(document.model)
        own = {one.id for one in plan.touchpoints}
        more = tuple(one for one in known(self._ws).values() if one.id not in own)
        return plan.model_copy(update={"touchpoints": (*plan.touchpoints, *more)})

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
        made, _ = stacks(self._ws._ledger.maps.names(self.id, by))
        if not made:
            raise BadInput("nothing_to_undo", map=self.document.title.en)
        self._take_back(made[-1], "undone", by)

    def redo(self, *, by: str | None = None) -> None:
        """Do again what one took back last, if one has edited nothing since; that is an edit too.

        Args:
            by: who; who runs this if not given.

        Raises:
            BadInput: there is nothing, or somebody else has changed the same things since.
        """
        by = by or getpass.getuser()
        _, back = stacks(self._ws._ledger.maps.names(self.id, by))
        if not back:
            raise BadInput("nothing_to_redo", map=self.document.title.en)
        self._take_back(back[-1], "redone", by)

    def _take_back(self, step: int, what: str, by: str) -> None:
        done = self._ws._ledger.maps.steps(self.id, step - 1)[0]
        self.apply(list(undone([Change.model_validate(one) for one in done.changes])), what, by=by)

    def add_image(self, content: bytes) -> str:
        """Keep a picture (PNG, JPEG, WebP) that cards of the map can name as their `image`; returns its id.

        Raises:
            BadInput: it is none of these, or larger than `lvtu.maps.images.LARGEST`.
        """
        image = uuid7()
        self._ws._ledger.maps.add_image(self.id, image, type_of(content), content)
        return image

    def image(self, id: str) -> tuple[str, bytes]:
        """The type and the content of a picture of the map.

        Raises:
            UnknownName: it has no such picture.
        """
        return self._ws._ledger.maps.image(self.id, id)

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
        """The named versions: ``number``, ``name``, ``time`` (ISO-8601), ``by``, and ``step``: after how many edits."""
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
        return changes(self._other(other), self.document)

    def _other(self, other: JourneyMap | Map | int) -> JourneyMap:
        return self.version(other) if isinstance(other, int) else other.document if isinstance(other, Map) else other

    def difference(self, other: JourneyMap | Map | int, language: Lang | None = None) -> Difference:
        """What is otherwise than in another map, or in a version, step by step and in words.

        Args:
            other: what it is compared with.
            language: ``zh`` or ``en``; that of the environment if not given.
        """
        from lvtu.maps.history import difference

        return difference(self._other(other), self.document, language or spoken())

    def told(self, language: Lang | None = None, part: str | None = None, key: str = "") -> list[Told]:
        """The history in words, the newest edit first.

        Args:
            language: ``zh`` or ``en``; that of the environment if not given.
            part: of which part alone: ``steps``, ``cards``, ``cells``, …; of a cell `key` is ``lane/step``.
            key: its key.
        """
        from lvtu.maps.history import told

        return told(self.document, self.history(), language or spoken(), part, key)

    def to_be(self, title: str | Mapping[str, str] | None = None, *, by: str | None = None) -> Map:
        """A copy that tells how the journey is meant to be. Stages, steps, lanes and cards keep their keys.

        It remembers the map that it was made of (`JourneyMap.pair`); `difference` tells what is otherwise in it.

        Args:
            title: what it is called; as this one, “to be”, if not given.
            by: who makes it; who runs this if not given.
        """
        now = self.document
        said = title or {lang: say("maps.to_be", lang, title=now.title.get(lang)) for lang in LANGS}
        given = now.document() | {"id": uuid7(), "title": said, "state": "to_be", "status": "draft", "pair": self.id}
        made = Map(self._ws, given["id"], self.allow)
        made._keep(JourneyMap.load(given), "paired", by)
        return made

    def pairs(self) -> list[Map]:
        """The map that it was made of, if it tells how a journey is to be; otherwise those that were made of it."""
        pair = self.document.pair
        maps = self._ws._ledger.maps
        if pair is not None:
            return [Map(self._ws, pair)] if maps.there(pair) else []
        return [Map(self._ws, one.id) for one in maps.all() if one.document.get("pair") == self.id]

    def remove(self) -> None:
        """Take the map away, with its history and versions; steps that it told in detail are told by none then."""
        self._ws._ledger.maps.remove(self.id)
        for one in Maps(self._ws):
            for step in one.document.steps:
                if step.child == self.id:
                    one.nest(step.key, None)

    def nest(self, step: str, child: str | None, *, by: str | None = None) -> None:
        """Let another map tell a step in detail.

        Args:
            step: the key of the step.
            child: the id of the map; None: none does any more.
            by: who says so; who runs this if not given.

        Raises:
            UnknownName: there is no such step or map.
            BadInput: a map would contain itself.
        """
        if child is not None:
            self._ws._ledger.maps.read(child)
        self.edit("change", part="steps", key=step, fields={"child": child}, by=by)
        below = None if child is None else Map(self._ws, child)
        if below is not None and below.document.parent is None:
            below.edit("describe", fields={"parent": {"map": self.id, "step": step}}, by=by)

    def _read(self, id: str) -> JourneyMap | None:
        maps = self._ws._ledger.maps
        return JourneyMap.load(maps.read(id).document) if maps.there(id) else None

    def _keep(self, document: JourneyMap, what: str, by: str | None) -> None:
        maps = self._ws._ledger.maps
        refuse_cycle(document, self._read)
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
