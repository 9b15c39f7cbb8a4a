"""Whose fresh events are: decided against what the base knows, without resolving everyone again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lvtu.store.journeys.arrivals import Arrivals
from lvtu.store.journeys.block import BaseBlock
from lvtu.store.journeys.columns import Array, open_array
from lvtu.store.journeys.keys import KeyTable
from lvtu.store.journeys.manifest import Manifest


class NeedsRebuild(Exception):
    """Fresh events change who is who in a way that only a new build settles."""


@dataclass
class Owners:
    """Where each row of the tail belongs.

    Attributes:
        bucket: by row.
        line: by row: the bucket's customer, or from the bucket's size on a new customer.
        names: what new customers are called, by line (one numbering for all buckets).
        moved: (bucket, rows) of the base that now belong to somebody else; they follow the arrivals in `bucket`
            and `line`, in this order.
        hidden: customers of a bucket whose rows have moved away.
    """

    bucket: Array
    line: Array
    names: dict[int, str]
    moved: list[tuple[int, Array]]
    hidden: dict[int, Array]


class Known:
    """What the base knows of who is who, mapped from its folder."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.users, self.anonymous = KeyTable.load(folder, "users"), KeyTable.load(folder, "anonymous")
        names = ("rank", "of_user", "of_anonymous", "turn_starts", "turn_times", "turn_customers")
        self.rank, self.of_user, self.of_anonymous, self.turn_starts, self.turn_times, self.turn_customers = (
            open_array(folder / f"{name}.arrow") for name in names
        )
        self.firsts = np.concatenate([[0], np.cumsum([b.customers for b in manifest.buckets])]).astype(np.int64)
        self.lows = np.array([b.low for b in manifest.buckets], np.uint64)

    @property
    def numbers(self) -> int:
        """How many customer numbers the resolution had: users, then anonymous ids."""
        return self.users.known + self.anonymous.known


def own(arrivals: Arrivals, known: Known, joins: Collection[str], buckets: Sequence[BaseBlock]) -> Owners:
    """Say whose the rows of a tail are.

    An anonymous id that the base knows as a customer of its own, and that one user now signs in on, moves to that
    user with all its rows.

    Raises:
        NeedsRebuild: an alias, a joining identifier, or a sign-in that splits what the base holds together.
    """
    if any(said.kind == "previous_id" or said.kind in joins for said in arrivals.said):
        raise NeedsRebuild
    user_of = _users(arrivals, known)
    device_of, moves = _devices(arrivals, known, user_of)
    number = _numbers(arrivals, known, user_of, device_of)
    bucket, line, names = _places(arrivals, known, number, buckets)
    return _with_moved(Owners(bucket, line, names, [], {}), known, moves, number, buckets)


def _users(arrivals: Arrivals, known: Known) -> Array:
    """The customer number of every user of the tail; new users follow the base's numbers."""
    table = arrivals.users
    row = known.users.find(table.hi[: table.known], table.lo[: table.known])
    new = known.numbers + np.arange(table.known)
    if not known.users.known:
        return new
    out: Array = np.where(row >= 0, known.of_user[np.maximum(row, 0)], new)
    return out


def _devices(arrivals: Arrivals, known: Known, user_of: Array) -> tuple[Array, dict[int, int]]:
    """The customer of every anonymous id of the tail (-1: by time), and who moves to whom."""
    table = arrivals.anonymous_ids
    row = known.anonymous.find(table.hi[: table.known], table.lo[: table.known])
    itself = known.numbers + arrivals.users.known + np.arange(table.known)
    of = known.of_anonymous[np.maximum(row, 0)] if known.anonymous.known else np.full(len(row), -1)
    out = np.where(row >= 0, of, itself).astype(np.int64)
    both = (arrivals.user >= 0) & (arrivals.anonymous >= 0)
    pairs = np.unique(np.stack([arrivals.anonymous[both], user_of[arrivals.user[both]]], axis=1), axis=0)
    devices, counts = np.unique(pairs[:, 0], return_counts=True)
    moves: dict[int, int] = {}
    first = dict(zip(pairs[::-1, 0].tolist(), pairs[::-1, 1].tolist(), strict=True))
    for device, users in zip(devices.tolist(), counts.tolist(), strict=True):
        user, now = first[device], int(out[device])
        if row[device] < 0:
            out[device] = user if users == 1 else -1
        elif users > 1 or now < 0:
            raise NeedsRebuild
        elif now != user:
            if now != known.users.known + row[device]:
                raise NeedsRebuild
            moves[now] = user
            out[device] = user
    if moves and any(int(o) in moves for o in out.tolist()):
        raise NeedsRebuild  # another id shares the customer that moves
    return out, moves


