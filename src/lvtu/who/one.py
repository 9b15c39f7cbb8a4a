"""Which identifiers are one customer's already."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from typing import Any

import numpy as np

from lvtu.identity.edges import ANONYMOUS, JOINING, USER, Identifier
from lvtu.who.change import Terms, Truth


def labels(truth: Truth, terms: Terms, kind: str, ids: Collection[str]) -> dict[str, Hashable]:
    """A label for each identifier; two have the same one if they are one customer's.

    An identifier that no event has shown is whoever the stored edges join it with, else a customer of its own. One that
    several customers have used (a shared device) is nobody's.

    Args:
        truth: what the events say, and who is who.
        terms: the stored edges.
        kind: the kind of the identifiers.
        ids: their values.
    """
    roots: dict[Hashable, Hashable] = {}

    def root(node: Hashable) -> Hashable:
        while roots.setdefault(node, node) != node:
            roots[node] = node = roots[roots[node]]
        return node

    joins = [edge for edge in terms.edges if edge.holds and edge.ground in JOINING]
    known: dict[Identifier, Hashable] = {}
    ends = {end for edge in joins for end in (edge.left, edge.right)} | {Identifier(kind, value) for value in ids}
    for each in {end.kind for end in ends}:
        values = [end.value for end in ends if end.kind == each]
        known |= {Identifier(each, value): owner for value, owner in _owners(truth, each, values).items()}
    for edge in joins:
        roots[root(known.get(edge.left, edge.left))] = root(known.get(edge.right, edge.right))
    named = {value: Identifier(kind, value) for value in ids}
    return {value: root(known.get(identifier, identifier)) for value, identifier in named.items()}


def _owners(truth: Truth, kind: str, values: list[str]) -> dict[str, int]:
    """The number of the one customer who has each identifier of a kind, as the events show them."""
    seen, resolution = truth.seen, truth.resolution
    hi, lo = truth.hasher(values)
    if kind == USER:
        rows = seen.users.find(hi, lo)
        return {
            value: int(resolution.customer_of_user[row]) for value, row in zip(values, rows, strict=True) if row >= 0
        }
    if kind == ANONYMOUS:
        found = zip(values, seen.anonymous.find(hi, lo), strict=True)
        return _only({value: resolution.owners_of(int(row)).tolist() for value, row in found if row >= 0})
    links = seen.links
    if kind not in links.kinds:
        return {}
    of_kind = np.flatnonzero((links.kind == links.kinds.index(kind)) & np.isin(links.hi, hi))
    wanted = {(int(h), int(low)): value for h, low, value in zip(hi, lo, values, strict=True)}
    owners: dict[str, Any] = {}
    for row in of_kind.tolist():
        value = wanted.get((int(links.hi[row]), int(links.lo[row])))
        user, device = int(links.user[row]), int(links.anonymous[row])
        if value is not None:
            theirs = [int(resolution.customer_of_user[user])] if user >= 0 else resolution.owners_of(device).tolist()
            owners.setdefault(value, set()).update(theirs)
    return _only(owners)


def _only(owners: dict[str, Collection[int]]) -> dict[str, int]:
    return {value: int(next(iter(theirs))) for value, theirs in owners.items() if len(theirs) == 1}
