"""Recordings of interviews: kept beside their text, gone with it and with whoever is forgotten in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import LargeBinary, delete, func, select

from lvtu.catalog.database import Database
from lvtu.catalog.tables import RecordingRow
from lvtu.errors import UnknownName


@dataclass(frozen=True)
class Recording:
    """A recording, without its sound.

    Attributes:
        interview: the id of the text that it belongs to.
        name: of the file.
        type: of its sound, ``audio/mpeg``.
        size: bytes.
    """

    interview: str
    name: str
    type: str
    size: int


class Recordings:
    """The recordings of a workspace's interviews.

    Args:
        database: the catalog's.
        workspace_id: the workspace.
    """

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database, self._workspace = database, workspace_id

    def put(self, interview: str, name: str, type: str, content: bytes) -> None:
        """Keep one, in the place of the one that was there."""
        with self._database.writing() as session:
            session.merge(
                RecordingRow(
                    interview_id=interview, workspace_id=self._workspace, name=name, type=type, size=len(content),
                    content=content,
                )
            )  # fmt: skip

    def of(self, interviews: Collection[str]) -> dict[str, Recording]:
        """Those of some interviews, by their ids."""
        query = select(RecordingRow).where(
            RecordingRow.workspace_id == self._workspace, RecordingRow.interview_id.in_(interviews)
        )
        with self._database.reading() as session:
            return {row.interview_id: _recording(row) for row in session.scalars(query)}

    def sound(self, interview: str, first: int, most: int) -> bytes:
        """Some bytes of one.

        Args:
            interview: of which.
            first: the number of the first byte.
            most: how many at most.

        Raises:
            UnknownName: it has none (``unknown_recording``).
        """
        part = select(func.substr(RecordingRow.content, first + 1, most, type_=LargeBinary)).where(
            RecordingRow.workspace_id == self._workspace, RecordingRow.interview_id == interview
        )
        with self._database.reading() as session:
            found = session.execute(part).scalar_one_or_none()
        if found is None:
            raise UnknownName("recording", interview, [])
        return bytes(found)

    def remove(self, interview: str) -> None:
        """Remove that of an interview, if it has one."""
        with self._database.writing() as session:
            session.execute(
                delete(RecordingRow).where(
                    RecordingRow.workspace_id == self._workspace, RecordingRow.interview_id == interview
                )
            )


def _recording(row: RecordingRow) -> Recording:
    return Recording(row.interview_id, row.name, row.type, row.size)
