"""Addresses at which anybody reads what somebody chose to show, until they end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.keys import key_hash, new_key
from lvtu.catalog.tables import ShareRow, columns_of
from lvtu.errors import UnknownName

PREFIX = "sh_"
"""How the key of a share begins."""


@dataclass(frozen=True)
class Share:
    """What is shown at an address; see `lvtu.catalog.tables.ShareRow`."""

    id: str
    workspace_id: str
    ends: str
    title: str
    shown: dict[str, Any]
    author: str | None
    created: datetime
    expires: datetime | None
    revoked: datetime | None


class Shares:
    """The shares in the catalog.

    Args:
        database: the catalog's.

    Example:
        >>> import tempfile, pathlib
        >>> shares = Shares(Database.of(pathlib.Path(tempfile.mkdtemp())))
        >>> key, share = shares.new("shop-id", "Sales", {"questions": []})
        >>> shares.of_key(key) == share
        True
        >>> shares.revoke("shop-id", share.id)
        >>> print(shares.of_key(key))
        None
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def new(
        self, workspace_id: str, title: str, shown: Mapping[str, Any], *, author: str | None = None,
        expires: datetime | None = None,
    ) -> tuple[str, Share]:  # fmt: skip
        """Share something of a workspace.

        Returns:
            The address's key, told this once, and what is kept of it.
        """
        key = new_key(PREFIX)
        row = ShareRow(
            workspace_id=workspace_id, hash=key_hash(key), ends=key[-4:], title=title, shown=dict(shown),
            author=author, expires=expires,
        )  # fmt: skip
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            return key, _share(row)

    def of_workspace(self, workspace_id: str) -> list[Share]:
        """A workspace's, oldest first, those that ended too."""
        query = select(ShareRow).where(ShareRow.workspace_id == workspace_id).order_by(ShareRow.created, ShareRow.id)
        with self._database.reading() as session:
            return [_share(row) for row in session.scalars(query)]

    def of_key(self, key: str) -> Share | None:
        """What is shown at an address, unless it has ended."""
        query = select(ShareRow).where(
            ShareRow.hash == key_hash(key),
            ShareRow.revoked.is_(None),
            or_(ShareRow.expires.is_(None), ShareRow.expires > now()),
        )
        with self._database.reading() as session:
            row = session.scalar(query)
            return None if row is None else _share(row)

    def revoke(self, workspace_id: str, id: str) -> None:
        """End one; a second time changes nothing.

        Raises:
            UnknownName: the workspace has none of that id.
        """
        with self._database.writing() as session:
            row = session.get(ShareRow, id)
            if row is None or row.workspace_id != workspace_id:
                raise UnknownName("share", id, [])
            row.revoked = row.revoked or now()


def _share(row: ShareRow) -> Share:
    kept = columns_of(row)
    return Share(**{name: kept[name] for name in Share.__dataclass_fields__})
