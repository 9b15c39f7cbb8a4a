"""A question said in words: what stands above an answer, and what a saved one is called.

The question itself is one of `lvtu.analyses.asked.heads`, a function for each analysis; behind it follows what all
share: the breakdown, whom it is about, the time. Rules that are left as they are are not told.
"""

from __future__ import annotations

from lvtu.analyses.asked.heads import HEADS
from lvtu.analyses.asked.speaker import Names, Speaker
from lvtu.analyses.base import Spec
from lvtu.analyses.naming import Naming
from lvtu.core.words import Lang

__all__ = ["Names", "sentence"]


def sentence(spec: Spec, lang: Lang, names: Names | None = None) -> str:
    """A question in words, as a person would ask it.

    Args:
        spec: the question.
        lang: ``zh`` or ``en``.
        names: what the things are called that the question names by their keys.

    Example:
        >>> from lvtu.analyses.registry import spec_of
        >>> question = spec_of({"analysis": "funnel", "steps": ["Visit", "Pay"], "within": "7d", "by": "channel"})
        >>> sentence(question, "en")
        'Of customers who did “Visit”, how many went on to “Pay” within 7 days, by channel?'
        >>> sentence(question, "zh")
        '有过“Visit”的客户中，有多少在 7天内走到“Pay”，按渠道细分？'
    """
    speaker = Speaker(lang, names or Names())
    return speaker.ended([HEADS[spec.analysis](spec, speaker), *speaker.tails(spec)])


def names_in(result: object, lang: Lang) -> Names:
    """What an answer knows of the names in its question."""
    model, metric = getattr(result, "model", None), getattr(result, "metric", None)
    return Names(
        model=model.title.get(lang) if model is not None else None,
        metric=metric.title.get(lang) if metric is not None else None,
        naming=getattr(result, "naming", Naming()),
    )
