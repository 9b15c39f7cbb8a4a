"""What a customer has left in a workspace: found with their identifiers, written down without them."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.store.insights import Rewritten
from lvtu.store.journeys.columns import Array
from lvtu.store.lake import Lake
from lvtu.store.ledger import Edge, Ledger, StoredDocument
from lvtu.store.quarantine import Quarantine
from lvtu.store.suppression import values

Identifiers = set[tuple[str, str]]
"""(kind, value): ``user_id``, ``anonymous_id`` or a key of `identifiers`."""

_COLUMNS = ("event_id", "message_id", "user_id", "anonymous_id", "identifiers")
_IDS = ("user_id", "anonymous_id")
_AT = re.compile("@|%40")
_JOINING = ("join", "review", "alias")


@dataclass
class Traces:
    """Everything to erase, in surrogate numbers and keyed hashes: an erasure that was cut short goes on from here.

    Attributes:
        events: their event ids.
        hi, lo: the keys of their message ids in the index of repeats.
        hashes: what is never to be accepted again.
        edges: numbers of the identity edges that name them.
        rejected: numbers of the quarantine's rows that do.
        commits: numbers of commits whose source does (a file named after them).
        proposals: numbers of proposals whose file is.
        receipts: (keyed hash of what was asked for, events) for each customer.
        documents: those that people keep, as they are without the customers.
        keys: keyed hashes of the keys of documents that are called like them.
        insights: texts of insights and their evidence, as they are without the customers.
        maps: how many cards of journey maps lost words of theirs (``cards``), and how many may keep some that people
            typed (``cards_left``).
        models: how many models of text theirs had taught, which go.
        beside: what became of their traces beside the workspace; see `lvtu.privacy.beside`.
        time: when the erasure began, µs.
    """

    events: Array
    hi: Array
    lo: Array
    hashes: list[bytes]
    edges: list[int]
    rejected: list[str]
    commits: list[int]
    receipts: list[tuple[bytes, int]]
    time: int
    identifiers: int = field(default=0)
    documents: list[StoredDocument] = field(default_factory=list)
    proposals: list[int] = field(default_factory=list)
    keys: list[bytes] = field(default_factory=list)
    insights: list[Rewritten] = field(default_factory=list)
    maps: dict[str, int] = field(default_factory=dict)
    models: int = field(default=0)
    beside: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The traces as JSON."""
        return {
            "events": _packed(self.events), "hi": _packed(self.hi), "lo": _packed(self.lo),
            "hashes": [each.hex() for each in self.hashes], "edges": self.edges, "rejected": self.rejected,
            "commits": self.commits, "receipts": [(each.hex(), events) for each, events in self.receipts],
            "time": self.time, "identifiers": self.identifiers, "documents": self.documents,
            "proposals": self.proposals, "keys": [each.hex() for each in self.keys],
            "models": self.models, "insights": self.insights, "maps": self.maps,
            "beside": self.beside,
        }  # fmt: skip

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Traces:
        """The traces of `to_json`."""
        return cls(
            **stored | {
                "events": _unpacked(stored["events"], np.int64),
                "hi": _unpacked(stored["hi"], np.uint64), "lo": _unpacked(stored["lo"], np.uint64),
                "hashes": [bytes.fromhex(each) for each in stored["hashes"]],
                "receipts": [(bytes.fromhex(each), events) for each, events in stored["receipts"]],
                "documents": [StoredDocument(*each) for each in stored.get("documents", ())],
                "keys": [bytes.fromhex(each) for each in stored.get("keys", ())],
            }
        )  # fmt: skip


def rows_of(lake: Lake, events: Array) -> pa.Table:
    """The identifying columns of some events (ids, ascending)."""
    schema = pa.schema([(name, each.type) for name, each in _fields()])
    batches = (batch.filter(pa.array(np.isin(batch.column(0).to_numpy(), events))) for batch in lake.read(_COLUMNS))
    return pa.Table.from_batches([batch for batch in batches if batch.num_rows], schema)


def theirs_alone(lake: Lake, ledger: Ledger, events: Array, rows: pa.Table, asked: Identifiers) -> Identifiers:
    """The identifiers that only these events' customers have: in the events, and in edges that join them to more.

    Args:
        lake: the event log.
        ledger: has the edges.
        events: ids of all their events, ascending.
        rows: the identifying columns of those.
        asked: the identifiers by which they were asked for.
    """
    said = set(_said(rows)) | asked
    alone = said - _elsewhere(lake, events, said)
    more = _joined(ledger.edges(), alone) - said
    return alone | (more - _elsewhere(lake, events, more)) if more else alone


def unnamed(rows: pa.Table, identifiers: Identifiers) -> pa.Array:
    """The message ids of those rows that none of the identifiers would recognise (a shared device's)."""
    named = np.zeros(rows.num_rows, bool)
    for name in _IDS:
        listed = pa.array(_of_kind(identifiers, name), pa.string())
        named |= pc.is_in(rows[name], value_set=listed).to_numpy()
    for row, pairs in enumerate(rows["identifiers"].to_pylist()):
        named[row] |= any(pair in identifiers for pair in pairs or ())
    return rows["message_id"].combine_chunks().filter(pa.array(~named))


