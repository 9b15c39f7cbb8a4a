"""The rules of identity, one small story each."""

from __future__ import annotations

import pytest

from lvtu.identity import Edge, Rules, as_of, join, resolve, retract
from unit.identity.identity_streams import Stream, columns, hasher

ANN, BOB, CAT = ("user_id", "ann"), ("user_id", "bob"), ("user_id", "cat")
PHONE, TABLET = ("anonymous_id", "phone"), ("anonymous_id", "tablet")


def seen(time, user=None, device=None, event="seen", **identifiers):
    return {"time": time, "user_id": user, "anonymous_id": device, "event": event, "identifiers": identifiers}


def owners(*events, edges=(), joins=()):
    stream = Stream(events)
    return stream.owners(resolve(stream.observations(), columns(list(edges)), Rules(joins)))


def test_a_device_belongs_to_who_signed_in_last_else_to_who_signs_in_next():
    events = [seen(t, device="phone") for t in (1, 2, 3, 5, 6, 9)]
    signs = [seen(2, "ann", "phone"), seen(6, "bob", "phone")]
    assert owners(*events, *signs) == [ANN, ANN, ANN, ANN, BOB, BOB, ANN, BOB]


def test_a_device_never_joins_users_whatever_hangs_on_it():
    events = [seen(1, "ann", "phone"), seen(2, "bob", "phone"), seen(3, device="phone", email="x")]
    edges = [join(ANN, PHONE, 1), join(BOB, PHONE, 1)]
    assert owners(*events, edges=edges, joins=("email",)) == [ANN, BOB, BOB]


def test_two_sign_ins_at_one_time_go_to_the_bytewise_smaller_id():
    assert owners(seen(5, "bob", "phone"), seen(5, "ann", "phone"), seen(7, device="phone"))[2] == ANN
    assert owners(seen(5, "é", "phone"), seen(5, "z", "phone"), seen(7, device="phone"))[2] == ("user_id", "z")


def test_a_sign_in_counts_again_after_a_tie_and_within_one():
    after = [seen(2, "ann", "phone"), seen(2, "bob", "phone"), seen(3, "bob", "phone"), seen(4, device="phone")]
    assert owners(*after)[-1] == BOB
    within = [seen(1, "ann", "phone"), seen(2, "ann", "phone"), seen(2, "bob", "phone"), seen(3, device="phone")]
    assert owners(*within)[-1] == ANN


def test_a_customer_goes_by_its_earliest_id_and_former_ids_resolve():
    stream = Stream([seen(9, "ann"), seen(4, "bob"), seen(4, "cat"), seen(1, device="phone")])
    edges = [join(ANN, BOB, 5), join(BOB, CAT, 5), join(ANN, PHONE, 5)]
    resolution = resolve(stream.observations(), columns(edges))
    assert stream.owners(resolution) == [BOB] * 4
    for kind, value in (ANN, BOB, CAT, PHONE):
        (hi,), (lo,) = hasher([value])
        assert [resolution.name(c) for c in resolution.customers_of(kind, hi, lo)] == [BOB]
    (hi,), (lo,) = hasher(["nobody"])
    assert len(resolution.customers_of("user_id", hi, lo)) == 0


def test_an_anonymous_id_and_a_user_of_the_same_text_are_two_customers():
    stream = Stream([seen(1, "x"), seen(1, device="x")])
    resolution = resolve(stream.observations(), columns([]))
    hi, lo = resolution.customer_key
    assert resolution.owners(*reversed(stream.arrays()[:2]), stream.arrays()[2]).tolist() == [0, 1]
    assert (hi[0], lo[0]) != (hi[1], lo[1])


