"""The tables of who is who that a generation keeps: made by a build, carried on when a tail is merged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lvtu.kernels.identity import gather_shared, scan_devices
from lvtu.store.journeys.arrivals import Arrivals, Stitched
from lvtu.store.journeys.columns import Array, write_column
from lvtu.store.journeys.keys import KeyTable
from lvtu.store.journeys.owners import Owners
from lvtu.store.journeys.who import NOBODY, SEVERAL, TABLES, Known

_NEVER = np.iinfo(np.int64).min


@dataclass
class People:
    """The tables of ids and what `Known` reads beside them, by name."""

    users: KeyTable
    anonymous: KeyTable
    tables: dict[str, Array]

    def save(self, folder: Path) -> None:
        """Write them into a generation's folder."""
        self.users.save(folder, "users")
        self.anonymous.save(folder, "anonymous")
        for name in TABLES:
            write_column(folder / f"{name}.arrow", np.ascontiguousarray(self.tables[name]))


def of_build(arrivals: Arrivals, stitched: Stitched, numbers: Array) -> People:
    """The tables of a whole build.

    Args:
        arrivals: its rows.
        stitched: who is who.
        numbers: the customer number of every line, in the order of the journeys.
    """
    rank = np.full(len(stitched.customer_key[0]), -1, np.int32)
    rank[numbers] = np.arange(len(numbers), dtype=np.int32)
    turns = stitched.turns
    devices = arrivals.anonymous_ids.known
    last, only = np.full(devices, _NEVER), np.full(devices, NOBODY, np.int32)
    scan_devices(arrivals.anonymous, arrivals.user, arrivals.time, last, only)
    shared = (only == SEVERAL).view(np.uint8)
    rows = np.empty(len(arrivals.time) if shared.any() else 0, np.int64)
    if len(rows):
        rows = rows[: gather_shared(arrivals.anonymous, arrivals.user, shared, rows)]
    pairs = _pairs(arrivals.anonymous[rows], arrivals.user[rows])
    return People(
        arrivals.users,
        arrivals.anonymous_ids,
        {
            "rank": rank, "of_user": stitched.customer_of_user, "of_anonymous": stitched.customer_of_anonymous,
            "turn_starts": turns.starts, "turn_times": turns.times, "turn_customers": turns.customers,
            "device_last": last, "device_user": only, "shared_device": pairs[0], "shared_user": pairs[1],
            "linked": stitched.linked.view(np.uint8),
            "awaited_hi": stitched.awaited[0], "awaited_lo": stitched.awaited[1],
        },
    )  # fmt: skip


def after(known: Known, arrivals: Arrivals, owners: Owners, line_of_old: Array, line_of_new: Array) -> People:
    """The tables once a tail is in its place.

    Args:
        known: the base's.
        arrivals, owners: the tail and whose it is.
        line_of_old: the new line of each of the base's lines, among all buckets; -1 for one that is gone.
        line_of_new: the line of each new customer.
    """
    moving = _Moving(known, arrivals, owners)
    rank = np.full(moving.users.known + moving.anonymous.known, -1, np.int32)
    had = np.flatnonzero(known.rank >= 0)
    rank[moving.number(had)] = line_of_old[known.rank[had]]
    rank[moving.number(owners.new.numbers)] = line_of_new
    of_user, of_anonymous = moving.of_user(), moving.of_anonymous()
    starts, times, customers = moving.turns()
    last, only, shared = moving.devices()
    return People(
        moving.users,
        moving.anonymous,
        {
            "rank": rank, "of_user": of_user, "of_anonymous": of_anonymous,
            "turn_starts": starts, "turn_times": times, "turn_customers": customers,
            "device_last": last, "device_user": only, "shared_device": shared[0], "shared_user": shared[1],
            "linked": moving.grown(known.linked, 0), "awaited_hi": known.awaited_hi, "awaited_lo": known.awaited_lo,
        },
    )  # fmt: skip


