"""``/api/w/{workspace}/start``: what people may have, and an example of each to try."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel

from lvtu.core.words import say
from lvtu.service.access import Viewer
from lvtu.service.languages import Language
from lvtu.service.problems import NotFound, refusals
from lvtu.service.start.kinds import KINDS, Kind, example, mapping

router = APIRouter(prefix="/api/w/{workspace}/start", tags=["start"], responses=refusals())


class KindOf(BaseModel):
    """A kind of data.

    Attributes:
        kind: its name; ``uploads`` takes it as ``has``.
        title: what people call it.
        what: what is in it.
        file: what the example's file is called.
        example: its address.
        mapping: how it is read.
        yaml: the same as ``lvtu ingest --mapping`` takes it.
    """

    kind: Kind
    title: str
    what: str
    file: str
    example: str
    mapping: dict[str, Any]
    yaml: str


@router.get("", summary="What people begin with")
def kinds(access: Viewer, lang: Language) -> list[KindOf]:
    """Each kind of data with an example: made-up rows that say so, to try before one's own."""
    return [_told(access.served.name, kind, lang) for kind in KINDS]


@router.get("/examples/{kind}", response_class=Response, summary="An example")
def file(access: Viewer, kind: str, lang: Language) -> Response:
    """The example of a kind, as a CSV file."""
    found = next((one for one in KINDS if one == kind), None)
    if found is None:
        raise NotFound("kind", kind, list(KINDS))
    name = quote(say(f"start.{found}.file", lang))
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(example(found, lang), media_type="text/csv; charset=utf-8", headers=headers)


def _told(workspace: str, kind: Kind, lang: Language) -> KindOf:
    chosen = mapping(kind, lang)
    return KindOf(
        kind=kind, title=say(f"start.{kind}.title", lang), what=say(f"start.{kind}.what", lang),
        file=say(f"start.{kind}.file", lang), yaml=chosen.to_yaml(),
        example=f"/api/w/{quote(workspace)}/start/examples/{kind}?lang={lang}",
        mapping=chosen.model_dump(mode="json", exclude_defaults=True, by_alias=True),
    )  # fmt: skip
