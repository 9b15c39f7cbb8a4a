"""The logic of the form in the browser against the service's: the module as it is built, run by V8."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from py_mini_racer import MiniRacer

from lvtu.core.expr import evaluate_row, parse
from lvtu.service.pages.build import FOLDER
from lvtu.voice.surveys import Survey, check, evaluate, sheet
from lvtu.voice.surveys.order import shuffled
from parts import examples, require
from property.survey_strategies import JSON, WORDS, definitions, nearly, said

_FORM = sorted((FOLDER / "assets").glob("survey-[!p]*.js"))
require("the form of surveys (make web)", len(_FORM) == 1)

DEFINITIONS = definitions()
SEEDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=150)
RESPONSES = st.text("abcdef0123456789-", min_size=8, max_size=20)
_EXACT = 2**53
_ASK = """
function both(given) {
  const {survey, answers, response, language} = JSON.parse(given);
  const found = form.evaluate(survey, answers);
  return JSON.stringify({...found, sheet: form.sheet(survey, found, response, language)});
}
function held(condition, facts) { return form.holds(condition, JSON.parse(facts)); }
function ordered(keys, seed) {
  return JSON.stringify(form.shuffled(JSON.parse(keys).map(key => ({key})), seed).map(one => one.key));
}
"""


@cache
def browser() -> MiniRacer:
    """V8 with the form in it, which no page is needed for."""
    found = MiniRacer()
    module = _FORM[0].read_text(encoding="utf-8")
    listed = re.search(r"export\s*\{([^}]*)\};?\s*$", module)
    assert listed is not None
    names = ",".join(f"{name}:{own}" for own, name in re.findall(r"([\w$]+) as (\w+)", listed[1]))
    found.eval(f"{module[: listed.start()]};globalThis.form={{{names}}};{_ASK}")
    return found


def in_browser(survey: dict[str, Any], answers: Any, response: str = "r-1", language: str = "zh") -> Any:
    told = {"survey": survey, "answers": answers, "response": response, "language": language}
    return json.loads(browser().call("both", json.dumps(told)))


def sent(value: Any) -> bool:
    """Whether a value is one that a browser can have: numbers there are 64 bits wide, and never NaN."""
    if isinstance(value, dict):
        return all(map(sent, value)) and all(map(sent, value.values()))
    if isinstance(value, list):
        return all(map(sent, value))
    if isinstance(value, float):
        return abs(value) < _EXACT
    if isinstance(value, int):
        return abs(value) <= _EXACT
    return not isinstance(value, str) or value.encode(errors="replace").decode() == value


def agree(definition: dict[str, Any], answers: Any, response: str = "r-1", language: str = "zh") -> None:
    survey = Survey.load(definition)
    here, there = evaluate(survey, answers), in_browser(definition, answers, response, language)
    assert there["answers"] == here.answers
    assert there["shown"] == [*here.shown]
    problems = {(one.field, one.reason.code) for one in here.problems}
    # Which bound of a day was missed is told apart there, for there the message is worded.
    told = {(one["field"], one["code"]) for one in there["problems"]}
    assert {one for one in told if one[1] not in _BOUNDS} == {one for one in problems if one[1] not in _BOUNDS}
    assert {field for field, _ in told} == {field for field, _ in problems}
    assert [_told(page) for page in there["sheet"]] == sheet(here, response, language)


_BOUNDS = ("outside", "below", "above")


def _told(page: dict[str, Any]) -> dict[str, Any]:
    """A page as the service's sheet has it."""
    questions = [
        {"key": one["asked"]["key"], "kind": one["asked"]["kind"],
         **{name: one[name] for name in ("title", "help", "options", "design", "sets") if name in one}}
        for one in page["questions"]
    ]  # fmt: skip
    return {"title": page.get("title"), "questions": questions}


@st.composite
def told_twice(draw: st.DrawFn) -> dict[str, Any]:
    """A definition that shuffles, and repeats earlier answers."""
    definition = draw(DEFINITIONS)
    earlier: list[str] = []
    for page in definition["pages"]:  # type: ignore[attr-defined]
        if draw(st.booleans()) and not any("show_if" in one for one in page["questions"]):
            page["shuffle"] = True
        for asked in page["questions"]:
            if "options" in asked or "rows" in asked:
                asked["shuffle"] = draw(st.booleans())
            if earlier and not page.get("shuffle") and draw(st.booleans()):
                key = draw(st.sampled_from(earlier))
                asked["help"] = {"zh": f"您说“{{{key}}}”{{nobody}}", "en": f"You said {{{key}}}"}
            if asked["kind"] not in ("servqual", "kano", "matrix", "ranking", "maxdiff", "file", "consent"):
                earlier.append(asked["key"])
    return definition


@settings(max_examples=examples(150), deadline=None)
@given(st.data(), told_twice(), RESPONSES, st.sampled_from(["zh", "en", "zh-TW", "fr"]))
def test_the_form_shows_and_takes_what_the_service_does(
    data: st.DataObject, definition: dict[str, Any], response: str, language: str
) -> None:
    assume(not [one for one in check(definition) if one.level == "error"])
    answers = data.draw(nearly(definition))
    assume(sent(answers))
    agree(definition, answers, response, language)


