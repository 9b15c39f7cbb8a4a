"""``/api/w/{workspace}/identity``: whoever reads this sees identifiers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from lvtu.service.access import Analyst, Editor
from lvtu.service.identity import service
from lvtu.service.identity.schemas import Accept, Change, Edges, Join, Link, Proposals, Reject, Rules, Summary, Unjoin
from lvtu.service.languages import Language
from lvtu.service.problems import refusals
from lvtu.service.uploads import service as uploads

router = APIRouter(prefix="/api/w/{workspace}/identity", tags=["identity"], responses=refusals())

Limit = Annotated[int, Query(ge=1, le=1_000)]


@router.get("", summary="Who is who")
def summary(access: Analyst, lang: Language, limit: Limit = 20) -> Summary:
    """Customers with several ids, shared devices, identifiers that join nothing, the newest joins."""
    return service.summary(access.served.workspace, limit, lang)


@router.get("/edges", summary="The joins")
def edges(access: Analyst, lang: Language, before: int | None = None, limit: Limit = 50) -> Edges:
    """Every join that was stored, newest first, those taken back too."""
    return service.edges(access.served.workspace, before, limit, lang)


@router.post("/join", summary="Join")
def join(access: Editor, what: Join, lang: Language) -> Change:
    """Say that two identifiers are one customer's."""
    change = access.served.workspace.join(what.left.pair(), what.right.pair())
    return service.changed(change, lang, preview=False)


@router.post("/join/preview", summary="What a join would mean")
def preview_join(access: Editor, what: Join, lang: Language) -> Change:
    """Who would join, and whose anonymous events would change hands. Nothing is stored."""
    change = access.served.workspace.join(what.left.pair(), what.right.pair(), dry_run=True)
    return service.changed(change, lang, preview=True)


@router.post("/unjoin", summary="Take a join back")
def unjoin(access: Editor, what: Unjoin, lang: Language) -> Change:
    """The customers are two again; the join stays in the books as retracted."""
    return service.unjoined(access.served.workspace, what, lang, preview=False)


@router.post("/unjoin/preview", summary="What taking a join back would mean")
def preview_unjoin(access: Editor, what: Unjoin, lang: Language) -> Change:
    """Who would split. Nothing is stored."""
    return service.unjoined(access.served.workspace, what, lang, preview=True)


@router.put("/rules", summary="Set what joins")
def set_rules(access: Editor, rules: Rules, lang: Language) -> Change:
    """Set which kinds of identifier join customers."""
    return service.changed(access.served.workspace.join_by(*rules.joins), lang, preview=False)


@router.post("/rules/preview", summary="What other rules would mean")
def preview_rules(access: Editor, rules: Rules, lang: Language) -> Change:
    """Who would join or split by other rules. Nothing is stored."""
    return service.changed(access.served.workspace.join_by(*rules.joins, dry_run=True), lang, preview=True)


@router.get("/proposals", summary="Proposed joins")
def proposals(
    access: Analyst,
    lang: Language,
    all: Annotated[bool, Query(description="Those that were decided, too.")] = False,
    limit: Limit = 100,
) -> Proposals:
    """The proposals that wait for somebody to decide, most probable first."""
    return service.proposals(access.served.workspace.proposals(all=all), limit, lang)


@router.post("/proposals", summary="Look for proposals")
def link(access: Editor, what: Link, lang: Language) -> Proposals:
    """Find the records of an uploaded file that are probably of one customer, and propose to join them."""
    kept = uploads.of(access.served)
    found = access.served.workspace.link(
        kept.path(kept.get(what.upload)), threshold=what.threshold, id=what.id, kind=what.kind, fields=what.fields
    )
    return service.proposals(found, 100, lang)


@router.post("/accept", summary="Accept proposals")
def accept(access: Editor, what: Accept, lang: Language) -> Change:
    """Join what proposals propose; ``unjoin`` takes it back."""
    change = access.served.workspace.accept(what.numbers, threshold=what.threshold)
    return service.changed(change, lang, preview=False)


@router.post("/accept/preview", summary="What accepting would mean")
def preview_accept(access: Editor, what: Accept, lang: Language) -> Change:
    """Who would join. Nothing is stored."""
    change = access.served.workspace.accept(what.numbers, threshold=what.threshold, dry_run=True)
    return service.changed(change, lang, preview=True)


@router.post("/reject", summary="Reject proposals")
def reject(access: Editor, what: Reject, lang: Language) -> Proposals:
    """Say that proposals are wrong; they are not made again."""
    return service.proposals(access.served.workspace.reject(what.numbers), 100, lang)
