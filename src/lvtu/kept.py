"""What people keep in a workspace beside its events: its settings, and documents, each with versions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lvtu.store.catalogue import Catalogue
from lvtu.store.config import Config, Layout
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.settings import Current, change

if TYPE_CHECKING:
    from lvtu.core.metrics import Metric
    from lvtu.core.model import JourneyModel
    from lvtu.core.model.crosswalk import Crosswalk
    from lvtu.core.model.nesting import Node
    from lvtu.core.model.text import Text
    from lvtu.core.segments import Segment
    from lvtu.store.segments import SavedSegment


class Kept:
    """The settings of a workspace, and its documents: journey models, metrics and segments."""

    layout: Layout
    _catalogue: Catalogue
    _current: Current

    def snapshot(self) -> Snapshot:
        """The newest snapshot."""
        raise NotImplementedError

    @property
    def documents_version(self) -> str:
        """Another one after every change of a model, a metric or a segment, and of the time zone."""
        return f"{self._catalogue.version}.{self.config.zone}"

    # Settings.

    @property
    def config(self) -> Config:
        """What `lvtu.json` says; a title and a zone that were changed meanwhile, here or elsewhere, are seen."""
        return self._current()

    def configure(self, title: str | Text | None = None, zone: str | None = None) -> None:
        """Give the workspace another title or time zone.

        Days are told apart when a question is asked, so a new zone moves them at once and nothing is built again.

        Args:
            title: what people call it: a `lvtu.core.model.text.Text` in both languages, or one text for both.
            zone: the time zone of calendar days where a question names none: ``Asia/Shanghai``.

        Raises:
            BadInput: there is no such zone.
        """
        from lvtu.analyses.calendars import zone_of

        if zone is not None:
            zone_of(zone)
        change(self.layout.root, title, zone)

    # Journey models.

    @property
    def default_model(self) -> str | None:
        """The key of the journey model that questions use when they name none; None where none has been saved."""
        return self._catalogue.models.default

    def models(self) -> list[dict[str, Any]]:
        """The newest version of every journey model: ``key``, ``version``, ``title``, ``saved``, ``default``."""
        return self._catalogue.models.list()

    def model(self, key: str | None = None, version: int | None = None) -> JourneyModel:
        """A journey model: the default one, or one by its key; the newest version unless one is named.

        Args:
            key: the model's key; ``shop@3`` names the version too. A preset's key (`lvtu.core.model.presets.PRESETS`)
                gives the preset where the workspace has no model of that key.
            version: the version.

        Raises:
            BadInput: there is no such model or version.
        """
        return self._catalogue.models.named(key) if version is None else self._catalogue.models.get(key, version)

    def save_model(self, model: JourneyModel | dict[str, Any] | str | Path, default: bool = False) -> JourneyModel:
        """Keep a journey model. Every save is a new version, and no version ever changes.

        Args:
            model: a `lvtu.JourneyModel`, a dict, YAML text, or the path of a YAML file.
            default: make it the model that questions use when they name none; the first one saved is.

        Returns:
            The model with its version.

        Raises:
            BadInput: the model is not consistent: a stage uses a touchpoint that it lacks, say, or a journey would
                contain itself.
        """
        return self._catalogue.models.save(model, default)

    # Metrics.

    def metrics(self) -> list[Metric]:
        """The catalogue of metrics: those that every workspace has, and its own, each in its newest version."""
        return self._catalogue.metrics.list()

    def metric_definition(self, name: str) -> Metric:
        """A metric's definition, by its key, with ``@3`` for a version.

        Raises:
            UnknownName: there is no such metric.
            BadInput: it has no such version.
        """
        return self._catalogue.metrics.named(name)

    def save_metric(self, metric: Metric | dict[str, Any] | str | Path) -> Metric:
        """Keep a metric's definition. Every save is a new version, and no version ever changes.

        Args:
            metric: a `lvtu.core.metrics.Metric`, a dict, YAML text, or the path of a YAML file. One of the key of a
                metric that every workspace has takes its place here.

        Returns:
            The metric with its version; ``ws.metric("conversion@2")`` asks for one.

        Raises:
            BadInput: its parts do not go together.
        """
        return self._catalogue.metrics.save(metric)

    def hierarchy(self, model: str | None = None) -> list[Node]:
        """A journey with the journeys within its stages: L0 the journey, L1 its stages, L2 the journeys in them, …

        Args:
            model: the model's key, with ``@3`` for a version; None for the default one.
        """
        from lvtu.core.model.nesting import tree

        return tree(self.model(model), self.model)

    def crosswalk(self, *models: str) -> Crosswalk:
        """Models beside each other, by the place in the lifecycle that each stage stands for.

        Args:
            models: the keys of two or more; presets' too.

        Raises:
            BadInput: fewer than two different models.
        """
        from lvtu.core.model.crosswalk import crosswalk

        return crosswalk(*map(self.model, models))

    # Segments.

    def segments(self) -> list[Segment]:
        """The named segments: those that every workspace has, and its own, each in its newest version."""
        return self._catalogue.segments.documents.list()

    def segment_definition(self, name: str) -> Segment:
        """A segment's definition, by its key, with ``@3`` for a version.

        Raises:
            UnknownName: there is no such segment.
            BadInput: it has no such version.
        """
        return self._catalogue.segments.documents.named(name)

    def save_segment(
        self,
        segment: Segment | dict[str, Any] | str | Path,
        condition: str | None = None,
        *,
        customers: Iterable[str] | None = None,
        title: Any = None,
        description: Any = None,
    ) -> SavedSegment:
        """Give a segment a name: ``in segment 'VIP'`` then stands wherever a filter may.

        Every save is a new version, and no version ever changes, but that a customer who is forgotten leaves all of
        them. ``in segment 'VIP@2'`` asks for one.

        Args:
            segment: a `lvtu.core.segments.Segment`, a dict, YAML text, or the path of a YAML file; or a name.
            condition: with a name: who is in it, now and later.
            customers: with a name: a list instead, any identifiers, as ``.customers(…)`` of every answer gives them. It
                holds the customers that have them now, whatever they are called later.
            title, description: with a name: what people read; a text, or ``{"zh": …, "en": …}``.

        Returns:
            The segment with its version; ``.notes`` say whom of a list nobody knows, ``.not_found`` and
            ``.of_several`` which identifiers those are: they are left out and not kept.

        Raises:
            BadInput: its parts do not go together.
            BadExpression: the condition cannot be read.
        """
        given: Any = segment
        if condition is not None or customers is not None:
            who = None if customers is None else tuple(customers)
            given = {"key": segment, "condition": condition, "customers": who,
                     "title": title, "description": description}  # fmt: skip
        return self._catalogue.segments.save(given, self.snapshot())
