from __future__ import annotations

from hypothesis import given

from naive.journeys import Event, journeys, sessions
from property.strategies import events, random_events


def ids(journey: list[Event]) -> list[str]:
    return [event.message_id for event in journey]


def test_order_is_time_then_sequence_then_bytes_of_the_id():
    arrived = [
        Event("é", 5, "ann", "A"),  # bytes C3 A9: after every ASCII id
        Event("z0", 5, "ann", "A"),
        Event("y9", 5, "ann", "A"),
        Event("a", 5, "ann", "A", sequence=1),
        Event("b", 5, "ann", "A", sequence=-1),
        Event("c", 4, "ann", "A", sequence=9),
        Event("d", 5, "bob", "A"),
    ]
    assert {c: ids(j) for c, j in journeys(arrived).items()} == {"ann": ["c", "b", "y9", "z0", "é", "a"], "bob": ["d"]}


def test_repeats_and_filtered_events_do_not_exist():
    arrived = [Event("1", 0, "ann", "A"), Event("2", 1, "bob", "B"), Event("1", 0, "ann", "A")]
    assert {c: ids(j) for c, j in journeys(arrived).items()} == {"ann": ["1"], "bob": ["2"]}
    assert list(journeys(arrived, where="B")) == ["bob"]
    assert journeys([]) == {}


def test_a_session_ends_where_the_gap_is_greater():
    journey = [Event(str(t), t, "ann", "A") for t in (0, 3, 6, 10)]
    assert [ids(s) for s in sessions(journey, 3)] == [["0", "3", "6"], ["10"]]


def test_a_record_says_what_the_event_says():
    event = Event("1", 1_767_225_600_000_001, "ann", "A", channel="web", properties={"plan": "p"})
    assert event.record() == {
        "message_id": "1",
        "time": "2026-01-01T00:00:00.000001+00:00",
        "user_id": "ann",
        "event": "A",
        "channel": "web",
        "properties": {"plan": "p"},
    }


@given(events())
def test_arrival_does_not_matter(arrived):
    assert journeys(arrived) == journeys(arrived[::-1])


def test_random_events_are_the_same_each_time_and_ugly():
    arrived = random_events(1, customers=20, events=500)
    assert arrived == random_events(1, customers=20, events=500)
    assert arrived != random_events(2, customers=20, events=500)
    assert len(arrived) == 510 and len({e.message_id for e in arrived}) == 500
    lines = journeys(arrived)
    assert len(lines["customer-0"]) > 60
    assert [e.time for e in arrived] != sorted(e.time for e in arrived)
    assert {e.sequence is None for e in arrived} == {True, False}
