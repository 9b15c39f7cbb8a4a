"""What people decided and wrote in a workspace, as plain values and back: documents, and who is who.

Numbers of events and edges are a workspace's own, so a list of customers travels as the ``message_id`` of an event of
each, and a proposal as the place of its edge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from lvtu.store.insights import Entry, Link, StoredEvidence, StoredInsight
from lvtu.store.ledger import Ledger
from lvtu.store.proposals import Brought

if TYPE_CHECKING:
    from lvtu.store.lake import Lake

_MODEL = "default model"
"""The books' name of the model that questions use when they name none."""


_VOICE = "voice"
"""The books' name of what counts of a workspace's own calibration, model and topics."""


_MODEL_OF_TEXT = "text_model"
"""A model of one's own is no plain file: it stays, and is taught again there."""


def documents(ledger: Ledger, lake: Lake) -> dict[str, Any]:
    """Every version of every document, the default model, what people corrected in how texts were read, insights."""
    stored = ledger.documents()
    members = {event for one in stored for event in _events_in(one.document)}
    named = _messages(lake, members)
    rows = [
        {"kind": one.kind, "key": one.key, "version": one.version, "saved": one.time, "document":
         _with_members(one.document, named.__getitem__)} for one in stored
    ]  # fmt: skip
    voice, insights = _voice(ledger, lake), _insights(ledger, lake)
    return {"default_model": ledger.get(_MODEL), "documents": rows, "voice": voice, "insights": insights}


def keep_documents(ledger: Ledger, lake: Lake, told: dict[str, Any]) -> int:
    """Enter them as they were, versions and times included; returns how many."""
    rows = told["documents"]
    wanted = {message for row in rows for message in _events_in(row["document"])}
    numbers = _numbers(lake, wanted)
    for row in rows:
        document = _with_members(row["document"], numbers.__getitem__)
        ledger.add_document(row["kind"], row["key"], row["saved"], document)
    if told["default_model"] is not None:
        ledger.put(_MODEL, told["default_model"])
    _keep_voice(ledger, lake, told.get("voice") or {})
    _keep_insights(ledger, lake, told.get("insights") or {})
    return len(rows)


def _voice(ledger: Ledger, lake: Lake) -> dict[str, Any]:
    said = ledger.corrections.all()
    named = _messages(lake, {one.event for one in said})
    rows = [
        {"message_id": named[one.event], "what": one.what, "value": one.value, "by": one.by, "time": one.time}
        for one in said
    ]
    state = ledger.get(_VOICE)
    return {"state": state and state | {_MODEL_OF_TEXT: None}, "corrections": rows}


def _keep_voice(ledger: Ledger, lake: Lake, told: dict[str, Any]) -> None:
    rows = told.get("corrections") or []
    numbers = _numbers(lake, {row["message_id"] for row in rows})
    ledger.corrections.enter(
        (numbers[row["message_id"]], row["what"], row["value"], row["by"], row["time"]) for row in rows
    )
    if told.get("state"):
        ledger.put(_VOICE, told["state"])


def _insights(ledger: Ledger, lake: Lake) -> dict[str, Any]:
    links = ledger.insights.links()
    named = _messages(lake, {one.evidence.event for one in links if one.evidence.event is not None})
    return {
        "insights": [one._asdict() for one in ledger.insights.all()],
        "evidence": [one._asdict() | {"evidence": _by_message(one.evidence, named)} for one in links],
        "history": [one._asdict() for one in ledger.insights.history()],
    }


def _by_message(one: StoredEvidence, named: dict[int, str]) -> dict[str, Any]:
    return one._asdict() | {"event": None if one.event is None else named[one.event]}


def _keep_insights(ledger: Ledger, lake: Lake, told: dict[str, Any]) -> None:
    rows = told.get("evidence") or []
    numbers = _numbers(lake, {row["evidence"]["event"] for row in rows} - {None})
    links = [
        Link(**row | {"evidence": StoredEvidence(**row["evidence"] | {"event": numbers.get(row["evidence"]["event"])})})
        for row in rows
    ]
    insights = [StoredInsight(**row) for row in told.get("insights") or []]
    ledger.insights.enter(insights, links, [Entry(**row) for row in told.get("history") or []])


def identity(ledger: Ledger) -> dict[str, Any]:
    """Every stored edge, what was proposed and decided, and the rules by which identifiers join."""
    edges = ledger.edges(retracted=True)
    place = {edge.id: number for number, edge in enumerate(edges)}
    proposed = [
        {"at": place[one.number], "probability": one.probability, "evidence": one.evidence, "records": one.records,
         "decision": one.decision, "decided_at": one.decided_at, "joins": place.get(one.edge or 0)}
        for one in ledger.proposals.all()
    ]  # fmt: skip
    fields = ("left_kind", "left_id", "right_kind", "right_id", "time", "source", "retracted_at", "retracted_by")
    return {
        "joins": ledger.get("joins") or [],
        "edges": [{field: getattr(edge, field) for field in fields} for edge in edges],
        "proposals": proposed,
    }


def keep_identity(ledger: Ledger, told: dict[str, Any]) -> int:
    """Enter them as they were; returns how many edges."""
    edges = told["edges"]
    if not edges and not told["joins"]:
        return 0
    ends = ("left_kind", "left_id", "right_kind", "right_id", "time", "source")
    first = ledger.add_edges([tuple(edge[name] for name in ends) for edge in edges]) - len(edges) + 1
    taken: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, edge in enumerate(edges, first):
        if edge["retracted_at"] is not None:
            taken[edge["retracted_at"], edge["retracted_by"]].append(number)
    for (time, by), numbers in taken.items():
        ledger.retract(numbers, time, by)
    ledger.proposals.bring(
        Brought(first + one["at"], one["probability"], one["evidence"], one["records"], one["decision"],
                one["decided_at"], None if one["joins"] is None else first + one["joins"])
        for one in told["proposals"]
    )  # fmt: skip
    if told["joins"]:
        ledger.put("joins", told["joins"])
        ledger.put("identity", int(ledger.get("identity") or 0) + 1)
    return len(edges)


def _events_in(document: dict[str, Any]) -> Iterable[Any]:
    """The events that a document names: those of a list's customers, and the one that a persona is quoted from."""
    quoted = (document.get("quote") or {}).get("event")
    return (*(document.get("members") or ()), *(() if quoted is None else (quoted,)))


def _with_members(document: dict[str, Any], name: Callable[[Any], Any]) -> dict[str, Any]:
    members, quote = document.get("members"), document.get("quote") or {}
    if members is not None:
        document = document | {"members": [name(member) for member in members]}
    return document if quote.get("event") is None else document | {"quote": quote | {"event": name(quote["event"])}}


def _messages(lake: Lake, events: Iterable[int]) -> dict[int, str]:
    numbers = np.array(sorted(events), np.int64)
    if not len(numbers):
        return {}
    return dict(zip(numbers.tolist(), lake.take(numbers, ["message_id"])["message_id"].to_pylist(), strict=True))


def _numbers(lake: Lake, messages: set[str]) -> dict[str, int]:
    import pyarrow as pa
    import pyarrow.compute as pc

    found: dict[str, int] = {}
    wanted = pa.array(sorted(messages), pa.string())
    for batch in lake.read(["message_id", "event_id"]) if messages else ():
        rows = batch.filter(pc.is_in(batch.column("message_id"), wanted))
        found.update(zip(rows.column(0).to_pylist(), rows.column(1).to_pylist(), strict=True))
    return found
