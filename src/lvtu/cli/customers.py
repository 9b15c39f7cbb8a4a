"""``--customers``: who is behind a number of an answer."""

from __future__ import annotations

from typing import Any

import click

from lvtu.cli.usage import Misused, Usage
from lvtu.core.words import say

_GROUP = click.Option(["--group"], metavar="VALUE", help="With --customers: of one value of --by; '' for missing.")


def options_of(name: str) -> list[click.Parameter]:
    """The options of an analysis that list the customers behind a number; none for one that counts no customers."""
    if name == "funnel":
        return [
            click.Option(["--customers"], type=int, metavar="STEP", help="List who filled a step."),
            click.Option(["--lost"], is_flag=True, help="With --customers: whose attempt ended there instead."),
            _GROUP,
            click.Option(
                ["--in-period"], metavar="TIME", help="With --customers: of one period of --trend, its start."
            ),
        ]
    if name in ("graph", "channels"):
        ends = "SOURCE TARGET"
        return [click.Option(["--customers"], nargs=2, metavar=ends, help="List who went from one to the other.")]
    if name == "flow":
        return [
            click.Option(
                ["--customers"], type=(int, str, str), metavar="STEP SOURCE TARGET",
                help="List who went from one to the other at a step, as JSON names them ('*other', '*left', '*began'); "
                "'*' for any, '' for missing.",
            )
        ]  # fmt: skip
    if name == "step_matrix":
        return [
            click.Option(
                ["--customers"], type=(int, str), metavar="STEP PLACE",
                help="List who is at a place at a step, as JSON names it; '*' for any, '' for missing.",
            )
        ]  # fmt: skip
    if name == "retention":
        return [
            click.Option(["--customers"], metavar="PERIOD", help="List who came back in a period; of a bracket, 1-7."),
            click.Option(["--cohort"], metavar="TIME", help="With --customers: of one cohort, its start."),
            click.Option(["--lost"], is_flag=True, help="With --customers: who did not come back instead."),
        ]
    if name in ("conformance", "handoffs"):
        of = {"conformance": "STEP", "handoffs": "PAIR"}[name]
        return [
            click.Option(["--customers"], type=int, metavar=of, help=f"List who is behind a {of.lower()}."),
            click.Option(["--status"], metavar="STATUS", help="With --customers: with whom it came to be so."),
        ]
    if name == "attribution":
        text = "List who reached the goal with a touch of a channel; '' for those without any touch."
        return [click.Option(["--customers"], metavar="CHANNEL", help=text)]
    if name == "stages":
        inside = "List who entered a stage; with --now, who is in it, '' for no stage."
        return [
            click.Option(["--customers"], metavar="STAGE", help=inside),
            click.Option(["--lost"], is_flag=True, help="With --customers: who did not enter the next one instead."),
        ]
    if name == "rollup":
        return [click.Option(["--customers"], metavar="PATH", help="List who is in a journey or stage: KEY/KEY/….")]
    if name == "model_change":
        return [
            click.Option(["--customers"], nargs=2, metavar="STAGE SIDE",
                         help="List who enters a stage; SIDE is before, after, gained or lost."),
        ]  # fmt: skip
    if name == "trend":
        return [
            click.Option(["--customers"], metavar="TIME", help="List who is in the period that starts then."),
            _GROUP,
        ]
    if name == "sessions":
        return [
            click.Option(["--customers"], is_flag=True, default=None, help="List who had a session."),
            click.Option(["--bounced"], is_flag=True, help="With --customers: of one event only."),
            click.Option(["--exits"], is_flag=True, help="With --customers: --group is where the session ended."),
            _GROUP,
            click.Option(["--in-period"], metavar="TIME", help="With --customers: begun in a period, its start."),
        ]
    if name == "timing":
        return [
            click.Option(["--customers"], is_flag=True, default=None, help="List to whom it happened."),
            click.Option(["--lost"], is_flag=True, help="With --customers: who is still waiting instead."),
            _GROUP,
        ]
    if name == "lifecycle":
        cell = "PERIOD STATUS"
        return [click.Option(["--customers"], nargs=2, metavar=cell, help="List who has a status in a period.")]
    if name == "stickiness":
        return [
            click.Option(["--customers"], type=int, metavar="NUMBER", help="List who was active on so many periods."),
            click.Option(["--at-least"], is_flag=True, help="With --customers: or more."),
        ]
    if name == "segment":
        return [click.Option(["--customers"], is_flag=True, default=None, help="List who is in it.")]
    if name == "overlap":
        text = "List who is in a segment and in no other; given several times, in these at once; '' for in none."
        return [click.Option(["--customers"], multiple=True, callback=_given, metavar="SEGMENT", help=text)]
    if name == "drift":
        return [
            click.Option(
                ["--customers"], nargs=2, metavar="TIME CHANGE",
                help="List who is 'inside' at the end of the period that starts then, 'entered' or 'exited' in it.",
            )
        ]  # fmt: skip
    if name == "rfm":
        text = "List who is in a segment: champions, loyal, …, as JSON names them."
        return [click.Option(["--customers"], metavar="SEGMENT", help=text)]
    if name == "variants":
        return [click.Option(["--customers"], metavar="VARIANT", help="List who took one; 'other' for the others.")]
    if name == "clusters":
        return [click.Option(["--customers"], metavar="CLUSTER", help="List who is in a cluster.")]
    return []


