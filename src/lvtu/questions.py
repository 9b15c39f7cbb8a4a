"""Everything that can be asked of time lines, by a workspace or by a view of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lvtu.analyses.base import Result, Spec
    from lvtu.analyses.funnel import FunnelResult
    from lvtu.analyses.graph import GraphResult
    from lvtu.analyses.retention import RetentionResult
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
