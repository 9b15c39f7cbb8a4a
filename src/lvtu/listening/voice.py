"""The voice of a workspace: its texts as they are read, and what people say to that."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow as pa

from lvtu.core.expr.values import as_text
from lvtu.core.units import moment
from lvtu.listening.books import Books
from lvtu.listening.correcting import COLUMNS, Desk

if TYPE_CHECKING:
    from lvtu.store.journeys.snapshot import Snapshot
    from lvtu.store.ledger import Ledger


class Listening(Protocol):
    """A workspace, as its voice sees it."""

    _ledger: Ledger
    _books_of_voice: Books

    def snapshot(self) -> Snapshot:
        """The newest snapshot."""
        ...


class Voice:
    """What is done with the texts of a workspace. Questions about them are asked like all others.

    Args:
        ws: the workspace.

    Example:
        >>> import lvtu, tempfile
        >>> shop = lvtu.open(tempfile.mkdtemp())
        >>> report = shop.ingest([{"message_id": "r1", "user_id": "ann", "event": "Review Posted",
        ...                        "time": "2026-03-01", "text": "It arrived on Monday, of all days"}])
        >>> shop.voice.correct("r1", label="negative", by="bob")
        >>> [(one["message_id"], one["what"], one["value"], one["by"]) for one in shop.voice.corrections().to_pylist()]
        [('r1', 'sentiment', '-1', 'bob'), ('r1', 'label', 'negative', 'bob')]
        >>> shop.scores(metric="sentiment").table["value"].to_pylist()
        [-1.0]
    """

    def __init__(self, ws: Listening) -> None:
        self._ws = ws

    def correct(self, message_id: str, *, by: str | None = None, **said: Any) -> None:
        """Say how a text should have been read. It counts at once, wherever it is asked for.

        Args:
            message_id: of the event.
            by: who says so; whoever is signed in to this machine if not given.
            **said: ``label`` (negative, neutral, positive), ``sentiment`` (−2 to +2), ``language`` (zh, en, other).
                The feeling follows the label, and the label the feeling.

        Raises:
            UnknownName: no event has the id; there is no such value.
            BadInput: the event has no text.
        """
        desk = self.desk()
        desk.correct(desk.event_of(message_id), said, by or getpass.getuser())

    def undo(self, message_id: str, *, by: str | None = None) -> None:
        """Take back what was said of a text: it counts again as it was read.

        Raises:
            UnknownName: no event has the id.
            BadInput: nothing was said of it.
        """
        desk = self.desk()
        desk.undo(desk.event_of(message_id), by or getpass.getuser())

    def corrections(self, history: bool = False) -> pa.Table:
        """What people said of texts: ``message_id``, ``what``, ``value`` (as text), ``by``, ``time``.

        Args:
            history: all that was ever said, in that order; a value of null takes back what was said before. Else what
                counts now.
        """
        ledger = self._ws._ledger
        rows = ledger.corrections.all() if history else ledger.corrections.standing()
        named = {column: name for name, column in COLUMNS.items()}
        numbers = np.array([one.event for one in rows], np.int64)
        ids = self._ws.snapshot().lake.take(numbers, ["message_id"])["message_id"].to_pylist() if rows else []
        return pa.table(
            {
                "message_id": pa.array(ids, pa.string()),
                "what": pa.array([named.get(one.what, one.what) for one in rows], pa.string()),
                "value": pa.array([as_text(one.value) for one in rows], pa.string()),
                "by": pa.array([one.by for one in rows], pa.string()),
                "time": pa.array([moment(one.time) for one in rows], pa.timestamp("us", "UTC")),
            }
        )

    def desk(self) -> Desk:
        """Where corrections are made by the number of an event."""
        books = self._ws._books_of_voice
        return Desk(self._ws._ledger.corrections, self._ws.snapshot().lake, books.readings(books.edition))
