"""People who edit a map away from the service, and answers that are lost: everybody ends with the same map, and
nothing that was kept is gone without whoever took it away having seen it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import lvtu
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.ids import uuid7
from lvtu.catalog.roles import Role
from lvtu.core.words import LANGS
from lvtu.errors import BadInput
from lvtu.maps import JourneyMap
from lvtu.maps.changes import Change
from lvtu.service.access import Access
from lvtu.service.map_editor import service
from lvtu.service.map_editor.schemas import MapEdit, MapEdited
from parts import examples
from property.test_maps import LANES, edits

PEOPLE = ("Ann", "Bo", "Cy")
"""Who they are; Cy sits at the machine. What they are called is another matter, and may be the same."""

NAMES = ("Li", "Na", "")
Edit = dict[str, Any]

MAP = {
    "title": "Shop",
    "stages": [{"key": "g0", "name": "Look"}, {"key": "g1", "name": "Buy"}],
    "steps": [{"key": f"s{n}", "stage": f"g{n // 2}", "name": f"Step {n}"} for n in range(4)],
    "lanes": [{"key": key, "role": key, "label": key} for key in LANES],
    "cards": [{"key": f"c{n}", "lane": LANES[n], "step": f"s{n}", "text": f"Card {n}"} for n in range(3)]
    + [{"key": "c3", "lane": LANES[0], "step": "s1", "until": "s3", "text": "Long"}],
    "links": [{"key": "l0", "source": "c0", "target": "c1"}],
}


@st.composite
def simple(draw: st.DrawFn) -> Edit:
    """An edit as most are: a word in a card or a step, a new one, one less. Several people mean the same ones."""
    step, card = draw(st.sampled_from(["s0", "s1", "s2", "s3"])), draw(st.sampled_from(["c0", "c1", "c3"]))
    word = f"w{draw(st.integers(0, 99))}"
    made = {"key": f"k{draw(st.integers(0, 999))}", "text": word, "step": step, "lane": draw(st.sampled_from(LANES))}
    return draw(
        st.sampled_from(
            [
                {"edit": "change", "part": "cards", "key": card, "fields": {"text": word}},
                {"edit": "change", "part": "cards", "key": card, "fields": {"owner": word, "step": step}},
                {"edit": "change", "part": "steps", "key": step, "fields": {"name": word}},
                {"edit": "describe", "fields": {"goal": word}},
                {"edit": "put", "part": "cards", "made": [made]},
                {"edit": "put", "part": "links", "made": [{"key": made["key"], "source": card, "target": "c0"}]},
                {"edit": "remove", "part": "cards", "keys": [card]},
                {"edit": "remove", "part": "steps", "keys": [step]},
                {"edit": "split_step", "step": step, "parts": [{"key": step}, {"key": made["key"], "name": word}]},
                {"edit": "merge_steps", "steps": [step, "s1"]},
                {"edit": "move_steps", "steps": [step], "behind": "s1"},
            ]
        )
    )


CALLED = st.sampled_from([("called", name) for name in NAMES])
FATES = ("send", "send", "lose", "send twice", "again", "look", "undo")
deeds = st.tuples(
    st.integers(0, len(PEOPLE) - 1), st.one_of(simple(), simple(), edits(), *[st.sampled_from(FATES)] * 2, CALLED)
)
"""Who does what: an edit that waits, or what becomes of the first that does; an answered one comes again; one looks;
one calls oneself otherwise."""


@dataclass(frozen=True)
class Task:
    edit: Edit | None
    """None: one's last edit is taken back."""
    seen: int
    once: str = field(default_factory=uuid7)


@dataclass
class Kept:
    """An edit that the service took."""

    step: int
    task: Task
    who: str


class Service:
    """The service, and what it was seen to do; anything but an edit or a refusal that says why is an error."""

    def __init__(self, access: dict[str, Access], map_: JourneyMap) -> None:
        self.access, self.id = dict(access), map_.id
        self.map = access["Ann"].served.workspace.maps.load(map_, by="Dee")
        self.states = {self.map.step: self.map.document}
        self.kept: list[Kept] = []

    def call(self, who: str, name: str) -> None:
        access = self.access[who]
        person = access.catalog.people.change(access.person.id, name=name, language="", zone="")
        self.access[who] = replace(access, person=person)

    def take(self, who: str, task: Task) -> MapEdited:
        before = self.map.step
        if task.edit is None:
            told = service.undo(self.access[who], self.id, task.once)
        else:
            told = service.edit(self.access[who], self.id, MapEdit(**task.edit, seen=task.seen), task.once)
        assert told.step in (before, before + 1)
        if told.step > before:
            self.states[told.step] = self.map.document
            self.kept.append(Kept(told.step, task, who))
        assert JourneyMap.load(told.document) == self.states[told.step], "a document of another step"
        return told


