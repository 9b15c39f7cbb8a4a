from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lvtu.identity import Ids, reduce_sign_ins, resolve
from lvtu.identity.nodes import Values, distinct
from unit.identity.identity_streams import Stream, columns, events

words = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=12)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), unique=True, max_size=12), words)
def test_find_is_exact_when_halves_of_hashes_coincide(known, wanted):
    table = np.array(known, np.uint64).reshape(-1, 2).T.copy()
    asked = np.array(wanted, np.uint64).reshape(-1, 2).T.copy()
    found = Ids(table[0], table[1], np.zeros(len(known), np.int64)).find(asked[0], asked[1])
    assert found.tolist() == [known.index(w) if w in known else -1 for w in wanted]


MIX = 0x9E3779B97F4A7C15


@given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from([0, 1, MIX, MIX ^ 1]), st.integers(0, 1)), max_size=10))
def test_distinct_is_exact_when_mixed_hashes_coincide(rows):
    kind = np.array([r[0] for r in rows], np.int32)
    hi, lo = (np.array([r[i] for r in rows], np.uint64) for i in (1, 2))
    code, where = distinct(Values(kind, hi, lo))
    assert [rows[where[c]] for c in code] == rows
    assert len(where) == len(set(rows))


@given(events)
def test_reduced_sign_ins_decide_like_all_of_them(stream_events):
    stream = Stream(stream_events)
    device, user, time = stream.arrays()
    full, reduced = stream.observations(), reduce_sign_ins(device, user, time, len(stream.devices))
    both = np.flatnonzero((device >= 0) & (user >= 0))
    both = both[np.lexsort((time[both], device[both]))]
    every = type(reduced)(device[both], user[both], time[both])
    plain = type(full)(full.users, full.anonymous, every, full.aliases, full.links)
    assert stream.owners(resolve(full, columns([]))) == stream.owners(resolve(plain, columns([])))


@given(events, st.sets(st.integers(0, 6)))
def test_each_anonymous_id_is_reduced_by_itself(stream_events, which):
    stream = Stream(stream_events)
    device, user, time = stream.arrays()
    ours = np.isin(device, list(which))
    some = reduce_sign_ins(device[ours], user[ours], time[ours], len(stream.devices))
    whole = reduce_sign_ins(device, user, time, len(stream.devices))
    same = whole.keep(np.isin(whole.anonymous, list(which)))
    assert [c.tolist() for c in (some.anonymous, some.user, some.time)] == [
        c.tolist() for c in (same.anonymous, same.user, same.time)
    ]


def test_one_user_on_a_device_leaves_one_row():
    device, user = np.zeros(1000, np.int32), np.zeros(1000, np.int32)
    signs = reduce_sign_ins(device, user, np.arange(1000)[::-1].copy(), 1)
    assert (signs.anonymous.tolist(), signs.user.tolist(), signs.time.tolist()) == ([0], [0], [0])


@given(events)
def test_without_texts_only_ties_differ(stream_events):
    spread = [event | {"time": event["time"] * 100 + n} for n, event in enumerate(stream_events)]
    stream = Stream(spread)
    with_texts, without = (resolve(stream.observations(texts), columns([])) for texts in (True, False))
    device, user, time = stream.arrays()
    assert with_texts.owners(user, device, time).tolist() == without.owners(user, device, time).tolist()
