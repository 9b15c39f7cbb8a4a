"""What a demonstration is made of: words in two languages, journey models and findings.

All are small frozen documents. A journey model says which stages and steps a customer is thought to pass and
in which order; it never claims that anybody was seen passing them in that order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
"""The languages of every page and of the console."""


@dataclass(frozen=True)
class Text:
    """The same thing said in Chinese and in English.

    Example:
        >>> Text("安检", "Security").get("en")
        'Security'
    """

    zh: str
    en: str

    def get(self, lang: Lang) -> str:
        """The text in a language."""
        return self.zh if lang == "zh" else self.en


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
class JourneyModel:
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
