"""Proposed edges in the books: what a program takes for one customer's, until somebody has decided.

A proposal is an edge that joins nothing, with its probability and what spoke for it; its number is the edge's.
Accepting one adds a joining edge, rejecting one adds nothing; either way the proposed edge is taken back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, cast

from lvtu.store.sqlite import Database

SCHEMA = """;
CREATE TABLE IF NOT EXISTS proposals (number INTEGER PRIMARY KEY, probability REAL NOT NULL, evidence TEXT NOT NULL,
  records TEXT NOT NULL, decision TEXT NOT NULL, decided_at INTEGER, edge INTEGER)
"""

IDENTITY_GROWS = """INSERT INTO meta VALUES ('value.identity', '1')
    ON CONFLICT (name) DO UPDATE SET value = CAST(value + 1 AS TEXT)"""
"""Says that who is who has changed: part of every transaction that changes it."""

_ALL = """SELECT p.number, o.left_kind, o.left_id, o.right_kind, o.right_id, o.time, o.source, p.probability,
      p.evidence, p.records, p.decision, p.decided_at, p.edge, j.retracted_at
    FROM proposals p JOIN edges o ON o.id = p.number LEFT JOIN edges j ON j.id = p.edge"""


class Proposed(NamedTuple):
    """What is to be proposed: a pair of identifiers of one kind, how probable it is, and what each field says."""

    kind: str
    left: str
    right: str
    probability: float
    evidence: dict[str, Any]


class Brought(NamedTuple):
    """A proposal from another workspace's books, its edges entered already: see `Proposal` for the fields."""

    number: int
    probability: float
    evidence: dict[str, Any]
    records: str
    decision: str
    decided_at: int | None
    edge: int | None


class Proposal(NamedTuple):
    """One proposal.

    Attributes:
        number: of it, and of its proposed edge.
        left_kind, left_id, right_kind, right_id: the two identifiers.
        time: when it was made, µs.
        source: by what: ``proposed:splink``.
        probability: 0…1.
        evidence: by field, ``[agreement, bits]``.
        records: the file that it was made from.
        decision: ``open``, ``accepted`` or ``rejected``.
        decided_at: when, µs.
        edge: the number of the edge that accepting it made.
        retracted_at: when that edge was taken back, µs.
    """

    number: int
    left_kind: str
    left_id: str
    right_kind: str
    right_id: str
    time: int
    source: str
    probability: float
    evidence: dict[str, Any]
    records: str
    decision: str
    decided_at: int | None
    edge: int | None
    retracted_at: int | None

    @property
    def joins(self) -> bool:
        """Whether it was accepted and not taken back since."""
        return self.edge is not None and self.retracted_at is None


class Proposals:
    """The proposals in the books; every method is one transaction, on disk when it returns.

    Args:
        database: the ledger's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, proposed: Iterable[Proposed], time: int, source: str, records: str) -> list[int | None]:
        """Enter pairs, but for those that an edge names already, of whatever sort; the number of each, None for these.

        Args:
            proposed: the pairs.
            time: now, µs.
            source: by what they were found.
            records: the file that they were made from.
        """
        told = """SELECT 1 FROM edges WHERE (left_kind = ?1 AND left_id = ?2 AND right_kind = ?3 AND right_id = ?4)
            OR (left_kind = ?3 AND left_id = ?4 AND right_kind = ?1 AND right_id = ?2)"""
        numbers: list[int | None] = []
        with self._database.transaction() as connection:
            for one in proposed:
                ends = (one.kind, one.left, one.kind, one.right)
                if connection.execute(told, ends).fetchone():
                    numbers.append(None)
                    continue
                number = _add_edge(connection, ends, time, source)
                row = (number, one.probability, json.dumps(one.evidence, ensure_ascii=False), records)
                connection.execute("INSERT INTO proposals VALUES (?, ?, ?, ?, 'open', NULL, NULL)", row)
                numbers.append(number)
        return numbers

    def bring(self, proposals: Iterable[Brought]) -> None:
        """Enter proposals as they were elsewhere, with what was decided."""
        rows = [(*one[:2], json.dumps(one.evidence, ensure_ascii=False), *one[3:]) for one in proposals]
        with self._database.transaction() as connection:
            connection.executemany("INSERT INTO proposals VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def all(self) -> list[Proposal]:
        """All, most probable first, then by number."""
        rows = self._database.rows(f"{_ALL} ORDER BY p.probability DESC, p.number")
        return [_proposal(row) for row in rows]

    def accept(self, numbers: Sequence[int], time: int) -> list[int]:
        """Join what some proposals propose; the number of the edge of each, an old one where it joins already."""
        edges: list[int] = []
        with self._database.transaction() as connection:
            for one in _of(connection, numbers):
                if one.joins:
                    edges.append(cast(int, one.edge))
                    continue
                ends = (one.left_kind, one.left_id, one.right_kind, one.right_id)
                edges.append(_add_edge(connection, ends, time, joining(one)))
                _decide(connection, one.number, "accepted", time, edges[-1])
            connection.execute(IDENTITY_GROWS)
        return edges

    def reject(self, numbers: Sequence[int], time: int) -> None:
        """Say that proposals are wrong; those that join are left alone: their edges are to be taken back first."""
        with self._database.transaction() as connection:
            for one in _of(connection, numbers):
                if not one.joins and one.decision != "rejected":
                    _decide(connection, one.number, "rejected", time, one.edge)

    def hide_records(self, numbers: Iterable[int]) -> None:
        """Take away what the files were called that some proposals were made from (forgetting)."""
        with self._database.transaction() as connection:
            query = "UPDATE proposals SET records = '(erased)' WHERE number = ?"
            connection.executemany(query, [(number,) for number in numbers])


def joining(proposal: Proposal) -> str:
    """The source of the edge that accepting a proposal makes: by what, and how probable it was."""
    return f"review:{proposal.source.partition(':')[2]} {proposal.probability:.4f}"


def _add_edge(connection: sqlite3.Connection, ends: tuple[str, str, str, str], time: int, source: str) -> int:
    query = "INSERT INTO edges (left_kind, left_id, right_kind, right_id, time, source) VALUES (?, ?, ?, ?, ?, ?)"
    return cast(int, connection.execute(query, (*ends, time, source)).lastrowid)


def _decide(connection: sqlite3.Connection, number: int, decision: str, time: int, edge: int | None) -> None:
    query = "UPDATE proposals SET decision = ?, decided_at = ?, edge = ? WHERE number = ?"
    connection.execute(query, (decision, time, edge, number))
    query = "UPDATE edges SET retracted_at = ?, retracted_by = ? WHERE id = ? AND retracted_at IS NULL"
    connection.execute(query, (time, decision, number))


def _of(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Proposal]:
    found = []
    for number in numbers:
        rows = connection.execute(f"{_ALL} WHERE p.number = ?", (number,)).fetchall()
        found += [_proposal(row) for row in rows]
    return found


def _proposal(row: Sequence[object]) -> Proposal:
    values: list[Any] = list(row)
    values[8] = json.loads(values[8])
    return Proposal(*values)
