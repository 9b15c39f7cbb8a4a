"""What a change of identity means for people: who joined, who split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lvtu.identity.edges import ANONYMOUS, USER, Identifier
from lvtu.identity.moves import moved
from lvtu.identity.observed import Longs
from lvtu.identity.resolution import Resolution


class Change(NamedTuple):
    """One customer that became several, or several that became one.

    Attributes:
        customer: the one.
        others: the several, the one's own name among them if it is kept.
    """

    customer: Identifier
    others: tuple[Identifier, ...]


class Handover(NamedTuple):
    """An anonymous id whose events without ``user_id``, or some of them, changed hands.

    Attributes:
        anonymous: the id.
        before: its former owners.
        after: its owners now.
    """

    anonymous: Identifier
    before: tuple[Identifier, ...]
    after: tuple[Identifier, ...]


@dataclass(frozen=True)
class Diff:
    """Who joined, split and moved between two resolutions; lists are cut, the totals are not.

    Attributes:
        joined: customers now that were several before, largest first.
        split: customers before that are several now, largest first.
        renamed: customers of the same users that go by another of their ids now.
        handed_over: anonymous ids with other owners.
        totals: how many of each there are in all.
    """

    joined: tuple[Change, ...]
    split: tuple[Change, ...]
    renamed: tuple[Change, ...]
    handed_over: tuple[Handover, ...]
    totals: dict[str, int]

    def __bool__(self) -> bool:
        return any(self.totals.values())

    def as_dict(self) -> dict[str, object]:
        """The same as plain JSON."""
        changes = {
            name: [{"customer": str(c.customer), into: [str(o) for o in c.others]} for c in getattr(self, name)]
            for name, into in (("joined", "from"), ("split", "into"), ("renamed", "to"))
        }
        handed = [{k: _plain(v) for k, v in h._asdict().items()} for h in self.handed_over]
        return {**changes, "handed_over": handed, "totals": dict(self.totals)}

    def __str__(self) -> str:
        lines = [f"joined   {c.customer} ← {_list(c.others)}" for c in self.joined]
        lines += [f"split    {c.customer} → {_list(c.others)}" for c in self.split]
        lines += [f"renamed  {c.customer} → {_list(c.others)}" for c in self.renamed]
        lines += [f"moved    {h.anonymous}: {_list(h.before)} → {_list(h.after)}" for h in self.handed_over]
        more = sum(self.totals.values()) - len(lines)
        return "\n".join([*lines, *([f"… and {more:,} more"] if more else [])]) or "nobody joined, split or moved"


def compare(old: Resolution, new: Resolution, limit: int = 20) -> Diff:
    """Say who joined, split and moved.

    A user that only the new resolution knows counts as one who stood alone before; a new anonymous
    id is no news. The tables of ``new`` are those of ``old``, grown at the end.

    Args:
        old: who was who.
        new: who is who.
        limit: how many of each to list.
    """
    after = new.customer_of_user.astype(np.int64)
    before = np.arange(new.n_users)
    before[: old.n_users] = old.customer_of_user
    pairs = np.unique(np.stack([before, after], axis=1), axis=0) if len(after) else np.zeros((0, 2), np.int64)
    was, now = pairs[:, 0], pairs[:, 1]
    merges, splits = np.bincount(now, minlength=1)[now] > 1, np.bincount(was, minlength=1)[was] > 1
    kept = merges | splits | (was == now)
    joined = _changes(new, now[merges], was[merges], limit)
    split = _changes(new, was[splits], now[splits], limit)
    renamed = _changes(new, was[~kept], now[~kept], limit)
    devices = moved(old, new).anonymous
    totals = {
        "joined": len(np.unique(now[merges])),
        "split": len(np.unique(was[splits])),
        "renamed": int((~kept).sum()),
        "handed_over": len(devices),
    }
    handed = tuple(_handover(old, new, int(row)) for row in devices[:limit])
    return Diff(joined, split, renamed, handed, totals)


def _changes(resolution: Resolution, one: Longs, others: Longs, limit: int) -> tuple[Change, ...]:
    """The largest groups of ``others`` (user rows) by ``one`` (user rows), named."""
    customers, sizes = np.unique(one, return_counts=True)
    largest = customers[np.argsort(-sizes, kind="stable")[:limit]]
    changes = []
    for customer in largest:
        rows = others[one == customer][: limit + 1]
        changes.append(Change(_user(resolution, customer), tuple(sorted(_user(resolution, row) for row in rows))))
    return tuple(changes)


def _user(resolution: Resolution, row: int) -> Identifier:
    return Identifier(USER, resolution.users.text(int(row)))


def _handover(old: Resolution, new: Resolution, row: int) -> Handover:
    before, after = (tuple(Identifier(*r.name(c)) for c in r.owners_of(row)) for r in (old, new))
    return Handover(Identifier(ANONYMOUS, new.anonymous.text(row)), before, after)


def _plain(value: Identifier | tuple[Identifier, ...]) -> str | list[str]:
    return str(value) if isinstance(value, Identifier) else [str(identifier) for identifier in value]


def _list(identifiers: tuple[Identifier, ...]) -> str:
    return ", ".join(map(str, identifiers))
