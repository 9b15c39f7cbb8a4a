"""``lvtu channels``: how customers move between channels, and whether channels do alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option
from lvtu.cli.tables import Column, table, terminal
from lvtu.core.words import say

_TEXTS = ("measure", "channel", "verdict")


class _Channels(AnalysisCommand):
    example = 'lvtu channels shop.lvtu --goal "Order Paid" --margin 0.02'

    def customers_options(self) -> Sequence[click.Option]:
        return [customers_option("SOURCE TARGET", "List who went from one to the other.", nargs=2)]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(*(end or None for end in customers))
        return names

    def parts(self, result: Any, rows: int) -> list[str]:
        """The transitions, then what is true of each channel."""
        return [*super().parts(result, rows), *_measures(result)]


def _measures(result: Any) -> list[str]:
    """What is true of each channel, and whether that is the same everywhere, each under its heading."""
    together = result.consistency.to_pylist()
    if not together:
        return []
    spec = result.spec
    head = say("channels.consistency", share=f"{100 * spec.margin:g}", points=f"{spec.score_margin:g}")
    each = [_measured(row) for row in result.measures.to_pylist()]
    return [_part(say("channels.measures"), each), _part(head, [_judged(row) for row in together])]


def _part(head: str, rows: Sequence[dict[str, str]]) -> str:
    columns = [
        Column(say(f"columns.{name}"), [row[name] for row in rows], right=name not in _TEXTS) for name in rows[0]
    ]  # fmt: skip
    return f"{head}\n{table(columns, terminal())}"


def _measured(row: dict[str, Any]) -> dict[str, str]:
    """Shares in per cent, scores in points."""

    def told(name: str, sign: str = "") -> str:
        if row[name] is None:
            return say("values.none")
        return f"{100 * row[name]:{sign}.1f}%" if row["measure"] == "conversion" else f"{row[name]:{sign}.2f}"

    apart = {name: told(name, "+") for name in ("difference", "difference_low", "difference_high")}
    head = {"measure": _named(row), "channel": row["channel"], "sample": f"{row['n']:,}", "measured": told("value")}
    return head | {"low": told("low"), "high": told("high")} | apart | {"verdict": _verdict(row)}


def _judged(row: dict[str, Any]) -> dict[str, str]:
    index = say("values.none") if row["index"] is None else f"{100 * row['index']:.1f}%"
    counts = {"sample": f"{row['n']:,}", "channels": f"{row['channels']:,}", "alike": f"{row['alike']:,}"}
    return {"measure": _named(row), **counts, "index": index, "verdict": _verdict(row)}


def _named(row: dict[str, Any]) -> str:
    name = say(f"channels.{row['measure']}")
    return f"{name} {row['scale']}" if row["scale"] else name


def _verdict(row: dict[str, Any]) -> str:
    return say(f"verdicts.{row['verdict']}" if row["verdict"] else "values.none")


COMMAND = _Channels()
