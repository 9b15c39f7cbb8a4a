"""Build the demonstration: four workspaces from real data with a page each, and a simulated one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow as pa

from lvtu.core.words import language
from lvtu.demo import airport, applications, complaints, journey, maps, paths, retail, simulated, topics
from lvtu.demo.document import Page
from lvtu.demo.files import NAMES, read
from lvtu.demo.model import LANGS, Finding, Lang, Text
from lvtu.store.config import create


def build(out: Path, *, bpi: Path | None = None, say: Callable[[str], None] | None = None) -> list[Finding]:
    """Make ``out/airport``, ``out/retail``, ``out/complaints`` and ``out/paths`` with their pages.

    Beside them ``out/simulated`` is made, whose customers do not exist: no open data have everything of the same ones.
    Building again into the same folder adds nothing: every event has a stable ``message_id``.

    Args:
        out: a folder, made if absent.
        bpi: the log of the BPI Challenge 2017 as Parquet, for a fifth workspace, ``out/applications``.
        say: called with a line for people after each workspace, None for silence.

    Returns:
        What was found, workspace by workspace, the most important first.
    """
    import lvtu

    out.mkdir(parents=True, exist_ok=True)
    findings: list[Finding] = []
    tables = {name: partial(read, name) for name in NAMES}
    if bpi:
        tables["applications"] = partial(applications.read, bpi)
    for name, table in tables.items():
        create(out / name, TITLES[name], example=True)
        page = tell(name, measure(name, lvtu.open(out / name), table()))
        _write(page, out, tuple(tables))
        findings.extend(page.findings)
        if say:
            say(report(page, language()))
    made = simulated.make(out, language())
    if say:
        say(made)
    return findings


def measure(name: str, ws: Any, table: pa.Table) -> Any:
    """Ingest one demonstration's table into an open workspace, and close it; its numbers."""
    events = EVENTS[name](table)
    outcome = ws.ingest(events, source_name=name)
    journey.save(name, ws)
    topics.use(name, ws)
    maps.draw(name, ws)
    try:
        return _FACTS[name](table, events, ws, outcome)
    finally:
        ws.close()


def tell(name: str, facts: Any) -> Page:
    """The page about one demonstration's numbers."""
    page: Page = import_module(f"lvtu.demo.tell.{name}").tell(facts)
    return page


def report(page: Page, lang: Lang) -> str:
    """What was found in one workspace, as plain paragraphs for the console."""
    title = page.model.title.get(lang)
    head = f"{page.model.key} · {title}"
    body = "\n".join(_wrapped(finding.text.get(lang), lang) for finding in page.findings)
    order = _wrapped(page.model.order.get(lang), lang, mark="  ")
    return f"{head}\n{_wrapped(page.model.scenario.get(lang), lang, mark='  ')}\n\n{body}\n\n{order}\n"


def _wrapped(text: str, lang: Lang, mark: str = "• ", width: int = 100) -> str:
    """A paragraph with a hanging indent; Chinese characters are two columns wide and break anywhere."""
    if lang == "en":
        from textwrap import fill

        return fill(text, width, initial_indent=f"  {mark}", subsequent_indent="    ")
    lines, line, used = [], "", 0
    for char in text:
        size = 1 if ord(char) < 0x2E80 else 2
        if used + size > width - 4 and char not in "，。；：、）”":
            lines.append(line)
            line, used = "", 0
        line, used = line + char, used + size
    first, *rest = [*lines, line]
    return "\n".join([f"  {mark}{first}", *(f"    {more.strip()}" for more in rest)])


def _write(page: Page, out: Path, names: Sequence[str]) -> None:
    from lvtu.demo.page import render

    for lang in LANGS:
        (out / f"{page.model.key}.{lang}.html").write_text(render(page, lang, names), encoding="utf-8")


def _airport(table: pa.Table, events: pa.Table, ws: Any, outcome: Any) -> Any:
    from lvtu.demo.facts.airport import facts

    return facts(table, ws)


def _retail(table: pa.Table, events: pa.Table, ws: Any, outcome: Any) -> Any:
    from lvtu.demo.facts.retail import facts

    return facts(events, ws, outcome.rejected)


def _complaints(table: pa.Table, events: pa.Table, ws: Any, outcome: Any) -> Any:
    from lvtu.demo.facts.complaints import facts

    return facts(table, ws)


def _paths(table: pa.Table, events: pa.Table, ws: Any, outcome: Any) -> Any:
    from lvtu.demo.facts.paths import facts

    return facts(table, ws)


def _applications(table: pa.Table, events: pa.Table, ws: Any, outcome: Any) -> Any:
    from lvtu.demo.facts.applications import facts

    return facts(events, ws)


EVENTS: dict[str, Callable[[pa.Table], pa.Table]] = {
    "airport": airport.events,
    "retail": retail.events,
    "complaints": complaints.events,
    "paths": paths.events,
    "applications": applications.events,
}
"""How each table becomes events in the record's schema."""
TITLES = {
    "airport": Text("机场旅客", "Airport passengers"),
    "retail": Text("礼品网店", "Gift shop"),
    "complaints": Text("贷款投诉", "Loan complaints"),
    "paths": Text("周边商品店", "Merchandise store"),
    "applications": Text("贷款申请", "Loan applications"),
}
"""What people call the workspaces."""
_FACTS = {
    "airport": _airport,
    "retail": _retail,
    "complaints": _complaints,
    "paths": _paths,
    "applications": _applications,
}
