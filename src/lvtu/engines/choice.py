"""Which engine answers: the one that a question names, or the workspace's."""

from __future__ import annotations

from functools import cached_property

from lvtu.engines.base import Engine
from lvtu.engines.local import LocalEngine
from lvtu.errors import UnknownName
from lvtu.store.journeys.build import Write

NAMES = ("local", "spark")


class Engines:
    """The engines of a workspace; each is made when it is first asked for.

    Args:
        usual: the name of the one that answers where a question names none.
        threads: of the local engine; 0 for one per core.
        spark: the address of a Spark Connect server, for the other.

    Example:
        >>> Engines().named("spork")
        Traceback (most recent call last):
        ...
        lvtu.errors.UnknownName: unknown engine 'spork'; did you mean 'spark'? Known: local, spark
    """

    def __init__(self, usual: str = "local", threads: int = 0, spark: str = "") -> None:
        self._usual, self._threads, self._spark = usual, threads, spark

    def named(self, name: str | None = None) -> Engine:
        """An engine by its name; the usual one for none.

        Raises:
            UnknownName: there is no such engine.
        """
        name = name or self._usual
        if name not in NAMES:
            raise UnknownName("engine", name, NAMES)
        return self.local if name == "local" else self.spark

    def writer(self, name: str | None = None) -> Write | None:
        """Who writes the journeys when they are built: None for threads of this machine.

        Raises:
            UnknownName: there is no such engine.
        """
        if self.named(name) is self.local:
            return None
        from lvtu.engines.building import SparkWriter

        return SparkWriter(self._spark)

    @cached_property
    def local(self) -> LocalEngine:
        """This machine."""
        return LocalEngine(self._threads)

    @cached_property
    def spark(self) -> Engine:
        """A cluster."""
        from lvtu.engines.spark import SparkEngine

        return SparkEngine(self._spark, self.local)
