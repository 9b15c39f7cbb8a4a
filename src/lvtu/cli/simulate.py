"""``lvtu simulate``: a workspace of customers who do not exist, to try things on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.open import WORKSPACE
from lvtu.cli.output import write_json
from lvtu.cli.progress import waiting
from lvtu.core.words import language, say

if TYPE_CHECKING:
    from lvtu.simulator import Truth


def _run(workspace: str, customers: int, seed: int, pain: tuple[str, ...], no_pain: bool, as_json: bool) -> None:
    from lvtu.simulator import Pain
    from lvtu.simulator.install import install

    pains = [] if no_pain else [Pain.read(one) for one in pain] or None
    with waiting():
        ws, report, truth = install(workspace, customers, seed, pains)
        ws.close()
    if as_json:
        write_json({"workspace": workspace, "accepted": report.accepted, **_plain(truth)})
        return
    click.echo(say("simulate.made", path=workspace, events=f"{report.accepted:,}", customers=f"{customers:,}"))
    for line in _lines(truth):
        click.echo(f"  · {line}")


def _plain(truth: Truth) -> dict[str, Any]:
    return {
        "seed": truth.seed,
        "customers": truth.customers.num_rows,
        "pains": [
            {"step": one.pain.step, "stage": one.stage, "kind": one.pain.kind, "strength": one.pain.strength,
             "customers": len(one.customers)}
            for one in truth.pains
        ],
        "effects": [
            {"key": one.key, "step": one.step, "since": one.since, "segment": one.segment, "measure": one.measure,
             "ratio": one.ratio}
            for one in truth.effects
        ],
        "feelings": truth.feelings,
    }  # fmt: skip


def _lines(truth: Truth) -> list[str]:
    """What was planted, for people."""
    lang = language()
    names = {key: name.get(lang) for key, name in truth.model.names("touchpoint").items()}
    told = [
        say(
            "simulate.pain", step=names[one.pain.step], kind=say(f"simulate.kinds.{one.pain.kind}"),
            strength=f"{one.pain.strength:g}", customers=f"{len(one.customers):,}",
        )
        for one in truth.pains
    ]  # fmt: skip
    told = told or [say("simulate.no_pain")]
    return told + [
        say(f"simulate.effects.{one.measure}", step=names[one.step], since=one.since, segment=one.segment,
            ratio=f"{one.ratio:g}")
        for one in truth.effects
    ]  # fmt: skip


command = click.Command(
    "simulate",
    params=[
        WORKSPACE,
        click.Option(["--customers"], type=click.IntRange(min=1), default=2000, show_default=True, help="How many."),
        click.Option(["--seed"], type=click.IntRange(min=0), default=0, help="Another number, other customers."),
        click.Option(
            ["--pain"], multiple=True, metavar="STEP:KIND[:STRENGTH]",
            help="What hurts, instead of a checkout with errors: a kind (wait, annoy, think, repeat) at a step, with a "
            "strength from 0 to 1. May be given several times.",
        ),
        click.Option(["--no-pain"], is_flag=True, help="Nothing hurts."),
        json_option(),
    ],
    callback=_run,
    help="Make a workspace of simulated customers of a retailer, and say what was planted in it.\n\n"
    "Nobody did or said any of it; wherever such a workspace is shown, it says so.\n\n"
    "Example: lvtu simulate try.lvtu --customers 5000 --pain delivery:wait:0.8",
)  # fmt: skip
