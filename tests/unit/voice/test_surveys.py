"""Surveys: what is wrong with a definition is told where it is, and responses become events of the record."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import lvtu
from lvtu.errors import BadInput
from lvtu.privacy.consent import stated
from lvtu.voice.surveys import Respondent, Response, Survey, check, evaluate, events_of, schema, sheet
from lvtu.voice.surveys.order import options_of, pages_of
from parts import ROOT

OPTIONS = [{"key": "fast", "text": {"zh": "快", "en": "Fast"}}, {"key": "cheap", "text": {"zh": "省", "en": "Cheap"}}]
NAMED = {"zh": "题", "en": "Ask"}
SURVEY: dict[str, Any] = {
    "key": "delivery",
    "title": {"zh": "配送", "en": "Delivery"},
    "touchpoint": "delivery",
    "channel": "sms",
    "pages": [
        {
            "questions": [
                {"key": "nps", "kind": "nps", "title": NAMED, "required": True},
                {
                    "key": "why",
                    "kind": "text",
                    "title": {"zh": "为什么打 {nps} 分？", "en": "Why {nps}?"},
                    "show_if": "nps <= 6",
                },
                {"key": "best", "kind": "multi", "title": NAMED, "options": OPTIONS, "other": True},
            ]
        },
        {
            "show_if": "best.fast = true",
            "questions": [
                {"key": "ease", "kind": "ces", "wording": "effort", "title": NAMED, "touchpoint": "doorstep"},
                {"key": "mail", "kind": "consent", "category": "marketing", "title": NAMED},
            ],
        },
    ],
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The survey with something else in one place."""
    found = deepcopy(SURVEY)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    holder: Any = found
    for step in way:
        holder = holder[step]
    holder[last] = value
    return found


def asked(**question: Any) -> dict[str, Any]:
    """The survey with one more question at its end."""
    return changed("pages.1.questions", [*SURVEY["pages"][1]["questions"], {"key": "more", "title": NAMED, **question}])


ALWAYS = [{**one, "show_if": None} for one in SURVEY["pages"][0]["questions"]]
LAST = "pages[1].questions[2]"
TITLE = "pages[0].questions[0].title"
SCALE = f"{LAST}.named_scale"
FLAWS = [
    (changed("pages.0.questions.1.key", "nps"), "pages[0].questions[1].key", "key_twice"),
    (changed("pages.0.questions.2.key", "score"), "pages[0].questions[2].key", "key_reserved"),
    (changed("pages.0.questions.0.title", {"zh": "题"}), "pages[0].questions[0].title", "language_missing"),
    (changed("title", {"zh": "配送", "en": " "}), "title", "language_missing"),
    (changed("languages", ["zh", "en", "zh"]), "languages", "language_twice"),
    (changed("thanks", {"zh": "谢谢 {npz}", "en": "Thanks"}), "thanks.zh", "no_question"),
    (changed("title", {"zh": "{nps}", "en": "Delivery"}), "title.zh", "piped_forward"),
    (changed("pages.0.questions.0.title", {"zh": "题", "en": "{why}"}), f"{TITLE}.en", "piped_forward"),
    (changed("thanks", {"zh": "{mail}", "en": "Thanks"}), "thanks.zh", "piped_kind"),
    (changed("pages.0.questions.1.show_if", "npz <= 6"), "pages[0].questions[1].show_if", "no_question"),
    (changed("pages.0.questions.1.show_if", "nps <="), "pages[0].questions[1].show_if", "condition_unreadable"),
    (changed("pages.0.questions.1.show_if", "did A"), "pages[0].questions[1].show_if", "condition_unreadable"),
    (changed("pages.0.questions.1.show_if", "best.fast = true"), "pages[0].questions[1].show_if", "condition_forward"),
    (changed("pages.0.questions.1.show_if", "why = 'x'"), "pages[0].questions[1].show_if", "condition_own"),
    (changed("pages.0.questions.1.show_if", "nps > 10"), "pages[0].questions[1].show_if", "never"),
    (changed("pages.0.questions.1.show_if", "nps is null"), "pages[0].questions[1].show_if", "never"),
    (changed("pages.1.show_if", "best.quick = true"), "pages[1].show_if", "no_part"),
    (changed("pages.1.show_if", "best.fast = 'maybe'"), "pages[1].show_if", "never_page"),
    (changed("pages.0.shuffle", True), "pages[0].questions[1].show_if", "condition_shuffled"),
    (
        changed("pages.0", {"shuffle": True, "questions": [*ALWAYS]}),
        "pages[0].questions[1].title.zh",
        "piped_forward",
    ),
    (changed("pages.0.questions.2.options", [*OPTIONS, OPTIONS[0]]), "pages[0].questions[2].options", "option_twice"),
    (changed("pages.0.questions.2.options.0.key", "other"), "pages[0].questions[2].options", "other_taken"),
    (changed("pages.0.questions.2.least", 4), "pages[0].questions[2].least", "too_many"),
    (changed("pages.0.questions.2.most", 4), "pages[0].questions[2].most", "too_many"),
    (asked(kind="multi", options=OPTIONS, least=2, most=1), f"{LAST}.least", "no_answer"),
    (asked(kind="ranking", options=OPTIONS, top=3), f"{LAST}.top", "too_many"),
    (asked(kind="number", low=3, high=2), f"{LAST}.low", "no_answer"),
    (asked(kind="number", low=0.2, high=0.8, whole=True), f"{LAST}.low", "no_answer"),
    (asked(kind="date", low="2026-02-30"), f"{LAST}.low", "no_day"),
    (asked(kind="date", low="2026-02-03", high="2026-02-02"), f"{LAST}.low", "no_answer"),
    (asked(kind="matrix", rows=OPTIONS), LAST, "points_or_columns"),
    (asked(kind="matrix", rows=OPTIONS, columns=OPTIONS, named_scale="clean5"), SCALE, "scale_of_columns"),
    (asked(kind="rating", named_scale="clean7"), SCALE, "scale_points"),
    (asked(kind="nps", points=5), f"{LAST}.points", "unknown_name"),
    (asked(kind="npz"), f"{LAST}.kind", "unknown_kind"),
    (asked(), f"{LAST}.kind", "lacks"),
    (asked(kind="single"), f"{LAST}.options", "lacks"),
    (asked(kind="csat", points=6), f"{LAST}.points", "malformed"),
    (changed("key", "no key"), "key", "bad_key"),
    (changed("title.e_", "x"), "title.e_", "bad_language"),
    (changed("pages", []), "pages", "malformed"),
    ([], "", "malformed"),
    ({"key": {1, 2}}, "", "not_json"),
]  # fmt: skip

