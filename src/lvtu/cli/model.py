"""``lvtu model``: the journey models of a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analysis import json_option, rows_option, show
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import write_json
from lvtu.cli.usage import Misused, Usage
from lvtu.core.words import language, say

if TYPE_CHECKING:
    from lvtu.workspace import Workspace


def _run(workspace: str, file: str | None, rows: int, as_json: bool, **asked: Any) -> None:
    if file is None and (asked["dry_run"] or asked["against"]):
        raise Misused(Usage("dry_run_file"), click.get_current_context())
    with opened(workspace) as ws:
        if file is not None and asked["dry_run"]:
            show(ws.model_change(Path(file), asked["against"]), rows, as_json)
        elif file is not None:
            _save(ws, file, asked["default"], as_json)
        elif asked["show"] is not None:
            model = ws.model(asked["show"])
            _tell(model.model_dump(mode="json"), model.to_yaml().rstrip(), as_json)
        elif asked["crosswalk"]:
            walk = ws.crosswalk(*asked["crosswalk"])
            _tell({"crosswalk": walk.rows()}, _table(walk.named_rows()), as_json)
        elif asked["tree"] is not None:
            _tree(ws, asked["tree"], as_json)
        elif asked["presets"]:
            _presets(ws, as_json)
        else:
            _tell({"models": ws.models()}, _listed(ws.models(), workspace), as_json)


def _tell(value: dict[str, Any], text: str, as_json: bool) -> None:
    if as_json:
        write_json(value)
        return
    click.echo(text)


def _save(ws: Workspace, file: str, default: bool, as_json: bool) -> None:
    saved = ws.save_model(Path(file), default)
    told = say("model.saved", key=saved.key, version=str(saved.version))
    _tell({"key": saved.key, "version": saved.version}, told, as_json)


def _listed(models: list[dict[str, Any]], workspace: str) -> str:
    if not models:
        return say("model.none", path=workspace)
    names = ("key", "version", "title", "default")
    return _table([{name: one[name] for name in names} | {"title": one["title"][language()]} for one in models])


def _presets(ws: Workspace, as_json: bool) -> None:
    from lvtu.core.model.presets import PRESETS, preset

    models = [preset(key) for key in PRESETS]
    told = [{"key": one.key, "title": {"zh": one.title.zh, "en": one.title.en},
             "stages": [stage.key for stage in one.stages]} for one in models]  # fmt: skip
    lang = language()
    shown = [
        {"key": one.key, "title": one.title.get(lang), "stages": " → ".join(s.name.get(lang) for s in one.stages)}
        for one in models
    ]
    _tell({"presets": told}, f"{_table(shown)}\n\n{say('model.presets')}", as_json)


def _tree(ws: Workspace, key: str, as_json: bool) -> None:
    nodes = ws.hierarchy(key)
    told = [{"level": node.level, "keys": node.keys, "breadcrumbs": node.breadcrumbs()} for node in nodes]
    text = "\n".join(f"L{node.level} {'  ' * node.level}{node.titles[-1].get(language())}" for node in nodes)
    _tell({"tree": told}, text, as_json)


def _table(rows: list[dict[str, Any]]) -> str:
    import pyarrow as pa

    from lvtu.cli.answers import table_text

    return table_text(pa.Table.from_pylist(rows), 0)


command = click.Command(
    "model",
    params=[
        WORKSPACE,
        click.Argument(["file"], metavar="[FILE]", required=False),
        click.Option(["--default"], is_flag=True, help="Make it the model that questions use when they name none."),
        click.Option(["--dry-run"], is_flag=True, help="Save nothing, only say what the file would change."),
        click.Option(
            ["--against"], metavar="KEY[@VERSION]",
            help="With --dry-run: the model to compare with; the newest one of the same key if not given.",
        ),
        click.Option(["--show"], metavar="KEY[@VERSION]", help="Print a model as YAML, a preset too."),
        click.Option(["--presets"], is_flag=True, help="List the models that every workspace can use."),
        click.Option(["--tree"], metavar="KEY[@VERSION]", help="Show a model with the journeys within its stages."),
        click.Option(
            ["--crosswalk"], nargs=2, metavar="KEY KEY",
            help="Lay two models beside each other, by the place in the customer's life that each stage stands for.",
        ),
        rows_option(),
        json_option(),
    ],
    callback=_run,
    help="List the journey models, show one, or save one from a file of YAML: each save is a new version.\n\n"
    "Example: lvtu model shop.lvtu journey.yaml",
)  # fmt: skip
