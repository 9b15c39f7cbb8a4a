"""The commands that stand on the pages: each runs, and answers as its page says."""

from __future__ import annotations

import html
import json
import re
import shlex
from typing import Any

import pytest
from click.testing import CliRunner

import lvtu
from lvtu.cli import main
from lvtu.demo import build
from lvtu.demo.facts import complaints as asked
from lvtu.demo.files import read
from lvtu.demo.page import render


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    folder = tmp_path_factory.mktemp("demo")
    return folder, build.measure("complaints", lvtu.open(folder / "complaints"), read("complaints"))


def run(command: str) -> list[dict[str, Any]]:
    words = shlex.split(command)
    assert words[0] == "lvtu"
    done = CliRunner().invoke(main, [*words[1:], "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)["table"]


def test_every_command_of_the_complaints_page_answers(bureau: tuple[Any, Any], monkeypatch: Any) -> None:
    folder, facts = bureau
    monkeypatch.chdir(folder)
    page = render(build.tell("complaints", facts), "en")
    commands = [html.unescape(one) for one in re.findall(r"<code[^>]*>(.*?)</code>", page)]
    assert len(commands) >= 8 and len(set(commands)) == len(commands)
    answers = {command: run(command) for command in commands}
    for by, question in asked.TIMELY.items():
        if by == "channel":
            continue
        rows = {row[by]: row for row in answers[question.command("complaints")]}
        assert {one.name: (one.share.value, one.q) for one in facts.timely_by[by]} == {
            name: (pytest.approx(row["value"]), row["p_adjusted"]) for name, row in rows.items()
        }
    days = answers[asked.WAITS.command("complaints")]
    assert sum(row["n"] for row in days if row["days"] > 7) == round(facts.slow.value * 2827)
