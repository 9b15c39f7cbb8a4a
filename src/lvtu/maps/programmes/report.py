"""A project as a report: what was found and settled in each of its steps."""

from __future__ import annotations

from collections.abc import Iterator

from lvtu.core.words import Lang, say
from lvtu.maps.document import JourneyMap
from lvtu.maps.programmes.definition import programme
from lvtu.maps.programmes.project import SENSES, Project
from lvtu.maps.programmes.running import Running, Standing


def markdown(running: Running, lang: Lang) -> str:
    """The report of a project as Markdown: a section for every step, in the order of the programme.

    Args:
        running: the project.
        lang: the language of everything but what people wrote.
    """
    state = running.state
    project, map_ = state.project, state.map
    title = programme(project.programme).title.get(lang)
    begun = say("programmes.report.begun", lang, programme=title, day=project.started[:10], by=project.by)
    blocks = [f"# {_plain(project.title)}", begun]
    if map_ is not None:
        with_, of = state.coverage
        told = say("programmes.report.map", lang, map=map_.title.get(lang), steps=len(map_.steps))
        blocks.append(told + say("programmes.report.coverage", lang, n=with_, of=of))
    for number, one in enumerate(running.standing(), 1):
        blocks += [f"## {number}. {one.step.title.get(lang)}", *_step(one, running, project, map_, lang)]
    return "\n\n".join(blocks) + "\n"


def _step(one: Standing, running: Running, project: Project, map_: JourneyMap | None, lang: Lang) -> Iterator[str]:
    if one.passed is not None:
        yield say("programmes.report.passed", lang, day=one.passed.time[:10], by=one.passed.by)
    else:
        missing = [say(f"programmes.gates.{gate}", lang) for gate, opened in one.gates if not opened]
        yield say("programmes.report.open", lang)
        if missing:
            yield "\n".join(f"- {words}" for words in missing)
    for name in one.step.fields:
        yield f"**{say(f'programmes.fields.{name}', lang)}** {_plain(project.notes.get(name, '')) or '—'}"
    gates = {gate for gate, _ in one.gates}
    if gates & {"scenario", "scenario_whole"} and map_ is not None:
        yield from _scenes(map_, lang)
    if "focus" in one.step.aids and map_ is not None:
        yield from _focus(project, map_, lang)
    if "pain" in gates and map_ is not None:
        yield from _cards(map_, ("pain",), lang)
    if "ideas" in one.step.aids and map_ is not None:
        yield from _cards(map_, ("idea", "opportunity"), lang)
    if "strategy" in one.step.aids:
        yield _strategy(project, lang)


def _scenes(map_: JourneyMap, lang: Lang) -> Iterator[str]:
    for scene in map_.scenarios:
        parts = [(name, getattr(scene, name)) for name in ("who", "where", "when", "trigger", "goal")]
        yield "\n".join(
            f"- **{say(f'programmes.scene.{name}', lang)}** {_plain(text.get(lang))}" for name, text in parts if text
        )


def _focus(project: Project, map_: JourneyMap, lang: Lang) -> Iterator[str]:
    chosen = [step for step in map_.steps if step.key in project.focus]
    if not chosen:
        return
    yield say("programmes.report.focus", lang, outcome=project.outcome or "—")
    marked = {card.key: card for card in map_.cards}
    lines = []
    for step in chosen:
        pain = marked.get(f"project-pain-{step.key}")
        told = "" if pain is None or pain.text is None else pain.text.get(lang)
        rests = "" if pain is None else say("programmes.report.rests", lang, n=pain.evidence[0].title or "—")
        lines.append(f"- **{_plain(step.name.get(lang))}** {_plain(told + rests)}")
    yield "\n".join(lines)


def _cards(map_: JourneyMap, kinds: tuple[str, ...], lang: Lang) -> Iterator[str]:
    found = [card for card in map_.cards if card.kind in kinds and card.text is not None]
    found = [card for card in found if "pain" not in kinds or card.evidence]
    lines = []
    for card in found:
        owner = f" — {card.owner}" if card.owner else ""
        text = card.text.get(lang) if card.text else ""
        lines.append(f"- {_plain(map_.step(card.step).name.get(lang))}: {_plain(text)}{_plain(owner)}")
    if lines:
        yield "\n".join(lines)


def _strategy(project: Project, lang: Lang) -> str:
    heads = [say(f"programmes.report.{name}", lang) for name in ("sense", "action", "metric")]
    rows = [heads, ["---"] * 3]
    for sense in SENSES:
        row = project.strategy.get(sense)
        cells = [row.action, row.metric] if row is not None else ["", ""]
        rows.append([say(f"programmes.senses.{sense}", lang), *(_plain(cell) or "—" for cell in cells)])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _plain(text: str) -> str:
    """A text on one line that Markdown reads as it stands."""
    flat = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#|" else letter for letter in flat)
