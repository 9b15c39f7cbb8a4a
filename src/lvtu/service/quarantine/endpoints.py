"""``/api/w/{workspace}/quarantine``: rows that could not be accepted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from lvtu.collect import Mapping
from lvtu.service.access import Admin, Editor, Viewer
from lvtu.service.languages import Language
from lvtu.service.problems import refusals
from lvtu.service.quarantine import service
from lvtu.service.quarantine.schemas import Dropped, Group, Waiting
from lvtu.service.uploads.schemas import Chosen, Report
from lvtu.service.uploads.service import kept
from lvtu.service.uploads.words import report_of

router = APIRouter(prefix="/api/w/{workspace}/quarantine", tags=["data"], responses=refusals())


@router.get("", summary="What could not be accepted")
def listed(
    access: Viewer,
    lang: Language,
    reason: Annotated[str | None, Query(description="Only rows of this group, by its key.")] = None,
    after: Annotated[str | None, Query(description="The last row of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 50,
) -> Waiting:
    """The rows set aside, by reason and page by page, newest first."""
    return service.listed(access, lang, reason, after, limit)


@router.post("/mend", summary="Read them again")
def mend(access: Editor, chosen: Chosen, lang: Language) -> Report:
    """Read all rows again through a mapping; those that fit leave, those that still do not stay."""
    mapping = Mapping.load(chosen.mapping)
    return report_of(kept(access.served.workspace.quarantine(mapping)), lang)


@router.post("/drop-all", summary="Drop all rows of a reason")
def drop_all(access: Admin, which: Group) -> Dropped:
    """Remove the rows of a group for good."""
    return Dropped(rows=service.drop_group(access, which.reason))


@router.post("/{id}/drop", summary="Drop a row")
def drop(access: Admin, id: str) -> Dropped:
    """Remove a row for good."""
    return Dropped(rows=service.drop(access, id))
