"""People, their passwords, and what they may do in which workspace."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, delete, exists, func, select
from sqlalchemy.orm import Session

from lvtu.catalog import keys
from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.roles import Role
from lvtu.catalog.tables import CredentialRow, LinkRow, MembershipRow, PersonRow, SessionRow, TokenRow
from lvtu.errors import BadInput, UnknownName

_NONE_YET = ""
"""Stands where a password was, until its owner has set another; no hash is that."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True)
class Person:
    """Somebody who signs in.

    Attributes:
        id: a UUID.
        name: as others see it; may be empty.
        email: by which they sign in; None for whoever sits at the machine itself.
        language: ``zh``, ``en``, or empty for that of the browser.
        zone: their time zone, or empty for the workspace's.
        local: whether it is who sits at the machine: the owner of every workspace.
    """

    id: str
    name: str
    email: str | None
    language: str = ""
    zone: str = ""

    @property
    def local(self) -> bool:
        """See the attribute."""
        return self.email is None

    @classmethod
    def of(cls, row: PersonRow) -> Person:
        """The person of a row."""
        return cls(row.id, row.name, row.email, row.language, row.zone)


@dataclass(frozen=True)
class Member:
    """A person of a workspace.

    Attributes:
        person: who.
        role: what they may do in it.
        since: when they were let in.
        signs_in: whether they have a password yet.
    """

    person: Person
    role: Role
    since: datetime
    signs_in: bool


