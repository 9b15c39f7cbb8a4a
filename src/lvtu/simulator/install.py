"""A workspace of simulated customers."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING

from lvtu.core.model.text import Text
from lvtu.errors import BadInput
from lvtu.simulator.pains import Pain
from lvtu.simulator.simulate import simulate
from lvtu.simulator.truth import Truth
from lvtu.store.config import create

if TYPE_CHECKING:
    from lvtu.reports import IngestReport
    from lvtu.workspace import Workspace

TITLE = Text("模拟零售商", "Simulated retailer")
"""What the workspace is called."""

ZONE = "Asia/Shanghai"


def install(
    path: str | PathLike[str], customers: int, seed: int, pains: Iterable[Pain] | None = None
) -> tuple[Workspace, IngestReport, Truth]:
    """Make a workspace of simulated customers, with the journey model and the time zone that fit them.

    Args:
        path: an absent or empty folder, or a workspace without events.
        customers, seed, pains: as of `lvtu.simulator.simulate`.

    Returns:
        The workspace, open; what became of the events; and what is true of them.

    Raises:
        BadInput: the workspace has events, which are not to be mixed with simulated ones.
    """
    from lvtu.workspace import Workspace

    create(path, TITLE, example=True)
    ws = Workspace(path)
    try:
        if ws.commits():
            raise BadInput("simulate_apart", path=str(path))
        events, truth = simulate(customers=customers, seed=seed, pains=pains)
        ws.configure(zone=ZONE)
        report = ws.ingest(events)
        ws.save_model(truth.model, default=True)
    except BaseException:
        ws.close()
        raise
    return ws, report, truth
