"""Who is signed in: sessions of browsers, links that sign in once, and keys of people's programs."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, delete, or_, select, update

from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.keys import key_hash, new_key, password_hash
from lvtu.catalog.people import Person
from lvtu.catalog.roles import Role
from lvtu.catalog.tables import CredentialRow, LinkRow, MembershipRow, PersonRow, SessionRow, TokenRow, columns_of
from lvtu.errors import UnknownName

IDLE = timedelta(days=7)
"""A session ends when it has not been used for so long."""

LIFETIME = timedelta(days=30)
"""A session ends then, used or not."""

LINK_LIFETIME = timedelta(hours=1)
"""A link that signs in once does so within this."""

INVITATION_LIFETIME = timedelta(days=3)
"""A link with which somebody sets their own password does so within this: it is handed over, and weekends pass."""

_TOUCH = timedelta(minutes=1)
"""When a session or token was used last is kept this exactly: not every request is to write."""

PREFIX = "lvt_"
"""How a personal token begins."""


# Asked with every request, so it is built once and takes one query: 0.25 ms of CPU instead of 0.7.
_WHO = (
    PersonRow.id, PersonRow.name, PersonRow.email, PersonRow.language, PersonRow.zone,
    MembershipRow.workspace_id, MembershipRow.role,
)  # fmt: skip
_OF_SESSION = (
    select(*_WHO, SessionRow.seen)
    .join(SessionRow, SessionRow.person_id == PersonRow.id)
    .outerjoin(MembershipRow, MembershipRow.person_id == PersonRow.id)
    .where(
        SessionRow.hash == bindparam("hash"),
        SessionRow.expires > bindparam("now"),
        SessionRow.seen > bindparam("idle"),
        PersonRow.revoked.is_(None),
    )
)
_OF_TOKEN = (
    select(*_WHO, TokenRow.id.label("token_id"), TokenRow.role.label("most"), TokenRow.workspace_ids, TokenRow.used)
    .join(TokenRow, TokenRow.person_id == PersonRow.id)
    .outerjoin(MembershipRow, MembershipRow.person_id == PersonRow.id)
    .where(
        TokenRow.hash == bindparam("hash"),
        TokenRow.revoked.is_(None),
        or_(TokenRow.expires.is_(None), TokenRow.expires > bindparam("now")),
        PersonRow.revoked.is_(None),
    )
)


@dataclass(frozen=True)
class Signed:
    """Somebody who is signed in.

    Attributes:
        person: who.
        roles: their role by workspace id.
        most: the most that this session or token may do, whatever the role.
        within: ids of the workspaces it is for; None: all of the person's.
        session: the key of the session; empty where it is a token.
        token_id: of the token, if it is one.
    """

    person: Person
    roles: dict[str, Role]
    most: Role = Role.owner
    within: tuple[str, ...] | None = None
    session: str = ""
    token_id: str | None = None

    def role(self, workspace_id: str) -> Role | None:
        """What they may do in a workspace; None if it is not theirs."""
        role = Role.owner if self.person.local else self.roles.get(workspace_id)
        if role is None or (self.within is not None and workspace_id not in self.within):
            return None
        return min(role, self.most)

    @property
    def csrf(self) -> str:
        """What a page sends along with each change, which no page of another site can know."""
        return hmac.digest(self.session.encode(), b"csrf", "sha256").hex() if self.session else ""


@dataclass(frozen=True)
class Token:
    """A personal token as its owner sees it; see `lvtu.catalog.tables.TokenRow`."""

    id: str
    name: str
    ends: str
    role: Role
    workspace_ids: list[str] | None
    created: datetime
    used: datetime | None
    expires: datetime | None
    revoked: datetime | None


class Sessions:
    """The sessions, links and tokens in the catalog.

    Args:
        database: the catalog's.

    Example:
        >>> import tempfile, pathlib
        >>> from lvtu.catalog.people import People
        >>> database = Database.of(pathlib.Path(tempfile.mkdtemp()))
        >>> sessions, owner = Sessions(database), People(database).local()
        >>> link = sessions.link(owner)
        >>> session = sessions.open(link)
        >>> sessions.of_session(session).person == owner, sessions.open(link)
        (True, None)
        >>> sessions.end(session)
        >>> print(sessions.of_session(session))
        None
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # Sessions.

    def begin(self, person_id: str) -> str:
        """Sign somebody in; what has ended is cleared away.

        Returns:
            The session's key: the cookie.
        """
        key, at = new_key(), now()
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(or_(SessionRow.expires < at, SessionRow.seen < at - IDLE)))
            session.add(SessionRow(hash=key_hash(key), person_id=person_id, created=at, seen=at, expires=at + LIFETIME))
        return key

    def of_session(self, key: str) -> Signed | None:
        """Who has a session, if it has not ended."""
        at = now()
        with self._database.reading() as session:
            rows = session.execute(_OF_SESSION, {"hash": key_hash(key), "now": at, "idle": at - IDLE}).all()
        if not rows:
            return None
        signed, seen = Signed(_person(rows[0]), _roles(rows), session=key), rows[0].seen
        if at - seen > _TOUCH:
            with self._database.writing() as session:
                session.execute(update(SessionRow).where(SessionRow.hash == key_hash(key)).values(seen=at))
        return signed

    def end(self, key: str) -> None:
        """Sign out."""
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.hash == key_hash(key)))

    def end_all(self, person_id: str) -> None:
        """Sign somebody out everywhere, and let no link of theirs sign in."""
        with self._database.writing() as session:
            for table in (SessionRow, LinkRow):
                session.execute(delete(table).where(table.person_id == person_id))

    # Links.

    def link(self, person: Person) -> str:
        """The key of a link that works once.

        Whoever sits at the machine signs in with it; anybody else sets a password of their own.
        """
        key, at = new_key(), now()
        lifetime = LINK_LIFETIME if person.local else INVITATION_LIFETIME
        with self._database.writing() as session:
            session.execute(delete(LinkRow).where(LinkRow.expires < at - INVITATION_LIFETIME))
            session.add(LinkRow(hash=key_hash(key), person_id=person.id, expires=at + lifetime))
        return key

    def open(self, key: str) -> str | None:
        """Use a link up and sign in who sits at the machine.

        Returns:
            A session's key; None if it is no such link, is old or was used.
        """
        person = self._of_link(key)
        return self.begin(person.id) if person is not None and person.local and self._use(key) else None

    def invited(self, key: str) -> Person | None:
        """Who may set their password with a link; None if it is no such link, is old or was used."""
        person = self._of_link(key)
        return None if person is None or person.local else person

    def set_password(self, key: str, password: str) -> str | None:
        """Use a link up and give its person the password; their other sessions and links end.

        Returns:
            A session's key; None if it is no such link, is old or was used.

        Raises:
            BadInput: the password is too short; the link stays good.
        """
        if (person := self.invited(key)) is None:
            return None
        hashed = password_hash(password)  # before the link is used up, and by nobody without one: it takes its time
        if not self._use(key):
            return None
        self.end_all(person.id)
        with self._database.writing() as session:
            session.merge(CredentialRow(person_id=person.id, hash=hashed, changed=now()))
        return self.begin(person.id)

    def any_invited(self) -> bool:
        """Whether anybody may set a password with a link."""
        with self._database.reading() as session:
            return session.scalar(_of_links().where(PersonRow.email.is_not(None)).limit(1)) is not None

    def _of_link(self, key: str) -> Person | None:
        with self._database.reading() as session:
            row = session.scalar(_of_links().where(LinkRow.hash == key_hash(key)))
            return None if row is None else Person.of(row)

    def _use(self, key: str) -> bool:
        """Use a link up; False if somebody else just did."""
        used = update(LinkRow).where(LinkRow.hash == key_hash(key), LinkRow.used.is_(None)).values(used=now())
        with self._database.writing() as session:
            return bool(session.execute(used.returning(LinkRow.hash)).first())

    # Personal tokens.

    def new_token(
        self,
        person_id: str,
        name: str,
        role: Role,
        workspace_ids: Sequence[str] | None = None,
        expires: datetime | None = None,
    ) -> tuple[str, Token]:
        """Make a token for a person's programs.

        Args:
            person_id: whose.
            name: what it is for.
            role: the most it may do.
            workspace_ids: where; None for all workspaces of the person.
            expires: until when.

        Returns:
            The token, shown this once, and what is kept of it.
        """
        key = new_key(PREFIX)
        row = TokenRow(
            person_id=person_id, name=name, hash=key_hash(key), ends=key[-4:], role=role, expires=expires,
            workspace_ids=None if workspace_ids is None else list(workspace_ids),
        )  # fmt: skip
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            return key, _token(row)

    def tokens(self, person_id: str) -> list[Token]:
        """A person's tokens, oldest first, revoked ones too."""
        with self._database.reading() as session:
            rows = session.scalars(select(TokenRow).where(TokenRow.person_id == person_id).order_by(TokenRow.id))
            return [_token(row) for row in rows]

    def revoke_token(self, person_id: str, id: str) -> None:
        """Accept a token of a person no longer; a second time changes nothing.

        Raises:
            UnknownName: they have no such token.
        """
        with self._database.writing() as session:
            row = session.get(TokenRow, id)
            if row is None or row.person_id != person_id:
                raise UnknownName("token", id, [])
            row.revoked = row.revoked or now()

    def of_token(self, key: str) -> Signed | None:
        """Who has a token, if it is still good."""
        at = now()
        with self._database.reading() as session:
            rows = session.execute(_OF_TOKEN, {"hash": key_hash(key), "now": at}).all()
        if not rows:
            return None
        token = rows[0]
        within = None if token.workspace_ids is None else tuple(token.workspace_ids)
        signed = Signed(_person(token), _roles(rows), token.most, within, token_id=token.token_id)
        if token.used is None or at - token.used > _TOUCH:
            with self._database.writing() as session:
                session.execute(update(TokenRow).where(TokenRow.id == token.token_id).values(used=at))
        return signed


def _of_links() -> Select[PersonRow]:
    """Whose the links are that were not used and are not too old."""
    query = select(PersonRow).join(LinkRow, LinkRow.person_id == PersonRow.id)
    return query.where(LinkRow.used.is_(None), LinkRow.expires > now(), PersonRow.revoked.is_(None))


def _person(row: Any) -> Person:
    return Person(row.id, row.name, row.email, row.language, row.zone)


def _roles(rows: Sequence[Any]) -> dict[str, Role]:
    return {row.workspace_id: row.role for row in rows if row.workspace_id is not None}


def _token(row: TokenRow) -> Token:
    kept = columns_of(row)
    return Token(**{name: kept[name] for name in Token.__dataclass_fields__})
