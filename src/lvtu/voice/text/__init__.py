"""Language, feeling and label of texts, whole and clause by clause, and the words that made them."""

from lvtu.voice.text.analyse import analyse, clauses
from lvtu.voice.text.explain import explain
from lvtu.voice.text.model import TextModel

__all__ = ["TextModel", "analyse", "clauses", "explain"]
