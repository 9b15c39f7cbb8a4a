"""The patterns of paths: regular expressions whose letters are events.

A pattern is an :class:`~lvtu.core.expr.customers.Events` (one event of these) or one of the nodes here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from lvtu.errors import BadExpression

if TYPE_CHECKING:
    from lvtu.core.expr.customers import Events

Pattern: TypeAlias = "Events | Chain | Choice | Repeat"
"""What a stretch of a time line looks like."""

_SIGNS = {(0, None): "*", (1, None): "+", (0, 1): "?"}


@dataclass(frozen=True)
class Chain:
    """One after another, with nothing between: ``A -> B``. A chain in a chain is part of it."""

    parts: tuple[Pattern, ...]

    def __post_init__(self) -> None:
        flat = (inner for part in self.parts for inner in (part.parts if isinstance(part, Chain) else (part,)))
        object.__setattr__(self, "parts", tuple(flat))

    def __str__(self) -> str:
        return " -> ".join(f"({part})" if isinstance(part, Choice) else str(part) for part in self.parts)


@dataclass(frozen=True)
class Choice:
    """Either of several: ``A -> B | C``. A choice in a choice is part of it."""

    parts: tuple[Pattern, ...]

    def __post_init__(self) -> None:
        flat = (inner for part in self.parts for inner in (part.parts if isinstance(part, Choice) else (part,)))
        object.__setattr__(self, "parts", tuple(flat))

    def __str__(self) -> str:
        return " | ".join(map(str, self.parts))


@dataclass(frozen=True)
class Repeat:
    """So many times in a row: ``A*``, ``A+``, ``A?``, ``A{2,3}``.

    Attributes:
        part: what is repeated.
        least, most: how often; None for any number.
    """

    part: Pattern
    least: int = 0
    most: int | None = None

    def __post_init__(self) -> None:
        if self.least < 0 or (self.most is not None and self.most < max(self.least, 1)):
            raise BadExpression("bad_repetition", repetition=self._sign())

    def _sign(self) -> str:
        if (sign := _SIGNS.get((self.least, self.most))) is not None:
            return sign
        if self.least == self.most:
            return f"{{{self.least}}}"
        return f"{{{self.least},{'' if self.most is None else self.most}}}"

    def __str__(self) -> str:
        grouped = isinstance(self.part, Chain | Choice | Repeat)
        return (f"({self.part})" if grouped else str(self.part)) + self._sign()


def events_in(pattern: Pattern) -> Iterator[Events]:
    """The events that its pieces name, in order."""
    if isinstance(pattern, Repeat):
        yield from events_in(pattern.part)
    elif isinstance(pattern, Chain | Choice):
        for part in pattern.parts:
            yield from events_in(part)
    else:
        yield pattern


def is_empty_allowed(pattern: Pattern) -> bool:
    """Whether no event at all fits."""
    match pattern:
        case Chain(parts):
            return all(map(is_empty_allowed, parts))
        case Choice(parts):
            return any(map(is_empty_allowed, parts))
        case Repeat(part, least):
            return least == 0 or is_empty_allowed(part)
    return False
