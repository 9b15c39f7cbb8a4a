"""SurveyMonkey: pages of ``GET /surveys/{id}/responses/bulk``, decoded by ``GET /surveys/{id}/details``.

A response carries ids only: ``choice_id``, ``row_id``, ``col_id``, ``other_id``, ``text``. What they mean stands in
the survey's details, which come before the responses in the same source (an array, lines, a folder), or in the
mapping's ``details``. A response whose survey is not known is set aside as a whole and can be mended by a mapping
with the details.

A choice with a weight is a step of a scale: its place among the weights is the score. The steps of an NPS are 0–10 as
its labels say. N/A is no answer. What was written at «other» belongs to the choice. ``response_status`` tells partial
responses; what they hold is read.

Sources: https://api.surveymonkey.com/v3/docs#api-endpoints-get-surveys-id-responses-bulk,
https://api.surveymonkey.com/v3/docs#api-endpoints-get-surveys-id-details
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lvtu.collect.jsons import Unread
from lvtu.collect.mapping import Mapping
from lvtu.collect.ready.answers import Answer, Response, rows_of
from lvtu.collect.ready.parts import as_dict, as_list, filled, first, number, plain_text
from lvtu.collect.ready.scales import as_number, asked, given_scale
from lvtu.core.sentences import Reason

_CHANNELS = {"email": "email", "sms": "sms", "weblink": "web", "popup": "web", "embedded": "web", "kiosk": "kiosk"}


@dataclass
class _Question:
    """A question of a survey: its words, its choices by id, its rows and columns, its scale, the title of its page."""

    title: str
    family: str
    choices: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    scale: str | None = None
    points: dict[str, float] = field(default_factory=dict)
    section: str | None = None


class SurveyMonkey:
    """Reads pages, and keeps the details it has met."""

    def __init__(self, mapping: Mapping) -> None:
        self._scales = dict(mapping.scales)
        self._surveys: dict[str, tuple[str, dict[str, _Question]]] = {}
        for each in mapping.details:
            self._enter(each)

    def __call__(self, row: dict[str, Any]) -> Iterable[dict[str, Any] | Unread]:
        """The rows of a page, of one response; none of details."""
        if _is_details(row):
            self._enter(row)
        elif isinstance(row.get("details"), dict) or isinstance(row.get("responses"), dict | list):
            yield from self._together(row)
        elif isinstance(row.get("data"), list):
            for each in row["data"]:
                yield from self._response(as_dict(each))
        else:
            yield from self._response(row)

    def _together(self, row: dict[str, Any]) -> Iterator[dict[str, Any] | Unread]:
        """Details and responses under one roof."""
        if _is_details(as_dict(row.get("details"))):
            self._enter(row["details"])
        given = row.get("responses")
        for page in given if isinstance(given, list) else [given]:
            yield from self(as_dict(page))

    def _enter(self, details: dict[str, Any]) -> None:
        questions = {}
        for page in as_list(details.get("pages")):
            for each in as_list(as_dict(page).get("questions")):
                question = self._question(as_dict(each))
                question.section = plain_text(as_dict(page).get("title"))
                questions[str(as_dict(each).get("id"))] = question
        self._surveys[str(details.get("id"))] = (str(first(details.get("title"), "")), questions)

    def _question(self, given: dict[str, Any]) -> _Question:
        answers = as_dict(given.get("answers"))
        title = plain_text(as_dict(first(*as_list(given.get("headings")))).get("heading")) or str(given.get("id"))
        family = str(given.get("family"))
        choices = {str(each["id"]): each for each in map(as_dict, as_list(answers.get("choices"))) if "id" in each}
        lists = [each for name in ("rows", "cols") for each in as_list(answers.get(name))]
        named = [*lists, as_dict(answers.get("other"))]
        names = {str(each["id"]): plain_text(each.get("text")) or "" for each in map(as_dict, named) if "id" in each}
        for column in map(as_dict, as_list(answers.get("cols"))):
            choices |= {str(each["id"]): each for each in map(as_dict, as_list(column.get("choices"))) if "id" in each}
        scale, points = self._scale(title, given, list(choices.values()))
        return _Question(title, family, choices, names, scale, points)

    def _scale(
        self, title: str, given: dict[str, Any], choices: list[dict[str, Any]]
    ) -> tuple[str | None, dict[str, float]]:
        """The scale of a question, and the score of each choice."""
        steps = [each for each in choices if not each.get("is_na")]
        labels = [as_number(plain_text(each.get("text"))) for each in steps]
        if asked(title) == "nps" and sorted(x for x in labels if x is not None) == list(range(11)):
            return "nps", {str(each["id"]): x for each, x in zip(steps, labels, strict=True) if x is not None}
        weights = [number(each.get("weight")) for each in steps]
        named = self._scales.get(title)
        if len(steps) < 3 or None in weights or len(set(weights)) < len(steps):
            return None, {}
        if given.get("family") != "matrix" and asked(title) is None and not named:
            return None, {}
        places = {weight: float(place) for place, weight in enumerate(sorted(w for w in weights if w is not None), 1)}
        kind = "stars" if as_dict(given.get("display_options")).get("display_subtype") == "star" else asked(title)
        kind = "recommend" if kind == "nps" else kind or "rating"
        name = given_scale(named).name if named else f"{kind}{len(steps)}"
        return name, {str(each["id"]): places[w] for each, w in zip(steps, weights, strict=True) if w is not None}

    def _response(self, row: dict[str, Any]) -> Iterator[dict[str, Any] | Unread]:
        if "pages" not in row or row.get("id") is None:
            yield Unread(Reason("no_response"), row)
            return
        survey = str(row.get("survey_id"))
        if survey not in self._surveys:
            yield Unread(Reason("no_details", survey=survey), row)
            return
        title, questions = self._surveys[survey]
        answers: list[Answer] = []
        given = dict(as_dict(row.get("custom_variables")))
        for page in as_list(row.get("pages")):
            for each in map(as_dict, as_list(as_dict(page).get("questions"))):
                question = questions.get(str(each.get("id")))
                if question is None:
                    yield Unread(Reason("no_question", question=str(each.get("id"))), row)
                    return
                answers += _answers(str(each["id"]), question, as_list(each.get("answers")))
        contact = {name: as_dict(as_dict(as_dict(row.get("metadata")).get("contact")).get(name)).get("value")
                   for name in ("email", "phone")}  # fmt: skip
        status = row.get("response_status")
        mode = str(row.get("collection_mode"))
        yield from rows_of(
            Response(
                system="surveymonkey",
                id=str(row["id"]),
                time=first(row.get("date_modified"), row.get("date_created")),
                answers=tuple(answers),
                given=given,
                respondent=first(row.get("recipient_id")),
                identifiers=filled(contact | filled({"email": row.get("email_address")})),
                more={"channel": _CHANNELS.get(mode)},
                properties=filled({
                    "survey": title,
                    "custom_value": row.get("custom_value"),
                    "status": None if status == "completed" else status,
                    "seconds": number(row.get("total_time")),
                }),
            )
        )  # fmt: skip


def _is_details(row: dict[str, Any]) -> bool:
    """Whether an object is a survey's details: its questions have families and headings, responses do not."""
    pages = as_list(row.get("pages"))
    questions = [as_dict(each) for page in pages for each in as_list(as_dict(page).get("questions"))]
    return any("family" in each or "headings" in each for each in questions)


