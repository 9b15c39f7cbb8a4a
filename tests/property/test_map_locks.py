"""Whatever people do with locks, and when: a card has one holder at most, and nobody is held up by who is gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.ids import uuid7
from lvtu.catalog.presence import LOCKED, Presence
from parts import examples

PEOPLE, CARDS = 3, ("c1", "c2")
T0 = datetime(2026, 3, 1, tzinfo=UTC)

deeds = st.tuples(
    st.sampled_from(["lock", "release", "leave"]), st.integers(0, PEOPLE - 1), st.sampled_from(CARDS),
    st.integers(0, 20_000),
)  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Presence, list[str]]]:
    home: Path = tmp_path_factory.mktemp("home")
    with closing(Catalog.of(home)) as catalog:
        people = [catalog.people.new(f"p{number}@example.com").id for number in range(PEOPLE)]
        yield catalog.presence("shop-id"), people


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(deeds, max_size=25))
def test_a_card_has_one_holder_at_most(shop: tuple[Presence, list[str]], done: list[tuple[str, int, str, int]]) -> None:
    """Against a twin that keeps who locked last, and until when, in a dict."""
    presence, people = shop
    map_id, at = uuid7(), T0
    twin: dict[str, tuple[int, datetime]] = {}
    for what, who, card, wait in done:
        at += timedelta(milliseconds=wait)
        holder, until = twin.get(card, (who, at))
        if what == "lock":
            if until <= at or holder == who:
                twin[card] = (who, at + LOCKED)
            told = presence.lock(map_id, card, people[who], at)
            assert (told.person_id, told.until) == (people[twin[card][0]], twin[card][1])
        elif what == "release":
            if holder == who:
                twin.pop(card, None)
            presence.release(map_id, card, people[who])
        else:
            twin = {one: held for one, held in twin.items() if held[0] != who}
            presence.leave(map_id, "none", people[who])
        held = {one.card: one.person_id for one in presence.locks(map_id, at)}
        assert held == {one: people[by] for one, (by, end) in twin.items() if end > at}
