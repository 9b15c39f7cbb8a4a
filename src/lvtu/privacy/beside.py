"""What the server keeps beside a workspace: erased there too, as far as its database can be reached."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from lvtu.errors import BadInput, Busy, LvtuError
from lvtu.privacy.documents import Without
from lvtu.store.ledger import Ledger

_SERVED_BY = "server"
_VARIABLE = "LVTU_DATABASE_URL"
_SQLITE = "sqlite:///"
_PASSWORD = ":***@"
"""Stands where an address without its password would have one."""


def note_server(ledger: Ledger, place: str) -> None:
    """Keep in a workspace's books where the database of the server is that serves it: who forgets somebody looks there.

    Args:
        ledger: the books.
        place: its address, without a password.
    """
    if ledger.get(_SERVED_BY) != place:
        ledger.put(_SERVED_BY, place)


def there(root: Path, ledger: Ledger) -> bool:
    """Whether a server's database is known, be it reached or not."""
    return _address(root, ledger) != (None, "")


def address_of(root: Path, ledger: Ledger) -> str:
    """The address of the database of the server that serves a workspace.

    Args:
        root: the workspace's folder.
        ledger: its books.

    Raises:
        BadInput: none is known (``unserved``): nobody has served the workspace yet.
    """
    address, known = _address(root, ledger)
    if address is None:
        raise BadInput("unserved", path=str(root), variable=_VARIABLE, known=[known] if known else [])
    return address


def erase(
    root: Path, ledger: Ledger, workspace_id: str, names: set[str], patiently: Callable[[Callable[[], None]], None]
) -> dict[str, Any]:
    """Take a customer out of what people wrote on the server that serves a workspace.

    Args:
        root: the workspace's folder.
        ledger: its books.
        workspace_id: its id.
        names: the customer's identifiers.
        patiently: does something again while others are in the middle of reading.

    Returns:
        For the receipt. ``server``: ``erased``; ``none`` where no server has a database; ``unreached``, and ``why``.
        ``places``: in how many places they were.
    """
    address, known = _address(root, ledger)
    if address is None:
        return {"server": "unreached", "why": known, "places": 0} if known else {"server": "none", "places": 0}
    from sqlalchemy.exc import SQLAlchemyError

    try:
        places = _erased(address, workspace_id, names, patiently)
    except Busy:
        raise
    except (LvtuError, SQLAlchemyError, sqlite3.Error, OSError) as error:
        return {"server": "unreached", "why": str(getattr(error, "orig", None) or error).strip(), "places": 0}
    return {"server": "erased", "places": places}


def _address(root: Path, ledger: Ledger) -> tuple[str | None, str]:
    """The address of the database; where none can be told, where it was when a server last served the workspace."""
    if named := os.environ.get(_VARIABLE):
        return named, ""
    last = str(ledger.get(_SERVED_BY) or "")
    if last and not last.startswith(_SQLITE):
        return (None, last) if _PASSWORD in last else (last, "")
    root = root.absolute()
    for file in (Path(last.removeprefix(_SQLITE)), *(home / "server.sqlite" for home in (root, root.parent))):
        if file.is_file():
            return f"{_SQLITE}{file}", ""
    return None, last


def _erased(address: str, workspace_id: str, names: set[str], patiently: Callable[[Callable[[], None]], None]) -> int:
    from lvtu.catalog import erasing
    from lvtu.catalog.database import Database

    with closing(Database(address)) as database:
        places = erasing.erase(database, workspace_id, Without(names).anywhere)
        patiently(lambda: erasing.truncate(database))
        return places