def test_an_alias_joins_users_but_only_binds_a_device():
    alias = seen(5, "ann", event="alias", previous_id="bob")
    assert owners(alias, seen(6, "bob")) == [ANN, ANN]
    adopt = seen(5, "ann", event="alias", previous_id="phone")
    assert owners(adopt, seen(1, device="phone")) == [ANN, ANN]
    assert owners(adopt, seen(1, device="phone"), seen(9, "bob", "phone")) == [ANN, BOB, BOB]
    both = [adopt, seen(6, "bob", event="alias", previous_id="phone")]
    assert owners(*both, seen(1, device="phone"), seen(6, device="phone")) == [ANN, BOB, ANN, BOB]
    assert owners(*both[::-1], seen(1, device="phone"), seen(6, device="phone")) == [BOB, ANN, ANN, BOB]


def test_an_alias_to_an_id_nobody_has_seen_joins_nobody_until_it_is_seen():
    aliases = [seen(1, "ann", event="alias", previous_id="old"), seen(2, "bob", event="alias", previous_id="old")]
    assert owners(*aliases) == [ANN, BOB]
    assert owners(*aliases, seen(0, "old")) == [("user_id", "old")] * 3


def test_only_an_event_named_alias_is_one():
    assert owners(seen(1, "ann", previous_id="bob"), seen(2, "bob")) == [ANN, BOB]


def test_a_rule_joins_only_when_the_workspace_has_it():
    events = [seen(1, "ann", email="x"), seen(2, "bob", email="x"), seen(3, device="phone", email="x")]
    assert owners(*events) == [ANN, BOB, PHONE]
    assert owners(*events, joins=("phone",)) == [ANN, BOB, PHONE]
    assert owners(*events, joins=("email",)) == [ANN, ANN, ANN]


def test_a_rule_joins_devices_without_users_and_follows_one_owner():
    devices = [seen(1, device="phone", email="x"), seen(2, device="tablet", email="x")]
    assert owners(*devices, joins=("email",)) == [PHONE, PHONE]
    signed = seen(3, "ann", "tablet")
    assert owners(*devices, signed, joins=("email",)) == [ANN, ANN, ANN]
    torn = seen(4, "bob", "tablet")
    watch = seen(5, device="watch", email="x")
    assert owners(*devices, signed, torn, watch, joins=("email",)) == [PHONE, ANN, ANN, BOB, PHONE]


@pytest.mark.parametrize(("users", "joined"), [(10, True), (11, False)])
def test_an_identifier_of_more_than_ten_users_joins_nobody(users, joined):
    events = [seen(n, f"u{n:02}", email="x") for n in range(users)] * 2
    stream = Stream(events)
    resolution = resolve(stream.observations(), columns([]), Rules(("email",)))
    assert len(set(stream.owners(resolution))) == (1 if joined else users)
    assert [(q.kind, q.users) for q in resolution.quarantined] == ([] if joined else [("email", 11)])


def test_one_user_on_many_devices_crowds_nothing():
    events = [seen(n, "ann", f"d{n}", email="x") for n in range(12)]
    assert owners(*events, seen(20, "bob", email="x"), joins=("email",)) == [ANN] * 13


def test_what_is_quarantined_joins_nothing_by_hand_either():
    events = [seen(n, f"u{n:02}", email="x") for n in range(11)]
    email = ("email", "x")
    edges = [join(ANN, email, 1), join(email, BOB, 1)]
    for hands in (edges, [join(ANN, email, 1), join(BOB, email, 1)], [join(email, ANN, 1), join(email, BOB, 1)]):
        assert owners(seen(30, "ann"), seen(31, "bob"), *events, edges=hands, joins=("email",))[:2] == [ANN, BOB]


def test_values_joined_by_hand_join_their_devices():
    devices = [seen(1, device="phone", email="x"), seen(2, device="tablet", mobile="1")]
    edge = join(("email", "x"), ("mobile", "1"), 1)
    assert owners(*devices, joins=("email", "mobile")) == [PHONE, TABLET]
    assert owners(*devices, edges=[edge], joins=("email", "mobile")) == [PHONE, PHONE]


def test_a_person_may_be_joined_by_hand_with_any_number_of_ids():
    users = [("user_id", f"u{n:02}") for n in range(11)]
    edges = [join(user, ("user_id", "not seen yet"), 1) for user in users]
    assert set(owners(*(seen(n, user) for n, (_, user) in enumerate(users)), edges=edges)) == {users[0]}


