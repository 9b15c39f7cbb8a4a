"""Write ``docs/coverage.md``: what each analysis and capability has, and what it still lacks.

Nothing is ticked by hand: every cell is looked up in the tree, a blank means not done, and a dash that the column
cannot apply.

* twin: a plain-Python oracle, ``tests/naive/NAME.py``
* laws: a test of the merge laws, a function ``test_laws_NAME…``
* engines: ``local``, which the contract test, ``tests/contract/test_NAME.py``, compares with the twin; ``spark``, where
  ``tests/spark/questions.py`` has a line for it, so that a cluster is compared with the local engine
* explain: a method ``explain`` of its result; a dash for what is no analysis and has no result
* CLI: the command ``lvtu NAME``
* zh/en: words under its name in both ``zh.json`` and ``en.json``
* screenshot: ``docs/images/NAME….png``
* acceptance (capabilities only): a test of the capability's criterion, a function ``test_ID_…``

Usage: ``python tools/coverage.py`` prints the page, ``--write`` writes it.
"""

from __future__ import annotations

import ast
import importlib
import json
import re
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "coverage.md"
SPARK = ROOT / "tests" / "spark" / "questions.py"

PLANNED = ("funnel", "graph", "retention", "timeline", "trend")
"""The analyses of this round, listed whether or not they exist yet."""

CAPABILITIES: dict[str, tuple[str, str]] = {
    "A1": ("stage model: five stages", "stages"),
    "A2": ("stage model: six stages", "stages"),
    "A3": ("stage model: five stages with after-sale", "stages"),
    "A4": ("stage model: AIDA", "stages"),
    "A5": ("stage model: four stages in a line", "stages"),
    "A6": ("e-commerce order flow within a purchase stage", "rollup"),
    "A7": ("rules of stages: stage now, what a change would move", "model_change"),
    "A8": ("stages added, renamed, moved, merged, split", "model"),
    "A9": ("cross-walk between stage models", "model"),
    "A10": ("stage funnel: conversion, drop-off, time between", "stages"),
    "A11": ("nested journeys and what they add up to", "rollup"),
    "B7": ("touchpoints and the events that show them", "model"),
    "B8": ("touchpoints online and offline", "model"),
    "B9": ("channels, seeded and custom", "model"),
    "B18": ("first impression: the first event of each customer", "first_touch"),
    "C3": ("behaviour events: viewed, ordered, refunded, …", "behaviours"),
    "C8": ("outcomes by satisfaction band", "drivers"),
    "D2": ("hand-offs: A done, B within its time or not", "handoffs"),
    "H1": ("a website's own script, and events over HTTP", "serve"),
    "H10": ("orders, refunds and contacts from files", "ingest"),
    "H11": ("sessions by any gap, at read time", "sessions"),
    "H14": ("one ordered line per customer", "timeline"),
    "H16": ("data quality: repeats, conflicts, unmatched, freshness", "info"),
    "I2": ("feedback over time, with change-points", "themes"),
    "I3": ("themes: by a taxonomy, found without labels, by codes", "themes"),
    "I5": ("key drivers: Shapley and Johnson weights, logistic", "drivers"),
    "I8": ("planned beside actual: completed, missing, failing, ad hoc", "conformance"),
    "I10": ("every number opens the rows behind it", "customers"),
    "I7": ("churn: survival curves", "timing"),
    "B17": ("word of mouth: promoters, referrals, mentions, by stage", "word_of_mouth"),
    "H2": ("reviews and social posts from files", "ingest"),
    "H8": ("tickets and chats: first response, resolution", "ingest"),
    "H9": ("reviews with stars and words", "ingest"),
    "H12": ("panels and market research, with weights", "ingest"),
    "M6": ("SurveyMonkey responses", "ingest"),
    "M7": ("Zendesk tickets by cursor, with metric sets and satisfaction", "ingest"),
    "C4": ("touchpoint quality: one documented index with its parts", "touchpoint_quality"),
    "C1": ("perception: attributes by touchpoint, from ratings and texts", "scorecard"),
    "G1": ("SERVQUAL: tangibles", "servqual"),
    "G2": ("SERVQUAL: reliability", "servqual"),
    "G3": ("SERVQUAL: responsiveness", "servqual"),
    "G4": ("SERVQUAL: assurance", "servqual"),
    "G5": ("SERVQUAL: empathy", "servqual"),
    "G6": ("SERVQUAL: gaps, points, SERVPERF, α", "servqual"),
    "K11": ("response times, working hours, share in time", "response_times"),
    "G17": ("who is answered, how soon, by channel", "response_times"),
    "I6": ("needs: Kano, better and worse", "kano"),
    "K1": ("satisfaction (CSAT)", "scores"),
    "K2": ("recommendation (NPS)", "scores"),
    "K3": ("effort (CES)", "scores"),
    "K4": ("repurchase rate", "metric"),
    "K5": ("conversion", "metric"),
    "K6": ("sales and their growth", "metric"),
    "K7": ("complaint rate", "metric"),
    "K8": ("refund rate, by orders and by money", "metric"),
    "K9": ("churn rate, its definition editable", "metric"),
    "K10": ("word of mouth: positive mentions, referral rate", "word_of_mouth"),
    "K14": ("metrics at stages and touchpoints", "metric"),
    "M1": ("GA4 export", "ga4"),
    "M2": ("Mixpanel export", "mixpanel"),
    "O4": ("one customer across channels", "identity"),
    "O9": ("bringing data together", "ingest"),
    "O12": ("one command on a small machine", "demo"),
    "P1": ("several workspaces, roles, audit", "person"),
    "P2": ("the app in Chinese and English", "serve"),
    "P3": ("HTTP, webhooks, OpenAPI", "serve"),
    "P4": ("the app for everybody: keyboard, screen reader, contrast", "serve"),
    "P5": ("everything comes out in plain files, and goes in again", "export"),
    "P6": ("backup and restore", "backup"),
}
"""Capability id → (what it is, the part of Lvtu that carries it, by which its cells are looked up)."""

