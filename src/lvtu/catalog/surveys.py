"""Surveys as they are written and as they were published: a published version never changes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.ids import new_link
from lvtu.catalog.tables import SurveyRow, SurveyVersionRow, columns_of
from lvtu.errors import BadInput, UnknownName


@dataclass(frozen=True)
class KeptSurvey:
    """A survey; see `lvtu.catalog.tables.SurveyRow`.

    Attributes:
        state: ``draft`` before it is published, ``open``, ``closed``.
        version: of the draft and the settings, one more with each change.
        published: the number of the version that is asked; None before there is one.
        looked: up to when arrivals were looked through for what it is sent upon.
    """

    id: str
    workspace_id: str
    key: str
    link: str
    secret: str
    state: str
    draft: dict[str, Any]
    settings: dict[str, Any]
    version: int
    published: int | None
    looked: datetime
    author: str | None
    editor: str | None
    created: datetime
    updated: datetime


@dataclass(frozen=True)
class Version:
    """A definition as it was published."""

    survey_id: str
    number: int
    definition: dict[str, Any]
    author: str | None
    created: datetime


class Surveys:
    """The surveys in the catalog.

    Args:
        database: the catalog's.

    Example:
        >>> import tempfile, pathlib
        >>> surveys = Surveys(Database.of(pathlib.Path(tempfile.mkdtemp())))
        >>> made = surveys.add("shop-id", "after", {"key": "after"}, {}, author=None)
        >>> surveys.publish("shop-id", made.id, editor=None).published
        1
        >>> surveys.of_link(made.link).state, surveys.version(made.id, 1).definition
        ('open', {'key': 'after', 'version': 1})
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_workspace(self, workspace_id: str) -> list[KeptSurvey]:
        """A workspace's, oldest first."""
        query = select(SurveyRow).where(SurveyRow.workspace_id == workspace_id)
        with self._database.reading() as session:
            return [_survey(row) for row in session.scalars(query.order_by(SurveyRow.created, SurveyRow.id))]

    def get(self, workspace_id: str, id: str) -> KeptSurvey:
        """One.

        Raises:
            UnknownName: the workspace has none of that id.
        """
        with self._database.reading() as session:
            return _survey(_mine(session, workspace_id, id))

    def of_link(self, link: str) -> KeptSurvey | None:
        """The survey that a link asks."""
        with self._database.reading() as session:
            row = session.scalar(select(SurveyRow).where(SurveyRow.link == link))
            return None if row is None else _survey(row)

    def of_id(self, id: str) -> KeptSurvey | None:
        """One, of whichever workspace."""
        with self._database.reading() as session:
            row = session.get(SurveyRow, id)
            return None if row is None else _survey(row)

    def add(
        self, workspace_id: str, key: str, draft: Mapping[str, Any], settings: Mapping[str, Any], *, author: str | None
    ) -> KeptSurvey:
        """Keep a new one, as a draft.

        Raises:
            BadInput: the workspace has one of that key.
        """
        row = SurveyRow(
            workspace_id=workspace_id, key=key, draft=dict(draft), settings=dict(settings), author=author,
            editor=author, link=new_link(), secret=secrets.token_urlsafe(32),
        )  # fmt: skip
        try:
            with self._database.writing() as session:
                session.add(row)
                session.flush()
                return _survey(row)
        except IntegrityError:
            raise BadInput("survey_key_taken", key=key) from None

    def put(
        self, workspace_id: str, id: str, draft: Mapping[str, Any], settings: Mapping[str, Any], *,
        editor: str | None, version: int,
    ) -> KeptSurvey:  # fmt: skip
        """Change the draft and the settings; what is published stays.

        Raises:
            UnknownName: the workspace has none of that id.
            BadInput: somebody else changed it in the meantime (``changed_by_another``).
        """
        with self._database.writing() as session:
            row = _mine(session, workspace_id, id)
            if row.version != version:
                raise BadInput("changed_by_another", version=version, newest=row.version)
            row.draft, row.settings = dict(draft), dict(settings)
            _touch(row, editor)
            return _survey(row)

    def publish(self, workspace_id: str, id: str, *, editor: str | None) -> KeptSurvey:
        """Ask the draft from now on, as a version of its own; the same definition again makes none.

        Raises:
            UnknownName: the workspace has none of that id.
        """
        with self._database.writing() as session:
            row = _mine(session, workspace_id, id)
            last = None if row.published is None else session.get(SurveyVersionRow, (row.id, row.published))
            number = row.published or 0
            if last is None or last.definition != dict(row.draft) | {"version": number}:
                number += 1
                definition = dict(row.draft) | {"version": number}
                session.add(SurveyVersionRow(
                    survey_id=row.id, number=number, workspace_id=workspace_id, definition=definition, author=editor
                ))  # fmt: skip
            if row.state != "open":
                row.looked = now()
            row.published, row.state = number, "open"
            _touch(row, editor)
            return _survey(row)

    def close(self, workspace_id: str, id: str, *, editor: str | None) -> KeptSurvey:
        """Take no more answers.

        Raises:
            UnknownName: the workspace has none of that id.
        """
        with self._database.writing() as session:
            row = _mine(session, workspace_id, id)
            if row.state == "open":
                row.state = "closed"
                _touch(row, editor)
            return _survey(row)

    def remove(self, workspace_id: str, id: str) -> None:
        """Remove one with its versions, responses under way and invitations; the events of its answers stay.

        Raises:
            UnknownName: the workspace has none of that id.
        """
        with self._database.writing() as session:
            session.delete(_mine(session, workspace_id, id))

    def version(self, id: str, number: int) -> Version | None:
        """What was published under a number."""
        with self._database.reading() as session:
            row = session.get(SurveyVersionRow, (id, number))
            return None if row is None else _version(row)

    def versions(self, id: str) -> list[Version]:
        """All that was published, newest first."""
        query = select(SurveyVersionRow).where(SurveyVersionRow.survey_id == id)
        with self._database.reading() as session:
            return [_version(row) for row in session.scalars(query.order_by(SurveyVersionRow.number.desc()))]

    def looked(self, id: str, until: datetime) -> None:
        """Note up to when arrivals were looked through."""
        with self._database.writing() as session:
            row = session.get(SurveyRow, id)
            if row is not None:
                row.looked = until


def _touch(row: SurveyRow, editor: str | None) -> None:
    row.version, row.editor, row.updated = row.version + 1, editor, now()


def _mine(session: Session, workspace_id: str, id: str) -> SurveyRow:
    row = session.get(SurveyRow, id)
    if row is None or row.workspace_id != workspace_id:
        raise UnknownName("survey", id, [])
    return row


def _survey(row: SurveyRow) -> KeptSurvey:
    kept = columns_of(row)
    return KeptSurvey(**{name: kept[name] for name in KeptSurvey.__dataclass_fields__})


def _version(row: SurveyVersionRow) -> Version:
    kept = columns_of(row)
    return Version(**{name: kept[name] for name in Version.__dataclass_fields__})
