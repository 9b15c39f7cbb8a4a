"""The four pages, built once without the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from lvtu.demo.build import make
from lvtu.demo.document import Page
from lvtu.demo.files import NAMES
from unit.demo.demo_workspace import Workspace


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    folder: Path = tmp_path_factory.mktemp("demo")
    return {name: make(name, Workspace(folder / name)) for name in NAMES}
