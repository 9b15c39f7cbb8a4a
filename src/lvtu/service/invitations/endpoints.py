"""``/api/w/{workspace}/surveys/{id}/invitations`` and what belongs to asking: links and QR codes."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from lvtu.service.access import Admin, Analyst, Editor, Viewer
from lvtu.service.invitations import asking, service
from lvtu.service.invitations.asking import Asking
from lvtu.service.invitations.links import link_of, qr
from lvtu.service.invitations.schemas import (
    CameBack,
    InvitationOf,
    Invitations,
    InvitedTo,
    LinkTo,
    NewInvitations,
    NewPersonalLink,
    PersonalLink,
)  # fmt: skip
from lvtu.service.languages import Language
from lvtu.service.problems import refusals
from lvtu.service.surveys.service import kept_of

router = APIRouter(prefix="/api/w/{workspace}", tags=["asking"], responses=refusals(409))

_State = Literal["waiting", "sending", "sent", "failed", "skipped", "unknown", "bounced"]
_Word = Annotated[str | None, Query(max_length=200)]


@router.get("/asking", summary="How this workspace asks")
def get(access: Admin) -> Asking:
    """Through which servers messages go, and how often anybody is asked at most; secrets are not told."""
    return asking.without_secrets(asking.asking_of(access.catalog, access.workspace_id))


@router.put("/asking", summary="Change how this workspace asks")
def put(access: Admin, new: Asking) -> Asking:
    """Ask so from now on; secrets that are null stay what they were."""
    return asking.without_secrets(asking.change(access.catalog, access.workspace_id, new, access.person.id))


@router.get("/surveys/{id}/link", summary="The link of a survey")
def link(
    request: Request, access: Viewer, id: str, touchpoint: _Word = None, step: _Word = None, channel: _Word = None
) -> LinkTo:
    """The address at which anybody answers, with what it says of where it was asked."""
    said = {"touchpoint": touchpoint, "step": step, "channel": channel}
    base = asking.asking_of(access.catalog, access.workspace_id).address or str(request.base_url)
    return LinkTo(url=link_of(base, kept_of(access, id), said))


@router.get(
    "/surveys/{id}/qr", summary="The QR code of a survey", response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}, "image/png": {}}, "description": "The picture."}},
)  # fmt: skip
def code(
    request: Request, access: Viewer, id: str, touchpoint: _Word = None, step: _Word = None, channel: _Word = None,
    format: Literal["svg", "png"] = "svg", size: Annotated[int, Query(ge=1, le=40)] = 8,
) -> Response:  # fmt: skip
    """A picture of the same link, to be printed; a quarter of it may be covered."""
    url = link(request, access, id, touchpoint, step, channel).url
    return Response(qr(url, format, size), media_type="image/svg+xml" if format == "svg" else "image/png")


@router.post("/surveys/{id}/tokens", status_code=201, summary="Make a link for one customer")
def token(request: Request, access: Editor, id: str, new: NewPersonalLink) -> PersonalLink:
    """A link that says who answers, signed, good for one response: for programs that send it themselves."""
    return service.token(access, id, new, str(request.base_url))


@router.get("/surveys/{id}/invitations", summary="Who was asked")
def invitations(
    access: Analyst, id: str, lang: Language, state: _State | None = None, before: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Invitations:  # fmt: skip
    """Invitations, newest first, and how many are in which state; of those that were not sent, why."""
    return service.listed(access, id, state, before, limit, lang)


@router.post("/surveys/{id}/invitations", status_code=202, summary="Ask people")
def invite(access: Editor, id: str, new: NewInvitations) -> InvitedTo:
    """Have a survey sent to people, as limits and consent allow; the list of invitations says what came of each."""
    return service.invite(access, id, new)


@router.post("/surveys/{id}/invitations/{invitation_id}/again", status_code=202, summary="Send an invitation again")
def again(access: Editor, id: str, invitation_id: str, lang: Language) -> InvitationOf:
    """Send one again that failed, came back, or of which nobody knows whether it went."""
    return service.again(access, id, invitation_id, lang)


@router.post("/surveys/{id}/invitations/{invitation_id}/bounced", summary="Say that an invitation came back")
def came_back(access: Editor, id: str, invitation_id: str, said: CameBack, lang: Language) -> InvitationOf:
    """Note that it reached nobody, as a mail server says later; no limit counts it any more."""
    return service.came_back(access, id, invitation_id, said.error, lang)