COLUMNS = ("twin", "laws", "engines", "explain", "CLI", "zh/en", "screenshot")


def _link(path: Path, text: str = "✓") -> str:
    return f"[{text}]({Path('..') / path.relative_to(ROOT)})"


@cache
def _tests() -> dict[str, Path]:
    """Every test function by name, and the file it is in."""
    found: dict[str, Path] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found.setdefault(node.name, path)
    return found


def _tested(prefix: str) -> str:
    """A link to the first test whose name is the prefix, or goes on from it at an underscore."""
    names = [name for name in _tests() if name == prefix or name.startswith(prefix + "_")]
    return _link(_tests()[min(names)]) if names else ""


def _file(folder: str, pattern: str) -> str:
    found = sorted((ROOT / folder).glob(pattern))
    return _link(found[0]) if found else ""


def twin(name: str) -> str:
    """The plain-Python oracle."""
    return _file("tests/naive", f"{name}.py")


def laws(name: str) -> str:
    """The property test of the merge laws."""
    return _tested(f"test_laws_{name}")


def engines(name: str) -> str:
    """The engines that answer it in tests."""
    path = ROOT / "tests" / "contract" / f"test_{name}.py"
    here = [_link(path, "local")] if path.exists() else []
    return ", ".join([*here, *([_link(SPARK, "spark")] if name in _on_spark() else [])])


@cache
def _on_spark() -> frozenset[str]:
    """The analyses that a cluster is asked."""
    for node in ast.walk(ast.parse(SPARK.read_text(encoding="utf-8"))):
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
            return frozenset(key.value for key in node.value.keys if isinstance(key, ast.Constant))
    return frozenset()


def explain(name: str) -> str:
    """The method that says why one customer is or is not in."""
    for path in sorted((ROOT / "src" / "lvtu" / "analyses").rglob("*.py")):
        here = name in (path.stem, path.parent.name)
        if here and re.search(r"^\s+def explain\(", path.read_text(encoding="utf-8"), re.MULTILINE):
            return _link(path)
    return "" if name in analyses() else "–"


@cache
def _commands() -> frozenset[str]:
    """The names of the commands that ``lvtu`` has."""
    import click

    main = getattr(importlib.import_module("lvtu.cli"), "main", None)
    if not isinstance(main, click.Group):
        return frozenset()  # not written yet
    return frozenset(main.list_commands(click.Context(main)))


def cli(name: str) -> str:
    """The command."""
    return "✓" if name in _commands() else ""


@cache
def _words(language: str) -> frozenset[str]:
    """Every dotted key of a language's words."""

    def keys(value: object, path: str) -> Iterable[str]:
        yield path
        if isinstance(value, dict):
            for key, below in value.items():
                yield from keys(below, f"{path}.{key}" if path else key)

    files = sorted((ROOT / "src").rglob(f"{language}.json"))
    return frozenset(key for file in files for key in keys(json.loads(file.read_text(encoding="utf-8")), ""))


def words(name: str) -> str:
    """Words in both languages."""
    have = all(
        any(key == name or key.startswith(f"{name}.") or f".{name}." in f".{key}." for key in _words(language))
        for language in ("zh", "en")
    )
    return "✓" if have else ""


def screenshot(name: str) -> str:
    """A picture in the documentation."""
    return _file("docs/images", f"{name}*.png")


CELLS: dict[str, Callable[[str], str]] = dict(
    zip(COLUMNS, (twin, laws, engines, explain, cli, words, screenshot), strict=True)
)


@cache
def analyses() -> list[str]:
    """The planned analyses, and any other the registry of ``lvtu.analyses`` holds."""
    module = importlib.import_module("lvtu.analyses")
    registry = next((getattr(module, name) for name in ("REGISTRY", "registry") if hasattr(module, name)), ())
    return sorted({*PLANNED, *map(str, registry() if callable(registry) else registry)})


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def page() -> str:
    """The whole page, as it should stand on disk."""
    first = [[f"`{name}`", *(CELLS[column](name) for column in COLUMNS)] for name in analyses()]
    second = [
        [id_, what, f"`{name}`", _tested(f"test_{id_.lower()}"), *(CELLS[column](name) for column in COLUMNS)]
        for id_, (what, name) in CAPABILITIES.items()
    ]
    text = [
        "# Coverage",
        "",
        "Generated from the tree by `make coverage-doc`; what each column looks for is said in",
        "[tools/coverage.py](../tools/coverage.py). Blank means not done; – means that the column cannot apply:",
        "what is no analysis (a journey model, files read in) gives no answer that could be explained of a customer.",
        "",
        "## Analyses",
        "",
        *_table(["analysis", *COLUMNS], first),
        "",
        "## Capabilities",
        "",
        *_table(["id", "capability", "carried by", "acceptance", *COLUMNS], second),
    ]
    return "\n".join(text) + "\n"


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        sys.stdout.write(page())
