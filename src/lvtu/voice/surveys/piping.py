"""Earlier answers within a text: ``{q1}`` stands for what was answered to ``q1``, as people read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lvtu.voice.surveys import questions as q
from lvtu.voice.surveys.answers import OTHER
from lvtu.voice.surveys.parts import in_language

PLACE = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*)\}")
"""Where an answer goes."""

NOTHING = "—"
"""What stands for an answer that was not given."""

SAYABLE = (q.Nps, q.Csat, q.Ces, q.Rating, q.Emoji, q.Single, q.Multi, q.Comment, q.Number, q.Date)
"""The questions whose answer is a word, a number or a list of words."""


def piped(text: Mapping[str, str], language: str, asked: Mapping[str, q.Question], answers: Mapping[str, Any]) -> str:
    """A text in a language with the answers in their places. What a respondent wrote is put in as it is, once.

    Args:
        text: by language.
        language: the reader's.
        asked: the questions by key.
        answers: those accepted so far.

    Example:
        >>> why = {"en": "Why {q1}?"}
        >>> piped(why, "en", {"q1": q.Nps(key="q1", kind="nps", title={"en": "?"})}, {"q1": 3})
        'Why 3?'
    """

    def said(place: re.Match[str]) -> str:
        question = asked.get(place[1])
        return place[0] if question is None else answer_text(question, answers.get(place[1]), language)

    return PLACE.sub(said, in_language(text, language))


def answer_text(question: q.Question, answer: Any, language: str) -> str:
    """An answer as people read it: options by their texts, "—" for none."""
    if answer is None:
        return NOTHING
    if isinstance(question, q.Single | q.Multi):
        texts = {one.key: in_language(one.text, language) for one in question.options}
        chosen = answer if isinstance(answer, list) else [answer]
        joint = "、" if language.startswith("zh") else ", "
        return joint.join(str(one[OTHER]) if isinstance(one, dict) else texts[one] for one in chosen)
    return str(answer)
