"""Conditions of a definition: that each can be read, speaks of earlier questions, and can ever be true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lvtu.core.expr import Among, And, Compare, Expr, Not, Or, as_number, as_text, evaluate_row, parse
from lvtu.errors import BadExpression
from lvtu.voice.surveys import questions as q
from lvtu.voice.surveys.definition import Survey
from lvtu.voice.surveys.findings import Advice, Finding, Flaw, Place, Told, nearest, spelled
from lvtu.voice.surveys.logic import Domain, can_hold, parts_of


@dataclass
class _Reading:
    """What is known of the questions before the one that is looked at.

    Attributes:
        every: all questions by key.
        earlier: the keys that a condition may name here.
        domains: the values of their parts; those of a question that is never shown are None alone.
    """

    every: Mapping[str, q.Question]
    earlier: set[str] = field(default_factory=set)
    domains: dict[str, Domain | None] = field(default_factory=dict)

    def add(self, question: q.Question, shown: bool, always: bool) -> None:
        """Pass a question: whether it can be shown, and whether it always is."""
        self.earlier.add(question.key)
        for part, domain in parts_of(question).items():
            if not shown:
                domain = (None,)
            elif always and question.required and part == "" and domain is not None:
                domain = tuple(value for value in domain if value is not None)
            self.domains.setdefault(question.key + part, domain)


def conditions_of(survey: Survey) -> Iterator[Finding]:
    """What is wrong with the conditions of a survey."""
    known = _Reading({question.key: question for question in survey.questions()})
    for page_at, page in enumerate(survey.pages):
        place: Place = ("pages", page_at)
        page_flaws = list(_flaws((*place, "show_if"), page.show_if, known, set()))
        yield from page_flaws
        unread = _errors(page_flaws)
        page_shown = unread or page.show_if is None or can_hold([page.show_if], known.domains)
        if not page_shown:
            yield Finding(spelled((*place, "show_if")), Flaw("never_page"), Advice("never"))
        together = {question.key for question in page.questions} if page.shuffle else set()
        passed = []
        for at, question in enumerate(page.questions):
            here = (*place, "questions", at, "show_if")
            flaws = list(_flaws(here, question.show_if, known, together, question.key))
            yield from flaws
            both = [one for one in (page.show_if, question.show_if) if one is not None]
            shown = page_shown and (unread or _errors(flaws) or can_hold(both, known.domains))
            if page_shown and not shown:
                yield Finding(spelled(here), Flaw("never", key=question.key), Advice("never"))
            passed.append((question, shown, not both))
            if not page.shuffle:
                known.add(*passed.pop())
        for one in passed:
            known.add(*one)
    for at, quota in enumerate(survey.quotas):
        flaws = list(_flaws(("quotas", at, "when"), quota.when, known, set()))
        yield from flaws
        if quota.when is not None and not _errors(flaws) and not can_hold([quota.when], known.domains):
            yield Finding(spelled(("quotas", at, "when")), Flaw("never_quota", key=quota.key), Advice("never"))


def _errors(flaws: Iterable[Finding]) -> bool:
    return any(one.level == "error" for one in flaws)


def _flaws(
    place: Place, condition: str | None, known: _Reading, together: set[str], own: str | None = None
) -> Iterator[Finding]:
    """What is wrong with one condition."""
    if condition is None:
        return
    where = spelled(place)
    try:
        read = parse(condition)
        evaluate_row(read, {})  # refuses what asks about the customer
    except BadExpression as error:
        reason = Told(f"{error.code}.what", **error.values)
        yield Finding(where, Flaw("condition_unreadable", reason=reason), Advice("condition"))
        return
    bad = False
    for name in sorted(read.names):
        key = name.partition(".")[0]
        if key == own:
            flaw = Flaw("condition_own", key=key)
        elif key not in known.every:
            advice = nearest(key, known.every, Advice("known_questions", names=", ".join([*known.every][:12])))
            yield Finding(where, Flaw("no_question", key=key), advice)
            bad = True
            continue
        elif key in together:
            flaw = Flaw("condition_shuffled", key=key)
        elif key not in known.earlier:
            flaw = Flaw("condition_forward", key=key)
        elif name not in known.domains:
            parts = [part for part in known.domains if part.startswith(f"{key}.")]
            advice = nearest(name, parts, Advice("known", names=", ".join([key, *parts][:12])))
            yield Finding(where, Flaw("no_part", name=name), advice)
            bad = True
            continue
        else:
            continue
        yield Finding(where, flaw, Advice("earlier"))
        bad = True
    if not bad:
        yield from _values(where, read, known)


def _values(where: str, condition: Expr, known: _Reading) -> Iterator[Finding]:
    """Literals that no answer can be equal to."""
    for leaf in _leaves(condition):
        key = leaf.name.partition(".")[0]
        domain = parts_of(known.every[key]).get(leaf.name.removeprefix(key))
        for literal in leaf.literals if domain is not None else ():
            texts = [str(as_text(value)) for value in domain or () if value is not None]
            numbers = [as_number(value) for value in domain or ()]
            if literal not in (texts if isinstance(literal, str) else numbers):
                told = str(as_text(literal))
                near = texts if isinstance(literal, str) else ()
                advice = nearest(told, near, Advice("known", names=", ".join(texts[:12])))
                yield Finding(where, Flaw("no_value", name=leaf.name, value=told), advice, level="warning")


def _leaves(condition: Expr) -> Iterator[Compare | Among]:
    """The parts that ask for equality."""
    match condition:
        case Not(part):
            yield from _leaves(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Compare(_, "=" | "!=", _) | Among():
            yield condition
