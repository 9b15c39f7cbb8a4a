"""Workspaces in every state that the same events can be in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from contract.cases import Case, buckets, rated, ugly, wide, workspace
from naive.journeys import Event


def _late(seed: int) -> list[Event]:
    """What arrives later: more of the same customers' events, tied with theirs, and new customers."""
    return rated(ugly(seed, customers=60, most=3) + ugly(seed + 1, customers=25, prefix="new"))


def _states(folder: Path) -> Iterator[Case]:
    base = rated(ugly(1))
    yield Case("plain", workspace(folder / "plain", base), base)
    many = wide() + rated(ugly(2))
    with buckets(8):
        yield Case("eight buckets", workspace(folder / "eight", many), many)
    base, late = rated(ugly(3, sequences=False)), _late(30)
    with buckets(2):
        yield Case("tail", workspace(folder / "tail", base, late), base + late)
    base, late = wide(250) + rated(ugly(4)), wide() + _late(40)
    yield Case("appended", workspace(folder / "appended", base, late, by="append"), base + late)
    base, late = rated(ugly(5, customers=40)), _late(50)
    with buckets(8):
        yield Case("compacted", workspace(folder / "compacted", base, late, compact=True), base + late)


@pytest.fixture(scope="session")
def states(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """Ugly journeys in one bucket and in many, with a tail of one ingest and of appends, and compacted."""
    return list(_states(tmp_path_factory.mktemp("states")))


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Case]:
    """Make a workspace of events (several lists: the later ones come later)."""
    numbers = iter(range(1000))

    def make(*parts: list[Event], **how: object) -> Case:
        ws = workspace(tmp_path / f"{next(numbers)}.lvtu", *parts, **how)  # type: ignore[arg-type]
        return Case("made", ws, [event for part in parts for event in part])

    return make
