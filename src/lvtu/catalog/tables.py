"""The tables. A change here needs a migration (`migrations/versions`), which a test compares with this."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, MetaData, String, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from lvtu.catalog.columns import Json, Plain, RoleName, Time, now
from lvtu.catalog.ids import uuid7
from lvtu.catalog.roles import Role

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

_ID = String(36)


def _of_person() -> ForeignKey:
    return ForeignKey("people.id", ondelete="CASCADE")


class Base(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {datetime: Time, Role: RoleName, Plain: Json, list[str]: Json, str: Text}  # noqa: RUF012


class PersonRow(Base):
    """Somebody who signs in; the one who sits at the machine itself has no address."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    email: Mapped[str | None] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(String(8), default="")
    zone: Mapped[str] = mapped_column(String(64), default="")
    created: Mapped[datetime] = mapped_column(default=now)
    revoked: Mapped[datetime | None]


class CredentialRow(Base):
    """A person's password, as argon2 keeps it."""

    __tablename__ = "credentials"

    person_id: Mapped[str] = mapped_column(_of_person(), primary_key=True)
    hash: Mapped[str]
    changed: Mapped[datetime] = mapped_column(default=now)


class MembershipRow(Base):
    """What a person may do in a workspace."""

    __tablename__ = "memberships"

    workspace_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(_of_person(), primary_key=True, index=True)
    role: Mapped[Role]
    created: Mapped[datetime] = mapped_column(default=now)


class SessionRow(Base):
    """Somebody who is signed in, by the hash of their cookie."""

    __tablename__ = "sessions"

    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(_of_person(), index=True)
    created: Mapped[datetime]
    seen: Mapped[datetime]
    expires: Mapped[datetime] = mapped_column(index=True)


class TokenRow(Base):
    """A key by which a person's programs act for them, within a role and some workspaces."""

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    person_id: Mapped[str] = mapped_column(_of_person(), index=True)
    name: Mapped[str]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    ends: Mapped[str] = mapped_column(String(8))
    role: Mapped[Role]
    workspace_ids: Mapped[list[str] | None]
    created: Mapped[datetime] = mapped_column(default=now)
    used: Mapped[datetime | None]
    expires: Mapped[datetime | None]
    revoked: Mapped[datetime | None]


class LinkRow(Base):
    """A link that signs a person in, once."""

    __tablename__ = "one_time_links"

    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(_of_person(), index=True)
    created: Mapped[datetime] = mapped_column(default=now)
    expires: Mapped[datetime]
    used: Mapped[datetime | None]


class ShareRow(Base):
    """An address at which anybody reads one saved question, or one board."""

    __tablename__ = "shares"
    __table_args__ = (Index(None, "workspace_id", "created"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    workspace_id: Mapped[str] = mapped_column(_ID)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    ends: Mapped[str] = mapped_column(String(8))
    title: Mapped[str]
    shown: Mapped[Plain]
    author: Mapped[str | None] = mapped_column(_ID)
    created: Mapped[datetime] = mapped_column(default=now)
    expires: Mapped[datetime | None]
    revoked: Mapped[datetime | None]


class AuditRow(Base):
    """What somebody did: it stays when the person goes."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "workspace_id", "id"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[str | None] = mapped_column(_ID)
    token_id: Mapped[str | None] = mapped_column(_ID)
    workspace_id: Mapped[str | None] = mapped_column(_ID)
    action: Mapped[str]
    target: Mapped[Plain]
    status: Mapped[int]
    address: Mapped[str] = mapped_column(String(64))


class DocumentRow(Base):
    """Something that people make and keep in a workspace: a board, an annotation, …"""

    __tablename__ = "documents"
    __table_args__ = (Index(None, "workspace_id", "kind", "created"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    workspace_id: Mapped[str] = mapped_column(_ID)
    kind: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    body: Mapped[Plain]
    author: Mapped[str | None] = mapped_column(_ID)
    editor: Mapped[str | None] = mapped_column(_ID)
    created: Mapped[datetime] = mapped_column(default=now)
    updated: Mapped[datetime] = mapped_column(default=now)


class RecordingRow(Base):
    """The recording of an interview, a document of its own kind."""

    __tablename__ = "recordings"

    interview_id: Mapped[str] = mapped_column(_ID, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(_ID, index=True)
    name: Mapped[str]
    type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    created: Mapped[datetime] = mapped_column(default=now)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class WebhookRow(Base):
    """An address that messages of a workspace are sent to; its secrets are kept as they are, to sign with."""

    __tablename__ = "webhooks"
    __table_args__ = (Index(None, "workspace_id", "created"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    workspace_id: Mapped[str] = mapped_column(_ID)
    url: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    types: Mapped[list[str]]
    secret: Mapped[str]
    old_secret: Mapped[str | None]
    old_until: Mapped[datetime | None]
    disabled: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(32))
    author: Mapped[str | None] = mapped_column(_ID)
    created: Mapped[datetime] = mapped_column(default=now)


class DeliveryRow(Base):
    """A message for a webhook: it waits until `due`, and is done when that is empty."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (Index(None, "webhook_id", "id"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"))
    type: Mapped[str] = mapped_column(String(64))
    body: Mapped[str]
    created: Mapped[datetime] = mapped_column(default=now)
    since: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    due: Mapped[datetime | None] = mapped_column(default=now, index=True)


