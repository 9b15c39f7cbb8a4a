"""One real cluster on loopback for all tests that need Spark; it goes with the last of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest

import lvtu
from contract.cases import Case, buckets, ugly, wide, workspace
from contract.instruments import asked
from contract.test_first_touch import scored
from contract.test_trend import scattered
from lvtu.engines import spark
from parts import ROOT, require

sys.path.insert(0, str(ROOT))

from tools import cluster as clusters

MODEL = {
    "key": "letters",
    "title": "Letters",
    "touchpoints": [
        {"id": "web", "name": "Web", "channels": ["web"], "events": {"events": ["A", "B"], "channel": "web"}},
        {"id": "shop", "name": "Shop", "channels": ["store"], "online": False, "events": {"channel": "store"}},
        {"id": "dear", "name": "Dear", "events": {"where": "value >= 1 and plan = 'p'"}},
    ],
    "stages": [
        {"key": "look", "name": "Look", "entry": {"touchpoints": ["web", "dear"]}},
        {"key": "want", "name": "Want", "entry": ["B", "C"], "exit": "D"},
        {"key": "have", "name": "Have", "entry": {"touchpoints": "shop"}},
    ],
    "behaviours": [
        {"key": "viewed", "name": "Viewed", "events": "A"},
        {"key": "ordered", "name": "Ordered", "events": {"events": "B", "where": "value > 0"}},
        {"key": "paid", "name": "Paid", "events": "C"},
    ],
}


@pytest.fixture(scope="package")
def cluster() -> Iterator[clusters.Started]:
    """A master, two workers of one core each, and a Connect server."""
    lacking = clusters.missing()
    require(lacking, not lacking)
    with clusters.running() as started:
        yield started
        spark.disconnect()


@pytest.fixture(scope="package")
def on_spark(cluster: clusters.Started) -> Iterator[Callable[[Case], Case]]:
    """The same workspace, opened once more; there Spark answers where a question names no engine."""
    opened = []

    def again(case: Case) -> Case:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LVTU_ENGINE", "spark")
            patch.setenv("LVTU_SPARK", cluster.remote)
            opened.append(lvtu.open(case.ws.layout.root))  # type: ignore[attr-defined]
        return Case(f"{case.name} on Spark", opened[-1], case.events)

    yield again
    for ws in opened:
        ws.close()


@pytest.fixture(scope="package")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Calendar times, channels, money, plans, scores and a model; three buckets, and a tail that touches them all."""
    folder = tmp_path_factory.mktemp("spark")
    base = scored(scattered(91, 60, 900), 91, True) + asked(scattered(96, 40, 300))
    late = scored(scattered(92, 80, 250), 92, True)
    with buckets(3):
        case = Case("everything", workspace(folder / "everything", base, late), base + late)
    case.ws.save_model(MODEL)  # type: ignore[attr-defined]
    return case


@pytest.fixture(scope="package")
def unruly(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Ties, repeats, more names than a byte holds; some buckets, and a tail that ties with them."""
    folder = tmp_path_factory.mktemp("spark")
    base, late = wide(250) + ugly(93), wide() + ugly(94, customers=60, most=3) + ugly(95, customers=25, prefix="new")
    with buckets(4):
        return Case("unruly", workspace(folder / "unruly", base, late), base + late)
