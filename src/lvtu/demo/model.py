"""What a demonstration is made of: words in two languages, the plans of its maps, and findings.

All are small frozen documents. A map's plan says which stages and steps a customer is thought to pass and in which
order; it never claims that anybody was seen passing them in that order. It is no `lvtu.core.model.JourneyModel`: its
stages hold steps to draw (the third order and the fourth are two steps of one event), where a model's hold rules.
"""

from __future__ import annotations

from dataclasses import dataclass

from lvtu.core.model.text import Text
from lvtu.core.words import LANGS, Lang

__all__ = ["LANGS", "Finding", "Lang", "MapPlan", "Stage", "Step", "Text"]


@dataclass(frozen=True)
class Step:
    """One step of a journey.

    Attributes:
        key: stable name, never shown.
        name: the step's name.
        touchpoint: where it happens.
        event: the event that shows it.
    """

    key: str
    name: Text
    touchpoint: Text
    event: str


@dataclass(frozen=True)
class Stage:
    """A stage: a goal of the customer's, and the steps towards it in order."""

    key: str
    name: Text
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class MapPlan:
    """Stages and steps in order.

    Attributes:
        key: the workspace's name.
        title: the journey's name.
        scenario: who travels, from where to where, in one sentence.
        order: whether the order of the steps was seen in the data or is the model's, in one sentence.
        observed: True when every customer's own order is in the data.
        stages: in order.
    """

    key: str
    title: Text
    scenario: Text
    order: Text
    observed: bool
    stages: tuple[Stage, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in order."""
        return tuple(step for stage in self.stages for step in stage.steps)


@dataclass(frozen=True)
class Finding:
    """One thing found in a workspace, as a person would want to read it.

    Attributes:
        workspace: the workspace's name.
        key: stable name of the finding.
        text: the sentence.
        significant: False for context, True for what stands out from chance or expectation.
    """

    workspace: str
    key: str
    text: Text
    significant: bool = False
