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
        assert without.unweighted and not with_.unweighted
        off, on = (map_.written("csv", language="en", weighted=one).content.decode() for one in (False, True))
        assert f"{felt[1]:.1f}".replace("-", "−") in off and f"{felt[0]:.1f}".replace("-", "−") in on and off != on
        pictures = [map_.svg(language=lang, weighted=False) for lang in ("zh", "en")]
        assert "未加权" in pictures[0] and "Not weighted" in pictures[1] and "未加权" not in map_.svg(language="zh")


def test_k2_two_are_compared_without_weights(tmp_path: Path) -> None:
    """Twelve rate high at the web, of whom few count; twelve low at the store: weights turn the difference about."""
    answers = [("web", 5, 1.0), ("web", 1, 9.0), ("store", 1, 1.0), ("store", 4, 9.0)] * 12
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest([
            {"message_id": f"{at}", "user_id": f"c{at}", "event": "Rated", "time": "2026-03-01", "channel": channel,
             "score": score, "scale": "csat5", "weight": weight}
            for at, (channel, score, weight) in enumerate(answers)
        ])  # fmt: skip
        map_ = ws.maps.load({
            "title": "Shop", "stages": [{"key": "s", "name": "S"}],
            "steps": [{"key": "rate", "stage": "s", "name": "Rate", "entry": "Rated"}],
            "lanes": [{"key": "felt", "role": "feelings", "kind": "curve", "label": "Felt"}],
            "bindings": [
                {"key": "cell", "lane": "felt", "analysis": "scores", "spec": {"metric": "emotion", "scale": "csat5"}},
            ],
        })  # fmt: skip
        for weighted in (True, False):
            means = []
            for side in ("web", "store"):
                mine = [(s - 3, w if weighted else 1.0) for channel, s, w in answers if channel == side]
                means.append(sum(s * w for s, w in mine) / sum(w for _, w in mine))
            found = map_.answers("channel = 'web'", "channel = 'store'", weighted=weighted)
            gap = found.gaps["felt"]["rate"]
            assert gap.difference == pytest.approx(means[0] - means[1])
            assert found.beside is not None
            assert [one.values["felt"]["rate"].value for one in (found, found.beside)] == pytest.approx(means)
