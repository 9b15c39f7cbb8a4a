"""Types of columns that are the same in Python whichever database keeps them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

from lvtu.catalog.roles import Role


class Time(TypeDecorator[datetime]):
    """An instant: aware and in UTC in Python, whatever the database makes of it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As the database stores it."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As Python sees it."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class RoleName(TypeDecorator[Role]):
    """A role, by its name."""

    impl = String(16)
    cache_ok = True

    def process_bind_param(self, value: Role | None, dialect: Dialect) -> str | None:
        """As the database stores it."""
        return None if value is None else value.name

    def process_result_value(self, value: str | None, dialect: Dialect) -> Role | None:
        """As Python sees it."""
        return None if value is None else Role[value]


Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""A JSON value."""

Plain = dict[str, Any]
"""A JSON object."""


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
