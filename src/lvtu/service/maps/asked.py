"""What the questions of surveys that were made here are called: their answers tell only a question's key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lvtu.core.words import Lang
from lvtu.maps.questioned import about, overall
from lvtu.maps.surveyed import Question

Told = dict[str, tuple[str, str]]
"""By a question's key the heading of its page, and its words."""


def worded(found: Sequence[Question], definitions: Sequence[dict[str, Any]], lang: Lang) -> list[Question]:
    """Questions with the words that a survey of the workspace has for them, its pages with headings as stages.

    Args:
        found: what was answered, by its key where the survey was made here.
        definitions: the surveys of the workspace.
        lang: of two languages the one that is read.

    Example:
        >>> asked = [{"key": "q1", "title": {"en": "How was your room?"}}, {"key": "q2", "title": {"en": "Breakfast?"}}]
        >>> survey = {"pages": [{"title": {"en": "Your stay"}, "questions": asked}]}
        >>> found = [Question("q1", "csat5", 9, "q1"), Question("q2", "csat5", 9, "q2")]
        >>> [(one.stage, one.name) for one in worded(found, [survey], "en")]
        [('Your stay', 'Room'), ('Your stay', 'Breakfast')]
    """
    told = [_told(one, lang) for one in definitions]
    words = {}
    for number in {one.survey for one in found}:
        keys = {one.title for one in found if one.survey == number}
        words[number] = next((one for one in told if keys <= one.keys()), {})
    return [_named(one, words[one.survey]) for one in found]


def _told(definition: dict[str, Any], lang: Lang) -> Told:
    return {
        str(question.get("key")): (_said(page.get("title"), lang), _said(question.get("title"), lang))
        for page in definition.get("pages") or ()
        for question in page.get("questions") or ()
    }


def _said(text: Any, lang: Lang) -> str:
    """A text in a language, else in the first that has it."""
    if isinstance(text, dict):
        return str(text.get(lang) or next(filter(None, text.values()), ""))
    return str(text or "")


def _named(one: Question, words: Told) -> Question:
    page, title = words.get(one.title, ("", ""))
    if not title:
        return one
    whole = bool(one.scale) and overall(title, one.scale or "")
    return replace(one, name=title if whole else about(title), stage="" if whole else page, overall=whole)
