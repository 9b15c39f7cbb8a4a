"""The usual simulation, and a workspace of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import lvtu
from unit.simulator.simulations import SEED, Simulated


@pytest.fixture(scope="session")
def usual() -> Simulated:
    """What is made unless something else is asked for."""
    return lvtu.simulate(customers=2000, seed=SEED)


@pytest.fixture(scope="session")
def ws(tmp_path_factory: pytest.TempPathFactory, usual: Simulated) -> Iterator[Any]:
    workspace = lvtu.open(tmp_path_factory.mktemp("simulated") / "ws")
    workspace.report = workspace.ingest(usual[0])
    workspace.save_model(usual[1].model, default=True)
    yield workspace
    workspace.close()
