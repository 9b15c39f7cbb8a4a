"""Whether an answer is one that its question allows: total, for any JSON, and strict, for scores stand on it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from lvtu.core.contracts.check import kind_of
from lvtu.core.sentences import Sentence
from lvtu.voice.surveys import questions as q
from lvtu.voice.surveys.maxdiff import DESIGNS, sets_of
from lvtu.voice.surveys.parts import Option

_SHOWN = 60
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LARGEST = 10**15

_FILE = ("file", "name", "type", "bytes")
_FILE_ID = re.compile("[0-9a-f]{32}")
_FILE_NAME = 200

OTHER = "other"
"""The answer of a respondent in their own words: ``{"other": "…"}``; in conditions, the option of that key."""


class Refusal(Sentence):
    """Why an answer is refused.

    Example:
        >>> Refusal("outside", value="11", low="0", high="10").text("zh")
        '“11”不在 0 到 10 之间'
    """

    group = "survey_refusals"


@dataclass(frozen=True)
class Problem:
    """An answer that is refused.

    Attributes:
        field: whose: the key of a question, or ``key.row`` of a part of its answer; empty for the answers as a whole.
        reason: why.
    """

    field: str
    reason: Refusal


class Refused(Exception):
    """Raised within a question: the problems of its answer."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(*problems)


def is_empty(value: Any) -> bool:
    """Whether a value is no answer: null, a text of blanks, an empty list or object.

    Example:
        >>> [is_empty(value) for value in (None, "  ", [], {}, 0, False)]
        [True, True, True, True, False, False]
    """
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | dict) and not value)


def judged(question: q.Question, value: Any) -> Any:
    """An answer in its one spelling: whole numbers as int, texts without blanks around them, parts in their order.

    Args:
        question: what was asked.
        value: the answer, anything that JSON can be, but not empty.

    Raises:
        Refused: the question does not allow it.

    Example:
        >>> judged(q.Nps(key="q1", kind="nps", title={"en": "?"}), 9.0)
        9
    """
    match question:
        case q.Nps() | q.Csat() | q.Ces() | q.Rating() | q.Emoji():
            return _point(question.key, value, *question.ends)
        case q.Servqual():
            return _statements(question, value)
        case q.Kano():
            return _pair(question, value)
        case q.Matrix():
            return _rows(question, value)
        case q.Single():
            return _choice(question, value)
        case q.Multi():
            return _choices(question, value)
        case q.Ranking():
            return _ranks(question, value)
        case q.MaxDiff():
            return _compared(question, value)
        case q.Comment():
            return _text(question.key, value, question.longest)
        case q.Number():
            return _number(question, value)
        case q.Date():
            return _day(question, value)
        case q.File():
            return _files(question, value)
        case q.Consent():
            return _agreed(question, value)


def _agreed(question: q.Consent, value: Any) -> bool:
    if not isinstance(value, bool):
        _wrong_type(question.key, value, "boolean")
    return value


def _refuse(field: str, reason: Refusal) -> NoReturn:
    raise Refused(Problem(field, reason))


def _wrong_type(field: str, value: Any, wanted: str) -> NoReturn:
    _refuse(field, Refusal("of_type", type="null" if value is None else kind_of(value), wanted=wanted))


def _shown(value: Any) -> str:
    """A value as a message shows it: short, and without halves of characters."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _LARGEST:
        return "-∞" if value < 0 else "∞"  # spelling it would take long
    return _CONTROL.sub("�", str(value)[:_SHOWN])


def _finite(field: str, value: Any) -> int | float:
    """A number; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        _wrong_type(field, value, "number")
    if isinstance(value, float) and not math.isfinite(value):
        _refuse(field, Refusal("not_finite", value=str(value)))
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) <= _LARGEST else value


def _point(field: str, value: Any, low: int, high: int) -> int:
    number = _finite(field, value)
    if isinstance(number, float) and not number.is_integer():
        _refuse(field, Refusal("not_whole", value=_shown(number)))
    if not low <= number <= high:
        _outside(field, number, low, high)
    return int(number)


def _outside(field: str, value: Any, low: Any, high: Any) -> NoReturn:
    """Refused for what lies beyond its bounds, of which one may be missing."""
    if low is None:
        _refuse(field, Refusal("above", value=_shown(value), high=_shown(high)))
    if high is None:
        _refuse(field, Refusal("below", value=_shown(value), low=_shown(low)))
    _refuse(field, Refusal("outside", value=_shown(value), low=_shown(low), high=_shown(high)))


