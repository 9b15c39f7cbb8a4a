"""Forms against the specs that they are made from."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from lvtu.analyses.base import make
from lvtu.analyses.forms import Form, FormField, Kind, forms
from lvtu.analyses.registry import REGISTRY
from lvtu.core.words import LANGS, Lang, words

CHINESE = re.compile("[一-鿿]")


@pytest.mark.parametrize("lang", LANGS)
def test_every_field_of_every_analysis_has_its_words(lang: Lang) -> None:
    found = forms(lang)
    assert [form.name for form in found] == list(REGISTRY)
    for form in found:
        spec = REGISTRY[form.name].spec
        assert {field.name for field in form.fields} == set(spec.model_fields)
        for field in every(form.fields):
            assert field.title and field.help.endswith(("。", "."))
            said = [field.title, field.help, *(one.title for one in field.choices or ())]
            own = {"Mixpanel", "PostHog", "Google Analytics 4"}
            assert lang == "en" or all(CHINESE.search(one) or one in own for one in said), (form.name, said)
            assert lang == "zh" or not any(CHINESE.search(one) for one in said), (form.name, said)


def test_no_words_of_fields_are_left_over() -> None:
    shared, own = set(), set()
    for form in forms("en"):
        for of, field in [(form.name, one) for one in form.fields] + [
            (str(one.kind), inner) for one in form.fields for inner in one.item or ()
        ]:
            for part in ("title", "help", *(f"choices.{one.value}" for one in field.choices or ())):
                mine = f"fields_of.{of}.{field.name}.{part}"
                (own if mine in words("en") else shared).add(
                    mine if mine in words("en") else f"fields.{field.name}.{part}"
                )
    there = {key for key in words("en") if key.startswith(("fields.", "fields_of."))}
    assert there - shared - own == set()


def every(fields: list[FormField]) -> list[FormField]:
    return [*fields, *(inner for field in fields for inner in field.item or ())]


def of(name: str) -> dict[str, FormField]:
    form: Form = next(one for one in forms("en") if one.name == name)
    return {field.name: field for field in form.fields}


def test_a_form_says_what_its_spec_takes() -> None:
    funnel = of("funnel")
    assert (funnel["steps"].kind, funnel["steps"].required, funnel["steps"].many) == ("steps", True, True)
    assert (funnel["steps"].least, funnel["steps"].most) == (1, 16)
    assert [field.name for field in funnel["steps"].item or ()] == ["event", "where", "name", "within", "optional"]
    assert (funnel["within"].kind, funnel["within"].default, funnel["within"].group) == ("duration", None, "when")
    assert (funnel["session_gap"].default, funnel["session_gap"].group) == ("30m", "rules")
    assert [one.value for one in funnel["entry"].choices or ()] == ["any", "first", "latest", "each"]
    assert (funnel["by"].kind, funnel["by"].group) == ("field", "split")
    assert of("graph")["by"].group == "what"
    assert of("flow")["start"].kind == "place"
    assert (of("attribution")["model"].kind, of("attribution")["model"].many) == ("choice", True)
    assert len(of("attribution")["model"].choices or ()) == 8
    assert (of("retention")["periods"].kind, of("retention")["periods"].most) == ("number", 1000)
    assert of("metric")["name"].kind == "metric"
    kinds = {field.kind for form in forms("en") for field in every(form.fields)}
    assert kinds == set(get_args(Kind))


def test_what_must_be_given_stands_first_and_rules_last() -> None:
    for form in forms("zh"):
        groups = [field.group for field in form.fields]
        assert groups == sorted(groups, key=("what", "who", "when", "split", "rules").index)


CHANGE = {"key": "m", "title": "M", "stages": [{"key": "a", "name": "A", "entry": "A"}]}
NEEDED = {
    "steps": ["A"], "customer": "ann", "pairs": [{"source": "A", "target": "B", "within": "1d"}], "goal": "A",
    "name": "conversion", "condition": "did A", "segments": ["did A", "did B"], "event": "A", "segment": "did A",
    "change": CHANGE, "outcome": "nps",
}  # fmt: skip


def test_the_defaults_of_a_form_are_those_of_the_spec() -> None:
    for form in forms("en"):
        spec = REGISTRY[form.name].spec
        given = {field.name: NEEDED[field.name] for field in form.fields if field.required}
        given |= {"order": ["A"]} if form.name == "conformance" else {}
        filled = {field.name: field.default for field in form.fields} | given
        assert make(spec, filled) == make(spec, given), form.name
