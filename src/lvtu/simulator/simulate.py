"""The simulation, block by block of customers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from lvtu.core.units import MINUTE
from lvtu.errors import BadInput
from lvtu.simulator.calendar import moments
from lvtu.simulator.draws import Draws
from lvtu.simulator.fulfilment import fulfil
from lvtu.simulator.log import Log, joined
from lvtu.simulator.pains import EFFECTS, Pain, chosen
from lvtu.simulator.passing import Scene
from lvtu.simulator.people import AGES, CURRENCIES, DEVICES, People, draw
from lvtu.simulator.plan import END, STAGE_OF, STAGES, model
from lvtu.simulator.store import can_visit, visit_store
from lvtu.simulator.table import Spoken, records
from lvtu.simulator.truth import TEXTS, Planted, Truth
from lvtu.simulator.visits import Memory, visit

Array = NDArray[Any]

BLOCK = 2000
"""Customers who are drawn together, whether they are wanted or not, so that more customers change nobody."""

_ROUNDS = 60
"""Visits of a customer at most."""


@dataclass(frozen=True)
class _Block:
    """Some customers, what happened to them, and what they said."""

    people: People
    kept: int
    log: Log
    memory: Memory
    events: pa.Table
    spoken: list[Spoken]


def simulate(*, customers: int = 10_000, seed: int = 0, pains: Iterable[Pain] | None = None) -> tuple[pa.Table, Truth]:
    """A year of a retailer that does not exist: what its customers did and said, and what is true of them.

    The retailer sells in Chinese and English, on its website, in an app, a mini program and stores; its customers
    come, look, buy, wait for parcels, ask, complain, answer surveys and write reviews. How all of it is drawn stands in
    ``docs/explanation/simulator.md``. Every event says that it is simulated: its ``source`` begins with
    ``simulated:``, and its properties hold ``"simulated": true``.

    Args:
        customers: how many; about 40 events each. With more, the events of the first ones stay the same.
        seed: another one gives other customers; the same gives the same table, byte by byte.
        pains: what hurts (`lvtu.simulator.Pain`); None for a checkout with errors, ``[]`` for nothing. The random
            numbers do not depend on it, so that two simulations differ by what was planted alone.

    Returns:
        The events in the record's schema, customer by customer, for ``ws.ingest(events)``; and the truth.

    Raises:
        BadInput: there would be no customers, or one of the pains is none.

    Example:
        >>> events, truth = simulate(customers=20, seed=1)
        >>> truth
        Truth(customers=20, seed=1, pains=[checkout:annoy:0.7])
        >>> [stage.name.en for stage in truth.model.stages]
        ['Awareness', 'Consideration', 'Purchase', 'Delivery', 'Use and service', 'Loyalty']
    """
    if customers < 1:
        raise BadInput("no_customers", customers=str(customers))
    if seed < 0:
        raise BadInput("negative_seed", seed=str(seed))
    planted = chosen(pains)
    blocks = list(_blocks(customers, seed, planted))
    return pa.concat_tables([block.events for block in blocks]).combine_chunks(), _truth(seed, planted, blocks)


def _blocks(customers: int, seed: int, pains: tuple[Pain, ...]) -> Iterator[_Block]:
    for first in range(0, customers, BLOCK):
        drawn, happening = (np.random.default_rng([seed, first, part]) for part in range(2))
        people = draw(drawn, seed, first + 1, BLOCK)
        log, memory = Log(), Memory.of(BLOCK)
        kept = min(BLOCK, customers - first)
        _live(people, kept, log, memory, pains, happening)
        events, spoken = records(log, people, seed)
        yield _Block(people, kept, log, memory, events, spoken)


def _live(
    people: People, kept: int, log: Log, memory: Memory, pains: tuple[Pain, ...], stream: np.random.Generator
) -> None:
    """Round by round, let everybody of the first ones come once more who still does."""
    passed, there = people.first.copy(), np.arange(len(people)) < kept
    for turn in range(_ROUNDS):
        who = np.flatnonzero(there)
        if not len(who):
            return
        scene = Scene(people, log, pains, Draws(stream, len(people)))
        time = moments(passed[who], scene.draws.uniform("hour", who), people.clock[who])
        time = np.maximum(time, memory.busy_until[who] + 20 * MINUTE)
        there[who[time >= END]] = False
        who, time = who[time < END], time[time < END]
        memory.busy_until[who] = time + 30 * MINUTE
        _come(scene, memory, who, time, turn)
        draws = scene.draws
        leaves = 0.055 * np.exp(-0.8 * memory.feeling[who])
        there[who[draws.under("leave", who, leaves)]] = False
        gap = -np.log1p(-draws.uniform("gap", who)) * people.pace[who]
        passed[who] += np.where(memory.orders[who] > 0, 0.8, 1.0) * gap + 0.02


def _come(scene: Scene, memory: Memory, who: Array, time: Array, turn: int) -> None:
    """Visits of one round, and all that follows from them."""
    to_store = can_visit(scene, memory, who) & scene.draws.under("in_store", who, 0.13)
    ordered = visit_store(scene, memory, who[to_store], time[to_store])
    fulfil(scene, memory, ordered, f"{turn:02d}")
    who, time = who[~to_store], time[~to_store]
    ordered = visit(scene, memory, who, time)
    fulfil(scene, memory, ordered, f"{turn:02d}")


def _truth(seed: int, pains: tuple[Pain, ...], blocks: list[_Block]) -> Truth:
    felt = _feelings(blocks)
    by_stage = {stage: np.concatenate([felt[name] for name in felt if STAGE_OF[name] == stage]) for stage in STAGES}
    return Truth(
        seed=seed, stages=STAGES, model=model(), customers=pa.concat_tables([_customers(block) for block in blocks]),
        devices=pa.concat_tables([_devices(block) for block in blocks]),
        pains=tuple(_met(pain, blocks) for pain in pains), effects=EFFECTS, feelings=_means(by_stage),
        touchpoints=_means(felt),
        texts=pa.concat_tables([_texts(block) for block in blocks]),
    )  # fmt: skip


def _customers(block: _Block) -> pa.Table:
    people, kept = block.people, slice(0, block.kept)
    texts = {name: pa.array(getattr(people, name)[kept], pa.string()) for name in _IDENTIFIERS}
    tier = people.tier[kept]
    return pa.table(
        {
            "customer": pa.array(people.user[kept], pa.string()),
            "known": pa.array(_known(block)),
            "language": pa.array(np.where(people.chinese[kept], "zh", "en")),
            "city": pa.array(people.city[kept].astype(object), pa.string()),
            "city_tier": pa.array(tier.astype(np.int8), mask=tier == 0),
            "currency": pa.array(CURRENCIES).take(pa.array(people.currency[kept])),
            "age": pa.array(AGES).take(pa.array(people.age[kept])),
            **texts,
            "shares": pa.array(people.shares[kept]),
        }
    )


_IDENTIFIERS = ("phone", "email", "openid", "unionid", "member")


def _known(block: _Block) -> Array:
    """Whose events tell a user id; a sign-up may lie behind the end of the year."""
    users = set(block.events["user_id"].unique().to_pylist())
    return np.array([one in users for one in block.people.user[: block.kept]])


def _devices(block: _Block) -> pa.Table:
    """The devices that were used."""
    seen = block.events.group_by(["anonymous_id", "user_id"]).aggregate([]).to_pylist()
    used = {row["anonymous_id"] for row in seen}
    joined_by = {(row["anonymous_id"], row["user_id"]) for row in seen}
    people, rows = block.people, []
    for place in range(block.kept):
        for device, channel in enumerate(DEVICES):
            name, user = people.anonymous[place, device], people.user[place]
            if people.has[place, device] and name in used:
                shared = bool(device == 0 and people.shares[place])
                rows.append((user, name, channel, shared, (name, user) in joined_by))
    names = ("customer", "anonymous_id", "channel", "shared", "signed_in")
    kinds = (pa.string(), pa.string(), pa.string(), pa.bool_(), pa.bool_())
    columns = list(zip(*rows, strict=True)) if rows else [()] * 5
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)], names=names)


def _met(pain: Pain, blocks: list[_Block]) -> Planted:
    since, until = pain.span
    touched = []
    for block in blocks:
        if pain.step in block.log.met:
            who, time = joined(block.log.met[pain.step])
            here = (time >= since) & (time < until) & (pain.strength > 0)
            touched.append(pa.array(block.people.user[np.unique(who[here])], pa.string()))
    return Planted(pain, pain.stage, pa.concat_arrays(touched) if touched else pa.array([], pa.string()))


def _feelings(blocks: list[_Block]) -> dict[str, Array]:
    """How customers felt at each touchpoint, each time."""
    found = {}
    for touchpoint in STAGE_OF:
        some = [part for block in blocks for part in block.log.felt.get(touchpoint, ())]
        _, time, feeling = joined(some)
        found[touchpoint] = feeling[time < END]
    return found


def _means(felt: dict[str, Array]) -> dict[str, float]:
    """The means of feelings, of all of which there are any."""
    return {name: round(float(some.mean()), 4) for name, some in felt.items() if len(some)}


def _texts(block: _Block) -> pa.Table:
    rows = [
        {
            "message_id": one.message_id, "customer": one.customer, "kind": one.kind, "language": one.language,
            "polarity": one.words.polarity, "emotion": one.words.emotion, "intent": one.words.intent,
            "aspects": [{"aspect": name, "polarity": sign} for name, sign in one.words.aspects],
        }
        for one in block.spoken
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, TEXTS)
