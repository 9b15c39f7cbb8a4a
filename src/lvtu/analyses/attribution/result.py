"""What attribution answers: each model's credits with their intervals, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.attribution.apportion import amounts, apportion, shares
from lvtu.analyses.attribution.explain import AttributionExplained, explain
from lvtu.analyses.attribution.markov import removal_effects
from lvtu.analyses.attribution.markov_long import LongChain
from lvtu.analyses.attribution.members import members
from lvtu.analyses.attribution.spec import Model
from lvtu.analyses.base import Result
from lvtu.analyses.jackknife import ends, without_each
from lvtu.analyses.members import names_of
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.attribution import Attribution, State

_MEASURES = ("conversions", "share", "low", "high")
_MONEY = ("currency", "value", "value_share", "value_low", "value_high")


@dataclass
class Credits:
    """What some channels are given, by any measure.

    Attributes:
        weights: in proportion to which it is divided, by channel.
        shares: their shares; None where nothing is divided.
        low, high: 95 % intervals of the shares; NaN where there is none.
    """

    weights: Array
    shares: list[float] | None
    low: Array
    high: Array

    @classmethod
    def of(cls, whole: Array, rest: Array) -> Credits:
        """From what they are given in all, and without each group of customers."""
        if not whole.any() or (whole < 0).any():  # money may be paid back: a share of less than nothing is none
            nothing = np.full(len(whole), np.nan)
            return cls(whole, None, nothing, nothing)
        with np.errstate(invalid="ignore", divide="ignore"):
            low, high = ends(whole / whole.sum(), rest / rest.sum(axis=1, keepdims=True), 0.0, 1.0)
        return cls(whole, shares(whole.tolist()), low, high)

    def share(self, place: int) -> tuple[float | None, float | None, float | None]:
        """A channel's share with the ends of its interval."""
        low, high = (None if np.isnan(end[place]) else float(end[place]) for end in (self.low, self.high))
        return None if self.shares is None else self.shares[place], low, high


