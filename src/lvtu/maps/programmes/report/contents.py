"""What the report of a project says, before it is Markdown, a document, pages or slides."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lvtu.analyses.naming import scale_name
from lvtu.core.model.text import said_in
from lvtu.core.words import Lang, say
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.document import JourneyMap
from lvtu.maps.document.cards import Card
from lvtu.maps.drawing.numbers import interval, number
from lvtu.maps.drawing.scene import Scene
from lvtu.maps.programmes.board import ideas
from lvtu.maps.programmes.definition import programme
from lvtu.maps.programmes.focus import Weighed, share
from lvtu.maps.programmes.project import SENSES, Project
from lvtu.maps.programmes.report.pictures import curve, pictures
from lvtu.maps.programmes.report.quadrants import quadrants

if TYPE_CHECKING:
    from lvtu.maps.programmes.gates import State
    from lvtu.maps.programmes.running import Running, Standing


@dataclass(frozen=True)
class Fact:
    """Something that was written.

    Attributes:
        label: what it answers.
        text: it; empty where nobody wrote it.
    """

    label: str
    text: str


@dataclass(frozen=True)
class Item:
    """One of a list.

    Attributes:
        lead: what it is about.
        text: what it says.
        aside: what else is to be known of it.
    """

    lead: str
    text: str
    aside: str = ""


@dataclass(frozen=True)
class Listed:
    """A list under a heading."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Table:
    """A table under a heading.

    Attributes:
        title: the heading.
        heads: its columns.
        rows: its cells.
        shares: how wide the columns are, together 1.
        below: what is said of what the table leaves out.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    below: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture.

    Attributes:
        title: what it shows.
        scene: it.
        whole: whether it needs a page for itself.
    """

    title: str
    scene: Scene
    whole: bool = False


Block = Fact | Listed | Table | Picture


