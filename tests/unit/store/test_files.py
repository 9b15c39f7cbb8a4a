"""Writing that stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from lvtu.errors import Corrupt
from lvtu.store import files


class Recorder(files.Disk):
    """Remembers the order of what was asked for."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []

    def write(self, path: Path, data: bytes) -> None:
        self.calls.append(("write", path.suffix))
        super().write(path, data)

    def sync_file(self, path: Path) -> None:
        self.calls.append(("sync_file", path.suffix))

    def sync_dir(self, path: Path) -> None:
        self.calls.append(("sync_dir", path.name))

    def replace(self, src: Path, dst: Path) -> None:
        self.calls.append(("replace", dst.name))
        super().replace(src, dst)


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    disk = Recorder()
    monkeypatch.setattr(files, "disk", disk)
    return disk


def test_bytes_are_synced_before_the_name_and_the_name_before_the_end(recorder: Recorder, tmp_path: Path) -> None:
    files.write_durably(tmp_path / "a.txt", b"new")
    assert recorder.calls == [
        ("write", ".tmp"),
        ("sync_file", ".tmp"),
        ("replace", "a.txt"),
        ("sync_dir", tmp_path.name),
    ]
    assert (tmp_path / "a.txt").read_bytes() == b"new"


def test_a_failed_write_leaves_the_old_bytes_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")

    class Full(files.Disk):
        def sync_file(self, path: Path) -> None:
            raise OSError("no space left")

    monkeypatch.setattr(files, "disk", Full())
    with pytest.raises(OSError, match="no space"):
        files.write_durably(tmp_path / "a", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_tree_is_synced_files_first_each_folder_once(recorder: Recorder, tmp_path: Path) -> None:
    for name in ("x.a", "y.b"):
        (tmp_path / name).touch()
    files.sync_tree([tmp_path / "x.a", tmp_path / "y.b", tmp_path])
    assert recorder.calls == [("sync_file", ".a"), ("sync_file", ".b"), ("sync_dir", tmp_path.name)]


def test_every_new_folder_is_named_durably(recorder: Recorder, tmp_path: Path) -> None:
    files.make_folder(tmp_path / "one" / "two")
    assert recorder.calls == [("sync_dir", tmp_path.name), ("sync_dir", "one")]
    files.make_folder(tmp_path / "one" / "two")
    assert len(recorder.calls) == 2


def test_removal_is_durable_and_leftovers_go(recorder: Recorder, tmp_path: Path) -> None:
    (tmp_path / ".a.123.tmp").touch()
    (tmp_path / "a").touch()
    files.remove_leftovers(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert recorder.calls == [("sync_dir", tmp_path.name)]


def test_json_round_trips_any_text(tmp_path: Path) -> None:
    value = {"name": "旅图 \u2028", "broken": "\udc80", "n": [1, None, 2.5]}
    files.replace_json(tmp_path / "j", value)
    assert files.read_json(tmp_path / "j") == value


def test_damaged_json_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "j").write_bytes(b'{"a": ')
    with pytest.raises(Corrupt, match="holds no JSON"):
        files.read_json(tmp_path / "j")
    with pytest.raises(FileNotFoundError):
        files.read_json(tmp_path / "absent")