class AttributionResult(Result):
    """The answer.

    Attributes:
        table: of one model, one row per channel, most conversions first: a column named by `by`, ``conversions``,
            ``share`` with its 95 % interval ``low`` and ``high`` (jackknife over 64 groups of customers; null where
            they leave no way to tell). Shares are of the goals with a touch and add up to 1. Goals without any are a
            last row whose channel and share are null, so that conversions add up to all goals. With ``money`` there are
            ``currency``, ``value``, ``value_share``, ``value_low``, ``value_high``: what the channel is given of the
            goals' value; several currencies make several rows of one channel, which say its conversions again. Of
            several models: the channel, and a column of conversions per model.
        models: always one row per ``model`` and channel with all of these columns.
        goals: how many goals there are; `journeys`: how many journeys with a touch, those without a goal included.
    """

    def __init__(self, question: Attribution, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        self.goals = int(state.goals.sum()) + state.untouched
        self.journeys = int(state.journeys.sum())
        self._notes: list[Note] = []
        codes, used = np.flatnonzero(state.seen), np.flatnonzero(state.journeys)
        parts = [_Part(question, state, model, codes, used, self._notes) for model in question.spec.models]
        ranks = np.array([part.conversions for part in parts]).sum(axis=0)
        order = sorted(range(len(codes)), key=lambda i: (-ranks[i], question.names[codes[i]] or ""))
        by = question.spec.by
        by = f"by_{by}" if by in ("model", *_MEASURES, *_MONEY, *question.spec.models) else by
        self.models = _table([row for part in parts for row in part.rows(by, order)], by, question.spec.money)
        table = _beside(parts, by, order) if question.spec.several else self.models.drop_columns(["model"])
        super().__init__(question.spec, table, question.snapshot.token, self._told(state))

    def _told(self, state: State) -> list[Note]:
        spec, goals = self._question.spec, int(state.goals.sum())
        notes = []
        if state.untouched:
            notes.append(Note("untouched_goals", goals=state.untouched, all=self.goals))
        if state.loose:
            notes.append(Note("decay_without_times", goals=state.loose, all=goals))
        notes += self._notes
        if "shapley" in spec.models:
            notes.append(Note("shapley_game"))
        return notes

    def customers(self, channel: str | None, *, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who is behind a channel: the customers who reached a goal with a touch of it before.

        Args:
            channel: its name; None for those who reached a goal without any touch.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: no event has such a channel.
            Erased: somebody was forgotten since the conversions were counted.
        """
        found = members(self._question, channel)
        return names_of(self._engine, self._question.snapshot, found, limit, offset)

    def explain(self, customer: str) -> AttributionExplained:
        """A customer's journeys, and what each touch is given of its goal.

        Args:
            customer: any identifier of theirs.

        Raises:
            UnknownName: nobody has the identifier.
        """
        return explain(self._question, customer)


class _Part:
    """One model's answer."""

    def __init__(
        self, question: Attribution, state: State, model: Model, codes: Array, used: Array, notes: list[Note]
    ) -> None:  # fmt: skip
        self.model, self._names = model, [question.names[code] for code in codes.tolist()]
        self._currencies, self._lost, self._untouched = question.currencies, state.lost, state.untouched
        worth = state.worth.sum(axis=0)
        if model == "markov":
            self._credits = _chained(question, state, codes, used, notes)
            weights = self._credits.weights.tolist()
            self._money = [(self._credits, apportion(weights, total)) for total in worth.tolist()]
        else:
            credits = state.credits[model][:, codes]
            self._credits = Credits.of(credits.sum(axis=0), without_each(credits, used))
            self._money = []
            if question.spec.money:
                kinds = len(question.currencies)
                money = state.money[model].reshape(len(credits), kinds, -1)[:, :, codes]
                for kind in range(kinds):
                    here = money[:, kind]
                    whole = here.sum(axis=0)
                    self._money.append((Credits.of(whole, without_each(here, used)), whole.tolist()))
        self._kinds = [kind for kind in range(len(worth)) if worth[kind] or state.lost[kind]]
        self.conversions = amounts(self._credits.weights.tolist(), int(state.goals.sum()))

    def rows(self, by: str, order: list[int]) -> list[dict[str, Any]]:
        """The rows of its table, the one without a channel last."""
        rows = []
        for place in order:
            share, low, high = self._credits.share(place)
            row = {"model": self.model, by: self._names[place], "conversions": self.conversions[place], "share": share,
                   "low": low, "high": high}  # fmt: skip
            rows += [row | self._paid(kind, place) for kind in self._kinds] or [row]
        if self._untouched:
            row = {"model": self.model, by: None, "conversions": float(self._untouched)}
            rows += [row | self._unpaid(kind) for kind in self._kinds] or [row]
        return rows

    def _paid(self, kind: int, place: int) -> dict[str, Any]:
        credits, values = self._money[kind]
        share, low, high = credits.share(place)
        told = {"value": values[place] / 1e6, "value_share": share, "value_low": low, "value_high": high}
        return {"currency": self._currencies[kind] or None} | told

    def _unpaid(self, kind: int) -> dict[str, Any]:
        return {"currency": self._currencies[kind] or None, "value": int(self._lost[kind]) / 1e6}


def _chained(question: Attribution, state: State, codes: Array, used: Array, notes: list[Note]) -> Credits:
    """The removal effects of a Markov chain as credits."""
    names = len(question.names)
    if not len(codes) or not state.goals.any():
        nothing = np.zeros(len(codes))
        return Credits.of(nothing, np.zeros((len(used), len(codes))))
    if question.spec.order == 1:
        among = np.concatenate([[0], codes])
        steps = state.steps.reshape(-1, names, names + 1)[:, among][:, :, [*among, names]]
        effects = removal_effects(np.concatenate([steps.sum(axis=0)[None], without_each(steps, used)]))
        return Credits.of(effects[0], effects[1:])
    chain = LongChain(state.long, names, question.spec.order)
    if chain.kept < chain.states:
        notes.append(Note("markov_capped", kept=chain.kept, all=chain.states))
    return Credits.of(*chain.effects(codes, used))


def _table(rows: list[dict[str, Any]], by: str, money: bool) -> pa.Table:
    real = dict.fromkeys(_MEASURES, pa.float64())
    kinds = {"model": pa.string(), by: pa.string(), **real}
    if money:
        kinds |= {"currency": pa.string(), **dict.fromkeys(_MONEY[1:], pa.float64())}
    return pa.Table.from_pylist(rows, schema=pa.schema(kinds))


def _beside(parts: list[_Part], by: str, order: list[int]) -> pa.Table:
    """The conversions of several models, a column each."""
    columns: dict[str, Any] = {by: [parts[0]._names[place] for place in order]}
    columns |= {part.model: [part.conversions[place] for place in order] for part in parts}
    if untouched := parts[0]._untouched:
        columns = {name: [*values, None if name == by else float(untouched)] for name, values in columns.items()}
    kinds = [pa.string(), *[pa.float64()] * len(parts)]
    return pa.table({name: pa.array(values, kind) for (name, values), kind in zip(columns.items(), kinds, strict=True)})
