"""An analysis as a command: who is behind its numbers, and how its answers read in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import click

GROUP = click.Option(["--group"], metavar="VALUE", help="With --customers: of one value of --by; '' for missing.")


def customers_option(metavar: str, text: str, **more: Any) -> click.Option:
    """``--customers``: list who is behind a number."""
    return click.Option(["--customers"], metavar=metavar, help=text, **more)


def customers_flag(text: str) -> click.Option:
    """``--customers`` where the answer is about one set of customers."""
    return click.Option(["--customers"], is_flag=True, default=None, help=text)


def group_given(more: Mapping[str, Any]) -> dict[str, str | None]:
    """The group asked for, as answers take it: ``''`` is the missing one."""
    return {} if more.get("group") is None else {"group": more["group"] or None}


class AnalysisCommand:
    """What the command line knows of an analysis beyond its spec; most need only some of it.

    Attributes:
        example: a command line that shows it off.
        items: what its repeated argument may be.
        bars: which share is drawn as a bar, and after which column.
    """

    example: ClassVar[str] = ""
    items: ClassVar[str] = ""
    bars: ClassVar[tuple[str, str] | None] = None

    def customers_options(self) -> Sequence[click.Option]:
        """The options that list the customers behind a number; none for an answer that counts no customers."""
        return ()

    def own_options(self) -> Sequence[click.Option]:
        """Other options that only this command has."""
        return ()

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        """The customers that the options ask for.

        Args:
            result: the answer.
            customers: what ``--customers`` says.
            more: the other options of `customers_options`.

        Raises:
            BadInput: there is no such number in the answer.
        """
        names: list[str] = result.customers(customers, **group_given(more))
        return names

    def parts(self, result: Any, rows: int) -> list[str]:
        """The parts of the text, but for what is to be known about it."""
        from lvtu.analyses.wording import shaped
        from lvtu.cli.answers import result_table

        return [result_table(result, shaped(result), rows)]
