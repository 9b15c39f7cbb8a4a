from __future__ import annotations

from datetime import UTC, datetime

import pytest

from naive.calendars import between, micros, shifted
from naive.journeys import Event
from naive.retention import retention


def at(text: str) -> int:
    moment = datetime.fromisoformat(text)
    return micros(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def visit(customer: str, name: str, *times: str) -> list[Event]:
    return [Event(f"{customer}{name}{t}", at(t), customer, name) for t in times]


VISITS = (
    visit("ann", "A", "2026-01-01T22:00", "2026-01-03T10:00")
    + visit("ann", "B", "2026-01-02T01:00", "2026-01-04T23:00")
    + visit("bob", "A", "2026-01-01T08:00")
    + visit("bob", "B", "2026-01-01T09:00")
    + visit("eve", "A", "2026-01-03T12:00")
    + visit("eve", "B", "2026-01-03T11:00")
)
FIRST, THIRD = at("2026-01-01"), at("2026-01-03")


def numbers(cells: list) -> list[tuple[int, int, int, int]]:
    return [(c.customers, c.mature, c.returned, c.returned_mature) for c in cells]


def test_days_of_the_calendar():
    # The last event is on 4 January at 23:00: the third is over, the fourth is not.
    table = retention(VISITS, "A", "B", periods=3)
    assert numbers(table[FIRST]) == [(2, 2, 1, 1), (2, 2, 1, 1), (2, 2, 0, 0), (2, 0, 1, 0)]
    assert numbers(table[THIRD]) == [(1, 1, 0, 0), (1, 0, 0, 0), (1, 0, 0, 0), (1, 0, 0, 0)]
    assert numbers(table[None]) == [(3, 3, 1, 1), (3, 2, 1, 1), (3, 2, 0, 0), (3, 0, 1, 0)]
    assert [c.rate for c in table[None]] == [1 / 3, 1 / 2, 0, None]


def test_days_that_roll_from_the_entry():
    # ann returns 3 hours and 73 hours after she came, bob after one hour.
    table = retention(VISITS, "A", "B", periods=3, clock="rolling")
    assert numbers(table[FIRST]) == [(2, 2, 2, 2), (2, 2, 0, 0), (2, 2, 0, 0), (2, 0, 1, 0)]


def test_unbounded_and_brackets():
    assert [c.returned for c in retention(VISITS, "A", "B", periods=3, mode="unbounded")[FIRST]] == [2, 1, 1, 1]
    cells = retention(VISITS, "A", "B", mode="bracket", brackets=[(0, 0), (1, 2), (2, 3)])[FIRST]
    assert numbers(cells) == [(2, 2, 1, 1), (2, 2, 1, 1), (2, 0, 1, 0)]


def test_any_entry_makes_a_member_of_each_cohort():
    table = retention(VISITS, "A", "B", periods=1, entry="any")
    assert numbers(table[THIRD]) == [(2, 2, 0, 0), (2, 0, 1, 0)]
    assert table[None][0].customers == 4


def test_the_first_entry_in_a_cohort_starts_its_clock():
    twice = visit("ann", "A", "2026-01-01T01:00", "2026-01-01T23:00") + visit("ann", "B", "2026-01-02T02:00")
    cells = retention(twice, "A", "B", periods=1, entry="any", clock="rolling")[FIRST]
    assert [c.returned for c in cells] == [0, 1]


def test_a_period_that_ends_with_the_last_event_is_mature():
    cells = retention(VISITS, "A", "B", periods=3, horizon=at("2026-01-05"))[FIRST]
    assert [c.mature for c in cells] == [2, 2, 2, 2]
    cells = retention(VISITS, "A", "B", periods=3, horizon=at("2026-01-05") - 1)[FIRST]
    assert [c.mature for c in cells] == [2, 2, 2, 0]


def test_since_and_until_choose_entries():
    table = retention(VISITS, "A", "B", periods=1, since=at("2026-01-02"))
    assert list(table) == [None, THIRD] and table[THIRD][0].customers == 2
    assert list(retention(VISITS, "A", "B", until=at("2026-01-01T08:00"))) == [None]


def test_any_event_counts_as_start_and_as_return():
    cells = retention(VISITS, periods=3)[None]
    assert numbers(cells) == [(3, 3, 2, 2), (3, 2, 1, 1), (3, 2, 1, 1), (3, 0, 1, 0)]


def test_a_return_comes_after_the_entry_in_the_journey_also_at_the_same_time():
    tied = [Event("2", 0, "ann", "A"), Event("1", 0, "ann", "B"), Event("3", 0, "bob", "A"), Event("4", 0, "bob", "B")]
    cell = retention(tied, "A", "B", periods=0)[None][0]
    assert (cell.customers, cell.returned) == (2, 1)


def test_the_zone_moves_the_border_of_days():
    table = retention(VISITS, "A", "B", periods=1, zone="Asia/Shanghai")
    assert table[at("2026-01-02T00:00+08:00")][0].returned == 1  # ann: 06:00 and 09:00 on the second


@pytest.mark.parametrize(
    ("early", "late", "days"),
    [
        ("2026-03-28T12:00+01:00", "2026-03-29T23:59+02:00", 1),  # the day of 23 hours
        ("2026-10-25T00:00+02:00", "2026-10-25T23:59+01:00", 0),  # the day of 25 hours
        ("2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00", 1),
    ],
)
def test_days_are_dates_when_the_clock_changes(early, late, days):
    assert between(at(early), at(late), "day", "Europe/Berlin") == days


def test_hours_are_real_hours_when_the_clock_changes():
    first, second = at("2026-10-25T02:30+02:00"), at("2026-10-25T02:30+01:00")
    assert between(first, second, "hour", "Europe/Berlin") == 1
    assert shifted(second, "hour", "Europe/Berlin") == at("2026-10-25T02:00+01:00")
    assert shifted(at("2026-01-01T12:40"), "hour", "Asia/Kolkata") == at("2026-01-01T12:30")


def test_periods_begin_where_calendars_say():
    moment = at("2026-01-01T12:00")  # a Thursday
    assert shifted(moment, "week", "UTC") == at("2025-12-29")
    assert shifted(moment, "week", "UTC", 1) == at("2026-01-05")
    assert shifted(moment, "month", "UTC", 13) == at("2027-02-01")
    assert shifted(at("2018-11-04T12:00-02:00"), "day", "America/Sao_Paulo") == at("2018-11-04T03:00")  # no midnight
    assert between(at("2026-01-04T23:59"), at("2026-01-05"), "week", "UTC") == 1
    assert between(at("2025-12-31"), at("2026-02-01"), "month", "UTC") == 2
