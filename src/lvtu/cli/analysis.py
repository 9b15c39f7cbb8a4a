"""A command for each analysis, made from its spec."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.customers import listed, options_of, show_customers, taken
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import answer, write_json
from lvtu.cli.progress import waiting
from lvtu.cli.usage import Misused, Usage
from lvtu.core.words import words

if TYPE_CHECKING:
    from lvtu.view import View
    from lvtu.workspace import Workspace

_EXAMPLES = {
    "funnel": 'lvtu funnel shop.lvtu "Product Viewed" "Order Paid" --within 7d --by channel',
    "graph": "lvtu graph shop.lvtu --by channel --within 30m",
    "retention": 'lvtu retention shop.lvtu --start "Order Paid" --back "Order Paid" --period month',
    "trend": 'lvtu trend shop.lvtu "Order Paid" --period week --by channel',
    "timeline": "lvtu timeline shop.lvtu ann",
    "stages": "lvtu stages shop.lvtu --model shop --since 2026-01-01",
    "rollup": "lvtu rollup shop.lvtu --model shop",
    "model_change": "lvtu model-change shop.lvtu journey.yaml",
    "behaviours": "lvtu behaviours shop.lvtu --where \"channel = 'web'\"",
    "first_touch": "lvtu first-touch shop.lvtu --by channel",
    "conformance": 'lvtu conformance shop.lvtu "Product Viewed" \'{"place": "Order Paid", "within": "2d"}\'',
    "handoffs": """lvtu handoffs shop.lvtu '{"source": "Order Paid", "target": "Parcel Sent", "within": "2d"}'""",
    "sessions": "lvtu sessions shop.lvtu --session-gap 30m --by channel",
    "timing": 'lvtu timing shop.lvtu --start "Signed Up" --end "Order Paid" --by channel',
    "lifecycle": 'lvtu lifecycle shop.lvtu "Order Paid" --period month',
    "stickiness": "lvtu stickiness shop.lvtu --since 2026-03-01 --until 2026-04-01",
    "attribution": 'lvtu attribution shop.lvtu --goal "Order Paid" --model all',
    "channels": 'lvtu channels shop.lvtu --goal "Order Paid" --margin 0.02',
    "metric": "lvtu metric shop.lvtu repurchase --period month",
    "segment": "lvtu segment shop.lvtu \"did 'Order Paid' at least 2 times in 90 days\" --customers",
    "overlap": 'lvtu overlap shop.lvtu VIP lifecycle:at_risk "did Complained"',
    "rfm": "lvtu rfm shop.lvtu 'Order Paid' --customers champions",
    "drift": "lvtu drift shop.lvtu VIP --period month",
    "flow": 'lvtu flow shop.lvtu --start "Order Paid" --direction backward --steps 3 --fold',
    "step_matrix": 'lvtu step-matrix shop.lvtu --start "Order Paid" --before 2 --after 3 --fold',
    "variants": 'lvtu variants shop.lvtu --start "Product Viewed" --end "Order Paid" --fold',
    "clusters": "lvtu clusters shop.lvtu --clusters 4",
}
_EXPLAINED = (
    "funnel",
    "stages",
    "sessions",
    "timing",
    "lifecycle",
    "stickiness",
    "attribution",
    "segment",
    "metric",
    "model_change",
    "rollup",
    "retention",
    "trend",
    "overlap",
    "drift",
    "rfm",
    "variants",
    "clusters",
    "conformance",
    "handoffs",
)
"""Analyses whose answers say why one customer is counted as it is."""

_STEPS = (
    "A STEP is an event's name, * for any event, or JSON: "
    '\'{"event": ["A", "B"], "where": "value > 100", "name": "bought", "within": "1d", "optional": true}\'.'
)
_ITEMS = {
    "conformance": (
        "A STEP is a place (an event's name, say), or JSON: "
        '\'{"place": ["A", "B"], "name": "bought", "within": "1d", "optional": true, "repeatable": true}\'.'
    ),
    "handoffs": 'A PAIR is JSON: \'{"source": ["A", "B"], "target": "C", "within": "4h", "name": "answer"}\'.',
}


def command_of(name: str) -> click.Command:
    """The command of an analysis: the spec's fields as arguments and options, and the same few for all."""
    from lvtu.analyses.registry import REGISTRY
    from lvtu.cli.options import parameters

    spec = REGISTRY[name].spec
    own = list(parameters(spec))
    text = words("en")[f"analyses.{name}"]
    text = f"{text[:1].upper()}{text[1:]}."
    if name == "funnel":
        text += f"\n\n{_STEPS}"
    text += f"\n\n{_ITEMS[name]}" if name in _ITEMS else ""
    if name in _EXAMPLES:
        text += f"\n\nExample: {_EXAMPLES[name]}"
    arguments = [one for one in own if isinstance(one, click.Argument)]
    options = [one for one in own if isinstance(one, click.Option)]
    return click.Command(
        name,
        params=[WORKSPACE, *arguments, *options, *_common(name)],
        callback=lambda **given: _run(name, **given),
        help=text,
        short_help=words("en")[f"analyses.{name}"],
    )


