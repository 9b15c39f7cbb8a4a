"""Registers of what stands on all maps, as people read them."""

from __future__ import annotations

from typing import Literal, get_args

from lvtu.core.model.text import said_in
from lvtu.core.words import Lang, say
from lvtu.errors import LvtuError
from lvtu.maps.document import Binding, JourneyMap
from lvtu.maps.document.details import Rung, Status
from lvtu.maps.document.marked import unmarked
from lvtu.maps.drawing.numbers import interval, number
from lvtu.maps.registers import NUMBERS, Entry, EntryKind, KeyMoment, Registers
from lvtu.maps.registers.alike import Alike
from lvtu.maps.registers.files import RegisterFormat, fields, written
from lvtu.maps.registers.told import amount, between, formula, label, shown
from lvtu.service.access import Access, Role
from lvtu.service.cells.sources import Sources
from lvtu.service.map_registers.schemas import (
    KeyMoments,
    MapRegister,
    MapSwot,
    RegisterAlike,
    RegisterChoice,
    RegisterColumn,
    RegisterEntry,
    RegisterMoment,
    RegisterNumber,
    RegisterPlace,
    SwotField,
)
from lvtu.service.problems import NotFound

MOST_ALIKE = 20
"""Pairs of alike entries that are proposed."""


def _registers(access: Access, lang: Lang) -> Registers:
    answered = access.served.maps
    return Registers(
        access.served.workspace.maps, answered.answers, lambda map_, _: answered.counted_cards(map_),
        Sources(access, lang).gone,
    )  # fmt: skip


def register(
    access: Access, kind: EntryKind, lang: Lang, map: str | None, rung: Rung | None, persona: str | None,
    status: Status | None, effort: float | None,
) -> MapRegister:  # fmt: skip
    """A register, filtered."""
    found = _registers(access, lang)
    personas = {one.key: one.name.get(lang) for one in access.served.workspace.personas}
    every = found.some(kind)
    return MapRegister(
        kind=kind,
        entries=[
            _entry(found, one, personas, lang)
            for one in found.some(kind, map=map, rung=rung, persona=persona, status=status, effort=effort)
        ],
        columns=[RegisterColumn(name=name, title=label(name, lang)) for name in NUMBERS[kind]],
        alike=[_alike(found, one, lang) for one in found.alike(kind)[:MOST_ALIKE]],
        maps=_choices({one.map: one.title.get(lang) for one in every}),
        personas=_choices({key: personas.get(key, key) for one in every if (key := one.persona)}),
        rungs=_choices({key: say(f"maps.rungs.{key}", lang) for key in get_args(Rung)} if kind == "need" else {}),
        statuses=_choices(
            {key: say(f"maps.pain_status.{key}", lang) for key in get_args(Status)} if kind == "pain" else {}
        ),
        efforts=_choices({
            f"{value:g}": say("maps.registers.within", lang, effort=f"{value:g}")
            for value in sorted({one.numbers["effort"].value for one in every if "effort" in one.numbers})
        } if kind == "opportunity" else {}),
        simulated=access.served.workspace.simulated, edits=access.role >= Role.editor,
    )  # fmt: skip


def _choices(names: dict[str, str]) -> list[RegisterChoice]:
    return [RegisterChoice(key=key, name=name) for key, name in names.items()]


def _place(one: Entry, lang: Lang) -> RegisterPlace:
    return RegisterPlace(
        id=one.id, kind=one.kind, text=unmarked(one.text.get(lang)), map=one.map, title=one.title.get(lang),
        lane=one.row, step=one.at, step_title=one.step.get(lang),
    )  # fmt: skip


def _alike(found: Registers, one: Alike, lang: Lang) -> RegisterAlike:
    places = (_place(found.place(id), lang) for id in (one.one, one.other))
    return RegisterAlike(one=next(places), other=next(places), shown=number(one.share, "share", lang))


