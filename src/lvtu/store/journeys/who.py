"""Who is who among fresh events: decided against what the base knows, without resolving everyone again.

An id that is new, or that goes on as before, is a matter of look-ups. Somebody who signs in on an anonymous id gets
its turns from then on; only what reaches back behind what the base has seen of that id needs a new build.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from lvtu.store.journeys.arrivals import Arrivals, Turns
from lvtu.store.journeys.columns import Array, open_array
from lvtu.store.journeys.keys import CROWD, KeyTable
from lvtu.store.journeys.manifest import Manifest

NOBODY, SEVERAL = -1, -2
"""Who signed in on an anonymous id, where it is not one user."""

TABLES = (
    "rank", "of_user", "of_anonymous", "turn_starts", "turn_times", "turn_customers", "device_last", "device_user",
    "shared_device", "shared_user", "linked", "awaited_hi", "awaited_lo",
)  # fmt: skip
"""What is kept of who is who beside the tables of ids."""


class NeedsRebuild(Exception):
    """Fresh events change who is who in a way that only a new build settles."""


class Known:
    """What the base knows of who is who, mapped from its folder.

    Customers are numbers: a row of the users, or their count and a row of the anonymous ids.

    Attributes:
        users, anonymous: the tables of ids.
        rank: the place of each customer among the lines of all buckets, -1 without one.
        of_user, of_anonymous: the customer of each id, -1 where it depends on the time.
        turn_starts, turn_times, turn_customers: whose it is then (`Turns`).
        device_last: the latest event of each anonymous id, µs.
        device_user: the user who signed in on it, or `NOBODY` or `SEVERAL`.
        shared_device, shared_user: all who did, where they are several, by anonymous id.
        linked: 1 for anonymous ids that something else than sign-ins joins, or has joined.
        awaited_hi, awaited_lo: keys of ids that are named by others, and would join them if they turned up.
        firsts: the first line of each bucket among all.
        lows: the smallest key of each bucket, the high half.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.users, self.anonymous = KeyTable.load(folder, "users"), KeyTable.load(folder, "anonymous")
        (
            self.rank, self.of_user, self.of_anonymous, self.turn_starts, self.turn_times, self.turn_customers,
            self.device_last, self.device_user, self.shared_device, self.shared_user, self.linked,
            self.awaited_hi, self.awaited_lo,
        ) = (open_array(folder / f"{name}.arrow") for name in TABLES)  # fmt: skip
        self.firsts = np.concatenate([[0], np.cumsum([b.customers for b in manifest.buckets])]).astype(np.int64)
        self.lows = np.array([b.low for b in manifest.buckets], np.uint64)

    @property
    def numbers(self) -> int:
        """How many customer numbers there are: users, then anonymous ids."""
        return self.users.known + self.anonymous.known

    @cached_property
    def joined(self) -> Array:
        """Which customers have several users."""
        several: Array = np.bincount(self.of_user, minlength=self.numbers) > 1
        return several

    def turns_of(self, device: int) -> tuple[Array, Array]:
        """The times and customers of an anonymous id's turns; one turn where it has one customer."""
        only = int(self.of_anonymous[device])
        if only >= 0:
            return self.anonymous.first_time[device : device + 1], np.array([only], np.int64)
        turn = slice(int(self.turn_starts[device]), int(self.turn_starts[device + 1]))
        return self.turn_times[turn], self.turn_customers[turn].astype(np.int64)

    def signed(self, device: int) -> set[int]:
        """The users who signed in on an anonymous id."""
        only = int(self.device_user[device])
        if only != SEVERAL:
            return set() if only == NOBODY else {only}
        first, last = np.searchsorted(self.shared_device, [device, device + 1])
        return set(self.shared_user[first:last].tolist())


@dataclass
class Rows:
    """`Turns` as plain arrays."""

    starts: Array
    times: Array
    customers: Array


