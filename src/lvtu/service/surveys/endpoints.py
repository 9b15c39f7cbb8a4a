"""``/api/w/{workspace}/surveys``: what customers are asked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from lvtu.service.access import Analyst, Editor, Viewer
from lvtu.service.audit.trail import about
from lvtu.service.languages import Language
from lvtu.service.problems import refusals
from lvtu.service.surveys import files, service
from lvtu.service.surveys.results import SurveyResults
from lvtu.service.surveys.results import results as answered
from lvtu.service.surveys.schemas import (
    ChangedSurvey,
    Checked,
    Converted,
    Defined,
    Foreign,
    GivenFile,
    NewSurvey,
    PresetOf,
    Preview,
    SurveyListed,
    SurveyOf,
    TriedSurvey,
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
def preview(access: Analyst, tried: TriedSurvey, lang: Language) -> Preview:
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


@router.get("/{id}/files", summary="Files that a question was answered with")
def given_files(access: Analyst, id: str, question: Annotated[str, Query(max_length=64)]) -> list[GivenFile]:
    """The newest hundred; only for whoever may see who customers are."""
    return files.listed(access, id, question)


@router.get(
    "/{id}/files/{file_id}", summary="A file that somebody answered with", response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "The file, to be saved."}},
)  # fmt: skip
def given_file(access: Analyst, id: str, file_id: str) -> Response:
    """The file itself; only for whoever may see who customers are."""
    return files.download(access, id, file_id)


@router.get("/{id}/results", summary="What was answered")
def results(
    access: Viewer, id: str, lang: Language, since: datetime | None = None, until: datetime | None = None
) -> SurveyResults:
    """How often each answer was given and what scores come to, question by question, with their intervals.

    Of what was said in words it is told how often; the words stand in the inbox.
    """
    kept = service.kept_of(access, id)
    return answered(access.served.workspace, access.catalog, kept, since, until, lang)
