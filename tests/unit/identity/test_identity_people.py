"""What people are told: differences and the report."""

from __future__ import annotations

import json

from lvtu.identity import Rules, compare, identity_report, join, moved, resolve, retract
from unit.identity.identity_streams import Stream, columns

ANN, BOB, CAT = ("user_id", "ann"), ("user_id", "bob"), ("user_id", "cat")


def seen(time, user=None, device=None, event="seen", **identifiers):
    return {"time": time, "user_id": user, "anonymous_id": device, "event": event, "identifiers": identifiers}


def resolved(stream, *edges, joins=()):
    return resolve(stream.observations(), columns(list(edges)), Rules(joins))


def test_a_diff_says_who_joined_and_its_reverse_who_split():
    stream = Stream([seen(1, "ann"), seen(2, "bob"), seen(3, "cat"), seen(4, "dan")])
    apart, together = resolved(stream), resolved(stream, join(ANN, BOB, 1), join(BOB, CAT, 1))
    forth, back = compare(apart, together), compare(together, apart)
    assert str(forth) == "joined   user_id:ann ← user_id:ann, user_id:bob, user_id:cat"
    assert str(back) == "split    user_id:ann → user_id:ann, user_id:bob, user_id:cat"
    assert forth.totals == {"joined": 1, "split": 0, "renamed": 0, "handed_over": 0}
    assert json.loads(json.dumps(back.as_dict()))["split"] == [
        {"customer": "user_id:ann", "into": ["user_id:ann", "user_id:bob", "user_id:cat"]}
    ]


def test_a_diff_over_a_grown_stream():
    stream = Stream([seen(5, "ann"), seen(6, "bob"), seen(7, device="phone")])
    edge = join(ANN, BOB, 1)
    before = resolved(stream, edge)
    stream.add([seen(2, "bob"), seen(8, "cat", "phone"), seen(9, "dan", event="alias", previous_id="cat")])
    diff = compare(before, resolved(stream, edge))
    assert str(diff).splitlines() == [
        "joined   user_id:cat ← user_id:cat, user_id:dan",
        "renamed  user_id:ann → user_id:bob",
        "moved    anonymous_id:phone: anonymous_id:phone → user_id:cat",
    ]


def test_a_late_sign_in_that_only_shifts_a_turn_moves_the_device():
    stream = Stream([seen(1, "ann", "phone"), seen(9, "bob", "phone"), seen(5, device="phone")])
    before = resolved(stream)
    after = resolved(stream.add([seen(4, "bob", "phone")]))
    assert moved(before, after).anonymous.tolist() == [0]
    assert len(before.turns.times) == len(after.turns.times) == 2


def test_a_diff_is_cut_but_its_totals_are_not():
    stream = Stream([seen(n, f"{side}{n}") for n in range(9) for side in "ab"])
    pairs = [join(("user_id", f"a{n}"), ("user_id", f"b{n}"), 1) for n in range(9)]
    diff = compare(resolved(stream), resolved(stream, *pairs), limit=2)
    assert (len(diff.joined), diff.totals["joined"]) == (2, 9)
    assert str(diff).splitlines()[-1] == "… and 7 more"


def test_nothing_changed():
    stream = Stream([seen(1, "ann", "phone"), seen(2, "bob", "phone"), seen(3, device="phone")])
    diff = compare(resolved(stream), resolved(stream))
    assert not diff
    assert str(diff) == "nobody joined, split or moved"
    empty = resolved(Stream())
    assert not compare(empty, empty)


def test_the_report_lists_what_to_look_at():
    stream = Stream(
        [
            seen(1, "ann", "phone", email="x"),
            seen(2, "bob", "phone", email="x"),
            seen(3, "cat", "kiosk", phone="1"),
            seen(4, device="stray", email="y"),
            seen(2, device="older"),
            *(seen(n, f"u{n:02}", "kiosk", phone="1") for n in range(11)),
        ]
    )
    joined = join(ANN, CAT, 1)
    report = identity_report(stream.observations(), resolved(stream, joined, joins=("phone",)))
    assert report.counts == {
        "user_ids": 14,
        "anonymous_ids": 4,
        "joined_customers": 1,
        "shared_anonymous": 2,
        "shared_identifiers": 2,
        "unmatched_anonymous": 2,
        "unmatched_identifiers": 1,
        "quarantined": 2,
    }
    assert report.joined == (("ann", "cat"),)
    assert [(c.id, c.touches, c.customers) for c in report.shared_anonymous] == [("kiosk", 12, 12), ("phone", 2, 2)]
    assert [(c.kind, c.id, c.touches) for c in report.shared_identifiers] == [("phone", "1", 12), ("email", "x", 2)]
    assert report.shared_identifiers[1].users == ("ann", "bob")
    assert report.unmatched_anonymous == ("older", "stray")
    assert [(s.kind, s.id, s.users) for s in report.quarantined] == [("anonymous_id", "kiosk", 12), ("phone", "1", 12)]
    assert json.loads(json.dumps(report.as_dict()))["counts"]["user_ids"] == 14


def test_the_report_after_a_retraction_and_of_nothing():
    stream = Stream([seen(1, "ann"), seen(2, "bob")])
    gone = retract(join(ANN, BOB, 1), 3)
    assert identity_report(stream.observations(), resolved(stream, gone)).joined == ()
    assert set(identity_report(Stream().observations(), resolved(Stream())).counts.values()) == {0}


def test_a_quarantined_previous_id_is_named():
    events = [seen(n, f"u{n}", event="alias", previous_id="guest") for n in range(11)]
    stream = Stream([seen(1, "guest"), *events])
    report = identity_report(stream.observations(), resolved(stream))
    assert [(s.kind, s.id, s.users) for s in report.quarantined] == [("previous_id", "guest", 11)]
