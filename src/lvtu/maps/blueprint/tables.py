"""What a blueprint lists: who hands over to whom, where customer and company meet, what nobody owns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from lvtu.analyses.intervals import wilson
from lvtu.core.model.text import Text
from lvtu.core.units import duration, spell
from lvtu.core.words import Lang, say, spoken
from lvtu.maps.blueprint.reading import SERVICE, Reading
from lvtu.maps.blueprint.rules import named
from lvtu.maps.document import Card, Lane, Link, Stage, Step

_TEXT, _WHOLE, _SHARE = pa.string(), pa.int64(), pa.float64()


def handoffs(reading: Reading) -> pa.Table:
    """The hand-off matrix: a row for each pair of departments whose cards a link joins.

    Its columns: ``source`` and ``target`` (the departments), ``links`` (how many lead from the one to the other),
    ``hand_offs`` (those of the kind ``hands_over``), ``without_sla`` (of those), ``shortest`` and ``longest`` (the
    times that links allow, µs), and counted from events over the links that say within what time (`lvtu.maps.live`):
    ``mature`` (hand-offs whose time is over), ``kept``, ``late``, ``broken``, ``share`` (of those kept in mature)
    with its 95 % interval ``low`` … ``high``: of a single link that of `lvtu.analyses.handoffs`, of several Wilson's
    over all. Null is not known. Links within a department are told too; those of cards that no department owns are not.
    """
    pairs: dict[tuple[str, str], list[Link]] = {}
    for link in reading.map.links:
        source, target = (reading.department(reading.card[end]) for end in (link.source, link.target))
        if source and target:
            pairs.setdefault((source, target), []).append(link)
    rows = [_handed(reading, ends, links) for ends, links in sorted(pairs.items())]
    counts = ("mature", "kept", "late", "broken")
    whole = ("links", "hand_offs", "without_sla", "shortest", "longest", *counts)
    return _table(rows, {"source": _TEXT, "target": _TEXT, **dict.fromkeys(whole, _WHOLE),
                         **dict.fromkeys(("share", "low", "high"), _SHARE)})  # fmt: skip


def _handed(reading: Reading, ends: tuple[str, str], links: list[Link]) -> dict[str, Any]:
    times = [int(duration(link.sla)) for link in links if link.sla is not None]
    over = [link for link in links if link.kind == "hands_over"]
    row: dict[str, Any] = {
        "source": ends[0], "target": ends[1], "links": len(links), "hand_offs": len(over),
        "without_sla": sum(link.sla is None for link in over), "shortest": min(times, default=None),
        "longest": max(times, default=None),
    }  # fmt: skip
    counted = [reading.filled.kept[link.key] for link in links if link.key in reading.filled.kept]
    if not counted:
        return row
    row |= {name: sum(getattr(one, name) for one in counted) for name in ("mature", "kept", "late", "broken")}
    in_time = round(sum(one.share * one.mature for one in counted))
    row["share"] = in_time / row["mature"]
    several = wilson(in_time, row["mature"]) or (None, None)
    row["low"], row["high"] = (counted[0].low, counted[0].high) if len(counted) == 1 else several
    return row


def dependencies(reading: Reading, lang: Lang) -> pa.Table:
    """What depends on what: a row for each link between cards, those that break most often first.

    Its columns: ``step``, ``what`` (is done there), ``touchpoints`` (where), ``owner`` (which department does it),
    the same of what depends on it as ``next_step``, ``next``, ``next_touchpoints``, ``next_owner``; ``link`` (how),
    ``sla`` (within what time, µs), and counted from events where a link says within what time and leads to another step
    (`lvtu.maps.live`): ``mature``, ``kept``, ``late``, ``broken``, ``share`` (of those kept in mature) with its 95 %
    interval ``low`` … ``high``. Null is not known.
    """
    rows = [_depends(reading, link, lang) for link in reading.map.links]
    rows.sort(key=lambda row: 2.0 if row["share"] is None else row["share"])
    texts = ("step", "what", "touchpoints", "owner", "link", "next_step", "next", "next_touchpoints", "next_owner")
    whole = dict.fromkeys(("sla", "mature", "kept", "late", "broken"), _WHOLE)
    return _table(rows, {**dict.fromkeys(texts, _TEXT), **whole, **dict.fromkeys(("share", "low", "high"), _SHARE)})


def _depends(reading: Reading, link: Link, lang: Lang) -> dict[str, Any]:
    source, target = reading.card[link.source], reading.card[link.target]
    counted = reading.filled.kept.get(link.key)
    figures = ("mature", "kept", "late", "broken", "share", "low", "high")
    return {
        **_end(reading, source, lang, ("step", "what", "touchpoints", "owner")),
        **_end(reading, target, lang, ("next_step", "next", "next_touchpoints", "next_owner")),
        "link": say(f"maps.links.{link.kind}", lang),
        "sla": None if link.sla is None else int(duration(link.sla)),
        **{name: None if counted is None else getattr(counted, name) for name in figures},
    }


def _end(reading: Reading, card: Card, lang: Lang, names: tuple[str, str, str, str]) -> dict[str, Any]:
    step = reading.map.step(card.step)
    met = [reading.library[id].name.get(lang) for id in step.touchpoints if id in reading.library]
    cells = (step.name.get(lang), told(named(card, reading.map), lang), _listed(met, lang), card.owner)
    return dict(zip(names, cells, strict=True))


def interactions(reading: Reading, lang: Lang) -> pa.Table:
    """Every crossing of the line of interaction: a row for each thing that the company does with the customer.

    They cross where something on stage stands at a step of the customer's action, or a link joins the customer's card
    with one of the company's. Its columns: ``stage``, ``step``, ``action`` (the customer's), ``answer`` (the
    company's), ``lane`` (where it stands), ``owner``, ``system``, ``channels``, ``direction`` (``to_company``,
    ``to_customer``, ``both``; null where no link says), ``sla``, ``evidence`` (physical), ``marks``, ``standard``.
    """
    rows = []
    for step in reading.map.steps:
        actions: list[Card | None] = list(reading.at("customer", step.key))
        if not actions and reading.acts(step.key):
            actions = [None]
        for action in actions:
            rows += [_crossing(reading, step, action, one, lang) for one in _answers(reading, step, action)]
    columns = ("stage", "step", "action", "answer", "lane", "owner", "system", "channels", "direction", "sla",
               "evidence", "marks", "standard")  # fmt: skip
    return _table(rows, dict.fromkeys(columns, _TEXT))


def _answers(reading: Reading, step: Step, action: Card | None) -> Iterator[Card]:
    beside = reading.at("onstage", step.key)
    yield from beside
    if action is not None and action.step == step.key:
        linked = [*(link.target for link in reading.out.get(action.key, ())),
                  *(link.source for link in reading.into.get(action.key, ()))]  # fmt: skip
        for key in dict.fromkeys(linked):
            card = reading.card[key]
            if reading.zone(card) in SERVICE and card not in beside:
                yield card


def _crossing(reading: Reading, step: Step, action: Card | None, answer: Card, lang: Lang) -> dict[str, Any]:
    own = None if action is None else action.key
    there = [link for link in reading.into.get(answer.key, ()) if link.source == own]
    back = [link for link in reading.out.get(answer.key, ()) if link.target == own]
    slas = [_took(link.sla, lang) for link in (*there, *back) if link.sla is not None]
    return {
        "stage": reading.map.stage(step.stage).name.get(lang),
        "step": step.name.get(lang),
        "action": step.name.get(lang) if action is None else told(named(action, reading.map), lang),
        "answer": told(named(answer, reading.map), lang),
        "lane": reading.map.lane(answer.lane).label.get(lang),
        "owner": reading.department(answer),
        "system": answer.system,
        "channels": _listed(reading.channel_names(step, lang), lang),
        "direction": "both" if there and back else "to_company" if there else "to_customer" if back else None,
        "sla": _listed(slas, lang),
        "evidence": _listed([told(named(card, reading.map), lang) for card in reading.at("evidence", step.key)], lang),
        "marks": _listed([say(f"maps.marks.{mark}", lang) for mark in answer.marks], lang),
        "standard": None if step.standard is None else _took(step.standard, lang),
    }


def unowned(reading: Reading, lang: Lang) -> pa.Table:
    """What nobody owns: a row for each.

    Its columns: ``kind`` (``stage``, ``step``, ``card``, ``touchpoint``), ``key``, ``name``, and ``stage``, ``step``,
    ``lane`` where it stands.

    A stage and a touchpoint need an owner of their own, a department or a person; a step has that of its stage where it
    names none; what the company does on a card needs the department that does it, or who does, on the card or for its
    lane, whoever answers for the step.
    """
    map_ = reading.map
    rows: list[dict[str, Any]] = [
        {"kind": "stage", "key": stage.key, "name": stage.name.get(lang)} for stage in map_.stages if not _owned(stage)
    ]
    for step in map_.steps:
        stage = map_.stage(step.stage)
        if not _owned(step) and not _owned(stage):
            rows.append({"kind": "step", "key": step.key, "name": step.name.get(lang), "stage": stage.name.get(lang)})
    for card in reading.cards(*SERVICE):
        if not _owned(card) and not _owned(map_.lane(card.lane)):
            step = map_.step(card.step)
            rows.append({
                "kind": "card", "key": card.key, "name": told(named(card, reading.map), lang),
                "stage": map_.stage(step.stage).name.get(lang), "step": step.name.get(lang),
                "lane": map_.lane(card.lane).label.get(lang),
            })  # fmt: skip
    met = dict.fromkeys(id for step in map_.steps for id in step.touchpoints if id in reading.library)
    rows += [
        {"kind": "touchpoint", "key": id, "name": reading.library[id].name.get(lang)}
        for id in met
        if not reading.library[id].owner
    ]
    return _table(rows, dict.fromkeys(("kind", "key", "name", "stage", "step", "lane"), _TEXT))


def _owned(block: Stage | Step | Lane | Card) -> bool:
    return bool(block.owner or block.person)


def _took(span: str, lang: Lang) -> str:
    return spoken(spell(duration(span)), lang)


def told(words: Text | str, lang: Lang) -> str:
    """A text in one line."""
    return " ".join((words if isinstance(words, str) else words.get(lang)).split())


def _listed(some: list[str], lang: Lang) -> str | None:
    return say("maps.and_so_on", lang).join(some) or None


def _table(rows: list[dict[str, Any]], columns: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=pa.schema(columns))
