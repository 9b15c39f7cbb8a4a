"""``lvtu contract``: what the properties of each event must be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import write_json
from lvtu.core.units import moment
from lvtu.core.words import say

if TYPE_CHECKING:
    from lvtu.contracts import Contracts
    from lvtu.core.contracts import Contract


def _run(workspace: str, file: str | None, as_json: bool, **asked: Any) -> None:
    with opened(workspace) as ws:
        if file is not None:
            _save(ws.contracts, Path(file), as_json)
        elif asked["learn"] is not None:
            _show(ws.contracts.learn(asked["learn"]), as_json)
        elif asked["show"] is not None:
            _show(ws.contracts.get(asked["show"]), as_json)
        elif asked["violations"]:
            _violations(ws.contracts, as_json)
        else:
            _list(ws.contracts, workspace, as_json)


def _save(contracts: Contracts, file: Path, as_json: bool) -> None:
    saved = contracts.save(file)
    if as_json:
        write_json({"event": saved.event, "version": saved.version, "mode": saved.mode})
        return
    click.echo(say("model.saved", key=saved.event, version=str(saved.version)))


def _show(contract: Contract, as_json: bool) -> None:
    if as_json:
        write_json(contract.model_dump(mode="json", exclude_defaults=True))
        return
    click.echo(contract.to_yaml(), nl=False)


def _list(contracts: Contracts, workspace: str, as_json: bool) -> None:
    found = contracts.list()
    if as_json:
        write_json({"contracts": [one.model_dump(mode="json", exclude_defaults=True) for one in found]})
    elif found:
        rows = [{"event": one.event, "version": one.version, "mode": one.mode, "property": ", ".join(one.properties)}
                for one in found]  # fmt: skip
        click.echo(_table(rows))
    else:
        click.echo(say("contract.none", path=workspace))


def _violations(contracts: Contracts, as_json: bool) -> None:
    found = contracts.violations()
    if as_json:
        write_json({"violations": found})
    elif found:
        click.echo(_table([one | {"last": moment(one["last"]).isoformat(timespec="seconds")} for one in found]))
    else:
        click.echo(say("contract.kept"))


def _table(rows: list[dict[str, Any]]) -> str:
    import pyarrow as pa

    from lvtu.cli.answers import table_text

    return table_text(pa.Table.from_pylist(rows), 0)


command = click.Command(
    "contract",
    params=[
        WORKSPACE,
        click.Argument(["file"], metavar="[FILE]", required=False),
        click.Option(["--show"], metavar="EVENT", help="Print the contract of an event as YAML, to edit."),
        click.Option(["--learn"], metavar="EVENT", help="Print the contract that the newest events of a name keep."),
        click.Option(["--violations"], is_flag=True, help="Count what came over HTTP and broke a contract."),
        json_option(),
    ],
    callback=_run,
    help="What the properties of each event must be: list the contracts, or save one from a file of YAML.\n\n"
    "Example: lvtu contract shop.lvtu order-completed.yaml",
)
