"""The house rules that a linter does not know."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from parts import ROOT

LONGEST = 450
SOURCES = sorted((ROOT / "src").rglob("*.py"))

_PATHS = r"(?<![\w.}])/(?:work|root|home|Users|opt|mnt)/\w"
_INDEX = r"--(?:extra-)?index-url|find-links|index-url *=|UV_(?:DEFAULT_)?INDEX|file:///(?!data/|path\b)"
"""A workspace may have a file address; examples are told by their folder, ``/data`` or ``/path``."""

RULES = {
    "a path of one machine": re.compile(_PATHS),
    "the address of a package registry": re.compile(_INDEX, re.IGNORECASE),
}
"""What no file says; not read are ``uv.lock`` (uv's own), data (other people's words) and this file."""


@cache
def repository() -> tuple[Path, ...]:
    """Every file that is, or is about to be, under version control."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return tuple(path for name in sorted(set(names)) if name and (path := ROOT / name).is_file())


def told() -> list[tuple[Path, str]]:
    """The repository's own texts."""
    texts = []
    for path in repository():
        if path.name == "uv.lock" or "demo/data" in path.as_posix() or path == Path(__file__).resolve():
            continue
        try:
            texts.append((path.relative_to(ROOT), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return texts


@pytest.mark.parametrize("rule", RULES)
def test_no_file_says(rule: str) -> None:
    found = [
        f"{path}:{number}: {match.group()}"
        for path, text in told()
        for number, line in enumerate(text.splitlines(), start=1)
        if (match := RULES[rule].search(line))
    ]
    assert not found, f"{rule} in\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("a path of one machine", "open('/home/li/x.csv')"),
        ("a path of one machine", "cd /Users/li/project"),
        ("the address of a package registry", "pip install --index-url x"),
        ("the address of a package registry", "numpy @ file:///srv/wheels/numpy.whl"),
    ],
)
def test_the_rules_bite(rule: str, line: str) -> None:
    assert RULES[rule].search(line)


def test_the_repository_is_read() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in repository()}
    assert {"pyproject.toml", "src/lvtu/errors.py", "tests/unit/test_house.py"} <= names


def test_a_module_fits_in_a_head() -> None:
    lines = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert lines["src/lvtu/errors.py"] > 10
    assert {path: many for path, many in lines.items() if many > LONGEST} == {}, "split them by their reasons to change"


def test_a_module_says_what_it_is_for() -> None:
    said = {str(path.relative_to(ROOT)): ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            for path in SOURCES}  # fmt: skip
    assert [path for path, text in said.items() if len(text.split()) < 3] == [], "they need to say what they are for"
