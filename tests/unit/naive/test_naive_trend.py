from __future__ import annotations

from datetime import UTC, datetime

from naive.calendars import micros
from naive.journeys import Event
from naive.trend import trend


def at(*parts: int) -> int:
    return micros(datetime(*parts, tzinfo=UTC))


SALES = [
    Event("1", at(2026, 1, 1, 9), "ann", "A", channel="web", value=2.5),
    Event("2", at(2026, 1, 1, 17), "ann", "A", channel="store", value=0.5),
    Event("3", at(2026, 1, 1, 18), "bob", "B", channel="web"),
    Event("4", at(2026, 1, 3, 1), "bob", "A", value=4.0),
    Event("4", at(2026, 1, 3, 1), "bob", "A", value=4.0),
]


def test_days():
    assert trend(SALES) == {(at(2026, 1, 1), None): (3, 2, 3.0), (at(2026, 1, 3), None): (1, 1, 4.0)}
    assert trend([]) == {}


def test_days_of_a_zone():
    found = trend(SALES, zone="Asia/Shanghai")  # midnight there is 16:00 UTC
    assert found == {
        (at(2025, 12, 31, 16), None): (1, 1, 2.5),
        (at(2026, 1, 1, 16), None): (2, 2, 0.5),
        (at(2026, 1, 2, 16), None): (1, 1, 4.0),
    }


def test_groups_filters_and_range():
    month = at(2026, 1, 1)
    assert trend(SALES, "month", by="channel") == {
        (month, "web"): (2, 2, 2.5),
        (month, "store"): (1, 1, 0.5),
        (month, None): (1, 1, 4.0),
    }
    assert trend(SALES, "month", where="A") == {(month, None): (3, 2, 7.0)}
    assert trend(SALES, "month", since=at(2026, 1, 1, 17), until=at(2026, 1, 3, 1)) == {(month, None): (2, 2, 0.5)}


def test_the_hour_that_comes_twice_is_two_hours():
    autumn = [Event(str(h), at(2026, 10, 25, h, 30), "ann", "A") for h in (0, 1)]  # both 02:30 in Berlin
    assert [start for start, _ in trend(autumn, "hour", "Europe/Berlin")] == [at(2026, 10, 25, 0), at(2026, 10, 25, 1)]
