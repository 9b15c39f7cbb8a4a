"""Definitions of SurveyJS: what can be said is said alike, and the rest is listed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.errors import BadInput
from lvtu.voice.surveys import check, evaluate, survey_js
from parts import examples
from property.survey_strategies import JSON


def elements(*listed: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"title": "After", "pages": [{"name": "p", "elements": list(listed)}], **more}


def first(element: dict[str, Any]) -> dict[str, Any]:
    """The first question, without what was not said of it."""
    found = survey_js(elements({"name": "q", **element}))
    assert found.left == () and check(found.survey) == ()
    return {name: one for name, one in found.survey.to_dict()["pages"][0]["questions"][0].items() if name != "title"}


EN = {"en": "a"}
QUESTIONS = [
    ({"type": "text"}, {"key": "q", "kind": "text", "lines": "one"}),
    ({"type": "text", "inputType": "number", "min": 1, "max": 9}, {"key": "q", "kind": "number", "low": 1, "high": 9}),
    ({"type": "text", "inputType": "date", "min": "2026-01-01"}, {"key": "q", "kind": "date", "low": "2026-01-01"}),
    ({"type": "comment", "maxLength": 300}, {"key": "q", "kind": "text", "longest": 300}),
    ({"type": "rating"}, {"key": "q", "kind": "rating", "points": 5, "look": "numbers"}),
    ({"type": "rating", "rateMin": 0, "rateMax": 10, "isRequired": True},
     {"key": "q", "kind": "nps", "required": True}),
    ({"type": "rating", "rateCount": 7, "rateType": "stars", "minRateDescription": "a"},
     {"key": "q", "kind": "rating", "points": 7, "look": "stars", "low": EN}),
    ({"type": "radiogroup", "choices": ["a", {"value": 2, "text": "a"}], "showOtherItem": True},
     {"key": "q", "kind": "single", "options": [{"key": "a", "text": EN}, {"key": "2", "text": EN}], "other": True}),
    ({"type": "dropdown", "choices": ["a"]}, {"key": "q", "kind": "single", "options": [{"key": "a", "text": EN}]}),
    ({"type": "checkbox", "choices": ["a"], "showNoneItem": True, "noneText": "a", "maxSelectedChoices": 1},
     {"key": "q", "kind": "multi", "most": 1,
      "options": [{"key": "a", "text": EN}, {"key": "none", "text": EN, "fixed": True, "alone": True}]}),
    ({"type": "ranking", "choices": ["a"], "choicesOrder": "random"},
     {"key": "q", "kind": "ranking", "options": [{"key": "a", "text": EN}], "shuffle": True}),
    ({"type": "matrix", "rows": ["a"], "columns": ["a"]},
     {"key": "q", "kind": "matrix", "rows": [{"key": "a", "text": EN}], "columns": [{"key": "a", "text": EN}]}),
    ({"type": "boolean", "labelTrue": "a", "labelFalse": "a"},
     {"key": "q", "kind": "single", "options": [{"key": "yes", "text": EN}, {"key": "no", "text": EN}]}),
]  # fmt: skip


@pytest.mark.parametrize(("theirs", "ours"), QUESTIONS, ids=[str(one[1]["kind"]) for one in QUESTIONS])
def test_a_question_is_asked_alike(theirs: dict[str, Any], ours: dict[str, Any]) -> None:
    assert first(theirs) == ours


ASKED = [
    {"type": "rating", "name": "How likely?", "rateMin": 0, "rateMax": 10},
    {"type": "checkbox", "name": "渠道", "choices": ["web", "in store"]},
    {"type": "boolean", "name": "again"},
    {"type": "comment", "name": "text"},
]
CONDITIONS = [
    ("{How likely?} <= 6", "How_likely <= 6"),
    ("{渠道} contains 'in store'", "q2.in_store = true"),
    ("{渠道} notcontains 'web' && {again} == true", "q2.web = false and again = 'yes'"),
    ("{text} notempty or {How likely?} empty", "text_2 is not null or How_likely is null"),
    ("{text} contains 'it''s'", None),
    ('{text} = "it\'s"', "text_2 = 'it''s'"),
    ("{How likely?} > 3 and {again} = false or {text} empty", None),
    ("{nobody} = 1", None),
    ("{渠道} anyof ['web']", None),
    ("iif({again}, 1, 2) = 1", None),
]


@pytest.mark.parametrize(("theirs", "ours"), CONDITIONS)
def test_a_condition_is_said_alike_or_listed(theirs: str, ours: str | None) -> None:
    found = survey_js(elements(*ASKED, {"type": "comment", "name": "last", "visibleIf": theirs}))
    assert [*found.survey.questions()][-1].show_if == ours
    listed = [] if ours else [("pages[0].elements[4].visibleIf", "condition")]
    assert [(one.place, one.what.code) for one in found.left] == listed


def test_what_cannot_be_said_is_listed() -> None:
    found = survey_js(
        elements(
            {"type": "rating", "name": "a", "rateMax": 20},
            {"type": "file", "name": "b"},
            {"type": "comment", "name": "c", "title": {"default": "C {a}", "zh-cn": "丙"}, "validators": [{}]},
            {"type": "radiogroup", "name": "d"},
            showProgressBar="top",
        )
    )
    assert [one.key for one in found.survey.questions()] == ["c"]
    assert [(one.place, one.what.code) for one in found.left] == [
        ("pages[0].elements[0]", "rating"),
        ("pages[0].elements[1]", "type"),
        ("", "piped"),
        ("pages[0].elements[2].validators", "property"),
        ("pages[0].elements[3]", "no_choices"),
        ("showProgressBar", "property"),
        ("", "language"),
    ]
    assert {one.what.text("zh") for one in found.left} & {"没有与“file”对应的题型"}


def test_panels_hide_what_is_within() -> None:
    inner = {"type": "comment", "name": "why", "visibleIf": "{again} = false or {again} empty"}
    panel = {"type": "panel", "visibleIf": "{How likely?} < 7", "elements": [inner]}
    survey = survey_js(elements(*ASKED, panel)).survey
    assert "why" in evaluate(survey, {"How_likely": 3}).shown
    assert "why" not in evaluate(survey, {"How_likely": 3, "again": "yes"}).shown
    assert "why" not in evaluate(survey, {"How_likely": 9}).shown


def test_a_language_that_every_text_has_is_kept() -> None:
    both = {"default": "Why?", "zh-CN": "为什么？"}
    title = {"default": "After", "zh-CN": "之后"}
    survey = survey_js(elements({"type": "comment", "name": "q", "title": both}, title=title)).survey
    assert survey.languages == ("en", "zh-CN") and survey.title == {"en": "After", "zh-CN": "之后"}


@pytest.mark.parametrize("document", [None, [], {}, {"pages": []}, elements({"type": "file", "name": "f"}), elements()])
def test_a_document_that_asks_nothing_is_refused(document: Any) -> None:
    with pytest.raises(BadInput, match="SurveyJS"):
        survey_js(document)


TYPES = st.sampled_from([*(one[0]["type"] for one in QUESTIONS), "panel", "file"])
NAMES = ["choices", "rows", "columns", "title", "visibleIf", "rateMin", "rateMax", "maxLength", "min", "elements"]
ODD = st.builds(
    lambda kind, more: {"type": kind, **more},
    TYPES,
    st.dictionaries(st.sampled_from([*NAMES, "name"]), JSON, max_size=4),
)


@settings(max_examples=examples(150), deadline=None)
@given(
    st.lists(ODD | JSON, max_size=4), st.dictionaries(st.sampled_from(["locale", "title", "pages"]), JSON, max_size=1)
)
def test_an_odd_document_is_taken_over_or_refused(listed: list[Any], more: dict[str, Any]) -> None:
    try:
        found = survey_js({"elements": listed, **more})
    except BadInput as error:
        assert error.text("zh") and error.text("en")
    else:
        assert not [one for one in check(found.survey) if one.level == "error"]
