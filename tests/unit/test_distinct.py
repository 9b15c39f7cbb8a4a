"""Distinct paths against a dictionary, in a table so full that different paths meet in it."""

from __future__ import annotations

import random

import numpy as np

from lvtu.kernels.distinct import distinct


def test_paths_that_meet_in_the_table_stay_apart() -> None:
    dice = random.Random(8)
    paths = [tuple(dice.randint(1, 3) for _ in range(dice.choice((0, 1, 4, 6)))) for _ in range(1000)]
    starts = np.cumsum([0, *map(len, paths)])
    places = np.array([place for path in paths for place in path], np.uint16)
    slots = np.full(1024, -1, np.int32)
    first, which = np.zeros(1000, np.int64), np.zeros(1000, np.int64)
    found = distinct(starts, places, slots, first, which)
    assert found == len(set(paths)) > 250
    assert [paths[first[number]] for number in which.tolist()] == paths
    assert [paths.index(path) for path in dict.fromkeys(paths)] == first[:found].tolist()
