"""What was done about a piece of feedback becomes an event on the time line of whoever said it, and a message to them.

The change is kept before either; a process killed in between leaves it untold, and whoever comes next tells it. Event
and message have ids that follow from it, so they are there once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Literal

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.columns import now
from lvtu.catalog.feedback import Change, KeptFeedback
from lvtu.catalog.invitations import REPLY
from lvtu.catalog.surveys import KeptSurvey
from lvtu.service.home import Home, Served
from lvtu.service.invitations.asking import asking_of
from lvtu.service.invitations.who import Customer
from lvtu.service.surveys.answering import as_told, erased, put
from lvtu.service.surveys.published import of_number
from lvtu.voice.surveys import Survey, followed_of
from lvtu.voice.surveys import questions as q
from lvtu.voice.surveys.events import CONTACT, hashed
from lvtu.voice.surveys.parts import in_language

LEFT_AFTER = timedelta(minutes=1)
"""What is untold after so long was left by a process that is gone."""

Way = Literal["email", "sms"]

_WAYS: tuple[tuple[Way, str, re.Pattern[str]], ...] = (
    ("email", "smtp", re.compile(r"[^@\s]+@[^@\s]+")),
    ("sms", "sms", re.compile(r"\+?[0-9][0-9 \-]{5,18}")),
)
"""How whoever said something is told, by which setting, and how an address of that kind looks."""


def tell_left(home: Home, catalog: Catalog) -> int:
    """Tell what a killed process left untold; how many changes."""
    left = catalog.feedback.untold(now() - LEFT_AFTER)
    served = {one.id: one for one in home.served.values()}
    for change in left:
        if (there := served.get(change.workspace_id)) is not None:
            tell(there, catalog, [change])
    return len(left)


def tell(served: Served, catalog: Catalog, changes: Iterable[Change]) -> None:
    """Make events of changes, and messages of those that are to be told."""
    for change in changes:
        kept = catalog.feedback.of_id(change.feedback_id)
        survey = None if kept is None else catalog.surveys.of_id(kept.survey_id)
        if kept is None or survey is None:
            continue
        found = of_number(served, catalog, survey, kept.number)
        properties = _properties(catalog, change, kept)
        more: dict[str, str] = {}
        if properties is not None and kept.given is not None and not erased(served, kept.given):
            said = as_told(found, kept.response, kept.completed or kept.created, kept.language, kept.given)
            put(found, [followed_of(found.survey, *said, change.what, change.id, change.at, properties)])
            more = _message(served, catalog, survey, found.survey, kept) if change.body.get("tell") else {}
        catalog.feedback.tell(change.id, **more)


def words_of(survey: Survey, given: Mapping[str, Any] | None) -> str:
    """What was said, in words, without the address that it may be answered to."""
    answers: Mapping[str, Any] = (given or {}).get("answers", {})
    asked = [one.key for one in survey.questions() if isinstance(one, q.Comment) and one.key != CONTACT]
    return "\n\n".join(str(answers[key]) for key in asked if answers.get(key))


def contact_of(given: Mapping[str, Any] | None) -> str | None:
    """How whoever said something wants to be told."""
    return str((given or {}).get("answers", {}).get(CONTACT) or "").strip() or None


def _properties(catalog: Catalog, change: Change, kept: KeptFeedback) -> dict[str, Any] | None:
    """What the event of a change says; None where there is none: an answer that was taken back was none."""
    body = change.body
    match change.what:
        case "status":
            return {"status": body["status"], "before": body["before"]}
        case "answer":
            return {"answer": in_language(body["answer"], kept.language)} if body["answer"] else None
        case "owner":
            return {"owner": body["owner"]}
        case "merged":
            lead = catalog.feedback.of_id(body["into"])
            return {"into": lead.response if lead is not None else None}
        case _:
            return {}


def _message(
    served: Served, catalog: Catalog, survey: KeptSurvey, definition: Survey, kept: KeptFeedback
) -> dict[str, str]:  # fmt: skip
    """Have whoever said it told; the same words go once.

    Returns:
        The ``cause`` by which the message is found, or why there is none (``unsent``).
    """
    asking, given = asking_of(catalog, served.id), kept.given or {}
    contact, customer = contact_of(given) or "", given.get("who", {}).get("customer")
    unsent = "no_address"
    for way, setting, looks in _WAYS:
        recipient = contact if looks.fullmatch(contact) else None
        if recipient is None and customer is not None:
            recipient = Customer(served.workspace, customer).address(way)
        if recipient is None:
            continue
        if getattr(asking, setting) is None:
            unsent = "no_way"
            continue
        cause = hashed("reply", kept.id, kept.status, json.dumps(kept.answer, sort_keys=True))
        about = {
            "reply": kept.answer or {}, "said": words_of(definition, given), "status": kept.status,
            "language": kept.language, "follow": f"/f/{survey.link}/{kept.token}",
        }  # fmt: skip
        catalog.invitations.add(
            survey.id, served.id, cause, customer=customer, recipient=recipient, way=REPLY + way, about=about, due=now()
        )
        return {"cause": cause, "way": way}
    return {"unsent": unsent}
