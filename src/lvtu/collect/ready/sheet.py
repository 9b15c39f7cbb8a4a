"""Any survey's sheet, a row for each response and a column for each question: SurveyMonkey, Typeform, Google Forms, …

Of the columns that are no questions those are known that such tools write: an id of the response, when it was begun
and sent in, addresses and names (not read, but for the e-mail address, which is an identifier). SurveyMonkey's second
row names the rows of a matrix under one heading; a heading that is missing is the one before it.

Where day and month could be either, a column is read as one of its dates tells that can only be read one way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from lvtu.collect.mapping import Mapping
from lvtu.collect.ready.answers import Response, rows_of
from lvtu.collect.ready.columns import Questions
from lvtu.collect.ready.parts import digest, known_ids, of_day, wall_clock
from lvtu.collect.ready.scales import asked
from lvtu.collect.ready.wjx import answered, title_of
from lvtu.core.sentences import Note

_IDS = ("respondent id", "response id", "submission id", "#", "序号", "编号", "答卷编号", "id")
_SENT = (
    "submit date (utc)", "submitted at", "submission date", "end date", "date modified", "completed at",
    "completion time", "timestamp", "recorded date", "date submitted", "提交时间", "提交答卷时间", "结束时间",
    "结束答题时间", "时间戳记", "填写时间", "时间", "date", "time", "start date (utc)", "start date", "started at",
    "start time", "date created", "开始时间", "开始答题时间",
)  # fmt: skip
"""When a response was sent in; the best first."""
_OTHER = frozenset((
    "collector id", "ip address", "ip", "first name", "last name", "name", "custom data 1", "network id", "tags",
    "ending", "response type", "stage date (utc)", "total score", "language used", "答题时长", "所用时间", "填写设备",
    "操作系统", "浏览器", "来自ip", "修改时间",
))  # fmt: skip
_META = frozenset((*_IDS, *_SENT, *_OTHER))
_FIELDS = frozenset(("channel", "language", "touchpoint", "stage", "weight"))
_WEIGHT = ("权重", "样本权重", "加权")
_UNNAMED = re.compile(r"column_\d+")
_PLAIN = frozenset(("response", "open-ended response", ""))
_PARTED = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?)?", re.IGNORECASE
)
_SEVERAL = "┋"


class Sheet:
    """Reads the rows of one sheet."""

    def __init__(self, mapping: Mapping) -> None:
        self._zone = mapping.zone
        self._questions = Questions(mapping.scales, self._key)
        self._titles: dict[str, str] = {}
        self._day_first = False
        self._seen: Counter[str] = Counter()

    def learn(self, rows: list[dict[str, Any]]) -> Iterable[Note]:
        """See which columns are questions, how they are called, and on which scales they are answered."""
        parts = next((row for row in rows[:1] if _is_head(row)), {})
        before = ""
        for name in dict.fromkeys(name for row in rows for name in row):
            before = before if _UNNAMED.fullmatch(name) else title_of(name)
            part = str(parts.get(name) or "").strip()
            self._titles[name] = before if part.lower() in _PLAIN else f"{before} - {part}"
        body = [row for row in rows if not _is_head(row)]
        found = [_PARTED.match(str(_of(row, _SENT) or "").strip()) for row in body]
        self._day_first = any(one and int(one[1]) > 12 for one in found)
        self._enter(rows)
        return self._questions.learn([answered(row) for row in body], _SEVERAL)

    def __call__(self, row: dict[str, Any]) -> Iterable[dict[str, Any]]:
        """The rows of a response; none for a second row of headings."""
        if _is_head(row):
            return []
        self._enter([row])
        cells = answered(row)
        user, others, used = known_ids({name: value for name, value in cells.items() if name.lower() not in _IDS})
        given = {name.lower(): value for name, value in cells.items() if name.lower() in _FIELDS}
        weight = next((cells[name] for name in _WEIGHT if name in cells), None)
        given |= {} if weight is None else {"weight": weight}
        told = {name: value for name, value in cells.items() if name in self._questions.columns and name not in used}
        own = str(_of(row, _IDS) or "") or digest("\0".join(f"{name}={value}" for name, value in row.items()))
        self._seen[own] += 1
        again = f"-{self._seen[own]}" if self._seen[own] > 1 else ""
        return rows_of(
            Response(
                system="survey",
                id=own + again,
                time=self._time(row),
                answers=tuple(self._questions.answers(told, _SEVERAL)),
                given=given,
                user_id=user,
                identifiers=others,
            )
        )

    def _key(self, name: str) -> str:
        """What tells a question's answers from others'."""
        title, told = self._titles.get(name, name), self._questions.columns[name].title
        return digest(told if told.endswith(f" – {title}") else title)

    def _enter(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            for name in row:
                told = name.lower() in _META | _FIELDS or name in _WEIGHT
                if not told and name not in self._questions.columns:
                    self._questions.enter(name, self._titles.get(name, title_of(name)))

    def _time(self, row: dict[str, Any]) -> Any:
        """When it was sent in, as ISO-8601 where it can be read; the heading may say that it is UTC."""
        name = next((one for want in _SENT for one in row if one.lower() == want and row[one]), None)
        value = str(row[name]).strip() if name else None
        zone = "UTC" if name and "(utc)" in name.lower() else self._zone
        found = _PARTED.fullmatch(value or "")
        if found is None:
            return wall_clock(value, zone) if value else None
        day, month = (int(found[1]), int(found[2])) if self._day_first else (int(found[2]), int(found[1]))
        year = int(found[3]) if len(found[3]) > 2 else 2000 + int(found[3])
        try:
            if found[4] is None:
                return f"{datetime(year, month, day):%Y-%m-%d}"
            hour = of_day(int(found[4]), found[7])
            moment = datetime(year, month, day, hour, int(found[5]), int(found[6] or 0))
        except ValueError:
            return value
        return (moment.replace(tzinfo=ZoneInfo(zone)) if zone else moment).isoformat()


def sheet_of(names: Iterable[str]) -> bool:
    """Whether columns are a survey's sheet: those of a known tool, or a time and three questions that ask for a score.

    Example:
        >>> sheet_of(["Respondent ID", "Collector ID", "End Date", "Any comments?"])
        True
        >>> sheet_of(["Timestamp", "How satisfied were you with the room?", "Rate our staff", "Rate the breakfast"])
        True
        >>> sheet_of(["user_id", "time", "rating", "score", "stars"])
        False
    """
    told = {name.lower() for name in names}
    if {"respondent id", "collector id"} <= told or {"network id", "submit date (utc)"} <= told:
        return True
    questions = [name for name in names if asked(name) and (" " in name.strip() or len(name.encode()) >= 15)]
    return len(questions) >= 3 and not told.isdisjoint(_SENT)


def _of(row: dict[str, Any], names: tuple[str, ...]) -> Any:
    low = {name.lower(): value for name, value in row.items()}
    return next((low[name] for name in names if low.get(name) not in (None, "")), None)


def _is_head(row: dict[str, Any]) -> bool:
    """Whether a row only names the columns: it has neither a time nor an id."""
    return _of(row, _SENT) is None and _of(row, _IDS) is None