FOLLOWS = {
    "key_twice": {"condition_own"}, "key_reserved": {"no_question"}, "other_taken": {"no_part"},
    "condition_shuffled": {"piped_forward"}, "piped_forward": {"piped_forward"},
}  # fmt: skip
"""What else a flaw leads to."""


@pytest.mark.parametrize(("definition", "place", "code"), FLAWS, ids=[f"{one[2]} {one[1]}" for one in FLAWS])
def test_a_flaw_is_told_where_it_is(definition: Any, place: str, code: str) -> None:
    found = [(one.place, one.what.code) for one in check(definition) if one.level == "error"]
    assert found[0] == (place, code)
    assert {one for _, one in found[1:]} <= FOLLOWS.get(code, set())
    with pytest.raises(BadInput, match="the survey cannot be asked") as caught:
        Survey.load(definition)
    assert caught.value.values["flaw"] == check(definition)[0].what


WARNINGS = [
    (changed("thanks", {"zh": "谢谢", "en": "Thanks", "fr": "Merci"}), "thanks.fr", "language_extra"),
    (changed("anonymous", True), "pages[1].questions[1]", "anonymous_consent"),
    (changed("pages.0.questions.1.show_if", "nps = 11 or nps < 3"), "pages[0].questions[1].show_if", "no_value"),
]


@pytest.mark.parametrize(("definition", "place", "code"), WARNINGS, ids=[one[2] for one in WARNINGS])
def test_a_warning_lets_the_survey_be_asked(definition: Any, place: str, code: str) -> None:
    assert [(one.place, one.what.code, one.level) for one in check(definition)] == [(place, code, "warning")]
    assert Survey.load(definition).to_dict() == definition


def test_what_may_be_hidden_may_be_missing() -> None:
    hidden = changed("pages.0.questions.1.required", True)
    hidden["pages"][1]["show_if"] = "why is null"
    assert check(hidden) == (), "it is required only where it is shown"


def test_what_was_meant_is_told() -> None:
    [flaw] = check(changed("pages.1.show_if", "best.fats = true"))
    assert flaw.text("en") == "no part of an answer is called 'best.fats'; did you mean 'best.fast'?"
    assert flaw.text("zh") == "答案中没有“best.fats”这一部分；是不是“best.fast”？"


def test_the_published_schema_is_the_codes() -> None:
    published = json.loads((ROOT / "src/lvtu/voice/surveys/survey.schema.json").read_text(encoding="utf-8"))
    assert published == schema(), "run `lvtu survey schema > src/lvtu/voice/surveys/survey.schema.json`"
    jsonschema.Draft202012Validator.check_schema(published)
    jsonschema.validate(SURVEY, published)
    for definition, _, code in FLAWS:
        if code in ("lacks", "unknown_name", "unknown_kind", "bad_key", "bad_language", "malformed"):
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate(definition, published)


