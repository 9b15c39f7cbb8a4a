"""The journey models of a workspace: every save is a new version, and one model is the default.

Presets answer to their keys until the workspace has a model of its own under the same one. What is saved is a copy, so
no version depends on a preset.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lvtu.core.units import write_instant
from lvtu.errors import BadInput, UnknownName
from lvtu.store.ledger import Ledger, StoredDocument

if TYPE_CHECKING:
    from lvtu.core.model import JourneyModel

_DEFAULT = "default model"


class Models:
    """The journey models in the books.

    Args:
        ledger: the books.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @property
    def default(self) -> str | None:
        """The key of the model that questions use when they name none; None where no model has been saved."""
        key: str | None = self._ledger.get(_DEFAULT)
        return key

    def list(self) -> list[dict[str, Any]]:
        """The newest version of every model: ``key``, ``version``, ``title``, ``saved``, ``default``."""
        newest = {stored.key: stored for stored in self._ledger.documents("model")}
        default = self.default
        return [
            {"key": one.key, "version": one.version, "title": one.document["title"],
             "saved": write_instant(one.time), "default": one.key == default}
            for one in newest.values()
        ]  # fmt: skip

    def get(self, key: str | None = None, version: int | None = None) -> JourneyModel:
        """A model: the default one, or one by its key; the newest version unless one is named.

        A preset's key gives the preset where the workspace has no model of that key.

        Raises:
            UnknownName: there is no model of that key.
            BadInput: there is no model at all, or no such version.
        """
        from lvtu.core.model import JourneyModel
        from lvtu.core.model.presets import PRESETS, preset

        key = key or self._ledger.get(_DEFAULT)
        if key is None:
            raise BadInput("no_journey_model")
        versions = self._ledger.documents("model", key)
        if not versions and key not in PRESETS:
            raise UnknownName("model", key, [*(one["key"] for one in self.list()), *PRESETS])
        if not versions and version is None:
            return preset(key)
        found = _version(key, versions, version)
        return JourneyModel.load({**found.document, "version": found.version})

    def named(self, name: str | None) -> JourneyModel:
        """The model that a question names: ``shop``, ``shop@3``, or None for the default one.

        Raises:
            BadInput: there is no such model or version.
        """
        key, at, version = (name or "").partition("@")
        if at and not version.isdigit():
            raise BadInput("version_named", name=str(name), model=key)
        return self.get(key or None, int(version) if version else None)

    def save(self, model: JourneyModel | dict[str, Any] | str | Path, default: bool = False) -> JourneyModel:
        """Keep a model as the next version of its key; the first model saved becomes the default.

        Presets that its stages name as children are kept with it, as models of the workspace.

        Raises:
            BadInput: the model is not consistent: a stage uses a touchpoint that it lacks, say, or a journey would
                contain itself.
        """
        from lvtu.core.model import JourneyModel
        from lvtu.core.model.nesting import check

        checked = JourneyModel.load(model)
        below = check(checked, self.named)
        for child in below.values():
            if child.version is None:
                self._add(child)
        version = self._add(checked)
        if default or self._ledger.get(_DEFAULT) is None:
            self._ledger.put(_DEFAULT, checked.key)
        return checked.model_copy(update={"version": version})

    def _add(self, model: JourneyModel) -> int:
        document = model.model_dump(mode="json", exclude={"version"})
        return self._ledger.add_document("model", model.key, time.time_ns() // 1000, document)


def _version(key: str, versions: Sequence[StoredDocument], version: int | None) -> StoredDocument:
    """One of some versions; the newest if none is named."""
    if version is None:
        return versions[-1]
    found = next((one for one in versions if one.version == version), None)
    if found is None:
        raise BadInput("no_version", model=key, version=version, known=[str(one.version) for one in versions])
    return found
