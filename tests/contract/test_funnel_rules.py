"""Presets of funnels, on the examples of the documentation of each product; the numbers are theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.errors import BadInput

Ask = Callable[..., Any]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Count a funnel over journeys written as ``[(minutes after noon, event, properties), …]``, one per customer."""

    def count(steps: Sequence[Any], *journeys: list[tuple[float, str] | tuple[float, str, dict[str, Any]]], **how: Any):
        with lvtu.open(tmp_path / f"{len(list(tmp_path.iterdir()))}.lvtu") as ws:
            noon = 1_772_366_400_000_000
            events = [
                {"user_id": f"c{who}", "event": event, "time": noon + round(minute * 60_000_000), **dict(*more)}
                for who, journey in enumerate(journeys) for minute, event, *more in journey
            ]  # fmt: skip
            ws.append(events)
            return ws.funnel(steps, **how)

    return count


def in_turn(letters: str) -> list[tuple[float, str]]:
    return [(float(minute), letter) for minute, letter in enumerate(letters)]


AABC = [(60, "A"), (90, "A"), (105, "B"), (135, "C")]
"""Mixpanel, "Conversion Window": A 1:00 pm, A 1:30, B 1:45, C 2:15, within an hour."""


def test_mixpanel_second_entry_does_not_reset_the_window(ask: Ask) -> None:
    assert ask(list("ABC"), AABC, rules="mixpanel", within="1h").steps == [1, 1, 0]
    assert ask(list("ABC"), AABC, rules="posthog", within="1h").steps == [1, 1, 1]  # the same events, another product


def test_mixpanel_reentry(ask: Ask) -> None:
    """ "Optimized Re-entry", scenarios 1 and 2: A, the window of A ends, A^, B; and A, A^, the window ends, B."""
    for journey in ([(0, "A"), (120, "A"), (150, "B")], [(0, "A"), (30, "A"), (75, "B")]):
        assert ask(list("AB"), journey, rules="mixpanel", within="1h").steps == [1, 0]
        assert ask(list("AB"), journey, rules="mixpanel", within="1h", entry="any").steps == [1, 1]


def test_mixpanel_reentry_counts_from_the_latest(ask: Ask) -> None:
    """Its notes 3 and 4: of A A^ A^^ B the funnel is A^^ → B, by default A → B; the time to convert tells."""
    journey = [(0, "A"), (10, "A"), (20, "A"), (25, "B")]
    times = [
        ask(list("AB"), journey, rules="mixpanel", **more).table["median_time"].to_pylist()[1] / 60_000_000
        for more in ({"entry": "any"}, {})
    ]
    assert times == pytest.approx([5, 25], rel=0.01)


def test_mixpanel_specific_order(ask: Ask) -> None:
    journeys = [in_turn(letters) for letters in ("ABCDE", "ABFCDE", "ABDCDE", "ABCE")]
    assert ask(list("ABCDE"), *journeys, rules="mixpanel").steps == [4, 4, 4, 3, 3]


def test_mixpanel_window_is_seven_days_unless_given(ask: Ask) -> None:
    late = [(0, "A"), (7 * 1440 + 1, "B")]
    assert ask(list("AB"), late, rules="mixpanel").steps == [1, 0]
    assert ask(list("AB"), late, rules="mixpanel", within=None).steps == [1, 1]


def test_mixpanel_totals(ask: Ask) -> None:
    """FAQ: Step 1, Step 1, Step 2 is one entry; and after a conversion a customer enters again."""
    assert ask(list("AB"), in_turn("AAB"), rules="mixpanel", unit="totals").steps == [1, 1]
    assert ask(list("AB"), in_turn("ABAB"), rules="mixpanel", unit="totals").steps == [2, 2]


def test_mixpanel_exclusion_of_the_entry(ask: Ask) -> None:
    """Its example (A A A B without A between, in totals: 2 entries, 1 conversion) cannot be said: an error, no 3."""
    with pytest.raises(BadInput) as caught:
        ask(list("AB"), in_turn("AAAB"), rules="mixpanel", unit="totals", exclude="A")
    assert caught.value.code == "rules_entry_excluded"
    assert ask(list("AB"), in_turn("AAAB"), rules="mixpanel", exclude="A").steps == [1, 0]  # in uniques: only the first


