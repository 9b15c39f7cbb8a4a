"""Typeform: ``form_response`` webhooks, and pages of ``GET /forms/{id}/responses``.

Answers are joined to questions by the field's id (else its ``ref``). A webhook brings the questions along in
``definition``; a page does not: its questions' words and ends come from the form (``GET /forms/{id}``), earlier in
the same source or in the mapping's ``details``, else questions are called by their ``ref``. An ``nps`` goes from 0 to
10. How far an ``opinion_scale`` or a ``rating`` goes stands in the form's ``steps`` alone; without it, it is told by
the answers.

Hidden fields name the customer and the touchpoint. Times are UTC. A page may hold responses that were begun and not
sent in: they have no ``submitted_at``, and are read with the time they were begun, as partial.

Sources: https://www.typeform.com/developers/webhooks/example-payload/,
https://www.typeform.com/developers/responses/JSON-response-explanation/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lvtu.collect.jsons import Unread
from lvtu.collect.mapping import Mapping
from lvtu.collect.ready.answers import Answer, Response, rows_of
from lvtu.collect.ready.parts import as_dict, as_list, filled, first, plain_text
from lvtu.collect.ready.scales import Ends, Scales
from lvtu.core.sentences import Note, Reason

_SCALED = ("opinion_scale", "rating", "nps")


@dataclass(frozen=True)
class _Field:
    """A question of a form: its words, its type, the ends of its scale, the title of the group it is in."""

    title: str
    type: str = ""
    ends: Ends | None = None
    section: str | None = None


class Typeform:
    """Reads webhooks and pages, and keeps the forms it has met."""

    def __init__(self, mapping: Mapping) -> None:
        self._fields: dict[str, _Field] = {}
        self._given = dict(mapping.scales)
        self._scales = Scales(self._given)
        for each in mapping.details:
            self._enter(each)

    def learn(self, rows: list[dict[str, Any]]) -> Iterable[Note]:
        """Find the questions, and on which scales they are answered."""
        for row in rows:
            if _is_form(row):
                self._enter(row)
        for row in rows:
            for response in _responses(row):
                self._enter(as_dict(response.get("definition")))
                for answer in map(as_dict, as_list(response.get("answers"))):
                    key, field = self._field(answer)
                    if answer.get("type") == "number" and field.type in _SCALED and answer.get("number") is not None:
                        self._scales.see(key, _asking(field), answer["number"], field.ends)
        return list(self._scales.settle())

    def __call__(self, row: dict[str, Any]) -> Iterable[dict[str, Any] | Unread]:
        """The rows of a page or a webhook; none of a form."""
        if _is_form(row):
            self._enter(row)
            return
        found = _responses(row)
        if not found and "items" not in row:
            yield Unread(Reason("no_response"), row)
        for response in found:
            self._enter(as_dict(response.get("definition")))
            yield from self._rows(response)

    def _enter(self, form: dict[str, Any], above: str = "", section: str | None = None) -> None:
        for each in map(as_dict, as_list(form.get("fields"))):
            title = plain_text(each.get("title")) or str(first(each.get("ref"), each.get("id")))
            title = f"{above} – {title}" if above else title
            more = as_dict(each.get("properties"))
            kind = str(each.get("type") or "")
            ends = _ends(kind, more)
            for name in filter(None, (each.get("id"), each.get("ref"))):
                known = self._fields.get(str(name))
                self._fields[str(name)] = _Field(title, kind, ends or (known.ends if known else None), section)
            if kind in ("matrix", "group", "inline_group"):
                self._enter(more, title if kind == "matrix" else above, title if kind == "group" else section)

    def _field(self, answer: dict[str, Any]) -> tuple[str, _Field]:
        """An answer's question, and the key by which its scale is known."""
        of = as_dict(answer.get("field"))
        key = str(first(of.get("id"), of.get("ref"), ""))
        known = self._fields.get(key) or self._fields.get(str(of.get("ref")))
        kind = str(of.get("type") or "")
        return key, known or _Field(str(first(of.get("ref"), key)), kind, _ends(kind, {}))

    def _rows(self, response: dict[str, Any]) -> Iterator[dict[str, Any]]:
        hidden = {name: value for name, value in as_dict(response.get("hidden")).items() if value not in ("", "xxxxx")}
        found = as_list(response.get("answers"))
        whose = {_as_identifier(answer): _value(answer) for answer in map(as_dict, found) if _as_identifier(answer)}
        answers = [self._answer(answer) for answer in map(as_dict, found) if not _as_identifier(answer)]
        at = first(response.get("submitted_at"))
        yield from rows_of(
            Response(
                system="typeform",
                id=str(first(response.get("token"), response.get("response_id"), response.get("landing_id"))),
                time=first(at, response.get("landed_at")),
                answers=tuple(answers),
                given=hidden,
                identifiers=filled({kind: value for kind, value in whose.items() if kind}),
                properties=filled({
                    "survey": as_dict(response.get("definition")).get("title"),
                    "form_id": response.get("form_id"),
                    "status": None if at else "partial",
                    "quiz_score": as_dict(response.get("calculated")).get("score") or None,
                }),
            )
        )  # fmt: skip

    def _answer(self, answer: dict[str, Any]) -> Answer:
        key, field = self._field(answer)
        value = _value(answer)
        scale = self._scales.of(key) if field.type in _SCALED and answer.get("type") == "number" else None
        if scale is not None and value is not None and (score := scale.score(value)) is not None:
            return Answer(key, field.title, score=score, scale=scale.name, section=field.section)
        if answer.get("type") == "text" and field.type in ("long_text", "short_text", ""):
            return Answer(key, field.title, text=plain_text(value), section=field.section)
        return Answer(key, field.title, value=value)


def _asking(field: _Field) -> str:
    """The question with what its type says beside its words."""
    words = {"nps": "NPS", "rating": "rating stars" if field.ends in (None, (1.0, 5.0)) else "rating"}
    return field.title if field.type not in words else f"{field.title} ({words[field.type]})"


def _ends(kind: str, more: dict[str, Any]) -> Ends | None:
    """The ends of a scale, where the form tells them; those of an NPS are known."""
    if kind == "nps":
        return 0.0, 10.0
    steps = more.get("steps")
    if kind not in _SCALED or not isinstance(steps, int):
        return None
    starts_at_one = kind == "rating" or bool(more.get("start_at_one"))
    return (1.0, float(steps)) if starts_at_one else (0.0, float(steps - 1))


def _is_form(row: dict[str, Any]) -> bool:
    return isinstance(row.get("fields"), list) and "answers" not in row


def _responses(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The responses in a webhook, a page, or a row that is one."""
    if isinstance(row.get("form_response"), dict):
        return [row["form_response"]]
    if isinstance(row.get("items"), list):
        return [as_dict(each) for each in row["items"]]
    return [row] if "answers" in row and ("token" in row or "response_id" in row) else []


def _as_identifier(answer: dict[str, Any]) -> str | None:
    return {"email": "email", "phone_number": "phone"}.get(str(answer.get("type")))


def _value(answer: dict[str, Any]) -> Any:
    """What an answer holds, by its type; of choices the labels, with what was written beside them."""
    kind = str(answer.get("type"))
    given = answer.get(kind)
    if kind == "choice":
        return first(as_dict(given).get("label"), as_dict(given).get("other"))
    if kind == "choices":
        other = as_dict(given).get("other")
        return [*as_list(as_dict(given).get("labels")), *([other] if other else [])]
    if kind == "payment":
        return as_dict(given).get("amount")
    return given
