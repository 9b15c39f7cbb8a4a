"""Every example in the documentation runs, and prints what the page says it prints.

A page is one story: its files, Python blocks and ``$ lvtu`` commands run in order and share names and folder.
"""

from __future__ import annotations

import doctest
import io
import re
import shlex
import sys
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from docs.pages import PAGES, Block, blocks, commands, missing
from parts import ROOT

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class Story:
    """One page being played in the current folder."""

    def __init__(self, page: Path) -> None:
        self.page = page
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.printed = ""

    def play(self, block: Block) -> None:
        if block.file:
            Path(block.file).parent.mkdir(parents=True, exist_ok=True)
            Path(block.file).write_text(block.body, encoding="utf-8")
        elif block.kind == "python":
            self.python(block)
        elif block.kind == "console":
            self.console(block)
        elif block.kind == "text" and self.printed:
            self.compare(block.body.splitlines(), block.line)
        if block.kind != "python":
            self.printed = ""

    def python(self, block: Block) -> None:
        where = f"{self.page.name}:{block.line}"
        with captured() as output:
            if ">>>" in block.body:
                test = doctest.DocTestParser().get_doctest(block.body, self.names, where, str(self.page), block.line)
                failed = doctest.DocTestRunner(optionflags=FLAGS).run(test, clear_globs=False).failed
                assert not failed, output.getvalue()
                self.names.update(test.globs)
            else:
                padded = "\n" * block.line + block.body
                exec(compile(padded, self.page, "exec"), self.names)
        self.printed = output.getvalue()

    def console(self, block: Block) -> None:
        for command, shown in commands(block):
            program, *arguments = shlex.split(command, comments=True)
            if program != "lvtu":
                continue
            code, self.printed = lvtu(arguments)
            refused = any(line.startswith("error") for line in shown)
            assert bool(code) == refused, f"{self.page.name}:{block.line}: {command} gave {code}:\n{self.printed}"
            self.compare(shown, block.line)

    def compare(self, shown: list[str], line: int) -> None:
        absent = missing(shown, self.printed)
        assert not absent, f"{self.page.name}:{line} shows\n  " + "\n  ".join(absent) + f"\nbut got\n{self.printed}"

    def end(self) -> None:
        for value in list(self.names.values()):
            if type(value).__name__ == "Workspace":
                closing(value).__exit__()


@contextmanager
def captured() -> Any:
    output = io.StringIO()
    with redirect_stdout(output), redirect_stderr(output):
        yield output


def lvtu(arguments: list[str]) -> tuple[int, str]:
    """Run the command in this process, as its entry point does; the exit code and all it printed."""
    from lvtu.cli import main

    before, sys.argv = sys.argv, ["lvtu", *arguments]
    code: Any = 0
    try:
        with captured() as output:
            try:
                code = main()
            except SystemExit as leaving:
                code = leaving.code
    finally:
        sys.argv = before
    return int(code or 0), output.getvalue()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {"COLUMNS": "160", "NO_COLOR": "1", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    story = Story(page)
    try:
        for block in blocks(page):
            story.play(block)
    finally:
        story.end()


def test_the_pages_have_examples() -> None:
    kinds = [block.kind for page in PAGES for block in blocks(page)]
    assert kinds.count("python") >= 8
    assert kinds.count("console") >= 8


@pytest.mark.parametrize(
    ("shown", "absent"),
    [
        (["│ Order │ 3 │"], []),
        (["Order … 3"], []),
        (["…"], []),
        (["Order 4"], ["Order 4"]),
        (["Order"], []),
        (["Pay"], ["Pay"]),
    ],
)
def test_the_comparison_is_loose_but_bites(shown: list[str], absent: list[str]) -> None:
    assert missing(shown, "step   customers\nOrder      3\n") == absent


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


def played(text: str, folder: Path) -> None:
    """Play a page made of this text."""
    page = folder / "page.md"
    page.write_text(text, encoding="utf-8")
    story = Story(page)
    for block in blocks(page):
        story.play(block)


RIGHT = """
```csv x.csv
a,b
```
<!-- file: hidden.txt
h
-->
```python
from pathlib import Path
text = Path("x.csv").read_text() + Path("hidden.txt").read_text()
print("shown", 7)
```
```text
shown 7
```
```python
>>> text
'a,b\\nh\\n'
```
```console
$ make nothing
$ lvtu say \\
    "two words"
│ said │ two words │
```
"""


def say() -> int:
    """A command that says its last argument."""
    sys.stdout.write(f"said   {sys.argv[-1]}  and more\n")
    return 0


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and a command line that only says its last argument."""
    import lvtu.cli

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(lvtu.cli, "main", say, raising=False)
    return tmp_path


def test_a_right_page_passes(alone: Path) -> None:
    played(RIGHT, alone)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("```text\nshown 7", "```text\nshown 8"),
        ("'a,b\\nh\\n'\n", "'a'\n"),
        ('print("shown", 7)', "print(missing_name)"),
        ("│ two words │", "│ three words │"),
        ("<!-- file: hidden.txt", "<!-- file: other.txt"),
    ],
)
def test_a_wrong_page_fails(right: str, wrong: str, alone: Path) -> None:
    assert right in RIGHT
    with pytest.raises((AssertionError, NameError, FileNotFoundError)):
        played(RIGHT.replace(right, wrong), alone)


def test_a_command_that_fails_fails_the_page(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import lvtu.cli

    monkeypatch.setattr(lvtu.cli, "main", lambda: 2)
    with pytest.raises(AssertionError):
        played(RIGHT, alone)
