"""Which answers stand: a row for each way an answer can be wrong, and what that does to the questions after it."""

from __future__ import annotations

from typing import Any

import pytest

from lvtu.voice.surveys import Survey, evaluate

NAMED = {"en": "Ask"}
OPTIONS = [{"key": key, "text": NAMED} for key in "abc"]
ITEMS = [{"key": key, "text": NAMED, "dimension": "empathy"} for key in "ab"]
QUESTIONS: dict[str, dict[str, Any]] = {
    "nps": {"kind": "nps"},
    "csat": {"kind": "csat", "points": 5},
    "ces": {"kind": "ces"},
    "rating": {"kind": "rating", "points": 10},
    "emoji": {"kind": "emoji"},
    "sq": {"kind": "servqual", "items": ITEMS},
    "kano": {"kind": "kano", "functional": NAMED, "dysfunctional": NAMED},
    "likert": {"kind": "matrix", "rows": OPTIONS, "points": 5},
    "grid": {"kind": "matrix", "rows": OPTIONS, "columns": OPTIONS},
    "single": {"kind": "single", "options": OPTIONS},
    "own": {"kind": "single", "options": OPTIONS, "other": True},
    "multi": {
        "kind": "multi",
        "options": [*OPTIONS, {"key": "none", "text": NAMED, "alone": True}],
        "least": 2,
        "most": 2,
    },
    "ranking": {"kind": "ranking", "options": OPTIONS, "top": 2},
    "trade": {"kind": "maxdiff", "options": OPTIONS, "size": 3, "sets": 2},
    "say": {"kind": "text", "longest": 5},
    "number": {"kind": "number", "low": 0.5, "high": 9, "whole": True},
    "up": {"kind": "number", "low": 1},
    "date": {"kind": "date", "low": "2026-01-01"},
    "photo": {"kind": "file", "files": 2},
    "ok": {"kind": "consent", "category": "mail"},
}


def named(value: Any) -> str:
    """A part of a test's name; some numbers here are too long for one."""
    return value if isinstance(value, str) and value.isascii() and value.isprintable() else type(value).__name__


def survey(*questions: dict[str, Any], **more: Any) -> Survey:
    return Survey.load({"key": "s", "title": NAMED, "languages": ["en"], "pages": [{"questions": questions}], **more})


EVERY = survey(*({"key": key, "title": NAMED, **one} for key, one in QUESTIONS.items()))

_PHOTO = {"file": "0a" * 16, "name": "a.jpg", "type": "image/jpeg", "bytes": 7}
STANDS = [
    ("nps", 0, 0),
    ("nps", 10.0, 10),
    ("csat", 5, 5),
    ("ces", 1, 1),
    ("rating", 10, 10),
    ("emoji", -2, -2),
    ("sq", {"a": {"expectation": 7}}, {"a": {"expectation": 7}}),
    ("sq", {"a": {}, "b": None}, None),
    ("kano", {"dysfunctional": "dislike", "functional": "like"}, {"functional": "like", "dysfunctional": "dislike"}),
    ("likert", {"c": 5, "a": 1, "b": None}, {"a": 1, "c": 5}),
    ("grid", {"a": "c"}, {"a": "c"}),
    ("single", "b", "b"),
    ("own", {"other": " by mail "}, {"other": "by mail"}),
    ("multi", ["c", "a"], ["a", "c"]),
    ("multi", ["none"], ["none"]),
    ("ranking", ["c", "a"], ["c", "a"]),
    (
        "trade",
        {"sets": {"2": {"worst": "a", "best": "c"}, "1": None}, "design": 63.0},
        {"design": 63, "sets": {"2": {"best": "c", "worst": "a"}}},
    ),
    ("trade", {"sets": {"1": None}, "design": 0}, None),
    ("say", " 四个字好 ", "四个字好"),
    ("say", "a\nb", "a\nb"),
    ("number", 9, 9),
    ("up", 1.5, 1.5),
    ("date", "2028-02-29", "2028-02-29"),
    ("photo", [_PHOTO | {"name": " a.jpg ", "bytes": 7.0}], [_PHOTO]),
    ("ok", False, False),
    ("nps", None, None),
    ("say", " \n", None),
    ("multi", [], None),
    ("likert", {}, None),
]


@pytest.mark.parametrize(("key", "answer", "kept"), STANDS, ids=named)
def test_what_is_allowed_stands(key: str, answer: Any, kept: Any) -> None:
    found = evaluate(EVERY, {key: answer})
    assert found.accepted, found.problems
    assert found.answers.get(key) == kept
    assert type(found.answers.get(key)) is type(kept)


