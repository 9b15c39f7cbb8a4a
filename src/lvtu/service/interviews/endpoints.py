"""``/api/w/{workspace}/interviews``: interviews, notes and documents, and the passages that are marked in them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from lvtu.service.access import Analyst, Viewer
from lvtu.service.interviews import service
from lvtu.service.interviews.schemas import (
    ChangedInterview,
    Coding,
    Form,
    Interview,
    InterviewOf,
    InterviewRow,
    NewHighlight,
    Quotes,
)
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}", tags=["voice"], responses=refusals(404, 409))

Words = Annotated[str, Query(max_length=200)]


@router.get("/interviews", summary="Interviews and documents")
def listed(access: Viewer, search: Words = "", form: Form | None = None) -> list[InterviewRow]:
    """All texts in which some words stand, the newest first."""
    return service.listed(access, search, form)


@router.post("/interviews", status_code=201, summary="Bring in an interview or a document")
def add(access: Analyst, interview: Interview) -> InterviewOf:
    """Keep a transcript, a note or a document. Subtitles (WebVTT, SubRip) lose their times."""
    return service.add(access, interview)


@router.get("/interviews/{id}", summary="An interview or a document")
def one(access: Viewer, id: str) -> InterviewOf:
    """A text with who speaks where and what is marked in it."""
    return service.one(access, id)


@router.put("/interviews/{id}", summary="Change an interview or a document")
def put(access: Analyst, id: str, changed: ChangedInterview) -> InterviewOf:
    """Put a text in the place of its version; highlights go where their words went. 409: somebody changed it."""
    return service.put(access, id, changed)


@router.delete("/interviews/{id}", status_code=204, summary="Remove an interview or a document")
def remove(access: Analyst, id: str) -> None:
    """Remove a text with its highlights, for good."""
    service.remove(access, id)


@router.post("/interviews/{id}/highlights", status_code=201, summary="Mark a passage")
def highlight(access: Analyst, id: str, new: NewHighlight) -> InterviewOf:
    """Mark a passage and say what it is about: evidence, with its place."""
    return service.highlight(access, id, new)


@router.put("/interviews/{id}/highlights/{highlight}", summary="Say what a passage is about")
def code(access: Analyst, id: str, highlight: str, coding: Coding) -> InterviewOf:
    """Change the codes and the note of a highlight."""
    return service.code(access, id, highlight, coding)


@router.delete("/interviews/{id}/highlights/{highlight}", summary="Unmark a passage")
def forget(access: Analyst, id: str, highlight: str) -> InterviewOf:
    """Remove a highlight."""
    return service.forget(access, id, highlight)


@router.get("/highlights", summary="What is marked in all texts")
def quotes(access: Viewer, code: Annotated[str | None, Query(max_length=80)] = None, search: Words = "") -> Quotes:
    """The highlights of all interviews and documents, the newest first, and how often each code is used."""
    return service.quotes(access, code, search)