def json_option() -> click.Option:
    """``--json``, the same on every command."""
    return click.Option(["--json", "as_json"], is_flag=True, help="Print only JSON.")


def engine_option() -> click.Option:
    """Who answers, the same on every question."""
    from lvtu.engines.choice import NAMES

    return click.Option(
        ["--engine"], type=click.Choice(NAMES),
        help="Who answers: this machine, or a Spark cluster; the workspace's setting if not given.",
    )  # fmt: skip


def rows_option() -> click.Option:
    """How many rows people want to see."""
    return click.Option(
        ["--rows"], type=click.IntRange(min=0), default=40, metavar="NUMBER",
        help="Rows to show; 0 for all. JSON has all of them.  [default: 40]",
    )  # fmt: skip


def _common(name: str) -> list[click.Parameter]:
    explain = click.Option(["--explain"], metavar="CUSTOMER", help="Say why one customer is counted as it is.")
    at = click.Option(["--at"], metavar="COMMIT|TIME", help="As the workspace stood after a commit, or at a time.")
    as_of = click.Option(
        ["--as-of"], metavar="TIME|EDGE", help="All events, with who was who as it was known at a time."
    )
    times = click.Option(
        ["--times"], is_flag=True,
        help="Show how long each step takes since the first, and the share that gets there once all have had their "
        "time (Kaplan–Meier).",
    )  # fmt: skip
    now = click.Option(
        ["--now"], is_flag=True, help="Show how many customers are in each stage now, or were at the --moment."
    )
    own = [explain] if name in _EXPLAINED else []
    own += {"funnel": [times], "stages": [now]}.get(name, [])
    return [*options_of(name), at, as_of, *own, engine_option(), rows_option(), json_option()]


def _run(
    analysis: str, /, workspace: str, at: str | None, as_of: str | None, engine: str | None, rows: int,
    as_json: bool, explain: str | None = None, times: bool = False, now: bool = False, **given: Any,
) -> None:  # fmt: skip
    from lvtu.analyses.base import make
    from lvtu.analyses.registry import REGISTRY
    from lvtu.cli.options import values_of

    spec, people = REGISTRY[analysis].spec, taken(given)
    if times and (explain or people.get("customers")) is not None:
        raise Misused(Usage("times_alone"), click.get_current_context())
    if now and (explain is not None or people.get("lost")):
        raise Misused(Usage("now_alone"), click.get_current_context())
    question = make(spec, values_of(spec, given))
    with opened(workspace) as ws:
        with waiting():
            view = _view(ws, at, as_of)
            result: Any = view.run(question, engine)
            result = result.now() if now else result
            explained = None if explain is None else result.explain(explain)
        if explain is not None:
            show_explanation(explained, as_json)
            return
        if people.get("customers") is not None:
            show_customers(question.to_json(), listed(result, **people), rows, as_json)
            return
        show(result.time_to_convert() if times else result, rows, as_json)


def _view(ws: Workspace, at: str | None, as_of: str | None) -> View:
    if at is not None and as_of is not None:
        raise Misused(Usage("at_and_as_of"), click.get_current_context())
    if as_of is not None:
        return ws.as_of(int(as_of) if as_of.isdigit() else as_of)
    return ws if at is None else ws.at(int(at) if at.isdigit() else at)


def show(result: Any, rows: int, as_json: bool) -> None:
    """An analysis' answer, for programs or for people."""
    if as_json:
        write_json(answer(result.spec.to_json(), result.table, result.notes))
        return
    from lvtu.cli.answers import text_of

    click.echo(text_of(result, rows))


def show_explanation(found: Any, as_json: bool) -> None:
    """Why a customer is where it is."""
    if as_json:
        write_json(found.to_json() if hasattr(found, "to_json") else vars(found))
        return
    click.echo(found.text())
