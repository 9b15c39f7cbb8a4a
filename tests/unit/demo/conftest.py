"""The demonstrations, built once: their numbers and their pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.demo import applications, build
from lvtu.demo.document import Page
from lvtu.demo.facts.applications import ApplicationFacts
from lvtu.demo.files import NAMES, read
from parts import shared


class Measured(dict[str, Any]):
    """The numbers of each demonstration, which is built when they are asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def __missing__(self, name: str) -> Any:
        self[name] = build.measure(name, lvtu.open(self._folder / name), read(name))
        return self[name]


@pytest.fixture(scope="session")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return Measured(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def pages(measured: dict[str, Any]) -> dict[str, Page]:
    return {name: build.tell(name, measured[name]) for name in NAMES}


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> ApplicationFacts:
    log = applications.read(shared("eventlogs/bpic2017_application_full.parquet"))
    return build.measure("applications", lvtu.open(tmp_path_factory.mktemp("bank") / "applications"), log)
