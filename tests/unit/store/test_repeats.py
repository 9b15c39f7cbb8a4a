"""The index of repeats against a Python set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.errors import BadInput, Corrupt
from lvtu.store.repeats import Halves, Repeats
from parts import examples

MAX = 2**64 - 1
Pairs = list[tuple[int, int]]

small = st.tuples(st.integers(0, 3), st.integers(0, 3))
anywhere = st.tuples(st.integers(0, MAX), st.sampled_from([0, 1, MAX]))
"""Keys that often share one half, or both."""


def halves(pairs: Pairs) -> tuple[Halves, Halves]:
    array = np.array(pairs, np.uint64).reshape(-1, 2)
    return array[:, 0].copy(), array[:, 1].copy()


def expected(seen: set[tuple[int, int]], pairs: Pairs) -> list[bool]:
    now = set(seen)
    new = []
    for pair in pairs:
        new.append(pair not in now)
        now.add(pair)
    return new


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A new folder for each example."""
    return (tmp_path_factory.mktemp(f"repeats{n}") for n in range(10**6))


batches = st.lists(
    st.tuples(st.sampled_from(["add", "look", "forget", "reopen"]), st.lists(small | anywhere, max_size=40)),
    max_size=12,
)


@settings(max_examples=examples(40))
@given(batches)
def test_it_agrees_with_a_set(folders: Iterator[Path], batches: list[tuple[str, Pairs]]) -> None:
    folder = next(folders)
    repeats, other, seen = Repeats(folder), Repeats(folder), set[tuple[int, int]]()
    for number, (what, pairs) in enumerate(batches):
        high, low = halves(pairs)
        assert repeats.first_seen(high, low).tolist() == expected(seen, pairs)
        if what == "add":
            repeats.add(high, low, number)
            seen |= set(pairs)
            assert repeats.commit == number
        elif what == "forget":
            repeats.forget(high, low)
            seen -= set(pairs)
        elif what == "reopen":
            repeats = Repeats(folder)
        assert repeats.size == other.size == len(seen)
        assert other.first_seen(high, low).tolist() == expected(seen, pairs)


@pytest.mark.parametrize("size", [1, 2, 24, 25, 8191, 8192, 70_001])
def test_sizes_at_which_the_sort_changes_its_ways(tmp_path: Path, size: int) -> None:
    rng = np.random.default_rng(size)
    base = rng.integers(0, MAX, size, np.uint64, endpoint=True)
    high = base[rng.integers(0, size, size)]
    low = rng.integers(0, 2, size).astype(np.uint64)
    repeats = Repeats(tmp_path)
    pairs = list(zip(high.tolist(), low.tolist(), strict=True))
    assert repeats.first_seen(high, low).tolist() == expected(set(), pairs)
    half = size // 2
    repeats.add(high[:half], low[:half], 0)
    assert repeats.first_seen(high, low).tolist() == expected(set(pairs[:half]), pairs)


@pytest.mark.parametrize("spread", ["one high half", "one key", "few keys", "low bits only"])
def test_unevenly_spread_keys_are_only_slower(tmp_path: Path, spread: str) -> None:
    rng, n = np.random.default_rng(5), 20_000
    high = {
        "one high half": np.full(n, 7, np.uint64),
        "one key": np.full(n, MAX, np.uint64),
        "few keys": rng.integers(0, 9, n).astype(np.uint64) << np.uint64(60),
        "low bits only": rng.integers(0, 5_000, n).astype(np.uint64),
    }[spread]
    low = rng.integers(0, n, n).astype(np.uint64) if spread == "one high half" else np.zeros(n, np.uint64)
    pairs = list(zip(high.tolist(), low.tolist(), strict=True))
    repeats = Repeats(tmp_path)
    assert repeats.first_seen(high, low).tolist() == expected(set(), pairs)
    repeats.add(high, low, 0)
    assert repeats.size == len(set(pairs))
    assert not repeats.first_seen(high, low).any()
    assert repeats.first_seen(high + np.uint64(1), low + np.uint64(3)).tolist() == expected(
        set(pairs), [((h + 1) % 2**64, b + 3) for h, b in pairs]
    )


def test_many_additions_stay_few_segments(tmp_path: Path) -> None:
    rng, repeats = np.random.default_rng(1), Repeats(tmp_path)
    for n in range(200):
        keys = rng.integers(0, MAX, 100, np.uint64)
        repeats.add(keys, keys, n)
    assert repeats.size == 20_000
    assert len(list(tmp_path.glob("*.keys"))) <= 8


def test_an_addition_may_be_repeated(tmp_path: Path) -> None:
    high, low = halves([(1, 1), (1, 2)])
    repeats = Repeats(tmp_path)
    repeats.add(high, low, 4)
    repeats.add(high, low, 3)
    assert (repeats.size, repeats.commit) == (2, 4)


def test_nothing_is_fine(tmp_path: Path) -> None:
    high, low = halves([])
    repeats = Repeats(tmp_path)
    assert repeats.first_seen(high, low).tolist() == []
    repeats.add(high, low, 0)
    repeats.forget(high, low)
    assert (repeats.size, repeats.commit, Repeats(tmp_path).commit) == (0, 0, 0)


def test_forgotten_keys_leave_no_byte(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    keys = rng.integers(0, MAX, 5_000, np.uint64)
    repeats = Repeats(tmp_path)
    repeats.add(keys, keys[::-1].copy(), 0)
    needle = keys[17].tobytes() + keys[::-1][17].tobytes()
    assert any(needle in path.read_bytes() for path in tmp_path.iterdir())
    repeats.forget(keys[17:18], keys[::-1][17:18])
    assert not any(needle in path.read_bytes() for path in tmp_path.iterdir())
    assert repeats.first_seen(keys, keys[::-1].copy()).tolist() == [n == 17 for n in range(5_000)]


def test_rebuilding_replaces_what_is_there(tmp_path: Path) -> None:
    high, low = halves([(1, 1), (1, 2), (3, 3)])
    Repeats(tmp_path).add(high, low, 9)
    for path in tmp_path.glob("*.keys"):
        path.write_bytes(b"damaged")
    with pytest.raises(Corrupt, match="rebuild"):
        Repeats(tmp_path)
    rebuilt = Repeats.rebuild(tmp_path, [(high[:2], low[:2], 0), (high[1:2], low[1:2], 1)])
    assert (rebuilt.size, rebuilt.commit) == (2, 1)
    assert Repeats(tmp_path).first_seen(high, low).tolist() == [False, False, True]
    assert len(list(tmp_path.glob("*.keys"))) == 1


def test_a_rebuild_that_fails_leaves_the_old_index(tmp_path: Path) -> None:
    high, low = halves([(1, 1), (1, 2), (3, 3)])
    repeats = Repeats(tmp_path)
    repeats.add(high, low, 9)

    def failing() -> Iterator[tuple[Halves, Halves, int]]:
        yield high[:1], low[:1], 0
        raise OSError("the lake cannot be read")

    with pytest.raises(OSError, match="cannot be read"):
        Repeats.rebuild(tmp_path, failing())
    assert (Repeats(tmp_path).size, repeats.commit) == (3, 9)


def test_halves_must_fit(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="shapes"):
        Repeats(tmp_path).first_seen(np.zeros(2, np.uint64), np.zeros(3, np.uint64))


def test_a_newer_format_says_so(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"format": 2, "commit": 0, "segments": []}')
    with pytest.raises(BadInput, match="upgrade"):
        Repeats(tmp_path)