def test_mixpanel_holds_the_value_of_the_first_entry(ask: Ask) -> None:
    """ "Hold Property Constant", Uniques: the value is that of the first step 1."""
    item = [(m, e, {"properties": {"item": i}}) for m, e, i in [(0, "A", "x"), (1, "A", "y"), (2, "B", "y")]]
    assert ask(list("AB"), item, rules="mixpanel", hold="item").steps == [1, 0]
    assert ask(list("AB"), item, rules="mixpanel", hold="item", unit="totals", within="30s").steps == [2, 0]
    assert ask(list("AB"), item, hold="item").steps == [1, 1]


def test_posthog_duplicate_steps(ask: Ask) -> None:
    """Its box "Duplicate steps": a click, then a click on "Sign Up", take two clicks."""

    def click(m: float, label: str) -> tuple[float, str, dict[str, Any]]:
        return (m, "clicked button", {"properties": {"label": label}})

    steps = ["clicked button", {"event": "clicked button", "where": "label = 'Sign Up'"}]
    once, twice = [click(0, "Sign Up")], [click(0, "Menu"), click(1, "Sign Up")]
    assert ask(steps, once, twice, rules="posthog").steps == [2, 1]


def test_posthog_orders(ask: Ask) -> None:
    """Sequential: anything may lie between; strict: nothing; any: in whatever order."""
    journeys = [in_turn(letters) for letters in ("AB", "AXB", "BA")]
    reached = {order: ask(list("AB"), *journeys, rules="posthog", order=order).steps[1] for order in ("strict", "any")}
    assert ask(list("AB"), *journeys, rules="posthog").steps == [3, 2]
    assert reached == {"strict": 1, "any": 3}


def test_posthog_window_is_fourteen_days(ask: Ask) -> None:
    journeys = [[(0, "A"), (14 * 1440 + more, "B")] for more in (0, 1)]
    assert ask(list("AB"), *journeys, rules="posthog").steps == [2, 1]


def test_ga4_closed_funnel(ask: Ask) -> None:
    """Who starts at a later step is not in it; who leaves a step out is not counted after it; no window."""
    journeys = [in_turn(letters) for letters in ("ABCD", "BCD", "D", "AD", "AXBCD")] + [[(0, "A"), (900_000, "B")]]
    assert ask(list("ABCD"), *journeys, rules="ga4").steps == [4, 3, 2, 2]


def test_ga4_within_from_the_prior_step(ask: Ask) -> None:
    """``withinDurationFromPriorStep`` of five seconds: 4.9 and 5.0 are in, a microsecond more is not."""
    journeys = [[(0, "A"), (seconds / 60, "B")] for seconds in (4.9, 5.0, 5.000001)]
    assert ask(["A", {"event": "B", "within": "5s"}], *journeys, rules="ga4").steps == [3, 2]


def test_ga4_directly_followed(ask: Ask) -> None:
    """``isDirectlyFollowedBy`` at every step; unspecified it is false."""
    journeys = [in_turn("AB"), in_turn("AXB")]
    assert ask(list("AB"), *journeys, rules="ga4").steps == [2, 2]
    assert ask(list("AB"), *journeys, rules="ga4", order="strict").steps == [2, 1]


@pytest.mark.parametrize(
    ("rules", "options", "code"),
    [
        ("mixpanel", {"unit": "sessions"}, "rules_unit"),
        ("posthog", {"unit": "totals"}, "rules_unit"),
        ("posthog", {"exclude": "X"}, "rules_exclude_customers"),
        ("posthog", {"until": "2027-01-01"}, "rules_until"),
        ("ga4", {"exclude": "X"}, "rules_without"),
        ("ga4", {"hold": "item"}, "rules_without"),
        ("ga4", {"order": "any"}, "rules_without"),
    ],
)
def test_what_cannot_be_said_is_refused(ask: Ask, rules: str, options: dict[str, Any], code: str) -> None:
    with pytest.raises(BadInput) as caught:
        ask(list("AB"), in_turn("AXB"), rules=rules, **options)
    assert caught.value.code == code
    assert all("{" not in caught.value.text(lang) for lang in ("en", "zh"))


def test_the_question_says_its_parameters_and_can_be_asked_again(ask: Ask) -> None:
    from lvtu.analyses.registry import spec_of

    result = ask(list("AB"), in_turn("AB"), rules="mixpanel", within=None)
    said = result.spec.to_json()
    assert {name: said[name] for name in ("rules", "within", "entry", "order", "ties", "unit")} == {
        "rules": "mixpanel", "within": None, "entry": "first", "order": "ordered", "ties": "follow",
        "unit": "customers",
    }  # fmt: skip
    assert spec_of(said) == result.spec
    assert result.notes[0].code == "mixpanel_rules"
