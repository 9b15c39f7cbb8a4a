"""Every other ``GET``: a file of the web app, or the page that finds its way by the address."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.exceptions import HTTPException

from lvtu.service.pages.build import FOLDER, asked_for
from lvtu.service.problems import Unavailable

router = APIRouter()


class _Page(StringConvertor):
    """What is no address of the service: there the framework says what is wrong, a method that is not taken too."""

    regex = "(?!api/|v1/).*"


register_url_convertor("page", _Page())


@router.api_route("/{path:page}", methods=["GET", "HEAD"], include_in_schema=False)
def page(path: str, request: Request) -> Response:
    """The file at a path of the build; ``index.html`` where there is none, whose script knows the app's addresses."""
    if path.startswith("assets/") and not (FOLDER / path).is_file():
        raise HTTPException(404)
    if (found := asked_for(path, request.headers, FOLDER)) is None:
        return PlainTextResponse(Unavailable("no_web_app").text(), 503)
    return found
