"""Whatever is sent that fits the OpenAPI document, no address answers with an error of its own.

Every address of the document is asked, so that new ones come by themselves.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from contract.cases import ugly, workspace
from contract.questions import MODEL
from service.asking import Asker, asking

DOCUMENT = json.loads((Path(__file__).parents[2] / "web" / "openapi.json").read_text(encoding="utf-8"))
EXAMPLES = 5

APART = {
    ("get", "/api/w/{workspace}/live"), ("delete", "/api/session"), ("get", "/readyz"), ("post", "/v1/{kind}"),
}  # fmt: skip
"""What does not end by itself, signs the asker out, or is tested by sending (events); nothing else is left out."""

OWN = ("analyses", "names")
"""Tags whose addresses name every status that they answer with."""

OPERATIONS = [
    (method, path)
    for path, methods in DOCUMENT["paths"].items()
    for method in methods
    if (method, path) not in APART
]  # fmt: skip

LIKELY: dict[str, tuple[Any, ...]] = {
    "event": ("A", "B", None, ["A", "C"]), "start": ("A", "B"), "end": ("C", None), "back": ("B", None),
    "goal": ("B", ["A", "B"]), "by": ("channel", "plan", "event", "stage", "identifiers"), "zone": ("UTC", "Asia/Shanghai"),  # noqa: E501
    "where": (None, "channel = 'web'", "value > 1", "did A"), "event_where": (None, "plan = 'p'"),
    "condition": ("did A at least 2 times", "A then B", "channel ="), "segment": ("did B", "lifecycle:new", "VIP"),
    "since": (None, "2026-01-01", "9999-12-31"), "until": (None, "2027-01-01"), "model": (None, "shop"), "journey": (None, "shop"),  # noqa: E501
    "within": (None, "1m"), "customer": ("c1", "nobody"), "name": ("m", "conversion"), "lookback": (None, "7d"),
    "session_gap": ("30m", "1m"), "silent": (None, "1m"), "half_life": ("7d",), "source": ("A",), "target": ("B",),
    "place": ("A", "B"), "search": ("", "a"), "moment": (None, "2026-01-01"), "position": ("40/20/40",),
    "start_where": (None,), "end_where": (None,), "back_where": (None,),
}  # fmt: skip
"""Values that mean something in the workspace, by the name of the field: mere noise is refused at the door."""


def likely(value: Any, dice: random.Random, name: str = "") -> Any:
    """What was drawn, with values that mean something for most of those that would not."""
    if name in LIKELY and dice.random() < 0.8:
        return dice.choice(LIKELY[name])
    if isinstance(value, dict):
        return {key: likely(one, dice, key) for key, one in value.items()}
    return [likely(one, dice) for one in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    folder = tmp_path_factory.mktemp("home")
    with workspace(folder / "shop", ugly(3, 30)) as ws:
        ws.save_model(MODEL)
        ws.save_metric({"key": "m", "title": "M", "of": {"events": "B"}, "per": {"events": "A"}})
        ws.save_segment("VIP", "did A")
    with asking(folder, "shop") as asker:
        yield asker


@pytest.fixture(scope="module")
def schema() -> Any:
    import schemathesis

    return schemathesis.openapi.from_dict(DOCUMENT)


def test_nothing_is_left_out_by_an_old_name() -> None:
    assert {(method, path) for path, methods in DOCUMENT["paths"].items() for method in methods} >= APART


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_nothing_breaks(shop: Asker, schema: Any, method: str, path: str) -> None:
    operation = schema[path][method]
    documented = {int(status) for status in DOCUMENT["paths"][path][method]["responses"]}
    strict = set(OWN) & set(DOCUMENT["paths"][path][method].get("tags", ()))

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate], derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        dice = random.Random(repr(case.body))
        named = {**case.path_parameters, **({"workspace": "shop"} if "{workspace}" in path else {})}
        if "analysis" in named:
            named["analysis"] = dice.choice(("funnel", "graph", "stages", "trend"))
        address = path
        for name, value in named.items():
            address = re.sub(rf"\{{{name}(:path)?\}}", re.sub(r"[^\w@.-]", "_", str(value)) or "_", address)
        body = likely(case.body, dice) if isinstance(case.body, dict) else None
        query = {name: one for name, one in (case.query or {}).items() if name not in ("token",)}
        answer = shop.http.request(method.upper(), address, params=query, json=body)
        assert answer.status_code < 500, (address, query, body, answer.text)
        assert not strict or answer.status_code in documented, (address, query, body, answer.text)

    send()
