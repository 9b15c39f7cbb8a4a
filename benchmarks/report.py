"""Writes what was measured: ``results.md`` for people, ``results.json`` for programs."""

from __future__ import annotations

import json
import math
import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.harness import PLAIN, Report, Row
from benchmarks.product import Fact
from benchmarks.questions import TITLES

HERE = Path(__file__).parent
REACH: dict[str, dict[str, float]] = {
    "funnel-frequent": {"ClickHouse": 8, "DuckDB": 50},
    "funnel-rare": {"ClickHouse": 10, "DuckDB": 50},
    "graph": {"fastest": 4},
    "retention": {"fastest": 4},
    "variants": {"fastest": 4},
    "attribution": {"fastest": 4},
    "flow": {"fastest": 4},
    "step-matrix": {"fastest": 4},
}
PLAIN_FUNNEL = {"funnel-plan": 4.0, "funnel-city": 8.0}


def machine() -> dict[str, object]:
    """The machine in neutral words."""
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    kib = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    packages = {}
    for name in ("numpy", "numba", "pyarrow", "polars", "duckdb", "chdb", "deltalake"):
        try:
            packages[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        "cores": os.cpu_count(), "processor": model, "memory_gb": round(kib / 2**20),
        "system": platform.system(), "python": platform.python_version(), "packages": packages,
    }  # fmt: skip


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def write(reports: list[Report], facts: dict[str, list[Fact]], described: dict[str, dict], rounds: int) -> Path:
    """Writes both files, keeping in them the sections that this run didn't measure; returns the Markdown's path."""
    here = machine()
    kept = json.loads((HERE / "results.json").read_text()) if (HERE / "results.json").exists() else {}
    sections: dict[str, dict] = kept.get("sections", {})
    stamp = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    for report in reports:
        for case in report.cases:
            sections[f"{report.size} {case.name}"] = {"kind": "case", "when": stamp, "rounds": rounds} | _case(
                report, case
            )
    for name, found in facts.items():
        rows = [asdict(fact) | {"value": None if math.isnan(fact.value) else fact.value} for fact in found]
        sections[name] = {"kind": "facts", "when": stamp, "rounds": rounds, "facts": rows}
    data = kept.get("data", {}) | described
    (HERE / "results.json").write_text(
        json.dumps({"machine": here, "data": data, "sections": sections}, indent=1, ensure_ascii=False) + "\n"
    )
    path = HERE / "results.md"
    path.write_text(_markdown(here, data, sections))
    return path


def _case(report: Report, case) -> dict:
    rows = [
        {"engine": row.engine, "form": row.form, "seconds": row.seconds, "note": row.note, "peak": row.peak}
        | _engine(report, row.engine)
        for row in case.rows
    ]
    rows += [
        {"engine": engine, "form": "", "seconds": [], "note": f"left out: {reason}"}
        for engine, reason in report.skipped.items()
    ]
    return {
        "size": report.size,
        "name": case.name,
        "bytes": case.bytes,
        "stream": case.stream,
        "differing": case.differing,
        "rows": rows,
    }


def _engine(report: Report, engine: str) -> dict:
    return report.engines.get("DuckDB" if engine == PLAIN else engine, {})


def _markdown(here: dict, data: dict, sections: dict) -> str:
    packages = ", ".join(f"{name} {number}" for name, number in here["packages"].items())
    parts = [
        "# Results\n",
        f"Written by `python -m benchmarks` on {here['cores']} cores ({here['processor']}) with {here['memory_gb']} GB "
        f"of memory, {here['system']}, Python {here['python']}; {packages}.\n",
        METHOD,
    ]
    parts += [
        f"* {size}: {known['events']:,} events, {known['customers']:,} customers, {known['properties']} properties, "
        f"{known['bytes'] / 1e6:,.0f} MB as Parquet, made in {known['seconds']} s."
        for size, known in data.items()
    ]
    parts.append("")
    for size in ("10M", "100M", "1M"):
        chosen = {s["name"]: s for s in sections.values() if s["kind"] == "case" and s["size"] == size}
        parts += [f"## {size} events, side by side\n"] if chosen else []
        parts += [_table(chosen[name], chosen) for name in TITLES if name in chosen]
    parts += [_facts(name, section) for name, section in sections.items() if section["kind"] == "facts"]
    return "\n".join(parts).rstrip() + "\n"


METHOD = """\
Every engine runs in a process of its own that stays up, with two threads. They are asked in turn, the order rotating,
in one run, and each question once, so that no cache answers; right before it each engine answers another of its kind,
unmeasured, for a virtual machine's memory grows cold in the second that the others take. Peers hold the events
resolved, dictionary-encoded and sorted in their best native layout (prepared unmeasured); of several ways to ask, the
fastest over two trial questions is taken, and every answer is compared between all engines. Lvtu is asked through its
public API; its funnel also answers with median times between steps, which the peers are spared. *Times streaming* is
the time against merely reading the question's columns at the machine's own speed, measured between the questions.
Memory is the resident peak while asking, mapped files included.
"""


