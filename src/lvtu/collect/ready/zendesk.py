"""Zendesk: incremental tickets with ``metric_sets``, users, and what customers thought of it, by both APIs.

A ticket becomes ``Ticket Created``, ``First Response`` and ``Ticket Solved``: the first reply is as many minutes (or
seconds, where the metrics have them) after the ticket as ``reply_time`` says by the calendar; it is solved at
``solved_at``, else ``full_resolution_time`` after it was created. A ticket without a reply has no such event, one
that is open again is not solved, a deleted one does not count. Minutes by business hours are properties.

``satisfaction_ratings`` say good or bad: ``csat2``, 2 or 1; offered and not answered is no event. Survey responses
(``/guide/survey_responses``) are answers on a scale of emojis or numbers, and in words. The rating inside a ticket
has no time of its own, and is a property of it.

The requester is ``zendesk:<id>``; a user's ``external_id``, e-mail and phone come from users side-loaded or read
before.

Sources: https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/,
https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metrics/,
https://developer.zendesk.com/api-reference/ticketing/ticket-management/satisfaction_ratings/,
https://developer.zendesk.com/api-reference/ticketing/ticket-management/csat_survey_responses
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from lvtu.collect.jsons import Unread
from lvtu.collect.mapping import Mapping
from lvtu.collect.ready.answers import Answer, Response, rows_of
from lvtu.collect.ready.parts import as_dict, as_list, filled, first, number, plain_text
from lvtu.core.sentences import Reason

CREATED, ANSWERED, SOLVED, RATED = "Ticket Created", "First Response", "Ticket Solved", "Ticket Rated"
_CHANNELS = {
    "web": "web", "web_widget": "web", "help_center": "web", "email": "email", "voice": "hotline", "phone": "hotline",
    "chat": "im", "native_messaging": "im", "messaging": "im", "mobile": "app", "mobile_sdk": "app", "sms": "sms",
    "wechat": "wechat", "whatsapp": "im", "line": "im", "telegram": "im", "facebook": "social", "twitter": "social",
    "instagram_dm": "social", "any_channel": "social", "api": None,
}  # fmt: skip
_PAGES = ("tickets", "satisfaction_ratings", "survey_responses", "metric_sets", "ticket_metrics", "users")
_DONE = ("solved", "closed")


class Zendesk:
    """Reads pages and single objects, and keeps the users and metrics it has met."""

    def __init__(self, mapping: Mapping) -> None:
        self._users: dict[str, dict[str, Any]] = {}
        self._metrics: dict[str, dict[str, Any]] = {}
        for each in mapping.details:
            self._enter(each)

    def __call__(self, row: dict[str, Any]) -> Iterable[dict[str, Any] | Unread]:
        """The rows of a page, or of one ticket, rating or survey response."""
        if not any(isinstance(row.get(name), list) for name in _PAGES):
            yield from self._one(row)
            return
        self._enter(row)
        for name in _PAGES[:3]:
            for each in map(as_dict, as_list(row.get(name))):
                yield from self._one(each)

    def _enter(self, page: dict[str, Any]) -> None:
        for user in map(as_dict, as_list(page.get("users"))):
            self._users[str(user.get("id"))] = user
        for name in ("metric_sets", "ticket_metrics"):
            for metrics in map(as_dict, as_list(page.get(name))):
                self._metrics[str(metrics.get("ticket_id"))] = metrics

    def _one(self, row: dict[str, Any]) -> Iterator[dict[str, Any] | Unread]:
        row = as_dict(first(row.get("ticket"), row.get("satisfaction_rating"), row)) if len(row) == 1 else row
        if "answers" in row and "responder_id" in row:
            yield from self._survey(row)
        elif "score" in row and "ticket_id" in row:
            yield from self._rating(row)
        elif "created_at" in row and ("requester_id" in row or "status" in row) and "id" in row:
            yield from self._ticket(row)
        else:
            yield Unread(Reason("no_ticket"), row)

    def _who(self, id: Any) -> dict[str, Any]:
        if id is None:
            return {}
        user = self._users.get(str(id), {})
        others = filled({"email": user.get("email"), "phone": user.get("phone")})
        return filled({"anonymous_id": f"zendesk:{id}", "user_id": user.get("external_id"), "identifiers": others})

    def _ticket(self, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if row.get("status") == "deleted":
            return
        metrics = as_dict(row.get("metric_set")) or self._metrics.get(str(row["id"]), {})
        via = str(as_dict(row.get("via")).get("channel"))
        created, solved = row.get("created_at"), metrics.get("solved_at")
        minutes = {name: _minutes(metrics, part) for name, part in (("reply", "reply"), ("full", "full_resolution"))}
        about = filled({
            "ticket": str(row["id"]), "via": via, "subject": plain_text(row.get("subject")),
            "priority": row.get("priority"), "type": row.get("type"), "tags": row.get("tags"),
            "group_id": row.get("group_id"), "brand_id": row.get("brand_id"),
        })  # fmt: skip
        shared = self._who(row.get("requester_id")) | {"source": "zendesk"} | filled({"channel": _CHANNELS.get(via)})
        begin = f"zendesk/ticket/{row['id']}"
        said = {"text": plain_text(row.get("description")), "sequence": 1}
        state = filled({
            "status": row.get("status"), "reopens": metrics.get("reopens"), "replies": metrics.get("replies"),
            "satisfaction": as_dict(row.get("satisfaction_rating")).get("score"),
        })  # fmt: skip
        yield shared | filled(said) | _event(CREATED, created, f"{begin}/created", about | state)
        calendar, business = minutes["reply"]
        if calendar is not None and (at := _after(created, calendar)):
            told = filled({"minutes": calendar, "business_minutes": business})
            yield shared | {"sequence": 2} | _event(ANSWERED, at, f"{begin}/first-response", about | told)
        calendar, business = minutes["full"]
        at = first(solved) or (_after(created, calendar) if calendar is not None else None)
        if row.get("status") in _DONE and at:
            told = filled({"minutes": calendar, "business_minutes": business})
            yield shared | {"sequence": 3} | _event(SOLVED, at, f"{begin}/solved/{at}", about | told)

    def _rating(self, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
        score = {"good": 2.0, "bad": 1.0}.get(str(row.get("score")).partition("_")[0])
        if score is None:  # offered, unoffered: nobody answered
            return
        about = filled({"ticket": str(row["ticket_id"]), "reason": row.get("reason")})
        said = filled({"score": score, "scale": "csat2", "text": plain_text(row.get("comment")), "source": "zendesk"})
        at = first(row.get("created_at"), row.get("updated_at"))
        yield self._who(row.get("requester_id")) | said | _event(RATED, at, f"zendesk/rating/{row.get('id')}", about)

    def _survey(self, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
        given = [as_dict(each) for each in as_list(row.get("answers"))]
        of = [as_dict(each) for each in as_list(row.get("subjects"))]
        ticket = next((str(each["id"]) for each in of if each.get("type", "ticket") == "ticket" and "id" in each), None)
        times = [str(each[name]) for each in given for name in ("updated_at", "created_at") if each.get(name)]
        answers = [answer for place, each in enumerate(given, 1) for answer in _answered(each, place)]
        who = self._who(row.get("responder_id"))
        found = rows_of(
            Response(
                system="zendesk",
                id=f"survey/{row.get('id')}",
                time=first(max(times, default=None), row.get("updated_at"), row.get("created_at")),
                answers=tuple(answers),
                respondent=first(row.get("responder_id")),
                user_id=who.get("user_id"),
                identifiers=who.get("identifiers", {}),
                properties=filled({"ticket": ticket, "survey": as_dict(row.get("survey")).get("id")}),
            )
        )  # fmt: skip
        for each in found:
            yield each | {"event": RATED} if each.get("score") is not None else each


def _event(name: str, time: Any, id: str, properties: dict[str, Any]) -> dict[str, Any]:
    return filled({"event": name, "time": time, "message_id": id, "properties": properties})


def _minutes(metrics: dict[str, Any], part: str) -> tuple[float | None, float | None]:
    """A time of the metrics in minutes: by the calendar, by business hours."""
    fine, coarse = as_dict(metrics.get(f"{part}_time_in_seconds")), as_dict(metrics.get(f"{part}_time_in_minutes"))
    seconds = [number(fine.get(kind)) for kind in ("calendar", "business")]
    minutes = [number(coarse.get(kind)) for kind in ("calendar", "business")]
    found = [fine / 60 if fine is not None else rough for fine, rough in zip(seconds, minutes, strict=True)]
    return found[0], found[1]


def _after(time: Any, minutes: float) -> str | None:
    """So many minutes after a time; None where that is no time."""
    try:
        return (datetime.fromisoformat(str(time)) + timedelta(minutes=minutes)).isoformat()
    except (ValueError, OverflowError):
        return None


def _answered(given: dict[str, Any], place: int) -> Iterator[Answer]:
    """The answer to a question of a CSAT survey; none where it was skipped."""
    question = as_dict(given.get("question"))
    headline = question.get("headline")
    words = as_dict(headline).get("text") if isinstance(headline, dict) else headline
    title = plain_text(first(words, question.get("alias"), given.get("type"))) or ""
    id = str(first(question.get("id"), given.get("id"), place))
    rating = number(given.get("rating"))
    if rating is not None:
        steps = len(as_list(question.get("options"))) or 5
        yield Answer(id, title, score=rating, scale=f"csat{steps}")
    elif given.get("selections"):
        chosen = [first(as_dict(each).get("label"), as_dict(each).get("value"), as_dict(each).get("id"))
                  if isinstance(each, dict) else each for each in as_list(given.get("selections"))]  # fmt: skip
        yield Answer(id, title, value=chosen)
    elif text := plain_text(given.get("value")):
        yield Answer(id, title, text=text)
