"""A workspace's folder and its configuration."""

from __future__ import annotations

import json
import multiprocessing
import re
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import lvtu
from lvtu.errors import BadInput, Corrupt, NotAWorkspace
from lvtu.store import config
from lvtu.store.lease import Lease


def test_an_absent_folder_becomes_a_workspace(tmp_path: Path) -> None:
    made = config.create(tmp_path / "a" / "shop.lvtu")
    stored = json.loads((tmp_path / "a" / "shop.lvtu" / "lvtu.json").read_text())
    assert stored["format"] == 1
    assert uuid.UUID(stored["id"]).version == 4
    assert config.load(tmp_path / "a" / "shop.lvtu") == made


def test_creating_twice_keeps_the_workspace(tmp_path: Path) -> None:
    assert config.create(tmp_path) == config.create(tmp_path)


def test_hidden_files_are_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").touch()
    config.create(tmp_path)


@pytest.mark.parametrize("open_", [config.create, config.load])
def test_a_folder_of_other_things_is_refused(open_: object, tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").touch()
    with pytest.raises(NotAWorkspace, match=r"thesis\.doc"):
        open_(tmp_path)  # type: ignore[operator]
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_file_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "f").touch()
    with pytest.raises(NotAWorkspace, match="is a file"):
        config.create(tmp_path / "f")


@pytest.mark.parametrize("name", ["absent", ""])
def test_loading_makes_nothing(name: str, tmp_path: Path) -> None:
    with pytest.raises(NotAWorkspace, match="lvtu init"):
        config.load(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_newer_format_says_so(tmp_path: Path) -> None:
    (tmp_path / "lvtu.json").write_text('{"format": 2, "id": "x", "created": "y", "soul": 1}')
    with pytest.raises(BadInput, match="upgrade"):
        config.load(tmp_path)


def test_unknown_settings_of_the_same_format_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "lvtu.json").write_text('{"format": 1, "id": "x", "created": "y", "soul": 1, "zone": "Asia/Shanghai"}')
    assert config.load(tmp_path).zone == "Asia/Shanghai"


@pytest.mark.parametrize("text", ["{}", "[]", "{"])
def test_damage_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "lvtu.json").write_text(text)
    with pytest.raises(Corrupt):
        config.load(tmp_path)


def test_the_environment_overrides_settings_but_not_identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = config.create(tmp_path)
    monkeypatch.setenv("LVTU_ZONE", "Europe/Paris")
    monkeypatch.setenv("LVTU_THREADS", "3")
    monkeypatch.setenv("LVTU_ID", "another")
    loaded = config.load(tmp_path)
    assert (loaded.zone, loaded.threads, loaded.id) == ("Europe/Paris", 3, made.id)
    assert json.loads((tmp_path / "lvtu.json").read_text())["zone"] == "UTC"
    monkeypatch.setenv("LVTU_THREADS", "many")
    with pytest.raises(BadInput, match="LVTU_THREADS='many'"):
        config.load(tmp_path)


def test_the_layout_is_the_published_one() -> None:
    layout = config.Layout(Path("w"))
    shown = (layout.lake, layout.journeys, layout.worker_inbox(), layout.quarantine, layout.catalog)
    assert [path.as_posix() for path in shown] == [
        "w/lake",
        "w/journeys",
        "w/inbox/main.sqlite",
        "w/quarantine",
        "w/catalog.sqlite",
    ]


def test_who_comes_second_takes_what_the_first_made(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool, Lease(config.Layout(tmp_path).lease).hold():
        second = pool.submit(config.create, tmp_path)
        time.sleep(0.2)
        (tmp_path / "lvtu.json").write_text('{"format": 1, "id": "first", "created": "y"}')
        assert not second.done()
    assert second.result().id == "first"


def _create(path: Path) -> str:
    return config.create(path).id


def test_processes_that_create_at_once_agree(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        ids = pool.map(_create, [tmp_path / "w"] * 8)
    assert len(set(ids)) == 1


@pytest.mark.parametrize("form", ["file://{}", "FILE://{}", "file://localhost{}"])
def test_a_file_address_is_a_folder(form: str, tmp_path: Path) -> None:
    folder = tmp_path / "my shop 店"
    made = config.create(form.format(quote(folder.as_posix())))
    assert config.load(folder) == made == config.load(form.format(quote(folder.as_posix())))
    with lvtu.open(form.format(quote(folder.as_posix()))) as ws:
        assert ws.layout.root == folder


@pytest.mark.parametrize("scheme", ["s3", "gs", "oss", "hdfs", "https", "abfss", "postgresql+psycopg"])
@pytest.mark.parametrize("open_", [config.create, config.load, lvtu.open])
def test_other_addresses_are_refused(scheme: str, open_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match=f"cannot lie on {re.escape(scheme)}:// yet.*file:///data/shop.lvtu"):
        open_(f"{scheme}://bucket/shop.lvtu")
    assert list(tmp_path.iterdir()) == [], "nothing is made"


def test_another_machines_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="'nas'"):
        config.create("file://nas/share/shop.lvtu")


def test_a_colon_alone_is_no_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config.create("a:b")
    assert (tmp_path / "a:b" / "lvtu.json").exists()