@pytest.mark.parametrize(("users", "shared"), [(10, True), (11, False)])
def test_a_device_of_more_than_ten_users_keeps_its_own_events(users, shared):
    events = [seen(n, f"u{n:02}", "phone") for n in range(users)] * 2
    events += [seen(0, "ann"), seen(98, device="tablet"), seen(99, device="phone")]
    last = ("user_id", f"u{users - 1:02}")
    for edges in ([join(ANN, PHONE, 1)], [join(PHONE, ANN, 1)]):
        assert owners(*events, edges=edges)[-1] == (last if shared else PHONE)
    for edges in ([join(TABLET, PHONE, 1)], [join(PHONE, TABLET, 1)]):
        assert owners(*events, edges=edges)[-2:] == [TABLET, last if shared else PHONE]


def test_a_device_nobody_has_seen_joins_nothing():
    unseen = ("anonymous_id", "unseen")
    edges = [join(PHONE, unseen, 1), join(unseen, TABLET, 1)]
    devices = [seen(1, device="phone"), seen(2, device="tablet")]
    assert owners(*devices, edges=edges) == [PHONE, TABLET]
    assert owners(*devices, seen(3, device="unseen"), edges=edges) == [PHONE] * 3


@pytest.mark.parametrize(("users", "joined"), [(10, True), (11, False)])
def test_a_previous_id_that_everyone_claims_is_quarantined(users, joined):
    events = [seen(n, f"u{n:02}", event="alias", previous_id="guest") for n in range(users)]
    itself = seen(50, "guest", event="alias", previous_id="guest")
    assert len(set(owners(itself, *events))) == (1 if joined else users + 1)


def test_every_ground_can_be_taken_back_and_stays_so_when_repeated():
    events = [seen(1, "ann", "phone"), seen(2, "bob", "phone"), seen(9, device="phone")]
    assert owners(*events)[-1] == BOB
    sign_in = retract(Edge(BOB, PHONE, 2, "sign_in"), 20)
    assert owners(*events, seen(8, "bob", "phone"), edges=[sign_in])[2] == ANN
    events = [seen(1, "ann", event="alias", previous_id="bob"), seen(2, "bob")]
    alias = retract(Edge(ANN, BOB, 1, "alias"), 20)
    assert owners(*events, *events, edges=[alias]) == [ANN, BOB] * 2
    as_device = retract(Edge(ANN, ("anonymous_id", "bob"), 1, "alias"), 20)
    assert owners(*events, edges=[as_device]) == [ANN, BOB]
    events = [seen(1, "ann", email="x"), seen(2, "bob", email="x")]
    rule = retract(Edge(("email", "x"), BOB, 2, "rule"), 20)
    assert owners(*events, edges=[rule], joins=("email",)) == [ANN, BOB]
    assert owners(*events, edges=[rule, join(ANN, BOB, 30)], joins=("email",)) == [ANN, ANN]


def test_a_proposal_joins_nobody_until_it_is_reviewed():
    events = [seen(1, "ann"), seen(2, "bob")]
    proposal = Edge(ANN, BOB, 3, "proposed:splink")
    assert owners(*events, edges=[proposal]) == [ANN, BOB]
    assert owners(*events, edges=[proposal, join(ANN, BOB, 4, "review")]) == [ANN, ANN]


def test_as_of_leaves_out_what_was_said_later():
    stream = Stream(
        [seen(1, device="phone"), seen(5, "ann", "phone"), seen(7, "bob", event="alias", previous_id="ann")]
    )
    observed = stream.observations()
    edges = [join(BOB, CAT, 3)]

    def at(time):
        return stream.owners(resolve(observed.as_of(time), columns(as_of(edges, time))))

    assert (at(4), at(5), at(7)) == ([PHONE, ANN, BOB], [ANN, ANN, BOB], [ANN, ANN, ANN])