def _numbers(arrivals: Arrivals, known: Known, user_of: Array, device_of: Array) -> Array:
    """The customer number of every row."""
    number = np.full(len(arrivals.time), -1, np.int64)
    with_user = arrivals.user >= 0
    number[with_user] = user_of[arrivals.user[with_user]]
    only = ~with_user & (arrivals.anonymous >= 0)
    number[only] = device_of[arrivals.anonymous[only]]
    by_time = np.flatnonzero(only & (number < 0))
    for place in by_time.tolist():
        number[place] = _by_turn(arrivals, known, user_of, int(arrivals.anonymous[place]), int(arrivals.time[place]))
    return number


def _by_turn(arrivals: Arrivals, known: Known, user_of: Array, device: int, time: int) -> int:
    """Who was signed in on an anonymous id at a time, else who signs in next."""
    table = arrivals.anonymous_ids
    row = int(known.anonymous.find(table.hi[device : device + 1], table.lo[device : device + 1])[0])
    if row >= 0:
        first, last = int(known.turn_starts[row]), int(known.turn_starts[row + 1])
        times, customers = known.turn_times[first:last], known.turn_customers[first:last]
    else:
        here = (arrivals.anonymous == device) & (arrivals.user >= 0)
        order = np.argsort(arrivals.time[here], kind="stable")
        times, customers = arrivals.time[here][order], user_of[arrivals.user[here]][order]
    turn = max(int(np.searchsorted(times, time, side="right")) - 1, 0)
    return int(customers[turn])


def _places(
    arrivals: Arrivals, known: Known, number: Array, buckets: Sequence[BaseBlock]
) -> tuple[Array, Array, dict[int, str]]:
    """Bucket and line of every row; new customers get lines behind all of the base's."""
    old = number < known.numbers
    rank = np.where(old, known.rank[np.where(old, number, 0)], -1) if known.numbers else np.full(len(number), -1)
    in_base = rank >= 0
    bucket = np.searchsorted(known.firsts, rank, side="right") - 1
    line = rank - known.firsts[np.maximum(bucket, 0)]
    most = max((block.customers for block in buckets), default=0)
    fresh, inverse = np.unique(number[~in_base], return_inverse=True)
    line[~in_base] = most + inverse
    bucket[~in_base] = _buckets_of(fresh, arrivals, known)[inverse]
    return bucket, line, _names(fresh, most, arrivals, known)


def _buckets_of(fresh: Array, arrivals: Arrivals, known: Known) -> Array:
    hi = np.zeros(len(fresh), np.uint64)
    for place, number in enumerate(fresh.tolist()):
        hi[place] = _id_of(number, arrivals, known)[0]
    out: Array = np.maximum(np.searchsorted(known.lows, hi, side="right") - 1, 0)
    return out


def _names(fresh: Array, most: int, arrivals: Arrivals, known: Known) -> dict[int, str]:
    return {most + place: _id_of(number, arrivals, known)[1] for place, number in enumerate(fresh.tolist())}


def _id_of(number: int, arrivals: Arrivals, known: Known) -> tuple[int, str]:
    """The high half of the key of a customer new in the tail, and its text."""
    place = number - known.numbers
    if place < 0:
        raise NeedsRebuild  # the base knows the id but has no line for it
    if place < arrivals.users.known:
        return int(arrivals.users.hi[place]), str(arrivals.user_texts[place])
    place -= arrivals.users.known
    return int(arrivals.anonymous_ids.hi[place]), str(arrivals.anonymous_texts[place])


def _with_moved(
    owners: Owners, known: Known, moves: dict[int, int], number: Array, buckets: Sequence[BaseBlock]
) -> Owners:
    """Append the base's rows that go to another customer."""
    if not moves:
        return owners
    where = {int(n): (int(b), int(at)) for n, b, at in zip(number, owners.bucket, owners.line, strict=True)}
    extra_bucket, extra_line = [owners.bucket], [owners.line]
    for customer, to in moves.items():
        rank = int(known.rank[customer])
        if rank < 0:
            continue
        bucket = int(np.searchsorted(known.firsts, rank, side="right")) - 1
        line = rank - int(known.firsts[bucket])
        offsets = buckets[bucket].column("offsets")
        rows = np.arange(int(offsets[line]), int(offsets[line + 1]))
        owners.moved.append((bucket, rows))
        owners.hidden[bucket] = np.append(owners.hidden.get(bucket, np.empty(0, np.int64)), line)
        extra_bucket.append(np.full(len(rows), where[to][0]))
        extra_line.append(np.full(len(rows), where[to][1]))
    owners.bucket, owners.line = np.concatenate(extra_bucket), np.concatenate(extra_line)
    return owners
