"""Whose texts taught a workspace's own models of text, and taking such a model away when one of them is forgotten.

A model is made of what customers wrote: their words moved its weights. So each lies beside a list of the numbers of the
events that taught it, those of the models it began with included, and goes when any of them is erased. A number says
nothing of whose an event is (0021).
"""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np

from lvtu.store import files
from lvtu.store.journeys.columns import Array
from lvtu.store.ledger import Ledger, StoredDocument

CALIBRATION, MODEL = "calibration", "text_model"
"""Kinds of documents, and how each is called in the state. A model's names its ``file``, None once that is gone."""

STATE = "voice"
"""The books' name of what counts now: the version of each kind, and how often that ``changes``."""

ORPHANED = "orphaned"
"""In that state: the model that read was taken away, and nothing was taught in its place yet."""

_LIST = ".events"


def note_teachers(file: Path, events: Array | None) -> None:
    """Keep which events taught a model, durably; None where nobody knows, and then it goes with any of them.

    Args:
        file: of the model.
        events: their numbers, in any order.
    """
    if events is not None:
        before = teachers(file)  # of a model that came out just the same
        if before is None and file.exists():
            return
        steps = np.diff(np.union1d(events, [] if before is None else before).astype(np.int64), prepend=0)
        files.write_durably(_list(file), zlib.compress(steps.tobytes()))


def teachers(file: Path) -> Array | None:
    """The numbers of the events that taught a model, ascending; None where nobody knows.

    Example:
        >>> import tempfile
        >>> file = Path(tempfile.mkdtemp()) / "model.npz"
        >>> teachers(file)
        >>> note_teachers(file, np.array([7, 3, 7]))
        >>> teachers(file).tolist()
        [3, 7]
    """
    try:
        stored = _list(file).read_bytes()
    except FileNotFoundError:
        return None
    found: Array = np.cumsum(np.frombuffer(zlib.decompress(stored), np.int64))
    return found


def taught_by(ledger: Ledger, folder: Path, events: Array) -> list[StoredDocument]:
    """The documents of the models that some events taught, as they are without their file.

    Args:
        ledger: has the documents.
        folder: has the models.
        events: numbers, ascending.
    """
    found = []
    for one in ledger.documents(MODEL):
        if one.document["file"] is not None and len(events):
            taught = teachers(folder / one.document["file"])
            if taught is None or np.isin(events, taught, assume_unique=True).any():
                found.append(one._replace(document=one.document | {"file": None}))
    return found


def retire(ledger: Ledger, folder: Path) -> None:
    """Remove what lies in the folder and no document names, and go by no model that is gone. May be repeated."""
    documents = {one.version: one.document["file"] for one in ledger.documents(MODEL)}
    named = [Path(name) for name in documents.values() if name]
    kept = {path.name for model in named for path in (model, _list(model))}
    files.remove_durably(path for path in folder.glob("*") if path.is_file() and path.name not in kept)
    state = ledger.get(STATE) or {}
    version = state.get(MODEL)
    if version is not None and documents.get(version) is None:
        # A calibration is of the model that read.
        state |= {MODEL: None, CALIBRATION: None, ORPHANED: True, "changes": int(state.get("changes", 0)) + 1}
        ledger.put(STATE, state)


def _list(file: Path) -> Path:
    return file.with_name(file.name + _LIST)
