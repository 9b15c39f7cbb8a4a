"""What the questions of surveys that were made here are called: their answers tell only a question's key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lvtu.core.words import Lang
from lvtu.maps.surveyed import Question, told

Told = dict[str, tuple[str, str]]
"""By a question's key the heading of its page, and its words."""


def worded(found: Sequence[Question], definitions: Sequence[dict[str, Any]], lang: Lang) -> list[Question]:
    """Questions with the words that a survey of the workspace has for them, its pages with headings as stages.

    Args:
        found: what was answered, by its key where the survey was made here.
        definitions: the surveys of the workspace.
        lang: of two languages the one that is read.

    Example:
        >>> asked = [{"key": "q1", "title": {"en": "How was your room?"}}, {"key": "q2", "title": {"en": "Why?"}},
        ...          {"key": "q3", "title": {"en": "And breakfast?"}}]
        >>> titles = {"en": "Night"}, {"en": "Day"}
        >>> pages = [{"title": titles[0], "questions": asked[:2]}, {"title": titles[1], "questions": asked[2:]}]
        >>> found = [Question("q1", "csat5", 9), Question("q2", None, 9), Question("q3", "csat5", 9)]
        >>> [(one.title, one.stage, one.name, one.of) for one in worded(found, [{"pages": pages}], "en")]
        [('q1', 'Night', 'Room', ''), ('q2', '', 'Why?', 'q1'), ('q3', 'Day', 'And breakfast', '')]
    """
    surveys = [_told(one, lang) for one in definitions]
    named: list[Question] = []
    for number in dict.fromkeys(one.survey for one in found):
        asked = [one for one in found if one.survey == number]
        words = next((one for one in surveys if {each.title for each in asked} <= one.keys()), None)
        named += asked if words is None else _named(asked, words)
    return named


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


def _named(asked: Sequence[Question], words: Told) -> list[Question]:
    """The questions of one survey, read by their words; two with the same words are kept apart by what is not seen."""
    spelt: dict[str, str] = {}
    for key in dict.fromkeys(one.title for one in asked):
        title = words[key][1] or key
        while title in spelt.values():
            title += " "
        spelt[key] = title
    keys = {title: key for key, title in spelt.items()}
    seen = [(spelt[one.title], one.scale or "", one.n) for one in asked]
    sections = {spelt[key]: words[key][0] for key in spelt}
    return [
        replace(one, title=keys[one.title], of=keys.get(one.of, ""), survey=asked[0].survey)
        for one in told(seen, sections)
    ]