def _given(_ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...] | None:
    return value or None


def taken(given: dict[str, Any]) -> dict[str, Any]:
    """Take these options out of those given.

    Raises:
        Misused: one of them says more about a list that was not asked for.
    """
    names = ("customers", "lost", "group", "in_period", "cohort", "bounced", "exits", "at_least", "status")
    found: dict[str, Any] = {name: given.pop(name) for name in names if name in given}
    extra = [name for name, value in found.items() if name != "customers" and value not in (None, False)]
    if found.get("customers") is None and extra:
        raise Misused(
            Usage("goes_with_customers", option=f"--{extra[0].replace('_', '-')}"), click.get_current_context()
        )
    return found


def listed(result: Any, customers: Any, **more: Any) -> list[str]:
    """The customers that the options ask for.

    Raises:
        BadInput: there is no such number in the answer.
    """
    name = result.spec.analysis
    group = {} if more.get("group") is None else {"group": more["group"] or None}
    if name == "funnel":
        names: list[str] = result.customers(customers, lost=more["lost"], period=more["in_period"], **group)
    elif name == "attribution":
        names = result.customers(customers or None)
    elif name == "drift" or name == "model_change":
        names = result.customers(*customers)
    elif result.kind == "stages_now":
        names = result.customers(customers or None)
    elif name == "stages":
        names = result.customers(customers, lost=more["lost"])
    elif name in ("graph", "channels"):
        names = result.customers(*(end or None for end in customers))
    elif name in ("flow", "step_matrix"):
        step, *ends = customers
        names = result.customers(step, *(... if end == "*" else end or None for end in ends))
    elif name == "retention":
        from lvtu.cli.options import range_of

        low, high = range_of("--customers", customers)
        period = (low, high) if result.spec.brackets else low
        names = result.customers(period, more["cohort"], not more["lost"])
    elif "status" in more:
        names = result.customers(customers, **({} if more["status"] is None else {"status": more["status"]}))
    elif name == "sessions":
        names = result.customers(period=more["in_period"], bounced=more["bounced"], exits=more["exits"], **group)
    elif name == "lifecycle":
        names = result.customers(*customers)
    elif name == "stickiness":
        names = result.customers(customers, at_least=more["at_least"])
    elif name == "timing":
        names = result.customers(not more["lost"], **group)
    elif name == "segment":
        names = result.customers()
    elif name == "overlap":
        names = result.customers(*filter(None, customers))
    elif name in ("variants", "clusters"):
        names = result.customers(_numbered(customers))
    else:
        names = result.customers(customers, **group)
    return names


def _numbered(text: str) -> Any:
    """The number of a row; None for ``other``. Any other text is left for the answer to refuse."""
    return None if text == "other" else int(text) if text.isdecimal() else text


def show_customers(spec: dict[str, Any], names: list[str], rows: int, as_json: bool) -> None:
    """A list of customers, for programs or for people."""
    import pyarrow as pa

    from lvtu.cli.answers import table_text
    from lvtu.cli.output import answer, write_json

    table = pa.table({"customer": pa.array(names, pa.string())})
    if as_json:
        write_json(answer(spec, table))
        return
    click.echo(say("customers.count", customers=f"{len(names):,}"))
    if names:
        click.echo("\n" + table_text(table, rows))
