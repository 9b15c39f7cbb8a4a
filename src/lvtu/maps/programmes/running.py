"""A project as it goes: what is missing, what was written, what was chosen, what is done."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from lvtu.catalog.ids import uuid7
from lvtu.core.languages import chosen
from lvtu.core.model import JourneyModel
from lvtu.core.sentences import Note
from lvtu.core.words import Lang, say
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.authors import Author, By
from lvtu.maps.document import JourneyMap
from lvtu.maps.document.evidence import EvidenceKind
from lvtu.maps.programmes.board import Becomes, Idea, answered, asked, ideas, voted
from lvtu.maps.programmes.definition import Gate, ProgrammeStep, programme
from lvtu.maps.programmes.focus import Weighed, weighed
from lvtu.maps.programmes.gates import GATES, State
from lvtu.maps.programmes.marking import lane_of, mark
from lvtu.maps.programmes.project import Passed, Project, Sense
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.ledger import Ledger

if TYPE_CHECKING:
    from lvtu.maps.exchange.formats import Written
    from lvtu.maps.live import Filled
    from lvtu.maps.map import Map
from lvtu.maps.shelf import Maps

T = TypeVar("T")


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


class Running:
    """A project. What is done with it is kept at once.

    Args:
        ws: the workspace.
        id: the project's.
        answers: what the data say to a map; asked each time if not given.
        weighing: how its steps are weighed for an outcome (`lvtu.maps.programmes.focus.weighed`); likewise.
    """

    def __init__(
        self, ws: Guided, id: str, answers: Callable[[Map], Filled] | None = None,
        weighing: Callable[[Map, str], list[Weighed]] | None = None,
    ) -> None:  # fmt: skip
        self._ws, self.id = ws, id
        self._answers = answers or (lambda map_: map_.answers())
        self._weighing = weighing or (
            lambda map_, outcome: weighed(self._ws, map_.document, self._answers(map_), outcome)
        )

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

    def pass_step(self, step: str, *, by: By = None) -> None:
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
            made = Passed(step=step, time=now, by=Author.of(by).name)
            self._with(lambda now: {"passed": (*now.passed, made)})

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
        self._with(lambda now: {"notes": {**now.notes, **notes}})

    def plan(self, sense: Sense, action: str | None = None, metric: str | None = None) -> None:
        """Write a row of the strategy: what is done for one of the four, and by what one sees that it works.

        Args:
            sense: which of the four.
            action, metric: what is not given stays as it is.
        """
        said = {name: text for name, text in (("action", action), ("metric", metric)) if text is not None}
        self._with(lambda now: {"strategy": {**now.strategy, sense: _row(now, sense) | said}})

    def weigh(self, outcome: str) -> list[Weighed]:
        """Importance beside performance of the map's steps, and remember the outcome; see `weighed`."""
        found = self.weighed(outcome)
        self._change(outcome=outcome)
        return found

    def weighed(self, outcome: str) -> list[Weighed]:
        """Importance beside performance of the map's steps; see `lvtu.maps.programmes.focus.weighed`."""
        return self._weighing(self._ws.maps.of(self._map().id), outcome)

    def choose(self, steps: list[str], *, by: By = None) -> None:
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
            mark(map_, found[step], outcome, by)
        self._change(focus=tuple(steps))

    def ask(self, text: str, step: str | None = None) -> None:
        """Ask a question that ideas answer (“How might we …?”), of a step or of the whole journey.

        Raises:
            UnknownName: the map has no such step.
        """
        if step is not None:
            self._map().step(step)
        self._with(lambda now: asked(now, text, step))

    def withdraw(self, question: str) -> None:
        """Take a question back; ideas that answer it stay."""
        self._with(lambda now: {"questions": [one for one in now.questions if one.key != question]})

    def bring(self, document: str) -> None:
        """Put an interview, a note or a document among what the project rests on (`lvtu.listening.interviews`).

        Args:
            document: its id.
        """
        self._with(lambda now: {"documents": tuple(dict.fromkeys([*now.documents, document]))})

    def let_go(self, document: str) -> None:
        """Take a document out of the project; it stays in the workspace, and cards rest on it as before."""
        self._with(lambda now: {"documents": [one for one in now.documents if one != document]})

    def rest(self, card: str, document: str, kind: EvidenceKind, *, by: By = None) -> None:
        """Let a card of the map rest on a document.

        Args:
            card: the key of the card.
            document: the id of the document; a highlight in it may be named as well.
            kind: which kind of evidence that is.
            by: who says so; who runs this if not given.

        Raises:
            UnknownName: the map has no such card.
            BadInput: its lane is locked.
        """
        map_ = self._map()
        there = {one.key: one for one in map_.cards}
        if card not in there:
            raise UnknownName("card", card, list(there))
        before = [one.model_dump(mode="json", exclude_none=True) for one in there[card].evidence]
        if any(one.get("source") == document for one in before):
            return
        fields = {"evidence": [*before, {"kind": kind, "source": document}]}
        self._ws.maps.of(map_.id).edit("change", part="cards", key=card, fields=fields, by=by)

    def idea(
        self, step: str, text: str, kind: Literal["idea", "opportunity"] = "idea", owner: str | None = None, *,
        question: str | None = None, by: By = None,
    ) -> str:  # fmt: skip
        """Put an idea, or an opportunity with who is to take it, into the map at a step; returns the card's key.

        Args:
            step: the key of the step.
            text: the idea.
            kind: what it is.
            owner: who is to take it.
            question: the key of the question that it answers.
            by: who says so; who runs this if not given.

        Raises:
            UnknownName: the map has no such step, or the project no such question.
            BadInput: the lane is locked.
        """
        map_, key = self._ws.maps.of(self._map().id), f"{kind}-{uuid7()}"
        if question is not None:
            answered(self.project, question, key)
        card = {
            "key": key, "lane": lane_of(map_, "opportunities", by), "step": step, "kind": kind, "text": text,
            "owner": owner,
        }  # fmt: skip
        map_.edit("put", part="cards", made=[{name: one for name, one in card.items() if one}], by=by)
        if question is not None:
            self._with(lambda now: answered(now, question, key))
        return key

    def vote(self, idea: str, dots: int, *, by: str | None = None) -> None:
        """Put so many of one's dots on an idea; everybody has `DOTS` in a project.

        Raises:
            UnknownName: the map has no such idea.
            BadInput: one has not so many left.
        """
        map_, person = self._map(), by or getpass.getuser()
        self._with(lambda now: voted(now, map_, person, idea, dots))

    def become(self, idea: str, kind: Becomes, owner: str | None = None, *, by: By = None) -> None:
        """Make an idea an opportunity or an action of the map, with who takes it; it stays where it is.

        Raises:
            UnknownName: the map has no such idea.
            BadInput: the lane is locked.
        """
        map_ = self._map()
        there = [card.key for card in map_.cards if card.kind == "idea"]
        if idea not in there:
            raise UnknownName("idea", idea, there)
        fields = {"kind": kind, **({"owner": owner} if owner else {})}
        self._ws.maps.of(map_.id).edit("change", part="cards", key=idea, fields=fields, by=by)

    def pain(self, step: str, text: str, source: str, *, by: By = None) -> None:
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
        card = {"lane": lane_of(map_, "pains", by), "step": step, "kind": "pain", "text": text}
        evidence |= {"date": said.date} if said.date else {}
        map_.edit("put", part="cards", made=[card | {"evidence": [evidence]}], by=by)

    def scene(self, scenario: dict[str, Any], *, by: By = None) -> None:
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

    def ideas(self) -> list[Idea]:
        """The ideas in the map and what became of them, those with most dots first."""
        state = self.state
        return ideas(state.project, state.map)

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

    def reported(self, format: str, language: Lang | None = None) -> Written:
        """The report as bytes; see `report`.

        Raises:
            UnknownName: there is no such format.
        """
        from lvtu.maps.programmes.report import report, written

        return written(report(self, chosen(language)), format)

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
        self._with(lambda _: fields)

    def _with(self, change: Callable[[Project], dict[str, Any]]) -> None:
        """Change fields by what the project is now: several people may work on it at once."""

        def changed(kept: dict[str, Any]) -> dict[str, Any]:
            fields = change(Project.model_validate(kept))
            return Project.model_validate({**kept, **fields}).model_dump(mode="json")

        self._ws._ledger.projects.change(self.id, changed)

    def _keep(self, project: Project) -> None:
        self._ws._ledger.projects.write(project.model_dump(mode="json"))


def _row(project: Project, sense: Sense) -> dict[str, str]:
    return project.strategy[sense].model_dump() if sense in project.strategy else {}
