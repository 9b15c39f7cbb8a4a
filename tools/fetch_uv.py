"""Fetch uv's wheel for this machine with nothing but the standard library, for a Python without pip.

Usage: ``python tools/fetch_uv.py FOLDER`` leaves the program at ``FOLDER/uv``.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import re
import sys
import zipfile
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import Request, urlopen

INDEX = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/")


def tags() -> list[str]:
    """Ends of the wheel names that run here, best first."""
    machine = platform.machine().lower()
    if sys.platform == "darwin":
        return ["arm64.whl" if machine == "arm64" else "x86_64.whl"]
    static = [f"musllinux_1_1_{machine}.whl"]
    if platform.libc_ver()[0] == "glibc":
        return [f"manylinux2014_{machine}.whl", f"manylinux_2_28_{machine}.whl", *static]
    return static


def version(file: dict[str, object]) -> list[int]:
    """A wheel's version as numbers, so that 0.13 comes after 0.9."""
    return [int(part) for part in str(file["filename"]).split("-")[1].split(".")]


def choose(files: list[dict[str, object]]) -> dict[str, object]:
    """The newest release's wheel that runs here.

    Raises:
        SystemExit: there is none.
    """
    system = "macosx" if sys.platform == "darwin" else "linux"
    wheels = [file for file in files if re.match(r"uv-[\d.]+-", str(file["filename"])) and not file.get("yanked")]
    for tag in tags():
        fit = [file for file in wheels if str(file["filename"]).endswith(tag) and system in str(file["filename"])]
        if fit:
            return max(fit, key=version)
    raise SystemExit(f"the index has no uv for {sys.platform} {platform.machine()}")


def main(folder: str) -> None:
    """Download, check against the index's SHA-256, unpack the one program."""
    page = f"{INDEX}/uv/"
    accept = {"Accept": "application/vnd.pypi.simple.v1+json"}
    with urlopen(Request(page, headers=accept), timeout=60) as answer:
        wheel = choose(json.load(answer)["files"])
    with urlopen(urljoin(page, str(wheel["url"])), timeout=300) as answer:
        body = answer.read()
    if hashlib.sha256(body).hexdigest() != wheel["hashes"]["sha256"]:  # type: ignore[index]
        raise SystemExit(f"{wheel['filename']} is not what the index promised; nothing was installed")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        inside = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
        program = Path(folder) / "uv"
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_bytes(archive.read(inside))
    program.chmod(0o755)


if __name__ == "__main__":
    main(sys.argv[1])
