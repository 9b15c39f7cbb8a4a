"""The demonstrations' journey models: their stages count what plain loops over the shipped rows count."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import lvtu
from lvtu.core.model import JourneyModel
from lvtu.demo import journey
from lvtu.demo.build import EVENTS
from lvtu.demo.files import read


def built(tmp_path: Path, name: str) -> lvtu.Workspace:
    ws = lvtu.open(tmp_path / name)
    ws.ingest(EVENTS[name](read(name)), source_name=name)
    journey.save(name, ws)
    return ws


def reached(ws: lvtu.Workspace) -> list[int]:
    return [row["customers"] for row in ws.stages().table.to_pylist()]


def test_the_shops_stages_are_its_orders(tmp_path: Path) -> None:
    rows = EVENTS["retail"](read("retail")).to_pylist()
    orders = Counter(row["user_id"] for row in rows if row["event"] == "Order Placed" and row["user_id"])
    with built(tmp_path, "retail") as ws:
        assert reached(ws) == [sum(count >= number for count in orders.values()) for number in range(1, 6)]


def test_complaints_pass_their_stages(tmp_path: Path) -> None:
    rows = EVENTS["complaints"](read("complaints")).to_pylist()
    kinds = Counter(row["event"] for row in rows)
    with built(tmp_path, "complaints") as ws:
        assert reached(ws) == [
            kinds["Complaint Received"], kinds["Complaint Sent to Company"], kinds["Company Responded"]
        ]  # fmt: skip


def test_saving_again_makes_no_new_version(tmp_path: Path) -> None:
    with built(tmp_path, "complaints") as ws:
        journey.save("complaints", ws)
        assert [(one["key"], one["version"], one["default"]) for one in ws.models()] == [("complaints", 1, True)]


@pytest.mark.parametrize("name", journey.MODELS)
def test_every_model_names_its_stages_in_both_languages(name: str) -> None:
    model = JourneyModel.load(journey.MODELS[name]())
    assert all(stage.name.zh and stage.name.en for stage in model.stages)
    assert len({stage.key for stage in model.stages}) >= 2
