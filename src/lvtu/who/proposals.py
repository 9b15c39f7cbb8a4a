"""Proposals as people see them: two identifiers that are probably one customer's, how probably, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from lvtu.core.sentences import Note
from lvtu.core.words import say
from lvtu.store.proposals import Proposal
from lvtu.who.change import heading
from lvtu.who.customer import TIME

_EVIDENCE = pa.list_(pa.struct([("field", pa.string()), ("agreement", pa.string()), ("bits", pa.float64())]))
_SCHEMA = pa.schema(
    [
        ("proposal", pa.int64()),
        ("kind", pa.string()),
        ("left", pa.string()),
        ("right", pa.string()),
        ("probability", pa.float64()),
        ("evidence", _EVIDENCE),
        ("records", pa.string()),
        ("time", TIME),
        ("decision", pa.string()),
        ("edge", pa.int64()),
        ("retracted", TIME),
    ]
)


@dataclass(frozen=True, repr=False)
class ProposalList:
    """Proposals, most probable first.

    Attributes:
        action: ``link``, ``proposals`` or ``reject``: what they are the answer to.
        asked: how it was asked, as plain values.
        table: a row for each: the number of the ``proposal`` (null in a preview), the ``kind`` of the two identifiers
            ``left`` and ``right``, the ``probability`` that they are one customer's, the ``evidence`` (``field``,
            ``agreement``: same, close, different or missing; ``bits``: log2 of how much likelier that is of one person
            than of two), the ``records`` it was made from and when (``time``), the ``decision`` (open, accepted,
            rejected), the ``edge`` that accepting it made, and when that was ``retracted``.
        notes: what to know about them.
        said: what was found, in a sentence's code and values; see `lines`.
    """

    action: str
    asked: Mapping[str, Any]
    table: pa.Table
    notes: tuple[Note, ...]
    said: Mapping[str, str]

    @property
    def numbers(self) -> list[int]:
        """The numbers of the proposals."""
        return [number for number in self.table["proposal"].to_pylist() if number is not None]

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values: ``spec``, ``table``, ``notes``."""
        return {"spec": {"action": self.action, **self.asked}, "table": self.table.to_pylist(),
                "notes": [note.to_json() for note in self.notes]}  # fmt: skip

    def lines(self) -> list[str]:
        """What was found, for people."""
        return [say(f"proposals.{self.action}", **self.said)]

    def for_people(self) -> pa.Table:
        """The table with evidence in words; what is of one kind throughout, or empty, is left out."""
        rows, table = self.table.to_pylist(), self.table
        shown = {
            "proposal": table["proposal"],
            "left": table["left"],
            "right": table["right"],
            "probability": pa.array([_percent(row["probability"]) for row in rows], pa.string()),
            "evidence": pa.array([_words(row["evidence"]) for row in rows], pa.string()),
            "decision": pa.array([say(f"decisions.{row['decision']}") for row in rows], pa.string()),
            "edge": table["edge"],
            "retracted": table["retracted"],
        }
        dull = {name for name in ("proposal", "edge", "retracted") if table[name].null_count == table.num_rows}
        if set(table["decision"].to_pylist()) <= {"open"}:
            dull.add("decision")
        return pa.table({name: column for name, column in shown.items() if name not in dull})

    def __repr__(self) -> str:
        from lvtu.analyses.text import as_text

        shown, notes = self.for_people(), [note.text() for note in self.notes]
        text = "\n".join(self.lines())
        if not shown.num_rows:
            return "\n".join([text, *(f"· {note}" for note in notes)])
        return text + "\n\n" + as_text(shown.rename_columns([heading(name) for name in shown.column_names]), notes)

    __str__ = __repr__


def table_of(proposals: Iterable[Proposal]) -> pa.Table:
    """Stored proposals as the table of a `ProposalList`."""
    return rows_table(
        {
            "proposal": one.number, "kind": one.left_kind, "left": one.left_id, "right": one.right_id,
            "probability": one.probability, "evidence": evidence_rows(one.evidence), "records": one.records,
            "time": one.time, "decision": one.decision, "edge": one.edge, "retracted": one.retracted_at,
        }
        for one in proposals
    )  # fmt: skip


def rows_table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    """Rows as the table of a `ProposalList`."""
    return pa.Table.from_pylist(list(rows), schema=_SCHEMA)


def evidence_rows(evidence: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Evidence as the column shows it."""
    return [{"field": field, "agreement": each[0], "bits": each[1]} for field, each in evidence.items()]


def _percent(probability: float) -> str:
    """A probability that never says 100 %: what is shown as certain is not looked at."""
    return f"{min(probability, 0.9999):.2%}"


def _words(evidence: list[dict[str, Any]]) -> str:
    return say("values.and").join(
        say("proposals.evidence", field=say(f"record_fields.{one['field']}"),
            agreement=say(f"agreements.{one['agreement']}"), bits=f"{one['bits']:+.1f}")
        for one in evidence if one["agreement"] != "missing"
    )  # fmt: skip
