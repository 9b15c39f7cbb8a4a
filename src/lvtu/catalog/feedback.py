"""Pieces of feedback: what became of each, what was done about it, and who votes for those that are published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.ids import new_link
from lvtu.catalog.tables import FeedbackChangeRow, FeedbackRow, FeedbackVoteRow, SurveyResponseRow, columns_of
from lvtu.errors import BadInput, UnknownName

NEW, SEEN, PLANNED, DONE, DECLINED = STATUSES = ("new", "seen", "planned", "done", "declined")
"""Nobody looked at it; somebody did; it is going to be done; it is done; it is not going to be."""

CLOSED = (DONE, DECLINED)

KINDS = ("idea", "complaint", "praise", "other")

_OF_RESPONSE = ("response", "number", "language", "given", "completed")


@dataclass(frozen=True)
class KeptFeedback:
    """A piece of feedback; see `lvtu.catalog.tables.FeedbackRow`.

    Attributes:
        status: one of `STATUSES`; that of the piece it is merged into, where it is.
        owner: the id of the person who sees to it.
        answer: what those who said it are told, by language.
        public: its title and text in an editor's words, by language, and since when; None where it is not published.
        version: one more with each change.
        response, number, language, given: the response that it is: its id, of which version of the survey, in which
            language, and what was said by whom.
        completed: when it was said.
    """

    id: str
    survey_id: str
    workspace_id: str
    token: str
    kind: str
    status: str
    owner: str | None
    answer: dict[str, str] | None
    public: dict[str, Any] | None
    public_id: str | None
    merged_into: str | None
    version: int
    created: datetime
    updated: datetime
    response: str
    number: int
    language: str
    given: dict[str, Any] | None
    completed: datetime | None


@dataclass(frozen=True)
class Change:
    """Something that was done about a piece; see `lvtu.catalog.tables.FeedbackChangeRow`.

    Attributes:
        what: ``status``, ``answer``, ``owner``, ``published``, ``unpublished``, ``merged``, ``split``.
        body: how it is since, and how it was; ``tell`` where whoever said it is to have a message.
        told: when there was an event of it.
    """

    id: str
    feedback_id: str
    workspace_id: str
    at: datetime
    person_id: str | None
    what: str
    body: dict[str, Any]
    told: datetime | None


@dataclass(frozen=True)
class Decision:
    """What is to be about a piece of feedback from now on.

    Attributes:
        status, owner, answer: how each is to be.
        tell: whether those who said it have a message, if it is closed and something was changed for them.
    """

    status: str
    owner: str | None
    answer: Mapping[str, str] | None
    tell: bool = False


class Feedback:
    """The pieces of feedback in the catalog.

    Args:
        database: the catalog's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading.

    def listed(
        self, workspace_id: str, *, status: Sequence[str] = (), kind: Sequence[str] = (), owner: str | None = None,
        survey_id: str | None = None, before: str | None = None, limit: int = 50,
    ) -> list[KeptFeedback]:  # fmt: skip
        """Pieces, newest first; those that were merged into another stand with that one."""
        query = _whole().where(FeedbackRow.workspace_id == workspace_id, FeedbackRow.merged_into.is_(None))
        for column, values in ((FeedbackRow.status, status), (FeedbackRow.kind, kind)):
            query = query.where(column.in_(values)) if values else query
        query = query.where(FeedbackRow.owner == owner) if owner else query
        query = query.where(FeedbackRow.survey_id == survey_id) if survey_id else query
        query = query.where(FeedbackRow.id < before) if before else query
        return self._read(query.order_by(FeedbackRow.id.desc()).limit(limit))

    def counts(self, workspace_id: str) -> dict[tuple[str, str], int]:
        """How many pieces there are by status and kind, without those that were merged into another."""
        query = (
            select(FeedbackRow.status, FeedbackRow.kind, func.count())
            .where(FeedbackRow.workspace_id == workspace_id, FeedbackRow.merged_into.is_(None))
            .group_by(FeedbackRow.status, FeedbackRow.kind)
        )
        with self._database.reading() as session:
            return {(status, kind): pieces for status, kind, pieces in session.execute(query)}

    def any_answered(self, workspace_id: str) -> bool:
        """Whether an answer has ever become an event."""
        query = select(FeedbackChangeRow.id).where(
            FeedbackChangeRow.workspace_id == workspace_id, FeedbackChangeRow.what == "answer",
            FeedbackChangeRow.told.is_not(None),
        )  # fmt: skip
        with self._database.reading() as session:
            return session.scalar(query.limit(1)) is not None

    def get(self, workspace_id: str, id: str) -> KeptFeedback:
        """One.

        Raises:
            UnknownName: the workspace has none of that id.
        """
        found = self._read(_whole().where(FeedbackRow.id == id, FeedbackRow.workspace_id == workspace_id))
        if not found:
            raise UnknownName("feedback", id, [])
        return found[0]

    def of_token(self, token: str) -> KeptFeedback | None:
        """The piece that a secret link leads to."""
        return next(iter(self._read(_whole().where(FeedbackRow.token == token))), None)

    def of_id(self, id: str) -> KeptFeedback | None:
        """One, of whichever workspace."""
        return next(iter(self._read(_whole().where(FeedbackRow.id == id))), None)

    def within(self, ids: Sequence[str]) -> list[KeptFeedback]:
        """The pieces that were merged into some, oldest first."""
        return self._read(_whole().where(FeedbackRow.merged_into.in_(ids)).order_by(FeedbackRow.id))

    def published(self, survey_id: str) -> list[KeptFeedback]:
        """What everybody may read of."""
        query = _whole().where(FeedbackRow.survey_id == survey_id, FeedbackRow.public_id.is_not(None))
        return self._read(query.order_by(FeedbackRow.id.desc()))

    def changes(self, id: str) -> list[Change]:
        """What was done about a piece, newest first."""
        query = select(FeedbackChangeRow).where(FeedbackChangeRow.feedback_id == id)
        with self._database.reading() as session:
            return [Change(**columns_of(row)) for row in session.scalars(query.order_by(FeedbackChangeRow.at.desc()))]

    def untold(self, before: datetime, most: int = 100) -> list[Change]:
        """What was done before a time and is no event yet, oldest first."""
        query = select(FeedbackChangeRow).where(FeedbackChangeRow.told.is_(None), FeedbackChangeRow.at < before)
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(FeedbackChangeRow.at).limit(most))
            return [Change(**columns_of(row)) for row in rows]

    def votes(self, ids: Sequence[str]) -> dict[str, int]:
        """How many votes each of some has."""
        query = select(FeedbackVoteRow.feedback_id, func.count()).where(FeedbackVoteRow.feedback_id.in_(ids))
        with self._database.reading() as session:
            return {row[0]: row[1] for row in session.execute(query.group_by(FeedbackVoteRow.feedback_id))}

    def _read(self, query: Select[Any]) -> list[KeptFeedback]:
        with self._database.reading() as session:
            return [_kept(row) for row in session.execute(query)]

    # Deciding.

    def decide(
        self, workspace_id: str, id: str, decision: Decision, *, version: int, person_id: str | None
    ) -> list[Change]:  # fmt: skip
        """Say what is to be about a piece, and those merged into it.

        Returns:
            What was changed, piece by piece; it is to become events.

        Raises:
            UnknownName: the workspace has none of that id.
            BadInput: somebody else changed it meanwhile (``changed_by_another``), or it is merged into another.
        """
        with self._database.writing() as session:
            row = self._lead(session, workspace_id, id)
            if row.version != version:
                raise BadInput("changed_by_another", version=version, newest=row.version)
            new = {"owner": decision.owner, "answer": dict(decision.answer or {}) or None, "status": decision.status}
            changed = {name: value for name, value in new.items() if value != getattr(row, name)}
            told = decision.tell and decision.status in CLOSED and bool({"answer", "status"} & set(changed))
            found = []
            for one in (row, *_merged(session, [row.id])):
                mine = [
                    _change(session, one, name, {name: value, "before": getattr(one, name)}, person_id)
                    for name, value in changed.items()
                    if one is row or name != "owner"
                ]
                for name, value in changed.items():
                    setattr(one, name, value)
                if told and mine:
                    mine[-1].body = mine[-1].body | {"tell": True}
                if changed:
                    _touch(one)
                found += mine
            session.flush()
            return [Change(**columns_of(one)) for one in found]

    def publish(
        self, workspace_id: str, id: str, public: Mapping[str, Any] | None, *, version: int, person_id: str | None
    ) -> list[Change]:
        """Let everybody read of a piece in an editor's words, or nobody any more; its votes stay.

        Raises:
            UnknownName: the workspace has none of that id.
            BadInput: somebody else changed it meanwhile (``changed_by_another``), or it is merged into another.
        """
        with self._database.writing() as session:
            row = self._lead(session, workspace_id, id)
            if row.version != version:
                raise BadInput("changed_by_another", version=version, newest=row.version)
            if public is None and row.public_id is None:
                return []
            since = (row.public or {}).get("since") if row.public_id else None
            body = None if public is None else dict(public) | {"since": since or now().isoformat()}
            # Its words are kept for who publishes it again; its name is another one then.
            row.public, row.public_id = body or row.public, None if body is None else row.public_id or new_link()
            _touch(row)
            what = "unpublished" if body is None else "published"
            made = _change(session, row, what, {} if body is None else {"public": body}, person_id)
            session.flush()
            return [Change(**columns_of(made))]

    def merge(
        self, workspace_id: str, id: str, into: str, *, tell: bool, person_id: str | None
    ) -> list[Change]:  # fmt: skip
        """Say that a piece says the same as another one: from now on what becomes of that one becomes of both.

        Args:
            workspace_id: of both.
            id: the one that is merged; those merged into it go along.
            into: the other one.
            tell: whether those who said it have a message, if the other one is closed and has an answer.
            person_id: who says so.

        Raises:
            UnknownName: the workspace has no such piece.
            BadInput: it is the same piece, or of another survey (``feedback_not_here``), or merged already.
        """
        with self._database.writing() as session:
            row, lead = self._lead(session, workspace_id, id), self._lead(session, workspace_id, into)
            if row.id == lead.id or row.survey_id != lead.survey_id:
                raise BadInput("feedback_not_here")
            found = []
            if row.public_id is not None:
                row.public_id = None
                found.append(_change(session, row, "unpublished", {}, person_id))
            for one in (row, *_merged(session, [row.id])):
                one.merged_into = lead.id
                found.append(_change(session, one, "merged", {"into": lead.id}, person_id))
                mine = []
                for name in ("answer", "status"):
                    if (value := getattr(lead, name)) != (before := getattr(one, name)):
                        mine.append(_change(session, one, name, {name: value, "before": before}, person_id))
                        setattr(one, name, value)
                if tell and mine and lead.status in CLOSED:
                    mine[-1].body = mine[-1].body | {"tell": True}
                one.owner = lead.owner
                _touch(one)
                found += mine
            session.flush()
            return [Change(**columns_of(one)) for one in found]

    def split(self, workspace_id: str, id: str, *, person_id: str | None) -> list[Change]:
        """Take a piece out of the one that it was merged into; it stays as it is, and goes its own way.

        Raises:
            UnknownName: the workspace has none of that id, or it is not merged.
        """
        with self._database.writing() as session:
            row = _mine(session, workspace_id, id)
            if row.merged_into is None:
                raise UnknownName("feedback", id, [])
            made = _change(session, row, "split", {"from": row.merged_into}, person_id)
            row.merged_into = None
            _touch(row)
            session.flush()
            return [Change(**columns_of(made))]

    def tell(self, id: str, **more: str) -> None:
        """Note that there is an event of a change, and what else is known of it since."""
        with self._database.writing() as session:
            row = session.get(FeedbackChangeRow, id)
            if row is not None:
                row.told, row.body = now(), row.body | more

    # Voting.

    def vote(self, id: str, mark: str, on: bool) -> int:
        """Count a vote, once for each mark, or take it back; how many there are now."""
        try:
            with self._database.writing() as session:
                row = session.get(FeedbackVoteRow, (id, mark))
                if on and row is None:
                    session.add(FeedbackVoteRow(feedback_id=id, mark=mark))
                elif not on and row is not None:
                    session.delete(row)
        except IntegrityError:
            pass  # the same vote, a moment ago
        return self.votes([id]).get(id, 0)

    @staticmethod
    def _lead(session: Session, workspace_id: str, id: str) -> FeedbackRow:
        row = _mine(session, workspace_id, id)
        if row.merged_into is not None:
            raise BadInput("feedback_is_merged")
        return row


