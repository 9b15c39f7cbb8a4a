"""Asking customers how it was: who answers, with which number, and whether they add a comment."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lvtu.simulator.log import Column, Said
from lvtu.simulator.passing import Scene
from lvtu.simulator.plan import END

Array = NDArray[Any]

_SCALES = {"csat5": (3.0, 1.0, 1, 5), "stars5": (3.4, 1.0, 1, 5), "ces7": (4.0, 1.5, 1, 7), "nps": (5.8, 2.5, 0, 10)}
"""For each scale the answer of whoever feels nothing, answers per point of feeling, and the ends."""

_SPREAD = 0.35
"""How much answers of the same feeling spread, in points of feeling."""


def answers(scale: str, feeling: Array, noise: Array) -> Array:
    """Answers on a scale.

    Example:
        >>> answers("csat5", np.array([-2.0, 0.2, 1.7]), np.zeros(3)).tolist()
        [1.0, 3.0, 5.0]
    """
    middle, each, low, high = _SCALES[scale]
    return np.asarray(np.clip(np.rint(middle + each * (feeling + _SPREAD * noise)), low, high))


def ask(
    scene: Scene, event: str, scale: str, who: Array, time: Array, feeling: Array, *, share: float, asked: str,
    noise: str, step: str, about: Column, channel: Column, device: Column = -1, known: Column = True,
    comments: float = 0.45, kind: str = "comment", source: str = "surveys", **properties: Column,
) -> None:  # fmt: skip
    """Ask some customers; whether they answer has nothing to do with how they feel.

    Args:
        scene: the round.
        event: the answer's.
        scale: it.
        who: their places.
        time: when they would answer, µs.
        feeling: how they feel about it.
        share: of them who answer.
        asked, noise: the names of the random numbers that say who does, and how answers spread.
        step: what they are asked about.
        about: what a comment is about, a key of the phrases.
        channel, device, known, source: of the answer.
        comments: the share of those who answer who say something.
        kind: what kind of text that is.
        **properties: further ones.
    """
    roll = scene.draws.uniform(asked, who)
    here = (roll < share) & (time < END)
    silent = roll[here] >= share * comments
    picked: dict[str, Any] = {
        name: value[here] if isinstance(value, np.ndarray) else value
        for name, value in {"channel": channel, "device": device, "known": known, **properties}.items()
    }
    named = about[here] if isinstance(about, np.ndarray) else np.full(int(here.sum()), about, object)
    said = Said(kind, np.where(silent, np.nan, feeling[here]), named) if comments else None
    score = answers(scale, feeling[here], scene.draws.normal(noise, who[here]))
    scene.log.add(event, who[here], time[here], source=source, score=score, scale=scale, said=said, step=step, **picked)
