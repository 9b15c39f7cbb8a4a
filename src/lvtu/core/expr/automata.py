"""From a path's pattern to the smallest table that recognises it.

The pieces of the pattern are the positions of a Glushkov automaton (V. M. Glushkov, Russian Mathematical Surveys 16
(1961) 1–53): it has no empty moves, so what may come next is one set of positions, kept as the bits of an int. Sets
that can be reached become states (subset construction), and states that nothing tells apart become one (J. Hopcroft's
partition refinement, 1971). One kernel runs the table over every time line (`lvtu.kernels.customers.follow`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lvtu.core.expr.alphabet import Alphabet, alphabet_of
from lvtu.core.expr.customers import Events, Path
from lvtu.core.expr.patterns import Chain, Choice, Pattern, Repeat
from lvtu.errors import BadExpression

MOST_POSITIONS = 500
"""Pieces of a pattern at most, where ``A{3}`` is three."""

MOST_CELLS = 100_000
"""States times letters at most, before states are merged: about a second of work, and a table that caches hold."""


@dataclass(frozen=True)
class Automaton:
    """A path as a table: read a time line letter by letter, and follow.

    The states in which everything is settled, whatever may come, are the first ones.

    Attributes:
        alphabet: the letters.
        table: the next state by state and letter.
        start: the state before the first event.
        final: by state, whether the path has been found if the time line ends here; settled ones that are final have
            found it wherever it ends.
        settled: how many states are settled (0, 1 or 2).
        required: names without which the path cannot be found.
        cells: of the table before states were merged: what it took to make it.
    """

    alphabet: Alphabet
    table: tuple[tuple[int, ...], ...]
    start: int
    final: tuple[bool, ...]
    settled: int
    required: frozenset[str]
    cells: int = field(default=0, compare=False)


@lru_cache(256)
def automaton_of(path: Path) -> Automaton:
    """The smallest table that finds a path in a time line.

    Raises:
        BadExpression: the pattern needs too large a table.

    Example:
        >>> from lvtu.core.expr import parse
        >>> automaton = automaton_of(parse("cart -> [^cart]* -> pay"))
        >>> automaton.table, automaton.start, automaton.final
        (((0, 0, 0), (1, 2, 1), (2, 2, 0)), 1, (True, False, False))
        >>> automaton.alphabet.names, automaton.alphabet.table, sorted(automaton.required)
        (('cart', 'pay'), ((0,), (1,), (2,)), ['cart', 'pay'])
    """
    alphabet = alphabet_of(path.events)
    table, final = _subsets(path, alphabet)
    numbered = _numbered(alphabet, *_merged(table, final))
    return replace(numbered, cells=len(table) * len(alphabet.meaning))


class _Positions:
    """The Glushkov sets of a pattern: positions as bits.

    Attributes:
        events: what each position reads.
        follow: what may come after each position.
    """

    def __init__(self) -> None:
        self.events: list[Events] = []
        self.follow: list[int] = []

    def lay(self, pattern: Pattern) -> tuple[int, int, bool]:
        """Give the pattern's pieces positions: where it may begin, where it may end, whether it may be empty."""
        match pattern:
            case Chain(parts):
                return self._chained(self.lay(part) for part in parts)
            case Choice(parts):
                first = last = 0
                empty = False
                for part in parts:
                    begins, ends, nothing = self.lay(part)
                    first, last, empty = first | begins, last | ends, empty or nothing
                return first, last, empty
            case Repeat(part, least, most):
                return self._chained(self._copies(part, least, most))
        if len(self.events) == MOST_POSITIONS:
            raise BadExpression("path_too_large")
        self.events.append(pattern)
        self.follow.append(0)
        bit = 1 << (len(self.events) - 1)
        return bit, bit, False

    def _copies(self, part: Pattern, least: int, most: int | None) -> Iterable[tuple[int, int, bool]]:
        """The part as often as it is repeated: copies that must be there, then those that may be."""
        for _ in range(least if most is not None else max(least - 1, 0)):
            yield self.lay(part)
        if most is None:
            first, last, empty = self.lay(part)
            self._join(last, first)
            yield first, last, empty or least == 0
            return
        for _ in range(most - least):  # A{0,2} is (A(A)?)? and A?A? alike: each copy may be left out
            first, last, _ = self.lay(part)
            yield first, last, True

    def _chained(self, parts: Iterable[tuple[int, int, bool]]) -> tuple[int, int, bool]:
        first, last, empty = 0, 0, True
        for begins, ends, nothing in parts:
            self._join(last, begins)
            first = first | begins if empty else first
            last = last | ends if nothing else ends
            empty = empty and nothing
        return first, last, empty

    def _join(self, last: int, first: int) -> None:
        for place in _bits(last):
            self.follow[place] |= first


