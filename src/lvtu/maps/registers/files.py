"""Registers as files: a workbook of all, a list as CSV, strengths and weaknesses as a workbook or Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Literal, get_args

from lvtu.core.model.text import Text, said_in
from lvtu.core.sheets import no_formula
from lvtu.core.words import Lang, say
from lvtu.maps.document.marked import unmarked
from lvtu.maps.drawing.numbers import interval, number
from lvtu.maps.exchange.workbook import lists
from lvtu.maps.registers.entry import KINDS, NUMBERS, Entry, EntryKind
from lvtu.maps.registers.moments import KeyMoment
from lvtu.maps.registers.shelf import Registers
from lvtu.maps.registers.swot import Swot, SwotName
from lvtu.maps.registers.told import label

RegisterFormat = Literal["xlsx", "csv", "md", "pptx"]
"""What registers can be written as: a workbook of all, one as CSV, strengths and weaknesses as Markdown or slides."""

REGISTER_FORMATS: tuple[RegisterFormat, ...] = get_args(RegisterFormat)

Cell = str | float | int | None
Table = tuple[str, list[list[Cell]]]
"""What a table is called, and its rows with the heads first."""


def workbook(registers: Registers, lang: Lang) -> bytes:
    """All registers, the key moments, and strengths and weaknesses, each on a sheet of its own."""
    kinds = [(say(f"maps.registers.kinds.{kind}", lang), rows(registers.some(kind), kind, lang)) for kind in KINDS]
    moments = (say("maps.registers.kinds.moments", lang), moment_rows(registers.key_moments(), lang))
    return lists([*kinds, moments, (say("maps.registers.swot.name", lang), swot_rows(registers.swot(), lang))])


def listed(registers: Registers, kind: EntryKind | Literal["moments"], lang: Lang) -> bytes:
    """One register as CSV; no text in it is a formula."""
    told = moment_rows(registers.key_moments(), lang) if kind == "moments" else rows(registers.some(kind), kind, lang)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([no_formula(cell) if isinstance(cell, str) else cell for cell in row] for row in told)
    return ("\ufeff" + out.getvalue()).encode()


_ALWAYS, _BEHIND = 5, 2
"""Columns that stand even where nothing is in them, and those that stand behind all numbers."""


def rows(some: Sequence[Entry], kind: EntryKind, lang: Lang) -> list[list[Cell]]:
    """A register with its heads: what is said, where, each number with its source, n and interval, its id last.

    What nothing is known of has no column.
    """
    heads = ["text", "map", "stage", "step", "owner", "persona", "rung", "status", "money", "due", "expected",
             "evidence", "stems_from", "id"]  # fmt: skip
    told = [_told(one, lang) for one in some]
    used = [at for at in range(len(heads)) if at < _ALWAYS or any(row[at] not in (None, "") for row in told)]
    numbers = [name for name in NUMBERS[kind] if any(name in one.numbers for one in some)]
    front = [at for at in used if at < len(heads) - _BEHIND]
    behind = [at for at in used if at not in front]
    called = [say(f"maps.registers.heads.{head}", lang) for head in heads]
    first: list[Cell] = [called[at] for at in front]
    for name in numbers:
        first += [label(name, lang), *(say(f"maps.registers.heads.{end}", lang) for end in ("source", "n", "interval"))]
    made: list[list[Cell]] = [[*first, *(called[at] for at in behind)]]
    for one, row in zip(some, told, strict=True):
        counted = [cell for name in numbers for cell in _number(one, name, lang)]
        made.append([*(row[at] for at in front), *counted, *(row[at] for at in behind)])
    return made


def _told(one: Entry, lang: Lang) -> list[Cell]:
    return [
        unmarked(one.text.get(lang)), one.title.get(lang), one.stage.get(lang), one.step.get(lang),
        said_in(one.owner, lang), one.persona, one.rung and say(f"maps.rungs.{one.rung}", lang),
        one.status and say(f"maps.pain_status.{one.status}", lang), None if one.money is None else str(one.money),
        None if one.due is None else one.due.isoformat(), said_in(one.expected, lang),
        say("maps.registers.hypothesis" if one.hypothesis else "maps.assumption", lang) if one.assumed else
        say("maps.and_so_on", lang).join(say(f"maps.rests.kinds.{kind}", lang) for kind in one.evidence),
        " ".join(one.stems_from), one.id,
    ]  # fmt: skip


def _number(one: Entry, name: str, lang: Lang) -> list[Cell]:
    known = one.numbers.get(name)
    if known is None:
        return [None] * 4
    ends = None if known.low is None or known.high is None else f"{known.low:.4g}–{known.high:.4g}"
    return [round(known.value, 6), say(f"maps.registers.sources.{known.source}", lang), known.n, ends]


def moment_rows(some: Iterable[KeyMoment], lang: Lang) -> list[list[Cell]]:
    """The key moments with their heads."""
    heads = ("map", "stage", "step", "moment", "owner", "lane", "value", "interval", "n", "target", "state")
    made: list[list[Cell]] = [[say(f"maps.registers.heads.{head}", lang) for head in heads]]
    for one in some:
        value = one.value
        target = None if value is None or value.target is None else number(value.target, value.unit, lang)
        numbers: list[Cell] = [None] * 3
        if value is not None:
            numbers = [number(value.value, value.unit, lang), interval(value, lang), value.n]
        kind = say(f"maps.registers.moments.{one.kind}", lang)
        made.append([
            one.title.get(lang), one.stage.get(lang), one.step.get(lang), kind, said_in(one.owner, lang),
            said_in(one.lane, lang), *numbers, target,
            say(f"maps.registers.states.{one.state}", lang),
        ])  # fmt: skip
    return made


def written(
    registers: Registers, format: RegisterFormat, kind: EntryKind | Literal["moments"], lang: Lang
) -> bytes:  # fmt: skip
    """Registers as a file.

    Args:
        registers: they.
        format: what it becomes.
        kind: of CSV: which register.
        lang: of its words.
    """
    if format == "xlsx":
        return workbook(registers, lang)
    if format == "csv":
        return listed(registers, kind, lang)
    if format == "md":
        return swot_markdown(registers.swot(), lang).encode()
    from lvtu.maps.registers.slides import slides

    return slides(told(registers.swot(), lang), lang, say("maps.simulated", lang) if registers.simulated else "")


def told(found: Swot, lang: Lang) -> dict[SwotName, list[tuple[str, str]]]:
    """The texts of the four fields, each once, with its place: the map and the step."""
    some: dict[SwotName, list[tuple[Text, Text, Text]]] = {
        "strengths": [(one.text, one.title, one.step) for one in found.strengths],
        "weaknesses": [(one.text, one.title, one.step) for one in found.weaknesses],
        "opportunities": [(one.text, one.title, one.step) for one in found.opportunities],
        "threats": list(found.threats),
    }

    def place(title: Text, step: Text) -> str:
        return say("maps.registers.swot.place", lang, map=title.get(lang), step=step.get(lang))

    return {
        name: list(dict.fromkeys((unmarked(text.get(lang)), place(title, step)) for text, title, step in entries))
        for name, entries in some.items()
    }


def fields(found: Swot, lang: Lang) -> dict[SwotName, list[str]]:
    """The texts of the four fields, each with its place in brackets."""
    aside = "maps.registers.swot.with_place"
    return {
        name: [say(aside, lang, text=text, place=place) for text, place in entries]
        for name, entries in told(found, lang).items()
    }


def swot_rows(found: Swot, lang: Lang) -> list[list[Cell]]:
    """The four fields as columns beside each other, their heads first."""
    told = fields(found, lang)
    heads: list[Cell] = [say(f"maps.registers.swot.{name}", lang) for name in told]
    return [heads, *(list(row) for row in zip_longest(*told.values()))]


def swot_markdown(found: Swot, lang: Lang) -> str:
    """The four fields as Markdown; a field without anything says so."""
    parts = [f"# {say('maps.registers.swot.name', lang)}"]
    for name, texts in fields(found, lang).items():
        parts.append(f"## {say(f'maps.registers.swot.{name}', lang)}")
        parts.append("\n".join(f"- {text}" for text in texts) or say("maps.registers.swot.nothing", lang))
    return "\n\n".join(parts) + "\n"
