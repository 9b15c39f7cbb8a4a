"""How often paths occur: against a plain counter, whatever is added, merged and asked in between."""

from __future__ import annotations

import pickle
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvtu.analyses.variants import counts
from lvtu.analyses.variants.counts import PathCounts, places_of
from lvtu.kernels.variants import MOST_PLACES, path_keys
from lvtu.store.journeys.columns import Array

# Keys with few different halves: many share the bit by which they are told apart at first.
KEY = st.tuples(st.sampled_from([0, 1, 37, 63, 1 << 40, 1 << 63]), st.integers(0, 5))
PARTS = st.lists(st.lists(KEY, max_size=30), max_size=5)


def keys_of(part: list[tuple[int, int]]) -> Array:
    return np.array(part, np.uint64).reshape(len(part), 2)


def counted(parts: list[list[tuple[int, int]]]) -> Counter[tuple[int, int]]:
    return Counter(key for part in parts for key in part if key[1])


def agrees(state: PathCounts, wanted: Counter[tuple[int, int]]) -> None:
    keys, counts = state.counted()
    assert sorted(zip(map(tuple, keys.tolist()), counts.tolist(), strict=True)) == sorted(wanted.items())
    assert (state.variants, state.units) == (len(wanted), wanted.total())
    assert state.once == state.tied(1) == sum(count == 1 for count in wanted.values())
    for top in (1, 3, 100):
        best = sorted((-count, key) for key, count in wanted.items())[:top]
        keys, counts = state.most_frequent(top)
        assert list(zip((-counts).tolist(), map(tuple, keys.tolist()), strict=True)) == best


def added(parts: list[list[tuple[int, int]]], ask: bool) -> PathCounts:
    state = PathCounts()
    for number, part in enumerate(parts, 1):
        state.add(keys_of(part))
        if ask:
            agrees(state, counted(parts[:number]))
    return state


@pytest.mark.parametrize("waiting", [0, 1 << 22])
@given(parts=PARTS, others=PARTS, ask=st.booleans())
def test_any_path_counts(
    waiting: int, parts: list[list[tuple[int, int]]], others: list[list[tuple[int, int]]], ask: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counts, "_WAITING", waiting)
        state, other = added(parts, ask), added(others, not ask)
        travelled = pickle.loads(pickle.dumps(other))
        state.merge(other)
        agrees(state, counted(parts + others))
        agrees(other, counted(others))  # the right one of a merge stays as it is
        agrees(travelled, counted(others))


def test_places_of_a_key() -> None:
    assert places_of(np.array([[7, 3 << 16 | 5]], np.uint64)).tolist() == [5]


def test_very_long_paths_are_told_apart() -> None:
    ends = np.array([0, 70_000, 140_000, 210_001, 280_001])
    places = np.ones(280_001, np.uint8)
    places[-1] = 2
    words, none = np.array([[0, 0], [3, 5], [7, 11]], np.uint64), np.empty(0, np.uint8)
    first, last, keys = np.empty(4, np.int64), np.empty(4, np.int64), np.empty((4, 2), np.uint64)
    path_keys(ends, places, words, 0, 0, 1 << 62, none, first, last, keys)
    assert (keys[0] == keys[1]).all() and len(np.unique(keys, axis=0)) == 3
    assert places_of(keys).tolist() == [MOST_PLACES] * 4
