"""``/api/w/{workspace}/programmes``: projects that follow a guided programme."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from lvtu.maps.programmes.report import REPORTS, ReportFormat
from lvtu.service.access import Editor, Viewer
from lvtu.service.audit.trail import about
from lvtu.service.languages import Language
from lvtu.service.problems import refusals
from lvtu.service.programmes import service
from lvtu.service.programmes.schemas import (
    ProgrammeList,
    ProjectBecomes,
    ProjectBegun,
    ProjectBrought,
    ProjectChanges,
    ProjectDots,
    ProjectFocus,
    ProjectIdea,
    ProjectOf,
    ProjectOutcome,
    ProjectPain,
    ProjectPassed,
    ProjectQuestion,
    ProjectRests,
)

router = APIRouter(prefix="/api/w/{workspace}/programmes", tags=["programmes"], responses=refusals(404, 409))

_CONTENT: dict[str, dict[str, Any]] = {media.partition(";")[0]: {} for media in REPORTS.values()}


@router.get("", summary="Programmes and projects")
def listed(access: Viewer, lang: Language) -> ProgrammeList:
    """The programmes there are, and the projects that follow one."""
    return service.listed(access, lang)


@router.post("", status_code=201, summary="Begin a project")
def begin(access: Editor, lang: Language, request: Request, begun: ProjectBegun) -> ProjectOf:
    """Begin a project that follows a programme."""
    made = service.begin(access, begun, lang)
    about(request, id=made.id)
    return made


@router.get("/{id}", summary="A project")
def one(access: Viewer, lang: Language, id: str) -> ProjectOf:
    """How far a project is: its steps with their gates, and what was written."""
    return service.one(access, id, lang)


@router.patch("/{id}", summary="Work on a project")
def change(access: Editor, lang: Language, id: str, changes: ProjectChanges) -> ProjectOf:
    """Write what is sent; a scenario and chosen steps go into the map."""
    return service.change(access, id, changes, lang)


@router.post("/{id}/ideas", status_code=201, summary="Write an idea")
def idea(access: Editor, lang: Language, id: str, idea: ProjectIdea) -> ProjectOf:
    """Put an idea into the project's map."""
    return service.idea(access, id, idea, lang)


@router.put("/{id}/ideas/{idea}/dots", summary="Vote for an idea")
def vote(access: Viewer, lang: Language, id: str, idea: str, dots: ProjectDots) -> ProjectOf:
    """Put so many of one's dots on an idea; who only looks votes, too. Refused where one has not so many left."""
    return service.vote(access, id, idea, dots.dots, lang)


@router.post("/{id}/ideas/{idea}/become", summary="Make an idea an opportunity or an action")
def become(access: Editor, lang: Language, id: str, idea: str, becomes: ProjectBecomes) -> ProjectOf:
    """Make an idea an opportunity or an action of the map, with who takes it."""
    return service.become(access, id, idea, becomes, lang)


@router.post("/{id}/questions", status_code=201, summary="Ask a question that ideas answer")
def ask(access: Editor, lang: Language, id: str, question: ProjectQuestion) -> ProjectOf:
    """Ask how one might do something, of a step or of the whole journey."""
    return service.ask(access, id, question, lang)


@router.delete("/{id}/questions/{question}", summary="Take a question back")
def withdraw(access: Editor, lang: Language, id: str, question: str) -> ProjectOf:
    """Take a question back; ideas that answer it stay."""
    return service.withdraw(access, id, question, lang)


@router.post("/{id}/documents", status_code=201, summary="Bring a document into a project")
def bring(access: Editor, lang: Language, id: str, brought: ProjectBrought) -> ProjectOf:
    """Put an interview, a note or a document of the workspace among what the project rests on."""
    return service.bring(access, id, brought.document, lang)


@router.delete("/{id}/documents/{document}", summary="Take a document out of a project")
def let_go(access: Editor, lang: Language, id: str, document: str) -> ProjectOf:
    """Take a document out of the project; it stays in the workspace, and cards rest on it as before."""
    return service.let_go(access, id, document, lang)


@router.post("/{id}/documents/{document}/cards", status_code=201, summary="Let a card rest on a document")
def rest(access: Editor, lang: Language, id: str, document: str, rests: ProjectRests) -> ProjectOf:
    """Let a card of the project's map rest on a document."""
    return service.rest(access, id, document, rests.card, lang)


@router.post("/{id}/pains", status_code=201, summary="Write a pain that a customer spoke of")
def pain(access: Editor, lang: Language, id: str, pain: ProjectPain) -> ProjectOf:
    """Put a pain into the project's map, with what a customer said at the step as its evidence."""
    return service.pain(access, id, pain, lang)


@router.post("/{id}/focus", summary="Weigh the steps of a project's map")
def focus(access: Editor, lang: Language, id: str, outcome: ProjectOutcome) -> ProjectFocus:
    """Importance beside performance, from what customers answered; the outcome is remembered."""
    return service.focus(access, id, outcome.outcome, lang)


@router.post("/{id}/pass", summary="Say that a step is done")
def passed(access: Editor, lang: Language, id: str, step: ProjectPassed) -> ProjectOf:
    """Pass a step; refused while one of its gates is closed, with what is missing."""
    return service.passed(access, id, step.step, lang)


@router.get(
    "/{id}/report", summary="A project as a report", response_class=Response,
    responses={200: {"content": _CONTENT, "description": "The file; ``x-notes`` has what must be said with it."}},
)  # fmt: skip
def report(
    access: Viewer,
    lang: Language,
    id: str,
    format: Annotated[ReportFormat, Query(description="What it becomes.")] = "md",
) -> Response:
    """What was found and settled in each step, with the map as it is now: pages, slides, a document or Markdown."""
    name, made = service.report(access, id, format, lang)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "X-Notes": quote("\n".join(note.text(lang) for note in made.notes)),
    }
    return Response(made.content, media_type=REPORTS[format], headers=headers)


@router.delete("/{id}", status_code=204, summary="Take a project away")
def remove(access: Editor, id: str) -> None:
    """Take a project away; what it put into its map stays there."""
    service.remove(access, id)
