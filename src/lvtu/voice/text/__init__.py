"""What texts say, whole and clause by clause: feeling, emotion, intent, topics, urgency; and by which words."""

from lvtu.voice.text.analyse import analyse, clauses
from lvtu.voice.text.coverage import Coverage, coverage
from lvtu.voice.text.explain import explain
from lvtu.voice.text.heads import EMOTIONS, FOUR_DONTS, INTENTS, SERVQUAL, URGENCIES
from lvtu.voice.text.mentions import mentions
from lvtu.voice.text.model import TextModel
from lvtu.voice.text.taxonomy import PRESETS, Taxonomy

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
