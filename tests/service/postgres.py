"""A real PostgreSQL for tests: the binaries of pgserver, else the system's, run by somebody who is not root."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

from parts import require

_NOBODY = 65_534
_NUMBERS = itertools.count(1)


class Postgres:
    """A server on a socket in a folder of its own."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        self._as_nobody = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}

    def run(self, *command: str) -> None:
        said = subprocess.run(
            [str(self.programs / command[0]), *command[1:]], cwd=self.folder, check=False, capture_output=True,
            text=True, env={"PATH": os.defpath, "TZ": "UTC"}, **self._as_nobody,
        )  # fmt: skip
        if said.returncode:
            raise RuntimeError(said.stdout + said.stderr)

    def start(self) -> None:
        if self._as_nobody:
            os.chown(self.folder, _NOBODY, _NOBODY)
        data = str(self.folder / "data")
        self.run("initdb", "-D", data, "-A", "trust", "-U", "lvtu", "-E", "UTF8", "--no-locale", "-N")
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        self.run("pg_ctl", "-D", data, "-w", "-o", options, "-l", str(self.folder / "log"), "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")

    def new(self) -> str:
        """The address of a new database."""
        name = f"lvtu_{next(_NUMBERS)}"
        with psycopg.connect(host=str(self.folder), user="lvtu", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]  # a name of ours
        return f"postgresql://lvtu@/{name}?host={self.folder}"


def _programs() -> list[Path]:
    """Where a PostgreSQL may lie, the one that came with the tests first."""
    found = find_spec("pgserver")
    packaged = (
        [Path(place) / "pginstall" / "bin" for place in (found.submodule_search_locations or [])] if found else []
    )
    on_path = shutil.which("initdb")
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return [*packaged, *([Path(on_path).resolve().parent] if on_path else []), *system]


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A running server; skips, or fails in CI, where none can be had."""
    trouble: list[str] = []
    # Not pytest's folder: that is closed to others, and a socket's path has to be short.
    with tempfile.TemporaryDirectory(prefix="lvtu-pg-", ignore_cleanup_errors=True) as folder:
        for number, programs in enumerate(_programs()):
            server = Postgres(programs, Path(folder) / str(number))
            server.folder.mkdir()
            Path(folder).chmod(0o755)
            try:
                server.start()
            except (OSError, RuntimeError) as error:
                trouble.append(f"{programs}: {error}")
                continue
            try:
                yield server
            finally:
                server.stop()
            return
        require(f"PostgreSQL ({'; '.join(trouble) or 'nowhere'})")
