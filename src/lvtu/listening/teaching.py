"""A model of a workspace's own: taught by what people corrected, and by the stars that came with words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from lvtu.listening.calibrating import scored
from lvtu.store import files
from lvtu.store.journeys.columns import Array
from lvtu.store.teachers import note_teachers, teachers

if TYPE_CHECKING:
    from pathlib import Path

    from lvtu.store.corrections import Correction
    from lvtu.store.lake import Lake
    from lvtu.voice.text.model import TextModel


@dataclass(frozen=True)
class Taught:
    """What teaching gave.

    Attributes:
        version: of the model; None where it was not kept, as it read no better.
        corrections, scored: texts that people corrected, and with stars, that were to teach it.
        texts: how many different ones did.
        tested: on how many texts that it had not seen it was tried.
        before, after: the share of them whose side the model read rightly, before and after.
    """

    version: int | None
    corrections: int
    scored: int
    texts: int
    tested: int
    before: float
    after: float

    @property
    def kept(self) -> bool:
        """Whether it reads from now on."""
        return self.version is not None


def taught(lake: Lake, said: list[Correction], begun: TextModel) -> tuple[TextModel, Taught, Array]:
    """A model taught by corrections, which come first where a text is said again, and by scores; and by which events.

    Raises:
        BadInput: there are too few.
    """
    from lvtu.voice.text.training import train

    feelings = {one.event: float(one.value) for one in said if one.what == "sentiment"}
    events = np.array(sorted(feelings), np.int64)
    corrected = lake.take(events, ["text"])["text"] if len(events) else pa.chunked_array([[]], pa.string())
    stars, parts, theirs = scored(lake)
    texts = pa.chunked_array([*corrected.chunks, stars], pa.string())
    labels = [*(feelings[event] for event in events.tolist()), *(4 * parts - 2).tolist()]
    done = train(texts, labels, "sentiment", begun)
    figures = Taught(None, len(events), len(stars), done.texts, done.tested, done.before, done.after)
    return done.model, figures, np.concatenate([events, theirs])


def keep(model: TextModel, folder: Path, events: Array, begun: str | None) -> str:
    """Write a model where it will stay; returns the file's name.

    Args:
        model: it.
        folder: where.
        events: those that taught it.
        begun: the file of the workspace's own model that it was taught on top of; None for the one that is shipped.
    """
    from lvtu.voice.columns import fingerprint

    name = f"text-{fingerprint(model)}.npz"
    files.make_folder(folder)
    path = folder / name
    before = teachers(folder / begun) if begun else np.empty(0, np.int64)
    note_teachers(path, None if before is None else np.concatenate([before, events]))
    model.save(path)
    files.disk.sync_file(path)
    files.disk.sync_dir(folder)
    return name