@dataclass(frozen=True)
class Section:
    """A step of the project.

    Attributes:
        number: its place, from 1.
        title, about: what it is called, and what was to be done.
        passed: whether it is done.
        state: that in words: when and by whom, or that it is not.
        gates: what must be there, and whether it is.
        blocks: what came of it.
    """

    number: int
    title: str
    about: str
    passed: bool
    state: str
    gates: tuple[tuple[str, bool], ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """A report.

    Attributes:
        title: the project's.
        begun: by which programme, when and by whom.
        map: its map and how much of it rests on evidence; empty where it has none.
        sections: its steps.
        footer: what must stand below every page that shows numbers.
        lang: the language.
    """

    title: str
    begun: str
    map: str
    sections: tuple[Section, ...]
    footer: str
    lang: Lang


def report(running: Running, lang: Lang) -> Report:
    """The report of a project: a section for every step, in the order of the programme.

    Args:
        running: the project.
        lang: the language of everything but what people wrote.
    """
    state = running.state
    project = state.project
    title = programme(project.programme).title.get(lang)
    told = _Told(running, state, lang)
    return Report(
        project.title,
        say("programmes.report.begun", lang, programme=title, day=project.started[:10], by=project.by),
        told.map,
        tuple(told.section(number, one) for number, one in enumerate(running.standing(), 1)),
        told.footer,
        lang,
    )


class _Told:
    """Tells what came of each step, from what the map and its answers say now."""

    def __init__(self, running: Running, state: State, lang: Lang) -> None:
        self.running, self.state, self.lang = running, state, lang
        self.project: Project = state.project
        self.document: JourneyMap | None = state.map

    def say(self, key: str, **values: object) -> str:
        return say(f"programmes.{key}", self.lang, **values)

    @property
    def map(self) -> str:
        if self.document is None:
            return ""
        with_, of = self.state.coverage
        told = self.say("report.map", map=self.document.title.get(self.lang), steps=len(self.document.steps))
        return told + self.say("report.coverage", n=with_, of=of)

    @property
    def footer(self) -> str:
        map_, filled = self.state.drawn, self.state.filled
        return "" if map_ is None or filled is None else map_.footer(self.lang, filled)

    def section(self, number: int, one: Standing) -> Section:
        done = one.passed
        state = self.say("report.open") if done is None else self.say("report.passed", day=done.time[:10], by=done.by)
        gates = tuple((self.say(f"gates.{gate}"), opened) for gate, opened in one.gates)
        step = one.step
        return Section(
            number, step.title.get(self.lang), step.about.get(self.lang), done is not None, state, gates,
            tuple(self._blocks(one)),
        )  # fmt: skip

    def _blocks(self, one: Standing) -> Iterator[Block]:
        step, gates = one.step, {gate for gate, _ in one.gates}
        for name in step.fields:
            yield Fact(self.say(f"fields.{name}"), self.project.notes.get(name, ""))
        if self.document is not None:
            yield from self._of_map(self.document, gates, step.aids)
        if "strategy" in step.aids:
            yield self._strategy()

    def _of_map(self, map_: JourneyMap, gates: Collection[str], aids: Collection[str]) -> Iterator[Block]:
        if "scenario" in gates or "scenario_whole" in gates:
            yield from self._scenes(map_)
        if "focus" in aids:
            yield from self._focus(map_)
        if "pain" in gates or "focus" in gates:
            yield from self._pains()
        if "ideas" in aids:
            yield from self._board()
        if "map" in gates and self.state.drawn is not None and self.state.filled is not None:
            yield from self._pictures()

    def _pictures(self) -> Iterator[Block]:
        drawn, filled = self.state.drawn, self.state.filled
        assert drawn is not None and filled is not None
        if (felt := curve(drawn, filled, self.lang)) is not None:
            yield Picture(self.say("report.curve"), felt, whole=True)
        for title, scene in pictures(drawn, filled, self.lang):
            told = f" · {title}" if title else ""
            yield Picture(self.say("report.picture") + told, scene, whole=True)

    def _scenes(self, map_: JourneyMap) -> Iterator[Block]:
        for scene in map_.scenarios:
            for name in ("who", "where", "when", "trigger", "goal"):
                if text := getattr(scene, name):
                    yield Fact(self.say(f"scene.{name}"), text.get(self.lang))

    def _focus(self, map_: JourneyMap) -> Iterator[Block]:
        if self.project.outcome is None:
            return
        try:
            found = self.running.weighed(self.project.outcome)
        except (UnknownName, BadInput):
            return
        if not found:
            return
        chosen = set(self.project.focus)
        title = self.say("report.quadrants", outcome=scale_name(self.project.outcome, self.lang))
        yield Picture(title, quadrants(found, map_, chosen, self.lang))
        heads = tuple(self.say(f"report.{one}") for one in ("step", "quadrant", "importance", "performance", "n"))
        told = [one for one in found if one.quadrant in ("focus", "keep") or one.step in chosen]
        rows = tuple(self._weighed(map_, one, one.step in chosen) for one in told)
        left = len(found) - len(told)
        below = self.say("report.left", n=left) if left else ""
        yield Table(self.say("report.weighed"), heads, rows, (0.31, 0.14, 0.21, 0.23, 0.11), below)

    def _weighed(self, map_: JourneyMap, one: Weighed, chosen: bool) -> tuple[str, ...]:
        name = map_.step(one.step).name.get(self.lang)
        return (
            f"{name} · {scale_name(one.scale, self.lang)}" + (f" {self.say('report.chosen')}" if chosen else ""),
            self.say(f"quadrants.{one.quadrant}"),
            share(one),
            " ".join(
                [number(one.performance.value, one.performance.unit, self.lang), _between(one, self.lang)]
            ).strip(),
            f"{one.n:,}",
        )

    def _pains(self) -> Iterator[Block]:
        cards = self.document.cards if self.document is not None else ()
        found = [one for one in cards if one.kind == "pain" and one.text is not None and one.evidence]
        if found:
            yield Listed(self.say("report.pains"), tuple(self._item(card) for card in found))

    def _board(self) -> Iterator[Block]:
        """The ideas by the questions that they answer, those with most dots first, then what is to be done."""
        found = ideas(self.project, self.document)
        asked: dict[str | None, str] = {None: self.say("report.ideas")}
        asked |= {one.key: self.say("report.how", question=one.text) for one in self.project.questions}
        for key, title in asked.items():
            if items := [one for one in found if one.card.kind == "idea" and one.question == key]:
                yield Listed(title, tuple(self._item(one.card, one.dots) for one in items))
        if chosen := [one for one in found if one.card.kind != "idea"]:
            yield Listed(self.say("report.opportunities"), tuple(self._item(one.card, one.dots) for one in chosen))

    def _item(self, card: Card, dots: int = 0) -> Item:
        assert self.document is not None and card.text is not None
        rests = [
            " ".join([say(f"maps.table.sources.{one.kind}", self.lang), one.title or one.speaker or ""]).strip()
            for one in card.evidence
        ]
        voted = self.say("report.dots", n=dots) if dots else ""
        aside = [
            said_in(self.document.department(card.owner), self.lang) or "",
            voted,
            self.say("report.rests", on=rests[0]) if card.kind == "pain" and rests else "",
        ]
        name = self.document.step(card.step).name.get(self.lang)
        return Item(name, card.text.get(self.lang), " · ".join(one for one in aside if one))

    def _strategy(self) -> Table:
        rows = []
        for sense in SENSES:
            row = self.project.strategy.get(sense)
            cells = (row.action, row.metric) if row is not None else ("", "")
            rows.append((self.say(f"senses.{sense}"), *(cell.strip() or "—" for cell in cells)))
        heads = tuple(self.say(f"report.{name}") for name in ("sense", "action", "metric"))
        return Table("", heads, tuple(rows), (0.16, 0.5, 0.34))


def _between(one: Weighed, lang: Lang) -> str:
    found = interval(one.performance, lang)
    return f"({found})" if found else ""
