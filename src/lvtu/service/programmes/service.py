"""Guided programmes, as people read and work on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from lvtu.analyses.naming import scale_name
from lvtu.core.model.text import Text, said_in
from lvtu.core.words import Lang, say, speaking
from lvtu.errors import UnknownName
from lvtu.maps import JourneyMap
from lvtu.maps.drawing.numbers import number
from lvtu.maps.exchange.formats import Written, base_name
from lvtu.maps.programmes import Running, programmes
from lvtu.maps.programmes.board import Idea, left
from lvtu.maps.programmes.focus import Weighed, share
from lvtu.maps.programmes.gates import State
from lvtu.maps.programmes.project import DOTS, Project
from lvtu.maps.programmes.report import ReportFormat
from lvtu.maps.programmes.running import Standing, place_of
from lvtu.service.access import Access, Role
from lvtu.service.maps.answering import answered
from lvtu.service.maps.found import by
from lvtu.service.masking import scrubbed
from lvtu.service.problems import NotFound
from lvtu.service.programmes.locker import cards as cards_of
from lvtu.service.programmes.locker import documents, kind_of
from lvtu.service.programmes.schemas import (
    ProgrammeList,
    ProgrammeRow,
    ProjectBecomes,
    ProjectBegun,
    ProjectChanges,
    ProjectFocus,
    ProjectGate,
    ProjectIdea,
    ProjectIdeaOf,
    ProjectMapStep,
    ProjectNote,
    ProjectOf,
    ProjectPain,
    ProjectQuestion,
    ProjectQuestionOf,
    ProjectRow,
    ProjectScene,
    ProjectStep,
    ProjectWeighed,
)

_SCENE = ("who", "where", "when", "trigger", "goal")


def listed(access: Access, lang: Lang) -> ProgrammeList:
    """The programmes, and the projects."""
    return ProgrammeList(
        programmes=[
            ProgrammeRow(key=one.key, title=one.title.get(lang), about=one.about.get(lang),
                         steps=[step.title.get(lang) for step in one.steps])
            for one in programmes().values()
        ],
        projects=[_row(one.project, lang) for one in access.served.workspace.programmes],
    )  # fmt: skip


def _row(project: Project, lang: Lang) -> ProjectRow:
    one, done = programmes()[project.programme], {step.step for step in project.passed}
    left = [step for step in one.steps if step.key not in done]
    return ProjectRow(
        id=project.id, title=project.title, programme=one.title.get(lang), done=len(one.steps) - len(left),
        of=len(one.steps), now=left[0].title.get(lang) if left else None,
    )  # fmt: skip


def begin(access: Access, begun: ProjectBegun, lang: Lang) -> ProjectOf:
    """A new project.

    Raises:
        NotFound: there is no such map.
        UnknownName: there is no such programme.
    """
    known = programmes()
    title = (begun.title or "").strip() or (known[begun.programme].title.get(lang) if begun.programme in known else "")
    with _found(begun.map):
        made = access.served.workspace.programmes.begin(begun.programme, title, begun.map, by=by(access))
    return _told(access, _running(access, made.id), lang)


def one(access: Access, id: str, lang: Lang) -> ProjectOf:
    """A project.

    Raises:
        NotFound: there is none of that id.
    """
    with _found(id):
        return _told(access, _running(access, id), lang)


def change(access: Access, id: str, changes: ProjectChanges, lang: Lang) -> ProjectOf:
    """A project after some work on it.

    Raises:
        NotFound: there is no such project or map.
        BadInput: something cannot be said of it.
    """
    with _found(id):
        running, me = _running(access, id), by(access)
        if changes.title is not None:
            running.rename(changes.title)
        if "map" in changes.model_fields_set:
            running.attach(changes.map)
        if changes.notes:
            running.note(**changes.notes)
        for sense, row in (changes.strategy or {}).items():
            running.plan(sense, row.action, row.metric)
        if changes.scene is not None:
            running.scene(changes.scene.model_dump(), by=me)
        if changes.focus is not None:
            running.choose(changes.focus, by=me)
        return _told(access, running, lang)


def _after(access: Access, id: str, lang: Lang, work: Callable[[Running], object]) -> ProjectOf:
    """A project after one piece of work on it."""
    with _found(id):
        running = _running(access, id)
        work(running)
        return _told(access, running, lang)


def idea(access: Access, id: str, idea: ProjectIdea, lang: Lang) -> ProjectOf:
    """A project with an idea more in its map."""
    return _after(
        access,
        id,
        lang,
        lambda running: running.idea(
            idea.step, idea.text, idea.kind, idea.owner, question=idea.question, by=by(access)
        ),
    )


def bring(access: Access, id: str, document: str, lang: Lang) -> ProjectOf:
    """A project with a document more.

    Raises:
        NotFound: there is no such document.
    """
    kind_of(access, document, lang)
    return _after(access, id, lang, lambda running: running.bring(document))


def let_go(access: Access, id: str, document: str, lang: Lang) -> ProjectOf:
    """A project without a document."""
    return _after(access, id, lang, lambda running: running.let_go(document))


def rest(access: Access, id: str, document: str, card: str, lang: Lang) -> ProjectOf:
    """A project of whose map a card more rests on a document.

    Raises:
        NotFound: there is no such document.
    """
    kind = kind_of(access, document, lang)
    return _after(access, id, lang, lambda running: running.rest(card, document, kind, by=by(access)))


def vote(access: Access, id: str, idea: str, dots: int, lang: Lang) -> ProjectOf:
    """A project after somebody put dots on an idea."""
    return _after(access, id, lang, lambda running: running.vote(idea, dots, by=access.person.id))


def become(access: Access, id: str, idea: str, becomes: ProjectBecomes, lang: Lang) -> ProjectOf:
    """A project after an idea became something."""
    return _after(access, id, lang, lambda running: running.become(idea, becomes.kind, becomes.owner, by=by(access)))


def ask(access: Access, id: str, question: ProjectQuestion, lang: Lang) -> ProjectOf:
    """A project with a question more."""
    return _after(access, id, lang, lambda running: running.ask(question.text, question.step))


def withdraw(access: Access, id: str, question: str, lang: Lang) -> ProjectOf:
    """A project without a question."""
    return _after(access, id, lang, lambda running: running.withdraw(question))


def pain(access: Access, id: str, pain: ProjectPain, lang: Lang) -> ProjectOf:
    """A project with a pain more in its map."""
    return _after(access, id, lang, lambda running: running.pain(pain.step, pain.text, pain.event, by=by(access)))


def focus(access: Access, id: str, outcome: str, lang: Lang) -> ProjectFocus:
    """The steps of a project's map by importance and performance."""
    with _found(id):
        running = _running(access, id)
        found, map_ = running.weigh(outcome), running.state.map
    return ProjectFocus(items=[_weighed(one, map_, lang) for one in found if map_ is not None])


