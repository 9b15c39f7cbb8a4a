"""The cards of a map as entries of registers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from lvtu.core.model.text import Text
from lvtu.maps.document import Action, Card, Evidence, Gain, JourneyMap, Need, Pain
from lvtu.maps.document.details import DETAILS
from lvtu.maps.live.filled import Filled, Value
from lvtu.maps.live.ledger import BOUND
from lvtu.maps.live.ledger import filled as bound
from lvtu.maps.registers.counted import Counted
from lvtu.maps.registers.entry import KINDS, NUMBERS, Entry, EntryKind, Known
from lvtu.maps.registers.figures import odi, value_per_effort

NOTHING = Text("", "")


def id_of(map: str, card: str) -> str:
    """What a card is called by from other maps."""
    return f"{map}/{card}"


def entries(
    map_: JourneyMap, filled: Filled, counted: Counted, gone: Callable[[Evidence], bool] = lambda one: False
) -> Iterator[Entry]:  # fmt: skip
    """The needs, pains, strengths, opportunities and actions on a map, in the order of its steps.

    Args:
        map_: the map.
        filled: what the data say to it.
        counted: what they say to its cards (`lvtu.maps.registers.counted`).
        gone: whether what a piece of evidence says is not there any more.
    """
    place = {step.key: number for number, step in enumerate(map_.steps)}
    for card in sorted(map_.cards, key=lambda one: place[one.step]):
        if card.kind in KINDS:
            yield _entry(map_, card, filled, counted, gone)


def _entry(
    map_: JourneyMap, card: Card, filled: Filled, counted: Counted, gone: Callable[[Evidence], bool]
) -> Entry:  # fmt: skip
    step, lane = map_.step(card.step), map_.lane(card.lane)
    stage = map_.stage(step.stage)
    kind, said = cast(EntryKind, card.kind), card.details
    kinds = dict.fromkeys(str(one.kind) for one in card.evidence if not gone(one))
    more: dict[str, Any] = {}
    if isinstance(said, Action):
        titles = {one.key: one.title or Text(one.key, one.key) for one in map_.bindings}
        more = {"expected": said.expected, "due": said.due, "money": said.cost,
                "metrics": {key: titles[key] for key in said.metrics}}  # fmt: skip
    elif isinstance(said, Pain | Gain):
        more = {"money": said.at_risk if isinstance(said, Pain) else said.worth}
    return Entry(
        id=id_of(map_.id, card.key), kind=kind, map=map_.id, card=card.key, title=map_.title, stage=stage.name,
        step=step.name, lane=lane.label, at=step.key, row=lane.key, text=card.text or card.alt or NOTHING,
        owner=map_.department(card.owner or step.owner or stage.owner), persona=getattr(said, "persona", None),
        rung=said.rung if isinstance(said, Need) else None, latent=card.latent,
        status=(said.status if isinstance(said, Pain) else "open") if kind == "pain" else None,
        evidence=(*kinds, BOUND) if bound(map_, card) else tuple(kinds),
        numbers=_numbers(kind, card, filled, counted.numbers.get(card.key, {})),
        stems_from=tuple(id_of(map_.id, key) for key in getattr(said, "stems_from", ())),
        failed=counted.failed.get(card.key), **more,
    )  # fmt: skip


def _numbers(kind: EntryKind, card: Card, filled: Filled, counted: Mapping[str, Known]) -> dict[str, Known]:
    """What is known: as the data say of the very thing, else as somebody estimates, else as they say of its step."""
    found: dict[str, Known] = {}
    fields = DETAILS[kind].model_fields
    for name in NUMBERS[kind]:
        said = getattr(card.details, name, None) if name in fields else None
        if name in counted:
            one = counted[name]
            found[name] = Known(one.value, one.source, one.n, one.low, one.high, said)
        elif said is not None:
            found[name] = Known(float(said), "person")
    if card.until is None:
        if kind == "need" and "satisfaction" not in found and (felt := filled.feeling.values.get(card.step)):
            found["satisfaction"] = _satisfied(felt)
        if kind in ("pain", "gain") and "reach" not in found and (here := filled.volume.get(card.step)):
            found["reach"] = Known(here.value, "step", here.n)
    more = {"opportunity": odi(found)} if kind == "need" else {"value_per_effort": value_per_effort(found)}
    return found | {name: one for name, one in more.items() if one is not None}


def _satisfied(felt: Value) -> Known:
    """How customers feel at a step, −2 … +2, as a satisfaction from 0 to 10."""
    value, low, high = (None if one is None else (one + 2) * 2.5 for one in (felt.value, felt.low, felt.high))
    return Known(value or 0.0, "step", felt.n, low, high)