class _Moving:
    """From the numbers of a base and its tail to those of the next generation."""

    def __init__(self, known: Known, arrivals: Arrivals, owners: Owners) -> None:
        self.known, self.arrivals, self.who = known, arrivals, owners.who
        self.users, self.user_at = _grown(known.users, arrivals.users)
        self.anonymous, self.device_at = _grown(known.anonymous, arrivals.anonymous_ids)
        self._new_device = np.flatnonzero(self.who.device_row < 0)
        changed = np.array(self.who.changed, np.int64)
        self._theirs = np.concatenate([changed, self._new_device])

    def number(self, numbers: Array) -> Array:
        """Customer numbers as they will be; -1 stays."""
        known, tail_users = self.known.numbers, len(self.user_at)
        at = np.concatenate([self.user_at, self.device_at + self.users.known]).astype(np.int64)
        out = numbers.astype(np.int64)
        base_device = (out >= self.known.users.known) & (out < known)
        tail = out >= known
        out[tail] = at[out[tail] - known]
        out[base_device] += self.users.known - self.known.users.known
        assert tail_users + len(self.device_at) == len(at)
        return out

    def grown(self, column: Array, value: int) -> Array:
        """A column of the anonymous ids, with room for the new ones."""
        more = self.anonymous.known - len(column)
        return np.append(column, np.full(more, value, column.dtype))

    def of_user(self) -> Array:
        out = np.empty(self.users.known, np.int32)
        out[: self.known.users.known] = self.number(self.known.of_user)
        new = np.flatnonzero(self.who.user_row < 0)
        out[self.user_at[new]] = self.number(self.who.of_user[new])
        return out

    def of_anonymous(self) -> Array:
        out = self.grown(self.number(self.known.of_anonymous).astype(np.int32), -1)
        out[self.device_at[self._theirs]] = self.number(self.who.of_device[self._theirs])
        return out

    def turns(self) -> tuple[Array, Array, Array]:
        """Starts, times and customers of the turns; those of `_theirs` come from the tail."""
        known, tail = self.known, self.who.turns
        counts = self.grown(np.diff(known.turn_starts), 0)
        kept = np.repeat(~np.isin(np.arange(len(counts)), self.device_at[self._theirs]), counts)
        own = np.diff(tail.starts)[self._theirs]
        counts[self.device_at[self._theirs]] = own
        starts = np.zeros(len(counts) + 1, np.int64)
        np.cumsum(counts, out=starts[1:])
        fresh = np.zeros(len(counts), bool)
        fresh[self.device_at[self._theirs]] = True
        of_tail = np.repeat(fresh, counts)
        order = self._theirs[np.argsort(self.device_at[self._theirs], kind="stable")]
        rows = np.concatenate([np.arange(*tail.starts[d : d + 2]) for d in order] or [np.empty(0, np.int64)])
        times, customers = np.empty(len(of_tail), np.int64), np.empty(len(of_tail), np.int32)
        times[~of_tail], times[of_tail] = known.turn_times[kept], tail.times[rows]
        customers[~of_tail] = self.number(known.turn_customers[kept])
        customers[of_tail] = self.number(tail.customers[rows])
        return starts, times, customers

    def devices(self) -> tuple[Array, Array, tuple[Array, Array]]:
        """When each was last seen, the one user who signed in on it, and all users where they are several."""
        last, only = self.grown(self.known.device_last, _NEVER), self.grown(self.known.device_user, NOBODY)
        with_device = self.arrivals.anonymous >= 0
        np.maximum.at(last, self.device_at[self.arrivals.anonymous[with_device]], self.arrivals.time[with_device])
        now = self.device_at[self.who.sign_ins[:, 0]], self.user_at[self.who.sign_ins[:, 1]]
        before = np.unique(now[0])
        before = before[only[before] >= 0]
        device, user = _pairs(
            np.concatenate([self.known.shared_device, before, now[0]]),
            np.concatenate([self.known.shared_user, only[before], now[1]]),
        )
        several = np.bincount(device, minlength=len(only))[device] > 1
        only[device] = np.where(several, SEVERAL, user)
        return last, only, (device[several], user[several])


def _grown(base: KeyTable, tail: KeyTable) -> tuple[KeyTable, Array]:
    """The base's table with the tail's ids, and the row of each of these."""
    table, known = base.copy(), tail.known
    return table, table.add(tail.hi[:known], tail.lo[:known], tail.first_time[:known], 0)


def _pairs(device: Array, user: Array) -> tuple[Array, Array]:
    """Distinct pairs, by anonymous id."""
    both = np.unique(device.astype(np.int64) << 32 | user.astype(np.int64))
    return (both >> 32).astype(np.int32), (both & 0xFFFFFFFF).astype(np.int32)
