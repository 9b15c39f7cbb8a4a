"""``--engine spark`` in a process of its own, as people call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tools import cluster as clusters

from contract.cases import Case

Ask = Callable[..., Any]


@pytest.fixture
def ask(everything: Case, cluster: clusters.Started) -> Ask:
    folder = str(everything.ws.layout.root)  # type: ignore[attr-defined]

    def run(command: str, *options: str, **variables: str) -> Any:
        line = [str(Path(sys.executable).with_name("lvtu")), command, folder, *options, "--json"]
        environment = os.environ | {"LVTU_SPARK": cluster.remote} | variables
        done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False, timeout=120)
        assert not done.stderr, done.stderr
        return json.loads(done.stdout)

    return run


def test_a_question(ask: Ask) -> None:
    question = ("A", "B", "--within", "20d", "--by", "plan")
    here = ask("funnel", *question, "--engine", "local")
    assert ask("funnel", *question, "--engine", "spark") == here
    assert here["table"][0]["customers"] > 0


def test_a_question_from_a_file(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text("analysis: graph\nby: channel\n")
    here = ask("run", str(tmp_path / "spec.yaml"))
    assert ask("run", str(tmp_path / "spec.yaml"), LVTU_ENGINE="spark") == here
    assert here["table"]


def test_the_cluster_is_named_wrongly(ask: Ask) -> None:
    told = ask("trend", "--engine", "spark", LVTU_SPARK="yarn")
    assert (told["code"], told["url"]) == ("no_connect_address", "yarn")
