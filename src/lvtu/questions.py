"""Everything that can be asked of time lines, by a workspace or by a view of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lvtu.analyses.attribution_result import AttributionResult
    from lvtu.analyses.base import Result, Spec
    from lvtu.analyses.behaviours import BehavioursResult
    from lvtu.analyses.channels_result import ChannelsResult
    from lvtu.analyses.drift import DriftResult
    from lvtu.analyses.first_touch import FirstTouchResult
    from lvtu.analyses.flow import FlowResult
    from lvtu.analyses.funnel import FunnelResult
    from lvtu.analyses.graph import GraphResult
    from lvtu.analyses.metric_result import MetricResult
    from lvtu.analyses.overlap import OverlapResult
    from lvtu.analyses.retention import RetentionResult
    from lvtu.analyses.rfm_result import RfmResult
    from lvtu.analyses.segment import SegmentResult
    from lvtu.analyses.stages import StagesResult
    from lvtu.analyses.step_matrix import StepMatrixResult
    from lvtu.analyses.trend import TrendResult
    from lvtu.analyses.variants import VariantsResult


class Questions:
    """The analyses as methods; each takes the options of its spec by name (see `lvtu.analyses`)."""

    def run(self, spec: Spec | Mapping[str, Any]) -> Result:
        """Answer a question that is a value: a spec, or the JSON of one.

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
                `lvtu.analyses.funnel_spec.FunnelSpec`.

        Returns:
            ``.table`` with ``step``, ``name``, ``customers``, ``from_previous``, ``from_start``, ``median_time``
            (µs); ``.customers(step)`` says who, ``.explain(customer)`` why.
        """
        answer: FunnelResult = self._ask("funnel", steps=steps, **options)
        return answer

    def graph(self, **options: Any) -> GraphResult:
        """What directly follows what.

        Args:
            **options: ``by``, ``within``, ``fold``, … of `lvtu.analyses.graph.GraphSpec`.

        Returns:
            ``.table`` with ``source``, ``target``, ``transitions``, ``customers``, ``median_time`` (µs).
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
            ``.table`` with ``period``, ``customers``, ``mature``, ``returned``, ``rate``, interval; ``.cohorts``.
        """
        answer: RetentionResult = self._ask("retention", start=start, back=back, **options)
        return answer

    def trend(self, event: str | Sequence[str] | None = None, **options: Any) -> TrendResult:
        """Events, customers and money per calendar period.

        Args:
            event: one name or several; None for all.
            **options: ``period``, ``zone``, ``by``, … of `lvtu.analyses.trend.TrendSpec`.
        """
        answer: TrendResult = self._ask("trend", event=event, **options)
        return answer

    def stages(self, model: str | None = None, **options: Any) -> StagesResult:
        """How many customers reach each stage of a journey model, and how long they stay.

        Args:
            model: the model's key, with ``@3`` for a version; None for the default one.
            **options: ``order``, … of `lvtu.analyses.stages.StagesSpec`.

        Returns:
            ``.table`` with ``stage``, ``customers``, ``from_previous``, ``from_start``, ``dropped``, ``median_dwell``,
            ``p90_dwell`` (µs); ``.customers(stage)`` says who.
        """
        answer: StagesResult = self._ask("stages", model=model, **options)
        return answer

    def behaviours(self, model: str | None = None, **options: Any) -> BehavioursResult:
        """Who viewed, ordered, paid, came back, complained, … as a journey model defines it.

        Args:
            model: the model's key, with ``@3`` for a version; None for the default one.
            **options: ``where``, ``since``, ``until``.

        Returns:
            ``.table`` with ``behaviour``, ``customers``, ``share``, ``events``; ``.customers(behaviour)`` says who.
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
            ``responses``, ``mean``, ``mean_low``, ``mean_high``, ``effective``; ``.customers(touch)`` says who.
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
                ``money``, … of `lvtu.analyses.attribution_spec.AttributionSpec`.

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
            ``.customers(source, target)`` says who.
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
            shares and ratios; ``.customers(group, period)`` says who.
        """
        answer: MetricResult = self._ask("metric", name=name, **options)
        return answer

    def segment(self, condition: str, **options: Any) -> SegmentResult:
        """Who fulfils a condition: ``did A at least 2 times``, ``A then B within 7 days``, ``cart -> [^cart]* -> pay``.

        Args:
            condition: of customers, or of events, of which a customer must have one (see `lvtu.core.expr`); or the name
                of a segment, ``VIP``, ``VIP@2``, ``lifecycle:new`` (see `Workspace.save_segment`).
            **options: ``where``, ``since``, ``until``, ``model``.

        Returns:
            ``.size``, and ``.table`` with ``condition``, ``customers``, ``everyone``, ``share``; ``.customers()`` says
            who, ``.explain(customer)`` why.
        """
        answer: SegmentResult = self._ask("segment", condition=condition, **options)
        return answer

    def overlap(self, *segments: str, **options: Any) -> OverlapResult:
        """How segments overlap: who is in which of them at once, and whether more than chance would have it.

        Args:
            segments: two to eight names of segments, or conditions.
            **options: ``where``, ``since``, ``until``, ``model``.

        Returns:
            ``.table`` with ``segments`` (who is in these and in no other), ``customers``, ``share`` of the ``.union``;
            ``.pairs`` with ``both``, ``jaccard``, and ``lift`` with its interval; ``.customers(*segments)`` says who.
        """
        answer: OverlapResult = self._ask("overlap", segments=segments, **options)
        return answer

    def rfm(self, event: str, **options: Any) -> RfmResult:
        """How lately, how often and for how much customers buy: scores from 1 to 5, and segments made of them.

        Args:
            event: what counts as an order.
            **options: ``recency``, ``frequency``, ``money`` (four cut points each; fifths if not given), ``where``,
                ``since``, ``until``.

        Returns:
            ``.table`` with a row for each segment (champions, loyal, …) and its rule, ``.cells`` with one for any three
            scores, ``.cuts`` with what earns each score; ``.customers(segment)`` says who.
        """
        answer: RfmResult = self._ask("rfm", event=event, **options)
        return answer

    def drift(self, segment: str, **options: Any) -> DriftResult:
        """How a segment changes: who is in it at the end of each period, who has entered and who has left.

        Args:
            segment: its name, or a condition.
            **options: ``period`` (month), ``zone``, ``where``, ``since``, ``until``.

        Returns:
            ``.table`` with ``period``, ``inside``, ``everyone``, ``share``, ``entered``, ``exited``, ``stayed``;
            ``.customers(period, change)`` says who.
        """
        answer: DriftResult = self._ask("drift", segment=segment, **options)
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
            ``.customers(step, source, target)`` says who.
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
            ``.compare(a, b)`` sets two segments side by side.
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

    def timeline(self, customer: str, **options: Any) -> Result:
        """Everything one customer did and said, in order, from all sources.

        Args:
            customer: any identifier of theirs, former ones too.
            **options: ``limit``, ``where``, ``since``, ``until``.
        """
        answer: Result = self._ask("timeline", customer=customer, **options)
        return answer

    def _ask(self, analysis: str, **values: Any) -> Any:
        return self.run({"analysis": analysis, **{name: value for name, value in values.items() if value is not None}})
