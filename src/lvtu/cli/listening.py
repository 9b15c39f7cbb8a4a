"""``lvtu voice`` of a workspace: set feelings right by stars, teach a model, see how well texts are read there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lvtu.cli.analysis import json_option, rows_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import answer, write_json
from lvtu.cli.progress import waiting
from lvtu.core.words import say

if TYPE_CHECKING:
    import pyarrow as pa


def _calibrate(workspace: str, off: bool, rows: int, as_json: bool) -> None:
    with opened(workspace) as ws, waiting():
        done = ws.voice.calibrate(not off)
    if done is None:
        click.echo(say("voice.not_calibrated"))
        return
    if as_json:
        write_json(answer({"command": "voice calibrate", "version": done.version, "left": done.left}, done.table))
        return
    click.echo(_text(done.table, rows))
    for language, (why, texts) in done.left.items():
        click.echo(f"· {say(f'voice.left_{why}', language=language, texts=texts)}")


def teach(workspace: str, as_json: bool) -> None:
    """Teach a workspace's model, and say what that gave."""
    with opened(workspace) as ws, waiting():
        done = ws.voice.train()
    figures = {"after": f"{done.after:.1%}", "before": f"{done.before:.1%}", "tested": done.tested, "texts": done.texts}
    if as_json:
        write_json({"workspace": workspace, **done.__dict__})
        return
    click.echo(say("voice.taught" if done.kept else "voice.not_taught", **figures, version=done.version or 0))


def _quality(workspace: str, days: int, rows: int, as_json: bool) -> None:
    with opened(workspace) as ws, waiting():
        found = ws.voice.quality(days).table
    if as_json:
        write_json(answer({"command": "voice quality", "days": days}, found))
        return
    click.echo(_text(found, rows))


def _text(table: pa.Table, rows: int) -> str:
    from lvtu.cli.answers import table_text

    return table_text(table, rows, {name: say(f"voice.heads.{name}") for name in table.column_names})


COMMANDS = [
    click.Command(
        "calibrate",
        params=[
            WORKSPACE, click.Option(["--off"], is_flag=True, help="Read feelings as the model has them again."),
            rows_option(), json_option(),
        ],
        callback=_calibrate,
        help="Set feelings right by the stars, CSAT and NPS that customers of a workspace gave with their words; each "
        "language needs 200 such texts.\n\nExample: lvtu voice calibrate shop.lvtu",
    ),
    click.Command(
        "quality",
        params=[
            WORKSPACE,
            click.Option(["--days"], type=click.IntRange(1), default=28, help="So many last days.  [default: 28]"),
            rows_option(), json_option(),
        ],
        callback=_quality,
        help="How well texts are read in a workspace: by what people corrected, what is left open, what has drifted "
        "from the time before, three times as long.\n\nExample: lvtu voice quality shop.lvtu",
    ),
]  # fmt: skip
