"""The evaluator of surveys against its plain twin, on definitions and answers that Hypothesis makes."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lvtu.core.words import LANGS
from lvtu.voice.surveys import Survey, check, evaluate
from naive import surveys as naive
from parts import examples
from property.survey_strategies import BAD, JSON, definitions, good, nearly

DEFINITIONS = definitions()
ANSWERS = st.dictionaries(st.sampled_from(["q1", "q2", "q3", "zz"]), JSON, max_size=3) | JSON


def sound(definition: dict[str, Any]) -> Survey:
    assume(not [one for one in check(definition) if one.level == "error"])
    return Survey.load(definition)


@settings(max_examples=examples(120), deadline=None)
@given(st.data(), DEFINITIONS)
def test_what_stands_is_what_the_twin_says(data: st.DataObject, definition: dict[str, Any]) -> None:
    survey = sound(definition)
    answers = data.draw(nearly(definition))
    found = evaluate(survey, answers)
    accepted, shown = naive.judge(definition, answers)
    assert found.accepted == accepted, found.problems
    if accepted:
        assert [*found.shown] == shown
    again = evaluate(survey, found.answers)
    assert again.answers == found.answers, "what stands goes on standing"
    assert json.loads(json.dumps(found.answers)) == found.answers
    assert not accepted or (again.accepted and again.shown == found.shown)


@settings(max_examples=examples(120), deadline=None)
@given(st.data(), DEFINITIONS)
def test_no_json_is_too_odd_for_the_evaluator(data: st.DataObject, definition: dict[str, Any]) -> None:
    survey = sound(definition)
    answers = data.draw(ANSWERS)
    found = evaluate(survey, answers)
    assert found.accepted == naive.judge(definition, answers)[0]
    for problem in found.problems:
        assert all(problem.reason.text(lang).encode() and problem.field.encode() is not None for lang in LANGS)


@settings(max_examples=examples(120), deadline=None)
@given(st.data(), DEFINITIONS)
def test_a_forbidden_answer_among_allowed_ones_is_refused(data: st.DataObject, definition: dict[str, Any]) -> None:
    survey = sound(definition)
    asked = {one["key"]: one for page in definition["pages"] for one in page["questions"]}
    answers: dict[str, Any] = {}
    for key in asked:
        if key in naive.judge(definition, answers)[1]:
            answers[key] = data.draw(good_of(asked[key]))
    found = evaluate(survey, answers)
    assert found.accepted and [*found.answers] == [*found.shown] == [*answers]
    assume(answers)
    key = data.draw(st.sampled_from([*answers]))
    bad = data.draw(st.sampled_from(BAD[asked[key]["kind"]]))
    assume(not naive.allowed(asked[key], bad))
    refused = evaluate(survey, answers | {key: bad})
    assert any(one.field.partition(".")[0] == key for one in refused.problems)
    assert key not in refused.answers
    hidden = [one for one in asked if one not in answers]
    for other in hidden:
        late = evaluate(survey, answers | {other: data.draw(good_of(asked[other]))})
        assert [one.field for one in late.problems] == [other], "it was not asked"


@st.composite
def good_of(draw: st.DrawFn, question: dict[str, Any]) -> Any:
    return good(draw, question)


@settings(max_examples=examples(50), deadline=None)
@given(DEFINITIONS)
def test_a_definition_comes_back_as_it_was(definition: dict[str, Any]) -> None:
    survey = sound(definition)
    assert survey.to_dict() == definition
    assert Survey.load(json.loads(json.dumps(survey.to_dict()))) == survey


@settings(max_examples=examples(120), deadline=None)
@given(st.data(), DEFINITIONS, JSON)
def test_whatever_a_definition_is_its_flaws_are_told(data: st.DataObject, definition: dict[str, Any], odd: Any) -> None:
    definition = deepcopy(definition)  # parts of it are shared by those to come
    places = [*spots(definition)]
    holder, key = places[data.draw(st.integers(0, len(places) - 1))]
    if data.draw(st.booleans()) and isinstance(holder, dict):
        del holder[key]
    else:
        holder[key] = odd
    for document in (definition, odd) if not isinstance(odd, str) else (definition,):
        for finding in check(document):
            texts = [finding.text(lang) for lang in LANGS]
            assert all(texts), finding
            reason = finding.what.values.get("reason")
            assert finding.what.code != "malformed" or getattr(reason, "code", "") != "other", finding


def spots(part: Any) -> Any:
    """Every place of a definition where something else could stand."""
    for key, value in part.items() if isinstance(part, dict) else enumerate(part):
        yield part, key
        if isinstance(value, dict | list):
            yield from spots(value)
