"""Everything that can be asked of time lines, by a workspace or by a view of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lvtu.questions_of_scores import ScoreQuestions
from lvtu.questions_of_segments import SegmentQuestions

if TYPE_CHECKING:
    from lvtu.analyses.attribution.result import AttributionResult
    from lvtu.analyses.base import Result, Spec
    from lvtu.analyses.behaviours import BehavioursResult
    from lvtu.analyses.channels.result import ChannelsResult
    from lvtu.analyses.clusters import ClustersResult
    from lvtu.analyses.conformance import ConformanceResult
    from lvtu.analyses.first_touch import FirstTouchResult
    from lvtu.analyses.flow import FlowResult
    from lvtu.analyses.funnel import FunnelResult
    from lvtu.analyses.graph import GraphResult
    from lvtu.analyses.handoffs import HandoffsResult
    from lvtu.analyses.lifecycle import LifecycleResult
    from lvtu.analyses.metric.result import MetricResult
    from lvtu.analyses.model_change import ModelChangeResult
    from lvtu.analyses.response_times.result import ResponseTimesResult
    from lvtu.analyses.retention import RetentionResult
    from lvtu.analyses.rollup import RollupResult
    from lvtu.analyses.sessions import SessionsResult
    from lvtu.analyses.stages import StagesResult
    from lvtu.analyses.step_matrix import StepMatrixResult
    from lvtu.analyses.stickiness import StickinessResult
    from lvtu.analyses.timeline import TimelineResult
    from lvtu.analyses.timing import TimingResult
    from lvtu.analyses.trend import TrendResult
    from lvtu.analyses.variants import VariantsResult


class Questions(ScoreQuestions, SegmentQuestions):
    """The analyses as methods; each takes the options of its spec by name (see `lvtu.analyses`)."""

    def run(self, spec: Spec | Mapping[str, Any], engine: str | None = None) -> Result:
        """Answer a question that is a value: a spec, or the JSON of one.

        Args:
            spec: the question.
            engine: ``local`` or ``spark``; the usual one if not given.

        Raises:
            BadInput: the question makes no sense, or names what does not exist; says what does.
        """
        raise NotImplementedError

    def funnel(self, steps: Sequence[Any], **options: Any) -> FunnelResult:
        """How many customers get how far.

        Args:
            steps: event names in order; a step may also be a list of names, or a dict with ``event``, ``where``,
                ``name``, ``within``, ``optional``.
            **options: ``within="7d"``, ``entry``, ``order``, ``ties``, ``exclude``, ``hold``, ``unit``, ``by``, … of
                `lvtu.analyses.funnel.spec.FunnelSpec`; ``rules="mixpanel"`` (``"posthog"``, ``"ga4"``) sets those that
                are not given as that product documents them.

        Returns:
            ``.table`` with ``step``, ``name``, ``customers``, ``from_previous``, ``from_start``, ``median_time``
            (µs); ``.customers(step)`` says who, ``.explain(customer)`` why.
        """
        given = {name: value for name, value in options.items() if value is not None or name == "within"}
        engine = given.pop("engine", None)
        found: Any = self.run({"analysis": "funnel", "steps": steps, **given}, engine)  # within=None: no limit
        answer: FunnelResult = found
        return answer

    def graph(self, **options: Any) -> GraphResult:
        """What directly follows what.

        Args:
            **options: ``by``, ``within``, ``fold``, … of `lvtu.analyses.graph.GraphSpec`.

        Returns:
            ``.table`` with ``source``, ``target``, ``transitions``, ``customers``, ``median_time`` (µs);
            ``.customers(source, target)`` says who, ``.explain(customer)`` which transitions are somebody's.
        """
        answer: GraphResult = self._ask("graph", **options)
        return answer

    def retention(self, start: str | None = None, back: str | None = None, **options: Any) -> RetentionResult:
        """Who comes back.

        Args:
            start: the event that makes a customer a member; None for any.
            back: the event that counts as a return; None for any.
            **options: ``period``, ``periods``, ``mode``, ``clock``, ``zone``, … of
                `lvtu.analyses.retention.RetentionSpec`.

        Returns:
            ``.table`` with ``period``, ``customers``, ``mature``, ``returned``, ``rate``, interval; ``.cohorts``;
            ``.customers(period)`` says who, ``.explain(customer)`` when.
        """
        answer: RetentionResult = self._ask("retention", start=start, back=back, **options)
        return answer

    def trend(self, event: str | Sequence[str] | None = None, **options: Any) -> TrendResult:
        """Events, customers and money per calendar period.

        Args:
            event: one name or several; None for all.
            **options: ``period``, ``zone``, ``by``, … of `lvtu.analyses.trend.TrendSpec`.

        Returns:
            ``.table`` with ``period``, ``events``, ``customers``, ``value``; ``.customers(period)`` says who,
            ``.explain(customer)`` by which events.
        """
        answer: TrendResult = self._ask("trend", event=event, **options)
        return answer

    def stages(self, model: str | None = None, **options: Any) -> StagesResult:
        """How many customers reach each stage of a journey model, and how long they stay.

        Args:
            model: the model's key, with ``@3`` for a version; None for the default one.
            **options: ``order``, ``moment``, … of `lvtu.analyses.stages.StagesSpec`.

        Returns:
            ``.table`` with ``stage``, ``customers``, ``from_previous``, ``from_start``, ``dropped``, ``median_dwell``,
            ``p90_dwell`` (µs); ``.customers(stage)`` says who, ``.explain(customer)`` why; ``.now()`` counts customers
            by the stage they are in when the data end, or at the ``moment``.
        """
        answer: StagesResult = self._ask("stages", model=model, **options)
        return answer

    def behaviours(self, model: str | None = None, **options: Any) -> BehavioursResult:
        """Who viewed, ordered, paid, came back, complained, … as a journey model defines it.

        Args:
            model: the model's key, with ``@3`` for a version; None for the default one.
            **options: ``where``, ``since``, ``until``.

        Returns:
            ``.table`` with ``behaviour``, ``customers``, ``share``, ``events``; ``.customers(behaviour)`` says who,
            ``.explain(customer)`` why.
        """
        answer: BehavioursResult = self._ask("behaviours", model=model, **options)
        return answer

    def first_touch(self, by: str = "touchpoint", **options: Any) -> FirstTouchResult:
        """Where customers begin, and the score they give there.

        Args:
            by: ``touchpoint``, ``channel``, ``event`` or another column that holds names.
            **options: ``model``, ``where``, ``since``, ``until``.

        Returns:
            ``.table`` with the first touch, ``customers``, ``share`` and per ``scale`` the scores given there:
            ``responses``, ``mean``, ``mean_low``, ``mean_high``, ``effective``; ``.customers(touch)`` says who,
            ``.explain(customer)`` with which event.
        """
        answer: FirstTouchResult = self._ask("first_touch", by=by, **options)
        return answer

    def attribution(
        self, goal: str | Sequence[str], model: str | Sequence[str] | None = None, by: str | None = None, **options: Any
    ) -> AttributionResult:  # fmt: skip
        """Which touches conversions are credited to.

        Every event with a channel before the goal is a touch; a journey is a customer's touches up to each goal, or to
        the end.

        Args:
            goal: the event that is to be explained, or several of them.
            model: ``first``, ``last`` (if not given), ``linear``, ``position``, ``decay``, ``markov`` or ``shapley``;
                several, or ``all``, for a table of them side by side. The journey model is named by ``journey=``.
            by: ``channel`` (if not given), ``touchpoint`` or another column that holds names.
            **options: ``lookback="30d"``, ``own``, ``fold``, ``position="40/20/40"``, ``half_life="7d"``, ``order``,
                ``money``, … of `lvtu.analyses.attribution.spec.AttributionSpec`.

        Returns:
            ``.table`` with the channel, ``conversions``, ``share``, ``low``, ``high``; of several models a column of
            conversions each. ``.models`` has all rows of all of them; ``.customers(channel)`` says who,
            ``.explain(customer)`` what each touch is given.
        """
        answer: AttributionResult = self._ask("attribution", goal=goal, model=model, by=by, **options)
        return answer

    def channels(self, goal: str | Sequence[str] | None = None, **options: Any) -> ChannelsResult:
        """How customers move between channels, and whether channels do alike.

        Args:
            goal: an event, or several: the share of customers who reach it is compared between channels.
            **options: ``within``, ``margin=0.05``, ``score_margin=0.5``, ``by``, … of
                `lvtu.analyses.channels.ChannelsSpec`.

        Returns:
            ``.table`` with ``source``, ``target``, ``transitions``, ``customers``, ``share``, ``low``, ``high``;
            ``.measures`` and ``.consistency`` say what is true of each channel and of all together;
            ``.customers(source, target)`` says who, ``.explain(customer)`` what of it is somebody's.
        """
        answer: ChannelsResult = self._ask("channels", goal=goal, **options)
        return answer

    def metric(self, name: str, **options: Any) -> MetricResult:
        """A figure of the catalogue: conversion, repurchase, refund, complaint, churn, referral, sales, growth, ….

        Args:
            name: the metric's key, with ``@3`` for a version (see `Workspace.metrics`).
            **options: ``by``, ``period``, ``zone``, ``where``, ``since``, ``until``, ``model`` of
                `lvtu.analyses.metric.MetricSpec`.

        Returns:
            ``.table`` with the breakdown, the period and the figure: ``rate``, ``low``, ``high``, ``count``, ``n`` for
            shares and ratios; ``.customers(group, period)`` says who, ``.explain(customer)`` why.
        """
        answer: MetricResult = self._ask("metric", name=name, **options)
        return answer

    def flow(self, start: str | Sequence[str] | None = None, steps: int = 5, **options: Any) -> FlowResult:
        """Where customers go from a place or an event, or where they come from, step by step.

        Args:
            start: a value of `by` or an event's name, or several; None for the beginning of each path (backwards: its
                end).
            steps: how many are followed.
            **options: ``direction``, ``by``, ``fold``, ``top``, ``entry``, ``within``, ``unit``, ``session_gap``, … of
                `lvtu.analyses.flow.FlowSpec`.

        Returns:
            ``.table`` with ``step``, ``source``, ``target``, ``customers``, ``share``, where ``*other`` are all names
            that are not told apart and ``*left`` (``*began``) stands for the end of a path; ``.started`` customers;
            ``.customers(step, source, target)`` says who, ``.explain(customer)`` which steps are somebody's.
        """
        answer: FlowResult = self._ask("flow", start=start, steps=steps, **options)
        return answer

    def step_matrix(self, start: str | Sequence[str] | None = None, **options: Any) -> StepMatrixResult:
        """Which share of customers is where, so many steps before an anchor and after it.

        Args:
            start: a value of `by` or an event's name, or several; None for the beginning of each path.
            **options: ``before``, ``after``, ``by``, ``fold``, ``top``, ``entry``, ``within``, ``unit``,
                ``session_gap``, … of `lvtu.analyses.step_matrix.StepMatrixSpec`.

        Returns:
            ``.table`` with ``step``, ``place``, ``customers``, ``share``; ``.customers(step, place)`` says who,
            ``.explain(customer)`` where somebody is, ``.compare(a, b)`` sets two segments side by side.
        """
        answer: StepMatrixResult = self._ask("step_matrix", start=start, **options)
        return answer

    def variants(self, **options: Any) -> VariantsResult:
        """The distinct paths that customers take, most frequent first.

        Args:
            **options: ``by``, ``fold``, ``unit``, ``start``, ``end``, ``most``, ``top``, … of
                `lvtu.analyses.variants.VariantsSpec`.

        Returns:
            ``.table`` with ``variant``, ``path`` (a list of places), ``places``, ``customers``, ``share``,
            ``cumulative``, ``median_time`` (µs), all others in the last row; ``.variants`` says how many there are in
            all, ``.customers(variant)`` who took one, ``.explain(customer)`` which one somebody took.
        """
        answer: VariantsResult = self._ask("variants", **options)
        return answer

    def sessions(self, by: str | None = None, **options: Any) -> SessionsResult:
        """How many visits there are, how long and how large, where they begin and end, and how many bounce.

        Args:
            by: what sessions are told apart by, at their first event: ``channel``, ``event``, ``touchpoint``, …
            **options: ``session_gap="30m"``, ``period``, ``zone``, … of `lvtu.analyses.sessions.SessionsSpec`.

        Returns:
            ``.table`` with ``sessions``, ``customers``, ``sessions_per_customer``, ``events_per_session``,
            ``median_duration``, ``p90_duration`` (µs), ``bounced``, ``bounce_rate`` with its interval, and with `by`
            the places where sessions begin (rows) and end (``exits``); ``.customers(group)`` says who.
        """
        answer: SessionsResult = self._ask("sessions", by=by, **options)
        return answer

    def timing(self, start: str | None = None, end: str | None = None, **options: Any) -> TimingResult:
        """How long it takes from one thing to another, or to silence, those who are still waiting included.

        Args:
            start: the event that starts the clock; None for any.
            end: the event that stops it; None for any.
            **options: ``silent="30d"`` instead of an end, ``entry``, ``by``, … of
                `lvtu.analyses.timing.TimingSpec`.

        Returns:
            ``.table`` with ``customers``, ``starts``, ``happened``, ``waiting``, quartiles and p90 of the times that
            are over (µs), the Kaplan–Meier share and the time by which half are expected to get there, with intervals;
            ``.curve``, ``.log_rank``; ``.customers(happened)`` says who.
        """
        answer: TimingResult = self._ask("timing", start=start, end=end, **options)
        return answer

    def response_times(self, by: str | None = None, **options: Any) -> ResponseTimesResult:
        """How long until customers are answered, and how often in time.

        Args:
            by: what the figures are broken down by.
            **options: ``start``, ``end`` (from Ticket Created to First Response if not given), ``match`` (the ticket's
                number), ``target`` (a day), ``hours`` ("mon-fri 09:00-18:00"), ``holidays``, ``zone``, ``period``, … of
                `lvtu.analyses.response_times.spec.ResponseTimesSpec`.

        Returns:
            ``.table`` with ``starts``, ``answered_share``, ``median_time``, ``p90_time``, ``in_time`` and their
            intervals; ``.customers(group, period, fate)`` says who, ``.explain(customer)`` each of their waits.
        """
        answer: ResponseTimesResult = self._ask("response_times", by=by, **options)
        return answer

    def lifecycle(self, event: str | Sequence[str] | None = None, **options: Any) -> LifecycleResult:
        """In each calendar period, who is new, who stays, who comes back, and who has gone quiet.

        Args:
            event: what makes a customer active, one name or several; None for any.
            **options: ``period``, ``zone``, ``event_where``, … of `lvtu.analyses.lifecycle.LifecycleSpec`.

        Returns:
            ``.table`` with ``period``, ``status`` (``new``, ``returning``, ``resurrected``, ``dormant``),
            ``customers``, ``change``; ``.customers(period, status)`` says who.
        """
        answer: LifecycleResult = self._ask("lifecycle", event=event, **options)
        return answer

    def stickiness(self, event: str | Sequence[str] | None = None, **options: Any) -> StickinessResult:
        """On how many days (or weeks, …) customers are active.

        Args:
            event: what makes a customer active, one name or several; None for any.
            **options: ``period``, ``zone``, ``since``, ``until``, … of `lvtu.analyses.stickiness.StickinessSpec`.

        Returns:
            ``.table`` with ``days``, ``customers``, ``share``, ``at_least``, ``share_at_least``; ``.actives`` with
            daily, weekly and monthly active customers; ``.customers(number)`` says who.
        """
        answer: StickinessResult = self._ask("stickiness", event=event, **options)
        return answer

    def clusters(self, **options: Any) -> ClustersResult:
        """Groups of customers whose paths look alike, named by what sets them apart.

        Args:
            **options: ``by``, ``fold``, ``clusters``, ``transitions``, ``top``, ``sample``, … of
                `lvtu.analyses.clusters.ClustersSpec`.

        Returns:
            ``.table`` with ``cluster``, ``name`` (a list of places), ``customers``, ``share``, ``median_events``,
            ``apart``; ``.customers(cluster)`` says who, ``.explain(customer)`` why, ``.centres`` by which rule.
        """
        answer: ClustersResult = self._ask("clusters", **options)
        return answer

    def model_change(self, change: Any, model: str | None = None, **options: Any) -> ModelChangeResult:
        """What changing a journey model would move, before it is saved.

        Args:
            change: the changed model: a `lvtu.JourneyModel`, a dict, YAML text, or the path of a YAML file.
            model: the model that it is compared with, ``@3`` for a version; the newest one of its key if not given.
            **options: ``order``, ``moment``, ``where``, ``since``, ``until`` of
                `lvtu.analyses.model_change.ModelChangeSpec`.

        Returns:
            ``.table`` with ``stage``, ``before``, ``after``, ``gained``, ``lost``, ``now_before``, ``now_after``;
            ``.moves`` says how many go from which stage to which, ``.customers(stage, "gained")`` and
            ``.movers(before, after)`` who, ``.explain(customer)`` why.
        """
        answer: ModelChangeResult = self._ask("model_change", change=change, model=model, **options)
        return answer

    def rollup(self, model: str | None = None, **options: Any) -> RollupResult:
        """A journey with the journeys within its stages, and what those add up to.

        Args:
            model: the model's key, with ``@3`` for a version; None for the default one.
            **options: ``order``, ``moment``, ``where``, ``since``, ``until`` of `lvtu.analyses.rollup.RollupSpec`.

        Returns:
            ``.table`` with ``level``, ``path``, ``entered``, ``customers``, ``conversion``, ``stays``, ``mean_dwell``
            (µs); ``.scores`` with the means of the scores given there; ``.customers(path)`` says who,
            ``.explain(customer)`` why.
        """
        answer: RollupResult = self._ask("rollup", model=model, **options)
        return answer

    def conformance(self, order: Sequence[Any] | None = None, **options: Any) -> ConformanceResult:
        """Who keeps to a designed order of steps, and where customers leave it.

        Args:
            order: the steps as designed: places (event names, unless ``by`` says otherwise), or dicts with ``place``,
                ``name``, ``within``, ``optional``, ``repeatable``. None for the stages of the journey model.
            **options: ``by``, ``fold``, ``model``, … of `lvtu.analyses.conformance.spec.ConformanceSpec`.

        Returns:
            ``.table`` with ``step``, ``name``, customers by verdict (``completed``, ``late``, ``out_of_order``,
            ``missing``, ``skipped``, ``pending``), ``share``, ``low``, ``high``, ``repeated``, ``median_time`` (µs);
            ``.ad_hoc``, ``.detours``, ``.cases``; ``.customers(step, status)`` says who, ``.explain(customer)`` why.
        """
        answer: ConformanceResult = self._ask("conformance", order=order, **options)
        return answer

    def handoffs(self, pairs: Sequence[Any], **options: Any) -> HandoffsResult:
        """What was handed over, and whether the next one took over in time.

        Args:
            pairs: dicts with ``source``, ``target``, ``within``.
            **options: ``by``, ``match``, ``model``, … of `lvtu.analyses.handoffs.spec.HandoffsSpec`.

        Returns:
            ``.table`` with ``pair``, ``source``, ``target``, ``within`` (µs), ``handoffs``, ``customers``, ``kept``,
            ``late``, ``broken``, ``pending``, ``untimed``, ``share``, ``low``, ``high``, ``kaplan_meier``,
            ``median_time``, ``p90_time`` (µs); ``.customers(pair, status)`` says who, ``.explain(customer)`` what.
        """
        answer: HandoffsResult = self._ask("handoffs", pairs=pairs, **options)
        return answer

    def timeline(self, customer: str, **options: Any) -> TimelineResult:
        """Everything one customer did and said, in order, from all sources.

        Args:
            customer: any identifier of theirs, former ones too.
            **options: ``limit``, ``where``, ``since``, ``until``.

        Returns:
            ``.table`` with the record of every event; ``.explain()`` says why each is theirs.
        """
        answer: TimelineResult = self._ask("timeline", customer=customer, **options)
        return answer

    def _ask(self, analysis: str, engine: str | None = None, **values: Any) -> Any:
        given = {name: value for name, value in values.items() if value is not None}
        return self.run({"analysis": analysis, **given}, engine)
