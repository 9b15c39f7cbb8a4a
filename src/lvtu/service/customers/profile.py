"""One customer: who they are, where they are in the journey, what they are worth and what they last said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lvtu.analyses.overview.feelings import felt
from lvtu.analyses.sessions import SessionsSpec
from lvtu.analyses.stages import Stages, StagesSpec
from lvtu.core.segments import Segment
from lvtu.core.units import write_instant
from lvtu.core.words import Lang, say
from lvtu.errors import BadInput
from lvtu.kernels.periods import NO_VALUE
from lvtu.service.customers.consents import consent
from lvtu.service.customers.rows import customers
from lvtu.service.customers.schemas import Identity, Named, Profile, Said, Worth
from lvtu.service.masking import masked, scrubbed
from lvtu.store.journeys.arrivals import COLUMNS
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.find import Place, customer_named
from lvtu.store.journeys.picked import PickedBlock
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.workspace import Workspace

_ANSWERS = 5
_EVENTS = 10_000
"""Of a longer time line, how identifiers were joined is read off so many events, the last ones."""


def profile(
    ws: Workspace, snapshot: Snapshot, place: Place, segments: Sequence[Segment], lang: Lang, hidden: bool
) -> Profile:
    """A customer, in a language.

    Args:
        ws: whose.
        snapshot: where they are, read through a journey model if there is one.
        place: their time line.
        segments: those that are looked at.
        lang: of all words.
        hidden: whether personal identifiers are masked.
    """
    block, line = place
    snapshot.prepare(["score", "scale", "currency"])
    picked = PickedBlock(block, np.array([line]))
    head = customers([place], snapshot, segments, hidden)[0]
    stage, model = _stage(picked, snapshot, lang)
    identities, notes = identities_of(ws, snapshot, place, lang, hidden)
    return Profile(
        **head.model_dump(), sessions=len(session_starts(picked.column("time"))), stage=stage, model=model,
        value=_worth(picked), answers=_answers(picked, snapshot, hidden), identities=identities, notes=notes,
        consent=consent(picked, snapshot), token=snapshot.token,
    )  # fmt: skip


def identities_of(
    ws: Workspace, snapshot: Snapshot, place: Place, lang: Lang, hidden: bool
) -> tuple[list[Identity], list[str]]:
    """A customer's identifiers, how and when each was joined, and what is to be known of them."""
    shown = masked if hidden else str
    found = ws.identity_of(snapshot.lake.take(event_ids(place)[-_EVENTS:], COLUMNS), customer_named(*place))
    rows = [
        Identity(
            kind=row["kind"], id=shown(row["id"]), how=row["how"], text=say(f"how.{row['how']}", lang),
            other=row["with"] and shown(row["with"]), time=row["time"].isoformat(), edge=row["edge"],
            retracted=None if row["retracted"] is None else row["retracted"].isoformat(),
        )
        for row in found.table.to_pylist()
    ]  # fmt: skip
    return rows, [] if hidden else [note.text(lang) for note in found.notes]


def event_ids(place: Place) -> Array:
    """The numbers of a customer's events, in order."""
    block, line = place
    offsets = block.column("offsets")
    ids: Array = block.column("event_id")[int(offsets[line]) : int(offsets[line + 1])].astype(np.int64)
    return ids


def session_starts(time: Array) -> Array:
    """Which of a customer's events begin a visit, as `lvtu.analyses.sessions` counts them."""
    gap = SessionsSpec().session_gap
    starts: Array = np.flatnonzero(np.concatenate([[True], np.diff(time) > gap]))
    return starts


def _stage(picked: Block, snapshot: Snapshot, lang: Lang) -> tuple[Named | None, str | None]:
    """The stage that a customer is in now."""
    try:
        question = Stages(StagesSpec(), snapshot)
    except BadInput as error:
        if error.code not in ("no_journey_model", "no_stages"):
            raise
        return None, None
    snapshot.prepare(question.reads())
    standing = question.entries(picked).standing()
    if not len(standing) or standing[0] < 0:
        return None, question.model.key
    stage = question.stages[int(standing[0])]
    return Named(key=stage.key, name=stage.name.get(lang)), question.model.key


def _worth(picked: Block) -> list[Worth]:
    value, (codes, names) = picked.column("value"), picked.codes("currency")
    there = value != NO_VALUE
    found = []
    for code in np.unique(codes[there]).tolist():
        these = value[there & (codes == code)]
        found.append(Worth(currency=names[code] if code else None, value=int(these.sum()) / 1e6, events=len(these)))
    return sorted(found, key=lambda one: -one.events)


def _answers(picked: Block, snapshot: Snapshot, hidden: bool) -> list[Said]:
    scores = picked.numbers("score")
    rows = np.flatnonzero(~np.isnan(scores))[-_ANSWERS:][::-1]
    if not len(rows):
        return []
    ids = picked.column("event_id")[rows].astype(np.int64)
    texts: list[str | None] = snapshot.lake.take(ids, ["text"])["text"].to_pylist()
    codes, scales = picked.codes("scale")
    events = snapshot.events
    out = []
    for row, text in zip(rows.tolist(), texts, strict=True):
        scale = scales[codes[row]] if codes[row] else None
        out.append(Said(
            time=write_instant(int(picked.column("time")[row])), event=events[picked.column("event")[row]],
            scale=scale, score=float(scores[row]), feeling=felt(scale, float(scores[row])),
            text=scrubbed(text) if text and hidden else text,
        ))  # fmt: skip
    return out
