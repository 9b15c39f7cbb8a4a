"""A map as tables: the grid as people see it, its numbers, its cards, and what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from lvtu.core.model.text import Text
from lvtu.core.units import moment
from lvtu.maps.document import Card, Lane, Step
from lvtu.maps.document.details import DETAILS
from lvtu.maps.document.evidence import Evidence
from lvtu.maps.document.votings import Voting
from lvtu.maps.drawing.donts import donts
from lvtu.maps.drawing.numbers import told
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Value
from lvtu.maps.votings import ranked

Cell = str | float | int | None
Table = tuple[list[str], list[list[Cell]]]
"""The heads of columns, and rows."""

APART = "\n\n"
"""What stands between the texts of a cell; a map that is read in makes a card of each. Chips stand in lines of one."""


@dataclass(frozen=True)
class Grid:
    """The grid of a map.

    Attributes:
        stages: the name of each stage with steps, and over how many columns it stands.
        steps: the names of the columns.
        rows: the name of each lane, and what is in its cells.
    """

    stages: tuple[tuple[str, int], ...]
    steps: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def grid(sheet: Sheet) -> Grid:
    """The grid as people see it: numbers with their intervals and n, chips, cards, what customers said.

    Args:
        sheet: the map, its answers, the language.
    """
    counted = [(sheet.of(stage.name), len(sheet.map.steps_of(stage.key))) for stage in sheet.map.stages]
    return Grid(
        stages=tuple((name, steps) for name, steps in counted if steps),
        steps=tuple(sheet.of(step.name) for step in sheet.map.steps),
        rows=tuple(
            (sheet.of(lane.label), tuple(_joined(lane, in_cell(sheet, lane, step)) for step in sheet.map.steps))
            for lane in sheet.map.lanes
        ),
    )


def _joined(lane: Lane, texts: Sequence[str]) -> str:
    return ("\n" if lane.kind == "chips" else APART).join(texts)


def in_cell(sheet: Sheet, lane: Lane, step: Step) -> list[str]:
    """Everything that stands in a cell, as texts."""
    value = sheet.value(lane.key, step.key)
    texts = [] if value is None else [told(value, sheet.lang).removeprefix("+")]
    if lane.role == "feelings":
        texts += [f"{point.value:g}" for point in sheet.map.curve if point.step == step.key]
    if lane.role == "four_donts":
        texts += [one.text for one in donts(sheet, step.key)]
    texts += list(dict.fromkeys(sheet.chips(lane, step)))
    if lane.role == "thoughts":
        for one in sheet.filled.quotes.get(step.key, ()):
            who = " · ".join(part for part in (one.speaker, one.date) if part)
            texts.append(f"{sheet.say('quoted', text=one.text)} {who}".strip())
    return [text for text in texts if text.strip()]


def numbers(sheet: Sheet) -> Table:
    """Every number of the map, those of the whole journey first, as numbers that can be counted with."""
    heads = ["lane", "step", "value", "low", "high", "n", "before", "unit", "change"]
    rows: list[list[Cell]] = []
    for binding in sheet.map.bindings:
        value = sheet.filled.head.get(binding.key)
        if binding.lane is None and value is not None:
            rows.append([sheet.of(binding.title) or binding.key, None, *_number(sheet, value)])
    for key, value in sheet.filled.volume.items():
        rows.append([sheet.say("volume"), sheet.of(sheet.map.step(key).name), *_number(sheet, value)])
    for lane in sheet.map.lanes:
        rows += [
            [sheet.of(lane.label), sheet.of(step.name), *_number(sheet, value)]
            for step in sheet.map.steps
            if (value := sheet.value(lane.key, step.key)) is not None
        ]
    return [sheet.say(f"table.{head}") for head in heads], rows


def _number(sheet: Sheet, value: Value) -> list[Cell]:
    unit = value.unit
    change = "worse" if value.worse else "better" if value.better else None
    scale = 1_000_000 if unit == "duration" else 1
    some: list[Cell] = [
        None if one is None else int(one) if unit == "count" and one == int(one) else one / scale
        for one in (value.value, value.low, value.high, value.before)
    ]
    return [*some[:3], value.n, some[3], sheet.say(f"table.units.{unit}"), change and sheet.say(f"table.{change}")]


def cards(sheet: Sheet) -> Table:
    """Every card with its key, its place, what it rests on, and what else people said of it."""
    heads = [
        "key", "stage", "step", "until", "lane", "kind", "text", "owner", "person", "system", "marks", "latent",
        "assumption", "evidence",
    ]  # fmt: skip
    more = list(dict.fromkeys(field for card in sheet.map.cards for field in _said(card)))
    more = [field for field in DETAIL_FIELDS if field in more]
    rows = [[*_card(sheet, card), *(detail(sheet, card, field) for field in more)] for card in sheet.map.cards]
    heads = [*(sheet.say(f"table.{head}") for head in heads), *(sheet.say(f"details.{field}") for field in more)]
    return heads, rows


def votings(sheet: Sheet) -> Table:
    """What people chose among the cards at workshops, ranked (`lvtu.maps.votings.ranked`)."""
    heads = ("voting", "on", "rank", "dots", "voters", "text", "lane", "step", "key")
    columns = ("title", "on", "rank", "dots", "voters", "text", "lane", "step", "card")
    rows = ranked(sheet.map, sheet.lang).to_pylist()
    told = [[str(row[one]) if one == "on" and row[one] else row[one] for one in columns] for row in rows]
    return [sheet.say(f"table.{head}") for head in heads], told


def asked(sheet: Sheet, voting: Voting) -> str:
    """What a voting asked; one without a title is called by its day."""
    return sheet.of(voting.title) or " ".join(
        part for part in (sheet.say("table.sheets.votings"), str(voting.on or "")) if part
    )


def dots(sheet: Sheet) -> list[list[Cell]]:
    """A column for each voting: what it asked, then the dots of every card, in the order of the map; empty: none."""
    return [
        [sheet.say("table.dots_of", title=asked(sheet, voting)), *(got.get(card.key) for card in sheet.map.cards)]
        for voting in sheet.map.votings
        for got in [{one.card: one.dots for one in voting.tally}]
    ]


def chosen(sheet: Sheet) -> str:
    """What people chose among the cards that are here, in lines: what was asked, then the ranking."""
    lines: list[str] = []
    there = [row for row in ranked(sheet.map, sheet.lang).to_pylist() if row["step"] is not None]
    for voting in sheet.map.votings:
        if rows := [row for row in there if row["voting"] == voting.key]:
            lines.append(sheet.say("table.voted", title=asked(sheet, voting), n=voting.voters))
            lines += [
                sheet.say("table.got", rank=str(row["rank"]), text=" ".join((row["text"] or row["card"]).split()),
                          step=row["step"], n=row["dots"])
                for row in rows
            ]  # fmt: skip
    return "\n".join(lines)


DETAIL_FIELDS = tuple(dict.fromkeys(field for details in DETAILS.values() for field in details.model_fields))
"""What can be said of a card beside its text, in the order of the columns."""


def _said(card: Card) -> dict[str, object]:
    return {} if card.details is None else card.details.model_dump(exclude_defaults=True)


def detail(sheet: Sheet, card: Card, field: str) -> Cell:
    """One of the details of a card as a cell; None where nothing is said."""
    if field not in _said(card):
        return None
    value = getattr(card.details, field)
    if isinstance(value, int | float):
        return value
    if field in ("rung", "status"):
        return sheet.say(f"{'rungs' if field == 'rung' else 'pain_status'}.{value}")
    if field == "metrics":
        return sheet.say("and_so_on").join(sheet.of(sheet.map.binding(key).title) or key for key in value)
    return " ".join(value) if isinstance(value, tuple) else sheet.of(value) if isinstance(value, Text) else str(value)


def _card(sheet: Sheet, card: Card) -> list[Cell]:
    step, until = sheet.map.step(card.step), None if card.until is None else sheet.map.step(card.until)
    yes, last = sheet.say("table.yes"), None if until is None else sheet.of(until.name)
    return [
        card.key, sheet.of(sheet.map.stage(step.stage).name), sheet.of(step.name), last,
        sheet.of(sheet.map.lane(card.lane).label), sheet.say(f"table.kinds.{card.kind}"), sheet.of(card.text),
        card.owner, card.person, card.system, " ".join(mark[0].upper() for mark in card.marks) or None,
        yes if card.latent else None,
        yes if sheet.assumed(card) else None, "\n".join(evidence(sheet, one) for one in card.evidence) or None,
    ]  # fmt: skip


def evidence(sheet: Sheet, one: Evidence) -> str:
    """What a card rests on, in a line."""
    quote = one.quote and sheet.say("quoted", text=" ".join(one.quote.splitlines()))
    parts = [sheet.say(f"table.sources.{one.kind}"), one.title or one.source, quote, one.speaker,
             one.date and one.date.isoformat(), one.url]  # fmt: skip
    return " · ".join(part for part in parts if part)


def about(sheet: Sheet) -> list[tuple[str, str]]:
    """What the map is, and what its numbers rest on: names and texts, without what nobody said."""
    map_ = sheet.map
    one = map_.scenarios[0] if map_.scenarios else None
    parts = [] if one is None else [one.who, one.where, one.when, one.trigger, one.goal]
    told = {
        "title": sheet.title, "goal": sheet.of(map_.goal), "scenario": " · ".join(sheet.of(p) for p in parts if p),
        "bounds": sheet.bounds,
        "state": sheet.say(f"state.{map_.state}"), "status": sheet.say(f"status.{map_.status}"),
        "owner": map_.owner or "", "person": map_.person or "", "where": map_.where or "", "period": period(sheet),
        "customers": "" if sheet.filled.customers is None else sheet.say("customers", n=sheet.filled.customers),
        "data": " · ".join(_said_of(sheet)),
        "guessed": sheet.say("parts").join(sheet.of(one.name) for one in map_.stages if one.guessed),
    }  # fmt: skip
    return [(sheet.say(f"table.{name}"), text) for name, text in told.items() if text]


def period(sheet: Sheet) -> str:
    """The days that the numbers are about; empty where they are about all there is."""
    if sheet.filled.period is None:
        return ""
    since, until = sheet.filled.period
    first, last = (moment(at).astimezone(ZoneInfo(sheet.zone)).date().isoformat() for at in (since, until - 1))
    return first if first == last else sheet.say("days", since=first, until=last)


def footer(sheet: Sheet) -> str:
    """What must stand below every page that shows numbers: simulated or not, weighted or not, the days, how many."""
    customers = sheet.filled.customers
    parts = [*_said_of(sheet), period(sheet), sheet.say("customers", n=customers) if customers else ""]
    return " · ".join(part for part in parts if part)


def _said_of(sheet: Sheet) -> Iterator[str]:
    """What must be said of the data: that they are simulated, that weights are left aside."""
    if sheet.filled.simulated:
        yield sheet.say("simulated")
    if sheet.filled.unweighted:
        yield sheet.say("unweighted")


def rows_of(found: Grid, stage: str, step: str) -> Iterator[Sequence[str]]:
    """The grid row by row: stages, steps, then the lanes."""
    yield [stage, *(name if place == 0 else "" for name, wide in found.stages for place in range(wide))]
    yield [step, *found.steps]
    for lane, cells in found.rows:
        yield [lane, *cells]
