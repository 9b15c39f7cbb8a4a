"""Who is who in words: the answers of the workspace's identity calls."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lvtu.core.units import write_instant
from lvtu.core.words import Lang, known, say, speaking
from lvtu.service.identity.schemas import (
    Change,
    Conflict,
    EdgeOf,
    Edges,
    Evidence,
    Identifier,
    Moved,
    ProposalOf,
    Proposals,
    Stray,
    Summary,
    Unjoin,
)
from lvtu.service.uploads.words import said
from lvtu.who import IdentityChange
from lvtu.who.proposals import ProposalList
from lvtu.workspace import Workspace

_PROPOSED = "proposed"


def summary(workspace: Workspace, limit: int, lang: Lang) -> Summary:
    """Who is who, at a glance."""
    found = workspace.identity(limit=limit)
    report = found.report
    return Summary(
        counts=dict(report.counts),
        rules=list(found.rules),
        joined=[list(ids) for ids in report.joined],
        shared=[
            Conflict(kind=one.kind, id=one.id, users=list(one.users), touches=one.touches, customers=one.customers)
            for one in (*report.shared_anonymous, *report.shared_identifiers)
        ],
        quarantined=[Stray(kind=one.kind, id=one.id, users=one.users) for one in report.quarantined],
        edges=[_edge(_columns(edge), lang) for edge in found.edges],
        proposals=found.proposals,
    )


def edges(workspace: Workspace, before: int | None, limit: int, lang: Lang) -> Edges:
    """The stored joins, newest first."""
    stored = [edge for edge in reversed(workspace.edges()) if not str(edge["source"]).startswith(_PROPOSED)]
    older = [edge for edge in stored if before is None or edge["id"] < before]
    page = older[:limit]
    return Edges(
        edges=[_edge(edge, lang) for edge in page], total=len(stored),
        next=page[-1]["id"] if len(older) > limit else None,
    )  # fmt: skip


def unjoined(workspace: Workspace, what: Unjoin, lang: Lang, preview: bool) -> Change:
    """Take joins back.

    Raises:
        UnknownName: there is no such join.
        BadInput: nothing is named, or nothing joins the two identifiers.
    """
    if what.left is not None and what.right is not None:
        change = workspace.unjoin(what.left.pair(), what.right.pair(), dry_run=preview)
    else:
        change = workspace.unjoin(what.edges, dry_run=preview)
    return changed(change, lang, preview)


def changed(change: IdentityChange, lang: Lang, preview: bool) -> Change:
    """A change in a language."""
    with speaking(lang):
        text = say("change.preview") if preview else "\n".join(change.lines())
    rows = change.table.to_pylist()
    moved = [Moved(text=say(f"change.{row['change']}", lang), **row) for row in rows]
    return Change(
        action=change.action, preview=preview, edges=[] if preview else list(change.edges), totals=change.totals,
        changes=moved, notes=[said(note, lang) for note in change.notes], text=text,
    )  # fmt: skip


def proposals(found: ProposalList, limit: int, lang: Lang) -> Proposals:
    """Proposals in a language."""
    with speaking(lang):
        text = "\n".join(found.lines())
    rows = found.table.slice(0, limit).to_pylist()
    return Proposals(
        proposals=[_proposal(row, lang) for row in rows], total=found.table.num_rows,
        notes=[said(note, lang) for note in found.notes], text=text,
    )  # fmt: skip


def _proposal(row: dict[str, Any], lang: Lang) -> ProposalOf:
    evidence = [
        Evidence(title=known(f"record_fields.{one['field']}", lang) or one["field"],
                 text=say(f"agreements.{one['agreement']}", lang), **one)
        for one in row["evidence"]
    ]  # fmt: skip
    times = {name: _iso(row[name]) for name in ("time", "retracted")}
    return ProposalOf(**row | times | {"evidence": evidence})


def _iso(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat()


def _columns(edge: Any) -> dict[str, Any]:
    """An edge of the console as the books have it."""
    return {
        "id": edge.id, "left_kind": edge.left.kind, "left_id": edge.left.value, "right_kind": edge.right.kind,
        "right_id": edge.right.value, "source": edge.source, "time": edge.time, "retracted_at": edge.retracted_at,
    }  # fmt: skip


def _edge(row: dict[str, Any], lang: Lang) -> EdgeOf:
    ground = str(row["source"]).partition(":")[0]
    return EdgeOf(
        edge=row["id"], left=Identifier(kind=row["left_kind"], id=row["left_id"]),
        right=Identifier(kind=row["right_kind"], id=row["right_id"]), how=row["source"],
        text=known(f"how.{ground}", lang) or ground, time=write_instant(row["time"]),
        retracted=None if row["retracted_at"] is None else write_instant(row["retracted_at"]),
    )  # fmt: skip
