"""Where the boxes and ways of a process map stand: in layers, from top to bottom, in the direction of the flow.

Layers, an order within each that crosses few ways, and places that keep long ways straight.

Source: K. Sugiyama, S. Tagawa, M. Toda, IEEE Transactions on Systems, Man, and Cybernetics 11 (1981) 109–125.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

Name = str | None
Link = tuple[Name, Name, int]
"""From where, to where, how often."""

Point = tuple[float, float]

MOST_BESIDE = 5
"""Boxes in a layer at most."""

_TURNS = 8
_WAY = 0.34
"""The room of a way that passes a layer, in boxes."""


class Node(NamedTuple):
    """A box, or the place where a way passes a layer."""

    layer: int
    width: float


@dataclass(frozen=True)
class Layers:
    """A drawing.

    Attributes:
        places: of each name, across (in boxes from the left edge) and down (the number of its layer).
        ways: of each link, the points that it passes: its source's place, one in each layer between, its target's.
        wide: how wide all is, in boxes.
        deep: how many layers there are.
    """

    places: dict[Name, Point]
    ways: list[list[Point]]
    wide: float
    deep: int


def layered(links: Sequence[Link]) -> Layers:
    """Lay a graph out.

    Args:
        links: those that lead to where they come from stand at one place, and are ways of one point.

    Example:
        >>> found = layered([("A", "B", 9), ("B", "C", 5), ("C", "A", 1)])
        >>> [found.places[name][1] for name in "ABC"], [len(way) for way in found.ways]
        ([0.0, 1.0, 2.0], [2, 2, 3])
    """
    names = list(dict.fromkeys(end for source, target, _ in links for end in (source, target)))
    if not names:
        return Layers({}, [], 1.0, 0)
    number = {name: place for place, name in enumerate(names)}
    pairs = [(number[source], number[target]) for source, target, _ in links]
    weights = [count for *_, count in links]
    layer = _layers(pairs, weights, len(names))
    nodes = [Node(at, 1.0) for at in layer]
    chains = [_chain(source, target, nodes) for source, target in pairs]
    rows = _ordered(nodes, chains)
    across = _placed(nodes, rows, chains)
    places = {name: (across[place], float(layer[place])) for name, place in number.items()}
    ways = [[(across[node], float(nodes[node].layer)) for node in chain] for chain in chains]
    return Layers(places, ways, max(x + nodes[node].width / 2 for node, x in enumerate(across)), max(layer) + 1)


def _layers(pairs: Sequence[tuple[int, int]], weights: Sequence[int], count: int) -> list[int]:
    """The layer of each name: below all that lead to it along the flow, and just above what it leads to."""
    potential = _potential(pairs, weights, count)
    order = sorted(range(count), key=lambda name: (potential[name], name))
    rank = {name: place for place, name in enumerate(order)}
    onward = {(s, t) if rank[s] < rank[t] else (t, s) for s, t in pairs if s != t}
    before: dict[int, list[int]] = {name: [] for name in order}
    after: dict[int, list[int]] = {name: [] for name in order}
    for source, target in onward:
        before[target].append(source)
        after[source].append(target)
    layer = [0] * count
    beside: dict[int, int] = {}
    for name in order:
        at = max((layer[source] + 1 for source in before[name]), default=0)
        while beside.get(at, 0) >= MOST_BESIDE:
            at += 1
        layer[name] = at
        beside[at] = beside.get(at, 0) + 1
    for name in reversed(order):  # who is led to by nobody stands above what follows, not at the very top
        if not before[name] and after[name]:
            wanted = min(layer[target] for target in after[name]) - 1
            if wanted > layer[name] and beside.get(wanted, 0) < MOST_BESIDE:
                beside[layer[name]] -= 1
                beside[wanted] = beside.get(wanted, 0) + 1
                layer[name] = wanted
    filled = {at: place for place, at in enumerate(sorted(set(layer)))}
    return [filled[at] for at in layer]


def _potential(pairs: Sequence[tuple[int, int]], weights: Sequence[int], count: int) -> list[float]:
    """How far along the flow each name is: for every pair, by its weight, the target should be one further.

    Source: X. Jiang, L.-H. Lim, Y. Yao, Y. Ye, Mathematical Programming 127 (2011) 203–244 (HodgeRank).
    """
    ways = [(s, t, math.sqrt(n)) for (s, t), n in zip(pairs, weights, strict=True) if s != t]
    if not ways:
        return [0.0] * count
    matrix, wanted = np.zeros((len(ways), count)), np.zeros(len(ways))
    for row, (source, target, weight) in enumerate(ways):
        matrix[row, source], matrix[row, target], wanted[row] = -weight, weight, weight
    found: list[float] = np.linalg.lstsq(matrix, wanted, rcond=None)[0].round(9).tolist()
    return found


def _chain(source: int, target: int, nodes: list[Node]) -> list[int]:
    """The nodes of a way: its ends, and a new one in each layer between."""
    start, end = nodes[source].layer, nodes[target].layer
    between = range(start + 1, end) if start < end else range(start - 1, end, -1)
    chain = [source]
    for layer in between:
        chain.append(len(nodes))
        nodes.append(Node(layer, _WAY))
    return chain if source == target else [*chain, target]


def _ordered(nodes: Sequence[Node], chains: Sequence[Sequence[int]]) -> list[list[int]]:
    """The nodes of each layer from left to right: each near the middle of what it is tied to, back and forth."""
    up, down = _ties(nodes, chains)
    rows: list[list[int]] = [[] for _ in range(max(node.layer for node in nodes) + 1)]
    for number, node in enumerate(nodes):
        rows[node.layer].append(number)
    best, fewest = rows, _crossings(rows, down)
    for turn in range(_TURNS):
        ties = up if turn % 2 == 0 else down
        rows = [list(row) for row in rows]
        for row in rows if turn % 2 == 0 else reversed(rows):
            at = {node: place for others in rows for place, node in enumerate(others)}
            middle = {
                node: sum(at[tie] for tie in ties[node]) / len(ties[node]) if ties[node] else float(at[node])
                for node in row
            }
            row.sort(key=middle.__getitem__)
        if (crossed := _crossings(rows, down)) < fewest:
            best, fewest = rows, crossed
    return best


def _ties(nodes: Sequence[Node], chains: Sequence[Sequence[int]]) -> tuple[list[list[int]], list[list[int]]]:
    """What each node is tied to in the layer above it, and below it."""
    up: list[list[int]] = [[] for _ in nodes]
    down: list[list[int]] = [[] for _ in nodes]
    for chain in chains:
        for one, other in itertools.pairwise(chain):
            above, below = (one, other) if nodes[one].layer < nodes[other].layer else (other, one)
            up[below].append(above)
            down[above].append(below)
    return up, down


def _crossings(rows: Sequence[Sequence[int]], down: Sequence[Sequence[int]]) -> int:
    """How often ways cross."""
    found = 0
    for row, below in itertools.pairwise(rows):
        at = {node: place for place, node in enumerate(below)}
        ends = np.array([at[tie] for node in row for tie in sorted(down[node], key=at.__getitem__)])
        found += int(np.triu(ends[:, None] > ends[None, :], 1).sum())
    return found


def _placed(nodes: Sequence[Node], rows: Sequence[Sequence[int]], chains: Sequence[Sequence[int]]) -> list[float]:
    """How far to the right each node stands: near what it is tied to, in the order of its row, with room for each."""
    up, down = _ties(nodes, chains)
    across = [0.0] * len(nodes)
    for row in rows:
        for place, x in zip(row, _apart([0.0] * len(row), [nodes[node].width for node in row]), strict=True):
            across[place] = x
    for turn in range(2 * _TURNS):
        ties = up if turn % 2 == 0 else down
        for row in rows if turn % 2 == 0 else reversed(rows):
            wanted = [sum(across[tie] for tie in ties[n]) / len(ties[n]) if ties[n] else across[n] for n in row]
            for node, x in zip(row, _apart(wanted, [nodes[node].width for node in row]), strict=True):
                across[node] = x
    left = min(x - nodes[node].width / 2 for node, x in enumerate(across))
    return [float(x - left) for x in across]


def _apart(wanted: Sequence[float], widths: Sequence[float]) -> list[float]:
    """The places nearest to those that are wanted (least squares) in which neighbours do not overlap.

    Less the room of all before it, each place may not be smaller than the one before: isotonic regression, by pooling
    neighbours that are out of order.
    """
    room = np.cumsum([0.0, *((a + b) / 2 for a, b in itertools.pairwise(widths))])
    pools: list[tuple[float, int]] = []
    for place, offset in zip(wanted, room, strict=False):
        mean, count = float(place - offset), 1
        while pools and pools[-1][0] > mean:
            before, of = pools.pop()
            mean, count = (before * of + mean * count) / (of + count), of + count
        pools.append((mean, count))
    even = [mean for mean, count in pools for _ in range(count)]
    return [mean + float(offset) for mean, offset in zip(even, room, strict=False)]
