"""Responses to surveys while they are under way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.feedback import begin
from lvtu.catalog.files import claim
from lvtu.catalog.tables import SurveyQuotaRow, SurveyResponseRow, SurveyRow, columns_of
from lvtu.errors import BadInput

COMPLETE, PARTIAL, LEFT = "complete", "partial", "left"
"""All was answered; some was, and more may come; some was, and no more came."""

SCREENED = "screened"
"""It would be one more of a kind of which enough are there: nothing of it is kept, and nothing more is taken."""

USED = "used"
"""No response, but the mark of an invitation that was used for one."""


@dataclass(frozen=True)
class KeptResponse:
    """A response; see `lvtu.catalog.tables.SurveyResponseRow`.

    Attributes:
        response: its own id, as whoever answers named it; of an anonymous survey a hash.
        number: of the version that was answered.
        state: ``started``, ``partial``, ``complete``, ``left``, ``screened``.
        given: what was answered, by whom and where, until it is events; of feedback for good.
        settled: when it had become events.
    """

    id: str
    survey_id: str
    workspace_id: str
    response: str
    number: int
    state: str
    language: str
    given: dict[str, Any] | None
    invitation_id: str | None
    started: datetime
    updated: datetime
    completed: datetime | None
    settled: datetime | None


@dataclass(frozen=True)
class Enough:
    """How many responses to a survey are enough.

    Attributes:
        quotas: of the kinds that a response is of, how many complete ones, by quota.
        most: complete ones in all.
        daily: within a day: more do not begin.
    """

    quotas: Mapping[str, int] = field(default_factory=dict)
    most: int | None = None
    daily: int | None = None


class Responses:
    """The responses in the catalog.

    Args:
        database: the catalog's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(
        self, survey_id: str, workspace_id: str, response: str, *, number: int, state: str, language: str,
        given: Mapping[str, Any], invitation_id: str | None, feedback: str | None = None, mark: str | None = None,
        enough: Enough = Enough(), files: Sequence[str] = (),
    ) -> KeptResponse:  # fmt: skip
        """Keep what was answered so far; a response that is complete is left as it is.

        Args:
            survey_id, workspace_id: of which survey.
            response: its id.
            number: of the version that is answered.
            state: what it is now; it never goes back from answers to none.
            language: in which it is answered.
            given: everything that it says.
            invitation_id: the invitation that it came by, which is good for one response.
            feedback: its kind, where it is a piece of feedback once it is complete.
            mark: of an anonymous survey what stands for the invitation: it is used up in a row of its own that does
                not say when, or for which response.
            enough: what it may be one too many of; counted where it is kept, one response after the other.
            files: those that were sent for it, and that it holds once it is complete.

        Returns:
            What is kept: with another `given` than that where the response was complete before.

        Raises:
            BadInput: the invitation was used for another response (``invitation_used``); there are enough responses
                (``survey_closed``, ``survey_rests``), or of one of its kinds (``quota_full``, with the quota).
        """
        with self._database.writing() as session:
            session.get(
                SurveyRow, survey_id, with_for_update=True
            )  # one after the other, or two would use one invitation
            row = session.scalar(_of(survey_id, response))
            if row is not None and row.state == COMPLETE:
                return _response(row)
            _check(session, survey_id, row, enough, state)
            if (
                invitation_id is not None
                and session.scalar(_by_another(survey_id, invitation_id, response)) is not None
            ):
                raise BadInput("invitation_used")
            if mark is not None and state == COMPLETE:
                self._use(session, survey_id, workspace_id, mark)
            if row is None:
                row = SurveyResponseRow(
                    survey_id=survey_id, workspace_id=workspace_id, response=response, number=number, state=state
                )
                session.add(row)
            elif not (state == "started" and row.state != "started"):
                row.state = state
            if not (state == "started" and row.given and row.given.get("answers")):
                row.number, row.language, row.given = number, language, dict(given)
            row.invitation_id, row.updated, row.settled = invitation_id, now(), None
            row.completed = row.updated if state == COMPLETE else None
            session.flush()
            if feedback is not None and state == COMPLETE:
                begin(session, row, feedback)
            if state == COMPLETE:
                claim(session, survey_id, response, files, given.get("who", {}))
                session.add_all(
                    SurveyQuotaRow(survey_id=survey_id, key=key, response=response) for key in enough.quotas
                )
            return _response(row)

    @staticmethod
    def _use(session: Session, survey_id: str, workspace_id: str, mark: str) -> None:
        if session.scalar(_of(survey_id, mark)) is not None:
            raise BadInput("invitation_used")
        day = now().replace(hour=0, minute=0, second=0, microsecond=0)
        session.add(SurveyResponseRow(
            id=str(uuid4()), survey_id=survey_id, workspace_id=workspace_id, response=mark, number=0, state=USED,
            started=day, updated=day, settled=day,
        ))  # fmt: skip

    def screen(self, survey_id: str, response: str) -> None:
        """Note that a response was one too many of its kind; what there was of it is dropped."""
        with self._database.writing() as session:
            row = session.scalar(_of(survey_id, response))
            if row is not None and row.state != COMPLETE:
                row.state, row.given, row.settled = SCREENED, None, now()

    def by_invitations(self, survey_id: str, invitation_ids: Sequence[str]) -> dict[str, KeptResponse]:
        """The responses that invitations led to; none of an anonymous survey."""
        query = select(SurveyResponseRow).where(
            SurveyResponseRow.survey_id == survey_id, SurveyResponseRow.invitation_id.in_(invitation_ids)
        )
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(SurveyResponseRow.started))
            found = sorted(map(_response, rows), key=lambda one: one.completed is not None)
        return {str(one.invitation_id): one for one in found}

    def quotas(self, survey_id: str) -> dict[str, int]:
        """How many complete responses count for each quota."""
        query = select(SurveyQuotaRow.key, func.count()).where(SurveyQuotaRow.survey_id == survey_id)
        with self._database.reading() as session:
            return {row[0]: row[1] for row in session.execute(query.group_by(SurveyQuotaRow.key))}

    def settle(self, id: str, *, state: str, keep: bool, files: Sequence[str] = ()) -> None:
        """Note that a response is events now; what was answered is dropped here, unless it is to be kept.

        Args:
            id: which.
            state: what it is.
            keep: whether the answers stay.
            files: those that it holds, where it was never complete.
        """
        with self._database.writing() as session:
            row = session.get(SurveyResponseRow, id)
            if row is not None:
                if state == LEFT:
                    claim(session, row.survey_id, row.response, files, (row.given or {}).get("who", {}))
                row.state, row.settled = state, now()
                if not keep:
                    row.given = None

    def unsettled(self, complete_before: datetime, others_before: datetime, most: int = 100) -> list[KeptResponse]:
        """Responses that are to become events: complete ones that a killed process left, and others long silent."""
        query = select(SurveyResponseRow).where(
            SurveyResponseRow.settled.is_(None),
            ((SurveyResponseRow.state == COMPLETE) & (SurveyResponseRow.updated < complete_before))
            | ((SurveyResponseRow.state != COMPLETE) & (SurveyResponseRow.updated < others_before)),
        )
        with self._database.reading() as session:
            return [_response(row) for row in session.scalars(query.order_by(SurveyResponseRow.id).limit(most))]

    def counts(self, workspace_id: str) -> dict[str, dict[str, int]]:
        """How many responses are in which state, by survey."""
        query = (
            select(SurveyResponseRow.survey_id, SurveyResponseRow.state, func.count())
            .where(SurveyResponseRow.workspace_id == workspace_id, SurveyResponseRow.state != USED)
            .group_by(SurveyResponseRow.survey_id, SurveyResponseRow.state)
        )
        found: dict[str, dict[str, int]] = {}
        with self._database.reading() as session:
            for survey_id, state, responses in session.execute(query):
                found.setdefault(survey_id, {})[state] = responses
        return found

    def complete(self, survey_id: str) -> int:
        """How many responses to a survey are complete."""
        query = select(func.count()).where(
            SurveyResponseRow.survey_id == survey_id, SurveyResponseRow.state == COMPLETE
        )
        with self._database.reading() as session:
            return session.scalar(query) or 0

    def used(self, survey_id: str, invitation_id: str, mark: str) -> bool:
        """Whether an invitation was used up; `mark` stands for it where the survey is anonymous."""
        with self._database.reading() as session:
            by_one = session.scalar(_by_another(survey_id, invitation_id, ""))
            return by_one is not None or session.scalar(_of(survey_id, mark)) is not None


