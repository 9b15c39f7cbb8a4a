"""Whether the parts of a definition go together: keys, texts, bounds, conditions and answers within texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from lvtu.voice.surveys import questions as q
from lvtu.voice.surveys.answers import OTHER, is_day
from lvtu.voice.surveys.conditions import conditions_of
from lvtu.voice.surveys.definition import Survey
from lvtu.voice.surveys.findings import Advice, Finding, Flaw, Place, spelled
from lvtu.voice.surveys.logic import RESERVED
from lvtu.voice.surveys.texts import texts_of


def findings_of(survey: Survey) -> list[Finding]:
    """Everything about a survey whose form is right."""
    found = [*_languages(survey), *_keys(survey)]
    for page_at, page in enumerate(survey.pages):
        for at, question in enumerate(page.questions):
            place = ("pages", page_at, "questions", at)
            found += [*_options(place, question), *_bounds(place, question)]
            if survey.anonymous and isinstance(question, q.Consent | q.File):
                flaw = Flaw("anonymous_file" if isinstance(question, q.File) else "anonymous_consent")
                found.append(Finding(spelled(place), flaw, Advice("anonymous_consent"), level="warning"))
    for key in _twice(one.key for one in survey.quotas):
        found.append(Finding("quotas", Flaw("option_twice", key=key), Advice("rename")))
    return [*found, *conditions_of(survey), *texts_of(survey)]


def _languages(survey: Survey) -> Iterator[Finding]:
    for language in _twice(survey.languages):
        yield Finding("languages", Flaw("language_twice", language=language), Advice("leave_out", name=language))


def _keys(survey: Survey) -> Iterator[Finding]:
    seen: set[str] = set()
    for page_at, page in enumerate(survey.pages):
        for at, question in enumerate(page.questions):
            place = spelled(("pages", page_at, "questions", at, "key"))
            if question.key in seen:
                yield Finding(place, Flaw("key_twice", key=question.key), Advice("rename"))
            if question.key in RESERVED:
                yield Finding(place, Flaw("key_reserved", key=question.key), Advice("rename"))
            seen.add(question.key)


def _options(place: Place, question: q.Question) -> Iterator[Finding]:
    for name in ("options", "rows", "columns", "items"):
        listed: Iterable[Any] = getattr(question, name, None) or ()
        for key in _twice(one.key for one in listed):
            yield Finding(spelled((*place, name)), Flaw("option_twice", key=key), Advice("rename"))
    if isinstance(question, q.Single | q.Multi) and question.other and OTHER in [one.key for one in question.options]:
        yield Finding(spelled((*place, "options")), Flaw("other_taken", key=OTHER), Advice("rename"))
    if isinstance(question, q.Servqual):
        for side in _twice(question.sides):
            yield Finding(spelled((*place, "sides")), Flaw("option_twice", key=side), Advice("leave_out", name=side))


def _bounds(place: Place, question: q.Question) -> Iterator[Finding]:
    """What is asked must have an answer."""
    match question:
        case q.Number(low=low, high=high) if low is not None and high is not None and low > high:
            yield _no_answer(place, "low", f"{low:g}", f"{high:g}")
        case q.Number(low=low, high=high, whole=True) if low is not None and high is not None and low // 1 == high // 1:
            if low % 1 and high % 1:
                yield _no_answer(place, "low", f"{low:g}", f"{high:g}")
        case q.Date(low=low, high=high):
            for name, day in (("low", low), ("high", high)):
                if day is not None and not is_day(day):
                    yield Finding(spelled((*place, name)), Flaw("no_day", day=day), Advice("mend"))
            if low is not None and high is not None and low > high:
                yield _no_answer(place, "low", low, high)
        case q.Multi():
            yield from _picks(place, question)
        case q.Ranking(top=top, options=options) if top is not None and top > len(options):
            yield _too_many(place, "top", top, len(options))
        case q.Matrix() | q.Rating():
            yield from _scales(place, question)
        case _:
            pass


def _picks(place: Place, question: q.Multi) -> Iterator[Finding]:
    there = len(question.options) + question.other
    if question.most is not None and question.most < question.least:
        yield _no_answer(place, "least", str(question.least), str(question.most))
    together = sum(not one.alone for one in question.options) + question.other
    if question.least > together:
        yield _too_many(place, "least", question.least, together)
    if question.most is not None and question.most > there:
        yield _too_many(place, "most", question.most, there)


def _scales(place: Place, question: q.Matrix | q.Rating) -> Iterator[Finding]:
    if isinstance(question, q.Matrix) and (question.points is None) == (question.columns is None):
        yield Finding(spelled(place), Flaw("points_or_columns"), Advice("points_or_columns"))
        return
    named, points = question.named_scale, question.points
    if named is None:
        return
    where = spelled((*place, "named_scale"))
    if points is None:
        yield Finding(where, Flaw("scale_of_columns"), Advice("leave_out", name="named_scale"))
    elif int("".join(filter(str.isdigit, named))) != points:
        yield Finding(where, Flaw("scale_points", scale=named, points=points), Advice("mend"))


def _no_answer(place: Place, name: str, low: str, high: str) -> Finding:
    return Finding(spelled((*place, name)), Flaw("no_answer", low=low, high=high), Advice("mend"))


def _too_many(place: Place, name: str, given: int, there: int) -> Finding:
    return Finding(spelled((*place, name)), Flaw("too_many", given=given, there=there), Advice("mend"))


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]
