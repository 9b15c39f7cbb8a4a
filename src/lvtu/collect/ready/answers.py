"""A response to a survey as rows of record fields: an event for each question that was scored or answered in words.

What was chosen (a city, an age, reasons) is a property of all events of the response, under the question's title. A
question that was not answered is no event. All events of a response share its time; ``sequence`` is their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lvtu.collect.ready.parts import digest, filled, known_ids
from lvtu.core.record import ROW_CUSTOMER

EVENT = "Survey Answered"
_FIELDS = ("channel", "language", "touchpoint", "stage", "weight")
"""What hidden fields and embedded data may say of a response itself."""


@dataclass(frozen=True)
class Answer:
    """An answer to one question, or to one row of a matrix.

    Attributes:
        id: what tells it from the other answers of the response; it must not change from one export to the next.
        question: its words.
        score: the number, if the question is a scale.
        scale: which one.
        text: what was said in words.
        value: what was chosen, or anything else that is neither a score nor a comment.
        section: the title of the page or group in which the question stands, where the survey has any.
    """

    id: str
    question: str
    score: float | None = None
    scale: str | None = None
    text: str | None = None
    value: Any = None
    section: str | None = None


@dataclass(frozen=True)
class Response:
    """One response.

    Attributes:
        system: the survey tool, as ids begin.
        id: its own.
        time: when it was sent in.
        answers: in the survey's order.
        given: named values that came with it and may name the customer: hidden fields, embedded data.
        respondent: the id by which the tool knows who answered.
        user_id: the customer's, if the tool knows it.
        identifiers: the customer's others.
        more: record fields of all events: channel, language.
        properties: of all events.
    """

    system: str
    id: str
    time: Any
    answers: tuple[Answer, ...]
    given: dict[str, Any] = field(default_factory=dict)
    respondent: str | None = None
    user_id: str | None = None
    identifiers: dict[str, str] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    properties: dict[str, Any] = field(default_factory=dict)


def rows_of(response: Response) -> Iterator[dict[str, Any]]:
    """The rows of a response; none if nothing was answered.

    Example:
        >>> answers = Answer("q1", "Satisfied?", 4, "csat5"), Answer("q2", "City", value="Hull"), Answer("q3", "Why?")
        >>> [row] = rows_of(Response("form", "r1", "2026-01-01T00:00:00Z", answers, given={"email": "a@x"}))
        >>> row["message_id"], row["score"], row["properties"]["City"], row["identifiers"]
        ('form/r1/q1', 4, 'Hull', {'email': 'a@x'})
    """
    user, found, used = known_ids(response.given)
    user = response.user_id or user
    identifiers = filled(found | response.identifiers)
    said = {name: value for name in _FIELDS if (value := response.given.get(name)) not in (None, "")}
    rest = {name: value for name, value in response.given.items() if name not in used | set(said)}
    chosen = {answer.question: answer.value for answer in response.answers if answer.value not in (None, "", [])}
    spoken = [answer for answer in response.answers if answer.score is not None or answer.text]
    if not spoken and chosen:
        spoken = [Answer("answers", "")]
    places = {name: said.pop(name) for name in ("touchpoint", "stage") if name in said}
    shared = filled(chosen | rest | places | response.properties | {"response_id": response.id})
    record = said | filled(response.more) | {
        "time": response.time,
        "user_id": user,
        "anonymous_id": _anonymous(response, user, identifiers),
        "identifiers": {kind: str(value) for kind, value in identifiers.items()},
        "event": EVENT,
        "source": response.system,
    }  # fmt: skip
    for place, answer in enumerate(spoken, 1):
        own = {"score": answer.score, "scale": answer.scale, "text": answer.text, "sequence": place}
        yield filled(
            record | own | {
                "message_id": f"{response.system}/{response.id}/{answer.id}",
                "properties": shared | filled({"question": answer.question, "section": answer.section}),
            }
        )  # fmt: skip


def _anonymous(response: Response, user: str | None, identifiers: dict[str, Any]) -> str | None:
    """The anonymous id: the respondent's, else the response's own; one that nothing can ever join says so."""
    if response.respondent:
        return f"{response.system}:{response.respondent}"
    if user:
        return None
    own = f"{response.system}:{response.id}"
    return own if identifiers else ROW_CUSTOMER + digest(own)
