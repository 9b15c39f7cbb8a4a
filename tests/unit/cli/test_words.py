"""Both languages say everything, with the same values, and know every sentence they translate."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from lvtu.analyses import REGISTRY
from lvtu.cli import main
from lvtu.cli.group import DATA
from lvtu.core.sentences import Cause, Note, Reason
from lvtu.core.words import LANGS, language, say, words
from lvtu.errors import BadInput, LvtuError, UnknownName
from lvtu.service import app, problems


def test_both_languages_have_the_same_keys() -> None:
    alone = set(words("zh")) ^ set(words("en"))
    assert {key for key in alone if not key.endswith("_one")} == set(), "only a singular may be of one language"


def test_both_languages_use_the_same_values() -> None:
    told = {key: [placeholders(words(lang).get(key, words("en")[key])) for lang in LANGS] for key in words("en")}
    assert {key: said for key, said in told.items() if said[0] != said[1]} == {}
    empty = {key for lang in LANGS for key in words("en") if not words(lang).get(key, "-").strip()}
    assert empty == {"units.gap", "problem.space", "survey_form.between_sentences"}


def test_a_singular_says_the_same_as_its_plural() -> None:
    singular = {key: placeholders(text) for key, text in words("en").items() if key.endswith("_one")}
    plural = {key: placeholders(words("en")[key.removesuffix("_one")]) for key in singular}
    assert singular and {key: said for key, said in singular.items() if not said <= plural[key]} == {}


def test_an_apostrophe_is_curved_and_a_straight_quote_is_code() -> None:
    quoted = re.compile(r"(?<!\w)'[^']*'(?!\w)")
    straight = {key for key, text in words("en").items() if "'" in quoted.sub("", text)}
    assert straight == set()
    shown = [
        f"{lang} {key}" for lang in LANGS for key, text in words(lang).items() if key.startswith("web.") and '"' in text
    ]
    assert shown == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_text_can_be_filled_in(lang: Any) -> None:
    for key, text in words(lang).items():
        assert "{" not in text.format(**dict.fromkeys(placeholders(text), "x")) or "{{" in text, key


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+)\}", text))


def test_every_command_has_a_purpose() -> None:
    analyses = [key.removeprefix("analyses.") for key in words("en") if key.startswith("analyses.")]
    assert sorted(analyses) == sorted(REGISTRY), "an analysis needs its words, and nothing else does"
    commands = [key.removeprefix("commands.") for key in words("en") if key.startswith("commands.")]
    assert sorted(commands) == sorted(DATA)
    assert main.name == "lvtu"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LVTU_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        ({"LVTU_LANG": "zh", "LC_ALL": "C"}, "zh"),
        ({"LC_ALL": "zh_TW.UTF-8", "LANG": "en_GB.UTF-8"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_environments(environ: Mapping[str, str], expected: str) -> None:
    assert language(environ) == expected


def below(kind: type) -> set[type]:
    """Every class below a class."""
    return {one for child in kind.__subclasses__() for one in (child, *below(child))}


GROUPS = {
    "Note": "notes",
    "Reason": "reasons",
    "Hint": "hints",
    "Term": "terms",
    "Cause": "causes",
    "Refusal": "survey_refusals",
    "Flaw": "survey_flaws",
    "Advice": "survey_advice",
    "Left": "survey_left",
}
ERRORS = {"LvtuError", *(one.__name__ for one in below(LvtuError))}
assert app.DOMAINS and problems.Unavailable.__name__ in ERRORS  # those of the service are there once it is loaded
COUNTED = ("customers", "sessions", "totals")


@cache
def made() -> list[tuple[str, set[str] | None]]:
    """Every sentence that the code makes, by its key in the words; the names of its values where they are told."""
    found: list[tuple[str, set[str] | None]] = []
    for path in sorted((Path(__file__).parents[3] / "src" / "lvtu").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                found += sentences(node, node.func.id)
    return found


def sentences(node: ast.Call, name: str) -> list[tuple[str, set[str] | None]]:
    """The sentences that a call makes, if it makes any."""
    names = {word.arg for word in node.keywords if word.arg not in ("known", "try_")}
    told = None if None in names else {name for name in names if name}
    if name in ("UnknownName", "NotFound"):
        return [
            (f"errors.unknown_{kind}", told if told is None else {*told, "name"})
            for kind in codes(node.args[0], "errors.unknown_")
        ]
    if name in ERRORS:
        return [(f"errors.{code}", told) for code in codes(node.args[0], "errors.")]
    if name in GROUPS:
        return [(f"{GROUPS[name]}.{code}", told) for code in codes(node.args[0], f"{GROUPS[name]}.")]
    return []


def codes(node: ast.expr, group: str) -> list[str]:
    """The codes that an argument can be: a text, either of two, or a text with a gap."""
    if isinstance(node, ast.IfExp):
        return [*codes(node.body, group), *codes(node.orelse, group)]
    if isinstance(node, ast.Constant):
        return [] if ready(str(node.value), group) else [str(node.value).replace(" ", "_")]
    if isinstance(node, ast.JoinedStr):
        if any(isinstance(part, ast.Constant) and ready(str(part.value), group) for part in node.values):
            return []
        parts = [
            re.escape(str(p.value).replace(" ", "_")) if isinstance(p, ast.Constant) else r"\w+" for p in node.values
        ]
        if len(parts) == 2 and parts[0].endswith("_") and group == "notes.":
            return [parts[0] + unit for unit in COUNTED]
        fit = re.compile(re.escape(group) + "".join(parts) + r"(\.what)?")
        said = [key.removeprefix(group).removesuffix(".what") for key in words("en") if fit.fullmatch(key)]
        assert said, f"{group}{ast.unparse(node)} has no words"
        return said
    return []  # a name: the codes are given to the function around it


def ready(text: str, group: str) -> bool:
    """Whether an error is a sentence and no code."""
    return " " in text and group == "errors."


FOREIGN = (
    "other", "one_origin", "row_customers", "no_zone", "no_encoding",
    "ENOENT", "EACCES", "EPERM", "EISDIR", "ENOTDIR", "EEXIST", "ENOSPC", "EROFS",
    "missing", "extra_forbidden", "string_type", "string_too_short", "bool_type", "bool_parsing", "int_type",
    "int_parsing", "int_from_float", "float_type", "float_parsing", "dict_type", "list_type", "tuple_type",
    "greater_than", "greater_than_equal", "less_than", "less_than_equal", "literal_error", "too_short", "too_long",
    "model_type", "model_attributes_type", "string_too_long", "finite_number",
)  # fmt: skip
"""Codes of the system and of pydantic."""

NAMED = (
    "stage", "touchpoint", "channel", "behaviour", "model", "segment", "contract", "mapping", "hour", "day", "week",
    "month", "number", "time", "a_path", "a_folder", "a_pattern", "a_table", "a_list_of_dicts", "topic", "taxonomy",
    "scenario", "actor", "map_step", "lane", "card", "link", "curve_point", "map_path", "binding", "frame", "waiver",
    "verdict", "voting", "tally", "map", "edit", "persona", "project",
)  # fmt: skip
"""Terms that are given to the function that makes them."""


PARTS_OF_MAPS = (
    "scenario", "actor", "map_step", "lane", "card", "link", "curve_point", "map_path", "binding", "frame", "waiver",
    "verdict", "voting", "map_type", "map_style", "map_overlay", "map_times",
)  # fmt: skip
"""What maps name, given to the function that looks it up."""


def test_every_sentence_has_its_words() -> None:
    assert len(made()) > 1000
    assert [key for key, _ in made() if said_of(key) is None] == [], "they have no words"
    told = [(key, said_of(key), names) for key, names in made() if names is not None]
    secret = {"errors.unknown_share": {"name"}}  # a key is not repeated
    assert [one for one in told if one[1] != (one[2] - secret.get(one[0], set()))] == []


def said_of(key: str) -> set[str] | None:
    """The values that a sentence says, None where it has no words."""
    if not key.startswith("errors."):
        return placeholders(words("en")[key]) if key in words("en") else None
    what = words("en").get(f"{key}.what")
    return None if what is None else placeholders(what) | placeholders(words("en").get(f"{key}.try", ""))


def test_no_words_are_left_over() -> None:
    given = {
        *(f"reasons.{c}" for c in ("range", "number", "whole", "finite", "one_of", "outside", "time_unit", "time")),
        *(f"causes.{code}" for code in FOREIGN),
        *(f"terms.{code}" for code in NAMED),
        "errors.unknown_field",
        *(f"errors.unknown_{kind}" for kind in ("board", "annotation", "interview")),
        "errors.unknown_contract",  # as every kind of document is called
        *(f"errors.unknown_{part}" for part in PARTS_OF_MAPS),
    }
    groups = ("errors.", *(f"{group}." for group in GROUPS.values()))
    there = {re.sub(r"\.(what|try)$", "", key.removesuffix("_one")) for key in words("en") if key.startswith(groups)}
    assert there - given - {key for key, _ in made()} == set()


def test_a_sentence_is_worded_at_the_edge() -> None:
    note = Note("several", name="tablet", customers=1200, names=("ann", "bo"))
    assert str(note) == "'tablet' was used by 1,200 customers: ann, bo"
    assert note.text("zh") == "“tablet”被 1,200 位客户使用过：ann、bo"
    assert note.to_json() == {
        "code": "several", "name": "tablet", "customers": 1200, "names": ["ann", "bo"],
        "text": "'tablet' was used by 1,200 customers: ann, bo",
    }  # fmt: skip
    inside = Note("row_refused", row=2, field="time", reason=Reason("missing", field="time"))
    assert inside.text("zh") == "第 2 行会被拒收：time：缺少 time"
    assert inside.to_json()["reason"] == {"code": "missing", "field": "time", "text": "no time"}


def test_sentences_are_values() -> None:
    assert Note("latest", shown=1, all=2) == Note("latest", shown=1, all=2) != Note("latest", shown=1, all=3)
    assert len({Reason("nobody"), Reason("nobody"), Reason("no_text")}) == 2


def test_a_kept_reason_without_a_known_code_is_its_sentence() -> None:
    old, newer = Reason.kept("no time"), Reason.kept("the moon is full", "moon", {"phase": "full"})
    assert [old.text("zh"), newer.text("zh")] == ["no time", "the moon is full"]
    assert Reason.kept("no time", "missing", {"field": "time"}) == Reason("missing", field="time")


def test_a_number_of_one_takes_the_singular() -> None:
    one, two = (Note("unfinished_customers", customers=number) for number in (1, 2))
    assert str(one) == "1 customer had not finished when the data end, but still had time to"
    assert str(two) == "2 customers had not finished when the data end, but still had time to"
    assert one.text("zh") == "截至最后一个事件，1 位客户尚未走完，但仍在时限之内"
    assert say("table.more", "en", rows="1") == "… and 1 more rows", "a text is a name, not a number"


def test_an_error_is_worded_at_the_edge() -> None:
    error = BadInput("graph_too_large", by="city", names=1200, most=500)
    assert str(error) == (
        "city has 1,200 values; a graph of more than 500 cannot be read; "
        "choose another column for by=, or a filter in a property with fewer values"
    )
    assert error.text("zh") == (
        "city 有 1,200 个取值，超过 500 个的路径图无法阅读；请把 by 换成取值较少的列，或加上筛选条件"
    )
    assert error.problem() == {
        "code": "graph_too_large", "kind": "bad_input",
        "what": "city has 1,200 values; a graph of more than 500 cannot be read",
        "known": [], "try": "choose another column for by=, or a filter in a property with fewer values",
        "by": "city", "names": 1200, "most": 500,
    }  # fmt: skip


def test_what_exists_is_listed_in_both_languages() -> None:
    error = UnknownName("channel", "shop", [f"c{n}" for n in range(14)])
    assert str(error).startswith("unknown channel 'shop'. Known: c0, c1, ")
    assert str(error).endswith(", c11 and 2 more")
    assert error.text("zh").startswith("没有渠道“shop”。可选：c0、c1、")
    assert error.text("zh").endswith("、c11，另有 2 个")
    near = UnknownName("event", "Visitt", {"Visit": 1, "Pay": 3})
    assert str(near) == "unknown event 'Visitt'; did you mean 'Visit' (1 event)? Known: Visit, Pay"
    assert near.text("zh") == "没有事件“Visitt”；是不是“Visit”（1 个事件）？可选：Visit、Pay"
    assert (near.problem()["hint"], near.problem()["near"], near.problem()["events"]) == ("near_events", "Visit", 1)


def test_an_error_may_be_a_ready_sentence() -> None:
    error = BadInput("the moon is full", try_="wait a week", known=["new"])
    assert str(error) == error.text("zh").replace("；", "; ").replace("。可选：", ". Known: ")
    assert error.problem() == {
        "code": "bad_input", "kind": "bad_input", "what": "the moon is full", "known": ["new"], "try": "wait a week",
    }  # fmt: skip
    assert str(BadInput("moonless")) == "moonless", "a code without words is all there is to say"


def test_no_value_hides_a_part_of_a_problem() -> None:
    taken = {"code", "kind", "what", "known", "try", "hint", "condition", "start", "end"}
    both = {}
    for key, names in made():
        if key.startswith("errors."):
            assert not (names or set()) & taken, key
        if key.startswith("hints."):
            both[key] = (names or set()) & taken - {"kind"}
    assert not any(both.values())


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (int, "x"), (int, 1.5), (int, []), (float, "x"), (float, []), (str, 3), (bool, "x"), (bool, []),
        (dict[str, int], 3), (list[int], 3), (tuple[int, ...], 3), (Literal["a", "b"], "c"),
        (Annotated[int, Field(ge=1)], 0), (Annotated[int, Field(gt=1)], 1), (Annotated[int, Field(le=1)], 2),
        (Annotated[int, Field(lt=1)], 1), (Annotated[str, Field(min_length=2)], "a"),
    ],
)  # fmt: skip
def test_what_pydantic_finds_is_said_in_both_languages(kind: Any, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    first = caught.value.errors()[0]
    cause = Cause.of(first["type"], first["msg"], first.get("ctx", {}))
    assert cause.code == first["type"]
    assert str(cause) == first["msg"]
    assert re.search("[一-鿿]", cause.text("zh"))
