"""``/v1/surveys/{link}`` and ``/s/{link}``: what anybody may read and answer who has the link. There are no cookies.

A page elsewhere may do so only where the survey says so (``embed``); pages of this server always may.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, cast

import msgspec
from fastapi import APIRouter, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse, Response
from pydantic import ValidationError
from starlette.datastructures import Headers

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.responses import COMPLETE
from lvtu.catalog.surveys import KeptSurvey
from lvtu.core.words import Lang
from lvtu.errors import BadInput, LvtuError
from lvtu.service.arrivals.limits import body_of
from lvtu.service.guard import POLICY
from lvtu.service.home import Home
from lvtu.service.languages import Language
from lvtu.service.limits import Limits
from lvtu.service.pages.build import FOLDER, asked_for
from lvtu.service.problems import Forbidden, Unavailable, of_form_errors, problem, refusals, spoken_in
from lvtu.service.surveys import files, tokens
from lvtu.service.surveys.answering import respond
from lvtu.service.surveys.published import Asked, asked
from lvtu.service.surveys.schemas import Given, Kept, Public, SentFile
from lvtu.voice.surveys.events import hashed

MOST = 256 << 10
"""A response has so many bytes at most."""

HOSTED = "survey.html"
"""The file of the build that shows a survey by its address."""

router = APIRouter(tags=["answering"], responses=refusals(409, 410, 413, 429))

Link = Annotated[str, Path(description="What stands behind ``/s/`` in the survey's link.", max_length=64)]


@router.get("/v1/surveys/{link}", summary="A survey to be answered", response_model=Public)
def read(request: Request, link: Link, lang: Language, invitation: str | None = None) -> Response:
    """What is asked, and how it is to look. 404: there is no such survey; 410: it takes no more answers."""
    home, catalog = home_of(request), catalog_of(request)
    return for_pages(request, link, lambda kept: told(catalog, asked(home, catalog, link, kept), lang, invitation))


@router.post(
    "/v1/surveys/{link}/responses", summary="Answer a survey", response_model=Kept,
    openapi_extra={"requestBody": {"required": True, "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/Given"}}
    }}},
)  # fmt: skip
async def answer(request: Request, link: Link) -> Response:
    """Take a response, or what there is of it so far; the answer is 200 when it is on disk.

    Judged is what arrives, whatever page sent it: 422 names every answer that the survey does not allow, and why.
    Send the same ``response`` id again where nothing came back; it changes nothing. 409: the invitation was used for
    another response. 429: too many come from one address; 503: nothing was kept; both say when to try again.
    """
    body = await body_of(request.stream(), request.headers.get("content-encoding", ""), MOST)
    return await run_in_threadpool(_answered, request, link, body)


@router.post(
    "/v1/surveys/{link}/files", summary="Send a file for an answer", response_model=SentFile,
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}},
)  # fmt: skip
async def send_file(
    request: Request, link: Link, response: Annotated[str, Query(pattern=r"^[A-Za-z0-9_.\-]{8,64}$")],
    question: Annotated[str, Query(max_length=64)], name: Annotated[str, Query(max_length=500)] = "",
) -> Response:  # fmt: skip
    """Keep a file; what comes back is the answer that names it.

    What it is follows from what is in it: pictures, PDF and plain texts are taken, as the question says, and nothing
    else. Files that no response holds after two days are dropped. 413: it is too large.
    """
    content = await body_of(request.stream(), request.headers.get("content-encoding", ""), files.MOST)

    def taken(kept: KeptSurvey | None) -> dict[str, Any]:
        home, catalog = home_of(request), catalog_of(request)
        sent = files.take(home, catalog, link, kept, response=response, question=question, name=name, content=content)
        return sent.model_dump()

    return await run_in_threadpool(for_pages, request, link, taken)


@router.options("/v1/surveys/{link}/files", include_in_schema=False)
@router.options("/v1/surveys/{link}", include_in_schema=False)
@router.options("/v1/surveys/{link}/responses", include_in_schema=False)
def ask_first(request: Request, link: Link) -> Response:
    """Tell a browser whether a page elsewhere may ask."""
    return for_pages(request, link, lambda _: None)


@router.get("/s/{link}", include_in_schema=False)
def page(request: Request, link: Link) -> Response:
    """The page that shows a survey; sites that may embed it may put it into a frame."""
    found = asked_for(HOSTED, request.headers, FOLDER) if (FOLDER / HOSTED).is_file() else None
    if found is None:
        return PlainTextResponse(Unavailable("no_web_app").text(spoken_in(request)), 503)
    kept = catalog_of(request).surveys.of_link(link)
    embed = [] if kept is None else kept.settings.get("embed", [])
    if embed:
        found.headers["Content-Security-Policy"] = POLICY.replace(
            "frame-ancestors 'none'", "frame-ancestors 'self' " + " ".join(embed)
        )
    return found


def told(catalog: Catalog, found: Asked, lang: Lang, invitation: str | None) -> dict[str, Any]:
    """A survey as whoever answers it gets it."""
    definition = found.survey.to_dict()
    public = Public(
        survey=definition, version=found.number, language=language_of(found, lang), theme=found.settings.theme,
        intercept=found.settings.intercept, invitation=_state_of(catalog, found, invitation),
    )  # fmt: skip
    return public.model_dump(mode="json")


def language_of(found: Asked, lang: Lang) -> str:
    """The survey's language that is nearest to the reader's."""
    known = found.survey.languages
    return next((one for one in known if one.partition("-")[0] == lang), known[0])


def _state_of(
    catalog: Catalog, found: Asked, invitation: str | None
) -> Literal["good", "used", "expired", "wrong"] | None:
    if invitation is None:
        return None
    try:
        read = tokens.read(invitation, found.kept.link, found.kept.secret)
    except BadInput as error:
        return "expired" if error.code == "invitation_expired" else "wrong"
    return "used" if catalog.responses.used(found.kept.id, read.id, hashed("used", read.id)) else "good"


def _answered(request: Request, link: str, body: bytes) -> Response:
    def taken(kept: KeptSurvey | None) -> dict[str, Any]:
        try:
            given = Given.model_validate(json_of(body))
        except ValidationError as error:
            raise of_form_errors(error.errors()) from None
        if kept is not None and kept.draft.get("purpose") == "feedback" and given.state == COMPLETE:
            limits_of(request).before_feedback(address_of(request))
        return respond(home_of(request), catalog_of(request), link, kept, given).model_dump()

    return for_pages(request, link, taken)


def json_of(body: bytes) -> Any:
    """What a body says.

    Raises:
        BadInput: it is no JSON.
    """
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput("body_not_json", reason=str(error)) from None


def for_pages(request: Request, link: str, answer: Callable[[KeptSurvey | None], dict[str, Any] | None]) -> Response:
    """Answer, and let the page that asks read it if it is ours or the survey may be within it."""
    try:
        limits_of(request).before_answer(address_of(request))
    except LvtuError as error:
        return problem(error, spoken_in(request))
    kept = catalog_of(request).surveys.of_link(link)
    headers = _allowing(request.headers.get("origin", ""), [] if kept is None else kept.settings.get("embed", []))
    try:
        if request.method == "POST" and len(headers) == 1 and _from_another_site(request.headers):
            raise Forbidden("survey_not_here")
        said = answer(kept)
        content = b"" if said is None else msgspec.json.encode(said)
        found = Response(content, 204 if said is None else 200, media_type=None if said is None else "application/json")
    except LvtuError as error:
        found = problem(error, spoken_in(request))
    for name, value in headers.items():
        found.headers[name] = value
    return found


def _allowing(origin: str, embed: list[str]) -> dict[str, str]:
    """What a browser is told of who may read the answer."""
    said = {"Vary": "Origin"}
    if origin.lower() in embed:
        said |= {
            "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": "content-type", "Access-Control-Max-Age": "600",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }  # fmt: skip
    return said


def _from_another_site(headers: Headers) -> bool:
    """Whether a browser says that a page of another site asks. Programs say nothing."""
    return headers.get("sec-fetch-site", "none") not in ("same-origin", "none")


def home_of(request: Request) -> Home:
    """The home that is served."""
    return cast(Home, request.app.state.home)


def catalog_of(request: Request) -> Catalog:
    """Its catalog."""
    return cast(Catalog, request.app.state.catalog)


def limits_of(request: Request) -> Limits:
    """How often somebody may ask."""
    return cast(Limits, request.app.state.limits)


def address_of(request: Request) -> str:
    """Where a request comes from; held in memory for the limits, and kept nowhere."""
    return request.client.host if request.client else ""
