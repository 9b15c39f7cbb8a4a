"""Groups of nodes that hang together, and who speaks for each group."""

from __future__ import annotations

import numpy as np

from lvtu.identity.observed import Ids, Longs


def groups(left: Longs, right: Longs) -> tuple[Longs, Longs]:
    """The nodes that occur in some pairs, ascending, and the group of each: connected means same group."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    nodes, at = np.unique(np.concatenate([left, right]), return_inverse=True)
    if not len(nodes):
        return nodes, nodes.copy()
    ends = at.reshape(2, -1).astype(np.int32)
    graph = coo_array((np.ones(ends.shape[1], np.bool_), (ends[0], ends[1])), shape=(len(nodes),) * 2)
    _, label = connected_components(graph, directed=False)
    return nodes, label.astype(np.int64)


def speakers(ids: Ids, rows: Longs, group: Longs, n_groups: int) -> Longs:
    """The earliest-seen row of each group, ties to the bytewise smaller id; -1 where a group has none.

    Args:
        ids: the table that ``rows`` points into.
        rows: members, distinct, ``int64[n]``.
        group: the group of each, ``int64[n]``.
        n_groups: how many groups there are.
    """
    speaker = np.full(n_groups, -1, np.int64)
    first = np.full(n_groups, np.iinfo(np.int64).max)
    np.minimum.at(first, group, ids.first_seen[rows])
    earliest = ids.first_seen[rows] == first[group]
    rows, group = rows[earliest], group[earliest]
    tied = np.bincount(group, minlength=n_groups)[group] > 1
    speaker[group[~tied]] = rows[~tied]
    rows, group = rows[tied], group[tied]
    order = np.lexsort((ids.rank(rows), group))[::-1]
    speaker[group[order]] = rows[order]  # the last write is the smallest
    return speaker
