"""The state of a workspace's data: how much there is of what, how fresh it is, and what needs a person's eye."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.core.sentences import Reason, refusals, tallied
from lvtu.core.units import moment, write_instant
from lvtu.core.words import known, say, spoken
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.identity.report import IdentityReport
    from lvtu.store.journeys.block import Block
    from lvtu.workspace import Workspace

_SHOWN = 20
_CONFLICTS = 10
_EVER = 1 << 62
_COLUMNS = ("event", "channel", "source")
_TROUBLES = ("shared_anonymous", "shared_identifiers", "unmatched_anonymous", "unmatched_identifiers", "quarantined")


@dataclass(frozen=True)
class Volume:
    """How much there is of one event, channel or source.

    Attributes:
        name: what it is called; None where the records say nothing.
        events: how many.
        customers: how many distinct ones.
        first, last: times of its events, µs.
    """

    name: str | None
    events: int
    customers: int
    first: int
    last: int

    def as_dict(self) -> dict[str, Any]:
        """The same with times as ISO-8601."""
        return {**asdict(self), "first": write_instant(self.first), "last": write_instant(self.last)}


@dataclass(frozen=True)
class Identity:
    """Who is who, counted over all events.

    Attributes:
        anonymous_customers: customers of whom no user id is known.
        anonymous_share: their share of all customers; None without customers.
        no_user: share of the events that say no user id; None without events.
        report: conflicts, unmatched and quarantined identifiers (`lvtu.identity.report`).
    """

    anonymous_customers: int
    anonymous_share: float | None
    no_user: float | None
    report: IdentityReport


@dataclass(frozen=True)
class Info:
    """The state of a workspace's data.

    Attributes:
        path: its folder.
        events, customers: how many.
        first, last: times of the first and last event, µs; None without events.
        received: when the last events were taken in, µs; None without events.
        age: from the last event to now, µs; None without events, negative where it lies in the future.
        repeats: events that were there already when they came again.
        commits: how often data was added.
        size: bytes on disk.
        by_event, by_channel, by_source: volumes, most events first.
        quarantine: rows set aside, by reason, most frequent first.
        identity: who is who; None unless it was asked for.
        simulated: whether there are simulated events among them.
    """

    path: str
    events: int
    customers: int
    first: int | None
    last: int | None
    received: int | None
    age: int | None
    repeats: int
    commits: int
    size: int
    by_event: tuple[Volume, ...]
    by_channel: tuple[Volume, ...]
    by_source: tuple[Volume, ...]
    quarantine: dict[Reason, int]
    identity: Identity | None = None
    simulated: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values: times as ISO-8601, durations in µs, shares from 0 to 1."""
        volumes = {f"by_{name}": [v.as_dict() for v in getattr(self, f"by_{name}")] for name in _COLUMNS}
        times = {
            name: None if (at := getattr(self, name)) is None else write_instant(at)
            for name in ("first", "last", "received")
        }
        rest = {name: getattr(self, name) for name in ("age", "repeats", "commits", "size")}
        identity = self.identity
        who = None if identity is None else {
            "anonymous_customers": identity.anonymous_customers, "anonymous_share": identity.anonymous_share,
            "no_user": identity.no_user,
            **identity.report.as_dict(),
        }  # fmt: skip
        head = {"path": self.path, "events": self.events, "customers": self.customers}
        return {
            **head,
            **times,
            **rest,
            **volumes,
            "quarantine": tallied(self.quarantine),
            "identity": who,
            "simulated": self.simulated,
        }

    def sections(self) -> list[tuple[str, pa.Table]]:
        """The volumes as tables with their titles, for people."""
        volumes = [(say(f"info.by_{name}"), getattr(self, f"by_{name}"), name) for name in _COLUMNS]
        return [(_title(title, len(rows)), _table(rows, name)) for title, rows, name in volumes if rows]

    def lines(self) -> list[str]:
        """Everything that is no table, for people."""
        if self.first is None or self.last is None or self.received is None or self.age is None:
            return [self.path, say("info.empty", path=self.path), *self._books()]
        lines = [
            self.path,
            *([say("notes.simulated")] if self.simulated else []),
            say("info.volume", events=f"{self.events:,}", customers=f"{self.customers:,}"),
            say("info.span", first=_minute(self.first), last=_minute(self.last)),
            say("info.fresh", age=_age(self.age), received=_minute(self.received)),
        ]
        return [*lines, *self._books(), *self._identity_lines()]

    def _books(self) -> list[str]:
        lines = [say("info.commits", commits=f"{self.commits:,}", size=_bytes(self.size))]
        lines.append(say("info.repeats", repeats=f"{self.repeats:,}"))
        waiting = sum(self.quarantine.values())
        lines.append(say("info.quarantine", rows=f"{waiting:,}") if waiting else say("info.quarantine_none"))
        return lines + refusals(self.quarantine, 8)

    def _identity_lines(self) -> list[str]:
        if self.identity is None:
            return [say("info.more_with_full", path=self.path)]
        found = self.identity.report
        share, no_user = (
            f"{100 * (part or 0.0):.1f}%" for part in (self.identity.anonymous_share, self.identity.no_user)
        )
        told = [
            say("info.no_user", share=no_user),
            say("info.anonymous", customers=f"{self.identity.anonymous_customers:,}", share=share),
            say("info.joined_customers", customers=f"{found.counts['joined_customers']:,}"),
            *(say(f"info.{name}", ids=f"{found.counts[name]:,}") for name in _TROUBLES),
        ]
        lines = ["", say("info.identity"), *(f"  {line}" for line in told)]
        conflicts = (*found.shared_anonymous, *found.shared_identifiers)
        if conflicts:
            every = found.counts["shared_anonymous"] + found.counts["shared_identifiers"]
            lines += ["", _title(say("info.conflicts"), every, _CONFLICTS)]
        return lines + [
            f"  {c.kind} {c.id}: {', '.join(c.users)}{' …' if c.touches > len(c.users) else ''}"
            for c in conflicts[:_CONFLICTS]
        ]

    def _repr_html_(self) -> str:
        from lvtu.analyses.html import page

        return page(self.lines(), self.sections())

    def __str__(self) -> str:
        from lvtu.analyses.text import as_text

        parts = ["\n".join(self.lines())]
        for title, table in self.sections():
            heads = [known(f"columns.{name}") or name for name in table.column_names]
            parts.append(f"{title}\n{as_text(table.rename_columns(heads))}")
        return "\n\n".join(parts)


