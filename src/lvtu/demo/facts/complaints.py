"""The complaints' numbers: what about, how many, how long until the company has them, in time or not, relief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu import voice
from lvtu.demo.complaints import ANSWERED, DENIED, OVERDUE, RECEIVED, RELIEVED, SENT
from lvtu.demo.facts.measure import StepCount, funnel
from lvtu.demo.facts.questions import Query, Question
from lvtu.demo.facts.reading import Read, read
from lvtu.demo.figures import Figure, rate

TAXONOMY = "banking"
"""The shipped taxonomy that the stories' topics are told by."""
LEAST = 100
"""Issues with fewer complaints are shown together."""

_IN_TIME, _RELIEF = (ANSWERED, OVERDUE), (RELIEVED, DENIED)


def _share(events: tuple[str, ...], **options: str) -> Question:
    return Question("scores", {"metric": "share", **options}, events)


TIMELY = {by: _share(_IN_TIME, by=by) for by in ("company", "product", "issue", "channel")}
"""Who is answered in time, each group against all others."""
RELIEF = {by: _share(_RELIEF, by=by) for by in ("company", "product", "issue")}
"""Who gets relief, each group against all others."""
MONTHS = _share(_IN_TIME, period="month")
"""Who is answered in time, each month against the one before."""
VOLUME = Question("trend", {"period": "month"}, (RECEIVED,))
WAITS = Query(
    "select date_trunc('month', r.time) as month, date_diff('day', r.time, s.time) as days, count(*) as n "
    "from events r join events s using (customer) "
    f"where r.event = '{RECEIVED}' and s.event = '{SENT}' group by month, days order by month, days"
)
"""Days from receipt to the company, by the month of receipt: both are known to the day, the answer's date is not."""
ABOUT = {by: Question("trend", {"by": by, "period": "month"}, (RECEIVED,)) for by in ("issue", "product")}
WAITED = ((0, 0), (1, 7), (8, 30), (31, None))
"""Bands of days, both ends included."""


@dataclass(frozen=True)
class Rate:
    """A share of a group's complaints.

    Attributes:
        name: the group, as published; None for all the rest.
        share: of its complaints.
        delta: the share minus that of all others; None where it has none.
        q: p-value of that, adjusted for all groups of the answer; None where it was not tested: too few complaints.
    """

    name: str | None
    share: Figure
    delta: float | None
    q: float | None

    @property
    def no(self) -> int:
        """How many of its complaints are not among the share."""
        return round((1 - self.share.value) * self.share.n)

    @property
    def differs(self) -> bool:
        """Whether it is significantly different from all others (false-discovery rate 5 %)."""
        return self.q is not None and self.q <= 0.05


@dataclass(frozen=True)
class Month:
    """A month's complaints.

    Attributes:
        start: its first instant.
        days: of it that the data have.
        complaints: received in it.
        same_day: share sent to the company on the day.
        slow: share sent more than 7 days later.
        timely: share answered in time, against the month before.
    """

    start: datetime
    days: int
    complaints: int
    same_day: Figure
    slow: Figure
    timely: Rate


@dataclass(frozen=True)
class Spoken:
    """A clause of a complaint's story.

    Attributes:
        customer: whose.
        text, start, end: it, and its place in the whole story, in characters.
    """

    customer: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Stories:
    """What people wrote.

    Attributes:
        read: what they say.
        by_issue: issue → share that reads negative, most complaints first.
        quotes: clauses that read most clearly, one of each of the most frequent issues.
    """

    read: Read
    by_issue: dict[str, Figure]
    quotes: dict[str, Spoken]


@dataclass(frozen=True)
class ComplaintFacts:
    """All numbers of the complaints' page.

    Attributes:
        steps: received, sent, answered or overdue, from the workspace.
        answered: complaints that were answered.
        relieved: complaints with relief.
        overdue: complaints closed as "Untimely response".
        first, last: days of the first and the last complaint.
        waits: band of days → share sent to the company within it.
        slow: share sent more than 7 days later; slow_days: the median days of those.
        timely: share answered in time; timely_by: by company, product, issue and channel.
        without: share answered in time by product, without the company of `latest`.
        relief: share with any relief; relief_by: by company, product and issue.
        money: share with monetary relief.
        about: by issue and product, how many complaints; most first.
        months: in order.
        stories: what people wrote.
    """

    steps: list[StepCount]
    answered: int
    relieved: int
    overdue: int
    first: datetime
    last: datetime
    waits: dict[tuple[int, int | None], Figure]
    slow: Figure
    slow_days: float
    timely: Figure
    timely_by: dict[str, list[Rate]]
    without: list[Rate]
    relief: Figure
    relief_by: dict[str, list[Rate]]
    money: Figure
    about: dict[str, dict[str, int]]
    months: list[Month]
    stories: Stories

    @property
    def latest(self) -> Rate | None:
        """The company with most late answers, if it differs from all others; None if it does not."""
        return _latest(self.timely_by["company"])

    @property
    def same_day(self) -> Figure:
        """The share sent to the company on the day of receipt."""
        return self.waits[WAITED[0]]


