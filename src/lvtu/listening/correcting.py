"""Correcting how a text was read: what may be said, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.errors import BadInput, UnknownName

if TYPE_CHECKING:
    from lvtu.store.corrections import Corrections
    from lvtu.store.journeys.derived import Readings
    from lvtu.store.lake import Lake
    from lvtu.voice.columns import Reader

COLUMNS = {"sentiment": "sentiment", "label": "sentiment_label", "language": "language_read"}
"""What people correct, and the column that holds it."""

_SIGNS = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}
"""The feeling of a label where the feeling that was read contradicts it."""


@dataclass(frozen=True)
class Desk:
    """Where corrections are made.

    Attributes:
        corrections: the books.
        lake: the event log.
        readings: how texts are read now.
    """

    corrections: Corrections
    lake: Lake
    readings: Readings

    @property
    def reader(self) -> Reader:
        """Who reads."""
        from lvtu.voice.columns import Reader

        assert isinstance(self.readings.read, Reader)
        return self.readings.read

    def correct(self, event: int, said: Mapping[str, Any], by: str) -> None:
        """Enter what somebody says of an event's text; the label follows the feeling and the feeling the label.

        Args:
            event: its number.
            said: by the names in `COLUMNS`.
            by: who.

        Raises:
            BadInput: the event has no text, nothing is said, or a value is none.
            UnknownName: there is no such thing to correct.
        """
        if unknown := [name for name in said if name not in COLUMNS]:
            raise UnknownName("reading", unknown[0], list(COLUMNS))
        if not said:
            raise BadInput("nothing_corrected", known=list(COLUMNS))
        text = self.text(event)
        values = {COLUMNS[name]: self._checked(name, value) for name, value in said.items()}
        if "sentiment_label" in values and "sentiment" not in values:
            values["sentiment"] = self._feeling(text, values["sentiment_label"])
        elif "sentiment" in values and "sentiment_label" not in values:
            values["sentiment_label"] = self._label(values["sentiment"])
        self.corrections.add(event, values, by)

    def undo(self, event: int, by: str) -> None:
        """Take back all that was said of an event; it stays in the books that it was.

        Raises:
            BadInput: nothing was.
        """
        standing = self.corrections.of([event]).get(event, {})
        if not standing:
            raise BadInput("not_corrected")
        self.corrections.add(event, dict.fromkeys(standing), by)

    def text(self, event: int) -> str:
        """An event's text.

        Raises:
            UnknownName: there is no such event.
            BadInput: it has none.
        """
        try:
            found = self.lake.take(np.array([event], np.int64), ["text"])["text"][0].as_py()
        except KeyError:
            raise UnknownName("message", str(event), ()) from None
        if not found:
            raise BadInput("nothing_said")
        return str(found)

    def event_of(self, message_id: str) -> int:
        """The number of an event. It reads the message ids of the whole log.

        Raises:
            UnknownName: no event has the id.
        """
        for batch in self.lake.read(["event_id", "message_id"]):
            rows = pc.indices_nonzero(pc.equal(batch.column(1), pa.scalar(message_id)))
            if len(rows):
                return int(batch.column(0)[rows[0].as_py()].as_py())
        raise UnknownName("message", message_id, ())

    def _checked(self, name: str, value: Any) -> Any:
        known = self.readings.values[COLUMNS[name]][1:]
        if known:
            if value not in known:
                raise UnknownName("reading_value", str(value), known, reading=name)
            return value
        if isinstance(value, bool) or not isinstance(value, int | float) or not -2 <= value <= 2:
            raise BadInput("no_feeling", value=str(value))
        from lvtu.voice.columns import in_steps

        return in_steps(float(value))

    def _feeling(self, text: str, label: str) -> float:
        """The feeling that was read, where it goes with the label; else that of the label."""
        read = self.reader.table([text]).to_pylist()[0]
        return float(read["sentiment"]) if read["label"] == label else _SIGNS[label]

    def _label(self, sentiment: float) -> str:
        from lvtu.voice.columns import label_of

        return str(label_of(np.array([sentiment]), self.reader.model.about["band"])[0].as_py())
