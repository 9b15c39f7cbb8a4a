"""Forgetting a customer: every byte of theirs is gone when it returns, and a receipt without their name is left.

First everything is found and written down in surrogate numbers and keyed hashes (`Traces`), in one transaction. From
then on the erasure happens, whatever happens to the process: each step may be repeated, and the next one to open the
workspace finishes what was begun.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from lvtu.core.sentences import Hint
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.forgotten import marked, said
from lvtu.privacy import beside, traces
from lvtu.privacy.documents import Without, changes_without, keys_of
from lvtu.privacy.traces import Traces
from lvtu.store import files
from lvtu.store.committer import Committer
from lvtu.store.config import Config, Layout
from lvtu.store.inbox import Inbox
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.find import Place, customer_named, whereabouts
from lvtu.store.journeys.keeper import Keeper
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.ledger import Ledger, Receipt
from lvtu.store.quarantine import Quarantine
from lvtu.store.sqlite import patiently
from lvtu.store.teachers import retire, taught_by

_PENDING = "erasing"


class Erasable(Protocol):
    """A workspace, as an erasure sees it."""

    layout: Layout
    _ledger: Ledger
    _committer: Committer
    _keeper: Keeper

    @property
    def config(self) -> Config:
        """Its settings."""
        ...

    def flush(self) -> None:
        """Move what was appended to the lake."""

    def snapshot(self) -> Snapshot:
        """The newest snapshot."""
        ...


Named = str | tuple[str, str]
"""An identifier, of whatever kind, or (kind, value)."""

_KINDS = ("user_id", "anonymous_id")


def forget(ws: Erasable, identifier: Named) -> Receipt:
    """Erase one customer; see `forget_many`."""
    return forget_many(ws, [identifier])[0]


def forget_many(ws: Erasable, identifiers: Sequence[Named]) -> list[Receipt]:
    """Erase customers in one go: the files are rewritten once. Returns when the bytes are gone.

    Args:
        ws: the workspace.
        identifiers: any one identifier of each customer.

    Returns:
        A receipt for each, in order.

    Raises:
        UnknownName: nobody has one of them; nothing was erased.
        BadInput: several customers used one of them; nothing was erased.
    """
    with ws._committer.writing() as check:
        _finish(ws, check)
        ws.flush()
        plan, names = _traces(ws, identifiers)
        # First, while their names are known: once the plan is written down, nothing knows them any more. Cut short
        # here, nothing else has happened, and who asks again does this again.
        plan.beside = beside.erase(ws.layout.root, ws._ledger, ws.config.id, names, patiently)
        plan.maps = _erase_maps(ws, plan.events, names)
        ws._ledger.put(_PENDING, plan.to_json())
        receipts = _finish(ws, check)
    ws.snapshot()
    return receipts


def resume(ws: Erasable) -> None:
    """Finish an erasure that was cut short, if there is one."""
    with ws._committer.writing() as check:
        _finish(ws, check)


def _traces(ws: Erasable, identifiers: Sequence[Named]) -> tuple[Traces, set[str]]:
    """What is to be erased, and the identifiers that only those customers have."""
    snapshot, ledger, lake = ws.snapshot(), ws._ledger, ws._committer.lake
    each = [_events(_only(snapshot, identifier, ws)) for identifier in identifiers]
    events = np.unique(np.concatenate([*each, np.empty(0, np.int64)]))
    rows = traces.rows_of(lake, events)
    asked = [_kind_and_text(identifier) for identifier in identifiers]
    named = {(each, text) for kind, text in asked for each in ((kind,) if kind else _KINDS)}
    theirs = traces.theirs_alone(lake, ledger, events, rows, named)
    hi, lo = ws._committer.message_keys(rows["message_id"])
    suppression = ws._committer.suppression
    changes = changes_without(ledger, theirs, events)
    models = taught_by(ledger, ws.layout.voice, events)
    plan = Traces(
        events=events,
        hi=hi,
        lo=lo,
        hashes=suppression.of_identifiers(sorted(theirs)) + suppression.of_messages(traces.unnamed(rows, theirs)),
        edges=traces.edges_naming(ledger, theirs),
        rejected=traces.rejected_naming(Quarantine(ws.layout.quarantine), theirs),
        commits=traces.commits_naming(ledger, theirs),
        proposals=traces.proposals_naming(ledger, theirs),
        receipts=[(ledger.keyed_hash(text), len(found)) for (_, text), found in zip(asked, each, strict=True)],
        time=time.time_ns() // 1000,
        identifiers=len({value for _, value in theirs}),
        documents=changes.documents + models,
        models=len(models),
        keys=changes.keys,
        insights=changes.insights,
    )
    return plan, {value for _, value in theirs}


def _erase_maps(ws: Erasable, events: Array, names: set[str]) -> dict[str, int]:
    """Take them out of journey maps and projects; how many cards lost words, and how many may keep some."""
    ledger, without = ws._ledger, Without(names).anywhere
    ledger.projects.erase(without)
    if not ledger.maps.titles():
        return {"cards": 0, "cards_left": 0}
    before = set(ledger.maps.words())
    lost = ledger.maps.erase(said(ledger, ws._committer.lake, events, without).on, marked)
    return {"cards": lost, "cards_left": len(set(ledger.maps.words()) - before)}


def _only(snapshot: Snapshot, identifier: Named, ws: Erasable) -> list[Place]:
    """The one customer who has an identifier; nobody, if only rejected rows, joins or proposals name it.

    Nobody, too, where they were forgotten before and there is a server: it may be reached now, and not have been then.
    """
    kind, text = _kind_and_text(identifier)
    if not text:
        raise BadInput("empty_identifier")
    found = whereabouts(snapshot, text, kind)
    if len(found) > 1:
        names = sorted({customer_named(*place) for place in found})
        raise BadInput("several_customers", identifier=text, known=names, try_=_way_out(snapshot, text, len(names)))
    edges = [edge for each in ((kind,) if kind else _KINDS) for edge in ws._ledger.edges_of(each, text)]
    named = edges or traces.rejected_naming(Quarantine(ws.layout.quarantine), {("", text)})
    again = ws._committer.suppression.lists(text) and beside.there(ws.layout.root, ws._ledger)
    if not found and not named and not again:
        raise UnknownName("customer", text, ())
    return found


def _kind_and_text(identifier: Named) -> tuple[str | None, str]:
    return (None, identifier) if isinstance(identifier, str) else identifier


def _way_out(snapshot: Snapshot, text: str, names: int) -> Hint | str:
    """How to name one of several customers: by their names, or by the kind of a text that is a name of two."""
    kinds = [kind for kind in _KINDS if names == 1 and len(whereabouts(snapshot, text, kind)) == 1]
    if not kinds:
        return ""
    if len(kinds) == 1:
        return Hint("which_kind", kind=kinds[0], name=text)
    return Hint("which_of_both", name=text)


def _events(places: Sequence[Place]) -> Array:
    found = [np.empty(0, np.int64)]
    for block, line in places:
        first, last = block.column("offsets")[line : line + 2]
        found.append(np.asarray(block.column("event_id")[int(first) : int(last)], np.int64))
    return np.concatenate(found)


def _finish(ws: Erasable, check: Callable[[], None]) -> list[Receipt]:
    """Carry out what is written down. Under the lease; every step may have been done before."""
    ledger, committer = ws._ledger, ws._committer
    pending = ledger.get(_PENDING)
    if not pending:
        return []
    plan = Traces.from_json(pending)
    committer.suppression.add(plan.hashes)
    ws._keeper.drop()  # first: whoever asks from now on waits for the lease, and nobody sees half of it
    ws.flush()  # what came in meanwhile; theirs is left out by now
    if len(plan.events):
        committer.lake.erase(plan.events, check=check)
    committer.forget_keys(plan.hi, plan.lo)
    _erase_books(ws, plan)
    receipts = _receipts(ledger, plan, committer.note_erasure())
    _truncate(ws)
    ledger.put(_PENDING, None)
    patiently(ledger.truncate)
    return receipts


def _erase_books(ws: Erasable, plan: Traces) -> None:
    ws._ledger.erase_edges(plan.edges)
    ws._ledger.proposals.hide_records(plan.proposals)
    ws._ledger.corrections.erase(plan.events.tolist())
    ws._ledger.insights.erase(plan.events.tolist(), plan.insights, plan.time)
    ws._ledger.erase_documents(keys_of(ws._ledger, plan.keys), plan.documents)
    retire(ws._ledger, ws.layout.voice)
    files.remove_durably(path for path in ws.layout.uploads.rglob("*") if path.is_file())
    quarantine = Quarantine(ws.layout.quarantine)
    files.remove_leftovers(quarantine.folder)
    if plan.rejected:
        quarantine.drop(plan.rejected)
    for commit in ws._ledger.commits():
        if commit.number in plan.commits:
            ws._ledger.add_commit(*commit._replace(source="(erased)"))


def _receipts(ledger: Ledger, plan: Traces, commit: int) -> list[Receipt]:
    there = {(receipt.time, receipt.hash) for receipt in ledger.receipts()}
    details = {"identifiers": plan.identifiers, "edges": len(plan.edges), "rejected": len(plan.rejected),
               "models": plan.models, **plan.maps, **plan.beside}  # fmt: skip
    for hash, events in plan.receipts:
        if (plan.time, hash) not in there:
            ledger.add_receipt(plan.time, hash, events, commit, details)
            there.add((plan.time, hash))
    mine = {receipt.hash: receipt for receipt in ledger.receipts() if receipt.time == plan.time}
    return [mine[hash] for hash, _ in plan.receipts]


def _truncate(ws: Erasable) -> None:
    """Leave nothing of deleted rows in any SQLite file."""
    patiently(ws._ledger.truncate)
    for path in sorted(ws.layout.inbox.glob("*.sqlite")):
        inbox = Inbox(path)
        try:
            patiently(inbox.truncate)
        finally:
            inbox.close()