def _answers(id: str, question: _Question, given: list[Any]) -> list[Answer]:
    """The answers to one question: one for each row that was scored, one for all that was chosen or written."""
    scored, chosen, written = [], [], []
    for each in map(as_dict, given):
        choice, row = each.get("choice_id"), question.names.get(str(each.get("row_id")), "")
        text = plain_text(each.get("text"))
        if choice is not None:
            label = plain_text(question.choices.get(str(choice), {}).get("text")) or str(choice)
            if question.choices.get(str(choice), {}).get("is_na"):
                continue
            if str(choice) in question.points:
                title = f"{question.title} – {row}" if row else question.title
                place = f"{id}/{each['row_id']}" if row else id
                score = question.points[str(choice)]
                scored.append(Answer(place, title, score, question.scale, text, section=question.section))
            else:
                chosen.append(f"{row}: {label}" if row else label)
        elif text and (each.get("other_id") is not None or row or question.family != "open_ended"):
            name = row or question.names.get(str(each.get("other_id")), "")
            chosen.append(f"{name}: {text}" if name else text)
        elif text:
            written.append(text)
    if written:
        text = "\n".join(written)
        plain = as_number(text) is None
        said = Answer(id, question.title, text=text if plain else None, value=None if plain else text,
                      section=question.section)  # fmt: skip
        return [*scored, said]
    return [*scored, *([Answer(id, question.title, value=chosen if len(chosen) > 1 else chosen[0])] if chosen else [])]