def describe(ws: Workspace, *, full: bool = False) -> Info:
    """The state of a workspace's data.

    Args:
        ws: the workspace.
        full: also who is who, which reads every event once.
    """
    snapshot = ws.snapshot()
    blocks = snapshot.blocks
    events, customers = sum(map(events_in, blocks)), sum(map(customers_in, blocks))
    first, last = snapshot.times if events else (None, None)
    volumes = _all_volumes(snapshot) if events else [(), (), ()]
    commits = ws._ledger.commits()
    return Info(
        path=str(ws.layout.root),
        events=events,
        customers=customers,
        first=first,
        last=last,
        received=max((commit.time for commit in commits if commit.events), default=None),
        age=None if last is None else time.time_ns() // 1000 - last,
        repeats=ws.repeats,
        commits=len(commits),
        size=sum(path.stat().st_size for path in ws.layout.root.rglob("*") if path.is_file()),
        by_event=volumes[0],
        by_channel=volumes[1],
        by_source=volumes[2],
        quarantine=_waiting(ws),
        identity=_identity(ws, snapshot) if full else None,
        simulated=ws.simulated,
    )


def summary_html(ws: Workspace) -> str:
    """A workspace at a glance, as HTML: how much there is, of which events, and what waits in the quarantine."""
    from lvtu.analyses.html import page

    snapshot, name = ws.snapshot(), ws.layout.root.name
    blocks = snapshot.blocks
    if not (events := sum(map(events_in, blocks))):
        return page([name, say("info.empty", path=name)])
    first, last = snapshot.times
    waiting = sum(_waiting(ws).values())
    lines = [
        name,
        *([say("notes.simulated")] if ws.simulated else []),
        say("info.volume", events=f"{events:,}", customers=f"{sum(map(customers_in, blocks)):,}"),
        say("info.span", first=_minute(first), last=_minute(last)),
        *([say("info.quarantine", rows=f"{waiting:,}")] if waiting else []),
    ]
    by_event = volumes_by(snapshot, "event")
    return page(lines, [(_title(say("info.by_event"), len(by_event)), _table(by_event, "event"))])


