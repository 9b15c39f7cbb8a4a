"""``lvtu handoffs``: A was done: did B follow within its time, later, or never."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option

STATUS = click.Option(["--status"], metavar="STATUS", help="With --customers: with whom it came to be so.")


def with_status(result: Any, customers: Any, more: Mapping[str, Any]) -> list[str]:
    """The customers behind a number of a status; of the answer's first one if none is named."""
    names: list[str] = result.customers(customers, **({} if more["status"] is None else {"status": more["status"]}))
    return names


class _Handoffs(AnalysisCommand):
    example = """lvtu handoffs shop.lvtu '{"source": "Order Paid", "target": "Parcel Sent", "within": "2d"}'"""
    items = 'A PAIR is JSON: \'{"source": ["A", "B"], "target": "C", "within": "4h", "name": "answer"}\'.'
    bars = ("share", "customers")

    def customers_options(self) -> Sequence[click.Option]:
        return [customers_option("PAIR", "List who is behind a pair.", type=int), STATUS]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        return with_status(result, customers, more)


COMMAND = _Handoffs()
