"""Journey models: stages, touchpoints, channels and behaviours, as documents that people write and change.

Nothing is imported before it is used: most questions read no column of a model.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lvtu.core.model.behaviours import Behaviour as Behaviour
    from lvtu.core.model.behaviours import Repeat as Repeat
    from lvtu.core.model.channels import Channel as Channel
    from lvtu.core.model.journey import JourneyModel as JourneyModel
    from lvtu.core.model.journey import Stage as Stage
    from lvtu.core.model.rules import Rule as Rule
    from lvtu.core.model.text import Text as Text
    from lvtu.core.model.touchpoints import Touchpoint as Touchpoint

_HOMES = {
    "Behaviour": "behaviours",
    "Repeat": "behaviours",
    "Channel": "channels",
    "JourneyModel": "journey",
    "Stage": "journey",
    "Rule": "rules",
    "Text": "text",
    "Touchpoint": "touchpoints",
}

__all__ = ["Behaviour", "Channel", "JourneyModel", "Repeat", "Rule", "Stage", "Text", "Touchpoint"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"lvtu.core.model.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'lvtu.core.model' has no attribute {name!r}")
