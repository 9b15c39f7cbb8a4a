"""Where fresh events belong: which line of which bucket, and what moves there from the base."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from lvtu.kernels.identity import owners as owners_of
from lvtu.store.journeys.arrivals import Arrivals
from lvtu.store.journeys.block import BaseBlock
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.keys import ANONYMOUS_KEY
from lvtu.store.journeys.who import Known, NeedsRebuild, Who, decide


@dataclass
class New:
    """The customers that the base has no line for.

    Attributes:
        first: the line of the first one; the others follow, in one numbering for all buckets.
        numbers: their customer numbers, ascending (see `Who`).
        bucket: where each belongs.
        hi, lo: their keys.
        names: what each is called.
    """

    first: int
    numbers: Array
    bucket: Array
    hi: Array
    lo: Array
    names: pa.Array


@dataclass
class Owners:
    """Where each row of the tail belongs.

    Attributes:
        bucket: by row.
        line: by row: the bucket's customer, or the line of a new one.
        new: the new customers.
        moved: (bucket, rows) of the base that now belong to somebody else; they follow the arrivals in `bucket`
            and `line`, in this order.
        hidden: customers of a bucket whose rows have moved away.
        who: who is who.
    """

    bucket: Array
    line: Array
    new: New
    moved: list[tuple[int, Array]]
    hidden: dict[int, Array]
    who: Who


def own(arrivals: Arrivals, known: Known, joins: Collection[str], buckets: Sequence[BaseBlock]) -> Owners:
    """Say whose the rows of a tail are.

    Anonymous ids on which somebody signs in for the first time move, with all that the base has of them.

    Raises:
        NeedsRebuild: only a new build settles who is who (see `decide`).
    """
    who = decide(arrivals, known, joins)
    number = np.empty(len(arrivals.time), np.int32)
    turns = who.turns
    owners_of(
        arrivals.user, arrivals.anonymous, arrivals.time, who.of_user, who.of_device, turns.starts, turns.times,
        turns.customers, number,
    )  # fmt: skip
    bucket, line, new = _places(arrivals, known, number, buckets)
    owners = Owners(bucket, line, new, [], {}, who)
    if who.moved:
        _move(owners, known, number, buckets)
    return owners


def _places(arrivals: Arrivals, known: Known, number: Array, buckets: Sequence[BaseBlock]) -> tuple[Array, Array, New]:
    """Bucket and line of every row; new customers get lines behind all of the base's."""
    rank = np.full(len(number), -1, np.int64)
    old = number < known.numbers
    rank[old] = known.rank[number[old]]
    in_base = rank >= 0
    bucket = np.searchsorted(known.firsts, rank, side="right") - 1
    line = rank - known.firsts[np.maximum(bucket, 0)]
    first = max((block.customers for block in buckets), default=0)
    fresh, inverse = np.unique(number[~in_base], return_inverse=True)
    new = _new(fresh.astype(np.int64), first, arrivals, known)
    line[~in_base] = first + inverse
    bucket[~in_base] = new.bucket[inverse]
    return bucket, line, new


def _new(fresh: Array, first: int, arrivals: Arrivals, known: Known) -> New:
    place = fresh - known.numbers
    if len(place) and place[0] < 0:
        raise NeedsRebuild  # the base knows the id but has no line for it
    users, devices = arrivals.users, arrivals.anonymous_ids
    cut = int(np.searchsorted(place, users.known))
    user, device = place[:cut], place[cut:] - users.known
    hi = np.concatenate([users.hi[user], devices.hi[device]])
    lo = np.concatenate([users.lo[user], devices.lo[device] ^ ANONYMOUS_KEY])
    texts = [arrivals.user_texts.take(pa.array(user)), arrivals.anonymous_texts.take(pa.array(device))]
    names = pa.concat_arrays([text.cast(pa.string()) for text in texts])
    return New(first, fresh, np.maximum(np.searchsorted(known.lows, hi, side="right") - 1, 0), hi, lo, names)


def _move(owners: Owners, known: Known, number: Array, buckets: Sequence[BaseBlock]) -> None:
    """Append the base's rows that go to another customer."""
    numbers, at = np.unique(number, return_index=True)
    bucket, line = [owners.bucket], [owners.line]
    for customer, device in owners.who.moved.items():
        rank = int(known.rank[customer])
        if rank < 0:
            continue
        home = int(np.searchsorted(known.firsts, rank, side="right")) - 1
        left = rank - int(known.firsts[home])
        first, last = buckets[home].column("offsets")[left : left + 2]
        rows = np.arange(int(first), int(last))
        owners.moved.append((home, rows))
        owners.hidden[home] = np.append(owners.hidden.get(home, np.empty(0, np.int64)), left)
        target = at[np.searchsorted(numbers, owners.who.at(device, buckets[home].column("time")[rows]))]
        bucket.append(owners.bucket[target])  # whoever signs in has a row in the tail: the sign-in
        line.append(owners.line[target])
    owners.bucket, owners.line = np.concatenate(bucket), np.concatenate(line)
