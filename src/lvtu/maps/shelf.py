"""The maps of a workspace, as Python sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from lvtu.core.languages import chosen
from lvtu.core.words import Lang
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.authors import Author, By, Signed
from lvtu.maps.document import JourneyMap
from lvtu.maps.map import Allow, Map

if TYPE_CHECKING:
    from lvtu.core.segments import Segment
    from lvtu.listening.interviews import Interviews
    from lvtu.maps.autodraw import Drawn
    from lvtu.maps.exchange.incoming import Report
    from lvtu.maps.forgotten import Left
    from lvtu.maps.live.whole import Living
    from lvtu.maps.personas import Personas
    from lvtu.maps.registers import Registers
    from lvtu.maps.surveyed import Question
    from lvtu.maps.templates import Template
    from lvtu.maps.touchpoints import Modelled, Touchpoints
    from lvtu.store.journeys.snapshot import Snapshot

    class Mapped(Drawn, Living, Modelled, Protocol):
        """A workspace, as its maps see it."""

        @property
        def personas(self) -> Personas:
            """Its personas."""
            ...

        @property
        def interviews(self) -> Interviews:
            """Its interviews, notes and documents."""
            ...

        def segments(self) -> list[Segment]:
            """Its named segments."""
            ...

        def snapshot(self) -> Snapshot:
            """The newest snapshot."""
            ...


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

    def authors(self) -> list[Signed]:
        """Everybody with an id who edited a map, once for each name that they bore then."""
        return [Signed(*one) for one in self._ws._ledger.maps.authors()]

    def __iter__(self) -> Iterator[Map]:
        return (Map(self._ws, one.id) for one in self._ws._ledger.maps.all())

    def __len__(self) -> int:
        return len(self._ws._ledger.maps.all())

    def __repr__(self) -> str:
        return f"Maps({[one.title['en'] for one in self._ws._ledger.maps.all()]})"

    def load(
        self, value: JourneyMap | dict[str, Any] | str | Path, *, by: By = None, allow: Allow | None = None
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
        map_._keep(document, "loaded", Author.of(by).signed)
        return map_

    def autodraw(
        self, title: str | Mapping[str, str] | None = None, model: str | None = None, where: str | None = None,
        since: str | None = None, until: str | None = None, *, steps: Sequence[Mapping[str, str]] | None = None,
        asked: Sequence[Question] | None = None, by: By = None,
    ) -> Map:  # fmt: skip
        """Draw a map from the data, and keep it; see `lvtu.maps.autodraw.autodraw`.

        Args:
            title: what it is called; as the model if not given.
            model: the key of the journey model whose stages it shows; the default one if not given. ``behaviour``, and
                where there is no model at all: its stages and steps are found in what customers did. ``survey``, and
                without a model where customers rated several questions: each of these is a step.
            where: whom it is about: a condition in the filter language.
            since, until: when it happened; where neither is given, the last quarter, or the last wave of a survey.
            steps: with ``survey`` the questions that are steps, each with its ``question``, a ``name`` and a ``stage``.
            asked: the questions, where somebody knows more of them than the answers tell (`lvtu.maps.surveyed`).
            by: who draws it; who runs this if not given.

        Raises:
            BadInput: there is no such model, nobody did anything, or the condition cannot be read.
        """
        from lvtu.maps.autodraw import autodraw

        document = autodraw(self._ws, title, model, where, since, until, self._ws.config.zone, steps, asked)
        map_ = Map(self._ws, document.id)
        map_._keep(document, "drawn", Author.of(by).signed)
        return map_

    def imported(
        self, file: str | Path, *, name: str | None = None, language: Lang | None = None, by: By = None
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
        map_._keep(found.map, "imported", Author.of(by).signed)
        return map_, found.report

    def words_left(self, map: str | None = None) -> list[Left]:
        """The cards that may hold what a customer said who was forgotten, as somebody typed it (`lvtu.maps.forgotten`).

        Args:
            map: the id of the map they stand on; all if not given.
        """
        from lvtu.maps.forgotten import Left

        kept = self._ws._ledger.maps.words()
        return [Left(Map(self._ws, id), card) for id, card in kept if map in (None, id)]

    @property
    def touchpoints(self) -> Touchpoints:
        """The touchpoint library: what maps' steps can name, and where it is used (`lvtu.maps.touchpoints`)."""
        from lvtu.maps.touchpoints import Touchpoints

        return Touchpoints(self._ws, [one.document for one in self])

    @property
    def registers(self) -> Registers:
        """What stands on the maps, as lists: needs, pains, strengths, opportunities, actions, key moments."""
        from lvtu.maps.registers import Registers

        return Registers(self)

    def templates(self) -> list[Template]:
        """What a map can be begun from: the maps tagged ``template``, then those that come with the package."""
        from lvtu.maps.templates import packaged
        from lvtu.maps.templates.reading import TAG, of_map

        own = [document for document in (one.document for one in self) if TAG in document.tags]
        return [*(of_map(document) for document in own), *packaged()]

    def from_template(
        self, key: str, title: str | Mapping[str, str] | None = None, language: Lang | None = None, *,
        by: By = None,
    ) -> Map:  # fmt: skip
        """Begin a map from a template, and keep it.

        Args:
            key: the template's; of a map that is tagged ``template``, its id.
            title: what the map is called; as the template if not given.
            language: of tags and of who estimates, which a map says in one language; the environment's if not given.
            by: who begins it; who runs this if not given.

        Raises:
            UnknownName: there is no such template.
        """
        known = {one.key: one for one in self.templates()}
        if key not in known:
            raise UnknownName("map_template", key, list(known))
        document = known[key].map(title, chosen(language))
        map_ = Map(self._ws, document.id)
        map_._keep(document, "from_template", Author.of(by).signed)
        return map_
