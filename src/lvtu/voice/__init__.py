"""What customers say: the text of reviews, chats, tickets and answers, understood offline in Chinese and English.

>>> from lvtu import voice
>>> voice.analyse(["送餐很快，味道也不错", "Never again. Waited two hours on hold!"]).to_pydict()["label"]
['positive', 'negative']
"""

from lvtu.voice.text import (
    EMOTIONS,
    FOUR_DONTS,
    INTENTS,
    PRESETS,
    SERVQUAL,
    URGENCIES,
    Coverage,
    Taxonomy,
    TextModel,
    analyse,
    clauses,
    coverage,
    explain,
    mentions,
)

__all__ = [
    "EMOTIONS",
    "FOUR_DONTS",
    "INTENTS",
    "PRESETS",
    "SERVQUAL",
    "URGENCIES",
    "Coverage",
    "Taxonomy",
    "TextModel",
    "analyse",
    "clauses",
    "coverage",
    "explain",
    "mentions",
]
