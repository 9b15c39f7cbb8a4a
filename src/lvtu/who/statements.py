"""What the events themselves say about single identifiers: sign-ins, aliases, shared values."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lvtu.identity.edges import ANONYMOUS, USER, Edge, Identifier
from lvtu.identity.observed import Bools, Hasher, Ids, Longs, Observations, Rules, Words


def row_of(ids: Ids, hasher: Hasher, value: str) -> int:
    """The row of an id in a table, -1 where no event has shown it."""
    hi, lo = hasher([value])
    return int(ids.find(hi, lo)[0])


def read_off(
    seen: Observations, hasher: Hasher, rules: Rules, left: tuple[str, str], right: tuple[str, str]
) -> list[Edge]:
    """The statements of the events that join two identifiers directly, as edges.

    Args:
        seen: what the events say.
        hasher: made the hashes of the observations.
        rules: which kinds of identifier join; values of other kinds join nothing.
        left: one identifier, (kind, value).
        right: the other.
    """
    found: list[Edge] = []
    for one, other in ((left, right), (right, left)):
        if one[0] == USER:
            user = row_of(seen.users, hasher, one[1])
            found += [edge for edge in of_users(seen, np.array([user])) if (edge.right.kind, edge.right.value) == other]
        elif one[0] in rules.joins and other[0] in (USER, ANONYMOUS):
            found += [edge for edge in _of_value(seen, hasher, one) if (edge.right.kind, edge.right.value) == other]
    return found


def of_users(seen: Observations, users: Longs) -> Iterator[Edge]:
    """Sign-ins and aliases of some users (rows), with the first time of each."""
    signs, aliases = seen.sign_ins, seen.aliases
    rows = np.flatnonzero(np.isin(signs.user, users))
    _, first = np.unique(np.stack([signs.anonymous[rows], signs.user[rows]]), axis=1, return_index=True)
    for row in rows[first].tolist():  # sorted by time within an anonymous id
        device = Identifier(ANONYMOUS, seen.anonymous.text(int(signs.anonymous[row])))
        yield Edge(_user(seen, int(signs.user[row])), device, int(signs.time[row]), "sign_in")
    for row in np.flatnonzero(np.isin(aliases.user, users)).tolist():
        left, right = _user(seen, int(aliases.user[row])), _previous(seen, aliases.hi[[row]], aliases.lo[[row]])
        if right is not None and right != left:
            yield Edge(left, right, int(aliases.time[row]), "alias")


def with_ids(seen: Observations, users: Longs, anonymous: Longs) -> Iterator[Edge]:
    """The values of `identifiers` that some ids (rows) were seen with, as edges of rules."""
    links = seen.links
    theirs = np.isin(links.user, users) | ((links.user < 0) & np.isin(links.anonymous, anonymous))
    return _links(seen, theirs)


def _of_value(seen: Observations, hasher: Hasher, value: tuple[str, str]) -> Iterator[Edge]:
    links = seen.links
    if value[0] not in links.kinds:
        return iter(())
    hi, lo = hasher([value[1]])
    same = (links.kind == links.kinds.index(value[0])) & (links.hi == hi[0]) & (links.lo == lo[0])
    return _links(seen, same)


def _links(seen: Observations, which: Bools) -> Iterator[Edge]:
    links = seen.links
    told: set[tuple[Identifier, Identifier]] = set()
    rows = np.flatnonzero(which)
    for row in rows[np.argsort(links.time[rows], kind="stable")].tolist():
        value = Identifier(links.kinds[links.kind[row]], str(links.values[row].as_py()))
        user, device = int(links.user[row]), int(links.anonymous[row])
        other = _user(seen, user) if user >= 0 else Identifier(ANONYMOUS, seen.anonymous.text(device))
        if (value, other) not in told:
            told.add((value, other))
            yield Edge(value, other, int(links.time[row]), "rule")


def _user(seen: Observations, row: int) -> Identifier:
    return Identifier(USER, seen.users.text(row))


def _previous(seen: Observations, hi: Words, lo: Words) -> Identifier | None:
    """Who an alias means: a user if one was ever called so, else an anonymous id, else nobody yet."""
    for kind, ids in ((USER, seen.users), (ANONYMOUS, seen.anonymous)):
        row = int(ids.find(hi, lo)[0])
        if row >= 0:
            return Identifier(kind, ids.text(row))
    return None
