"""The voice of a workspace: its texts as they are read, and what people say to that."""

from __future__ import annotations

import getpass
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow as pa
from pydantic import TypeAdapter

from lvtu.core.expr.values import as_text
from lvtu.core.model.text import Words
from lvtu.core.units import moment
from lvtu.core.words import Lang
from lvtu.errors import BadInput
from lvtu.listening.books import CODES, TAXONOMY, Books
from lvtu.listening.correcting import COLUMNS, Desk
from lvtu.store.teachers import CALIBRATION, MODEL

if TYPE_CHECKING:
    from lvtu.listening.calibrating import Calibrated
    from lvtu.listening.quality import Quality
    from lvtu.listening.teaching import Taught
    from lvtu.store.committer import Committer
    from lvtu.store.journeys.snapshot import Snapshot
    from lvtu.store.ledger import Ledger


class Listening(Protocol):
    """A workspace, as its voice sees it."""

    _ledger: Ledger
    _committer: Committer
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
            **said: ``label`` (negative, neutral, positive), ``sentiment`` (−2 to +2), ``emotion``, ``intent``,
                ``urgency`` (0 to 3), ``topic`` (the main one), ``language`` (zh, en, other). The feeling follows the
                label, and the label the feeling.

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

    def calibrate(self, on: bool = True) -> Calibrated | None:
        """Set feelings right by the stars, CSAT and NPS that customers gave with their words; nobody labels anything.

        Each language by itself, and only with enough scored texts (`lvtu.listening.calibrating.FEWEST`). It is kept as
        a version of its own, and nothing moves by itself: new scores count when it is asked for again.

        Args:
            on: whether feelings are set right; else they are again as the model reads them.

        Returns:
            What was set right, by language, from how many texts, and what that changed; None where it was turned off.

        Raises:
            BadInput: no language has enough scored texts, or words and scores do not go together.
        """
        books = self._ws._books_of_voice
        if not on:
            books.choose(CALIBRATION, None)
            return None
        from lvtu.listening.calibrating import Calibrated, calibrated

        lines, left = calibrated(self._ws.snapshot().lake, books.model())
        document = {"lines": {name: asdict(line) for name, line in lines.items()}, "left": left}
        return Calibrated(books.keep(CALIBRATION, document, time.time_ns() // 1000), lines, left)

    def calibration(self) -> dict[str, Any] | None:
        """The calibration that counts: ``version``, ``lines`` by language, ``left``; None where there is none."""
        return self._ws._books_of_voice.active(CALIBRATION)

    def train(self) -> Taught:
        """Teach the model by what people corrected, and by the stars, CSAT and NPS that came with words.

        A fifth of the texts is kept aside; the model reads from now on if it reads those no worse than the one before.
        A calibration is of the model before, and is turned off then. When somebody is forgotten whose texts taught it,
        the model goes with them, and the one that is shipped is taught anew by all other texts.

        Returns:
            By how many texts it was taught, and what it gained.

        Raises:
            BadInput: there are too few.
        """
        from lvtu.listening import teaching

        books, ledger = self._ws._books_of_voice, self._ws._ledger
        while True:
            erasure, begun = ledger.last_erasure(), (books.active(MODEL) or {}).get("file")
            lake = self._ws.snapshot().lake
            model, found, events = teaching.taught(lake, ledger.corrections.standing(), books.model())
            if found.after < found.before:
                return found
            with self._ws._committer.writing():
                if ledger.last_erasure() != erasure:
                    continue  # who was forgotten meanwhile must not have taught it
                figures = {name: value for name, value in asdict(found).items() if name != "version"}
                document = {"file": teaching.keep(model, books.folder, events, begun), **figures}
                version = books.keep(MODEL, document, time.time_ns() // 1000)
                books.choose(CALIBRATION, None)
                return replace(found, version=version)

    def teach_again(self) -> None:
        """Teach a model anew where the one that read was taken away, by the texts that are left; where these are too
        few or teach nothing, the one that is shipped reads from now on. Else it does nothing.
        """  # fmt: skip
        books = self._ws._books_of_voice
        if books.orphaned:
            with suppress(BadInput):
                self.train()
            books.settle()

    def use_model(self, version: int | None = None) -> None:
        """Go back to a model that was taught before. A calibration, which is of another one, is turned off.

        Args:
            version: of it; the model that is shipped if not given.

        Raises:
            UnknownName: there is no such version.
        """
        self._ws._books_of_voice.choose(MODEL, version)
        self._ws._books_of_voice.choose(CALIBRATION, None)

    def models(self) -> list[dict[str, Any]]:
        """The models that were taught here, oldest first: ``version``, by how many ``texts``, ``before``, ``after``.

        Of one that was taken away, as somebody was forgotten whose texts had taught it, the ``file`` is None.
        """
        return [one.document | {"version": one.version} for one in self._ws._ledger.documents(MODEL)]

    def quality(self, days: int = 28) -> Quality:
        """How well texts are read here: accuracy by what people corrected, whether they agree, what is left open, what
        has drifted.

        Args:
            days: how many days before the last text are compared with three times as many before.
        """
        from lvtu.listening.quality import quality

        said = self._ws._ledger.corrections
        return quality(self._ws.snapshot(), self.desk().reader, said.standing(), said.all(), days)

    def use_taxonomy(self, taxonomy: Any = None) -> None:
        """Look for the topics of one's own business from now on.

        Args:
            taxonomy: the name of a preset (`lvtu.voice.PRESETS`), a `lvtu.voice.Taxonomy`, its document or file; the
                general topics if not given.
        """
        books = self._ws._books_of_voice
        if taxonomy is None:
            books.choose(TAXONOMY, None)
            return
        from lvtu.voice.text.taxonomy import PRESETS, Taxonomy

        topics = Taxonomy.load(taxonomy).model_dump(mode="json")
        preset = taxonomy if isinstance(taxonomy, str) and taxonomy in PRESETS else None
        books.keep(TAXONOMY, {"topics": topics, "preset": preset}, time.time_ns() // 1000)

    def taxonomy(self) -> str:
        """The topics that are looked for, as `themes` takes them: the name of a preset, else YAML."""
        from lvtu.voice.text.taxonomy import PRESETS, Taxonomy

        chosen = self._ws._books_of_voice.active(TAXONOMY)
        if chosen is None:
            return PRESETS[0]
        return chosen.get("preset") or Taxonomy.load(chosen["topics"]).to_yaml()

    def use_codes(self, column: str | None = None, names: Mapping[str, Any] | None = None) -> None:
        """Say where the codes stand that people gave comments, and what they stand for: the Voice page shows them.

        Args:
            column: the property that holds them, one or a list; none from now on if not given.
            names: of codes, what people read: a text, or ``{"zh": …, "en": …}``; others are shown as they are.
        """
        books = self._ws._books_of_voice
        if column is None:
            books.choose(CODES, None)
            return
        told = TypeAdapter(dict[str, Words]).validate_python(dict(names or {}))
        kept = {code: {"zh": name.zh, "en": name.en} for code, name in told.items()}
        books.keep(CODES, {"column": column, "name": kept}, time.time_ns() // 1000)

    def codes(self, lang: Lang) -> tuple[str, dict[str, str]] | None:
        """The property that holds codes, and what they stand for in a language; None where nobody said."""
        chosen = self._ws._books_of_voice.active(CODES)
        if chosen is None:
            return None
        return chosen["column"], {code: name[lang] for code, name in chosen["name"].items()}

    def desk(self) -> Desk:
        """Where corrections are made by the number of an event."""
        books = self._ws._books_of_voice
        return Desk(self._ws._ledger.corrections, self._ws.snapshot().lake, books.readings(books.edition))