def _entry(found: Registers, one: Entry, personas: dict[str, str], lang: Lang) -> RegisterEntry:
    before, after = found.chain(one.id)
    return RegisterEntry(
        at=_place(one, lang), stage=one.stage.get(lang), owner=said_in(one.owner, lang),
        persona=None if one.persona is None else personas.get(one.persona, one.persona),
        rung=None if one.rung is None else say(f"maps.rungs.{one.rung}", lang),
        status=None if one.status is None else say(f"maps.pain_status.{one.status}", lang),
        status_key=one.status, latent=one.latent, assumed=one.assumed, hypothesis=one.hypothesis,
        evidence=[say(f"maps.rests.kinds.{kind}", lang) for kind in one.evidence],
        numbers=[_number(one, name, lang) for name in NUMBERS[one.kind] if name in one.numbers],
        money=None if one.money is None else amount(one.money),
        expected=said_in(one.expected, lang),
        due=None if one.due is None else one.due.isoformat(),
        metrics=[title.get(lang) for title in one.metrics.values()],
        stems_from=[_place(other, lang) for other in before], leads_to=[_place(other, lang) for other in after],
        places=[_place(found.place(id), lang) for id in one.places],
        failed=one.failed.text(lang) if isinstance(one.failed, LvtuError) else None,
    )  # fmt: skip


def _number(one: Entry, name: str, lang: Lang) -> RegisterNumber:
    known = one.numbers[name]
    return RegisterNumber(
        name=name, value=known.value, shown=shown(name, known.value, lang), n=known.n,
        source=say(f"maps.registers.sources.{known.source}", lang), estimated=known.source == "person",
        interval=between(name, known, lang), formula=formula(one, name, lang),
        estimate="" if known.estimate is None else shown(name, known.estimate, lang),
    )  # fmt: skip


def moments(access: Access, lang: Lang) -> KeyMoments:
    """The key moments of all maps."""
    documents = {one.id: one.document for one in access.served.workspace.maps}
    return KeyMoments(
        moments=[_moment(one, documents[one.map], lang) for one in _registers(access, lang).key_moments()],
        simulated=access.served.workspace.simulated, edits=access.role >= Role.editor,
    )  # fmt: skip


def _moment(one: KeyMoment, document: JourneyMap, lang: Lang) -> RegisterMoment:
    value, bound = one.value, None if one.row is None else document.bound(one.row, one.at)
    target = None if value is None else value.target
    return RegisterMoment(
        map=one.map, title=one.title.get(lang), stage=one.stage.get(lang), step=one.at, step_title=one.step.get(lang),
        kind=one.kind, kind_said=say(f"maps.registers.moments.{one.kind}", lang),
        owner=said_in(one.owner, lang), lane=one.row,
        lane_title=said_in(one.lane, lang),
        shown="—" if value is None else number(value.value, value.unit, lang),
        interval="" if value is None else interval(value, lang), n=None if value is None else value.n,
        before="" if value is None or value.before is None else number(value.before, value.unit, lang),
        unit="" if value is None else value.unit, worse=value is not None and value.worse,
        target="" if value is None or target is None else number(target, value.unit, lang), aimed=target,
        state=one.state, state_said=say(f"maps.registers.states.{one.state}", lang),
        binding=None if bound is None else _at(bound, one.at),
    )  # fmt: skip


def _at(bound: Binding, step: str) -> dict[str, object]:
    """A question as it fills the cell of one step alone: a lane's gets a copy there, the step's own stays itself."""
    given = bound.model_dump(mode="json", exclude_defaults=True)
    if bound.step is None:
        del given["key"]
    return {**given, "step": step}


def swot(access: Access, lang: Lang, map: str | None) -> MapSwot:
    """Strengths, weaknesses, opportunities and threats."""
    told = fields(_registers(access, lang).swot(map), lang)
    return MapSwot(
        fields=[
            SwotField(name=name, title=say(f"maps.registers.swot.{name}", lang), entries=texts)
            for name, texts in told.items()
        ]
    )


def file(access: Access, format: RegisterFormat, kind: EntryKind | Literal["moments"], lang: Lang) -> bytes:
    """Registers as a file."""
    return written(_registers(access, lang), format, kind, lang)


def unknown_map(access: Access, map: str | None) -> None:
    """Refuse a map that is not there.

    Raises:
        NotFound: there is none of that id.
    """
    if map is not None and map not in access.served.workspace.maps.titles():
        raise NotFound("map", map, [])
