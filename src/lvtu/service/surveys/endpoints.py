"""``/api/w/{workspace}/surveys``: what customers are asked."""

from __future__ import annotations

from fastapi import APIRouter, Request

from lvtu.service.access import Analyst, Editor, Viewer
from lvtu.service.audit.trail import about
from lvtu.service.languages import Language
from lvtu.service.problems import refusals
from lvtu.service.surveys import service
from lvtu.service.surveys.schemas import (
    ChangedSurvey,
    Checked,
    Converted,
    Defined,
    Foreign,
    NewSurvey,
    PresetOf,
    Preview,
    SurveyListed,
    SurveyOf,
    TriedAnswers,
    VersionOf,
)  # fmt: skip

router = APIRouter(prefix="/api/w/{workspace}/surveys", tags=["surveys"], responses=refusals(409))


@router.get("", summary="The surveys")
def listed(access: Viewer, lang: Language) -> list[SurveyListed]:
    """Every survey with how many answered, those that were changed last first."""
    return service.listed(access, lang)


@router.post("", status_code=201, summary="Write a survey")
def add(request: Request, access: Editor, new: NewSurvey, lang: Language) -> SurveyOf:
    """Keep a new survey as a draft; flaws are told, and hinder only that it is published."""
    made = service.add(access, new, lang)
    about(request, id=made.id)
    return made


@router.get("/presets", summary="Surveys that are ready to be asked")
def presets(access: Viewer, lang: Language) -> list[PresetOf]:
    """NPS, CSAT, CES, SERVQUAL, perception, Kano, the pulse and the feedback door, in Chinese and English."""
    return service.presets(lang)


@router.post("/check", summary="Check a definition")
def check(access: Analyst, defined: Defined, lang: Language) -> Checked:
    """What is wrong with a definition, where, and what to do."""
    return service.checked(defined.definition, lang)


@router.post("/preview", summary="Try a definition")
def preview(access: Analyst, tried: TriedAnswers, lang: Language) -> Preview:
    """What a respondent would see, given some answers, and what would become of these."""
    return service.preview(tried, lang)


@router.post("/convert", summary="Take over a definition of SurveyJS")
def convert(access: Analyst, foreign: Foreign, lang: Language) -> Converted:
    """Our definition of theirs, and what it cannot say."""
    return service.converted(foreign, lang)


@router.get("/{id}", summary="A survey")
def get(access: Viewer, id: str, lang: Language) -> SurveyOf:
    """One survey with its draft."""
    return service.get(access, id, lang)


@router.put("/{id}", summary="Change a survey")
def put(access: Editor, id: str, changed: ChangedSurvey, lang: Language) -> SurveyOf:
    """Put a draft and settings in the place of their version; settings count at once, the draft once it is published.

    409: somebody changed it meanwhile; ``newest`` is its version now.
    """
    return service.put(access, id, changed, lang)


@router.delete("/{id}", status_code=204, summary="Remove a survey")
def remove(access: Editor, id: str) -> None:
    """Remove a survey and its link for good; what was answered stays in the events."""
    service.remove(access, id)


@router.post("/{id}/publish", summary="Publish a survey")
def publish(access: Editor, id: str, lang: Language) -> SurveyOf:
    """Ask the draft from now on, as a version that never changes; a closed survey is opened again."""
    return service.publish(access, id, lang)


@router.post("/{id}/close", summary="Close a survey")
def close(access: Editor, id: str, lang: Language) -> SurveyOf:
    """Take no more answers."""
    return service.close(access, id, lang)


@router.get("/{id}/versions", summary="What was published")
def versions(access: Viewer, id: str) -> list[VersionOf]:
    """Every definition that was published, newest first."""
    return service.versions(access, id)