@dataclass
class Person:
    """What somebody has before them, and what of their work waits."""

    name: str
    service: Service
    step: int
    document: JourneyMap
    waiting: list[Task] = field(default_factory=list)
    answered: list[Task] = field(default_factory=list)
    refused: list[tuple[Task, BadInput]] = field(default_factory=list)

    def do(self, what: Edit | str | tuple[str, str]) -> None:
        if isinstance(what, dict):
            self.waiting.append(Task(what, self.step))
        elif isinstance(what, tuple):
            self.service.call(self.name, what[1])
        elif what == "undo":
            self.waiting.append(Task(None, self.step))
        elif what == "look":
            self.look()
        elif what == "again" and self.answered:
            self.service.take(self.name, self.answered[-1])  # somewhere on the way it was kept, and sent once more
        elif what in ("send", "lose", "send twice") and self.waiting:
            self.send(lost=what == "lose", twice=what == "send twice")

    def look(self) -> None:
        self.step, self.document = self.service.map.step, self.service.map.document

    def send(self, *, lost: bool = False, twice: bool = False) -> None:
        task = self.waiting[0]
        try:
            told = self.service.take(self.name, task)
            if twice:
                self.service.take(self.name, task)
        except BadInput as error:
            if not lost:
                self.refused.append((task, error))
                self.waiting.pop(0)
            return
        if not lost:
            self.step, self.document = told.step, JourneyMap.load(told.document)
            self.waiting.pop(0)
            self.answered += [one.task for one in self.service.kept if one.task is task]


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Access]]:
    home: Path = tmp_path_factory.mktemp("home")
    with lvtu.open(home / "shop") as ws, closing(Catalog.of(home)) as catalog:
        served = cast(Any, SimpleNamespace(workspace=ws, id="shop-id"))
        people = {name: catalog.people.new(f"{name}@example.com") for name in PEOPLE[:2]}
        people[PEOPLE[2]] = catalog.people.local()
        yield {name: Access(served, Role.editor, person, catalog) for name, person in people.items()}


def parts(map_: JourneyMap) -> dict[str, Any]:
    """A map without the order of its lists."""
    return {
        name: {one["key"]: one for one in value} if isinstance(value, list) and name != "lineage" else value
        for name, value in map_.document().items()
        if value != []
    }


def told_of(made: Iterable[Change], *, turned: bool = False) -> set[str]:
    """Some changes, or what would take them back, without places and lineage: those may be said by several people."""
    return {
        repr((one.part, one.key, one.field, *((one.now, one.was) if turned else (one.was, one.now))))
        for one in made
        if one.field not in ("place", "lineage")
    }


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(*[st.sampled_from(NAMES)] * len(PEOPLE)), st.lists(deeds, min_size=4, max_size=30))
def test_e28_edits_made_offline_converge(
    team: dict[str, Access], called: tuple[str, ...], done: list[tuple[int, Edit | str | tuple[str, str]]]
) -> None:
    host = Service(team, JourneyMap.load({**MAP, "id": uuid7()}))
    for name, said in zip(PEOPLE, called, strict=True):
        host.call(name, said)
    people = [Person(name, host, host.map.step, host.map.document) for name in PEOPLE]
    for who, what in done:
        people[who].do(what)
    for person in people:  # back: what waits is sent, what was refused is taken up again, over what others did
        while person.waiting:
            person.send()
        assert all(error.what(lang) for _, error in person.refused for lang in LANGS)
        again = [task for task, error in person.refused if task.edit is not None]
        person.look()
        person.waiting = [Task(task.edit, person.step) for task in again]
        while person.waiting:
            person.send()
    for person in people:
        person.look()
    assert len({person.document.to_json() for person in people}) == 1
    check_nothing_is_lost_unseen(host)
    check_undoing(host)


def check_nothing_is_lost_unseen(host: Service) -> None:
    history, by = host.map.history(), {one.step: one.who for one in host.kept}
    assert [one["step"] for one in history] == list(range(1, len(host.kept) + 2)), "each once, and nothing else"
    for kept in host.kept:
        if kept.task.edit is None:
            continue
        unseen = {
            (change.part, change.key, change.field if change.kind == "changed" else None)
            for one in history[kept.task.seen : kept.step - 1]
            if by[one["step"]] != kept.who
            for change in one["changes"]
            if change.kind in ("changed", "added")
        } - {("map", None, "lineage")}
        for change in history[kept.step - 1]["changes"]:
            if change.kind == "changed":
                assert (change.part, change.key, change.field) not in unseen, change
            if change.kind == "removed":
                assert not [one for one in unseen if one[:2] == (change.part, change.key)], change


def check_undoing(host: Service) -> None:
    """Each takes back all that they did: as far as nobody stands in the way, the map is as it was."""
    whole = True
    for name in PEOPLE:
        mine = [one.step for one in host.kept if one.who == name]
        while True:
            try:
                told = service.undo(host.access[name], host.id, None)
            except BadInput as error:
                whole = whole and error.code == "nothing_to_undo"
                break
            back = host.map.history(told.step - 1)[0]
            log = [host.map.history(step - 1)[0]["changes"] for step in mine]
            assert told_of(back["changes"], turned=True) in [told_of(one) for one in log]
    if whole:
        assert parts(host.map.document) == parts(host.states[1])
