"""What customers wrote in a survey that speaks of no step of its map: it stands with the whole journey."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lvtu.core.expr import parse
from lvtu.core.expr.nodes import Among, And, Compare, Expr, Junction
from lvtu.engines.base import Engine
from lvtu.maps.asked import Answered, Seen, surveys_of
from lvtu.maps.document import JourneyMap
from lvtu.maps.live.filled import Unplaced
from lvtu.maps.live.observed import QUESTION
from lvtu.maps.live.quotes import Said, Saying, told_of
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.snapshot import Snapshot


@dataclass
class _Left:
    """How many texts there are, and the best of them."""

    n: int = 0
    best: dict[int, list[Said]] = field(default_factory=dict)


class _Leaving:
    """The pass over texts at no step, as engines fold it."""

    def __init__(self, saying: Saying) -> None:
        self.saying = saying

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.saying.reads()

    def empty(self, snapshot: Snapshot) -> _Left:
        """The state of no customers."""
        return _Left()

    def partial(self, block: Block, state: _Left) -> _Left:
        """Add a block's customers."""
        answers, at = self.saying.texts(block, placed=False)
        return _Left(state.n + len(at), self.saying.added(block, answers, at, state.best))

    def merge(self, left: _Left, right: _Left) -> _Left:
        """Both."""
        return _Left(left.n + right.n, self.saying.merge(left.best, right.best))


def unplaced(map_: JourneyMap, since: int, until: int, snapshot: Snapshot, engine: Engine) -> Unplaced:
    """What was written in answer to the questions that a map's steps name, and stands at none of them.

    Where all steps are questions, those of their survey that no step names count, too.

    Args:
        map_: the map.
        since, until: when it was written, µs.
        snapshot, engine: of what, and by whom it is counted.
    """
    titles = dict.fromkeys(named_in(map_))
    if not titles or len(snapshot.names("text")) < 2:
        return Unplaced()
    if all(QUESTION in rule.reads for step in map_.steps for rule in step.entry):
        titles |= dict.fromkeys(_beside(titles, since, until, snapshot, engine))
    asked: Expr = Among(QUESTION, tuple(titles))
    where = str(asked if map_.where is None else And((parse(map_.where), asked)))
    question = _Leaving(Saying(where, since, until, snapshot))
    snapshot.prepare(question.reads())
    left: _Left = engine.fold(question, snapshot)
    return Unplaced(left.n, told_of(left.best[0], snapshot) if left.n else ())


def _beside(titles: Collection[str], since: int, until: int, snapshot: Snapshot, engine: Engine) -> list[str]:
    """The questions that were answered in words by whoever answered others in the same response."""
    answered = Answered(None, since, until, snapshot)
    snapshot.prepare(answered.reads())
    seen: Seen = engine.fold(answered, snapshot)
    of_them = [one for one in surveys_of(seen.last, seen.after) if not one.isdisjoint(titles)]
    return sorted(title for one in of_them for title in one if (title, "") in seen.answers)


def named_in(map_: JourneyMap) -> Iterator[str]:
    """The questions by whose answers the steps of a map are shown."""
    wheres = (rule.where for step in map_.steps for rule in step.entry if rule.where)
    return (title for where in wheres for title in asked_in(parse(where)))


def asked_in(condition: Expr) -> Iterator[str]:
    """The questions that a condition names.

    Example:
        >>> list(asked_in(parse("question in ('Why?', 'Room') and text contains 'bed' or question = 'Bar'")))
        ['Why?', 'Room', 'Bar']
    """
    if isinstance(condition, Junction):
        for part in condition.parts:
            yield from asked_in(part)
    elif isinstance(condition, Compare | Among) and condition.name == QUESTION:
        yield from map(str, condition.literals)