def _waiting(ws: Workspace) -> dict[Reason, int]:
    from lvtu.store.quarantine import Quarantine

    return Quarantine(ws.layout.quarantine).reasons()


def events_in(block: Block) -> int:
    """The events of a block that count."""
    return int(np.diff(block.column("offsets"))[block.keep.astype(bool)].sum()) if len(block.keep) else block.rows


def customers_in(block: Block) -> int:
    """The customers of a block who count."""
    return int(np.count_nonzero(block.keep)) if len(block.keep) else block.customers


def _all_volumes(snapshot: Snapshot) -> list[tuple[Volume, ...]]:
    snapshot.prepare(["source"])
    return [volumes_by(snapshot, name) for name in _COLUMNS]


def volumes_by(snapshot: Snapshot, name: str) -> tuple[Volume, ...]:
    """Volumes by the values of a column, most events first."""
    from lvtu.kernels.periods import per_period, widen

    names = snapshot.names(name)
    events, customers, money = (np.zeros((1, len(names)), np.int64) for _ in range(3))
    first, last = np.full(len(names), _EVER), np.full(len(names), -_EVER)
    always = np.array([-_EVER])
    for block in snapshot.blocks:
        codes, times, offsets = block.codes(name)[0], block.column("time"), block.column("offsets")
        seen = np.full((1, len(names)), -1, np.int64)
        per_period(
            offsets, times, block.column("value"), block.keep, np.empty(0, np.uint8), codes, always, -_EVER, _EVER,
            seen, events, customers, money,
        )  # fmt: skip
        if len(block.keep):
            shown = np.repeat(block.keep, np.diff(offsets)).astype(bool)
            codes, times = codes[shown], times[shown]
        widen(first, last, codes, times)
    ranked = np.argsort(-events[0], kind="stable")
    return tuple(
        Volume(
            names[code] if code else None,
            int(events[0, code]),
            int(customers[0, code]),
            int(first[code]),
            int(last[code]),
        )
        for code in ranked.tolist()
        if events[0, code]
    )


def _identity(ws: Workspace, snapshot: Snapshot) -> Identity:
    from lvtu.identity.report import identity_report
    from lvtu.identity.stitch import observe
    from lvtu.store.journeys.arrivals import COLUMNS, DICTIONARY, gather_arrivals

    arrivals = gather_arrivals(snapshot.lake.read(COLUMNS, dictionary=DICTIONARY), ws._seed)
    resolution: Any = ws._who.stitch()(arrivals)
    owners = np.unique(resolution.owners(arrivals.user, arrivals.anonymous, arrivals.time))
    anonymous = int(np.count_nonzero(owners >= resolution.n_users))
    report = identity_report(observe(arrivals, ws._seed), resolution)
    share = anonymous / len(owners) if len(owners) else None
    return Identity(anonymous, share, float((arrivals.user < 0).mean()) if len(owners) else None, report)


def _table(volumes: tuple[Volume, ...], name: str) -> pa.Table:
    times = pa.timestamp("us", "UTC")
    missing = say("info.missing")
    rows = volumes[:_SHOWN]
    return pa.table(
        {
            name: pa.array([missing if row.name is None else row.name for row in rows], pa.string()),
            "events": pa.array([row.events for row in rows], pa.int64()),
            "customers": pa.array([row.customers for row in rows], pa.int64()),
            "first": pa.array([row.first for row in rows], times),
            "last": pa.array([row.last for row in rows], times),
        }
    )


def _title(title: str, rows: int, most: int = _SHOWN) -> str:
    return title if rows <= most else f"{title} ({say('info.shown', shown=most, all=f'{rows:,}')})"


def _minute(at: int) -> str:
    return f"{moment(at):%Y-%m-%d %H:%M} UTC"


def _age(micros: int) -> str:
    from lvtu.core.units import spell

    return spoken(spell(max(0, micros)))


def _bytes(size: float) -> str:
    for unit in ("B", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
