"""Random journey models whose rules overlap and contradict each other."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from naive.model import Model, Rule
from property.strategies import CONDITIONS, NAMES

# A strategy costs more to make than to draw from: each is made once.
_NAME = st.sampled_from((*NAMES, "A*", "*"))
_SOME = st.lists(_NAME, max_size=2, unique=True).map(tuple)
_CHANNEL = st.sampled_from((None, None, "web", "store"))
_WHERE = st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS))
_ONLINE = st.sampled_from((None, True, False))
_FEW, _STAGES = st.integers(0, 4), st.integers(1, 4)


@cache
def rules(ids: tuple[str, ...] = ()) -> st.SearchStrategy[Rule]:
    """Rules on events, and on touchpoints where ids of them are given."""
    among = st.lists(st.sampled_from(ids), max_size=2, unique=True).map(tuple) if ids else st.just(())
    return st.builds(_rule, _SOME, _CHANNEL, _WHERE, among, _NAME)


def _rule(events: Any, channel: Any, where: Any, touchpoints: Any, name: str) -> Rule:
    rule = Rule(events, channel, where, touchpoints)
    return rule if rule.document() else Rule((name,))


@cache
def _up_to(most: int, ids: tuple[str, ...] = (), least: int = 0) -> st.SearchStrategy[tuple[Rule, ...]]:
    return st.lists(rules(ids), min_size=least, max_size=most).map(tuple)


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Models of a few touchpoints, stages and behaviours, whose rules overlap and contradict each other."""
    touchpoints = tuple((f"t{k}", draw(_ONLINE), draw(_up_to(2))) for k in range(draw(_FEW)))
    ids = tuple(id_ for id_, _, _ in touchpoints)
    entries, exits = _up_to(2, ids, least=1), _up_to(1, ids)
    stages = tuple((f"s{k}", draw(entries), draw(exits)) for k in range(draw(_STAGES)))
    behaviours = tuple((key, draw(_up_to(2, least=1))) for key in ("viewed", "ordered", "paid", "referred"))
    quiet = tuple((key, (Rule(("Nobody Does",)),)) for key in ("complained", "refunded"))
    return Model(touchpoints, stages, behaviours + quiet)
