"""Everything that can be asked of time lines, by a workspace or by a view of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lvtu.analyses.base import Result, Spec
    from lvtu.analyses.behaviours import BehavioursResult
    from lvtu.analyses.conformance import ConformanceResult
    from lvtu.analyses.first_touch import FirstTouchResult
    from lvtu.analyses.funnel import FunnelResult
    from lvtu.analyses.graph import GraphResult
    from lvtu.analyses.handoffs import HandoffsResult
    from lvtu.analyses.retention import RetentionResult
    from lvtu.analyses.stages import StagesResult
    from lvtu.analyses.trend import TrendResult


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

    def conformance(self, order: Sequence[Any] | None = None, **options: Any) -> ConformanceResult:
        """Who keeps to a designed order of steps, and where customers leave it.

        Args:
            order: the steps as designed: places (event names, unless ``by`` says otherwise), or dicts with ``place``,
                ``name``, ``within``, ``optional``, ``repeatable``. None for the stages of the journey model.
            **options: ``by``, ``fold``, ``model``, … of `lvtu.analyses.conformance_spec.ConformanceSpec`.

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
            **options: ``by``, ``match``, ``model``, … of `lvtu.analyses.handoffs_spec.HandoffsSpec`.

        Returns:
            ``.table`` with ``pair``, ``source``, ``target``, ``within`` (µs), ``handoffs``, ``customers``, ``kept``,
            ``late``, ``broken``, ``pending``, ``untimed``, ``share``, ``low``, ``high``, ``kaplan_meier``,
            ``median_time``, ``p90_time`` (µs); ``.customers(pair, status)`` says who, ``.explain(customer)`` what.
        """
        answer: HandoffsResult = self._ask("handoffs", pairs=pairs, **options)
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
