"""A workspace in memory with just the analyses the pages use: plain loops, the stated semantics, no engine."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

import pyarrow as pa

NAMES = ("cohort", "period", "customers", "mature", "returned", "rate")


@dataclass
class Report:
    accepted: int
    duplicates: int
    rejected: int


@dataclass
class Result:
    table: pa.Table


@dataclass
class Retention:
    cohorts: pa.Table


class View:
    def __init__(self, journeys: dict[str, list[dict]]) -> None:
        self.lines = journeys

    def journeys(self, where: str) -> View:
        name, text = re.fullmatch(r"(\w+) = '?([^']+)'?", where).groups()

        def keep(row: dict) -> bool:
            value = row.get(name) or json.loads(row["properties"] or "{}").get(name)
            return str(value) == text

        kept = {who: [row for row in rows if keep(row)] for who, rows in self.lines.items()}
        return View({who: rows for who, rows in kept.items() if rows})

    def funnel(self, steps: list, *, entry: str = "any", within: str | None = None, until: datetime | None = None):
        limit = timedelta(days=int(within.removesuffix("d"))) if within else None
        reached, gaps = Counter(), defaultdict(list)
        for rows in self.lines.values():
            best: list[datetime] = []
            for start, row in enumerate(rows):
                if row["event"] in names(steps[0]) and (until is None or row["time"] < until):
                    chain = follow(rows[start:], steps, limit)
                    best = chain if len(chain) > len(best) else best
                    if entry == "first" or len(best) == len(steps):
                        break
            reached.update(range(1, len(best) + 1))
            for number, (a, b) in enumerate(pairwise(best), start=2):
                gaps[number].append((b - a) // timedelta(microseconds=1))
        table = []
        for number in range(1, len(steps) + 1):
            before = reached[number - 1]
            table.append(
                {
                    "step": number,
                    "customers": reached[number],
                    "from_previous": reached[number] / before if before else None,
                    "median_time": int(median(gaps[number])) if gaps[number] else None,
                }
            )
        return Result(pa.Table.from_pylist(table))

    def graph(self, *, by: str = "event"):
        pairs, who = Counter(), defaultdict(set)
        for customer, rows in self.lines.items():
            for a, b in pairwise(rows):
                pairs[a[by], b[by]] += 1
                who[a[by], b[by]].add(customer)
        rows = [
            {"source": a, "target": b, "transitions": n, "customers": len(who[a, b])} for (a, b), n in pairs.items()
        ]
        return Result(pa.Table.from_pylist(rows))

    def retention(self, *, start: str, back: str, period: str, periods: int, entry: str):
        assert period == "month" and entry == "first"
        last = max(row["time"] for rows in self.lines.values() for row in rows)
        month = lambda time: time.year * 12 + time.month  # noqa: E731
        sizes, returned = Counter(), Counter()
        for rows in self.lines.values():
            times = [row["time"] for row in rows if row["event"] == start]
            if not times:
                continue
            cohort = month(times[0])
            sizes[cohort] += 1
            for k in {month(time) - cohort for time in times[1:]} & set(range(periods + 1)):
                returned[cohort, k] += 1
        table = []
        for cohort, size in sorted(sizes.items()):
            for k in range(periods + 1):
                mature = size if cohort + k < month(last) else 0
                rate = returned[cohort, k] / mature if mature else None
                first = datetime((cohort - 1) // 12, (cohort - 1) % 12 + 1, 1, tzinfo=last.tzinfo)
                values = (first, k, size, mature, returned[cohort, k], rate)
                table.append(dict(zip(NAMES, values, strict=True)))
        return Retention(pa.Table.from_pylist(table))


class Workspace(View):
    def __init__(self, path: Path | str) -> None:
        super().__init__({})
        Path(path).mkdir(parents=True, exist_ok=True)

    def ingest(self, table: pa.Table, *, source_name: str | None = None) -> Report:
        fields = ["message_id", "time", "user_id", "anonymous_id", "event", "channel", "sequence", "properties"]
        rejected = 0
        for row in table.select(fields).to_pylist():
            who = row["user_id"] or row["anonymous_id"]
            if who is None:
                rejected += 1
            else:
                self.lines.setdefault(who, []).append(row)
        for rows in self.lines.values():
            rows.sort(key=lambda row: (row["time"], row["sequence"] or 0, row["message_id"].encode()))
        return Report(table.num_rows - rejected, 0, rejected)

    def close(self) -> None:
        self.lines = {}


def names(step: str | list[str]) -> list[str]:
    return [step] if isinstance(step, str) else step


def follow(rows: list[dict], steps: list, limit: timedelta | None) -> list[datetime]:
    """Times of the furthest chain that starts at the first row: the earliest fit of every step."""
    times: list[datetime] = []
    for row in rows:
        if limit is not None and row["time"] - rows[0]["time"] > limit:
            break
        if len(times) < len(steps) and row["event"] in names(steps[len(times)]):
            times.append(row["time"])
    return times
