"""A project as it goes: what is missing, what was written, what was chosen, what is done."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from lvtu.core.model import JourneyModel
from lvtu.core.model.text import Text
from lvtu.core.sentences import Note
from lvtu.core.words import LANGS, Lang, say
from lvtu.core.words import language as spoken
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.document import JourneyMap
from lvtu.maps.programmes.definition import Gate, ProgrammeStep, programme
from lvtu.maps.programmes.focus import Weighed, weighed
from lvtu.maps.programmes.gates import GATES, State
from lvtu.maps.programmes.project import Passed, Project, Sense
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.ledger import Ledger

if TYPE_CHECKING:
    from lvtu.maps.live import Filled
    from lvtu.maps.map import Map
    from lvtu.maps.programmes.report import Reported
from lvtu.maps.shelf import Maps

T = TypeVar("T")

_MARKED = "project"
"""How the keys of cards begin that a project put into its map."""


class Guided(Protocol):
    """A workspace, as programmes see it."""

    _ledger: Ledger

    @property
    def maps(self) -> Maps:
        """Its maps."""
        ...

    def asked(self, answered: Callable[[Snapshot, Engine], T]) -> T:
        """What comes of the newest snapshot."""
        ...

    def through(self, model: JourneyModel) -> Any:
        """The same time lines, read through a model."""
        ...


@dataclass(frozen=True)
class Standing:
    """How far a step of a project is.

    Attributes:
        step: the step.
        state: ``passed``, ``now`` or ``later``.
        gates: each with whether it is open.
        passed: when and by whom it was done.
    """

    step: ProgrammeStep
    state: Literal["passed", "now", "later"]
    gates: tuple[tuple[Gate, bool], ...]
    passed: Passed | None


def place_of(gate: Gate, project: Project) -> str:
    """The page of the workspace where what a gate asks for is made; empty: the project's own."""
    page = GATES[gate][1]
    return page if "{map}" not in page else page.format(map=project.map) if project.map else "maps/library"


class Projects:
    """The projects of a workspace.

    Args:
        ws: the workspace.

    Example:
        >>> import lvtu, tempfile
        >>> shop = lvtu.open(tempfile.mkdtemp())
        >>> project = shop.programmes.begin("project-5", "Checkout", by="ann")
        >>> [one.state for one in project.standing()][:2], project.missing("position")
        (['now', 'later'], ('persona', 'goal', 'metric'))
        >>> project.note(persona="Parents", goal="Pay in a minute", metric="CSAT 4.5")
        >>> project.pass_step("position", by="ann")
        >>> [one.state for one in project.standing()][:2]
        ['passed', 'now']
    """

    def __init__(self, ws: Guided) -> None:
        self._ws = ws

    def __iter__(self) -> Iterator[Running]:
        return (Running(self._ws, one["id"]) for one in self._ws._ledger.projects.all())

    def __getitem__(self, id: str) -> Running:
        """A project by its id, whether it is there or not: what is asked of it tells."""
        return Running(self._ws, id)

    def begin(self, key: str, title: str, map: str | None = None, *, by: str | None = None) -> Running:
        """Begin a project.

        Args:
            key: the programme's.
            title: what people call the project.
            map: the id of the map that it is about, if there is one already.
            by: who begins it; who runs this if not given.

        Raises:
            UnknownName: there is no such programme or map.
        """
        programme(key)
        if map is not None:
            self._ws._ledger.maps.read(map)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        made = Project(programme=key, title=title, map=map, started=now, by=by or getpass.getuser())
        running = Running(self._ws, made.id)
        running._keep(made)
        return running


