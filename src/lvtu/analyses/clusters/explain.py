"""Why a customer is in a cluster: how far from each centre, and where this customer was more or less than all."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lvtu.analyses.in_words import InWords
from lvtu.analyses.naming import called
from lvtu.core.words import Lang, language, say
from lvtu.store.journeys.find import customer_named, place_of

if TYPE_CHECKING:
    from lvtu.analyses.clusters import ClustersResult

_SHOWN = 5


@dataclass(frozen=True)
class Distance:
    """How far a cluster's centre is from the customer, and the places it is named by."""

    cluster: int
    name: list[str]
    distance: float


@dataclass(frozen=True)
class Habit:
    """A place or transition: its share of the customer's events, of the cluster's and of all."""

    place: str | None
    share: float
    cluster: float
    all: float


@dataclass(frozen=True, repr=False)
class ClusterExplained(InWords):
    """Where a customer belongs.

    Attributes:
        customer: what the customer is called.
        cluster: the nearest one; None for a customer without a path here.
        events: how many places the path has.
        distances: to all clusters, the nearest first.
        habits: where the customer's shares differ most from those of all.
        by: what a place is.
    """

    customer: str
    cluster: int | None
    events: int
    distances: list[Distance]
    habits: list[Habit]
    by: str = "event"

    def text(self, lang: Lang | None = None) -> str:
        """All of it, in a language (that of the environment unless given)."""
        if self.cluster is None:
            return say("explain_clusters.nothing", lang, customer=self.customer)
        names = self.naming.names(self.by, lang or language())
        joined = say("values.and", lang).join
        lines = [
            say("explain_clusters.head", lang, customer=self.customer, cluster=str(self.cluster), events=self.events)
        ]
        for one in self.distances:
            name = joined(called(names, place) for place in one.name) or say("values.none", lang)
            lines.append("  " + say("explain_clusters.distance", lang, cluster=str(one.cluster), name=name,
                                    distance=f"{one.distance:.2f}"))  # fmt: skip
        for habit in self.habits:
            place = say("charts.variants.other_places", lang) if habit.place is None else habit.place
            shares = {key: f"{100 * getattr(habit, key):.1f}%" for key in ("share", "cluster", "all")}
            lines.append("  " + say("explain_clusters.habit", lang, place=called(names, place), **shares))
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The same as plain values."""
        lists = {"distances": [asdict(one) for one in self.distances], "habits": [asdict(one) for one in self.habits]}
        return {"customer": self.customer, "cluster": self.cluster, "events": self.events, **lists}


def explain(result: ClustersResult, customer: str) -> ClusterExplained:
    """Say why a customer is in a cluster.

    Args:
        result: the clusters.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    question = result.question
    block, line = place_of(question.snapshot, customer)
    name, by = customer_named(block, line), question.spec.by
    groups, found = question.assigned(block)
    mine = np.flatnonzero(found.who == line)
    if not len(mine):
        return ClusterExplained(name, None, 0, [], [], by)
    features, place = question.features, int(mine[0])
    vector = features.vectors(found.counts[mine], found.sizes[mine])[0]
    away = np.sqrt(((np.array(result.centres.rows) - vector) ** 2).sum(axis=1))
    titles = result.table["name"].to_pylist()
    distances = [Distance(c + 1, titles[c], float(away[c])) for c in np.argsort(away, kind="stable").tolist()]
    cluster = int(groups[place])
    here = [one.share or 0.0 for one in result.standings[cluster]]
    share, every = vector**2, result.shares
    order = np.argsort(-np.abs(share - every), kind="stable")[:_SHOWN].tolist()
    labels = features.named()
    habits = [Habit(labels[f], float(share[f]), here[f], float(every[f])) for f in order]
    return ClusterExplained(name, cluster + 1, int(found.sizes[place]), distances, habits, by)
