"""The sheet that one respondent sees: pages, questions and options in their order, texts in their language."""

from __future__ import annotations

from typing import Any

from lvtu.voice.surveys import questions as q
from lvtu.voice.surveys.evaluator import Evaluated
from lvtu.voice.surveys.maxdiff import design_of, sets_of
from lvtu.voice.surveys.order import options_of, pages_of
from lvtu.voice.surveys.parts import Option
from lvtu.voice.surveys.piping import piped

Sheet = list[dict[str, Any]]


def sheet(evaluated: Evaluated, response: str, language: str | None = None) -> Sheet:
    """What a respondent is asked, given what they have answered so far.

    Args:
        evaluated: the answers so far.
        response: the response's id, which the order follows from.
        language: the reader's; the survey's first if not given.

    Returns:
        For each page with a question on it ``{"title", "questions"}``, for each of these ``{"key", "kind", "title",
        "help", "options"}``: options, or rows, as ``{"key", "text"}``; of MaxDiff ``"design"`` and ``"sets"`` of these.
        Texts are plain: what somebody wrote is in them as it is, and whoever makes HTML of them escapes it.

    Example:
        >>> from lvtu.voice.surveys import Survey, evaluate
        >>> likely = {"key": "q1", "kind": "nps", "title": {"en": "Would you recommend us?"}}
        >>> why = {"key": "why", "kind": "text", "title": {"en": "Why {q1}?"}, "show_if": "q1 <= 6"}
        >>> page = {"questions": [likely, why]}
        >>> survey = Survey.load({"key": "after", "title": {"en": "After"}, "languages": ["en"], "pages": [page]})
        >>> [one["title"] for one in sheet(evaluate(survey, {"q1": 3}), "r1")[0]["questions"]]
        ['Would you recommend us?', 'Why 3?']
    """
    survey = evaluated.survey
    asked = {question.key: question for question in survey.questions()}
    reads = language or survey.languages[0]

    def say(text: dict[str, str] | None) -> str | None:
        return None if text is None else piped(text, reads, asked, evaluated.answers)

    def listed(options: list[Option]) -> list[dict[str, Any]]:
        return [{"key": one.key, "text": say(one.text)} for one in options]

    def told(question: q.Question) -> dict[str, Any]:
        found: dict[str, Any] = {
            "key": question.key,
            "kind": question.kind,
            "title": say(question.title),
            "help": say(question.help),
        }
        if isinstance(question, q.Single | q.Multi | q.Ranking | q.Matrix):
            found["options"] = listed(options_of(survey, question, response))
        if isinstance(question, q.MaxDiff):
            found["design"] = design_of(survey, question, response)
            found["sets"] = [listed(options) for options in sets_of(question, found["design"])]
        return {name: one for name, one in found.items() if one is not None}

    pages = []
    for page, questions in pages_of(survey, response):
        shown = [told(question) for question in questions if question.key in evaluated.shown]
        if shown:
            pages.append({"title": say(page.title), "questions": shown})
    return pages
