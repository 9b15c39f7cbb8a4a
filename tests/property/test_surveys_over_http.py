"""Whatever is answered over HTTP, what stands is what the plain twin of the evaluator says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import lvtu
from lvtu.collect import validate_events
from lvtu.service.surveys.answering import records_of
from lvtu.voice.surveys import Respondent, Response, Survey, check, evaluate, events_of, opened_of
from naive import surveys as naive
from parts import examples
from property.survey_strategies import definitions, nearly
from service.inprocess import InProcess, serving

DEFINITIONS = definitions()
NUMBERS = count()


HALF = re.compile("[\ud800-\udfff]")
"""Half a character of two halves."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    home = tmp_path_factory.mktemp("home")
    lvtu.open(home / "shop").close()
    with serving(home) as app:
        yield app


@settings(max_examples=examples(60), deadline=None)
@given(st.data(), DEFINITIONS)
def test_records_are_what_reading_the_events_gives(data: st.DataObject, definition: dict[str, Any]) -> None:
    assume(not [one for one in check(definition) if one.level == "error"])
    survey = Survey.load(definition)
    judged = evaluate(survey, evaluate(survey, data.draw(nearly(definition))).answers)
    assume(not judged.wrong)
    came = datetime(2026, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)
    who = data.draw(st.sampled_from([None, Respondent("ann", "d1", {"email": "a@x.example"}), Respondent(None, "d1")]))
    given = Response("r-1", came, language="zh", channel="sms", weight=1.25, touchpoint="门", more={"order": "17"})
    events = [opened_of(judged.survey, given, who), *events_of(judged, given, who, left=not judged.accepted)]
    read, refused = validate_events([one | {"received_at": came.isoformat()} for one in events])
    assert refused == []
    direct = records_of(events, came)
    assert direct.schema == read.schema
    for left, right in zip(direct.to_pylist(), read.to_pylist(), strict=True):
        assert json.loads(left.pop("properties")) == json.loads(right.pop("properties"))
        assert left == right


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), DEFINITIONS)
def test_what_stands_is_what_the_twin_says(app: InProcess, data: st.DataObject, definition: dict[str, Any]) -> None:
    assume(not [one for one in check(definition) if one.level == "error"])
    answers = data.draw(nearly(definition))
    assume("NaN" not in (text := json.dumps(answers)) and "Infinity" not in text)  # they cannot be sent
    served = app.home.named("shop")
    assert served is not None
    made = app.catalog.surveys.add(
        served.id, f"s{next(NUMBERS)}", definition | {"key": f"s{next(NUMBERS)}"}, {}, author=None
    )
    app.catalog.surveys.publish(served.id, made.id, editor=None)
    body = json.dumps({"response": "response-1", "answers": answers})  # half a character goes as its escape
    headers = {"Content-Type": "application/json"}
    answer = app.client().post(f"/v1/surveys/{made.link}/responses", content=body, headers=headers)
    accepted, shown = naive.judge(definition, answers)
    files = {one["key"] for page in definition["pages"] for one in page["questions"] if one["kind"] == "file"}
    accepted = accepted and not any(answers.get(key) for key in files & set(shown))  # no file was ever sent
    # A reader of JSON may stop at half a character.
    refused = (400, 422) if HALF.search(json.dumps(answers, ensure_ascii=False)) else (422,)
    assert answer.status_code in ((200,) if accepted else refused), answer.text
    kept = served.workspace.sql(
        f"select count(*) as n from events where source = 'survey:{made.draft['key']}' and event <> 'Survey Opened'"
    )["n"][0].as_py()
    assert (kept > 0) == accepted