def _weighed(one: Weighed, map_: JourneyMap, lang: Lang) -> ProjectWeighed:
    return ProjectWeighed(
        step=one.step, name=map_.step(one.step).name.get(lang), scale=scale_name(one.scale, lang), n=one.n,
        importance=one.importance, importance_shown=share(one),
        performance=one.performance.value, quadrant=one.quadrant,
        performance_shown=number(one.performance.value, one.performance.unit, lang),
    )  # fmt: skip


def passed(access: Access, id: str, step: str, lang: Lang) -> ProjectOf:
    """A project with a step done.

    Raises:
        BadInput: a gate is closed.
    """
    with _found(id), speaking(lang):
        running = _running(access, id)
        running.pass_step(step, by=by(access))
        return _told(access, running, lang)


def report(access: Access, id: str, format: ReportFormat, lang: Lang) -> tuple[str, Written]:
    """A project as a file, as whoever asks may see it, and what that is called."""
    with _found(id):
        running = Running(access.served.workspace, id, partial(answered, access), access.served.maps.weighed)
        return f"{base_name(running.project.title)}.{format}", running.reported(format, lang)


def remove(access: Access, id: str) -> None:
    """Take a project away."""
    with _found(id):
        access.served.workspace.programmes[id].remove()


def _running(access: Access, id: str) -> Running:
    return Running(access.served.workspace, id, access.served.maps.answers, access.served.maps.weighed)


def _told(access: Access, running: Running, lang: Lang) -> ProjectOf:
    state = running.state
    project, map_ = state.project, state.map
    covered, cards = state.coverage
    person, masked = access.person.id, access.masked
    return ProjectOf(
        id=project.id, title=project.title, programme=programmes()[project.programme].title.get(lang), map=project.map,
        map_title="" if map_ is None else map_.title.get(lang),
        steps=[_step(one, project, lang, masked=masked) for one in running.standing()], scene=_scene(state, lang),
        map_steps=[ProjectMapStep(key=one.key, name=one.name.get(lang)) for one in (map_.steps if map_ else ())],
        ideas=[_idea(one, project.votes.get(person, ()), lang) for one in running.ideas()],
        questions=[ProjectQuestionOf(key=one.key, text=one.text, step=one.step) for one in project.questions],
        dots_left=left(project, person, map_), dots_of=DOTS,
        outcome=project.outcome, focus=list(project.focus), strategy=dict(project.strategy),
        documents=documents(access, project, map_, lang), map_cards=cards_of(map_, lang),
        with_evidence=covered, cards=cards, edits=access.role >= Role.editor,
    )  # fmt: skip


def _step(one: Standing, project: Project, lang: Lang, *, masked: bool) -> ProjectStep:
    return ProjectStep(
        key=one.step.key, title=one.step.title.get(lang), about=one.step.about.get(lang), state=one.state,
        passed=None if one.passed is None else say("programmes.report.passed", lang, day=one.passed.time[:10],
                                                   by=scrubbed(one.passed.by) if masked else one.passed.by),
        notes=[
            ProjectNote(key=name, label=say(f"programmes.fields.{name}", lang), text=project.notes.get(name, ""))
            for name in one.step.fields
        ],
        gates=[
            ProjectGate(key=gate, told=say(f"programmes.gates.{gate}", lang), open=opened,
                        place=place_of(gate, project))
            for gate, opened in one.gates
        ],
        aids=list(one.step.aids),
    )  # fmt: skip


def _scene(state: State, lang: Lang) -> ProjectScene | None:
    if state.map is None or not state.map.scenarios:
        return None
    texts: dict[str, Text | None] = {name: getattr(state.map.scenarios[0], name) for name in _SCENE}
    return ProjectScene.model_validate({name: text.get(lang) if text else None for name, text in texts.items()})


def _idea(one: Idea, mine: tuple[str, ...], lang: Lang) -> ProjectIdeaOf:
    card = one.card
    return ProjectIdeaOf.model_validate(
        {"key": card.key, "step": card.step, "text": card.text.get(lang) if card.text else "", "kind": card.kind,
         "owner": said_in(one.owner, lang), "question": one.question, "dots": one.dots, "mine": mine.count(card.key),
         "voters": one.voters}
    )  # fmt: skip


@contextmanager
def _found(id: str | None) -> Iterator[None]:
    """Answer a project or map that is not there with 404."""
    try:
        yield
    except UnknownName as error:
        if error.code not in ("unknown_map", "unknown_project"):
            raise
        raise NotFound(error.code.removeprefix("unknown_"), id or "", []) from None
