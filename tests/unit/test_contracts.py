"""Contracts: which properties break them, how they are kept, and what is learned from what came."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.core.contracts import Check, Contract, learned
from lvtu.errors import BadInput, UnknownName


def troubles(given: dict[str, Any], **contract: Any) -> list[tuple[str, str]]:
    check = Check(Contract.load({"event": "Paid", **contract}))
    return [(one.property, one.reason.code) for one in check(given)]


VALUES = {"string": ["", "x"], "integer": [0, -3, 2**60, 4.0], "number": [1.5], "boolean": [True, False],
          "object": [{}, {"a": 1}], "array": [[], [1]]}  # fmt: skip


@pytest.mark.parametrize("kind", VALUES)
def test_types_are_those_of_json_schema(kind: str) -> None:
    for other, values in VALUES.items():
        fits = kind == other or (kind, other) == ("number", "integer")
        for value in values:
            found = troubles({"a": value}, properties={"a": {"type": kind}})
            assert found == ([] if fits else [("a", "of_type")]), (kind, value)


def test_several_types_and_none() -> None:
    either = {"a": {"type": ["string", "integer"]}}
    assert troubles({"a": "x"}, properties=either) == troubles({"a": 1}, properties=either) == []
    assert troubles({"a": 1.5}, properties=either) == [("a", "of_type")]
    assert troubles({"a": object}, properties={"a": {}}) == []


def test_what_is_null_is_missing() -> None:
    assert troubles({"a": None}, properties={"a": {"type": "string", "enum": ["x"]}}) == []
    assert troubles({"a": None}, required=["a", "b"]) == [("a", "missing"), ("b", "missing")]
    assert troubles({"a": "", "b": 0}, required=["a", "b"]) == []


def test_allowed_values_tell_true_from_one() -> None:
    one_of = {"a": {"enum": [1, "true", "x"]}}
    assert [troubles({"a": value}, properties=one_of) for value in (1, 1.0, "true", "x")] == [[]] * 4
    for value in (True, "1", 2, [1], {"x": 1}, "y" * 500):
        assert troubles({"a": value}, properties=one_of) == [("a", "not_allowed")]
    assert troubles({"a": False}, properties={"a": {"enum": [True, 0]}}) == [("a", "not_allowed")]


def test_a_property_is_told_once() -> None:
    wanted = {"a": {"type": "string", "enum": ["x"]}, "b": {"type": "number"}}
    assert troubles({"a": 1, "b": "1"}, properties=wanted) == [("a", "of_type"), ("b", "of_type")]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"event": ""}, "bad_document"),
        ({"event": "E", "mode": "maybe"}, "bad_document"),
        ({"event": "E", "properties": {"a": {"type": "text"}}}, "bad_document"),
        ({"event": "E", "properties": {"a": {"enum": []}}}, "bad_document"),
        ({"event": "E", "properties": {"a": {"type": "integer", "enum": [1, 1.5]}}}, "enum_of_type"),
        ({"event": "E", "properties": {"a": {"type": "number", "enum": [True]}}}, "enum_of_type"),
        ({"mode": "warn"}, "document_lacks"),
        ({"event": "E", "propertys": {}}, "unknown_contract_key"),
        ({"event": "E", "properties": {"a": {"minimum": 3}}}, "unknown_property_key"),
    ],
)
def test_what_is_no_contract(document: dict[str, Any], code: str) -> None:
    with pytest.raises(BadInput) as told:
        Contract.load(document)
    assert told.value.code == code
    assert told.value.problem()["what"]


def test_every_save_is_a_version(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w") as ws:
        assert ws.contracts.list() == []
        first = ws.contracts.save({"event": "Paid", "mode": "warn", "required": ["total"]})
        file = tmp_path / "contract.yaml"
        file.write_text(first.to_yaml().replace("warn", "enforce"), encoding="utf-8")
        second = ws.contracts.save(file)
        assert (first.version, second.version) == (1, 2)
        assert [one.mode for one in (ws.contracts.get("Paid"), ws.contracts.get("Paid", 1))] == ["enforce", "warn"]
        ws.contracts.save("event: Order Completed\nproperties: {total: {type: number}}")
        assert [one.event for one in ws.contracts.list()] == ["Order Completed", "Paid"]
        with pytest.raises(UnknownName, match="did you mean 'Paid'"):
            ws.contracts.get("paid")
        with pytest.raises(BadInput, match="version"):
            ws.contracts.get("Paid", 9)


def test_the_schema_it_publishes() -> None:
    contract = Contract.load({"event": "Paid", "required": ["a"],
                              "properties": {"a": {"enum": ["x", "y"]}, "b": {"type": "integer"}}})  # fmt: skip
    schema = contract.json_schema()
    assert schema["properties"] == {"a": {"enum": ["x", "y"]}, "b": {"type": ["integer", "null"]}}
    assert (schema["title"], schema["required"]) == ("Paid", ["a"])
    json.dumps(schema)


def test_what_is_learned(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w") as ws:
        events = [
            {"event": "Ship's Log", "user_id": f"c{n}", "time": f"2026-01-01T00:00:{n:02d}", "id": f"o{n}",
             "n": n, "price": n * 0.5, "way": ["air", "sea"][n % 2], "flag": n > 3, **({"tip": 1} if n % 2 else {})}
            for n in range(40)
        ]  # fmt: skip
        ws.append(events)
        ws.append([{"event": "Other", "user_id": "c", "time": "2026-01-01", "x": 1}])
        found = ws.contracts.learn("Ship's Log")
        assert found.mode == "observe"
        assert found.required == ("flag", "id", "n", "price", "way")
        assert {name: one.type for name, one in found.properties.items()} == {
            "flag": ("boolean",), "id": ("string",), "n": ("integer",), "price": ("number",), "tip": ("integer",),
            "way": ("string",),
        }  # fmt: skip
        assert {name: one.enum for name, one in found.properties.items() if one.enum} == {"way": ("air", "sea")}
        check = Check(found)
        kept = [
            json.loads(text)
            for text in ws.sql("SELECT properties FROM events WHERE event != 'Other'")["properties"].to_pylist()
        ]
        assert [check(properties) for properties in kept] == [[]] * 40
        with pytest.raises(UnknownName, match="Ship's Log"):
            ws.contracts.learn("Ships Log")


def test_few_events_make_no_rule() -> None:
    found = learned("Paid", [{"a": "x"}] * 19)
    assert (found.required, found.properties["a"].type, found.properties["a"].enum) == ((), ("string",), ("x",))
    assert learned("Paid", [{"a": "x"}] * 9).properties["a"].enum is None
    assert learned("Paid", [{"a": "x"}] * 20 + [{"a": None}]).required == ()
