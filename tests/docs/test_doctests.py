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


def part(name: str) -> str:
    """The part of the package that a module belongs to."""
    return ".".join(name.split(".")[:2])


@pytest.mark.parametrize("those", sorted(set(map(part, MODULES))))
def test_docstrings(
    those: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of a part together: the machinery around a test costs more than most modules' examples."""
    monkeypatch.setenv("NO_COLOR", "1")
    failed = []
    for name in MODULES:
        if part(name) != those:
            continue
        place = tmp_path / name
        place.mkdir()
        monkeypatch.chdir(place)
        module = importlib.import_module(name)
        if doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).failed:
            failed.append(name)
    assert not failed, capsys.readouterr().out


def test_there_are_doctests() -> None:
    found = doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module("lvtu.core.units"))
    assert sum(len(test.examples) for test in found) >= 3
