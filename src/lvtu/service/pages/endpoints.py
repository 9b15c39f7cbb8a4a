"""Every other ``GET``: a file of the web app, or the page that finds its way by the address."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from lvtu.errors import BadInput
from lvtu.service.pages.build import FOLDER, asked_for
from lvtu.service.problems import Unavailable, problem

router = APIRouter()

_NOT_PAGES = ("api/", "v1/")


@router.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
def page(path: str, request: Request) -> Response:
    """The file at a path of the build; ``index.html`` where there is none, whose script knows the app's addresses."""
    if path.startswith(_NOT_PAGES) or (path.startswith("assets/") and not (FOLDER / path).is_file()):
        answer = problem(BadInput("no_such_address", method=request.method, path=request.url.path))
        answer.status_code = 404
        return answer
    if (found := asked_for(path, request.headers, FOLDER)) is None:
        return PlainTextResponse(Unavailable("no_web_app").text(), 503)
    return found
