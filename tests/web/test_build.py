"""The build as it is served: how much is loaded before the first chart, and what may not be in a page."""

from __future__ import annotations

import json
import re
from graphlib import TopologicalSorter
from typing import Any

import pytest

from lvtu.service.pages.build import FOLDER
from parts import require

require("the build of the web app (make web)", (FOLDER / "manifest.json").is_file())

_MOST = 350_000
_MOST_OF_SCRIPT = 1_500
_MOST_OF_SURVEY, _MOST_OF_SURVEY_SCRIPT, _MOST_OF_FEEDBACK = 40_000, 2_500, 10_000
_MANIFEST: dict[str, dict[str, Any]] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
_PAGES = sorted(key for key in _MANIFEST if re.fullmatch(r"src/pages/[\w-]+/index\.tsx", key))


def _files(*keys: str) -> set[str]:
    """The files that are loaded with some modules: they and what they import, and their styles."""
    seen: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting += _MANIFEST[key].get("imports", [])
    return {file for key in seen for file in (_MANIFEST[key]["file"], *_MANIFEST[key].get("css", []))}


def _sent(file: str) -> int:
    packed = FOLDER / f"{file}.gz"
    return (packed if packed.is_file() else FOLDER / file).stat().st_size


def test_every_page_is_loaded_when_it_is_opened() -> None:
    assert {key.split("/")[2] for key in _PAGES} >= {
        "overview", "explore", "boards", "start", "customers", "data", "settings",
    }  # fmt: skip
    assert all(_MANIFEST[key]["isDynamicEntry"] for key in _PAGES)


@pytest.mark.parametrize("page", _PAGES)
def test_the_first_load_is_small(page: str) -> None:
    """Everything but pictures: the page, what it imports, the larger language, the font."""
    words = max(
        (key for key in _MANIFEST if re.search(r"virtual:words/\w+$", key)),
        key=lambda key: _sent(_MANIFEST[key]["file"]),
    )
    loaded = _files("index.html", page, words)
    fonts = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.woff2")}
    size = sum(map(_sent, loaded | fonts | {"index.html", "scheme.js"}))
    assert 100_000 < size <= _MOST
    drawing = {one["file"] for key, one in _MANIFEST.items() if "echarts" in key.lower()}
    assert not loaded & drawing


def test_no_file_waits_for_one_that_waits_for_it() -> None:
    """Modules in files that import each other may run in a wrong order, and the page stays empty."""
    order = TopologicalSorter({key: one.get("imports", []) for key, one in _MANIFEST.items()})
    assert set(order.static_order()) == set(_MANIFEST)


def test_the_script_of_websites_is_small_and_needs_no_other_file() -> None:
    assert 500 < (FOLDER / "lvtu.js.gz").stat().st_size <= _MOST_OF_SCRIPT
    script = (FOLDER / "lvtu.js").read_text(encoding="utf-8")
    assert script.startswith("(function(){")
    assert not re.search(r"\b(import|export|require)\b", script)


def test_a_survey_is_one_small_module_without_the_app() -> None:
    (form,) = (FOLDER / "assets").glob("survey-[!p]*.js")
    assert 10_000 < _sent(f"assets/{form.name}") <= _MOST_OF_SURVEY
    assert _sent("lvtu-survey.js") <= _MOST_OF_SURVEY_SCRIPT
    module = form.read_text(encoding="utf-8")
    assert not re.search(r"\bimport\b", module)
    loaded = set(re.findall(r'(?:src|href)="/([^"]+)"', (FOLDER / "survey.html").read_text(encoding="utf-8")))
    (page,) = (FOLDER / "assets").glob("survey-page-*.js")
    assert loaded == {f"assets/{form.name}", f"assets/{page.name}", "favicon.svg"}
    assert set(re.findall(r'from"/([^"]+)"', page.read_text(encoding="utf-8"))) == {f"assets/{form.name}"}
    assert form.name in (FOLDER / "lvtu-survey.js").read_text(encoding="utf-8")


def test_the_page_of_feedback_loads_the_form_when_somebody_writes() -> None:
    (form,) = (FOLDER / "assets").glob("survey-[!p]*.js")
    (listed,) = (FOLDER / "assets").glob("door-*.js")
    (page,) = (FOLDER / "assets").glob("page-of-door-*.js")
    assert 3_000 < _sent(f"assets/{listed.name}") <= _MOST_OF_FEEDBACK
    loaded = set(re.findall(r'(?:src|href)="/([^"]+)"', (FOLDER / "feedback.html").read_text(encoding="utf-8")))
    assert loaded == {f"assets/{listed.name}", f"assets/{page.name}", "favicon.svg"}
    module = listed.read_text(encoding="utf-8")
    assert not re.search(r"\bimport\b(?!\()", module) and form.name in module


@pytest.mark.parametrize("page", ["index.html", "survey.html"])
def test_no_script_stands_in_the_page(page: str) -> None:
    """So that the content security policy need not allow any."""
    html = (FOLDER / page).read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert not re.search(r"\son\w+=", html)
    loaded = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert loaded
    assert all(re.match(r"/[^/]", address) for address in loaded)
