"""One answer for all who ask the same at once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

_Answer = TypeVar("_Answer")

MOST = 128
"""Questions whose answers are kept."""


@dataclass
class _Line(Generic[_Answer]):
    """Those who wait for one question's answer: one works it out, the others take it if it was begun after they came.

    Attributes:
        begun: how often the answer was begun.
        done: of which beginning the kept answer is, and the answer.
        stands_for: what the data were when it was worked out.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    begun: int = 0
    done: tuple[int, _Answer] | None = None
    stands_for: Hashable = None


class Shared(Generic[_Answer]):
    """Answers by question, each kept for as long as the data are the same.

    Whoever asks gets an answer that counts all that was there when they asked: one that was begun later, or one whose
    data have not changed since.

    Example:
        >>> shared, worked = Shared(), []
        >>> def work():
        ...     worked.append(1)
        ...     return len(worked)
        >>> [shared.ask("how many", lambda: version, work) for version in (1, 1, 2)]
        [1, 1, 2]
    """

    def __init__(self) -> None:
        self._lines: OrderedDict[Hashable, _Line[_Answer]] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self, question: Hashable, data: Callable[[], Hashable], work: Callable[[], _Answer]) -> _Answer:
        """The answer to a question.

        Args:
            question: equal for those who ask the same.
            data: says what the data are now: as long as that is equal, so is the answer.
            work: works it out.
        """
        line = self._line(question)
        came = line.begun
        with line.lock:
            if line.done is not None and line.done[0] > came:
                return line.done[1]
            line.begun += 1
            now = data()
            if line.done is None or line.stands_for != now:
                line.done, line.stands_for = (line.begun, work()), now
            else:
                line.done = line.begun, line.done[1]
            return line.done[1]

    def _line(self, question: Hashable) -> _Line[_Answer]:
        with self._lock:
            line = self._lines.setdefault(question, _Line())
            self._lines.move_to_end(question)
            if len(self._lines) > MOST:
                self._lines.popitem(last=False)
            return line
