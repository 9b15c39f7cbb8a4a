"""The answers of one workspace: counted once for everybody who asks the same on the same snapshot."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

import msgspec
import pyarrow as pa

from lvtu.analyses.base import Spec
from lvtu.errors import Erased
from lvtu.service.together import Together
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.workspace import Workspace

MOST_MOMENTS = 4
"""Snapshots that are held, those asked last: each keeps its files from being removed."""

MOST_ANSWERS = 64
"""Answers that are kept on one snapshot, those asked last."""

MOST_BODIES, MOST_LISTS = 128, 8
"""What is kept of all answers together as it is sent: bodies of some 50 KB, lists of customers of up to 20 MB."""

_TRIES = 3

V = TypeVar("V")


class Once(Generic[V]):
    """Values that are made once, however many threads ask for them at once; so many are kept, those asked last.

    Args:
        most: how many.
    """

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._kept: OrderedDict[Hashable, Future[V]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value of a key; who asks first makes it, and where that fails nothing is kept."""
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
            else:
                made: Future[V] = Future()
                self._kept[key] = made
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        if known is not None:
            return known.result()
        try:
            made.set_result(make())
        except BaseException as error:
            with self._lock:
                self._kept.pop(key, None)
            made.set_exception(error)
            raise
        return made.result()

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._kept.clear()


class Asked:
    """One question and its answer.

    Attributes:
        key: tells it from all others that are kept.
        result: the answer.
        took_ms: how long it took to count.
        parts: other answers that it gives, by name.
    """

    def __init__(self, key: Hashable, result: Any, took_ms: float) -> None:
        self.key, self.result, self.took_ms = key, result, took_ms
        self.parts: Once[Any] = Once(2)


class Moment:
    """The workspace as it stands on one snapshot.

    Args:
        workspace: it.
        snapshot: which.

    Attributes:
        token: names the snapshot.
        view: answers questions on it.
        known: what else was counted on it, by what was asked for.
    """

    def __init__(self, workspace: Workspace, snapshot: Snapshot) -> None:
        self.snapshot, self.token = snapshot, snapshot.token
        self.view = workspace.on(snapshot)
        self._workspace = workspace
        self._answers: Once[Asked] = Once(MOST_ANSWERS)
        self.known: Once[Any] = Once(MOST_ANSWERS)

    @property
    def there(self) -> bool:
        """Whether it can still be asked: an erasure takes its files away."""
        return self.snapshot.folder.is_dir()

    @property
    def documents(self) -> str:
        """Another one after every change of a model, a metric or a segment: answers may differ then."""
        return self._workspace.documents_version

    def ask(self, spec: Spec) -> Asked:
        """The answer of a question; counted if nobody has asked it here since the documents last changed."""
        key = self.token, msgspec.json.encode(spec.to_json()), self.documents

        def counted() -> Asked:
            start = time.perf_counter()
            result = self.view.run(spec)
            return Asked(key, result, (time.perf_counter() - start) * 1000)

        return self._answers.get(key, counted)


class Answers:
    """What was asked of a workspace lately. Threads may share it.

    Args:
        workspace: it.

    Attributes:
        bodies: answers as they are sent.
        lists: the customers behind cells of answers.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._lock = workspace, threading.Lock()
        self._newest = Together(workspace.snapshot)
        self.bodies: Once[bytes] = Once(MOST_BODIES)
        self.lists: Once[pa.Array] = Once(MOST_LISTS)
        self._moments: OrderedDict[str, Moment] = OrderedDict()

    def moment(self, token: str | None = None) -> Moment:
        """The snapshot of a token where it is still held, else the newest one."""
        with self._lock:
            self._drop_erased()
            held = self._moments.get(token or "")
            if held is not None:
                self._moments.move_to_end(held.token)
                return held
        snapshot = self._newest.get()
        with self._lock:
            held = self._moments.get(snapshot.token)
            if held is None:
                held = self._moments[snapshot.token] = Moment(self._workspace, snapshot)
            self._moments.move_to_end(held.token)
            while len(self._moments) > MOST_MOMENTS:
                self._moments.popitem(last=False)
            return held

    def ask(self, spec: Spec, token: str | None = None) -> tuple[Moment, Asked]:
        """The answer of a question, and the snapshot it was counted on.

        Args:
            spec: the question.
            token: of the snapshot that it should be counted on, if that is still held.
        """
        for _ in range(_TRIES):
            moment = self.moment(token)
            try:
                return moment, moment.ask(spec)
            except Exception:
                if moment.there:
                    raise
        raise Erased("counted_before")

    def _drop_erased(self) -> None:
        """Let go of what was counted before an erasure: it may name who was forgotten."""
        for token, moment in list(self._moments.items()):
            if not moment.there:
                del self._moments[token]
                self.bodies.clear()
                self.lists.clear()
