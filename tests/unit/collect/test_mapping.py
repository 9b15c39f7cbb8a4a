"""The mapping document: what it accepts, what it refuses and how it says so."""

import pytest

from lvtu.collect import Mapping
from lvtu.errors import BadInput, UnknownName

FULL = """
source: shop
fields:
  user_id: Email
  time: {column: [Day, Hour], format: "%d/%m/%Y %H:%M", zone: Europe/London}
  event: {constant: Order Placed}
  channel: {column: via, map: {1: web, 2: store, "*": other}, default: unknown}
  score: null
identifiers: {phone: Mobile}
properties: {colour: Colour}
types: {Zip: text}
where: {column: Status, not: [void]}
events:
  - {event: Food Rated, score: Q1, scale: {constant: csat5}, when: {column: Q1, not: [0, 6]}}
zone: Asia/Shanghai
time_basis: day
null: ["", "-"]
delimiter: ";"
encoding: gb18030
header: [a, b]
skip: 1
"""


def test_a_full_document_survives_yaml(tmp_path):
    mapping = Mapping.load(FULL)
    assert Mapping.load(mapping.to_yaml()) == mapping
    path = tmp_path / "m.yaml"
    path.write_text(mapping.to_yaml(), encoding="utf-8")
    assert Mapping.load(path) == Mapping.load(str(path)) == mapping


def test_numbers_and_dates_in_yaml_mean_their_text():
    mapping = Mapping.load("fields: {channel: {column: via, map: {1: web}}, time: {constant: 2026-01-31}}")
    assert mapping.fields["channel"].map == {"1": "web"}
    assert mapping.fields["time"].constant == "2026-01-31"
    assert Mapping.load(FULL).events[0].when[0].not_ == ("0", "6")


@pytest.mark.parametrize(
    ("document", "kind", "hint"),
    [
        ({"feilds": {}}, "mapping key", "fields"),
        ({"fields": {"usr_id": "a"}}, "field", "user_id"),
        ({"fields": {"time": {"colum": "a"}}}, "mapping key", "column"),
        ({"identifiers": {"email": {"colum": "a"}}}, "mapping key", "column"),
        ({"events": [{"event": "A", "scor": "b"}]}, "field", "score"),
    ],
)
def test_unknown_keys_are_errors_with_a_suggestion(document, kind, hint):
    with pytest.raises(UnknownName) as error:
        Mapping.load(document)
    assert f"unknown {kind}" in str(error.value)
    assert f"did you mean '{hint}'" in str(error.value)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"zone": "Mars/Base"}, "no time zone"),
        ({"encoding": "utf-99"}, "no encoding"),
        ({"fields": {"time": {"column": "a", "constant": "b"}}}, "either a column or a constant"),
        ({"fields": {"time": {"column": "a", "unit": "h"}}}, "unit"),
        ("missing.yaml", "no mapping"),
        ("fields: [", "neither YAML nor JSON"),
        ([1], "keys and values"),
    ],
)
def test_wrong_documents_say_where(document, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match=words):
        Mapping.load(document)


def test_ready_names():
    assert [Mapping.load(name).shape for name in ("segment", "ga4", "mixpanel")] == ["segment", "ga4", "mixpanel"]
