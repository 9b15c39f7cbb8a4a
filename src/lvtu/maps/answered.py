"""What the data know of a map of a workspace, and what it says as a service blueprint."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, cast

from lvtu.core.languages import chosen
from lvtu.core.words import Lang
from lvtu.errors import BadInput

if TYPE_CHECKING:
    import pyarrow as pa

    from lvtu.core.model import JourneyModel
    from lvtu.core.model.touchpoints import Touchpoint
    from lvtu.maps.assessment import SelfAssessment
    from lvtu.maps.blueprint import Finding, Reading
    from lvtu.maps.document import JourneyMap
    from lvtu.maps.live import Filled
    from lvtu.maps.live.freshness import Stale
    from lvtu.maps.live.ledger import Resting
    from lvtu.maps.live.whole import Live
    from lvtu.maps.map import Map
    from lvtu.maps.moments import Proposal
    from lvtu.maps.shelf import Mapped


class Answered:
    """A map asked: its numbers, what they rest on, what the checks of its blueprint find."""

    if TYPE_CHECKING:
        _ws: Mapped
        id: str

        @property
        def document(self) -> JourneyMap:
            """The map as it is."""
            ...

    @property
    def live(self) -> Live:
        """Everything that the data know of the map: what is behind its numbers, and what they rest on."""
        from lvtu.maps.live.whole import Live

        return Live(self._ws, self.id, self.document, self._library)

    def answers(self, who: str | None = None, compare: str | None = None, *, weighted: bool = True) -> Filled:
        """What the data say to the map now: values by lane and step, quotes, who was there (`lvtu.maps.live`).

        Args:
            who: from whose perspective: ``persona:KEY``, ``customer:IDENTIFIER``, the name of a segment, or a condition
                in the filter language; everybody's if not given.
            compare: whose answers are set beside theirs, likewise; ``everybody``: everybody's.
            weighted: whether survey weights count; otherwise every answer counts as one.

        Raises:
            UnknownName: there is no such persona, segment or customer.
            BadInput: nobody has said which customers the persona stands for.
            BadExpression: the condition cannot be read.
        """
        from lvtu.maps.live.whom import EVERYBODY, whom

        live = self.live
        whose, other = (None if one in (None, EVERYBODY) else whom(one, self._ws) for one in (who, compare))
        if compare is not None:
            return live.compared(whose, other, weighted)
        found = live.counted(whose, weighted)
        return live.fresh(found) if whose is None and weighted else found

    def evidence(self) -> Resting:
        """What its cards rest on: by kind of evidence, the share that has any, what is assumed.

        What somebody said is no evidence any more once they are forgotten, nor is an insight, an interview or a passage
        of one that was removed. Of interviews the server knows that serves the workspace; where its database cannot be
        asked, `Resting.unknown` says of how much nobody can tell.
        """
        from lvtu.maps.live.ledger import Kept, resting

        document, ws = self.document, self._ws
        kept = Kept(document, ws.snapshot().lake, ws._ledger.insights, lambda: ws.interviews.ids())
        return resting(document, kept.gone, kept.unknown)

    def assessment(self, answers: Filled | None = None) -> SelfAssessment:
        """How the team rates its own service at each step, beside how customers do (`lvtu.maps.assessment`).

        Args:
            answers: what the data say; asked if not given.
        """
        from lvtu.maps.assessment import SelfAssessment

        return SelfAssessment(cast("Map", self), answers)

    def stale(self) -> list[Stale]:
        """The cells that are not to be relied on any more, each with the reason why (`lvtu.maps.live.freshness`)."""
        live = self.live
        return live.stale(live.counted())

    def moments(self) -> list[Proposal]:
        """Steps that are proposed as moments of truth, with what speaks for it, and what was decided.

        See `lvtu.maps.moments`; ``accept_moment`` and ``refuse_moment`` are edits.
        """
        from lvtu.maps.moments import candidates, proposals

        found = candidates(self.document, self._ws, self._library(), self._ws.config.zone)
        return proposals(self.document, found)

    def _library(self) -> dict[str, Touchpoint]:
        """The touchpoints that its steps may name, by id."""
        return {one.id: one for one in self._plan(self.document).touchpoints}

    def reading(self, answers: Filled | None = None, language: Lang | None = None) -> Reading:
        """The map read as a service blueprint, with what the data say now or said in `answers`.

        Args:
            answers: as for `svg`.
            language: as in which departments are called; None: as they are written.
        """
        from lvtu.maps.blueprint import Reading

        document = self.document
        plan = self._plan(document)
        library = {one.id: one for one in plan.touchpoints}
        told = document if language is None else document.spoken(language)
        return Reading(told, self.answers() if answers is None else answers, library, plan.names("channel"))

    def findings(self, *, waived: bool = False, answers: Filled | None = None) -> tuple[Finding, ...]:
        """What is wrong with the map as a service blueprint, the gravest first (`lvtu.maps.blueprint.findings`).

        Args:
            waived: whether those are told too that somebody accepted.
            answers: as for `svg`.
        """
        from lvtu.maps.blueprint import findings

        return tuple(one for one in findings(self.reading(answers)) if waived or one.waiver is None)

    def handoffs(self, answers: Filled | None = None, language: Lang | None = None) -> pa.Table:
        """Which department hands over to which, and whether in time (`lvtu.maps.blueprint.tables.handoffs`)."""
        from lvtu.maps.blueprint.tables import handoffs

        return handoffs(self.reading(answers, chosen(language)))

    def dependencies(self, language: Lang | None = None, answers: Filled | None = None) -> pa.Table:
        """What depends on what, and how often that broke (`lvtu.maps.blueprint.tables.dependencies`)."""
        from lvtu.maps.blueprint.tables import dependencies

        return dependencies(self.reading(answers, language := chosen(language)), language)

    def interactions(self, language: Lang | None = None) -> pa.Table:
        """Where customer and company meet (`lvtu.maps.blueprint.tables.interactions`)."""
        from lvtu.maps.blueprint.tables import interactions
        from lvtu.maps.live import Filled

        return interactions(self.reading(Filled(), language := chosen(language)), language)

    def unowned(self, language: Lang | None = None) -> pa.Table:
        """What nobody answers for (`lvtu.maps.blueprint.tables.unowned`)."""
        from lvtu.maps.blueprint.tables import unowned
        from lvtu.maps.live import Filled

        return unowned(self.reading(Filled()), chosen(language))

    def _plan(self, document: JourneyMap) -> JourneyModel:
        """The journey model of the map, with the touchpoints of the others behind its own.

        A map that came from another workspace may name a model that is not here: it has none then.
        """
        from lvtu.core.model import JourneyModel
        from lvtu.maps.touchpoints import known

        plan = JourneyModel.model_validate({"key": "map", "title": document.title})
        if document.model is not None:
            with suppress(BadInput):
                plan = self._ws.model(document.model)
        own = {one.id for one in plan.touchpoints}
        more = tuple(one for one in known(self._ws).values() if one.id not in own)
        return plan.model_copy(update={"touchpoints": (*plan.touchpoints, *more)})