class Running:
    """A project. What is done with it is kept at once.

    Args:
        ws: the workspace.
        id: the project's.
        answers: what the data say to a map; asked each time if not given.
    """

    def __init__(self, ws: Guided, id: str, answers: Callable[[Map], Filled] | None = None) -> None:
        self._ws, self.id = ws, id
        self._answers = answers or (lambda map_: map_.answers())

    @property
    def project(self) -> Project:
        """The project as it is.

        Raises:
            UnknownName: it has been taken away.
        """
        return Project.model_validate(self._ws._ledger.projects.read(self.id))

    @property
    def state(self) -> State:
        """What gates look at."""
        return State(self._ws, self.project, self._answers)

    def standing(self) -> list[Standing]:
        """How far each step is."""
        state = self.state
        done = {one.step: one for one in state.project.passed}
        found: list[Standing] = []
        for step in programme(state.project.programme).steps:
            before = all(one.passed for one in found)
            kind: Literal["passed", "now", "later"] = "passed" if step.key in done else "now" if before else "later"
            gates = tuple((gate, GATES[gate][0](state)) for gate in step.gates)
            found.append(Standing(step, kind, gates, done.get(step.key)))
        return found

    def missing(self, step: str) -> tuple[Gate, ...]:
        """The gates of a step that are not open.

        Raises:
            UnknownName: the programme has no such step.
        """
        return tuple(gate for gate, opened in self._at(step).gates if not opened)

    def _at(self, step: str) -> Standing:
        found = self.standing()
        for one in found:
            if one.step.key == step:
                return one
        raise UnknownName("programme_step", step, [one.step.key for one in found])

    def pass_step(self, step: str, *, by: str | None = None) -> None:
        """Say that a step is done.

        Raises:
            UnknownName: the programme has no such step.
            BadInput: a gate is not open (each that is not is named), or a step before it is not done.
        """
        here = self._at(step)
        if here.state == "later":
            raise BadInput("step_comes_later", step=here.step.title.en)
        if missing := [gate for gate, opened in here.gates if not opened]:
            named = "; ".join(say(f"programmes.gates.{gate}") for gate in missing)
            raise BadInput("gate_closed", step=here.step.title.en, missing=named)
        if here.passed is None:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            made = Passed(step=step, time=now, by=by or getpass.getuser())
            self._change(passed=(*self.project.passed, made))

    def rename(self, title: str) -> None:
        """Call the project otherwise."""
        self._change(title=title)

    def attach(self, map: str | None) -> None:
        """Say which map it is about; what was chosen on another one does not go along.

        Raises:
            UnknownName: there is no such map.
        """
        if map is not None:
            self._ws._ledger.maps.read(map)
        self._change(map=map, focus=())

    def note(self, **notes: str) -> None:
        """Write fields (`lvtu.maps.programmes.definition.Field`)."""
        self._change(notes={**self.project.notes, **notes})

    def plan(self, sense: Sense, action: str, metric: str) -> None:
        """Write a row of the strategy: what is done for one of the four, and by what one sees that it works."""
        rows = {key: row.model_dump() for key, row in self.project.strategy.items()}
        self._change(strategy={**rows, sense: {"action": action, "metric": metric}})

    def weigh(self, outcome: str) -> list[Weighed]:
        """Importance beside performance of the map's steps, and remember the outcome; see `weighed`."""
        found = self.weighed(outcome)
        self._change(outcome=outcome)
        return found

    def weighed(self, outcome: str) -> list[Weighed]:
        """Importance beside performance of the map's steps; see `lvtu.maps.programmes.focus.weighed`."""
        map_ = self._map()
        return weighed(self._ws, map_, self._answers(self._ws.maps.of(map_.id)), outcome)

    def choose(self, steps: list[str], *, by: str | None = None) -> None:
        """Choose the steps to tackle: each gets a pain with what it rests on, and an opportunity linked to it.

        Raises:
            BadInput: no outcome was weighed yet.
            UnknownName: a step is not among those that were weighed.
        """
        outcome = self.project.outcome
        if outcome is None:
            raise BadInput("nothing_weighed")
        found: dict[str, Weighed] = {}
        for one in self.weigh(outcome):
            found.setdefault(one.step, one)
        for step in steps:
            if step not in found:
                raise UnknownName("map_step", step, list(found))
        map_ = self._ws.maps.of(self._map().id)
        for step in steps:
            self._mark(map_, found[step], outcome, by)
        self._change(focus=tuple(steps))

    def _mark(self, map_: Map, one: Weighed, outcome: str, by: str | None) -> None:
        document = map_.document
        pain, chance = (f"{_MARKED}-{kind}-{one.step}" for kind in ("pain", "opportunity"))
        there = {card.key for card in document.cards}
        if pain in there or chance in there:
            return
        name = document.step(one.step).name
        shares = f"{one.importance:.0%}", f"{one.performance.value:+.1f}".replace("-", "−")
        texts = {
            kind: {lang: say(f"programmes.{kind}", lang, step=name.get(lang), importance=shares[0], rating=shares[1])
                   for lang in LANGS}
            for kind in ("pain", "opportunity")
        }  # fmt: skip
        evidence = {"kind": "model", "source": f"drivers/{outcome}", "title": f"n {one.n}"}
        cards = [
            {"key": pain, "lane": self._lane(map_, "pains", by), "step": one.step, "kind": "pain",
             "text": texts["pain"], "evidence": [evidence]},
            {"key": chance, "lane": self._lane(map_, "opportunities", by), "step": one.step, "kind": "opportunity",
             "text": texts["opportunity"], "owner": document.step(one.step).owner},
        ]  # fmt: skip
        map_.edit("put", part="cards", made=cards, by=by)
        link = {"key": f"{pain}-{chance}", "source": pain, "target": chance, "kind": "informs"}
        map_.edit("put", part="links", made=[link], by=by)

    def idea(
        self, step: str, text: str, kind: Literal["idea", "opportunity"] = "idea", owner: str | None = None, *,
        by: str | None = None,
    ) -> None:  # fmt: skip
        """Put an idea, or an opportunity with who is to take it, into the map at a step.

        Raises:
            UnknownName: the map has no such step.
            BadInput: the lane is locked.
        """
        map_ = self._ws.maps.of(self._map().id)
        card = {"lane": self._lane(map_, "opportunities", by), "step": step, "kind": kind, "text": text, "owner": owner}
        map_.edit("put", part="cards", made=[{name: one for name, one in card.items() if one}], by=by)

    def pain(self, step: str, text: str, source: str, *, by: str | None = None) -> None:
        """Put a pain into the map that rests on what a customer said at the step.

        Args:
            step: the key of the step.
            text: the pain in a sentence.
            source: the id of the event of the quote (`lvtu.maps.live.Quote`).
            by: who says so; who runs this if not given.

        Raises:
            UnknownName: nobody said that at the step.
            BadInput: the lane is locked.
        """
        map_ = self._ws.maps.of(self._map().id)
        there = {one.source: one for one in self._answers(map_).quotes.get(step, ())}
        if source not in there:
            raise UnknownName("quote_at_step", source, list(there))
        said = there[source]
        evidence = {"kind": "review", "source": source, "quote": said.text, "speaker": said.speaker}
        card = {"lane": self._lane(map_, "pains", by), "step": step, "kind": "pain", "text": text}
        evidence |= {"date": said.date} if said.date else {}
        map_.edit("put", part="cards", made=[card | {"evidence": [evidence]}], by=by)

    def scene(self, scenario: dict[str, Any], *, by: str | None = None) -> None:
        """Say in which situation the map is told: ``who``, ``where``, ``when``, ``trigger``, ``goal``.

        Raises:
            BadInput: nobody travels.
        """
        map_ = self._ws.maps.of(self._map().id)
        kept = map_.document.scenarios
        if kept:
            map_.edit("change", part="scenarios", key=kept[0].key, fields=scenario, by=by)
        else:
            map_.edit("put", part="scenarios", made=[{"key": "scene", **scenario}], by=by)

    def _lane(self, map_: Map, role: str, by: str | None) -> str:
        """The key of the lane of a role; one is made where there is none."""
        for lane in map_.document.lanes:
            if lane.role == role:
                return lane.key
        label = {lang: say(f"maps.templates.lanes.{role}", lang) for lang in LANGS}
        map_.edit("put", part="lanes", made=[{"key": role, "role": role, "label": label}], by=by)
        return role

    def ideas(self) -> list[tuple[str, Text]]:
        """The ideas in the map: the step, and what each says."""
        map_ = self.state.map
        cards = map_.cards if map_ is not None else ()
        return [(card.step, card.text) for card in cards if card.kind == "idea" and card.text is not None]

    def report(self, path: str | Path, language: Lang | None = None) -> tuple[Note, ...]:
        """The project as a report: what was found and settled in each of its steps, with its map as it is now.

        Args:
            path: where it goes; the ending says what it is: ``.pdf``, ``.pptx``, ``.docx`` or ``.md``.
            language: ``zh`` or ``en``; that of the environment if not given.

        Returns:
            What a reader must know, of characters that no font at hand has, say.

        Raises:
            UnknownName: there is no such format.
        """
        made = self.reported(Path(path).suffix.removeprefix("."), language)
        Path(path).write_bytes(made.content)
        return made.notes

    def reported(self, format: str, language: Lang | None = None) -> Reported:
        """The report as bytes; see `report`.

        Raises:
            UnknownName: there is no such format.
        """
        from lvtu.maps.programmes.report import report, written

        return written(report(self, language or spoken()), format)

    def _map(self) -> JourneyMap:
        map_ = self.state.map
        if map_ is None:
            raise BadInput("project_without_map", project=self.project.title)
        return map_

    def remove(self) -> None:
        """Take the project away; what it put into its map stays there.

        Raises:
            UnknownName: it has been taken away.
        """
        self._ws._ledger.projects.remove(self.id)

    def _change(self, **fields: Any) -> None:
        self._keep(Project.model_validate({**self.project.model_dump(mode="json"), **fields}))

    def _keep(self, project: Project) -> None:
        self._ws._ledger.projects.write(project.model_dump(mode="json"))
