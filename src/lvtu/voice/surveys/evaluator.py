"""The evaluator: what was shown, which answers stand, and why others do not. What it says is what counts.

A page in the browser asks the same questions, but nobody needs to use it: whatever arrives is judged here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lvtu.core.contracts.check import kind_of
from lvtu.voice.surveys import questions as q
from lvtu.voice.surveys.answers import Problem, Refusal, Refused, is_empty, judged
from lvtu.voice.surveys.definition import Quota, Survey
from lvtu.voice.surveys.logic import fact_of, holds, names_of


@dataclass(frozen=True)
class Evaluated:
    """Answers that were judged.

    Attributes:
        survey: what was asked.
        answers: those that stand, by question, in the order of the survey, each in its one spelling.
        problems: what is wrong with the rest, or missing. Only without any is the response accepted.
        shown: the questions that are shown, given these answers. A question whose condition reads a refused answer
            is left open: neither shown nor missed.
    """

    survey: Survey
    answers: dict[str, Any]
    problems: tuple[Problem, ...]
    shown: tuple[str, ...]

    @property
    def accepted(self) -> bool:
        """Whether the response as a whole is one that the survey allows."""
        return not self.problems

    @property
    def wrong(self) -> tuple[Problem, ...]:
        """The problems of a response that is not at its end yet: required answers may still come."""
        return tuple(one for one in self.problems if one.reason.code != "required")


def evaluate(survey: Survey, answers: Any) -> Evaluated:
    """Judge the answers of a response: total, for any JSON whatever, and the same again for what it accepted.

    Args:
        survey: what was asked.
        answers: by question; null, blanks and empty lists are no answer.

    Example:
        >>> survey = Survey.load('''
        ... key: after
        ... title: {en: After your visit}
        ... languages: [en]
        ... pages:
        ...   - questions:
        ...       - {key: q1, kind: nps, title: {en: "Would you recommend us?"}, required: true}
        ...       - {key: why, kind: text, title: {en: "Why {q1}?"}, show_if: q1 <= 6}
        ... ''')
        >>> evaluate(survey, {"q1": 3, "why": " slow "}).answers
        {'q1': 3, 'why': 'slow'}
        >>> [(one.field, str(one.reason)) for one in evaluate(survey, {"q1": 11, "page": 2}).problems]
        [('page', "no question of this survey is called 'page'"), ('q1', "'11' is outside 0…10")]
        >>> [(one.field, str(one.reason)) for one in evaluate(survey, {"q1": 9, "why": "slow"}).problems]
        [('why', 'it was not asked, given the other answers')]
    """
    if not isinstance(answers, dict):
        kind = "null" if answers is None else kind_of(answers)
        return Evaluated(survey, {}, (Problem("", Refusal("of_type", type=kind, wanted="object")),), ())
    going = _Going(answers)
    known = {question.key for question in survey.questions()}
    for name in answers:
        if name not in known:
            short = str(name)[:60].encode(errors="replace").decode()
            going.problems.append(Problem(short, Refusal("unknown_question", question=short)))
    for page in survey.pages:
        page_open = not going.open_names.isdisjoint(_asked(page.show_if))
        page_shown = holds(page.show_if, going.facts)
        for question in page.questions:
            if page_open or not going.open_names.isdisjoint(_asked(question.show_if)):
                going.open_names.add(question.key)
            elif page_shown and holds(question.show_if, going.facts):
                going.take(question)
            elif not is_empty(answers.get(question.key)):
                going.problems.append(Problem(question.key, Refusal("hidden")))
    return Evaluated(survey, going.accepted, tuple(going.problems), tuple(going.shown))


def quotas_of(evaluated: Evaluated) -> tuple[Quota, ...]:
    """The quotas that a response counts for, given what was answered so far.

    Example:
        >>> asked = {"key": "age", "kind": "number", "title": {"en": "How old are you?"}}
        >>> quotas = [{"key": "young", "when": "age < 30", "most": 100}, {"key": "all", "most": 500}]
        >>> survey = Survey.load({"key": "s", "title": {"en": "S"}, "languages": ["en"], "quotas": quotas,
        ...                       "pages": [{"questions": [asked]}]})
        >>> [[one.key for one in quotas_of(evaluate(survey, {"age": age}))] for age in (20, 40)]
        [['young', 'all'], ['all']]
    """
    asked = {question.key: question for question in evaluated.survey.questions()}
    facts = {key: fact_of(asked[key], answer) for key, answer in evaluated.answers.items()}
    return tuple(one for one in evaluated.survey.quotas if holds(one.when, facts))


class _Going:
    """An evaluation under way.

    Args:
        given: the answers.

    Attributes:
        accepted: those that stand so far.
        facts: what they are to conditions.
        problems: of the others.
        shown: the questions shown so far.
        open_names: questions of which nobody can say what was answered, or whether they were asked.
    """

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self.accepted: dict[str, Any] = {}
        self.facts: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.shown: list[str] = []
        self.open_names: set[str] = set()

    def take(self, question: q.Question) -> None:
        """Judge the answer to a question that is shown."""
        key = question.key
        self.shown.append(key)
        answer = self._given.get(key)
        try:
            answer = None if is_empty(answer) else judged(question, answer)
        except Refused as refused:
            self.problems += refused.problems
            self.open_names.add(key)
            return
        if not is_empty(answer):
            self.accepted[key], self.facts[key] = answer, fact_of(question, answer)
        elif question.required:
            self.problems.append(Problem(key, Refusal("required")))
            self.open_names.add(key)


def _asked(condition: str | None) -> set[str]:
    """The questions that a condition reads."""
    return {name.partition(".")[0] for name in names_of(condition)}
