"""Every example in a docstring of the package runs and is right."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

from parts import ROOT

SOURCE = ROOT / "src"
MODULES = sorted(
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    for path in (SOURCE / "lvtu").rglob("*.py")
    if path.name != "__main__.py"
)


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert not failed, capsys.readouterr().out


def test_there_are_doctests() -> None:
    found = doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module("lvtu.core.units"))
    assert sum(len(test.examples) for test in found) >= 3
