"""The complaints' numbers: how long until the company has them, who is answered in time, who gets relief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from lvtu.analyses.intervals import difference, discoveries
from lvtu.demo.complaints import ANSWERED, OVERDUE, RECEIVED, RELIEVED, SENT
from lvtu.demo.facts.measure import StepCount, funnel
from lvtu.demo.figures import Figure, rate
from lvtu.demo.files import ask

LEAST = 100
"""Issues with fewer complaints are shown together."""


@dataclass(frozen=True)
class Group:
    """Complaints of one issue or one company.

    Attributes:
        name: as published; None for all the rest.
        complaints: how many.
        relief: share with monetary or other relief.
        money: share with monetary relief.
        late: share not answered in time.
        q: p-value of the relief share against all other complaints, adjusted for all groups tested.
    """

    name: str | None
    complaints: int
    relief: Figure
    money: Figure
    late: Figure
    q: float


@dataclass(frozen=True)
class ComplaintFacts:
    """All numbers of the complaints' page.

    Attributes:
        steps: received, sent, answered or overdue, from the workspace.
        answered: complaints that were answered.
        relieved: complaints with relief.
        same_day: share sent to the company on the day of receipt.
        slow: share sent more than 7 days later.
        slow_days: median days of those.
        late: share without an answer in time.
        overdue: complaints closed as "Untimely response".
        relief: share with any relief.
        money: share with monetary relief.
        issues: by issue, most frequent first, the rest last.
        latest: the company with most late answers.
    """

    steps: list[StepCount]
    answered: int
    relieved: int
    same_day: Figure
    slow: Figure
    slow_days: float
    late: Figure
    overdue: int
    relief: Figure
    money: Figure
    issues: list[Group]
    latest: Group


def facts(table: pa.Table, ws: Any) -> ComplaintFacts:
    """The complaints' numbers from the shipped table and the workspace."""
    total = ask(_TOTALS, source=table).to_pylist()[0]
    n = total["n"]
    issues = _groups(table, "issue", LEAST)
    companies = _groups(table, "company", 1)
    return ComplaintFacts(
        steps=funnel(ws, [RECEIVED, SENT, [ANSWERED, OVERDUE]]),
        answered=funnel(ws, [RECEIVED, SENT, ANSWERED])[2].customers,
        relieved=funnel(ws, [RECEIVED, SENT, ANSWERED, RELIEVED])[3].customers,
        same_day=rate(total["same_day"], n),
        slow=rate(total["slow"], n),
        slow_days=total["slow_days"],
        late=rate(total["late"], n),
        overdue=total["overdue"],
        relief=rate(total["relief"], n),
        money=rate(total["money"], n),
        issues=issues,
        latest=max(companies, key=lambda group: group.late.value * group.complaints),
    )


def _groups(table: pa.Table, column: str, least: int) -> list[Group]:
    rows = ask(_GROUPS.format(column=column, least=least), source=table).to_pylist()
    of, relieved = sum(row["n"] for row in rows), sum(row["relief"] for row in rows)
    others = [difference(row["relief"], row["n"], relieved - row["relief"], of - row["n"]) for row in rows]
    adjusted = discoveries([1.0 if one is None else one[3] for one in others])  # one product alone has no others
    return [
        Group(
            row["name"],
            row["n"],
            rate(row["relief"], row["n"]),
            rate(row["money"], row["n"]),
            rate(row["late"], row["n"]),
            q,
        )
        for row, q in zip(rows, adjusted, strict=True)
    ]


_COUNTS = """count(*) as n, count(*) filter (response like '%monetary relief') as relief,
    count(*) filter (response = 'Closed with monetary relief') as money,
    count(*) filter (timely = 'No') as late,
    count(*) filter (response = 'Untimely response') as overdue"""

_TOTALS = f"""select count(*) filter (sent = received) as same_day,
    count(*) filter (sent - received > 7) as slow,
    median(sent - received) filter (sent - received > 7) as slow_days, {_COUNTS} from source"""
_GROUPS = f"""
    with named as (
        select *, if(count(*) over (partition by {{column}}) >= {{least}}, {{column}}, null) as name from source
    )
    select name, {_COUNTS} from named group by name order by name is null, n desc, name
"""
