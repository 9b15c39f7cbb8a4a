"""What a response becomes: one event for each score, comment and choice, at the touchpoint that it is about."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from lvtu.core.record import ROW_CUSTOMER
from lvtu.core.units import instant, moment
from lvtu.errors import BadInput
from lvtu.voice.surveys import questions as q
from lvtu.voice.surveys.answers import OTHER
from lvtu.voice.surveys.definition import Survey
from lvtu.voice.surveys.evaluator import Evaluated
from lvtu.voice.surveys.maxdiff import sets_of

SENT = "Survey Sent"
"""The event by which a customer is asked: what response rates count by (`lvtu.analyses.scores`)."""

OPENED = "Survey Opened"
"""The event that each response begins with, where somebody watches it begin."""

COMPLETED = "Survey Completed"
"""The event that each response ends with, whatever was answered."""

LEFT = "Survey Left"
"""The event that it ends with instead where somebody answered the first questions, and no more."""


CONTACT = "contact"
"""The question of a feedback survey that asks how to answer: an address is nothing that a customer said."""

CONTACT_LEFT = "Contact Left"
"""What an answer to it becomes, without the address."""

FOLLOWED = {
    "status": "Feedback Status Changed", "answer": "Feedback Answered", "owner": "Feedback Assigned",
    "published": "Feedback Published", "unpublished": "Feedback Unpublished", "merged": "Feedback Merged",
    "split": "Feedback Split",
}  # fmt: skip
"""The events that what is done about a piece of feedback becomes, by what is done."""


@dataclass(frozen=True)
class Response:
    """How a response came.

    Attributes:
        id: its own; the same id is the same response, and becomes events once.
        time: when it was given: ISO-8601, UTC without a zone.
        language: in which the survey was read, and comments were written.
        channel: how it came; the survey's channel if not given.
        weight: how many respondents it stands for.
        touchpoint: where it was asked; the survey's if not given.
        more: what else is known of it, by name: properties of all its events.
    """

    id: str
    time: str | datetime
    language: str | None = None
    channel: str | None = None
    weight: float | None = None
    touchpoint: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise BadInput("response_id")
        if self.weight is not None and not (math.isfinite(self.weight) and self.weight > 0):
            raise BadInput("response_weight", weight=str(self.weight))


@dataclass(frozen=True)
class Respondent:
    """Who answered, as far as is known.

    Attributes:
        user_id: the known customer.
        anonymous_id: the device.
        identifiers: other ids: email, phone, …
    """

    user_id: str | None = None
    anonymous_id: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)


def events_of(
    evaluated: Evaluated, response: Response, respondent: Respondent | None = None, *, left: bool = False
) -> list[dict[str, Any]]:
    """The events of a response, as `Workspace.append` takes them, in the order of the survey.

    Ids are made of survey, response and question, so a repeat is dropped. Nothing that identifies somebody leaves an
    anonymous survey: the respondent is left out, and the response's id is there as a hash only. So it is where no
    respondent is known.

    Args:
        evaluated: the answers, all of which stand.
        response: how they came.
        respondent: whose they are.
        left: whether no more answers came: then required ones may be missing.

    Raises:
        BadInput: there are problems with the answers.

    Example:
        >>> from lvtu.voice.surveys import Survey, evaluate
        >>> ask = {"key": "q1", "kind": "nps", "title": {"en": "Would you recommend us?"}}
        >>> page = {"questions": [ask]}
        >>> survey = Survey.load({"key": "after", "title": {"en": "After"}, "languages": ["en"], "pages": [page]})
        >>> given, done = events_of(evaluate(survey, {"q1": 9}), Response("r1", "2026-05-01"), Respondent("ann"))
        >>> given["event"], given["score"], given["scale"], given["user_id"], done["event"]
        ('Recommendation Given', 9, 'nps', 'ann', 'Survey Completed')
    """
    problems = evaluated.wrong if left else evaluated.problems
    if problems:
        first = problems[0]
        raise BadInput("answers_refused", field=first.field or "answers", reason=first.reason)
    survey = evaluated.survey
    name, shared, about = _frame(survey, response, respondent)
    found = []
    for question in survey.questions():
        if question.key not in evaluated.answers:
            continue
        where = {"question": question.key, "touchpoint": question.touchpoint or about.get("touchpoint")}
        contact = survey.purpose == "feedback" and question.key == CONTACT
        event = CONTACT_LEFT if contact else question.event_name
        for part, told in _told(question, evaluated.answers[question.key]):
            properties = about | where | told.pop("properties", {})
            if contact:
                told = {}
            if "text" in told:
                told["language"] = response.language
            found.append(
                {"message_id": _id(name, question.key, *part), "event": event, **told, "properties": properties}
            )
    done = about | {"answered": len(evaluated.answers), "asked": len(evaluated.shown)}
    if left:
        found.append({"message_id": _id(name, LEFT), "event": LEFT, "properties": done})
    else:
        found.append({"message_id": _id(name), "event": COMPLETED, "properties": done})
    return [_filled(shared | event | {"sequence": place}) for place, event in enumerate(found)]


def opened_of(survey: Survey, response: Response, respondent: Respondent | None = None) -> dict[str, Any]:
    """The event that somebody has a survey before them, as `Workspace.append` takes it.

    Example:
        >>> page = {"questions": [{"key": "q1", "kind": "nps", "title": {"en": "Would you recommend us?"}}]}
        >>> survey = Survey.load({"key": "after", "title": {"en": "After"}, "languages": ["en"], "pages": [page]})
        >>> opened_of(survey, Response("r1", "2026-05-01"), Respondent("ann"))["event"]
        'Survey Opened'
    """
    name, shared, about = _frame(survey, response, respondent)
    event = {"message_id": _id(name, OPENED), "event": OPENED, "properties": about, "sequence": -1}
    return _filled(shared | event)


def sent_of(survey: Survey, invitation: Response, respondent: Respondent) -> dict[str, Any]:
    """The event that a customer was asked; of an anonymous survey too, for it says nothing of an answer.

    Example:
        >>> page = {"questions": [{"key": "q1", "kind": "nps", "title": {"en": "Would you recommend us?"}}]}
        >>> survey = Survey.load({"key": "after", "title": {"en": "After"}, "languages": ["en"], "pages": [page]})
        >>> sent = sent_of(survey, Response("i1", "2026-05-01", channel="sms"), Respondent("ann"))
        >>> sent["event"], sent["user_id"], sent["channel"]
        ('Survey Sent', 'ann', 'sms')
    """
    _, shared, about = _frame(survey, invitation, respondent)
    del about["response"]
    who = _named(respondent, hashed(survey.key, invitation.id))
    event = {"message_id": _id(hashed(survey.key, invitation.id), SENT), "event": SENT, "properties": about}
    return _filled(shared | who | event)


def followed_of(
    survey: Survey, response: Response, respondent: Respondent | None, what: str, id: str, time: datetime,
    told: Mapping[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """The event that something was done about a piece of feedback, on the time line of whoever said it.

    It has the piece's ``response``: by that `lvtu.analyses.response_times` finds what was answered, and when.

    Args:
        survey, response, respondent: the piece, and whose it is.
        what: one of `FOLLOWED`.
        id: of what was done.
        time: when.
        told: what it is since: properties of the event.

    Example:
        >>> page = {"questions": [{"key": "words", "kind": "text", "title": {"en": "Tell us"}}]}
        >>> survey = Survey.load({"key": "door", "title": {"en": "Tell us"}, "languages": ["en"], "pages": [page]})
        >>> when = datetime.fromisoformat("2026-05-02T00:00:00+00:00")
        >>> said = Response("r1", "2026-05-01"), Respondent("ann")
        >>> done = followed_of(survey, *said, "status", "c1", when, {"status": "done"})
        >>> done["event"], done["time"], done["properties"]["response"], done["properties"]["status"]
        ('Feedback Status Changed', '2026-05-02T00:00:00+00:00', 'r1', 'done')
    """
    _, shared, about = _frame(survey, response, respondent)
    own = {"message_id": f"feedback:{id}", "event": FOLLOWED[what], "time": moment(instant(time)).isoformat()}
    return _filled(shared | own | {"properties": about | dict(told)})


def _frame(
    survey: Survey, response: Response, respondent: Respondent | None
) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """By what a response's events are told from others, the fields that all have, and the properties."""
    name = hashed(survey.key, response.id)
    who = None if survey.anonymous else respondent
    shared: dict[str, Any] = {
        **_named(who, name),
        "time": moment(instant(response.time)).isoformat(),
        "source": f"survey:{survey.key}",
        "channel": response.channel or survey.channel,
        "weight": response.weight,
    }
    about = {
        **response.more,
        "survey": survey.key,
        "survey_version": survey.version,
        "response": name if survey.anonymous else response.id,
        "touchpoint": response.touchpoint or survey.touchpoint,
    }
    return name, shared, about