@dataclass
class Who:
    """Who is who among the ids of a tail. Numbers of customers: the base's, then the tail's users and anonymous ids.

    Attributes:
        user_row, device_row: each id's row in the base's table, -1 for a new one.
        of_user: the customer of each user, int32.
        of_device: the customer of each anonymous id, -1 where it depends on the time, int32.
        turns: whose it is then.
        moved: customers of the base that were an anonymous id on which nobody had signed in, with that id's place.
        changed: places of the anonymous ids, known to the base, that have got other owners.
        sign_ins: (anonymous id, user) by place, every pair once.
    """

    user_row: Array
    device_row: Array
    of_user: Array
    of_device: Array
    turns: Turns
    moved: dict[int, int] = field(default_factory=dict)
    changed: list[int] = field(default_factory=list)
    sign_ins: Array = field(default_factory=lambda: np.empty((0, 2), np.int64))

    def at(self, device: int, times: Array) -> Array:
        """The customer of an anonymous id at some times."""
        if self.of_device[device] >= 0:
            return np.full(len(times), self.of_device[device], np.int64)
        turn = slice(int(self.turns.starts[device]), int(self.turns.starts[device + 1]))
        return _at(self.turns.times[turn], self.turns.customers[turn], times)


def _at(times: Array, customers: Array, when: Array) -> Array:
    """Whose turn it was, else whose came next."""
    found: Array = customers[np.maximum(np.searchsorted(times, when, side="right") - 1, 0)]
    return found


def decide(arrivals: Arrivals, known: Known, joins: Collection[str]) -> Who:
    """Say who is who among the ids of a tail.

    Raises:
        NeedsRebuild: an alias or a joining identifier; an id that others wait for; an event that makes another id
            the earliest of a customer with several; a sign-in that changes what was before it; an anonymous id that
            too many users sign in on.
    """
    if any(said.kind == "previous_id" or said.kind in joins for said in arrivals.said):
        raise NeedsRebuild
    users, devices = arrivals.users, arrivals.anonymous_ids
    user_row = known.users.find(users.hi[: users.known], users.lo[: users.known])
    device_row = known.anonymous.find(devices.hi[: devices.known], devices.lo[: devices.known])
    for table, row in ((users, user_row), (devices, device_row)):
        if len(known.awaited_hi) and _among(table, row < 0, known):
            raise NeedsRebuild
    _check_earliest(arrivals, known, user_row, device_row)
    of_user = known.numbers + np.arange(users.known)
    of_user[user_row >= 0] = known.of_user[user_row[user_row >= 0]]
    return _SignIns(arrivals, known, user_row, device_row, of_user).decide()


def _among(table: KeyTable, which: Array, known: Known) -> bool:
    """Whether one of these ids is awaited."""
    hi, lo = (keys[: table.known][which] for keys in (table.hi, table.lo))
    return bool((np.isin(hi, known.awaited_hi) & np.isin(lo, known.awaited_lo)).any())


def _check_earliest(arrivals: Arrivals, known: Known, user_row: Array, device_row: Array) -> None:
    """A customer is called by its earliest id: with several, an earlier event may change which that is."""
    places = (user_row, arrivals.users, known.users), (device_row, arrivals.anonymous_ids, known.anonymous)
    user, device = (
        row[row >= 0][table.first_time[: table.known][row >= 0] < base.first_time[row[row >= 0]]]
        for row, table, base in places
    )
    if len(user) and known.joined[known.of_user[user]].any():
        raise NeedsRebuild
    if len(device) and (known.linked[device] & (known.of_anonymous[device] >= known.users.known)).any():
        raise NeedsRebuild