def _table(section: dict, chosen: dict) -> str:
    rows = [Row(r["engine"], r["form"], r["seconds"], r["note"], r.get("peak", 0)) for r in section["rows"]]
    timed = [row for row in rows if row.seconds]
    ours = next((row for row in timed if row.engine == "Lvtu"), None)
    ideal = section["bytes"] / section["stream"]
    text = [
        f"### {TITLES[section['name']]}\n",
        f"{section['when']}, {section['rounds']} questions; reads {section['bytes'] / 1e6:,.0f} MB; the machine "
        f"streamed {section['stream'] / 1e9:.1f} GB/s, so {ideal * 1e3:.1f} ms at best.\n",
        "| engine | asked as | median ms | min ms | Lvtu is faster by | GB/s | times streaming | peak MB |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        if not row.seconds:
            text.append(f"| {row.engine} | {row.note} | | | | | | |")
            continue
        cells = (
            row.engine,
            row.form or "the public API",
            f"{row.median * 1e3:.1f}",
            f"{min(row.seconds) * 1e3:.1f}",
            f"{row.median / ours.median:.1f}×" if ours and row is not ours else "",
            f"{section['bytes'] / row.median / 1e9:.2f}",
            f"{row.median / ideal:.1f}",
            f"{row.peak / 1e6:,.0f}",
        )
        text.append(f"| {' | '.join(cells)} |")
    text.append("")
    if section["size"] == "10M":  # the size for which something was hoped
        text += _verdict(section["name"], ours, timed, ideal, chosen)
    text += [f"**Counts differ**: {line}" for line in section["differing"]] or ["All counts agree."]
    return "\n".join([*text, ""])


def _verdict(name: str, ours: Row | None, timed: list[Row], ideal: float, chosen: dict) -> list[str]:
    """What was hoped for, and whether it was reached."""
    if ours is None:
        return []
    peers = {row.engine: row.median for row in timed if row.engine != "Lvtu"}
    out = []
    for engine, wanted in _wanted(name, peers):
        ratio = peers[engine] / ours.median
        out.append(_said(f"against {engine}, at least {wanted:g}×", ratio, ratio >= wanted))
    if name in ("funnel-frequent", "funnel-rare"):
        out.append(_said("against streaming, at most 2×", ours.median / ideal, ours.median <= 2 * ideal))
    plain = [r["seconds"] for r in chosen.get("funnel-frequent", {}).get("rows", []) if r["engine"] == "Lvtu"]
    if name in PLAIN_FUNNEL and plain and plain[0]:
        ratio = ours.median / Row("Lvtu", "", plain[0]).median
        out.append(
            _said(f"against the plain funnel, at most {PLAIN_FUNNEL[name]:g}×", ratio, ratio <= PLAIN_FUNNEL[name])
        )
    return [*out, ""] if out else []


def _wanted(name: str, peers: dict[str, float]) -> list[tuple[str, float]]:
    """The peers to be compared with and the ratios hoped for; both of DuckDB's forms."""
    wanted = [
        (min(peers, key=peers.__getitem__, default="") if peer == "fastest" else peer, ratio)
        for peer, ratio in REACH.get(name, {}).items()
    ]
    wanted += [(PLAIN, ratio) for peer, ratio in wanted if peer == "DuckDB" and name.startswith("funnel")]
    return [(peer, ratio) for peer, ratio in wanted if peer in peers]


def _said(what: str, value: float, met: bool) -> str:
    return f"* hoped for {what}: {value:.1f}×, {'reached' if met else '**missed**'}"


def _facts(name: str, section: dict) -> str:
    text = [
        f"## {name}\n",
        f"{section['when']}, {section['rounds']} rounds.\n",
        "| what | value | hoped for | | note |",
        "|---|--:|--:|---|---|",
    ]
    for raw in section["facts"]:
        fact = Fact(**raw | {"value": math.nan if raw["value"] is None else raw["value"]})
        value = "" if math.isnan(fact.value) else f"{fact.value:,.3g} {fact.unit}"
        reach = "" if fact.reach is None else f"{'≥' if fact.least else '≤'} {fact.reach:g} {fact.unit}"
        met = {True: "reached", False: "**missed**", None: "" if fact.reach is None else "not measured"}[fact.met]
        text.append(f"| {fact.what} | {value} | {reach} | {met} | {fact.note} |")
    return "\n".join([*text, ""])
