"""Times, as they are written."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.collect.times import times
from parts import examples
from unit.collect.collecting import BASE, one, utc


@pytest.mark.parametrize(
    ("given_time", "want"),
    [
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05"),
        ("2026-01-02T03:04:05.678901+08:00", "2026-01-01T19:04:05.678901"),
        ("2026-01-02 03:04", "2026-01-02T03:04:00"),
        (1_767_225_600, "2026-01-01T00:00:00"),
        (1_767_225_600_000, "2026-01-01T00:00:00"),
        (1_767_225_600_000_123, "2026-01-01T00:00:00.000123"),
        ("1767225600", "2026-01-01T00:00:00"),
        (1_767_225_600.25, "2026-01-01T00:00:00.250000"),
        (datetime(2026, 1, 2, 3, tzinfo=ZoneInfo("Asia/Shanghai")), "2026-01-01T19:00:00"),
    ],
)
def test_times_are_understood(given_time, want):
    assert one({**BASE, "time": given_time})["time"] == utc(want)


@pytest.mark.parametrize(
    "bad",
    [
        "yesterday",
        "2026-02-30",
        20260101,
        202601011230,
        "1969-12-31",
        "2099-01-01",
        "",
        None,
        "now",
        "epoch",
        {},
        [1],
        True,
    ],
)
def test_times_that_are_none_are_refused(bad):
    assert one({**BASE, "time": bad})[0] == "time"


def test_units_and_formats():
    assert one({**BASE, "time": 86400}, {"fields": {"time": {"column": "time", "unit": "s"}}})["time"] == utc(
        "1970-01-02T00:00:00"
    )
    mapping = {"fields": {"time": {"column": "at", "format": ["%d/%m/%Y %H:%M", "%Y年%m月%d日"]}}}
    row = {"user_id": "u", "event": "E"}
    assert one(row | {"at": "31/12/2025 23:59"}, mapping)["time"] == utc("2025-12-31T23:59:00")
    assert one(row | {"at": "2025年12月31日"}, mapping)["time"] == utc("2025-12-31T00:00:00")
    assert one(row | {"at": "12/31/2025 23:59"}, mapping)[0] == "time"
    mapping = {"fields": {"time": {"column": ["d", "t"], "format": "%Y-%m-%d %H:%M:%S"}}}
    assert one(row | {"d": "2026-01-01", "t": "10:11:12"}, mapping)["time"] == utc("2026-01-01T10:11:12")


@settings(max_examples=examples(80), deadline=None)
@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from(["Europe/London", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_local_times_agree_with_zoneinfo(local, zone):
    want = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert one({**BASE, "time": local.isoformat()}, {"zone": zone})["time"] == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("2026-07-01", "2026-07-01T04:00:00"),
        (" 2026-07-01", "2026-07-01T04:00:00"),
        ("2026-7-1", "2026-07-01T04:00:00"),
        ("2026-12-31", "2026-12-31T05:00:00"),
        ("2026-07-01 00:00", "2026-07-01T04:00:00"),
        ("2026-07-01 12:00:00.25", "2026-07-01T16:00:00.250000"),
        ("2026-07-01 12:00-01", "2026-07-01T13:00:00"),
        ("2026-07-01T12:00:00.5+08:00", "2026-07-01T04:00:00.500000"),
        ("2026-07-01T12:00Z", "2026-07-01T12:00:00"),
        ("2026-07-01 12:00 UTC", "2026-07-01T12:00:00"),
        ("2026-07-01 12:00 Europe/Paris", "2026-07-01T10:00:00"),
        ("2026-07-01T12:00:00+05:30:15", "2026-07-01T06:29:45"),
    ],
)
def test_only_what_follows_a_clock_time_is_an_offset(text, want):
    got = times(pa.array([text]), formats=None, zone="America/New_York", unit=None)
    assert got.to_pylist() == [utc(want)]


@pytest.mark.parametrize("text", ["20260701", "2026/07-01", "2026-07-01Z", "2026-07-01+02"])
def test_days_spelled_otherwise_are_no_times(text):
    assert times(pa.array([text]), formats=None, zone="America/New_York", unit=None).null_count == 1


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_a_missing_time_as_an_integer_is_refused(unit):
    assert one({**BASE, "time": -(2**63)}, {"fields": {"time": {"column": "time", "unit": unit}}})[0] == "time"


def test_clock_changes():
    spring = {"zone": "Europe/London"}
    assert one({**BASE, "time": "2026-03-29T01:30"}, spring)["time"] == utc("2026-03-29T01:30:00")
    assert one({**BASE, "time": "2026-10-25T01:30"}, spring)["time"] == utc("2026-10-25T00:30:00")


def test_the_zone_of_the_machine_says_nothing() -> None:
    code = """
import pyarrow as pa
from lvtu.collect.times import times
for text, format in (("2026-07-01 12:00", None), ("2026-07-01", None), ("1.7.2026 12:00+0000", "%d.%m.%Y %H:%M%z")):
    found = times(pa.array([text]), formats=format and (format,), zone=None, unit=None)
    print(found[0].as_py().isoformat())
"""
    shanghai = os.environ | {"TZ": "Asia/Shanghai"}
    said = subprocess.run([sys.executable, "-c", code], env=shanghai, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["2026-07-01T12:00:00+00:00", "2026-07-01T00:00:00+00:00", "2026-07-01T12:00:00+00:00"]


def test_a_day_without_hours_says_so():
    assert one(BASE)["time_basis"] == "day"
    assert "time_basis" not in one({**BASE, "time": "2026-01-01T00:00Z"})
    assert one(BASE, {"time_basis": "order"})["time_basis"] == "order"
    assert one({**BASE, "time_basis": "guess"})[0] == "time_basis"
