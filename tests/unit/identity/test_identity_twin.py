"""Resolution against its plain-Python twin, on random streams."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.identity import Rules, as_of, moved, resolve, retract
from naive import identity as twin
from parts import examples
from unit.identity import identity_streams as streams
from unit.identity.identity_streams import Stream, columns, naive


def owners(events, edges=(), joins=()):
    stream = Stream(events)
    return stream.owners(resolve(stream.observations(), columns(edges), Rules(joins)))


@given(streams.events, streams.edges, streams.rules)
@settings(max_examples=examples(300), deadline=None)
def test_every_event_has_the_owner_the_twin_says(events, edges, joins):
    assert owners(events, edges, joins) == twin.owners(events, naive(edges), joins)


@given(streams.events, streams.edges, streams.rules, st.randoms(use_true_random=False))
@settings(max_examples=examples(100), deadline=None)
def test_arrival_order_does_not_matter(events, edges, joins, random):
    shuffled = random.sample(range(len(events)), len(events))
    again = owners([events[i] for i in shuffled], random.sample(edges, len(edges)), joins)
    expected = owners(events, edges, joins)
    assert again == [expected[i] for i in shuffled]


@given(streams.events, streams.edges, streams.edge(), streams.rules)
@settings(max_examples=examples(100), deadline=None)
def test_retraction_restores_the_former_state(events, edges, one, joins):
    if one.ground in ("join", "review", "proposed"):
        held = one if one.holds else as_of([one], one.time)[0] if one.retracted_at > one.time else None
        if held is not None:
            assert owners(events, [*edges, retract(held, 99)], joins) == owners(events, edges, joins)


@given(streams.events, streams.edges, streams.rules, streams.TIMES)
@settings(max_examples=examples(100), deadline=None)
def test_as_of_is_the_list_as_it_stood(events, edges, joins, time):
    stood = twin.as_it_stood(naive(edges), time)
    assert owners(events, as_of(edges, time), joins) == twin.owners(events, stood, joins)


@given(streams.events, streams.crowds, streams.edges, streams.rules)
@settings(max_examples=examples(150), deadline=None)
def test_crowds_are_quarantined_as_the_twin_says(events, crowd, edges, joins):
    events = events + crowd
    stream = Stream(events)
    resolution = resolve(stream.observations(), columns(edges), Rules(joins))
    expected = twin.Identity(events, naive(edges), joins)
    assert stream.owners(resolution) == [expected.owner(event) for event in events]
    devices = {resolution.anonymous.text(row) for row in resolution.quarantined_anonymous.tolist()}
    assert devices == {value for _, value in expected.crowded}
    assert {(q.kind, q.hi, q.lo, q.users) for q in resolution.quarantined} == {
        (kind, *(int(word[0]) for word in streams.hasher([value])), users)
        for (kind, value), users in expected.quarantined.items()
    }


@given(streams.events, streams.events, streams.edges, streams.rules)
@settings(max_examples=examples(100), deadline=None)
def test_moved_names_every_id_whose_events_change_hands(events, more, edges, joins):
    stream = Stream(events)
    before = resolve(stream.observations(), columns(edges[:3]), Rules(joins))
    earlier = stream.owners(before)
    stream.add(more)
    after = resolve(stream.observations(), columns(edges), Rules(joins))
    later = stream.owners(after)[: len(events)]
    found = moved(before, after)
    users = {after.users.text(row) for row in found.users.tolist()}
    devices = {after.anonymous.text(row) for row in found.anonymous.tolist()}
    for event, was, now in zip(events, earlier, later, strict=True):
        if was != now:
            assert event["user_id"] in users if event["user_id"] else event["anonymous_id"] in devices
            assert was in {before.name(c) for c in found.from_customers.tolist()}
            assert now in {after.name(c) for c in found.to_customers.tolist()}
    for user in users:
        assert before.name(before.customer_of_user[stream.users[user]]) != after.name(
            after.customer_of_user[stream.users[user]]
        )
