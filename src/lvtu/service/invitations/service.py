"""Inviting, and answering pieces of feedback."""

from __future__ import annotations

import re
from typing import Any, Literal

from lvtu.catalog.columns import now
from lvtu.catalog.ids import uuid7
from lvtu.catalog.invitations import REPLY, KeptInvitation
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
    Decided,
    Decision,
    Feedback,
    FeedbackOf,
    InvitationOf,
    Invitations,
    InvitationsMade,
    NewInvitations,
    NewPersonalLink,
    PersonalLink,
)  # fmt: skip
from lvtu.service.invitations.who import Customer
from lvtu.service.surveys.service import kept_of
from lvtu.voice.surveys.events import hashed

_CONTACT = "contact"
"""The question that asks how to answer."""

_MAIL = re.compile(r"[^@\s]+@[^@\s]+")
_PHONE = re.compile(r"\+?[0-9][0-9 \-]{5,18}")


def invite(access: Access, id: str, new: NewInvitations) -> InvitationsMade:
    """Ask some people, as soon as limits and consent allow.

    Raises:
        NotFound: there is no survey of that id.
        BadInput: it is not open, or the workspace does not say how it sends.
    """
    survey, asking = _open(access, id), asking_of(access.catalog, access.workspace_id)
    if asking.address is None:
        raise BadInput("asking_no_address")
    if getattr(asking, "smtp" if new.way == "email" else new.way) is None:
        raise BadInput("asking_no_way", way=new.way)
    due, made = new.due or now(), 0
    for one in new.to:
        about = {name: getattr(one, name) for name in ("touchpoint", "step", "language") if getattr(one, name)}
        cause = hashed("batch", survey.id, new.batch, one.customer or "", one.recipient or "")
        made += access.catalog.invitations.add(
            survey.id, access.workspace_id, cause, customer=one.customer, recipient=one.recipient, way=new.way,
            about=about, due=due,
        )  # fmt: skip
    return InvitationsMade(waiting=made, repeated=len(new.to) - made)


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
    return Invitations(
        counts=counts, invitations=[_told(one, lang) for one in shown],
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


def token(access: Access, id: str, new: NewPersonalLink, base: str) -> PersonalLink:
    """A link for one response of a customer, for a program that sends it itself.

    Raises:
        NotFound: there is no survey of that id.
        BadInput: it is not open.
    """
    survey, since = _open(access, id), now()
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


# Feedback.


def feedback(access: Access, id: str, status: str | None, before: str | None, limit: int) -> Feedback:
    """Pieces of feedback.

    Raises:
        NotFound: there is no survey of that id.
    """
    survey = kept_of(access, id)
    found = access.catalog.responses.feedback(survey.id, status, before, limit + 1)
    shown = [FeedbackOf(**_said(one)) for one in found[:limit]]
    return Feedback(feedback=shown, next=shown[-1].id if len(found) > limit else None)


def decide(access: Access, id: str, piece: str, decision: Decision) -> Decided:
    """Say what becomes of a piece of feedback, and tell whoever said it if that is wanted.

    Raises:
        NotFound: there is none of that id.
        BadInput: nothing can be sent.
    """
    survey = kept_of(access, id)
    way: Literal["email", "sms"] | None = None
    with looked_up("feedback", piece):
        kept = access.catalog.responses.decide(
            survey.id, piece, decision.status, decision.reply, editor=access.person.id
        )
    if decision.send and decision.reply is not None:
        way = _answer(access, survey, kept, decision.reply)
    return Decided(**_said(kept), sending=way)


def _answer(access: Access, survey: KeptSurvey, kept: KeptResponse, reply: str) -> Literal["email", "sms"] | None:
    """Have a reply sent; the same words go once."""
    given = kept.given or {}
    contact = str(given.get("answers", {}).get(_CONTACT, "")).strip()
    customer = given.get("who", {}).get("customer")
    asking = asking_of(access.catalog, access.workspace_id)
    ways: tuple[tuple[Literal["email", "sms"], re.Pattern[str]], ...] = (("email", _MAIL), ("sms", _PHONE))
    for way, looks in ways:
        if getattr(asking, "smtp" if way == "email" else way) is None:
            continue
        recipient = contact if looks.fullmatch(contact) else None
        if recipient is None and customer is not None:
            recipient = Customer(access.served.workspace, customer).address(way)
        if recipient is not None:
            access.catalog.invitations.add(
                survey.id, access.workspace_id, hashed("reply", kept.id, reply), customer=customer,
                recipient=recipient, way=REPLY + way, about={"reply": reply, "language": kept.language}, due=now(),
            )  # fmt: skip
            return way
    return None


def _open(access: Access, id: str) -> KeptSurvey:
    survey = kept_of(access, id)
    if survey.state != "open":
        raise BadInput("survey_not_open")
    return survey


def _told(one: KeptInvitation, lang: Lang) -> InvitationOf:
    return InvitationOf(
        id=one.id, customer=one.customer, recipient=one.recipient, way=one.way, state=one.state, code=one.why,
        why=why_of(one.why, lang), error=one.error, attempts=one.attempts, created=one.created, due=one.due,
        decided=one.decided,
    )  # fmt: skip


def _said(kept: KeptResponse) -> dict[str, Any]:
    given = kept.given or {}
    return {
        "id": kept.id, "answers": given.get("answers", {}), "customer": given.get("who", {}).get("customer"),
        "page": given.get("page"), "language": kept.language, "status": kept.status, "reply": kept.reply,
        "came": kept.completed or kept.updated, "editor": kept.editor,
    }  # fmt: skip
