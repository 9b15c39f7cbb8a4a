"""How a team rates its own service at each step, as people read it."""

from __future__ import annotations

from pathlib import Path

from lvtu.core.words import Lang
from lvtu.maps import Map
from lvtu.maps.assessment import Gap
from lvtu.maps.document import JourneyMap
from lvtu.maps.drawing.numbers import interval, number
from lvtu.service.access import Access, Role
from lvtu.service.assessments.schemas import AssessedStep, MapAssessment
from lvtu.service.maps.answering import answered
from lvtu.service.maps.found import by, found, map_of


def assessment(access: Access, id: str, lang: Lang) -> MapAssessment:
    """Every step as both rate it.

    Raises:
        NotFound: there is no map of that id.
    """
    with found(id):
        return _told(access, map_of(access, id), lang, [])


def _told(access: Access, map_: Map, lang: Lang, read: list[str]) -> MapAssessment:
    document = map_.document
    told = map_.assessment(answered(access, map_))
    return MapAssessment(
        steps=[_step(document, one, lang) for one in told.gaps], read=read,
        simulated=access.served.workspace.simulated, edits=access.role >= Role.editor,
    )  # fmt: skip


def _step(document: JourneyMap, one: Gap, lang: Lang) -> AssessedStep:
    step, felt = document.step(one.step), one.customers
    said = step.assessed
    return AssessedStep(
        step=step.key, stage=document.stage(step.stage).name.get(lang), title=step.name.get(lang), own=one.own,
        customers="—" if felt is None else number(felt.value, felt.unit, lang),
        interval="" if felt is None else interval(felt, lang), n=None if felt is None else felt.n,
        gap="—" if one.gap is None else number(one.gap, "feeling", lang),
        below=one.certain and one.gap is not None and one.gap < 0,
        by=said.by if said else None, on=said.on.isoformat() if said and said.on else None,
        note=said.note if said else None,
    )  # fmt: skip


def workbook(access: Access, id: str, lang: Lang) -> tuple[str, bytes]:
    """The title of a map, and its workbook.

    Raises:
        NotFound: there is no map of that id.
    """
    with found(id):
        map_ = map_of(access, id)
        return map_.document.title.get(lang), map_.assessment(answered(access, map_)).workbook(lang)


def read(access: Access, id: str, path: Path, lang: Lang) -> MapAssessment:
    """Take the team's scores from a workbook.

    Raises:
        NotFound: there is no map of that id.
        BadInput: it is no such workbook.
    """
    with found(id):
        map_ = map_of(access, id)
        notes = map_.assessment(answered(access, map_)).read(path, by=by(access))
        return _told(access, map_, lang, [note.text(lang) for note in notes])
