"""Both languages say everything, with the same values, and know every sentence they translate."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from lvtu.analyses import REGISTRY
from lvtu.cli import main
from lvtu.cli.group import DATA
from lvtu.core.words import LANGS, language, say, translated, words


def test_both_languages_have_the_same_keys() -> None:
    assert set(words("zh")) ^ set(words("en")) == set()


@pytest.mark.parametrize("key", sorted(words("en")))
def test_both_languages_use_the_same_values(key: str) -> None:
    said = [set(re.findall(r"\{(\w+)\}", words(lang)[key])) for lang in LANGS]
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


@pytest.mark.parametrize("key", [key for key in words("en") if key.startswith(("notes.", "reasons."))])
def test_a_sentence_finds_its_way_back(key: str) -> None:
    names = re.findall(r"\{(\w+)\}", words("en")[key])
    values = {name: f"<{name}>" for name in names}
    sentence = say(key, "en", **values)
    assert translated(key.partition(".")[0], sentence, "zh") == say(key, "zh", **values)
    assert translated(key.partition(".")[0], sentence, "en") == sentence


def test_an_unknown_sentence_stays() -> None:
    assert translated("notes", "the moon is full", "zh") == "the moon is full"
