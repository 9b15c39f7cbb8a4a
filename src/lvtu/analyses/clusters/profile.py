"""What sets groups of customers apart: the share that each place has of their events, here and elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from lvtu.analyses.clusters.rounds import Features, Groups
from lvtu.kernels.durations import medians
from lvtu.store.journeys.columns import Array

_LEAST, _MORE, _NAMES, _APART = 0.05, 1.1, 3, 5

PLACE = {
    "place": pa.string(), "share": pa.float64(), "elsewhere": pa.float64(), "lift": pa.float64(),
    "customers": pa.int64(),
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """A place or a transition in one group.

    Attributes:
        place: its name, ``A → B`` of a transition; None for all other places together.
        share: of the group's events, or transitions; None where it has none.
        elsewhere: of the events of everybody else.
        lift: the share here against that of all.
        customers: how many of the group were there.
        difference: the share here less that of all.
    """

    place: str | None
    share: float | None
    elsewhere: float | None
    lift: float | None
    customers: int
    difference: float

    def row(self) -> dict[str, str | float | int | None]:
        """The columns of `PLACE`."""
        return {name: getattr(self, name) for name in PLACE}


def standings(features: Features, groups: Groups) -> list[list[Standing]]:
    """Of each group, all features in their order."""
    parts = (slice(0, len(features.places)), slice(len(features.places), None))
    return [
        [one for part in parts for one in _standing(features.named()[part], groups, group, part)]
        for group in range(len(groups.customers))
    ]


def _standing(names: Sequence[str | None], groups: Groups, group: int, part: slice) -> list[Standing]:
    here, whole = groups.sums[group, part], groups.sums[:, part].sum(axis=0)
    shares, others, everywhere = _shares(here), _shares(whole - here), _shares(whole)
    return [
        Standing(name, share, other, None if share is None or not every else share / every, customers,
                 0.0 if share is None else share - (every or 0.0))
        for name, share, other, every, customers in zip(
            names, shares, others, everywhere, groups.holders[group, part].tolist(), strict=True)
    ]  # fmt: skip


def _shares(counts: Array) -> list[float | None]:
    total = int(counts.sum())
    return (counts / total).tolist() if total else [None] * len(counts)


def named(places: Sequence[Standing]) -> list[str]:
    """The places by which a group is called: the greatest lifts among those that are not rare in it."""
    found = [
        (-one.lift, one.place) for one in places
        if one.place is not None and one.lift is not None and one.lift >= _MORE and (one.share or 0.0) >= _LEAST
    ]  # fmt: skip
    return [place for _, place in sorted(found)[:_NAMES]]


def table_of(groups: Groups, standing: Sequence[Sequence[Standing]], everyone: int) -> pa.Table:
    """The answer's table; see `lvtu.analyses.clusters.ClustersResult`."""
    rows = []
    events = medians(groups.bins) if len(groups.customers) else []
    for place, (customers, median) in enumerate(zip(groups.customers.tolist(), events, strict=True)):
        known = [one for one in standing[place] if one.place is not None and one.lift is not None]
        apart = sorted(known, key=lambda one: (-abs(one.difference), str(one.place)))[:_APART]
        rows.append({
            "cluster": place + 1, "name": named(standing[place]), "customers": customers,
            "share": customers / everyone, "median_events": median, "apart": [one.row() for one in apart],
        })  # fmt: skip
    kinds = {"cluster": pa.int64(), "name": pa.list_(pa.string()), "customers": pa.int64(), "share": pa.float64(),
             "median_events": pa.int64(), "apart": pa.list_(pa.struct(list(PLACE.items())))}  # fmt: skip
    return pa.Table.from_pylist(rows, schema=pa.schema(kinds))


def profile_of(standing: Sequence[Sequence[Standing]]) -> pa.Table:
    """Every place of every group, a row each."""
    rows = [{"cluster": number, **one.row()} for number, places in enumerate(standing, 1) for one in places]
    return pa.Table.from_pylist(rows, schema=pa.schema({"cluster": pa.int64(), **PLACE}))


def total_shares(features: Features, groups: Groups) -> Array:
    """Of each feature, its share of all events, or transitions."""
    sums, places = groups.sums.sum(axis=0), len(features.places)
    found: Array = np.concatenate([part / max(int(part.sum()), 1) for part in (sums[:places], sums[places:])])
    return found
