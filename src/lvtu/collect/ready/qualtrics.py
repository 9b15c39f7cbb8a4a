"""Qualtrics: the CSV of a survey's responses, with its three header rows, by labels or by values.

The first row names the columns, the second gives the questions' words, the third an ``ImportId`` and, beside dates,
the time zone they are in. A sheet without the second and third row is read by the names alone. Previews, tests and
spam are no responses. ``Q1_NPS_GROUP`` tells that ``Q1`` is an NPS; it is worked out, and not read. ``-99`` is a
question that was seen and not answered. Columns that are no questions are embedded data: they may name the customer.

Names and addresses of recipients, the IP address and the coordinates are not read, except for the e-mail address,
which is an identifier, and ``ExternalReference``, which is the customer's id.

Sources: https://www.qualtrics.com/support/survey-platform/data-and-analysis-module/data/download-data/understanding-your-dataset/,
https://api.qualtrics.com/u9e5lh4172v0v-survey-response-export-guide
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from lvtu.collect.mapping import Mapping
from lvtu.collect.ready.answers import Response, rows_of
from lvtu.collect.ready.columns import Questions
from lvtu.collect.ready.parts import filled, first, number, plain_text, wall_clock
from lvtu.core.sentences import Note

_META = frozenset((
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate",
    "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference",
    "LocationLatitude", "LocationLongitude", "DistributionChannel", "UserLanguage", "Duration__in_seconds_",
))  # fmt: skip
_NO_RESPONSE = frozenset(("survey preview", "survey test", "spam", "1", "2", "8", "9", "12", "17"))
_QUESTION = re.compile(r"Q\d+(_.+)?|QID\d+.*")
_CHANNELS = {
    "email": "email", "sms": "sms", "anonymous": "web", "qr": "web", "gl": "web", "preview": None, "social": "social",
    "kiosk": "kiosk", "offline": "kiosk",
}  # fmt: skip
_LANGUAGES = {"ZH-S": "zh-Hans", "ZH-T": "zh-Hant", "EN": "en", "EN-GB": "en-GB"}
_GROUP = "_NPS_GROUP"


class Qualtrics:
    """Reads the rows of one sheet."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._zone: str | None = None
        self._given: dict[str, str] = {}
        self._questions: Questions | None = None
        self._titles: dict[str, str] = {}
        self._imports: dict[str, str] = {}
        self._begin()

    def learn(self, rows: list[dict[str, Any]]) -> Iterable[Note]:
        """Read the header rows, and see on which scales the questions are answered."""
        for place in [place for place, row in enumerate(rows[:2]) if _is_imports(row)]:
            self._begin()
            self._enter_imports(rows[place])
            if place:
                self._titles = {name: plain_text(value) or name for name, value in rows[place - 1].items() if value}
        body = [row for row in rows if not self._is_header(row)]
        return self._columns(body).learn([_answered(row) for row in body if not _is_odd(row)])

    def _begin(self) -> None:
        """Forget what another file called the same."""
        self._zone, self._given, self._questions = self._mapping.zone, dict(self._mapping.scales), None
        self._titles, self._imports = {}, {}

    def __call__(self, row: dict[str, Any]) -> Iterable[dict[str, Any]]:
        """The rows of a response; none for a header row, and for what is no response."""
        if self._is_header(row) or _is_odd(row):
            return []
        cells = _answered(row)
        questions = self._columns([row])
        given = {name: value for name, value in cells.items() if name not in questions.columns and name not in _META}
        done = str(row.get("Finished")).lower() in ("true", "1")
        at = first(row.get("RecordedDate"), row.get("EndDate"))
        return rows_of(
            Response(
                system="qualtrics",
                id=str(row.get("ResponseId")),
                time=wall_clock(at, self._zone),
                answers=tuple(questions.answers(cells)),
                given={name: value for name, value in given.items() if not name.endswith(_GROUP)},
                user_id=first(row.get("ExternalReference")),
                identifiers=filled({"email": row.get("RecipientEmail")}),
                more={
                    "channel": _CHANNELS.get(str(row.get("DistributionChannel")).lower()),
                    "language": _LANGUAGES.get(str(row.get("UserLanguage")), row.get("UserLanguage")),
                },
                properties=filled({
                    "status": None if done else "partial",
                    "seconds": number(row.get("Duration (in seconds)"), row.get("Duration__in_seconds_")),
                }),
            )
        )  # fmt: skip

    def _columns(self, rows: list[dict[str, Any]]) -> Questions:
        """The questions, with those that the rows have besides."""
        names = dict.fromkeys(name for row in rows for name in row if self._is_question(name))
        groups = {name.removesuffix(_GROUP) for row in rows for name in row if name.endswith(_GROUP)}
        self._given |= {name: "nps" for name in groups if name not in self._given}
        if self._questions is None:
            self._questions = Questions(self._given, lambda name: self._imports.get(name, name))
        for name in names:
            if name not in self._questions.columns:
                text = True if name.endswith("_TEXT") or self._imports.get(name, "").endswith("TEXT") else None
                self._questions.enter(name, self._titles.get(name, name), text)
        return self._questions

    def _is_question(self, name: str) -> bool:
        if name in _META or name.endswith(_GROUP):
            return False
        found = self._imports.get(name)
        return found.startswith("QID") if found else _QUESTION.fullmatch(name) is not None

    def _enter_imports(self, row: dict[str, Any]) -> None:
        for name, value in row.items():
            told = _import(value)
            if told:
                self._imports[name] = str(told.get("ImportId", ""))
                zone = told.get("timeZone")
                if zone and name in ("RecordedDate", "EndDate") and self._zone is None:
                    self._zone = "UTC" if zone == "Z" else str(zone)

    def _is_header(self, row: dict[str, Any]) -> bool:
        """Whether a row is one of those below the names, which have no response's id."""
        return _is_imports(row) or str(row.get("ResponseId")) == self._titles.get("ResponseId", "Response ID")


def _is_imports(row: dict[str, Any]) -> bool:
    return any(_import(value) for value in row.values())


def _import(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, str) or not value.startswith('{"ImportId"'):
        return None
    try:
        found: dict[str, Any] = json.loads(value)
    except ValueError:
        return None
    return found


def _is_odd(row: dict[str, Any]) -> bool:
    return str(row.get("Status")).strip().lower() in _NO_RESPONSE


def _answered(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, "") and str(value) != "-99"}
