"""``/api/w/{workspace}/maps``: how maps are edited in the app."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from lvtu.maps.images import LARGEST
from lvtu.service.access import Editor, Viewer
from lvtu.service.arrivals.limits import body_of
from lvtu.service.audit.trail import about
from lvtu.service.languages import Language
from lvtu.service.map_editor import service
from lvtu.service.map_editor.schemas import MapEdit, MapEdited, MapImage, MapLanes, MapNew, MapUndoable
from lvtu.service.maps.schemas import MapOf
from lvtu.service.problems import refusals

Once = Annotated[str | None, Query(
    max_length=64,
    description="What whoever sends the edit knows it by: sent again, because no answer came, it is not made again.",
)]  # fmt: skip

router = APIRouter(prefix="/api/w/{workspace}/maps", tags=["maps"], responses=refusals(404, 409))


@router.get("/lanes", summary="The lanes there are")
def lanes(access: Viewer, lang: Language) -> MapLanes:
    """Every lane that a map can have: of the experience, and of a service blueprint."""
    return service.lanes(access, lang)


@router.post("/new", status_code=201, summary="Begin a map")
def begin(access: Editor, lang: Language, request: Request, new: MapNew) -> MapOf:
    """A map of one stage and one step, with the lanes that most have: it needs no data."""
    made = service.begin(access, new, lang)
    about(request, id=made.id)
    return made


@router.post("/{id}/edits", summary="Edit a map")
def edit(access: Editor, id: str, edit: MapEdit, once: Once = None) -> MapEdited:
    """Make an edit; it is kept at once, and told with what it changed.

    409: what it changes or takes away was changed by somebody else behind the step in `seen`.
    """
    return service.edit(access, id, edit, once)


@router.get("/{id}/undoable", summary="What can be undone on a map")
def undoable(access: Viewer, lang: Language, id: str) -> MapUndoable:
    """What one's own last edit did, which undo takes back, and the one that redo does again."""
    return service.undoable(access, id, lang)


@router.post("/{id}/undo", summary="Undo an edit of a map")
def undo(access: Editor, id: str, once: Once = None) -> MapEdited:
    """Take back one's own last edit that has not been taken back."""
    return service.undo(access, id, once)


@router.post("/{id}/redo", summary="Redo an edit of a map")
def redo(access: Editor, id: str, once: Once = None) -> MapEdited:
    """Do again what one took back last, if one has edited nothing since."""
    return service.redo(access, id, once)


@router.post(
    "/{id}/images", status_code=201, summary="Put a picture on a map", responses=refusals(413),
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}},
)  # fmt: skip
async def add_image(access: Editor, request: Request, id: str) -> MapImage:
    """Keep a picture (PNG, JPEG, WebP) for a card of the map. It stays as long as the map."""
    content = await body_of(request.stream(), request.headers.get("content-encoding", ""), LARGEST)
    return await run_in_threadpool(service.add_image, access, id, content)


@router.get(
    "/{id}/images/{image}", summary="A picture of a map", response_class=Response,
    responses={200: {"content": {"image/*": {}}, "description": "The picture."}},
)  # fmt: skip
def image(access: Viewer, id: str, image: str) -> Response:
    """A picture of a card. One never changes, so browsers keep it."""
    type, content = service.image(access, id, image)
    return Response(content, media_type=type, headers={"Cache-Control": "private, max-age=31536000, immutable"})
