"""Views: the time lines of a workspace, or some of their events, ready to be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from lvtu.core.sentences import Note
from lvtu.core.units import instant, moment, write_instant
from lvtu.questions import Questions
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.base import Result, Spec
    from lvtu.core.model import JourneyModel
    from lvtu.engines.base import Engine
    from lvtu.engines.choice import Engines
    from lvtu.store.catalogue import Catalogue

_Answer = TypeVar("_Answer")
_TRIES = 3


class View(Questions):
    """The time lines of a workspace, or some of their events, as of now or as of a commit.

    Args:
        snapshots: gives the snapshot to ask.
        engines: who answers, by name.
        catalogue: the journey models and metrics that questions name.
        where: only events for which this is true exist.
        since, until: see each analysis.
        zone: tells the time zone of calendar days where a question names none.
        engine: the name of the engine that answers where a question names none.
        model: the journey model that questions are read through where they name none; the workspace's if not given.
    """

    def __init__(
        self,
        snapshots: Callable[[], Snapshot],
        engines: Engines,
        catalogue: Catalogue,
        where: str | None = None,
        since: Any = None,
        until: Any = None,
        zone: Callable[[], str] = lambda: "UTC",
        engine: str | None = None,
        model: JourneyModel | None = None,
    ) -> None:
        self._snapshots, self._engines, self._catalogue, self._zone = snapshots, engines, catalogue, zone
        self._engine, self._where, self._since, self._until = engine, where, since, until
        self._model = model

    def __repr__(self) -> str:
        times = {"since": self._since, "until": self._until}
        told = {name: None if time is None else write_instant(instant(time)) for name, time in times.items()}
        named = {"where": self._where, **told, "engine": self._engine}
        return f"View({', '.join(f'{name}={value!r}' for name, value in named.items() if value is not None)})"

    def _repr_html_(self) -> str:
        from lvtu.analyses.html import page
        from lvtu.core.expr import describe, parse
        from lvtu.core.words import language, say

        lines = [say("view.where", condition=describe(parse(self._where), language()))] if self._where else []
        for name, time in (("since", self._since), ("until", self._until)):
            lines += (
                [say(f"view.{name}", time=f"{moment(instant(time)):%Y-%m-%d %H:%M:%S}")] if time is not None else []
            )
        return page([say("view.some" if lines else "view.all"), *lines])

    @property
    def simulated(self) -> bool:
        """Whether the workspace's data carry simulated events (`lvtu.simulate`): every answer then says so."""
        return self._catalogue.simulated

    def journeys(
        self, where: str | None = None, since: Any = None, until: Any = None, engine: str | None = None
    ) -> View:
        """A narrower view: its conditions are added to this one's.

        Args:
            where, since, until: which events exist for its questions.
            engine: who answers them: ``local`` or ``spark``; as here if not given.
        """
        both = f"({self._where}) and ({where})" if self._where and where else where or self._where
        span = _later(self._since, since), _earlier(self._until, until)
        engine = engine or self._engine
        return View(
            self._snapshots, self._engines, self._catalogue, both, *span, zone=self._zone, engine=engine,
            model=self._model,
        )  # fmt: skip

    def through(self, model: JourneyModel) -> View:
        """The same time lines, read through a journey model that need not be saved.

        Args:
            model: it; questions that name another are read through that.
        """
        span = self._since, self._until
        return View(
            self._snapshots, self._engines, self._catalogue, self._where, *span, zone=self._zone, engine=self._engine,
            model=model,
        )  # fmt: skip

    def run(self, spec: Spec | Mapping[str, Any], engine: str | None = None) -> Result:
        """Answer a question that is a value: a spec, or the JSON of one."""
        from lvtu.analyses.naming import Naming
        from lvtu.analyses.registry import REGISTRY, spec_of
        from lvtu.core.model.columns import ModelColumns

        question = spec_of(spec) if isinstance(spec, Mapping) else spec
        if self._where or self._since is not None or self._until is not None:
            question = self._narrowed(question)
        if (zone := self._zone()) != "UTC" and "zone" in type(question).model_fields.keys() - question.model_fields_set:
            question = question.model_copy(update={"zone": zone})

        def answered(snapshot: Snapshot, who: Engine) -> Result:
            answer: Result = REGISTRY[question.analysis].run(question, snapshot, who)
            columns = snapshot.derived
            if answer.model is None and isinstance(columns, ModelColumns) and columns.used:
                answer.model = columns.model
            answer.naming = Naming.of(snapshot, answer.model)
            if self.simulated:
                answer.notes.insert(0, Note("simulated"))
            return answer

        return self.asked(answered, question.journey_model, engine)

    def asked(
        self, answered: Callable[[Snapshot, Engine], _Answer], model: str | None = None, engine: str | None = None
    ) -> _Answer:
        """What comes of the newest snapshot: several questions that must be answered on one.

        Args:
            answered: is given the snapshot, read through a journey model, and who folds; called again with a newer one
                if an erasure takes the first one's files away meanwhile.
            model: the model's key, with ``@3`` for a version; the default one if not given. Without any model, only
                what needs one fails.
            engine: who answers; as here if not given.
        """
        from lvtu.core.model.columns import ModelColumns

        who, catalogue = self._engines.named(engine or self._engine), self._catalogue
        given = self._model if model is None else None

        def through(snapshot: Snapshot) -> _Answer:
            models = catalogue.models.named
            columns = ModelColumns(lambda: given or models(model), catalogue.metrics.named, models)
            return answered(snapshot.through(columns, catalogue.segments), who)

        return steadily(through, self._snapshots)

    def _narrowed(self, question: Any) -> Any:
        from lvtu.analyses.base import make

        where = f"({self._where}) and ({question.where})" if self._where and question.where else self._where
        changes: dict[str, Any] = {
            "where": where or question.where,
            "since": _later(self._since, question.since),
            "until": _earlier(self._until, question.until),
        }
        return make(type(question), question.model_dump(exclude_defaults=True) | changes)


def steadily(answered: Callable[[Snapshot], _Answer], snapshots: Callable[[], Snapshot]) -> _Answer:
    """The answer of a snapshot; a new snapshot's, if an erasure takes the first one's files away meanwhile."""
    for _ in range(_TRIES):
        snapshot = snapshots()
        try:
            return answered(snapshot)
        except Exception:
            if snapshot.folder.is_dir():
                raise
    return answered(snapshots())


def _later(one: Any, other: Any) -> Any:
    return max((instant(t) for t in (one, other) if t is not None), default=None)


def _earlier(one: Any, other: Any) -> Any:
    return min((instant(t) for t in (one, other) if t is not None), default=None)
