"""What a demonstration's texts say, read by the text model and a taxonomy that are shipped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lvtu import voice
from lvtu.core.model.text import Text
from lvtu.demo.figures import Figure, Floats, share

LABELS = ("negative", "neutral", "positive")
LEAST = 5
"""A topic, an emotion or an intent of fewer texts is not told."""


@dataclass(frozen=True)
class Topic:
    """A topic that texts speak of.

    Attributes:
        code: its place in the taxonomy.
        name: from the top down.
        share: of all texts.
    """

    code: str
    name: Text
    share: Figure


@dataclass(frozen=True)
class Read:
    """What some texts say.

    Attributes:
        texts: how many.
        labels: negative, neutral, positive → the share of texts.
        emotions: the strongest emotion of each → the share of texts; the most frequent first.
        intents: what people want → the share of texts; the most frequent first.
        topics: the most spoken of first; a text may speak of several, and of a topic and one within it.
        none: the share of texts that speak of no topic of the taxonomy.
    """

    texts: int
    labels: dict[str, Figure]
    emotions: dict[str, Figure]
    intents: dict[str, Figure]
    topics: list[Topic]
    none: Figure

    @property
    def within(self) -> list[Topic]:
        """The topics within others: what the texts of one line of business differ in."""
        return [topic for topic in self.topics if "." in topic.code]


def read(texts: list[str], taxonomy: str, weight: Floats | None = None) -> Read:
    """Read texts.

    Args:
        texts: at least one.
        taxonomy: the name of a preset.
        weight: of each text; all alike if not given.

    Example:
        >>> found = read(["The security line was slow"] * 5, "airports")
        >>> [(topic.code, topic.name.zh, topic.share.value) for topic in found.topics][0]
        ('security.queue', '安检与边检：安检排队', 1.0)
    """
    told, tree = voice.analyse(texts, taxonomy=taxonomy), voice.Taxonomy.load(taxonomy)
    held = [set(codes or ()) for codes in told["topics"].to_pylist()]
    topics = [
        Topic(code, Text(_name(tree, code, "zh"), _name(tree, code, "en")), share(hit, weight))
        for code in tree.codes
        if (hit := np.array([code in codes for codes in held])).sum() >= LEAST
    ]
    label = np.array(told["label"].to_pylist())
    return Read(
        len(texts),
        {name: share(label == name, weight) for name in LABELS},
        _shares(told["emotion"].to_pylist(), weight),
        _shares(told["intent"].to_pylist(), weight),
        sorted(topics, key=lambda topic: -topic.share.value),
        share(np.array([not codes for codes in held]), weight),
    )


def _name(tree: voice.Taxonomy, code: str, lang: str) -> str:
    parts = code.split(".")
    titles = [tree.title(".".join(parts[: at + 1]), "zh" if lang == "zh" else "en") for at in range(len(parts))]
    return ("：" if lang == "zh" else ": ").join(titles)


def _shares(values: list[str | None], weight: Floats | None) -> dict[str, Figure]:
    whole: NDArray[np.object_] = np.array(values, object)
    found = {name: share(whole == name, weight) for name in dict.fromkeys(values) if name is not None}
    some = {name: one for name, one in found.items() if (whole == name).sum() >= LEAST}
    return dict(sorted(some.items(), key=lambda one: -one[1].value))