def facts(table: pa.Table, ws: Any) -> ComplaintFacts:
    """The complaints' numbers from the shipped table and the workspace."""
    n = table.num_rows
    waits = WAITS.rows(ws)
    days = np.repeat([row["days"] for row in waits], [row["n"] for row in waits])
    received = table["received"].to_pylist()
    timely_by = {by: _rates(question.rows(ws), by) for by, question in TIMELY.items()}
    money = sum(response == "Closed with monetary relief" for response in table["response"].to_pylist())
    return ComplaintFacts(
        steps=funnel(ws, [RECEIVED, SENT, [ANSWERED, OVERDUE]]),
        answered=funnel(ws, [RECEIVED, SENT, ANSWERED])[2].customers,
        relieved=funnel(ws, [RECEIVED, SENT, ANSWERED, RELIEVED])[3].customers,
        overdue=funnel(ws, [RECEIVED, SENT, OVERDUE])[2].customers,
        first=min(received),
        last=max(received),
        waits={band: rate(int(_within(days, band).sum()), n) for band in WAITED},
        slow=rate(int((days > 7).sum()), n),
        slow_days=float(np.median(days[days > 7])) if (days > 7).any() else 0.0,
        timely=_rates(_share(_IN_TIME).rows(ws))[0].share,
        timely_by=timely_by,
        without=_without(ws, _latest(timely_by["company"])),
        relief=_rates(_share(_RELIEF).rows(ws))[0].share,
        relief_by={by: _rates(question.rows(ws), by) for by, question in RELIEF.items()},
        money=rate(money, n),
        about={by: _sizes(question.rows(ws), by) for by, question in ABOUT.items()},
        months=_months(ws, waits, max(received)),
        stories=_stories(table),
    )


def _latest(companies: Sequence[Rate]) -> Rate | None:
    worst = max(companies, key=lambda one: one.no)
    return worst if worst.differs else None


def _without(ws: Any, company: Rate | None) -> list[Rate]:
    if company is None or company.name is None:
        return []
    where = f"company != '{company.name.replace(chr(39), chr(39) * 2)}'"
    return _rates(_share(_IN_TIME, by="product", where=where).rows(ws), "product")


def _within(days: Any, band: tuple[int, int | None]) -> Any:
    low, high = band
    return (days >= low) & (days <= (np.inf if high is None else high))


def _rates(rows: Sequence[dict[str, Any]], by: str | None = None) -> list[Rate]:
    """The rows of scores as rates, most complaints first."""
    found = [
        Rate(
            row[by] if by else None,
            Figure(row["value"], row["low"], row["high"], row["n"]),
            row.get("difference"),
            row.get("p_adjusted"),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: -one.share.n) if by else found


def _sizes(rows: Sequence[dict[str, Any]], by: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row[by]] = found.get(row[by], 0) + row["customers"]
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def _months(ws: Any, waits: list[dict[str, Any]], last: Any) -> list[Month]:
    rows = MONTHS.rows(ws)
    timely = dict(zip([row["period"] for row in rows], _rates(rows), strict=True))
    found = []
    for row in (one for one in VOLUME.rows(ws) if one["customers"]):  # complaints end before their answers do
        start, n = row["period"], row["customers"]
        own = {one["days"]: one["n"] for one in waits if one["month"] == start}
        following = (start.replace(day=28) + timedelta(days=5)).replace(day=1)
        whole = (following - start).days
        seen = min(whole, (last - start.date()).days + 1)
        slow = sum(count for days, count in own.items() if days > 7)
        found.append(Month(start, seen, n, rate(own.get(0, 0), n), rate(slow, n), timely[start]))
    return found


def _stories(table: pa.Table, most: int = 3) -> Stories:
    """What the stories say, read by the text model that is shipped."""
    texts, issues = table["narrative"].to_pylist(), np.array(table["issue"].to_pylist())
    label = np.array(voice.analyse(texts)["label"].to_pylist())
    names = [str(name) for name, _ in Counter(issues.tolist()).most_common()]
    return Stories(
        read(texts, TAXONOMY),
        {
            name: rate(int((label[issues == name] == "negative").sum()), int((issues == name).sum()))
            for name in names
            if (issues == name).sum() >= LEAST
        },
        {name: _quote(table.filter(pa.array(issues == name))) for name in names[:most]},
    )


def _quote(table: pa.Table) -> Spoken:
    """The clause that reads most clearly negative, of those that stand for themselves."""
    clauses = voice.clauses(table["narrative"]).to_pylist()
    fit = [one for one in clauses if 50 <= len(one["text"]) <= 180 and "XX" not in one["text"]]
    one = min(fit or clauses, key=lambda one: one["sentiment"])
    who = f"complaint-{table['complaint_id'][one['row']].as_py()}"
    return Spoken(who, one["text"], one["start"], one["end"])