def edges_naming(ledger: Ledger, identifiers: Identifiers) -> list[int]:
    """The numbers of the edges that name one of the identifiers, retracted ones included."""
    return [edge.id for edge in ledger.edges(retracted=True) if not identifiers.isdisjoint(_ends(edge))]


def rejected_naming(quarantine: Quarantine, identifiers: Identifiers) -> list[str]:
    """The numbers of the rejected rows whose text holds one of the identifiers."""
    named = naming(identifiers)
    if named is None:
        return []
    return [
        row.id
        for row in quarantine
        if any(named.search(text) for text in (row.raw, row.reason, row.place, *values(row.raw)))
    ]


def commits_naming(ledger: Ledger, identifiers: Identifiers) -> list[int]:
    """The numbers of the commits whose source holds one of the identifiers."""
    named = naming(identifiers)
    return [] if named is None else [each.number for each in ledger.commits() if named.search(each.source)]


def proposals_naming(ledger: Ledger, identifiers: Identifiers) -> list[int]:
    """The numbers of the proposals that were made from a file whose name holds one of the identifiers."""
    named = naming(identifiers)
    return [] if named is None else [each.number for each in ledger.proposals.all() if named.search(each.records)]


def naming(identifiers: Identifiers) -> re.Pattern[str] | None:
    """A pattern for texts that hold one of the identifiers, not as a part of a longer word; None for none.

    It finds them as they stand in JSON and in addresses, too, and e-mail addresses however they are capitalised.
    """
    spelled = {
        text
        for _, value in identifiers
        for text in (value, quote(value, safe=""), *(json.dumps(value, ensure_ascii=a)[1:-1] for a in (True, False)))
    }
    if not spelled:
        return None
    longest = sorted(spelled, key=len, reverse=True)
    either = "|".join(f"(?i:{re.escape(text)})" if _AT.search(text) else re.escape(text) for text in longest)
    return re.compile(rf"(?<![0-9A-Za-z_])(?:{either})(?![0-9A-Za-z_])")


def _said(rows: pa.Table) -> Iterable[tuple[str, str]]:
    for name in _IDS:
        yield from ((name, text) for text in rows[name].unique().to_pylist() if text)
    for pairs in rows["identifiers"].to_pylist():
        for kind, value in pairs or ():
            if value:
                yield kind, value
            if value and kind == "previous_id":  # an alias names an id that may have been either
                yield from ((name, value) for name in _IDS)


def _elsewhere(lake: Lake, events: Array, identifiers: Identifiers) -> Identifiers:
    """Those of the identifiers that events of others carry."""
    found: Identifiers = set()
    wanted = {name: pa.array(_of_kind(identifiers, name), pa.string()) for name in _IDS}
    values = pa.array([value for kind, value in identifiers if kind not in _IDS], pa.string())
    for batch in lake.read(("event_id", *_IDS, "identifiers")):
        others = pa.array(~np.isin(batch.column(0).to_numpy(), events))
        for name in _IDS:
            hits = batch.column(name).filter(pc.and_(others, pc.is_in(batch.column(name), value_set=wanted[name])))
            found |= {(name, text) for text in hits.unique().to_pylist()}
        maps = batch.column("identifiers")
        if len(values) and maps.null_count < len(maps):
            found |= _pairs(maps.filter(others), values) & identifiers
    return found


def _pairs(maps: pa.Array, values: pa.Array) -> Identifiers:
    places = pc.indices_nonzero(pc.is_in(maps.items, value_set=values))
    return set(zip(maps.keys.take(places).to_pylist(), maps.items.take(places).to_pylist(), strict=True))


def _joined(edges: Sequence[Edge], identifiers: Identifiers) -> Identifiers:
    """The identifiers and all that the edges which hold join to them."""
    joined, size = set(identifiers), -1
    joining = [set(_ends(edge)) for edge in edges if edge.source.partition(":")[0] in _JOINING]
    while len(joined) > size:
        size = len(joined)
        joined.update(*(ends for ends in joining if ends & joined))
    return joined


def _ends(edge: Edge) -> tuple[tuple[str, str], tuple[str, str]]:
    return (edge.left_kind, edge.left_id), (edge.right_kind, edge.right_id)


def _of_kind(identifiers: Identifiers, kind: str) -> list[str]:
    return sorted(value for each, value in identifiers if each == kind)


def _fields() -> list[tuple[str, pa.Field]]:
    from lvtu.store.parts import SCHEMA

    return [(name, SCHEMA.field(name)) for name in _COLUMNS]


def _packed(numbers: Array) -> str:
    return base64.b85encode(zlib.compress(np.ascontiguousarray(numbers).tobytes(), 1)).decode()


def _unpacked(text: str, kind: Any) -> Array:
    return np.frombuffer(zlib.decompress(base64.b85decode(text)), kind)
