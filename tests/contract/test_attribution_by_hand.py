"""Attribution of journeys whose shares are worked out by hand, or were published."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from contract.cases import workspace
from lvtu.analyses.attribution.spec import MODELS
from lvtu.demo import paths
from lvtu.demo.files import read
from lvtu.errors import BadInput


def journeys_of(folder: Path, *paths: str) -> Any:
    """A workspace of journeys such as ``A > B !`` (! is a goal), an hour between touches."""
    records = []
    for number, path in enumerate(paths):
        touches = [word for word in path.replace("!", "").split(" > ") if word.strip()]
        for place, channel in enumerate(touches):
            records.append({"user_id": f"c{number}", "time": f"2026-01-01T{place:02}:00:00Z", "event": "Visit",
                            "channel": channel.strip(), "sequence": place})  # fmt: skip
        if "!" in path:
            time = f"2026-01-01T{len(touches):02}:00:00Z"
            records.append({"user_id": f"c{number}", "time": time, "event": "Pay", "sequence": 99})
    ws = workspace(folder / "hand.lvtu")
    ws.append(records)
    return ws


def conversions(ws: Any, model: Any, **options: Any) -> dict[str | None, float]:
    rows = ws.attribution("Pay", model, **options).table.to_pylist()
    return {row["channel"]: row["conversions"] for row in rows}


def test_a_chain_solved_by_hand(tmp_path: Path) -> None:
    """Ways: A > B > C !, A > B, B > C !, A > C, C !, and B.

    From the start: A 3/6, B 2/6, C 1/6. From A: B 2/3, C 1/3. From B: C 2/4, else nothing. From C: goal 3/4.
    From C 3/4 convert, from B 1/2·3/4 = 3/8, from A 2/3·3/8 + 1/3·3/4 = 1/2; in all 1/2·1/2 + 1/3·3/8 + 1/6·3/4 = 1/2.
    Without A remain 1/3·3/8 + 1/6·3/4 = 1/4: half is lost. Without B from A 1/4, in all 1/8 + 1/8 = 1/4: half is lost.
    Without C everything is. Removal effects 1/2, 1/2, 1: of three conversions A and B get 3/4 each, C 3/2.
    """
    ws = journeys_of(tmp_path, "A > B > C !", "A > B", "B > C !", "A > C", "C !", "B")
    assert conversions(ws, "markov") == pytest.approx({"C": 1.5, "A": 0.75, "B": 0.75})
    assert conversions(ws, "first") == {"A": 1, "B": 1, "C": 1}
    assert conversions(ws, "last") == {"C": 3, "A": 0, "B": 0}
    third, sixth = Fraction(1, 3), Fraction(1, 6)
    assert conversions(ws, "linear") == pytest.approx({"C": 11 * sixth, "B": 5 * sixth, "A": third}, abs=1e-8)
    assert conversions(ws, "position") == pytest.approx({"C": 0.4 + 0.5 + 1, "B": 0.2 + 0.5, "A": 0.4}, abs=1e-8)
    halves = 1 + 1 / 2 + 1 / 4
    decay = {"C": 1 / halves + 1 / 1.5 + 1, "B": 0.5 / halves + 0.5 / 1.5, "A": 0.25 / halves}
    assert conversions(ws, "decay", half_life="1h") == pytest.approx(decay, abs=1e-8)


def test_shapley_by_its_definition(tmp_path: Path) -> None:
    """The mean over all orders in which three channels arrive of what each adds to v, the conversions within a set."""
    paths = ["A > B > C !", "A > B > A !", "B > C !", "A !", "A !", "C > B !", "C > A > B !", "B", "A > C"]
    ws = journeys_of(tmp_path, *paths)
    sets = [set(path.replace(" !", "").split(" > ")) for path in paths if "!" in path]

    def worth(coalition: set[str]) -> int:
        return sum(one <= coalition for one in sets)

    expected = dict.fromkeys("ABC", Fraction(0))
    orders = list(permutations("ABC"))
    for order in orders:
        for place, channel in enumerate(order):
            added = worth(set(order[: place + 1])) - worth(set(order[:place]))
            expected[channel] += Fraction(added, len(orders))
    assert sum(expected.values()) == 7
    assert conversions(ws, "shapley") == pytest.approx({k: float(v) for k, v in expected.items()}, abs=1e-8)


def test_a_longer_memory_tells_ways_apart(tmp_path: Path) -> None:
    """After A > B one converts, after C > B nobody: a chain of order 1 cannot tell, one of order 2 blames C for it."""
    ws = journeys_of(tmp_path, "A > B !", "A > B !", "C > B", "C > B")
    assert conversions(ws, "markov") == pytest.approx({"B": 1, "A": 0.5, "C": 0.5})
    assert conversions(ws, "markov", order=2) == pytest.approx({"A": 1, "B": 1, "C": 0})


def test_a_published_chain(tmp_path: Path) -> None:
    """The example of S. Bryl, Marketing multi-channel attribution model with R, part 1 (2016): 20 %, 40 %, 40 %."""
    ws = journeys_of(tmp_path, "C1 > C2 > C3 !", "C1", "C2 > C3")
    shares_ = {row["channel"]: row["share"] for row in ws.attribution("Pay", "markov").table.to_pylist()}
    assert shares_ == pytest.approx({"C1": 0.2, "C2": 0.4, "C3": 0.4})


def test_the_merchandise_store(tmp_path: Path) -> None:
    """Every model credits all 4,848 orders; first and last touch are what the published paths begin and end with."""
    table = read("paths")
    ws = workspace(tmp_path / "store.lvtu")
    ws.ingest(paths.events(table))
    result = ws.attribution("Order Completed", "all")
    for model in MODELS:
        assert sum(result.table[model].to_pylist()) == 4848
        assert sum(row["share"] for row in result.models.to_pylist() if row["model"] == model) == 1
    rows = {row["channel"]: row for row in result.table.to_pylist()}
    bought = [path.split(" > ") for path, orders in zip(*(table[n].to_pylist() for n in ("path", "conversion")),
                                                        strict=True) if orders]  # fmt: skip
    for channel, row in rows.items():
        assert row["first"] == sum(path[0] == channel for path in bought)
        assert row["last"] == sum(path[-1] == channel for path in bought)
        assert row["linear"] == pytest.approx(sum(path.count(channel) / len(path) for path in bought), abs=1e-4)
        assert len(result.customers(channel)) == sum(channel in path for path in bought)
    assert result.table["decay"].equals(result.table["linear"])  # between the first and the last touch no time is known
    several = sum(len(path) > 1 for path in bought)
    assert [(n.code, n.values.get("goals")) for n in result.notes] == [
        ("decay_without_times", several), ("shapley_game", None)
    ]  # fmt: skip


def test_what_is_said_beside_the_numbers(tmp_path: Path) -> None:
    ws = journeys_of(tmp_path, "A > B !", "!", "!")
    result = ws.attribution("Pay", "shapley")
    assert [str(note) for note in result.notes] == [
        "2 of 3 conversions had no touch before them: the last row, without a channel",
        "Shapley: a set of channels is worth the conversions of journeys that have no other channel",
    ]
    assert result.table["conversions"].to_pylist() == [0.5, 0.5, 2.0]
    assert result.customers("B") == ["c0"] and result.customers(None) == ["c1", "c2"]
    assert [row["low"] for row in result.table.to_pylist()] == [None] * 3  # one customer tells nothing of others


def test_a_model_of_journeys_is_named_by_another_word(tmp_path: Path) -> None:
    ws = journeys_of(tmp_path, "A > B !")
    spec = ws.attribution("Pay", "linear", by="channel").spec
    assert spec.to_json() == {"analysis": "attribution", "goal": "Pay", "model": "linear"}
    assert ws.run(spec.to_json() | {"model": ["first", "decay"]}).table.num_rows == 2
    with pytest.raises(BadInput, match="no journey model"):
        ws.attribution("Pay", by="touchpoint")


def test_times_are_durations(tmp_path: Path) -> None:
    ws = journeys_of(tmp_path, "A > B > C !")
    for lookback in ("90m", timedelta(minutes=90)):
        assert conversions(ws, "linear", lookback=lookback) == {"C": 1, "A": 0, "B": 0}
