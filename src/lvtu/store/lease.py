"""Who may write, and what is being read: leases that die with the process holding them.

Both rest on advisory file locks (``flock``), which the system frees when a process ends, however it
ends. They hold between processes of one machine.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lvtu.errors import Busy, Corrupt
from lvtu.store import files


class Lease:
    """The right to write, held by one thread of one process at a time.

    Each new holder gets a fencing token that is larger than every earlier one, also after a power
    cut; work that was begun under a token can be refused once a later one exists.

    Args:
        path: the lock file; the token lies beside it in ``<path>.token``.

    Example:
        >>> import tempfile
        >>> lease = Lease(Path(tempfile.mkdtemp()) / "writer")
        >>> with lease.hold() as token:
        ...     lease.check(token)
        >>> with lease.hold() as later:
        ...     later > token
        True
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._token_path = path.with_name(path.name + ".token")
        self._thread = threading.RLock()
        self._depth = self._owner = 0
        self._handle = -1
        self._token = 0
        _leases.add(self)

    @contextmanager
    def hold(self, timeout: float = 10.0) -> Iterator[int]:
        """Hold the lease for a block; a thread that holds it already gets the same token again.

        Args:
            timeout: how many seconds to wait for another holder.

        Raises:
            Busy: another thread or process still holds it.
        """
        until = time.monotonic() + timeout
        if not self._thread.acquire(timeout=max(timeout, 0.0)):
            raise self._busy("another thread of this process")
        try:
            if self._depth == 0:
                self._acquire(until)
            self._depth += 1
            self._owner = threading.get_ident()
            try:
                yield self._token
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._release()
        finally:
            self._thread.release()

    @property
    def mine(self) -> bool:
        """Whether the calling thread holds it."""
        return self._depth > 0 and self._owner == threading.get_ident()

    def check(self, token: int) -> None:
        """Make sure that nobody has taken the lease since the token was given.

        Raises:
            Busy: a later holder exists; what was begun under the token must not be finished.
        """
        if self._last_token() != token:
            raise Busy("lease_superseded", token=str(token), by=str(self._last_token()))

    def _acquire(self, until: float) -> None:
        pause = 0.0005
        while True:
            handle = _open_locked(self.path, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if handle is not None:
                break
            if time.monotonic() >= until:
                raise self._busy(f"process {self._holder()}")
            time.sleep(pause)
            pause = min(pause * 1.5, 0.05)
        try:
            self._token = self._last_token() + 1
            files.write_durably(self._token_path, b"%d\n" % self._token)
            os.ftruncate(handle, 0)
            os.pwrite(handle, b"%d" % os.getpid(), 0)  # for the message to others only
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle

    def _release(self) -> None:
        os.close(self._handle)
        self._handle = -1

    def _last_token(self) -> int:
        try:
            return int(self._token_path.read_bytes())
        except FileNotFoundError:
            return 0
        except ValueError as error:
            raise Corrupt("no_number", file=str(self._token_path)) from error

    def _holder(self) -> str:
        try:
            return self.path.read_text() or "?"
        except OSError:
            return "?"

    def _busy(self, who: str) -> Busy:
        return Busy("being_written", workspace=self.path.parent.name, by=who)

    def _forget_in_child(self) -> None:
        # A forked child shares the lock; were it to keep the file open, the lease would outlive its holder.
        if self._handle >= 0:
            os.close(self._handle)
        self._handle, self._depth, self._thread = -1, 0, threading.RLock()


class ReaderLeases:
    """Which generations of some derived data are being read, over all processes.

    A reader holds a generation, *then* makes sure that it is still the published one; whoever
    removes generations publishes the new one first, then asks `held`.

    Args:
        folder: where the lock files lie, one per generation being read; made if absent.

    Example:
        >>> import tempfile
        >>> readers = ReaderLeases(Path(tempfile.mkdtemp()))
        >>> with readers.hold(7):
        ...     readers.held()
        {7}
        >>> readers.held()
        set()
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def hold(self, generation: int) -> Iterator[None]:
        """Hold a generation for a block; any number of readers may hold the same one."""
        release = self.acquire(generation)
        try:
            yield
        finally:
            release.close()

    def acquire(self, generation: int) -> Hold:
        """Hold a generation until `Hold.close`, or until the process ends."""
        handle = _open_locked(self.folder / f"{generation}.lease", fcntl.LOCK_SH)
        assert handle is not None
        return Hold(handle)

    def held(self) -> set[int]:
        """The generations that living processes hold; lock files of the others are cleared away."""
        generations = set()
        for path in self.folder.glob("*.lease"):
            handle = _open_locked(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if handle is None:
                generations.add(int(path.stem))
                continue
            path.unlink(missing_ok=True)
            os.close(handle)
        return generations


class Hold:
    """One reader's hold on a generation; closing it twice is harmless."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        _holds.add(self)

    def close(self) -> None:
        """Let the generation go."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    def __del__(self) -> None:
        self.close()


_leases: weakref.WeakSet[Lease] = weakref.WeakSet()
_holds: weakref.WeakSet[Hold] = weakref.WeakSet()


def _open_locked(path: Path, mode: int) -> int | None:
    """The open and locked file, or None when somebody else has it."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, mode)
        except BlockingIOError:
            os.close(handle)
            return None
        except BaseException:
            os.close(handle)
            raise
        if _is_still_there(path, handle):
            return handle
        os.close(handle)  # it was removed between opening and locking: lock the new one


def _is_still_there(path: Path, handle: int) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(handle))
    return False


def _after_fork() -> None:
    for lease in list(_leases):
        lease._forget_in_child()
    for hold in list(_holds):
        hold.close()


os.register_at_fork(after_in_child=_after_fork)
