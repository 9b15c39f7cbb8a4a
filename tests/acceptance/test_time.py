"""Sessions and churn equal tables worked out by hand and a reference library: H11, I7."""

from __future__ import annotations

from pathlib import Path

import pytest
from lifelines import KaplanMeierFitter

import lvtu

HOUR, DAY = 3_600_000_000, 86_400_000_000


def test_h11_sessions_are_cut_by_a_rule_that_can_be_chosen(tmp_path: Path) -> None:
    """Ann pauses 30 minutes, then 31; bo's events come in another order than they happened, and one comes twice."""
    times = {"ann": ("09:00", "09:30", "10:01"), "bo": ("12:20", "12:00", "12:20", "23:00")}
    rows = [
        {"message_id": f"{who}{time}", "user_id": who, "time": f"2026-03-01T{time}:00Z", "event": "Viewed"}
        for who, own in times.items() for time in own
    ]  # fmt: skip
    answers = []
    for number, parts in enumerate(([rows], [rows[::-1]], [rows[:3], rows[3:], rows])):
        with lvtu.open(tmp_path / f"{number}.lvtu") as ws:
            for part in parts:
                ws.append(part)
            answers.append([ws.sessions(session_gap=gap).table.to_pylist() for gap in ("30m", "29m", "31m", "1d")])
    assert answers[0] == answers[1] == answers[2], "the same whatever the order of arrival"
    told = [(row["sessions"], row["events"], row["bounced"]) for (row,) in answers[0]]
    assert told == [(4, 6, 2), (5, 6, 4), (3, 6, 1), (2, 6, 0)]


def test_i7_churn_is_kaplan_and_meiers_and_knows_nothing_of_later(tmp_path: Path) -> None:
    """Six customers begin on days 0 to 5 and are seen last some days later; silence of more than nine days is churn."""
    seen = {"ann": (0, 1), "bo": (1, 1), "cy": (2, 24), "dee": (3, 9), "eve": (4, 19), "fay": (5, 15)}
    rows = [
        {"user_id": who, "time": f"2026-03-{day + 1:02d}T00:00:00Z", "event": "Seen"}
        for who, ends in seen.items() for day in sorted(set(ends))
    ]  # fmt: skip
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.append(rows)
        churn = ws.timing("Seen", silent="9d")  # the data end on day 24: fay was seen nine days before, eve five
        assert churn.customers() == ["ann", "bo", "dee"] and churn.customers(False) == ["cy", "eve", "fay"]
        # days from the first visit to the ninth of the silence, or to the end of the data
        lives = {"ann": (10, 1), "bo": (9, 1), "cy": (22, 0), "dee": (15, 1), "eve": (20, 0), "fay": (19, 0)}
        fit = KaplanMeierFitter().fit(*zip(*lives.values(), strict=True))
        reference = fit.survival_function_.iloc[:, 0]
        ends = fit.confidence_interval_
        points = churn.curve.to_pylist()
        assert [round(point["time"] / DAY) for point in points] == [9, 10, 15]
        for point, day in zip(points, (9, 10, 15), strict=True):
            assert point["share"] == pytest.approx(1 - reference[day])
            assert (point["high"], point["low"]) == pytest.approx(tuple(1 - ends.loc[day]))
        # on day 12 cy has been silent since day 2 and counts as gone: that cy comes back on day 24 is not known yet
        then = ws.timing("Seen", silent="9d", until="2026-03-13")
        assert then.customers() == ["ann", "bo", "cy"]
    with lvtu.open(tmp_path / "then.lvtu") as ws:
        ws.append([row for row in rows if row["time"] < "2026-03-13"])
        ws.append([{"user_id": "nobody", "time": "2026-03-13T00:00:00Z", "event": "Other"}])
        again = ws.timing("Seen", silent="9d")
        assert again.curve.equals(then.curve) and again.table.equals(then.table)
