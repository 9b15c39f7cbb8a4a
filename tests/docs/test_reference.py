"""The reference pages say what the code says, and leave nothing public out."""

from __future__ import annotations

import sys

import pytest

from parts import ROOT

sys.path.insert(0, str(ROOT))

from tools import reference


def test_the_pages_are_what_the_code_says() -> None:
    assert reference.stale() == [], "run `make docs`"


def test_every_field_of_the_record_is_there() -> None:
    from lvtu.core.record import FIELDS

    page = (reference.FOLDER / "record.md").read_text(encoding="utf-8")
    assert [field.name for field in FIELDS if f"| `{field.name}` |" not in page] == []


COMMANDS = ("init", "ingest", "info", "funnel", "graph", "retention", "trend", "timeline", "forget", "sql")
COMMANDS += ("demo",)
METHODS = ("ingest", "append", "funnel", "graph", "retention", "trend", "timeline", "journeys", "info", "at")
METHODS += ("forget", "sql", "run", "close")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there(name: str) -> None:
    assert f"## lvtu {name}\n" in (reference.FOLDER / "cli.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", METHODS)
def test_every_method_of_the_workspace_is_there(name: str) -> None:
    assert f"### Workspace.{name}\n" in (reference.FOLDER / "python.md").read_text(encoding="utf-8")


def test_a_docstring_becomes_markdown() -> None:
    def sample() -> None:
        """One line.

        Args:
            steps: the ``names``.

        Example:
            >>> 1 + 1
            2

        Raises:
            BadInput: no.
        """

    text = "\n".join(reference._prose(sample))
    assert "**Args**\n\n- `steps`: the `names`." in text
    assert "```pycon\n>>> 1 + 1\n2\n```" in text
    assert text.rstrip().endswith("- `BadInput`: no.")
