"""All analyses by name: what Python, the command line and saved questions are made from."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from lvtu.analyses.base import Spec, make
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, UnknownName
from lvtu.store.journeys.snapshot import Snapshot


@dataclass(frozen=True)
class Entry:
    """One analysis.

    Attributes:
        name: what it is called everywhere.
        spec: the class of its questions.
        run: answers a question on a snapshot.
    """

    name: str
    spec: type[Spec]
    run: Callable[[Any, Snapshot, Engine], Any]


class Registry(Mapping[str, Entry]):
    """The analyses; each module is imported when its analysis is first asked for."""

    names = (
        "funnel",
        "graph",
        "retention",
        "trend",
        "timeline",
        "stages",
        "model_change",
        "rollup",
        "behaviours",
        "first_touch",
        "conformance",
        "handoffs",
        "sessions",
        "timing",
        "response_times",
        "lifecycle",
        "stickiness",
        "attribution",
        "channels",
        "metric",
        "scores",
        "touchpoint_quality",
        "scorecard",
        "word_of_mouth",
        "drivers",
        "themes",
        "servqual",
        "kano",
        "maxdiff",
        "segment",
        "overlap",
        "rfm",
        "drift",
        "flow",
        "step_matrix",
        "variants",
        "clusters",
    )
    _elsewhere: ClassVar = {"themes": "lvtu.voice.themes"}
    """The modules of questions that need what lies above the analyses; each is found when it is asked."""

    def __getitem__(self, name: str) -> Entry:
        if name not in self.names:
            raise UnknownName("analysis", name, self.names)
        module = importlib.import_module(self._elsewhere.get(name, f"lvtu.analyses.{name}"))
        return Entry(name, module.SPEC, module.run)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.names


REGISTRY = Registry()


def spec_of(document: Mapping[str, Any]) -> Any:
    """A spec from its JSON.

    Raises:
        BadInput: it names no analysis, or an option does not fit.

    Example:
        >>> spec_of({"analysis": "funnel", "steps": ["A", "B"], "within": "7d"}).steps[1].event
        'B'
    """
    values = dict(document)
    name = values.pop("analysis", None)
    if not isinstance(name, str):
        raise BadInput("no_analysis", known=REGISTRY)
    return make(REGISTRY[name].spec, values)
