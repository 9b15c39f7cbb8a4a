"""Write the pages of ``docs/reference/`` that come from the code: the record, the command line, Python.

Usage: ``python tools/reference.py`` names the pages that are out of date, ``--write`` writes them.
"""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
MADE = "<!-- made by `make docs` from the code: edit there -->"

SECTIONS = (
    "Args",
    "Attributes",
    "Returns",
    "Yields",
    "Raises",
    "Note",
    "Notes",
    "Source",
    "Example",
    "Examples",
)


RECORD = """\
# The record

{made}

One flat record for everything a customer did or said. A source's columns of these names are these fields;
every other column is a property. `event`, `time` and one of `user_id` and `anonymous_id` are required.

| field | Arrow type | meaning |
| --- | --- | --- |
{fields}

One customer's events are ordered by `(time, sequence, message_id)`; a missing `sequence` counts as 0.
A row without a `message_id` gets one from its source and its content, so the same file twice changes nothing.

`time_basis` is one of {bases}.

Channels known from the start: {channels}. Any other name is allowed.
"""


def record() -> str:
    """The record's fields, their types and meaning."""
    from lvtu.core.record import CHANNELS, FIELDS, TIME_BASES

    return RECORD.format(
        made=MADE,
        fields="\n".join(f"| `{field.name}` | {field.type} | {field.meaning} |" for field in FIELDS),
        bases=", ".join(f"`{name}`" for name in TIME_BASES),
        channels=", ".join(f"`{name}`" for name in CHANNELS),
    )


def command_line() -> str:
    """Each command's own help."""
    import click

    text = [
        "# The command line",
        "",
        MADE,
        "",
        "`lvtu COMMAND WORKSPACE [ARGS]`; `--json` prints only JSON.",
        "",
    ]
    main = getattr(importlib.import_module("lvtu.cli"), "main", None)
    if isinstance(main, click.Group):
        above = click.Context(main, info_name="lvtu", **main.context_settings)
        for name in main.list_commands(above):
            command = main.get_command(above, name)
            if command is not None and not command.hidden:
                context = click.Context(command, info_name=name, parent=above, terminal_width=100)
                text += [f"## lvtu {name}", "", "```text", command.get_help(context).rstrip(), "```", ""]
    return "\n".join(text)


def python() -> str:
    """The façade: what ``import lvtu`` offers, with its docstrings."""
    lvtu = importlib.import_module("lvtu")
    text = ["# Python", "", MADE, ""]
    for name, value in _public(lvtu):
        if inspect.isclass(value):
            text += [f"## {name}", "", *_prose(value)]
            for method, function in _methods(value):
                text += [f"### {name}.{method}", "", *_signature(method, function), *_prose(function)]
        elif callable(value):
            text += [f"## {name}", "", *_signature(f"lvtu.{name}", value), *_prose(value)]
    return "\n".join(text)


def _public(module: ModuleType) -> Iterator[tuple[str, object]]:
    for name in getattr(module, "__all__", ()):
        if not name.startswith("_"):
            yield name, getattr(module, name)


def _methods(kind: type) -> Iterator[tuple[str, object]]:
    """Its own methods and those of our classes it stands on, its own first."""
    seen: set[str] = set()
    for owner in kind.__mro__:
        for name, value in vars(owner).items() if owner.__module__.startswith("lvtu") else ():
            known = name.startswith("_") or name in seen
            if not known and (inspect.isfunction(value) or isinstance(value, property)):
                seen.add(name)
                yield name, value


def _signature(name: str, value: object) -> list[str]:
    if not callable(value):
        return []
    try:
        signature = str(inspect.signature(value)).replace("(self, ", "(").replace("(self)", "()")
    except ValueError:
        return []
    return ["```text", f"{name}{signature}", "```", ""]


def _prose(value: object) -> list[str]:
    """A Google-style docstring as Markdown; its examples are run where they stand, not here."""
    lines = (inspect.getdoc(value) or "").replace("``", "`").splitlines()
    text: list[str] = []
    section = ""
    for line in lines:
        title = line.removesuffix(":")
        if line.endswith(":") and title in SECTIONS:
            _close(text, section)
            section = title
            text += [f"**{title}**", "", *(["```pycon"] if title.startswith("Example") else [])]
        elif section.startswith("Example"):
            text.append(line.removeprefix("    "))
        elif item := re.match(r"    (\*{0,2}\w+(?: \([^)]*\))?): (.*)", line):
            text.append(f"- `{item[1]}`: {item[2]}")
        else:
            text.append(f"  {line.strip()}" if section and line.strip() else line.strip())
    _close(text, section)
    return [*text, ""]


def _close(text: list[str], section: str) -> None:
    """End a fence, without blank lines before its end."""
    if section.startswith("Example"):
        while text and not text[-1].strip():
            text.pop()
        text += ["```", ""]


PAGES = {"record.md": record, "cli.md": command_line, "python.md": python}
"""File name → the function that makes it."""


def stale() -> list[str]:
    """The pages whose file is not what the code says."""
    return [
        name
        for name, make in PAGES.items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != make()
    ]


if __name__ == "__main__":
    for page in stale():
        sys.stdout.write(f"docs/reference/{page}\n")
        if "--write" in sys.argv:
            (FOLDER / page).write_text(PAGES[page](), encoding="utf-8")
