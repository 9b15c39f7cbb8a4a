"""At which addresses a home is served now: a server holds a lock named by its port for as long as it lives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lvtu.store.lease import ReaderLeases

_EVERYWHERE = ("0.0.0.0", "")
_HERE = "127.0.0.1"


@contextmanager
def serving(home: Path, host: str, port: int) -> Iterator[None]:
    """Let others find the server of a home; a process that is killed is found no more.

    Args:
        home: it.
        host, port: where the server listens.
    """
    held = ReaderLeases(_folder(home)).acquire(port)
    try:
        _file(home, port).write_text(host)
        yield
    finally:
        held.close()


def addresses(home: Path) -> list[str]:
    """Where a home is served, the server that began last first.

    Example:
        >>> import tempfile
        >>> home = Path(tempfile.mkdtemp())
        >>> with serving(home, "0.0.0.0", 8077):
        ...     addresses(home)
        ['http://127.0.0.1:8077/']
        >>> addresses(home)
        []
    """
    if not _folder(home).is_dir():
        return []
    files = [_file(home, port) for port in ReaderLeases(_folder(home)).held()]
    files.sort(key=lambda file: -file.stat().st_mtime_ns)
    return [f"http://{_reached(file.read_text())}:{file.stem}/" for file in files]


def _reached(host: str) -> str:
    return _HERE if host in _EVERYWHERE else host


def _folder(home: Path) -> Path:
    return home / ".serving"


def _file(home: Path, port: int) -> Path:
    return _folder(home) / f"{port}.lease"
