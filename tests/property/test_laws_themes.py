"""The laws of themes: in both rounds any split of the customers, in any order, gives the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from contract.cases import buckets, ugly, wide, workspace
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.voice.themes import run
from lvtu.voice.themes.question import Survey, Themes
from lvtu.voice.themes.quotes import Said, Writers
from lvtu.voice.themes.reading import coded, found_in
from lvtu.voice.themes.spec import ThemesSpec
from naive.journeys import Event
from property.test_laws import holds

TEXTS = (
    None,
    "送货太慢",
    "快递送货真快，客服没人理",
    "The parcel was late. Support never answered",
    "ok",
    "客服很耐心",
)


def saying(events: list[Event]) -> list[Event]:
    """The events, most of them with a text."""
    return [replace(event, text=TEXTS[hash_of(event) % len(TEXTS)]) for event in events]


def hash_of(event: Event) -> int:
    return sum(event.message_id.encode())


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Many buckets, some with a tail."""
    with buckets(8):
        base, late = saying(ugly(91)) + wide(40), saying(ugly(92, customers=30, prefix="new"))
        return workspace(tmp_path_factory.mktemp("laws") / "w.lvtu", base, late).snapshot()


@pytest.mark.parametrize(
    "options",
    [{"by": "channel"}, {"codes": "plan", "event": "A", "period": "day"}, {"where": "value >= 0", "themes": 2}],
)
def test_laws_themes(snapshot: Snapshot, options: dict[str, Any]) -> None:
    snapshot.prepare({"plan", "value", "text"})
    spec, engine = ThemesSpec(**options), LocalEngine(1)
    survey = Survey(spec, snapshot)
    holds(survey, snapshot)
    used = engine.fold(survey, snapshot)
    keys, texts = np.flatnonzero(used.keys), np.flatnonzero(used.texts[1:]) + 1
    names = snapshot.names("text")
    reading = (
        coded(snapshot.names("plan"), keys, {}, names, texts) if spec.codes else found_in(names, used.keys, spec.themes)
    )
    question = Themes(spec, snapshot, reading, tuple(used.times.tolist()))
    holds(question, snapshot, lambda state: [lens.tolist() for lens in state.lenses])
    holds(Writers(question, texts[:3]), snapshot, dict)
    holds(Said(question), snapshot, lambda state: [one.tolist() for one in state.pairs()])
    tables = [run(spec, snapshot, LocalEngine(threads)) for threads in (1, 2, 3)]
    assert tables[0].table.num_rows
    assert all(one.table.equals(tables[0].table) and one.trend.equals(tables[0].trend) for one in tables)
