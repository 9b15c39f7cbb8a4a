"""``/api/w/{workspace}/maps/{id}/reviews``: whether those who are asked approve of a journey map."""

from __future__ import annotations

from fastapi import APIRouter, Request

from lvtu.service.access import Editor, Viewer
from lvtu.service.audit.trail import about
from lvtu.service.languages import Language
from lvtu.service.problems import refusals
from lvtu.service.reviews import service
from lvtu.service.reviews.schemas import MapReviews, NewReview, NewVerdict

router = APIRouter(prefix="/api/w/{workspace}/maps/{id}/reviews", tags=["maps"], responses=refusals(404, 409))


@router.get("", summary="The reviews of a map")
def listed(access: Viewer, lang: Language, id: str) -> MapReviews:
    """What people were asked about the map, and say; whether it has been edited since."""
    return service.listed(access, id, lang)


@router.post("", status_code=201, summary="Ask for a review of a map")
def ask(access: Editor, lang: Language, request: Request, id: str, asked: NewReview) -> MapReviews:
    """Ask people what they say to the map as it is now. They are told by e-mail, where the workspace sends any."""
    made = service.ask(access, id, asked, str(request.base_url), lang)
    about(request, review=made.reviews[0].id)
    return made


@router.put("/{review}/verdict", summary="Approve of a map, or ask for changes")
def answer(access: Viewer, lang: Language, id: str, review: str, verdict: NewVerdict) -> MapReviews:
    """Say what one says; whoever was asked may, and may say otherwise later."""
    return service.answer(access, id, review, verdict, lang)
