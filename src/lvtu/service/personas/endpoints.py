"""``/api/w/{workspace}/personas``: whom maps are about."""

from __future__ import annotations

from fastapi import APIRouter

from lvtu.service.access import Analyst, Editor, Viewer
from lvtu.service.languages import Language
from lvtu.service.personas import service
from lvtu.service.personas.schemas import PersonaDrafting, PersonaList, PersonaOf, PersonaSaving
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}/personas", tags=["maps"], responses=refusals(404, 409))


@router.get("", summary="Personas")
def listed(access: Viewer, lang: Language) -> PersonaList:
    """The personas of a workspace, each with how many customers it stands for now."""
    return service.listed(access, lang)


@router.post("/preview", summary="Draft a persona from a segment")
def preview(access: Analyst, lang: Language, drafting: PersonaDrafting) -> PersonaOf:
    """What the customers of a segment do more often than all others, as a persona to be edited. Nothing is saved."""
    return service.drafted(access, drafting, lang)


@router.get("/{key}", summary="A persona")
def one(access: Viewer, key: str, lang: Language) -> PersonaOf:
    """A persona, and what sets its customers apart from all others now; ``flyer@2`` names a version."""
    return service.one(access, key, lang)


@router.put("/{key}", summary="Save a persona")
def put(access: Editor, key: str, saving: PersonaSaving, lang: Language) -> PersonaOf:
    """Keep a persona as its next version. 409: somebody saved it meanwhile; ``newest`` is its version now."""
    return service.put(access, key, saving, lang)


@router.delete("/{key}", status_code=204, summary="Take a persona away")
def remove(access: Editor, key: str) -> None:
    """Take a persona away, with all its versions; maps that were about it are about everybody then."""
    service.remove(access, key)
