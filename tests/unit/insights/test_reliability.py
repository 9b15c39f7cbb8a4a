"""Reliability against its rule written out voice by voice, and against figures worked out by hand."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

from lvtu.insights import KINDS
from lvtu.insights.kinds import kind_of
from lvtu.insights.reliability import reliability

SPEAKERS, SOURCES = ("ann", "bo", "cy"), ("review", "ticket", "survey", "interview")


def plain(quotes: list[tuple[str, str]]) -> tuple[Fraction, int, int]:
    """The rule, one quote after the other: a speaker's first is one voice, each further one half of the one before."""
    weight: dict[str, Fraction] = {}
    voices, kinds = Fraction(0), []
    for speaker, kind in quotes:
        weight[speaker] = weight[speaker] / 2 if speaker in weight else Fraction(1)
        voices += weight[speaker]
        if kind not in kinds:
            kinds.append(kind)
    share = {1: Fraction(1, 2), 2: Fraction(3, 4)}.get(len(kinds), Fraction(1))
    return 100 * voices / (voices + 4) * share, len(weight), len(kinds)


@pytest.mark.parametrize("many", range(1, 5))
def test_it_is_the_rule(many: int) -> None:
    for chosen in itertools.product(itertools.product(SPEAKERS, SOURCES), repeat=many):
        value, speakers, sources = plain(list(chosen))
        found = reliability(chosen)
        assert found.value == pytest.approx(float(value), abs=0.0501)
        assert (found.quotes, found.speakers, len(found.sources)) == (many, speakers, sources)


@pytest.mark.parametrize(
    ("quotes", "value", "level"),
    [
        ([], 0.0, "none"),
        ([("a", "review")], 10.0, "lead"),
        ([("a", "review")] * 50, 16.7, "lead"),  # two voices at most: 2 / 6 of one half
        ([(str(n), "review") for n in range(4)], 25.0, "emerging"),
        ([(str(n), "review") for n in range(1000)], 49.8, "emerging"),  # one kind of source never carries further
        ([(str(n), ("review", "ticket")[n % 2]) for n in range(8)], 50.0, "supported"),
        ([(str(n), SOURCES[n % 3]) for n in range(12)], 75.0, "strong"),
        ([(str(n), SOURCES[n % 4]) for n in range(12)], 75.0, "strong"),  # a fourth kind adds nothing
    ],
)
def test_figures_worked_out_by_hand(quotes: list[tuple[str, str]], value: float, level: str) -> None:
    found = reliability(quotes)
    assert (found.value, found.level) == (value, level)


def test_more_never_carries_less() -> None:
    for chosen in itertools.product(itertools.product(SPEAKERS, SOURCES), repeat=3):
        base = reliability(chosen).value
        for more in itertools.product(("ann", "new"), SOURCES):
            assert reliability([*chosen, more]).value >= base


@pytest.mark.parametrize(
    ("event", "scale", "kind"),
    [
        ("Review Posted", "stars5", "review"),
        ("Comment Posted", None, "review"),
        ("Delivery Rated", "csat5", "survey"),
        ("Survey Answered", "nps", "survey"),
        ("Suggestion Given", None, "survey"),
        ("Complaint Made", None, "ticket"),
        ("Chat Started", None, "ticket"),
        ("投诉", None, "ticket"),
        ("门店问卷", None, "survey"),
        ("Restrooms", "csat5", "survey"),
        ("Shoes", "stars_5", "review"),
        ("Staff Asked", None, "observation"),
    ],
)
def test_what_kind_of_evidence_a_comment_is(event: str, scale: str | None, kind: str) -> None:
    assert kind_of(event, scale) == kind and kind in KINDS
