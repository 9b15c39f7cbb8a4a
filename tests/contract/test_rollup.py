"""Nested journeys against their twin: every place in the tree, and what it adds up to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, buckets, ugly, wide, workspace
from contract.models import models
from contract.test_first_touch import scored
from contract.test_stages import OPTIONS
from lvtu.errors import UnknownName
from naive.journeys import Event
from naive.model import Model
from naive.rollup import Journey, Place, rollup
from parts import examples


def based(events: list[Event]) -> list[Event]:
    """Some of their times are of the day only: the same ones each time an event is seen."""
    return [replace(event, time_basis="day" if sum(event.message_id.encode()) % 5 == 0 else None) for event in events]


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """With scores, weights and times that are not exact: in one bucket, and in several with a tail."""
    folder: Path = tmp_path_factory.mktemp("rated")
    whole = scored(wide(260) + ugly(81), 5, False)
    base, late = based(scored(ugly(82), 6, True)), based(scored(ugly(83, customers=50, most=4), 7, True))
    with buckets(5):
        return [
            Case("whole", workspace(folder / "whole", whole), whole),
            Case("tail", workspace(folder / "tail", base, late), base + late),
        ]


def saved(case: Case, key: str, model: Model, children: dict[int, Journey]) -> Journey:
    """Save a model some of whose stages have journeys within them; its twin."""
    document = model.document() | {"key": key}
    stages = [
        stage | ({"child": children[k].key} if k in children else {}) for k, stage in enumerate(document["stages"])
    ]
    case.ws.save_model(document | {"stages": stages}, default=True)  # type: ignore[attr-defined]
    keys = [stage["key"] for stage in stages]
    return Journey(
        key, [(name, stage, children.get(k)) for k, (name, stage) in enumerate(zip(keys, model.twins(), strict=True))]
    )


def agree(result: Any, twin: dict[str, Place]) -> None:
    rows = result.table.to_pylist()
    assert [row["path"] for row in rows] == list(twin)
    scores = {(row["path"], row["scale"]): row for row in result.scores.to_pylist()}
    assert set(scores) == {(path, event.scale) for path, place in twin.items() for event in place.given}
    for row in rows:
        place = twin[row["path"]]
        assert row["level"] == row["path"].count("/")
        assert row["entered"] == (None if place.entered is None else len(place.entered))
        assert row["customers"] == len(place.customers)
        assert row["conversion"] == pytest.approx(len(place.through) / len(place.first) if place.first else None)
        assert row["stays"] == len(place.stays)
        assert row["mean_dwell"] == (round(sum(place.stays) / len(place.stays)) if place.stays else None)
        for scale in {event.scale for event in place.given}:
            found = scores[row["path"], scale]
            assert found["responses"] == sum(event.scale == scale for event in place.given)
            assert found["mean"] == pytest.approx(place.mean(scale))


@settings(max_examples=examples(100))
@given(
    top=models(), middle=models(), bottom=models(), options=OPTIONS,
    places=st.tuples(st.sets(st.integers(0, 3), max_size=2), st.sets(st.integers(0, 3), max_size=1)), data=st.data(),
)  # fmt: skip
def test_any_tree_is_the_twins(
    rated: list[Case], top: Model, middle: Model, bottom: Model, options: dict[str, Any], places: Any, data: Any
) -> None:
    case = rated[data.draw(st.integers(0, 1), label="case")]
    for key in ("bottom", "middle"):  # of an earlier round: they may not have children any more
        saved(case, key, bottom, {})
    within = {k: saved(case, "bottom", bottom, {}) for k in places[1] if k < len(middle.stages)}
    inner = saved(case, "middle", middle, within)
    tree = saved(case, "top", top, {k: inner for k in places[0] if k < len(top.stages)})
    result = case.ws.rollup("top", **{**options, "where": options["where"] and options["where"].text})
    twin = rollup(case.events, tree, **options)
    agree(result, twin)
    path = data.draw(st.sampled_from(list(twin)), label="path")
    assert set(result.customers(path)) == twin[path].customers
    shared = sum(note.values["scores"] for note in result.notes if note.code == "shared_scores")
    assert (shared > 0) == any(
        sum(len(twin[f"{path}/{key}"].given) for key, _, _ in journey.stages) > len(twin[path].given)
        for path, journey in _journeys(tree, "")
    )


def _journeys(journey: Journey, above: str) -> list[tuple[str, Journey]]:
    path = f"{above}{journey.key}"
    return [(path, journey)] + [
        pair for key, _, child in journey.stages if child for pair in _journeys(child, f"{path}/{key}/")
    ]


def test_a_journey_without_others_is_its_stages(rated: list[Case]) -> None:
    case = rated[1]
    stages = [{"key": name, "name": name, "entry": name} for name in "ABC"]
    case.ws.save_model({"key": "letters", "title": "Letters", "stages": stages})  # type: ignore[attr-defined]
    plain, rolled = case.ws.stages("letters"), case.ws.rollup("letters")
    assert rolled.table["customers"].to_pylist()[1:] == plain.table["customers"].to_pylist()
    assert rolled.table["conversion"][0].as_py() == plain.table["from_start"][2].as_py()
    assert rolled.customers("letters/B") == plain.customers("B") and rolled.customers("letters") == plain.customers("A")
    assert [n for n in rolled.notes if n.code == "untimed_stays"] == [
        n for n in plain.notes if n.code == "untimed_stays"
    ]
    odd = {
        "key": "odd",
        "title": "Odd",
        "stages": [*stages[:2], stages[2] | {"entry": "Nobody Does", "child": "letters"}],
    }
    case.ws.save_model(odd)  # type: ignore[attr-defined]
    assert "no event here can enter: C" in [str(note) for note in case.ws.rollup("odd").notes]
    with pytest.raises(UnknownName, match="unknown place in the journey 'letters/D'; did you mean 'letters/"):
        rolled.customers("letters/D")
