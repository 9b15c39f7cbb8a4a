"""The pages of the documentation as lists of fenced blocks, and the loose comparison of what they show.

A block's first word says what it is: ``python`` runs, ``console`` runs its ``$ lvtu …`` lines, ``text``
after a ``python`` block is what that prints. A second word is a file's name: the block is that file. A block
may hide in a comment, which begins ``<!-- file: NAME`` or ``<!-- run``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from parts import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]

_FENCE = re.compile(r"^(?P<mark>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=mark)[ \t]*$", re.MULTILINE | re.DOTALL)
_HIDDEN = re.compile(r"^<!-- (?P<kind>file: (?P<file>\S+)|run)\n(?P<hidden>.*?)^-->$", re.MULTILINE | re.DOTALL)
_FRAMES = re.compile(r"[\s─-╿|]+")


@dataclass(frozen=True)
class Block:
    """One fenced block: its kind, the file it is (if any), its text and the page's line it starts on."""

    kind: str
    file: str
    body: str
    line: int


def blocks(page: Path) -> list[Block]:
    """The blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    found = []
    for match in re.finditer(f"{_FENCE.pattern}|{_HIDDEN.pattern}", text, re.MULTILINE | re.DOTALL):
        line = text.count("\n", 0, match.start()) + 1
        if match["kind"]:
            found.append(
                Block("python" if match["kind"] == "run" else "file", match["file"] or "", match["hidden"], line)
            )
        else:
            kind, _, file = match["info"].strip().partition(" ")
            found.append(Block(kind, file.strip(), match["body"], line))
    return found


def commands(block: Block) -> list[tuple[str, list[str]]]:
    """The ``$`` lines of a console block, each with the lines shown below it; ``\\`` continues one."""
    pairs: list[tuple[str, list[str]]] = []
    for line in block.body.replace("\\\n", " ").splitlines():
        if line.startswith("$ "):
            pairs.append((line[2:], []))
        elif pairs and line.strip():
            pairs[-1][1].append(line)
    return pairs


def plain(line: str) -> str:
    """A line without the frame of its table and without the width of its columns."""
    return _FRAMES.sub(" ", line).strip()


def missing(shown: list[str], printed: str) -> list[str]:
    """The shown lines that were not printed, in any order; ``…`` stands for anything, alone for any lines."""
    lines = [plain(line) for line in printed.splitlines()]
    absent = []
    for line in shown:
        want = ".*".join(re.escape(part.strip()) for part in plain(line).split("…"))
        if want.strip(".*") and not any(re.search(want, line) for line in lines):
            absent.append(line)
    return absent
