"""Building the web app where no Node is installed: it comes from PyPI, and the scripts that it runs find it too."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from parts import ROOT, require

_LOCK = {
    "name": "app", "version": "0.0.1", "lockfileVersion": 3, "requires": True,
    "packages": {"": {"name": "app", "version": "0.0.1"}},
}  # fmt: skip
_SCRIPTS = {
    "postinstall": "node -e \"require('fs').mkdirSync('node_modules', {recursive: true})\"",
    "client": "node -e \"require('fs').writeFileSync('seen', process.execPath)\"",
    "build": "node -e \"require('fs').mkdirSync('../src/lvtu/service/web', {recursive: true})\"",
}


def _checkout(place: Path) -> None:
    """A checkout in small: the tool as it is, with an app that needs no package."""
    for folder in ("tools", "web", "bin", "src/lvtu/core/words"):
        (place / folder).mkdir(parents=True)
    shutil.copy(ROOT / "tools/web.py", place / "tools/web.py")
    for language in ("en", "zh"):
        (place / f"src/lvtu/core/words/{language}.json").write_text("{}")
    package = {"name": "app", "version": "0.0.1", "private": True, "scripts": _SCRIPTS}
    (place / "web/package.json").write_text(json.dumps(package))
    (place / "web/package-lock.json").write_text(json.dumps(_LOCK))


def test_the_app_is_built_where_there_is_no_node(tmp_path: Path) -> None:
    uv = shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".uv/bin"))
    require("uv", uv)
    assert uv is not None
    _checkout(tmp_path)
    for name, program in {"uv": uv, "sh": shutil.which("sh")}.items():
        (tmp_path / "bin" / name).symlink_to(str(program))
    asked = [sys.executable, str(tmp_path / "tools/web.py")]
    done = subprocess.run(
        asked, env={**os.environ, "PATH": str(tmp_path / "bin")}, capture_output=True, text=True, check=False
    )
    if "Connect" in done.stderr or "dns" in done.stderr:
        require("the way to PyPI")
    assert done.returncode == 0, done.stderr + done.stdout
    assert (tmp_path / "src/lvtu/service/web/.stamp").is_file()
    assert Path((tmp_path / "web/seen").read_text()).is_relative_to(tmp_path / ".node")
