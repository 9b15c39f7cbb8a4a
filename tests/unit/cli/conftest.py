from __future__ import annotations

from pathlib import Path

import pytest

from unit.cli.shop import lvtu, write


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that tests only read."""
    folder = tmp_path_factory.mktemp("shop")
    done = lvtu("ingest", folder / "shop.lvtu", write(folder), "--source", "till")
    assert done.exit_code == 0, done.output
    return folder / "shop.lvtu"
