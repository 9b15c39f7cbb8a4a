"""Random journey models whose rules overlap and contradict each other."""

from __future__ import annotations

from hypothesis import strategies as st

from naive.model import Model, Rule
from property.strategies import CONDITIONS, NAMES


@st.composite
def rules(draw: st.DrawFn, ids: tuple[str, ...] = ()) -> Rule:
    name = st.sampled_from((*NAMES, "A*", "*"))
    rule = Rule(
        tuple(draw(st.lists(name, max_size=2, unique=True))),
        draw(st.sampled_from((None, None, "web", "store"))),
        draw(st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS))),
        tuple(draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))) if ids else (),
    )
    return rule if rule.document() else Rule((draw(name),))


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Models of a few touchpoints, stages and behaviours, whose rules overlap and contradict each other."""
    several = st.lists(rules(), min_size=1, max_size=2).map(tuple)
    count = draw(st.integers(0, 4))
    touchpoints = tuple(
        (f"t{k}", draw(st.sampled_from((None, True, False))), draw(st.lists(rules(), max_size=2).map(tuple)))
        for k in range(count)
    )
    ids = tuple(id_ for id_, _, _ in touchpoints)
    entries = st.lists(rules(ids), min_size=1, max_size=2).map(tuple)
    exits = st.one_of(st.just(()), st.lists(rules(ids), max_size=1).map(tuple))
    stages = tuple((f"s{k}", draw(entries), draw(exits)) for k in range(draw(st.integers(1, 4))))
    behaviours = tuple((key, draw(several)) for key in ("viewed", "ordered", "paid", "referred"))
    quiet = tuple((key, (Rule(("Nobody Does",)),)) for key in ("complained", "refunded"))
    return Model(touchpoints, stages, behaviours + quiet)
