"""Secrets: passwords slow to guess, and keys that are shown once and kept as hashes."""

from __future__ import annotations

import hashlib
import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error

from lvtu.errors import BadInput

LEAST = 10
"""A password has so many characters at least."""

_MOST = 1024

_ARGON = PasswordHasher()
_AT_ONCE = threading.BoundedSemaphore(2)
"""One check takes 64 MiB and a core for a while; a crowd at the door is not to take all there is."""

_NOBODYS = _ARGON.hash(secrets.token_urlsafe())
"""What is compared with where there is no such person, so that both take as long."""


def password_hash(password: str) -> str:
    """A password as it is kept.

    Raises:
        BadInput: it is too short, or absurdly long.
    """
    if not LEAST <= len(password) <= _MOST:
        raise BadInput("password_length", least=LEAST, most=_MOST)
    with _AT_ONCE:
        return _ARGON.hash(password)


def password_fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one that is kept; nothing fits where none is."""
    with _AT_ONCE:
        try:
            return _ARGON.verify(kept or _NOBODYS, password[: _MOST + 1]) and kept is not None
        except Argon2Error:
            return False


def outdated(kept: str) -> bool:
    """Whether a kept password should be hashed anew, more slowly than it was."""
    return _ARGON.check_needs_rehash(kept)


def new_key(prefix: str = "") -> str:
    """A key that nobody guesses (256 bits)."""
    return prefix + secrets.token_urlsafe(32)


def key_hash(key: str) -> bytes:
    """A key as it is kept. Nobody guesses 256 bits, so a fast hash is enough.

    Example:
        >>> len(key_hash(new_key("lvt_")))
        32
    """
    return hashlib.sha256(key.encode()).digest()
