"""The rows of the quarantine, read once for each state of its folder."""

from __future__ import annotations

import threading
import weakref

from lvtu.service.home import Served
from lvtu.store.quarantine import Quarantine, Rejected

_LOCK = threading.Lock()
_READ: weakref.WeakKeyDictionary[Served, tuple[object, list[Rejected]]] = weakref.WeakKeyDictionary()


def waiting(served: Served) -> list[Rejected]:
    """The rows set aside, newest ingest last."""
    served.answers.moment()  # what programs sent is moved there with everything else that came in
    folder = served.workspace.layout.quarantine
    with _LOCK:
        state = tuple(
            sorted((path.name, at.st_size, at.st_mtime_ns) for path in folder.glob("*.ndjson") for at in [path.stat()])
        )
        known = _READ.get(served)
        if known is None or known[0] != state:
            known = _READ[served] = state, list(Quarantine(folder))
        return known[1]
