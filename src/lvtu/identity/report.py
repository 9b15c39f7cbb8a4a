"""What a person should look at: shared devices, identifiers in several hands, strays, quarantine."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import NamedTuple

import numpy as np

from lvtu.identity.edges import ANONYMOUS, PREVIOUS
from lvtu.identity.nodes import Quarantined, Values, distinct
from lvtu.identity.observed import Ints, Links, Longs, Observations
from lvtu.identity.resolution import Resolution
from lvtu.identity.wiring import LIMIT


@dataclass(frozen=True)
class Conflict:
    """An identifier seen with several users.

    Attributes:
        kind: ``anonymous_id`` (a shared device) or a kind of identifier.
        id: its text, or its hash in hexadecimal.
        users: some of the ``user_id`` it was seen with, those in the order of their rows.
        touches: how many it was seen with.
        customers: how many customers those are; 1 means that they were joined.
    """

    kind: str
    id: str
    users: tuple[str, ...]
    touches: int
    customers: int


@dataclass(frozen=True)
class Stray:
    """An identifier in quarantine.

    Attributes:
        kind: its kind.
        id: its text, or its hash in hexadecimal.
        users: how many ``user_id`` it touches.
    """

    kind: str
    id: str
    users: int


@dataclass(frozen=True)
class IdentityReport:
    """The state of identity; lists are cut, counts are not.

    Attributes:
        counts: ``user_ids``, ``anonymous_ids``, ``joined_customers`` (with several ``user_id``),
            ``shared_anonymous`` (several users signed in), ``shared_identifiers``,
            ``unmatched_anonymous`` (no user known), ``unmatched_identifiers`` (values never seen
            with a user) and ``quarantined``.
        joined: the ``user_id`` of customers with several, the customer's own name first.
        shared_anonymous: anonymous ids that several users signed in on, most users first.
        shared_identifiers: values seen with several users, most users first, whether or not they join.
        unmatched_anonymous: anonymous ids without a user, earliest seen first.
        quarantined: what joins nothing because it touches too many users, most users first.
    """

    counts: dict[str, int]
    joined: tuple[tuple[str, ...], ...]
    shared_anonymous: tuple[Conflict, ...]
    shared_identifiers: tuple[Conflict, ...]
    unmatched_anonymous: tuple[str, ...]
    quarantined: tuple[Stray, ...]

    def as_dict(self) -> dict[str, object]:
        """The same as plain JSON."""
        return asdict(self)


def identity_report(observations: Observations, resolution: Resolution, limit: int = 20) -> IdentityReport:
    """Gather the data side of the identity console.

    Args:
        observations: what the resolution was made from; shown as the events say, retracted or not.
        resolution: who is who.
        limit: how many of each to list.
    """
    signs, links = observations.sign_ins, observations.links
    code, row = distinct(Values(links.kind, links.hi, links.lo))
    known = links.user >= 0
    devices, values = _several(signs.anonymous, signs.user), _several(code[known], links.user[known])
    unmatched = np.flatnonzero(resolution.customer_of_anonymous >= resolution.n_users)
    unmatched = np.setdiff1d(unmatched, resolution.quarantined_anonymous)
    strays = _strays(observations, resolution, devices)
    members, starts = resolution.components
    counts = {
        "user_ids": resolution.n_users,
        "anonymous_ids": len(resolution.anonymous),
        "joined_customers": len(starts) - 1,
        "shared_anonymous": len(devices.codes),
        "shared_identifiers": len(values.codes),
        "unmatched_anonymous": len(unmatched),
        "unmatched_identifiers": len(row) - len(np.unique(code[known])),
        "quarantined": len(strays),
    }
    earliest = unmatched[np.argsort(resolution.anonymous.first_seen[unmatched], kind="stable")[:limit]]
    shared = [(ANONYMOUS, resolution.anonymous.text(one)) for one in devices.codes[:limit].tolist()]
    held = [(links.kinds[links.kind[one]], _text(links, one)) for one in row[values.codes[:limit]].tolist()]
    return IdentityReport(
        counts,
        tuple(_joined(resolution, members[starts[i] : starts[i + 1]]) for i in range(min(limit, len(starts) - 1))),
        tuple(_conflict(resolution, *name, devices.users(i)) for i, name in enumerate(shared)),
        tuple(_conflict(resolution, *name, values.users(i)) for i, name in enumerate(held)),
        tuple(resolution.anonymous.text(int(one)) for one in earliest),
        tuple(strays[:limit]),
    )


class _Several(NamedTuple):
    """Codes with several users, most users first, and the distinct (code, user) of all codes, sorted."""

    codes: Longs
    code: Longs
    user: Longs

    def users(self, place: int) -> Longs:
        """All users of the code at a place."""
        low, high = np.searchsorted(self.code, self.codes[place]), np.searchsorted(self.code, self.codes[place] + 1)
        return self.user[low:high]


def _several(code: Ints | Longs, user: Ints) -> _Several:
    pair: Longs = np.unique((code.astype(np.int64) << 32) | user)
    of: Longs = pair >> 32
    codes, touches = np.unique(of, return_counts=True)
    codes, touches = codes[touches > 1], touches[touches > 1]
    return _Several(codes[np.argsort(-touches, kind="stable")], of, pair & 0xFFFFFFFF)


def _conflict(resolution: Resolution, kind: str, text: str, users: Longs) -> Conflict:
    names = tuple(resolution.users.text(row) for row in users[: LIMIT + 1].tolist())
    return Conflict(kind, text, names, len(users), len(np.unique(resolution.customer_of_user[users])))


def _joined(resolution: Resolution, rows: Longs) -> tuple[str, ...]:
    first = int(resolution.customer_of_user[rows[0]])
    return tuple(resolution.users.text(row) for row in (first, *(r for r in rows.tolist() if r != first)))


def _strays(observations: Observations, resolution: Resolution, devices: _Several) -> list[Stray]:
    """Everything in quarantine, most users first."""
    crowded = np.isin(devices.codes, resolution.quarantined_anonymous)
    strays = [
        Stray(ANONYMOUS, resolution.anonymous.text(int(devices.codes[i])), len(devices.users(int(i))))
        for i in np.flatnonzero(crowded)
    ]
    strays += [Stray(q.kind, _quarantined_text(observations, q), q.users) for q in resolution.quarantined]
    return sorted(strays, key=lambda stray: (-stray.users, stray.kind, stray.id))


def _quarantined_text(observations: Observations, quarantined: Quarantined) -> str:
    """The text of a quarantined value, wherever one is kept."""
    hi, lo = np.array([quarantined.hi], np.uint64), np.array([quarantined.lo], np.uint64)
    if quarantined.kind == PREVIOUS:
        for ids in (observations.users, observations.anonymous):
            if (row := int(ids.find(hi, lo)[0])) >= 0:
                return ids.text(row)
    rows = np.flatnonzero((observations.links.hi == hi) & (observations.links.lo == lo))
    return _text(observations.links, int(rows[0])) if len(rows) else f"{int(hi[0]):016x}{int(lo[0]):016x}"


def _text(links: Links, row: int) -> str:
    if links.values is not None:
        return str(links.values[row].as_py())
    return f"{int(links.hi[row]):016x}{int(links.lo[row]):016x}"
