"""The tutorial notebooks run in a Jupyter kernel, and what is kept of them is what they give now."""

from __future__ import annotations

import copy
import json
import re
import sys
from importlib.util import find_spec
from typing import Any

import pytest

from parts import ROOT, require

sys.path.insert(0, str(ROOT))

from tools import tutorial

LANGS = tuple(tutorial.NOTEBOOKS)


def kept(lang: str) -> Any:
    return json.loads(tutorial.NOTEBOOKS[lang].read_text(encoding="utf-8"))


def prose(notebook: Any) -> str:
    return "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")


@pytest.mark.parametrize("lang", LANGS)
def test_it_runs_and_gives_what_is_kept(lang: str) -> None:
    require("Jupyter's kernel", find_spec("ipykernel") and find_spec("nbclient"))
    require("mini-racer", find_spec("py_mini_racer"))
    fresh = tutorial.played(tutorial.cells(tutorial.SOURCE.read_text(encoding="utf-8"), lang))
    assert tutorial.differences(kept(lang), fresh) == [], "run `make docs`"
    assert not [one for cell in fresh["cells"] for one in cell.get("outputs", []) if one.get("name") == "stderr"]


@pytest.mark.parametrize("lang", LANGS)
def test_it_is_small_and_of_no_machine(lang: str) -> None:
    text = tutorial.NOTEBOOKS[lang].read_text(encoding="utf-8")
    assert len(text.encode()) < 500_000
    assert not re.search(r"/tmp/|/home/|/root/|/work/|/Users/|site-packages", text) and str(ROOT) not in text
    assert text.count("image/svg+xml") >= 12


@pytest.mark.parametrize("lang", LANGS)
def test_its_links_lead_somewhere(lang: str) -> None:
    links = [one for one in re.findall(r"\]\(([^)#\s]+)", prose(kept(lang))) if "://" not in one]
    assert len(links) > 4 and all((ROOT / "docs" / one).exists() for one in links)


def test_both_ask_the_same() -> None:
    code = {
        lang: [
            re.sub(r'"(en|zh)"$|\("first.*|\("首单.*', "", "".join(cell["source"]), flags=re.MULTILINE)
            for cell in kept(lang)["cells"]
            if cell["cell_type"] == "code"
        ]
        for lang in LANGS
    }
    assert code["en"] == code["zh"]
    en, zh = (re.findall(r"\d+(?:[.,]\d+)*%?", prose(kept(lang))) for lang in LANGS)
    assert {one for one in en if len(one) > 3} == {one for one in zh if len(one) > 3}


def test_what_differs_is_found() -> None:
    before = kept("en")
    assert tutorial.differences(before, before) == []
    drawn = next(n for n, cell in enumerate(before["cells"]) if any("image" in str(o) for o in cell.get("outputs", [])))
    changes = [
        ("source", lambda cell: cell.update(source=["another"])),
        ("text", lambda cell: cell["outputs"][0]["data"]["text/plain"].append("more")),
        ("picture", lambda cell: cell["outputs"][0]["data"]["image/svg+xml"].insert(1, "<text>more</text>")),
        ("gone", lambda cell: cell.update(outputs=[])),
    ]
    for name, change in changes:
        after = copy.deepcopy(before)
        change(after["cells"][drawn])
        assert len(tutorial.differences(before, after)) == 1, name
    assert tutorial.differences(before, before | {"cells": before["cells"][:-1]})


SOURCE = """\
<!-- en -->
One
<!-- zh -->
一
```python
answer = 6 * 7
answer
```
<!-- en -->
It is {answer}.
<!-- zh -->
是 {answer}。
```python zh
1 / 0
```
"""


def test_prose_is_worked_out_in_the_notebook() -> None:
    require("Jupyter's kernel", find_spec("ipykernel") and find_spec("nbclient"))
    from nbclient.exceptions import CellExecutionError

    made = tutorial.played(tutorial.cells(SOURCE, "en"))
    assert [(cell["cell_type"], "".join(cell["source"])) for cell in made["cells"]] == [
        ("markdown", "One"), ("code", "answer = 6 * 7\nanswer"), ("markdown", "It is 42.")]  # fmt: skip
    assert made["cells"][1]["outputs"][0]["data"] == {"text/plain": ["42"]}
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        tutorial.played(tutorial.cells(SOURCE, "zh"))