REFUSED = [
    ("nps", 11, "nps", "outside"),
    ("nps", -1, "nps", "outside"),
    ("nps", 9.5, "nps", "not_whole"),
    ("nps", "9", "nps", "of_type"),
    ("nps", True, "nps", "of_type"),
    ("nps", float("nan"), "nps", "not_finite"),
    ("nps", float("inf"), "nps", "not_finite"),
    ("nps", 10**5000, "nps", "outside"),
    ("csat", 6, "csat", "outside"),
    ("ces", 0, "ces", "outside"),
    ("rating", 11, "rating", "outside"),
    ("emoji", 3, "emoji", "outside"),
    ("sq", [6], "sq", "of_type"),
    ("sq", {"z": {"perception": 1}}, "sq", "unknown_part"),
    ("sq", {"a": {"perception": 8}}, "sq.a.perception", "outside"),
    ("sq", {"a": {"hope": 1}}, "sq.a", "unknown_part"),
    ("kano", {"functional": "like"}, "kano.dysfunctional", "required"),
    ("kano", {"functional": "love", "dysfunctional": "like"}, "kano.functional", "unknown_option"),
    ("likert", {"a": 6}, "likert.a", "outside"),
    ("likert", {"z": 1}, "likert", "unknown_part"),
    ("likert", {"a": "b"}, "likert.a", "of_type"),
    ("grid", {"a": "z"}, "grid.a", "unknown_option"),
    ("single", "z", "single", "unknown_option"),
    ("single", ["a"], "single", "of_type"),
    ("single", {"other": "x"}, "single", "of_type"),
    ("own", {"other": ""}, "own.other", "required"),
    ("own", {"other": "x", "and": 1}, "own", "only_other"),
    ("own", {"other": 3}, "own.other", "of_type"),
    ("multi", ["a", "a"], "multi", "repeated"),
    ("multi", ["a", "b", "c"], "multi", "too_many"),
    ("multi", ["a"], "multi", "too_few"),
    ("multi", ["a", "none"], "multi", "alone"),
    ("multi", "a", "multi", "of_type"),
    ("multi", ["a"] * 1000, "multi", "too_many"),
    ("multi", ["a", ["b"]], "multi", "of_type"),
    ("ranking", ["a", "a"], "ranking", "repeated"),
    ("ranking", ["a"], "ranking", "ranks"),
    ("ranking", ["a", "z"], "ranking", "unknown_option"),
    ("trade", {"design": 64, "sets": {"1": {"best": "a", "worst": "b"}}}, "trade.design", "outside"),
    ("trade", {"sets": {"1": {"best": "a", "worst": "b"}}}, "trade.design", "required"),
    ("trade", {"design": 1, "sets": {"3": {"best": "a", "worst": "b"}}}, "trade.sets", "unknown_part"),
    ("trade", {"design": 1, "sets": {"1": {"best": "a", "worst": "a"}}}, "trade.sets.1", "best_and_worst"),
    ("trade", {"design": 1, "sets": {"1": {"best": "a"}}}, "trade.sets.1.worst", "required"),
    ("trade", {"design": 1, "sets": {"1": {"best": "z", "worst": "a"}}}, "trade.sets.1.best", "unknown_option"),
    ("trade", ["a", "b"], "trade", "of_type"),
    ("say", "sechs!", "say", "too_long"),
    ("say", 3, "say", "of_type"),
    ("say", "a\0b", "say", "bad_characters"),
    ("say", "\ud800", "say", "bad_characters"),
    ("number", 0, "number", "outside"),
    ("number", 1.5, "number", "not_whole"),
    ("number", "3", "number", "of_type"),
    ("number", True, "number", "of_type"),
    ("up", 10**16, "up", "outside"),
    ("up", -1, "up", "outside"),
    ("date", "2026-02-29", "date", "not_day"),
    ("date", "2026-2-1", "date", "not_day"),
    ("date", 20260201, "date", "of_type"),
    ("date", "2025-12-31", "date", "below"),
    ("photo", [_PHOTO, _PHOTO], "photo", "repeated"),
    ("photo", [_PHOTO] * 3, "photo", "too_many"),
    ("photo", _PHOTO, "photo", "of_type"),
    ("photo", [_PHOTO | {"file": "0A" * 16}], "photo.1.file", "unknown_file"),
    ("photo", [_PHOTO | {"type": "application/x-sh"}], "photo.1.type", "unknown_option"),
    ("photo", [_PHOTO | {"bytes": (5 << 20) + 1}], "photo.1.bytes", "outside"),
    ("photo", [_PHOTO | {"path": "/etc"}], "photo.1", "unknown_part"),
    ("ok", 1, "ok", "of_type"),
    ("ok", "true", "ok", "of_type"),
    ("zz", 1, "zz", "unknown_question"),
]


