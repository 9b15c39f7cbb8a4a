"""The catalog's database, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import stat
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.database import Database
from lvtu.catalog.ids import uuid7
from lvtu.catalog.roles import Role
from lvtu.catalog.rows import dump
from lvtu.catalog.tables import Base, LinkRow, MembershipRow
from lvtu.errors import BadInput, UnknownName


@pytest.fixture
def catalog(database_url: str) -> Iterator[Catalog]:
    catalog = Catalog(Database(database_url))
    yield catalog
    catalog.close()


def test_the_steps_lead_to_the_tables_of_the_code(catalog: Catalog) -> None:
    engine = create_engine(catalog.database.url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
        assert context.get_current_revision() is not None
    engine.dispose()


def test_several_processes_may_open_it_first(database_url: str) -> None:
    code = f"from lvtu.catalog.database import Database; Database({database_url!r}).close()"
    started = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(2)]
    for process in started:
        _, trouble = process.communicate(timeout=120)
        assert (process.returncode, trouble) == (0, b"")


def test_what_a_newer_version_made_is_left_alone(catalog: Catalog) -> None:
    with catalog.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(BadInput, match="a newer version"):
        Database(catalog.database.url.render_as_string(hide_password=False))


def test_an_undone_transaction_leaves_nothing(catalog: Catalog) -> None:
    with pytest.raises(ZeroDivisionError), catalog.database.writing() as session:
        session.add(LinkRow(hash=b"x" * 32, person_id=catalog.people.local().id, expires=datetime.now(UTC)))
        session.flush()
        1 / 0  # noqa: B018
    with catalog.database.reading() as session:
        assert session.query(LinkRow).count() == 0


def test_a_row_of_nobody_is_refused(catalog: Catalog) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), catalog.database.writing() as session:
        session.add(MembershipRow(workspace_id=uuid7(), person_id=uuid7(), role=Role.owner))


def test_times_come_back_as_they_went(catalog: Catalog) -> None:
    at = datetime(2026, 3, 1, 9, 0, 0, 123456, tzinfo=UTC).astimezone()
    person = catalog.people.local().id
    _, token = catalog.sessions.new_token(person, "nightly", Role.viewer, ["shop-id"], at)
    (kept,) = catalog.sessions.tokens(person)
    assert kept == token
    assert kept.expires == at
    assert kept.expires is not None and kept.expires.utcoffset() == timedelta(0)


def test_one_of_many_uses_a_link(catalog: Catalog) -> None:
    key = catalog.sessions.link(catalog.people.local())
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: catalog.sessions.open(key), range(16)))
    assert sum(one is not None for one in opened) == 1


def test_a_workspace_keeps_an_owner(catalog: Catalog) -> None:
    people = catalog.people
    ann, bob = people.new("ann@example.com"), people.new("bob@example.com")
    people.join(ann.id, "shop", Role.owner)
    people.join(bob.id, "hotel", Role.owner)  # owns another one
    people.join(bob.id, "shop", Role.admin)
    for change in (lambda: people.leave(ann.id, "shop"), lambda: people.join(ann.id, "shop", Role.admin)):
        with pytest.raises(BadInput, match="nobody else owns"):
            change()
    people.join(bob.id, "shop", Role.owner)
    people.leave(ann.id, "shop")
    assert [(one.person.email, one.role) for one in people.members("shop")] == [("bob@example.com", Role.owner)]


def test_addresses_are_one_whatever_their_case(catalog: Catalog) -> None:
    ann = catalog.people.new(" Ann@Example.COM")
    assert ann.email == "ann@example.com"
    with pytest.raises(BadInput, match="may sign in already"):
        catalog.people.new("ANN@example.com")
    for wrong in ("", "ann", "@", "ann@", "a b@c", "ann@example.com\n@", "x" * 320 + "@a"):
        with pytest.raises(BadInput, match="no email"):
            catalog.people.new(wrong)


def test_documents_stay_where_they_are(catalog: Catalog) -> None:
    boards = catalog.documents("shop", "board")
    body = {"title": "销售", "charts": [1.5, None, {"a": True}]}
    board = boards.add(body, author="ann")
    assert boards.get(board.id).body == body
    assert uuid.UUID(board.id).version == 7
    for other in (catalog.documents("hotel", "board"), catalog.documents("shop", "annotation")):
        assert other.list() == []
        for touch in (other.get, other.remove, lambda id, of=other: of.put(id, {}, editor=None)):
            with pytest.raises(UnknownName):
                touch(board.id)
    assert boards.list() == [board]
    boards.remove(board.id)
    assert boards.list() == []


def test_of_two_who_change_a_document_one_is_told(catalog: Catalog) -> None:
    boards = catalog.documents("shop", "board")
    board = boards.add({"n": 0}, author="ann")

    def change(n: int) -> int:
        try:
            boards.put(board.id, {"n": n}, editor="bob", version=1)
        except BadInput as error:
            assert error.code == "changed_by_another"
            return 0
        return n

    with ThreadPoolExecutor(4) as pool:
        done = [n for n in pool.map(change, range(1, 9)) if n]
    kept = boards.get(board.id)
    assert len(done) == 1
    assert (kept.body, kept.version, kept.author, kept.editor) == ({"n": done[0]}, 2, "ann", "bob")


def test_a_dump_is_as_of_one_moment(catalog: Catalog) -> None:
    catalog.audit.note("POST /api/session", status=200, address="127.0.0.1")
    catalog.people.new("ann@example.com")
    rows = dump(catalog.database)
    assert next(rows)[0] == "audit"
    catalog.people.new("bob@example.com")  # its table is read only now
    assert [row["email"] for name, row in rows if name == "people"] == ["ann@example.com"]
    assert [row["email"] for name, row in dump(catalog.database) if name == "people"] == [
        "ann@example.com", "bob@example.com"]  # fmt: skip


@pytest.mark.parametrize("clock", ["runs", "stands", "is set back"])
def test_ids_sort_in_the_order_they_were_made(clock: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of one transaction are made within a millisecond, and are listed by their ids."""
    before = time.time_ns()
    first = uuid7()
    if clock != "runs":
        set_to = before if clock == "stands" else before - 10**10
        monkeypatch.setattr("lvtu.catalog.ids.time.time_ns", lambda: set_to)
    ids = [first, *(uuid7() for _ in range(10_000))]
    assert ids == sorted(set(ids))
    assert before // 10**6 <= uuid.UUID(first).int >> 80 <= time.time_ns() // 10**6 or clock != "runs"
    assert {(uuid.UUID(one).version, uuid.UUID(one).variant) for one in ids} == {(7, uuid.RFC_4122)}


def test_its_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    Database.of(tmp_path).close()
    assert stat.S_IMODE((tmp_path / "server.sqlite").stat().st_mode) == 0o600


@pytest.mark.parametrize("url", ["mysql://a/b", "what", "postgresql://lvtu@127.0.0.1:1/none"])
def test_a_database_that_is_of_no_use_is_told(url: str) -> None:
    with pytest.raises(BadInput):
        Database(url)