class AttemptRow(Base):
    """One try to deliver a message, and what came of it."""

    __tablename__ = "webhook_attempts"

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    delivery_id: Mapped[str] = mapped_column(ForeignKey("webhook_deliveries.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    number: Mapped[int]
    status: Mapped[int | None]
    error: Mapped[str]
    excerpt: Mapped[str]
    took_ms: Mapped[int]


class SurveyRow(Base):
    """A survey: what is being written, and how it is asked. What was published stands in `SurveyVersionRow`.

    Whoever knows `link` may answer; `secret` signs invitations.
    """

    __tablename__ = "surveys"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    workspace_id: Mapped[str] = mapped_column(_ID)
    key: Mapped[str] = mapped_column(String(64))
    link: Mapped[str] = mapped_column(String(64), unique=True)
    secret: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16), default="draft")
    draft: Mapped[Plain]
    settings: Mapped[Plain]
    version: Mapped[int] = mapped_column(default=1)
    published: Mapped[int | None]
    looked: Mapped[datetime] = mapped_column(default=now)
    author: Mapped[str | None] = mapped_column(_ID)
    editor: Mapped[str | None] = mapped_column(_ID)
    created: Mapped[datetime] = mapped_column(default=now)
    updated: Mapped[datetime] = mapped_column(default=now)


class SurveyVersionRow(Base):
    """A definition as it was published; it stays as it is."""

    __tablename__ = "survey_versions"

    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(_ID)
    definition: Mapped[Plain]
    author: Mapped[str | None] = mapped_column(_ID)
    created: Mapped[datetime] = mapped_column(default=now)


class SurveyResponseRow(Base):
    """A response under way, or a trace of one that is done: what was answered is in the events then.

    Of a piece of feedback the answers stay; what became of it is told by `FeedbackRow`.
    """

    __tablename__ = "survey_responses"
    __table_args__ = (
        UniqueConstraint("survey_id", "response"), Index(None, "survey_id", "state"), Index(None, "settled"),
        Index(None, "invitation_id"),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"))
    workspace_id: Mapped[str] = mapped_column(_ID)
    response: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(40), default="")
    given: Mapped[Plain | None]
    invitation_id: Mapped[str | None] = mapped_column(String(64))
    started: Mapped[datetime] = mapped_column(default=now)
    updated: Mapped[datetime] = mapped_column(default=now)
    completed: Mapped[datetime | None]
    settled: Mapped[datetime | None]


class SurveyQuotaRow(Base):
    """A complete response that counts for a quota: the row is a mark, and says nothing of what was answered."""

    __tablename__ = "survey_quotas"

    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    response: Mapped[str] = mapped_column(String(64), primary_key=True)


class SurveyFileRow(Base):
    """A file that was sent as an answer. Until a response holds it, nobody reads it, and after a while it goes."""

    __tablename__ = "survey_files"
    __table_args__ = (Index(None, "survey_id", "response"), Index(None, "claimed"))

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"))
    workspace_id: Mapped[str] = mapped_column(_ID)
    response: Mapped[str] = mapped_column(String(64))
    question: Mapped[str] = mapped_column(String(64))
    name: Mapped[str]
    type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    whose: Mapped[str | None]
    created: Mapped[datetime] = mapped_column(default=now)
    claimed: Mapped[datetime | None]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class FeedbackRow(Base):
    """What became of a piece of feedback: the response of the same id.

    Whoever knows `token` reads how it stands. `public_id` is its name where everybody reads of it.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        Index(None, "workspace_id", "id"), Index(None, "survey_id", "public_id"), Index(None, "merged_into"),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(
        _ID, ForeignKey("survey_responses.id", ondelete="CASCADE"), primary_key=True
    )  # fmt: skip
    survey_id: Mapped[str] = mapped_column(_ID)
    workspace_id: Mapped[str] = mapped_column(_ID)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16), default="new")
    owner: Mapped[str | None] = mapped_column(_ID)
    answer: Mapped[Plain | None]
    public: Mapped[Plain | None]
    public_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    merged_into: Mapped[str | None] = mapped_column(_ID)
    version: Mapped[int] = mapped_column(default=1)
    created: Mapped[datetime] = mapped_column(default=now)
    updated: Mapped[datetime] = mapped_column(default=now)


class FeedbackChangeRow(Base):
    """One thing that was done about a piece of feedback; `told` once there is an event of it."""

    __tablename__ = "feedback_changes"

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    feedback_id: Mapped[str] = mapped_column(ForeignKey("feedback.id", ondelete="CASCADE"), index=True)
    workspace_id: Mapped[str] = mapped_column(_ID)
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[str | None] = mapped_column(_ID)
    what: Mapped[str] = mapped_column(String(16))
    body: Mapped[Plain]
    told: Mapped[datetime | None] = mapped_column(index=True)


class FeedbackVoteRow(Base):
    """A vote for a published idea; the mark is a hash of what the voter's browser made up for this idea alone."""

    __tablename__ = "feedback_votes"

    feedback_id: Mapped[str] = mapped_column(ForeignKey("feedback.id", ondelete="CASCADE"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)


class InvitationRow(Base):
    """Somebody who is asked, or was not asked, and why."""

    __tablename__ = "survey_invitations"
    __table_args__ = (
        UniqueConstraint("survey_id", "cause"), Index(None, "workspace_id", "customer", "decided"),
        Index(None, "survey_id", "id"),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"))
    workspace_id: Mapped[str] = mapped_column(_ID)
    cause: Mapped[str] = mapped_column(String(200))
    customer: Mapped[str | None]
    recipient: Mapped[str | None]
    way: Mapped[str] = mapped_column(String(16))
    about: Mapped[Plain]
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    why: Mapped[str | None] = mapped_column(String(32))
    error: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    created: Mapped[datetime] = mapped_column(default=now)
    due: Mapped[datetime | None] = mapped_column(default=now, index=True)
    decided: Mapped[datetime | None]
    told: Mapped[datetime | None]


def columns_of(row: Base) -> dict[str, Any]:
    """A row as plain values, by column."""
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}
