"""Lvtu 旅图: customer journeys from raw records.

    import lvtu

    ws = lvtu.open("shop.lvtu")
    ws.ingest("orders.csv")
    ws.funnel(["Product Viewed", "Order Completed"], within="7d")

Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lvtu import analyses as analyses
    from lvtu import voice as voice
    from lvtu.collect import Mapping as Mapping
    from lvtu.core.contracts import Contract as Contract
    from lvtu.core.model import JourneyModel as JourneyModel
    from lvtu.errors import LvtuError as LvtuError
    from lvtu.reports import IngestReport as IngestReport
    from lvtu.simulator import Pain as Pain
    from lvtu.simulator import simulate as simulate
    from lvtu.view import View as View
    from lvtu.workspace import Workspace as Workspace
    from lvtu.workspace import open as open

__version__ = "0.1.0"

_HOMES = {
    "open": "lvtu.workspace",
    "Workspace": "lvtu.workspace",
    "View": "lvtu.view",
    "IngestReport": "lvtu.reports",
    "Mapping": "lvtu.collect",
    "Contract": "lvtu.core.contracts",
    "JourneyModel": "lvtu.core.model",
    "LvtuError": "lvtu.errors",
    "Pain": "lvtu.simulator",
    "simulate": "lvtu.simulator",
}

__all__ = [
    "Contract",
    "IngestReport",
    "JourneyModel",
    "LvtuError",
    "Mapping",
    "Pain",
    "View",
    "Workspace",
    "__version__",
    "analyses",
    "open",
    "simulate",
    "voice",
]


def __getattr__(name: str) -> Any:
    if name in ("analyses", "voice"):
        return import_module(f"lvtu.{name}")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'lvtu' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