@pytest.mark.parametrize(("key", "answer", "field", "code"), REFUSED, ids=named)
def test_what_is_not_allowed_is_refused_with_its_field(key: str, answer: Any, field: str, code: str) -> None:
    found = evaluate(EVERY, {key: answer})
    assert [(one.field, one.reason.code) for one in found.problems] == [(field, code)]
    assert not found.accepted and key not in found.answers


@pytest.mark.parametrize("answers", [None, [], 3, "x", float("nan")])
def test_answers_are_an_object(answers: Any) -> None:
    [problem] = evaluate(EVERY, answers).problems
    assert (problem.field, problem.reason.code) == ("", "of_type")


ASKED = {"key": "q1", "kind": "nps", "title": NAMED, "required": True}
THEN = {"key": "q2", "kind": "text", "title": NAMED, "show_if": "q1 <= 6", "required": True}


def test_a_refused_answer_leaves_what_depends_on_it_open() -> None:
    last = {"key": "q3", "kind": "text", "title": NAMED}
    one = survey(ASKED, THEN, last)
    for answers in ({"q1": 11}, {"q1": 11, "q2": "slow"}, {"q2": "slow"}, {}):
        found = evaluate(one, {**answers, "q3": "fine"})
        assert [one.field for one in found.problems] == ["q1"], "and nothing is said of q2"
        assert found.shown == ("q1", "q3") and found.answers == {"q3": "fine"}
    pages = [{"questions": [ASKED]}, {"show_if": "q1 <= 6", "questions": [{**last, "required": True}]}]
    two = survey(pages=pages)
    for answers in ({"q1": 11}, {"q1": 11, "q3": "fine"}):
        assert [one.field for one in evaluate(two, answers).problems] == ["q1"]


def test_what_is_hidden_is_neither_missed_nor_taken() -> None:
    one = survey(ASKED, THEN)
    assert evaluate(one, {"q1": 9}).accepted
    assert [(p.field, p.reason.code) for p in evaluate(one, {"q1": 6}).problems] == [("q2", "required")]
    assert [(p.field, p.reason.code) for p in evaluate(one, {"q1": 9, "q2": "x"}).problems] == [("q2", "hidden")]
    assert evaluate(one, {"q1": 9, "q2": "  "}).accepted, "blanks are no answer"
    assert evaluate(one, {"q1": 6, "q2": "x"}).shown == ("q1", "q2")


def test_every_part_of_a_required_answer_is_needed() -> None:
    needed = survey(
        {"key": "sq", "kind": "servqual", "title": NAMED, "items": ITEMS, "required": True},
        {"key": "mx", "kind": "matrix", "title": NAMED, "rows": OPTIONS, "points": 5, "required": True},
    )
    found = evaluate(
        needed, {"sq": {"a": {"expectation": 1, "perception": 2}, "b": {"expectation": 1}}, "mx": {"a": 1}}
    )
    assert [one.field for one in found.problems] == ["sq.b.perception", "mx.b", "mx.c"]
    assert {one.reason.code for one in found.problems} == {"required"}


CONDITIONS = [
    ("single = 'b'", {"single": "b"}, True),
    ("own = 'other'", {"own": {"other": "x"}}, True),
    ("multi.c = true", {"multi": ["a", "c"]}, True),
    ("multi.b = false", {"multi": ["a", "c"]}, True),
    ("multi.b = false", {}, False),
    ("ranking.c = 1", {"ranking": ["c", "a"]}, True),
    ("likert.b >= 4", {"likert": {"b": 4}}, True),
    ("grid.a = 'c'", {"grid": {"a": "b"}}, False),
    ("sq.a.perception < 4", {"sq": {"a": {"perception": 3}}}, True),
    ("kano.functional = 'like'", {"kano": {"functional": "like", "dysfunctional": "neutral"}}, True),
    ("ok = true", {"ok": True}, True),
    ("date >= '2027-01-01'", {"date": "2027-01-01"}, True),
    ("emoji < 0", {"emoji": -1}, True),
    ("say contains '慢'", {"say": "太慢"}, True),
    ("nps is null", {}, True),
    ("nps is null", {"nps": 0}, False),
    ("not (nps > 6)", {}, False),
    ("nps in (0, 1) or csat = 1", {"nps": 1}, True),
]


@pytest.mark.parametrize(("condition", "answers", "shown"), CONDITIONS)
def test_conditions_read_answers(condition: str, answers: dict[str, Any], shown: bool) -> None:
    questions = [{"key": key, "title": NAMED, **one} for key, one in QUESTIONS.items()]
    asked = survey(*questions, {"key": "last", "kind": "nps", "title": NAMED, "show_if": condition})
    found = evaluate(asked, answers)
    assert found.accepted and ("last" in found.shown) == shown
