"""The OpenAPI document: as committed, and in itself complete."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lvtu.analyses.registry import REGISTRY
from lvtu.service.openapi import text

COMMITTED = Path(__file__).parents[2] / "web" / "openapi.json"


def test_the_committed_document_is_current() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == text(), "python -m lvtu.service.openapi > web/openapi.json"


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for one in part.values():
            yield from references(one)
    elif isinstance(part, list):
        for one in part:
            yield from references(one)


def test_whatever_it_refers_to_is_there() -> None:
    found = json.loads(COMMITTED.read_text(encoding="utf-8"))
    schemas = found["components"]["schemas"]
    assert {one.removeprefix("#/components/schemas/") for one in references(found)} <= set(schemas)
    assert found["openapi"].startswith("3.1")


def test_every_analysis_has_an_address_with_its_own_question() -> None:
    found = json.loads(COMMITTED.read_text(encoding="utf-8"))
    for name in REGISTRY:
        asked = found["paths"][f"/api/w/{{workspace}}/analyses/{name}"]["post"]
        schema = asked["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert schema.startswith(REGISTRY[name].spec.__name__)
        properties = found["components"]["schemas"][schema]["properties"]
        assert set(properties) == set(REGISTRY[name].spec.model_fields)
        assert asked["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith("/Answer")
