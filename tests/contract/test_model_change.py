"""What changing a model would move, against the twins of both models."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lvtu
from contract.cases import Case
from contract.models import models
from contract.test_stages import OPTIONS
from lvtu.errors import BadInput, UnknownName
from naive.model import Model
from naive.model_change import Change, model_change
from parts import examples


def document(model: Model, keys: list[str]) -> dict[str, Any]:
    """The model with other keys for its stages."""
    stages = [{**stage, "key": key} for stage, key in zip(model.document()["stages"], keys, strict=True)]
    return model.document() | {"stages": stages}


def keys_of(data: Any, model: Model, label: str) -> list[str]:
    size = len(model.stages)
    return data.draw(st.lists(st.sampled_from("abcdef"), min_size=size, max_size=size, unique=True), label=label)  # type: ignore[no-any-return]


def rows_of(found: Change) -> list[dict[str, Any]]:
    rows = []
    for key in dict.fromkeys((*found.after, *found.before)):
        before, after = found.before.get(key), found.after.get(key)
        old, new = before or set(), after or set()
        row = {"stage": key, "gained": len(new - old), "lost": len(old - new)}
        row |= {"before": None if before is None else len(old), "after": None if after is None else len(new)}
        for column, place, there in (("now_before", 0, before), ("now_after", 1, after)):
            now = sum(len(who) for ends, who in found.moves.items() if ends[place] == key)
            row[column] = None if there is None else now
        rows.append(row)
    return rows


@settings(max_examples=examples(120))
@given(old=models(), new=models(), options=OPTIONS, data=st.data())
def test_any_change_is_the_twins(
    states: list[Case], old: Model, new: Model, options: dict[str, Any], data: Any
) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1), label="state")]
    names = keys_of(data, old, "old"), keys_of(data, new, "new")
    case.ws.save_model(document(old, names[0]))  # type: ignore[attr-defined]
    result = case.ws.model_change(
        document(new, names[1]), **{**options, "where": options["where"] and options["where"].text}
    )
    keyed = (list(zip(key, one.twins(), strict=True)) for key, one in zip(names, (old, new), strict=True))
    expected = model_change(case.events, *keyed, **options)
    assert result.table.to_pylist() == rows_of(expected)
    moves = {(row["before"], row["after"]): row["customers"] for row in result.moves.to_pylist()}
    assert moves == {ends: len(who) for ends, who in expected.moves.items()}
    assert result.moved == sum(n for ends, n in moves.items() if ends[0] != ends[1])
    assert result.everyone == sum(moves.values())
    key = data.draw(st.sampled_from(result.table["stage"].to_pylist()), label="stage")
    before, after = (some.get(key, set()) for some in (expected.before, expected.after))
    sides = {"before": before, "after": after, "gained": after - before, "lost": before - after}
    for side, who in sides.items():
        assert set(result.customers(key, side)) == who  # type: ignore[arg-type]
    for ends in data.draw(st.lists(st.sampled_from(sorted(moves, key=str)), max_size=3) if moves else st.just([])):
        assert set(result.movers(*ends)) == expected.moves[ends]


def test_the_same_model_moves_nobody(states: list[Case]) -> None:
    case, ws = states[0], states[0].ws
    model = {"key": "letters", "title": "Letters",
             "stages": [{"key": name, "name": name, "entry": name} for name in "ABC"]}  # fmt: skip
    saved = ws.save_model(model)  # type: ignore[attr-defined]
    result = ws.model_change(saved)
    stages, now = ws.stages("letters"), ws.stages("letters").now().table["customers"].to_pylist()
    assert result.moved == 0 and result.everyone == sum(now)
    for column, expected in (("before", stages.table["customers"].to_pylist()), ("now_before", now[:-1])):
        assert (
            result.table[column].to_pylist() == expected == result.table[column.replace("before", "after")].to_pylist()
        )
    assert sum(result.table["gained"].to_pylist() + result.table["lost"].to_pylist()) == 0
    assert case.events


def test_the_filter_speaks_of_each_models_own_columns(made: Any) -> None:
    """``stage = 'a'`` are the events that enter a, by the old rules before and by the new rules after."""
    from naive.journeys import Event
    from property.strategies import START

    events = [
        Event(f"m{i}", START + i, who, name) for i, (who, name) in enumerate([("x", "A"), ("y", "B"), ("z", "B")])
    ]
    ws = made(events).ws
    stage = {"key": "a", "name": "A", "entry": "A"}
    ws.save_model({"key": "m", "title": "M", "stages": [stage]})
    result = ws.model_change({"key": "m", "title": "M", "stages": [stage | {"entry": "B"}]}, where="stage = 'a'")
    assert result.table.select(["before", "after", "gained", "lost"]).to_pylist() == [
        {"before": 1, "after": 2, "gained": 2, "lost": 1},
    ]  # fmt: skip
    assert result.movers("a", None) == ["x"] and result.movers(None, "a") == ["y", "z"]


def test_what_is_compared_with_what(tmp_path: Any) -> None:
    def model(key: str, *events: str) -> dict[str, Any]:
        return {"key": key, "title": key, "stages": [{"key": "a", "name": "A", "entry": list(events)}]}

    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.append([{"user_id": who, "time": "2026-03-01", "event": event} for who, event in (("x", "A"), ("y", "B"))])
        ws.save_model(model("other", "A", "B"))
        ws.save_model(model("m", "A"))
        changed = model("m", "A", "B", "Nothing")
        result = ws.model_change(changed)
        assert result.table["before"].to_pylist() == [1] and result.table["after"].to_pylist() == [2]
        assert ws.model_change(changed, "other").table["before"].to_pylist() == [2]
        assert ws.model_change(model("m", "B"), "m@1").customers("a", "lost") == ["x"]
        assert ws.model_change(ws.model("aida"), "m").table["stage"].to_pylist()[-1] == "a"
        assert result.spec.to_json()["change"]["stages"][0]["key"] == "a" and result.spec.to_json()["model"] == "m"
        assert ws.run(result.spec.to_json()).table.equals(result.table)  # a question is a value
        assert ws.journeys("user_id = 'y'").model_change(changed).table["gained"].to_pylist() == [1]
        assert ws.model("m").version == 1, "nothing was saved"
        with pytest.raises(UnknownName, match="unknown model 'new'"):
            ws.model_change(model("new", "A"))
        with pytest.raises(UnknownName, match="unknown stage 'b'"):
            result.customers("b")
        with pytest.raises(BadInput, match="no customers are called 'gone' here"):
            result.customers("a", "gone")  # type: ignore[arg-type]
        with pytest.raises(UnknownName, match="unknown stage 'b'"):
            result.movers("b", None)
        unseen = ws.model_change(model("m", "Nothing"))
        assert [str(note) for note in unseen.notes] == ["no event here can enter: a"]