def test_a_survey_is_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(SURVEY), encoding="utf-8")
    assert Survey.load(tmp_path / "a.json") == Survey.load(SURVEY) == Survey.load(Survey.load(SURVEY))
    with pytest.raises(BadInput, match="no survey file"):
        Survey.load(tmp_path / "b.json")


ANSWERS = {"nps": 3, "why": "Zwei Stunden", "best": [{"other": "Chat"}, "fast"], "ease": 2, "mail": False}


def test_a_response_becomes_events() -> None:
    judged = evaluate(Survey.load(SURVEY), ANSWERS)
    told = Response("r1", "2026-05-01T10:00:00+08:00", language="de", weight=2.5)
    events = events_of(judged, told, Respondent("ann", "d1", {"email": "a@b.cn"}))
    brief = [(e["event"], e.get("score"), e.get("scale"), e.get("text"), e.get("language")) for e in events]
    assert brief == [
        ("Recommendation Given", 3, "nps", None, None),
        ("Comment Given", None, None, "Zwei Stunden", "de"),
        ("Question Answered", None, None, "Chat", "de"),
        ("Effort Rated", 2, "effort7", None, None),
        ("Consent Answered", None, None, None, None),
        ("Survey Completed", None, None, None, None),
    ]
    assert [e["properties"].get("touchpoint") for e in events] == [*["delivery"] * 3, "doorstep", *["delivery"] * 2]
    assert events[2]["properties"]["answer"] == ["fast", "other"], "in the order of the options"
    assert events[3]["properties"]["wording"] == "effort"
    assert [(one.category, one.given) for one in stated(events[4]["properties"], False)] == [("marketing", False)]
    for event in events:
        assert event["time"] == "2026-05-01T02:00:00+00:00"
        assert (event["user_id"], event["channel"], event["weight"]) == ("ann", "sms", 2.5)
        assert event["properties"]["response"] == "r1"


def test_each_part_of_an_answer_is_an_event_of_its_own() -> None:
    items = [{"key": "a", "text": NAMED, "dimension": "assurance"}, {"key": "b", "text": NAMED, "dimension": "empathy"}]
    questions = [
        {"key": "sq", "kind": "servqual", "title": NAMED, "items": items},
        {"key": "mx", "kind": "matrix", "title": NAMED, "rows": OPTIONS, "points": 5, "named_scale": "clean5"},
        {"key": "ch", "kind": "matrix", "title": NAMED, "rows": OPTIONS, "columns": OPTIONS},
        {"key": "kn", "kind": "kano", "title": NAMED, "functional": NAMED, "dysfunctional": NAMED},
    ]
    survey = Survey.load({"key": "parts", "title": NAMED, "pages": [{"questions": questions}]})
    answers = {
        "sq": {"b": {"perception": 5, "expectation": 7}, "a": {"perception": 6}},
        "mx": {"cheap": 4},
        "ch": {"fast": "cheap"},
        "kn": {"functional": "like", "dysfunctional": "live_with"},
    }
    *events, done = events_of(evaluate(survey, answers), Response("r", "2026-05-01"))
    brief = [(e["event"], e.get("score"), e.get("scale")) for e in events]
    assert brief == [
        *[("Service Quality Rated", score, "servqual7") for score in (6, 7, 5)],
        ("Rating Given", 4, "clean5"), ("Question Answered", None, None), ("Feature Judged", None, None),
    ]  # fmt: skip
    of = [{k: e["properties"][k] for k in ("item", "dimension", "side")} for e in events[:3]]
    assert [tuple(one.values()) for one in of] == [
        ("a", "assurance", "perception"), ("b", "empathy", "expectation"), ("b", "empathy", "perception"),
    ]  # fmt: skip
    assert events[4]["properties"]["answer"] == "cheap" and events[4]["properties"]["row"] == "fast"
    assert len({e["message_id"] for e in [*events, done]}) == 7


def test_nobody_is_named_by_an_anonymous_survey() -> None:
    survey = Survey.load({**SURVEY, "anonymous": True})
    who = Respondent("ann-lee", "device-7", {"email": "a@b.cn"})
    events = events_of(evaluate(survey, {"nps": 9}), Response("response-1", "2026-05-01"), who)
    text = json.dumps(events)
    assert not [name for name in ("ann-lee", "device-7", "a@b.cn", "response-1") if name in text]
    assert {e["anonymous_id"][:4] for e in events} == {"row:"}
    named = events_of(evaluate(Survey.load(SURVEY), {"nps": 9}), Response("response-1", "2026-05-01"), who)
    assert {e["identifiers"]["email"] for e in named} == {"a@b.cn"}


