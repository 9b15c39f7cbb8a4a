"""What a workspace keeps about how its texts are read, and the readings that follow from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lvtu.errors import UnknownName
from lvtu.store.config import Layout
from lvtu.store.journeys.derived import Readings
from lvtu.store.ledger import Ledger
from lvtu.store.teachers import CALIBRATION, MODEL, ORPHANED, STATE

if TYPE_CHECKING:
    from lvtu.voice.columns import Calibration
    from lvtu.voice.text.model import TextModel
    from lvtu.voice.text.taxonomy import Taxonomy

TAXONOMY, CODES = "taxonomy", "codes"
"""The kinds of the documents of topics and of codes, and how they are called in the state."""


class Books:
    """The books of a workspace's voice.

    Args:
        layout: where things lie.
        ledger: the workspace's books.
    """

    def __init__(self, layout: Layout, ledger: Ledger) -> None:
        self._layout, self._ledger = layout, ledger
        self._made: tuple[str, Readings] | None = None

    @property
    def folder(self) -> Path:
        """Where its models lie."""
        return self._layout.voice

    @property
    def edition(self) -> str:
        """Another one after every correction, calibration and change of the model; empty before the first."""
        changes, corrections = int(self._state().get("changes", 0)), self._ledger.corrections.last
        return f"{changes}-{corrections}" if changes or corrections else ""

    def readings(self, edition: str) -> Readings:
        """How texts are read; where the edition is empty, as the model that is shipped does."""
        made = self._made
        if made is None or made[0] != edition:
            made = self._made = edition, self._readings(edition)
        return made[1]

    def _readings(self, edition: str) -> Readings:
        from lvtu.voice import columns

        if not edition:
            return columns.readings()
        reader = columns.Reader(self.model(), self.calibration(), self.taxonomy())
        return columns.readings(edition, reader, self._ledger.corrections.standing())

    def model(self) -> TextModel:
        """The model that reads: the workspace's own where it has one, else the one that is shipped."""
        from lvtu.voice.text.model import TextModel

        chosen = self.active(MODEL)
        return TextModel.shipped() if chosen is None else TextModel.load(self.folder / chosen["file"])

    @property
    def orphaned(self) -> bool:
        """Whether the model that read was taken away, as somebody whose texts had taught it was forgotten."""
        return bool(self._state().get(ORPHANED))

    def settle(self) -> None:
        """Go on with the model that reads now where another one was taken away."""
        self._ledger.put(STATE, {name: value for name, value in self._state().items() if name != ORPHANED})

    def calibration(self) -> Calibration:
        """How feelings are set right."""
        from lvtu.voice.columns import Calibration

        chosen = self.active(CALIBRATION) or {"lines": {}}
        return Calibration({name: (line["zero"], line["gain"]) for name, line in chosen["lines"].items()})

    def taxonomy(self) -> Taxonomy | None:
        """The topics; None for the general ones."""
        from lvtu.voice.text.taxonomy import Taxonomy

        chosen = self.active(TAXONOMY)
        return None if chosen is None else Taxonomy.load(chosen["topics"])

    def active(self, kind: str) -> dict[str, Any] | None:
        """The document of a kind that counts now, with its ``version``; None where none does."""
        version = self._state().get(kind)
        found = next((one for one in self._ledger.documents(kind) if one.version == version), None)
        return None if found is None else found.document | {"version": found.version}

    def keep(self, kind: str, document: dict[str, Any], time: int) -> int:
        """Keep a document as the newest version of its kind, and go by it; returns the version."""
        version = self._ledger.add_document(kind, kind, time, document)
        self.choose(kind, version)
        return version

    def choose(self, kind: str, version: int | None) -> None:
        """Go by a version of a kind, or by none.

        Raises:
            UnknownName: there is no such version.
        """
        known = [str(one.version) for one in self._ledger.documents(kind) if self._there(one.document)]
        if version is not None and str(version) not in known:
            raise UnknownName("version", str(version), known)
        state = self._state()
        if kind == MODEL:
            state.pop(ORPHANED, None)
        self._ledger.put(STATE, state | {kind: version, "changes": int(state.get("changes", 0)) + 1})

    def _there(self, document: dict[str, Any]) -> bool:
        """Whether what a document is about is there: of a model that was taken away only its figures are."""
        return "file" not in document or bool(document["file"] and (self.folder / document["file"]).is_file())

    def _state(self) -> dict[str, Any]:
        found: dict[str, Any] = self._ledger.get(STATE) or {}
        return found