def _bits(mask: int) -> Iterable[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


_FOUND = -1
"""The set that stands for having found the path, whatever follows."""


def _subsets(path: Path, alphabet: Alphabet) -> tuple[list[list[int]], list[bool]]:
    """The table over sets of positions; state 0 is the start."""
    positions = _Positions()
    first, last, empty = positions.lay(path.pattern)
    reads = [0] * len(alphabet.meaning)
    for place, events in enumerate(positions.events):
        part = alphabet.parts.index(events)
        for letter, meaning in enumerate(alphabet.meaning):
            reads[letter] |= (meaning >> part & 1) << place
    again = 0 if path.begins else first

    def step(expected: int, letter: int) -> tuple[int, bool]:
        """What may come after a letter, and whether the path may end with it."""
        hit = expected & reads[letter]
        if hit & last and not path.ends:
            return _FOUND, True
        following = again
        for place in _bits(hit):
            following |= positions.follow[place]
        return following, bool(hit & last)

    start = (first, empty)
    states, queue, table = {start: 0}, [start], []
    for expected, done in queue:
        row = []
        for letter in range(len(reads)):
            target = (expected, done) if expected == _FOUND else step(expected, letter)
            if target not in states:
                states[target] = len(states)
                queue.append(target)
            row.append(states[target])
        table.append(row)
        if len(states) * len(reads) > MOST_CELLS:
            raise BadExpression("path_too_large")
    return table, [done for _, done in states]


def _merged(table: list[list[int]], final: list[bool]) -> tuple[list[list[int]], list[bool], int]:
    """The same automaton with states that nothing tells apart as one; the last value is the start."""
    sources: list[list[list[int]]] = [[[] for _ in table] for _ in table[0]]
    for state, row in enumerate(table):
        for letter, target in enumerate(row):
            sources[letter][target].append(state)
    blocks = [block for wish in (True, False) if (block := {s for s, done in enumerate(final) if done == wish})]
    block_of = [0] * len(table)
    for number, block in enumerate(blocks):
        for state in block:
            block_of[state] = number
    waiting = set(range(len(blocks)))
    while waiting:
        splitter = list(blocks[waiting.pop()])
        for incoming in sources:
            touched: dict[int, set[int]] = {}
            for target in splitter:
                for state in incoming[target]:
                    touched.setdefault(block_of[state], set()).add(state)
            for number, part in touched.items():
                if len(part) == len(blocks[number]):
                    continue
                blocks[number] -= part
                blocks.append(part)
                for state in part:
                    block_of[state] = len(blocks) - 1
                smaller = number if len(blocks[number]) < len(part) else len(blocks) - 1
                waiting.add(len(blocks) - 1 if number in waiting else smaller)
    heads = [next(iter(block)) for block in blocks]
    return [[block_of[t] for t in table[head]] for head in heads], [final[head] for head in heads], block_of[0]


def _numbered(alphabet: Alphabet, table: list[list[int]], final: list[bool], start: int) -> Automaton:
    """Settled states first, found before lost; the others as they are met from the start."""
    settled = [state for state, row in enumerate(table) if set(row) == {state}]
    order = sorted(settled, key=lambda state: not final[state])
    order += [state for state in _met(table, start, range(len(alphabet.meaning))) if state not in settled]
    place_of = {state: number for number, state in enumerate(order)}
    rows = tuple(tuple(place_of[target] for target in table[state]) for state in order)
    found = {state for state, done in enumerate(final) if done}
    letters = alphabet.by_name
    required = frozenset(
        name
        for place, name in enumerate(alphabet.names, 1)
        if found.isdisjoint(_met(table, start, frozenset().union(*letters[:place], *letters[place + 1 :])))
    )
    return Automaton(alphabet, rows, place_of[start], tuple(final[s] for s in order), len(settled), required)


def _met(table: list[list[int]], start: int, letters: Iterable[int]) -> list[int]:
    """The states that some letters lead to from the start, in the order in which they are met."""
    letters, met = list(letters), {start: None}
    queue = [start]
    for state in queue:
        for letter in letters:
            if (target := table[state][letter]) not in met:
                met[target] = None
                queue.append(target)
    return list(met)
