"""Both languages say everything, with the same values, and know every sentence they translate."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from lvtu.analyses import REGISTRY
from lvtu.cli import main
from lvtu.cli.group import DATA
from lvtu.core.sentences import Note, Reason
from lvtu.core.words import LANGS, language, words


def test_both_languages_have_the_same_keys() -> None:
    assert set(words("zh")) ^ set(words("en")) == set()


@pytest.mark.parametrize("key", sorted(words("en")))
def test_both_languages_use_the_same_values(key: str) -> None:
    said = [set(re.findall(r"(?<!\{)\{(\w+)\}", words(lang)[key])) for lang in LANGS]
    assert said[0] == said[1]
    assert all(words(lang)[key].strip() or key == "units.gap" for lang in LANGS)


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


def made() -> list[tuple[str, set[str] | None]]:
    """Every sentence that the code makes, by its key in the words; the names of its values where they are told."""
    found: list[tuple[str, set[str] | None]] = []
    for path in sorted((Path(__file__).parents[3] / "src" / "lvtu").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Note", "Reason"):
                names = {word.arg for word in node.keywords if word.arg}
                told = len(names) == len(node.keywords)
                group = f"{node.func.id.lower()}s"
                found += [(f"{group}.{code}", names if told else None) for code in codes(node.args[0])]
    return found


def codes(node: ast.expr) -> list[str]:
    """The codes that an argument can be: a text, or a text that ends in what a funnel counts."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return [f"{node.values[0].value}{unit}" for unit in ("customers", "sessions", "totals")]
    return []  # a name: the codes are given to the function around it


@pytest.mark.parametrize(("key", "names"), made())
def test_every_sentence_has_its_words(key: str, names: set[str] | None) -> None:
    assert key in words("en"), f"{key} has no words"
    assert names is None or set(re.findall(r"\{(\w+)\}", words("en")[key])) == names


def test_no_words_are_left_over() -> None:
    given = {
        f"reasons.{code}" for code in ("range", "number", "whole", "finite", "one_of", "outside", "time_unit", "time")
    }
    there = {key for key in words("en") if key.startswith(("notes.", "reasons."))}
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