class People:
    """The people in the catalog.

    Args:
        database: the catalog's.

    Example:
        >>> import tempfile, pathlib
        >>> people = People(Database.of(pathlib.Path(tempfile.mkdtemp())))
        >>> ann = people.new("Ann@Example.com", name="Ann")
        >>> people.join(ann.id, "shop-id", Role.analyst)
        >>> people.roles(ann), people.any_password()
        ({'shop-id': <Role.analyst: 2>}, False)
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def local(self) -> Person:
        """Whoever sits at the machine."""
        with self._database.writing() as session:
            row = session.scalar(select(PersonRow).where(PersonRow.email.is_(None)).order_by(PersonRow.id))
            if row is None:
                row = PersonRow(email=None)
                session.add(row)
                session.flush()
            return Person.of(row)

    def new(self, email: str, *, name: str = "", password: str | None = None) -> Person:
        """Make a person.

        Raises:
            BadInput: the address is none, or somebody has it; the password is too short.
        """
        email = _address(email)
        hashed = None if password is None else keys.password_hash(password)
        with self._database.writing() as session:
            row = session.scalar(select(PersonRow).where(PersonRow.email == email))
            if row is not None and row.revoked is None:
                raise BadInput("person_exists", email=email)
            if row is None:
                row = PersonRow(email=email)
                session.add(row)
            row.name, row.revoked = name, None
            session.flush()
            if hashed is not None:
                session.merge(CredentialRow(person_id=row.id, hash=hashed))
            return Person.of(row)

    def by_email(self, email: str) -> Person | None:
        """The person of an address, if there is one who may sign in."""
        with self._database.reading() as session:
            row = session.scalar(_there().where(PersonRow.email == email.strip().lower()))
            return None if row is None else Person.of(row)

    def everybody(self) -> list[Person]:
        """Everybody with an address who may sign in."""
        with self._database.reading() as session:
            rows = session.scalars(_there().where(PersonRow.email.is_not(None)).order_by(PersonRow.email))
            return [Person.of(row) for row in rows]

    def named(self, ids: set[str]) -> dict[str, Person]:
        """People by id, those who are gone too."""
        with self._database.reading() as session:
            rows = session.scalars(select(PersonRow).where(PersonRow.id.in_(ids)))
            return {row.id: Person.of(row) for row in rows}

    def change(self, id: str, *, name: str, language: str, zone: str) -> Person:
        """Set what a person says of themselves."""
        with self._database.writing() as session:
            row = session.get_one(PersonRow, id)
            row.name, row.language, row.zone = name, language, zone
            return Person.of(row)

    def revoke(self, id: str) -> None:
        """Let somebody in no longer: their password, sessions, tokens and roles go."""
        with self._database.writing() as session:
            session.get_one(PersonRow, id).revoked = now()
            for table in (CredentialRow, SessionRow, TokenRow, LinkRow, MembershipRow):
                session.execute(delete(table).where(table.person_id == id))

    # Passwords.

    def any_password(self) -> bool:
        """Whether anybody can sign in with a password."""
        with self._database.reading() as session:
            return bool(session.scalar(select(exists().select_from(CredentialRow))))

    def has_password(self, id: str) -> bool:
        """Whether this person can."""
        with self._database.reading() as session:
            row = session.get(CredentialRow, id)
            return row is not None and row.hash != _NONE_YET

    def check(self, email: str, password: str) -> Person | None:
        """Who signs in with an address and a password, or None; both answers take as long."""
        person = self.by_email(email)
        kept = None
        if person is not None:
            with self._database.reading() as session:
                row = session.get(CredentialRow, person.id)
                kept = row.hash if row and row.hash != _NONE_YET else None
        if not keys.password_fits(kept, password):
            return None
        if kept is not None and person is not None and keys.outdated(kept):
            self.set_password(person.id, password)
        return person

    def set_password(self, id: str, password: str) -> None:
        """Give a person a password.

        Raises:
            BadInput: it is too short.
        """
        hashed = keys.password_hash(password)
        with self._database.writing() as session:
            session.merge(CredentialRow(person_id=id, hash=hashed, changed=now()))

    def take_password(self, id: str) -> None:
        """Let a person's password open nothing any more; that people sign in with passwords here stays so."""
        with self._database.writing() as session:
            session.merge(CredentialRow(person_id=id, hash=_NONE_YET, changed=now()))

    # Roles.

    def roles(self, person: Person) -> dict[str, Role]:
        """What a person may do, by workspace id. It lists nothing for whoever sits at the machine: they own all."""
        with self._database.reading() as session:
            rows = session.scalars(select(MembershipRow).where(MembershipRow.person_id == person.id))
            return {row.workspace_id: row.role for row in rows}

    def members(self, workspace_id: str) -> list[Member]:
        """The people of a workspace, by address."""
        query = (
            select(PersonRow, MembershipRow, func.count(CredentialRow.person_id))
            .join(MembershipRow, MembershipRow.person_id == PersonRow.id)
            .outerjoin(CredentialRow, and_(CredentialRow.person_id == PersonRow.id, CredentialRow.hash != _NONE_YET))
            .where(MembershipRow.workspace_id == workspace_id, PersonRow.revoked.is_(None))
            .group_by(PersonRow.id, MembershipRow.workspace_id, MembershipRow.person_id)
            .order_by(PersonRow.email)
        )
        with self._database.reading() as session:
            found = session.execute(query).all()
            return [Member(Person.of(row), member.role, member.created, bool(has)) for row, member, has in found]

    def member(self, workspace_id: str, person_id: str) -> Member:
        """A person of a workspace.

        Raises:
            UnknownName: nobody of that id is one.
        """
        for one in self.members(workspace_id):
            if one.person.id == person_id:
                return one
        raise UnknownName("person", person_id, [])

    def join(self, person_id: str, workspace_id: str, role: Role) -> None:
        """Let a person into a workspace, or give them another role in it.

        Raises:
            BadInput: the workspace's last owner would be none.
        """
        with self._database.writing() as session:
            row = session.get(MembershipRow, (workspace_id, person_id))
            if row is None:
                session.add(MembershipRow(workspace_id=workspace_id, person_id=person_id, role=role))
                return
            if row.role is Role.owner and role is not Role.owner:
                _keep_an_owner(session, workspace_id, person_id)
            row.role = role

    def leave(self, person_id: str, workspace_id: str) -> None:
        """Let a person into a workspace no longer.

        Raises:
            BadInput: they are its last owner.
        """
        with self._database.writing() as session:
            row = session.get(MembershipRow, (workspace_id, person_id))
            if row is None:
                return
            if row.role is Role.owner:
                _keep_an_owner(session, workspace_id, person_id)
            session.delete(row)


def _there() -> Select[PersonRow]:
    return select(PersonRow).where(PersonRow.revoked.is_(None))


def _address(email: str) -> str:
    email = email.strip().lower()
    if not _EMAIL.fullmatch(email) or len(email) > 320:
        raise BadInput("no_email", email=email)
    return email


def _keep_an_owner(session: Session, workspace_id: str, person_id: str) -> None:
    others = select(MembershipRow).where(
        MembershipRow.workspace_id == workspace_id,
        MembershipRow.role == Role.owner,
        MembershipRow.person_id != person_id,
    )
    if session.scalar(others.limit(1)) is None:
        raise BadInput("last_owner")
