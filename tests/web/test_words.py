"""The app's words: the same keys in both languages, every key that is used, and none that is not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).parents[2]
_WORDS = _ROOT / "src/lvtu/core/words"
_SECTIONS = ("web", "values")
_LITERAL = re.compile(r"""["'`]((?:web|values)\.[\w.]+(?:\$\{)?)""")


def _flat(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _flat(one, f"{path}.{key}")
    else:
        yield path, value


def _texts(lang: str, section: str) -> dict[str, str]:
    stored = json.loads((_WORDS / f"{lang}.json").read_text(encoding="utf-8"))
    return dict(_flat(stored[section], section))


def _used() -> dict[str, Path]:
    """Every key, or beginning of keys (`web.shell.in_${`), in the sources of the app, and where."""
    sources = [path for path in (_ROOT / "web/src").rglob("*.ts*") if "client" not in path.parts]
    assert len(sources) > 20
    return {key: path for path in sources for key in _LITERAL.findall(path.read_text(encoding="utf-8"))}


def _plural(key: str) -> str:
    return key.removesuffix("_one")


@pytest.mark.parametrize("section", [*_SECTIONS, "survey_form"])
def test_p2_both_languages_have_every_key(section: str) -> None:
    zh, en = (
        {_plural(key): set(re.findall(r"{(\w+)}", text)) for key, text in _texts(lang, section).items()}
        for lang in ("zh", "en")
    )
    assert zh.keys() == en.keys()
    assert {key for key in zh if zh[key] != en[key]} == set()


def test_every_key_that_is_used_exists() -> None:
    known = {key for section in _SECTIONS for key in _texts("en", section)}
    missing = {
        key: str(path)
        for key, path in _used().items()
        if not (any(one.startswith(key[:-2]) for one in known) if key.endswith("${") else key in known)
    }
    assert not missing


def test_no_key_of_the_app_is_unused() -> None:
    used = set(_used())
    beginnings = tuple(key[:-2] for key in used if key.endswith("${"))
    assert not {
        key
        for key in map(_plural, _texts("zh", "web") | _texts("en", "web"))
        if key not in used and not key.startswith(beginnings)
    }


def test_the_app_takes_the_sections_that_are_checked_here() -> None:
    listed = (_ROOT / "web/src/words/sections.ts").read_text(encoding="utf-8")
    assert tuple(re.findall(r'"(\w+)"', listed.partition("\n\n")[0])) == _SECTIONS


@pytest.mark.parametrize("section", ["survey_form", "feedback_page"])
def test_surveys_say_what_they_have_words_for(section: str) -> None:
    apart = _ROOT / "web/survey/feedback"
    sources = [
        path
        for path in (_ROOT / "web/survey").rglob("*.ts")
        if not path.name.endswith(".test.ts") and path.is_relative_to(apart) == (section == "feedback_page")
    ]
    written = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    literals = set(re.findall(r'"(\w+)"', written))
    beginnings = tuple(re.findall(r"`(\w+_)\$\{", written))
    words = {_plural(key.partition(".")[2]) for key in _texts("en", section)}
    assert not {key for key in words if key not in literals and not key.startswith(beginnings)}
    assert not set(re.findall(r'\b[Ss]ay\("(\w+)"', written)) - words
