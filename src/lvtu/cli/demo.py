"""``lvtu demo``: build the demonstration on real data."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.output import write_json


def _run(out: str, bpi: str | None, as_json: bool) -> None:
    from lvtu.demo.build import build

    findings = build(Path(out), bpi=Path(bpi) if bpi else None, say=None if as_json else click.echo)
    if as_json:
        write_json({"out": out, "findings": [asdict(one) for one in findings]})


command = click.Command(
    "demo",
    params=[
        click.Option(["--out"], metavar="DIR", default="demo-out", help="Where to.  [default: demo-out]"),
        click.Option(
            ["--bpi"],
            metavar="FILE",
            type=click.Path(exists=True, dir_okay=False),
            help="The log of the BPI Challenge 2017 as Parquet (not shipped): makes DIR/applications too.",
        ),
        json_option(),
    ],
    callback=_run,
    help="Build four workspaces from real data, say what was found, and write a page about each.\n\n"
    "Makes DIR/airport, DIR/retail, DIR/complaints, DIR/paths and a page in Chinese and in English beside each; and "
    "DIR/simulated, a retailer whose customers do not exist.",
)
