"""The demonstrations, built once: their numbers and their pages."""

from __future__ import annotations

from typing import Any

import pytest

import lvtu
from lvtu.demo import applications, build
from lvtu.demo.document import Page
from lvtu.demo.facts.applications import ApplicationFacts
from lvtu.demo.files import NAMES, read
from parts import shared


@pytest.fixture(scope="session")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("demo")
    return {name: build.measure(name, lvtu.open(folder / name), read(name)) for name in NAMES}


@pytest.fixture(scope="session")
def pages(measured: dict[str, Any]) -> dict[str, Page]:
    return {name: build.tell(name, facts) for name, facts in measured.items()}


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> ApplicationFacts:
    log = applications.read(shared("eventlogs/bpic2017_application_full.parquet"))
    return build.measure("applications", lvtu.open(tmp_path_factory.mktemp("bank") / "applications"), log)
