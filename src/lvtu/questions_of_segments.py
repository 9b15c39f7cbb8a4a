"""The questions about segments of customers, as methods of a view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lvtu.analyses.drift import DriftResult
    from lvtu.analyses.overlap import OverlapResult
    from lvtu.analyses.rfm.result import RfmResult
    from lvtu.analyses.segment import SegmentResult


class SegmentQuestions:
    """What can be asked about segments."""

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
            ``.pairs`` with ``both``, ``jaccard``, and ``lift`` with its interval; ``.customers(*segments)`` says who,
            ``.explain(customer)`` why.
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
            scores, ``.cuts`` with what earns each score; ``.customers(segment)`` says who, ``.explain(customer)`` why.
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
            ``.customers(period, change)`` says who, ``.explain(customer)`` why.
        """
        answer: DriftResult = self._ask("drift", segment=segment, **options)
        return answer

    def _ask(self, analysis: str, **values: Any) -> Any:
        raise NotImplementedError
