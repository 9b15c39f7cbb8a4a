"""Inviting customers to answer a survey, and whom not."""

from __future__ import annotations

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.columns import now
from lvtu.catalog.ids import uuid7
from lvtu.catalog.invitations import KeptInvitation
from lvtu.catalog.responses import KeptResponse
from lvtu.catalog.surveys import KeptSurvey
from lvtu.core.words import Lang, known, say
from lvtu.errors import BadInput
from lvtu.service.access import Access
from lvtu.service.documents import looked_up
from lvtu.service.invitations.asking import asking_of
from lvtu.service.invitations.links import GOOD_FOR, invited, link_of
from lvtu.service.invitations.schemas import (
    Count,
    InvitationOf,
    Invitations,
    InvitedTo,
    NewInvitations,
    NewPersonalLink,
    PersonalLink,
)  # fmt: skip
from lvtu.service.surveys.service import kept_of
from lvtu.voice.surveys.events import hashed


def invite(access: Access, id: str, new: NewInvitations) -> InvitedTo:
    """Ask some people, as soon as limits and consent allow.

    Raises:
        NotFound: there is no survey of that id.
        BadInput: it is not open, or the workspace does not say how it sends.
    """
    return queue(access.catalog, kept_of(access, id), new)


def queue(catalog: Catalog, survey: KeptSurvey, new: NewInvitations) -> InvitedTo:
    """Have people asked by whichever server runs; see `invite`."""
    _check_open(survey)
    asking = asking_of(catalog, survey.workspace_id)
    if asking.address is None:
        raise BadInput("asking_no_address")
    if getattr(asking, "smtp" if new.way == "email" else new.way) is None:
        raise BadInput("asking_no_way", way=new.way)
    due, made = new.due or now(), 0
    for one in new.to:
        about = {name: getattr(one, name) for name in ("touchpoint", "step", "language") if getattr(one, name)}
        cause = hashed("batch", survey.id, new.batch, one.customer or "", one.recipient or "")
        made += catalog.invitations.add(
            survey.id, survey.workspace_id, cause, customer=one.customer, recipient=one.recipient, way=new.way,
            about=about, due=due,
        )  # fmt: skip
    return InvitedTo(waiting=made, repeated=len(new.to) - made)


def listed(access: Access, id: str, state: str | None, before: str | None, limit: int, lang: Lang) -> Invitations:
    """The invitations to a survey.

    Raises:
        NotFound: there is no survey of that id.
    """
    survey = kept_of(access, id)
    found = access.catalog.invitations.listed(survey.id, state, before, limit + 1)
    counts = [
        Count(state=state, code=why, why=why_of(why, lang), invitations=n)
        for state, why, n in access.catalog.invitations.counts(survey.id)
    ]
    shown = found[:limit]
    came = access.catalog.responses.by_invitations(survey.id, [one.id for one in shown])
    return Invitations(
        counts=counts, invitations=[_told(one, lang, came.get(one.id)) for one in shown],
        next=shown[-1].id if len(found) > limit else None,
    )  # fmt: skip


def again(access: Access, id: str, invitation_id: str, lang: Lang) -> InvitationOf:
    """Send an invitation again that failed, or of which nobody knows whether it went.

    Raises:
        NotFound: there is none of that id.
        BadInput: it went.
    """
    survey = kept_of(access, id)
    with looked_up("invitation", invitation_id):
        return _told(access.catalog.invitations.again(survey.id, invitation_id), lang)


def came_back(access: Access, id: str, invitation_id: str, error: str, lang: Lang) -> InvitationOf:
    """Note that an invitation reached nobody.

    Raises:
        NotFound: there is none of that id.
        BadInput: it did not go out.
    """
    survey = kept_of(access, id)
    with looked_up("invitation", invitation_id):
        return _told(access.catalog.invitations.bounce(survey.id, invitation_id, error), lang)


def token(access: Access, id: str, new: NewPersonalLink, base: str) -> PersonalLink:
    """A link for one response of a customer, for a program that sends it itself.

    Raises:
        NotFound: there is no survey of that id.
        BadInput: it is not open.
    """
    survey, since = kept_of(access, id), now()
    _check_open(survey)
    about = {name: getattr(new, name) for name in ("touchpoint", "step", "channel")}
    made = invited(survey, uuid7(), new.customer, about, since)
    address = asking_of(access.catalog, access.workspace_id).address or base
    url = link_of(address, survey, {"invitation": made})
    return PersonalLink(url=url, invitation=made, expires=since + GOOD_FOR)


def why_of(code: str | None, lang: Lang) -> str | None:
    """Why somebody was not asked, in words."""
    if code is None:
        return None
    return say(f"not_asked.{code}", lang) if known(f"not_asked.{code}", lang) is not None else code


def _check_open(survey: KeptSurvey) -> None:
    if survey.state != "open":
        raise BadInput("survey_not_open")


def _told(one: KeptInvitation, lang: Lang, came: KeptResponse | None = None) -> InvitationOf:
    return InvitationOf(
        id=one.id, customer=one.customer, recipient=one.recipient, way=one.way, state=one.state, code=one.why,
        why=why_of(one.why, lang), error=one.error, attempts=one.attempts, created=one.created, due=one.due,
        decided=one.decided, opened=came.started if came else None, answered=came.completed if came else None,
    )  # fmt: skip
