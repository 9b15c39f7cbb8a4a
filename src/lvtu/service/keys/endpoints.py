"""``/api/w/{workspace}/write-keys``: with one, a program sends events."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from pydantic import BaseModel

from lvtu.errors import UnknownName
from lvtu.service.access import Admin
from lvtu.service.audit.trail import about
from lvtu.service.problems import NotFound, refusals
from lvtu.store.write_keys import WriteKey

router = APIRouter(prefix="/api/w/{workspace}/write-keys", tags=["keys"], responses=refusals())


class KeySeen(BaseModel):
    """A write key, as the books know it.

    Attributes:
        number: by which it is revoked.
        ends: its last letters.
        created: when.
        revoked: when; null as long as it is good.
    """

    number: int
    ends: str
    created: datetime
    revoked: datetime | None

    @classmethod
    def of(cls, key: WriteKey) -> KeySeen:
        """What is said of a key."""
        revoked = None if key.revoked is None else _time(key.revoked)
        return cls(number=key.number, ends=key.ends, created=_time(key.created), revoked=revoked)


class NewKey(BaseModel):
    """A key that was made.

    Attributes:
        key: it; shown this once.
    """

    key: str


@router.get("", summary="The write keys")
def keys(access: Admin) -> list[KeySeen]:
    """All keys, oldest first, revoked ones too."""
    return [KeySeen.of(key) for key in access.served.write_keys.list()]


@router.post("", status_code=201, summary="Make a write key")
def new_key(request: Request, access: Admin) -> NewKey:
    """With it, a program may send events, and do nothing else."""
    key = access.served.write_keys.new()
    about(request, ends=key[-4:])
    return NewKey(key=key)


@router.delete("/{number}", status_code=204, summary="Revoke a write key")
def revoke(access: Admin, number: int) -> None:
    """Accept a key no longer, at once."""
    try:
        access.served.write_keys.revoke(number)
    except (UnknownName, OverflowError):  # too large a number for the books
        raise NotFound("write key", str(number), []) from None


def _time(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / 1_000_000, UTC)
