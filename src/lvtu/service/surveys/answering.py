"""A response as it comes: judged by the evaluator, kept, and made events of through the door of all events.

What was answered is kept before anything else, so that a process killed at any moment after that loses nothing: whoever
comes next (`settle_left`) makes events of what is kept. The events' ids follow from the response's, so they are there
once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, ClassVar

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.columns import now
from lvtu.catalog.responses import COMPLETE, LEFT, KeptResponse
from lvtu.collect import validate_events
from lvtu.errors import BadInput
from lvtu.service.arrivals.messages import made
from lvtu.service.home import Home, Served
from lvtu.service.problems import Conflict
from lvtu.service.surveys import tokens
from lvtu.service.surveys.published import Asked, asked, of_number
from lvtu.service.surveys.schemas import Given, Kept
from lvtu.voice.surveys import Problem, Respondent, Response, evaluate, events_of, opened_of
from lvtu.voice.surveys.answers import Refusal
from lvtu.voice.surveys.events import hashed

COMPLETE_AFTER = timedelta(minutes=1)
"""A complete response whose events are missing after so long was left by a process that is gone."""

LEFT_AFTER = timedelta(days=1)
"""Whoever has not gone on after so long does not."""

_HIDDEN = re.compile("[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]{1,500}")


class Refused(BadInput):
    """Answers that do not stand.

    Attributes:
        problems: what is wrong with which.
    """

    status: ClassVar[int] = 422
    problems: tuple[Problem, ...] = ()

    def problem(self) -> dict[str, object]:
        """All of them."""
        told = [{"field": one.field, "reason": one.reason.to_json()} for one in self.problems]
        return super().problem() | {"problems": told}


@dataclass(frozen=True)
class _From:
    """Whom a response is of, and where it was given."""

    invitation: str | None
    given: dict[str, Any]


def respond(home: Home, catalog: Catalog, link: str, given: Given) -> Kept:
    """Take what was answered; on disk when it returns.

    Args:
        home, catalog: where the survey is.
        link: of the survey.
        given: it.

    Raises:
        NotFound, Closed: see `asked`.
        Refused: an answer does not stand.
        Conflict: the invitation was used for another response.
        BadInput: the invitation is not one.
    """
    found = asked(home, catalog, link, given.version)
    judged = evaluate(found.survey, given.answers)
    problems = (*_of_hidden(found, given), *(judged.problems if given.state == COMPLETE else judged.wrong))
    if problems:
        refused = Refused("answers_do_not_stand", field=problems[0].field or "answers", reason=problems[0].reason)
        refused.problems = problems
        raise refused
    came = _from(found, given)
    anonymous = found.survey.anonymous
    try:
        kept = catalog.responses.keep(
            found.kept.id, found.kept.workspace_id,
            hashed(found.survey.key, given.response) if anonymous else given.response, number=found.number,
            state=given.state, language=given.language or found.survey.languages[0],
            given=came.given | {"answers": judged.answers}, invitation_id=None if anonymous else came.invitation,
            status="open" if found.survey.purpose == "feedback" else None,
            mark=hashed("used", came.invitation) if anonymous and came.invitation is not None else None,
        )  # fmt: skip
    except BadInput as error:
        raise Conflict(error.code) if error.code == "invitation_used" else error from None
    repeated = kept.state == COMPLETE and (kept.settled is not None or given.state != COMPLETE)
    if not repeated:
        came_at, who = _told(kept)
        put(found, [opened_of(found.survey, replace(came_at, time=kept.started), who)])
        if kept.state == COMPLETE:
            _settle(catalog, found, kept)
    return Kept(response=given.response, state=kept.state, answered=len(judged.answers), repeated=repeated)


def settle_left(home: Home, catalog: Catalog) -> int:
    """Make events of responses that a killed process left, or that whoever gave them left half way; how many."""
    found = catalog.responses.unsettled(now() - COMPLETE_AFTER, now() - LEFT_AFTER)
    served = {one.id: one for one in home.served.values()}
    done = 0
    for kept in found:
        there = served.get(kept.workspace_id)
        survey = catalog.surveys.of_id(kept.survey_id)
        if there is None or survey is None:
            continue
        _settle(catalog, of_number(there, catalog, survey, kept.number), kept)
        done += 1
    return done


def _settle(catalog: Catalog, found: Asked, kept: KeptResponse) -> None:
    """Make events of what is kept."""
    left = kept.state != COMPLETE
    answers = (kept.given or {}).get("answers", {})
    if answers or not left:
        judged = evaluate(found.survey, answers)
        put(found, events_of(judged, *_told(kept), left=left))
    feedback = kept.status is not None and not _erased(found.served, kept)
    catalog.responses.settle(kept.id, state=LEFT if left and answers else kept.state, keep=feedback)


def _told(kept: KeptResponse) -> tuple[Response, Respondent | None]:
    """A kept response as the events tell it. Of an anonymous one only the hash is kept, which stands for it as well."""
    given = kept.given or {}
    who = given.get("who", {})
    more = given.get("hidden", {}) | {
        name: given[name] for name in ("step", "page", "invitation") if given.get(name) is not None
    }
    came = Response(
        kept.response, kept.completed or kept.updated, language=kept.language or None,
        channel=given.get("channel"), touchpoint=given.get("touchpoint"), more=more,
    )  # fmt: skip
    known = who.get("customer") or who.get("device")
    return came, Respondent(who.get("customer"), who.get("device")) if known else None


def put(found: Asked, events: list[dict[str, Any]]) -> None:
    """Put events on disk, on the way that all events go."""
    came = now()
    records, refused = validate_events([event | {"received_at": came.isoformat()} for event in events])
    if refused:
        _, field, reason = refused[0]
        raise BadInput("message_refused", field=field, reason=reason)
    found.served.arrivals.take(made(records, came)).result()


def _of_hidden(found: Asked, given: Given) -> tuple[Problem, ...]:
    known = found.survey.hidden
    names = ", ".join(known[:12])
    return tuple(
        Problem(f"hidden.{name[:60]}", Refusal("unknown_part", part=name[:60], names=names))
        if name not in known
        else Problem(f"hidden.{name}", Refusal("bad_characters"))
        for name, value in given.hidden.items()
        if name not in known or _HIDDEN.fullmatch(value) is None
    )


def _from(found: Asked, given: Given) -> _From:
    """Whom a response is of: whom the invitation names, else the device that the page knows; nobody if anonymous."""
    said: dict[str, Any] = {
        "touchpoint": given.touchpoint, "step": given.step, "channel": given.channel, "page": given.page,
        "hidden": dict(given.hidden) or None,
    }  # fmt: skip
    invitation = None
    if given.invitation is not None:
        read = tokens.read(given.invitation, found.kept.link, found.kept.secret)
        invitation = read.id
        said |= {
            name: value
            for name, value in (("touchpoint", read.touchpoint), ("step", read.step), ("channel", read.channel))
            if value is not None
        }
        if not found.survey.anonymous:
            said |= {"who": {"customer": read.customer}, "invitation": read.id}
    elif given.anonymous_id and not found.survey.anonymous:
        said["who"] = {"device": given.anonymous_id}
    return _From(invitation, {name: value for name, value in said.items() if value is not None})


def _erased(served: Served, kept: KeptResponse) -> bool:
    who: Mapping[str, str] = (kept.given or {}).get("who", {})
    return any(served.workspace.was_erased(one) for one in who.values() if one)
