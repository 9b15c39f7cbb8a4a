"""A command for each analysis, made from its spec."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analyses import command_for
from lvtu.cli.analyses.base import AnalysisCommand
from lvtu.cli.customers import show_customers, taken
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import answer, write_json
from lvtu.cli.progress import waiting
from lvtu.cli.usage import Misused, Usage
from lvtu.core.words import words

if TYPE_CHECKING:
    from lvtu.view import View
    from lvtu.workspace import Workspace


def command_of(name: str) -> click.Command:
    """The command of an analysis: the spec's fields as arguments and options, and the same few for all."""
    from lvtu.analyses.registry import REGISTRY
    from lvtu.cli.options import parameters

    spec, command = REGISTRY[name].spec, command_for(name)
    own = list(parameters(spec))
    text = words("en")[f"analyses.{name}"]
    text = f"{text[:1].upper()}{text[1:]}."
    text += f"\n\n{command.items}" if command.items else ""
    text += f"\n\nExample: {command.example}"
    arguments = [one for one in own if isinstance(one, click.Argument)]
    options = [one for one in own if isinstance(one, click.Option)]
    return click.Command(
        name,
        params=[WORKSPACE, *arguments, *options, *_common(name, command)],
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


def _common(name: str, command: AnalysisCommand) -> list[click.Parameter]:
    explain = click.Option(["--explain"], metavar="CUSTOMER", help="Say why one customer is counted as it is.")
    at = click.Option(["--at"], metavar="COMMIT|TIME", help="As the workspace stood after a commit, or at a time.")
    as_of = click.Option(
        ["--as-of"], metavar="TIME|EDGE", help="All events, with who was who as it was known at a time."
    )
    own = command.own_options()
    return [*command.customers_options(), at, as_of, explain, *own, engine_option(), rows_option(), json_option()]


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
            show_customers(question.to_json(), command_for(result.kind).listed(result, **people), rows, as_json)
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
