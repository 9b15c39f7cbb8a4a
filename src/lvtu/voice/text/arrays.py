"""Labels as Arrow columns."""

from __future__ import annotations

import numpy as np
import pyarrow as pa


def named(places: np.ndarray, missing: np.ndarray, names: tuple[str, ...]) -> pa.Array:
    """One label for each row: places in ``names``, null where it is missing.

    Example:
        >>> named(np.array([1, 0]), np.array([False, True]), ("no", "yes")).to_pylist()
        ['yes', None]
    """
    indices = pa.array(places.astype(np.int8), pa.int8(), mask=missing)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names)).cast(pa.string())


def held(holds: np.ndarray, missing: np.ndarray, names: tuple[str, ...]) -> pa.Array:
    """The labels that hold in each row, rows × names, null where it is missing.

    Example:
        >>> held(np.array([[True, True], [False, False]]), np.zeros(2, bool), ("a", "b")).to_pylist()
        [['a', 'b'], []]
    """
    offsets = np.zeros(len(holds) + 1, np.int64)
    np.cumsum(holds.sum(1), out=offsets[1:])
    return listed(offsets, np.flatnonzero(holds) % len(names), missing, names)


def listed(offsets: np.ndarray, places: np.ndarray, missing: np.ndarray, names: tuple[str, ...]) -> pa.Array:
    """The labels of each row, from where they begin in ``places``; null where the row is missing.

    Example:
        >>> listed(np.array([0, 2, 2]), np.array([1, 0]), np.array([False, True]), ("a", "b")).to_pylist()
        [['b', 'a'], None]
    """
    indices = pa.array(places.astype(np.int16), pa.int16())
    values = pa.DictionaryArray.from_arrays(indices, pa.array(names, pa.string())).cast(pa.string())
    # Arrow takes offsets with nulls and no mask, or a mask and no nulls; a missing row has no labels.
    return pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), values, mask=pa.array(missing))