def test_answers_that_do_not_stand_become_nothing() -> None:
    survey = Survey.load(SURVEY)
    with pytest.raises(BadInput, match="nps: '11' is outside 0…10"):
        events_of(evaluate(survey, {"nps": 11}), Response("r", "2026-05-01"))
    with pytest.raises(BadInput, match="needs an id"):
        Response(" ", "2026-05-01")
    for weight in (0, -1, float("nan"), float("inf")):
        with pytest.raises(BadInput, match="a weight"):
            Response("r", "2026-05-01", weight=weight)


def test_responses_are_counted_once(tmp_path: Path) -> None:
    survey = Survey.load(SURVEY)
    scores = [10, 9, 9, 8, 7, 3]
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        for _ in range(2):
            for number, score in enumerate(scores):
                judged = evaluate(survey, {"nps": score, "best": ["fast"], "ease": 1})
                report = ws.append(events_of(judged, Response(f"r{number}", "2026-05-01"), Respondent(f"c{number}")))
                assert report.rejected == 0
        rows = ws.sql("select score, scale from events where event = 'Recommendation Given'").to_pylist()
        assert sorted(row["score"] for row in rows) == sorted(scores), "a repeat is dropped"
        assert {row["scale"] for row in rows} == {"nps"}
        promoters, detractors = sum(row["score"] >= 9 for row in rows), sum(row["score"] <= 6 for row in rows)
        assert 100 * (promoters - detractors) / len(rows) == pytest.approx(33.33, abs=0.01)
        done = ws.sql("select count(*) as n from events where event = 'Survey Completed'").to_pylist()
        assert done == [{"n": 6}]


def test_the_order_is_each_responses_own() -> None:
    options = [{"key": key, "text": NAMED, "fixed": key == "d"} for key in "abcd"]
    question = {"key": "q", "kind": "single", "title": NAMED, "options": options, "shuffle": True}
    page = {"shuffle": True, "questions": [question, {"key": "r", "kind": "nps", "title": NAMED}]}
    survey = Survey.load({"key": "mixed", "title": NAMED, "pages": [page]})
    [single, _] = survey.questions()
    orders = ["".join(one.key for one in options_of(survey, single, f"r{n}")) for n in range(300)]  # type: ignore[arg-type]
    assert orders == ["".join(one.key for one in options_of(survey, single, f"r{n}")) for n in range(300)]  # type: ignore[arg-type]
    assert set(orders) == {"abcd", "acbd", "bacd", "bcad", "cabd", "cbad"}, "every order but of what is fixed"
    assert min(orders.count(one) for one in set(orders)) > 25
    firsts = {pages_of(survey, f"r{n}")[0][1][0].key for n in range(20)}
    assert firsts == {"q", "r"}


def test_a_sheet_repeats_answers_as_people_read_them() -> None:
    options = [{"key": "fast", "text": {"zh": "快", "en": "Fast"}}, {"key": "b", "text": {"zh": "好", "en": "Good"}}]
    questions = [
        {"key": "a", "kind": "multi", "title": NAMED, "options": options, "other": True},
        {"key": "b", "kind": "text", "title": {"zh": "为什么是{a}？", "en": "Why {a}?"}},
        {"key": "c", "kind": "nps", "title": {"zh": "{b}", "en": "{b} {{a}}"}, "show_if": "b is not null"},
        {"key": "d", "kind": "single", "title": NAMED, "options": options, "shuffle": True},
    ]
    survey = Survey.load({"key": "s", "title": NAMED, "pages": [{"title": NAMED, "questions": questions}]})

    def titles(answers: Any, language: str | None) -> list[str]:
        [page] = sheet(evaluate(survey, answers), "r1", language)
        return [one["title"] for one in page["questions"]][1:3]

    assert titles({"a": ["b", {"other": "{b}"}, "fast"]}, None) == ["为什么是快、好、{b}？", "题"]
    assert titles({"a": ["fast", "b"], "b": "<b>{a}</b>"}, "en") == ["Why Fast, Good?", "<b>{a}</b> {Fast, Good}"]
    assert titles({}, "en") == ["Why —?", "Ask"]
    orders = {
        tuple(one["key"] for one in sheet(evaluate(survey, {}), f"r{n}")[0]["questions"][-1]["options"])
        for n in range(20)
    }
    assert orders == {("fast", "b"), ("b", "fast")}
