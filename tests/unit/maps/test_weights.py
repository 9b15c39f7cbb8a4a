"""Survey weights of the answers behind a map: counted or not, as `ws.scores` does."""

from __future__ import annotations

from pathlib import Path

import pytest

import lvtu


def test_k2_a_map_is_seen_with_and_without_weights(tmp_path: Path) -> None:
    answers = [(5, 1.0), (4, 1.0), (1, 8.0), (2, 3.0)] * 5
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest([
            {"message_id": f"{place}", "user_id": f"c{place}", "event": "Rated", "time": f"2026-03-{1 + place:02d}",
             "score": score, "scale": "csat5", "weight": weight}
            for place, (score, weight) in enumerate(answers)
        ])  # fmt: skip
        map_ = ws.maps.load({
            "title": "Shop", "stages": [{"key": "s", "name": "S"}],
            "steps": [{"key": "rate", "stage": "s", "name": "Rate", "entry": "Rated"}],
            "lanes": [{"key": "felt", "role": "feelings", "kind": "curve", "label": "Felt"}],
            "bindings": [
                {"key": "cell", "lane": "felt", "analysis": "scores", "spec": {"metric": "emotion", "scale": "csat5"}},
                {"key": "head", "analysis": "scores", "spec": {"metric": "csat", "scale": "csat5"}},
            ],
        })  # fmt: skip
        with_, without = map_.answers(), map_.answers(weighted=False)
        felt = [sum((s - 3) * w for s, w in answers) / sum(w for _, w in answers), sum(s - 3 for s, _ in answers) / 20]
        assert [one.values["felt"]["rate"].value for one in (with_, without)] == pytest.approx(felt)
        assert [one.head["head"].value for one in (with_, without)] == pytest.approx([2 / 13, 0.5])
        asked = [ws.scores(metric="csat", weighted=on).table["value"][0].as_py() for on in (True, False)]
        assert [one.head["head"].value for one in (with_, without)] == pytest.approx(asked)
        assert with_.weighted and not without.weighted
