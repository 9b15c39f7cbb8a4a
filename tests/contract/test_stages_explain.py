"""Why a customer is in a stage or not: by hand, and the twin's entries for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case
from contract.models import models
from contract.test_stages import OPTIONS
from lvtu.errors import UnknownName
from naive.journeys import Event, in_range, journeys, matches
from naive.model import Model
from naive.stages import entered, standing
from parts import examples
from property.strategies import START

MINUTE = 60_000_000
MODEL = {
    "key": "shop", "title": {"zh": "网购", "en": "Shopping"},
    "stages": [
        {"key": "look", "name": {"zh": "浏览", "en": "Look"}, "entry": "A"},
        {"key": "choose", "name": {"zh": "选购", "en": "Choose"}, "entry": ["B", "A"]},
        {"key": "buy", "name": {"zh": "购买", "en": "Buy"}, "entry": "C"},
    ],
}  # fmt: skip


def at(minute: int, name: str) -> Event:
    return Event(f"{name}{minute}", START + minute * MINUTE, "ann", name)


CASES: list[tuple[str, list[Event], dict[str, Any], list[tuple[str, str | None]]]] = [
    ("all entered", [at(0, "A"), at(1, "B"), at(2, "C")], {},
     [("entered", "A0"), ("entered", "B1"), ("entered", "C2")]),
    ("one event enters one stage", [at(0, "A"), at(2, "C")], {},
     [("entered", "A0"), ("early", "A0"), ("not_reached", None)]),
    ("before is not after", [at(0, "C"), at(1, "A"), at(2, "B"), at(3, "X")], {},
     [("entered", "A1"), ("entered", "B2"), ("early", "C0")]),
    ("no such event", [at(0, "A"), at(1, "B")], {}, [("entered", "A0"), ("entered", "B1"), ("missing", None)]),
    ("never begun", [at(0, "X"), at(1, "B")], {}, [("missing", None), ("not_reached", None), ("not_reached", None)]),
    ("begun at another time", [at(0, "A"), at(1, "B")], {"since": START + MINUTE},
     [("outside", "A0"), ("not_reached", None), ("not_reached", None)]),
    ("in any order", [at(0, "C"), at(1, "A"), at(5, "C")],
     {"order": "any", "since": START + MINUTE, "until": START + 4 * MINUTE},
     [("entered", "A1"), ("entered", "A1"), ("outside", "C5")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "options", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_by_hand(made: Callable[..., Case], events: list[Event], options: dict[str, Any], expected: Any) -> None:
    ws: Any = made([*events, Event("other", START, "bo", "C")]).ws
    ws.save_model(MODEL)
    told = ws.stages(**options).explain("ann")
    assert [(one.status, one.message_id) for one in told.stages] == expected
    times = {event.message_id: event.time for event in events}
    assert [one.time for one in told.stages] == [times.get(id_) for _, id_ in expected]


def test_it_is_worded_at_the_edge(made: Callable[..., Case]) -> None:
    ws: Any = made([at(0, "C"), at(1, "A"), at(2, "B")]).ws
    ws.save_model(MODEL)
    told = ws.stages().explain("ann")
    assert str(told).splitlines() == [
        "ann entered 2 of 3 stages",
        "  Look: entered by A at 2026-01-01 00:01:00",
        "  Choose: entered by B at 2026-01-01 00:02:00",
        "  Buy: not entered: C fits, but none came after the stage before was entered; the last one at "
        "2026-01-01 00:00:00",
        "now in “Choose”",
    ]
    assert told.text("zh").splitlines()[-1] == "现在处于“选购”阶段"
    assert told.to_json()["now"] == "choose" and told.now is told.stages[1]
    before = ws.stages(moment=START).explain("ann")
    assert (before.now, before.to_json()["now"], str(before).splitlines()[-1]) == (
        None, None, "at 2026-01-01 00:00:00 in no stage",
    )  # fmt: skip
    then = ws.stages(moment=START + MINUTE).explain("ann")
    assert str(then).splitlines()[-1] == "at 2026-01-01 00:01:00 in “Look”"
    assert told.text("zh").splitlines()[1] == "  浏览：因 A 进入，时间 2026-01-01 00:01:00"
    found = told.to_json()["stages"][2]
    assert (found["stage"], found["status"], found["message_id"]) == ("buy", "early", "C0")
    assert found["name"] == {"zh": "购买", "en": "Buy"}
    with pytest.raises(UnknownName):
        ws.stages().explain("nobody")


@settings(max_examples=examples(60))
@given(model=models(), options=OPTIONS, data=st.data())
def test_any_way_is_the_twins(states: list[Case], model: Model, options: dict[str, Any], data: Any) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1), label="state")]
    case.ws.save_model(model.document(), default=True)  # type: ignore[attr-defined]
    where, order, since, until = (options[name] for name in ("where", "order", "since", "until"))
    result = case.ws.stages(**{**options, "where": where and where.text})
    lines, stages = journeys(case.events, where), model.twins()
    now = standing(case.events, stages, **options)
    for customer in data.draw(st.lists(st.sampled_from(sorted(lines)), min_size=3, max_size=3, unique=True)):
        journey = [event for event in lines[customer] if options["moment"] is None or event.time <= options["moment"]]
        entries = entered(journey, stages, order, since, until)
        explained = result.explain(customer)
        place = now.get(customer)
        assert explained.now == (None if place is None else explained.stages[place])
        for number, (stage, told) in enumerate(zip(stages, explained.stages, strict=True)):
            fitting = [event for event in journey if matches(stage.entry, event)]
            chained = number > 0 and order == "ordered"
            if number in entries:
                assert (told.status, told.message_id) == ("entered", journey[entries[number]].message_id)
            elif chained and number - 1 not in entries:
                assert (told.status, told.event) == ("not_reached", None)
            elif not fitting:
                assert (told.status, told.event) == ("missing", None)
            else:
                assert (told.status, told.message_id) == ("early" if chained else "outside", fitting[-1].message_id)
                assert chained or not in_range(fitting[-1], since, until)
