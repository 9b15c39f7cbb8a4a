"""The questions of SurveyJS, by type, as questions of ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lvtu.core.sentences import Sentence
from lvtu.voice.surveys.answers import OTHER

KNOWN = {"type", "name", "title", "description", "isRequired", "visibleIf"}
"""What every question there can have, and every question here can say."""

Text = Callable[[Any], dict[str, str]]


class Left(Sentence):
    """What was not taken over, and why.

    Example:
        >>> Left("property", name="validators").text("zh")
        '“validators”没有对应的写法'
    """

    group = "survey_left"


@dataclass(frozen=True)
class Kind:
    """What a question is here.

    Attributes:
        question: its parts, but for key and title.
        read: the properties that it was made of.
        values: the value of an option there → its key here.
    """

    question: dict[str, Any]
    read: set[str] = field(default_factory=set)
    values: dict[str, str] = field(default_factory=dict)


def slug(name: Any, taken: set[str], letter: str, number: int) -> str:
    """A key like a name, and like no other; numbered where a name has no letters of ours.

    Example:
        >>> slug("How likely?", set(), "q", 1), slug("问题", {"q2"}, "q", 2)
        ('How_likely', 'q2_2')
    """
    key = re.sub(r"\W+", "_", str(name), flags=re.ASCII).strip("_")[:60]
    if letter == "q" and not key[:1].isalpha():
        key = f"q{key}" if key else f"q{number}"
    key = base = key or f"{letter}{number}"
    again = 1
    while key in taken:
        again += 1
        key = f"{base[:50]}_{again}"
    return key


def kind_of_element(element: Mapping[str, Any], text: Text) -> Kind | Left:
    """What a question of SurveyJS is here.

    Args:
        element: it.
        text: makes a text of theirs one of ours.
    """
    kind = str(element.get("type"))
    make = _MAKE.get(kind)
    return Left("type", type=kind[:60]) if make is None else make(element, text)


def _line(element: Mapping[str, Any], _text: Text) -> Kind | Left:
    """One line: words, a number or a day."""
    wanted = element.get("inputType", "text")
    if wanted in ("number", "range"):
        ends = {
            ours: element[theirs] for ours, theirs in (("low", "min"), ("high", "max")) if _number(element.get(theirs))
        }
        return Kind({"kind": "number", **ends}, {"inputType", "min", "max"})
    if wanted == "date":
        days = {
            ours: element[theirs] for ours, theirs in (("low", "min"), ("high", "max")) if _day(element.get(theirs))
        }
        return Kind({"kind": "date", **days}, {"inputType", "min", "max"})
    read = {"maxLength"} | ({"inputType"} if wanted == "text" else set())
    return Kind({"kind": "text", "lines": "one", **_longest(element)}, read)


def _comment(element: Mapping[str, Any], _text: Text) -> Kind | Left:
    return Kind({"kind": "text", **_longest(element)}, {"maxLength", "rows", "autoGrow"})


def _longest(element: Mapping[str, Any]) -> dict[str, int]:
    most = element.get("maxLength")
    return {"longest": min(most, 10_000)} if isinstance(most, int) and most > 0 else {}


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 1e15


def _day(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is not None


def _rating(element: Mapping[str, Any], text: Text) -> Kind | Left:
    """A rating from 0 to 10 is an NPS; from 1, a rating. There is no other beginning here."""
    low, high = element.get("rateMin", 1), element.get("rateMax", element.get("rateCount", 5))
    if element.get("rateValues") or element.get("rateStep", 1) != 1:
        return Left("rating")
    named = (("low", "minRateDescription"), ("high", "maxRateDescription"))
    ends = {ours: text(element[theirs]) for ours, theirs in named if element.get(theirs)}
    read = {"rateMin", "rateMax", "rateCount", "rateStep", "rateType", *(theirs for _, theirs in named)}
    if (low, high) == (0, 10):
        return Kind({"kind": "nps", **ends}, read)
    if low != 1 or isinstance(high, bool) or high not in range(2, 11):
        return Left("rating")
    look = "stars" if element.get("rateType") == "stars" else "numbers"
    return Kind({"kind": "rating", "points": high, "look": look, **ends}, read)


def _options(
    listed: Any, text: Text, taken: frozenset[str] = frozenset()
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Options, and the key of each value."""
    found: list[dict[str, Any]] = []
    keys: dict[str, str] = {}
    for at, one in enumerate(listed if isinstance(listed, list) else (), start=1):
        value = one.get("value", one.get("text")) if isinstance(one, dict) else one
        if value is None or str(value) in keys:
            continue
        said = one.get("text", value) if isinstance(one, dict) else value
        keys[str(value)] = slug(value, {*keys.values(), *taken}, "o", at)
        found.append({"key": keys[str(value)], "text": text(said)})
    return found, keys


def _chosen(kind: str) -> Callable[[Mapping[str, Any], Text], Kind | Left]:
    def make(element: Mapping[str, Any], text: Text) -> Kind | Left:
        own = kind != "ranking" and bool(element.get("showOtherItem") or element.get("hasOther"))
        options, keys = _options(element.get("choices"), text, frozenset({OTHER} if own else ()))
        if element.get("showNoneItem") or element.get("hasNone"):
            keys["none"] = slug("none", set(keys.values()), "o", 0)
            none = text(element.get("noneText") or "None")
            options.append({"key": keys["none"], "text": none, "fixed": True, "alone": True})
        if not options:
            return Left("no_choices")
        found: dict[str, Any] = {"kind": kind, "options": options}
        read = {"choices", "showNoneItem", "hasNone", "noneText", "choicesOrder"}
        if kind != "ranking":
            read |= {"showOtherItem", "hasOther"}
        if own:
            found["other"] = True
        if element.get("choicesOrder") == "random":
            found["shuffle"] = True
        if kind == "multi":
            read |= {"minSelectedChoices", "maxSelectedChoices"}
            there = len(options) + own
            for ours, theirs in (("least", "minSelectedChoices"), ("most", "maxSelectedChoices")):
                if isinstance(element.get(theirs), int) and 1 <= element[theirs] <= there:
                    found[ours] = element[theirs]
        return Kind(found, read, keys)

    return make


def _matrix(element: Mapping[str, Any], text: Text) -> Kind | Left:
    rows, _ = _options(element.get("rows"), text)
    columns, keys = _options(element.get("columns"), text)
    if not rows or not columns:
        return Left("no_choices")
    return Kind({"kind": "matrix", "rows": rows, "columns": columns}, {"rows", "columns", "isAllRowRequired"}, keys)


def _boolean(element: Mapping[str, Any], text: Text) -> Kind | Left:
    yes, no = text(element.get("labelTrue") or "Yes"), text(element.get("labelFalse") or "No")
    options = [{"key": "yes", "text": yes}, {"key": "no", "text": no}]
    return Kind({"kind": "single", "options": options}, {"labelTrue", "labelFalse"}, {"true": "yes", "false": "no"})


_MAKE: Mapping[str, Callable[[Mapping[str, Any], Text], Kind | Left]] = {
    "text": _line, "comment": _comment, "rating": _rating, "radiogroup": _chosen("single"),
    "dropdown": _chosen("single"), "checkbox": _chosen("multi"), "tagbox": _chosen("multi"),
    "ranking": _chosen("ranking"), "matrix": _matrix, "boolean": _boolean,
}  # fmt: skip
