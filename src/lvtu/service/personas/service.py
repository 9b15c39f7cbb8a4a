"""Personas: kept in the workspace's books, counted once for everybody who looks at them."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.naming import scale_name
from lvtu.core.expr import describe, parse
from lvtu.core.expr.customers import InSegment
from lvtu.core.segments import called
from lvtu.core.words import Lang
from lvtu.errors import LvtuError, UnknownName
from lvtu.maps.drawing.numbers import interval, number
from lvtu.maps.live import Value
from lvtu.maps.personas import Felt, Persona, Profile, Spent, Trait
from lvtu.maps.personas.persona import initials
from lvtu.service.access import Access, Role
from lvtu.service.masking import scrubbed_in
from lvtu.service.names.service import naming_of
from lvtu.service.personas.schemas import (
    PersonaDrafting,
    PersonaList,
    PersonaNumber,
    PersonaOf,
    PersonaProfile,
    PersonaRow,
    PersonaSaving,
    PersonaTrait,
)
from lvtu.service.problems import Conflict, NotFound


def listed(access: Access, lang: Lang) -> PersonaList:
    """The personas, each with how many customers it stands for."""
    served = access.served
    used = [key for map_ in served.workspace.maps for key in map_.document.personas]
    rows = [_row(access, one, used.count(one.key), lang) for one in served.workspace.personas]
    return PersonaList(personas=rows, edits=access.role >= Role.editor)


def _row(access: Access, one: Persona, maps: int, lang: Lang) -> PersonaRow:
    size = None
    if one.condition is not None:
        try:
            size = access.served.maps.counted(one.condition)
        except LvtuError:  # its segment was taken away: the persona itself tells
            size = None
    shown: dict[str, Any] = _shown(access, {"name": one.name.get(lang), "role": one.role and one.role.get(lang)})
    return PersonaRow(
        key=one.key, version=one.version or 0, name=shown["name"], role=shown["role"],
        initials=initials(one.name.get(lang)),
        color=sum(one.key.encode()) % 8, segment=_segment(access, one, lang), customers=size and size[0],
        of=size and size[1], maps=maps,
    )  # fmt: skip


def one(access: Access, key: str, lang: Lang) -> PersonaOf:
    """A persona.

    Raises:
        NotFound: there is none of that key.
    """
    personas = access.served.workspace.personas
    try:
        found = personas[key]
    except UnknownName as error:
        if error.code != "unknown_persona":
            raise
        raise NotFound("persona", key, [one.key for one in personas]) from None
    return _told(access, found, lang)


def drafted(access: Access, drafting: PersonaDrafting, lang: Lang) -> PersonaOf:
    """A draft from a segment; nothing is saved.

    Raises:
        BadExpression: the condition cannot be read.
        UnknownName: there is no such segment.
    """
    return _told(access, access.served.workspace.personas.built(drafting.segment, name=drafting.name), lang)


def put(access: Access, key: str, saving: PersonaSaving, lang: Lang) -> PersonaOf:
    """Save a persona as its next version.

    Raises:
        BadInput: it is none.
        Conflict: somebody saved it in the meantime.
    """
    personas = access.served.workspace.personas
    newest = next((one.version for one in personas if one.key == key), None)
    if saving.version is not None and saving.version != newest:
        raise Conflict("changed_by_another", version=saving.version, newest=newest or 0)
    given = {name: value for name, value in saving.persona.items() if name not in ("key", "version")}
    return _told(access, personas.save({"key": key, **given}), lang)


def remove(access: Access, key: str) -> None:
    """Take a persona away.

    Raises:
        NotFound: there is none of that key.
    """
    try:
        access.served.workspace.personas.remove(key)
    except UnknownName:
        raise NotFound("persona", key, []) from None


def _told(access: Access, one: Persona, lang: Lang) -> PersonaOf:
    profile, trouble = None, None
    if one.condition is not None:
        try:
            profile = _profile(access, access.served.maps.profile(one.condition), lang)
        except LvtuError as error:
            trouble = error.text(lang)
    document = {name: value for name, value in one.document().items() if name not in ("key", "version")}
    return PersonaOf(
        key=one.key, version=one.version, document=_shown(access, document), segment=_segment(access, one, lang),
        profile=profile, trouble=trouble, edits=access.role >= Role.editor,
    )  # fmt: skip


def _shown(access: Access, value: Any) -> Any:
    return scrubbed_in(value) if access.masked else value


def _segment(access: Access, one: Persona, lang: Lang) -> str | None:
    """Its customers in words: what people call the segment, or the condition."""
    if one.segment is None:
        return None
    expr = parse(one.segment)
    if not isinstance(expr, InSegment):
        return str(_shown(access, describe(expr, lang, naming_of(access.served, access.served.answers.moment()))))
    key = expr.name.partition("@")[0]
    titles = {segment.key: segment.title.get(lang) for segment in access.served.workspace.segments()}
    return titles.get(key, called(key, lang))


def _profile(access: Access, found: Profile, lang: Lang) -> PersonaProfile:
    return PersonaProfile(
        customers=found.customers, of=found.everyone, compared=found.compared,
        traits=[_trait(access, one, lang) for one in found.traits],
        feelings=[_felt(one, lang) for one in found.feelings], money=[_spent(one, lang) for one in found.money],
    )  # fmt: skip


def _trait(access: Access, one: Trait, lang: Lang) -> PersonaTrait:
    names = naming_of(access.served, access.served.answers.moment()).names(one.kind, lang)
    lift = None
    if one.lift is not None:
        ends = "" if one.low is None else f" ({one.low:.1f}–{one.high:.1f})"
        lift = f"×{one.lift:.1f}{ends}"
    return PersonaTrait(
        kind=one.kind, name=names.get(one.name, one.name), share=one.share, others=one.others, lift=lift,
        significant=one.significant,
    )  # fmt: skip


def _felt(one: Felt, lang: Lang) -> PersonaNumber:
    others = None if one.others is None else number(one.others.value, one.others.unit, lang)
    return _number(scale_name(one.scale, lang), one.value, others, lang, significant=one.significant)


def _spent(one: Spent, lang: Lang) -> PersonaNumber:
    others = None if one.others is None else number(one.others, "mean", lang)
    return _number(one.currency or "—", one.value, others, lang, significant=one.significant)


def _number(name: str, value: Value, others: str | None, lang: Lang, *, significant: bool) -> PersonaNumber:
    return PersonaNumber(
        name=name, shown=number(value.value, value.unit, lang), interval=interval(value, lang), n=value.n,
        few=value.few, others=others, significant=significant,
    )  # fmt: skip
