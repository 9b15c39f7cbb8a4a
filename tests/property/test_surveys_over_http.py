"""Whatever is answered over HTTP, what stands is what the plain twin of the evaluator says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import lvtu
from lvtu.voice.surveys import check
from naive import surveys as naive
from property.survey_strategies import definitions, nearly
from service.inprocess import InProcess, serving

DEFINITIONS = definitions()
NUMBERS = count()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    home = tmp_path_factory.mktemp("home")
    lvtu.open(home / "shop").close()
    with serving(home) as app:
        yield app


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), DEFINITIONS)
def test_what_stands_is_what_the_twin_says(app: InProcess, data: st.DataObject, definition: dict[str, Any]) -> None:
    assume(not [one for one in check(definition) if one.level == "error"])
    answers = data.draw(nearly(definition))
    served = app.home.named("shop")
    assert served is not None
    made = app.catalog.surveys.add(
        served.id, f"s{next(NUMBERS)}", definition | {"key": f"s{next(NUMBERS)}"}, {}, author=None
    )
    app.catalog.surveys.publish(served.id, made.id, editor=None)
    body = {"response": "response-1", "answers": answers}
    answer = app.client().post(f"/v1/surveys/{made.link}/responses", json=body)
    accepted, _ = naive.judge(definition, answers)
    assert answer.status_code == (200 if accepted else 422), answer.text
    kept = served.workspace.sql(
        f"select count(*) as n from events where source = 'survey:{made.draft['key']}' and event <> 'Survey Opened'"
    )["n"][0].as_py()
    assert (kept > 0) == accepted
