"""The journey models of a workspace, as methods of its façade."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lvtu.store.ledger import Ledger
from lvtu.store.models import Models

if TYPE_CHECKING:
    from lvtu.core.model import JourneyModel


class JourneyModels:
    """Keeping journey models, and finding them by name."""

    _ledger: Ledger

    def models(self) -> list[dict[str, Any]]:
        """The newest version of every journey model: ``key``, ``version``, ``title``, ``saved``, ``default``."""
        return Models(self._ledger).list()

    def model(self, key: str | None = None, version: int | None = None) -> JourneyModel:
        """A journey model: the default one, or one by its key; the newest version unless one is named.

        Args:
            key: the model's key; ``shop@3`` names the version too.
            version: the version.

        Raises:
            BadInput: there is no such model or version.
        """
        return self._model_named(key) if version is None else Models(self._ledger).get(key, version)

    def save_model(self, model: JourneyModel | dict[str, Any] | str | Path, default: bool = False) -> JourneyModel:
        """Keep a journey model. Every save is a new version, and no version ever changes.

        Args:
            model: a `lvtu.JourneyModel`, a dict, YAML text, or the path of a YAML file.
            default: make it the model that questions use when they name none; the first one saved is.

        Returns:
            The model with its version.

        Raises:
            BadInput: the model is not consistent: a stage uses a touchpoint that it lacks, say.
        """
        return Models(self._ledger).save(model, default)

    def _model_named(self, name: str | None) -> JourneyModel:
        return Models(self._ledger).named(name)