class _SignIns:
    """The owners of a tail's anonymous ids, once everybody has signed in who does."""

    def __init__(self, arrivals: Arrivals, known: Known, user_row: Array, device_row: Array, of_user: Array) -> None:
        self.known, self.user_row, self.device_row, self.of_user = known, user_row, device_row, of_user
        self.of = known.numbers + arrivals.users.known + np.arange(len(device_row))
        self.of[device_row >= 0] = known.of_anonymous[device_row[device_row >= 0]]
        self.turns: dict[int, tuple[Array, Array]] = {}
        self.moved: dict[int, int] = {}
        self.changed: list[int] = []
        both = np.flatnonzero((arrivals.user >= 0) & (arrivals.anonymous >= 0))
        order = both[np.lexsort((arrivals.time[both], arrivals.anonymous[both]))]
        self.device, self.user, self.time = (
            column[order] for column in (arrivals.anonymous, arrivals.user, arrivals.time)
        )
        self.customer = of_user[self.user]

    def decide(self) -> Who:
        starts = np.flatnonzero(np.diff(self.device, prepend=-1))
        ends = np.append(starts[1:], len(self.device))
        for place in np.flatnonzero(~self._goes_on(starts)).tolist():
            self._sign_in(slice(int(starts[place]), int(ends[place])))
        for device in np.flatnonzero(self.of < 0).tolist():
            if device not in self.turns:
                self.turns[device] = self.known.turns_of(int(self.device_row[device]))
        pairs = np.unique(np.stack([self.device, self.user], axis=1).astype(np.int64), axis=0)
        return Who(
            self.user_row, self.device_row, self.of_user.astype(np.int32), self.of.astype(np.int32), self._rows(),
            self.moved, self.changed, pairs,
        )  # fmt: skip

    def _goes_on(self, starts: Array) -> Array:
        """By anonymous id: whether only that user signs in who did before and whose it is. So it is nearly always."""
        if not len(starts):
            return np.zeros(0, bool)
        row, user = self.device_row[self.device], self.user_row[self.user]
        same = (row >= 0) & (user >= 0) & (self.of[self.device] == self.customer)
        same[same] = self.known.device_user[row[same]] == user[same]
        all_same: Array = np.logical_and.reduceat(same, starts)
        return all_same

    def _sign_in(self, rows: slice) -> None:
        """Let the tail's sign-ins on one anonymous id, by time, take their turns."""
        device, times, customers = int(self.device[rows.start]), self.time[rows], self.customer[rows]
        row = int(self.device_row[device])
        before = self.known.signed(row) if row >= 0 else set()
        now = {int(self.user_row[user]) if self.user_row[user] >= 0 else ~user for user in self.user[rows].tolist()}
        linked = row >= 0 and self.known.linked[row]
        if len(before) > CROWD and not linked:
            return  # too many to decide anything; nobody's sign-in does
        if len(before | now) > CROWD or (linked and (customers != self.of[device]).any()):
            raise NeedsRebuild
        if linked:
            return
        if ((times[1:] == times[:-1]) & (customers[1:] != customers[:-1])).any():
            raise NeedsRebuild  # whose name comes first decides: left to identity
        if before:
            self._go_on(device, row, times, customers)
            return
        self._take(device, times, customers)
        if row >= 0:
            self.moved[self.known.users.known + row] = device

    def _go_on(self, device: int, row: int, times: Array, customers: Array) -> None:
        """Add turns to those the base knows. What lies behind must be as it was."""
        turn_times, turn_customers = self.known.turns_of(row)
        behind = times <= self.known.device_last[row]
        if (_at(turn_times, turn_customers, times[behind]) != customers[behind]).any():
            raise NeedsRebuild
        times, customers = times[~behind], customers[~behind]
        if (customers != turn_customers[-1]).any():
            self._take(device, np.append(turn_times, times), np.append(turn_customers, customers))

    def _take(self, device: int, times: Array, customers: Array) -> None:
        new = np.diff(customers, prepend=-1) != 0
        self.of[device] = -1
        if new.sum() == 1:
            self.of[device] = customers[0]
        else:
            self.turns[device] = (times[new], customers[new])
        if self.device_row[device] >= 0:
            self.changed.append(device)

    def _rows(self) -> Rows:
        counts = np.zeros(len(self.of) + 1, np.int64)
        devices = sorted(self.turns)
        counts[np.array(devices, np.int64) + 1] = [len(self.turns[device][0]) for device in devices]
        times = np.concatenate([np.empty(0, np.int64), *(self.turns[device][0] for device in devices)])
        customers = np.concatenate([np.empty(0, np.int64), *(self.turns[device][1] for device in devices)])
        return Rows(np.cumsum(counts), times, customers.astype(np.int32))