def _named(respondent: Respondent | None, name: str) -> dict[str, Any]:
    """Who it was; somebody who is joined with nobody, where that is not known."""
    if respondent is None or not (respondent.user_id or respondent.anonymous_id):
        return {"anonymous_id": f"{ROW_CUSTOMER}{name}"}
    ids = dict(respondent.identifiers) or None
    return {"user_id": respondent.user_id, "anonymous_id": respondent.anonymous_id, "identifiers": ids}


def _told(question: q.Question, answer: Any) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """What an answer says, part by part: the part's name, and the fields of its event."""
    match question:
        case q.Nps() | q.Csat() | q.Ces() | q.Rating() | q.Emoji():
            wording = {"wording": question.wording} if isinstance(question, q.Ces) else {}
            yield (), {"score": answer, "scale": question.scale, "properties": wording}
        case q.Servqual():
            for item in question.items:
                for side, score in answer.get(item.key, {}).items():
                    of = {"item": item.key, "dimension": item.dimension, "side": side}
                    yield (item.key, side), {"score": score, "scale": question.scale, "properties": of}
        case q.Matrix(scale=scale):
            for row, one in answer.items():
                scored = {"score": one, "scale": scale} if scale is not None else {}
                yield (row,), {**scored, "properties": {"row": row} if scored else {"row": row, "answer": one}}
        case q.Comment():
            yield (), {"text": answer}
        case q.Single() | q.Multi():
            yield (), _chosen(answer)
        case q.Kano():
            yield (), {"properties": dict(answer)}
        case q.MaxDiff():
            shown = sets_of(question, answer["design"])
            for number, pair in answer["sets"].items():
                of = {"set": int(number), "shown": [one.key for one in shown[int(number) - 1]]}
                yield (number,), {"properties": of | pair}
        case q.File():
            yield (
                (),
                {"properties": {"answer": [one["name"] for one in answer], "files": [one["file"] for one in answer]}},
            )
        case q.Consent():
            preferences = {question.category: answer}
            yield (), {"properties": {"context": {"consent": {"categoryPreferences": preferences}}}}
        case q.Ranking() | q.Number() | q.Date():
            yield (), {"properties": {"answer": answer}}


def _chosen(answer: Any) -> dict[str, Any]:
    """Options by their keys; what was said instead is the event's text."""
    several = answer if isinstance(answer, list) else [answer]
    keys = [OTHER if isinstance(one, dict) else one for one in several]
    told: dict[str, Any] = {"properties": {"answer": keys if isinstance(answer, list) else keys[0]}}
    for one in several:
        if isinstance(one, dict):
            told["text"] = one[OTHER]
    return told


def hashed(*parts: str) -> str:
    """What stands for something where it must not be read off: the same for the same, and for nothing else."""
    return sha256("\0".join(parts).encode(errors="backslashreplace")).hexdigest()[:32]


def _id(response: str, *parts: str) -> str:
    return ":".join(["survey", response, *parts])


def _filled(event: dict[str, Any]) -> dict[str, Any]:
    """Without what is missing."""
    properties = {name: value for name, value in event["properties"].items() if value is not None}
    return {name: value for name, value in event.items() if value is not None} | {"properties": properties}
