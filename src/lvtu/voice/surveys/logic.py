"""When something is shown: conditions about earlier answers, in the language of conditions.

A question is named by its key, a part of its answer behind a dot:

=======================================  ======================================================
``q1 <= 6``, ``q2 = 'store'``            a number, the option that was chosen (or ``'other'``)
``q3.wifi = true``                       whether an option of several was chosen
``q4.wifi = 1``                          which rank an option has
``q5.staff >= 4``, ``q5.staff = 'good'`` the row of a matrix
``q6.clean.perception < 4``              a statement of SERVQUAL
``q7.functional = 'like'``               half of a Kano pair
``q8 = true``                            consent
``q9 >= '2026-01-01'``                   a day
``q1 is null``                           not answered, or not shown
=======================================  ======================================================

What is compared with a missing answer is unknown, and only what is true is shown (`lvtu.core.expr`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from lvtu.core.expr import And, Expr, evaluate_row, parse
from lvtu.core.expr.values import FIELDS, MODEL_FIELDS
from lvtu.voice.surveys import questions as q
from lvtu.voice.surveys.answers import OTHER

RESERVED = FIELDS | MODEL_FIELDS
"""What no question may be called, for in conditions it means something else."""

_MOST = 5_000

Domain = tuple[Any, ...]
"""Every value that a part of an answer can have, None for none at all among them."""


def holds(condition: str | None, facts: Mapping[str, Any]) -> bool:
    """Whether something is shown, given what earlier answers say (`facts_of`).

    Example:
        >>> holds("q1 <= 6", {"q1": 3}), holds("q1 <= 6", {}), holds(None, {})
        (True, False, True)
    """
    return condition is None or evaluate_row(parse(condition), facts) is True


def names_of(condition: str | None) -> frozenset[str]:
    """The questions and parts that a condition reads."""
    return frozenset() if condition is None else parse(condition).names


def fact_of(question: q.Question, answer: Any) -> Any:
    """What an answer is to conditions: of several options which were chosen, of a ranking the ranks."""
    match question:
        case q.Single():
            return OTHER if isinstance(answer, dict) else answer
        case q.Multi():
            keys = {OTHER if isinstance(one, dict) else one for one in answer}
            return {key: key in keys for key in _keys(question)}
        case q.Ranking():
            return {key: place for place, key in enumerate(answer, start=1)}
        case _:
            return answer


def parts_of(question: q.Question) -> dict[str, Domain | None]:
    """What conditions may name of a question, behind its key, and the values that each can have; None: too many.

    Example:
        >>> parts_of(q.Consent(key="ok", kind="consent", category="mail", title={"en": "?"}))
        {'': (None, True, False)}
    """
    match question:
        case q.Nps() | q.Csat() | q.Ces() | q.Rating() | q.Emoji():
            return {"": _range(*question.ends)}
        case q.Servqual():
            names = [f".{item.key}.{side}" for item in question.items for side in question.sides]
            return {"": None, **dict.fromkeys(names, _range(*question.ends))}
        case q.Kano():
            return {"": None, **{f".{half}": (None, *q.KANO) for half in q.HALVES}}
        case q.Matrix(rows=rows, columns=columns):
            each = _range(*question.ends) if columns is None else (None, *(one.key for one in columns))
            return {"": None, **{f".{row.key}": each for row in rows}}
        case q.Single():
            return {"": (None, *_keys(question))}
        case q.Multi():
            return {"": None, **{f".{key}": (None, True, False) for key in _keys(question)}}
        case q.Ranking():
            ranks = _range(1, question.top or len(question.options))
            return {"": None, **{f".{key}": ranks for key in _keys(question)}}
        case q.Consent():
            return {"": (None, True, False)}
        case q.MaxDiff() | q.Comment() | q.Number() | q.Date() | q.File():
            return {"": None}


def can_hold(conditions: Iterable[str], domains: Mapping[str, Domain | None]) -> bool:
    """Whether there are values for which all conditions hold.

    True also where there are too many values to try, or the values depend on each other: it never calls unreachable
    what can be reached.

    Args:
        conditions: they.
        domains: the values of what they name; None where any may be.

    Example:
        >>> can_hold(["q1 > 8", "q1 < 3"], {"q1": tuple(range(11))}), can_hold(["q1 > 8"], {"q1": None})
        (False, True)
    """
    read = [parse(condition) for condition in conditions]
    if not read:
        return True
    whole: Expr = And(tuple(read)) if len(read) > 1 else read[0]
    names = sorted(whole.names)
    values = [domains.get(name) for name in names]
    tries = 1
    for one in values:
        tries *= _MOST + 1 if one is None else len(one)
    if tries > _MOST:
        return True
    known = [one or () for one in values]
    return any(evaluate_row(whole, dict(zip(names, tried, strict=True))) is True for tried in product(*known))


def _keys(question: q.Single | q.Multi | q.Ranking) -> list[str]:
    keys = [one.key for one in question.options]
    return keys if isinstance(question, q.Ranking) or not question.other else [*keys, OTHER]


def _range(low: int, high: int) -> Domain:
    return (None, *range(low, high + 1))