_OPTIONS = [{"key": key, "text": said(key)} for key in "abc"] + [{"key": "none", "text": said("none"), "alone": True}]
_SOUND = st.lists(st.sampled_from(["a", "b", "c", {"other": " 自己 "}]), unique_by=str, max_size=4)
_CHOSEN = _SOUND | st.lists(st.sampled_from(["a", "b", "none", "zz", {"other": ""}]), max_size=5)


@settings(max_examples=examples(150), deadline=None)
@given(_CHOSEN, st.integers(1, 3), st.none() | st.integers(3, 5), st.booleans(), st.sampled_from(["zh", "en"]))
def test_several_options_together(chosen: list[Any], least: int, most: int | None, other: bool, language: str) -> None:
    liked = {"key": "q1", "kind": "multi", "title": said("liked"), "options": _OPTIONS, "other": other, "least": least}
    if most is not None:
        liked["most"] = min(most, 4 + other)
    why = {"key": "q2", "kind": "text", "title": {"zh": "为何喜欢{q1}？", "en": "Why {q1}?"}, "show_if": "q1.a = true"}
    agree(
        {"key": "made", "title": said("all"), "pages": [{"questions": [liked, why]}]}, {"q1": chosen}, "r-1", language
    )


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(3, 14), st.integers(3, 8), st.none() | st.integers(1, 20), RESPONSES)
def test_the_sets_of_a_response_are_the_same(options: int, size: int, sets: int | None, response: str) -> None:
    asked = {"key": "q1", "kind": "maxdiff", "title": said("q1"), "size": size}
    asked |= {"options": [{"key": f"o{one}", "text": said(str(one))} for one in range(options)]}
    asked |= {} if sets is None else {"sets": sets}
    agree({"key": "made", "title": said("all"), "pages": [{"questions": [asked]}]}, {}, response)


@settings(max_examples=examples(80), deadline=None)
@given(DEFINITIONS, st.dictionaries(st.sampled_from(["q1", "q2", "q3", "zz"]), JSON, max_size=3) | JSON)
def test_nothing_a_browser_may_have_kept_is_too_odd(definition: dict[str, Any], answers: Any) -> None:
    assume(not [one for one in check(definition) if one.level == "error"] and sent(answers))
    agree(definition, answers)


_ANY = st.sampled_from(["q", "q.a", 'q."b c"', "properties.q", "p"])
_LITERALS = (
    st.integers(-3, 12).map(str) | st.sampled_from(["2.50", "1e-7", "+.5", "true", "FALSE", "'a'", "'it''s'", "“门店”"])
    | WORDS.filter(lambda word: not {"'", "\\"} & set(word)).map(lambda word: f"'{word}'")
)  # fmt: skip
_TEXTS = st.sampled_from(["'a'", "'%a_'", "‘门’", "'_'", "'%'", "''", "'a%b%'"])
_SIGNS = st.sampled_from(["=", "!=", "<=", "≥", "<>", "＝", "＞", "=="])


@st.composite
def comparisons(draw: st.DrawFn) -> str:
    name, negated = draw(_ANY), draw(st.sampled_from(["", " not", " NOT"]))
    match draw(st.integers(0, 4)):
        case 0:
            return f"{name}{draw(_SIGNS)}{draw(_LITERALS)}"
        case 1:
            words = [draw(st.sampled_from(["1", "2.5", "7"])) for _ in range(draw(st.integers(1, 3)))]
            return f"{name}{negated} in ({'，'.join(words)})"
        case 2:
            return (
                f"{name}{negated} between '1' and 'c'" if draw(st.booleans()) else f"{name}{negated} between 1 AND 7.5"
            )
        case 3:
            manner = draw(st.sampled_from(["like", "contains", "starts with", "Ends With"]))
            return f"{name}{negated} {manner} {draw(_TEXTS)}"
        case _:
            return f"{name} is{negated} null"


CONDITIONS = st.recursive(
    comparisons(),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(" and ".join)
        | st.lists(inner, min_size=2, max_size=3).map(" or ".join)
        | inner.map("not ({})".format) | inner.map("（{}）".format)
    ),
    max_leaves=5,
)  # fmt: skip
_VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 12)
    | st.floats(-1e9, 1e9)
    | WORDS
    | st.sampled_from(["a", "7", " 2.50", "门店"])
)


@settings(max_examples=examples(300), deadline=None)
@given(
    CONDITIONS,
    st.fixed_dictionaries(
        {}, optional={"q": _VALUES | st.fixed_dictionaries({}, optional={"a": _VALUES, "b c": _VALUES}), "p": _VALUES}
    ),
)
@example("q like '%😀_'", {"q": "a😀b"})
@example("q > '｡'", {"q": "😀"})
@example("q = '1e-07'", {"q": 1e-7})
@example("q contains '\"a\":1'", {"q": {"a": 1}})
def test_a_condition_means_the_same(condition: str, facts: dict[str, Any]) -> None:
    assume(sent(facts))
    there = browser().call("held", condition, json.dumps(facts))
    assert there == (evaluate_row(parse(condition), facts) is True), condition


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.text("abcdefghij_0123456789", min_size=1, max_size=64), min_size=1, max_size=12, unique=True), SEEDS)
def test_the_order_of_a_response_is_the_same(keys: list[str], seed: str) -> None:
    there = browser().call("ordered", json.dumps(keys), seed)
    assert json.loads(there) == shuffled(keys, keys, seed)
