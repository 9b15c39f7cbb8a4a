"""From what a text mentions, and how it feels, to what it says: emotion, intent, urgency.

The phrases of a head weigh 2, weak ones 1, each time they come. The sentiment speaks, too: a text that is good or bad
without any word of the lists is satisfied or disappointed, praise or a complaint, and what contradicts the sentiment
counts for less.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lvtu.voice.text.heads import INTENTS, URGENCIES, WAITING
from lvtu.voice.text.phrases import STRONG

_PRIOR = 0.6
"""What the sentiment adds to satisfaction or disappointment, for each point of it."""
_SAID = 0.5
"""What the words of a complaint add to disappointment."""
_AGREE = 0.25
"""How much more a feeling counts for each point of sentiment on its side, and less for each on the other."""
_HOLDS, _SHARE = 0.8, 0.3
"""A feeling holds from this weight, and from this share of the strongest."""
_LEAN, _FELT = 0.75, 0.6
"""What the sentiment adds to praise or complaint, for each point of it; and what good and bad feelings add."""
_FORCE = np.array([1.0, 1.8, 1.0, 1.6, 2.0], np.float32)
"""How much a word of each intent counts: who asks also praises and complains. Of who threatens to leave the complaint
counts for the threat."""
_WANTS = 0.6
"""An intent holds from this weight."""
_GOOD = np.array([1, 1, 1, -1, -1, -1], np.float32)
_SATISFACTION, _DISAPPOINTMENT = 1, 3


class Emotions(NamedTuple):
    """What texts feel.

    Attributes:
        main: the strongest emotion's place in `EMOTIONS`; −1 where none holds.
        confidence: its share of all that was weighed, 0…1, the lower the less there was.
        holds: whether each holds, n × 6.
    """

    main: np.ndarray
    confidence: np.ndarray
    holds: np.ndarray


def emotions(sums: np.ndarray, wanted: np.ndarray, sentiment: np.ndarray) -> Emotions:
    """The emotions of each text.

    Args:
        sums: the weights of the words of each emotion, n × 6.
        wanted: those of the intents, n × 5: who complains is disappointed.
        sentiment: −2…2, 0 where there is none.
    """
    weights = sums * np.maximum(1 + _AGREE * np.outer(sentiment, _GOOD), 0)
    weights[:, _SATISFACTION] += _PRIOR * np.maximum(sentiment, 0)
    weights[:, _DISAPPOINTMENT] += _PRIOR * np.maximum(-sentiment, 0) + _SAID * wanted[:, INTENTS.index("complain")]
    main = weights.argmax(1)
    most = weights[np.arange(len(weights)), main]
    holds = weights >= np.maximum(_HOLDS, _SHARE * most)[:, None]
    return Emotions(np.where(most >= _HOLDS, main, -1), most / (weights.sum(1) + 1), holds)


def intents(sums: np.ndarray, felt: np.ndarray, sentiment: np.ndarray) -> np.ndarray:
    """The intent of each text by its place in `INTENTS`, one more for none of them.

    Args:
        sums: the weights of the words of each intent, n × 5.
        felt: those of the emotions, n × 6.
        sentiment: as above.
    """
    weights = sums * _FORCE
    for name, good in (("praise", 1), ("complain", -1)):
        weights[:, INTENTS.index(name)] += _LEAN * np.maximum(good * sentiment, 0) + _FELT * felt[:, good == _GOOD].sum(
            1
        )
    threats = sums[:, INTENTS.index("leave")] >= STRONG
    weights[threats, INTENTS.index("leave")] += weights[threats, INTENTS.index("complain")]
    main = weights.argmax(1)
    return np.where(weights[np.arange(len(weights)), main] >= _WANTS, main, len(INTENTS))


def urgencies(sums: np.ndarray, intent: np.ndarray, sentiment: np.ndarray) -> np.ndarray:
    """How urgent each text is, `URGENCIES`; who is content is in no hurry."""
    waits = np.isin(intent, [INTENTS.index(one) for one in WAITING])
    level = np.where(waits, URGENCIES["answer"], URGENCIES["none"])
    troubled = waits | (sentiment < 0)
    level[troubled & (sums[:, 0] > 0)] = URGENCIES["pressing"]
    level[troubled & (sums[:, 1] > 0)] = URGENCIES["harm"]
    return level