def begin(session: Session, response: SurveyResponseRow, kind: str) -> None:
    """A response becomes a piece of feedback, within the transaction that keeps it."""
    if session.get(FeedbackRow, response.id) is None:
        session.add(FeedbackRow(
            id=response.id, survey_id=response.survey_id, workspace_id=response.workspace_id, token=new_link(),
            kind=kind if kind in KINDS else "other",
        ))  # fmt: skip


def _whole() -> Select[Any]:
    mine = [getattr(SurveyResponseRow, name) for name in _OF_RESPONSE]
    return select(FeedbackRow, *mine).join(SurveyResponseRow, SurveyResponseRow.id == FeedbackRow.id)


def _kept(found: Row[Any]) -> KeptFeedback:
    row: FeedbackRow = found[0]
    response = found[1:]
    return KeptFeedback(**columns_of(row), **dict(zip(_OF_RESPONSE, response, strict=True)))


def _mine(session: Session, workspace_id: str, id: str) -> FeedbackRow:
    row = session.get(FeedbackRow, id, with_for_update=True)
    if row is None or row.workspace_id != workspace_id:
        raise UnknownName("feedback", id, [])
    return row


def _merged(session: Session, ids: Sequence[str]) -> list[FeedbackRow]:
    query = select(FeedbackRow).where(FeedbackRow.merged_into.in_(ids)).order_by(FeedbackRow.id)
    return list(session.scalars(query.with_for_update()))


def _touch(row: FeedbackRow) -> None:
    row.version, row.updated = row.version + 1, now()


def _change(
    session: Session, row: FeedbackRow, what: str, body: Mapping[str, Any], person_id: str | None
) -> FeedbackChangeRow:
    made = FeedbackChangeRow(
        feedback_id=row.id, workspace_id=row.workspace_id, at=now(), person_id=person_id, what=what, body=dict(body)
    )
    session.add(made)
    return made
