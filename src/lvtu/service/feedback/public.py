"""``/f/{link}`` and ``/v1/feedback/{link}``: what anybody may read who has the link, and how they vote.

Only what an editor published is there, in the editor's words. A piece's own words are told to whoever knows its secret
address, which is told to nobody but the page that sent it and, once it is closed, the one who sent it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse, Response
from pydantic import BaseModel, ValidationError

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.feedback import KeptFeedback
from lvtu.catalog.surveys import KeptSurvey
from lvtu.core.words import Lang
from lvtu.service.arrivals.limits import body_of
from lvtu.service.feedback.schemas import (
    FeedbackVote,
    FeedbackVoted,
    FollowedPiece,
    FollowedStep,
    Kind,
    PublicFeedback,
    PublicIdea,
)  # fmt: skip
from lvtu.service.feedback.telling import words_of
from lvtu.service.home import Home
from lvtu.service.languages import Language
from lvtu.service.pages.build import FOLDER, asked_for
from lvtu.service.problems import NotFound, Unavailable, of_form_errors, refusals, spoken_in
from lvtu.service.surveys.public import (
    Link,
    address_of,
    catalog_of,
    for_pages,
    home_of,
    json_of,
    language_of,
    limits_of,
)
from lvtu.service.surveys.published import Asked, of_number
from lvtu.voice.surveys import Survey
from lvtu.voice.surveys import questions as q
from lvtu.voice.surveys.events import hashed

HOSTED = "feedback.html"
"""The file of the build that shows the public page."""

_MOST = 1 << 10

router = APIRouter(tags=["answering"], responses=refusals(409, 410, 413, 429))

Token = Annotated[str, Path(description="The secret of a piece, as its sender was told it.", max_length=64)]
Idea = Annotated[str, Path(description="The `id` of what is published.", max_length=64)]


@router.get("/v1/feedback/{link}", summary="What became of feedback", response_model=PublicFeedback)
def read(request: Request, link: Link, lang: Language) -> Response:
    """What was published, in an editor's words, with what was done about it. 404: there is no such page."""
    return _for_pages(request, link, lambda found: _page(catalog_of(request), found, lang))


@router.get("/v1/feedback/{link}/pieces/{token}", summary="What became of one piece", response_model=FollowedPiece)
def follow(request: Request, link: Link, token: Token, lang: Language) -> Response:
    """How a piece stands, for whoever said it. 404: nobody was told such an address."""

    def told(found: Asked) -> FollowedPiece:
        kept = catalog_of(request).feedback.of_token(token)
        if kept is None or kept.survey_id != found.kept.id:
            raise NotFound("feedback", "…" + token[-4:], [])
        return _followed(catalog_of(request), found, kept, lang)

    return _for_pages(request, link, told)


@router.post(
    "/v1/feedback/{link}/ideas/{id}/votes", summary="Vote for an idea", response_model=FeedbackVoted,
    openapi_extra={"requestBody": {"required": True, "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/FeedbackVote"}}
    }}},
)  # fmt: skip
async def vote(request: Request, link: Link, id: Idea) -> Response:
    """Count a vote once, or take it back: whoever votes makes up a key for this idea alone, and nothing else is known.

    The same key again changes nothing. 429: too many come from one address, which is forgotten within minutes.
    """
    body = await body_of(request.stream(), request.headers.get("content-encoding", ""), _MOST)

    def counted(found: Asked) -> FeedbackVoted:
        try:
            given = FeedbackVote.model_validate(json_of(body))
        except ValidationError as error:
            raise of_form_errors(error.errors()) from None
        limits_of(request).before_vote(address_of(request))
        catalog = catalog_of(request)
        idea = next((one for one in catalog.feedback.published(found.kept.id) if one.public_id == id), None)
        if idea is None:
            raise NotFound("feedback", "…" + id[-4:], [])
        return FeedbackVoted(votes=catalog.feedback.vote(idea.id, hashed("vote", idea.id, given.key), given.on))

    return await run_in_threadpool(_for_pages, request, link, counted)


@router.get("/f/{link}", include_in_schema=False)
@router.get("/f/{link}/{token}", include_in_schema=False)
def page(request: Request) -> Response:
    """The page that shows either."""
    found = asked_for(HOSTED, request.headers, FOLDER) if (FOLDER / HOSTED).is_file() else None
    return found or PlainTextResponse(Unavailable("no_web_app").text(spoken_in(request)), 503)


def _for_pages(request: Request, link: str, answer: Callable[[Asked], BaseModel]) -> Response:
    def told(kept: KeptSurvey | None) -> dict[str, Any]:
        return answer(_door(home_of(request), catalog_of(request), link, kept)).model_dump(mode="json")

    return for_pages(request, link, told)


def _door(home: Home, catalog: Catalog, link: str, kept: KeptSurvey | None) -> Asked:
    """The feedback survey behind a link, closed ones too: what was promised can still be read.

    Raises:
        NotFound: there is none, or it asks for something else.
    """
    served = None if kept is None else next((one for one in home.served.values() if one.id == kept.workspace_id), None)
    if kept is None or served is None or kept.published is None:
        raise NotFound("survey", "…" + link[-4:], [])
    found = of_number(served, catalog, kept, kept.published)
    if found.survey.purpose != "feedback":
        raise NotFound("survey", "…" + link[-4:], [])
    return found


def _page(catalog: Catalog, found: Asked, lang: Lang) -> PublicFeedback:
    published = catalog.feedback.published(found.kept.id)
    votes = catalog.feedback.votes([one.id for one in published])
    return PublicFeedback(
        title=dict(found.survey.title), description=dict(found.survey.description or {}),
        languages=list(found.survey.languages), language=language_of(found, lang), theme=found.settings.theme,
        open=found.kept.state == "open", kinds=_kinds(found.survey),
        ideas=[_idea(one, votes.get(one.id, 0)) for one in published],
    )  # fmt: skip


def _kinds(survey: Survey) -> list[Kind]:
    """What the survey lets people say they say."""
    asked = next((one for one in survey.questions() if one.key == "kind" and isinstance(one, q.Single)), None)
    known = {one.key for one in asked.options} if asked is not None else set()
    return [kind for kind in get_args(Kind) if kind in known]


def _idea(kept: KeptFeedback, votes: int) -> PublicIdea:
    """What is published of a piece: nothing that was said, and no more of its time than the day of publication."""
    public = kept.public or {}
    return PublicIdea(
        id=kept.public_id or "", kind=kept.kind, status=kept.status, title=public["title"],  # type: ignore[arg-type]
        text=public.get("text") or {}, answer=kept.answer, votes=votes,
        since=datetime.fromisoformat(public["since"]).date(),
    )  # fmt: skip


def _followed(catalog: Catalog, found: Asked, kept: KeptFeedback, lang: Lang) -> FollowedPiece:
    lead = kept if kept.merged_into is None else catalog.feedback.of_id(kept.merged_into)
    asked = of_number(found.served, catalog, found.kept, kept.number)
    changes = [one for one in reversed(catalog.feedback.changes(kept.id)) if one.what == "status"]
    return FollowedPiece(
        title=dict(found.survey.title), languages=list(found.survey.languages), language=language_of(found, lang),
        theme=found.settings.theme, kind=kept.kind, words=words_of(asked.survey, kept.given),  # type: ignore[arg-type]
        came=kept.completed or kept.created, status=kept.status, answer=kept.answer,  # type: ignore[arg-type]
        steps=[FollowedStep(status=one.body["status"], at=one.at) for one in changes],
        idea=None if lead is None else lead.public_id,
    )  # fmt: skip
