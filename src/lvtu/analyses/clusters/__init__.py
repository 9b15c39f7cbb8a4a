"""Clusters: groups of customers whose paths look alike, named by what sets them apart."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from pydantic import Field

from lvtu.analyses.base import Result, Spec
from lvtu.analyses.clusters.centres import FEWEST, MOST, centres_of
from lvtu.analyses.clusters.profile import profile_of, standings, table_of, total_shares
from lvtu.analyses.clusters.rounds import Assignment, Features, Groups, Sample, Survey, features_of, reads_of
from lvtu.analyses.members import Members, names_of
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.clusters.explain import ClusterExplained

_WEAK = 0.25
"""Below this mean silhouette there is no substantial structure (Kaufman & Rousseeuw, Finding Groups in Data, 1990)."""


class ClustersSpec(Spec):
    """Groups of customers whose paths look alike.

    Attributes:
        by: what a place of a path is: event, touchpoint, stage, channel, or a property.
        fold: take a run of one place as one (its first event).
        clusters: how many groups; not given, the best separated number from 2 to 8.
        transitions: compare what directly follows what, too, not only how often customers are where.
        top: how many places are told apart, the most frequent ones; the rest counts as one.
        sample: from how many customers the groups are made; then everybody is assigned.
        since, until: select events.
    """

    analysis: ClassVar[str] = "clusters"

    by: str = "event"
    fold: bool = False
    clusters: int | None = Field(default=None, ge=1, le=20)
    transitions: bool = False
    top: int = Field(default=20, ge=1, le=60)
    sample: int = Field(default=5000, ge=10, le=50_000)


SPEC = ClustersSpec


@dataclass(frozen=True)
class Centres:
    """The rule that assigns customers: each belongs to the nearest centre, of equally near ones to that whose
    row comes first when rows are sorted.

    A customer is a vector: the square root of the share of each place among the places of the path, then that of each
    transition among its transitions. Distances are Euclidean.

    Attributes:
        by, fold: what a place is, as in the question.
        places: the places told apart; None stands for all others.
        transitions: the transitions told apart.
        rows: the centres, in the order of the clusters.
    """

    by: str
    fold: bool
    places: tuple[str | None, ...]
    transitions: tuple[tuple[str | None, str | None], ...]
    rows: tuple[tuple[float, ...], ...]

    def to_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


class ClustersResult(Result):
    """The answer.

    Attributes:
        table: one row per cluster, most customers first: ``cluster`` (its number), ``name`` (up to 3 places, or
            transitions as ``A → B``, with the greatest lift, 1.1 or more, among those that make at least 5 % of its
            events; empty where nothing does), ``customers``, ``share``, ``median_events`` (±1 %), and ``apart``: the 5
            places or transitions whose share of its events differs most from their share of all events, each with
            ``place``, ``share`` here, share ``elsewhere``, ``lift`` (share here ÷ share of all) and how many of its
            ``customers`` were there. Customers and events are exact: everybody is assigned and counted.
        profile: one row per cluster and place or transition: ``cluster``, ``place``, ``share``, ``elsewhere``,
            ``lift``, ``customers``.
        centres: the rule that assigns.
        sample: the customers from whom the groups were made, those with the smallest hashes.
        everyone: all customers who have a path.
        silhouettes: the mean silhouette of each number of groups that was tried.
        labels: what each place and transition is called; None for all other places together.
        standings: as `profile`, by cluster.
        shares: of each place and transition, of all events and transitions.
    """

    def __init__(self, spec: ClustersSpec, snapshot: Snapshot, engine: Engine) -> None:
        survey = Survey(spec, snapshot)
        totals = engine.fold(survey, snapshot)
        self.everyone, self.sample = int(totals.customers[0]), 0
        self.silhouettes: dict[int, float] = {}
        features, centres = features_of(survey, totals), np.empty((0, 0))
        if self.everyone:
            drawing = Sample(spec, snapshot, features, self.everyone)
            features, drawn = drawing.settled(engine.fold(drawing, snapshot))
            self.sample = len(drawn.keys)
            centres, self.silhouettes = centres_of(features.vectors(drawn.counts, drawn.sizes), spec.clusters)
        groups = self._assigned(spec, snapshot, engine, features, centres)
        transitions = tuple((features.places[a], features.places[b]) for a, b in features.pairs)
        self.centres = Centres(spec.by, spec.fold, tuple(features.places), transitions, self._rows)
        self.standings, self.shares = standings(features, groups), total_shares(features, groups)
        self.labels = features.named()
        self.profile = profile_of(self.standings)
        notes = self._notes(spec, features, int(np.count_nonzero(totals.events[1:])))
        super().__init__(spec, table_of(groups, self.standings, self.everyone), snapshot.token, notes)

    def _assigned(
        self, spec: ClustersSpec, snapshot: Snapshot, engine: Engine, features: Features, centres: Array
    ) -> Groups:
        """Assign everybody, and number the groups by their size; those that nobody is in are none.

        The order that decides between equally near centres is that of their rows, whatever the numbers come to be: so
        who is listed is who was counted.
        """
        centres = np.array(sorted(centres.tolist()), float).reshape(centres.shape)
        groups: Groups = engine.fold(Assignment(spec, snapshot, features, centres), snapshot)
        order = np.argsort(-groups.customers, kind="stable")
        order = order[groups.customers[order] > 0]
        numbers = np.full(len(centres), -1, np.int64)
        numbers[order] = np.arange(len(order))
        self.question, self.engine = Assignment(spec, snapshot, features, centres, numbers), engine
        self._rows = tuple(tuple(row) for row in centres[order].tolist())
        return Groups(*(part[order] for part in vars(groups).values()))

    def _notes(self, spec: ClustersSpec, features: Features, places: int) -> list[Note]:
        notes: list[Note] = []
        if not self.everyone:
            return notes
        if self.sample < self.everyone:
            notes.append(Note("clusters_sample", sample=self.sample, customers=self.everyone))
        groups = len(self._rows)
        judged = self.silhouettes.get(groups)
        if judged is not None and spec.clusters is None:
            notes.append(
                Note("clusters_chosen", clusters=groups, fewest=str(FEWEST), most=str(MOST), silhouette=f"{judged:.2f}")
            )
        if judged is not None and judged < _WEAK:
            notes.append(Note("clusters_weak", silhouette=f"{judged:.2f}"))
        if places > spec.top:
            notes.append(Note("clusters_top", top=spec.top, places=int(places)))
        notes.append(Note("clusters_describe", features=features.size))
        return notes

    def customers(self, cluster: int, *, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who is in a cluster.

        Args:
            cluster: its number in the table.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            BadInput: there is no such cluster.
            Erased: somebody was forgotten since the clusters were made.
        """
        question, known = self.question, [str(number) for number in self.table["cluster"].to_pylist()]
        if str(cluster) not in known:
            raise BadInput("no_such_cluster", cluster=str(cluster), known=known)

        def lines(block: Block) -> Array:
            groups, found = question.assigned(block)
            chosen: Array = found.who[groups == cluster - 1]
            return chosen

        return names_of(self.engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> ClusterExplained:
        """Why a customer is in a cluster: how far from each, and where the customer was more or less than others.

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.clusters.explain import explain

        return explain(self, customer)


def run(spec: ClustersSpec, snapshot: Snapshot, engine: Engine) -> ClustersResult:
    """Answer the question."""
    snapshot.prepare(reads_of(spec))
    return ClustersResult(spec, snapshot, engine)