def _check(session: Session, survey_id: str, row: SurveyResponseRow | None, enough: Enough, state: str) -> None:
    """Refuse what would be one too many."""
    if row is not None and row.state == SCREENED:
        raise BadInput("quota_full", quota="")
    done = select(func.count()).where(SurveyResponseRow.survey_id == survey_id, SurveyResponseRow.state == COMPLETE)
    for key, most in enough.quotas.items():
        of_kind = select(func.count()).where(SurveyQuotaRow.survey_id == survey_id, SurveyQuotaRow.key == key)
        if (session.scalar(of_kind) or 0) >= most:
            raise BadInput("quota_full", quota=key)
    if enough.most is not None and state == COMPLETE and (session.scalar(done) or 0) >= enough.most:
        raise BadInput("survey_closed")
    if enough.daily is not None and row is None:
        today = done.where(SurveyResponseRow.completed > now() - timedelta(days=1))
        if (session.scalar(today) or 0) >= enough.daily:
            raise BadInput("survey_rests")


def _of(survey_id: str, response: str) -> Select[SurveyResponseRow]:
    return select(SurveyResponseRow).where(
        SurveyResponseRow.survey_id == survey_id, SurveyResponseRow.response == response
    )


def _by_another(survey_id: str, invitation_id: str, response: str) -> Select[str]:
    return select(SurveyResponseRow.id).where(
        SurveyResponseRow.survey_id == survey_id, SurveyResponseRow.invitation_id == invitation_id,
        SurveyResponseRow.response != response, SurveyResponseRow.state == COMPLETE,
    ).limit(1)  # fmt: skip


def _response(row: SurveyResponseRow) -> KeptResponse:
    kept = columns_of(row)
    return KeptResponse(**{name: kept[name] for name in KeptResponse.__dataclass_fields__})