def _number(question: q.Number, value: Any) -> int | float:
    number = _finite(question.key, value)
    if question.whole and isinstance(number, float) and not number.is_integer():
        _refuse(question.key, Refusal("not_whole", value=_shown(number)))
    low = -_LARGEST if question.low is None else _tidy(question.low)
    high = _LARGEST if question.high is None else _tidy(question.high)
    if not low <= number <= high:
        _outside(question.key, number, low, high)
    return number


def _tidy(bound: float) -> int | float:
    return int(bound) if bound.is_integer() else bound


def _day(question: q.Date, value: Any) -> str:
    if not isinstance(value, str):
        _wrong_type(question.key, value, "date")
    day = value.strip()
    if not is_day(day):
        _refuse(question.key, Refusal("not_day", value=_shown(day)))
    if (question.low is not None and day < question.low) or (question.high is not None and day > question.high):
        _outside(question.key, day, question.low, question.high)
    return day


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, as ``2026-05-01``.

    Example:
        >>> is_day("2024-02-29"), is_day("2026-02-29"), is_day("20260501")
        (True, False, False)
    """
    try:
        return _DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _text(field: str, value: Any, longest: int) -> str:
    if not isinstance(value, str):
        _wrong_type(field, value, "string")
    text = value.strip()
    if _CONTROL.search(text):
        _refuse(field, Refusal("bad_characters"))
    if len(text) > longest:
        _refuse(field, Refusal("too_long", characters=len(text), most=longest))
    return text


def _key_of(field: str, options: Iterable[Option], value: Any) -> str:
    """The key of an option."""
    keys = [one.key for one in options]
    if not isinstance(value, str):
        _wrong_type(field, value, "string")
    if value not in keys:
        known = ", ".join(keys[:12])
        _refuse(field, Refusal("unknown_option", value=_shown(value), names=known))
    return value


def _choice(question: q.Single | q.Multi, value: Any) -> str | dict[str, str]:
    if not (question.other and isinstance(value, dict)):
        return _key_of(question.key, question.options, value)
    if set(value) != {OTHER}:
        _refuse(question.key, Refusal("only_other", other=OTHER))
    text = _text(f"{question.key}.{OTHER}", value[OTHER], q.LONGEST)
    if not text:
        _refuse(f"{question.key}.{OTHER}", Refusal("required"))
    return {OTHER: text}


def _list(question: q.Multi | q.Ranking, value: Any) -> list[Any]:
    if not isinstance(value, list):
        _wrong_type(question.key, value, "array")
    if len(value) > len(question.options) + 1:  # before each is looked at
        most = len(question.options)
        _refuse(question.key, Refusal("too_many", given=len(value), most=most))
    return value


def _files(question: q.File, value: Any) -> list[dict[str, Any]]:
    """Files as the service told them; whether it has them, it alone knows."""
    if not isinstance(value, list):
        _wrong_type(question.key, value, "array")
    if len(value) > question.files:
        _refuse(question.key, Refusal("too_many", given=len(value), most=question.files))

    def one(field: str, given: Any) -> dict[str, Any]:
        parts = _parts(field, given, _FILE, all_of_them=True)
        if not isinstance(parts["file"], str) or _FILE_ID.fullmatch(parts["file"]) is None:
            _refuse(f"{field}.file", Refusal("unknown_file", value=_shown(parts["file"])))
        if parts["type"] not in question.types:
            known = ", ".join(question.types)
            _refuse(f"{field}.type", Refusal("unknown_option", value=_shown(parts["type"]), names=known))
        size = _point(f"{field}.bytes", parts["bytes"], 1, question.megabytes << 20)
        return parts | {"name": _text(f"{field}.name", parts["name"], _FILE_NAME), "bytes": size}

    found = [*_each(question.key, {str(at + 1): each for at, each in enumerate(value)}, one).values()]
    _once(question.key, [each["file"] for each in found])
    return found


def _once(field: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            _refuse(field, Refusal("repeated", value=key))
        seen.add(key)


def _choices(question: q.Multi, value: Any) -> list[Any]:
    """In the order of the options, for which was clicked first says nothing."""
    given = [_choice(question, one) for one in _list(question, value)]
    keys = [OTHER if isinstance(one, dict) else one for one in given]
    _once(question.key, keys)
    most = question.most or len(question.options) + question.other
    if len(given) > most:
        _refuse(question.key, Refusal("too_many", given=len(given), most=most))
    alone = [one.key for one in question.options if one.alone and one.key in keys]
    if alone and len(keys) > 1:
        _refuse(question.key, Refusal("alone", value=alone[0]))
    if len(given) < question.least and not alone:
        _refuse(question.key, Refusal("too_few", given=len(given), least=question.least))
    places = {one.key: place for place, one in enumerate(question.options)}
    return sorted(given, key=lambda one: len(places) if isinstance(one, dict) else places[one])


def _ranks(question: q.Ranking, value: Any) -> list[str]:
    given = [_key_of(question.key, question.options, one) for one in _list(question, value)]
    _once(question.key, given)
    wanted = question.top or len(question.options)
    if len(given) != wanted:
        _refuse(question.key, Refusal("ranks", given=len(given), wanted=wanted))
    return given


def _parts(field: str, value: Any, keys: Iterable[str], all_of_them: bool) -> dict[str, Any]:
    """The answers of an object by the parts that may be there, without those that are empty."""
    if not isinstance(value, dict):
        _wrong_type(field, value, "object")
    wanted = list(keys)
    known = ", ".join(wanted[:12])
    problems = [
        Problem(field, Refusal("unknown_part", part=_shown(name), names=known)) for name in value if name not in wanted
    ]
    given = {key: value[key] for key in wanted if not is_empty(value.get(key))}
    if all_of_them:
        problems += [Problem(f"{field}.{key}", Refusal("required")) for key in wanted if key not in given]
    if problems:
        raise Refused(*problems)
    return given


def _each(field: str, given: Mapping[str, Any], judge: Any) -> dict[str, Any]:
    """Each part judged; the problems of all of them together."""
    found, problems = {}, list[Problem]()
    for key, value in given.items():
        try:
            found[key] = judge(f"{field}.{key}", value)
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(*problems)
    return found


def _rows(question: q.Matrix, value: Any) -> dict[str, Any]:
    given = _parts(question.key, value, [row.key for row in question.rows], question.required)
    columns = question.columns
    if columns is not None:
        return _each(question.key, given, lambda field, one: _key_of(field, columns, one))
    return _each(question.key, given, lambda field, one: _point(field, one, *question.ends))


def _statements(question: q.Servqual, value: Any) -> dict[str, Any]:
    def sides(field: str, one: Any) -> dict[str, int]:
        both = _parts(field, one, question.sides, all_of_them=question.required)
        return _each(field, both, lambda side, number: _point(side, number, *question.ends))

    given = _parts(question.key, value, [item.key for item in question.items], question.required)
    return {item: found for item, found in _each(question.key, given, sides).items() if found}


def _pair(question: q.Kano, value: Any) -> dict[str, str]:
    def half(field: str, one: Any) -> str:
        if not isinstance(one, str):
            _wrong_type(field, one, "string")
        if one not in q.KANO:
            known = ", ".join(q.KANO)
            _refuse(field, Refusal("unknown_option", value=_shown(one), names=known))
        return one

    return _each(question.key, _parts(question.key, value, q.HALVES, all_of_them=True), half)


def _compared(question: q.MaxDiff, value: Any) -> dict[str, Any]:
    given = _parts(question.key, value, ("design", "sets"), all_of_them=True)
    design = _point(f"{question.key}.design", given["design"], 0, DESIGNS - 1)
    shown = {str(number): options for number, options in enumerate(sets_of(question, design), start=1)}

    def both(field: str, one: Any) -> dict[str, str]:
        options = shown[field.rpartition(".")[2]]
        pair = _each(field, _parts(field, one, ("best", "worst"), all_of_them=True),
                     lambda end, key: _key_of(end, options, key))  # fmt: skip
        if pair["best"] == pair["worst"]:
            _refuse(field, Refusal("best_and_worst", value=pair["best"]))
        return pair

    field = f"{question.key}.sets"
    sets = _each(field, _parts(field, given["sets"], shown, question.required), both)
    return {"design": design, "sets": sets} if sets else {}
