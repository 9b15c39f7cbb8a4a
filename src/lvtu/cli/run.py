"""``lvtu run``: answer a question kept in a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from lvtu.cli.analysis import engine_option, json_option, rows_option, show
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.progress import waiting
from lvtu.errors import BadInput


def _run(workspace: str, file: str, engine: str | None, rows: int, as_json: bool) -> None:
    question = _question(file)
    with opened(workspace) as ws:
        with waiting():
            result = ws.run(question, engine)
        show(result, rows, as_json)


def _question(file: str) -> dict[str, Any]:
    """The spec in a file of YAML (JSON is YAML too).

    Raises:
        BadInput: there is no such file, or it holds no question.
    """
    import yaml

    from lvtu.core.documents import yaml_trouble

    path = Path(file)
    if file != "-" and not path.is_file():
        near = sorted(p.name for p in path.parent.glob("*") if p.suffix in (".json", ".yaml", ".yml"))
        raise BadInput("no_question_file", file=file, known=near)
    text = sys.stdin.read() if file == "-" else path.read_text(encoding="utf-8", errors="replace")
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadInput("neither_json_nor_yaml", file=file, reason=yaml_trouble(error)) from None
    if isinstance(document, dict) and isinstance(document.get("spec"), dict):
        document = document["spec"]
    if not isinstance(document, dict):
        raise BadInput("no_question", file=file)
    return document


command = click.Command(
    "run",
    params=[WORKSPACE, click.Argument(["file"], metavar="SPEC"), engine_option(), rows_option(), json_option()],
    callback=_run,
    help="Answer a question kept in a file of JSON or YAML (- for standard input).\n\n"
    "What --json prints can be run again: its spec is the question.\n\n"
    "Example: lvtu run shop.lvtu checkout.yaml",
)
