"""A response as it comes: judged by the evaluator, kept, and made events of through the door of all events.

What was answered is kept before anything else, so that a process killed at any moment after that loses nothing: whoever
comes next (`settle_left`) makes events of what is kept. The events' ids follow from the response's, so they are there
once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.columns import now
from lvtu.catalog.feedback import KINDS
from lvtu.catalog.responses import COMPLETE, LEFT, Enough, KeptResponse
from lvtu.catalog.surveys import KeptSurvey
from lvtu.core.record import RECORD
from lvtu.core.words import say
from lvtu.errors import BadInput
from lvtu.service.arrivals.messages import made
from lvtu.service.home import Home, Served
from lvtu.service.languages import language_of
from lvtu.service.problems import Conflict, Gone, Refused
from lvtu.service.surveys import tokens
from lvtu.service.surveys.published import Asked, asked, of_number
from lvtu.service.surveys.schemas import Given, Kept
from lvtu.store.suppression import ERASED
from lvtu.voice.surveys import Evaluated, Problem, Respondent, Response, evaluate, events_of, opened_of, quotas_of
from lvtu.voice.surveys.answers import Refusal
from lvtu.voice.surveys.events import hashed
from lvtu.voice.surveys.parts import in_language
from lvtu.voice.surveys.questions import File

COMPLETE_AFTER = timedelta(minutes=1)
"""A complete response whose events are missing after so long was left by a process that is gone."""

LEFT_AFTER = timedelta(days=1)
"""Whoever has not gone on after so long does not."""

_HIDDEN = re.compile("[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]{1,500}")


@dataclass(frozen=True)
class _From:
    """Whom a response is of, and where it was given."""

    invitation: str | None
    given: dict[str, Any]


def respond(home: Home, catalog: Catalog, link: str, kept: KeptSurvey | None, given: Given) -> Kept:
    """Take what was answered; on disk when it returns.

    Args:
        home, catalog: where the survey is.
        link: of the survey.
        kept: what the catalog has under it.
        given: what was answered.

    Raises:
        NotFound, Gone: see `asked`; or there are enough of its kind (``survey_quota_full``).
        Refused: an answer does not stand.
        Conflict: the invitation was used for another response.
        BadInput: the invitation is not one, or a program filled in what people do not see (``looks_automatic``).
    """
    if given.website:  # told, not dropped in silence: a browser that fills in by itself may have done it
        raise BadInput("looks_automatic")
    found = asked(home, catalog, link, kept, given.version, enough=False)
    judged = evaluate(found.survey, given.answers)
    problems = (
        *_of_hidden(found, given),
        *_of_files(catalog, found, given, judged),
        *(judged.problems if given.state == COMPLETE else judged.wrong),
    )
    if problems:
        refused = Refused("answers_do_not_stand", field=problems[0].field or "answers", reason=problems[0].reason)
        refused.problems = [{"field": one.field, "reason": one.reason.to_json()} for one in problems]
        raise refused
    came = _from(found, given)
    anonymous = found.survey.anonymous
    try:
        row = catalog.responses.keep(
            found.kept.id, found.kept.workspace_id,
            name_of(found, given.response), number=found.number,
            state=given.state, language=given.language or found.survey.languages[0],
            given=came.given | {"answers": judged.answers}, invitation_id=None if anonymous else came.invitation,
            feedback=kind_of(judged.answers) if _is_feedback(found) else None,
            mark=hashed("used", came.invitation) if anonymous and came.invitation is not None else None,
            files=files_in(judged),
            enough=Enough({one.key: one.most for one in quotas_of(judged)}, found.settings.most, found.settings.daily),
        )  # fmt: skip
    except BadInput as error:
        raise _not_kept(catalog, found, given, error) from None
    repeated = row.state == COMPLETE and (row.settled is not None or given.state != COMPLETE)
    if not repeated:
        came_at, who = _told(found, row)
        opened = opened_of(found.survey, replace(came_at, time=row.started), who)
        if row.state == COMPLETE:
            _settle(catalog, found, row, opened)
        else:
            put(found, [opened])
    piece = catalog.feedback.of_id(row.id) if row.state == COMPLETE and _is_feedback(found) else None
    return Kept(
        response=given.response, state=row.state, answered=len(judged.answers), repeated=repeated,
        follow=f"/f/{link}/{piece.token}" if piece is not None else None,
    )  # fmt: skip


def _not_kept(catalog: Catalog, found: Asked, given: Given, error: BadInput) -> BadInput:
    """Why a response was not kept; of one that is one too many of its kind that is noted."""
    if error.code == "quota_full":
        catalog.responses.screen(found.kept.id, name_of(found, given.response))
        closing = next((one.closing for one in found.survey.quotas if one.key == error.values["quota"]), None)
        language = given.language or found.survey.languages[0]
        text = in_language(closing, language) if closing else say("survey_form.full", language_of(language))
        return Gone("survey_quota_full", closing=text)
    if error.code in ("survey_closed", "survey_rests"):
        return Gone(error.code)
    return Conflict(error.code) if error.code == "invitation_used" else error


def name_of(found: Asked, response: str) -> str:
    """By what a response is kept: of an anonymous survey that says nothing of what its page knows it by."""
    return hashed(found.survey.key, response) if found.survey.anonymous else response


def settle_left(home: Home, catalog: Catalog) -> int:
    """Make events of responses that a killed process left, or that whoever gave them left half way; how many."""
    found = catalog.responses.unsettled(now() - COMPLETE_AFTER, now() - LEFT_AFTER)
    served = {one.id: one for one in home.served.values()}
    catalog.files.drop_unclaimed(now() - 2 * LEFT_AFTER)
    done = 0
    for kept in found:
        there = served.get(kept.workspace_id)
        survey = catalog.surveys.of_id(kept.survey_id)
        if there is None or survey is None:
            continue
        _settle(catalog, of_number(there, catalog, survey, kept.number), kept)
        done += 1
    return done


def _settle(catalog: Catalog, found: Asked, kept: KeptResponse, *before: Mapping[str, Any]) -> None:
    """Make events of what is kept, after some others."""
    left = kept.state != COMPLETE
    answers = (kept.given or {}).get("answers", {})
    if answers or not left:
        judged = evaluate(found.survey, answers)
        put(found, [*before, *events_of(judged, *_told(found, kept), left=left)])
    feedback = not left and _is_feedback(found) and not erased(found.served, kept.given)
    files = files_in(evaluate(found.survey, answers)) if left else []
    catalog.responses.settle(kept.id, state=LEFT if left and answers else kept.state, keep=feedback, files=files)


def _told(found: Asked, kept: KeptResponse) -> tuple[Response, Respondent | None]:
    time = kept.completed or kept.updated
    return as_told(found, kept.response, time, kept.language, kept.given or {})


def as_told(
    found: Asked, response: str, time: datetime, language: str, given: Mapping[str, Any]
) -> tuple[Response, Respondent | None]:
    """A kept response as the events tell it. Of an anonymous one only the hash is kept, which stands for it as well.

    Args:
        found: the survey.
        response: the response's id.
        time: when it came.
        language: in which it was read.
        given: what is kept of it.
    """
    who = given.get("who", {})
    more = given.get("hidden", {}) | {
        name: given[name] for name in ("step", "page", "invitation") if given.get(name) is not None
    }
    if _is_feedback(found):
        more |= {"kind": kind_of(given.get("answers", {}))}
    came = Response(
        response, time, language=language or None, channel=given.get("channel"), touchpoint=given.get("touchpoint"),
        more=more,
    )  # fmt: skip
    known = who.get("customer") or who.get("device")
    return came, Respondent(who.get("customer"), who.get("device")) if known else None


def put(found: Asked, events: Sequence[Mapping[str, Any]]) -> None:
    """Put events on disk, on the way that all events go."""
    came = now()
    found.served.arrivals.take(made(records_of(events, came), came)).result()


def records_of(events: Sequence[Mapping[str, Any]], came: datetime) -> pa.Table:
    """The records of a survey's events: what `lvtu.collect.validate_events` makes of them, without looking for faults.

    Args:
        events: as `lvtu.voice.surveys.events_of` makes them.
        came: when what they were made of came.
    """
    rows = [
        {
            **event,
            "time": datetime.fromisoformat(event["time"]),
            "received_at": came,
            "identifiers": list((event.get("identifiers") or {}).items()) or None,
            "properties": json.dumps(event["properties"], ensure_ascii=False, separators=(",", ":")),
        }
        for event in events
    ]
    return pa.Table.from_pylist(rows, RECORD)


def files_in(judged: Evaluated) -> list[str]:
    """The ids of the files that answers name."""
    keys = [one.key for one in judged.survey.questions() if isinstance(one, File)]
    return [file["file"] for key in keys for file in judged.answers.get(key, ())]


def _of_files(catalog: Catalog, found: Asked, given: Given, judged: Evaluated) -> Iterator[Problem]:
    """Files that answers name and that were never sent for them, or are others than they say."""
    keys = [one.key for one in found.survey.questions() if isinstance(one, File) and one.key in judged.answers]
    sent = catalog.files.of_response(found.kept.id, name_of(found, given.response)) if keys else {}
    for key in keys:
        for at, one in enumerate(judged.answers[key], start=1):
            there = sent.get(one["file"])
            told = there and (there.question, there.name, there.type, there.size)
            if told != (key, one["name"], one["type"], one["bytes"]):
                yield Problem(f"{key}.{at}.file", Refusal("unknown_file", value=one["file"]))


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


def kind_of(answers: Mapping[str, Any]) -> str:
    """Whether an idea, a complaint or praise was given; something else where the survey does not ask."""
    kind = answers.get("kind")
    return kind if isinstance(kind, str) and kind in KINDS else "other"


def erased(served: Served, given: Mapping[str, Any] | None) -> bool:
    """Whether whoever gave a response was forgotten."""
    who: Mapping[str, str] = (given or {}).get("who", {})
    return any(one == ERASED or served.workspace.was_erased(one) for one in who.values() if one)


def _is_feedback(found: Asked) -> bool:
    return found.survey.purpose == "feedback"
