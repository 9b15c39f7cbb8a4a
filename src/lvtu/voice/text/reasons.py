"""The phrases that made an emotion, an intent, a topic, an urgency or a cue."""

from __future__ import annotations

from typing import Any

from lvtu.voice.text.analyse import analyse
from lvtu.voice.text.heads import EMOTIONS, WAITING, automaton
from lvtu.voice.text.model import TextModel
from lvtu.voice.text.strings import Strings
from lvtu.voice.text.taxonomy import Taxonomy

Word = dict[str, Any]
"""``start``, ``end``, ``text``, ``label``, ``weight``."""

_GOOD = tuple(EMOTIONS)[:3]
_BORROWED = {
    ("emotion", "disappointment"): ("intent", ("complain",)),
    ("intent", "praise"): ("emotion", _GOOD),
    ("intent", "complain"): ("emotion", tuple(EMOTIONS)[3:]),
}
"""Labels that phrases of another head speak for, too (`lvtu.voice.text.judging`)."""
BY_FEELING = {"satisfaction": 1, "disappointment": -1, "praise": 1, "complain": -1}
"""Labels that the sentiment alone can make, and its sign."""


def words(text: str, head: str, taxonomy: Taxonomy) -> list[Word]:
    """The phrases of a head in a text, strongest first."""
    machine = automaton(taxonomy)
    _, found = machine.mentions(Strings.of([text]))
    every = [
        {"start": start, "end": end, "text": text[start:end], "label": label, "weight": float(weight)}
        for number, weight, start, end, *_ in found.tolist()
        for name, label in [machine.labels[number]]
        if name == head
    ]
    return sorted(every, key=lambda one: (-one["weight"], one["start"]))


def reasons(text: str, of: str, moved: list[Word], model: TextModel, taxonomy: Taxonomy) -> list[Word]:
    """The phrases that made a label; where it has none of its own, those that spoke for it, or moved the sentiment.

    Args:
        text: the text.
        of: the head.
        moved: the stretches that moved the sentiment most.
        model: the model that reads.
        taxonomy: the topics.
    """
    found = words(text, of, taxonomy)
    if of in ("emotion", "intent"):
        label = analyse([text], model, taxonomy)[of][0].as_py()
        if label is not None and all(one["label"] != label for one in found):
            found = _spoke_for(text, of, label, moved, taxonomy) + found
    if of == "urgency" and not found:
        found = [one for one in reasons(text, "intent", moved, model, taxonomy) if one["label"] in WAITING]
    return found


def _spoke_for(text: str, of: str, label: str, moved: list[Word], taxonomy: Taxonomy) -> list[Word]:
    head, labels = _BORROWED.get((of, label), ("", ()))
    found = [one for one in words(text, head, taxonomy) if one["label"] in labels] if head else []
    if not found:
        found = [one for one in moved if one["weight"] * BY_FEELING.get(label, 0) > 0]
    return [one | {"label": label} for one in found]
