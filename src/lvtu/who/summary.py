"""The console's first page: what a person should look at, and what was done last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from lvtu.core.units import write_instant
from lvtu.core.words import say
from lvtu.identity.edges import PROPOSED, Edge
from lvtu.identity.report import IdentityReport, identity_report
from lvtu.who.change import Terms, Truth, heading
from lvtu.who.customer import TIME

_COUNTS = (
    "joined_customers", "shared_anonymous", "shared_identifiers", "unmatched_anonymous", "unmatched_identifiers",
    "quarantined",
)  # fmt: skip


@dataclass(frozen=True, repr=False)
class IdentitySummary:
    """Who is who in a workspace, at a glance; lists are cut, counts are not.

    Attributes:
        report: counts, customers with several ids, shared devices, conflicts, quarantine.
        rules: the kinds of identifier that join.
        edges: the newest stored edges, newest first; proposals are no part of them.
        stored: how many there are.
        proposals: how many proposed edges wait for somebody to decide.
    """

    report: IdentityReport
    rules: tuple[str, ...]
    edges: tuple[Edge, ...]
    stored: int
    proposals: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The same as plain JSON; times as ISO-8601."""
        return {**self.report.as_dict(), "rules": list(self.rules), "edges": list(map(_plain, self.edges)),
                "proposals": self.proposals}  # fmt: skip

    def lines(self) -> list[str]:
        """The counts, for people."""
        counts = self.report.counts
        lines = [
            say("who.ids", users=f"{counts['user_ids']:,}", anonymous=f"{counts['anonymous_ids']:,}"),
            say("who.rules", kinds=", ".join(self.rules)) if self.rules else say("who.no_rules"),
        ]
        for name in _COUNTS:
            count = f"{counts[name]:,}"
            lines.append(say(f"info.{name}", **{"customers" if name == "joined_customers" else "ids": count}))
        if self.proposals:
            lines.append(say("who.proposals", proposals=f"{self.proposals:,}"))
        return lines

    def sections(self) -> list[tuple[str, pa.Table]]:
        """Tables with their titles, for people; those that would be empty are left out."""
        report = self.report
        joined = {"customer": [ids[0] for ids in report.joined], "user_ids": [_list(ids) for ids in report.joined]}
        conflicts = (*report.shared_anonymous, *report.shared_identifiers)
        shared = {
            "kind": [one.kind for one in conflicts], "id": [one.id for one in conflicts],
            "user_ids": [_list(one.users, one.touches) for one in conflicts],
            "customers": [one.customers for one in conflicts],
        }  # fmt: skip
        strays = {name: [getattr(one, name) for one in report.quarantined] for name in ("kind", "id", "users")}
        edges = {
            "edge": [edge.id for edge in self.edges],
            "left": [_spelled(edge.left) for edge in self.edges],
            "right": [_spelled(edge.right) for edge in self.edges],
            "how": [say(f"how.{edge.ground}") for edge in self.edges],
            "time": pa.array([edge.time for edge in self.edges], TIME),
            "retracted": pa.array([edge.retracted_at for edge in self.edges], TIME),
        }  # fmt: skip
        tables = {"joined": joined, "shared": shared, "quarantined": strays, "edges": edges}
        found = [(say(f"who.{name}"), pa.table(columns)) for name, columns in tables.items()]
        return [(title, table) for title, table in found if table.num_rows]

    def _repr_html_(self) -> str:
        from lvtu.analyses.html import page

        return page(self.lines(), self.sections())

    def __repr__(self) -> str:
        from lvtu.analyses.text import as_text

        parts = ["\n".join(self.lines())]
        for title, table in self.sections():
            parts.append(f"{title}\n{as_text(table.rename_columns([heading(name) for name in table.column_names]))}")
        return "\n\n".join(parts)

    __str__ = __repr__


def identity_summary(truth: Truth, terms: Terms, limit: int) -> IdentitySummary:
    """Who is who, at a glance.

    Args:
        truth: what the events say, and who is who.
        terms: the stored edges and rules.
        limit: how many of each to list.
    """
    stored = [edge for edge in terms.edges if edge.ground != PROPOSED]
    waiting = sum(edge.ground == PROPOSED and edge.holds for edge in terms.edges)
    newest = sorted(stored, key=lambda edge: (max(edge.time, edge.retracted_at or 0), edge.id or 0), reverse=True)
    report = identity_report(truth.seen, truth.resolution, limit)
    return IdentitySummary(report, terms.rules.joins, tuple(newest[:limit]), len(stored), waiting)


def _plain(edge: Edge) -> dict[str, Any]:
    retracted = None if edge.retracted_at is None else write_instant(edge.retracted_at)
    return {
        "edge": edge.id, "left": list(edge.left), "right": list(edge.right), "how": edge.source,
        "time": write_instant(edge.time), "retracted": retracted,
    }  # fmt: skip


def _spelled(identifier: tuple[str, str]) -> str:
    kind, value = identifier
    return value if kind == "user_id" else f"{kind} {value}"


def _list(ids: tuple[str, ...], of: int | None = None) -> str:
    return ", ".join(ids) + (" …" if of is not None and of > len(ids) else "")
